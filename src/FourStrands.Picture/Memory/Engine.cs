using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using FourStrands.Picture.Imports;
using FourStrands.Picture.Matches;
using FourStrands.Picture.Search;
using FourStrands.Picture.Store;

namespace FourStrands.Picture.Memory;

/// <param name="Number">Its number in the store.</param>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">The agency whose it is.</param>
internal sealed record SourceRow(int Number, RecordId Id, string Name, string Owner);

/// <summary>An import, under way or committed.</summary>
internal sealed class ImportRow(int number, RecordId id, int source, int label, ImportRequest request, string by, DateTimeOffset at)
{
    public int Number { get; } = number;
    public RecordId Id { get; } = id;
    public int Source { get; } = source;
    public int Label { get; } = label;
    public ImportRequest Request { get; private set; } = request;
    public string By { get; } = by;
    public DateTimeOffset At { get; set; } = at;
    public DateOnly Date => DateOnly.FromDateTime(At.UtcDateTime);

    /// <summary>True if it carries what somebody released, and ends with that.</summary>
    public bool IsRelease { get; } = request.Format == ReleaseFormat;

    /// <summary>The format of imports that carry what is released. No reader of files has that name.</summary>
    public const string ReleaseFormat = "release";

    /// <summary>The file's name was erased.</summary>
    public void ForgetFile() => Request = Request with { FileName = "" };

    /// <summary>SHA-256 of the file, or of the statements as they came.</summary>
    public byte[]? Content { get; set; }

    /// <summary>Its statements are those from First up to End.</summary>
    public int First { get; set; }
    public int End { get; set; }
    public int FirstRecord { get; set; }
    public long Records { get; set; }
    public long Added { get; set; }
    public long Unchanged { get; set; }
    public long Withdrawn { get; set; }
    public long Rejected { get; set; }

    /// <summary>When all that it said ended: a release that ran out or was taken back.</summary>
    public DateTimeOffset? Ended { get; set; }

    /// <summary>True once its records were compared with all others.</summary>
    public bool Linked { get; set; }

    /// <summary>True once the keys of its records are in the index.</summary>
    public bool HasKeys { get; set; }

    /// <summary>While it is not linked: the statements it withdrew.</summary>
    public List<int>? NotLinked { get; set; }
}

/// <summary>What is counted of one source under one label.</summary>
internal sealed class SourceCount
{
    public int Statements;
    public int Records;
}

/// <summary>
/// The whole picture in memory, as packed columns and indexes. Internal to the gate: only a view reads it, through a sight
/// that tests every label. Writers change it in short steps under the lock, and what is not yet committed bears nobody's label.
/// </summary>
internal sealed partial class Engine
{
    private readonly byte[] identifierKey;
    private readonly ConditionalWeakTable<Interest, InterestIndex> interests = [];

    public Engine(byte[] identifierKey, Ontology ontology)
    {
        this.identifierKey = identifierKey;
        Ontology = ontology;
        Fields = new ComparedFields(ontology);
        erasedProperty = ontology["Thing"]["notes"].Number;
        erasedValue = Texts.Intern([]);
        IsEntity = [.. ontology.Properties.Select(p => p.Type.IsEntity)];
        Ordered = new OrderedPostings(this);
        Matches = new MatchTable(this);
        Prepared = new PreparedSubjects(this);
        Linker = new Linker(this);
    }

    public Ontology Ontology { get; }
    public ComparedFields Fields { get; }
    public bool[] IsEntity { get; }
    public TextTable Texts { get; } = new();
    public LabelTable Labels { get; } = new();
    public Statements Statements { get; } = new();
    public Records Records { get; } = new();
    public TextIndex Index { get; } = new();
    public OrderedPostings Ordered { get; }
    public MatchTable Matches { get; }
    public PreparedSubjects Prepared { get; }
    public Linker Linker { get; }
    public List<SourceRow> Sources { get; } = [];
    public List<ImportRow> Imports { get; } = [];

