using System.CommandLine;
using System.Globalization;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

/// <summary>Withdraws what a source said and that was wrong, says what is right, and tells those to whom it was released. Without --yes it only says what would change.</summary>
internal static class CorrectCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var command = new Command(
            "correct",
            "Corrects what a source of your agency says, and tells those to whom it was released. Without --yes it only says what would change."
        );
        var record = new Argument<string>("RECORD") { Description = "Identifier of the record, as 'show' lists it." };
        var property = new Argument<string>("PROPERTY") { Description = "What is said: name, birthDate …" };
        var value = new Argument<string>("VALUE") { Description = "The wrong value, as 'show --json' has it." };
        var right = new Option<string?>("--right")
        {
            Description = "What is right. Without it the value is withdrawn, and nothing said in its place.",
            HelpName = "VALUE",
        };
        var statement = new Command("statement", "Corrects one value of a record.") { record, property, value, right };
        Complete(
            statement,
            terminal,
            shared,
            parsed => ErasureTarget.OfStatement(Subjects.Record(parsed.GetValue(record)!), parsed.GetValue(property)!, parsed.GetValue(value)!),
            right
        );
        var whole = new Argument<string>("RECORD") { Description = "Identifier of the record, as 'show' lists it." };
        var all = new Command("record", "Withdraws all that a record says.") { whole };
        Complete(all, terminal, shared, parsed => ErasureTarget.OfRecord(Subjects.Record(parsed.GetValue(whole)!)), null);
        var import = new Argument<string>("IMPORT") { Description = "Identifier of the import, as 'sources --json' lists it." };
        var file = new Command("import", "Withdraws all that an import said.") { import };
        Complete(file, terminal, shared, parsed => ErasureTarget.OfImport(Subjects.Record(parsed.GetValue(import)!)), null);
        var list = new Command("list", "Lists your agency's corrections.");
        list.SetAction(parsed => Do(terminal, shared, parsed, (corrections, by) => Tell(terminal, shared, parsed, corrections.All(by))));
        command.Subcommands.Add(statement);
        command.Subcommands.Add(all);
        command.Subcommands.Add(file);
        command.Subcommands.Add(list);
        return command;
    }

    private static void Complete(Command command, Terminal terminal, SharedOptions shared, Func<ParseResult, ErasureTarget> target, Option<string?>? right)
    {
        var yes = new Option<bool>("--yes") { Description = "Do it." };
        var reason = new Option<string?>("--reason")
        {
            Description = "What was wrong. Those to whom it was released read it. Needed with --yes.",
            HelpName = "WORDS",
        };
        var within = new Option<bool>("--in-releases")
        {
            Description = "The right value takes the wrong one's place in what was released, where nobody else has to agree. Without it those releases end.",
        };
        command.Options.Add(reason);
        command.Options.Add(within);
        command.Options.Add(yes);
        command.SetAction(parsed =>
        {
            var what = target(parsed);
            if (parsed.GetValue(yes) && string.IsNullOrWhiteSpace(parsed.GetValue(reason)))
                throw ProblemException.Usage("--reason is missing: say what was wrong.");
            return Do(
                terminal,
                shared,
                parsed,
                (corrections, by) =>
                {
                    if (!parsed.GetValue(yes))
                    {
                        Tell(terminal, corrections.Preview(by, what));
                        return;
                    }
                    var order = new CorrectionOrder(what, parsed.GetValue(reason)!)
                    {
                        Right = right is null ? null : parsed.GetValue(right),
                        InReleases = parsed.GetValue(within),
                    };
                    Tell(terminal, shared, parsed, corrections.Correct(by, order));
                }
            );
        });
    }

    /// <summary>Whoever has the files may release as well as correct; with --as in a demo world, whoever is named needs the roles.</summary>
    private static int Do(Terminal terminal, SharedOptions shared, ParseResult parsed, Action<Corrections, Viewer> work) =>
        InformationManager.Do(terminal, shared, parsed, InformationManager.NothingOfThatKind, (gate, by) => work(gate.Corrections, by), Role.Liaison);

    private static void Tell(Terminal terminal, CorrectionPreview preview)
    {
        terminal.Out.WriteLine($"Would be withdrawn from {preview.Source.Name}: {Answers.Count(preview.Statements, "statement", "statements")}");
        foreach (var (release, because) in preview.Releases)
            terminal.Out.WriteLine(
                $"  released as {release.Id}: {(because.Length > 0 ? $"ends. {because}" : "ends, or shows what is right with --in-releases")}"
            );
        terminal.Say("Nothing was changed. With --yes and --reason it is.");
    }

    private static void Tell(Terminal terminal, SharedOptions shared, ParseResult parsed, IReadOnlyList<Correction> corrections)
    {
        if (parsed.GetValue(shared.Json))
        {
            terminal.WriteJson(json =>
            {
                json.WriteStartArray();
                foreach (var correction in corrections)
                {
                    json.WriteStartObject();
                    json.WriteString("id", correction.Id.ToString());
                    json.WriteString("at", correction.At);
                    json.WriteString("by", correction.By);
                    json.WriteString("reason", correction.Reason);
                    json.WriteNumber("statements", correction.Statements);
                    json.WriteStartArray("values");
                    foreach (var value in correction.Values)
                    {
                        json.WriteStartObject();
                        json.WriteString("record", value.Record.ToString());
                        json.WriteString("property", value.Property);
                        json.WriteString("was", value.Was);
                        json.WriteString("now", value.Now);
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            });
            return;
        }
        foreach (var correction in corrections)
        {
            terminal.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{correction.Id}  {correction.At:yyyy-MM-dd} by {correction.By}: {Answers.Count(correction.Statements, "statement", "statements")}. {Answers.OneLine(correction.Reason)}"
                )
            );
            foreach (var value in correction.Values.Take(20))
                terminal.Out.WriteLine($"    {value.Property}: {Answers.OneLine(value.Was)} -> {(value.Now is { } now ? Answers.OneLine(now) : "withdrawn")}");
        }
        if (corrections.Count == 0)
            terminal.Say("Nothing was corrected.");
    }
}
