using FourStrands.Picture;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace FourStrands.EndToEnd;

/// <summary>What whoever releases something is shown before, what the second person is shown, and what others are shown of who it was.</summary>
public sealed class ReleaseLookingTests(RunningWorkbench workbench)
{
    private static readonly Viewer Liaison = Viewer.BuiltIn.Single(v => v.ShortName == "liaison");

    private Gate Gate => workbench.Services.GetRequiredService<Gate>();

    [Fact]
    public async Task What_changed_since_it_was_looked_at_is_said_and_nothing_is_ordered()
    {
        var record = Bring("Solveig Dotterel", [("phone", "+441463496771")]);
        await using var ailsa = await workbench.Open(Liaison);
        await Ask(ailsa, record, "Glenbrae Council");
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "See what this does" }).ClickAsync();
        Assert.Contains("Phone", await ailsa.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        // A colleague puts the number right meanwhile.
        Bring("Solveig Dotterel", [("phone", "+441463496772")]);
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Release it now" }).ClickAsync();
        await ailsa.Page.GetByText("Nothing was ordered: look at it again").WaitForAsync();
        string said = await ailsa.Page.Locator("main").InnerTextAsync();
        Assert.Contains("Not so any more. Becomes visible: Phone", said, StringComparison.Ordinal);
        Assert.DoesNotContain("New since you looked", said, StringComparison.Ordinal);
        Assert.Contains("Something that you chose is not there any more", said, StringComparison.Ordinal);
        await ailsa.MustBeAccessible("release-changed");
        await using var callum = await workbench.Open(SampleWorld.Glenbrae);
        await callum.Page.GotoAsync("/search?q=dotterel");
        await callum.Page.GetByText("Nothing found").WaitForAsync();
        // What it does now was shown: ordered again, that is what goes out.
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Release it now" }).ClickAsync();
        await ailsa.Page.GetByText("It is out").WaitForAsync();
        await callum.Page.GotoAsync($"/entity/{record}");
        await callum.Page.GetByText("Solveig Dotterel").First.WaitForAsync();
        Assert.Equal(0, await callum.Page.GetByText("49677").CountAsync());
        Assert.Empty(callum.TakeComplaints());
    }

    [Fact]
    public async Task The_second_person_is_shown_what_the_first_was_and_others_never_who_released_it()
    {
        string born = TimeProvider.System.GetUtcNow().AddYears(-12).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        (string, string)[] known = [("birthDate", born), ("idNumber", "QQ778899")];
        RecordId register;
        using (var import = Gate.For(SampleWorld.Glenbrae).BeginImport(new ImportRequest("School register", Label.Public, "school.jsonl", "ftm")))
        {
            register = Put(import, "Tordis Whinchat", known);
            import.Commit();
        }
        var record = Bring("Tordis Whinchat", [.. known, ("notes", "Seen at the pier")], "official;agencies=national-police");
        await using var ailsa = await workbench.Open(Liaison);
        await Ask(ailsa, record, null);
        await ailsa.Page.GetByLabel("Everybody", new() { Exact = true }).Tick();
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "See what this does" }).ClickAsync();
        string[] shown =
        [
            "Everybody: it is published.",
            "They see that it comes from National Police, and not who released it",
            "A second person of National Police: Everybody sees it: it is published.",
            "Think of this first",
            "It is about a child",
            "Becomes visible",
            "Seen at the pier",
            "What they would join it to",
            "School register",
        ];
        string first = await ailsa.Page.Locator("main").InnerTextAsync();
        Assert.All(shown[..^1], s => Assert.Contains(s, first, StringComparison.Ordinal));
        Assert.Equal(1, await ailsa.Page.Locator($"a[href='/entity/{register}']").CountAsync());
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Order it, for a second person to agree" }).ClickAsync();
        string address = new Uri(ailsa.Page.Url).AbsolutePath;

        await using var isla = await workbench.Open(SampleWorld.Analyst);
        await isla.Page.GotoAsync(address);
        string second = await isla.Page.Locator("main").InnerTextAsync();
        Assert.All(shown[..^1], s => Assert.Contains(s, second, StringComparison.Ordinal));
        Assert.Equal(1, await isla.Page.Locator($"a[href='/entity/{register}']").CountAsync());
        await isla.MustBeAccessible("release-second");
        await isla.Page.GetByRole(AriaRole.Button, new() { Name = "Agree: let it out" }).ClickAsync();
        await isla.Page.GetByText("It is out").WaitForAsync();

        var file = Gate.For(SampleWorld.Glenbrae).Sources().SelectMany(s => s.Imports).First(i => i.Format == "release" && i.Label.Equals(Label.Public));
        await using var callum = await workbench.Open(SampleWorld.Glenbrae);
        foreach (string page in new[] { $"/sources/{file.Source.Id}", $"/imports/{file.Id}", $"/records/{record}" })
        {
            await callum.Page.GotoAsync(page);
            string text = await callum.Page.Locator("main").InnerTextAsync();
            Assert.Contains("National Police", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Liaison.DisplayName, text, StringComparison.Ordinal);
        }
        await isla.Page.GotoAsync($"/imports/{file.Id}");
        await isla.Page.GetByText(Liaison.DisplayName).First.WaitForAsync();
        Assert.Empty(isla.TakeComplaints().Concat(callum.TakeComplaints()));
    }

    [Fact]
    public async Task A_pointer_is_previewed_as_what_it_is()
    {
        var record = Bring("Gudrun Siskin", [("birthDate", "1981-02-03"), ("topics", "crime"), ("passportNumber", "ZZ112233")]);
        await using var ailsa = await workbench.Open(Liaison);
        await Ask(ailsa, record, "Glenbrae Council");
        await ailsa.Page.GetByLabel("A pointer to your desk").Tick();
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "See what this does" }).ClickAsync();
        string[] lists = [.. await ailsa.Page.Locator("h4 + ul").AllInnerTextsAsync()];
        Assert.Equal(2, lists.Length);
        Assert.Contains("ZZ112233", lists[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Birth date", lists[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Topics", lists[0], StringComparison.Ordinal);
        Assert.Contains("Birth date", lists[1], StringComparison.Ordinal);
        Assert.Equal(0, await ailsa.Page.GetByText("The name of the source").CountAsync());
        await ailsa.MustBeAccessible("release-pointer");
    }

    [Fact]
    public async Task A_form_that_will_not_do_says_where_and_keeps_the_rest()
    {
        var record = Bring("Asgerd Pintail", []);
        await using var ailsa = await workbench.Open(Liaison);
        await ailsa.Page.GotoAsync($"/releases/new?record={record}");
        Assert.Equal(0, await ailsa.Page.Locator("input[name=audience]:checked").CountAsync());
        await ailsa.Page.GetByText("Who may see it, or whose searches are you to be told of?").WaitForAsync();
        await Ask(ailsa, record, "Glenbrae Council");
        await ailsa.Page.GetByLabel("Until").FillAsync("2026-01-01");
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "See what this does" }).ClickAsync();
        await ailsa.Page.Locator("#until-error").GetByText("The last day must be in the future").WaitForAsync();
        Assert.Equal(0, await ailsa.Page.Locator("#values-error").CountAsync());
        await ailsa.Page.GetByLabel("Until").FillAsync("");
        await ailsa.Page.Locator("#reason").EvaluateAsync("e => e.removeAttribute('maxlength')");
        await ailsa.Page.Locator("#reason").FillAsync(new string('é', 20_000));
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "See what this does" }).ClickAsync();
        await ailsa.Page.Locator("#reason-error").GetByText("Keep it to 2,000 characters: it has 20,000").WaitForAsync();
        Assert.Equal(20_000, (await ailsa.Page.Locator("#reason").InputValueAsync()).Length);
        Assert.True(await ailsa.Page.GetByLabel("Glenbrae Council", new() { Exact = true }).IsCheckedAsync());
    }

    [Fact]
    public async Task What_an_originator_answered_stands_with_the_release_and_an_alert_in_the_log()
    {
        var record = Bring("Ingrith Brambling", [], "official;agencies=national-police;handling=S2;originators=strathorn-council");
        var order = new ReleaseOrder(
            [new ReleasedValue(record, "name", "Ingrith Brambling")],
            Label.Parse("official;agencies=national-police,glenbrae-council"),
            "They license her"
        )
        {
            ToProvider = "May Glenbrae see it?",
        };
        var release = Gate.Releases.Order(Liaison, order);
        await using var ailsa = await workbench.Open(Liaison);
        await ailsa.Page.GotoAsync($"/releases/{release.Id}");
        await ailsa.Page.GetByText("Waits for who provided it").WaitForAsync();
        // The originator has the request under a label of its own.
        var desk = SampleWorld.Strathorn with
        {
            Roles = [Role.Liaison],
        };
        Gate.Requests.Answer(desk, Gate.Requests.All(desk).Single(r => r.Text == order.ToProvider).Id, agreed: true, "Yes, from 1 December");
        await ailsa.Page.GotoAsync("/releases");
        await ailsa.Page.GetByText("Who provided it has answered").First.WaitForAsync();
        await ailsa.Page.GotoAsync($"/releases/{release.Id}");
        await ailsa.Page.GetByText("Yes, from 1 December").WaitForAsync();
        await ailsa.Page.GetByText("If you go on, it is out at once. It keeps to no day that they name").WaitForAsync();
        await ailsa.MustBeAccessible("release-answered");

        Gate.Releases.Order(
            Liaison,
            order with
            {
                Label = Label.Parse("official;agencies=national-police,strathorn-council"),
                Kind = ReleaseKind.Alert,
                Until = TimeProvider.System.GetUtcNow().AddDays(5),
                Reason = "She is at risk herself",
            }
        );
        await Gate.FlushReadLog();
        await using var auditor = await workbench.Open(Viewer.BuiltIn.First(v => v.Agency == Liaison.Agency && v.May(Power.AuditAll)));
        await auditor.Page.GotoAsync("/log?text=at+risk+herself");
        string said = await auditor.Page.Locator("tbody").InnerTextAsync();
        Assert.Contains("Set an alert on", said, StringComparison.Ordinal);
        Assert.Contains("Alteration", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Disclosure", said, StringComparison.Ordinal);
        Assert.Contains(
            "Whose searches: People of National Police, Strathorn Council, cleared for OFFICIAL. Why: She is at risk herself",
            said,
            StringComparison.Ordinal
        );
    }

    /// <summary>The form, filled in but for the day: for an agency, or for whoever is chosen next.</summary>
    private static async Task Ask(Someone who, RecordId record, string? agency)
    {
        await who.Page.GotoAsync($"/releases/new?record={record}");
        if (agency is not null)
        {
            await who.Page.GetByLabel("Agencies that I name", new() { Exact = true }).Tick();
            await who.Page.GetByText("Agencies that I name").Last.ClickAsync();
            await who.Page.GetByLabel(agency, new() { Exact = true }).Tick();
        }
        await who.Page.GetByLabel("Why", new() { Exact = true }).FillAsync("They need it");
    }

    private RecordId Bring(string name, (string Property, string Value)[] more, string label = "official;agencies=national-police")
    {
        using var import = Gate.For(SampleWorld.Analyst)
            .BeginImport(new ImportRequest($"Log of {name}", Label.Parse(label), "log.jsonl", "ftm") { Complete = true });
        var id = Put(import, name, more);
        import.Commit();
        return id;
    }

    private static RecordId Put(ImportSession import, string name, (string Property, string Value)[] more)
    {
        var schema = Ontology.Default["Person"];
        import.Begin(name, schema);
        import.Add(schema["name"], name);
        foreach (var (property, value) in more)
            import.Add(schema[property], value);
        import.End();
        return import.IdentifierOf(name);
    }
}
