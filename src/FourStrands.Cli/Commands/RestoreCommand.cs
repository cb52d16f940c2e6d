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
        var erasures = new Option<string?>("--erasures")
        {
            Description =
                "What was erased since: a file of 'erasures export', or the folder of the newer store. It is erased again before the store is in place.",
            HelpName = "FILE|FOLDER",
        };
        var erasuresKeys = new Option<string?>("--erasures-keys")
        {
            Description = "Folder of the keys of the newer store that --erasures names, if they are not in it.",
            HelpName = "FOLDER",
        };
        var none = new Option<bool>("--nothing-erased-since") { Description = "You say that nothing was erased since the backup was taken." };
        var secret = new BackupSecret();
        var command = new Command("restore", "Makes a store of a backup, in a new folder. Everything is proved before the folder is there.")
        {
            file,
            erasures,
            erasuresKeys,
            none,
            check,
        };
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
                bool only = parsed.GetValue(check);
                string? since = parsed.GetValue(erasures);
                if (since is not null && parsed.GetValue(none))
                    throw ProblemException.Usage("--erasures and --nothing-erased-since together: give one of the two.");
                if (since is null && !parsed.GetValue(none) && !only)
                {
                    throw ProblemException.Usage(
                        "What was erased after the backup was taken would come back: give --erasures FILE, the newest that 'fourstrands erasures export' wrote, or the folder of the newer store. If nothing was erased since, say --nothing-erased-since."
                    );
                }
                string? keys = OpenStore.KeysOf(terminal, shared, parsed);
                var key = secret.Read(terminal, parsed, from, folder, twice: false);
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
                            Keys = keys,
                            ErasuresKeys = parsed.GetValue(erasuresKeys) is { Length: > 0 } of ? terminal.PathOf(of) : null,
                            Erasures = since is null ? null : terminal.PathOf(since),
                            NothingErasedSince = parsed.GetValue(none),
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
                    if (!only && keys is not null)
                        terminal.Say($"Its keys are in {keys}: name that folder every time.");
                    if (!only)
                        terminal.Say("What came after that is not in it; each agency's log says that it was restored, and when.");
                }
                return Task.FromResult(ExitCodes.Done);
            }
        );
        return command;
    }
}
