using System.CommandLine;

namespace FourStrands.Cli.Commands;

/// <summary>Finishes what an import that was stopped left undone.</summary>
internal static class LinkCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var command = new Command("link", "Compares the records of an import that was stopped with all others, so that what is the same subject is found.");
        command.SetAction(
            (parsed, interrupted) =>
            {
                if (!string.IsNullOrEmpty(parsed.GetValue(shared.As)))
                    throw ProblemException.Usage("Linking is for whoever runs the store, and of all that is in it: leave --as out.");
                using var store = OpenStore.Open(terminal, shared, parsed, tellsNotLinked: false);
                int imports = store.Gate.NotLinked;
                if (imports == 0)
                {
                    terminal.Say("All records have been compared with each other already.");
                    return Task.FromResult(ExitCodes.Done);
                }
                Progress.Share(
                    terminal,
                    "Linking",
                    share =>
                    {
                        store.Gate.FinishLinking(share, interrupted);
                        return true;
                    }
                );
                terminal.Say(
                    imports == 1 ? "The records of 1 import were compared with all others." : $"The records of {imports} imports were compared with all others."
                );
                return Task.FromResult(ExitCodes.Done);
            }
        );
        return command;
    }
}
