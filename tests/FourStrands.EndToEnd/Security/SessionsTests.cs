using System.Net;
using FourStrands.Picture;

namespace FourStrands.EndToEnd.Security;

/// <summary>A session begins when somebody proves who they are, is theirs alone, and ends where it is kept.</summary>
public sealed class SessionsTests
{
    private const string Cookie = "fourstrands";

    private static readonly Viewer Administrator = Viewer.BuiltIn.Single(v => v.ShortName == "administrator");

    [Fact]
    public async Task Signing_in_makes_a_new_session_and_the_one_before_is_over()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var victim = workbench.Browser();
        using var thief = workbench.Browser();
        // Somebody puts a session of theirs into another's browser, who then signs in.
        await thief.SignInAs(SampleWorld.Visitor);
        victim.Cookies[Cookie] = thief.Cookies[Cookie];
        await victim.SignInAs(SampleWorld.Analyst);
        Assert.NotEqual(thief.Cookies[Cookie], victim.Cookies[Cookie]);
        Assert.False(await thief.IsSignedIn());
        Assert.Contains("Isla Munro", (await victim.Get("/account")).Body, StringComparison.Ordinal);

        // What is made up is no session, and does not become one.
        using var made = workbench.Browser();
        made.Cookies[Cookie] = "made-up-by-somebody-else";
        Assert.False(await made.IsSignedIn());
        made.Cookies[Cookie] = "made-up-by-somebody-else";
        await made.SignInAs(SampleWorld.Analyst);
        Assert.NotEqual("made-up-by-somebody-else", made.Cookies[Cookie]);
    }

    [Fact]
    public async Task Where_somebody_is_signed_in_is_said_in_words_that_they_know()
    {
        await using var workbench = await OwnWorkbench.Start();
        foreach (
            var (says, words) in new[]
            {
                ("", "Does not say"),
                ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
                ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36 Edg/141.0", "Edge on Windows"),
                ("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Mobile Safari/537.36", "Chrome on Android"),
                (
                    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.5 Safari/604.1",
                    "Safari on an iPhone"
                ),
                ("<b>curl</b>/8.14", "&lt;b&gt;curl&lt;/b&gt;/8.14"),
            }
        )
        {
            using var browser = workbench.Browser();
            browser.Says = says;
            await browser.SignInAs(SampleWorld.Analyst);
            Assert.Contains($">{words}</th>", (await browser.Get("/account")).Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Signing_out_ends_it_for_a_copied_cookie_too()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var own = workbench.Browser();
        using var copy = workbench.Browser();
        await own.SignInAs(SampleWorld.Analyst);
        copy.Cookies[Cookie] = own.Cookies[Cookie];
        Assert.True(await copy.IsSignedIn());
        copy.Cookies[Cookie] = own.Cookies[Cookie];
        await own.Get("/sign-out");
        var left = await own.Post("/sign-out");
        Assert.Equal(("/sign-in", "\"cache\", \"storage\""), (left.Location, left.Header("Clear-Site-Data")));
        Assert.Contains(left.SetCookies, c => c.StartsWith($"{Cookie}=;", StringComparison.Ordinal));
        Assert.False(await copy.IsSignedIn());
    }

    [Fact]
    public async Task A_cookie_that_was_altered_or_is_another_ones_signs_nobody_in()
    {
        await using var workbench = await OwnWorkbench.Start();
        await using var elsewhere = await OwnWorkbench.Start();
        using var own = workbench.Browser();
        await own.SignInAs(SampleWorld.Analyst);
        string real = own.Cookies[Cookie];
        int middle = real.Length / 2;
        using var foreign = elsewhere.Browser();
        await foreign.SignInAs(SampleWorld.Analyst);
        foreach (
            string forged in new[]
            {
                real[..middle] + (real[middle] == 'A' ? 'B' : 'A') + real[(middle + 1)..],
                real[..^8],
                real + "AAAA",
                // Encrypted with the same keys, for another purpose.
                own.Cookies["fourstrands-form"],
                own.Token,
                // By another installation.
                foreign.Cookies[Cookie],
            }
        )
        {
            using var other = workbench.Browser();
            other.Cookies[Cookie] = forged;
            Assert.False(await other.IsSignedIn(), forged);
        }
        Assert.True(await own.IsSignedIn());
    }

    [Fact]
    public async Task It_ends_after_an_hour_of_rest_and_after_ten_hours_at_the_latest()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var rests = workbench.Browser();
        using var works = workbench.Browser();
        await rests.SignInAs(SampleWorld.Analyst);
        await works.SignInAs(SampleWorld.Analyst);
        var began = workbench.Clock.Now;
        workbench.Clock.Now = began.AddMinutes(59);
        Assert.True(await works.IsSignedIn());
        workbench.Clock.Now = began.AddMinutes(61);
        Assert.True((await rests.Get("/account")).IsSentToSignIn);
        for (int halfHours = 3; halfHours < 20; halfHours++)
        {
            workbench.Clock.Now = began.AddMinutes(30 * halfHours);
            Assert.True(await works.IsSignedIn(), $"after {halfHours} half hours");
        }
        workbench.Clock.Now = began.AddHours(10).AddSeconds(1);
        Assert.True((await works.Get("/account")).IsSentToSignIn);
    }

    [Fact]
    public async Task An_administrator_signs_somebody_out_everywhere_and_closes_accounts()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var administrator = workbench.Browser();
        using var first = workbench.Browser();
        using var second = workbench.Browser();
        await administrator.SignInAs(Administrator);
        await first.SignInAs(SampleWorld.Analyst);
        await second.SignInAs(SampleWorld.Analyst);
        var isla = workbench.Gate.People.Of(Administrator).Single(p => p.SignInName == SampleWorld.Analyst.Name);
        await administrator.Get($"/people/{isla.Id}");
        var done = await administrator.Post($"/people/{isla.Id}?handler=SignOut");
        Assert.Contains("They are signed out everywhere", done.Body, StringComparison.Ordinal);
        Assert.False(await first.IsSignedIn());
        Assert.False(await second.IsSignedIn());

        await first.SignInAs(SampleWorld.Analyst);
        await administrator.Post($"/people/{isla.Id}?handler=Close");
        Assert.False(await first.IsSignedIn());
        await first.Get("/sign-in");
        Assert.Equal(HttpStatusCode.BadRequest, (await first.Post("/sign-in?handler=As", ("viewer", SampleWorld.Analyst.Name))).Status);
    }

    [Fact]
    public async Task Every_page_of_somebody_who_is_signed_in_leads_out()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var own = workbench.Browser();
        await own.SignInAs(Administrator);
        foreach (
            var route in (await RouteTable.Of(workbench.App.Services)).Where(r => r.Method == "GET" && !r.Pattern.Contains("assets", StringComparison.Ordinal))
        )
        {
            var page = await own.Get(route.OfNothing);
            if (page.Header("Content-Type").StartsWith("text/html", StringComparison.Ordinal) && page.Body.Length > 0)
                Assert.True(page.Body.Contains("href=\"/sign-out\"", StringComparison.Ordinal), $"{route} has no way out");
        }
    }

    [Fact]
    public async Task Signing_in_leads_nowhere_but_here()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var own = workbench.Browser();
        foreach (
            string next in new[]
            {
                "//evil.example",
                "///evil.example",
                "https://evil.example/",
                "https:evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/\t/evil.example",
                "\t//evil.example",
                "%2f%2fevil.example",
                "javascript:alert(1)",
                "data:text/html,x",
                "~/\\evil.example",
                "/\r\nLocation: https://evil.example",
                "@evil.example",
            }
        )
        {
            var shown = await own.Get($"/sign-in?next={Uri.EscapeDataString(next)}");
            Assert.DoesNotContain("name=\"next\"", shown.Body, StringComparison.Ordinal);
            Assert.Equal((next, "/"), (next, (await own.SignInAs(SampleWorld.Analyst, ("next", next))).Location));
        }
    }
}
