using System.Net;
using System.Text;
using System.Web;
using FourStrands.Picture;
using FourStrands.Workbench;
using Microsoft.Playwright;

namespace FourStrands.EndToEnd.Security;

/// <summary>Signing in at an agency's own place: whom it signs in, and whom it does not.</summary>
public sealed class ProvidersTests(RunningWorkbench browsers)
{
    private const string Password = "kettle otter drizzle 7";
    private const string Agency = "glenbrae-council";
    private const string Refused = "You are not signed in";

    [Fact]
    public async Task A_browser_signs_in_at_its_agency_and_the_session_is_ours()
    {
        await using var provider = await TestProvider.Start();
        await using var workbench = await OwnWorkbench.Start(demo: false, providers: [provider.Of(Agency)]);
        workbench.Clock.Now = TimeProvider.System.GetUtcNow();
        var (bare, name, _, _) = await workbench.SetUp(Password);
        using var _ = bare;
        // By another host than the provider's, so that neither sends the other's browser with strict cookies.
        foreach (bool script in (bool[])[true, false])
        {
            await using var elspeth = await browsers.Open(at: new Uri($"http://localhost:{workbench.Address.Port}"), script: script);
            var page = elspeth.Page;
            await page.GotoAsync("/account");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with Glenbrae Council" }).WaitForAsync();
            if (script)
                await elspeth.MustBeAccessible("providers-sign-in");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with Glenbrae Council" }).ClickAsync();
            // Where they wanted to go.
            await page.GetByRole(AriaRole.Heading, new() { Name = "My account" }).WaitForAsync();
            Assert.Equal(1, await page.GetByText(name).CountAsync());
            // It holds our session, of a day's work at most, and none of the provider's tokens.
            Assert.Equal(["fourstrands", "fourstrands-form"], (await elspeth.Context.CookiesAsync()).Select(c => c.Name).Order(StringComparer.Ordinal));
            await page.GotoAsync("/sign-out");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
            await page.GotoAsync("/account");
            Assert.Equal("/sign-in", new Uri(page.Url).AbsolutePath);
            Assert.Empty(elspeth.TakeComplaints());
        }
        Assert.Contains("sign in through the agency", await Exported(workbench), StringComparison.Ordinal);
        // A name may be given to another; what the provider calls somebody for good may not.
        Assert.Equal($"{provider.Authority} 0001", workbench.Gate.People.ToSignIn(name)!.Value.Credentials.ProviderSubject);
        provider.Claims["sub"] = "0002";
        await using var other = await browsers.Open(at: new Uri($"http://localhost:{workbench.Address.Port}"));
        await other.Page.GotoAsync("/sign-in");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with Glenbrae Council" }).ClickAsync();
        await other.Page.GetByRole(AriaRole.Heading, new() { Name = Refused }).WaitForAsync();
        await other.MustBeAccessible("providers-refused");
        // Nor is somebody two people.
        var administrator = workbench.Gate.People.ViewerOf(name)!;
        var (_, secret) = workbench.Gate.People.Invite(administrator, "Hamish Orr", "clerk", "hamish.orr");
        using var hamish = workbench.Browser();
        await hamish.ComeIn(secret, "another tall lighthouse", workbench.Clock.Now);
        provider.Claims["sub"] = "0001";
        provider.Claims["preferred_username"] = "hamish.orr";
        using var stranger = workbench.Browser();
        Assert.Equal((Refused, false), await SignIn(stranger, provider));
        provider.Claims["sub"] = "0002";
        Assert.True((await SignIn(stranger, provider)).SignedIn);
    }

    /// <summary>What a token says that signs nobody in.</summary>
    private static readonly (string Wrong, string Claim, object? Value)[] Refusals =
    [
        ("issuer", "iss", "https://login.example"),
        ("audience", "aud", "another client"),
        ("nonce", "nonce", "another"),
        ("no nonce", "nonce", null),
        ("too old", "exp", 1_700_000_000L),
        ("no subject", "sub", null),
        ("nobody", "preferred_username", "nobody"),
        ("no name", "preferred_username", null),
        ("two names", "preferred_username", new[] { "elspeth.rae", "ailsa.bain" }),
        ("closed", "preferred_username", "hamish.orr"),
        ("not come in yet", "preferred_username", "catriona.low"),
        ("another agency's", "preferred_username", "morag.hay@strathorn-council"),
        ("another agency's name", "preferred_username", "morag.hay"),
        ("a blank before it", "preferred_username", " elspeth.rae"),
        ("a blank after it", "preferred_username", "elspeth.rae\t"),
        ("forged", "forged", true),
        ("unsigned", "unsigned", true),
        ("unsigned, and says so", "alg", "none"),
        ("shared secret", "alg", "HS256"),
    ];

