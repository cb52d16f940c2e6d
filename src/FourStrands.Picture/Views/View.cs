using System.Buffers.Binary;
using System.Globalization;
using FourStrands.Linkage;
using FourStrands.Picture.Memory;
using FourStrands.Picture.Search;
using FourStrands.Picture.Store;

namespace FourStrands.Picture;

/// <summary>
/// All of the picture that a viewer may see; the only way to read it. Every answer is the same, byte for byte, as from a
/// store that never held what the viewer may not see. Safe for use by several threads; each question sees one state of the store.
/// </summary>
public sealed partial class View
{
    /// <summary>Counts are exact up to this; above it pages say "more than 10,000".</summary>
    public const int CountLimit = 10_000;

    /// <summary>Fewer hits than this, and misspelt names are looked for as well.</summary>
    private const int FewHits = 5;

    private readonly Gate gate;
    private readonly ClassState state;
    private readonly LeftOut? leftOut;

    internal View(Gate gate, Viewer viewer, ClassState state, LeftOut? leftOut = null)
    {
        this.gate = gate;
        this.state = state;
        this.leftOut = leftOut;
        Viewer = viewer;
    }

    /// <summary>Who asks.</summary>
    public Viewer Viewer { get; }

    private Engine Engine => gate.Engine;

    /// <summary>An agency's name as shown: "Glenbrae Council", from the form in which labels name it. Which agencies take part is known to everybody.</summary>
    public string AgencyName(string agency) => gate.People.NameOf(agency);

    /// <summary>
    /// The view as if the records of some kind of a source had never come in, but for a few: what it answers of records, entities, ties and matches does
    /// not depend on the others. Its lists of sources, imports and documents are those of this view.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="kind">The kind of record; null for all.</param>
    /// <param name="but">The records that stay.</param>
    public View Without(RecordId source, Schema? kind, IEnumerable<RecordId> but) =>
        new(gate, Viewer, new ClassState(Engine, Viewer), new LeftOut(source, kind, [.. but]));

    /// <summary>The view as far as everybody sees it too who may see what bears a label: what they see beyond it is not known here, and not said.</summary>
    internal View AsSeenUnder(Label audience) => new(gate, Viewer, new ClassState(Engine, Viewer, audience));

    /// <summary>
    /// The agencies that ask to be contacted by whoever looks for exactly this name or number, and was meant to learn that. Nothing else is told of what
    /// they hold.
    /// </summary>
    public IReadOnlyList<Pointer> Pointers(string text)
    {
        var found = gate.Releases.PointersTo(Viewer, text);
        // The search is logged already: this only where it told something more.
        if (found.Count > 0)
            Log("pointers", text, []);
        return found;
    }

    /// <summary>
    /// That the viewer looks for these names and numbers in another way than by a search, such as by a check that they start: agencies that watch one of them
    /// are told, if the viewer's agreed to that. It answers nothing, and changes no answer.
    /// </summary>
    /// <param name="texts">The names and numbers, as they were given.</param>
    public void NoteLookedFor(IEnumerable<string> texts)
    {
        foreach (string text in texts.Where(t => t.Length > 0).Distinct(StringComparer.Ordinal))
            gate.Releases.NoteLookedFor(Viewer, text);
    }

