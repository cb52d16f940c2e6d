using System.Globalization;
using System.Text.Json;
using FourStrands.Picture.Memory;

namespace FourStrands.Picture;

/// <summary>What goes with an erasure. Everything here is decided for each label apart: what some do not see must change nothing for them.</summary>
public sealed partial class Erasures
{
    /// <summary>What was found to go.</summary>
    private sealed class Found
    {
        public required HashSet<int> Statements { get; init; }
        public required SourceRow Source { get; init; }
        public required Quotes Quotes { get; init; }

        /// <summary>Reasons that go: the log has them too.</summary>
        public Quotes SaidInLog { get; } = new();
        public List<Label> Labels { get; } = [];
        public List<RecordId> Records { get; } = [];
        public int Ties { get; set; }
        public List<ErasedDocument> Documents { get; } = [];

        /// <summary>What other agencies have of requests of the own agency's: filled by the program, it goes with what it was filled from, whoever reads it.</summary>
        public HashSet<RecordId> Delivered { get; } = [];
        public HashSet<RecordId> GoneJudgements { get; } = [];
        public List<RecordId> Reasons { get; } = [];
        public List<(int Import, int Place)> Rejects { get; } = [];
        public List<int> Files { get; } = [];
        public int Judgements { get; set; }
        public int HoldReasons { get; set; }
        public List<Hold> Holds { get; } = [];

        /// <summary>What others are to be told: about what, whose, and who may know.</summary>
        public List<(string Of, RecordId Id, string Agency, Label Label)> Told { get; } = [];
    }

    /// <summary>What the store keeps besides statements and may go with them, as it is when something is looked for.</summary>
    private sealed record Kept(
        IReadOnlyList<(Document Document, int Label, string Agency)> Documents,
        IReadOnlyList<HoldRow> Holds,
        IReadOnlyDictionary<int, List<Rejection>> Rejected
    )
    {
        public static Kept Of(Gate gate, Viewer by)
        {
            int[] rejecting;
            gate.Engine.Lock.EnterReadLock();
            try
            {
                rejecting = [.. gate.Engine.Imports.Where(i => i.Rejected > 0 && gate.Engine.Sources[i.Source].Owner == by.Agency).Select(i => i.Number)];
            }
            finally
            {
                gate.Engine.Lock.ExitReadLock();
            }
            return new Kept(gate.Store.Documents(null, null), gate.Store.Holds(), rejecting.ToDictionary(n => n, gate.Store.Rejected));
        }
    }

    private ErasurePreview PreviewOf(Found found)
    {
        int statements = found.Statements.Count(s => Engine.Statements[s].Property != Statements.KindProperty);
        return new ErasurePreview(
            new Source(found.Source.Id, found.Source.Name, found.Source.Owner, ""),
            statements,
            found.Records,
            found.Ties,
            found.Documents,
            found.Judgements,
            found.Rejects.Count,
            found.HoldReasons,
            found.Holds
        );
    }

    /// <summary>
    /// Finds it; to erase it, within a turn, in which nothing else erases or brings in. A sanitised release that goes is the last to know what it carried: all of that goes with it, and then it is looked
    /// for again what rests on that.
    /// </summary>
    private Found Find(Viewer by, ErasureTarget target)
    {
        // Read before the picture is locked: who writes has the database first and the picture then.
        var kept = Kept.Of(gate, by);
        var sanitised = Releases.Sanitised(by, kept.Documents).ToDictionary(r => r.Id);
        HashSet<RecordId> over = [];
        Engine.Lock.EnterReadLock();
        try
        {
            while (true)
            {
                var found = Find(by, target, kept, [.. sanitised.Values], over);
                int before = over.Count;
                over.UnionWith(found.Documents.Select(d => d.Id).Where(sanitised.ContainsKey));
                if (over.Count == before)
                    return found;
            }
        }
        finally
        {
            Engine.Lock.ExitReadLock();
        }
    }