    [Fact]
    public async Task What_does_not_fit_signs_nobody_in_and_makes_nobody()
    {
        await using var provider = await TestProvider.Start();
        await using var workbench = await OwnWorkbench.Start(demo: false, providers: [provider.Of(Agency)]);
        var (administrator, name) = await Fill(workbench);
        var before = workbench.Gate.People.Of(administrator).Select(p => (p.SignInName, p.State)).ToList();
        var usual = provider.Claims.ToDictionary();
        using var browser = workbench.Browser();
        foreach (var (wrong, claim, value) in Refusals)
        {
            provider.IsForged = claim == "forged";
            provider.IsUnsigned = claim == "unsigned";
            provider.Algorithm = claim == "alg" ? (string)value! : "RS256";
            provider.Claims.Clear();
            foreach (var (usually, said) in usual)
                provider.Claims[usually] = said;
            provider.Claims[claim] = value;
            Assert.Equal((wrong, Refused, false), (wrong, (await SignIn(browser, provider)).Said, await browser.IsSignedIn()));
        }
        Assert.Equal(before, workbench.Gate.People.Of(administrator).Select(p => (p.SignInName, p.State)));
        Assert.Equal(Refusals.Length, (await Exported(workbench)).Split("fail to sign in through the agency").Length - 1);
        // With none of that, it does.
        provider.Algorithm = "RS256";
        provider.Claims.Remove("alg");
        Assert.Equal(("", true), await SignIn(browser, provider));
        // The gate says the same, whoever asks: a provider speaks for its own.
        Assert.Null(workbench.Gate.People.ToSignInThrough("strathorn-council", name, "x"));
        Assert.Null(workbench.Gate.People.ToSignInThrough("strathorn-council", " morag.hay@strathorn-council", "x"));
        Assert.NotNull(workbench.Gate.People.ToSignInThrough("strathorn-council", "morag.hay@strathorn-council", "x"));
    }

    [Fact]
    public async Task What_comes_back_is_taken_once_and_in_the_browser_that_was_sent()
    {
        await using var provider = await TestProvider.Start();
        await using var workbench = await OwnWorkbench.Start(demo: false, providers: [provider.Of(Agency)]);
        await Fill(workbench);
        using var victim = workbench.Browser();
        using var thief = workbench.Browser();
        string back = await Come(provider, await Sent(thief, "/account"));
        // Somebody is led to what another began.
        Assert.Equal("/sign-in/agency?refused=true", (await victim.Get(back)).Location);
        var cookies = new Dictionary<string, string>(thief.Cookies, StringComparer.Ordinal);
        Assert.Equal("/sign-in/agency?next=%2Faccount", (await thief.Get(back)).Location);
        Assert.True(await thief.IsSignedIn());
        Assert.DoesNotContain(thief.Cookies.Keys, c => c.StartsWith("fourstrands-asked", StringComparison.Ordinal));
        // Once more, with all that the browser had then.
        foreach (var (cookie, value) in cookies)
            victim.Cookies[cookie] = value;
        Assert.Equal("/sign-in/agency?refused=true", (await victim.Get(back)).Location);
        Assert.False(await victim.IsSignedIn());
        // What was made up, altered, or says no.
        foreach (
            string other in (string[])
                ["", "?code=x", "?code=x&state=y", "?error=access_denied&state=y", back[back.IndexOf('?', StringComparison.Ordinal)..] + "x"]
        )
        {
            var answer = await victim.Get($"/sign-in/from/{Agency}{other}");
            Assert.Equal((other, "/sign-in/agency?refused=true"), (other, answer.Location));
        }
    }

