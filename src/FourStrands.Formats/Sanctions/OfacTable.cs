using FourStrands.Formats.Content;
using FourStrands.Formats.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.Sanctions;

/// <summary>
/// What OFAC's files have in common: no header, a number of columns by which each is told, the subject's number first, and
/// <c>-0- </c> where nothing is said. The files refer to each other by that number, so a record's key is made of it alone: files read into one
/// source in any order come together.
/// </summary>
internal static class OfacTable
{
    public const string Authority = "Office of Foreign Assets Control";

    /// <summary>The key of the subject with that number.</summary>
    public static string Key(string number) => "ofac-" + number;

    /// <summary>A column's value, or null where it says nothing.</summary>
    public static string? Value(CsvRows row, int column)
    {
        var text = row.Text(column).Trim();
        return text is "" or "-0-" ? null : text;
    }

    /// <summary>True if most of the sample's rows have that many columns and begin with that many numbers.</summary>
    public static bool Fits(FormatSample sample, int columns, int numbers, Func<string[], bool>? also = null)
    {
        var rows = sample.Rows;
        var fitting = rows.Count(row => row.Length == columns && row.Take(numbers).All(IsNumber) && (also is null || also(row)));
        return fitting > 0 && fitting * 2 > rows.Count;
    }

    /// <summary>True if the sample says nothing in OFAC's own way somewhere.</summary>
    public static bool SaysNothingAsOfacDoes(FormatSample sample) => sample.Rows.Any(row => row.Any(field => field.Trim() == "-0-"));

    public static bool IsNumber(string text) => text.Length is > 0 and < 12 && text.All(char.IsAsciiDigit);

    /// <summary>Hands each row that has the columns and numbers it should have to <paramref name="write"/>.</summary>
    public static void Read(
        Stream content,
        RecordWriter writer,
        int columns,
        int numbers,
        IProgress<ReadProgress>? progress,
        Action<CsvRows> write,
        CancellationToken cancellation
    )
    {
        using var watched = new WatchedStream(content, null, progress, cancellation);
        using var lines = new ByteLines(watched, writer.Options.MaxLineBytes, writer.Reject);
        var rows = new CsvRows(lines, (byte)',', writer.Reject);
        while (rows.Next())
        {
            writer.Line = rows.Line;
            if (!rows.Has(columns))
                continue;
            var wrong = -1;
            for (var column = 0; column < numbers && wrong < 0; column++)
                wrong = IsNumber(rows.Text(column).Trim()) ? -1 : column;
            if (wrong >= 0)
                writer.Reject($"column {wrong + 1}", "It should be a number.", rows.Excerpt);
            else
                write(rows);
        }
    }

    /// <summary>
    /// The kind of the subject with that key: what a file read before in the same call said it is, else the widest kind that can be on the list.
    /// </summary>
    public static Schema KindOf(RecordWriter writer, string key) =>
        writer.Options.KindOf.TryGetValue(key, out var known) ? known : writer.Ontology["LegalEntity"];
}