    private Found Find(Viewer by, ErasureTarget target, Kept kept, List<Release> sanitised, HashSet<RecordId> over)
    {
        var (source, statements) = StatementsOf(by, target);
        if (source.Owner != by.Agency)
            throw new ErasureException($"It is {gate.People.NameOf(source.Owner)}'s: only their information managers erase it.");
        if (target.Kind == ErasureKind.Import)
            AddReleased(by, statements);
        AddSanitised(by, target.Kind, statements, kept, sanitised, over);
        var direct = statements.ToHashSet();
        List<int> gone = [.. direct.Select(s => Engine.Statements[s].Record).Distinct().Where(r => !SaysMore(r, direct, by.MaySee))];
        // A tie to a record goes with it where the record is gone for all who may read the tie. What others wrote down who never saw the record stays theirs.
        int ties = 0;
        foreach (var (record, labels) in LabelsByRecord(direct))
        {
            foreach (int s in Engine.Records.PointingAt(record))
            {
                if (
                    Engine.IsPointer(s)
                    && Engine.IsKept(s)
                    && Engine.Statements[s].Value == record
                    && by.MaySee(LabelOf(s))
                    && IsGoneFor(LabelOf(s), record, labels, direct)
                    && statements.Add(s)
                    && IsShown(s)
                )
                    ties++;
            }
        }
        var found = new Found
        {
            Statements = statements,
            Source = source,
            Quotes = QuotesOf(target, statements, direct),
            Ties = ties,
        };
        found.Labels.AddRange(statements.Select(LabelOf).Distinct());
        found.Records.AddRange(gone.Select(r => new RecordId(Engine.Records.Id[r])).Order());
        FindJudgements(by, found, sanitised);
        FindDocuments(by, found, kept);
        FindRejects(by, target, found, kept);
        FindHolds(by, found, kept);
        FindHoldReasons(by, found, kept);
        return found;
    }

    private string NameOf(int statement) => Engine.Ontology.Properties[Engine.Statements[statement].Property].Name;

    private string ValueOf(int statement)
    {
        var said = Engine.Statements[statement];
        return Engine.IsEntity[said.Property] ? new RecordId(Engine.Records.Id[said.Value]).ToString() : Engine.Texts.Text(said.Value);
    }

    /// <summary>Those of the target that the person may see, what was withdrawn since among them; of the own agency's, also where nothing else is left.</summary>
    private (SourceRow Source, HashSet<int> Statements) StatementsOf(Viewer by, ErasureTarget target)
    {
        HashSet<int> statements = [];
        if (target.Kind == ErasureKind.Import)
        {
            var import = Engine.Imports.Find(i => i.Id == target.Id && by.MaySee(Engine.Labels[i.Label])) ?? throw NotThere();
            for (int s = import.First; s < import.End; s++)
            {
                if (!Engine.IsErased(s))
                    statements.Add(s);
            }
            if (statements.Count == 0)
                throw NotThere();
            FitKinds(statements);
            return statements.Count > 0
                ? (Engine.Sources[import.Source], statements)
                : throw new ErasureException("It says of what kind some records are of which later files say more, and nothing else. Erase those first.");
        }
        int record = Engine.Records.Find(target.Id);
        bool isThere = false;
        if (record >= 0)
        {
            bool isOwn = Engine.Sources[Engine.Records.Source[record]].Owner == by.Agency;
            foreach (int s in Engine.Records.StatementsOf(record))
            {
                if (!Engine.IsKept(s) || !by.MaySee(LabelOf(s)) || (target.Kind == ErasureKind.Statement && !IsMeant(s, target)))
                    continue;
                statements.Add(s);
                isThere |= isOwn || IsShown(s);
            }
        }
        return isThere ? (Engine.Sources[Engine.Records.Source[record]], statements) : throw NotThere();
    }

