using System.CommandLine;
using System.Globalization;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

/// <summary>What was erased, as a list, and as a file by which it is erased from older backups too.</summary>
internal static class ErasuresCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var command = new Command(
            "erasures",
            "Lists what was erased, and takes that list out for restoring older backups. It says that something was erased, never what."
        );
        var list = new Command("list", "Lists your agency's erasures: when, by whom, why.");
        list.SetAction(parsed =>
        {
            IReadOnlyList<Erasure> erasures = [];
            InformationManager.Do(terminal, shared, parsed, "There is no such erasure.", (gate, by) => erasures = gate.Erasures.List(by));
            if (parsed.GetValue(shared.Json))
            {
                terminal.WriteJson(json =>
                {
                    json.WriteStartArray();
                    foreach (var erasure in erasures)
                    {
                        json.WriteStartObject();
                        json.WriteString("id", erasure.Id.ToString());
                        json.WriteString("at", erasure.At);
                        json.WriteString("by", erasure.By);
                        json.WriteString("reason", erasure.Reason);
                        json.WriteString("kind", Kind(erasure.Kind));
                        json.WriteNumber("statements", erasure.Statements);
                        json.WriteString("label", erasure.Label.ToString());
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                });
                return ExitCodes.Done;
            }
            foreach (var e in erasures)
                terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{e.At:yyyy-MM-dd HH:mm}  {Kind(e.Kind), -9}  {e.By}: {e.Reason}"));
            if (erasures.Count == 0)
                terminal.Say("Nothing was erased.");
            return ExitCodes.Done;
        });
        var file = new Argument<string>("file") { Description = "The file to write; it must not be there yet." };
        var export = new Command(
            "export",
            "Writes all erasures of the store to a file: 'restore' does them again to an older backup. The workbench may be open."
        )
        {
            file,
        };
        export.SetAction(parsed =>
        {
            if (!string.IsNullOrEmpty(parsed.GetValue(shared.As)))
                throw ProblemException.Usage("The list is taken out by whoever runs the store: leave --as out.");
            string path = terminal.PathToWrite(parsed.GetValue(file)!);
            int count;
            try
            {
                using var store = OpenStore.Open(terminal, shared, parsed);
                using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
                count = store.Gate.Erasures.ExportFromMachine(store.Viewer, to);
            }
            catch (StoreException problem) when (problem.IsInUse)
            {
                using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
                count = StoreBackup.ExportErasures(
                    OpenStore.FolderOf(terminal, shared, parsed),
                    to,
                    terminal.Clock,
                    OpenStore.KeysOf(terminal, shared, parsed)
                );
                terminal.Say("The store is open in another program, so that this was taken out is not in the log.");
            }
            terminal.Out.WriteLine(path);
            terminal.Say(
                $"{(count == 1 ? "1 erasure" : $"{Answers.Number(count)} erasures")}, as places alone. Keep it with the backups' key: 'fourstrands restore … --erasures FILE' needs the newest one."
            );
            return ExitCodes.Done;
        });
        command.Subcommands.Add(list);
        command.Subcommands.Add(export);
        return command;
    }

    private static string Kind(ErasureKind kind) =>
        kind switch
        {
            ErasureKind.Statement => "statement",
            ErasureKind.Record => "record",
            _ => "import",
        };
}
