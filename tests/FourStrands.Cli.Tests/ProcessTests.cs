using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FourStrands.Cli.Tests;

/// <summary>The real program, as a script or a person starts it.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private CancellationToken Cancellation { get; } = TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Piped_output_has_no_colour_and_no_moving_progress()
    {
        var run = await Run("demo", "--records", "300");
        Assert.True(run.ExitCode == 0, run.ToString());
        foreach (string line in new[] { "sources", "search lomarren", "check store/bidders.csv", "--help" })
        {
            run = await Run(line.Split(' '));
            Assert.True(run.ExitCode is 0 or 1, run.ToString());
            Assert.DoesNotContain('\u001b', run.Out);
            Assert.DoesNotContain('\u001b', run.Error);
            Assert.DoesNotContain('\r', run.Out);
        }
    }

    [Fact]
    public async Task A_second_program_is_told_that_the_store_is_in_use_and_the_port_too()
    {
        Assert.Equal(0, (await Run("demo", "--records", "300")).ExitCode);
        int port = FreePort();
        using var workbench = Start("serve", "--port", $"{port}");
        await SaysIn(workbench, "Stop it with Ctrl+C");

        var second = await Run("sources");
        Assert.True(second.ExitCode == ExitCodes.StoreTrouble, second.ToString());
        Assert.Contains("in use by another FourStrands program", second.Error, StringComparison.Ordinal);

        var samePort = await Run("serve", "--port", $"{port}", "--store", "other");
        Assert.True(samePort.ExitCode == ExitCodes.StoreTrouble, samePort.ToString());
        Assert.Contains($"Port {port} is in use", samePort.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("other")));

        using (var client = new HttpClient())
        {
            var page = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/sign-in"), Cancellation);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        await Signal(workbench, "TERM");
        await workbench.WaitForExitAsync(Cancellation);
        Assert.Equal(0, workbench.ExitCode);
        Assert.Equal(0, (await Run("sources")).ExitCode);
    }

    [Fact]
    public async Task An_interrupted_import_ends_with_130_and_leaves_nothing()
    {
        using var import = Start("import", "-", "--source", "Slow list");
        // Enough that its format is known and records are read, then silence.
        await import.StandardInput.WriteAsync(Entities(6000, "first").AsMemory(), Cancellation);
        await import.StandardInput.FlushAsync(Cancellation);
        await Until(() => File.Exists(folder.File("store/picture.db")));
        await Task.Delay(300, Cancellation);
        await Signal(import, "INT");
        // The pipe stays open and silent: who presses Ctrl+C is not kept waiting for it.
        await import.WaitForExitAsync(Cancellation);
        Assert.Equal(ExitCodes.Interrupted, import.ExitCode);
        Assert.Contains("Interrupted", await import.StandardError.ReadToEndAsync(Cancellation), StringComparison.Ordinal);

        var sources = await Run("sources");
        Assert.True(sources.ExitCode == 0, sources.ToString());
        Assert.Contains("There are no sources", sources.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_killed_half_way_leaves_the_store_as_it_was()
    {
        folder.Write("before.ftm.json", Entities(10, "before"));
        Assert.Equal(0, (await Run("import", "before.ftm.json", "--source", "Before")).ExitCode);
        string before = (await Run("sources")).Out;

        using var import = Start("import", "-", "--source", "Slow list");
        await import.StandardInput.WriteAsync(Entities(40_000, "killed").AsMemory(), Cancellation);
        await import.StandardInput.FlushAsync(Cancellation);
        await Task.Delay(500, Cancellation);
        import.Kill();
        await import.WaitForExitAsync(Cancellation);

        var after = await Run("sources");
        Assert.True(after.ExitCode == 0, after.ToString());
        Assert.Equal(before, after.Out);
        Assert.Contains("Nothing that you can see", (await Run("search", "killed")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erasure_killed_at_any_moment_is_done_or_not_and_what_was_begun_is_finished_at_the_next_start()
    {
        const string Secret = "Quistgaard";
        folder.Write("many.ftm.json", Entities(5_000, "other"));
        Assert.Equal(0, (await Run("import", "many.ftm.json", "--source", "Register")).ExitCode);
        var length = TimeSpan.Zero;
        for (int i = 0; i <= 4; i++)
        {
            // Another each time: what was erased is to be gone, and the rest as it was.
            string secret = $"{Secret}{i}";
            folder.Write("notes.ftm.json", Entities(1, secret));
            Assert.Equal(0, (await Run("import", "notes.ftm.json", "--source", $"Notes {i}")).ExitCode);
            string found = (await Run("export", "--source", $"Notes {i}")).Out;
            string id = (await Run("search", secret, "--json")).Json.GetProperty("hits")[0].GetProperty("entity").GetProperty("id").GetString()!;
            long start = Stopwatch.GetTimestamp();
            using var erasing = Start("erase", "record", id, "--yes", "--reason", "Order of the court");
            // The first is left to end, to know how long it takes; the others are killed ever nearer to that.
            if (i > 0)
            {
                await Task.Delay(length * (0.3 + (0.15 * i)), Cancellation);
                erasing.Kill();
            }
            await erasing.WaitForExitAsync(Cancellation);
            if (i == 0)
                length = Stopwatch.GetElapsedTime(start);
            string after = (await Run("export", "--source", $"Notes {i}")).Out;
            bool isThere = after.Length > 0;
            Assert.Equal(isThere ? found : "", after);
            Assert.Equal(isThere, IsInAFile(secret));
        }
        Assert.False(IsInAFile($"{Secret}0"));
        Assert.Equal(5_000, (await Run("export", "--source", "Register")).Out.Count(c => c == '\n'));

        bool IsInAFile(string text) =>
            Directory
                .GetFiles(folder.File("store"), "*", SearchOption.AllDirectories)
                .Any(f => Path.GetFileName(f) != "in-use" && File.ReadAllBytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);
    }

    [Fact]
    public async Task A_pipe_is_read_and_its_result_is_json()
    {
        var run = await Run(["import", "-", "--source", "Piped", "--json"], Entities(3, "piped"));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal("Piped", run.Json[0].GetProperty("source").GetProperty("name").GetString());
        Assert.Equal(3, run.Json[0].GetProperty("records").GetInt32());
        Assert.Contains("piped 2", (await Run("search", "piped")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_stack_trace_is_shown_unless_asked_for()
    {
        var plain = await Run("sources");
        Assert.DoesNotContain("   at ", plain.Error, StringComparison.Ordinal);
        using var traced = Start(["sources"], ("FOURSTRANDS_TRACE", "1"));
        await traced.WaitForExitAsync(Cancellation);
        Assert.Contains("   at FourStrands", await traced.StandardError.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_said_and_ends_with_4()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here, to which nothing can be written.");
        folder.Write("people.json", Entities(20, "many"));
        Assert.Equal(0, (await Run("import", "people.json")).ExitCode);
        foreach (string command in new[] { "export", "sources", "sources --json" })
        {
            var program = Path.Combine(AppContext.BaseDirectory, "fourstrands.dll");
            var start = new ProcessStartInfo("bash", ["-c", $"dotnet '{program}' {command} > /dev/full"])
            {
                WorkingDirectory = folder.Path,
                UseShellExecute = false,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            string error = await process.StandardError.ReadToEndAsync(Cancellation);
            await process.WaitForExitAsync(Cancellation);
            Assert.True(process.ExitCode == ExitCodes.StoreTrouble, $"{command} ended with {process.ExitCode}: {error}");
            Assert.Contains("The disk is full", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_damaged_store_is_said_and_ends_with_4()
    {
        folder.Write("people.json", Entities(10, "some"));
        Assert.Equal(0, (await Run("import", "people.json")).ExitCode);
        await File.WriteAllTextAsync(folder.File("store/picture.db"), new string('x', 10_000), Cancellation);
        foreach (string file in Directory.GetFiles(folder.File("store"), "picture.db-*"))
            File.Delete(file);
        var run = await Run("sources");
        Assert.True(run.ExitCode == ExitCodes.StoreTrouble, run.ToString());
        Assert.Contains("damaged", run.Error, StringComparison.Ordinal);
    }

    private static string Entities(int count, string name)
    {
        var lines = Enumerable
            .Range(0, count)
            .Select(i => $$$"""{"id":"{{{name}}}-{{{i}}}","schema":"Person","properties":{"name":["{{{name}}} {{{i}}}"],"birthDate":["1970"]}}""");
        return string.Join('\n', lines) + "\n";
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task Until(Func<bool> holds)
    {
        for (int i = 0; !holds() && i < 300; i++)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.True(holds(), "It did not come about within 15 seconds.");
    }

    private static async Task SaysIn(Process process, string words)
    {
        var said = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            said.AppendLine(line);
            if (line.Contains(words, StringComparison.Ordinal))
                return;
        }
        Assert.Fail($"It ended without saying '{words}', but: {said}{await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
    }

    private static async Task Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private async Task<CommandRun> Run(params string[] arguments) => await Run(arguments, "");

    private async Task<CommandRun> Run(string[] arguments, string input)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        await process.StandardInput.WriteAsync(input.AsMemory(), Cancellation);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Cancellation);
        return new CommandRun(process.ExitCode, await output, await error);
    }

    private Process Start(params string[] arguments) => Start(arguments, []);

    private Process Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "fourstrands.dll"), .. arguments])
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("FOURSTRANDS_STORE");
        start.Environment.Remove("FOURSTRANDS_KEYS");
        start.Environment.Remove("FOURSTRANDS_TRACE");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
