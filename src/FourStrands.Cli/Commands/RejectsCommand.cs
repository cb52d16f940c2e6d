using System.CommandLine;
using System.Globalization;
using FourStrands.Formats;

namespace FourStrands.Cli.Commands;

internal static class RejectsCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var import = new Argument<string>("IMPORT") { Description = "Identifier of an import, as 'import' says it and 'sources --json' lists it." };
        var limit = new Option<int>("--limit")
        {
            Description = "How many to show.",
            DefaultValueFactory = _ => 1000,
            HelpName = "N",
        };
        var command = new Command("rejects", "Lists what an import could not use, by line, with the reason.") { import, limit };
        command.SetAction(parsed =>
        {
            var id = Subjects.Record(parsed.GetValue(import)!);
            int most = parsed.GetValue(limit);
            if (most < 1)
                throw ProblemException.Usage("--limit is a number from 1 up.");
            using var store = OpenStore.Open(terminal, shared, parsed);
            if (!store.View.Sources().SelectMany(s => s.Imports).Any(i => i.Id == id))
                throw ProblemException.Input($"There is no import {id} that you can see. 'fourstrands sources --json' lists the imports of each source.");
            var rejections = store.View.Rejections(id, most);
            if (parsed.GetValue(shared.Json))
            {
                terminal.WriteJson(json =>
                {
                    json.WriteStartArray();
                    foreach (var rejection in rejections)
                        json.WriteRejection(rejection);
                    json.WriteEndArray();
                });
            }
            else if (rejections.Count == 0)
            {
                terminal.Out.WriteLine("Everything in that import could be used.");
            }
            else
            {
                terminal.WriteTable(
                    ["Line", "Field", "Reason", "Text"],
                    rejections.Select(r =>
                        (IReadOnlyList<string>)[r.Line == 0 ? "" : r.Line.ToString(CultureInfo.InvariantCulture), r.Field, r.Reason, r.Excerpt]
                    )
                );
            }
            return ExitCodes.Done;
        });
        return command;
    }
}