    /// <summary>
    /// Of what kind a record is the first file says; later ones under the same label are of it too, and under another each says it anew. So it stays with what they said more, and goes when
    /// the last of that goes, if no more than it is left of the file that said it.
    /// </summary>
    private void FitKinds(HashSet<int> statements)
    {
        foreach (var (record, label) in statements.Where(IsShown).Select(s => (Engine.Statements[s].Record, Engine.Statements[s].Label)).Distinct().ToList())
        {
            List<int> kinds = [],
                going = [],
                losing = [];
            bool saysMore = false;
            foreach (int s in Engine.Records.StatementsOf(record))
            {
                bool isKind = Engine.Statements[s].Property == Statements.KindProperty;
                if (!IsShown(s))
                {
                    if (Engine.IsErased(s) || Engine.IsKept(s))
                        losing.Add(Engine.ImportOf(s));
                }
                else if (Engine.Statements[s].Label != label || Engine.Imports[Engine.ImportOf(s)].IsRelease)
                    continue;
                else if (!statements.Contains(s))
                {
                    saysMore |= !isKind;
                    if (isKind)
                        kinds.Add(s);
                }
                else if (isKind)
                    going.Add(s);
            }
            if (!saysMore)
                statements.UnionWith(kinds.Where(k => losing.Contains(Engine.ImportOf(k))));
            else if (kinds.Count == 0)
                statements.ExceptWith(going);
        }
    }

    /// <summary>Those of the target that are shown and that the person may see, what carries a release apart; and whose they are. By labels alone: whether a tie's other end is seen does not count.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    internal (SourceRow Source, IReadOnlyList<int> Statements) ShownOf(Viewer by, ErasureTarget target)
    {
        Engine.Lock.EnterReadLock();
        try
        {
            var (source, statements) = StatementsOf(by, target);
            List<int> shown = [.. statements.Where(s => IsShown(s) && !Engine.Imports[Engine.ImportOf(s)].IsRelease).Order()];
            return shown.Count > 0 ? (source, shown) : throw NotThere();
        }
        finally
        {
            Engine.Lock.ExitReadLock();
        }
    }

    /// <summary>What statements say and under which label; kinds of record are left out.</summary>
    internal IReadOnlyDictionary<int, (ReleasedValue Value, Label Label)> SaidBy(IEnumerable<int> statements)
    {
        Engine.Lock.EnterReadLock();
        try
        {
            return statements
                .Where(s => Engine.Statements[s].Property != Statements.KindProperty)
                .ToDictionary(
                    s => s,
                    s => (new ReleasedValue(new RecordId(Engine.Records.Id[Engine.Statements[s].Record]), NameOf(s), ValueOf(s)), LabelOf(s))
                );
        }
        finally
        {
            Engine.Lock.ExitReadLock();
        }
    }

    private bool IsMeant(int statement, ErasureTarget target)
    {
        var said = Engine.Statements[statement];
        if (said.Property == Statements.KindProperty)
            return false;
        var property = Engine.Ontology.Properties[said.Property];
        return (property.Name == target.Property || property.QualifiedName == target.Property) && ValueOf(statement) == target.Value;
    }

    private static KeyNotFoundException NotThere() => new("There is nothing of that kind that you can see.");

    /// <summary>The label a statement came in under, whether or not it was withdrawn since.</summary>
    private Label LabelOf(int statement) => Engine.Labels[Engine.Imports[Engine.ImportOf(statement)].Label];

    private bool IsShown(int statement) => Engine.Statements[statement].Label != LabelTable.Nobody;

    /// <summary>Does a record say anything besides, to those who may see these labels?</summary>
    private bool SaysMore(int record, HashSet<int> but, Func<Label, bool> sees)
    {
        foreach (int s in Engine.Records.StatementsOf(record))
        {
            if (IsShown(s) && !but.Contains(s) && sees(LabelOf(s)))
                return true;
        }
        return false;
    }

