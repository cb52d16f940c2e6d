using FourStrands.Picture;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace FourStrands.EndToEnd;

/// <summary>An information manager decides value by value what somebody is given of what is held on them.</summary>
public sealed class SubjectAccessTests(RunningWorkbench workbench)
{
    private const string Kind = "subject access decision";

    private static readonly Viewer Manager = Viewer.BuiltIn.Single(v => v.ShortName == "liaison");

    private Gate Gate => workbench.Services.GetRequiredService<Gate>();

    [Fact]
    public async Task Each_value_is_decided_on_and_the_person_is_given_what_is_given_and_no_sign_of_the_rest()
    {
        var record = workbench.Bring(
            SampleWorld.Analyst,
            "Sunniva Dotterel",
            [("birthDate", "1979-05-06"), ("notes", "Seen twice"), ("alias", "Peerie Sun")],
            Label.Parse("official;agencies=national-police")
        );
        await using var ailsa = await workbench.Open(Manager);
        var page = ailsa.Page;
        await page.GotoAsync($"/subject-access/{record}");
        // However short: it is written text, and no fact of who they are.
        await Row("Seen twice").GetByText("It is written text: read it to its end.").WaitForAsync();
        await Row("Peerie Sun").GetByText("It says more than who they are: read it.").WaitForAsync();
        await Row("6 May 1979").GetByText("Nothing known against giving it").WaitForAsync();
        await ailsa.MustBeAccessible("subject-access-open");

        // Nothing is decided by the program, and nothing goes out undecided.
        await page.GetByLabel("To whom it is given").FillAsync("Her solicitor, by post");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it away" }).ClickAsync();
        await page.GetByText("4 values are not decided: nothing goes out before all are").First.WaitForAsync();
        Assert.Equal("Her solicitor, by post", await page.GetByLabel("To whom it is given").InputValueAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = "Decide", Exact = true }).ClickAsync();
        await page.GetByText("Tick what you decide on").First.WaitForAsync();
        await page.GetByText("Choose whether it is given").First.WaitForAsync();
        await page.GotoAsync($"/subject-access/{record}");
        await page.GetByRole(AriaRole.Link, new() { Name = "what is not decided and nothing is known against" }).ClickAsync();
        await page.GetByLabel("Give it").Tick();
        await page.GetByRole(AriaRole.Button, new() { Name = "Decide", Exact = true }).ClickAsync();
        await page.GetByText("4 values: 2 to be given, 0 withheld, 2 not decided").WaitForAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "all that is not decided" }).ClickAsync();
        await page.GetByLabel("Withhold it").Tick();
        await page.GetByRole(AriaRole.Button, new() { Name = "Decide", Exact = true }).ClickAsync();
        await page.GetByText("the law knows no other grounds").First.WaitForAsync();
        await page.GetByText("the reasons are to be kept").First.WaitForAsync();
        await ailsa.MustBeAccessible("subject-access-refused");
        await page.GetByLabel("If it is withheld, why?").SelectOptionAsync(new SelectOptionValue { Label = "To protect the rights and freedoms of others" });
        await page.GetByLabel("Why, in a few words").FillAsync("It points at a neighbour");
        await page.GetByRole(AriaRole.Button, new() { Name = "Decide", Exact = true }).ClickAsync();
        await page.GetByText("4 values: 2 to be given, 2 withheld, 0 not decided").WaitForAsync();
        await Row("Seen twice").GetByText("It points at a neighbour").WaitForAsync();
        await ailsa.MustBeAccessible("subject-access-decided");

        await page.GetByLabel("To whom it is given").FillAsync("Her solicitor, by post");
        string sheet = await Downloaded("Take it away");
        Assert.Equal(
            ["What,Value,Fact or opinion", "Birth date,6 May 1979,Fact", "Name,Sunniva Dotterel,Fact"],
            sheet.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
        );
        string file = await Downloaded("Take the file’s sheet");
        Assert.Contains("Seen twice,Fact,Reports", file, StringComparison.Ordinal);
        Assert.Contains(
            "Withheld,To protect the rights and freedoms of others,It points at a neighbour," + Manager.DisplayName,
            file,
            StringComparison.Ordinal
        );

        // Who was given what is in the log, as a disclosure, and each decision as an alteration.
        await using (var catriona = await workbench.Open(Viewer.BuiltIn.Single(v => v.ShortName == "chief")))
        {
            await catriona.Page.GotoAsync($"/log?kind=Disclosure&record={record}");
            await catriona.Page.GetByText("Gave what is held to").First.WaitForAsync();
            await catriona.Page.GetByText("Her solicitor, by post").First.WaitForAsync();
            await catriona.Page.GotoAsync("/log?kind=Alteration&who=liaison");
            await catriona.Page.GetByText("Wrote: subject access decision").First.WaitForAsync();
        }

        // What is erased takes what was decided on it along.
        await page.GotoAsync($"/erasures/new?record={record}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Notes: Seen twice" }).ClickAsync();
        await page.GetByText("A decision on what is given to somebody who asked").First.WaitForAsync();
        Gate.Erasures.Erase(Manager, ErasureTarget.OfStatement(record, "notes", "Seen twice"), "She asked");
        Assert.DoesNotContain(Gate.For(Manager).Documents(Kind), d => d.Content.Contains("Seen twice", StringComparison.Ordinal));
        await page.GotoAsync($"/subject-access/{record}");
        await page.GetByText("3 values: 2 to be given, 1 withheld, 0 not decided").WaitForAsync();
        Assert.Empty(ailsa.TakeComplaints());

        ILocator Row(string text) => page.GetByRole(AriaRole.Row).Filter(new() { HasText = text });

        async Task<string> Downloaded(string button)
        {
            var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync());
            using var text = new StreamReader(await download.CreateReadStreamAsync());
            return await text.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Without_script_a_decision_is_made_and_undone_and_who_cannot_see_the_value_knows_of_none()
    {
        var record = workbench.Bring(SampleWorld.Analyst, "Solvor Whimbrel", [("birthDate", "1980-07-08")], Label.Parse("official;agencies=national-police"));
        workbench.Bring(SampleWorld.Analyst, "Solvor Whimbrel", [("notes", "Under the quay")], Label.Parse("official-sensitive;agencies=national-police"));
        var low = Manager with { Clearance = Classification.Official, Compartments = [] };
        await using var ailsa = await workbench.Open(Manager, script: false, width: 400);
        await ailsa.Page.GotoAsync($"/subject-access/{record}?choose=open");
        await ailsa.Page.GetByText("Under the quay").First.WaitForAsync();
        await ailsa.Page.GetByLabel("Withhold it").Tick();
        await ailsa.Page.GetByLabel("If it is withheld, why?").SelectOptionAsync("Crime");
        await ailsa.Page.GetByLabel("Why, in a few words").FillAsync("An inquiry is open");
        foreach (var box in await ailsa.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Birth date: 8 July 1980" }).AllAsync())
            await box.PressAsync("Space");
        foreach (var box in await ailsa.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Name: Solvor Whimbrel" }).AllAsync())
            await box.PressAsync("Space");
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Decide", Exact = true }).ClickAsync();
        await ailsa.Page.GetByText("1 withheld").WaitForAsync();
        Assert.Contains(Gate.For(Manager).Documents(Kind), IsOfThis);
        Assert.DoesNotContain(Gate.For(low).Documents(Kind), IsOfThis);

        // Who sees the value sees the decision, and may take it back.
        await ailsa.Page.GotoAsync($"/subject-access/{record}");
        await ailsa.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Notes: Under the quay" }).PressAsync("Space");
        await ailsa.Page.GetByLabel("Leave it open again").Tick();
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Decide", Exact = true }).ClickAsync();
        await ailsa.Page.GetByText("0 withheld").WaitForAsync();

        bool IsOfThis(Document document) => document.Content.Contains("Under the quay", StringComparison.Ordinal);
    }
}
