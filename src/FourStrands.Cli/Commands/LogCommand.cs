using System.CommandLine;
using System.Text.Json;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

/// <summary>The log as a file: taken out by whoever runs the store, and proved by anybody.</summary>
internal static class LogCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var command = new Command("log", "Takes the log of who did what out as a file, and proves that such a file is whole and unchanged.");
        command.Subcommands.Add(Export(terminal, shared));
        command.Subcommands.Add(Verify(terminal, shared));
        return command;
    }

    private static Command Export(Terminal terminal, SharedOptions shared)
    {
        var agency = new Option<string?>("--agency")
        {
            Description = "Whose log. Without it: that of the agency the store was set up for.",
            HelpName = "AGENCY",
        };
        var file = new Argument<string>("file") { Description = "The file to write; it must not be there yet." };
        var command = new Command("export", "Writes an agency's whole log, and says its checkpoint: keep that outside this machine.") { agency, file };
        command.SetAction(parsed =>
        {
            if (!string.IsNullOrEmpty(parsed.GetValue(shared.As)))
                throw ProblemException.Usage("The log is taken out by whoever runs the store: leave --as out. Auditors take it out in the workbench.");
            using var store = OpenStore.Open(terminal, shared, parsed);
            string whose = parsed.GetValue(agency) ?? store.Gate.People.Home.Name;
            var there = store.Gate.Audit.AgenciesOnMachine;
            if (!there.Contains(whose, StringComparer.Ordinal))
            {
                throw ProblemException.Input(
                    there.Count == 0
                        ? "Nothing has been logged yet."
                        : $"There is no log of '{whose}'. There are logs of: {string.Join(", ", there.Where(a => a.Length > 0))}."
                );
            }
            string path = terminal.PathToWrite(parsed.GetValue(file)!);
            Checkpoint checkpoint;
            using (var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
                checkpoint = store.Gate.Audit.ExportFromMachine(whose, store.Viewer, to)!;
            terminal.Say($"{Entries(checkpoint.Size)} of the log of {whose}, signed with the key {store.Gate.Audit.KeyInShort}.");
            terminal.Out.Write(checkpoint.ToString());
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Verify(Terminal terminal, SharedOptions shared)
    {
        var file = new Argument<string>("file") { Description = "A log that was taken out." };
        var earlier = new Option<string?>("--checkpoint")
        {
            Description = "A checkpoint that was kept earlier: proves too that nothing before it was changed since.",
            HelpName = "FILE",
        };
        var command = new Command("verify", "Proves that a log is whole and as it was signed. Needs no store, and no network.") { file, earlier };
        command.SetAction(parsed =>
        {
            Checkpoint? kept = null;
            if (parsed.GetValue(earlier) is { } path)
            {
                try
                {
                    kept = Checkpoint.Parse(Small(terminal.PathOf(path)));
                }
                catch (FormatException)
                {
                    throw ProblemException.Input($"{path} is not a checkpoint of a log.");
                }
            }
            using var from = File.OpenRead(terminal.PathOf(parsed.GetValue(file)!));
            var proof = LogFile.Verify(from, kept);
            if (parsed.GetValue(shared.Json))
            {
                terminal.Out.WriteLine(
                    JsonSerializer.Serialize(
                        new
                        {
                            whole = proof.Problem is null,
                            agency = proof.Agency,
                            entries = proof.Entries,
                            erased = proof.Erased,
                            key = proof.Key,
                            open = proof.IsOpen,
                            problem = proof.Problem,
                        }
                    )
                );
                return proof.Problem is null ? ExitCodes.Done : NotProved(proof);
            }
            if (proof.Problem is { } problem)
                throw new ProblemException(NotProved(proof), $"Not proved. {problem}");
            terminal.Out.WriteLine($"Whole and unchanged: {Entries(proof.Entries)} of the log of {proof.Agency}.");
            if (proof.Erased > 0)
                terminal.Out.WriteLine($"Of {Answers.Number(proof.Erased)} what was asked has been erased; who asked, and when, stands.");
            terminal.Out.WriteLine($"Signed with the key {proof.Key}. Compare it with what the workbench shows.");
            terminal.Out.WriteLine(
                kept is null
                    ? "Without --checkpoint this does not prove that no entry was left out before it was signed."
                    : $"Nothing before the checkpoint of {Entries(kept.Size)} was changed since."
            );
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>A log that was changed is no use; of one that its checkpoint says nothing about, nobody knows yet.</summary>
    private static int NotProved(LogProof proof) => proof.IsOpen ? ExitCodes.Findings : ExitCodes.BadInput;

    private static string Entries(long count) => count == 1 ? "1 entry" : $"{Answers.Number(count)} entries";

    /// <summary>A checkpoint is a few lines; whatever is larger is none.</summary>
    private static string Small(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length > 10_000)
            throw new FormatException("This is no checkpoint.");
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