    /// <summary>
    /// Finds entities by any part of a name or an identifier: every word must match a word of the value, or begin one. An identifier is
    /// found in any writing: spaced, in groups, a phone number with or without its country. If few are found,
    /// misspelt names are found too.
    /// </summary>
    /// <param name="text">What was typed.</param>
    /// <param name="schema">Only this kind, or null.</param>
    /// <param name="offset">How many to skip.</param>
    /// <param name="limit">How many to return.</param>
    public SearchResults Search(string text, Schema? schema = null, int offset = 0, int limit = 20)
    {
        gate.Releases.NoteLookedFor(Viewer, text);
        using var reading = Read();
        var reader = reading.Reader;
        var words = Reader<ClassSight>.QueryWords(text);
        var found = reader.Match(words, schema?.Name, namesOnly: false);
        reader.MatchIdentifiers(QueryForms.Of(text), schema?.Name, found);
        List<SearchHit> hits = [];
        HashSet<int> shown = [];
        bool more = false;
        // Only as many are put in order, and resolved into entities, as the page needs: more where several records are one entity.
        for (int wanted = (2 * (offset + limit)) + 50; ; wanted *= 4)
        {
            var best = new Best<(int Record, int Statement, int Rank)>(wanted, reader.Order);
            foreach (var (record, at) in found)
                best.Add((record, at.Statement, at.Rank));
            hits.Clear();
            shown.Clear();
            foreach (var (record, statement, _) in best.Kept)
            {
                if (!shown.Add(reader.Cluster(record)[0]) || shown.Count <= offset)
                    continue;
                if (hits.Count == limit)
                {
                    more = true;
                    break;
                }
                hits.Add(new SearchHit(reader.Summary(record), Shown(statement)));
            }
            if (more || best.Kept.Count == found.Count)
                break;
        }
        int records = Math.Min(found.Count, CountLimit + 1);
        if (found.Count < FewHits && words.Count > 0)
        {
            foreach (var (record, _) in Misspelt(reader, text, schema))
            {
                if (found.ContainsKey(record) || !shown.Add(reader.Cluster(record)[0]))
                    continue;
                if (shown.Count <= offset)
                    continue;
                if (hits.Count == limit)
                {
                    more = true;
                    break;
                }
                var summary = reader.Summary(record);
                hits.Add(new SearchHit(summary, summary.Caption));
            }
        }
        Log("search", text, hits.Select(h => h.Entity.Id));
        return new SearchResults(hits, records, more);
    }

    /// <summary>Names to offer while a person types.</summary>
    public IReadOnlyList<Suggestion> Suggest(string text, int limit = 8)
    {
        using var reading = Read();
        var reader = reading.Reader;
        List<Suggestion> suggestions = [];
        HashSet<int> entities = [];
        foreach (var (record, statement, _) in reader.Suggest(Reader<ClassSight>.QueryWords(text), limit * 4))
        {
            int[] cluster = reader.Cluster(record);
            if (!entities.Add(cluster[0]))
                continue;
            suggestions.Add(new Suggestion(Engine.Texts.Text(Engine.Statements[statement].Value), reader.IdOf(cluster[0]), reader.SchemaOf(cluster)));
            if (suggestions.Count == limit)
                break;
        }
        Log("suggest", text, suggestions.Select(s => s.Id));
        return suggestions;
    }

    /// <summary>The entity that a record belongs to; null if there is no such record (in this view: nobody is told of others).</summary>
    public Entity? Find(RecordId record)
    {
        using var reading = Read();
        int number = reading.Reader.Find(record);
        var entity = number < 0 ? null : reading.Reader.Entity(number);
        Log("consult", record.ToString(), entity is null ? [] : entity.Records.Select(r => r.Id));
        return entity;
    }

    /// <summary>An entity's title line, as it was found if it is not there any more.</summary>
    public EntitySummary Summarise(Entity entity) =>
        Summarise(entity.Id) ?? new EntitySummary(entity.Id, entity.Caption, entity.Schema, entity.Schema.Label, []);

    /// <summary>The title line of the entity that a record belongs to; null if there is no such record.</summary>
    public EntitySummary? Summarise(RecordId record)
    {
        using var reading = Read();
        // Not worth a line of the log beside what it stands with; whose it is is told all the same.
        TellOwners([record]);
        int number = reading.Reader.Find(record);
        return number < 0 ? null : reading.Reader.Summary(number);
    }

    /// <summary>How an entity is tied to others, ordered by kind of tie, then the other's caption, then identifiers.</summary>
    public IReadOnlyList<Connection> Connections(Entity entity)
    {
        using var reading = Read();
        int number = reading.Reader.Find(entity.Id);
        if (number < 0)
            return [];
        var connections = reading.Reader.Connections(reading.Reader.Cluster(number));
        Log("connections", entity.Id.ToString(), connections.SelectMany(Shown).Distinct());
        return connections;
    }

