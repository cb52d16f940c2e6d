using Microsoft.Playwright;
using static FourStrands.EndToEnd.Waits;

namespace FourStrands.EndToEnd;

/// <summary>Whole jobs, as people do them.</summary>
public sealed class JobsTests(RunningWorkbench workbench)
{
    [Fact]
    public async Task A_keyboard_alone_finds_a_person_and_decides_on_a_match()
    {
        await using var person = await workbench.Open(SampleWorld.Strathorn);
        var page = person.Page;
        await page.GotoAsync("/");

        // The first stop of the Tab key leads past the header.
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to main content", await Focused(page));
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main-content", await page.EvaluateAsync<string>("document.activeElement.id"));

        await TabTo(page, "q");
        await page.Keyboard.TypeAsync("sokolova");
        await page.GetByRole(AriaRole.Option, new() { Name = "Sokolova" }).First.WaitForAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("true", await page.GetByRole(AriaRole.Option).First.GetAttributeAsync("aria-selected"));
        await page.Keyboard.PressAsync("Enter");
        await Reaches(page, "**/entity/*");
        await Screenshots.Take(page, "keyboard-entity");

        await page.GotoAsync($"/match/{workbench.World.Rannoch}/{workbench.World.ListedRanoch}");
        await TabTo(page, "verdict-same");
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("verdict-different", await page.EvaluateAsync<string>("document.activeElement.id"));
        await TabTo(page, "reason");
        await page.Keyboard.TypeAsync("Another man: the list means a person of Ullapool.");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Your decision is kept").WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Another man: the list means a person of Ullapool." })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("They are shown apart, as people decided")).ToBeVisibleAsync();
        await person.MustBeAccessible("keyboard-judged");
        Assert.Empty(person.TakeComplaints());
    }

    [Fact]
    public async Task An_answer_that_comes_late_leaves_the_list_in_which_somebody_chooses()
    {
        await using var person = await workbench.Open(SampleWorld.Strathorn);
        var page = person.Page;
        await page.AddInitScriptAsync(
            "const read = Response.prototype.json; Response.prototype.json = async function () { await new Promise((go) => setTimeout(go, 700)); return read.call(this); };"
        );
        await page.GotoAsync("/");
        await TabTo(page, "q");
        await page.Keyboard.TypeAsync("sokolova", new() { Delay = 200 });
        var option = page.GetByRole(AriaRole.Option, new() { Name = "Sokolova" }).First;
        await option.WaitForAsync();
        // One more letter taken away asks once more; meanwhile somebody is in the list.
        await page.RunAndWaitForResponseAsync(() => page.Keyboard.PressAsync("Backspace"), "**/search/suggest?q=sokolov");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.WaitForTimeoutAsync(1_500);
        Assert.Equal("true", await option.GetAttributeAsync("aria-selected"));
        await page.Keyboard.PressAsync("Enter");
        await Reaches(page, "**/entity/*");
    }

    [Fact]
    public async Task Without_script_a_check_goes_from_the_list_of_bidders_to_the_record()
    {
        await using var person = await workbench.Open(SampleWorld.Glenbrae, script: false);
        var page = person.Page;
        await page.GotoAsync("/checks");
        await page.GetByRole(AriaRole.Link, new() { Name = "New check" }).ClickAsync();

        // Nothing given: the page says what is missing, and leads to it.
        await page.GetByRole(AriaRole.Button, new() { Name = "Check", Exact = true }).ClickAsync();
        await page.GetByText("There is a problem").WaitForAsync();
        await Screenshots.Take(page, "check-errors");
        await page.GetByRole(AriaRole.Link, new() { Name = "Give the check a title" }).ClickAsync();
        Assert.EndsWith("#title", page.Url, StringComparison.Ordinal);

        await page.GetByLabel("Title").FillAsync("Winter gritting 2027");
        await page.GetByLabel("Tender reference").FillAsync("GC/2027/002");
        await page.GetByLabel("Or a file")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "bidders.csv",
                    MimeType = "text/csv",
                    Buffer =
                        "Name,Company number\nLochside Haulage Ltd,SC700001\nLochside Haulage Ltd,SC700001\n,\nBirkwood Grounds Maintenance Ltd,SC700003\nNobody Knows This Company Ltd,\n"u8.ToArray(),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Check", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "At a glance" }).WaitForAsync();
        await Screenshots.Take(page, "check-result-no-script");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nobody Knows This Company Ltd" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("No source that was searched has a record of it").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sources searched" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("left out")).ToBeVisibleAsync();

        // A person decides, on the page itself.
        var undecided = page.GetByText("Decide here");
        int before = await undecided.CountAsync();
        Assert.True(before > 0, "nothing to decide on");
        await undecided.First.ClickAsync();
        var reason = page.GetByLabel("Your reason").First;
        await reason.FillAsync("The company number is the one in the tender.");
        await page.GetByRole(AriaRole.Button, new() { Name = "The same" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "At a glance" }).WaitForAsync();
        Assert.True(await page.GetByText("Decide here").CountAsync() < before);
        await Screenshots.Take(page, "check-judged");

        await page.GetByRole(AriaRole.Link, new() { Name = "Record for the tender file" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Winter gritting 2027" }).WaitForAsync();
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await Screenshots.Take(page, "check-record-printed");

        var json = await page.APIRequest.GetAsync(page.Url.Replace("/record", "/json", StringComparison.Ordinal));
        Assert.Equal("application/json", json.Headers["content-type"]);
        Assert.Equal(
            "attachment; filename=check-winter-gritting-2027.json; filename*=UTF-8''check-winter-gritting-2027.json",
            json.Headers["content-disposition"]
        );
        var csv = await page.APIRequest.GetAsync(page.Url.Replace("/record", "/csv", StringComparison.Ordinal));
        Assert.Contains("Lochside Haulage Ltd", await csv.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sheet_with_a_title_is_shown_as_it_was_read_and_nobody_unknown_is_green()
    {
        await using var person = await workbench.Open(SampleWorld.Strathorn);
        var page = person.Page;
        await page.GotoAsync("/checks/new");
        await page.GetByLabel("Title").FillAsync("Sheet with a title");
        await page.GetByLabel("Or a file")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "sheet.csv",
                    MimeType = "text/csv",
                    Buffer =
                        "Winter gritting 2027,,\nCompany name,Company no,Telephone\nLochside Haulage Ltd,SC700001,0141 496 0777\nNobody Knows This Company Ltd,,0141 496 0777\nUnheard Of Partners,,\n"u8.ToArray(),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Check", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "The list as it was read" }).WaitForAsync();
        await Assertions.Expect(page.GetByText("Line 1 stands above the headings and was not read")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("company number from “Company no”")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "Unheard Of Partners" }).First).ToBeVisibleAsync();
        await Screenshots.Take(page, "check-as-read");
        Assert.Equal(0, await page.GetByText("Company name", new() { Exact = true }).CountAsync());

        // Who is not known, and who is linked, is not green.
        Assert.Equal(0, await page.Locator(".fs-status.clear").CountAsync());
        Assert.Equal(0, await page.Locator(".ds_tag--green").CountAsync());
        Assert.True(await page.GetByText("1 link to another bidder of this list").CountAsync() > 0);

        await page.GetByRole(AriaRole.Link, new() { Name = "Not identified" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Unheard Of Partners" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Lochside Haulage Ltd" })).ToHaveCountAsync(0);
        await person.MustBeAccessible("check-not-identified");
        await page.GetByRole(AriaRole.Link, new() { Name = "Links between bidders" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The same phone number")).ToBeVisibleAsync();
        await person.MustBeAccessible("check-links");

        // The record for the tender file says it too.
        await page.GetByRole(AriaRole.Link, new() { Name = "Record for the tender file" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Not identified: no source").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Finding: The same phone number").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("(London time)").First).ToBeVisibleAsync();
        Assert.Empty(person.TakeComplaints());
    }

    [Fact]
    public async Task What_waits_for_a_judgement_is_shown_alone_and_a_decision_leads_back_there()
    {
        await using var person = await workbench.Open(SampleWorld.Analyst, script: false);
        var page = person.Page;
        await page.GotoAsync($"/checks/{workbench.Checks[SampleWorld.Analyst.Name]}?show=judge");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Who owns them" })).ToHaveCountAsync(0);
        await Screenshots.Take(page, "check-to-be-judged");
        await page.GetByText("Decide here").First.ClickAsync();
        await page.GetByLabel("Your reason").First.FillAsync("Looked at both.");
        await page.GetByRole(AriaRole.Button, new() { Name = "I cannot say" }).First.ClickAsync();
        await Reaches(page, "**/checks/*?show=judge#bidder-*");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "At a glance" })).ToBeVisibleAsync();
        Assert.Empty(person.TakeComplaints());
    }

    [Fact]
    public async Task A_result_is_kept_for_its_reader_until_they_ask_again_and_a_decision_shows_the_old_one_meanwhile()
    {
        await using var person = await workbench.Open(SampleWorld.Analyst, script: false, hasty: true);
        var page = person.Page;
        string address = $"/checks/{workbench.Checks[SampleWorld.Analyst.Name]}";
        await page.GotoAsync(address);
        await page.GetByRole(AriaRole.Heading, new() { Name = "At a glance" }).WaitForAsync();
        string first = await page.Locator("time").Last.GetAttributeAsync("datetime") ?? "";
        await page.GotoAsync(address);
        Assert.Equal(first, await page.Locator("time").Last.GetAttributeAsync("datetime"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Work it out again" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "At a glance" }).WaitForAsync();
        Assert.Empty(person.TakeComplaints());
    }

    [Fact]
    public async Task A_file_is_brought_in_for_ones_own_agency_alone()
    {
        byte[] file =
            """
            {"id":"l1","schema":"Person","properties":{"name":["Torquil Ness"],"birthDate":["1990-01-02"]}}
            {"id":"l2","schema":"Person","properties":{"name":["Una Ness"],"birthDate":["not a date"]}}
            """u8.ToArray();
        await using var council = await workbench.Open(SampleWorld.Glenbrae);
        var page = council.Page;
        await page.GotoAsync("/sources/import");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring it in" }).ClickAsync();
        await page.GetByText("There is a problem").WaitForAsync();
        await council.MustBeAccessible("import-errors");
        Assert.Equal(0, await page.GetByText("OFFICIAL-SENSITIVE").CountAsync());
        await page.GetByLabel("File or files")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "../../taxi licences.jsonl",
                    MimeType = "application/json",
                    Buffer = file,
                }
            );
        await page.GetByLabel("Source", new() { Exact = true }).FillAsync("Taxi licence register");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring it in" }).ClickAsync();
        await Reaches(page, "**/imports/*");
        await council.MustBeAccessible("import-done");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "taxi licences.jsonl" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("not a date").First).ToBeVisibleAsync();
        await page.GotoAsync("/search?q=torquil");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Torquil Ness" })).ToBeVisibleAsync();
        Assert.Empty(council.TakeComplaints());

        await using var other = await workbench.Open(SampleWorld.Strathorn);
        await other.Page.GotoAsync("/search?q=torquil");
        await Assertions.Expect(other.Page.GetByRole(AriaRole.Heading, new() { Name = "Nothing found" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_file_in_no_known_format_is_refused_with_a_reason()
    {
        await using var council = await workbench.Open(SampleWorld.Analyst);
        var page = council.Page;
        await page.GotoAsync("/sources/import");
        await page.GetByLabel("File or files").SetInputFilesAsync([Payload("letter.pdf", "%PDF-1.7 nothing"), Payload("note.txt", "Dear Sir or Madam")]);
        await page.GetByLabel("Source", new() { Exact = true }).FillAsync("Letters");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring it in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Nothing was brought in" }).WaitForAsync();
        await council.MustBeAccessible("import-refused");
        await Assertions.Expect(page.GetByText("It looks like a PDF document").First).ToBeVisibleAsync();
        var formats = page.GetByText("Persons with significant control");
        Assert.False(await formats.IsVisibleAsync());
        await page.GetByText("Formats that can be read", new() { Exact = true }).ClickAsync();
        Assert.Equal(1, await formats.CountAsync());
        await Assertions.Expect(formats).ToBeVisibleAsync();
        Assert.Empty(council.TakeComplaints());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_long_check_shows_how_far_it_is_and_comes_to_its_result_by_itself(bool script)
    {
        await using var person = await workbench.Open(SampleWorld.Glenbrae, script, hasty: true);
        var page = person.Page;
        await page.GotoAsync("/checks/new");
        await page.GetByLabel("Title").FillAsync("Framework of many");
        await page.GetByLabel("Bidders", new() { Exact = true })
            .FillAsync(string.Join('\n', Enumerable.Range(0, 300).Select(i => $"Inverlair Trading {i} Ltd")));
        await page.GetByRole(AriaRole.Button, new() { Name = "Check", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Being worked out" }).WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await Screenshots.Take(page, $"check-progress-{(script ? "script" : "no-script")}");
        await page.GetByRole(AriaRole.Heading, new() { Name = "At a glance" }).WaitForAsync(new() { Timeout = 240_000 });
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Next page" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.Empty(person.TakeComplaints());
    }

    private static FilePayload Payload(string name, string content) =>
        new()
        {
            Name = name,
            MimeType = "application/octet-stream",
            Buffer = System.Text.Encoding.UTF8.GetBytes(content),
        };

    private static async Task TabTo(IPage page, string id)
    {
        for (int i = 0; i < 80; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("document.activeElement.id") == id)
                return;
        }

        Assert.Fail($"The Tab key does not reach {id}.");
    }

    private static Task<string> Focused(IPage page) => page.EvaluateAsync<string>("document.activeElement.textContent.trim()");
}
