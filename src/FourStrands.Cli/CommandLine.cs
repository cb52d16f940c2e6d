using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using FourStrands.Cli.Commands;
using FourStrands.Picture;

namespace FourStrands.Cli;

/// <summary>The commands, what they have in common, and what becomes of errors.</summary>
internal sealed class CommandLine
{
    private readonly Terminal terminal;
    private readonly RootCommand root;

    public CommandLine(Terminal terminal)
    {
        this.terminal = terminal;
        var shared = new SharedOptions();
        root = new RootCommand("FourStrands: one picture of serious organised crime, as much of it as each may see. This is its command line.");
        root.Options.Add(shared.Store);
        root.Options.Add(shared.Keys);
        root.Options.Add(shared.As);
        root.Options.Add(shared.Json);
        foreach (
            var command in new[]
            {
                ImportCommand.Make(terminal, shared),
                SourcesCommand.Make(terminal, shared),
                RejectsCommand.Make(terminal, shared),
                LinkCommand.Make(terminal, shared),
                WayInCommand.Make(terminal, shared),
                LogCommand.Make(terminal, shared),
                BackupCommand.Make(terminal, shared),
                RestoreCommand.Make(terminal, shared),
                EraseCommand.Make(terminal, shared),
                ErasuresCommand.Make(terminal, shared),
                HoldCommand.Make(terminal, shared),
                RetentionCommand.Make(terminal, shared),
                CorrectCommand.Make(terminal, shared),
                KeysCommand.Make(terminal, shared),
                FormatsCommand.Make(terminal, shared),
                CheckCommand.Make(terminal, shared),
                SearchCommand.Make(terminal, shared),
                ShowCommand.Make(terminal, shared),
                PathCommand.Make(terminal, shared),
                JudgeCommand.Make(terminal, shared),
                ExportCommand.Make(terminal, shared),
                DemoCommand.Make(terminal, shared),
                ServeCommand.Make(terminal, shared),
            }
        )
            root.Subcommands.Add(command);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    /// <summary>Runs a command line and returns the exit code. Throws nothing.</summary>
    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken interrupted = default)
    {
        try
        {
            int code = await Invoke(arguments, interrupted);
            await terminal.Out.FlushAsync(CancellationToken.None);
            return code;
        }
        catch (Exception problem)
        {
            var (code, message) = Explain(problem, interrupted);
            terminal.Say(message);
            if (!string.IsNullOrEmpty(terminal.Environment("FOURSTRANDS_TRACE")))
                terminal.Say(problem.ToString());
            return code;
        }
    }

    private async Task<int> Invoke(IReadOnlyList<string> arguments, CancellationToken interrupted)
    {
        // Without response files: a bidder's name may begin with @.
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
        {
            foreach (var error in parsed.Errors)
                terminal.Say(error.Message);
            terminal.Say($"'{NameOf(parsed)} --help' shows how it is used.");
            return ExitCodes.BadUsage;
        }
        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            },
            interrupted
        );
    }

    private static string NameOf(ParseResult parsed)
    {
        string name = "";
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } command; at = command.Parent)
            name = $" {command.Command.Name}{name}";
        return "fourstrands" + name;
    }

    private (int ExitCode, string Message) Explain(Exception problem, CancellationToken interrupted) =>
        problem switch
        {
            ProblemException p => (p.ExitCode, p.Message),
            OperationCanceledException when interrupted.IsCancellationRequested => (ExitCodes.Interrupted, terminal.Interrupted()),
            StoreException => (ExitCodes.StoreTrouble, problem.Message),
            IOException io when IsDiskFull(io) => (
                ExitCodes.StoreTrouble,
                $"The disk is full: {io.Message} Nothing half done was kept. Free some space and do it again."
            ),
            IOException or UnauthorizedAccessException => (ExitCodes.BadInput, problem.Message),
            _ => (
                ExitCodes.Fault,
                $"FourStrands met a fault of its own: {problem.GetType().Name}: {problem.Message}\n"
                    + "What was committed before is safe. Set FOURSTRANDS_TRACE=1 and do it again to see where, and please report it."
            ),
        };

    private static bool IsDiskFull(IOException problem) =>
        // ENOSPC and EDQUOT as Unix numbers them; ERROR_DISK_FULL as Windows does.
        problem.HResult
            is 28
                or 122
                or unchecked((int)0x80070070);

    /// <summary>The usual help, then examples: most people read those first.</summary>
    private sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            usual.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            foreach (string line in Examples.Of(parseResult.CommandResult.Command))
                output.WriteLine(line);
            return ExitCodes.Done;
        }
    }
}

/// <summary>Options that every command takes.</summary>
internal sealed class SharedOptions
{
    public Option<string?> Store { get; } =
        new("--store")
        {
            Description = "Folder of the store. Without it: $FOURSTRANDS_STORE, else 'store' in the current folder.",
            HelpName = "FOLDER",
            Recursive = true,
        };

    public Option<string?> Keys { get; } =
        new("--keys")
        {
            Description = "Folder of the store's keys, if that is not the store's own. Without it: $FOURSTRANDS_KEYS, else 'keys' in the store.",
            HelpName = "FOLDER",
            Recursive = true,
        };

    public Option<string?> As { get; } =
        new("--as")
        {
            Description = $"Whose eyes to look with, in a demo world only: {string.Join(", ", Viewer.BuiltIn.Select(v => v.ShortName))}.",
            HelpName = "VIEWER",
            Recursive = true,
        };

    public Option<bool> Json { get; } = new("--json") { Description = "Write the result as JSON.", Recursive = true };
}
