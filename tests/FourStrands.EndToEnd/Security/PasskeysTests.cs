using System.Net;
using System.Text;
using FourStrands.Picture;
using Microsoft.Playwright;

namespace FourStrands.EndToEnd.Security;

/// <summary>What a passkey does in place of password and code, and what is none.</summary>
public sealed class PasskeysTests(RunningWorkbench browsers)
{
    private const string Password = "kettle otter drizzle 7";
    private const string Refused = "That passkey did not sign you in";

    [Fact]
    public async Task A_browser_adds_a_passkey_signs_in_with_it_and_removes_it()
    {
        await using var workbench = await OwnWorkbench.Start(demo: false);
        // The browser has a clock of its own.
        workbench.Clock.Now = TimeProvider.System.GetUtcNow();
        var (bare, _, key, codes) = await workbench.SetUp(Password);
        using var _ = bare;
        await using var elspeth = await browsers.Open(at: new Uri($"http://localhost:{workbench.Address.Port}"));
        var page = elspeth.Page;
        await elspeth.MustHaveAuthenticator();
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).WaitForAsync();
        await elspeth.MustBeAccessible("passkeys-sign-in");
        // There is none yet.
        await Fill(page, ("Name to sign in with", "elspeth.rae@glenbrae-council"), ("Password", Password), ("Code", codes[0]));
        await Press(page, "Sign in");
        await page.GotoAsync("/account");
        await Press(page, "Add a passkey");
        await page.GetByText("Give it a name of at most 60 characters").First.WaitForAsync();
        await Fill(page, ("What to call it", "Work laptop"), ("Your password, to add a passkey", Password), ("Your code, to add a passkey", codes[1]));
        await Press(page, "Add a passkey");
        await page.GetByText("Next, your device asks").WaitForAsync();
        await elspeth.MustBeAccessible("passkeys-make");
        await Press(page, "Make the passkey on this device");
        await page.GetByText("Work laptop now signs you in").WaitForAsync();
        await elspeth.MustBeAccessible("passkeys-own");

        await SignOut(page);
        await Press(page, "Sign in with a passkey");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Who is behind it?" }).WaitForAsync();

        await page.GotoAsync("/account");
        await page.Locator("input[name=passkey]").Tick();
        await Press(page, "Remove it");
        await page.GetByText("The password is not right").First.WaitForAsync();
        await page.Locator("input[name=passkey]").Tick();
        await Fill(page, ("Your password, to remove a passkey", Password));
        await Press(page, "Remove it");
        await page.GetByText("Removed: it signs nobody in any more").WaitForAsync();
        await SignOut(page);
        await Press(page, "Sign in with a passkey");
        await page.GetByText(Refused).First.WaitForAsync();
        await elspeth.MustBeAccessible("passkeys-sign-in-error");
        Assert.Empty(elspeth.TakeComplaints());

