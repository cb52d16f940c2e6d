using System.Net.Sockets;
using System.Text;

namespace FourStrands.EndToEnd.Security;

/// <summary>Requests that no browser sends, and faults: what is answered tells nothing of the inside, and one request is one request.</summary>
public sealed class WireTests
{
    [Fact]
    public async Task Where_a_request_ends_is_never_in_doubt()
    {
        await using var workbench = await OwnWorkbench.Start();
        foreach (
            var (headers, body) in new[]
            {
                ("Content-Length: 6\r\nContent-Length: 0", "x=1&y="),
                ("Transfer-Encoding: chunked, identity", "0\r\n\r\n"),
                ("Transfer-Encoding: gzip", ""),
                ("Transfer-Encoding : chunked\r\nContent-Length: 4", "0\r\n\r\n"),
                ("Content-Length: +4", "abcd"),
                ("Content-Length: 4, 4", "abcd"),
                ("Bad Header: x", ""),
            }
        )
        {
            string answers = await Raw(
                workbench.Address,
                $"POST /sign-in HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n\r\n{body}GET /help HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            );
            Assert.StartsWith("HTTP/1.1 4", answers, StringComparison.Ordinal);
            Assert.DoesNotContain("HTTP/1.1 200", answers, StringComparison.Ordinal);
        }
    }

    /// <summary>With both, the length is not looked at: what follows the last chunk is the next request, and no part of this one.</summary>
    [Fact]
    public async Task A_length_beside_chunks_is_not_looked_at()
    {
        await using var workbench = await OwnWorkbench.Start();
        string answers = await Raw(
            workbench.Address,
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /help HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 400", answers, StringComparison.Ordinal);
        Assert.True(answers.Split("HTTP/1.1 ").Length - 1 <= 2, answers);
    }

    [Fact]
    public async Task Another_host_and_odd_requests_are_refused()
    {
        await using var workbench = await OwnWorkbench.Start();
        foreach (
            string request in new[]
            {
                "GET http://evil.example/sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /sign-in HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
                "GET /sign-in HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /sign-in HTTP/1.1\r\nHost: localhost@evil.example\r\nConnection: close\r\n\r\n",
                "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\nConnection: close\r\n\r\n",
                "TRACE /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Told: told-back\r\nConnection: close\r\n\r\n",
            }
        )
        {
            string answer = await Raw(workbench.Address, request);
            Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("evil.example", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("told-back", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Long_lines_many_headers_and_many_fields_are_refused()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var browser = workbench.Browser();
        Assert.Equal(414, (int)(await browser.Get("/search?q=" + new string('a', 9_000))).Status);
        Assert.Equal(431, (int)(await browser.Get("/sign-in", ("X-Long", new string('a', 40_000)))).Status);
        await browser.Get("/sign-in");
        var many = Enumerable.Range(0, 2_000).Select(i => ($"field{i}", "x")).ToArray();
        Assert.Equal(400, (int)(await browser.Post("/sign-in", many)).Status);
    }

    [Fact]
    public async Task A_fault_tells_nothing_of_the_inside()
    {
        var workbench = await OwnWorkbench.Start();
        try
        {
            using var browser = workbench.Browser();
            await browser.SignInAs(SampleWorld.Analyst);
            workbench.Gate.Dispose();
            foreach (string address in (string[])["/search?q=rannoch", "/sources", "/checks"])
            {
                var answer = await browser.Get(address);
                Assert.True((int)answer.Status >= 400 || answer.IsSentToSignIn, $"{address}: {answer.Status}");
                foreach (string inside in (string[])["Exception", "FourStrands.Picture", "   at ", ".cs:", "Sqlite", "picture.db", "/tmp/", "stack"])
                    Assert.DoesNotContain(inside, answer.Body, StringComparison.OrdinalIgnoreCase);
            }
        }
        finally
        {
            await workbench.DisposeAsync();
        }
    }

    [Fact]
    public async Task One_browser_asks_only_so_much_and_another_is_not_held_up()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var greedy = workbench.Browser();
        using var other = workbench.Browser();
        await greedy.SignInAs(SampleWorld.Analyst);
        await other.SignInAs(SampleWorld.Analyst);
        int asked = 0;
        while (asked < 3_000 && (int)(await greedy.Get("/search/suggest")).Status == 200)
            asked++;
        Assert.InRange(asked, 500, 2_999);
        Assert.Contains("Too many", (await greedy.Get("/search?q=x")).Body, StringComparison.Ordinal);
        Assert.True(await other.IsSignedIn());
    }

    private static async Task<string> Raw(Uri address, string request)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, limit.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(limit.Token);
    }
}
