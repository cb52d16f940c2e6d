using System.IO.Compression;
using System.Text;
using FourStrands.Picture.Store;
using Microsoft.Data.Sqlite;
using Xunit;

namespace FourStrands.Picture.Tests.Store;

/// <summary>What names a source stands in plain in no file of a store, whoever made it; whoever may see it sees it as ever.</summary>
public sealed class SealedSourcesTests : IDisposable
{
    private static readonly Viewer Machine = Viewer.BuiltIn[0] with { Roles = [] };

    private readonly string folder = Directory.CreateTempSubdirectory("fourstrands-sealed-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Vault => Path.Combine(folder, "keys", "vault");

    [Fact]
    public void No_byte_of_what_names_a_source_stands_in_plain_in_any_file_of_the_store()
    {
        using (var gate = Gate.Open(folder))
        {
            SourceWords.Put(gate);
            NothingInPlain();
            SourceWords.Check(gate);
        }
        NothingInPlain();
        using (var gate = Gate.Open(folder))
            SourceWords.Check(gate);
        // It is there all the same, and where the store's own key is it is found.
        Assert.Contains(SourceWords.File, Unsealed.Texts(folder));
    }

    [Fact]
    public void A_store_that_an_older_version_made_is_encrypted_when_it_is_opened_and_nothing_in_plain_is_left()
    {
        Older();
        Assert.Equal(["picture.db", "reads.db"], InPlain());
        using (var gate = Gate.Open(folder))
        {
            SourceWords.Check(gate);
            NothingInPlain();
        }
        NothingInPlain();
        Assert.Equal(6L, Sql("picture.db", "PRAGMA user_version"));
        Assert.Equal(4L, Sql("reads.db", "PRAGMA user_version"));
        using (var gate = Gate.Open(folder))
        {
            SourceWords.Check(gate);
            var chief = SourceWords.Officer with { Roles = [Role.ChiefAuditor] };
            // The tree that the older version signed stands over the same entries.
            using var log = new MemoryStream();
            gate.Audit.Export(chief, log);
            log.Position = 0;
            Assert.Null(LogFile.Verify(log).Problem);
        }
    }

    [Fact]
    public void Broken_off_or_read_meanwhile_what_is_left_in_plain_goes_at_the_next_start()
    {
        Older();
        // A backup that is being taken holds the state before.
        using (StoreCopy.Of(Path.Combine(folder, "picture.db")))
        using (StoreCopy.Of(Path.Combine(folder, "reads.db")))
        using (Gate.Open(folder))
            Assert.NotEmpty(InPlain());
        using (var gate = Gate.Open(folder))
        {
            NothingInPlain();
            SourceWords.Check(gate);
        }
    }

    [Fact]
    public void A_step_that_fails_leaves_the_older_store_as_it_was()
    {
        Older();
        Sql("picture.db", "CREATE TRIGGER broken BEFORE UPDATE ON hold BEGIN SELECT RAISE(ABORT, 'broken off'); END");
        Assert.Throws<StoreException>(() => Gate.Open(folder));
        Assert.Equal(4L, Sql("picture.db", "PRAGMA user_version"));
        Assert.Equal("Wryneck Register", Sql("picture.db", "SELECT name FROM source WHERE number=0"));
        Sql("picture.db", "DROP TRIGGER broken");
        using (var gate = Gate.Open(folder))
            SourceWords.Check(gate);
        NothingInPlain();
    }

    [Fact]
    public void An_older_backup_is_restored_and_encrypted()
    {
        var key = BackupKey.FromKeyFile([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        string backup = Path.Combine(AppContext.BaseDirectory, "Store", "older-store.fsb"),
            restored = Path.Combine(folder, "restored");
        StoreBackup.Restore(backup, key, restored, new RestoreOptions { NothingErasedSince = true }, TestContext.Current.CancellationToken);
        Assert.Empty(InPlain());
        using (var gate = Gate.Open(restored))
            SourceWords.Check(gate);
        // Its erasures, read from the folder of the store that it is now, are known in the older backup's.
        StoreBackup.Restore(backup, key, Path.Combine(folder, "again"), new RestoreOptions { Erasures = restored }, TestContext.Current.CancellationToken);
        File.Delete(Path.Combine(restored, "keys", "vault"));
        var problem = Assert.Throws<StoreException>(() =>
            StoreBackup.Restore(backup, key, Path.Combine(folder, "third"), new RestoreOptions { Erasures = restored }, TestContext.Current.CancellationToken)
        );
        Assert.Contains("vault", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_its_key_a_store_is_not_opened_and_no_other_key_takes_its_place()
    {
        using (Gate.Open(folder)) { }
        byte[] own = File.ReadAllBytes(Vault);
        File.Delete(Vault);
        var problem = Assert.Throws<StoreException>(() => Gate.Open(folder));
        Assert.Contains(Vault, problem.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Vault));
        File.WriteAllBytes(Vault, new byte[31]);
        Assert.Throws<StoreException>(() => Gate.Open(folder));
        File.WriteAllBytes(Vault, System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        Assert.Throws<StoreException>(() => Gate.Open(folder));
        File.WriteAllBytes(Vault, own);
        using (Gate.Open(folder)) { }
    }

    [Theory]
    [InlineData("source", "name")]
    [InlineData("import", "file")]
    [InlineData("import", "by")]
    [InlineData("label", "text")]
    public void A_value_that_was_moved_to_another_row_or_stands_in_plain_is_refused(string table, string column)
    {
        using (var gate = Gate.Open(folder))
            SourceWords.Put(gate);
        Refused(
            $"""
            CREATE TEMP TABLE t AS SELECT number, {column} FROM {table};
            UPDATE {table} SET {column}=number;
            UPDATE {table} SET {column}=(SELECT {column} FROM t WHERE t.number=(SELECT max(number)+min(number) FROM t)-{table}.number)
            """
        );
        Refused($"UPDATE {table} SET {column}='Wryneck ' || number");
        Refused($"UPDATE {table} SET {column}=CAST(number AS BLOB)");

        void Refused(string sql)
        {
            byte[] before = File.ReadAllBytes(Path.Combine(folder, "picture.db"));
            Sql("picture.db", sql);
            Assert.Throws<StoreException>(() => Gate.Open(folder));
            foreach (string journal in Directory.GetFiles(folder, "picture.db-*"))
                File.Delete(journal);
            File.WriteAllBytes(Path.Combine(folder, "picture.db"), before);
        }
    }

    [Fact]
    public void Who_did_something_cannot_be_changed_for_another_in_the_log()
    {
        using (var gate = Gate.Open(folder))
            SourceWords.Put(gate);
        Sql("reads.db", "UPDATE entry SET who=(SELECT who FROM entry o WHERE o.rowid<>entry.rowid LIMIT 1)");
        using var opened = Gate.Open(folder);
        var chief = SourceWords.Officer with { Roles = [Role.ChiefAuditor] };
        Assert.Contains(opened.Audit.Search(chief, new LogQuestion { Kind = LogKind.Collection }).Entries, e => e.Who == ReadLog.Entries.Altered);
        using var log = new MemoryStream();
        opened.Audit.Export(chief, log);
        log.Position = 0;
        Assert.Contains("not those that were signed", LogFile.Verify(log).Problem, StringComparison.Ordinal);
    }

    /// <summary>Found in review: the exchange waited for ever.</summary>
    [Fact]
    public void An_entry_of_the_log_that_was_altered_does_not_keep_the_key_from_being_replaced()
    {
        using (var gate = Gate.Open(folder))
            SourceWords.Put(gate);
        Sql("reads.db", "UPDATE entry SET who=x'00' WHERE rowid=(SELECT min(rowid) FROM entry WHERE act='search')");
        Sql("reads.db", "UPDATE entry SET question='in plain' WHERE rowid=(SELECT min(rowid) FROM entry WHERE act='judge')");
        using (var gate = Gate.Open(folder))
        {
            Assert.Equal(1, Within(() => gate.People.RotateKeyFromMachine(Machine)).Keys);
            SourceWords.Check(gate);
        }
        Assert.Equal(2L, Sql("reads.db", "SELECT count(*) FROM entry WHERE substr(who, 1, 4)<>x'01000000' OR substr(question, 1, 4)<>x'01000000'"));
        Assert.Equal(2, Unsealed.Entries(folder).Count(e => e.Who == ReadLog.Entries.Altered || e.Question == ReadLog.Entries.Altered));
    }

    [Fact]
    public void What_fails_in_the_log_is_told_to_whoever_waits_and_the_log_goes_on()
    {
        using var gate = Gate.Open(folder);
        SourceWords.Put(gate);
        // No agency at all: SQLite is not even asked.
        Assert.ThrowsAny<Exception>(() =>
            Within(() =>
            {
                gate.Log.Erase([new ErasedQuestions(null!, [1])], "una");
                return 0;
            })
        );
        SourceWords.Check(gate);
    }

    /// <summary>A value that was altered is no matter of those who may not see it, and is told from a key that is not the store's.</summary>
    [Fact]
    public void A_document_that_was_altered_fails_only_for_those_who_see_it_and_says_which()
    {
        using (var gate = Gate.Open(folder))
        {
            SourceWords.Put(gate);
            gate.For(SourceWords.Officer).Write("memo", "Seen by all", Label.Public);
            gate.For(SourceWords.Officer).Write("memo", "Seen by a few people only, of one agency", Label.Parse("official;agencies=police"));
        }
        Sql("picture.db", "UPDATE document SET content=zeroblob(length(content)) WHERE kind='memo' AND length(content)>60");
        using (var gate = Gate.Open(folder))
        {
            Assert.Equal("Seen by all", Assert.Single(gate.For(SourceWords.Callum).Documents("memo")).Content);
            var problem = Assert.Throws<StoreException>(() => gate.For(SourceWords.Officer).Documents("memo"));
            Assert.Contains("document.content/", problem.Message, StringComparison.Ordinal);
            Assert.Contains("backup", problem.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>They were encrypted before the rest was: not a second time.</summary>
    [Fact]
    public void An_emergency_access_of_an_older_store_is_read()
    {
        Older();
        var at = DateTimeOffset.UnixEpoch;
        var access = new EmergencyAccess(
            new RecordId(7),
            new RecordId(8),
            "isla@police",
            "Isla",
            "police",
            new RecordId(9),
            at,
            at.AddHours(1),
            "A child is missing"
        );
        var vault = new Vault(StoreKeys.Of(folder), isUsed: true);
        byte[] kept = vault.Lock(
            System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(access, StoredJson.Options),
            Encoding.UTF8.GetBytes($"emergency/{access.Id}")
        );
        using (var connection = Connect("picture.db"))
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "INSERT INTO people(kind, id, content) VALUES('emergency', $id, $content)";
            command.Parameters.AddWithValue("$id", access.Id.ToString());
            command.Parameters.AddWithValue("$content", kept);
            command.ExecuteNonQuery();
        }
        for (int round = 0; round < 2; round++)
        {
            using var gate = Gate.Open(folder);
            SourceWords.Check(gate);
        }
        Assert.Contains(Unsealed.Texts(folder), t => t.Contains(access.Id.ToString(), StringComparison.Ordinal));
    }

    /// <summary>When a store is opened, what is left in its pages stays there until there is room.</summary>
    [Fact]
    public void A_full_disk_puts_off_what_only_cleans_up_and_nothing_else_does()
    {
        StoreLog.UnlessFull(() => throw new SqliteException("full", 13));
        StoreLog.UnlessFull(() => throw Database.Explain(new SqliteException("full", 13)));
        Assert.Throws<SqliteException>(() => StoreLog.UnlessFull(() => throw new SqliteException("damaged", 11)));
        Assert.Throws<StoreException>(() => StoreLog.UnlessFull(() => throw Database.Explain(new SqliteException("damaged", 11))));
    }

    [Fact]
    public void Read_while_the_key_is_replaced_what_the_older_one_encrypted_goes_at_the_next_start()
    {
        using (var gate = Gate.Open(folder))
            SourceWords.Put(gate);
        using (StoreCopy.Of(Path.Combine(folder, "picture.db")))
        using (var gate = Gate.Open(folder))
            gate.People.RotateKeyFromMachine(Machine);
        Assert.Equal(1L, Sql("picture.db", $"SELECT count(*) FROM setting WHERE name='{StoreLog.Unfinished}'"));
        using (Gate.Open(folder)) { }
        Assert.Equal(0L, Sql("picture.db", $"SELECT count(*) FROM setting WHERE name='{StoreLog.Unfinished}'"));
    }

    [Fact]
    public void Two_sources_of_one_agency_with_one_name_are_told()
    {
        using (var gate = Gate.Open(folder))
            SourceWords.Put(gate);
        var vault = new Vault(StoreKeys.Of(folder), isUsed: true);
        using (var connection = Connect("picture.db"))
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "UPDATE source SET name=$name WHERE number=1";
            command.Parameters.AddWithValue("$name", vault.Lock("Wryneck Register", "source.name", "1"));
            Assert.Equal(1, command.ExecuteNonQuery());
        }
        Assert.Contains("sources are damaged", Assert.Throws<StoreException>(() => Gate.Open(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_key_encrypts_all_of_it_anew_and_broken_off_between_the_two_files_it_is_done_again()
    {
        using (var gate = Gate.Open(folder))
            SourceWords.Put(gate);
        byte[] first = File.ReadAllBytes(Vault);
        // As if it had ended after the picture was encrypted anew, and before the log and the people.
        var vault = new Vault(StoreKeys.Of(folder), isUsed: true);
        vault.AddKey();
        using (var database = new Database(Path.Combine(folder, "picture.db")))
            Assert.True(SealedColumns.Renew(database, vault) > 20);
        using (var gate = Gate.Open(folder))
        {
            SourceWords.Check(gate);
            Assert.Equal(2, gate.People.RotateKeyFromMachine(Machine).Keys);
            SourceWords.Check(gate);
        }
        byte[] now = File.ReadAllBytes(Vault);
        Assert.Equal(3 * first.Length, now.Length);
        Assert.False(now.AsSpan(0, 64).ContainsAnyExcept((byte)0));
        NothingInPlain();
        Assert.Equal(0L, Sql("picture.db", "SELECT count(*) FROM source WHERE substr(name, 1, 4)<>x'02000000'"));
        Assert.Equal(0L, Sql("reads.db", "SELECT count(*) FROM entry WHERE substr(who, 1, 4)<>x'02000000' OR substr(question, 1, 4)<>x'02000000'"));
        using (var gate = Gate.Open(folder))
            SourceWords.Check(gate);
    }

    /// <summary>A store, with its keys, that the program made when it kept these in plain (formats 4 and 2): <see cref="SourceWords.Put"/> was done to it.</summary>
    private void Older() => ZipFile.ExtractToDirectory(Path.Combine(AppContext.BaseDirectory, "Store", "older-store.zip"), folder);

    /// <summary>What would wait for ever without the mend fails instead.</summary>
    private static T Within<T>(Func<T> act)
    {
        var done = Task.Run(act);
        Assert.True(Task.WhenAny(done, Task.Delay(TimeSpan.FromSeconds(30))).GetAwaiter().GetResult() == done, "It waits for ever.");
        return done.GetAwaiter().GetResult();
    }

    private void NothingInPlain() => Assert.Empty(InPlain());

    /// <summary>The files that hold the word that all names of sources hold here, in small or large letters.</summary>
    private List<string> InPlain() =>
        [
            .. StoredBytes
                .Of(folder)
                .Where(f => Encoding.Latin1.GetString(f.Content).Contains(SourceWords.Word, StringComparison.OrdinalIgnoreCase))
                .Select(f => Path.GetFileName(f.File)),
        ];

    private SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, file)};Pooling=False");
        connection.Open();
        return connection;
    }

    private object? Sql(string file, string sql)
    {
        using var connection = Connect(file);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of these tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
