using System.CommandLine;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

/// <summary>A link for somebody who cannot sign in any more and has nobody to ask: for whoever runs the store.</summary>
internal static class WayInCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var name = new Argument<string>("name") { Description = "What they sign in with, their agency last: isla.munro@national-police." };
        var command = new Command("way-in", "Makes a link by which somebody who lost their way in sets anew what they sign in with.") { name };
        command.SetAction(parsed =>
        {
            if (!string.IsNullOrEmpty(parsed.GetValue(shared.As)))
                throw ProblemException.Usage("A way in is made by whoever runs the store: leave --as out.");
            using var store = OpenStore.Open(terminal, shared, parsed);
            try
            {
                string secret = store.Gate.People.NewWayInFor(parsed.GetValue(name)!, store.Viewer);
                terminal.Say("It works once, and for a day. Hand it to them by a way that only they read; it is logged that you made it.");
                terminal.Out.WriteLine($"/come-in?link={secret}");
                return ExitCodes.Done;
            }
            catch (PeopleException problem)
            {
                throw ProblemException.Input($"{problem.Message}.");
            }
        });
        return command;
    }
}
