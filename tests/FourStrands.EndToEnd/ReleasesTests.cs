using FourStrands.Picture;
using Microsoft.Playwright;

namespace FourStrands.EndToEnd;

/// <summary>Whoever knows something lets others see it, part of it, or only whom to ask; and agencies ask each other.</summary>
public sealed class ReleasesTests(RunningWorkbench workbench)
{
    private static readonly Viewer Liaison = Viewer.BuiltIn.Single(v => v.ShortName == "liaison");

    [Fact]
    public async Task A_release_is_looked_at_agreed_to_seen_and_taken_back()
    {
        string record = Bring("Wilhelmina Tystie", ("birthDate", "1984-02-03"), ("notes", "Told in the Anchor"));
        await using var callum = await workbench.Open(SampleWorld.Glenbrae);
        await Finds(callum, "Tystie", false);

        // From the record: why do I see it, and let others see it.
        await using var ailsa = await workbench.Open(Liaison);
        await ailsa.Page.GotoAsync($"/entity/{record}");
        await ailsa.Page.GetByRole(AriaRole.Link, new() { Name = "Why I see it" }).First.ClickAsync();
        await ailsa.Page.GetByText("It is in the compartment NIGHTJAR, and you were admitted to it.").WaitForAsync();
        await ailsa.MustBeAccessible("release-why");
        await ailsa.Page.GetByRole(AriaRole.Link, new() { Name = "Let others see it" }).ClickAsync();
        await ailsa.Page.GetByLabel("Notes: Told in the Anchor").First.UncheckAsync(new() { Force = true });
        await ailsa.Page.GetByLabel("Agencies that I name", new() { Exact = true }).Tick();
        await ailsa.Page.GetByText("Agencies that I name").Last.ClickAsync();
        await ailsa.Page.GetByLabel("Glenbrae Council", new() { Exact = true }).Tick();
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "See what this does" }).ClickAsync();
        await ailsa.Page.GetByText("Say why: it is kept with the release").First.WaitForAsync();
        Assert.False(await ailsa.Page.GetByLabel("Notes: Told in the Anchor").First.IsCheckedAsync());
        await ailsa.Page.GetByLabel("Why", new() { Exact = true }).FillAsync("The council licenses her taxi");
        await ailsa.MustBeAccessible("release-form");
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "See what this does" }).ClickAsync();
        await ailsa.Page.GetByText("Becomes visible").WaitForAsync();
        string preview = await ailsa.Page.Locator("main").InnerTextAsync();
        Assert.Contains("A second person of National Police: It leaves a compartment.", preview, StringComparison.Ordinal);
        Assert.Contains("3 February 1984", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("Anchor", preview, StringComparison.Ordinal);
        await ailsa.MustBeAccessible("release-preview");
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Order it, for a second person to agree" }).ClickAsync();
        await ailsa.Page.GetByText("Another liaison officer of National Police has to agree").WaitForAsync();
        string address = new Uri(ailsa.Page.Url).AbsolutePath;
        await Finds(callum, "Tystie", false);

        await using var isla = await workbench.Open(SampleWorld.Analyst);
        await isla.Page.GetByRole(AriaRole.Link, new() { Name = "Releases", Exact = true }).ClickAsync();
        await isla.Page.GetByRole(AriaRole.Link, new() { Name = "Wilhelmina Tystie" }).First.ClickAsync();
        Assert.Equal(address, new Uri(isla.Page.Url).AbsolutePath);
        await isla.MustBeAccessible("release-waits");
        await isla.Page.GetByRole(AriaRole.Button, new() { Name = "Agree: let it out" }).ClickAsync();
        await isla.Page.GetByText("It is out").WaitForAsync();

        await Finds(callum, "Tystie", true);
        await callum.Page.GotoAsync($"/records/{record}");
        string why = await callum.Page.Locator("main").InnerTextAsync();
        Assert.Contains("It is meant for agencies that were named, and you act for Glenbrae Council, which is one of them.", why, StringComparison.Ordinal);
        Assert.DoesNotContain("Anchor", why, StringComparison.Ordinal);
        Assert.DoesNotContain("NIGHTJAR", why, StringComparison.Ordinal);
        await callum.MustBeAccessible("release-seen");
        Assert.Equal(404, (await callum.Page.GotoAsync(address))!.Status);
        await using var morag = await workbench.Open(SampleWorld.Strathorn);
        await Finds(morag, "Tystie", false);
        Assert.Equal(404, (await morag.Page.GotoAsync($"/records/{record}"))!.Status);

        await isla.Page.GetByLabel("What they are told").FillAsync("It was her sister");
        await isla.Page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await isla.Page.GetByText("Took it back: It was her sister").WaitForAsync();
        await isla.MustBeAccessible("release-taken-back");
        await Finds(callum, "Tystie", false);
        await callum.Page.GotoAsync("/requests");
        await callum.Page.GetByText("“It was her sister”").WaitForAsync();
        await morag.Page.GotoAsync("/requests");
        Assert.Equal(0, await morag.Page.GetByText("her sister").CountAsync());
        string complaints = string.Join("\n", ailsa.TakeComplaints().Concat(isla.TakeComplaints()).Concat(callum.TakeComplaints()));
        Assert.True(complaints.Length == 0, complaints);
    }

    [Fact]
    public async Task A_pointer_leads_to_the_desk_and_a_request_is_answered()
    {
        string record = Bring("Ottoline Fulmar", ("passportNumber", "ZZ998877"));
        await using var ailsa = await workbench.Open(Liaison, script: false);
        await ailsa.Page.GotoAsync($"/releases/new?record={record}");
        await ailsa.Page.GetByLabel("A pointer to your desk").Tick();
        await ailsa.Page.GetByLabel("Every agency").Tick();
        await ailsa.Page.GetByLabel("Why", new() { Exact = true }).FillAsync("Officers may be at risk");
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "See what this does" }).ClickAsync();
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Order it, for a second person to agree" }).ClickAsync();
        string address = new Uri(ailsa.Page.Url).AbsolutePath;
        await using var isla = await workbench.Open(SampleWorld.Analyst);
        await isla.Page.GotoAsync(address);
        await isla.Page.GetByRole(AriaRole.Button, new() { Name = "Agree: let it out" }).ClickAsync();
        await isla.Page.GetByText("The pointer is out").WaitForAsync();

        await using var callum = await workbench.Open(SampleWorld.Glenbrae);
        await callum.Page.GotoAsync("/search?q=ottoline");
        Assert.Equal(0, await callum.Page.GetByText("contact its desk").CountAsync());
        await callum.Page.GotoAsync("/search?q=Fulmar,+Ottoline");
        await callum.Page.GetByText("National Police asks whoever looks for this to contact its desk").WaitForAsync();
        await callum.Page.GetByText("Nothing found").WaitForAsync();
        await callum.MustBeAccessible("search-pointer");
        await callum.Page.GetByRole(AriaRole.Link, new() { Name = "Ask them here" }).ClickAsync();
        await callum.MustBeAccessible("request-form");
        await callum.Page.GetByRole(AriaRole.Button, new() { Name = "Send it" }).ClickAsync();
        await callum.Page.GetByText("No answer yet").WaitForAsync();
        string request = new Uri(callum.Page.Url).AbsolutePath;

        await ailsa.Page.GotoAsync("/requests");
        await ailsa.Page.GetByRole(AriaRole.Link, new() { Name = "About: Fulmar, Ottoline" }).ClickAsync();
        Assert.Equal(request, new Uri(ailsa.Page.Url).AbsolutePath);
        await ailsa.Page.GetByLabel("What they are told").FillAsync("Ring us before you visit her");
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
        await ailsa.Page.GetByText("Choose yes or no").First.WaitForAsync();
        await ailsa.Page.GetByLabel("Yes", new() { Exact = true }).Tick();
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
        await callum.Page.ReloadAsync();
        await callum.Page.GetByText("Ring us before you visit her").WaitForAsync();
        await callum.MustBeAccessible("request-answered");
        await using var morag = await workbench.Open(SampleWorld.Strathorn);
        Assert.Equal(404, (await morag.Page.GotoAsync(request))!.Status);
        Assert.Empty(isla.TakeComplaints().Concat(callum.TakeComplaints()));
    }

    [Fact]
    public async Task A_silent_record_tells_its_owner_who_looks_for_it()
    {
        string record = workbench.Bring(SampleWorld.Glenbrae, "Hesperus Gannet", [("passportNumber", "ZZ445566")]).ToString();
        await using var callum = await workbench.Open(SampleWorld.Glenbrae, script: false);
        await callum.Page.GotoAsync($"/releases/new?record={record}");
        await callum.Page.GetByLabel("Nothing: it stays silent").Tick();
        await callum.Page.GetByLabel("Every agency").Tick();
        await callum.Page.GetByLabel("Why", new() { Exact = true }).FillAsync("She is at risk");
        await callum.Page.GetByRole(AriaRole.Button, new() { Name = "See what this does" }).ClickAsync();
        await callum.Page.GetByText("An alert has a last day, at most a year away").First.WaitForAsync();
        await callum
            .Page.GetByLabel("Until")
            .FillAsync(TimeProvider.System.GetUtcNow().AddDays(20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await callum.Page.GetByRole(AriaRole.Button, new() { Name = "See what this does" }).ClickAsync();
        await callum.Page.GetByText("They never learn of it").WaitForAsync();
        await callum.Page.GetByRole(AriaRole.Button, new() { Name = "Set the alert" }).ClickAsync();
        await callum.Page.GetByText("Nobody so far, of the agencies that agreed to have you told.").WaitForAsync();

        // The police agree to tell the council: two administrators do.
        await using var fiona = await workbench.Open(Viewer.BuiltIn.Single(v => v.ShortName == "administrator"));
        await Finds(fiona, "Hesperus+Gannet", false);
        await callum.Page.ReloadAsync();
        await callum.Page.GetByText("Nobody so far").WaitForAsync();
        await fiona.Page.GotoAsync("/people/groups");
        await fiona.Page.GetByLabel("Agency that is to be told").SelectOptionAsync("Glenbrae Council");
        await fiona.Page.GetByLabel("Why", new() { Exact = true }).Last.FillAsync("People at risk");
        await fiona.Page.GetByRole(AriaRole.Button, new() { Name = "Ask for it" }).Last.ClickAsync();
        await fiona.Page.GetByText("It waits for a second administrator").WaitForAsync();
        await using var hamish = await workbench.Open(Viewer.BuiltIn.Single(v => v.ShortName == "second"));
        await hamish.Page.GotoAsync("/people");
        await hamish
            .Page.GetByRole(AriaRole.Button, new() { Name = "Approve: Glenbrae Council is told when your people look for exactly what it set an alert on" })
            .ClickAsync();
        await hamish.Page.GetByText("Approved").WaitForAsync();
        await fiona.Page.GotoAsync("/account");
        await fiona.Page.GetByText("If you look for what they watch, Glenbrae Council may be told").WaitForAsync();

        // Whoever looks is answered as before.
        await Finds(fiona, "Gannet,+Hesperus", false);
        await callum.Page.ReloadAsync();
        await callum.Page.GetByText("somebody of National Police").WaitForAsync();
        await fiona.Page.GotoAsync("/people/groups");
        await fiona.MustBeAccessible("groups-telling");
        await fiona.Page.GetByRole(AriaRole.Button, new() { Name = "tell Glenbrae Council no more" }).ClickAsync();
        await fiona.Page.GetByText("No agency is told of your people’s searches.").WaitForAsync();
        await using var again = await workbench.Open(SampleWorld.Glenbrae);
        await again.Page.GotoAsync("/releases");
        await again.Page.GetByText("An alert: National Police looked on").WaitForAsync();
        await again.MustBeAccessible("releases-alert");
        await again.Page.GetByRole(AriaRole.Link, new() { Name = "Hesperus Gannet" }).ClickAsync();
        await again.MustBeAccessible("alert");
        Assert.Empty(fiona.TakeComplaints().Concat(hamish.TakeComplaints()).Concat(again.TakeComplaints()));
    }

    [Fact]
    public async Task A_sharing_group_grows_with_two_administrators()
    {
        await using var fiona = await workbench.Open(Viewer.BuiltIn.Single(v => v.ShortName == "administrator"));
        await fiona.Page.GotoAsync("/people/groups");
        await fiona.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("greywater");
        await fiona.Page.GetByLabel("What it is called and for").FillAsync("Partners in Greywater");
        await fiona.Page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        var group = fiona.Page.GetByRole(AriaRole.Region, new() { Name = "Partners in Greywater" });
        await group.GetByLabel("New member").SelectOptionAsync("Strathorn Council");
        await group.GetByRole(AriaRole.Button, new() { Name = "Ask for it" }).ClickAsync();
        await fiona.Page.GetByText("Say why, in at most 500 characters").First.WaitForAsync();
        group = fiona.Page.GetByRole(AriaRole.Region, new() { Name = "Partners in Greywater" });
        await group.GetByLabel("New member").SelectOptionAsync("Strathorn Council");
        await group.GetByLabel("Why").FillAsync("They share the river");
        await group.GetByRole(AriaRole.Button, new() { Name = "Ask for it" }).ClickAsync();
        await fiona.Page.GetByText("It waits for a second administrator").WaitForAsync();
        await fiona.MustBeAccessible("groups-asked");
        await using var hamish = await workbench.Open(Viewer.BuiltIn.Single(v => v.ShortName == "second"));
        await hamish.Page.GotoAsync("/people");
        await hamish
            .Page.GetByRole(AriaRole.Button, new() { Name = "Approve: Strathorn Council becomes a member of the sharing group Partners in Greywater" })
            .ClickAsync();
        await hamish.Page.GetByText("Approved").WaitForAsync();
        await using var morag = await workbench.Open(SampleWorld.Strathorn);
        await morag.Page.GotoAsync("/sources/import");
        await morag.Page.GetByLabel("The sharing group Partners in Greywater").WaitForAsync();
        await hamish.Page.GotoAsync("/people/groups");
        await hamish
            .Page.GetByRole(AriaRole.Region, new() { Name = "Partners in Greywater" })
            .GetByRole(AriaRole.Button, new() { Name = "Take out" })
            .ClickAsync();
        await hamish.Page.GetByText("is no member any more").WaitForAsync();
        await morag.Page.ReloadAsync();
        Assert.Equal(0, await morag.Page.GetByLabel("The sharing group Partners in Greywater").CountAsync());
        Assert.Empty(fiona.TakeComplaints().Concat(hamish.TakeComplaints()).Concat(morag.TakeComplaints()));
    }

    /// <summary>What the police know of somebody, in a compartment.</summary>
    private string Bring(string name, params (string Property, string Value)[] more) => workbench.Bring(SampleWorld.Analyst, name, more).ToString();

    private static async Task Finds(Someone who, string text, bool there)
    {
        await who.Page.GotoAsync($"/search?q={text}");
        Assert.Equal(there ? 0 : 1, await who.Page.GetByText("Nothing found").CountAsync());
    }
}
