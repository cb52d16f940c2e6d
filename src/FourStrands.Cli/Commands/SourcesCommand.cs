using System.CommandLine;
using FourStrands.Formats;

namespace FourStrands.Cli.Commands;

internal static class SourcesCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var command = new Command("sources", "Lists what the picture is made of, and how old it is.");
        command.SetAction(parsed =>
        {
            using var store = OpenStore.Open(terminal, shared, parsed);
            var sources = store.View.Sources();
            if (parsed.GetValue(shared.Json))
            {
                terminal.WriteJson(json =>
                {
                    json.WriteStartArray();
                    foreach (var s in sources)
                    {
                        json.WriteStartObject();
                        json.WriteSource("source", s.Source);
                        json.WriteNumber("records", s.Records);
                        json.WriteNumber("statements", s.Statements);
                        if (s.Updated is { } updated)
                            json.WriteString("updated", updated);
                        else
                            json.WriteNull("updated");
                        json.WriteStartArray("imports");
                        foreach (var import in s.Imports)
                            json.WriteImport(import, Answers.Label);
                        json.WriteEndArray();
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                });
            }
            else if (sources.Count == 0)
            {
                terminal.Out.WriteLine("There are no sources that you can see.");
            }
            else
            {
                terminal.WriteTable(
                    ["Source", "Owner", "Records", "Statements", "Brought in", "Grade"],
                    sources.Select(s =>
                        (IReadOnlyList<string>)
                            [
                                s.Source.Name,
                                s.Source.Owner,
                                Answers.Number(s.Records),
                                Answers.Number(s.Statements),
                                s.Updated is { } updated ? Answers.Time(updated) : "",
                                s.Source.Grade,
                            ]
                    )
                );
            }
            return ExitCodes.Done;
        });
        return command;
    }
}
