using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;

namespace FourStrands.EndToEnd;

/// <summary>What a newcomer does: starts the program as built, in an empty folder, and checks the bidders of the demo world.</summary>
public sealed class DemoWorldTests(RunningWorkbench workbench)
{
    [Fact]
    public async Task The_program_makes_its_demo_world_and_checks_its_bidders()
    {
        var now = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("fourstrands-demo-");
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        using var program = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [Path.Combine(AppContext.BaseDirectory, "fourstrands.dll"), "serve", "--demo", "--store", folder.FullName, "--port", $"{address.Port}"]
            )
            {
                WorkingDirectory = Path.GetTempPath(),
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        try
        {
            _ = program.StandardOutput.ReadToEndAsync(now);
            _ = program.StandardError.ReadToEndAsync(now);
            await UntilItAnswers(address, program, now);

            await using var person = await workbench.Open(SampleWorld.Glenbrae, at: address);
            var page = person.Page;
            await Screenshots.Take(page, "demo-home");
            await page.GotoAsync("/checks/new");
            await page.GetByLabel("Title").FillAsync("Winter maintenance 2027");
            await page.GetByLabel("Or a file").SetInputFilesAsync(Path.Combine(folder.FullName, "bidders.csv"));
            await page.GetByRole(AriaRole.Button, new() { Name = "Check", Exact = true }).ClickAsync();
            await page.GetByRole(AriaRole.Heading, new() { Name = "At a glance" }).WaitForAsync();
            await person.MustBeAccessible("demo-check");
            Assert.True(
                await page.GetByText("To be judged").CountAsync() + await page.GetByText("Findings", new() { Exact = true }).CountAsync() > 0,
                "The demo world has something to find."
            );
            Assert.Empty(person.TakeComplaints());
        }
        finally
        {
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync(CancellationToken.None);
            folder.Delete(recursive: true);
        }
    }

    private static async Task UntilItAnswers(Uri address, Process program, CancellationToken now)
    {
        using var client = new HttpClient { BaseAddress = address };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(3); await Task.Delay(250, now))
        {
            Assert.False(program.HasExited, "The program ended before it answered.");
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
