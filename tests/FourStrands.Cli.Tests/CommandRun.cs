using System.Text;
using System.Text.Json;

namespace FourStrands.Cli.Tests;

/// <summary>What a command line came to, run inside the test.</summary>
internal sealed record CommandRun(int ExitCode, string Out, string Error)
{
    /// <summary>Everything said, for messages of failing tests.</summary>
    public override string ToString() => $"exit code {ExitCode}\n--- out\n{Out}\n--- error\n{Error}";

    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>Runs a command line as in a folder, with a store.</summary>
    public static async Task<CommandRun> Of(TemporaryFolder folder, IReadOnlyList<string> arguments, byte[]? input = null, string? store = null)
    {
        using var outBytes = new MemoryStream();
        using var error = new StringWriter();
        using var output = new StreamWriter(outBytes, new UTF8Encoding(false)) { AutoFlush = true };
        using var standardInput = new MemoryStream(input ?? []);
        var terminal = new Terminal
        {
            Out = output,
            OutBytes = outBytes,
            Error = error,
            In = standardInput,
            Folder = folder.Path,
            Environment = name => name == "FOURSTRANDS_STORE" ? store : null,
        };
        int code = await new CommandLine(terminal).Run(arguments, TestContext.Current.CancellationToken);
        return new CommandRun(code, Encoding.UTF8.GetString(outBytes.ToArray()), error.ToString());
    }

    /// <summary>Fails unless it ended with that exit code, and without a trace of the program's insides.</summary>
    public CommandRun Ended(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"expected exit code {exitCode}, but: {this}");
        Assert.DoesNotContain("   at FourStrands", Error, StringComparison.Ordinal);
        return this;
    }
}

/// <summary>A folder that is gone when the test is over.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("fourstrands-").FullName;

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string content)
    {
        System.IO.File.WriteAllText(File(name), content);
        return File(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>A folder with a demo world in its store, made once for the tests that only read it.</summary>
public sealed class DemoFolder : IAsyncLifetime, IDisposable
{
    public TemporaryFolder Folder { get; } = new();

    public string Store => Folder.File("store");

    public async ValueTask InitializeAsync() => (await CommandRun.Of(Folder, ["demo", "--records", "3000"])).Ended(0);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => Folder.Dispose();

    internal Task<CommandRun> Run(params string[] arguments) => CommandRun.Of(Folder, arguments);
}

/// <summary>Tests that share the demo world run one after the other: a store is open once.</summary>
[CollectionDefinition("demo world")]
public sealed class SharesTheDemoWorld : ICollectionFixture<DemoFolder>;
