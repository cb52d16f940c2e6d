using System.CommandLine;
using System.Text.Json;
using FourStrands.Formats;
using FourStrands.Picture;

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
                        WriteMatches(json, "matches", step.Matches);
                        json.WriteString("phrase", step.Connection.Phrase);
                        json.WriteString("record", step.Connection.Tie.Id.ToString());
                        json.WriteSource("source", step.Connection.Tie.Source);
                        json.WritePropertyName("to");
                        json.WriteSummary(step.Connection.Other);
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                    WriteMatches(json, "atEnd", path?.AtEnd ?? []);
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
                    WriteMatches(terminal, step.Matches);
                    terminal.Out.WriteLine(
                        $"  {step.Connection.Phrase} {Answers.OneLine(step.Connection.Other.Caption)}  ({step.Connection.Other.Id}; says {step.Connection.Tie.Source.Name})"
                    );
                }
                WriteMatches(terminal, path.AtEnd);
            }
            return ExitCodes.Done;
        });
        return command;
    }

    private static void WriteMatches(Terminal terminal, IReadOnlyList<PathMatch> matches)
    {
        const int Shown = 5;
        foreach (var crossed in matches.Take(Shown))
        {
            string judged = crossed.Match.Judgement is { } judgement
                ? $"judged {AnswerJson.Word(judgement.Verdict)} by {judgement.By}"
                : $"nobody has judged it: {Answers.Likelihood(crossed.Match.Probability)}; judge {crossed.Match.Left} {crossed.Match.Right}";
            terminal.Out.WriteLine($"    {Named(crossed.From)} is taken to be {Named(crossed.To)}  ({judged})");
        }
        if (matches.Count > Shown)
            terminal.Out.WriteLine($"    and {Answers.Count(matches.Count - Shown, "more record", "more records")}");
    }

    private static void WriteMatches(Utf8JsonWriter json, string name, IReadOnlyList<PathMatch> matches)
    {
        json.WriteStartArray(name);
        foreach (var crossed in matches)
        {
            json.WriteStartObject();
            WriteRecord(json, "from", crossed.From);
            WriteRecord(json, "to", crossed.To);
            json.WriteNumber("probability", crossed.Match.Probability);
            json.WriteBoolean("judged", crossed.Match.Judgement is not null);
            json.WriteStartArray("judgements");
            foreach (var judgement in crossed.Match.Judgements)
                json.WriteJudgement(judgement, Answers.Label);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteRecord(Utf8JsonWriter json, string name, RecordView record)
    {
        json.WriteStartObject(name);
        json.WriteString("id", record.Id.ToString());
        json.WriteString("caption", Title(record));
        json.WriteString("key", record.Key);
        json.WriteSource("source", record.Source);
        json.WriteEndObject();
    }

    private static string Named(RecordView record) => $"{Answers.OneLine(Title(record))} ({Answers.OneLine(record.Source.Name)})";

    private static string Title(RecordView record) =>
        record.Schema.Caption.SelectMany(p => record.Statements.Where(s => s.Property == p)).FirstOrDefault()?.Shown ?? record.Schema.Label;
}