    /// <summary>Values that a text may quote: what the subject is known by, long texts, and the one that was named.</summary>
    private Quotes QuotesOf(ErasureTarget target, HashSet<int> statements, HashSet<int> direct)
    {
        const int LongText = 20;
        Dictionary<int, HashSet<Label>> erased = [];
        foreach (int s in statements)
        {
            ushort property = Engine.Statements[s].Property;
            if (property == Statements.KindProperty || Engine.IsEntity[property])
                continue;
            int value = Engine.Statements[s].Value;
            if (target.Kind == ErasureKind.Statement || Engine.Fields.IsSearched(property) || Engine.Texts[value].Length >= LongText)
                Add(value, LabelOf(s));
        }
        Dictionary<int, HashSet<Label>> stays = [];
        // A record's key is gone for those for whom the record is.
        foreach (var (record, labels) in LabelsByRecord(direct))
        {
            int key = Engine.Records.Key[record];
            foreach (var label in labels)
                Add(key, label);
            foreach (int s in Engine.Records.StatementsOf(record))
            {
                if (IsShown(s) && !statements.Contains(s))
                    Stays(key, LabelOf(s));
            }
        }
        for (int s = 0; s < Engine.Statements.Count; s++)
        {
            var said = Engine.Statements[s];
            if (
                said.Label == LabelTable.Nobody
                || said.Property == Statements.KindProperty
                || Engine.IsEntity[said.Property]
                || !erased.ContainsKey(said.Value)
                || statements.Contains(s)
            )
                continue;
            Stays(said.Value, Engine.Labels[said.Label]);
        }
        var quotes = new Quotes();
        foreach (var (value, labels) in erased)
            quotes.Add(Engine.Texts.Text(value), labels, stays.GetValueOrDefault(value) ?? []);
        return quotes;

        void Add(int value, Label label) => Under(erased, value).Add(label);

        void Stays(int value, Label label) => Under(stays, value).Add(label);

        static HashSet<Label> Under(Dictionary<int, HashSet<Label>> labels, int value)
        {
            if (!labels.TryGetValue(value, out var under))
                labels.Add(value, under = []);
            return under;
        }
    }

    /// <summary>
    /// The agency's judgements of a record that is gone for all who may read them go with it; of another, the reason goes where it quotes what is erased. Other agencies' are told to
    /// them, and so are the agency's own that whoever erases may not see. Whether anything is left of the record that only others see does not count.
    /// </summary>
    private void FindJudgements(Viewer by, Found found, List<Release> sanitised)
    {
        HashSet<RecordId> judgements = [];
        foreach (var (record, labels) in LabelsByRecord(found.Statements))
        {
            foreach (var row in Engine.Matches.JudgementsOf(record))
            {
                var judgement = row.Judgement;
                var quoted = found.Quotes.In(judgement.Reason, judgement.Label);
                bool own = judgement.Agency == by.Agency && by.MaySee(judgement.Label);
                if (own && quoted.Count > 0)
                    found.Reasons.Add(judgement.Id);
                bool isGone = IsGoneFor(judgement.Label, record, labels, found.Statements);
                if (own && isGone)
                    found.GoneJudgements.Add(judgement.Id);
                if (own && (quoted.Count > 0 || isGone) && !gate.Releases.IsOfSanitising(judgement, sanitised))
                    judgements.Add(judgement.Id);
                // What was said when it was decided is in the log as well.
                if (own && (quoted.Count > 0 || isGone))
                    found.SaidInLog.Add(judgement.Reason, labels.Where(l => Quotes.Covers(judgement.Label, l)), []);
                if (own)
                    continue;
                // Told to those who see that the record is gone, or that what the reason quotes is.
                if (quoted.Count > 0 || isGone)
                    found.Told.Add(("judgement", judgement.Id, judgement.Agency, judgement.Label));
            }
        }
        found.Judgements = judgements.Count;
    }

    /// <summary>Is a record gone for those who may read what bears a label: they saw something of it that is erased, and nothing that stays?</summary>
    private bool IsGoneFor(Label readers, int record, HashSet<Label> erased, HashSet<int> statements) =>
        erased.Any(l => Quotes.Covers(readers, l)) && !SaysMore(record, statements, l => Quotes.Covers(readers, l));