    [Fact]
    public async Task Where_somebody_is_sent_is_known_and_nowhere_else()
    {
        await using var provider = await TestProvider.Start();
        await using var workbench = await OwnWorkbench.Start(
            demo: false,
            publicAddress: new Uri("https://fourstrands.example"),
            providers: [provider.Of(Agency)]
        );
        using var browser = workbench.Browser("fourstrands.example");
        var sent = await Sent(browser, "//evil.example");
        var asked = HttpUtility.ParseQueryString(sent.Query);
        Assert.Equal(provider.Address.Authority, sent.Authority);
        Assert.Equal(
            ("https://fourstrands.example/sign-in/from/glenbrae-council", "code", "S256"),
            (asked["redirect_uri"], asked["response_type"], asked["code_challenge_method"])
        );
        Assert.All((string[])["state", "nonce", "code_challenge"], part => Assert.True(asked[part]!.Length >= 40, part));
        Assert.Equal("openid profile", asked["scope"]);
        Assert.Equal(
            ["__Host-fourstrands-asked.", "__Host-fourstrands-form", "__Host-fourstrands-nonce."],
            browser
                .Cookies.Keys.Select(c => c[..Math.Min(c.Length, c.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? dot + 1 : c.Length)])
                .Order(StringComparer.Ordinal)
        );
        // On the way back too, only to a path of ours.
        foreach (string next in (string[])["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
            Assert.Contains("content=\"0;url=/\"", (await browser.Get($"/sign-in/agency?next={Uri.EscapeDataString(next)}")).Body, StringComparison.Ordinal);
        // An agency that has none.
        await browser.Get("/sign-in");
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Post("/sign-in/agency", ("agency", "strathorn-council"))).Status);
    }