    /// <summary>How many of the imports carry what was released.</summary>
    public int Releases { get; private set; }

    /// <summary>By source and label.</summary>
    public Dictionary<(int Source, int Label), SourceCount> Counts { get; } = [];

    /// <summary>The number of the first import into a source under a label.</summary>
    public Dictionary<(int Source, int Label), int> FirstImport { get; } = [];

    /// <summary>Records whose statements bear several labels, by source.</summary>
    public Dictionary<int, HashSet<int>> Mixed { get; } = [];

    public ReaderWriterLockSlim Lock { get; } = new(LockRecursionPolicy.SupportsRecursion);

    /// <summary>Rises with every change that any view could see. Used to drop caches, never shown.</summary>
    public int Version { get; private set; }

    /// <summary>An identifier that depends on what it names alone, and tells nothing without the store's key.</summary>
    public RecordId Identify(params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (string part in parts)
            text.Append(part).Append('\0');
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(identifierKey, Encoding.UTF8.GetBytes(text.ToString()), hash);
        return RecordId.Read(hash[..16]);
    }

    /// <summary>The store's secret; what is made with it tells nothing to who has it not.</summary>
    public byte[] IdentifierKey => identifierKey;

    public RecordId IdentifyRecord(SourceRow source, string key) => IdentifyRecord(source.Owner, source.Name, key);

    /// <summary>The identifier that a record has, or would have, whether or not its source is there.</summary>
    public RecordId IdentifyRecord(string owner, string source, string key) => Identify("record", owner, source, key);

    public void Changed() => Version++;

    /// <summary>Which records may be of interest.</summary>
    public InterestIndex MayBe(Interest interest) => interests.GetValue(interest, static i => new InterestIndex(i));

    /// <summary>
    /// Takes a batch in. New statements bear nobody's label until <see cref="Publish"/>; what is there already, under this label,
    /// is only counted.
    /// </summary>
    /// <param name="batch">What was read.</param>
    /// <param name="import">Whose it is.</param>
    /// <param name="seen">For a complete import: marks the earlier statements that it says again.</param>
    /// <param name="log">Receives what was new; null while loading.</param>
    public void Apply(Batch batch, ImportRow import, HashSet<int>? seen, Block.Writer? log)
    {
        const int Step = 1024;
        int count = batch.Records.Count;
        for (int start = 0; start < count; start += Step)
        {
            Lock.EnterWriteLock();
            try
            {
                for (int i = start; i < Math.Min(count, start + Step); i++)
                    Apply(batch, i, import, seen, log, null);
                import.End = Statements.Count;
            }
            finally
            {
                Lock.ExitWriteLock();
            }
        }
    }

    /// <summary>Makes an import part of the views that its label allows.</summary>
    /// <param name="import">The import.</param>
    /// <param name="withdrawn">Statements that it withdraws.</param>
    /// <param name="sort">False while loading: the index is put in order once, at the end.</param>
    public void Publish(ImportRow import, List<int>? withdrawn, bool sort = true)
    {
        Lock.EnterWriteLock();
        try
        {
            for (int s = import.First; s < import.End; s++)
            {
                if (IsErased(s))
                    continue;
                Statements[s].Label = import.Label;
                Count(s, import.Source, import.Label, 1);
                Settle(Statements[s].Record, import.Label);
                Prepared.Forget(Statements[s].Record);
                // Another kind or jurisdiction unmakes keys that the index holds already, under one label as under several.
                if (Records.HasBefore(Statements[s].Record, import.First))
                    Records.KeysToCheck[Statements[s].Record] = 1;
            }
            if (withdrawn is not null)
            {
                foreach (int s in withdrawn)
                {
                    if (!IsErased(s))
                        Withdraw(s);
                }
            }
            if (sort)
                Index.Sort();
            Prepared.Grow();
            Matches.Return();
            Imports.Add(import);
            Releases += import.IsRelease ? 1 : 0;
            FirstImport.TryAdd((import.Source, import.Label), import.Number);
            Changed();
        }
        finally
        {
            Lock.ExitWriteLock();
        }
    }