    /// <summary>Is a value gone for those who may read what bears a label: they saw it where it is erased, and nowhere that it stays?</summary>
    private bool IsGoneFor(Label readers, ReleasedValue value, List<Label> erased, HashSet<int> statements)
    {
        if (!erased.Exists(l => Quotes.Covers(readers, l)))
            return false;
        foreach (int s in Engine.Records.StatementsOf(Engine.Records.Find(value.Record)))
        {
            if (
                IsShown(s)
                && !statements.Contains(s)
                && Engine.Statements[s].Property != Statements.KindProperty
                && NameOf(s) == value.Property
                && ValueOf(s) == value.Value
                && Quotes.Covers(readers, LabelOf(s))
            )
                return false;
        }
        return true;
    }

    private Dictionary<int, HashSet<Label>> LabelsByRecord(HashSet<int> statements)
    {
        Dictionary<int, HashSet<Label>> records = [];
        foreach (int s in statements)
        {
            int record = Engine.Statements[s].Record;
            if (!records.TryGetValue(record, out var labels))
                records.Add(record, labels = []);
            labels.Add(LabelOf(s));
        }
        return records;
    }

    private void FindDocuments(Viewer by, Found found, Kept kept)
    {
        var records = LabelsByRecord(found.Statements);
        var erased = SaidBy(found.Statements)
            .GroupBy(s => s.Value.Value, s => (Statement: s.Key, s.Value.Label))
            .ToDictionary(g => g.Key, g => g.Select(s => s.Label).Distinct().ToList());
        HashSet<string> released =
        [
            .. found.Statements.Select(s => Engine.Imports[Engine.ImportOf(s)]).Distinct().Where(i => i.IsRelease).Select(i => i.Id.ToString()),
        ];
        Lazy<HashSet<string>> erasedTexts = new(() => TextsOf(found.Statements));
        foreach (var (document, _, agency) in kept.Documents)
        {
            if (document.Kind == NoticeKind)
                continue;
            bool isAsked = document.Kind == Requests.Asked && agency == by.Agency;
            var texts = Quotes.Texts(document.Content);
            // It rests on a record that is gone for those who read it, or quotes what is erased. A notice is of the values that it tells, and of no record.
            bool rests =
                document.Kind != Requests.Noticed
                && texts.Exists(t =>
                    RecordId.TryParse(t, out var id)
                    && Engine.Records.Find(id) is >= 0 and var record
                    && records.TryGetValue(record, out var labels)
                    && IsGoneFor(document.Label, record, labels, found.Statements)
                );
            // A release of which anything goes is over, and so is what is kept of it.
            rests |= agency == by.Agency && texts.Exists(released.Contains);
            rests |= Claims.In(document.Content).Exists(c => erased.TryGetValue(c, out var labels) && IsGoneFor(document.Label, c, labels, found.Statements));
            rests |= isAsked && Requests.OnlyTexts(document).Any(t => erasedTexts.Value.Contains(t));
            if (!rests && found.Quotes.In(string.Join('\n', texts), document.Label).Count == 0)
                continue;
            if (isAsked && Requests.Delivered(document) is { } delivered)
                found.Delivered.Add(delivered);
            if (agency == by.Agency && by.MaySee(document.Label))
                found.Documents.Add(new ErasedDocument(document.Id, document.Kind, document.By, document.At));
            else
                found.Told.Add((document.Kind, document.Id, agency, document.Label));
        }
        found.Documents.Sort(static (a, b) => a.Id.CompareTo(b.Id));
    }

