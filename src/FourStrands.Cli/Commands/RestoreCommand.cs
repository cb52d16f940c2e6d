using System.CommandLine;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

/// <summary>Makes a store of a backup, or proves that one could be made.</summary>
internal static class RestoreCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var file = new Argument<string>("file") { Description = "A backup." };
        var check = new Option<bool>("--check") { Description = "Prove that it can be restored, beside where --store names, and leave nothing." };
        var secret = new BackupSecret();
        var command = new Command("restore", "Makes a store of a backup, in a new folder. Everything is proved before the folder is there.") { file, check };
        secret.AddTo(command);
        command.SetAction(
            (parsed, interrupted) =>
            {
                if (!string.IsNullOrEmpty(parsed.GetValue(shared.As)))
                    throw ProblemException.Usage("A backup is restored by whoever runs the store: leave --as out.");
                if (string.IsNullOrEmpty(parsed.GetValue(shared.Store)))
                    throw ProblemException.Usage("--store is missing: name the new folder that the store is to be in.");
                string from = terminal.PathOf(parsed.GetValue(file)!);
                if (!File.Exists(from))
                    throw ProblemException.Input($"There is no file {from}.");
                string folder = OpenStore.FolderOf(terminal, shared, parsed);
                var key = secret.Read(terminal, parsed, from, folder, twice: false);
                bool only = parsed.GetValue(check);
                BackupManifest manifest;
                try
                {
                    manifest = StoreBackup.Restore(
                        from,
                        key,
                        folder,
                        new RestoreOptions
                        {
                            Clock = terminal.Clock,
                            By = OpenStore.AccountOf(terminal),
                            OnlyCheck = only,
                        },
                        interrupted
                    );
                }
                catch (BackupException problem)
                {
                    throw ProblemException.Input($"{problem.Message} Nothing was restored.");
                }
                if (parsed.GetValue(shared.Json))
                    terminal.WriteJson(json => json.WriteBackup(manifest, from, new FileInfo(from).Length));
                else
                {
                    terminal.Out.WriteLine(only ? "It can be restored; nothing was left." : folder);
                    terminal.Say($"Proved: every byte of the file, every row and key, and the logs up to their checkpoints. {BackupText.Said(manifest)}");
                    if (!only)
                        terminal.Say("What came after that is not in it; each agency's log says that it was restored, and when.");
                }
                return Task.FromResult(ExitCodes.Done);
            }
        );
        return command;
    }
}
