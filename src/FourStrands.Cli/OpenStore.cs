using System.CommandLine;
using System.Text.Json;
using FourStrands.Picture;

namespace FourStrands.Cli;

/// <summary>What is known of the demo world in a store, beside the store's own files.</summary>
/// <param name="Records">The size asked for.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Complete">False while it is being made, or if making it was interrupted.</param>
internal sealed record DemoMark(int Records, long Seed, bool Complete)
{
    private const string FileName = "demo-world.json";

    public static DemoMark? Read(string folder)
    {
        string file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
            return null;
        try
        {
            return JsonSerializer.Deserialize<DemoMark>(File.ReadAllBytes(file));
        }
        catch (JsonException)
        {
            throw ProblemException.Store($"{file} is damaged. If the store holds a demo world, delete the folder {folder} and make it again.");
        }
    }

    /// <summary>Writes it whole or not at all.</summary>
    public void Write(string folder)
    {
        string file = Path.Combine(folder, FileName);
        string beside = file + ".new";
        File.WriteAllBytes(beside, JsonSerializer.SerializeToUtf8Bytes(this));
        File.Move(beside, file, overwrite: true);
    }
}

/// <summary>The store that a command works on, open, and who asks.</summary>
internal sealed class OpenStore : IDisposable
{
    private OpenStore(string folder, Gate gate, Viewer viewer, DemoMark? demo)
    {
        Folder = folder;
        Gate = gate;
        Viewer = viewer;
        Demo = demo;
        View = gate.For(viewer);
    }

    public string Folder { get; }

    public Gate Gate { get; }

    public Viewer Viewer { get; }

    public View View { get; private set; }

    /// <summary>The demo world in it, or null: then it may hold real data.</summary>
    public DemoMark? Demo { get; }

    /// <summary>Where the store is, from the option, the environment or habit.</summary>
    public static string FolderOf(Terminal terminal, SharedOptions shared, ParseResult parsed)
    {
        string? given = parsed.GetValue(shared.Store);
        if (string.IsNullOrEmpty(given))
            given = terminal.Environment("FOURSTRANDS_STORE");
        return terminal.PathOf(string.IsNullOrEmpty(given) ? "store" : given);
    }

    /// <summary>Where its keys are, from the option or the environment; null if they are in its folder.</summary>
    public static string? KeysOf(Terminal terminal, SharedOptions shared, ParseResult parsed)
    {
        string? given = parsed.GetValue(shared.Keys);
        if (string.IsNullOrEmpty(given))
            given = terminal.Environment("FOURSTRANDS_KEYS");
        return string.IsNullOrEmpty(given) ? null : terminal.PathOf(given);
    }

    /// <summary>True if there is nothing at all in the folder.</summary>
    public static bool IsMissing(string folder) => !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any();

    /// <summary>Opens it; a new one is begun only for commands that bring something in.</summary>
    public static OpenStore Open(Terminal terminal, SharedOptions shared, ParseResult parsed, bool make = false, bool tellsNotLinked = true)
    {
        string folder = FolderOf(terminal, shared, parsed);
        if (!make && IsMissing(folder))
        {
            throw ProblemException.Store(
                $"There is no store in {folder} yet. 'fourstrands import FILE' begins one, 'fourstrands demo' makes a fictional one, --store names another folder."
            );
        }
        if (File.Exists(folder))
            throw ProblemException.Store($"{folder} is a file; --store names a folder.");
        string? keys = KeysOf(terminal, shared, parsed);
        bool isNew = IsMissing(folder);
        var demo = DemoMark.Read(folder);
        var viewer = ViewerOf(terminal, parsed.GetValue(shared.As), demo);
        try
        {
            var gate = Gate.Open(folder, new GateOptions { Clock = terminal.Clock, Keys = keys });
            if (isNew && keys is not null)
                terminal.Say($"The keys of the new store are in {gate.KeysFolder}. Nobody opens it without them: back it up, and name that folder every time.");
            var store = new OpenStore(
                folder,
                gate,
                demo is null ? viewer with { Agency = gate.People.Home.Name, AgencyName = gate.People.Home.DisplayName } : viewer,
                demo
            );
            // Of anybody's import: for whoever runs the store, and not for those through whose eyes they look.
            if (tellsNotLinked && store.Gate.NotLinked > 0 && string.IsNullOrEmpty(parsed.GetValue(shared.As)))
                terminal.Say(
                    "An import was stopped before its records were compared with the others: matches with them are missing. 'fourstrands link' finishes it."
                );
            return store;
        }
        catch (UnauthorizedAccessException)
        {
            throw ProblemException.Store(
                $"The store in {folder} cannot be opened: you may not write there. Choose another folder with --store, or ask who owns it."
            );
        }
        catch (Exception problem) when (problem is DirectoryNotFoundException or IOException { HResult: 20 })
        {
            throw ProblemException.Store($"No store can be made in {folder}: {problem.Message}");
        }
    }

    /// <summary>The account of this machine that the program runs under.</summary>
    public static string AccountOf(Terminal terminal) => terminal.Environment("USER") is { Length: > 0 } user ? user : Environment.UserName;

    /// <summary>The view as it is now, after something was brought in.</summary>
    public View Refresh() => View = Gate.For(Viewer);

    public void Dispose() => Gate.Dispose();

    private static Viewer ViewerOf(Terminal terminal, string? name, DemoMark? demo)
    {
        var analyst = Viewer.BuiltIn.Single(v => v.ShortName == "analyst");
        if (string.IsNullOrEmpty(name))
        {
            // Who has the files can read them anyway; the log names them by their account of this machine. What is in a compartment is not theirs to see.
            return demo is not null
                ? analyst
                : analyst with
                {
                    Name = "operator",
                    DisplayName = AccountOf(terminal),
                    Role = "operator of this machine",
                    Compartments = [],
                };
        }
        if (demo is null)
        {
            throw ProblemException.Usage(
                "--as is for demo worlds only, where everybody is fictional, and this store is not one. Leave it out; 'fourstrands demo --store FOLDER' makes a demo world to try it on."
            );
        }
        return Viewer.BuiltIn.FirstOrDefault(v =>
                v.ShortName.Equals(name, StringComparison.OrdinalIgnoreCase) || v.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            )
            ?? throw ProblemException.Usage(
                $"There is no viewer '{name}'. There are: {string.Join(", ", Viewer.BuiltIn.Select(v => $"{v.ShortName} ({v.DisplayName}, {v.Role}, {v.AgencyName})"))}."
            );
    }
}
