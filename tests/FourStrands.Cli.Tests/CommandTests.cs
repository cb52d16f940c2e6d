using System.Text;
using System.Text.Json;

namespace FourStrands.Cli.Tests;

/// <summary>Commands over the demo world that only read: what they say, and the shape of their JSON.</summary>
[Collection("demo world")]
public sealed class ReadingTests(DemoFolder demo)
{
    [Fact]
    public async Task As_takes_the_demo_world_s_people_and_nobody_else()
    {
        var run = (await demo.Run("sources", "--as", "nobody")).Ended(ExitCodes.BadUsage);
        Assert.Contains("glenbrae (Callum Reid, procurement officer, Glenbrae Council)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_not_be_seen_is_as_if_it_were_not_there()
    {
        string analyst = (await demo.Run("search", "carrowmuir", "--json"))
            .Ended(0)
            .Json.GetProperty("hits")[0]
            .GetProperty("entity")
            .GetProperty("id")
            .GetString()!;
        var council = (await demo.Run("show", analyst, "--as", "glenbrae")).Ended(ExitCodes.BadInput);
        var nothing = (await demo.Run("show", "00000000000000000000000000", "--as", "glenbrae")).Ended(ExitCodes.BadInput);
        Assert.Equal(nothing.Error.Replace("00000000000000000000000000", analyst, StringComparison.Ordinal), council.Error);
    }

    [Fact]
    public async Task Sources_as_json()
    {
        var sources = (await demo.Run("sources", "--json", "--as", "strathorn")).Ended(0).Json.EnumerateArray().ToList();
        Assert.Contains(sources, s => Name(s) == "Register of Companies (fictional)");
        Assert.Contains(sources, s => Name(s) == "Strathorn Council: own notes (fictional)");
        Assert.DoesNotContain(sources, s => Name(s) == "Glenbrae Council: own notes (fictional)");
        Assert.DoesNotContain(sources, s => Name(s) == "Police Intelligence (fictional)");
        Assert.All(sources, s => Assert.True(s.GetProperty("records").GetInt32() > 0));
        Assert.Equal("public", sources.Single(s => Name(s) == "Sanctions List (fictional)").GetProperty("imports")[0].GetProperty("label").GetString());

        static string Name(JsonElement s) => s.GetProperty("source").GetProperty("name").GetString()!;
    }

    [Fact]
    public async Task Search_as_json()
    {
        var found = (await demo.Run("search", "lomarren", "--kind", "Company", "--json", "--as", "strathorn")).Ended(0).Json;
        Assert.False(found.GetProperty("more").GetBoolean());
        var entity = found
            .GetProperty("hits")
            .EnumerateArray()
            .Single(h => h.GetProperty("matched").GetString() == "Lomarren Civil Engineering Ltd")
            .GetProperty("entity");
        Assert.Equal("Company", entity.GetProperty("schema").GetString());
        Assert.Equal(26, entity.GetProperty("id").GetString()!.Length);
    }

    [Fact]
    public async Task Show_says_who_says_what()
    {
        var shown = (await demo.Run("show", "Fraser Iain Tullibrae", "--json", "--as", "strathorn")).Ended(0).Json;
        var born = shown.GetProperty("properties").EnumerateArray().Single(p => p.GetProperty("property").GetString() == "birthDate");
        Assert.All(born.GetProperty("values").EnumerateArray(), v => Assert.Equal("1979-08", v.GetProperty("value").GetString()));
        Assert.Contains(
            shown.GetProperty("connections").EnumerateArray(),
            c => c.GetProperty("other").GetProperty("caption").GetString()!.StartsWith("Harrow Glen", StringComparison.Ordinal)
        );
        var text = (await demo.Run("show", "Fraser Iain Tullibrae", "--as", "glenbrae")).Ended(0);
        Assert.Contains("Glenbrae Council: own notes (fictional)", text.Out, StringComparison.Ordinal);
        Assert.Contains("23 August 1979", text.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_several_have_is_asked_back()
    {
        var run = (await demo.Run("show", "glenbrae")).Ended(ExitCodes.BadInput);
        Assert.Contains("say which by its identifier", run.Error, StringComparison.Ordinal);
        run = (await demo.Run("show", "Zzyzzyx Qqq")).Ended(ExitCodes.BadInput);
        Assert.Contains("Nothing that you can see is called", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_is_said_step_by_step()
    {
        string[] ends = ["Vostrin Freight (Scotland) Ltd", "Anatoliy Vostrikhov", "--as", "strathorn"];
        var text = (await demo.Run(["path", .. ends])).Ended(0);
        Assert.Contains("is owned by Grey Gannet Nominees Ltd", text.Out, StringComparison.Ordinal);
        var path = (await demo.Run(["path", .. ends, "--json"])).Ended(0).Json;
        Assert.Equal(3, path.GetProperty("steps").GetArrayLength());
        var none = (await demo.Run(["path", .. ends, "--ties", "2"])).Ended(0);
        Assert.Contains("Nothing that you can see leads from", none.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_as_json_and_as_csv()
    {
        var result = (await demo.Run("check", "store/bidders.csv", "--json", "--as", "glenbrae")).Ended(ExitCodes.Findings).Json;
        Assert.Equal(8, result.GetProperty("bidders").GetArrayLength());
        var csv = (await demo.Run("check", "store/bidders.csv", "--csv", "--as", "glenbrae")).Ended(ExitCodes.Findings);
        Assert.StartsWith("\uFEFF\"Bidder\",", csv.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_reads_a_list_from_a_pipe_and_says_what_it_could_not_use()
    {
        var run = await CommandRun.Of(
            demo.Folder,
            ["check", "-", "--as", "glenbrae"],
            Encoding.UTF8.GetBytes("name,company number\nLomarren Civil Engineering Ltd,ZZ990301\n,ZZ990999\n")
        );
        run.Ended(ExitCodes.Done);
        Assert.Contains("line 3", run.Error, StringComparison.Ordinal);
        (await CommandRun.Of(demo.Folder, ["check", "-", "--as", "glenbrae"], [])).Ended(ExitCodes.BadInput);
    }

    [Fact]
    public async Task Check_says_what_it_read_before_it_looks_anything_up()
    {
        var run = await CommandRun.Of(
            demo.Folder,
            ["check", "-", "--as", "glenbrae"],
            Encoding.UTF8.GetBytes("Winter gritting 2027\nCompany name,Company no,Postcode\nVostrin Freight (Scotland) Ltd,ZZ990501,QX4 9VF\n")
        );
        run.Ended(ExitCodes.Findings);
        Assert.Contains("Line 1 stands above the headings and was not read: “Winter gritting 2027”.", run.Error, StringComparison.Ordinal);
        Assert.Contains("line 3: Vostrin Freight (Scotland) Ltd (company number ZZ990501; postcode QX4 9VF)", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Company name", run.Out, StringComparison.Ordinal);
        Assert.Contains("Taken to be “Vostrin Freight (Scotland) Ltd”", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ZZ990501", "ZZ990501: ")]
    [InlineData("Vostrin Freight (Scotland) Ltd, ZZ990501, QX4 9VF", "Vostrin Freight (Scotland) Ltd (ZZ990501): Taken to be")]
    public async Task Check_understands_a_number_alone_and_a_line_with_number_and_postcode(string bidder, string said)
    {
        var run = (await demo.Run("check", bidder, "--as", "glenbrae")).Ended(ExitCodes.Findings);
        Assert.Contains(said, run.Out, StringComparison.Ordinal);
        Assert.Contains("Vostrin Freight (Scotland) Ltd, Register of Companies (fictional)", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_identified_or_not_judged_does_not_end_with_0()
    {
        var nobody = (await demo.Run("check", "Nobody Knows This Firm Ltd", "--as", "glenbrae")).Ended(ExitCodes.Findings);
        Assert.Contains("Not identified: no source that was searched has a record of it.", nobody.Out, StringComparison.Ordinal);
        var unjudged = (await demo.Run("check", "Lomarren Civil Engineering Ltd", "--as", "glenbrae")).Ended(ExitCodes.Findings);
        Assert.Contains("To be judged first: it may be “Lomarren Civil Engineering Ltd”", unjudged.Out, StringComparison.Ordinal);
        Assert.Matches("      judge [0-9a-z]{26} [0-9a-z]{26}", unjudged.Out);
        var json = (await demo.Run("check", "Nobody Knows This Firm Ltd", "--json", "--as", "glenbrae")).Ended(ExitCodes.Findings).Json;
        Assert.Equal("notIdentified", json.GetProperty("bidders")[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_name_means_what_a_register_says_and_not_a_bidder_that_was_checked()
    {
        (await demo.Run("check", "Vostrin Freight (Scotland) Limited", "--as", "strathorn")).Ended(ExitCodes.Findings);
        (await demo.Run("check", "Lomarren Civil Engineering Ltd", "--as", "strathorn")).Ended(ExitCodes.Findings);
        var shown = (await demo.Run("show", "Lomarren Civil Engineering Ltd", "--as", "strathorn")).Ended(0);
        Assert.Contains("Register of Companies (fictional)", shown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_world_is_made_once()
    {
        var again = (await demo.Run("demo")).Ended(0);
        Assert.Contains("is in", again.Error, StringComparison.Ordinal);
        var other = (await demo.Run("demo", "--seed", "9")).Ended(ExitCodes.StoreTrouble);
        Assert.Contains("holds a demo world of 3,000 records", other.Error, StringComparison.Ordinal);
    }
}

/// <summary>Commands that write, each in a store of its own.</summary>
public sealed class WritingTests : IDisposable
{
    private const string People = """
        {"id":"a","schema":"Person","properties":{"name":["Ailsa Corrigarth"],"birthDate":["1980-05-06"]}}
        {"id":"b","schema":"Person","properties":{"name":["Struan Mellowdale"]}}
        not json
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task As_is_refused_where_data_may_be_real()
    {
        folder.Write("people.json", People);
        (await Run("import", "people.json")).Ended(0);
        var run = (await Run("sources", "--as", "analyst")).Ended(ExitCodes.BadUsage);
        Assert.Contains("--as is for demo worlds only", run.Error, StringComparison.Ordinal);
        run = (await Run("demo")).Ended(ExitCodes.StoreTrouble);
        Assert.Contains("not a demo world's", run.Error, StringComparison.Ordinal);
        run = (await Run("demo", "--score")).Ended(ExitCodes.StoreTrouble);
        Assert.Contains("no finished demo world", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Good_lines_go_in_and_bad_ones_are_listed()
    {
        folder.Write("people.json", People);
        var run = (await Run("import", "people.json", "--json")).Ended(0);
        Assert.Contains("line 3", run.Error, StringComparison.Ordinal);
        var import = run.Json[0];
        Assert.Equal(2, import.GetProperty("records").GetInt32());
        Assert.Equal(1, import.GetProperty("rejected").GetInt32());
        Assert.Equal("official;agencies=own-agency", import.GetProperty("label").GetString());
        string id = import.GetProperty("id").GetString()!;
        var rejects = (await Run("rejects", id, "--json")).Ended(0).Json;
        Assert.Equal(3, rejects[0].GetProperty("line").GetInt32());
        Assert.Contains("not json", (await Run("rejects", id)).Ended(0).Out, StringComparison.Ordinal);
        (await Run("rejects", "00000000000000000000000000")).Ended(ExitCodes.BadInput);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        folder.Write("people.json", People);
        (await Run("import", "people.json")).Ended(0);
        string before = (await Run("sources", "--json")).Out;
        var again = (await Run("import", "people.json")).Ended(0);
        Assert.Contains("nothing was changed", again.Error, StringComparison.Ordinal);
        Assert.Equal(before, (await Run("sources", "--json")).Out);
    }

    [Fact]
    public async Task A_file_of_which_nothing_can_be_used_ends_with_3_and_brings_in_nothing()
    {
        folder.Write("notes.txt", "Dear Sir or Madam\n");
        folder.Write("empty.csv", "");
        foreach (string file in new[] { "notes.txt", "empty.csv" })
        {
            var run = (await Run("import", file)).Ended(ExitCodes.BadInput);
            Assert.Contains($"{file}: nothing in it could be used", run.Error, StringComparison.Ordinal);
        }
        Assert.Contains("There are no sources", (await Run("sources")).Ended(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_complete_import_withdraws_what_is_said_no_more()
    {
        folder.Write("one.json", People.Replace("not json", "", StringComparison.Ordinal));
        folder.Write("two.json", People.Split('\n')[0] + "\n");
        (await Run("import", "one.json", "--source", "List", "--complete")).Ended(0);
        var run = (await Run("import", "two.json", "--source", "List", "--complete")).Ended(0);
        Assert.Contains("1 withdrawn", run.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing that you can see matches", (await Run("search", "mellowdale")).Ended(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_label_that_the_importer_does_not_satisfy_is_refused()
    {
        folder.Write("people.json", People);
        var run = (await Run("import", "people.json", "--label", "official;agencies=glenbrae-council")).Ended(ExitCodes.BadUsage);
        Assert.Contains("could not see what is labelled", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftm")]
    [InlineData("statements")]
    public async Task What_is_exported_can_be_imported(string format)
    {
        folder.Write("people.json", People);
        (await Run("import", "people.json", "--source", "List", "--label", "public")).Ended(0);
        (await Run("export", "--format", format, "--output", "out.data")).Ended(0);
        (await CommandRun.Of(folder, ["import", "out.data", "--store", "second", "--source", "Again"])).Ended(0);
        var found = (await CommandRun.Of(folder, ["show", "Ailsa Corrigarth", "--store", "second"])).Ended(0);
        Assert.Contains("6 May 1980", found.Out, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path, "*.new"));
    }

    [Fact]
    public async Task An_export_says_which_labels_it_does_not_carry()
    {
        folder.Write("people.json", People);
        (await Run("import", "people.json", "--source", "List")).Ended(0);
        var run = (await Run("export")).Ended(0);
        Assert.Contains("official;agencies=own-agency", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        (await Run("export", "--source", "Nothing")).Ended(ExitCodes.BadInput);
    }

    [Fact]
    public async Task A_judgement_is_kept_with_name_and_reason()
    {
        const string same = """{"id":"ID","schema":"Person","properties":{"name":["Ailsa Corrigarth"],"birthDate":["1980-05-06"]}}""";
        folder.Write("left.json", same);
        folder.Write("right.json", same);
        (await Run("import", "left.json")).Ended(0);
        (await Run("import", "right.json")).Ended(0);
        var records = await RecordsOf("Ailsa Corrigarth");
        Assert.Equal(2, records.Count);
        (await Run("judge", records[0], records[1], "same", "--reason", "  ")).Ended(ExitCodes.BadUsage);
        (await Run("judge", records[0], "00000000000000000000000000", "same", "--reason", "x")).Ended(ExitCodes.BadInput);
        var judged = (await Run("judge", records[0], records[1], "different", "--reason", "Met both", "--json")).Ended(0).Json;
        Assert.Equal("different", judged.GetProperty("verdict").GetString());
        Assert.Equal("Met both", judged.GetProperty("reason").GetString());
        Assert.Equal([records[0]], await RecordsOf(records[0]));
        Assert.Equal([records[1]], await RecordsOf(records[1]));
    }

    [Fact]
    public async Task Control_characters_in_data_do_not_reach_the_terminal()
    {
        folder.Write("people.json", """{"id":"a","schema":"Person","properties":{"name":["Evil \u001b[2J Corrigarth"]}}""");
        (await Run("import", "people.json")).Ended(0);
        var run = (await Run("search", "corrigarth")).Ended(0);
        Assert.DoesNotContain('\u001b', run.Out);
        Assert.Contains("Corrigarth", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demo_world_that_was_not_finished_is_finished()
    {
        Directory.CreateDirectory(folder.File("store"));
        new DemoMark(300, 5, Complete: false).Write(folder.File("store"));
        var run = (await Run("demo")).Ended(0);
        Assert.Contains("going on with it", run.Error, StringComparison.Ordinal);
        Assert.Equal(new DemoMark(300, 5, Complete: true), DemoMark.Read(folder.File("store")));
    }

    private async Task<List<string>> RecordsOf(string name)
    {
        var shown = (await Run("show", name, "--json")).Ended(0).Json;
        return [.. shown.GetProperty("records").EnumerateArray().Select(r => r.GetProperty("id").GetString()!)];
    }

    private Task<CommandRun> Run(params string[] arguments) => CommandRun.Of(folder, arguments);
}
