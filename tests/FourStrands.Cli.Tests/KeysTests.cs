using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace FourStrands.Cli.Tests;

/// <summary>The real program over a store whose keys lie in another folder. Refusals come first.</summary>
public sealed class KeysTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder backupKey = new();

    public KeysTests()
    {
        folder.Write("r.json", "{\"id\":\"1\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Heron Ltd\"]}}\n");
        File.WriteAllBytes(backupKey.File("key"), RandomNumberGenerator.GetBytes(32));
        Directory.CreateDirectory(Keys);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Keys => folder.File("keys");

    public void Dispose()
    {
        foreach (string mounted in Directory.GetDirectories(folder.Path, "mounted*"))
            Mount("umount", mounted);
        folder.Dispose();
        backupKey.Dispose();
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_and_nothing_is_made()
    {
        Says(await Run("import", "r.json", "--keys", "none"), ExitCodes.StoreTrouble, "There is no folder", "mkdir -m 700");
        Assert.False(Directory.Exists(folder.File("none")));
        Assert.False(Directory.Exists(folder.File("store")));
        Says(await Run("import", "r.json", "--keys", "r.json"), ExitCodes.StoreTrouble, "is a file: --keys names the folder");
        Says(await Run("keys", "move", "keys"), ExitCodes.StoreTrouble, "There is no store in");
        Says(await Run("import", "r.json"), 0);
        Says(await Run("keys", "move", "keys", "--as", "analyst"), ExitCodes.BadUsage, "leave --as out");
        Says(await Run("keys", "move", "none"), ExitCodes.StoreTrouble, "There is no folder");
        Says(await Run("search", "heron", "--keys", "keys"), ExitCodes.StoreTrouble, "they are not the same", "keys move");
        Says(await Run("backup", "b.fsb", "--key-file", backupKey.File("key"), "--keys", "keys"), ExitCodes.StoreTrouble, "they are not the same");
        Assert.False(File.Exists(folder.File("b.fsb")));
        Says(await Run("search", "heron"), 0);
        Assert.Empty(Directory.GetFileSystemEntries(Keys));
    }

    [Fact]
    public async Task The_folder_is_named_by_option_or_environment_and_every_time()
    {
        var first = Says(await RunIn([("FOURSTRANDS_KEYS", "keys")], "import", "r.json"), 0, $"The keys of the new store are in {Keys}.");
        Assert.DoesNotContain("The keys of", first.Out, StringComparison.Ordinal);
        Assert.Equal(["log", "vault"], Names(Keys));
        Assert.False(Directory.Exists(folder.File("store/keys")));
        Says(await Run("search", "heron"), ExitCodes.StoreTrouble, "vault is not there", "--keys");
        Says(await Run("backup", "b.fsb", "--key-file", backupKey.File("key")), ExitCodes.StoreTrouble, "vault is not there");
        Assert.Contains("Heron Ltd", Says(await Run("search", "heron", "--keys", "keys"), 0).Out, StringComparison.Ordinal);
        Assert.Contains("Heron Ltd", Says(await RunIn([("FOURSTRANDS_KEYS", Keys)], "search", "heron"), 0).Out, StringComparison.Ordinal);
        // Another store is not begun with the keys of this one.
        Says(await RunIn([("FOURSTRANDS_KEYS", Keys)], "import", "r.json", "--store", "other"), ExitCodes.StoreTrouble, "holds keys already");
        Assert.False(Directory.Exists(folder.File("other")));
        // Its own folder is named over the environment.
        Says(await RunIn([("FOURSTRANDS_KEYS", Keys)], "import", "r.json", "--store", "other", "--keys", "other/keys"), 0);
        Assert.Contains("1 key destroyed", Says(await Run("keys", "rotate", "--keys", "keys"), 0).Out, StringComparison.Ordinal);
        Assert.Contains("Heron Ltd", Says(await Run("search", "heron", "--keys", "keys"), 0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_moved_out_of_the_store_once_nobody_has_it_open()
    {
        Says(await Run("import", "r.json"), 0);
        using (var workbench = Start([], "serve", "--port", $"{FreePort()}"))
        {
            await Opened(workbench);
            Says(await Run("keys", "move", "keys"), ExitCodes.StoreTrouble, "in use by another FourStrands program");
            await Stopped(workbench);
        }
        // The keys of cookies are among them.
        Assert.Equal(3, Names(folder.File("store/keys")).Count);
        var moved = Says(await Run("keys", "move", "keys"), 0, "From now on name that folder with --keys or in $FOURSTRANDS_KEYS");
        Assert.Equal(Keys + "\n", moved.Out);
        Assert.False(Directory.Exists(folder.File("store/keys")));
        Assert.Equal(3, Names(Keys).Count);
        Says(await Run("search", "heron"), ExitCodes.StoreTrouble, "vault is not there");
        Assert.Contains("Heron Ltd", Says(await Run("search", "heron", "--keys", "keys"), 0).Out, StringComparison.Ordinal);
        Directory.CreateDirectory(folder.File("store/keys"));
        File.Copy(folder.File("keys/vault"), folder.File("store/keys/vault"));
        Says(await Run("search", "heron", "--keys", "keys"), ExitCodes.StoreTrouble, $"Delete {folder.File("store/keys")}");
        Directory.Delete(folder.File("store/keys"), recursive: true);
        var back = Says(await Run("keys", "move", "store/keys", "--keys", "keys", "--json"), 0);
        Assert.Equal(Keys, back.Json.GetProperty("from").GetString());
        Assert.Equal(folder.File("store/keys"), back.Json.GetProperty("to").GetString());
        Says(await Run("search", "heron"), 0);
        // An auditor reads that they were moved, twice, and no key was made anew.
        Says(await Run("log", "export", "log.jsonl"), 0);
        string log = await File.ReadAllTextAsync(folder.File("log.jsonl"), Cancellation);
        Assert.Equal(3, log.Split("\"act\":\"move keys\"").Length);
        Assert.DoesNotContain("new log key", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_holds_them_and_a_restore_puts_them_where_it_is_told()
    {
        Says(await Run("import", "r.json", "--keys", "keys"), 0);
        string[] restore = ["restore", "b.fsb", "--key-file", backupKey.File("key"), "--store", "new"];
        Says(await Run("backup", "b.fsb", "--key-file", backupKey.File("key"), "--keys", "keys"), 0);
        Says(await Run([.. restore, "--nothing-erased-since", "--keys", "keys"]), ExitCodes.StoreTrouble, "holds keys already");
        Says(await Run([.. restore, "--nothing-erased-since", "--keys", "none"]), ExitCodes.StoreTrouble, "There is no folder");
        Assert.False(Directory.Exists(folder.File("new")));
        Directory.CreateDirectory(folder.File("put"));
        Says(await Run([.. restore, "--check", "--keys", "put"]), 0);
        Assert.Empty(Directory.GetFileSystemEntries(folder.File("put")));
        Says(await Run([.. restore, "--erasures", "store", "--keys", "put"]), ExitCodes.StoreTrouble, "--erasures-keys");
        Assert.Empty(Directory.GetFileSystemEntries(folder.File("put")));
        Says(await Run([.. restore, "--erasures", "store", "--erasures-keys", "keys", "--keys", "put"]), 0, $"Its keys are in {folder.File("put")}");
        Assert.Equal(["log", "vault"], Names(folder.File("put")));
        Assert.False(Directory.Exists(folder.File("new/keys")));
        Says(await Run("search", "heron", "--store", "new"), ExitCodes.StoreTrouble, "vault is not there");
        Assert.Contains("Heron Ltd", Says(await Run("search", "heron", "--store", "new", "--keys", "put"), 0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_a_folder_that_can_only_be_read_the_workbench_opens_and_what_makes_keys_says_what_to_do()
    {
        Says(await Run("import", "r.json", "--keys", "keys"), 0);
        string mounted = Mounted(Keys);
        (string, string)[] environment = [("FOURSTRANDS_KEYS", mounted)];
        Assert.Contains("Heron Ltd", Says(await RunIn(environment, "search", "heron"), 0).Out, StringComparison.Ordinal);
        Says(await RunIn(environment, "keys", "rotate"), ExitCodes.StoreTrouble, "can only be read. Nothing was changed. Copy the keys to a folder");
        Says(await RunIn(environment, "keys", "move", "store/keys"), ExitCodes.StoreTrouble, "can only be read. Nothing was changed.");
        Says(await RunIn(environment, "backup", "b.fsb", "--key-file", backupKey.File("key")), 0);
        string empty = Mounted(Directory.CreateDirectory(folder.File("empty")).FullName);
        Says(
            await Run("restore", "b.fsb", "--key-file", backupKey.File("key"), "--store", "new", "--nothing-erased-since", "--keys", empty),
            ExitCodes.StoreTrouble,
            "can only be read",
            "Name a folder that can be written"
        );
        Says(await Run("import", "r.json", "--store", "new", "--keys", empty), ExitCodes.StoreTrouble, "can only be read");
        Assert.False(Directory.Exists(folder.File("new")));

        // Keys of cookies are made when there are none: in memory here. Where they are kept already, they are used.
        Assert.Contains("It is held in memory", await Served(mounted), StringComparison.Ordinal);
        Assert.Equal(["log", "vault"], Names(Keys));
        Assert.Equal("", await Served(Keys));
        string made = Assert.Single(Names(Keys), n => n.StartsWith("key-", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Keys, made)));
        Assert.Equal("", await Served(mounted));
        Assert.Equal(["log", "vault"], Names(Keys).Where(n => n != made));
    }

    /// <summary>Opens the workbench and looks at a page with a form, whose token takes a key.</summary>
    /// <returns>What it said to standard error before it was told to stop.</returns>
    private async Task<string> Served(string keys)
    {
        int port = FreePort();
        using var workbench = Start([], "serve", "--port", $"{port}", "--keys", keys);
        await Opened(workbench);
        using var browser = new HttpClient();
        string page = await browser.GetStringAsync(new Uri($"http://127.0.0.1:{port}/sign-in"), Cancellation);
        Assert.Contains("form-token", page, StringComparison.Ordinal);
        return (await Stopped(workbench)).Split("Closing the workbench")[0];
    }

    private static async Task Opened(Process workbench)
    {
        while (await workbench.StandardOutput.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.Contains("Stop it with Ctrl+C", StringComparison.Ordinal))
                return;
        }
        Assert.Fail($"It did not open: {await workbench.StandardError.ReadToEndAsync(Cancellation)}");
    }

    private static async Task<string> Stopped(Process workbench)
    {
        var said = workbench.StandardError.ReadToEndAsync(Cancellation);
        using var kill = Process.Start("kill", ["-s", "INT", $"{workbench.Id}"]);
        await workbench.WaitForExitAsync(Cancellation);
        Assert.Equal(0, workbench.ExitCode);
        return await said;
    }

    private static CommandRun Says(CommandRun run, int exitCode, params string[] words)
    {
        run.Ended(exitCode);
        foreach (string said in words)
            Assert.Contains(said, run.Error, StringComparison.Ordinal);
        return run;
    }

    private static List<string> Names(string folder) => [.. Directory.GetFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    /// <summary>The same folder again, where it can only be read, as a secrets manager mounts one.</summary>
    private string Mounted(string of)
    {
        string at = Directory.CreateDirectory(folder.File($"mounted-{Path.GetFileName(of)}")).FullName;
        if (!OperatingSystem.IsLinux() || Mount("mount", "--bind", of, at) != 0 || Mount("mount", "-o", "remount,bind,ro", at) != 0)
            Assert.Skip("A folder that can only be read cannot be mounted here (that takes the right to).");
        return at;
    }

    private static int Mount(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task<CommandRun> Run(params string[] arguments) => RunIn([], arguments);

    private async Task<CommandRun> RunIn((string Name, string Value)[] environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Cancellation);
        return new CommandRun(process.ExitCode, await output, await error);
    }

    private Process Start((string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "fourstrands.dll"), .. arguments])
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (string name in new[] { "FOURSTRANDS_STORE", "FOURSTRANDS_KEYS", "FOURSTRANDS_TRACE" })
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
