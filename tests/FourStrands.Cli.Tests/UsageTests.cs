namespace FourStrands.Cli.Tests;

/// <summary>What is refused, with which exit code, and what the person is told to do. Refusals come first.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> NotUnderstood { get; } =
        new()
        {
            { "", "Required command was not provided" },
            { "frobnicate", "frobnicate" },
            { "search", "TEXT" },
            { "search a --limit 0", "--limit is a number from 1 to 1000" },
            { "search a --limit x", "--limit" },
            { "search a --kind Prson", "'Prson' is not a kind of subject" },
            { "check", "FILE|NAME" },
            { "check x --depth 0", "--depth is a number from 1 to" },
            { "check x --depth 99", "--depth is a number from 1 to" },
            { "check x --json --csv", "choose one" },
            { "check Alpha --born nonsense", "--born 'nonsense': This is not a date. Write it as 1980-11-22" },
            { "check Alpha --phone 12", "--phone '12': This is not a phone number. Write it as 0141 496 0123" },
            { "check Alpha --email bad", "--email 'bad': This is not an e-mail address. Write it as" },
            { "check Alpha --country Narnia", "--country 'Narnia': This is not a country. Write its name or its two-letter code" },
            { "check Alpha --number none-such", "--number 'none-such': This is not a company number. Write it as SC123456" },
            { "import", "FILE" },
            { "import x.csv --label secret", "may not be kept in this system" },
            { "import x.csv --label official;agencies=", "names nothing" },
            { "import x.csv --format nonsense", "There is no format 'nonsense'" },
            { "export --format xml", "xml" },
            { "path a b --ties 99", "--ties is a number from 1 to 12" },
            { "demo --records 5", "--records is a number from 100" },
            { "serve --port 70000", "--port is a number from 1 to 65535" },
            { "serve --public-address http://x.example", "--public-address is an https address" },
            { "serve --public-address https://x.example/path", "--public-address is an https address" },
            { "serve --providers no-such-file.json", "no-such-file.json cannot be read" },
            { "judge 00000000000000000000000000 00000000000000000000000001 maybe --reason x", "maybe" },
            { "judge 00000000000000000000000000 00000000000000000000000001 same", "--reason" },
            { "judge 00000000000000000000000000 00000000000000000000000000 same --reason x", "one and the same record" },
            { "rejects", "IMPORT" },
            { "erase record 00000000000000000000000000 --yes", "--reason is missing" },
            { "erase", "Required command" },
            { "retention keep 00000000000000000000000000 --until tomorrow --reason x", "write the day as 2027-03-31" },
            { "retention keep 00000000000000000000000000 --until 2027-03-31", "--reason" },
            { "correct record 00000000000000000000000000 --yes", "--reason is missing" },
            { "import x.csv --dated May", "write the day as 2027-03-31" },
            { "hold place thing 00000000000000000000000000 --reason x", "thing" },
            { "keys", "Required command" },
            { "keys move", "folder" },
        };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(NotUnderstood))]
    public async Task What_is_not_understood_ends_with_2_and_says_what(string line, string said)
    {
        var run = (await CommandRun.Of(folder, Words(line))).Ended(ExitCodes.BadUsage);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("import missing.csv", "There is no file")]
    [InlineData("import .", "is a folder")]
    [InlineData("check missing.csv", "There is no file")]
    [InlineData("check lists/bidders", "There is no file")]
    [InlineData("check .", "is a folder")]
    [InlineData("rejects short", "26 letters and digits")]
    [InlineData("import present.csv --mapping missing.yaml", "There is no mapping file")]
    public async Task What_cannot_be_read_ends_with_3(string line, string said)
    {
        folder.Write("present.csv", "a,b\n1,2\n");
        var run = (await CommandRun.Of(folder, Words(line))).Ended(ExitCodes.BadInput);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("store")));
    }

    [Theory]
    [InlineData("sources")]
    [InlineData("search x")]
    [InlineData("show x")]
    [InlineData("path a b")]
    [InlineData("check Somebody")]
    [InlineData("export")]
    [InlineData("demo --score")]
    [InlineData("rejects 00000000000000000000000000")]
    public async Task Reading_where_no_store_is_makes_none_and_ends_with_4(string line)
    {
        var run = (await CommandRun.Of(folder, Words(line))).Ended(ExitCodes.StoreTrouble);
        Assert.Contains("There is no store in", run.Error, StringComparison.Ordinal);
        Assert.Contains("fourstrands import FILE", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_store_is_said()
    {
        folder.Write("store", "not a folder");
        var run = (await CommandRun.Of(folder, ["demo"])).Ended(ExitCodes.StoreTrouble);
        Assert.Contains("is a file", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("import --help")]
    [InlineData("sources --help")]
    [InlineData("rejects --help")]
    [InlineData("formats --help")]
    [InlineData("check --help")]
    [InlineData("search --help")]
    [InlineData("show --help")]
    [InlineData("path --help")]
    [InlineData("judge --help")]
    [InlineData("export --help")]
    [InlineData("backup --help")]
    [InlineData("restore --help")]
    [InlineData("erase --help")]
    [InlineData("erase record --help")]
    [InlineData("erasures --help")]
    [InlineData("hold --help")]
    [InlineData("keys --help")]
    [InlineData("keys move --help")]
    [InlineData("demo --help")]
    [InlineData("serve --help")]
    public async Task Help_has_examples_and_exit_codes(string line)
    {
        var run = (await CommandRun.Of(folder, Words(line))).Ended(ExitCodes.Done);
        Assert.Contains("Usage:", run.Out, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  fourstrands ", run.Out, StringComparison.Ordinal);
        Assert.Contains("Exit codes: 0 done", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_is_in_the_docs()
    {
        string docs = await File.ReadAllTextAsync(Path.Combine(Project.Root, "docs", "command-line.md"), TestContext.Current.CancellationToken);
        var run = (await CommandRun.Of(folder, ["--help"])).Ended(ExitCodes.Done);
        foreach (string line in run.Out.Split("Commands:")[1].Split("Examples:")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Trim().Length > 0)
                Assert.Contains($"`{line.Trim().Split(' ')[0]}", docs, StringComparison.Ordinal);
        }
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Where the project lies.</summary>
internal static class Project
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder)
    {
        while (!File.Exists(Path.Combine(folder, "FourStrands.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the project.");
        return folder;
    }
}
