using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using FourStrands.Picture.Imports;
using FourStrands.Picture.Memory;
using FourStrands.Picture.Store;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture;

/// <summary>
/// An import under way. Put records in, then <see cref="Commit"/>; disposing it uncommitted leaves no trace.
/// </summary>
public sealed class ImportSession : IRecordSink, IDisposable
{
    /// <summary>Values longer than this are cut off and the rest reported.</summary>
    public const int LongestValue = 1_000_000;

    /// <summary>No more rejections than this are kept; the count goes on.</summary>
    public const int MostRejections = 100_000;

    private const int BlockBytes = 1 << 20;

    private readonly Gate gate;
    private readonly ImportRow import;
    private readonly int source;
    private readonly BlockingCollection<Batch> full = new(2);
    private readonly ConcurrentBag<Batch> spare = [];
    private readonly Task keeping;
    private readonly List<Rejection> rejections = [];
    private readonly HashSet<int>? seen;
    private readonly Action<ImportRow> logged;
    private readonly IncrementalHash content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Batch batch = new();
    private int ordinal;
    private Schema? schema;
    private bool over;
    private bool released;
    private bool taken;
    private List<int>? withdrawn;
    private volatile bool abandoned;

    internal ImportSession(Gate gate, ImportRow import, Action<ImportRow> logged)
    {
        this.gate = gate;
        this.import = import;
        this.logged = logged;
        source = import.Source;
        seen = import.Request.Complete ? [] : null;
        keeping = Task.Run(Keep);
    }

    /// <summary>The import's identifier.</summary>
    internal RecordId Id => import.Id;

    /// <summary>True if whoever began it has a turn already, and keeps it.</summary>
    internal bool IsWithinTurn { get; init; }

    /// <summary>Statements that it takes back besides: of a correction, what was wrong. It is then never taken for an earlier one's repetition.</summary>
    internal IReadOnlyList<int>? Withdraws { get; set; }

    /// <summary>What is written down of it, and kept with it or not at all: how long it is kept, if anything says; of a correction, what was wrong as well.</summary>
    internal Func<ImportRow, IReadOnlyList<Document>> Noting { get; set; } = static _ => [];

    /// <summary>Records begun so far.</summary>
    public long Records => import.Records;

    /// <summary>Statements taken so far.</summary>
    public long Statements { get; private set; }

    /// <summary>Parts rejected so far.</summary>
    public long Rejected => import.Rejected;

    /// <summary>True once the import is kept: what is still done then, comparing its records with the others, can be finished later.</summary>
    public bool IsCommitted { get; private set; }

    /// <summary>Stops the linking of records at the end of <see cref="Commit"/>, not the import itself.</summary>
    public CancellationToken StopsLinking { get; set; }

    /// <summary>True if a file ended early, is damaged, or passed a limit: more is missing than what was rejected.</summary>
    public bool EndedEarly { get; private set; }

    /// <inheritdoc />
    public void Begin(ReadOnlySpan<char> key, Schema schema)
    {
        if (this.schema is not null)
            throw new InvalidOperationException("The record before was not ended.");
        if (taken)
            throw new InvalidOperationException("No more records are taken after a preview.");
        if (key.IsWhiteSpace())
            throw new ArgumentException("A record needs a key.", nameof(key));
        if (schema.IsAbstract)
            throw new ArgumentException($"{schema.Name} is abstract: no record can be of that kind.", nameof(schema));
        this.schema = schema;
        batch.Begin(key, schema.Number);
        import.Records++;
    }

    /// <inheritdoc />
    public void Add(Property property, ReadOnlySpan<char> value)
    {
        Check(property);
        if (value.IsWhiteSpace())
            return;
        if (value.Length > LongestValue)
        {
            Reject(
                new Rejection(0, property.Name, $"The value has {value.Length:N0} characters; the first {LongestValue:N0} are kept.", value[..200].ToString())
            );
            value = value[..LongestValue];
        }
        batch.Add(property.Number, value);
        Statements++;
    }

