namespace FourStrands.Cli.Tests;

/// <summary>Correcting from the command line: said first, done when asked.</summary>
public sealed class CorrectTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_value_is_put_right_and_a_record_withdrawn_when_that_is_asked_for()
    {
        folder.Write("r.json", "{\"id\":\"1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Una Heron\"],\"birthDate\":[\"1980-05-04\"]}}\n");
        (await Run("import", "r.json", "--source", "Notes")).Ended(0);
        string id = (await Run("search", "heron", "--json")).Ended(0).Json.GetProperty("hits")[0].GetProperty("entity").GetProperty("id").GetString()!;
        string[] correct = ["correct", "statement", id, "birthDate", "1980-05-04"];
        Assert.Contains("1 statement", (await Run(correct)).Ended(0).Out, StringComparison.Ordinal);
        Assert.Contains("1980-05-04", (await Run("show", id, "--json")).Ended(0).Out, StringComparison.Ordinal);
        (await Run([.. correct, "--right", "soon", "--yes", "--reason", "Mixed up"])).Ended(ExitCodes.BadInput);
        var done = (await Run([.. correct, "--right", "1980-04-05", "--yes", "--reason", "Mixed up", "--json"])).Ended(0).Json[0];
        Assert.Equal("1980-04-05", done.GetProperty("values")[0].GetProperty("now").GetString());
        string shown = (await Run("show", id, "--json")).Ended(0).Out;
        Assert.Contains("1980-04-05", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("1980-05-04", shown, StringComparison.Ordinal);
        (await Run(correct)).Ended(ExitCodes.BadInput);
        (await Run("correct", "record", id, "--yes", "--reason", "It was somebody else")).Ended(0);
        (await Run("show", id)).Ended(ExitCodes.BadInput);
        Assert.Contains("Mixed up", (await Run("correct", "list")).Ended(0).Out, StringComparison.Ordinal);
    }

    private Task<CommandRun> Run(params string[] arguments) => CommandRun.Of(folder, arguments, store: folder.File("store"));
}
