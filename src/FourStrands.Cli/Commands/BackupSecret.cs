using System.CommandLine;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

/// <summary>
/// What a backup is encrypted with, from where it is given: a file with a passphrase, a key file, the environment, or the terminal. Never an
/// argument: those can be read by everybody on the machine.
/// </summary>
internal sealed class BackupSecret
{
    public const string Variable = "FOURSTRANDS_BACKUP_PASSPHRASE";

    public Option<string?> PassphraseFile { get; } =
        new("--passphrase-file")
        {
            Description = $"A file whose first line is the passphrase. Without it and --key-file: ${Variable}, else it is asked for.",
            HelpName = "FILE",
        };

    public Option<string?> KeyFile { get; } =
        new("--key-file") { Description = "A file of 32 or more random bytes instead of a passphrase.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Options.Add(PassphraseFile);
        command.Options.Add(KeyFile);
    }

    /// <summary>Reads it.</summary>
    /// <param name="terminal">Where it may be asked for.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="backup">The backup: what opens it must not lie beside it.</param>
    /// <param name="store">The store's folder: nor in there.</param>
    /// <param name="twice">True if it is new, and a slip of the finger would be found out too late.</param>
    public BackupKey Read(Terminal terminal, ParseResult parsed, string backup, string store, bool twice)
    {
        try
        {
            string? passphraseFile = parsed.GetValue(PassphraseFile),
                keyFile = parsed.GetValue(KeyFile);
            if (passphraseFile is not null && keyFile is not null)
                throw ProblemException.Usage("--passphrase-file and --key-file together: a backup has one of the two.");
            if (keyFile is not null)
                return BackupKey.FromKeyFile(Content(terminal, keyFile, "key file", backup, store));
            if (passphraseFile is not null)
            {
                string text = System.Text.Encoding.UTF8.GetString(Content(terminal, passphraseFile, "passphrase", backup, store));
                return BackupKey.FromPassphrase(text.Split('\n')[0].TrimEnd('\r'));
            }
            if (terminal.Environment(Variable) is { Length: > 0 } given)
                return BackupKey.FromPassphrase(given);
            if (terminal.AskInSecret is not { } ask)
            {
                throw ProblemException.Usage(
                    $"A backup is encrypted: give a passphrase with --passphrase-file FILE or in ${Variable}, or a key with --key-file FILE. At a terminal it is asked for."
                );
            }
            string first = ask("Passphrase of the backup: ");
            if (twice && ask("Once more: ") != first)
                throw ProblemException.Usage("The two are not the same. Nothing was done: try again.");
            return BackupKey.FromPassphrase(first);
        }
        catch (BackupException problem)
        {
            throw ProblemException.Usage(problem.Message);
        }
    }

    private static byte[] Content(Terminal terminal, string given, string what, string backup, string store)
    {
        string path = terminal.PathOf(given);
        if (!File.Exists(path))
            throw ProblemException.Input($"There is no file {path}: the {what} cannot be read.");
        string folder = Path.GetDirectoryName(path)!;
        if (folder == Path.GetDirectoryName(terminal.PathOf(backup)))
            throw ProblemException.Usage($"The {what} lies beside the backup: whoever takes the one takes the other. Keep it somewhere else.");
        if ((folder + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(store) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw ProblemException.Usage($"The {what} lies in the store's folder: if that is lost, so is what opens its backups. Keep it somewhere else.");
        if (new FileInfo(path).Length > BackupKey.LongestKeyFile)
            throw ProblemException.Input($"{path} is too large to be a {what}.");
        return File.ReadAllBytes(path);
    }
}