    [Fact]
    public async Task A_provider_that_is_down_or_names_another_is_said_calmly()
    {
        await using var provider = await TestProvider.Start();
        await using var elsewhere = await TestProvider.Start();
        provider.KeysEndpoint = $"{elsewhere.Authority}/keys";
        await using var workbench = await OwnWorkbench.Start(demo: false, providers: [provider.Of(Agency), elsewhere.Of("strathorn-council")]);
        var (_, name, _, codes) = await workbench.SetUp(Password);
        using var browser = workbench.Browser();
        await browser.Get("/sign-in");
        var answer = await browser.Post("/sign-in/agency", ("agency", Agency));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("Glenbrae Council does not answer", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv", answer.Body, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Asked);
        elsewhere.Issuer = provider.Authority;
        await browser.Get("/sign-in");
        answer = await browser.Post("/sign-in/agency", ("agency", "strathorn-council"));
        Assert.Contains("Strathorn Council does not answer", answer.Body, StringComparison.Ordinal);
        Assert.NotEmpty(elsewhere.Asked);
        await elsewhere.Stop();
        await browser.Get("/sign-in");
        answer = await browser.Post("/sign-in/agency", ("agency", "strathorn-council"));
        Assert.Contains("Strathorn Council does not answer", answer.Body, StringComparison.Ordinal);
        await browser.SignIn(name, Password, codes[0]);
        Assert.True(await browser.IsSignedIn());
    }

    [Fact]
    public async Task A_code_is_redeemed_at_the_providers_own_host_alone()
    {
        await using var provider = await TestProvider.Start();
        await using var elsewhere = await TestProvider.Start();
        provider.TokenEndpoint = $"{elsewhere.Authority}/token";
        await using var workbench = await OwnWorkbench.Start(demo: false, providers: [provider.Of(Agency)]);
        await Fill(workbench);
        using var browser = workbench.Browser();
        Assert.Equal((Refused, false), await SignIn(browser, provider));
        Assert.Empty(elsewhere.Asked);
    }

    [Theory]
    [InlineData("elspeth.rae@glenbrae.gov.uk", "urn:two-factors", true)]
    [InlineData("Elspeth.Rae@GLENBRAE.gov.uk", "urn:two-factors", true)]
    [InlineData("elspeth.rae@glenbrae.gov.uk", "urn:password", false)]
    [InlineData("elspeth.rae@glenbrae.gov.uk", null, false)]
    [InlineData("elspeth.rae@strathorn.gov.uk", "urn:two-factors", false)]
    [InlineData("elspeth.rae", "urn:two-factors", false)]
    [InlineData("@glenbrae.gov.uk", "urn:two-factors", false)]
    public async Task A_claim_ends_as_it_must_and_proof_is_as_strong_as_asked(string email, string? acr, bool signsIn)
    {
        await using var provider = await TestProvider.Start();
        provider.Claims["email"] = email;
        provider.Claims["acr"] = acr;
        var known = provider.Of(Agency) with { NameClaim = "email", NameEnding = "@glenbrae.gov.uk", Acr = "urn:two-factors" };
        await using var workbench = await OwnWorkbench.Start(demo: false, providers: [known]);
        await Fill(workbench);
        using var browser = workbench.Browser();
        Assert.Equal("urn:two-factors", HttpUtility.ParseQueryString((await Sent(browser, null)).Query)["acr_values"]);
        Assert.Equal(signsIn, (await SignIn(browser, provider)).SignedIn);
    }

    [Theory]
    [InlineData("""[{"agency":"glenbrae-council","authority":"https://login.example","clientId":"fs","clientSecretFile":"secret"}]""", null)]
    [InlineData("""[{"agency":"glenbrae-council","authority":"http://login.example","clientId":"fs","clientSecretFile":"secret"}]""", "an https address")]
    [InlineData("""[{"agency":"Glenbrae Council","authority":"https://login.example","clientId":"fs","clientSecretFile":"secret"}]""", "as labels name it")]
    [InlineData("""[{"agency":"glenbrae-council","authority":"https://login.example","clientSecretFile":"secret"}]""", "clientId is missing")]
    [InlineData("""[{"agency":"glenbrae-council","authority":"https://login.example","clientId":"fs","clientSecretFile":"open"}]""", "chmod 600")]
    [InlineData("""[{"agency":"glenbrae-council","authority":"https://login.example","clientId":"fs","clientSecretFile":"none"}]""", "cannot be read")]
    [InlineData("""[{"agency":"a","authority":"https://x.example","clientId":"fs","clientSecret":"told"}]""", "not a list of providers")]
    [InlineData("{}", "not a list of providers")]
    [InlineData("[null]", "agency is missing")]
    public void What_is_said_of_providers_is_checked_when_the_program_starts(string written, string? wrong)
    {
        string folder = Directory.CreateTempSubdirectory("fourstrands-providers-").FullName;
        try
        {
            foreach (string secret in (string[])["secret", "open"])
            {
                string file = Path.Combine(folder, secret);
                File.WriteAllText(file, "between the two\n");
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(file, secret == "open" ? UnixFileMode.UserRead | UnixFileMode.OtherRead : UnixFileMode.UserRead);
            }
            string path = Path.Combine(folder, "providers.json");
            File.WriteAllText(path, written);
            if (wrong is not null)
            {
                Assert.Contains(wrong, Assert.Throws<InvalidDataException>(() => IdentityProvider.Read(path)).Message, StringComparison.Ordinal);
                return;
            }
            var provider = Assert.Single(IdentityProvider.Read(path));
            Assert.Equal(
                ("https://login.example", "between the two", "preferred_username", ""),
                (provider.Authority, provider.ClientSecret, provider.NameClaim, provider.NameEnding)
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Whoever_makes_up_that_they_come_back_is_not_logged_and_soon_refused()
    {
        await using var provider = await TestProvider.Start();
        await using var workbench = await OwnWorkbench.Start(demo: false, providers: [provider.Of(Agency)]);
        await Fill(workbench);
        using var stranger = workbench.Browser();
        int taken = 0;
        Answer answer;
        do answer = await stranger.Get($"/sign-in/from/{Agency}?code=x&state=y");
        while (answer.Status == HttpStatusCode.Redirect && ++taken < 40);
        Assert.Equal((HttpStatusCode.TooManyRequests, 30), (answer.Status, taken));
        Assert.DoesNotContain("fail to sign in through the agency", await Exported(workbench), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await stranger.Get("/sign-in")).Status);
    }

    [Fact]
    public async Task The_session_that_a_browser_had_before_is_over()
    {
        await using var provider = await TestProvider.Start();
        await using var workbench = await OwnWorkbench.Start(demo: false, providers: [provider.Of(Agency)]);
        var (browser, _, _, codes) = await workbench.SetUp(Password);
        using var _ = browser;
        await browser.SignIn("elspeth.rae@glenbrae-council", Password, codes[0]);
        using var copied = workbench.Browser();
        copied.Cookies["fourstrands"] = browser.Cookies["fourstrands"];
        Assert.True(await copied.IsSignedIn());
        // Sessions are called by when they began: in the same moment, the next would be called as the one before.
        workbench.Clock.Now = workbench.Clock.Now.AddMinutes(1);
        Assert.Equal(("", true), await SignIn(browser, provider));
        Assert.NotEqual(copied.Cookies["fourstrands"], browser.Cookies["fourstrands"]);
        Assert.False(await copied.IsSignedIn());
    }

    /// <summary>Two agencies at one provider: whoever has there the name of somebody of the other must not be signed in as them.</summary>
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "@b.gov.uk", true)]
    [InlineData("@gov.uk", "", true)]
    [InlineData("@b.gov.uk", "@B.GOV.UK", true)]
    [InlineData("b.gov.uk", "@b.gov.uk", true)]
    [InlineData("@a.gov.uk", "@b.gov.uk", false)]
    public void Agencies_that_share_a_provider_are_told_apart_by_how_names_end(string one, string other, bool isRefused)
    {
        string folder = Directory.CreateTempSubdirectory("fourstrands-providers-").FullName;
        try
        {
            string secret = Path.Combine(folder, "secret");
            File.WriteAllText(secret, "between the two\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(secret, UnixFileMode.UserRead);
            Assert.Equal(isRefused, IsRefused("https://login.example/staff", "https://LOGIN.example/staff/"));
            // Each at a place of its own, they may end as they like.
            Assert.False(IsRefused("https://login.example/a", "https://login.example/b"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        bool IsRefused(string place, string otherPlace)
        {
            string path = Path.Combine(folder, "providers.json");
            File.WriteAllText(path, $"[{Written("a", place, one)},{Written("b", otherPlace, other)}]");
            try
            {
                return IdentityProvider.Read(path).Count != 2;
            }
            catch (InvalidDataException wrong)
            {
                Assert.Contains("a nameEnding of its own", wrong.Message, StringComparison.Ordinal);
                return true;
            }
        }

        static string Written(string agency, string place, string ending) =>
            $$"""{"agency":"{{agency}}","authority":"{{place}}","clientId":"fs","clientSecretFile":"secret","nameEnding":"{{ending}}"}""";
    }

    /// <summary>Two agencies; of ours an administrator, somebody whose account is closed, and somebody who has not come in yet.</summary>
    private static async Task<(Viewer Administrator, string Name)> Fill(OwnWorkbench workbench)
    {
        var people = workbench.Gate.People;
        var (browser, name, _, _) = await workbench.SetUp(Password);
        browser.Dispose();
        var elspeth = people.ViewerOf(name)!;
        var (second, secret) = people.Invite(elspeth, "Ailsa Bain", "administrator", "ailsa.bain");
        people.Give(elspeth, second.Id, RightKind.Role, nameof(Role.Administrator), workbench.Clock.Now.AddDays(30), "Two are needed");
        await ComeIn(secret);
        var ailsa = people.ViewerOf(second.SignInName)!;
        await ComeIn(people.Approve(ailsa, people.AskForAgency(elspeth, "Strathorn Council", "01234 567891", "Morag Hay", "morag.hay", "A partner").Id)!);
        Assert.NotNull(people.ToSignIn("morag.hay@strathorn-council"));
        var (hamish, link) = people.Invite(elspeth, "Hamish Orr", "clerk", "hamish.orr");
        await ComeIn(link);
        people.Close(elspeth, hamish.Id);
        people.Invite(elspeth, "Catriona Low", "clerk", "catriona.low");
        return (elspeth, name);

        async Task ComeIn(string by)
        {
            using var other = workbench.Browser();
            await other.ComeIn(by, Password, workbench.Clock.Now);
        }
    }

    /// <summary>Where a browser is sent to sign in.</summary>
    private static async Task<Uri> Sent(BareBrowser browser, string? next)
    {
        await browser.Get("/sign-in");
        var page = await browser.Post("/sign-in/agency", [("agency", Agency), .. next is null ? Array.Empty<(string, string)>() : [("next", next)]]);
        Assert.Equal((HttpStatusCode.OK, ""), (page.Status, page.Location));
        return new Uri(WebUtility.HtmlDecode(page.Body.Split("content=\"0;url=")[1].Split('"')[0]));
    }

    /// <summary>Where the provider sends the browser back to.</summary>
    private static async Task<string> Come(TestProvider provider, Uri sent)
    {
        using var there = new BareBrowser(provider.Address);
        return new Uri((await there.Get(sent.PathAndQuery)).Location).PathAndQuery;
    }

    /// <summary>All the way there and back; what the page at the end says, and whether somebody is signed in.</summary>
    private static async Task<(string Said, bool SignedIn)> SignIn(BareBrowser browser, TestProvider provider)
    {
        var back = await browser.Get(await Come(provider, await Sent(browser, null)));
        Assert.Equal(HttpStatusCode.Redirect, back.Status);
        var page = await browser.Get(back.Location);
        return (page.Body.Contains($"<h1>{Refused}</h1>", StringComparison.Ordinal) ? Refused : "", await browser.IsSignedIn());
    }

    private static async Task<string> Exported(OwnWorkbench workbench)
    {
        await workbench.Gate.FlushReadLog();
        using var stream = new MemoryStream();
        workbench.Gate.Audit.ExportFromMachine(Agency, Viewer.BuiltIn[0], stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
