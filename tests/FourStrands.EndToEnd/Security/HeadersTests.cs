using System.Text.RegularExpressions;
using FourStrands.Picture;

namespace FourStrands.EndToEnd.Security;

/// <summary>What every answer tells the browser, and what it never holds.</summary>
public sealed class HeadersTests(RunningWorkbench workbench)
{
    private static readonly Uri Public = new("https://fourstrands.example");

    /// <summary>Script or style within a page: the policy forbids it, and so no page may need it.</summary>
    private static readonly Regex Inline = new("<script(?![^>]* src=)|<style| style=\"| on[a-z]+=\"|javascript:", RegexOptions.None, TimeSpan.FromSeconds(5));

    [Fact]
    public async Task Every_answer_of_every_address_binds_the_browser_and_says_what_it_is()
    {
        using var analyst = new BareBrowser(workbench.Address);
        using var stranger = new BareBrowser(workbench.Address);
        using var administrator = new BareBrowser(workbench.Address);
        using var program = new BareBrowser(workbench.Address) { Key = workbench.Key(SampleWorld.Analyst) };
        await analyst.SignInAs(SampleWorld.Analyst);
        await administrator.SignInAs(Viewer.BuiltIn.Single(v => v.ShortName == "administrator"));
        int withBody = 0;
        foreach (var route in (await RouteTable.Of(workbench.Services)).Where(r => r.Method == "GET"))
        {
            bool isAsset = route.Pattern.StartsWith("/assets/", StringComparison.Ordinal);
            string address = isAsset ? "/assets/workbench.js" : Real(route);
            foreach (var browser in (BareBrowser[])[analyst, administrator, stranger, program])
            {
                var answer = await browser.Get(address);
                string policy = answer.Header("Content-Security-Policy");
                string[] directives = policy.Split("; ");
                foreach (string directive in Strict)
                    Assert.True(directives.Contains(directive, StringComparer.Ordinal), $"{address}: {directive} is not in {policy}");
                Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
                Assert.Equal((address, "nosniff"), (address, answer.Header("X-Content-Type-Options")));
                Assert.Equal((address, "same-origin"), (address, answer.Header("Referrer-Policy")));
                Assert.Equal((address, "same-origin"), (address, answer.Header("Cross-Origin-Opener-Policy")));
                Assert.Equal((address, "same-origin"), (address, answer.Header("Cross-Origin-Resource-Policy")));
                Assert.Equal((address, ""), (address, answer.Header("Access-Control-Allow-Origin")));
                Assert.Equal((address, ""), (address, answer.Header("Server") + answer.Header("X-Powered-By") + answer.Header("ETag")));
                if (!isAsset)
                    Assert.Equal((address, "no-store"), (address, answer.Header("Cache-Control")));
                if (answer.Body.Length == 0)
                    continue;
                withBody++;
                string type = answer.Header("Content-Type");
                Assert.True(
                    type.EndsWith("charset=utf-8", StringComparison.OrdinalIgnoreCase)
                        || type is "application/json" or "application/problem+json" or "application/jsonl",
                    $"{address}: {type}"
                );
                if (type.StartsWith("text/html", StringComparison.Ordinal))
                    Assert.False(Inline.IsMatch(answer.Body), $"{address} holds {Inline.Match(answer.Body)}");
            }
        }
        Assert.True(withBody > 60, $"Only {withBody} answers had a body.");
    }

    [Fact]
    public async Task The_browser_itself_makes_no_markup_from_text()
    {
        await using var person = await workbench.Open(SampleWorld.Analyst);
        Assert.Equal(
            "TypeError",
            await person.Page.EvaluateAsync<string>("() => { try { document.body.innerHTML = '<b>x</b>'; return 'made'; } catch (e) { return e.name; } }")
        );
        Assert.Equal(
            "refused",
            await person.Page.EvaluateAsync<string>(
                """
                async () => {
                    window.ran = false;
                    const style = document.createElement('style');
                    style.textContent = 'body { outline-width: 77px }';
                    document.head.append(style);
                    const button = document.createElement('button');
                    try { button.setAttribute('onclick', 'window.ran = true'); } catch { }
                    document.body.append(button);
                    button.click();
                    return window.ran || getComputedStyle(document.body).outlineWidth === '77px' ? 'ran' : 'refused';
                }
                """
            )
        );
    }

