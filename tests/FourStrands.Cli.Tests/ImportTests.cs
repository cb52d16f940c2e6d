using System.Globalization;

namespace FourStrands.Cli.Tests;

/// <summary>What becomes of files that are damaged, repeat themselves or are not known, and what the program says of it.</summary>
public sealed class ImportTests : IDisposable
{
    private const string Ailsa = """{"id":"a","schema":"Person","properties":{"name":["Ailsa Corrigarth"],"birthDate":["1980-05-06"]}}""" + "\n";
    private const string Struan = """{"id":"b","schema":"Person","properties":{"name":["Struan Mellowdale"]}}""" + "\n";
    private const string Una = """{"id":"c","schema":"Person","properties":{"name":["Una Fennelrig"]}}""" + "\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Ailsa + "not json\n")]
    [InlineData(Ailsa + """{"id":"b","schema":"Pers""")]
    public async Task A_complete_import_that_could_not_be_read_to_its_end_withdraws_nothing_and_ends_with_3(string damaged)
    {
        folder.Write("whole.json", Ailsa + Struan + Una);
        folder.Write("damaged.json", damaged);
        (await Run("import", "whole.json", "--source", "List", "--complete")).Ended(0);
        string before = (await Run("sources", "--json")).Out;

        var run = (await Run("import", "damaged.json", "--source", "List", "--complete")).Ended(ExitCodes.BadInput);
        Assert.Contains("2 of the source's 4 statements would have been withdrawn", run.Error, StringComparison.Ordinal);
        Assert.Contains("--complete-despite-rejections", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, (await Run("sources", "--json")).Out);
        Assert.Contains("Struan Mellowdale", (await Run("search", "mellowdale")).Out, StringComparison.Ordinal);

        run = await Run("import", "damaged.json", "--source", "List", "--complete-despite-rejections");
        Assert.Contains("2 withdrawn", run.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing that you can see", (await Run("search", "mellowdale")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_damaged_file_of_several_is_enough_to_withdraw_nothing()
    {
        folder.Write("one.json", Ailsa);
        folder.Write("two.json", Struan);
        (await Run("import", "one.json", "two.json", "--source", "List", "--complete")).Ended(0);
        folder.Write("two.json", "");
        (await Run("import", "one.json", "two.json", "--source", "List", "--complete")).Ended(ExitCodes.BadInput);
        Assert.Contains("Struan Mellowdale", (await Run("search", "mellowdale")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_cut_off_ends_with_3_and_one_with_bad_rows_with_0()
    {
        folder.Write("rows.json", Ailsa + "not json\n");
        folder.Write("cut.json", Struan + """{"id":"c","schema":"Pers""");
        (await Run("import", "rows.json")).Ended(0);
        var run = (await Run("import", "cut.json")).Ended(ExitCodes.BadInput);
        Assert.Contains("not all of it could be read", run.Error, StringComparison.Ordinal);
        Assert.Contains("Struan Mellowdale", (await Run("search", "mellowdale")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,\"ADAMSON, Ann\",\"individual\",\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n2,\"BELL, Bob\",\"indi", ExitCodes.BadInput)]
    [InlineData("1,\"ADAMSON, Ann\",\"individual\",\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n2,\"BELL, Bob\",-0- ", ExitCodes.BadInput)]
    [InlineData("1,\"ADAMSON, Ann\",\"individual\",\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n2,\"BELL, Bob\",-0- \n", ExitCodes.Done)]
    public async Task A_table_that_ends_in_the_middle_of_a_row_was_cut_off(string content, int code)
    {
        folder.Write("sdn.csv", content);
        (await Run("import", "sdn.csv", "--format", "ofac-sdn")).Ended(code);
        Assert.Contains("ADAMSON", (await Run("search", "adamson")).Out, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_a_file_says_twice_is_not_called_there_already()
    {
        folder.Write("twice.json", Ailsa + Ailsa);
        folder.Write("more.json", Ailsa + Struan);
        var run = (await Run("import", "twice.json", "--source", "List")).Ended(0);
        Assert.Contains("2 records, 2 statements new, 2 repeated in the file", run.Error, StringComparison.Ordinal);
        run = (await Run("import", "more.json", "--source", "List")).Ended(0);
        Assert.Contains("1 statement new, 2 said before, here or in an earlier import", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_in_no_known_format_are_said_shortly_and_the_formats_once()
    {
        folder.Write("letter.txt", "Dear Sir or Madam\n");
        folder.Write("note.txt", "Yours faithfully\n");
        var run = (await Run("import", "letter.txt", "note.txt")).Ended(ExitCodes.BadInput);
        Assert.Contains("letter.txt: This file is in none of the formats that can be read.", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.Error.Split("'fourstrands formats'").Length);
        Assert.DoesNotContain("ofac-sdn", run.Error, StringComparison.Ordinal);
        foreach (string[] asked in new[] { new[] { "formats" }, ["--help", "formats"], ["formats", "--json"] })
            Assert.Contains("ofac-sdn", (await Run(asked)).Ended(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_whole_file_has_no_line()
    {
        folder.Write("people.json", Ailsa);
        folder.Write("empty.csv", "");
        var run = await Run("import", "people.json", "empty.csv", "--source", "List", "--json");
        Assert.Contains("1 part could not be used", run.Error, StringComparison.Ordinal);
        string line = (await Run("rejects", run.Json[0].GetProperty("id").GetString()!)).Ended(0).Out.Split('\n')[1];
        Assert.StartsWith(" ", line, StringComparison.Ordinal);
        Assert.Contains("The file is empty", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_agency_s_source_of_that_name_is_spoken_of_before()
    {
        (await Run("demo", "--records", "300")).Ended(0);
        folder.Write("people.json", Ailsa);
        var run = (await Run("import", "people.json", "--source", "sanctions list (fictional)", "--as", "glenbrae")).Ended(0);
        Assert.Contains("sanctions-office has a source called 'sanctions list (fictional)' too", run.Error, StringComparison.Ordinal);
        // Of what the councillor does not see, nothing is said.
        run = (await Run("import", "people.json", "--source", "Police Intelligence (fictional)", "--as", "glenbrae")).Ended(0);
        Assert.DoesNotContain(" too. ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_stops_it_is_told_what_is_true_then()
    {
        folder.Write("people.json", Ailsa + Struan + Una);
        using var bytes = new MemoryStream();
        var heard = new Listening();
        var terminal = new Terminal
        {
            Out = new StreamWriter(bytes),
            OutBytes = bytes,
            Error = new StringWriter(),
            In = Stream.Null,
            Folder = folder.Path,
            Environment = _ => null,
            Clock = heard,
        };
        heard.Ask = () => terminal.Interrupted();
        Assert.Equal(0, await new CommandLine(terminal).Run(["import", "people.json"], TestContext.Current.CancellationToken));
        Assert.Equal(["Interrupted. What was not finished was not kept.", Interruption.AfterCommit], heard.Said.Distinct());
        Assert.Contains("The import is in", Interruption.AfterCommit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_interrupts_while_an_import_is_linked_is_told_that_it_is_in()
    {
        folder.Write("people.json", Ailsa + Struan + Una);
        using var interrupted = new CancellationTokenSource();
        using var bytes = new MemoryStream();
        using var said = new StringWriter();
        var heard = new Listening();
        var terminal = new Terminal
        {
            Out = new StreamWriter(bytes),
            OutBytes = bytes,
            Error = said,
            In = Stream.Null,
            Folder = folder.Path,
            Environment = _ => null,
            Clock = heard,
        };
        heard.Ask = () =>
        {
            if (terminal.Interrupted() == Interruption.AfterCommit)
                interrupted.Cancel();
            return "";
        };
        Assert.Equal(ExitCodes.Interrupted, await new CommandLine(terminal).Run(["import", "people.json"], interrupted.Token));
        Assert.EndsWith(Interruption.AfterCommit + Environment.NewLine, said.ToString(), StringComparison.Ordinal);
        // Whoever runs the store is told that something is left to do; those through whose eyes they look in a demo world are not.
        var run = (await Run("search", "ailsa")).Ended(0);
        Assert.Contains("'fourstrands link' finishes it", run.Error, StringComparison.Ordinal);
        folder.Write("store/demo-world.json", """{"Records":3,"Seed":1,"Complete":true}""");
        Assert.DoesNotContain("fourstrands link", (await Run("search", "ailsa", "--as", "visitor")).Ended(0).Error, StringComparison.Ordinal);
        (await Run("link", "--as", "visitor")).Ended(ExitCodes.BadUsage);
        (await Run("link")).Ended(0);
        Assert.DoesNotContain("fourstrands link", (await Run("search", "ailsa")).Ended(0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_no_wider_than_a_terminal_and_its_identifiers_are_whole()
    {
        string name = string.Join(' ', Enumerable.Repeat("Corrigarth", 40));
        folder.Write("people.json", $$$"""{"id":"a","schema":"Person","properties":{"name":["{{{name}}}"],"birthDate":["1980-05-06"]}}""");
        (await Run("import", "people.json")).Ended(0);
        string[] lines = (await Run("search", "corrigarth")).Ended(0).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 100));
        Assert.Contains("…", lines[1], StringComparison.Ordinal);
        string id = lines[1].Split(' ')[0];
        Assert.Equal(26, id.Length);
        string shown = (await Run("show", id)).Ended(0).Out;
        Assert.Contains(name, shown, StringComparison.Ordinal);
        Assert.Contains(TimeProvider.System.GetUtcNow().ToString("MMMM yyyy", CultureInfo.InvariantCulture), shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_name_is_found_and_said_to_be_one()
    {
        folder.Write("people.json", Ailsa);
        (await Run("import", "people.json")).Ended(0);
        var run = (await Run("search", "Ailsa Corigarth")).Ended(0);
        Assert.Contains("spelt like it", run.Error, StringComparison.Ordinal);
        Assert.Contains("Ailsa Corrigarth", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_says_which_matches_it_crosses()
    {
        const string person = """{"id":"p","schema":"Person","properties":{"name":["Hamish Dow Ferrier"],"birthDate":["1961-02-03"]}}""" + "\n";
        foreach (string company in new[] { "Alphington", "Betatrade" })
        {
            folder.Write(
                company + ".json",
                person
                    + $$$"""{"id":"c","schema":"Company","properties":{"name":["{{{company}}} Ltd"]}}"""
                    + "\n"
                    + """{"id":"o","schema":"Ownership","properties":{"owner":["p"],"asset":["c"]}}"""
            );
            (await Run("import", company + ".json")).Ended(0);
        }
        string[] ends = ["path", "Alphington Ltd", "Betatrade Ltd"];
        var text = (await Run(ends)).Ended(0).Out;
        Assert.Contains("Hamish Dow Ferrier (Alphington) is taken to be Hamish Dow Ferrier (Betatrade)", text, StringComparison.Ordinal);
        Assert.Contains("nobody has judged it: ", text, StringComparison.Ordinal);
        var steps = (await Run([.. ends, "--json"])).Ended(0).Json.GetProperty("steps");
        Assert.Equal(0, steps[0].GetProperty("matches").GetArrayLength());
        var match = steps[1].GetProperty("matches")[0];
        Assert.False(match.GetProperty("judged").GetBoolean());
        (await Run("judge", Id("from"), Id("to"), "same", "--reason", "The same signature")).Ended(0);
        Assert.Contains("judged same by", (await Run(ends)).Ended(0).Out, StringComparison.Ordinal);

        string Id(string end) => match.GetProperty(end).GetProperty("id").GetString()!;
    }

    private Task<CommandRun> Run(params string[] arguments) => CommandRun.Of(folder, arguments);

    /// <summary>Notes, whenever somebody looks at the clock, what would be said of an interruption just then.</summary>
    private sealed class Listening : TimeProvider
    {
        public Func<string>? Ask { get; set; }

        public List<string> Said { get; } = [];

        public override long GetTimestamp()
        {
            if (Ask is not null)
                Said.Add(Ask());
            return base.GetTimestamp();
        }
    }
}
