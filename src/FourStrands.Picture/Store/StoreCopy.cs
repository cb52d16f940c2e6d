using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture.Store;

/// <summary>A table that was read out or put in: how many rows, and the SHA-256 of all of them as they are written here.</summary>
internal sealed record CopiedTable(string Name, long Rows, byte[] Hash);

/// <summary>
/// A database of the store as rows: read out of one state of it while others write, and put into a new file. Not its pages: they hold what was
/// deleted, and a copy of them on its way would lie on the disk in plain.
/// </summary>
internal sealed class StoreCopy : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteTransaction transaction;

    private StoreCopy(SqliteConnection connection, SqliteTransaction transaction) => (this.connection, this.transaction) = (connection, transaction);

    /// <summary>
    /// One state of a database, which stays as it is until this is disposed of: the write-ahead log lets others write meanwhile. The store is not claimed.
    /// </summary>
    /// <exception cref="StoreException">It is damaged, or not there.</exception>
    public static StoreCopy Of(string file)
    {
        var opened = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Pooling = false,
                Mode = SqliteOpenMode.ReadOnly,
            }.ToString()
        );
        try
        {
            opened.Open();
            var copy = new StoreCopy(opened, opened.BeginTransaction(deferred: true));
            // The state is chosen by the first reading.
            copy.Version = copy.Number("SELECT user_version FROM pragma_user_version WHERE (SELECT count(*) FROM sqlite_schema) >= 0");
            return copy;
        }
        catch (SqliteException problem)
        {
            opened.Dispose();
            throw Database.Explain(problem);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>The number of its format.</summary>
    public long Version { get; private set; }

    /// <summary>What makes its tables, and what makes its indexes, in the order in which they were made.</summary>
    public (IReadOnlyList<string> Tables, IReadOnlyList<string> Indexes) Schema()
    {
        List<string> tables = [],
            indexes = [];
        using var command = Command("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY rowid");
        using var rows = command.ExecuteReader();
        while (rows.Read())
            (rows.GetString(0) == "table" ? tables : indexes).Add(rows.GetString(2));
        return (tables, indexes);
    }

    /// <summary>The names of its tables, in order of name.</summary>
    public IReadOnlyList<string> Tables()
    {
        List<string> names = [];
        using var command = Command("SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name");
        using var rows = command.ExecuteReader();
        while (rows.Read())
            names.Add(rows.GetString(0));
        return names;
    }

    /// <summary>How many columns a table has.</summary>
    public int Columns(string table)
    {
        using var command = Command("SELECT count(*) FROM pragma_table_info($name)");
        command.Parameters.AddWithValue("$name", table);
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a table out, row by row, in the order in which it is kept.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="take">Receives each row as bytes; null to find out only how many there are and what their hash is.</param>
    public CopiedTable Read(string table, Action<ReadOnlySpan<byte>>? take)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var row = new ArrayBufferWriter<byte>(1 << 16);
        long count = 0;
        using var command = Command($"SELECT * FROM {Quoted(table)} {(HasRowNumbers(table) ? "ORDER BY rowid" : "")}");
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            row.ResetWrittenCount();
            for (int i = 0; i < rows.FieldCount; i++)
                Write(row, rows.GetValue(i));
            hash.AppendData(row.WrittenSpan);
            take?.Invoke(row.WrittenSpan);
            count++;
        }
        return new CopiedTable(table, count, hash.GetHashAndReset());
    }

    /// <summary>Is there anything in it that SQLite itself finds wrong? The first few things it says; empty if all is well.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        using (var command = Command("PRAGMA integrity_check(10)"))
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
            {
                if (rows.GetString(0) != "ok")
                    problems.Add(rows.GetString(0));
            }
        }
        using (var command = Command("PRAGMA foreign_key_check"))
        using (var rows = command.ExecuteReader())
        {
            while (problems.Count < 10 && rows.Read())
                problems.Add($"a row of {rows.GetString(0)} refers to none of {rows.GetString(2)}");
        }
        return problems;
    }

    /// <summary>The erasures of a picture, oldest first, and the key that its identifiers are made with.</summary>
    /// <param name="keys">Where the key lies with which they are encrypted.</param>
    /// <exception cref="StoreException">It is not there.</exception>
    public (IReadOnlyList<ErasureRow> Rows, byte[] IdentifierKey) Erasures(StoreKeys keys)
    {
        // Before that they stood in plain.
        var vault = Version >= SealedColumns.Since ? new Vault(keys, isUsed: true) : null;
        List<ErasureRow> found = [];
        if (Version >= 3)
        {
            using var command = Command(
                "SELECT id, at, by, agency, reason, kind, label.text, places, label FROM erasure JOIN label ON label.number=label ORDER BY erasure.number"
            );
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                byte[] id = (byte[])rows.GetValue(0);
                string row = Convert.ToHexString(id);
                found.Add(
                    new ErasureRow(
                        RecordId.Read(id),
                        DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1)),
                        Text(rows.GetValue(2), "erasure.by", row),
                        rows.GetString(3),
                        Text(rows.GetValue(4), "erasure.reason", row),
                        (ErasureKind)rows.GetInt32(5),
                        Label.Parse(Text(rows.GetValue(6), "label.text", rows.GetInt64(8).ToString(CultureInfo.InvariantCulture))),
                        ErasedPlaces.Read(rows.GetString(7))
                    )
                );
            }
        }
        using var setting = Command("SELECT value FROM setting WHERE name='identifier-key'");
        byte[] key = (byte[])setting.ExecuteScalar()!;
        return (found, vault is null ? key : vault.Unlock(key, Vault.KeptAs("setting.value", "identifier-key")));

        string Text(object kept, string column, string row) => vault is null ? (string)kept : vault.Text(kept, column, row);
    }

    /// <summary>Refuses keys that are not those of this picture and its log.</summary>
    /// <exception cref="StoreException">They are not, or not all there.</exception>
    public void ProveKeys(StoreCopy reads, StoreKeys keys)
    {
        var vault = new Vault(keys, isUsed: true);
        using var setting = Command("SELECT value FROM setting WHERE name='identifier-key'");
        vault.Unlock((byte[])setting.ExecuteScalar()!, Vault.KeptAs("setting.value", "identifier-key"));
        var checkpoints = reads.Checkpoints();
        if (!keys.Has(StoreKeys.OfLog))
            throw SigningKey.NotThere(keys);
        using var key = SigningKey.Open(keys, isUsed: true, out _);
        if (checkpoints.Count > 0 && !checkpoints.Any(c => c.IsSignedBy(key)))
            throw SigningKey.OfAnother(keys);
    }

    /// <summary>How far each agency's log had come, by agency.</summary>
    public IReadOnlyList<Checkpoint> Checkpoints() => [.. Trees().Select(t => t.Checkpoint)];

    private List<(long Number, Checkpoint Checkpoint, byte[] Parts)> Trees()
    {
        List<(long, Checkpoint, byte[])> trees = [];
        using var command = Command("SELECT number, agency, checkpoint, parts FROM tree ORDER BY agency");
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var checkpoint = Checkpoint.Parse(rows.GetString(2));
            if (checkpoint.Agency != rows.GetString(1))
                throw new BackupException($"The log of {rows.GetString(1)} bears the checkpoint of another: it was changed. Use an earlier backup.");
            trees.Add((rows.GetInt64(0), checkpoint, (byte[])rows.GetValue(3)));
        }
        return trees;
    }

    /// <summary>
    /// Proves each agency's log: that its entries are the leaves of the tree whose root was signed with that key.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="keys">Where the key lies with which entries are encrypted.</param>
    /// <returns>The checkpoints.</returns>
    /// <exception cref="BackupException">One is not.</exception>
    public IReadOnlyList<Checkpoint> ProveLogs(ECDsa key, StoreKeys keys)
    {
        var entries = new ReadLog.Entries(Version >= ReadLog.SealedSince ? new Vault(keys, isUsed: true) : null);
        List<Checkpoint> proved = [];
        foreach (var (number, checkpoint, parts) in Trees())
        {
            var tree = new MerkleTree();
            var erased = new ErasedEntries();
            using var command = Command(
                "SELECT at, who, act, question, salt, commitment, records, label.text, label, tree, position FROM entry JOIN label ON label.number=label WHERE tree=$tree ORDER BY position"
            );
            command.Parameters.AddWithValue("$tree", number);
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                var entry = entries.Read(rows);
                erased.Take(entry);
                tree.Add(entry.Leaf(checkpoint.Agency));
            }
            string whose = checkpoint.Agency.Length == 0 ? "of attempts to sign in" : $"of {checkpoint.Agency}";
            if (checkpoint.Size != tree.Size || !checkpoint.Root.AsSpan().SequenceEqual(tree.Root) || !parts.AsSpan().SequenceEqual(tree.Kept))
                throw new BackupException(
                    $"The log {whose} is not the one that was signed: it was changed before the backup was taken. Use an earlier backup."
                );
            // Older ones do not tell of erasures in the log itself.
            if (Version >= ReadLog.TellsErasedSince && erased.Unexplained() is { } blank)
                throw new BackupException(
                    $"The log {whose} lacks what was asked in entry {blank + 1}, and does not tell that it was erased: it was changed before the backup was taken. Use an earlier backup."
                );
            if (!checkpoint.IsSignedBy(key))
                throw new BackupException($"The log {whose} was signed with another key than the backup's keys/log. Use an earlier backup.");
            proved.Add(checkpoint);
        }
        return proved;
    }

    public void Dispose()
    {
        transaction.Dispose();
        connection.Dispose();
    }

    private bool HasRowNumbers(string table)
    {
        using var command = Command("SELECT wr=0 FROM pragma_table_list WHERE schema='main' AND name=$name");
        command.Parameters.AddWithValue("$name", table);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) != 0;
    }

    private long Number(string sql)
    {
        using var command = Command(sql);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private SqliteCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The texts are constants of this file; the name of a table, which cannot be a parameter, is checked.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    /// <summary>A table's name as it may stand in a statement: ours are small letters and underscores, and nothing else is taken.</summary>
    private static string Quoted(string table) =>
        table.Length is > 0 and <= 60 && table.All(c => char.IsAsciiLetterLower(c) || c == '_')
            ? $"\"{table}\""
            : throw new BackupException($"'{table}' is no table of a store.");

    private static void Write(ArrayBufferWriter<byte> to, object value)
    {
        switch (value)
        {
            case DBNull:
                to.GetSpan(1)[0] = 0;
                to.Advance(1);
                break;
            case long number:
                to.GetSpan(1)[0] = 1;
                BinaryPrimitives.WriteInt64LittleEndian(to.GetSpan(9)[1..], number);
                to.Advance(9);
                break;
            case double number:
                to.GetSpan(1)[0] = 2;
                BinaryPrimitives.WriteDoubleLittleEndian(to.GetSpan(9)[1..], number);
                to.Advance(9);
                break;
            case string text:
                int length = Encoding.UTF8.GetByteCount(text);
                Begin(to, 3, length);
                Encoding.UTF8.GetBytes(text, to.GetSpan(length));
                to.Advance(length);
                break;
            case byte[] bytes:
                Begin(to, 4, bytes.Length);
                to.Write(bytes);
                break;
            default:
                throw new InvalidOperationException($"SQLite gave a {value.GetType()}.");
        }
    }

    private static void Begin(ArrayBufferWriter<byte> to, byte kind, int length)
    {
        var head = to.GetSpan(5);
        head[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], length);
        to.Advance(5);
    }

    /// <summary>A new database that rows are put into; on the disk once <see cref="Finish"/> has returned.</summary>
    public sealed class Writer : IDisposable
    {
        private readonly SqliteConnection connection;
        private readonly SqliteTransaction transaction;
        private readonly long version;
        private SqliteCommand? insert;

        public Writer(string file, long version)
        {
            this.version = version;
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
            connection.Open();
            // Nobody needs half of it: if this dies, the file is thrown away.
            Run("PRAGMA journal_mode=MEMORY");
            Run("PRAGMA foreign_keys=OFF");
            transaction = connection.BeginTransaction();
        }

        /// <summary>Makes a table or an index.</summary>
        /// <exception cref="BackupException">It is something else.</exception>
        public void Make(string sql)
        {
            if (!sql.StartsWith("CREATE TABLE ", StringComparison.Ordinal) && !sql.StartsWith("CREATE INDEX ", StringComparison.Ordinal))
                throw new BackupException("The backup would make something that no store has. It was not made by this program: do not use it.");
            Run(sql);
        }

        /// <summary>Says which table the next rows are of.</summary>
        public void Begin(string table, int columns)
        {
            insert?.Dispose();
            insert = connection.CreateCommand();
            insert.Transaction = transaction;
#pragma warning disable CA2100 // The name of a table, which cannot be a parameter, is checked; the rest are numbered parameters.
            insert.CommandText = $"INSERT INTO {Quoted(table)} VALUES({string.Join(", ", Enumerable.Range(0, columns).Select(i => $"$p{i}"))})";
#pragma warning restore CA2100
            for (int i = 0; i < columns; i++)
                insert.Parameters.Add(new SqliteParameter($"$p{i}", null));
            insert.Prepare();
        }

        /// <summary>Puts a row in, as it was read out.</summary>
        public void Add(ReadOnlySpan<byte> row)
        {
            foreach (SqliteParameter parameter in insert!.Parameters)
                parameter.Value = Take(ref row);
            insert.ExecuteNonQuery();
        }

        /// <summary>Makes what was put in durable.</summary>
        public void Finish()
        {
            insert?.Dispose();
            insert = null;
            Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={version}"));
            transaction.Commit();
            Run("PRAGMA journal_mode=WAL");
        }

        public void Dispose()
        {
            insert?.Dispose();
            transaction.Dispose();
            connection.Dispose();
        }

        private void Run(string sql)
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants, what makes a table of a backup whose every byte was proved, and a number.
            command.CommandText = sql;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        private static object Take(ref ReadOnlySpan<byte> row)
        {
            byte kind = row[0];
            row = row[1..];
            switch (kind)
            {
                case 0:
                    return DBNull.Value;
                case 1:
                    long whole = BinaryPrimitives.ReadInt64LittleEndian(row);
                    row = row[8..];
                    return whole;
                case 2:
                    double number = BinaryPrimitives.ReadDoubleLittleEndian(row);
                    row = row[8..];
                    return number;
                default:
                    int length = BinaryPrimitives.ReadInt32LittleEndian(row);
                    var content = row.Slice(4, length);
                    row = row[(4 + length)..];
                    return kind == 3 ? Encoding.UTF8.GetString(content) : content.ToArray();
            }
        }
    }
}
