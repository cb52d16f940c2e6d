using System.Net;
using FourStrands.EndToEnd.Security;
using FourStrands.Picture;
using Microsoft.Playwright;

namespace FourStrands.EndToEnd;

/// <summary>Emergency access in the workbench: given by two, opened with a proof, seen by those who watch over it on every page, ended and reviewed.</summary>
public sealed class EmergencyTests(RunningWorkbench workbench)
{
    private static readonly Viewer Fiona = Viewer.BuiltIn.Single(v => v.ShortName == "administrator"),
        Hamish = Viewer.BuiltIn.Single(v => v.ShortName == "second"),
        Chief = Viewer.BuiltIn.Single(v => v.ShortName == "chief");

    [Fact]
    public async Task Given_by_two_it_is_opened_watched_ended_and_reviewed()
    {
        await using var apart = await OwnWorkbench.Start();
        await using var isla = await workbench.Open(SampleWorld.Analyst, script: false, at: apart.Address);
        await using var fiona = await workbench.Open(Fiona, at: apart.Address);
        await isla.Page.GotoAsync("/emergency-access");
        await isla.Page.GetByText("You do not have the right to open it").WaitForAsync();
        // Two administrators give it, on the page of whoever gets it.
        await fiona.Page.GotoAsync("/people");
        await fiona.Page.GetByRole(AriaRole.Link, new() { Name = "Isla Munro" }).ClickAsync();
        await fiona.Page.GetByLabel("What", new() { Exact = true }).SelectOptionAsync("Emergency Open");
        await fiona.Page.GetByLabel("Why", new() { Exact = true }).FillAsync("On call");
        await fiona.Page.GetByRole(AriaRole.Button, new() { Name = "Give it" }).ClickAsync();
        await fiona.Page.GetByText("It waits for a second administrator").WaitForAsync();
        using (var hamish = apart.Browser())
        {
            await hamish.SignInAs(Hamish);
            string waits = apart.Gate.People.Waiting(Hamish).Single().Id.ToString();
            await hamish.Get("/people");
            Assert.Contains(
                "Isla Munro: may open emergency access",
                (await hamish.Post("/people?handler=Approve", ("proposal", waits))).Body,
                StringComparison.Ordinal
            );
        }
        await isla.Page.GotoAsync("/account");
        await isla.Page.GetByRole(AriaRole.Link, new() { Name = "Open emergency access" }).ClickAsync();
        await isla.Page.GetByRole(AriaRole.Button, new() { Name = "Open emergency access" }).ClickAsync();
        await isla.Page.GetByText("Choose for how long").First.WaitForAsync();
        await isla.Page.GetByLabel("30 minutes").Tick();
        await isla.Page.GetByLabel("Why").FillAsync("A child is missing");
        await isla.Page.GetByRole(AriaRole.Button, new() { Name = "Open emergency access" }).ClickAsync();
        // From now on every page says so, the one for what is not there as well.
        foreach (string address in (string[])["/", "/search?q=x", "/nothing"])
        {
            await isla.Page.GotoAsync(address);
            await isla.Page.GetByText("Emergency access is open for 30 minutes more").WaitForAsync();
            await isla.Page.GetByRole(AriaRole.Button, new() { Name = "End now" }).First.WaitForAsync();
        }
        // What is read says so too, and pages for work that it leaves out are not offered.
        await isla.Page.GotoAsync("/emergency-access");
        Assert.Equal(0, await isla.Page.GetByRole(AriaRole.Link, new() { Name = "Releases" }).CountAsync());
        // Those who watch over it see it wherever they are.
        await fiona.Page.GotoAsync("/requests");
        await fiona.Page.GetByText("Isla Munro has emergency access open until 26 November 2026 at 09:30").WaitForAsync();
        await fiona.Page.GetByRole(AriaRole.Link, new() { Name = "Look at it" }).ClickAsync();
        await fiona.Page.GetByRole(AriaRole.Cell, new() { Name = "A child is missing" }).WaitForAsync();
        await fiona.MustBeAccessible("emergency-watched");
        apart.Clock.Now = apart.Clock.Now.AddMinutes(29).AddSeconds(30);
        await isla.Page.GotoAsync("/");
        await isla.Page.GetByText("Emergency access is open for 1 minute more").WaitForAsync();
        await fiona.Page.GotoAsync("/emergency-access");
        await fiona.Page.GetByRole(AriaRole.Button, new() { Name = "End now" }).ClickAsync();
        await fiona.Page.GetByText("by administrator@national-police").WaitForAsync();
        await isla.Page.GotoAsync("/");
        Assert.Equal(0, await isla.Page.GetByText("Emergency access is open").CountAsync());
        // An auditor reviews it; she reads the finding under her account.
        await using var catriona = await workbench.Open(Chief, at: apart.Address);
        await catriona.Page.GetByText("One emergency access waits for its review").WaitForAsync();
        await catriona.Page.GetByRole(AriaRole.Link, new() { Name = "Look at it" }).ClickAsync();
        await catriona.Page.GetByRole(AriaRole.Link, new() { Name = "26 November 2026 at 09:00" }).ClickAsync();
        await catriona.MustBeAccessible("emergency-review");
        await catriona.Page.GetByRole(AriaRole.Button, new() { Name = "Keep the finding" }).ClickAsync();
        await catriona.Page.GetByText("Choose what you found").First.WaitForAsync();
        await catriona.MustBeAccessible("emergency-review-wrong");
        await catriona.Page.GetByRole(AriaRole.Link, new() { Name = "The log of what was read" }).ClickAsync();
        await catriona.Page.GetByText("Only what was done under emergency access").WaitForAsync();
        await catriona.Page.GetByText("under emergency access").Nth(1).WaitForAsync();
        await catriona.Page.GotoAsync($"/emergency-access/{apart.Gate.People.Emergencies(Chief).Single().Id}");
        await catriona.Page.GetByLabel("Not justified").Tick();
        await catriona.Page.GetByLabel("What you found").FillAsync("There was time to ask");
        await catriona.Page.GetByRole(AriaRole.Button, new() { Name = "Keep the finding" }).ClickAsync();
        await catriona.Page.GetByText("Not justified: the right to open it was taken back").WaitForAsync();
        Assert.Equal(0, await catriona.Page.GetByText("waits for its review").CountAsync());
        await isla.Page.GotoAsync("/account");
        await isla.Page.GetByText("There was time to ask").WaitForAsync();
        Assert.Equal(0, await isla.Page.GetByRole(AriaRole.Link, new() { Name = "Open emergency access" }).CountAsync());
        Assert.Empty(fiona.TakeComplaints());
        Assert.Empty(catriona.TakeComplaints());
    }

