using System.Security.Cryptography;
using System.Text.Json;
using FourStrands.Picture;

namespace FourStrands.Cli.Tests;

/// <summary>Erasing from the command line: said first, done when asked, and done again to an older backup.</summary>
public sealed class EraseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder keys = new();

    private string Store => folder.File("store");

    public void Dispose()
    {
        folder.Dispose();
        keys.Dispose();
    }

    [Fact]
    public async Task A_record_is_erased_when_that_is_asked_for_and_from_an_older_backup_too()
    {
        string key = keys.File("key");
        await File.WriteAllBytesAsync(key, RandomNumberGenerator.GetBytes(32), TestContext.Current.CancellationToken);
        folder.Write(
            "r.json",
            "{\"id\":\"1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Zebulon Quistgaard\"]}}\n{\"id\":\"2\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Una Heron\"]}}\n"
        );
        (await Run("import", "r.json", "--source", "Notes")).Ended(0);
        (await Run("backup", "old.fsb", "--key-file", key)).Ended(0);
        string id = (await Run("search", "zebulon", "--json")).Ended(0).Json.GetProperty("hits")[0].GetProperty("entity").GetProperty("id").GetString()!;
        (await Run("erase", "record", "00000000000000000000000000")).Ended(ExitCodes.BadInput);
        var said = (await Run("erase", "record", id)).Ended(0);
        Assert.Contains("1 statement", said.Out, StringComparison.Ordinal);
        Assert.Contains("Nothing was erased", said.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await Run("erase", "record", id, "--json")).Ended(0).Json.GetProperty("statements").GetInt32());

        (await Run("hold", "place", "record", id, "--reason", "Inquiry")).Ended(0);
        var held = (await Run("erase", "record", id, "--yes", "--reason", "Retention")).Ended(ExitCodes.BadInput);
        Assert.Contains("Inquiry", held.Error, StringComparison.Ordinal);
        string hold = (await Run("hold", "list", "--json")).Ended(0).Json[0].GetProperty("id").GetString()!;
        (await Run("hold", "lift", hold, "--reason", "It has ended")).Ended(0);

        Assert.Contains("Erased: 1 statement", (await Run("erase", "record", id, "--yes", "--reason", "Retention")).Ended(0).Out, StringComparison.Ordinal);
        (await Run("erase", "record", id)).Ended(ExitCodes.BadInput);
        Assert.Equal(JsonValueKind.Array, (await Run("erasures", "list", "--json")).Ended(0).Json.ValueKind);
        Assert.Contains("Retention", (await Run("erasures", "list")).Ended(0).Out, StringComparison.Ordinal);
        (await Run("erasures", "export", "erasures.json")).Ended(0);
        (await Run("erasures", "export", "erasures.json")).Ended(ExitCodes.BadInput);
        // Beside the workbench as well, and the same.
        using (Gate.Open(Store))
        {
            var beside = (await Run("erasures", "export", "beside.json")).Ended(0);
            Assert.Contains("1 erasure", beside.Error, StringComparison.Ordinal);
            (await Run("erasures", "export", "beside.json")).Ended(ExitCodes.BadInput);
            (await Run("erasures", "list")).Ended(ExitCodes.StoreTrouble);
        }
        (await Run("restore", "old.fsb", "--key-file", key, "--store", "beside", "--erasures", "beside.json")).Ended(0);
        Assert.DoesNotContain("Zebulon", (await Run("export", "--store", "beside")).Ended(0).Out, StringComparison.Ordinal);
        var nowhere = (await Run("erasures", "export", "no/such/folder/e.json")).Ended(ExitCodes.BadInput);
        Assert.Contains("There is no folder", nowhere.Error, StringComparison.Ordinal);
        string[] restore = ["restore", "old.fsb", "--key-file", key, "--store", "again"];
        (await Run([.. restore, "--erasures", "none.json"])).Ended(ExitCodes.BadInput);
        (await Run([.. restore, "--erasures", "r.json"])).Ended(ExitCodes.BadInput);
        (await Run([.. restore, "--erasures", "erasures.json", "--nothing-erased-since"])).Ended(ExitCodes.BadUsage);
        (await Run([.. restore, "--erasures", "erasures.json"])).Ended(0);
        var found = (await Run("export", "--store", "again")).Ended(0);
        Assert.Contains("Una Heron", found.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Zebulon", found.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_that_sign_in_is_encrypted_with_is_replaced()
    {
        (await Run("keys", "rotate")).Ended(ExitCodes.StoreTrouble);
        folder.Write("r.json", "{\"id\":\"1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Una Heron\"]}}\n");
        (await Run("import", "r.json", "--source", "Notes")).Ended(0);
        (await Run("keys", "rotate", "--as", "analyst")).Ended(ExitCodes.BadUsage);
        Assert.Equal(1, (await Run("keys", "rotate", "--json")).Ended(0).Json.GetProperty("keysDestroyed").GetInt32());
        Assert.Contains("1 key destroyed", (await Run("keys", "rotate")).Ended(0).Out, StringComparison.Ordinal);
        (await Run("search", "heron")).Ended(0);
    }

    [Fact]
    public async Task In_a_demo_world_whoever_is_named_needs_the_role()
    {
        (await CommandRun.Of(folder, ["demo", "--records", "300"], store: Store)).Ended(0);
        var refused = (await Run("erase", "record", "00000000000000000000000000", "--as", "analyst")).Ended(ExitCodes.BadUsage);
        Assert.Contains("information manager", refused.Error, StringComparison.Ordinal);
    }

    private Task<CommandRun> Run(params string[] arguments) => CommandRun.Of(folder, arguments, store: Store);
}
