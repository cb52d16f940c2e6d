using System.Text.Json;

namespace FourStrands.Cli.Tests;

/// <summary>How long things are kept, from the command line.</summary>
public sealed class RetentionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_is_under_a_schedule_is_due_and_is_kept()
    {
        folder.Write("r.json", "{\"id\":\"1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Una Heron\"]}}\n");
        (await Run("import", "r.json", "--source", "Notes", "--schedule", "None such")).Ended(ExitCodes.BadInput);
        (await Run("retention", "add", "One year", "--months", "0", "--basis", "The law")).Ended(ExitCodes.BadInput);
        Assert.Contains(
            "One year: 1 year",
            (await Run("retention", "add", "One year", "--months", "12", "--basis", "The law", "--from-source-date", "--propose-erasure")).Ended(0).Out,
            StringComparison.Ordinal
        );
        var future = (await Run("import", "r.json", "--source", "Notes", "--schedule", "One year", "--dated", "2099-01-01")).Ended(ExitCodes.BadInput);
        Assert.Contains("2099-01-01 is in the future", future.Error, StringComparison.Ordinal);
        (await Run("import", "r.json", "--source", "Notes", "--schedule", "one year", "--dated", "2019-05-06")).Ended(0);
        var due = (await Run("retention", "--json")).Ended(0).Json[0];
        Assert.Equal(
            ("One year", "2020-05-06", true),
            (due.GetProperty("schedule").GetString(), due.GetProperty("due").GetString(), due.GetProperty("proposedForErasure").GetBoolean())
        );
        string id = due.GetProperty("id").GetString()!;
        Assert.Contains(id, (await Run("retention")).Ended(0).Out, StringComparison.Ordinal);
        (await Run("retention", "keep", id, "--until", "2001-01-01", "--reason", "Needed")).Ended(ExitCodes.BadInput);
        (await Run("retention", "keep", "00000000000000000000000000", "--until", "2099-01-01", "--reason", "Needed")).Ended(ExitCodes.BadInput);
        (await Run("retention", "keep", id, "--until", "2099-01-01", "--reason", "Needed in court")).Ended(0);
        Assert.Contains("Nothing is due", (await Run("retention")).Ended(0).Error, StringComparison.Ordinal);
        Assert.Contains("kept: Needed in court", (await Run("retention", "--all")).Ended(0).Out, StringComparison.Ordinal);
        (await Run("retention", "put", id, "--schedule", "One year", "--reason", "It was right before")).Ended(0);
        Assert.True((await Run("retention", "--json")).Ended(0).Json[0].GetProperty("isDue").GetBoolean());
        (await Run("retention", "put", id, "--schedule", "One year", "--dated", "2099-01-01", "--reason", "Wrong day")).Ended(ExitCodes.BadInput);
        (await Run("hold", "place", "import", id, "--reason", "Inquiry", "--review", "2001-01-01")).Ended(ExitCodes.BadInput);
        (await Run("hold", "place", "import", id, "--reason", "Inquiry", "--review", "2099-01-01")).Ended(0);
        Assert.Contains("hold: Inquiry", (await Run("retention", "--all")).Ended(0).Out, StringComparison.Ordinal);
        Assert.Contains("EXAMPLE, not verified", (await Run("retention", "examples")).Ended(0).Out, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Array, (await Run("retention", "schedules", "--json")).Ended(0).Json.ValueKind);
    }

    private Task<CommandRun> Run(params string[] arguments) => CommandRun.Of(folder, arguments, store: folder.File("store"));
}
