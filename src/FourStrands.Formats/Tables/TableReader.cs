using FourStrands.Formats.Content;
using FourStrands.Formats.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.Tables;

/// <summary>Reads a table by a mapping. It is never detected: somebody has to say what the columns mean.</summary>
internal sealed class TableReader(TableMapping mapping) : IFormatReader
{
    private const int LongestKey = 300;

    public string Name => "table";

    public string Description => "A table whose columns a mapping explains";

    public bool Recognises(FormatSample sample) => false;

    public void Read(Stream content, IRecordSink sink, ReadOptions options, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var watched = new WatchedStream(content, null, progress, cancellation);
        var writer = new RecordWriter(sink, options);
        using var lines = new ByteLines(watched, options.MaxLineBytes, writer.Reject);
        var rows = new CsvRows(lines, (byte)mapping.Delimiter, writer.Reject);
        if (!rows.Next())
            return;
        var columns = new NamedColumns(rows, writer.Reject);
        var missing = mapping.Columns().Where(column => !columns.Has(column)).ToArray();
        if (missing.Length > 0)
        {
            writer.Line = rows.Line;
            writer.Reject(
                string.Join(", ", missing),
                $"The mapping speaks of columns that the table does not have. It has: {string.Join(", ", columns.Names)}.",
                rows.Excerpt
            );
            return;
        }
        var unmapped = columns.Names.Except(mapping.Columns(), StringComparer.OrdinalIgnoreCase).Where(column => !mapping.Ignored.Contains(column)).ToArray();
        while (rows.Next())
        {
            writer.Line = rows.Line;
            if (rows.Has(columns.Count))
                WriteRow(rows, columns, unmapped, writer);
        }
    }

    private void WriteRow(CsvRows row, NamedColumns columns, string[] unmapped, RecordWriter writer)
    {
        var keys = new Dictionary<MappedRecord, string>();
        foreach (var record in mapping.Records)
        {
            if (KeyOf(record) is { } key)
                keys.Add(record, key);
        }
        if (keys.Count == 0)
        {
            writer.Reject(string.Join(", ", mapping.Records[0].Key), "The columns that name a subject are empty.", row.Excerpt);
            return;
        }
        var isFirst = true;
        foreach (var (record, key) in keys)
        {
            if (!writer.Begin(key, record.Schema))
                continue;
            foreach (var value in record.Values)
                Write(value);
            // What the mapping does not speak of is kept with the first record.
            if (isFirst)
            {
                foreach (var column in unmapped)
                    writer.Note(column, columns.Value(row, column));
            }
            isFirst = false;
            writer.End();
        }
        foreach (var tie in mapping.Ties)
        {
            if (!keys.TryGetValue(tie.Source, out var source) || !keys.TryGetValue(tie.Target, out var target))
                continue;
            var said = tie.Values.SelectMany(value => value.Columns).Select(column => columns.Value(row, column)).ToArray();
            if (!writer.Begin(RecordKeys.Of(tie.Schema.Name, [source, target, .. said]), tie.Schema))
                continue;
            writer.Add(tie.Schema.Tie!.Source.Name, source);
            writer.Add(tie.Schema.Tie.Target.Name, target);
            foreach (var value in tie.Values)
                Write(value);
            writer.End();
        }

        string? KeyOf(MappedRecord record)
        {
            var parts = record.Key.Select(column => columns.Value(row, column)).ToArray();
            if (parts.All(part => part.Length == 0))
                return null;
            var key = $"{record.Prefix}-{string.Join('-', parts)}";
            return key.Length <= LongestKey ? key : RecordKeys.Of(record.Prefix, parts);
        }

        void Write(MappedValue value)
        {
            if (value.Constant is not null)
            {
                writer.Add(value.Property.Name, value.Constant);
                return;
            }
            var text = string.Join(value.Join, value.Columns.Select(column => columns.Value(row, column)).Where(part => part.Length > 0));
            var field = string.Join(" and ", value.Columns);
            foreach (var part in value.Split is { Length: > 0 } mark ? text.Split(mark, StringSplitOptions.TrimEntries) : [text])
                writer.Add(value.Property.Name, Dated(value.Date, part), field);
        }
    }

    private static string Dated(string? way, string text) =>
        way switch
        {
            "day-month-year" => SourceDates.DayMonthYear(text) ?? text,
            "day-month-name" => SourceDates.DayMonthName(text) ?? text,
            _ => text,
        };
}
