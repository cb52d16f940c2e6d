using System.Collections;
using System.Collections.Concurrent;
using FourStrands.Linkage;
using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>
/// What one run has asked of the view so far, so that nothing is asked twice: a director of forty bidders is found once.
/// Lives as long as the run. Several bidders may be worked on at once.
/// </summary>
/// <param name="view">The reader's view.</param>
/// <param name="today">The day that "current" and "past" are judged by.</param>
internal sealed class Neighbours(View view, DateOnly today)
{
    private readonly ConcurrentDictionary<RecordId, Neighbour?> _byRecord = [];
    private readonly ConcurrentDictionary<(RecordId, RecordId), IReadOnlyList<EvidenceLine>> _evidence = [];
    private readonly Lock _meeting = new();

    /// <summary>The reader's view.</summary>
    public View View => view;

    /// <summary>The day that "current" and "past" are judged by.</summary>
    public DateOnly Today => today;

    /// <summary>The labels of all that was used so far: whoever reads the result must satisfy them all.</summary>
    public LabelSet Labels { get; } = new();

    /// <summary>The entity that a record belongs to; null if it is not there.</summary>
    public Neighbour? Find(RecordId record)
    {
        if (_byRecord.TryGetValue(record, out var known))
            return known;
        if (view.Find(record) is not { } entity)
            return _byRecord[record] = null;
        var found = new Neighbour(this, entity);
        lock (_meeting)
        {
            // Somebody else may have met it meanwhile, by this record or by another of it: there is one of each.
            if (_byRecord.GetValueOrDefault(entity.Id) is { } met && met.Has(record))
                found = met;
            foreach (var r in entity.Records)
                _byRecord[r.Id] = found;
            // A record that was asked for answers, even if the entity came to be without it meanwhile.
            _byRecord[record] = found;
        }
        return found;
    }

    /// <summary>The entity that a record belongs to if this run has met it already; it is not asked for.</summary>
    public Neighbour? Met(RecordId record) => _byRecord.GetValueOrDefault(record);

    /// <summary>A match as the result shows it, seen from the record nearer to the bidder.</summary>
    public MatchUse Use(Match match, RecordView near, RecordView far)
    {
        foreach (var judgement in match.Judgements)
            Labels.Add(judgement.Label);
        foreach (var said in near.Statements)
            Labels.Add(said.Label);
        foreach (var said in far.Statements)
            Labels.Add(said.Label);
        return MatchWords.Use(match, near, far, Evidence(near.Id, far.Id), view.AgencyName);
    }

    /// <summary>How likely two records are the same subject by their visible values alone.</summary>
    public double Probability(RecordId near, RecordId far) => view.Explain(near, far)?.Probability ?? 0;

    private IReadOnlyList<EvidenceLine> Evidence(RecordId near, RecordId far)
    {
        if (_evidence.TryGetValue((near, far), out var known))
            return known;
        var explanation = view.Explain(near, far);
        EvidenceLine[] lines = explanation is null
            ? []
            :
            [
                .. explanation
                    .Evidence.OrderByDescending(e => Math.Abs(e.Bits))
                    .ThenBy(e => e.Field)
                    .ThenBy(e => e.Left, StringComparer.Ordinal)
                    .ThenBy(e => e.Right, StringComparer.Ordinal)
                    .Select(e => new EvidenceLine(MatchWords.FieldName(e.Field), e.Left, e.Right, e.Finding, Math.Round(e.Bits, 2))),
            ];
        return _evidence[(near, far)] = lines;
    }
}

/// <summary>Labels, each once; several may add at a time.</summary>
internal sealed class LabelSet : IEnumerable<Label>
{
    private readonly ConcurrentDictionary<Label, bool> _labels = [];

    public void Add(Label label)
    {
        // Almost always it is there: looking does not wait for anybody.
        if (!_labels.ContainsKey(label))
            _labels.TryAdd(label, true);
    }

    public IEnumerator<Label> GetEnumerator() => _labels.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>An entity met during a run, with its ties and possible matches once they were asked for.</summary>
internal sealed class Neighbour
{
    /// <summary>Ties looked at from one entity: a formation agent's thousands say nothing of a bidder.</summary>
    public const int MostTies = 200;

    /// <summary>Records that may be one entity and are adverse, looked at of one entity.</summary>
    public const int MostPossible = 10;

    /// <summary>A name as near as this is worth a look where something is said against who bears it.</summary>
    private const double NearName = 0.2;

