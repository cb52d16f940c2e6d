namespace FourStrands.Cli.Tests;

/// <summary>The log is taken out and proved from the command line.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task A_log_is_taken_out_and_proved_elsewhere()
    {
        using var folder = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        string store = Path.Combine(folder.Path, "store");
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "r.json"),
            "{\"id\":\"1\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Heron Ltd\"]}}\n",
            TestContext.Current.CancellationToken
        );
        (await CommandRun.Of(folder, ["import", "r.json", "--source", "Register"], store: store)).Ended(0);
        (await CommandRun.Of(folder, ["search", "heron"], store: store)).Ended(0);
        var first = (await CommandRun.Of(folder, ["log", "export", "first.jsonl"], store: store)).Ended(0);
        Assert.StartsWith("fourstrands log of own-agency\n", first.Out, StringComparison.Ordinal);
        Assert.Contains("signed with the key", first.Error, StringComparison.Ordinal);
        (await CommandRun.Of(folder, ["log", "export", "first.jsonl"], store: store)).Ended(ExitCodes.BadInput);
        (await CommandRun.Of(folder, ["log", "export", "x.jsonl", "--agency", "nobody"], store: store)).Ended(ExitCodes.BadInput);
        (await CommandRun.Of(folder, ["search", "puffin"], store: store)).Ended(0);
        (await CommandRun.Of(folder, ["log", "export", "second.jsonl"], store: store)).Ended(0);

        string second = Path.Combine(folder.Path, "second.jsonl"),
            checkpoint = Path.Combine(elsewhere.Path, "checkpoint.txt");
        await File.WriteAllTextAsync(checkpoint, first.Out, TestContext.Current.CancellationToken);
        var proof = (await CommandRun.Of(elsewhere, ["log", "verify", second, "--checkpoint", checkpoint])).Ended(0);
        Assert.Contains("Whole and unchanged", proof.Out, StringComparison.Ordinal);
        Assert.Contains("was changed since", proof.Out, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(elsewhere.Path));

        // The checkpoint was made after the log was taken out: nothing is proved, and nobody accused.
        (await CommandRun.Of(folder, ["search", "egret"], store: store)).Ended(0);
        string newer = Path.Combine(elsewhere.Path, "newer.txt");
        await File.WriteAllTextAsync(
            newer,
            (await CommandRun.Of(folder, ["log", "export", "third.jsonl"], store: store)).Ended(0).Out,
            TestContext.Current.CancellationToken
        );
        var open = (await CommandRun.Of(elsewhere, ["log", "verify", second, "--checkpoint", newer])).Ended(ExitCodes.Findings);
        Assert.Contains("Take the log out again", open.Error, StringComparison.Ordinal);
        var json = (await CommandRun.Of(elsewhere, ["log", "verify", second, "--checkpoint", newer, "--json"])).Ended(ExitCodes.Findings).Json;
        Assert.Equal((false, true), (json.GetProperty("whole").GetBoolean(), json.GetProperty("open").GetBoolean()));

        string[] lines = await File.ReadAllLinesAsync(second, TestContext.Current.CancellationToken);
        Assert.Contains(lines, l => l.Contains("puffin", StringComparison.Ordinal));
        await File.WriteAllTextAsync(second, string.Join('\n', lines[..^1]) + '\n', TestContext.Current.CancellationToken);
        var cut = (await CommandRun.Of(elsewhere, ["log", "verify", second])).Ended(ExitCodes.BadInput);
        Assert.Contains("some were taken away", cut.Error, StringComparison.Ordinal);
        Assert.False((await CommandRun.Of(elsewhere, ["log", "verify", second, "--json"])).Ended(ExitCodes.BadInput).Json.GetProperty("whole").GetBoolean());
        (await CommandRun.Of(elsewhere, ["log", "verify", second, "--checkpoint", second])).Ended(ExitCodes.BadInput);
        (await CommandRun.Of(elsewhere, ["log", "verify", "nothing.jsonl"])).Ended(ExitCodes.BadInput);
        Assert.Contains(
            "'fourstrands log verify --help'",
            (await CommandRun.Of(elsewhere, ["log", "verify"])).Ended(ExitCodes.BadUsage).Error,
            StringComparison.Ordinal
        );
        Assert.Contains("--checkpoint checkpoint.txt", (await CommandRun.Of(elsewhere, ["log", "--help"])).Ended(0).Out, StringComparison.Ordinal);
    }
}
