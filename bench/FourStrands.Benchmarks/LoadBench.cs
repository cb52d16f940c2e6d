using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FourStrands.Picture;

namespace FourStrands.Benchmarks;

/// <summary>
/// Five hundred people signed in at once, who ask more and more: requests come at a steady rate whether or not earlier ones were answered, and each is timed
/// from when it was to be sent. The program runs in a process of its own, on the same two cores as those who ask.
/// </summary>
internal static class LoadBench
{
    private const int People = 500;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(20);

    private static readonly string[] Typed = ["m", "ma", "mac", "macd", "jo", "john", "john s", "glen", "glen h", "haulage", "st", "isla m", "strathorn"];

    /// <summary>Runs it.</summary>
    /// <param name="records">How large a world.</param>
    /// <param name="keptIn">A folder where the world is made once and kept; null for one that is removed at the end.</param>
    public static void Run(int records, string? keptIn)
    {
        if (keptIn is null)
            Measured.InFolder(folder => RunIn(records, folder).GetAwaiter().GetResult());
        else
            RunIn(records, keptIn).GetAwaiter().GetResult();
    }

    private static async Task RunIn(int records, string folder)
    {
        string[] entities = await Make(records, folder);
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        using var program = Start("serve", "--demo", "--store", folder, "--port", $"{address.Port}");
        try
        {
            using var client = new HttpClient(
                new SocketsHttpHandler
                {
                    UseCookies = false,
                    AllowAutoRedirect = false,
                    MaxConnectionsPerServer = People,
                }
            )
            {
                BaseAddress = address,
                Timeout = TimeSpan.FromSeconds(60),
            };
            await UntilItAnswers(client);
            Viewer[] viewers = [.. Viewer.BuiltIn.Where(v => v.ShortName is "analyst" or "glenbrae" or "strathorn" or "liaison")];
            string[] cookies = new string[People];
            for (int i = 0; i < People; i++)
                cookies[i] = await SignIn(address, viewers[i % viewers.Length]);
            Measured.Say($"load: {People} people signed in, over {records:N0} records");
            // Once through, so that what is made on first use is there.
            await At(client, cookies, entities, 20, TimeSpan.FromSeconds(10));
            foreach (int rate in (int[])[2, 10, 25, 50, 75, 100, 150, 200, 300, 400])
            {
                var cpu = program.TotalProcessorTime;
                var (taken, failed) = await At(client, cookies, entities, rate, Turn);
                program.Refresh();
                double share = (program.TotalProcessorTime - cpu).TotalSeconds / Turn.TotalSeconds;
                Measured.Say(
                    $"load: {rate} requests a second: p50 {taken[taken.Length / 2]:F1} ms, p95 {taken[taken.Length * 95 / 100]:F1}, p99 {taken[taken.Length * 99 / 100]:F1}, longest {taken[^1]:F0}; {failed} failed; {share:F2} cores used by the program, {program.WorkingSet64 >> 20:N0} MB"
                );
                if (taken[taken.Length / 2] > 2_000)
                    break;
            }
        }
        finally
        {
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync();
        }
    }

    private static async Task<string[]> Make(int records, string folder)
    {
        if (!File.Exists(Path.Combine(folder, "picture.db")))
        {
            using var making = Start("demo", "--records", records.ToString(CultureInfo.InvariantCulture), "--store", folder);
            await making.WaitForExitAsync();
            if (making.ExitCode != 0)
                throw new InvalidOperationException("The demo world could not be made.");
        }
        using var gate = Gate.Open(folder);
        // What everybody sees who is cleared for anything.
        var anybody = Viewer.BuiltIn.Single(v => v.ShortName == "glenbrae") with
        {
            Clearance = Classification.Public,
        };
        return [.. gate.For(anybody).Search("ma", limit: 500).Hits.Select(h => h.Entity.Id.ToString())];
    }

    private static Process Start(params string[] arguments)
    {
        var program = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "fourstrands.dll"), .. arguments])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        _ = program.StandardOutput.ReadToEndAsync();
        _ = program.StandardError.ReadToEndAsync();
        return program;
    }

    /// <returns>Milliseconds from when each was to be sent until it was answered, in order; and how many were not answered as they should be.</returns>
    private static async Task<(double[] Taken, int Failed)> At(HttpClient client, string[] cookies, string[] entities, int rate, TimeSpan length)
    {
        var dice = new Random(rate);
        int count = (int)(rate * length.TotalSeconds),
            failed = 0;
        var taken = new double[count];
        var asked = new Task[count];
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / rate);
            var wait = due - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            int at = i;
            string address = dice.Next(100) switch
            {
                < 35 => $"/entity/{entities[dice.Next(entities.Length)]}",
                < 60 => $"/search?q={Uri.EscapeDataString(Typed[dice.Next(Typed.Length)])}",
                < 90 => $"/search/suggest?q={Uri.EscapeDataString(Typed[dice.Next(Typed.Length)])}",
                < 95 => "/sources",
                _ => "/",
            };
            string cookie = cookies[dice.Next(cookies.Length)];
            asked[i] = Task.Run(async () =>
            {
                try
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, address);
                    request.Headers.Add("Cookie", cookie);
                    using var answer = await client.SendAsync(request);
                    await answer.Content.CopyToAsync(Stream.Null);
                    // Who sees more of an entity may know it by another of its records, and is sent there.
                    bool isSentOn =
                        answer.StatusCode == HttpStatusCode.Found
                        && answer.Headers.Location?.OriginalString.StartsWith("/entity/", StringComparison.Ordinal) == true;
                    if (answer.StatusCode != HttpStatusCode.OK && !isSentOn)
                        Interlocked.Increment(ref failed);
                }
                catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
                {
                    Interlocked.Increment(ref failed);
                }
                taken[at] = (Stopwatch.GetElapsedTime(start) - due).TotalMilliseconds;
            });
        }
        await Task.WhenAll(asked);
        Array.Sort(taken);
        return (taken, failed);
    }

    /// <returns>The cookie by which they are known from then on.</returns>
    private static async Task<string> SignIn(Uri at, Viewer viewer)
    {
        var cookies = new CookieContainer();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = at };
        string page = await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        string token = page.Split("name=\"form-token\" type=\"hidden\" value=\"")[1].Split('"')[0];
        using var form = new FormUrlEncodedContent([new("viewer", viewer.Name), new("form-token", token)]);
        using var answer = await client.PostAsync(new Uri("/sign-in?handler=As", UriKind.Relative), form);
        return answer.StatusCode == HttpStatusCode.Redirect
            ? cookies.GetCookieHeader(at)
            : throw new InvalidOperationException($"Signing in answered {answer.StatusCode}.");
    }

    private static async Task UntilItAnswers(HttpClient client)
    {
        for (int i = 0; i < 600; i++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/sign-in", UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
            await Task.Delay(500);
        }
        throw new InvalidOperationException("The program does not answer.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