    private readonly Neighbours _run;
    private readonly Dictionary<RecordId, RecordView> _records;
    private List<TieUse>? _ties;
    private List<PossibleUse>? _possible;
    private List<PossibleUse>? _possiblyAdverse;
    private IReadOnlyList<AdverseFact>? _facts;
    private IReadOnlyList<Judgement>? _judgements;

    public Neighbour(Neighbours run, Entity entity)
    {
        _run = run;
        Entity = entity;
        _records = entity.Records.ToDictionary(r => r.Id);
        Ref = new SubjectRef(entity.Id, entity.Caption, entity.Schema.Name, run.View.Summarise(entity).Summary);
    }

    public Entity Entity { get; }

    /// <summary>As named in a result.</summary>
    public SubjectRef Ref { get; }

    public RecordId Id => Entity.Id;

    public bool Has(RecordId record) => _records.ContainsKey(record);

    public RecordView? Record(RecordId record) => _records.GetValueOrDefault(record);

    /// <summary>Every connection of the entity, its records' ends told apart.</summary>
    public IReadOnlyList<TieUse> Ties
    {
        get
        {
            if (_ties is not null)
                return _ties;
            List<TieUse> ties = [];
            foreach (var connection in _run.View.Connections(Entity))
            {
                if (TieUse.Of(this, connection, _run.Today) is { } tie)
                    ties.Add(tie);
            }
            return _ties = ties;
        }
    }

    /// <summary>Records outside the entity that may be the same subject.</summary>
    public IReadOnlyList<PossibleUse> Possible
    {
        get
        {
            if (_possible is not null)
                return _possible;
            return _possible = [.. _run.View.PossibleMatches(Entity).Select(Use)];
        }
    }

    /// <summary>
    /// Of <see cref="Possible"/> those that something is said against, and records of the kind whose names are spelt so differently
    /// that only a search for misspelt names finds them.
    /// </summary>
    public IReadOnlyList<PossibleUse> PossiblyAdverse
    {
        get
        {
            if (_possiblyAdverse is not null)
                return _possiblyAdverse;
            List<PossibleUse> adverse = [.. _run.View.PossibleMatches(Entity, AdverseFacts.Interest).Select(Use)];
            HashSet<RecordId> known = [.. adverse.Select(p => p.Far)];
            foreach (var candidate in _run.View.Screen(Entity, only: AdverseFacts.AgainstThem))
            {
                if (known.Add(candidate.Record.Id) && Misspelt(candidate) is { } use)
                    adverse.Add(use);
            }
            return _possiblyAdverse = adverse;
        }
    }

    /// <summary>What people decided of its records and records outside it, "different" included; newest first.</summary>
    public IReadOnlyList<Judgement> Judgements => _judgements ??= _run.View.Judgements(Entity);

    /// <summary>
    /// As <see cref="Possible"/>, with records whose names are spelt so differently that only a search for misspelt names finds them. For
    /// the bidder itself: what an officer typed may be wrong in any letter, and a company may have been named to be mistaken for another.
    /// Of names that are only near, and of any once the bidder's own register record is known, those are of interest that something is said against.
    /// </summary>
    public IEnumerable<PossibleUse> PossibleOrMisspelt(bool known)
    {
        HashSet<RecordId> given = [];
        foreach (var possible in Possible)
        {
            given.Add(possible.Far);
            yield return possible;
        }
        IEnumerable<Candidate> candidates = _run.View.Screen(Entity, NearName, only: AdverseFacts.Interest);
        if (!known)
            candidates = _run.View.Screen(Entity).Concat(candidates);
        foreach (var candidate in candidates)
        {
            if (given.Add(candidate.Record.Id) && Misspelt(candidate) is { } use)
                yield return use;
        }
    }

    /// <summary>Records outside the entity that bear a name, whatever else speaks against their being it.</summary>
    public IEnumerable<PossibleUse> OfTheName(string name)
    {
        var kind =
            Entity.Schema.Is("Person") ? SubjectKind.Person
            : Entity.Schema.Is("Organization") ? SubjectKind.Organisation
            : SubjectKind.Legal;
        foreach (var candidate in _run.View.Screen(kind, [new FieldValue(Field.Name, name)]))
        {
            var record = candidate.Record;
            if (Has(record.Id) || !record.Statements.Any(s => s.Property.Type.Name == "name" && BidderName.AreOne(name, s.Value)))
                continue;
            if (Misspelt(candidate with { Probability = Entity.Records.Max(r => _run.Probability(r.Id, record.Id)) }) is { } use)
                yield return use;
        }
    }

    private PossibleUse Use(Match match)
    {
        var far = match.Beyond(Entity);
        return new PossibleUse(match, far == match.Left ? match.Right : match.Left, far);
    }

