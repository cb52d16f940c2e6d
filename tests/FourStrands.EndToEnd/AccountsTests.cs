using System.Net;
using FourStrands.EndToEnd.Security;
using FourStrands.Picture;
using FourStrands.Workbench;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace FourStrands.EndToEnd;

/// <summary>A store that holds no demo world: it is set up, people are let in, and sign in.</summary>
public sealed class AccountsTests(RunningWorkbench workbench) : IAsyncLifetime
{
    private const string Password = "kettle otter drizzle 7";

    private readonly string folder = Directory.CreateTempSubdirectory("fourstrands-accounts-").FullName;
    private Gate gate = null!;
    private WebApplication app = null!;

    private Uri Address => new(app.Urls.Single());

    public async ValueTask InitializeAsync()
    {
        gate = Gate.Open(Path.Combine(folder, "store"));
        app = WorkbenchApplication.Create(
            new WorkbenchOptions
            {
                Gate = gate,
                Address = new Uri("http://127.0.0.1:0"),
                KeysFolder = Path.Combine(folder, "keys"),
                UploadsFolder = Path.Combine(folder, "uploads"),
            },
            host => host.ConfigureLogging(logging => logging.AddFilter("FourStrands.Refused", LogLevel.None))
        );
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        gate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_store_is_set_up_people_are_let_in_and_two_administrators_widen_what_they_see()
    {
        await using var elspeth = await workbench.Open(at: Address);
        await elspeth.Page.GotoAsync("/sign-in");
        await elspeth.Page.GetByText("Nobody can sign in yet").WaitForAsync();
        await elspeth.MustBeAccessible("accounts-sign-in-first");
        await elspeth.Page.GotoAsync($"/set-up?link={gate.People.NewSetUpLink()}");
        await elspeth.MustBeAccessible("accounts-set-up");
        await Fill(elspeth.Page, ("Agency", "Glenbrae Council"), ("How others reach its desk", "01234 567890"), ("Your name", "Elspeth Rae"));
        await Press(elspeth.Page, "Continue");
        await elspeth.Page.GetByText("A name to sign in with is made of").First.WaitForAsync();
        await elspeth.MustBeAccessible("accounts-set-up-error");
        await Fill(elspeth.Page, ("Your name to sign in with", "elspeth.rae"));
        await Press(elspeth.Page, "Continue");
        await elspeth.MustBeAccessible("accounts-come-in");
        await ComeIn(elspeth.Page);
        await elspeth.MustBeAccessible("accounts-recovery-codes");
        Assert.Equal(10, await elspeth.Page.Locator(".fs-codes li").CountAsync());
        await elspeth.Page.GetByRole(AriaRole.Link, new() { Name = "I have kept them: continue" }).ClickAsync();
        await elspeth.Page.GetByRole(AriaRole.Link, new() { Name = "People", Exact = true }).ClickAsync();
        await elspeth.MustBeAccessible("accounts-people");

        // A second administrator, whom the first lets in alone.
        var (hamishLink, _) = await LetIn(elspeth.Page, "Hamish Orr", "administrator", "hamish.orr");
        await elspeth.MustBeAccessible("accounts-link");
        await Give(elspeth.Page, "Hamish Orr", "administrator", "Two are needed");
        await elspeth.Page.GetByText("Given. role: administrator").WaitForAsync();
        await using var hamish = await workbench.Open(at: Address);
        await hamish.Page.GotoAsync(hamishLink);
        await ComeIn(hamish.Page);

        // An analyst: what she does holds at once, what she sees waits.
        var (islaLink, islaPage) = await LetIn(elspeth.Page, "Isla Munro", "intelligence analyst", "isla.munro");
        await Give(elspeth.Page, "Isla Munro", "analyst: joins up", "Her job");
        await Give(elspeth.Page, "Isla Munro", "OFFICIAL", "Vetted in May");
        await elspeth.Page.GetByText("It waits for a second administrator").First.WaitForAsync();
        await elspeth.MustBeAccessible("accounts-person");
        await elspeth.Page.GotoAsync("/people");
        Assert.Equal(0, await elspeth.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).CountAsync());
        await using var isla = await workbench.Open(at: Address);
        await isla.Page.GotoAsync(islaLink);
        await ComeIn(isla.Page);
        await isla.Page.GotoAsync("/account");
        Assert.DoesNotContain("OFFICIAL", await isla.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await hamish.Page.GotoAsync("/people");
        await hamish.MustBeAccessible("accounts-waiting");
        await hamish.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await hamish.Page.GetByText("Approved. Isla Munro: sees up to OFFICIAL").WaitForAsync();
        await isla.Page.ReloadAsync();
        await isla.Page.GetByText("sees up to OFFICIAL").WaitForAsync();
        await isla.MustBeAccessible("accounts-own");

        // The page of people is nothing to others, and the link works once.
        Assert.Equal(404, (await isla.Page.GotoAsync("/people"))!.Status);
        Assert.Equal(404, (await isla.Page.GotoAsync(islaPage))!.Status);
        await isla.Page.GotoAsync(islaLink);
        await isla.Page.GetByText("This link does not work any more").WaitForAsync();
        await isla.MustBeAccessible("accounts-link-used");

        // Compartments, and agencies.
        await elspeth.Page.GotoAsync("/people/compartments");
        await Fill(elspeth.Page, ("Name", "nightjar"), ("What it is for", "An operation"));
        await Press(elspeth.Page, "Make it");
        await elspeth.Page.GetByText("NIGHTJAR is made").WaitForAsync();
        await elspeth.MustBeAccessible("accounts-compartments");
        await elspeth.Page.GotoAsync("/agencies");
        await Fill(
            elspeth.Page,
            ("Agency", "Strathorn Council"),
            ("How others reach its desk", "01234 567891"),
            ("Name of its first administrator", "Morag Hay"),
            ("Their name to sign in with", "morag.hay"),
            ("Why it is to take part", "A partner")
        );
        await Press(elspeth.Page, "Ask for it");
        await elspeth.MustBeAccessible("accounts-agencies");
        await hamish.Page.GotoAsync("/people");
        await hamish.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        string moragLink = await hamish.Page.GetByLabel("Link", new() { Exact = true }).InputValueAsync();
        await using var morag = await workbench.Open(at: Address);
        await morag.Page.GotoAsync(moragLink);
        await ComeIn(morag.Page);
        await morag.Page.GotoAsync("/people");
        Assert.DoesNotContain("Isla", await morag.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);

        // Closing ends at once what is open.
        await elspeth.Page.GotoAsync(islaPage);
        await elspeth.Page.GetByText("Close the account", new() { Exact = true }).ClickAsync();
        await Press(elspeth.Page, "Close the account of Isla Munro");
        await isla.Page.GotoAsync("/account");
        Assert.Equal("/sign-in", new Uri(isla.Page.Url).AbsolutePath);
        foreach (var person in (Someone[])[elspeth, hamish, isla, morag])
            Assert.Empty(person.TakeComplaints());
    }

    [Fact]
    public async Task People_sign_in_with_password_and_code_and_codes_work_once()
    {
        await using var elspeth = await workbench.Open(at: Address, script: false);
        var (key, recovery) = await SetUp(elspeth.Page);
        await elspeth.Page.GotoAsync("/sign-out");
        await Press(elspeth.Page, "Sign out");
        // The code of now was used when she came in.
        await SignIn(elspeth.Page, Password, Code(key, 0));
        await elspeth.Page.GetByText("The name, the password or the code is not right").First.WaitForAsync();
        await SignIn(elspeth.Page, Password, Code(key, 1));
        await elspeth.Page.GetByRole(AriaRole.Heading, new() { Name = "Who is behind it?" }).WaitForAsync();

        await using var other = await workbench.Open(at: Address);
        await SignIn(other.Page, Password, recovery[0]);
        await other.Page.GotoAsync("/account");
        await other.Page.GetByText("You have 9 recovery codes left").WaitForAsync();
        await using var third = await workbench.Open(at: Address);
        await SignIn(third.Page, Password, recovery[0]);
        await third.Page.GetByText("The name, the password or the code is not right").First.WaitForAsync();
        await third.MustBeAccessible("accounts-sign-in-error");

        // One browser signs the other out.
        // It takes the password, so that a browser left open signs nobody out elsewhere.
        await other.Page.Locator("label[for^=session-]").ClickAsync();
        await Press(other.Page, "Sign out there");
        await other.Page.GetByText("The password is not right").First.WaitForAsync();
        await elspeth.Page.ReloadAsync();
        await elspeth.Page.GetByRole(AriaRole.Heading, new() { Name = "Who is behind it?" }).WaitForAsync();
        await other.Page.Locator("label[for^=session-]").ClickAsync();
        await Fill(other.Page, ("Your password, to sign out elsewhere", Password));
        await other.MustBeAccessible("accounts-own-sessions");
        await Press(other.Page, "Sign out there");
        await other.Page.GetByText("Signed out there.").WaitForAsync();
        await elspeth.Page.GotoAsync("/");
        Assert.Equal("/sign-in", new Uri(elspeth.Page.Url).AbsolutePath);

        // All anew: the old password and the old codes are gone.
        await other.Page.GotoAsync("/account");
        await Fill(other.Page, ("Password", Password), ("Code", recovery[1].ToUpperInvariant().Replace('-', ' ')));
        await Press(other.Page, "Set it up anew");
        await ComeIn(other.Page, "another tall lighthouse");
        await SignIn(third.Page, Password, recovery[2]);
        await third.Page.GetByText("The name, the password or the code is not right").First.WaitForAsync();
    }

    [Fact]
    public async Task Five_wrong_attempts_shut_the_door_and_nothing_says_for_whom()
    {
        await using var elspeth = await workbench.Open(at: Address);
        var (key, recovery) = await SetUp(elspeth.Page);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        var unknown = await Post(client, "nobody@glenbrae-council", "x", "123456");
        for (int i = 0; i < 5; i++)
        {
            var wrong = await Post(client, "elspeth.rae@glenbrae-council", "not the password", "123456");
            Assert.Equal((HttpStatusCode.OK, unknown.Body.Replace("nobody@", "elspeth.rae@", StringComparison.Ordinal)), wrong);
        }
        // Right, but too late: and the same is said.
        Assert.Equal(HttpStatusCode.OK, (await Post(client, "elspeth.rae@glenbrae-council", Password, recovery[0])).Status);
        Assert.Equal(HttpStatusCode.OK, (await Post(client, "elspeth.rae@glenbrae-council", Password, Code(key, 1))).Status);
        // Who is signed in stays so.
        Assert.Equal(200, (await elspeth.Page.GotoAsync("/people"))!.Status);
        HttpStatusCode status = HttpStatusCode.OK;
        for (int i = 0; i < 40 && status == HttpStatusCode.OK; i++)
            status = (await Post(client, "", "x", "123456")).Status;
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
    }

    [Theory]
    [InlineData("short", "short", "Use at least 12 characters")]
    [InlineData("elspeth.rae.1", "elspeth.rae.1", "Do not build it on")]
    [InlineData("aaaaaaaaaaaaaa", "aaaaaaaaaaaaaa", "Use more than a few different characters")]
    [InlineData(Password, "something else 77", "The two passwords are not the same")]
    public async Task A_password_that_is_none_is_refused_and_the_link_goes_on_working(string password, string again, string said)
    {
        await using var person = await workbench.Open(at: Address);
        var (_, secret) = gate.People.SetUp(gate.People.NewSetUpLink(), "Glenbrae Council", "01234 567890", "Elspeth Rae", "elspeth.rae");
        await person.Page.GotoAsync($"/come-in?link={secret}");
        string key = await KeyOf(person.Page);
        await Fill(person.Page, ("Password", password), ("The same password again", again), ("The six digits that the app shows now", "000000"));
        await Press(person.Page, "Come in");
        await person.Page.GetByText(said).First.WaitForAsync();
        await person.Page.GetByText("These are not the digits that the app shows").First.WaitForAsync();
        Assert.Equal(key, await KeyOf(person.Page));
        await person.MustBeAccessible("accounts-come-in-error");
        await ComeIn(person.Page);
        Assert.Equal(10, await person.Page.Locator(".fs-codes li").CountAsync());
    }

    [Fact]
    public async Task Nobody_chooses_who_to_be_where_the_world_is_real()
    {
        gate.People.Invent(Viewer.BuiltIn);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        string page = await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Isla Munro", page, StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent([new("viewer", Viewer.BuiltIn[0].Name), new("form-token", Token(page))]);
        using var answer = await client.PostAsync(new Uri("/sign-in?handler=As", UriKind.Relative), form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static string Token(string page) => page.Split("name=\"form-token\" type=\"hidden\" value=\"")[1].Split('"')[0];

    private static async Task<(HttpStatusCode Status, string Body)> Post(HttpClient client, string name, string password, string code)
    {
        string page = await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        using var form = new FormUrlEncodedContent([new("name", name), new("password", password), new("code", code), new("form-token", Token(page))]);
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), form, TestContext.Current.CancellationToken);
        string body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, body.Contains("form-token", StringComparison.Ordinal) ? body.Replace(Token(body), "", StringComparison.Ordinal) : body);
    }

