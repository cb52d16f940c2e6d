using System.Net;
using FourStrands.EndToEnd.Security;
using FourStrands.Picture;

namespace FourStrands.EndToEnd;

/// <summary>What administrators are told of themselves, and that nobody is offered what they cannot do.</summary>
public sealed class AdministratorsTests
{
    private const string Password = "kettle otter drizzle 7";

    [Fact]
    public async Task Who_administers_and_sees_nothing_is_offered_what_works()
    {
        await using var workbench = await OwnWorkbench.Start(demo: false);
        var (own, _, _, _) = await workbench.SetUp(Password);
        using var mine = own;
        string home = await Text(own, "/");
        foreach (string not in (string[])["/checks/new", "/sources/import"])
        {
            Assert.DoesNotContain(not, home, StringComparison.Ordinal);
            Assert.DoesNotContain(not, await Text(own, "/checks"), StringComparison.Ordinal);
            Assert.DoesNotContain(not, await Text(own, "/sources"), StringComparison.Ordinal);
        }
        Assert.Contains("/path", home, StringComparison.Ordinal);
        Assert.Contains(
            "Your role does not bring files in, and you have no clearance for OFFICIAL",
            await Text(own, "/sources/import"),
            StringComparison.Ordinal
        );
        Assert.Contains("Your role does not check bidders, and you have no clearance for OFFICIAL", await Text(own, "/checks/new"), StringComparison.Ordinal);

        await using var demo = await OwnWorkbench.Start();
        using var officer = demo.Browser();
        await officer.SignInAs(Viewer.BuiltIn.Single(v => v.ShortName == "glenbrae"));
        home = await Text(officer, "/");
        Assert.Contains("/checks/new", home, StringComparison.Ordinal);
        Assert.Contains("/sources/import", home, StringComparison.Ordinal);
        Assert.Contains("/sources/import", await Text(officer, "/sources"), StringComparison.Ordinal);
        Assert.DoesNotContain("administrator", home, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Administrators_are_told_when_too_few_will_be_left_and_who_is_left_what_to_do()
    {
        await using var workbench = await OwnWorkbench.Start(demo: false);
        var people = workbench.Gate.People;
        var (own, name, _, codes) = await workbench.SetUp(Password);
        using var mine = own;
        var elspeth = people.ViewerOf(name)!;
        Assert.Contains("trusted alone until there is a second", await Text(own, "/people"), StringComparison.Ordinal);
        Assert.DoesNotContain("trusted alone", await Text(own, "/"), StringComparison.Ordinal);
        var (hamish, secret) = people.Invite(elspeth, "Hamish Orr", "administrator", "hamish.orr");
        people.Give(elspeth, hamish.Id, RightKind.Role, nameof(Role.Administrator), workbench.Clock.Now.AddDays(180), "Two are needed");
        using var other = workbench.Browser();
        var (_, others) = await other.ComeIn(secret, Password, workbench.Clock.Now);
        Assert.DoesNotContain("trusted alone", await Text(own, "/people"), StringComparison.Ordinal);
        Assert.DoesNotContain("Roles end", await Text(own, "/"), StringComparison.Ordinal);

        workbench.Clock.Now = workbench.Clock.Now.AddDays(151);
        await own.SignIn(name, Password, codes[0]);
        foreach (string page in (string[])["/", "/people"])
        {
            string told = await Text(own, page);
            Assert.Contains("after 25 May 2027 only Elspeth Rae will be an administrator of Glenbrae Council", told, StringComparison.Ordinal);
            Assert.Contains($"/people/{hamish.Id}#give", told, StringComparison.Ordinal);
        }

        // It ran out: she is left, and one is not enough for what widens.
        workbench.Clock.Now = workbench.Clock.Now.AddDays(30);
        await own.SignIn(name, Password, codes[1]);
        Assert.Contains("You are the only administrator of Glenbrae Council now. It has had two", await Text(own, "/"), StringComparison.Ordinal);
        await own.Get($"/people/{hamish.Id}");
        var asked = await own.Post($"/people/{hamish.Id}?handler=Give", ("value", "Role Administrator"), ("until", "2027-11-01"), ("reason", "Anew"));
        Assert.Contains("It waits for a second administrator. There is none now", WebUtility.HtmlDecode(asked.Body), StringComparison.Ordinal);
        Assert.Contains("fourstrands way-in NAME@glenbrae-council --administrator", await Text(own, "/people"), StringComparison.Ordinal);

        // Whoever runs the program helps, and she is told.
        people.MakeAdministratorFromMachine("hamish.orr@glenbrae-council", Viewer.BuiltIn[0]);
        Assert.Contains("Whoever runs FourStrands made Hamish Orr an administrator of Glenbrae Council on", await Text(own, "/"), StringComparison.Ordinal);
        Assert.DoesNotContain("You are the only administrator", await Text(own, "/"), StringComparison.Ordinal);
        await other.SignIn("hamish.orr@glenbrae-council", Password, others[0]);
        // An auditor who does not administer is told as well.
        var watches = people.Give(elspeth, people.Self(elspeth)!.Id, RightKind.Role, nameof(Role.Auditor), workbench.Clock.Now.AddDays(90), "Watches")!;
        people.Approve(people.ViewerOf("hamish.orr@glenbrae-council")!, watches.Id);
        people.TakeBack(elspeth, people.Self(elspeth)!.Id, people.Self(elspeth)!.Rights.Single(r => r.Value == nameof(Role.Administrator)).Id);
        Assert.Contains("Whoever runs FourStrands made Hamish Orr an administrator", await Text(own, "/"), StringComparison.Ordinal);
        Assert.DoesNotContain("/people/", await Text(own, "/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await other.Get("/people")).Status);
    }

    [Fact]
    public async Task An_administrator_says_how_the_desk_is_reached()
    {
        await using var workbench = await OwnWorkbench.Start(demo: false);
        var (own, _, _, _) = await workbench.SetUp(Password);
        using var mine = own;
        Assert.Contains("value=\"01234 567890\"", await Text(own, "/agencies"), StringComparison.Ordinal);
        var wrong = await own.Post("/agencies?handler=Desk", ("ownDesk", " "));
        Assert.Contains("Say how others reach the desk", wrong.Body, StringComparison.Ordinal);
        Assert.Contains("#ownDesk", wrong.Body, StringComparison.Ordinal);
        // The other form of the page goes to its own address, whatever the page's is.
        Assert.Contains("action=\"/agencies\"", wrong.Body, StringComparison.Ordinal);
        await own.Post("/agencies?handler=Desk", ("ownDesk", "0141 496 0000"));
        Assert.Equal("0141 496 0000", workbench.Gate.People.Agency("glenbrae-council")!.Desk);
        var asked = await own.Post("/agencies", ("agency", "Strathorn Council"), ("administrator", "Morag Hay"), ("signInName", "morag.hay"), ("reason", "x"));
        Assert.Contains("Say how others reach the desk", asked.Body, StringComparison.Ordinal);

        await using var demo = await OwnWorkbench.Start();
        using var officer = demo.Browser();
        await officer.SignInAs(Viewer.BuiltIn.Single(v => v.ShortName == "glenbrae"));
        Assert.DoesNotContain("ownDesk", await Text(officer, "/agencies"), StringComparison.Ordinal);
        await officer.Get("/sign-out");
        Assert.Equal(HttpStatusCode.NotFound, (await officer.Post("/agencies?handler=Desk", ("ownDesk", "mine"))).Status);
    }

    private static async Task<string> Text(BareBrowser browser, string address) => WebUtility.HtmlDecode((await browser.Get(address)).Body);
}