    /// <summary>A record found by its misspelt name, unless people have said that it is another; compared with the record of ours that it is most like.</summary>
    private PossibleUse? Misspelt(Candidate candidate)
    {
        var far = candidate.Record.Id;
        Judgement[] judged = [.. Judgements.Where(j => j.Left == far && Has(j.Right) || j.Right == far && Has(j.Left))];
        var near = Entity.Records.Count == 1 ? Entity.Id : Entity.Records.OrderByDescending(r => _run.Probability(r.Id, far)).ThenBy(r => r.Id).First().Id;
        var match = new Match(near.CompareTo(far) < 0 ? near : far, near.CompareTo(far) < 0 ? far : near, candidate.Probability, judged);
        return MatchWords.StateOf(match) is MatchState.Different or MatchState.Disputed ? null : new PossibleUse(match, near, far);
    }

    /// <summary>What speaks against it.</summary>
    public IReadOnlyList<AdverseFact> Facts => _facts ??= AdverseFacts.Of(this, _run.Today);
}

/// <summary>A possible match of an entity.</summary>
/// <param name="Match">The match.</param>
/// <param name="Near">The record on this side.</param>
/// <param name="Far">The record on the other side.</param>
internal sealed record PossibleUse(Match Match, RecordId Near, RecordId Far);

/// <summary>A connection with the records that it joins: an entity may be several records, and a path must say which.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Near">The record on this side.</param>
/// <param name="Far">The record on the other side.</param>
/// <param name="IsTie">True for a record that ties two subjects (Ownership …); false where one record's own property points at the other.</param>
/// <param name="Former">True if it has ended.</param>
internal sealed record TieUse(Connection Connection, RecordId Near, RecordId Far, bool IsTie, bool Former)
{
    public RecordView Tie => Connection.Tie;

    public EntitySummary Other => Connection.Other;

    public bool Is(string schema) => Tie.Schema.Is(schema);

    /// <summary>The role or share that the tie states, as shown; may be empty.</summary>
    public string Role => IsTie ? string.Join(", ", Shown("role", "relationship", "percentage")) : "";

    public string Since => IsTie ? Dates.ShowFirst(Tie.Values("startDate").DefaultIfEmpty(Tie.Values("date").FirstOrDefault() ?? "")) : "";

    public string Until => IsTie ? Dates.ShowLast(Tie.Values("endDate")) : "";

    /// <summary>The statement that names the other end, or this end: what a tie rests on.</summary>
    public Said Says => Tie.Statements.First(s => s.Property.Name == Connection.Property.Name);

    public static TieUse? Of(Neighbour near, Connection connection, DateOnly today)
    {
        var tie = connection.Tie;
        string property = connection.Property.Name;
        if (tie.Schema.Tie is { } ends)
        {
            string nearProperty = property == ends.Source.Name ? ends.Target.Name : ends.Source.Name;
            var here = First(tie, nearProperty, near.Has);
            // Several other ends in one record are rare: the one of the entity that the connection names, by its smallest record.
            var there = First(tie, property, id => id == connection.Other.Id) ?? First(tie, property, id => !near.Has(id)) ?? First(tie, property, _ => true);
            if (here is null || there is null)
                return null;
            bool former = Dates.AllPassed(tie.Values("endDate"), today) || tie.Values("status").Any(FindingKinds.IsEnded);
            return new TieUse(connection, here.Value, there.Value, IsTie: true, former);
        }
        // A record's own property points at the other: the tie's record is itself one of the ends.
        if (near.Has(tie.Id))
        {
            var there = First(tie, property, id => id == connection.Other.Id) ?? First(tie, property, id => !near.Has(id));
            return there is null ? null : new TieUse(connection, tie.Id, there.Value, IsTie: false, Former: false);
        }
        var pointed = First(tie, property, near.Has);
        return pointed is null ? null : new TieUse(connection, pointed.Value, tie.Id, IsTie: false, Former: false);
    }

    private static RecordId? First(RecordView tie, string property, Func<RecordId, bool> wanted)
    {
        foreach (var said in tie.Statements)
        {
            if (said.Property.Name == property && RecordId.TryParse(said.Value, out var id) && wanted(id))
                return id;
        }
        return null;
    }

    // The share of a tie that several properties state is said once.
    private List<string> Shown(params ReadOnlySpan<string> properties)
    {
        List<string> shown = [];
        foreach (string property in properties)
        {
            foreach (var said in Tie.Statements)
            {
                if (said.Property.Name == property && Wording.Plain(said) is var words && !shown.Exists(s => s.StartsWith(words, StringComparison.Ordinal)))
                    shown.Add(words);
            }
        }
        return shown;
    }
}
