using System.CommandLine;
using FourStrands.Formats;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

internal static class ShowCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var id = new Argument<string>("ID") { Description = "An identifier, or a name that only one entity has." };
        var command = new Command("show", "Shows all that is said of somebody or something: by whom, since when, and what it is tied to.") { id };
        command.SetAction(parsed =>
        {
            using var store = OpenStore.Open(terminal, shared, parsed);
            var view = store.View;
            var entity = Subjects.Named(view, parsed.GetValue(id)!);
            var connections = view.Connections(entity);
            List<(EntitySummary Other, Match Match)> possible = [];
            foreach (var match in view.PossibleMatches(entity))
            {
                if (view.Summarise(match.Beyond(entity)) is { } other)
                    possible.Add((other, match));
            }
            if (parsed.GetValue(shared.Json))
                WriteJson(terminal, view.Summarise(entity), entity, connections, possible);
            else
                WriteText(terminal, view.Summarise(entity), entity, connections, possible);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void WriteJson(
        Terminal terminal,
        EntitySummary summary,
        Entity entity,
        IReadOnlyList<Connection> connections,
        List<(EntitySummary Other, Match Match)> possible
    ) =>
        terminal.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteEntity(summary, entity.Properties.SelectMany(p => p), entity.Records, connections, possible, Answers.Label);
            json.WriteEndObject();
        });

    private static void WriteText(
        Terminal terminal,
        EntitySummary summary,
        Entity entity,
        IReadOnlyList<Connection> connections,
        List<(EntitySummary Other, Match Match)> possible
    )
    {
        var output = terminal.Out;
        output.WriteLine($"{Answers.OneLine(summary.Caption)} · {summary.Schema.Label} · {summary.Id}");
        if (summary.Summary.Length > 0)
            output.WriteLine(Answers.OneLine(summary.Summary));
        output.WriteLine();
        output.Flush();
        terminal.WriteTable(
            ["What", "Value", "Since", "Label", "Said by"],
            entity.Properties.SelectMany(p =>
                p.Select(
                    (said, i) =>
                        (IReadOnlyList<string>)
                            [
                                i == 0 ? p.Key.Label : "",
                                said.Kind == StatementKind.Opinion ? said.Shown + " (opinion)" : said.Shown,
                                Answers.Date(said.Date),
                                said.Label.ToString(),
                                said.Source.Grade.Length > 0 ? $"{said.Source.Name} ({said.Source.Grade})" : said.Source.Name,
                            ]
                )
            )
        );
        output.WriteLine();
        output.WriteLine($"Records ({entity.Records.Count})");
        output.Flush();
        terminal.WriteTable(["Identifier", "Key", "Source"], entity.Records.Select(r => (IReadOnlyList<string>)[r.Id.ToString(), r.Key, r.Source.Name]));
        if (connections.Count > 0)
        {
            output.WriteLine();
            output.WriteLine($"Connected with ({connections.Count})");
            output.Flush();
            terminal.WriteList(
                ["Identifier", "How", "Whom", "About"],
                connections.Select(c => (IReadOnlyList<string>)[c.Other.Id.ToString(), c.Phrase, c.Other.Caption, c.Other.Summary])
            );
        }
        if (possible.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("May be the same (decide with 'fourstrands judge LEFT RIGHT same|different|unsure --reason …')");
            output.Flush();
            terminal.WriteList(
                ["Left", "Right", "How likely", "Who"],
                possible.Select(p =>
                    (IReadOnlyList<string>)
                        [
                            p.Match.Left.ToString(),
                            p.Match.Right.ToString(),
                            Answers.Likelihood(p.Match.Probability),
                            p.Match.Judgement is { } j ? $"{p.Other.Caption} ({AnswerJson.Word(j.Verdict)}: {j.By})" : $"{p.Other.Caption} {p.Other.Summary}",
                        ]
                )
            );
        }
    }
}
