using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FourStrands.Deter.Checks;
using FourStrands.Picture;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

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
                ("Content-Length: 4, 4", "abcd"),
                ("Bad Header: x", ""),
            }
        )
        {
            string answers = await Raw(
                workbench.Address,
                $"POST /sign-in HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n\r\n{body}GET /help HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            );
            Assert.True(answers.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), $"{headers}: {answers}");
            Assert.False(answers.Contains("HTTP/1.1 200", StringComparison.Ordinal), $"{headers} let another request in");
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
        const string Inside = "the spring of the clock is broken";
        var messages = new HeardMessages();
        await using var workbench = await OwnWorkbench.Start(host: host =>
            host.ConfigureLogging(logging => logging.ClearProviders().AddProvider(messages))
                .ConfigureServices(services => services.AddSingleton<BidderChecks>(_ => throw new InvalidOperationException(Inside)))
        );
        using var browser = workbench.Browser();
        await browser.SignInAs(SampleWorld.Analyst);
        await browser.Get("/sources");
        foreach (string address in (string[])["/checks/new", $"/checks/{new RecordId(1)}", $"/checks/{new RecordId(1)}/json"])
        {
            var answer = await browser.Get(address);
            Assert.Equal((address, HttpStatusCode.InternalServerError), (address, answer.Status));
            Assert.Contains("Something went wrong", answer.Body, StringComparison.Ordinal);
            foreach (string inside in (string[])["Exception", "FourStrands.Deter", "   at ", ".cs:", "Sqlite", "/tmp/", Inside])
                Assert.DoesNotContain(inside, answer.Body, StringComparison.OrdinalIgnoreCase);
        }
        // Whoever runs the program is told.
        Assert.Contains(messages.Faults, f => f.Message == Inside);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/sources")).Status);
    }

    /// <summary>No answer without its entry in the log: where that cannot be kept, nothing is shown.</summary>
    [Fact]
    public async Task What_cannot_be_logged_is_not_shown()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var browser = workbench.Browser();
        await browser.SignInAs(SampleWorld.Analyst);
        Assert.Contains("Search", (await browser.Get("/search?q=rannoch")).Body, StringComparison.Ordinal);
        Change("ALTER TABLE entry RENAME TO gone");
        foreach (string address in (string[])["/search?q=rannoch", "/sources", "/search/suggest?q=ra"])
        {
            var answer = await browser.Get(address);
            Assert.Equal((address, HttpStatusCode.InternalServerError, ""), (address, answer.Status, answer.Body));
        }
        Change("ALTER TABLE gone RENAME TO entry");
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/search?q=rannoch")).Status);
        // And what was asked meanwhile is in it: it was tried again until it was kept.
        using var chief = workbench.Browser();
        await chief.SignInAs(Viewer.BuiltIn.Single(v => v.ShortName == "chief"));
        string log = (await chief.Get("/log?who=analyst&text=rannoch")).Body;
        Assert.True(log.Split("rannoch").Length - 1 >= 3, log);

        void Change(string sql)
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(workbench.Store, "reads.db")};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of two constants.
            command.CommandText = sql;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
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
        // There may be room for some more by now.
        Answer page;
        do page = await greedy.Get("/search?q=x");
        while (page.Status == HttpStatusCode.OK && asked++ < 3_000);
        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.Contains("Too many", page.Body, StringComparison.Ordinal);
        Assert.True(await other.IsSignedIn());
    }

    /// <summary>By the pattern of the address: what was sent may name somebody, or be made to deceive.</summary>
    [Fact]
    public async Task What_was_refused_is_in_the_programs_messages_without_what_was_sent()
    {
        var messages = new HeardMessages();
        await using var workbench = await OwnWorkbench.Start(host: host => host.ConfigureLogging(logging => logging.ClearProviders().AddProvider(messages)));
        using var browser = workbench.Browser();
        await browser.SignInAs(SampleWorld.Analyst);
        using var none = new FormUrlEncodedContent([new("reason", "Wendeline Quist\nwarn: forged")]);
        await browser.Send("POST", $"/match/{new RecordId(1)}/{new RecordId(2)}?name=Wendeline%0Awarn", none);
        await browser.Send("OPTIONS", "/search?q=Wendeline");
        using var other = workbench.Browser("evil.example");
        await other.Get("/sign-in");
        Assert.Contains("Refused with 400: POST /match/{left:id}/{right:id}, asked by analyst@national-police", messages.Heard);
        Assert.Contains("Refused with 405: OPTIONS /search, asked by analyst@national-police", messages.Heard);
        Assert.Contains(messages.Heard, m => m.StartsWith("Refused with 400: GET ", StringComparison.Ordinal));
        Assert.DoesNotContain(
            messages.Heard,
            m => m.Contains("Wendeline", StringComparison.Ordinal) || m.Contains('\n') || m.Contains("evil", StringComparison.Ordinal)
        );
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

/// <summary>What the program says of itself.</summary>
internal sealed class HeardMessages : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> heard = new();

    /// <summary>All of it so far.</summary>
    public IReadOnlyCollection<string> Heard => heard;

    /// <summary>The faults among it.</summary>
    public ConcurrentQueue<Exception> Faults { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        heard.Enqueue(formatter(state, exception));
        if (exception is not null)
            Faults.Enqueue(exception);
    }

    public void Dispose() { }
}
