using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

/// <summary>One encrypted file of the whole store, taken while it is open.</summary>
internal static class BackupCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var file = new Argument<string>("file") { Description = "The file to write; it must not be there yet." };
        var secret = new BackupSecret();
        var command = new Command("backup", "Writes the whole store, encrypted, to one file. The workbench may be open and imports may run meanwhile.")
        {
            file,
        };
        secret.AddTo(command);
        command.SetAction(
            (parsed, interrupted) =>
            {
                if (!string.IsNullOrEmpty(parsed.GetValue(shared.As)))
                    throw ProblemException.Usage("A backup is taken by whoever runs the store: leave --as out.");
                string folder = OpenStore.FolderOf(terminal, shared, parsed);
                if (OpenStore.IsMissing(folder))
                    throw ProblemException.Store($"There is no store in {folder}. --store names its folder.");
                string to = terminal.PathToWrite(parsed.GetValue(file)!);
                var key = secret.Read(terminal, parsed, to, folder, twice: true);
                BackupManifest manifest;
                long start = Stopwatch.GetTimestamp();
                var read = new BytesRead();
                try
                {
                    manifest = StoreBackup.Take(folder, to, key, terminal.Clock, read, OpenStore.KeysOf(terminal, shared, parsed), interrupted);
                }
                catch (BackupException problem)
                {
                    throw ProblemException.Input(problem.Message);
                }
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                long bytes = new FileInfo(to).Length;
                if (parsed.GetValue(shared.Json))
                    terminal.WriteJson(json => json.WriteBackup(manifest, to, bytes));
                else
                {
                    terminal.Out.WriteLine(to);
                    terminal.Say(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{BackupText.Megabytes(read.Bytes)} MB of the store in {BackupText.Megabytes(bytes)} MB, {seconds:F1} s. {BackupText.Said(manifest)}"
                        )
                    );
                    terminal.Say("Keep what opens it somewhere else. 'fourstrands restore FILE --store NEW --check' proves that it can be restored.");
                }
                return Task.FromResult(ExitCodes.Done);
            }
        );
        return command;
    }

    private sealed class BytesRead : IProgress<long>
    {
        public long Bytes { get; private set; }

        public void Report(long value) => Bytes = value;
    }
}
