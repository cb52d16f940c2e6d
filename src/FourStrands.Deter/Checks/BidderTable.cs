using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>
/// Reads a list with headings. Officers' sheets begin with a title, a date, an empty row: the headings are looked for in the
/// first rows, and what stands above them is said and not read.
/// </summary>
internal sealed class BidderTable
{
    /// <summary>Rows in which headings are looked for.</summary>
    private const int FirstRows = 15;

    private readonly string _text;
    private readonly char _separator;
    private readonly int _line;
    private readonly BidderColumn?[] _columns;
    private readonly IReadOnlyList<string> _headings;
    private readonly List<DelimitedText.Row> _above;

    private BidderTable(string text, char separator, DelimitedText.Row headings, BidderColumn?[] columns, List<DelimitedText.Row> above)
    {
        _text = text;
        _separator = separator;
        _line = headings.Line;
        _columns = columns;
        _headings = headings.Cells;
        _above = above;
    }

    /// <summary>What the list was read as.</summary>
    public string Format => _columns.Length == 1 ? "one column with a heading" : "CSV with headings";

    /// <summary>The table, if one of the first rows is a row of headings: the one of which the most are known.</summary>
    public static BidderTable? Find(string text, char likely)
    {
        BidderTable? best = null;
        int most = 0;
        foreach (char separator in ((char[])[likely, ',', ';', '\t', '|']).Distinct())
        {
            List<DelimitedText.Row> above = [];
            foreach (var row in DelimitedText.Rows(text, separator).Take(FirstRows))
            {
                if (row.Trouble is null && BidderColumns.OfRow(row.Cells) is { } columns && columns.Count(c => c is not null) is var known && known > most)
                {
                    most = known;
                    best = new BidderTable(text, separator, row, columns, [.. above]);
                }
                above.Add(row);
            }
        }
        return best;
    }

    /// <summary>What was understood, for the officer to look over.</summary>
    public IEnumerable<string> Notes()
    {
        foreach (var row in _above)
            yield return $"Line {row.Line} stands above the headings and was not read: “{BidderFields.Excerpt(row.Raw.Trim(_separator, ' '))}”.";
        string used = string.Join(
            "; ",
            _columns.Zip(_headings).Where(c => c.First is not null).Select(c => $"{BidderColumns.Named(c.First!.Value)} from “{One(c.Second)}”")
        );
        yield return $"Headings on line {_line}: {used}.";
        var unused = _columns.Zip(_headings).Where(c => c.First is null && c.Second.Length > 0).Select(c => $"“{One(c.Second)}”").ToList();
        if (unused.Count > 0)
            yield return $"{(unused.Count == 1 ? "A column that is" : "Columns that are")} not used: {string.Join(", ", unused)}.";
    }

    /// <summary>The bidders.</summary>
    public IEnumerable<Bidder> Read(List<Rejection> rejections)
    {
        foreach (var row in DelimitedText.Rows(_text, _separator, Refuse))
        {
            if (row.Line <= _line)
                continue;
            string? trouble = row.Trouble;
            if (trouble is null && row.Cells.Count > _columns.Length && row.Cells.Skip(_columns.Length).Any(c => c.Length > 0))
                trouble =
                    $"The line has {row.Cells.Count} cells and the headings are {_columns.Length}. Put quotation marks around a name or address with a comma in it.";
            if (trouble is null && _columns.Count(c => c is not null) > 1 && row.Cells.SequenceEqual(_headings, StringComparer.OrdinalIgnoreCase))
                trouble = "The headings stand here again.";
            if (trouble is not null)
            {
                rejections.Add(new Rejection(row.Line, "", trouble, BidderFields.Excerpt(row.Raw)));
                continue;
            }
            var fields = new BidderFields(row.Line, rejections);
            for (int i = 0; i < row.Cells.Count && i < _columns.Length; i++)
            {
                if (_columns[i] is { } column)
                    fields.Set(column, row.Cells[i]);
            }
            if (fields.Make() is { } bidder)
                yield return bidder;
        }
    }

    // Addresses run over several lines, and notes that are not used. What is to be a name or a number does not.
    private string? Refuse(int line, IReadOnlyList<string> cells)
    {
        if (line <= _line)
            return null;
        for (int i = 0; i < cells.Count && i < _columns.Length; i++)
        {
            if (_columns[i] is { } column && column is not (BidderColumn.Address or BidderColumn.Town) && cells[i].Contains('\n', StringComparison.Ordinal))
                return $"The {BidderColumns.Named(column)} runs over several lines: a quotation mark is opened and not closed, or the cell has a line break in it. Write it on one line.";
        }
        return null;
    }

    private static string One(string heading) => heading.ReplaceLineEndings(" ");
}
