using System.CommandLine;
using System.Globalization;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

/// <summary>What is due to be looked at, how long things are kept, and decisions on that.</summary>
internal static class RetentionCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var all = new Option<bool>("--all") { Description = "What is not due yet as well." };
        var command = new Command("retention", "Lists what of your agency is due to be looked at, and decides how long things are kept. Erases nothing.")
        {
            all,
        };
        command.SetAction(parsed =>
            Do(
                terminal,
                shared,
                parsed,
                (retention, by) => Tell(terminal, shared, parsed, [.. retention.Reviews(by).Where(r => parsed.GetValue(all) || r.IsDue || r.IsUnsettled)])
            )
        );
        command.Subcommands.Add(Keep(terminal, shared));
        command.Subcommands.Add(Put(terminal, shared));
        command.Subcommands.Add(Schedules(terminal, shared));
        command.Subcommands.Add(Add(terminal, shared));
        command.Subcommands.Add(Examples(terminal, shared));
        return command;
    }

    /// <summary>A day on the command line.</summary>
    public static DateOnly? Day(string option, string? text) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw ProblemException.Usage($"{option} '{text}': write the day as 2027-03-31.");

    /// <summary>The agency's schedule of that name.</summary>
    public static RecordId Named(Retention retention, Viewer by, string name) =>
        retention.Schedules(by).FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && !s.IsClosed)?.Id
        ?? throw ProblemException.Input($"Your agency has no schedule '{name}' that is open. 'fourstrands retention schedules' lists them.");

    private static Command Keep(Terminal terminal, SharedOptions shared)
    {
        var of = new Argument<string>("ID") { Description = "Identifier of the import or the hold, as 'retention' lists it." };
        var until = new Option<string>("--until")
        {
            Description = "The day on which it is due again, as 2027-03-31.",
            Required = true,
            HelpName = "DAY",
        };
        var reason = InformationManager.Reason("Why it is still needed, without saying what is in it: it is kept.");
        var command = new Command("keep", "Keeps an import or a hold until another day.") { of, until, reason };
        command.SetAction(parsed =>
        {
            var target = Subjects.Record(parsed.GetValue(of)!);
            var day = Day("--until", parsed.GetValue(until))!.Value;
            return Do(
                terminal,
                shared,
                parsed,
                (retention, by) =>
                {
                    retention.Keep(by, target, day, parsed.GetValue(reason)!);
                    terminal.Say(string.Create(CultureInfo.InvariantCulture, $"It is due again on {day:yyyy-MM-dd}."));
                }
            );
        });
        return command;
    }

    private static Command Put(Terminal terminal, SharedOptions shared)
    {
        var of = new Argument<string>("IMPORT") { Description = "Identifier of the import." };
        var schedule = new Option<string>("--schedule")
        {
            Description = "Name of the schedule.",
            Required = true,
            HelpName = "NAME",
        };
        var dated = new Option<string?>("--dated") { Description = "The source's own date, as 2026-03-31.", HelpName = "DAY" };
        var reason = InformationManager.Reason("Why: it is kept.");
        var command = new Command("put", "Puts an import under a schedule, in place of the one it is under.") { of, schedule, dated, reason };
        command.SetAction(parsed =>
        {
            var target = Subjects.Record(parsed.GetValue(of)!);
            var day = Day("--dated", parsed.GetValue(dated));
            return Do(
                terminal,
                shared,
                parsed,
                (retention, by) =>
                {
                    retention.Put(by, target, Named(retention, by, parsed.GetValue(schedule)!), day, parsed.GetValue(reason)!);
                    terminal.Say($"It is under '{parsed.GetValue(schedule)}' now.");
                }
            );
        });
        return command;
    }

    private static Command Schedules(Terminal terminal, SharedOptions shared)
    {
        var command = new Command("schedules", "Lists your agency's schedules.");
        command.SetAction(parsed => Do(terminal, shared, parsed, (retention, by) => Tell(terminal, shared, parsed, retention.Schedules(by))));
        return command;
    }

    private static Command Add(Terminal terminal, SharedOptions shared)
    {
        var name = new Argument<string>("NAME") { Description = "What it is called." };
        var basis = new Option<string>("--basis")
        {
            Description = "The law it rests on, and why it is so long.",
            Required = true,
            HelpName = "WORDS",
        };
        var months = new Option<int>("--months") { Description = "How long, in months: 72 is 6 years.", Required = true };
        var review = new Option<int>("--review")
        {
            Description = "If it is kept, how many months until it is reviewed again; 12 unless given.",
            DefaultValueFactory = _ => 12,
        };
        var fromDate = new Option<bool>("--from-source-date") { Description = "Counted from the source's own date, not from when it was brought in." };
        var erasure = new Option<bool>("--propose-erasure")
        {
            Description = "Then it is proposed for erasure, not only reviewed. Nothing is erased by itself.",
        };
        var preferred = new Option<bool>("--default") { Description = "What comes in under no other is put under it." };
        var command = new Command("add", "Makes a schedule, or changes the one of that name.") { name, basis, months, review, fromDate, erasure, preferred };
        command.SetAction(parsed =>
            Do(
                terminal,
                shared,
                parsed,
                (retention, by) =>
                {
                    string called = parsed.GetValue(name)!;
                    var schedule = retention.Write(
                        by,
                        new RetentionSchedule(
                            called,
                            parsed.GetValue(basis)!,
                            parsed.GetValue(months),
                            parsed.GetValue(fromDate) ? RetentionStart.SourceDate : RetentionStart.BroughtIn,
                            parsed.GetValue(erasure) ? RetentionEnd.Erasure : RetentionEnd.Review,
                            parsed.GetValue(review)
                        ),
                        retention.Schedules(by).FirstOrDefault(s => s.Name.Equals(called.Trim(), StringComparison.OrdinalIgnoreCase))?.Id
                    );
                    if (parsed.GetValue(preferred))
                        retention.MakeDefault(by, schedule.Id);
                    Tell(terminal, shared, parsed, [schedule with { IsDefault = schedule.IsDefault || parsed.GetValue(preferred) }]);
                }
            )
        );
        return command;
    }

    private static Command Examples(Terminal terminal, SharedOptions shared)
    {
        var command = new Command(
            "examples",
            "Adds the example schedules that come with the program. Their figures are not verified: change them to your own."
        );
        command.SetAction(parsed => Do(terminal, shared, parsed, (retention, by) => Tell(terminal, shared, parsed, retention.AddExamples(by))));
        return command;
    }

    private static int Do(Terminal terminal, SharedOptions shared, ParseResult parsed, Action<Retention, Viewer> work) =>
        InformationManager.Do(
            terminal,
            shared,
            parsed,
            "There is nothing of that identifier that you can see. 'fourstrands retention --all' lists identifiers.",
            (gate, by) => work(gate.Retention, by)
        );

    private static void Tell(Terminal terminal, SharedOptions shared, ParseResult parsed, IReadOnlyList<RetentionReview> reviews)
    {
        if (parsed.GetValue(shared.Json))
        {
            terminal.WriteJson(json =>
            {
                json.WriteStartArray();
                foreach (var review in reviews)
                {
                    json.WriteStartObject();
                    json.WriteString("id", review.Id.ToString());
                    json.WriteString("kind", review.Import is null ? "hold" : "import");
                    json.WriteString("source", review.Import?.Source.Name);
                    json.WriteString("file", review.Import?.FileName);
                    json.WriteString("schedule", review.Schedule?.Name);
                    json.WriteString("due", review.Due?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                    json.WriteBoolean("isDue", review.IsDue);
                    json.WriteBoolean("proposedForErasure", review is { IsDue: true, Kept: null, Schedule.End: RetentionEnd.Erasure });
                    json.WriteBoolean("held", review.Holds.Count > 0);
                    json.WriteString("reason", review.Kept?.Reason);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            });
            return;
        }
        foreach (var review in reviews)
        {
            string what = review.Import is { } import ? $"{import.Source.Name}: {import.FileName}" : $"hold: {review.Hold!.Reason}";
            string when = review.Due is { } due ? due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "to settle ";
            string why =
                review.Kept is { } kept ? $"kept: {kept.Reason}"
                : review.Schedule is { } schedule
                    ? $"{schedule.Name}, {schedule.Period}, then {(schedule.End == RetentionEnd.Review ? "review" : "proposed for erasure")}"
                : "under no schedule";
            terminal.Out.WriteLine($"{review.Id}  {when}  {Answers.OneLine(what)}  ({Answers.OneLine(why)}){(review.Holds.Count > 0 ? "  held" : "")}");
        }
        if (reviews.Count == 0)
            terminal.Say("Nothing is due.");
    }

    private static void Tell(Terminal terminal, SharedOptions shared, ParseResult parsed, IReadOnlyList<RetentionSchedule> schedules)
    {
        if (parsed.GetValue(shared.Json))
        {
            terminal.WriteJson(json =>
            {
                json.WriteStartArray();
                foreach (var schedule in schedules)
                {
                    json.WriteStartObject();
                    json.WriteString("id", schedule.Id.ToString());
                    json.WriteString("name", schedule.Name);
                    json.WriteString("basis", schedule.Basis);
                    json.WriteNumber("months", schedule.Months);
                    json.WriteString("from", schedule.From == RetentionStart.BroughtIn ? "brought-in" : "source-date");
                    json.WriteString("then", schedule.End == RetentionEnd.Review ? "review" : "propose-erasure");
                    json.WriteNumber("reviewMonths", schedule.ReviewMonths);
                    json.WriteBoolean("default", schedule.IsDefault);
                    json.WriteBoolean("example", schedule.IsExample);
                    json.WriteBoolean("closed", schedule.IsClosed);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            });
            return;
        }
        foreach (var schedule in schedules)
        {
            string marks =
                (schedule.IsDefault ? ", default" : "") + (schedule.IsExample ? ", EXAMPLE, not verified" : "") + (schedule.IsClosed ? ", closed" : "");
            terminal.Out.WriteLine(
                $"{schedule.Name}: {schedule.Period} from {(schedule.From == RetentionStart.BroughtIn ? "being brought in" : "the source's own date")}, then {(schedule.End == RetentionEnd.Review ? "review" : "proposed for erasure")}{marks}"
            );
            terminal.Out.WriteLine($"    {Answers.OneLine(schedule.Basis)}");
        }
        if (schedules.Count == 0)
            terminal.Say("There are none.");
    }
}
