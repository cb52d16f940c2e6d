using System.Net;
using FourStrands.EndToEnd.Security;
using FourStrands.Picture;

namespace FourStrands.EndToEnd;

/// <summary>What the workbench does not do.</summary>
public sealed class RefusalsTests(RunningWorkbench workbench)
{
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_invisible_and_the_unknown_are_the_same_bytes()
    {
        using var council = await SignedIn(SampleWorld.Glenbrae);
        string secret = workbench.World.Secret.ToString(),
            import = workbench.World.SecretImport.ToString(),
            known = workbench.World.Rannoch.ToString();
        string unknown = new RecordId(12345).ToString();
        string nothing = await Body(council, "/nothing");
        foreach (
            string pattern in new[]
            {
                "/entity/{0}",
                "/entity/{0}/values?of=name",
                "/entity/{0}/connections?phrase=owns",
                "/sources/{0}",
                "/imports/{0}",
                "/match/{0}/" + known,
                "/match/" + known + "/{0}",
                "/checks/{0}",
                "/checks/{0}/json",
                "/checks/{0}/csv",
                "/checks/{0}/status",
                "/checks/{0}/record",
                "/checks/{0}/table",
            }
        )
        {
            foreach (string id in new[] { secret, import, unknown, "not-an-identifier", secret.ToUpperInvariant() })
            {
                string address = string.Format(null, pattern, id);
                using var answer = await council.GetAsync(new Uri(address, UriKind.Relative), Now);
                Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{address}: {answer.StatusCode}");
                Assert.Equal(nothing, await answer.Content.ReadAsStringAsync(Now));
            }
        }

        // And the one who may see it does.
        using var analyst = await SignedIn(SampleWorld.Analyst);
        Assert.Contains("Wendeline Quist", await Body(analyst, $"/entity/{secret}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_gets_a_page_without_signing_in()
    {
        using var stranger = workbench.Client();
        foreach (
            string address in new[]
            {
                "/",
                "/search?q=rannoch",
                $"/entity/{workbench.World.Rannoch}",
                "/search/suggest?q=ra",
                "/checks",
                "/sources/import",
                "/nothing",
            }
        )
        {
            using var answer = await stranger.GetAsync(new Uri(address, UriKind.Relative), Now);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.Equal(
                "/sign-in",
                answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.AbsolutePath : answer.Headers.Location.OriginalString.Split('?')[0]
            );
        }
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("~/search")]
    public async Task Signing_in_leads_nowhere_else(string next)
    {
        using var client = workbench.Client();
        using var answer = await SignIn(client, SampleWorld.Glenbrae, next);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Signing_in_leads_back_to_where_one_was_going()
    {
        using var client = workbench.Client();
        using var answer = await SignIn(client, SampleWorld.Glenbrae, "/search?q=rannoch");
        Assert.Equal("/search?q=rannoch", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var council = await SignedIn(SampleWorld.Glenbrae);
        foreach (
            string address in new[]
            {
                "/checks/new",
                "/sources/import",
                "/sign-out",
                $"/match/{workbench.World.Rannoch}/{workbench.World.ListedRanoch}",
                "/search",
            }
        )
        {
            using var form = new FormUrlEncodedContent([new("verdict", "same"), new("reason", "because")]);
            using var answer = await council.PostAsync(new Uri(address, UriKind.Relative), form, Now);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Another_host_name_is_refused()
    {
        using var client = workbench.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Host = "rebound.example";
        using var answer = await client.SendAsync(request, Now);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Other_methods_and_oversized_bodies_are_refused_with_a_page()
    {
        using var council = await SignedIn(SampleWorld.Glenbrae);
        using var options = await council.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/search"), Now);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, options.StatusCode);
        using var large = new ByteArrayContent(new byte[300 * 1024]);
        using var answer = await council.PostAsync(new Uri("/sign-out", UriKind.Relative), large, Now);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("too large", await answer.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
        // A form of that size is not read even to show that page.
        using var file = new MultipartFormDataContent
        {
            { new ByteArrayContent(new byte[11_000_000]), "file", "bidders.csv" },
            { new StringContent("x"), "code" },
        };
        using var list = await council.PostAsync(new Uri("/checks/new", UriKind.Relative), file, Now);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, list.StatusCode);
        Assert.Contains("too large", await list.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_binds_the_browser_and_none_names_the_server()
    {
        using var council = await SignedIn(SampleWorld.Glenbrae);
        foreach (string address in new[] { "/", $"/entity/{workbench.World.Rannoch}", "/search/suggest?q=ra", "/nothing", "/help" })
        {
            using var answer = await council.GetAsync(new Uri(address, UriKind.Relative), Now);
            string Header(string name) =>
                answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : "";
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'", Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal("nosniff", Header("X-Content-Type-Options"));
            Assert.Equal("no-store", Header("Cache-Control"));
            Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
            Assert.Equal("same-origin", Header("Cross-Origin-Resource-Policy"));
            Assert.Equal("", Header("Server") + Header("ETag") + Header("Last-Modified") + Header("X-Powered-By"));
        }
    }

    [Fact]
    public async Task Nothing_hidden_is_counted_named_or_suggested()
    {
        using var council = await SignedIn(SampleWorld.Glenbrae);
        foreach (
            string address in new[]
            {
                "/search?q=quist",
                "/search?q=ferryman",
                "/search/suggest?q=quist",
                "/sources",
                "/",
                $"/entity/{workbench.World.Rannoch}",
                "/search?q=rannoch",
            }
        )
        {
            string body = await Body(council, address);
            foreach (string hidden in new[] { "Wendeline", "The Ferryman", "Operation intelligence", "NIGHTJAR" })
                Assert.DoesNotContain(hidden, body, StringComparison.OrdinalIgnoreCase);
        }

        using var visitor = await SignedIn(SampleWorld.Visitor);
        Assert.Contains("There are no sources that you can see", await Body(visitor, "/sources"), StringComparison.Ordinal);
        Assert.Equal("[]", await Body(visitor, "/search/suggest?q=ran"));
    }

    /// <summary>An auditor sees what the agency sees, and may change none of it.</summary>
    [Fact]
    public async Task Who_may_only_read_is_told_so_and_changes_nothing()
    {
        var auditor = Viewer.BuiltIn.Single(v => v.ShortName == "auditor");
        using var client = await SignedIn(auditor);
        // The smaller identifier first: the other way round leads there.
        var (left, right) = (workbench.World.Rannoch, workbench.World.ListedRanoch);
        if (left.CompareTo(right) > 0)
            (left, right) = (right, left);
        string match = $"/match/{left}/{right}";
        string page = await Body(client, match);
        Assert.Contains("You may not decide on matches", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Keep this decision", page, StringComparison.Ordinal);
        string import = await Body(client, "/sources/import");
        Assert.Contains("Your role does not bring files in", import, StringComparison.Ordinal);
        string token = page.Contains("form-token", StringComparison.Ordinal) ? Token(page) : Token(await Body(client, "/sign-out"));
        using var decision = new FormUrlEncodedContent([new("verdict", "same"), new("reason", "Because"), new("form-token", token)]);
        using var answer = await client.PostAsync(new Uri(match, UriKind.Relative), decision, Now);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Nobody has decided yet", await Body(client, match), StringComparison.Ordinal);
        using var file = new MultipartFormDataContent
        {
            { new StringContent("Mine"), "source" },
            { new StringContent("own"), "audience" },
            { new StringContent("{\"id\":\"1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"X\"]}}"), "file", "x.json" },
            { new StringContent(token), "form-token" },
        };
        using var refused = await client.PostAsync(new Uri("/sources/import", UriKind.Relative), file, Now);
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.DoesNotContain("Mine", await Body(client, "/sources"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_file_nothing_is_read_from_who_may_not_bring_one_in_or_whose_last_is_still_being_sent()
    {
        await using var apart = await OwnWorkbench.Start();
        using var visitor = apart.Browser();
        await visitor.SignInAs(SampleWorld.Visitor);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await MustNotBeRead(visitor)).Status);

        using var isla = apart.Browser();
        await isla.SignInAs(SampleWorld.Analyst);
        using var first = new NeverSent();
        var sending = isla.Send("POST", "/sources/import", first);
        await first.Begun;
        Assert.Equal("/sources/import/progress", (await MustNotBeRead(isla)).Location);
        Assert.False(sending.IsCompleted);
        first.BreakOff();
        await Assert.ThrowsAnyAsync<Exception>(() => sending);

        // It is sent only when the server begins to read.
        static async Task<Security.Answer> MustNotBeRead(BareBrowser browser)
        {
            using var file = new NeverSent();
            var answer = await browser.Send("POST", "/sources/import", file, ("Expect", "100-continue"));
            Assert.False(file.Begun.IsCompleted);
            return answer;
        }
    }

    /// <summary>A form whose file begins and does not end.</summary>
    private sealed class NeverSent : HttpContent
    {
        private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously),
            brokenOff = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public NeverSent() => Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=part");

        public Task Begun => begun.Task;

        public void BreakOff() => brokenOff.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"u8.ToArray(), Now);
            await stream.WriteAsync(new byte[1 << 20], Now);
            await stream.FlushAsync(Now);
            begun.TrySetResult();
            await brokenOff.Task.WaitAsync(TimeSpan.FromMinutes(1), Now);
            throw new IOException("Broken off.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 300 << 20;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            BreakOff();
            base.Dispose(disposing);
        }
    }

    private static string Token(string page) => page.Split("name=\"form-token\" type=\"hidden\" value=\"")[1].Split('"')[0];

    private async Task<HttpClient> SignedIn(Viewer viewer)
    {
        var client = workbench.Client();
        using var _ = await SignIn(client, viewer, null);
        return client;
    }

    private static async Task<HttpResponseMessage> SignIn(HttpClient client, Viewer viewer, string? next)
    {
        string page = await Body(client, "/sign-in");
        const string before = "name=\"form-token\" type=\"hidden\" value=\"";
        int start = page.IndexOf(before, StringComparison.Ordinal) + before.Length;
        string token = page[start..page.IndexOf('"', start)];
        List<KeyValuePair<string, string>> fields = [new("viewer", viewer.Name), new("form-token", token)];
        if (next is not null)
            fields.Add(new("next", next));
        using var form = new FormUrlEncodedContent(fields);
        var answer = await client.PostAsync(new Uri("/sign-in?handler=As", UriKind.Relative), form, Now);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer;
    }

    private static async Task<string> Body(HttpClient client, string address) => await client.GetStringOrErrorAsync(address, Now);
}

internal static class Bodies
{
    /// <summary>The body, whatever the status.</summary>
    public static async Task<string> GetStringOrErrorAsync(this HttpClient client, string address, CancellationToken cancellation)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), cancellation);
        return await answer.Content.ReadAsStringAsync(cancellation);
    }
}