    [Fact]
    public async Task Its_pages_are_for_everybody_and_for_a_phone()
    {
        await using var apart = await OwnWorkbench.Start();
        await using var isla = await workbench.Open(SampleWorld.Analyst, at: apart.Address, width: 390, height: 844);
        await isla.Page.GotoAsync("/emergency-access");
        await isla.MustBeAccessible("emergency-none");
        Give(apart, SampleWorld.Analyst);
        await isla.Page.GotoAsync("/emergency-access");
        await isla.MustBeAccessible("emergency-open");
        await isla.Page.GetByRole(AriaRole.Button, new() { Name = "Open emergency access" }).ClickAsync();
        await isla.Page.GetByLabel("15 minutes").Tick();
        await isla.Page.GetByRole(AriaRole.Button, new() { Name = "Open emergency access" }).ClickAsync();
        await isla.Page.GetByText("Say why").First.WaitForAsync();
        await isla.MustBeAccessible("emergency-wrong");
        await isla.Page.GetByLabel("Why").FillAsync("A child is missing");
        await isla.Page.GetByRole(AriaRole.Button, new() { Name = "Open emergency access" }).ClickAsync();
        await isla.Page.GetByRole(AriaRole.Heading, new() { Name = "It is open" }).WaitForAsync();
        await isla.MustBeAccessible("emergency-is-open");
        int wide = await isla.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(wide <= 390, $"The page is {wide} wide.");
        await isla.Page.GotoAsync("/account");
        await isla.MustBeAccessible("emergency-account");
        await isla.Page.GetByRole(AriaRole.Button, new() { Name = "End now" }).First.ClickAsync();
        await isla.Page.GetByText("by whoever opened it").WaitForAsync();
        Assert.Empty(isla.TakeComplaints());
    }