    /// <summary>What statements say, as requests to originators show it.</summary>
    private HashSet<string> TextsOf(HashSet<int> statements) =>
        statements
            .Where(s => Engine.Statements[s].Property != Statements.KindProperty)
            .Select(s => (Of: Engine.Ontology.Properties[Engine.Statements[s].Property], Value: ValueOf(s)))
            .Select(s => $"{s.Of.Label}: {s.Of.Type.Show(s.Value)}")
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>What imports into the agency's sources could not use, and the names of their files.</summary>
    private void FindRejects(Viewer by, ErasureTarget target, Found found, Kept kept)
    {
        foreach (var import in Engine.Imports)
        {
            var label = Engine.Labels[import.Label];
            if (Engine.Sources[import.Source].Owner != by.Agency || !by.MaySee(label))
                continue;
            bool all = target.Kind == ErasureKind.Import && import.Id == target.Id;
            if (import.Request.FileName.Length > 0 && (all || found.Quotes.In(import.Request.FileName, label).Count > 0))
                found.Files.Add(import.Number);
            if (import.Rejected == 0)
                continue;
            var rejected = kept.Rejected.GetValueOrDefault(import.Number) ?? [];
            for (int i = 0; i < rejected.Count; i++)
            {
                var r = rejected[i];
                if (all || found.Quotes.In($"{r.Field}\n{r.Reason}\n{r.Excerpt}", label).Count > 0)
                    found.Rejects.Add((import.Number, i));
            }
        }
    }

    private void FindHolds(Viewer by, Found found, Kept kept)
    {
        var holds = kept.Holds.Where(h => h.LiftedAt is null && h.Agency == by.Agency && by.MaySee(h.Label)).ToList();
        if (holds.Count == 0)
            return;
        HashSet<HoldRow> met = [];
        foreach (int s in found.Statements)
        {
            var import = Engine.Imports[Engine.ImportOf(s)];
            var record = new RecordId(Engine.Records.Id[Engine.Statements[s].Record]);
            foreach (var hold in holds)
            {
                bool isOn = hold.Kind switch
                {
                    HoldKind.Source => hold.Target == Engine.Sources[import.Source].Id,
                    HoldKind.Import => hold.Target == import.Id,
                    _ => hold.Target == record,
                };
                if (isOn && Quotes.Covers(Engine.Labels[import.Label].Join(Agency(by)), hold.Label) && met.Add(hold))
                    found.Holds.Add(Shown(hold));
            }
        }
        found.Holds.Sort(static (a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Id.CompareTo(b.Id));
    }

    /// <summary>The reasons of holds that quote it, lifted ones among them. Those of others, or that whoever erases may not see, are told to theirs.</summary>
    private static void FindHoldReasons(Viewer by, Found found, Kept kept)
    {
        foreach (var hold in kept.Holds)
        {
            string said = $"{hold.Reason}\n{hold.LiftedReason}";
            var quoted = found.Quotes.In(said, hold.Label);
            if (quoted.Count == 0)
                continue;
            if (hold.Agency != by.Agency || !by.MaySee(hold.Label))
            {
                found.Told.Add(("hold", hold.Id, hold.Agency, hold.Label));
                continue;
            }
            found.HoldReasons++;
            found.Reasons.Add(hold.Id);
            // It is in the log as it was said then.
            foreach (string reason in new[] { hold.Reason, hold.LiftedReason ?? "" })
                found.SaidInLog.Add(reason, quoted, []);
        }
    }

    /// <summary>A notice to each owner of what rests on it, under a label that only those satisfy who may see both.</summary>
    private List<(Document Document, string Agency)> Notices(Viewer by, Found found, RecordId erasure, DateTimeOffset at)
    {
        List<(Document, string)> notices = [];
        foreach (var (of, id, agency, label) in found.Told.Distinct())
        {
            foreach (var erased in found.Labels.Where(l => Quotes.Covers(label, l)))
            {
                string content = JsonSerializer.Serialize(
                    new
                    {
                        about = "erasure",
                        what = of,
                        id = id.ToString(),
                        by = by.Agency,
                        text = string.Create(
                            CultureInfo.InvariantCulture,
                            $"Something that this {of} rests on was erased by {gate.People.NameOf(by.Agency)} on {at:yyyy-MM-dd}. Look whether it must go too."
                        ),
                    }
                );
                var notice = Engine.Identify("notice", erasure.ToString(), id.ToString(), label.ToString());
                notices.Add((new Document(notice, NoticeKind, label.Join(erased), by.AgencyName, at, content), agency));
                break;
            }
        }
        return notices;
    }

    private static Label Agency(Viewer by) => new(Classification.Public, [by.Agency]);
}
