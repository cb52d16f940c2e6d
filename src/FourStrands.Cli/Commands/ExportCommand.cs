using System.CommandLine;
using System.Text;
using FourStrands.Formats;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

internal static class ExportCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var source = new Option<string?>("--source") { Description = "Only what this source says.", HelpName = "NAME" };
        var format = new Option<string>("--format")
        {
            Description = "ftm: entities, one JSON object a line; statements: one value a row of CSV.",
            DefaultValueFactory = _ => "ftm",
        };
        format.AcceptOnlyFromAmong("ftm", "statements");
        var output = new Option<string?>("--output", "-o")
        {
            Description = "File to write, whole or not at all; without it, standard output.",
            HelpName = "FILE",
        };
        var command = new Command("export", "Writes what you may see in FollowTheMoney's formats, record by record.") { source, format, output };
        command.SetAction(
            (parsed, interrupted) =>
            {
                using var store = OpenStore.Open(terminal, shared, parsed);
                var id = parsed.GetValue(source) is { } name ? SourceNamed(store.View, name) : (RecordId?)null;
                bool statements = parsed.GetValue(format) == "statements";
                var labels = new SortedSet<string>(StringComparer.Ordinal);
                if (parsed.GetValue(output) is not { } file)
                {
                    Write(store.View, id, statements, terminal.OutBytes, labels, interrupted);
                }
                else
                {
                    string path = terminal.PathToWrite(file);
                    string beside = path + ".new";
                    try
                    {
                        long records;
                        using (var target = new FileStream(beside, FileMode.Create))
                            records = Write(store.View, id, statements, target, labels, interrupted);
                        File.Move(beside, path, overwrite: true);
                        terminal.Say($"Wrote {Answers.Number(records)} records to {path}.");
                    }
                    finally
                    {
                        File.Delete(beside);
                    }
                }
                labels.Remove(Label.Public.ToString());
                if (labels.Count > 0)
                    terminal.Say($"The file does not carry labels. Handle it as the most restricted of what is in it: {string.Join("; ", labels)}.");
                return Task.FromResult(ExitCodes.Done);
            }
        );
        return command;
    }

    private static long Write(View view, RecordId? source, bool asStatements, Stream target, SortedSet<string> labels, CancellationToken interrupted)
    {
        long records = 0;
        var buffered = new BufferedStream(target, 1 << 16);
        using var entities = new FtmWriter(buffered);
        var text = new StreamWriter(buffered, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var statements = new FtmStatementWriter(text);
        foreach (var record in view.Export(source))
        {
            interrupted.ThrowIfCancellationRequested();
            records++;
            foreach (var said in record.Statements)
                // Of what others provided no agency is named that the viewer may not know of.
                labels.Add((record.Source.Owner == view.Viewer.Agency ? said.Label : said.Label.KnownTo(view.Viewer)).ToString());
            var dates = record.Statements.Select(s => s.Date).DefaultIfEmpty().ToList();
            var exported = new ExportedRecord(record.Id.ToString(), record.Schema, [.. record.Statements.Select(s => (s.Property, s.Value)).Distinct()])
            {
                Dataset = Dataset(record.Source.Name),
                FirstSeen = Midnight(dates.Min()),
                LastSeen = Midnight(dates.Max()),
                CanonicalId = asStatements ? view.Find(record.Id)?.Id.ToString() : null,
            };
            if (asStatements)
                statements.Write(exported);
            else
                entities.Write(exported);
        }
        text.Flush();
        buffered.Flush();
        return records;
    }

    private static RecordId SourceNamed(View view, string name)
    {
        var sources = view.Sources().Select(s => s.Source).ToList();
        var found = sources.Where(s => s.Id.ToString() == name || s.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count switch
        {
            1 => found[0].Id,
            0 => throw ProblemException.Input($"There is no source '{name}' that you can see. There are: {string.Join("; ", sources.Select(s => s.Name))}."),
            _ => throw ProblemException.Input(
                $"Several agencies have a source '{name}'; say which by its identifier: {string.Join("; ", found.Select(s => $"{s.Id} ({s.Owner})"))}."
            ),
        };
    }

    /// <summary>As FollowTheMoney names data sets: lower-case letters, digits and underscores.</summary>
    private static string Dataset(string source)
    {
        var name = new StringBuilder(source.Length);
        foreach (char c in source)
        {
            if (char.IsAsciiLetterOrDigit(c))
                name.Append(char.ToLowerInvariant(c));
            else if (name.Length > 0 && name[^1] != '_')
                name.Append('_');
        }
        return name.ToString().Trim('_');
    }

    private static DateTimeOffset Midnight(DateOnly date) => new(date, TimeOnly.MinValue, TimeSpan.Zero);
}