    /// <summary>
    /// What makes records outside the entity possibly the same subject: neither so likely as to be joined nor judged different; most
    /// likely first.
    /// </summary>
    /// <param name="entity">The entity.</param>
    /// <param name="only">Only matches with records whose entity is of interest, or null.</param>
    public IReadOnlyList<Match> PossibleMatches(Entity entity, Interest? only = null)
    {
        using var reading = Read();
        var reader = reading.Reader;
        int number = reader.Find(entity.Id);
        if (number < 0)
            return [];
        List<Match> found = [];
        int[] members = reader.Cluster(number);
        var inside = members.ToHashSet();
        foreach (int member in members)
        {
            foreach (var (other, score, judged) in reader.Alike(member))
            {
                if (!inside.Contains(other) && judged != Verdict.Different && (only is null || reader.IsOfInterest(other, only)))
                    found.Add(reader.Match(member, other, score, judged));
            }
        }
        found.Sort(Reader<ClassSight>.ByStrength);
        Log("possible matches", entity.Id.ToString(), found.Select(f => f.Beyond(entity)));
        return found;
    }

    /// <summary>What people decided of an entity's records and records outside it, "different" included; newest first.</summary>
    public IReadOnlyList<Judgement> Judgements(Entity entity)
    {
        using var reading = Read();
        var reader = reading.Reader;
        int number = reader.Find(entity.Id);
        if (number < 0)
            return [];
        Dictionary<RecordId, Judgement> found = [];
        foreach (int member in reader.Cluster(number))
        {
            foreach (var row in Engine.Matches.JudgementsOf(member))
            {
                if (reader.SeesLabel(row.Label) && reader.Exists(row.Left) && reader.Exists(row.Right))
                    found[row.Judgement.Id] = row.Judgement;
            }
        }
        Log("judgements", entity.Id.ToString(), found.Values.SelectMany(j => new[] { j.Left, j.Right }).Distinct());
        gate.EmergencyReads.Shown(Viewer, found.Values.Select(j => (j.Agency, j.Label, j.Id)));
        return [.. found.Values.OrderByDescending(j => j.At).ThenBy(j => j.Id)];
    }

    /// <summary>What joins two records, or would: the visible values compared; null if either is not there or they cannot be compared.</summary>
    public Explanation? Explain(RecordId left, RecordId right)
    {
        using var reading = Read();
        int a = reading.Reader.Find(left),
            b = reading.Reader.Find(right);
        Log("explain", $"{left} {right}", a < 0 || b < 0 ? [] : [left, right]);
        if (a < 0 || b < 0)
            return null;
        var x = reading.Reader.Prepare(a);
        var y = reading.Reader.Prepare(b);
        return x.Kind == SubjectKind.None || y.Kind == SubjectKind.None ? null : Comparison.Explain(x, y);
    }

    /// <summary>A shortest way from one entity to another over at most <paramref name="ties"/> ties; null if there is none.</summary>
    public EntityPath? FindPath(RecordId from, RecordId to, int ties = 6)
    {
        using var reading = Read();
        var reader = reading.Reader;
        int start = reader.Find(from),
            goal = reader.Find(to);
        var steps = start < 0 || goal < 0 ? null : reader.Path(start, goal, ties);
        var path = steps is null ? null : reader.Told(start, steps);
        Log("path", $"{from} {to}", path is null ? [] : path.Steps.SelectMany(s => Shown(s.Connection)).Prepend(path.Start.Id).Distinct());
        return path;
    }

    /// <summary>
    /// Finds the records that somebody described by these values may be, misspelt names included; most likely first.
    /// </summary>
    /// <param name="kind">What is described.</param>
    /// <param name="values">Its values.</param>
    /// <param name="threshold">The least probability returned.</param>
    /// <param name="limit">How many to return.</param>
    public IReadOnlyList<Candidate> Screen(SubjectKind kind, IReadOnlyList<FieldValue> values, double threshold = Comparison.PossibleAt, int limit = 20)
    {
        using var reading = Read();
        var found = Best(reading.Reader, reading.Reader.Screen(kind, [.. values], _ => false), threshold, limit);
        Log("screen", string.Join("; ", values.Select(v => $"{v.Field}: {v.Value}")), found.Select(f => f.Record.Id));
        return found;
    }