        // By the address in numbers there are no passkeys, nor without script.
        await using var numbers = await browsers.Open(at: workbench.Address);
        await using var plain = await browsers.Open(at: new Uri($"http://localhost:{workbench.Address.Port}"), script: false);
        foreach (var other in (Someone[])[numbers, plain])
        {
            await other.Page.GotoAsync("/sign-in");
            await other.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).WaitForAsync();
            Assert.False(await other.Page.GetByText("Sign in with a passkey").IsVisibleAsync());
        }
    }

    [Fact]
    public async Task What_was_signed_is_taken_once_and_in_the_browser_that_asked()
    {
        await using var workbench = await OwnWorkbench.Start(demo: false);
        var (own, name, _, codes) = await workbench.SetUp(Password);
        using var _ = own;
        using var passkey = Device(workbench);
        await Add(own, passkey, codes[0]);
        using var thief = workbench.Browser();
        using var browser = workbench.Browser();
        string signed = passkey.Sign(await Ask(browser));
        var cookies = new Dictionary<string, string>(browser.Cookies, StringComparer.Ordinal);
        await Ask(thief);
        Assert.Contains(Refused, (await SignIn(thief, signed)).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await SignIn(browser, signed)).Status);
        Assert.True(await browser.IsSignedIn());
        // All that the browser had, once more.
        await thief.Get("/sign-in");
        string token = thief.Token;
        foreach (var (cookie, value) in cookies.Where(c => c.Key != "fourstrands-form"))
            thief.Cookies[cookie] = value;
        thief.Token = token;
        Assert.Contains(Refused, (await SignIn(thief, signed)).Body, StringComparison.Ordinal);
        Assert.False(await thief.IsSignedIn());
        // Asked for and answered too late.
        signed = passkey.Sign(await Ask(thief));
        workbench.Clock.Now = workbench.Clock.Now.AddMinutes(5);
        Assert.Contains(Refused, (await SignIn(thief, signed)).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await SignIn(thief, passkey.Sign(await Ask(thief)))).Status);
        var kept = Assert.Single(workbench.Gate.People.ToSignIn(name)!.Value.Credentials.Passkeys);
        Assert.Equal((passkey.Uses, workbench.Clock.Now), (kept.Uses, kept.LastUsed));
    }

    public static TheoryData<string> Wrong =>
        [
            "origin",
            "port",
            "domain",
            "unverified",
            "challenge",
            "framed",
            "forged",
            "fewer uses",
            "handle of nobody",
            "another's handle",
            "another key",
            "no answer",
            "no JSON",
        ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_does_not_fit_signs_nobody_in_and_is_refused_in_the_same_words(string wrong)
    {
        await using var workbench = await OwnWorkbench.Start(demo: false);
        var (own, name, _, codes) = await workbench.SetUp(Password);
        using var _ = own;
        using var passkey = Device(workbench);
        await Add(own, passkey, codes[0]);
        var administrator = workbench.Gate.People.ViewerOf(name)!;
        var (hamish, secret) = workbench.Gate.People.Invite(administrator, "Hamish Orr", "clerk", "hamish.orr");
        using var other = workbench.Browser();
        await other.ComeIn(secret, "another tall lighthouse", workbench.Clock.Now);
        using var unknown = new SoftwarePasskey(passkey.Origin, passkey.Domain) { Handle = passkey.Handle };
        using var browser = workbench.Browser();
        string asked = await Ask(browser);
        switch (wrong)
        {
            case "origin":
                passkey.Origin = "https://fourstrands.example";
                break;
            case "port":
                passkey.Origin = "http://localhost:1";
                break;
            case "domain":
                passkey.Domain = "fourstrands.example";
                break;
            case "unverified":
                passkey.Verifies = false;
                break;
            case "challenge":
                passkey.Challenge = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
                break;
            case "framed":
                passkey.IsFramed = true;
                break;
            case "forged":
                passkey.Forges = true;
                break;
            case "fewer uses":
                passkey.Uses = 0;
                break;
            case "handle of nobody":
                passkey.Handle = new RecordId(98765).ToString();
                break;
            case "another's handle":
                passkey.Handle = hamish.Id.ToString();
                break;
        }
        string answer = wrong switch
        {
            "another key" => unknown.Sign(asked),
            "no answer" => "",
            "no JSON" => "{\"response\":{\"userHandle\":\"***\"}}",
            _ => passkey.Sign(asked),
        };
        var refused = await SignIn(browser, answer);
        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.False(await browser.IsSignedIn());
        // Word for word what somebody is told who never had one.
        using var stranger = workbench.Browser();
        await Ask(stranger);
        Assert.Equal(Said(await SignIn(stranger, "{}")), Said(refused));
        Assert.Contains(Refused, refused.Body, StringComparison.Ordinal);
        await workbench.Gate.FlushReadLog();
        if (wrong is not ("no answer" or "no JSON" or "handle of nobody"))
            Assert.Contains("fail to sign in with a passkey", Exported(workbench), StringComparison.Ordinal);

        static string Said(Answer answer)
        {
            string token = answer.Body.Split("form-token\" type=\"hidden\" value=\"")[1].Split('"')[0];
            return answer.Body.Replace(token, "", StringComparison.Ordinal);
        }
    }

    /// <summary>Who merely knows a name shuts nobody's passkey; and wrong answers shut nobody's password.</summary>
    [Fact]
    public async Task Wrong_answers_shut_a_door_of_their_own()
    {
        await using var workbench = await OwnWorkbench.Start(demo: false);
        var (own, name, _, codes) = await workbench.SetUp(Password);
        using var _ = own;
        using var passkey = Device(workbench);
        await Add(own, passkey, codes[0]);
        using var stranger = workbench.Browser();
        for (int i = 0; i < 5; i++)
            await stranger.SignIn(name, "wrong", "123456");
        await SignIn(stranger, passkey.Sign(await Ask(stranger)));
        Assert.True(await stranger.IsSignedIn());
        stranger.Cookies.Clear();
        passkey.Forges = true;
        for (int i = 0; i < 4; i++)
            await SignIn(stranger, passkey.Sign(await Ask(stranger)));
        passkey.Forges = false;
        // The fifth was right, and the count begins anew.
        Assert.Equal(HttpStatusCode.Redirect, (await SignIn(stranger, passkey.Sign(await Ask(stranger)))).Status);
        passkey.Forges = true;
        stranger.Cookies.Clear();
        for (int i = 0; i < 5; i++)
            await SignIn(stranger, passkey.Sign(await Ask(stranger)));
        passkey.Forges = false;
        Assert.Contains(Refused, (await SignIn(stranger, passkey.Sign(await Ask(stranger)))).Body, StringComparison.Ordinal);
        workbench.Clock.Now = workbench.Clock.Now.AddMinutes(16);
        await stranger.SignIn(name, Password, codes[1]);
        Assert.True(await stranger.IsSignedIn());
        stranger.Cookies.Clear();
        Assert.Equal(HttpStatusCode.Redirect, (await SignIn(stranger, passkey.Sign(await Ask(stranger)))).Status);
        await workbench.Gate.FlushReadLog();
        Assert.Contains("sign in with a passkey", Exported(workbench), StringComparison.Ordinal);
        // Asking costs nothing and proves nothing; answers are counted by the address they come from.
        using var many = workbench.Browser();
        for (int i = 0; i < 40; i++)
            await Ask(many);
        HttpStatusCode status = HttpStatusCode.OK;
        for (int i = 0; i < 40 && status == HttpStatusCode.OK; i++)
            status = (await SignIn(many, "{}")).Status;
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
    }

    [Fact]
    public async Task Adding_takes_password_and_code_and_signs_out_elsewhere()
    {
        await using var workbench = await OwnWorkbench.Start(demo: false);
        var (own, name, _, codes) = await workbench.SetUp(Password);
        using var _ = own;
        using var elsewhere = workbench.Browser();
        await elsewhere.SignIn(name, Password, codes[0]);
        await own.Get("/account");
        foreach (var (password, code) in new[] { ("wrong", codes[1]), (Password, "123456"), (Password, codes[0]), ("", "") })
        {
            var refused = await own.Post("/account?handler=NewPasskey", ("passkeyName", "Mine"), ("passkeyPassword", password), ("passkeyCode", code));
            Assert.Contains("The password or the code is not right", refused.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("data-passkey-make", refused.Body, StringComparison.Ordinal);
        }
        // Not without having been asked, and not with what was asked for signing in.
        using var passkey = Device(workbench);
        string asked = await Ask(own);
        await own.Get("/account");
        string forSignIn = asked.Replace("{\"challenge\"", "{\"user\":{\"id\":\"AAAA\"},\"challenge\"", StringComparison.Ordinal);
        Assert.Contains("No passkey was made", (await Finish(own, passkey.Make(forSignIn))).Body, StringComparison.Ordinal);
        Assert.True(await elsewhere.IsSignedIn());

        passkey.Verifies = false;
        Assert.Contains("No passkey was made", (await Add(own, passkey, codes[2])).Body, StringComparison.Ordinal);
        passkey.Verifies = true;
        passkey.Origin = "https://fourstrands.example";
        Assert.Contains("No passkey was made", (await Add(own, passkey, codes[3])).Body, StringComparison.Ordinal);
        passkey.Origin = $"http://localhost:{workbench.Address.Port}";
        Assert.Empty(workbench.Gate.People.ToSignIn(name)!.Value.Credentials.Passkeys);
        Assert.Contains("Work laptop now signs you in", (await Add(own, passkey, codes[4])).Body, StringComparison.Ordinal);
        Assert.False(await elsewhere.IsSignedIn());
        Assert.True(await own.IsSignedIn());
        // The same once more.
        Assert.Contains("No passkey was made", (await Add(own, passkey, codes[5])).Body, StringComparison.Ordinal);
        Assert.Single(workbench.Gate.People.ToSignIn(name)!.Value.Credentials.Passkeys);
    }

    [Fact]
    public async Task Removing_closing_and_setting_anew_end_what_a_passkey_opens()
    {
        await using var workbench = await OwnWorkbench.Start(demo: false);
        var (own, name, key, codes) = await workbench.SetUp(Password);
        using var _ = own;
        using var passkey = Device(workbench);
        await Add(own, passkey, codes[0]);
        Assert.True(await SignsIn(passkey));
        await own.SignIn(name, Password, codes[1]);
        await own.Get("/account");
        string id = System.Buffers.Text.Base64Url.EncodeToString(passkey.Id);
        await own.Post("/account?handler=RemovePasskey", ("passkey", id), ("removalProof", "wrong"));
        Assert.True(await SignsIn(passkey));
        await own.Post("/account?handler=RemovePasskey", ("passkey", id), ("removalProof", Password));
        Assert.False(await SignsIn(passkey));

        // A new way in takes the place of all there was.
        await Add(own, passkey, codes[2]);
        Assert.True(await SignsIn(passkey));
        await own.ComeIn(workbench.Gate.People.NewWayInFor(name, Viewer.BuiltIn[0]), "another tall lighthouse", workbench.Clock.Now);
        Assert.False(await SignsIn(passkey));

        // Somebody whose account is closed.
        var administrator = workbench.Gate.People.ViewerOf(name)!;
        var (hamish, secret) = workbench.Gate.People.Invite(administrator, "Hamish Orr", "clerk", "hamish.orr");
        using var other = workbench.Browser();
        var (_, others) = await other.ComeIn(secret, Password, workbench.Clock.Now);
        using var second = Device(workbench);
        await Add(other, second, others[0]);
        Assert.True(await SignsIn(second));
        workbench.Gate.People.Close(administrator, hamish.Id);
        Assert.False(await SignsIn(second));

        async Task<bool> SignsIn(SoftwarePasskey with)
        {
            workbench.Clock.Now = workbench.Clock.Now.AddMinutes(1);
            using var browser = workbench.Browser();
            await SignIn(browser, with.Sign(await Ask(browser)));
            return await browser.IsSignedIn();
        }
    }

    [Fact]
    public async Task Whom_a_passkey_is_for_is_said_by_whoever_runs_the_program_and_not_by_a_request()
    {
        await using var local = await OwnWorkbench.Start(demo: false);
        using var numbers = local.Browser("[::1]");
        Assert.Contains("\"rpId\":\"localhost\"", await Ask(numbers), StringComparison.Ordinal);
        await using var behind = await OwnWorkbench.Start(demo: false, new Uri("https://fourstrands.example"));
        using var browser = behind.Browser("fourstrands.example");
        string asked = await Ask(browser);
        Assert.Contains("\"rpId\":\"fourstrands.example\"", asked, StringComparison.Ordinal);
        Assert.Contains("\"userVerification\":\"required\"", asked, StringComparison.Ordinal);
        // Nobody is named, so that nobody can be tried.
        Assert.DoesNotContain("\"id\"", asked, StringComparison.Ordinal);
        Assert.Contains("__Host-fourstrands-passkey", browser.Cookies.Keys);
    }

    private static SoftwarePasskey Device(OwnWorkbench workbench) => new($"http://localhost:{workbench.Address.Port}", "localhost");

    /// <summary>What a page is told to have signed.</summary>
    private static async Task<string> Ask(BareBrowser browser)
    {
        await browser.Get("/sign-in");
        var asked = await browser.Post("/sign-in?handler=Challenge");
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        return asked.Body;
    }

    private static Task<Answer> SignIn(BareBrowser browser, string answer) => browser.Post("/sign-in?handler=Passkey", ("credential", answer));

    /// <summary>Adds a passkey to the account of whoever is signed in.</summary>
    private static async Task<Answer> Add(BareBrowser browser, SoftwarePasskey passkey, string code)
    {
        await browser.Get("/account");
        var page = await browser.Post("/account?handler=NewPasskey", ("passkeyName", "Work laptop"), ("passkeyPassword", Password), ("passkeyCode", code));
        Assert.Contains("data-passkey-make", page.Body, StringComparison.Ordinal);
        return await Finish(browser, passkey.Make(WebUtility.HtmlDecode(page.Body.Split("data-passkey-make=\"")[1].Split('"')[0])));
    }

    private static Task<Answer> Finish(BareBrowser browser, string made) =>
        browser.Post("/account?handler=AddPasskey", ("passkeyName", "Work laptop"), ("credential", made));

    private static string Exported(OwnWorkbench workbench)
    {
        using var stream = new MemoryStream();
        workbench.Gate.Audit.ExportFromMachine("glenbrae-council", Viewer.BuiltIn[0], stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task SignOut(IPage page)
    {
        await page.GotoAsync("/sign-out");
        await Press(page, "Sign out");
    }

    private static async Task Fill(IPage page, params (string Label, string Value)[] answers)
    {
        foreach (var (label, value) in answers)
            await page.GetByLabel(label, new() { Exact = true }).FillAsync(value);
    }

    private static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}

/// <summary>A device of the browser's own that keeps passkeys and finds its owner there whenever it asks.</summary>
internal static class VirtualAuthenticator
{
    public static async Task MustHaveAuthenticator(this Someone person)
    {
        var session = await person.Context.NewCDPSessionAsync(person.Page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new Dictionary<string, object>
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
    }
}
