using System.Security.Cryptography;
using FourStrands.Picture;

namespace FourStrands.Cli.Tests;

/// <summary>Backups from the command line, also while another has the store open.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder keys = new();

    private string Store => folder.File("store");

    private string Key => keys.File("backup.key");

    public BackupTests()
    {
        File.WriteAllBytes(Key, RandomNumberGenerator.GetBytes(32));
        folder.Write("r.json", "{\"id\":\"1\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Heron Ltd\"]}}\n");
    }

    public void Dispose()
    {
        folder.Dispose();
        keys.Dispose();
    }

    [Fact]
    public async Task What_cannot_be_done_is_said()
    {
        (await Run("backup", "b.fsb", "--key-file", Key)).Ended(ExitCodes.StoreTrouble);
        (await Run("import", "r.json", "--source", "Register")).Ended(0);
        Assert.Contains("--passphrase-file", (await Run("backup", "b.fsb")).Ended(ExitCodes.BadUsage).Error, StringComparison.Ordinal);
        (await Run("backup", "b.fsb", "--key-file", keys.File("none"))).Ended(ExitCodes.BadInput);
        (await Run("backup", "b.fsb", "--key-file", Key, "--passphrase-file", Key)).Ended(ExitCodes.BadUsage);
        (await Run("backup", "b.fsb", "--key-file", Key, "--as", "analyst")).Ended(ExitCodes.BadUsage);
        File.Copy(Key, folder.File("beside.key"));
        Assert.Contains("beside", (await Run("backup", "b.fsb", "--key-file", "beside.key")).Ended(ExitCodes.BadUsage).Error, StringComparison.Ordinal);
        Assert.Contains(
            "in the store's folder",
            (await Run("backup", keys.File("b.fsb"), "--key-file", Path.Combine(Store, "keys", "log"))).Ended(ExitCodes.BadUsage).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "at least 12",
            (await Run("backup", "b.fsb", "--passphrase-file", keys.Write("short", "word\n"))).Ended(ExitCodes.BadUsage).Error,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(folder.File("b.fsb")));
        var nowhere = (await Run("backup", "no/such/b.fsb", "--key-file", Key)).Ended(ExitCodes.BadInput);
        Assert.Contains("There is no folder", nowhere.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(".new", nowhere.Error, StringComparison.Ordinal);
        (await Run("backup", "b.fsb", "--key-file", Key)).Ended(0);
        (await Run("backup", "b.fsb", "--key-file", Key)).Ended(ExitCodes.BadInput);
        Assert.Contains(
            "--store is missing",
            (await CommandRun.Of(folder, ["restore", "b.fsb", "--key-file", Key])).Ended(ExitCodes.BadUsage).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "would come back",
            (await Run("restore", "b.fsb", "--key-file", Key, "--store", "new")).Ended(ExitCodes.BadUsage).Error,
            StringComparison.Ordinal
        );
        (await Run("restore", "none.fsb", "--key-file", Key, "--store", "new", "--nothing-erased-since")).Ended(ExitCodes.BadInput);
        (await Run("restore", "b.fsb", "--key-file", Key, "--store", Store, "--nothing-erased-since")).Ended(ExitCodes.BadInput);
        (await Run("restore", "r.json", "--key-file", Key, "--store", "new", "--nothing-erased-since")).Ended(ExitCodes.BadInput);
        Assert.False(Directory.Exists(folder.File("new")));
    }

    [Fact]
    public async Task A_store_comes_back_from_a_backup_that_was_taken_while_it_was_open()
    {
        (await Run("import", "r.json", "--source", "Register")).Ended(0);
        using (Gate.Open(Store))
        {
            (await Run("search", "heron")).Ended(ExitCodes.StoreTrouble);
            var taken = (await Run("backup", "b.fsb", "--key-file", Key)).Ended(0);
            Assert.Equal(folder.File("b.fsb") + "\n", taken.Out);
            Assert.Contains("logs of own-agency", taken.Error, StringComparison.Ordinal);
        }
        var checkedOnly = (await Run("restore", "b.fsb", "--key-file", Key, "--store", "new", "--check")).Ended(0);
        Assert.Contains("nothing was left", checkedOnly.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("new")));
        var restored = (await Run("restore", "b.fsb", "--key-file", Key, "--store", "new", "--nothing-erased-since", "--json")).Ended(0).Json;
        Assert.Contains(
            restored.GetProperty("tables").EnumerateArray(),
            t => t.GetProperty("name").GetString() == "block" && t.GetProperty("rows").GetInt64() == 1
        );
        var found = (await CommandRun.Of(folder, ["search", "heron", "--store", "new"])).Ended(0);
        Assert.Contains("Heron Ltd", found.Out, StringComparison.Ordinal);
        (await CommandRun.Of(folder, ["log", "export", "log.jsonl", "--store", "new"])).Ended(0);
        Assert.Contains(
            "restore backup",
            await File.ReadAllTextAsync(folder.File("log.jsonl"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        (await CommandRun.Of(folder, ["log", "verify", "log.jsonl"])).Ended(0);
    }

    private Task<CommandRun> Run(params string[] arguments) => CommandRun.Of(folder, arguments, store: Store);
}