    private async Task<(string Key, IReadOnlyList<string> Codes)> SetUp(IPage page)
    {
        var (_, secret) = gate.People.SetUp(gate.People.NewSetUpLink(), "Glenbrae Council", "01234 567890", "Elspeth Rae", "elspeth.rae");
        await page.GotoAsync($"/come-in?link={secret}");
        string key = await ComeIn(page);
        return (key, await page.Locator(".fs-codes code").AllInnerTextsAsync());
    }

    private static async Task SignIn(IPage page, string password, string code)
    {
        await page.GotoAsync("/sign-in");
        await Fill(page, ("Name to sign in with", "elspeth.rae@glenbrae-council"), ("Password", password), ("Code", code));
        await Press(page, "Sign in");
    }

    /// <summary>Comes in by a link that is open, and returns the key of the app.</summary>
    private static async Task<string> ComeIn(IPage page, string password = Password)
    {
        string key = await KeyOf(page);
        await Fill(page, ("Password", password), ("The same password again", password), ("The six digits that the app shows now", Code(key, 0)));
        await Press(page, "Come in");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Keep these recovery codes" }).WaitForAsync();
        return key;
    }

    private static async Task<string> KeyOf(IPage page) =>
        (await page.Locator("p", new() { HasText = "Key: " }).Locator("code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);

    private static async Task<(string Link, string Page)> LetIn(IPage page, string name, string job, string signInName)
    {
        await page.GotoAsync("/people");
        await Fill(page, ("Name", name), ("What they do", job), ("Name to sign in with", signInName));
        await Press(page, "Let them in");
        string link = await page.GetByLabel("Link", new() { Exact = true }).InputValueAsync();
        return (link, (await page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).GetAttributeAsync("href"))!);
    }

    private static async Task Give(IPage page, string name, string what, string why)
    {
        await page.GotoAsync("/people");
        await page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        var choice = page.GetByLabel("What", new() { Exact = true });
        string value = (await choice.Locator("option").Filter(new() { HasText = what }).First.GetAttributeAsync("value"))!;
        await choice.SelectOptionAsync(value);
        await Fill(page, ("Why", why));
        await Press(page, "Give it");
    }

    private static async Task Fill(IPage page, params (string Label, string Value)[] answers)
    {
        foreach (var (label, value) in answers)
            await page.GetByLabel(label, new() { Exact = true }).FillAsync(value);
    }

    private static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>What an authenticator app shows so many half minutes from now.</summary>
    private static string Code(string key, int later) => AppCode.Of(key, TimeProvider.System.GetUtcNow().AddSeconds(30 * later));
}
