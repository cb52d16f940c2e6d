using System.Security.Cryptography;
using System.Text;
using FourStrands.Picture.Backups;
using FourStrands.Picture.Tests.Store;
using Xunit;
using static FourStrands.Picture.Tests.TemporaryStore;

namespace FourStrands.Picture.Tests.Backups;

/// <summary>Backups of an open store, and what becomes of them.</summary>
public sealed class BackupTests : IDisposable
{
    private static readonly BackupKey Key = BackupKey.FromKeyFile(RandomNumberGenerator.GetBytes(32));

    private readonly TemporaryStore store = new();
    private readonly string elsewhere = Directory.CreateTempSubdirectory("fourstrands-backup-").FullName;

    private string File1 => Path.Combine(elsewhere, "1.fsb");

    private string Restored => Path.Combine(elsewhere, "restored");

    public void Dispose()
    {
        store.Dispose();
        Directory.Delete(elsewhere, recursive: true);
    }

    [Fact]
    public void A_wrong_key_and_a_foreign_or_cut_off_file_are_said_and_nothing_is_left()
    {
        Small();
        Take();
        Refused(BackupKey.FromKeyFile(RandomNumberGenerator.GetBytes(32)), "is not the one that this backup was made with");
        Refused(BackupKey.FromPassphrase("correct horse battery"), "was made with a key file");
        byte[] whole = File.ReadAllBytes(File1);
        File.WriteAllText(File1, "PK not a backup, though it is a file with some length to it, longer than a head of one");
        Refused(Key, "not a backup that FourStrands made");
        foreach (int length in (int[])[0, 5, 30, 89, 90, 100, 120, whole.Length / 2, whole.Length - 1])
        {
            File.WriteAllBytes(File1, whole[..length]);
            Refused(Key);
        }
        File.WriteAllBytes(File1, [.. whole, 0]);
        Refused(Key, "damaged");
    }

    [Fact]
    public void Whichever_byte_is_changed_nothing_is_restored()
    {
        Small();
        Take();
        byte[] whole = File.ReadAllBytes(File1);
        for (int i = 0; i < whole.Length; i++)
        {
            whole[i] ^= 1;
            File.WriteAllBytes(File1, whole);
            Refused(Key);
            whole[i] ^= 1;
        }
        File.WriteAllBytes(File1, whole);
        Restore();
    }

    [Fact]
    public void Chunks_cannot_be_moved_left_out_or_taken_from_another_file()
    {
        byte[] content = RandomNumberGenerator.GetBytes(3 * 65536);
        byte[] first = Seal(content),
            second = Seal(content);
        const int Head = 90,
            Chunk = 65536 + 16;
        Assert.Equal(Head + (3 * Chunk), first.Length);
        Assert.Equal(content, Open(first));
        Bad([.. first[..Head], .. first[(Head + Chunk)..(Head + (2 * Chunk))], .. first[Head..(Head + Chunk)], .. first[(Head + (2 * Chunk))..]]);
        Bad(first[..(Head + (2 * Chunk))]);
        Bad([.. first[..(Head + Chunk)], .. first[(Head + (2 * Chunk))..]]);
        Bad([.. first[..(Head + Chunk)], .. second[(Head + Chunk)..]]);
        Bad([.. first[..Head], .. second[Head..]]);
        Bad([.. first, .. first[Head..(Head + Chunk)]]);
        Bad(first[..Head]);
        Assert.Empty(Open(Seal([])));

        static void Bad(byte[] file) => Assert.Throws<BackupException>(() => Open(file));
    }

