using System.Text;
using Microsoft.Playwright;
using static FourStrands.EndToEnd.Waits;

namespace FourStrands.EndToEnd;

/// <summary>Bringing files in where something must be decided first: with and without script, at the width of a phone.</summary>
public sealed class ImportTests(RunningWorkbench workbench)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_whole_list_that_would_withdraw_much_is_asked_about_before_it_does(bool script)
    {
        string source = $"Register of scrap dealers {(script ? "A" : "B")}";
        await using var person = await workbench.Open(SampleWorld.Strathorn, script, width: 320, height: 640);
        var page = person.Page;
        string[] dealers = [.. Enumerable.Range(1, 5).Select(i => Dealer(source, i))];
        await Bring(page, source, complete: true, Payload("dealers.jsonl", dealers));
        await Reaches(page, "**/imports/*");

        await Bring(page, source, complete: true, Payload("dealers.jsonl", dealers[..2]));
        await page.GetByRole(AriaRole.Heading, new() { Name = "Nothing is brought in yet" }).WaitForAsync();
        if (script)
        {
            await person.MustBeAccessible("import-asks-withdrawal");
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 320, "The question is wider than a phone.");
        }
        await Assertions.Expect(page.GetByText("6 statements of 10")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Do not bring it in" }).ClickAsync();
        await Reaches(page, "**/sources/import");
        Assert.Equal(5, await Found(page, source));

        await Bring(page, source, complete: true, Payload("dealers.jsonl", dealers[..2]));
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring it in, withdraw nothing" }).ClickAsync();
        await Reaches(page, "**/imports/*");
        Assert.Equal(5, await Found(page, source));

        await Bring(page, source, complete: true, Payload("dealers.jsonl", [dealers[0], Dealer(source, 6)]));
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring it in and withdraw them" }).ClickAsync();
        await Reaches(page, "**/imports/*");
        Assert.Equal(2, await Found(page, source));
        Assert.Empty(person.TakeComplaints());
    }

    [Fact]
    public async Task A_whole_list_of_which_a_part_cannot_be_read_withdraws_nothing_unless_that_is_said()
    {
        const string source = "Register of cab offices";
        await using var person = await workbench.Open(SampleWorld.Strathorn);
        var page = person.Page;
        string[] offices = [.. Enumerable.Range(1, 20).Select(i => Dealer(source, i))];
        await Bring(page, source, complete: true, Payload("cabs.jsonl", offices));
        await Reaches(page, "**/imports/*");

        await Bring(page, source, complete: true, Payload("cabs.jsonl", [.. offices[..19], offices[19][..20]]));
        await page.GetByRole(AriaRole.Heading, new() { Name = "Nothing is brought in yet" }).WaitForAsync();
        await person.MustBeAccessible("import-asks-damaged");
        await Assertions.Expect(page.GetByText("is cut off, damaged or could not be read")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("2 statements of 40")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring in what can be used, withdraw nothing" }).ClickAsync();
        await Reaches(page, "**/imports/*");
        Assert.Equal(20, await Found(page, source));

        await Bring(page, source, complete: true, Payload("cabs.jsonl", [.. offices[..19], "not a row"]));
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring it in and withdraw all the same" }).ClickAsync();
        await Reaches(page, "**/imports/*");
        Assert.Equal(19, await Found(page, source));
        Assert.Empty(person.TakeComplaints());
    }

    [Fact]
    public async Task Another_agency_s_source_of_that_name_is_said_before_anything_comes_in()
    {
        const string source = "Fictional Treasury: sanctions list";
        await using var person = await workbench.Open(SampleWorld.Glenbrae);
        var page = person.Page;
        await Bring(page, source, complete: false, Payload("own.jsonl", [Dealer("Ours", 1)]));
        await page.GetByRole(AriaRole.Heading, new() { Name = "Nothing is brought in yet" }).WaitForAsync();
        await Assertions.Expect(page.GetByText("National Police has a source called")).ToBeVisibleAsync();
        await person.MustBeAccessible("import-asks-name");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring it in as our own source" }).ClickAsync();
        await Reaches(page, "**/imports/*");
        await page.GotoAsync("/sources");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = source }).Filter(new() { HasText = "Glenbrae Council" }))
            .ToHaveCountAsync(1);
        await Assertions
            .Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = source }).Filter(new() { HasText = "National Police" }))
            .ToHaveCountAsync(1);

        // Of what somebody does not see, nothing is said.
        await using var neighbour = await workbench.Open(SampleWorld.Strathorn);
        await Bring(neighbour.Page, "Glenbrae licensing notes", complete: false, Payload("own.jsonl", [Dealer("Ours", 2)]));
        await Reaches(neighbour.Page, "**/imports/*");
        Assert.Empty(person.TakeComplaints());
    }

    [Fact]
    public async Task Files_that_belong_together_and_a_table_with_a_mapping_come_in()
    {
        await using var person = await workbench.Open(SampleWorld.Strathorn);
        var page = person.Page;
        // Chosen in the wrong order: the alias file does not say that number 1 is a person.
        await Bring(
            page,
            "Foreign list",
            complete: false,
            Payload("alt.csv", ["1,11,\"aka\",\"QUENBY, Roderick\",-0- "]),
            Payload("sdn.csv", ["1,\"QUENBY, Rory\",\"individual\",\"TERN\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- "])
        );
        await Reaches(page, "**/imports/*");
        await page.GotoAsync("/search?q=quenby&kind=Person");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "QUENBY" }).First).ToBeVisibleAsync();

        await page.GotoAsync("/sources/import");
        await page.GetByLabel("Mapping, for a table of your own").SetInputFilesAsync(Payload("map.yaml", ["records: nonsense"]));
        await Bring(page, "Allotments", complete: false, go: false, Payload("plots.csv", ["Ref,Holder", "7,Thomasina Vell"]));
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring it in" }).ClickAsync();
        await page.GetByText("There is a problem").WaitForAsync();
        await person.MustBeAccessible("import-mapping-wrong");
        const string mapping = """
            records:
              holder:
                schema: Person
                key: [Ref]
                properties:
                  name: Holder
            """;
        await page.GetByLabel("Mapping, for a table of your own").SetInputFilesAsync(Payload("map.yaml", [mapping]));
        await Bring(page, "Allotments", complete: false, go: false, Payload("plots.csv", ["Ref,Holder", "7,Thomasina Vell"]));
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring it in" }).ClickAsync();
        await Reaches(page, "**/imports/*");
        await page.GotoAsync("/search?q=thomasina");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Thomasina Vell" })).ToBeVisibleAsync();
        Assert.Empty(person.TakeComplaints());
    }

    private static async Task<int> Found(IPage page, string source)
    {
        await page.GotoAsync("/sources");
        await page.GetByRole(AriaRole.Link, new() { Name = source, Exact = true }).ClickAsync();
        string records = await page.Locator("dl.fs-facts div").Filter(new() { HasText = "Records you can see" }).Locator("dd").InnerTextAsync();
        return int.Parse(records, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Dealer(string source, int i) =>
        $$$"""{"id":"d{{{i}}}","schema":"Company","properties":{"name":["{{{source}}} dealer {{{i}}}"],"registrationNumber":["FY{{{i:000000}}}"]}}""";

    private static Task Bring(IPage page, string source, bool complete, params FilePayload[] files) => Bring(page, source, complete, go: true, files);

    private static async Task Bring(IPage page, string source, bool complete, bool go, params FilePayload[] files)
    {
        if (go)
            await page.GotoAsync("/sources/import");
        await page.GetByLabel("File or files").SetInputFilesAsync(files);
        await page.GetByLabel("Source", new() { Exact = true }).FillAsync(source);
        if (complete)
            await page.GetByText("It is the whole of the source").ClickAsync();
        if (go)
            await page.GetByRole(AriaRole.Button, new() { Name = "Bring it in" }).ClickAsync();
    }

    private static FilePayload Payload(string name, IEnumerable<string> lines) =>
        new()
        {
            Name = name,
            MimeType = "application/octet-stream",
            Buffer = Encoding.UTF8.GetBytes(string.Join('\n', lines)),
        };
}