    [Fact]
    public async Task What_somebody_wrote_is_shown_as_text()
    {
        await using var apart = await OwnWorkbench.Start();
        using var browser = apart.Browser();
        await browser.SignInAs(SampleWorld.Analyst);
        const string Written = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'`{{7*7}}";
        foreach (
            string address in new[]
            {
                $"/search?q={Uri.EscapeDataString(Written)}",
                $"/checks/new?bidder={Uri.EscapeDataString(Written)}",
                $"/path?fromName={Uri.EscapeDataString(Written)}&toName=x",
                $"/sign-in?next={Uri.EscapeDataString("/" + Written)}",
            }
        )
        {
            var page = await browser.Get(address);
            Assert.DoesNotContain("<script>alert", page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", page.Body, StringComparison.Ordinal);
        }
        var json = await browser.Get($"/search/suggest?q={Uri.EscapeDataString(Written)}");
        Assert.DoesNotContain('<', json.Body);
    }

    [Fact]
    public async Task Over_https_cookies_are_bound_to_it_and_to_this_host()
    {
        await using var apart = await OwnWorkbench.Start(demo: true, Public);
        using var browser = apart.Browser("fourstrands.example");
        var page = await browser.Get("/sign-in");
        Assert.Equal("max-age=31536000; includeSubDomains", page.Header("Strict-Transport-Security"));
        var signedIn = await browser.SignInAs(SampleWorld.Analyst);
        string[] set = [.. page.SetCookies, .. signedIn.SetCookies];
        Assert.Equal(
            ["__Host-fourstrands", "__Host-fourstrands-form"],
            set.Select(c => c.Split('=')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );
        foreach (string cookie in set)
        {
            string[] parts = [.. cookie.Split("; ").Skip(1).Select(p => p.ToLowerInvariant())];
            Assert.Superset(new HashSet<string>(["secure", "httponly", "samesite=strict", "path=/"]), parts.ToHashSet(StringComparer.Ordinal));
            Assert.DoesNotContain(parts, p => p.StartsWith("domain", StringComparison.Ordinal));
        }
        Assert.Equal("max-age=31536000; includeSubDomains", (await browser.Get("/nothing")).Header("Strict-Transport-Security"));
        // No other name is answered, not even the machine's own.
        foreach (string other in (string[])["localhost", "127.0.0.1", "evil.example", "fourstrands.example.evil.example"])
        {
            using var elsewhere = apart.Browser(other);
            Assert.Equal((other, 400), (other, (int)(await elsewhere.Get("/sign-in")).Status));
        }
    }

    [Fact]
    public async Task Without_https_cookies_are_this_sites_alone_and_no_script_reads_them()
    {
        await using var apart = await OwnWorkbench.Start();
        using var browser = apart.Browser();
        var page = await browser.Get("/sign-in");
        var signedIn = await browser.SignInAs(SampleWorld.Analyst);
        foreach (string cookie in (string[])[.. page.SetCookies, .. signedIn.SetCookies])
        {
            string[] parts = [.. cookie.Split("; ").Skip(1).Select(p => p.ToLowerInvariant())];
            Assert.Superset(new HashSet<string>(["httponly", "samesite=strict", "path=/"]), parts.ToHashSet(StringComparer.Ordinal));
        }
        Assert.Equal("", page.Header("Strict-Transport-Security"));
    }

    /// <summary>What a proxy says is believed only where there is one, and only what it added itself.</summary>
    [Fact]
    public async Task Nobody_says_with_a_header_where_they_are_or_what_this_is()
    {
        await using var alone = await OwnWorkbench.Start(demo: false);
        var (person, secret) = alone.Gate.People.SetUp(alone.Gate.People.NewSetUpLink(), "Glenbrae Council", "01234 567890", "Elspeth Rae", "elspeth.rae");
        using var browser = alone.Browser();
        await browser.ComeIn(secret, "kettle otter drizzle 7", alone.Clock.Now);
        var page = await browser.Get("/people", ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"), ("Forwarded", "host=evil.example"));
        Assert.DoesNotContain("evil.example", page.Body, StringComparison.Ordinal);
        Assert.Equal(429, await TryUntilRefused(alone, null, i => $"192.0.2.{i}"));

        await using var behind = await OwnWorkbench.Start(demo: false, Public);
        // Written by the asker, then by the proxy: the last counts, so one asker is one asker.
        Assert.Equal(429, await TryUntilRefused(behind, "fourstrands.example", i => $"198.51.100.{i}, 192.0.2.7"));
        // And another is another.
        Assert.Equal(200, await TryUntilRefused(behind, "fourstrands.example", i => $"192.0.2.7, 203.0.113.{i}"));
        // Who has one address of IPv6 has its whole network, and is one asker.
        Assert.Equal(429, await TryUntilRefused(behind, "fourstrands.example", i => $"2001:db8:0:7::{i:x}"));
        Assert.Equal(200, await TryUntilRefused(behind, "fourstrands.example", i => $"2001:db8:1:{i:x}::1"));
        Assert.Equal("elspeth.rae", person.Name);
    }

    private static async Task<int> TryUntilRefused(OwnWorkbench workbench, string? host, Func<int, string> from)
    {
        using var browser = workbench.Browser(host);
        await browser.Get("/sign-in");
        int status = 0;
        for (int i = 1; i <= 32 && status != 429; i++)
        {
            using var form = new FormUrlEncodedContent([new("name", ""), new("form-token", browser.Token)]);
            status = (int)(await browser.Send("POST", "/sign-in", form, ("X-Forwarded-For", from(i)))).Status;
        }
        return status;
    }

    private static readonly string[] Strict =
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ];

    /// <summary>An address at which the analyst is shown something.</summary>
    private string Real(Route route)
    {
        var world = workbench.World;
        return route.Pattern switch
        {
            RouteTable.WhatWentWrong => "/error/404",
            "/search" => "/search?q=rannoch",
            "/api/v1/search" => "/api/v1/search?q=rannoch",
            "/search/suggest" => "/search/suggest?q=ra",
            "/entity/{id:id}/connections" => $"/entity/{world.Rannoch}/connections?phrase=owns",
            "/entity/{id:id}/values" => $"/entity/{world.Rannoch}/values?of=name",
            "/match/{left:id}/{right:id}" => $"/match/{world.Rannoch}/{world.ListedRanoch}",
            _ when route.Pattern.StartsWith("/sources/{", StringComparison.Ordinal) => route.With(world.Register.ToString()),
            _ when route.Pattern.StartsWith("/imports/", StringComparison.Ordinal) => route.With(world.RegisterImport.ToString()),
            _ when route.Pattern.StartsWith("/checks/{", StringComparison.Ordinal) => route.With(workbench.Checks[SampleWorld.Analyst.Name].ToString()),
            _ when route.NamesSomething => route.With(world.Rannoch.ToString()),
            _ => route.Pattern,
        };
    }
}
