using System.CommandLine;

namespace FourStrands.Cli.Commands;

internal static class PathCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var from = new Argument<string>("A") { Description = "Where it starts: an identifier, or a name that only one entity has." };
        var to = new Argument<string>("B") { Description = "Where it leads." };
        var ties = new Option<int>("--ties")
        {
            Description = "Most ties on the way.",
            DefaultValueFactory = _ => 6,
            HelpName = "N",
        };
        var command = new Command("path", "Finds a shortest way from one to another.") { from, to, ties };
        command.SetAction(parsed =>
        {
            int most = parsed.GetValue(ties);
            if (most is < 1 or > 12)
                throw ProblemException.Usage("--ties is a number from 1 to 12.");
            using var store = OpenStore.Open(terminal, shared, parsed);
            var view = store.View;
            var start = Subjects.Named(view, parsed.GetValue(from)!);
            var end = Subjects.Named(view, parsed.GetValue(to)!);
            var path = view.FindPath(start.Id, end.Id, most);
            if (parsed.GetValue(shared.Json))
            {
                terminal.WriteJson(json =>
                {
                    json.WriteStartObject();
                    json.WritePropertyName("from");
                    json.WriteSummary(view.Summarise(start));
                    json.WritePropertyName("to");
                    json.WriteSummary(view.Summarise(end));
                    json.WriteBoolean("found", path is not null);
                    json.WriteStartArray("steps");
                    foreach (var step in path?.Steps ?? [])
                    {
                        json.WriteStartObject();
                        json.WritePropertyName("from");
                        json.WriteSummary(step.From);
                        json.WriteString("phrase", step.Connection.Phrase);
                        json.WriteString("record", step.Connection.Tie.Id.ToString());
                        json.WriteSource("source", step.Connection.Tie.Source);
                        json.WritePropertyName("to");
                        json.WriteSummary(step.Connection.Other);
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                    json.WriteEndObject();
                });
            }
            else if (path is null)
            {
                terminal.Out.WriteLine(
                    $"Nothing that you can see leads from {Answers.OneLine(start.Caption)} to {Answers.OneLine(end.Caption)} over at most {most} ties."
                );
            }
            else
            {
                terminal.Out.WriteLine($"{Answers.OneLine(path.Start.Caption)}  ({path.Start.Id})");
                foreach (var step in path.Steps)
                {
                    terminal.Out.WriteLine(
                        $"  {step.Connection.Phrase} {Answers.OneLine(step.Connection.Other.Caption)}  ({step.Connection.Other.Id}; says {step.Connection.Tie.Source.Name})"
                    );
                }
            }
            return ExitCodes.Done;
        });
        return command;
    }
}