    /// <summary>As <see cref="Screen(SubjectKind, IReadOnlyList{FieldValue}, double, int)"/>, for an entity in the view, its own records left out.</summary>
    /// <param name="entity">Who is looked for.</param>
    /// <param name="threshold">The least probability returned.</param>
    /// <param name="limit">How many to return.</param>
    /// <param name="only">Only records that are of interest themselves, or null.</param>
    public IReadOnlyList<Candidate> Screen(Entity entity, double threshold = Comparison.PossibleAt, int limit = 20, Interest? only = null)
    {
        using var reading = Read();
        var reader = reading.Reader;
        int number = reader.Find(entity.Id);
        if (number < 0)
            return [];
        var inside = reader.Cluster(number).ToHashSet();
        Dictionary<int, double> best = [];
        foreach (int member in inside.Order(Comparer<int>.Create((x, y) => Engine.Records.Id[x].CompareTo(Engine.Records.Id[y]))))
        {
            List<FieldValue> values = [];
            var kind = Matches.Profiles.Gather(Engine, reading.Sight, member, values);
            if (kind == SubjectKind.None)
                continue;
            foreach (var (record, probability) in reader.Screen(kind, values, inside.Contains, only))
            {
                if (!best.TryGetValue(record, out double known) || known < probability)
                    best[record] = probability;
            }
        }
        var found = Best(reader, [.. best.Select(b => (b.Key, b.Value))], threshold, limit);
        Log("screen", entity.Id.ToString(), found.Select(f => f.Record.Id));
        return found;
    }

    /// <summary>
    /// Records a decision on two visible records. It is kept, reused wherever the two meet, and can be replaced by a later one.
    /// </summary>
    /// <param name="left">One record.</param>
    /// <param name="right">The other.</param>
    /// <param name="verdict">What was decided.</param>
    /// <param name="reason">Why, in the person's words.</param>
    /// <returns>The judgement as kept, labelled with all that the evidence shown to the viewer bears.</returns>
    /// <exception cref="KeyNotFoundException">One of them is not there.</exception>
    public Judgement Judge(RecordId left, RecordId right, Verdict verdict, string reason)
    {
        DemandNoEmergency();
        if (!Viewer.May(Power.Judge))
            throw new UnauthorizedAccessException("Your role does not judge matches. Ask an administrator of your agency for the role of an analyst.");
        if (left == right)
            throw new ArgumentException("A record is always the same subject as itself: choose two.", nameof(right));
        return Keep(left, right, verdict, reason);
    }

    /// <summary>That two records are one because the agency itself made the one of the other; needs no analyst.</summary>
    internal void JudgeSame(RecordId left, RecordId right, string reason, Label label) => Keep(left, right, Verdict.Same, reason, label);

    private Judgement Keep(RecordId left, RecordId right, Verdict verdict, string reason, Label? under = null)
    {
        if (left.CompareTo(right) > 0)
            (left, right) = (right, left);
        // No turn is taken: a judgement changes nothing that an import under way rests on, and need not wait for it.
        int a,
            b;
        Label label;
        using (var reading = Read())
        {
            a = reading.Reader.Find(left);
            b = reading.Reader.Find(right);
            if (a < 0 || b < 0)
                throw new KeyNotFoundException("There is no such record.");
            label = under ?? reading.Reader.LabelOf([a, b]).Join(Label.OwnAgency(Viewer));
        }
        var at = gate.Clock.GetUtcNow();
        string cut = reason.Length > 4000 ? reason[..4000] : reason;
        var id = Engine.Identify(
            "judgement",
            Viewer.Agency,
            Viewer.Name,
            left.ToString(),
            right.ToString(),
            at.UtcTicks.ToString(CultureInfo.InvariantCulture)
        );
        var judgement = new Judgement(id, left, right, verdict, cut, Viewer.DisplayName, Viewer.Agency, at, label);
        try
        {
            gate.Store.Add(judgement, a, b, gate.Store.Label(label));
        }
        catch (Microsoft.Data.Sqlite.SqliteException problem)
        {
            throw Store.Database.Explain(problem);
        }
        Log("judge", $"{verdict}: {cut}", [left, right]);
        return judgement;
    }