    /// <summary>Takes statements out of every view.</summary>
    public void Withdraw(IEnumerable<int> statements)
    {
        Lock.EnterWriteLock();
        try
        {
            foreach (int s in statements)
                Withdraw(s);
            Changed();
        }
        finally
        {
            Lock.ExitWriteLock();
        }
    }

    /// <summary>Which earlier statements a complete import of the source, under its label, no longer makes.</summary>
    public List<int> Missing(ImportRow import, HashSet<int> seen)
    {
        List<int> missing = [];
        foreach (var earlier in Imports)
        {
            if (earlier.Source != import.Source || earlier.Label != import.Label || earlier.IsRelease)
                continue;
            for (int s = earlier.First; s < earlier.End; s++)
            {
                if (Statements[s].Label != LabelTable.Nobody && !seen.Contains(s))
                    missing.Add(s);
            }
        }
        return missing;
    }

    /// <summary>
    /// Does a file hold the statement? Not if it was erased, nor if it came with an import that was broken off: those keep their places until the next start, between what other imports
    /// said, and belong to none.
    /// </summary>
    public bool IsKept(int statement) =>
        !IsErased(statement) && Imports.Count > 0 && Imports[ImportOf(statement)] is var import && statement >= import.First && statement < import.End;

    /// <summary>The place among the imports of the one that said it. It must be kept, or erased: see <see cref="IsKept"/>.</summary>
    public int ImportOf(int statement)
    {
        int low = 0,
            high = Imports.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) >>> 1;
            if (Imports[middle].First <= statement)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    /// <summary>Takes a kept batch in: all of it is new, and what is searched is left to be indexed by the caller.</summary>
    public void Load(Batch batch, ImportRow import, List<(int Entry, int Statement)> searched)
    {
        for (int i = 0; i < batch.Records.Count; i++)
            Apply(batch, i, import, null, null, searched);
        import.End = Statements.Count;
    }

    private void Apply(Batch batch, int at, ImportRow import, HashSet<int>? seen, Block.Writer? log, List<(int Entry, int Statement)>? loaded)
    {
        var entry = batch.Records[at];
        int end = at + 1 < batch.Records.Count ? batch.Records[at + 1].First : batch.Statements.Count;
        int record = Record(import.Source, batch.Text(entry.Key, entry.KeyLength));
        bool logged = false,
            kindIsNew = false;
        if (entry.Schema >= 0)
        {
            kindIsNew = Add(record, Statements.KindProperty, entry.Schema, import, seen, loaded is not null) >= 0;
            if (kindIsNew)
                BeginLog(entry.Schema);
        }
        for (int i = entry.First; i < end; i++)
        {
            var statement = batch.Statements[i];
            var (property, start, length) = ((ushort)statement.Property, statement.Value, statement.Length);
            var text = batch.Text(start, length);
            bool entity = IsEntity[property];
            int value = entity ? Record(import.Source, text) : Texts.Intern(text);
            int added = Add(record, property, value, import, seen, loaded is not null);
            if (added < 0)
            {
                import.Unchanged++;
                continue;
            }
            import.Added++;
            BeginLog(-1);
            log?.Add(property, text);
            if (entity)
                Records.PointAt(value, added);
            else if (Fields.IsSearched(property))
            {
                if (loaded is not null)
                    loaded.Add((i, added));
                else
                    AddToIndex(property, text, added);
            }
        }
        if (logged)
            log?.End();

        void BeginLog(int schema)
        {
            if (logged)
                return;
            log?.Begin(batch.Text(entry.Key, entry.KeyLength), schema);
            logged = true;
        }
    }

