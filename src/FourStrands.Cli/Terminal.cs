using System.Text;
using Spectre.Console;

namespace FourStrands.Cli;

/// <summary>What is true of work that somebody stopped.</summary>
internal static class Interruption
{
    public const string NothingKept = "Interrupted. What was not finished was not kept.";

    public const string AfterCommit =
        "Interrupted. The import is in; comparing its records with the others is finished by 'fourstrands link', or beside the workbench when it is opened.";
}

/// <summary>
/// Where the program reads and writes. Results go to <see cref="Out"/>; what is said about the work goes to <see cref="Error"/>,
/// with colour and moving progress only if a person sits there.
/// </summary>
internal sealed class Terminal
{
    private IAnsiConsole? table;
    private IAnsiConsole? notes;

    public required TextWriter Out { get; init; }

    /// <summary>The same as bytes, for results that are files.</summary>
    public required Stream OutBytes { get; init; }

    public required TextWriter Error { get; init; }

    public required Stream In { get; init; }

    /// <summary>True if a person reads what goes to <see cref="Out"/>, not a file or another program.</summary>
    public bool OutIsPerson { get; init; }

    /// <summary>True if a person reads what goes to <see cref="Error"/>.</summary>
    public bool ErrorIsPerson { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The environment; tests give their own.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Asks for something that is not shown while it is typed; null if nobody sits there.</summary>
    public Func<string, string>? AskInSecret { get; init; }

    /// <summary>The folder that file names given on the command line are relative to.</summary>
    public string Folder { get; init; } = System.Environment.CurrentDirectory;

    /// <summary>Tables; without colour, and as wide as they are, where nobody looks.</summary>
    public IAnsiConsole Table => table ??= Make(Out, OutIsPerson);

    /// <summary>Progress; used only if <see cref="ErrorIsPerson"/>.</summary>
    public IAnsiConsole Notes => notes ??= Make(Error, ErrorIsPerson);

    /// <summary>The real one.</summary>
    public static Terminal OfProcess()
    {
        var plain = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var output = Console.OpenStandardOutput();
        return new Terminal
        {
            OutBytes = output,
            Out = new StreamWriter(output, plain, 16 * 1024),
            Error = new StreamWriter(Console.OpenStandardError(), plain, 256) { AutoFlush = true },
            In = Console.OpenStandardInput(),
            OutIsPerson = !Console.IsOutputRedirected && IsLively,
            ErrorIsPerson = !Console.IsErrorRedirected && IsLively,
            AskInSecret = Console.IsInputRedirected || Console.IsErrorRedirected ? null : Ask,
        };
    }

    private static string Ask(string question)
    {
        Console.Error.Write(question);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }
        Console.Error.WriteLine();
        return typed.ToString();
    }

    /// <summary>What is to be said of the work if it is stopped now.</summary>
    public Func<string> Interrupted { get; set; } = () => Interruption.NothingKept;

    /// <summary>How wide a table may be.</summary>
    public int Width => OutIsPerson ? Math.Max(60, Table.Profile.Width) : 100;

    /// <summary>An absolute path, from one as given on the command line.</summary>
    public string PathOf(string given) => Path.GetFullPath(given, Folder);

    /// <summary>The absolute path of a file that is to be written.</summary>
    /// <exception cref="ProblemException">The folder that it is to lie in is not there.</exception>
    public string PathToWrite(string given)
    {
        string path = PathOf(given);
        return Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder)
            ? throw ProblemException.Input($"There is no folder {folder} to write {Path.GetFileName(path)} into. Make it, or choose another.")
            : path;
    }

    /// <summary>Says a line about the work.</summary>
    public void Say(string line) => Error.WriteLine(line);

    // The customs of terminals: no colour if NO_COLOR is set, none where TERM says that there can be none.
    private static bool IsLively =>
        string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable("NO_COLOR"))
        && System.Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb")
        && string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable("CI"));

    private static IAnsiConsole Make(TextWriter writer, bool person)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = person ? AnsiSupport.Detect : AnsiSupport.No,
                ColorSystem = person ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
                Interactive = person ? InteractionSupport.Detect : InteractionSupport.No,
                Out = new AnsiConsoleOutput(writer),
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            }
        );
        if (!person)
            console.Profile.Width = 2000;
        return console;
    }
}