    [Fact]
    public void A_passphrase_opens_what_it_closed_and_no_other_does()
    {
        byte[] closed = Seal([1, 2, 3], BackupKey.FromPassphrase("correct horse battery"));
        Assert.Equal([1, 2, 3], Open(closed, BackupKey.FromPassphrase("correct horse battery")));
        Assert.Contains(
            "passphrase is not",
            Assert.Throws<BackupException>(() => Open(closed, BackupKey.FromPassphrase("Correct horse battery"))).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<BackupException>(() => BackupKey.FromPassphrase("short"));
        Assert.Throws<BackupException>(() => BackupKey.FromKeyFile(new byte[31]));
        Assert.Throws<BackupException>(() => BackupKey.FromKeyFile(new byte[32]));
    }

    [Fact]
    public void Nothing_is_overwritten_and_no_backup_lies_in_the_store()
    {
        Small();
        Assert.Throws<BackupException>(() => Take(store.Folder, Path.Combine(store.Folder, "b.fsb")));
        Assert.Throws<StoreException>(() => Take(elsewhere, File1));
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
        Take();
        Assert.Contains("already", Assert.Throws<BackupException>(Take).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Restored);
        File.WriteAllText(Path.Combine(Restored, "something"), "");
        Assert.Contains("no store is overwritten", Assert.Throws<BackupException>(() => Restore()).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(Restored, "something"));
        Directory.CreateDirectory(Restored + ".restoring");
        Assert.Contains("broken off", Assert.Throws<BackupException>(() => Restore()).Message, StringComparison.Ordinal);
        Directory.Delete(Restored + ".restoring");
        Restore();
    }

    [Fact]
    public void What_lies_in_a_backup_cannot_be_read_in_it()
    {
        store.Import(Analyst, "Register", "public", "1 Company name=Heron Quist Ltd");
        Take();
        byte[] whole = File.ReadAllBytes(File1);
        Assert.Equal(-1, whole.AsSpan().IndexOf("Heron"u8));
        Assert.Equal(-1, whole.AsSpan().IndexOf("CREATE TABLE"u8));
        Assert.Equal(-1, whole.AsSpan().IndexOf(File.ReadAllBytes(Path.Combine(store.Folder, "keys", "log")).AsSpan(0, 16)));
    }

    [Fact]
    public void A_log_that_was_changed_before_is_not_restored()
    {
        Small();
        store.Reopen(folder => StoredBytes.Alter(Path.Combine(folder, "reads.db"), "UPDATE entry SET who='somebody else' WHERE position=0"));
        Take();
        Refused(Key, "was changed before the backup was taken");
    }

    [Fact]
    public void Of_a_store_that_nobody_has_open_a_backup_is_taken_too()
    {
        Small();
        store.Reopen(_ => Take());
        var manifest = Restore();
        Assert.Contains(manifest.Tables, t => t is { Database: "picture.db", Name: "import", Rows: 1 });
    }

    /// <summary>The drill: somebody imports all the time, somebody else reads; what is restored is one state, and its log is not behind.</summary>
    [Fact]
    public async Task A_store_that_is_written_to_is_backed_up_and_restored_whole()
    {
        for (int i = 0; i < 3; i++)
            Bring(store.Gate, i);
        using var stop = new CancellationTokenSource();
        int acknowledged = 2;
        var writer = Task.Run(
            () =>
            {
                for (int i = 3; !stop.IsCancellationRequested; i++)
                {
                    Bring(store.Gate, i);
                    store.Gate.FlushReadLog().GetAwaiter().GetResult();
                    Volatile.Write(ref acknowledged, i);
                }
            },
            CancellationToken.None
        );
        try
        {
            for (int round = 0; round < 3; round++)
            {
                while (Volatile.Read(ref acknowledged) < 4 + round)
                    await Task.Delay(5, TestContext.Current.CancellationToken);
                int before = Volatile.Read(ref acknowledged);
                string file = Path.Combine(elsewhere, $"round {round}.fsb"),
                    folder = Path.Combine(elsewhere, $"round {round}");
                var taken = StoreBackup.Take(store.Folder, file, Key, TimeProvider.System, cancel: TestContext.Current.CancellationToken);
                var manifest = StoreBackup.Restore(
                    file,
                    Key,
                    folder,
                    new RestoreOptions { By = "drill", NothingErasedSince = true },
                    TestContext.Current.CancellationToken
                );
                Assert.Equal(taken.Write(), manifest.Write());
                using var gate = Gate.Open(folder);
                gate.FinishLinking(cancel: TestContext.Current.CancellationToken);
                var source = Assert.Single(gate.For(Analyst).Sources());
                // Whole imports, and all that were acknowledged before it began.
                Assert.True(source.Imports.Count > before, $"{source.Imports.Count} imports, {before} acknowledged before");
                Assert.Equal(source.Imports.Sum(i => i.Statements), source.Statements);
                Assert.Equal(source.Imports.Count * 500, source.Records);
                Assert.Equal("Company 7 of 1 Ltd", gate.For(Analyst).Search("1007x").Hits[0].Entity.Caption);
                // The log: not behind the picture, a beginning of the log that went on, and as it was signed.
                var chief = Analyst with
                {
                    Roles = [Role.ChiefAuditor],
                };
                long logged = manifest.Logs.Single(l => l.Agency == Analyst.Agency).Entries;
                using var log = new MemoryStream();
                gate.Audit.Export(chief, log);
                log.Position = 0;
                Assert.Null(LogFile.Verify(log, Checkpoint.Parse(manifest.Logs.Single(l => l.Agency == Analyst.Agency).Checkpoint)).Problem);
                using var now = new MemoryStream();
                store.Gate.Audit.Export(chief, now);
                now.Position = 0;
                Assert.Null(LogFile.Verify(now, Checkpoint.Parse(manifest.Logs.Single(l => l.Agency == Analyst.Agency).Checkpoint)).Problem);
                string[] was = Encoding.UTF8.GetString(log.ToArray()).Split('\n'),
                    isNow = Encoding.UTF8.GetString(now.ToArray()).Split('\n');
                Assert.Equal(isNow[1..(int)(logged + 1)], was[1..(int)(logged + 1)]);
                Assert.Contains("\"act\":\"restore backup\"", was[(int)logged + 1], StringComparison.Ordinal);
                Assert.True(was.Take((int)logged + 1).Count(l => l.Contains("\"act\":\"import\"", StringComparison.Ordinal)) >= before + 1);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await writer;
        }
    }

    [Fact]
    public void People_and_the_keys_they_sign_in_with_come_back()
    {
        string link = store.Gate.People.NewSetUpLink();
        Assert.NotEmpty(link);
        Take();
        Restore();
        using var gate = Gate.Open(Restored);
        foreach (string key in Directory.GetFiles(Path.Combine(store.Folder, "keys")))
            Assert.Equal(File.ReadAllBytes(key), File.ReadAllBytes(Path.Combine(Restored, "keys", Path.GetFileName(key))));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Restored, "keys", "vault")));
        Assert.False(Directory.Exists(Path.Combine(Restored, "uploads")));
    }

    [Fact]
    public void What_lets_people_and_machines_in_does_not_come_back()
    {
        var people = store.Gate.People;
        var administrator = Analyst with { Roles = [Role.Administrator] };
        people.Invent([administrator, Glenbrae]);
        var machine = people.AddServiceAccount(administrator, "Night desk", "Looks names up", "night-desk", people.Self(administrator)!.Id);
        string key = people.AskForKey(administrator, machine.Id, [KeyScope.SearchAndRead], TimeProvider.System.GetUtcNow().AddDays(30), "Its job").Secret!;
        var (invited, link) = people.Invite(administrator, "Morag Hay", "clerk", "morag.hay");
        var session = people.Begin(Glenbrae.Name, "");
        Assert.NotNull(people.Use(session));
        Assert.NotNull(people.UseKey(key));
        Take();
        Restore();
        using var gate = Gate.Open(Restored);
        Assert.Null(gate.People.Use(session));
        Assert.Null(gate.People.UseKey(key));
        Assert.Null(gate.People.LinkOf(link));
        // They come in anew.
        Assert.NotNull(gate.People.Use(gate.People.Begin(Glenbrae.Name, "")));
        Assert.NotNull(gate.People.LinkOf(gate.People.InviteAgain(administrator, invited.Id)));
    }

    [Fact]
    public void Only_checking_leaves_nothing()
    {
        Small();
        Take();
        StoreBackup.Restore(File1, Key, Restored, new RestoreOptions { OnlyCheck = true }, TestContext.Current.CancellationToken);
        Assert.Equal([File1], Directory.GetFileSystemEntries(elsewhere));
    }

    private void Small() => store.Import(Analyst, "Register", "public", "1 Company name=Heron Ltd");

    private void Take() => Take(store.Folder, File1);

    private static void Take(string folder, string file) =>
        StoreBackup.Take(folder, file, Key, TimeProvider.System, cancel: TestContext.Current.CancellationToken);

    private BackupManifest Restore() =>
        StoreBackup.Restore(File1, Key, Restored, new RestoreOptions { NothingErasedSince = true }, TestContext.Current.CancellationToken);

    private void Refused(BackupKey key, string says = "")
    {
        var problem = Assert.Throws<BackupException>(() =>
            StoreBackup.Restore(File1, key, Restored, new RestoreOptions { NothingErasedSince = true }, TestContext.Current.CancellationToken)
        );
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        Assert.Equal([File1], Directory.GetFileSystemEntries(elsewhere));
    }

    private static void Bring(Gate gate, int part)
    {
        using var session = gate.For(Analyst).BeginImport(new ImportRequest("Register", Label.Public, $"part {part}", "t"));
        var company = Ontology.Default["Company"];
        for (int i = 0; i < 500; i++)
        {
            session.Begin($"r{part}-{i}", company);
            session.Add(company["name"], $"Company {i} of {part} Ltd");
            session.Add(company["registrationNumber"], $"{part}{i:000}x");
            session.End();
        }
        session.Commit();
    }

    private static byte[] Seal(byte[] content, BackupKey? key = null)
    {
        using var file = new MemoryStream();
        using (var seal = new SealedFile.Writer(file, key ?? Key))
        {
            seal.Write(content);
            seal.Finish();
        }
        return file.ToArray();
    }

    private static byte[] Open(byte[] file, BackupKey? key = null)
    {
        using var seal = new SealedFile.Reader(new MemoryStream(file), key ?? Key);
        using var content = new MemoryStream();
        seal.CopyTo(content);
        return content.ToArray();
    }
}
