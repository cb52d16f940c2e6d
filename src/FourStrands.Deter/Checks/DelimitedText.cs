using System.Text;

namespace FourStrands.Deter.Checks;

/// <summary>
/// Splits comma-, semicolon-, tab- or bar-separated text into rows, each with its line. Forgiving, because officers' lists come
/// from anywhere: a quote that is never closed costs one line, not the rest of the file.
/// </summary>
internal static class DelimitedText
{
    // A quoted cell may hold line breaks (addresses do), but not the rest of the file.
    private const int MostLinesInACell = 20;
    private const int MostCells = 200;

    /// <summary>What to say of a quotation mark without its fellow.</summary>
    public const string Unclosed = "A quotation mark is opened and not closed. Close it, or double the marks that belong to the name.";

    /// <summary>One row.</summary>
    /// <param name="Line">The line it begins on; the first is 1.</param>
    /// <param name="Cells">Its cells, trimmed.</param>
    /// <param name="Trouble">Why it cannot be used; null if it can.</param>
    /// <param name="Raw">The line as it stands.</param>
    public readonly record struct Row(int Line, IReadOnlyList<string> Cells, string? Trouble, string Raw);

    /// <summary>The separator that the line uses most outside quotes; a comma if none.</summary>
    public static char SeparatorOf(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> separators = [',', ';', '\t', '|'];
        Span<int> counts = stackalloc int[4];
        bool quoted = false;
        foreach (char c in line)
        {
            if (c == '"')
                quoted = !quoted;
            else if (!quoted && separators.IndexOf(c) is >= 0 and var s)
                counts[s]++;
        }
        int best = 0;
        for (int i = 1; i < 4; i++)
        {
            if (counts[i] > counts[best])
                best = i;
        }
        return separators[best];
    }

    /// <summary>The rows that are not empty.</summary>
    /// <param name="text">The file.</param>
    /// <param name="separator">What stands between cells.</param>
    /// <param name="refuse">Asked of each row that runs over several lines: why it cannot be one row; null if it can. What was refused costs its first line.</param>
    public static IEnumerable<Row> Rows(string text, char separator, Func<int, IReadOnlyList<string>, string?>? refuse = null)
    {
        int place = 0,
            line = 1,
            swallowed = 0;
        while (place < text.Length)
        {
            int start = place,
                startLine = line;
            var (cells, trouble) = ReadRow(text, separator, ref place, ref line);
            if (trouble is null && line > startLine + 1)
                trouble = refuse?.Invoke(startLine, cells);
            int lineEnd = EndOfLine(text, start);
            if (trouble is not null)
            {
                swallowed = Math.Max(swallowed, place);
                place = AfterBreak(text, lineEnd);
                line = startLine + 1;
            }
            else if (start < swallowed && line == startLine + 1 && text.AsSpan(start, lineEnd - start).Count('"') % 2 == 1)
            {
                // The rest of a cell whose first line was refused.
                trouble = "A quotation mark is closed that was opened on a line above, which could not be used either.";
            }
            if (trouble is null && cells.All(c => c.Length == 0))
                continue;
            yield return new Row(startLine, cells, trouble, text[start..lineEnd]);
        }
    }

    /// <summary>Where the line that begins at <paramref name="from"/> ends.</summary>
    public static int EndOfLine(string text, int from)
    {
        int end = text.AsSpan(from).IndexOfAny('\n', '\r');
        return end < 0 ? text.Length : from + end;
    }

    /// <summary>Where the next line begins, given where one ends.</summary>
    public static int AfterBreak(string text, int end)
    {
        if (end >= text.Length)
            return text.Length;
        return text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? end + 2 : end + 1;
    }

    private static (List<string> Cells, string? Trouble) ReadRow(string text, char separator, ref int place, ref int line)
    {
        List<string> cells = [];
        var cell = new StringBuilder();
        int breaks = 0,
            before = 0;
        while (true)
        {
            cell.Clear();
            while (place < text.Length && text[place] == ' ')
                place++;
            if (place < text.Length && text[place] == '"')
            {
                place++;
                before = breaks;
                while (true)
                {
                    if (place >= text.Length || breaks > MostLinesInACell)
                        return (cells, Unclosed);
                    char c = text[place];
                    if (c == '"' && place + 1 < text.Length && text[place + 1] == '"')
                    {
                        cell.Append('"');
                        place += 2;
                    }
                    else if (c == '"')
                    {
                        place++;
                        break;
                    }
                    else if (c is '\n' or '\r')
                    {
                        place = AfterBreak(text, place);
                        breaks++;
                        cell.Append('\n');
                    }
                    else
                    {
                        cell.Append(c);
                        place++;
                    }
                }
                // Words after the mark that ends a cell of several lines: it is no end but another cell's beginning.
                int after = place;
                while (after < text.Length && text[after] == ' ')
                    after++;
                if (breaks > before && after < text.Length && text[after] != separator && text[after] is not ('\n' or '\r'))
                    return (cells, Unclosed);
            }
            while (place < text.Length && text[place] != separator && text[place] is not ('\n' or '\r'))
                cell.Append(text[place++]);
            cells.Add(cell.ToString().Trim());
            if (cells.Count > MostCells)
                return (cells, $"The line has more than {MostCells} cells.");
            if (place < text.Length && text[place] == separator)
            {
                place++;
                continue;
            }
            if (place < text.Length)
            {
                place = AfterBreak(text, place);
                breaks++;
            }
            line += breaks;
            return (cells, null);
        }
    }
}
