using System.CommandLine;
using FourStrands.Formats;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

internal static class SearchCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var text = new Argument<string[]>("TEXT") { Description = "Any part of a name, a number or an identifier.", Arity = ArgumentArity.OneOrMore };
        var kind = new Option<string?>("--kind") { Description = "Only this kind: Person, Company, Vessel …", HelpName = "KIND" };
        var limit = new Option<int>("--limit")
        {
            Description = "How many to show.",
            DefaultValueFactory = _ => 20,
            HelpName = "N",
        };
        var offset = new Option<int>("--offset") { Description = "How many to skip.", HelpName = "N" };
        var command = new Command("search", "Finds people, companies and things by name or number.") { text, kind, limit, offset };
        command.SetAction(parsed =>
        {
            int most = parsed.GetValue(limit);
            int skip = parsed.GetValue(offset);
            if (most is < 1 or > 1000 || skip < 0)
                throw ProblemException.Usage("--limit is a number from 1 to 1000, and --offset 0 or more.");
            string words = string.Join(' ', parsed.GetValue(text)!);
            if (string.IsNullOrWhiteSpace(words))
                throw ProblemException.Usage("There is nothing to search for: give a name or a number.");
            Schema? schema = null;
            if (parsed.GetValue(kind) is { } name && !Ontology.Default.TryGet(name, out schema))
                throw ProblemException.Usage(
                    $"'{name}' is not a kind of subject. Kinds are named as in FollowTheMoney: Person, Company, Organization, Vessel, Address …"
                );
            using var store = OpenStore.Open(terminal, shared, parsed);
            var results = store.View.Search(words, schema, skip, most);
            if (parsed.GetValue(shared.Json))
                WriteJson(terminal, words, results);
            else
                WriteText(terminal, words, results);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void WriteJson(Terminal terminal, string words, SearchResults results) =>
        terminal.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteSearch(words, results);
            json.WriteEndObject();
        });

    private static void WriteText(Terminal terminal, string words, SearchResults results)
    {
        if (results.Hits.Count == 0)
        {
            terminal.Out.WriteLine($"Nothing that you can see matches '{words}'.");
            return;
        }
        if (results.Records == 0)
            terminal.Say("Nothing is written like that; these are spelt like it:");
        terminal.WriteList(
            ["Identifier", "Kind", "Name", "About"],
            results.Hits.Select(h =>
                (IReadOnlyList<string>)
                    [
                        h.Entity.Id.ToString(),
                        h.Entity.Schema.Label,
                        h.Matched.Equals(h.Entity.Caption, StringComparison.Ordinal) ? h.Entity.Caption : $"{h.Entity.Caption} ({h.Matched})",
                        string.Join("; ", h.Entity.Topics.Select(ShownTopic).Prepend(h.Entity.Summary).Where(s => s.Length > 0)),
                    ]
            )
        );
        if (results.More)
            terminal.Out.WriteLine("There are more; --offset and --limit page through them.");
    }

    private static string ShownTopic(string topic) => Ontology.Default["Thing"]["topics"].Type.Show(topic);
}
