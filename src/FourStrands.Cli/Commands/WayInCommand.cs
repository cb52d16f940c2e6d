using System.CommandLine;
using System.Globalization;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

/// <summary>
/// A link for somebody who cannot sign in any more and has nobody to ask, and an administrator for an agency that has none, or one alone: for whoever runs the store.
/// </summary>
internal static class WayInCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var name = new Argument<string>("name") { Description = "What they sign in with, their agency last: isla.munro@national-police." };
        var administrator = new Option<bool>("--administrator")
        {
            Description =
                "Makes them an administrator of their agency for 30 days. They sign in as before; a link is made only if they have nothing to sign in with.",
        };
        var command = new Command("way-in", "Makes a link by which somebody who lost their way in sets anew what they sign in with.") { name, administrator };
        command.SetAction(parsed =>
        {
            if (!string.IsNullOrEmpty(parsed.GetValue(shared.As)))
                throw ProblemException.Usage("A way in is made by whoever runs the store: leave --as out.");
            using var store = OpenStore.Open(terminal, shared, parsed);
            try
            {
                string? secret;
                if (parsed.GetValue(administrator))
                {
                    (var person, var until, secret) = store.Gate.People.MakeAdministratorFromMachine(parsed.GetValue(name)!, store.Viewer);
                    terminal.Say(
                        $"{person.DisplayName} is an administrator of {store.Gate.People.NameOf(person.Agency)} until {until.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}. It is logged that you did it, and the agency's administrators and auditors are told."
                    );
                    if (secret is null)
                        terminal.Say("They sign in as before.");
                }
                else
                {
                    secret = store.Gate.People.NewWayInFor(parsed.GetValue(name)!, store.Viewer);
                    terminal.Say("They are signed out everywhere, and what they signed in with works no more.");
                }
                if (secret is not null)
                {
                    terminal.Say("The link works once, and for a day. Hand it to them by a way that only they read; it is logged that you made it.");
                    terminal.Out.WriteLine($"/come-in?link={secret}");
                }
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