    /// <summary>Every visible record, by identifier; of one source if given.</summary>
    public IEnumerable<RecordView> Export(RecordId? source = null)
    {
        DemandNoEmergency();
        List<RecordId> ids = [];
        using (var reading = Read())
        {
            for (int r = 0; r < Engine.Records.Count; r++)
            {
                if (reading.Reader.Exists(r) && (source is null || Engine.Sources[Engine.Records.Source[r]].Id == source))
                    ids.Add(reading.Reader.IdOf(r));
            }
        }
        ids.Sort();
        Log("export", source?.ToString() ?? "everything", ids);
        foreach (var id in ids)
        {
            RecordView? record;
            using (var reading = Read())
            {
                int number = reading.Reader.Find(id);
                record = number < 0 ? null : reading.Reader.Record(number);
            }
            if (record is not null)
                yield return record;
        }
    }

    private List<Candidate> Best(Reader<ClassSight> reader, List<(int Record, double Probability)> found, double threshold, int limit) =>
        [
            .. found
                .Where(f => f.Probability >= threshold)
                .OrderByDescending(f => f.Probability)
                .ThenBy(f => Engine.Records.Id[f.Record])
                .Take(limit)
                .Select(f => new Candidate(reader.Record(f.Record), f.Probability)),
        ];

    /// <summary>Records whose name is like the text, best first. As it is not said whether a person or a body is meant, both are looked for.</summary>
    private List<(int Record, double Probability)> Misspelt(Reader<ClassSight> reader, string text, Schema? schema)
    {
        const double LikeEnough = 0.2;
        List<(int Record, double Probability)> found = [];
        if (text.Length > 500)
            return found;
        foreach (var (record, probability) in reader.Screen(SubjectKind.Legal, [new FieldValue(Field.Name, text)], _ => false))
        {
            if (probability >= LikeEnough && (schema is null || reader.SchemaOf(record).Is(schema)))
                found.Add((record, probability));
        }
        return [.. found.OrderByDescending(f => f.Probability).ThenBy(f => Engine.Records.Id[f.Record])];
    }

    /// <summary>What a tie shows: the record that says so, and the other end.</summary>
    private static RecordId[] Shown(Connection connection) => [connection.Tie.Id, connection.Other.Id];

    private string Shown(int statement)
    {
        var property = Engine.Ontology.Properties[Engine.Statements[statement].Property];
        return property.Type.Show(Engine.Texts.Text(Engine.Statements[statement].Value));
    }

    private Reading Read()
    {
        Engine.Lock.EnterReadLock();
        var now = state.Now();
        var sight = new ClassSight(now.Sight);
        return new Reading(Engine, sight, new Reader<ClassSight>(Engine, sight, Viewer, now.Clusters, leftOut));
    }

    internal void Log(string act, string question, IEnumerable<RecordId> records)
    {
        RecordId[] ids = [.. records];
        var bytes = new byte[ids.Length * 16];
        for (int i = 0; i < ids.Length; i++)
            BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(i * 16), ids[i].Value);
        string done = Viewer.Emergency is null ? act : EmergencyReads.Mark + act;
        gate.Log.Add(new LoggedRead(gate.Clock.GetUtcNow(), Viewer.Name, Viewer.Agency, done, question, bytes, state.OfReader));
        TellOwners(ids);
    }

    /// <summary>Tells the owners of records that are shown only thanks to emergency access.</summary>
    private void TellOwners(RecordId[] ids)
    {
        if (Viewer.Emergency is not { } emergency)
            return;
        using var reading = Read();
        gate.EmergencyReads.Shown(Viewer, reading.Reader, gate.StateOf(emergency.Otherwise).Now().Sight, ids);
    }

    /// <summary>Emergency access is for looking: what could outlast it, or give away what was seen, is refused while it is open.</summary>
    private void DemandNoEmergency()
    {
        if (Viewer.Emergency is not null)
            throw new UnauthorizedAccessException("While emergency access is open you can look, and neither change anything nor take it out. End it first.");
    }

    /// <summary>One question: the engine does not change until it is answered.</summary>
    private readonly ref struct Reading(Engine engine, ClassSight sight, Reader<ClassSight> reader)
    {
        public Reader<ClassSight> Reader { get; } = reader;

        public ClassSight Sight { get; } = sight;

        public void Dispose() => engine.Lock.ExitReadLock();
    }
}
