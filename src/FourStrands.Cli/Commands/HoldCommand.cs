using System.CommandLine;
using System.Globalization;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

/// <summary>Holds something from erasure, and lifts that again.</summary>
internal static class HoldCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var command = new Command("hold", "Holds a source, a record or an import of your agency from erasure, until that is lifted.");
        var kind = new Argument<string>("KIND") { Description = "source, record or import." };
        kind.AcceptOnlyFromAmong("source", "record", "import");
        var id = new Argument<string>("ID") { Description = "Its identifier." };
        var reason = InformationManager.Reason("Why, in your words; whoever of your agency may see what is held reads it.");
        var review = new Option<string?>("--review") { Description = "The day on which somebody is to look at it again: 2027-03-31.", HelpName = "DAY" };
        var place = new Command("place", "Holds it.") { kind, id, reason, review };
        place.SetAction(parsed =>
        {
            var target = Subjects.Record(parsed.GetValue(id)!);
            var on = parsed.GetValue(kind) switch
            {
                "source" => HoldKind.Source,
                "record" => HoldKind.Record,
                _ => HoldKind.Import,
            };
            var day = RetentionCommand.Day("--review", parsed.GetValue(review));
            return Do(terminal, shared, parsed, (erasures, by) => erasures.Place(by, on, target, parsed.GetValue(reason)!, day));
        });
        var hold = new Argument<string>("HOLD") { Description = "Identifier of the hold, as 'hold list' shows it." };
        var liftReason = InformationManager.Reason("Why it may be erased now.");
        var lift = new Command("lift", "Lifts a hold.") { hold, liftReason };
        lift.SetAction(parsed =>
        {
            var target = Subjects.Record(parsed.GetValue(hold)!);
            return Do(terminal, shared, parsed, (erasures, by) => [erasures.Lift(by, target, parsed.GetValue(liftReason)!)]);
        });
        var list = new Command("list", "Lists your agency's holds, lifted ones among them.");
        list.SetAction(parsed => Do(terminal, shared, parsed, (erasures, by) => erasures.Holds(by)));
        command.Subcommands.Add(place);
        command.Subcommands.Add(lift);
        command.Subcommands.Add(list);
        return command;
    }

    private static int Do(Terminal terminal, SharedOptions shared, ParseResult parsed, Func<Erasures, Viewer, IReadOnlyList<Hold>> work)
    {
        IReadOnlyList<Hold> holds = [];
        InformationManager.Do(
            terminal,
            shared,
            parsed,
            "There is nothing of that identifier that you can see. 'hold list' and 'sources --json' list identifiers.",
            (gate, by) => holds = work(gate.Erasures, by)
        );
        if (parsed.GetValue(shared.Json))
        {
            terminal.WriteJson(json =>
            {
                json.WriteStartArray();
                foreach (var hold in holds)
                {
                    json.WriteStartObject();
                    json.WriteString("id", hold.Id.ToString());
                    json.WriteString("kind", Kind(hold));
                    json.WriteString("target", hold.Target.ToString());
                    json.WriteString("reason", hold.Reason);
                    json.WriteString("by", hold.By);
                    json.WriteString("at", hold.At);
                    json.WriteString("liftedBy", hold.LiftedBy);
                    json.WriteString("liftedReason", hold.LiftedReason);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            });
            return ExitCodes.Done;
        }
        foreach (var hold in holds)
        {
            string lifted = hold.LiftedBy is null ? "" : $"; lifted by {hold.LiftedBy}: {hold.LiftedReason}";
            terminal.Out.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{hold.Id}  {Kind(hold)} {hold.Target}  {hold.At:yyyy-MM-dd} by {hold.By}: {hold.Reason}{lifted}")
            );
        }
        if (holds.Count == 0)
            terminal.Say("Nothing is held.");
        return ExitCodes.Done;
    }

    private static string Kind(Hold hold) =>
        hold.Kind switch
        {
            HoldKind.Source => "source",
            HoldKind.Record => "record",
            _ => "import",
        };
}
