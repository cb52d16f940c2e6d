using System.CommandLine;
using System.Globalization;
using FourStrands.Formats;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

internal static class ImportCommand
{
    private const int MostShown = 20;

    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Files in any known format, packed or not; - reads standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var source = new Option<string?>("--source") { Description = "Name of the source. Without it: the list's own name, or the file's.", HelpName = "NAME" };
        var label = new Option<string?>("--label")
        {
            Description =
                "Who may see it: public, official or official-sensitive, with ;agencies=a,b, ;compartments=x,y, ;purposes=p and ;handling=S2,H1. Without it: public for published lists and registers, else official for your own agency.",
            HelpName = "LABEL",
        };
        var complete = new Option<bool>("--complete") { Description = "The files are all that the source now says: what they no longer say is withdrawn." };
        var despite = new Option<bool>("--complete-despite-rejections")
        {
            Description = "As --complete, even if parts of the files cannot be used: what those parts say is then withdrawn too.",
        };
        var mapping = new Option<string?>("--mapping")
        {
            Description = "For tables in no known format: what the columns mean (docs/formats.md).",
            HelpName = "FILE",
        };
        var format = new Option<string?>("--format") { Description = "Read as this format, without asking the content.", HelpName = "NAME" };
        var grade = new Option<string?>("--grade") { Description = "Grade of the source, such as \"1 reliable\".", HelpName = "GRADE" };
        var opinion = new Option<bool>("--opinion") { Description = "What it says is somebody's assessment, not fact." };
        var schedule = new Option<string?>("--schedule")
        {
            Description = "The retention schedule that it is kept under. Without it: that of the source's last file, else your agency's default.",
            HelpName = "NAME",
        };
        var dated = new Option<string?>("--dated") { Description = "The source's own date, from which some schedules count: 2026-03-31.", HelpName = "DAY" };
        var command = new Command(
            "import",
            "Brings files into the picture. All of a file goes in or none; lines that cannot be used are listed with the reason."
        )
        {
            files,
            source,
            label,
            complete,
            despite,
            mapping,
            format,
            grade,
            opinion,
            schedule,
            dated,
        };
        command.SetAction(
            (parsed, interrupted) =>
            {
                var options = new ImportOptions(
                    parsed.GetValue(source),
                    ReadLabel(parsed.GetValue(label)),
                    parsed.GetValue(complete) || parsed.GetValue(despite),
                    parsed.GetValue(despite),
                    parsed.GetValue(grade) ?? "",
                    parsed.GetValue(opinion) ? StatementKind.Opinion : StatementKind.Fact,
                    ReadFormat(parsed.GetValue(format)),
                    ReadMapping(terminal, parsed.GetValue(mapping))
                )
                {
                    Schedule = parsed.GetValue(schedule),
                    Dated = RetentionCommand.Day("--dated", parsed.GetValue(dated)),
                };
                var inputs = Inputs(terminal, parsed.GetValue(files)!);
                try
                {
                    foreach (var input in inputs)
                        input.Probe(options);
                    using var store = OpenStore.Open(terminal, shared, parsed, make: true);
                    return Task.FromResult(Import(terminal, store, inputs, options, parsed.GetValue(shared.Json), interrupted));
                }
                finally
                {
                    foreach (var input in inputs)
                        input.Dispose();
                }
            }
        );
        return command;
    }

    private static int Import(
        Terminal terminal,
        OpenStore store,
        IReadOnlyList<ImportInput> inputs,
        ImportOptions options,
        bool asJson,
        CancellationToken interrupted
    )
    {
        var done = new List<ImportSummary>();
        bool useless = false,
            unknown = false;
        foreach (var group in inputs.GroupBy(i => i.SourceName, StringComparer.Ordinal))
        {
            var ordered = group.OrderBy(i => FormatReaders.Place(i.Format)).ToList();
            unknown |= options.Mapping is null && ordered.Exists(i => i.Format is null);
            var (summary, failed) = ImportSource(terminal, store, group.Key, ordered, options, interrupted);
            useless |= failed;
            if (summary is not null)
                done.Add(summary);
        }
        if (unknown)
            terminal.Say("'fourstrands formats' lists the formats that can be read. Any other table needs --mapping: see docs/formats.md.");
        if (asJson)
        {
            terminal.WriteJson(json =>
            {
                json.WriteStartArray();
                foreach (var summary in done)
                    json.WriteImport(summary, Answers.Label);
                json.WriteEndArray();
            });
        }
        return useless ? ExitCodes.BadInput : ExitCodes.Done;
    }

    private static (ImportSummary? Summary, bool Failed) ImportSource(
        Terminal terminal,
        OpenStore store,
        string source,
        IReadOnlyList<ImportInput> inputs,
        ImportOptions options,
        CancellationToken interrupted
    )
    {
        var label = options.Label ?? (inputs.All(i => i.IsPublished) ? Label.Public : Label.OwnAgency(store.Viewer));
        if (!store.Viewer.MaySee(label))
            throw ProblemException.Usage(
                $"{store.Viewer.DisplayName} could not see what is labelled {label}, and so may not bring it in. Choose a label that they satisfy."
            );
        var request = new ImportRequest(
            source,
            label,
            string.Join(", ", inputs.Select(i => i.Name)),
            string.Join(", ", inputs.Select(i => i.Format ?? "unknown").Distinct(StringComparer.Ordinal))
        )
        {
            Complete = options.Complete,
            DespiteRejections = options.DespiteRejections,
            Kind = options.Kind,
            Grade = options.Grade,
            Schedule = options.Schedule is { } name ? RetentionCommand.Named(store.Gate.Retention, store.Viewer, name) : null,
            Dated = options.Dated,
        };
        TellOfOthers(terminal, store, source);
        bool failed = false;
        using var session = Begin(store, request);
        var noting = new NotingSink(session);
        session.StopsLinking = interrupted;
        terminal.Interrupted = () => session.IsCommitted ? Interruption.AfterCommit : Interruption.NothingKept;
        var reading = new ReadOptions { Format = options.Format, Mapping = options.Mapping };
        foreach (var input in inputs)
        {
            var read = Progress.Share(terminal, $"Reading {input.Name}", share => input.Read(noting, reading, share, interrupted));
            if (read.Records > 0)
                continue;
            failed = true;
            terminal.Say($"{input.Name}: nothing in it could be used.");
        }
        foreach (var rejection in noting.First)
            terminal.Say(
                $"  {(rejection.Line > 0 ? $"line {rejection.Line.ToString(CultureInfo.InvariantCulture)}: " : "")}{(rejection.Field.Length > 0 ? rejection.Field + ": " : "")}{Answers.OneLine(rejection.Reason)}{(rejection.Excerpt.Length > 0 ? $" [{Answers.OneLine(rejection.Excerpt)}]" : "")}"
            );
        if (session.Records == 0)
        {
            terminal.Say($"Nothing was brought into '{source}'.");
            return (null, true);
        }
        interrupted.ThrowIfCancellationRequested();
        try
        {
            var summary = Progress.Share(terminal, $"Linking {source}", session.Commit);
            Tell(terminal, summary, noting.First.Count);
            if (session.EndedEarly)
                terminal.Say($"{source}: not all of it could be read. What came before is in; get the whole file and import it again.");
            return (summary, failed || session.EndedEarly);
        }
        catch (IncompleteImportException refused)
        {
            terminal.Say(
                $"{source}: {refused.Message} Get the whole file or correct it; or leave --complete out, to withdraw nothing; or say --complete-despite-rejections, to withdraw all the same."
            );
            return (null, true);
        }
        finally
        {
            // What is said of an interruption is asked for after this.
            if (!interrupted.IsCancellationRequested)
                terminal.Interrupted = () => Interruption.NothingKept;
        }
    }

    private static ImportSession Begin(OpenStore store, ImportRequest request)
    {
        try
        {
            return store.Gate.For(store.Viewer).BeginImport(request);
        }
        catch (RetentionException problem)
        {
            throw ProblemException.Input($"{problem.Message}.");
        }
    }

    /// <summary>Agencies may have sources of one name. Only those are spoken of that the viewer sees.</summary>
    private static void TellOfOthers(Terminal terminal, OpenStore store, string source)
    {
        var alike = store.View.Sources().Where(s => s.Source.Name.Equals(source, StringComparison.OrdinalIgnoreCase)).ToList();
        if (alike.Exists(s => s.Source.Owner == store.Viewer.Agency))
            return;
        foreach (string owner in alike.Select(s => s.Source.Owner))
            terminal.Say($"{owner} has a source called '{source}' too. What you bring in is kept apart from it, as a source of {store.Viewer.Agency}.");
    }

    private static void Tell(Terminal terminal, ImportSummary summary, int shown)
    {
        if (summary.IsRepeated)
        {
            terminal.Say($"{summary.Source.Name}: the same came in on {Answers.Time(summary.At)} already; nothing was changed.");
            return;
        }
        string withdrawn = summary.Withdrawn > 0 ? $", {Answers.Number(summary.Withdrawn)} withdrawn" : "";
        string unchanged =
            summary.Unchanged > 0
                ? $", {Answers.Number(summary.Unchanged)} {(summary.IsFirst ? "repeated in the file" : "said before, here or in an earlier import")}"
                : "";
        terminal.Say(
            $"{summary.Source.Name}: {Answers.Count(summary.Records, "record", "records")}, {Answers.Count(summary.Statements, "statement", "statements")} new{unchanged}{withdrawn}, to be seen by {summary.Label}. Import {summary.Id}."
        );
        if (summary.Rejected > shown)
            terminal.Say(
                $"{Answers.Count(summary.Rejected, "part", "parts")} could not be used; the first {shown} are above, all of them in 'fourstrands rejects {summary.Id}'."
            );
        else if (summary.Rejected > 0)
            terminal.Say($"{Answers.Count(summary.Rejected, "part", "parts")} could not be used, kept in 'fourstrands rejects {summary.Id}'.");
    }

    private static List<ImportInput> Inputs(Terminal terminal, string[] given)
    {
        var inputs = new List<ImportInput>();
        foreach (string file in given.Distinct(StringComparer.Ordinal))
        {
            if (file == "-")
            {
                inputs.Add(new ImportInput("standard input", terminal.In));
                continue;
            }
            string path = terminal.PathOf(file);
            if (Directory.Exists(path))
                throw ProblemException.Input($"{path} is a folder. Name the files in it: {file}/*");
            if (!File.Exists(path))
                throw ProblemException.Input($"There is no file {path}.");
            try
            {
                inputs.Add(
                    new ImportInput(
                        Path.GetFileName(path),
                        new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan)
                    )
                );
            }
            catch (UnauthorizedAccessException)
            {
                throw ProblemException.Input($"{path} may not be read by you.");
            }
        }
        return inputs;
    }

    private static Label? ReadLabel(string? text)
    {
        try
        {
            return text is null ? null : Label.Parse(text);
        }
        catch (FormatException problem)
        {
            throw ProblemException.Usage($"--label: {problem.Message}");
        }
    }

    private static string? ReadFormat(string? name) =>
        name is null || FormatReaders.Named(name) is not null
            ? name
            : throw ProblemException.Usage(
                $"There is no format '{name}'. There are: {string.Join(", ", FormatReaders.All.Select(r => r.Name))}. 'fourstrands formats' says what each is."
            );

    private static TableMapping? ReadMapping(Terminal terminal, string? file)
    {
        if (file is null)
            return null;
        string path = terminal.PathOf(file);
        if (!File.Exists(path))
            throw ProblemException.Input($"There is no mapping file {path}.");
        try
        {
            return TableMapping.Load(path);
        }
        catch (FormatException problem)
        {
            throw ProblemException.Input($"{path} is not a mapping: {problem.Message}");
        }
    }

    /// <summary>Hands everything on, and keeps the first rejections to be shown at once.</summary>
    private sealed class NotingSink(ImportSession session) : IRecordSink
    {
        public List<Rejection> First { get; } = [];

        public void Begin(ReadOnlySpan<char> key, Schema schema) => session.Begin(key, schema);

        public void Add(Property property, ReadOnlySpan<char> value) => session.Add(property, value);

        public void AddUtf8(Property property, ReadOnlySpan<byte> value) => session.AddUtf8(property, value);

        public void End() => session.End();

        public void Reject(Rejection rejection)
        {
            if (First.Count < MostShown)
                First.Add(rejection);
            session.Reject(rejection);
        }
    }
}

/// <summary>What was asked for on the command line.</summary>
internal sealed record ImportOptions(
    string? Source,
    Label? Label,
    bool Complete,
    bool DespiteRejections,
    string Grade,
    StatementKind Kind,
    string? Format,
    TableMapping? Mapping
)
{
    /// <summary>Name of the retention schedule; null for the usual one.</summary>
    public string? Schedule { get; init; }

    /// <summary>The source's own date; null if it is not known.</summary>
    public DateOnly? Dated { get; init; }
}
