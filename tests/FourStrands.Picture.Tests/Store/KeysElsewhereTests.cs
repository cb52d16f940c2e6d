using System.Diagnostics;
using System.Security.Cryptography;
using Xunit;
using static FourStrands.Picture.Tests.TemporaryStore;

namespace FourStrands.Picture.Tests.Store;

/// <summary>A store whose keys lie in another folder than its own, such as one that a secrets manager mounts. Refusals come first.</summary>
public sealed class KeysElsewhereTests : IDisposable
{
    private static readonly Viewer Machine = Analyst with { Roles = [] };

    private readonly string root = Directory.CreateTempSubdirectory("fourstrands-elsewhere-").FullName;

    public KeysElsewhereTests() => Directory.CreateDirectory(Keys);

    private string Folder => Path.Combine(root, "store");

    private string Own => Path.Combine(Folder, "keys");

    private string Keys => Path.Combine(root, "keys");

    public void Dispose()
    {
        foreach (string mounted in Directory.GetDirectories(root, "mounted*"))
            Run("umount", mounted);
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public void A_folder_that_is_not_there_or_lies_in_the_store_is_refused_and_nothing_is_made()
    {
        string none = Path.Combine(root, "none");
        Refused(none, "There is no folder", "mkdir -m 700");
        Assert.False(Directory.Exists(none));
        File.WriteAllText(none, "");
        Refused(none, "is a file");
        Assert.False(Directory.Exists(Folder));
        Directory.CreateDirectory(Path.Combine(Folder, "within"));
        Refused(Path.Combine(Folder, "within"), "lies in the store's own folder");
        Refused(Folder, "lies in the store's own folder");
        // By a way round it too.
        string link = Path.Combine(root, "link");
        Directory.CreateSymbolicLink(link, Folder);
        Refused(Path.Combine(link, "within"), "lies in the store's own folder");
        Assert.Equal(["within"], Directory.GetFileSystemEntries(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Keys_are_made_in_the_folder_for_their_owner_alone_and_none_of_their_bytes_is_in_the_store()
    {
        Make();
        Assert.False(Directory.Exists(Own));
        Assert.Equal(["log", "vault"], Names(Keys));
        foreach (string file in Directory.GetFiles(Keys))
            OwnersAlone(file);
        byte[] vault = File.ReadAllBytes(Path.Combine(Keys, "vault")),
            log = File.ReadAllBytes(Path.Combine(Keys, "log"));
        foreach (string file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))
        {
            byte[] content = File.ReadAllBytes(file);
            Assert.Equal(-1, content.AsSpan().IndexOf(vault));
            Assert.Equal(-1, content.AsSpan().IndexOf(log.AsSpan(36, 32)));
        }
        Read();
    }

    [Fact]
    public void Without_its_folder_a_store_is_refused_and_no_key_is_made_in_its_place()
    {
        Make();
        Refused(null, "vault is not there", "--keys");
        string empty = Directory.CreateDirectory(Path.Combine(root, "empty")).FullName;
        Refused(empty, "vault is not there", "--keys");
        Assert.False(Directory.Exists(Own));
        Assert.Empty(Names(empty));
        Read();
    }

    [Fact]
    public void Another_store_s_keys_open_nothing_and_are_not_taken_for_a_new_one()
    {
        Make();
        string other = Directory.CreateDirectory(Path.Combine(root, "other")).FullName,
            otherStore = Path.Combine(root, "other-store");
        Gate.Open(otherStore, new GateOptions { Keys = other }).Dispose();
        Refused(other, "does not hold the key");
        // Nor of the log alone.
        File.Move(Path.Combine(other, "log"), Path.Combine(other, "aside"));
        File.Copy(Path.Combine(Keys, "vault"), Path.Combine(other, "vault"), overwrite: true);
        Refused(other, "log is not there", "a new one is made then");
        Assert.Equal(["aside", "vault"], Names(other));
        File.Move(Path.Combine(other, "aside"), Path.Combine(other, "log"));
        Refused(other, "is not the key that the store's log was signed with");
        var problem = Assert.Throws<StoreException>(() => Gate.Open(Path.Combine(root, "third"), new GateOptions { Keys = Keys }));
        Assert.Contains("holds keys already", problem.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(root, "third")));
        Read();
    }

    [Fact]
    public void A_lost_key_of_the_log_is_made_anew_in_the_store_and_moved_and_the_log_says_so()
    {
        Make();
        File.Delete(Path.Combine(Keys, "log"));
        Refused(Keys, "log is not there");
        Directory.CreateDirectory(Own);
        File.Move(Path.Combine(Keys, "vault"), Path.Combine(Own, "vault"));
        using (var gate = Gate.Open(Folder))
            gate.MoveKeys(Keys, Machine);
        using (var gate = Gate.Open(Folder, new GateOptions { Keys = Keys }))
        {
            using var log = new MemoryStream();
            gate.Audit.Export(Analyst with { Roles = [Role.ChiefAuditor] }, log);
            Assert.NotEqual(-1, log.ToArray().AsSpan().IndexOf("begin new log key"u8));
        }
    }

    [Fact]
    public void Keys_in_both_places_are_refused_and_it_is_said_which_to_delete()
    {
        Make();
        Directory.CreateDirectory(Own);
        File.Copy(Path.Combine(Keys, "vault"), Path.Combine(Own, "vault"));
        Refused(Keys, "a copy of them is left", $"Delete {Own}");
        File.WriteAllBytes(Path.Combine(Own, "vault"), RandomNumberGenerator.GetBytes(32));
        Refused(Keys, "they are not the same", "keys move");
        File.Delete(Path.Combine(Own, "vault"));
        File.WriteAllText(Path.Combine(Own, "key-1.xml"), "<key/>");
        Refused(Keys, "they are not the same");
        Directory.Delete(Own, recursive: true);
        Read();
    }

    [Fact]
    public void The_store_s_own_folder_may_be_named_too()
    {
        using (var gate = Gate.Open(Folder, new GateOptions { Keys = Own }))
            Bring(gate);
        Assert.Equal(["log", "vault"], Names(Own));
        Gate.Open(Folder).Dispose();
    }

    [Fact]
    public void A_store_of_an_older_version_is_opened_once_without_before_any_key_is_used_on_it()
    {
        var key = BackupKey.FromKeyFile([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        string backup = Path.Combine(AppContext.BaseDirectory, "Store", "older-store.fsb");
        var problem = Assert.Throws<StoreException>(() =>
            StoreBackup.Restore(backup, key, Folder, new RestoreOptions { Keys = Keys, NothingErasedSince = true }, TestContext.Current.CancellationToken)
        );
        Assert.Contains("without --keys", problem.Message, StringComparison.Ordinal);
        Assert.Empty(Names(Keys));
        Assert.False(Directory.Exists(Folder));
        StoreBackup.Restore(backup, key, Folder, new RestoreOptions { NothingErasedSince = true }, TestContext.Current.CancellationToken);
        using (var gate = Gate.Open(Folder))
            gate.MoveKeys(Keys, Machine);
        Gate.Open(Folder, new GateOptions { Keys = Keys }).Dispose();
    }

    [Fact]
    public void From_a_folder_that_can_only_be_read_everything_works_but_what_makes_keys()
    {
        Make();
        string mounted = Mounted(Keys);
        using (var gate = Gate.Open(Folder, new GateOptions { Keys = mounted }))
        {
            Bring(gate);
            string before = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(mounted, "vault"))));
            var problem = Assert.Throws<StoreException>(() => gate.People.RotateKeyFromMachine(Machine));
            Assert.Contains("can only be read. Nothing was changed", problem.Message, StringComparison.Ordinal);
            Assert.Contains(mounted, problem.Message, StringComparison.Ordinal);
            Assert.Equal(before, Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(mounted, "vault")))));
            Assert.Contains(
                "can only be read. Nothing was changed",
                Assert.Throws<StoreException>(() => gate.MoveKeys(Own, Machine)).Message,
                StringComparison.Ordinal
            );
            Assert.False(Directory.Exists(Own));
        }
        Gate.Open(Folder, new GateOptions { Keys = mounted }).Dispose();
        string none = Mounted(Directory.CreateDirectory(Path.Combine(root, "empty")).FullName);
        var made = Assert.Throws<StoreException>(() => Gate.Open(Path.Combine(root, "new"), new GateOptions { Keys = none }));
        Assert.Contains("can only be read", made.Message, StringComparison.Ordinal);
        Assert.Contains("Name a folder that can be written", made.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(root, "new")));
    }

    [Fact]
    public void As_a_cluster_mounts_secrets_by_way_of_links_they_are_found()
    {
        Make();
        string hidden = Directory.CreateDirectory(Path.Combine(root, "links", "..2026_11_27")).FullName,
            links = Path.Combine(root, "links");
        foreach (string name in new[] { "vault", "log" })
        {
            File.Copy(Path.Combine(Keys, name), Path.Combine(hidden, name));
            File.CreateSymbolicLink(Path.Combine(links, name), Path.Combine("..2026_11_27", name));
        }
        // What else is mounted there is none of the store's business.
        File.WriteAllText(Path.Combine(links, "password-of-another"), "hunter2");
        using (var gate = Gate.Open(Folder, new GateOptions { Keys = links }))
            Bring(gate);
        var manifest = Backup(links);
        Assert.Equal(["keys/log", "keys/vault"], manifest.Files.Select(f => f.Name));
    }

    [Fact]
    public void Keys_are_changed_where_they_lie()
    {
        Make();
        byte[] old = File.ReadAllBytes(Path.Combine(Keys, "vault"));
        using (var gate = Gate.Open(Folder, new GateOptions { Keys = Keys }))
            Assert.Equal(1, gate.People.RotateKeyFromMachine(Machine).Keys);
        Assert.Equal(-1, File.ReadAllBytes(Path.Combine(Keys, "vault")).AsSpan().IndexOf(old));
        Assert.False(Directory.Exists(Own));
        Read();
    }

    [Fact]
    public void Keys_are_moved_and_nothing_of_them_is_left_behind()
    {
        using (var gate = Gate.Open(Folder))
            Bring(gate);
        File.WriteAllText(Path.Combine(Own, "key-1.xml"), "<key/>");
        byte[] vault = File.ReadAllBytes(Path.Combine(Own, "vault"));
        using (var left = new FileStream(Path.Combine(Own, "vault"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        using (var gate = Gate.Open(Folder))
        {
            string strange = Directory.CreateDirectory(Path.Combine(root, "strange")).FullName;
            File.WriteAllBytes(Path.Combine(strange, "vault"), RandomNumberGenerator.GetBytes(32));
            MoveRefused(gate, strange, "is no key of this store");
            MoveRefused(gate, Path.Combine(root, "none"), "There is no folder");
            MoveRefused(gate, Path.Combine(Folder, "within"), "lies in the store's own folder");
            MoveRefused(gate, Own, "already");
            Assert.Equal(vault, File.ReadAllBytes(Path.Combine(Own, "vault")));
            gate.MoveKeys(Keys, Machine);
            Assert.Equal(Keys, gate.KeysFolder);
            // What is free of the disk now holds nothing of it; and a key that is made later is made where they are.
            var bytes = new byte[32];
            left.ReadExactly(bytes);
            Assert.False(bytes.AsSpan().ContainsAnyExcept((byte)0));
            Assert.False(Directory.Exists(Own));
            Assert.Equal(1, gate.People.RotateKeyFromMachine(Machine).Keys);
            Assert.False(Directory.Exists(Own));
        }
        Assert.Equal(["key-1.xml", "log", "vault"], Names(Keys));
        OwnersAlone(Path.Combine(Keys, "log"));
        Read();
        using (var gate = Gate.Open(Folder, new GateOptions { Keys = Keys }))
            gate.MoveKeys(Own, Machine);
        Assert.Empty(Names(Keys));
        Gate.Open(Folder).Dispose();
    }

    [Fact]
    public void Broken_off_while_they_are_moved_no_key_is_lost_and_none_is_made()
    {
        using (var gate = Gate.Open(Folder))
            Bring(gate);
        // All are there, and the first was taken away.
        foreach (string name in Names(Own))
            File.Copy(Path.Combine(Own, name), Path.Combine(Keys, name));
        using (var gate = Gate.Open(Folder))
        {
            // Before that, it is done by doing it again.
            File.Delete(Path.Combine(Keys, "log"));
            gate.MoveKeys(Keys, Machine);
        }
        Read();
        Directory.CreateDirectory(Own);
        File.Copy(Path.Combine(Keys, "log"), Path.Combine(Own, "log"));
        Refused(null, "vault is not there");
        Refused(Keys, $"Delete {Own}");
        Directory.Delete(Own, recursive: true);
        Read();
    }

    [Fact]
    public void A_backup_takes_the_keys_from_where_they_lie_and_a_restore_puts_them_where_it_is_told()
    {
        Make();
        Assert.Contains("vault is not there", Assert.Throws<StoreException>(() => Backup(null)).Message, StringComparison.Ordinal);
        string other = Directory.CreateDirectory(Path.Combine(root, "other")).FullName;
        Gate.Open(Path.Combine(root, "other-store"), new GateOptions { Keys = other }).Dispose();
        Assert.Contains("does not hold the key", Assert.Throws<StoreException>(() => Backup(other)).Message, StringComparison.Ordinal);
        Assert.Throws<BackupException>(() => Backup(Keys, Path.Combine(Keys, "b.fsb")));
        Assert.False(File.Exists(Path.Combine(root, "b.fsb")));
        Backup(Keys);

        string restored = Path.Combine(root, "restored"),
            put = Directory.CreateDirectory(Path.Combine(root, "put")).FullName;
        Assert.Contains("holds keys already", Assert.Throws<StoreException>(() => Restore(restored, Keys)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "There is no folder",
            Assert.Throws<StoreException>(() => Restore(restored, Path.Combine(root, "none"))).Message,
            StringComparison.Ordinal
        );
        Assert.False(Directory.Exists(restored));
        // One that fails late leaves no key.
        Assert.Throws<BackupException>(() =>
            StoreBackup.Restore(
                Path.Combine(root, "b.fsb"),
                Passphrase,
                restored,
                new RestoreOptions { Keys = put, Erasures = Path.Combine(root, "no-list") },
                TestContext.Current.CancellationToken
            )
        );
        Assert.Empty(Directory.GetFileSystemEntries(put));
        // A check leaves the folder as it is, whatever it holds.
        StoreBackup.Restore(
            Path.Combine(root, "b.fsb"),
            Passphrase,
            restored,
            new RestoreOptions { Keys = Keys, OnlyCheck = true },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(["log", "vault"], Names(Keys));
        Restore(restored, put);
        Assert.False(Directory.Exists(Path.Combine(restored, "keys")));
        Assert.Equal(["log", "vault"], Names(put));
        foreach (string name in Names(put))
            Assert.Equal(File.ReadAllBytes(Path.Combine(Keys, name)), File.ReadAllBytes(Path.Combine(put, name)));
        using (var gate = Gate.Open(restored, new GateOptions { Keys = put }))
            Assert.Equal("Heron Ltd", gate.For(Analyst).Search("heron").Hits.Single().Entity.Caption);
        // Or into the store's own folder, and the erasures of the newer store are read with the keys that lie elsewhere.
        string second = Path.Combine(root, "second");
        Assert.Contains("--erasures-keys", Assert.Throws<StoreException>(() => Again(null)).Message, StringComparison.Ordinal);
        Again(Keys);
        Gate.Open(second).Dispose();

        void Again(string? keys) =>
            StoreBackup.Restore(
                Path.Combine(root, "b.fsb"),
                Passphrase,
                second,
                new RestoreOptions { Erasures = Folder, ErasuresKeys = keys },
                TestContext.Current.CancellationToken
            );
    }

    private static BackupKey Passphrase { get; } = BackupKey.FromKeyFile([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    private BackupManifest Backup(string? keys, string? file = null) =>
        StoreBackup.Take(
            Folder,
            file ?? Path.Combine(root, "b.fsb"),
            Passphrase,
            TimeProvider.System,
            keys: keys,
            cancel: TestContext.Current.CancellationToken
        );

    private void Restore(string to, string keys) =>
        StoreBackup.Restore(
            Path.Combine(root, "b.fsb"),
            Passphrase,
            to,
            new RestoreOptions { Keys = keys, NothingErasedSince = true },
            TestContext.Current.CancellationToken
        );

    /// <summary>A store with its keys elsewhere, and something in it.</summary>
    private void Make()
    {
        using var gate = Gate.Open(Folder, new GateOptions { Keys = Keys });
        Bring(gate);
    }

    private static void Bring(Gate gate)
    {
        using var import = gate.For(Analyst).BeginImport(new ImportRequest("Register", Label.Public, "f", "t"));
        import.Begin("1", Ontology.Default["Company"]);
        import.Add(Ontology.Default["Company"]["name"], "Heron Ltd");
        import.End();
        import.Commit();
        gate.FlushReadLog().GetAwaiter().GetResult();
    }

    private void Read()
    {
        using var gate = Gate.Open(Folder, new GateOptions { Keys = Keys });
        Assert.Single(gate.For(Analyst).Search("heron").Hits);
        using var log = new MemoryStream();
        gate.Audit.Export(Analyst with { Roles = [Role.ChiefAuditor] }, log);
        Assert.Equal(-1, log.ToArray().AsSpan().IndexOf("begin new log key"u8));
    }

    private void Refused(string? keys, params string[] says)
    {
        var problem = Assert.Throws<StoreException>(() => Gate.Open(Folder, new GateOptions { Keys = keys }));
        foreach (string words in says)
            Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    private static void MoveRefused(Gate gate, string to, string says) =>
        Assert.Contains(says, Assert.Throws<StoreException>(() => gate.MoveKeys(to, Machine)).Message, StringComparison.Ordinal);

    private static void OwnersAlone(string file)
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private static List<string> Names(string folder) => [.. Directory.GetFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    /// <summary>The same folder again, where it can only be read, as a secrets manager mounts one.</summary>
    private string Mounted(string folder)
    {
        string at = Directory.CreateDirectory(Path.Combine(root, $"mounted-{Path.GetFileName(folder)}")).FullName;
        if (!OperatingSystem.IsLinux() || Run("mount", "--bind", folder, at) != 0 || Run("mount", "-o", "remount,bind,ro", at) != 0)
            Assert.Skip("A folder that can only be read cannot be mounted here (that takes the right to).");
        return at;
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
