using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture.Store;

/// <summary>
/// Who did what, when (Data Protection Act 2018, section 62): in a file of its own, written by one thread in groups, so that
/// reading does not wait for the disk one row at a time. <see cref="Flush"/> waits until all that was read so far is kept.
/// Each agency's entries are the leaves of a tree of its own, whose root is signed with every group.
/// </summary>
internal sealed partial class ReadLog : IDisposable
{
    /// <summary>Rises when the tables change.</summary>
    public const int Version = TellsErasedSince;

    private readonly Channel<object> queue = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteConnection connection;
    private readonly SqliteConnection reading;
    private readonly ECDsa key;
    private readonly Vault vault;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, Tree> trees = new(StringComparer.Ordinal);
    private readonly Dictionary<Label, long> labels = [];
    private readonly Task writer;

    /// <param name="file">The log's file; made if it is not there.</param>
    /// <param name="keys">Where the key lies with which it is signed.</param>
    /// <param name="vault">What entries are encrypted with.</param>
    /// <param name="clock">When a checkpoint is signed.</param>
    public ReadLog(string file, StoreKeys keys, Vault vault, TimeProvider clock)
    {
        this.vault = vault;
        this.clock = clock;
        string address = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString();
        connection = new SqliteConnection(address);
        reading = new SqliteConnection(address);
        try
        {
            connection.Open();
            Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON");
            Create();
            reading.Open();
            Load();
            key = SigningKey.Open(keys, isUsed: !trees.IsEmpty, out bool isNew);
            if (keys.AreElsewhere && !isNew)
                DemandOwn(keys);
            PublicKey = key.ExportSubjectPublicKeyInfo();
            TakeInOlder();
            TellErasedEarlier();
            // Whoever signs from now on is somebody else: every log says so.
            if (isNew)
                NoteInEach("begin new log key", "", "");
        }
        catch
        {
            connection.Dispose();
            reading.Dispose();
            key?.Dispose();
            throw;
        }
        writer = Task.Run(Write);
    }

    /// <summary>Guards the reading connection. Whoever writes does not wait for it: nobody's answer waits for an auditor.</summary>
    private readonly Lock looking = new();

    /// <summary>The key that checkpoints are proved with, as a SubjectPublicKeyInfo.</summary>
    public byte[] PublicKey { get; }

    public void Add(LoggedRead read) => queue.Writer.TryWrite(read);

    /// <summary>Writes down in every agency's log what was done to the store as a whole.</summary>
    public void NoteInEach(string act, string question, string by)
    {
        foreach (string agency in trees.Keys)
            Add(new LoggedRead(clock.GetUtcNow(), by, agency, act, question, [], agency.Length == 0 ? Label.Public : OwnLabel(agency)));
    }

