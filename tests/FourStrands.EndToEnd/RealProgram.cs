using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace FourStrands.EndToEnd;

/// <summary>The program as it was built, serving a demo world of its own in a folder of its own, in a process of its own.</summary>
internal sealed class RealProgram : IAsyncDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo folder;

    private RealProgram(Process started, DirectoryInfo madeFolder, Uri address)
    {
        process = started;
        folder = madeFolder;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>The store's folder.</summary>
    public string Folder => folder.FullName;

    /// <summary>Starts it, and returns once it answers.</summary>
    public static async Task<RealProgram> Start()
    {
        var now = TestContext.Current.CancellationToken;
        var store = Directory.CreateTempSubdirectory("fourstrands-demo-");
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var program = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [Path.Combine(AppContext.BaseDirectory, "fourstrands.dll"), "serve", "--demo", "--store", store.FullName, "--port", $"{address.Port}"]
            )
            {
                WorkingDirectory = Path.GetTempPath(),
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        _ = program.StandardOutput.ReadToEndAsync(now);
        _ = program.StandardError.ReadToEndAsync(now);
        var started = new RealProgram(program, store, address);
        try
        {
            await started.UntilItAnswers(now);
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
        return started;
    }

    /// <summary>Kills it, as kill -9 does: it can do nothing about it.</summary>
    public async Task Kill()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task UntilItAnswers(CancellationToken now)
    {
        using var client = new HttpClient { BaseAddress = Address };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(3); await Task.Delay(250, now))
        {
            Assert.False(process.HasExited, "The program ended before it answered.");
            try
            {
                using var answer = await client.GetAsync(new Uri("/sign-in", UriKind.Relative), now);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }

        Assert.Fail("The program did not answer within three minutes.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