    private int Add(int record, ushort property, int value, ImportRow import, HashSet<int>? seen, bool isNew)
    {
        if (!isNew && Known(record, property, value, import, seen))
            return -1;
        int added = Statements.Add(record, property, value, LabelTable.Nobody);
        Records.Attach(record, added);
        return added;
    }

    /// <summary>Does the record say this already, under the import's label? Then the statement is marked as said again.</summary>
    private bool Known(int record, ushort property, int value, ImportRow import, HashSet<int>? seen)
    {
        foreach (int s in Records.StatementsOf(record))
        {
            if (Statements[s].Value != value || Statements[s].Property != property)
                continue;
            int label = Statements[s].Label;
            if (label == LabelTable.Nobody && s >= import.First)
                return true;
            // What is released and what is brought in stand apart: either may end, and the other still says it.
            if (label != import.Label || import.IsRelease || (Releases > 0 && Imports[ImportOf(s)].IsRelease))
                continue;
            seen?.Add(s);
            return true;
        }
        return false;
    }

    private int Record(int source, ReadOnlySpan<byte> key)
    {
        int text = Texts.Intern(key);
        int record = Records.Find(source, text);
        if (record >= 0)
            return record;
        return Records.Add(IdentifyRecord(Sources[source], Encoding.UTF8.GetString(key)), source, text);
    }

    /// <summary>Puts the words of a value into the text index.</summary>
    public void AddToIndex(ushort property, ReadOnlySpan<byte> text, int statement)
    {
        Words.Cut(text, (Index, statement), static (word, to) => to.Index.Add(word, to.statement));
        if (!Fields.IsIdentifier(property))
            return;
        Span<byte> compact = stackalloc byte[Words.Longest];
        int length = Words.Compact(text, compact);
        if (length > 0)
            Index.Add(compact[..length], statement);
    }

    /// <summary>Ties are not: a tie is seen if its other end is, which its label alone does not tell.</summary>
    public bool IsCounted(int statement) => Statements[statement].Property is not Memory.Statements.KindProperty and var property && !IsEntity[property];

    private void Count(int statement, int source, int label, int change)
    {
        if (IsCounted(statement))
            CountOf(source, label).Statements += change;
    }

    private SourceCount CountOf(int source, int label)
    {
        if (!Counts.TryGetValue((source, label), out var count))
            Counts.Add((source, label), count = new SourceCount());
        return count;
    }

    private void Settle(int record, int label)
    {
        int known = Records.Uniform[record];
        if (known == label || known == Records.Mixed)
            return;
        Resettle(record, known == LabelTable.Nobody ? label : Records.Mixed);
    }

    private void Resettle(int record, int label)
    {
        int known = Records.Uniform[record],
            source = Records.Source[record];
        if (known == label)
            return;
        if (known > LabelTable.Nobody)
            CountOf(source, known).Records--;
        else if (known == Records.Mixed)
            Mixed[source].Remove(record);
        if (label > LabelTable.Nobody)
            CountOf(source, label).Records++;
        else if (label == Records.Mixed)
        {
            Records.KeysToCheck[record] = 1;
            if (!Mixed.TryGetValue(source, out var mixed))
                Mixed.Add(source, mixed = []);
            mixed.Add(record);
        }
        Records.Uniform[record] = label;
    }

    private void Withdraw(int statement)
    {
        int record = Statements[statement].Record;
        Prepared.Forget(record);
        Records.KeysToCheck[record] = 1;
        Count(statement, Records.Source[record], Statements[statement].Label, -1);
        Statements[statement].Label = LabelTable.Nobody;
        int uniform = LabelTable.Nobody;
        foreach (int s in Records.StatementsOf(record))
        {
            int label = Statements[s].Label;
            if (label == LabelTable.Nobody)
                continue;
            if (uniform == LabelTable.Nobody)
                uniform = label;
            else if (uniform != label)
                uniform = Records.Mixed;
        }
        Resettle(record, uniform);
    }
}
