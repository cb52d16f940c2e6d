using System.Globalization;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture.Store;

/// <summary>
/// The SQLite file behind the gate; all SQL of the project is in this folder. What is acknowledged has reached the disk:
/// write-ahead log with synchronous=FULL. One writer: the methods are called under <see cref="Writing"/>.
/// </summary>
internal sealed class Database : IDisposable
{
    /// <summary>Rises when the tables change; a store made by a newer program is not opened.</summary>
    public const int Version = 6;

    private readonly SqliteConnection connection;

    /// <summary>
    /// The format of the file. Steps to 4 are made when it is opened; the one to 5 is <see cref="SealedColumns.Begin"/>'s, which takes the key, and the one
    /// to 6 <see cref="CutKeys"/>, which comes after it.
    /// </summary>
    public long FormatNow => Convert.ToInt64(Scalar("PRAGMA user_version"), CultureInfo.InvariantCulture);

    /// <summary>Guards the one connection.</summary>
    public Lock Writing { get; } = new();

    public Database(string file)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Execute("PRAGMA journal_mode=WAL");
            Execute("PRAGMA synchronous=FULL");
            Execute("PRAGMA wal_autocheckpoint=16384");
            Execute("PRAGMA foreign_keys=ON");
            Execute("PRAGMA secure_delete=ON");
            long version = FormatNow;
            if (version > Version)
                throw new StoreException(
                    $"The store was made by a newer version of FourStrands (format {version}, this program knows {Version}). Use that version, or another store folder."
                );
            if (version == 0)
                Create();
            if (version < 2)
                CreatePeople();
            if (version < 3)
                CreateErasures();
            if (version < 4)
                Execute("BEGIN; ALTER TABLE import ADD COLUMN ended INTEGER; PRAGMA user_version=4; COMMIT;");
        }
        catch (SqliteException problem)
        {
            connection.Dispose();
            throw Explain(problem);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Create() =>
        Execute(
            """
            BEGIN;
            CREATE TABLE setting(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
            CREATE TABLE label(number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
            CREATE TABLE source(number INTEGER PRIMARY KEY, name TEXT NOT NULL, owner TEXT NOT NULL, UNIQUE(owner, name));
            CREATE TABLE import(
                number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, source INTEGER NOT NULL REFERENCES source, label INTEGER NOT NULL REFERENCES label,
                kind INTEGER NOT NULL, grade TEXT NOT NULL, complete INTEGER NOT NULL, file TEXT NOT NULL, format TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL,
                content BLOB, records INTEGER NOT NULL, statements INTEGER NOT NULL, unchanged INTEGER NOT NULL, withdrawn INTEGER NOT NULL, rejected INTEGER NOT NULL,
                committed INTEGER NOT NULL, linked INTEGER NOT NULL, withdrawal BLOB);
            CREATE TABLE block(import INTEGER NOT NULL REFERENCES import, ordinal INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY(import, ordinal)) WITHOUT ROWID;
            CREATE TABLE reject(import INTEGER NOT NULL REFERENCES import, line INTEGER NOT NULL, field TEXT NOT NULL, reason TEXT NOT NULL, excerpt TEXT NOT NULL);
            CREATE INDEX reject_import ON reject(import);
            CREATE TABLE verdict(number INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
            CREATE TABLE match_block(number INTEGER PRIMARY KEY, import INTEGER NOT NULL REFERENCES import, bytes BLOB NOT NULL);
            CREATE TABLE key_run(import INTEGER PRIMARY KEY REFERENCES import, link BLOB NOT NULL, screening BLOB NOT NULL);
            CREATE TABLE judgement(
                number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, left_record BLOB NOT NULL, right_record BLOB NOT NULL, verdict INTEGER NOT NULL,
                reason TEXT NOT NULL, by TEXT NOT NULL, agency TEXT NOT NULL, at INTEGER NOT NULL, label INTEGER NOT NULL REFERENCES label);
            CREATE TABLE document(
                id BLOB PRIMARY KEY, kind TEXT NOT NULL, label INTEGER NOT NULL REFERENCES label, agency TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, content TEXT NOT NULL) WITHOUT ROWID;
            PRAGMA user_version=1;
            COMMIT;
            """
        );

    /// <summary>Agencies, people, what they sign in with, and their sessions: few rows, each a record of its kind, all held in memory.</summary>
    private void CreatePeople() =>
        Execute(
            """
            BEGIN;
            CREATE TABLE people(kind TEXT NOT NULL, id TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY(kind, id)) WITHOUT ROWID;
            PRAGMA user_version=2;
            COMMIT;
            """
        );

    /// <summary>
    /// What was erased, as places alone, and what must not be. From here on a statement may have been erased in its block, which older programs do not know.
    /// </summary>
    private void CreateErasures() =>
        Execute(
            """
            BEGIN;
            CREATE TABLE erasure(
                number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, at INTEGER NOT NULL, by TEXT NOT NULL, agency TEXT NOT NULL, reason TEXT NOT NULL,
                kind INTEGER NOT NULL, label INTEGER NOT NULL REFERENCES label, places TEXT NOT NULL);
            CREATE TABLE hold(
                number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL, target BLOB NOT NULL, label INTEGER NOT NULL REFERENCES label,
                agency TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL, lifted_by TEXT, lifted_at INTEGER, lifted_reason TEXT);
            PRAGMA user_version=3;
            COMMIT;
            """
        );

    /// <summary>
    /// The keys of an import's records stand in several rows: from format 6 on, for those of a large register are too many for one. Where something was erased
    /// they are made anew: of a record that was erased twice they could bear the number that it had before a restart.
    /// </summary>
    public void CutKeys()
    {
        if (FormatNow >= 6)
            return;
        Execute(
            """
            BEGIN;
            ALTER TABLE key_run RENAME TO key_run_whole;
            CREATE TABLE key_run(import INTEGER NOT NULL REFERENCES import, piece INTEGER NOT NULL, link BLOB NOT NULL, screening BLOB NOT NULL, PRIMARY KEY(import, piece));
            INSERT INTO key_run SELECT import, 0, link, screening FROM key_run_whole;
            DROP TABLE key_run_whole;
            DELETE FROM setting WHERE name='key-scheme' AND EXISTS(SELECT 1 FROM erasure);
            PRAGMA user_version=6;
            COMMIT;
            """
        );
    }

    /// <summary>
    /// Leaves nothing behind of what was deleted or overwritten: pages are written anew, because what SQLite moves within one may leave a copy, and the
    /// write-ahead log is emptied.
    /// </summary>
    /// <returns>False if somebody is reading an older state, such as a backup: the log still holds it, and this is to be done again.</returns>
    public bool LeaveNothingBehind()
    {
        long bytes = Convert.ToInt64(Scalar("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"), CultureInfo.InvariantCulture);
        Execute(TempStoreFor(bytes));
        Execute("VACUUM");
        return IsJournalEmptied();
    }

    /// <summary>Where a file is put on its way that is written anew: it would lie outside the store's folder, and what is too large for memory goes into a file that has no name.</summary>
    public static string TempStoreFor(long bytes)
    {
        const long Small = 256L << 20;
        return bytes < Small ? "PRAGMA temp_store=MEMORY" : "PRAGMA temp_store=FILE";
    }

    private bool IsJournalEmptied()
    {
        for (int attempt = 0; attempt < 20; attempt++)
        {
            if (Rows("PRAGMA wal_checkpoint(TRUNCATE)", r => r.GetInt64(0)) is [0])
                return true;
            Thread.Sleep(100);
        }
        return false;
    }

    /// <summary>Runs statements that return nothing.</summary>
    public void Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteScalar();
    }

    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }

    /// <summary>Goes through rows one at a time, for what is too large to hold.</summary>
    public void Each(string sql, Action<SqliteDataReader> row, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            row(reader);
    }

    /// <summary>
    /// Writes without waiting for the disk: for what counts only once a later write, which does wait, says so. That later write
    /// carries this one to the disk with it.
    /// </summary>
    public void WriteAhead(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        Execute("PRAGMA synchronous=NORMAL");
        try
        {
            Execute(sql, parameters);
        }
        finally
        {
            Execute("PRAGMA synchronous=FULL");
        }
    }

    /// <summary>All or nothing.</summary>
    public void Transaction(Action work)
    {
        using var transaction = connection.BeginTransaction();
        work();
        transaction.Commit();
    }

    /// <summary>What went wrong, for people.</summary>
    public static StoreException Explain(SqliteException problem) =>
        problem.SqliteErrorCode switch
        {
            13 => new StoreException("The disk is full: nothing of this was kept. Free some space and do it again.", problem),
            5 or 6 => new StoreException("The store is in use by another program. Stop that program, or use another store folder.", problem),
            8 => new StoreException("The store cannot be written: the folder or file is read-only. Check its permissions.", problem),
            10 => new StoreException(
                "The disk reported an error (or is full) while the store was being read or written. Nothing acknowledged is lost; check the disk and try again.",
                problem
            ),
            11 or 26 => new StoreException("The store's file is damaged or is not a FourStrands store. Restore it from a backup.", problem),
            14 => new StoreException("The store's file cannot be opened. Check that the folder exists and may be written.", problem),
            _ => new StoreException($"The store reported a problem: {problem.Message}", problem),
        };

    public void Dispose() => connection.Dispose();

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this folder; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