    /// <inheritdoc />
    public void AddUtf8(Property property, ReadOnlySpan<byte> value)
    {
        Check(property);
        if (value.IsEmpty || (value.Length < 16 && string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(value))))
            return;
        if (value.Length > LongestValue || !System.Text.Unicode.Utf8.IsValid(value))
        {
            Add(property, Encoding.UTF8.GetString(value));
            return;
        }
        batch.Add(property.Number, value);
        Statements++;
    }

    /// <inheritdoc />
    public void End()
    {
        if (schema is null)
            throw new InvalidOperationException("No record was begun.");
        schema = null;
        if (batch.Bytes >= Batch.Full)
            HandOn();
    }

    /// <inheritdoc />
    public void Reject(Rejection rejection)
    {
        import.Rejected++;
        EndedEarly |= rejection.EndsReading;
        if (rejections.Count < MostRejections)
            rejections.Add(rejection);
    }

    /// <summary>
    /// The identifier that a record with this key has, or will have, in the source being imported into.
    /// </summary>
    public RecordId IdentifierOf(string key) => gate.Engine.IdentifyRecord(gate.Engine.Sources[source], key);

    /// <summary>
    /// What a complete import would withdraw if it were committed now; nothing for any other. After this, no more records are taken.
    /// </summary>
    public Withdrawal Preview()
    {
        ObjectDisposedException.ThrowIf(over, this);
        if (schema is not null)
            throw new InvalidOperationException("The last record was not ended.");
        try
        {
            Take();
            return Withdrawal();
        }
        catch (SqliteException problem)
        {
            throw Database.Explain(problem);
        }
    }

    /// <summary>
    /// Makes the import durable and visible, all of it at once, and links its records to what is there.
    /// The same content, from the same source under the same label, changes nothing and returns the earlier import.
    /// </summary>
    /// <param name="progress">Told the share of linking done, 0 to 1.</param>
    /// <exception cref="IncompleteImportException">
    /// It is a complete import of which parts were rejected, and was not asked for despite that: nothing of it is visible or remains.
    /// </exception>
    /// <exception cref="StoreException">It could not be kept (disk full …): nothing of it is visible or remains.</exception>
    /// <exception cref="OperationCanceledException">Linking was stopped: the import is in, and <see cref="Gate.FinishLinking"/> does the rest.</exception>
    public ImportSummary Commit(IProgress<double>? progress = null)
    {
        ObjectDisposedException.ThrowIf(over, this);
        if (schema is not null)
            throw new InvalidOperationException("The last record was not ended.");
        try
        {
            Take();
            if (Earlier() is { } earlier)
            {
                if (!earlier.Linked)
                    Link(earlier, progress);
                return View.Summarise(gate.Engine, earlier) with { IsRepeated = true };
            }
            var withdrawal = Withdrawal();
            if (import.Request is { Complete: true, DespiteRejections: false } && import.Rejected > 0)
                throw new IncompleteImportException(import.Rejected, EndedEarly, withdrawal);
            import.Withdrawn = withdrawal.Statements;
            import.At = gate.Clock.GetUtcNow();
            gate.Store.Commit(import, rejections, withdrawn, Noting(import));
            IsCommitted = true;
            gate.Engine.Publish(import, withdrawn);
            over = true;
            logged(import);
            import.NotLinked = withdrawn;
            gate.Store.Await(import);
            Link(import, progress);
            return View.Summarise(gate.Engine, import);
        }
        catch (SqliteException problem)
        {
            throw Database.Explain(problem);
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>As <see cref="Commit"/>, but its records wait to be compared with the others.</summary>
    internal void CommitUnlinked()
    {
        StopsLinking = new CancellationToken(canceled: true);
        try
        {
            Commit();
        }
        catch (OperationCanceledException) when (IsCommitted)
        {
            // It is in: what is to be compared is known to the store.
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (released)
            return;
        released = true;
        try
        {
            if (!full.IsAddingCompleted)
                full.CompleteAdding();
            abandoned = !over;
            try
            {
                keeping.GetAwaiter().GetResult();
            }
            catch (Exception) when (!over)
            {
                // Commit or the next hand-over has said it already.
            }
            if (!over)
                gate.Store.Abandon(import);
        }
        catch (SqliteException) when (!over)
        {
            // What is left of it is removed at the next start: its row does not say committed.
        }
        finally
        {
            over = true;
            full.Dispose();
            content.Dispose();
            if (!IsWithinTurn)
                gate.Changing.Exit();
        }
    }

    /// <summary>The newest import into the source under the label, if it had the same content: then this one changes nothing.</summary>
    private ImportRow? Earlier()
    {
        if (import.IsRelease || Withdraws is not null)
            return null;
        var last = gate.Engine.Imports.FindLast(i => i.Source == import.Source && i.Label == import.Label && !i.IsRelease);
        return
            last?.Content is { } before
            && before.AsSpan().SequenceEqual(import.Content)
            && (last.Request.Complete || !import.Request.Complete)
            && last.Request.Kind == import.Request.Kind
            && last.Request.Grade == import.Request.Grade
            ? last
            : null;
    }

    private void Link(ImportRow row, IProgress<double>? progress)
    {
        try
        {
            gate.Store.Link(row, progress, StopsLinking);
        }
        catch (Exception problem) when (problem is SqliteException or OutOfMemoryException)
        {
            string why = problem is SqliteException sqlite ? Database.Explain(sqlite).Message : "Memory ran out.";
            throw new StoreException(
                $"The import is in and can be seen, but its records could not be compared with the others: {why} Import the same file again to have that done.",
                problem
            );
        }
    }

    /// <summary>Takes the last records in, and looks at what is then missing.</summary>
    private void Take()
    {
        if (taken)
            return;
        HandOn();
        full.CompleteAdding();
        keeping.GetAwaiter().GetResult();
        import.Content = import.Request.Sha256 ?? content.GetHashAndReset();
        withdrawn =
            Withdraws is not null ? [.. Withdraws]
            : seen is null ? null
            : gate.Engine.Missing(import, seen);
        taken = true;
    }

    private Withdrawal Withdrawal()
    {
        if (withdrawn is null)
            return default;
        int gone = withdrawn.Count(gate.Engine.IsCounted);
        return new Withdrawal(gone, gate.Engine.Counts.GetValueOrDefault((import.Source, import.Label))?.Statements ?? 0);
    }

    private void Check(Property property)
    {
        if (schema is null)
            throw new InvalidOperationException("No record was begun.");
        if (!schema.Is(property.Schema))
            throw new ArgumentException($"A {schema.Name} has no property {property.QualifiedName}.", nameof(property));
    }

    private void HandOn()
    {
        if (keeping.IsFaulted)
            keeping.GetAwaiter().GetResult();
        try
        {
            full.Add(batch);
        }
        catch (InvalidOperationException)
        {
            // The other thread takes no more because something went wrong: it says what.
            keeping.GetAwaiter().GetResult();
            throw;
        }
        batch = spare.TryTake(out var used) ? used : new Batch();
        batch.Clear();
    }

    /// <summary>Takes full batches into memory and onto the disk while the reader goes on.</summary>
    private void Keep()
    {
        var log = new Block.Writer(gate.Engine.Ontology);
        try
        {
            foreach (var next in full.GetConsumingEnumerable())
            {
                if (abandoned)
                    continue;
                next.Hash(content);
                gate.Engine.Apply(next, import, seen, log);
                spare.Add(next);
                if (log.Bytes >= BlockBytes)
                    gate.Store.Block(import, ordinal++, log.Finish());
            }
            if (!log.IsEmpty && !abandoned)
                gate.Store.Block(import, ordinal++, log.Finish());
        }
        catch (Exception problem)
        {
            // The reader must neither wait for room for ever nor go on for nothing.
            full.CompleteAdding();
            while (full.TryTake(out _)) { }
            if (problem is SqliteException sqlite)
                throw Database.Explain(sqlite);
            throw;
        }
    }
}