    [Fact]
    public async Task It_takes_password_and_code_and_holds_in_that_browser_until_it_is_signed_out()
    {
        const string Password = "kettle otter drizzle";
        await using var apart = await OwnWorkbench.Start(demo: false);
        var (first, name, key, codes) = await apart.SetUp(Password);
        using var own = first;
        apart.Clock.Now = apart.Clock.Now.AddMinutes(1);
        await own.SignIn(name, Password, AppCode.Of(key, apart.Clock.Now));
        Give(apart, apart.Gate.People.ViewerOf(name)!);
        using var other = apart.Browser();
        await other.SignIn(name, Password, codes[0]);
        apart.Clock.Now = apart.Clock.Now.AddMinutes(1);
        await own.Get("/emergency-access");
        (string, string)[] said = [("minutes", "15"), ("reason", "A child is missing")];
        foreach (var (password, code) in new[] { ("", ""), ("wrong", AppCode.Of(key, apart.Clock.Now)), (Password, "123456"), (Password, codes[0]) })
        {
            var refused = await own.Post("/emergency-access?handler=Open", [.. said, ("password", password), ("code", code)]);
            Assert.Equal(HttpStatusCode.OK, refused.Status);
            Assert.Contains("The password or the code is not right", refused.Body, StringComparison.Ordinal);
        }
        // Whoever asks for what cannot be had does not lose a code by it.
        string now = AppCode.Of(key, apart.Clock.Now);
        await own.Post("/emergency-access?handler=Open", ("minutes", "90"), ("reason", "A child is missing"), ("password", Password), ("code", now));
        Assert.DoesNotContain("Emergency access is open", (await own.Get("/")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await own.Post("/emergency-access?handler=Open", [.. said, ("password", Password), ("code", now)])).Status);
        Assert.Contains("Emergency access is open", (await own.Get("/")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Emergency access is open", (await other.Get("/")).Body, StringComparison.Ordinal);
        // Nothing is taken out, changed or administered; a press from elsewhere, without the token, ends nothing.
        Assert.Equal(HttpStatusCode.NotFound, (await own.Get("/people")).Status);
        Assert.Equal(HttpStatusCode.OK, (await own.Get("/requests")).Status);
        own.Token = "";
        Assert.Equal(HttpStatusCode.BadRequest, (await own.Post("/emergency-access?handler=End", ("access", new RecordId(1).ToString()))).Status);
        // Signed out there, by the other browser, it is over.
        await other.Get("/account");
        await other.Post("/account?handler=EndOthers", ("proof", Password));
        Assert.False(await own.IsSignedIn());
        await own.SignIn(name, Password, codes[1]);
        Assert.DoesNotContain("Emergency access is open", (await own.Get("/")).Body, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(apart.Gate.People.OwnEmergencies(apart.Gate.People.ViewerOf(name)!)).Ended);
    }

    [Fact]
    public async Task Why_something_is_seen_says_so_if_it_is_seen_by_it_alone()
    {
        await using var apart = await OwnWorkbench.Start();
        Give(apart, SampleWorld.Analyst);
        var protects = SampleWorld.Analyst with { Purposes = [Purpose.Safeguarding] };
        RecordId id;
        using (
            var import = apart
                .Gate.For(protects)
                .BeginImport(new ImportRequest("Wryneck", Label.Parse("official;agencies=national-police;purposes=safeguarding"), "w", "test"))
        )
        {
            var person = Ontology.Default["Person"];
            import.Begin("w1", person);
            import.Add(person["name"], "Wry Neck");
            id = import.IdentifierOf("w1");
            import.End();
            import.Commit();
        }
        using var isla = apart.Browser();
        await isla.SignInAs(SampleWorld.Analyst);
        Assert.Equal(HttpStatusCode.NotFound, (await isla.Get($"/records/{id}")).Status);
        await isla.Get("/emergency-access");
        await isla.Post("/emergency-access?handler=Open", ("minutes", "15"), ("reason", "A child is missing"));
        string page = (await isla.Get($"/records/{id}")).Body;
        Assert.Contains("By your emergency access alone, which ends on 26 November 2026 at 09:15", page, StringComparison.Ordinal);
        Assert.DoesNotContain("and you work for that", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_check_is_worked_out_shown_or_downloaded_while_it_is_open()
    {
        await using var apart = await OwnWorkbench.Start();
        Give(apart, SampleWorld.Analyst);
        using var isla = apart.Browser();
        await isla.SignInAs(SampleWorld.Analyst);
        await isla.Get("/checks/new");
        string check = (await isla.Post("/checks/new", ("title", "A check"), ("bidders", "Acme Ltd"), ("depth", "1"))).Location;
        Assert.Equal(HttpStatusCode.OK, (await isla.Get(check + "/csv")).Status);
        await isla.Get("/emergency-access");
        await isla.Post("/emergency-access?handler=Open", ("minutes", "15"), ("reason", "A child is missing"));
        string page = (await isla.Get(check)).Body;
        Assert.Contains("While emergency access is open no check is worked out or shown", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Worked out", page, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=Again", page, StringComparison.Ordinal);
        foreach (string part in (string[])["/record", "/table"])
            Assert.Equal(check, (await isla.Get(check + part)).Location);
        foreach (string file in (string[])["/csv", "/json", "/status"])
            Assert.Equal(HttpStatusCode.NotFound, (await isla.Get(check + file)).Status);
        // Asked for all the same, nothing happens: what was worked out before is still there afterwards.
        await isla.Post(check + "?handler=Again");
        Assert.Equal(HttpStatusCode.OK, (await isla.Get("/requests/new")).Status);
        var asked = await isla.Post("/requests/new", ("to", "glenbrae-council"), ("text", "What of Acme?"));
        Assert.Contains("While emergency access is open nothing is sent", asked.Body, StringComparison.Ordinal);
        apart.Clock.Now = apart.Clock.Now.AddMinutes(2);
        await isla.Post("/emergency-access?handler=End", ("access", apart.Gate.People.OwnEmergencies(SampleWorld.Analyst)[0].Id.ToString()));
        Assert.Contains("Worked out <time datetime=\"2026-11-26T09:00", (await isla.Get(check)).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await isla.Get(check + "/csv")).Status);
    }

    [Fact]
    public async Task What_an_import_asks_waits_until_it_has_ended()
    {
        await using var apart = await OwnWorkbench.Start();
        Give(apart, SampleWorld.Analyst);
        using (
            var theirs = apart
                .Gate.For(SampleWorld.Glenbrae with { Roles = [Role.Contributor] })
                .BeginImport(new ImportRequest("Notes", Label.Parse("official"), "test", "test"))
        )
        {
            theirs.Begin("1", Ontology.Default["Person"]);
            theirs.Add(Ontology.Default["Person"]["name"], "Ada Quist");
            theirs.End();
            theirs.Commit();
        }
        using var isla = apart.Browser();
        await isla.SignInAs(SampleWorld.Analyst);
        await isla.Get("/sources/import");
        using var file = new MultipartFormDataContent
        {
            { new StringContent("Notes"), "source" },
            { new StringContent("own"), "audience" },
            { new StringContent("{\"id\":\"1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"X\"]}}"), "file", "x.json" },
            { new StringContent(isla.Token), "form-token" },
        };
        await isla.Send("POST", "/sources/import", file);
        Assert.Contains("Bring it in as our own source", (await isla.Get("/sources/import/progress")).Body, StringComparison.Ordinal);
        await isla.Get("/emergency-access");
        await isla.Post("/emergency-access?handler=Open", ("minutes", "15"), ("reason", "A child is missing"));
        foreach (string choice in (string[])["yes", "add", "no"])
        {
            Assert.Equal("/sources/import/progress", (await isla.Post("/sources/import/progress", ("choice", choice))).Location);
            string waits = (await isla.Get("/sources/import/progress")).Body;
            Assert.Contains("Nothing is brought in yet", waits, StringComparison.Ordinal);
            Assert.Contains("End it first, then answer", waits, StringComparison.Ordinal);
            Assert.DoesNotContain("name=\"choice\"", waits, StringComparison.Ordinal);
        }
        await isla.Post("/emergency-access?handler=End", ("access", apart.Gate.People.OwnEmergencies(SampleWorld.Analyst)[0].Id.ToString()));
        Assert.Contains("Bring it in as our own source", (await isla.Get("/sources/import/progress")).Body, StringComparison.Ordinal);
        await isla.Post("/sources/import/progress", ("choice", "yes"));
        Assert.StartsWith("/imports/", (await isla.Get("/sources/import/progress")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proofs_of_it_are_counted_by_address_and_ending_it_is_not()
    {
        await using var apart = await OwnWorkbench.Start();
        Give(apart, SampleWorld.Analyst);
        using var isla = apart.Browser();
        await isla.SignInAs(SampleWorld.Analyst);
        await isla.Get("/emergency-access");
        await isla.Post("/emergency-access?handler=Open", ("minutes", "15"), ("reason", "A child is missing"));
        var status = HttpStatusCode.OK;
        for (int i = 0; i < 40 && status != HttpStatusCode.TooManyRequests; i++)
            status = (await isla.Post("/emergency-access?handler=Open", ("minutes", "15"), ("reason", "Again"))).Status;
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        string access = apart.Gate.People.OwnEmergencies(SampleWorld.Analyst)[0].Id.ToString();
        Assert.Equal(HttpStatusCode.Redirect, (await isla.Post("/emergency-access?handler=End", ("access", access))).Status);
    }

    /// <summary>Two administrators, who are nobody here, give the right.</summary>
    private static void Give(OwnWorkbench apart, Viewer to)
    {
        var people = apart.Gate.People;
        var by = to with { Name = $"first@{to.Agency}", Roles = [Role.Administrator] };
        var waits = people.Give(by, people.Self(to)!.Id, RightKind.Emergency, EmergencyAccess.ToOpenIt, apart.Clock.Now.AddDays(30), "On call");
        people.Approve(by with { Name = $"other@{to.Agency}" }, waits!.Id);
    }
}
