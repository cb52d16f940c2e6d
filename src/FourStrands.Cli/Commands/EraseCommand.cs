using System.CommandLine;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

/// <summary>Takes a statement, a record or an import out of the store, so that no byte of it is left. Without --yes it only says what would go.</summary>
internal static class EraseCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var command = new Command("erase", "Erases what a source of your agency says, and all that was made of it. Without --yes it only says what would go.");
        var record = new Argument<string>("RECORD") { Description = "Identifier of the record, as 'show' lists it." };
        var property = new Argument<string>("PROPERTY") { Description = "What is said: name, birthDate …" };
        var value = new Argument<string>("VALUE") { Description = "The value, as 'show --json' has it." };
        var statement = new Command("statement", "Erases one value of a record.") { record, property, value };
        Complete(
            statement,
            terminal,
            shared,
            parsed => ErasureTarget.OfStatement(Subjects.Record(parsed.GetValue(record)!), parsed.GetValue(property)!, parsed.GetValue(value)!)
        );
        var whole = new Argument<string>("RECORD") { Description = "Identifier of the record, as 'show' lists it." };
        var all = new Command("record", "Erases all that a record says, and what other records of its source say of it.") { whole };
        Complete(all, terminal, shared, parsed => ErasureTarget.OfRecord(Subjects.Record(parsed.GetValue(whole)!)));
        var import = new Argument<string>("IMPORT") { Description = "Identifier of the import, as 'sources --json' lists it." };
        var file = new Command("import", "Erases all that an import brought in.") { import };
        Complete(file, terminal, shared, parsed => ErasureTarget.OfImport(Subjects.Record(parsed.GetValue(import)!)));
        command.Subcommands.Add(statement);
        command.Subcommands.Add(all);
        command.Subcommands.Add(file);
        return command;
    }

    private static void Complete(Command command, Terminal terminal, SharedOptions shared, Func<ParseResult, ErasureTarget> target)
    {
        var yes = new Option<bool>("--yes") { Description = "Do it. It cannot be undone." };
        var reason = new Option<string?>("--reason")
        {
            Description = "Why, in your words, without saying what is erased: it is kept. Needed with --yes.",
            HelpName = "WORDS",
        };
        command.Options.Add(reason);
        command.Options.Add(yes);
        command.SetAction(parsed =>
        {
            var what = target(parsed);
            bool doIt = parsed.GetValue(yes);
            string why = parsed.GetValue(reason) ?? "";
            if (doIt && string.IsNullOrWhiteSpace(why))
                throw ProblemException.Usage("--reason is missing: say why in a few words, without saying what is erased.");
            return InformationManager.Do(
                terminal,
                shared,
                parsed,
                InformationManager.NothingOfThatKind,
                (gate, by) =>
                {
                    if (doIt)
                        Tell(terminal, shared, parsed, gate.Erasures.Erase(by, what, why));
                    else
                        Tell(terminal, shared, parsed, gate.Erasures.Preview(by, what));
                }
            );
        });
    }

    private static void Tell(Terminal terminal, SharedOptions shared, ParseResult parsed, ErasurePreview preview)
    {
        if (parsed.GetValue(shared.Json))
        {
            terminal.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("source", preview.Source.Name);
                json.WriteNumber("statements", preview.Statements);
                json.WriteNumber("ties", preview.Ties);
                json.WriteStartArray("records");
                foreach (var record in preview.Records)
                    json.WriteStringValue(record.ToString());
                json.WriteEndArray();
                json.WriteStartArray("documents");
                foreach (var document in preview.Documents)
                    json.WriteStringValue(document.Id.ToString());
                json.WriteEndArray();
                json.WriteNumber("judgements", preview.Judgements);
                json.WriteNumber("rejections", preview.Rejections);
                json.WriteNumber("holdReasons", preview.HoldReasons);
                json.WriteStartArray("holds");
                foreach (var hold in preview.Holds)
                    json.WriteStringValue(hold.Id.ToString());
                json.WriteEndArray();
                json.WriteEndObject();
            });
            return;
        }
        var to = terminal.Out;
        to.WriteLine($"Would go from {preview.Source.Name}:");
        to.WriteLine(
            $"  {Counted(preview.Statements, "statement")}{(preview.Ties > 0 ? $", {Answers.Number(preview.Ties)} of them by which other records point at it" : "")}"
        );
        if (preview.Records.Count > 0)
            to.WriteLine($"  {Counted(preview.Records.Count, "record")}, of which nothing is left then");
        foreach (var document in preview.Documents)
            to.WriteLine(FormattableString.Invariant($"  {document.Kind} {document.Id} of {document.At:yyyy-MM-dd} by {document.By}, which rests on it"));
        if (preview.Judgements > 0)
            to.WriteLine($"  {Counted(preview.Judgements, "judgement")}, or the reason given for it");
        if (preview.Rejections > 0)
            to.WriteLine($"  {Counted(preview.Rejections, "excerpt")} of rejected rows");
        if (preview.HoldReasons > 0)
            to.WriteLine($"  {Counted(preview.HoldReasons, "reason")} of holds on something else, or lifted");
        to.WriteLine("  what was asked in your agency's log, where it says the same");
        foreach (var hold in preview.Holds)
            to.WriteLine(FormattableString.Invariant($"It is held since {hold.At:yyyy-MM-dd} by {hold.By}: {hold.Reason} (fourstrands hold lift {hold.Id})"));
        terminal.Say(
            preview.Holds.Count > 0
                ? "Nothing was erased, and nothing can be before that is lifted."
                : "Nothing was erased. With --yes and --reason it is; that cannot be undone."
        );
    }

    private static void Tell(Terminal terminal, SharedOptions shared, ParseResult parsed, Erasure erasure)
    {
        if (parsed.GetValue(shared.Json))
        {
            terminal.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("id", erasure.Id.ToString());
                json.WriteString("at", erasure.At);
                json.WriteString("by", erasure.By);
                json.WriteNumber("statements", erasure.Statements);
                json.WriteBoolean("finished", erasure.IsFinished);
                json.WriteEndObject();
            });
        }
        else
            terminal.Out.WriteLine($"Erased: {Counted(erasure.Statements, "statement")}. {erasure.Id}");
        if (!erasure.IsFinished)
            terminal.Say(
                "Somebody is reading an older state of the store, such as a backup: until the store is next opened, its journal still holds what was erased."
            );
        terminal.Say("Older backups still hold it: 'fourstrands erasures export FILE' now, and give that file whenever one of them is restored.");
    }

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{Answers.Number(count)} {what}s";
}