    /// <summary>Returns once everything added before is kept.</summary>
    /// <exception cref="StoreException">The log could not be written: what was read must not be shown.</exception>
    public async Task Flush()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!queue.Writer.TryWrite(done))
            throw new StoreException("The log is closed.");
        // A fault of its own ends the writing: then nobody may wait for it, and nothing is shown any more.
        if (await Task.WhenAny(done.Task, writer) == writer && !done.Task.IsCompleted)
            throw Ended();
        await done.Task;
    }

    /// <summary>A folder that somebody named may be another store's. When a key was replaced in the store's own folder, each log was signed anew at once.</summary>
    private void DemandOwn(StoreKeys keys)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT checkpoint FROM tree";
        using var rows = command.ExecuteReader();
        bool any = false;
        while (rows.Read())
        {
            any = true;
            if (Checkpoint.Parse(rows.GetString(0)).IsSignedBy(key))
                return;
        }
        if (any)
            throw SigningKey.OfAnother(keys);
    }

    private static StoreException Ended() => new("The log cannot be written any more. Start the program again.");

    /// <summary>
    /// The entries of an agency that <paramref name="maySee"/> allows, the latest first, until <paramref name="take"/> returns false. Of others nothing is
    /// read at all.
    /// </summary>
    public void Each(string agency, Func<Label, bool> maySee, DateTimeOffset from, DateTimeOffset until, Func<LogEntry, bool> take)
    {
        lock (looking)
        {
            using var command = reading.CreateCommand();
            command.CommandText = """
                SELECT at, who, act, question, salt, commitment, records, label.text, label, tree, position FROM entry JOIN label ON label.number=label JOIN tree ON tree.number=tree
                WHERE agency=$agency AND at>=$from AND at<$until ORDER BY at DESC, CASE WHEN act IN ($told, $looked) THEN act END, position DESC
                """;
            command.Parameters.AddWithValue("$agency", agency);
            // What the agency was told of one minute, or of one day, comes together here, and is put in order below.
            command.Parameters.AddWithValue("$told", EmergencyReads.ToldOwner);
            command.Parameters.AddWithValue("$looked", Releases.ToldOfSearch);
            command.Parameters.AddWithValue("$from", from.ToUnixTimeMilliseconds());
            command.Parameters.AddWithValue("$until", until.ToUnixTimeMilliseconds());
            Dictionary<string, Label?> seen = new(StringComparer.Ordinal);
            var entries = new Entries(vault);
            List<LogEntry> together = [];
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                string text = entries.Label(rows);
                if (!seen.TryGetValue(text, out var label))
                {
                    label = Label.Parse(text);
                    seen.Add(text, maySee(label) ? label : label = null);
                }
                if (label is null)
                    continue;
                var row = entries.Read(rows);
                bool inEmergency = row.Act.StartsWith(EmergencyReads.Mark, StringComparison.Ordinal);
                var entry = new LogEntry(
                    DateTimeOffset.FromUnixTimeMilliseconds(row.At),
                    row.Who,
                    agency,
                    inEmergency ? row.Act[EmergencyReads.Mark.Length..] : row.Act,
                    row.Question,
                    Records(row.Records),
                    label
                )
                {
                    InEmergency = inEmergency,
                };
                if (together.Count > 0 && (together[0].At != entry.At || together[0].Act != entry.Act) && !TakeAll())
                    return;
                if (entry.Act is EmergencyReads.ToldOwner or Releases.ToldOfSearch)
                    together.Add(entry);
                else if (!take(entry))
                    return;
            }
            TakeAll();

            bool TakeAll()
            {
                together.Sort(ByWhatIsTold);
                foreach (var entry in together)
                {
                    if (!take(entry))
                        return false;
                }
                together.Clear();
                return true;
            }
        }
    }

    /// <summary>What the agency was told of others at one time: in the order of what it names. When each of it was written is when somebody elsewhere looked.</summary>
    private static int ByWhatIsTold(LogEntry one, LogEntry other)
    {
        int order = 0;
        for (int i = 0; order == 0 && i < one.Records.Count && i < other.Records.Count; i++)
            order = one.Records[i].CompareTo(other.Records[i]);
        if (order == 0)
            order = one.Records.Count.CompareTo(other.Records.Count);
        if (order == 0)
            order = string.CompareOrdinal(one.Question, other.Question);
        return order != 0 ? order : string.CompareOrdinal(one.Label.ToString(), other.Label.ToString());
    }

    /// <summary>Everything of one agency's log in its order, and the checkpoint that covers exactly that; null if there is nothing.</summary>
    public Checkpoint? Whole(string agency, Action<Checkpoint> begin, Action<LoggedRow> take)
    {
        lock (looking)
        {
            using var transaction = reading.BeginTransaction(deferred: true);
            using var command = reading.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "SELECT checkpoint, number FROM tree WHERE agency=$agency";
            command.Parameters.AddWithValue("$agency", agency);
            Checkpoint checkpoint;
            long tree;
            using (var row = command.ExecuteReader())
            {
                if (!row.Read())
                    return null;
                checkpoint = Checkpoint.Parse(row.GetString(0));
                tree = row.GetInt64(1);
            }
            begin(checkpoint);
            command.CommandText =
                "SELECT at, who, act, question, salt, commitment, records, label.text, label, tree, position FROM entry JOIN label ON label.number=label WHERE tree=$tree ORDER BY position";
            command.Parameters.AddWithValue("$tree", tree);
            var entries = new Entries(vault);
            using var rows = command.ExecuteReader();
            while (rows.Read())
                take(entries.Read(rows));
            return checkpoint;
        }
    }

    /// <summary>How far an agency's log has come; null if it has none.</summary>
    public Checkpoint? CheckpointOf(string agency)
    {
        lock (looking)
        {
            using var command = reading.CreateCommand();
            command.CommandText = "SELECT checkpoint FROM tree WHERE agency=$agency";
            command.Parameters.AddWithValue("$agency", agency);
            return command.ExecuteScalar() is string text ? Checkpoint.Parse(text) : null;
        }
    }

    /// <summary>The agencies that have a log; the one without a name is of attempts to sign in with a name that is nobody's.</summary>
    public IReadOnlyList<string> Agencies => [.. trees.Keys.Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        queue.Writer.TryComplete();
        writer.GetAwaiter().GetResult();
        connection.Dispose();
        reading.Dispose();
        key.Dispose();
    }

    /// <summary>For whoever of an agency may see anything at all.</summary>
    public static Label OwnLabel(string agency) => new(Classification.Public, [agency]);

    /// <summary>
    /// For those alone who may read the whole log of an agency: nobody is in this compartment, and no agency can give its name to one of its own.
    /// </summary>
    public static Label OfTheWhole(string agency) => new(Classification.OfficialSensitive, [agency], ["whole-log"]);

    private static RecordId[] Records(ReadOnlySpan<byte> bytes)
    {
        var records = new RecordId[bytes.Length / 16];
        for (int i = 0; i < records.Length; i++)
            records[i] = RecordId.Read(bytes.Slice(i * 16, 16));
        return records;
    }

    private void Create()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        long version = Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version < 2)
            CreateTables();
        if (version < SealedSince)
            Seal();
    }

    private void CreateTables() =>
        Execute(
            """
            BEGIN;
            CREATE TABLE tree(number INTEGER PRIMARY KEY, agency TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, parts BLOB NOT NULL, checkpoint TEXT NOT NULL);
            CREATE TABLE label(number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
            CREATE TABLE entry(
                tree INTEGER NOT NULL, position INTEGER NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL, act TEXT NOT NULL, question TEXT, salt BLOB,
                commitment BLOB, records BLOB NOT NULL, label INTEGER NOT NULL, PRIMARY KEY(tree, position));
            CREATE INDEX entry_at ON entry(tree, at);
            PRAGMA user_version=2;
            COMMIT;
            """
        );

    /// <summary>Before version 2 entries stood in no tree, and bore no label: they are for those who may read everything.</summary>
    private void TakeInOlder()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_schema WHERE name='read'";
        if ((long)command.ExecuteScalar()! == 0)
            return;
        List<LoggedRead> batch;
        do
        {
            long last = 0;
            batch = [];
            command.CommandText = "SELECT number, at, viewer, agency, act, question, records FROM read ORDER BY number LIMIT 1000";
            using (var rows = command.ExecuteReader())
            {
                while (rows.Read())
                {
                    last = rows.GetInt64(0);
                    string agency = rows.GetString(3);
                    batch.Add(
                        new LoggedRead(
                            DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1)),
                            rows.GetString(2),
                            agency,
                            rows.GetString(4),
                            rows.GetString(5),
                            (byte[])rows.GetValue(6),
                            agency.Length == 0 ? Label.Public : OfTheWhole(agency)
                        )
                    );
                }
            }
            Keep(batch);
            Execute("DELETE FROM read WHERE number<=$last", ("$last", last));
        } while (batch.Count > 0);
        Execute("DROP TABLE read");
    }

    private void Load()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT number, text FROM label";
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
                labels[Label.Parse(vault.Text(rows.GetValue(1), LabelText, Name(rows.GetInt64(0))))] = rows.GetInt64(0);
        }
        command.CommandText = "SELECT number, agency, size, parts FROM tree";
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
                trees[rows.GetString(1)] = new Tree(rows.GetInt64(0), MerkleTree.Of(rows.GetInt64(2), (byte[])rows.GetValue(3)));
        }
    }

    private async Task Write()
    {
        List<LoggedRead> batch = [];
        List<TaskCompletionSource> waiting = [];
        List<Erasing> erasing = [];
        while (batch.Count > 0 || await queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < 1000 && queue.Reader.TryRead(out object? item))
            {
                if (item is LoggedRead read)
                    batch.Add(read);
                else if (item is Erasing erase)
                    erasing.Add(erase);
                else
                    waiting.Add((TaskCompletionSource)item);
            }
            StoreException? problem = null;
            try
            {
                Keep(batch);
                batch.Clear();
            }
            catch (SqliteException failed)
            {
                problem = Database.Explain(failed);
            }
            foreach (var done in waiting)
            {
                if (problem is null)
                    done.SetResult();
                else
                    done.SetException(problem);
            }
            waiting.Clear();
            erasing.ForEach(Do);
            erasing.Clear();
            if (problem is null)
                continue;
            // What could not be kept is tried again; at the end of the program there is no later.
            if (queue.Reader.Completion.IsCompleted)
                break;
            await Task.Delay(200);
        }
    }

    private void Keep(List<LoggedRead> batch)
    {
        if (batch.Count == 0)
            return;
        // Grown apart from what is there, and put in its place once it is kept.
        Dictionary<string, Tree> grown = new(StringComparer.Ordinal);
        Dictionary<Label, long> added = [];
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            INSERT INTO entry(tree, position, at, who, act, question, records, label) VALUES($tree, $position, $at, $who, $act, $question, $records, $label)
            """;
        foreach (string name in (string[])["$tree", "$position", "$at", "$who", "$act", "$question", "$records", "$label"])
            command.Parameters.Add(new SqliteParameter(name, null));
        foreach (var read in batch)
        {
            if (!grown.TryGetValue(read.Agency, out var tree))
                grown.Add(
                    read.Agency,
                    tree = trees.TryGetValue(read.Agency, out var there) ? there with { Leaves = there.Leaves.Copy() } : NewTree(read.Agency)
                );
            if (!labels.TryGetValue(read.Label, out long label) && !added.TryGetValue(read.Label, out label))
                added.Add(read.Label, label = NewLabel(read.Label));
            byte[] salt = RandomNumberGenerator.GetBytes(LogHash.SaltBytes);
            long at = read.At.ToUnixTimeMilliseconds();
            string place = Place(tree.Number, tree.Leaves.Size);
            byte[] who = vault.Lock(read.Viewer, "entry.who", place),
                asked = vault.Lock(Asked(salt, read.Question), Vault.KeptAs("entry.question", place));
            object[] values = [tree.Number, tree.Leaves.Size, at, who, read.Act, asked, read.Records, label];
            for (int i = 0; i < values.Length; i++)
                command.Parameters[i].Value = values[i];
            command.ExecuteNonQuery();
            tree.Leaves.Add(LogHash.Leaf(at, read.Agency, read.Viewer, read.Act, read.Label.ToString(), LogHash.Commitment(salt, read.Question), read.Records));
        }
        foreach (var (agency, tree) in grown)
        {
            Execute(
                "UPDATE tree SET size=$size, parts=$parts, checkpoint=$checkpoint WHERE number=$number",
                ("$size", tree.Leaves.Size),
                ("$parts", tree.Leaves.Kept),
                ("$checkpoint", Checkpoint.Sign(agency, tree.Leaves, clock.GetUtcNow(), key).ToString()),
                ("$number", tree.Number)
            );
        }
        transaction.Commit();
        foreach (var (agency, tree) in grown)
            trees[agency] = tree;
        foreach (var (label, number) in added)
            labels[label] = number;
    }

    private Tree NewTree(string agency)
    {
        Execute("INSERT INTO tree(agency, size, parts, checkpoint) VALUES($agency, 0, x'', '')", ("$agency", agency));
        return new Tree(Inserted(), new MerkleTree());
    }

    private long NewLabel(Label label)
    {
        long number = Rows("SELECT IFNULL(MAX(number), 0) + 1 FROM label", r => r.GetInt64(0))[0];
        Execute(
            "INSERT INTO label(number, text) VALUES($number, $text)",
            ("$number", number),
            ("$text", vault.Lock(label.ToString(), LabelText, Name(number)))
        );
        return number;
    }

    private long Inserted()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT last_insert_rowid()";
        return (long)command.ExecuteScalar()!;
    }

    private void Execute(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this file; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }

    private sealed record Tree(long Number, MerkleTree Leaves);
}

/// <param name="At">When.</param>
/// <param name="Viewer">Who asked.</param>
/// <param name="Agency">For which agency.</param>
/// <param name="Act">What they did: search, consult, path, screen, judge, import, export …</param>
/// <param name="Question">What they asked.</param>
/// <param name="Records">The identifiers of the records they were shown, 16 bytes each.</param>
/// <param name="Label">Who may read this entry.</param>
internal sealed record LoggedRead(DateTimeOffset At, string Viewer, string Agency, string Act, string Question, byte[] Records, Label Label);

/// <summary>An entry as it is kept: all that its hash is made of.</summary>
/// <param name="At">When, in milliseconds since 1970.</param>
/// <param name="Who">Who.</param>
/// <param name="Act">What they did.</param>
/// <param name="Question">What they asked; null if it was erased.</param>
/// <param name="Salt">The salt of its commitment; null if it was erased.</param>
/// <param name="Commitment">What stands for an erased question; null otherwise.</param>
/// <param name="Records">The identifiers of records, 16 bytes each.</param>
/// <param name="Label">Who may read it, as labels are written.</param>
internal sealed record LoggedRow(long At, string Who, string Act, string? Question, byte[]? Salt, byte[]? Commitment, byte[] Records, string Label)
{
    /// <summary>Its hash as a leaf of the agency's tree.</summary>
    public byte[] Leaf(string agency) =>
        LogHash.Leaf(At, agency, Who, Act, Label, Question is null ? Commitment ?? [] : LogHash.Commitment(Salt ?? [], Question), Records);
}
