using System.Buffers;
using FourStrands.Formats.Text;

namespace FourStrands.Formats;

/// <summary>
/// Writes rows of CSV that people open in a spreadsheet. A cell that the spreadsheet would run as a formula is given an apostrophe in
/// front: what is written in a register must not run on an analyst's machine.
/// </summary>
public sealed class SpreadsheetCsv
{
    private static readonly SearchValues<char> _numberMarks = SearchValues.Create("0123456789.,");

    private readonly TextWriter _target;

    /// <summary>Writes to text, which is left open.</summary>
    public SpreadsheetCsv(TextWriter target)
    {
        ArgumentNullException.ThrowIfNull(target);
        _target = target;
    }

    /// <summary>Writes one row.</summary>
    public void Write(params IEnumerable<string> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var isFirst = true;
        foreach (var cell in cells)
        {
            if (!isFirst)
                _target.Write(',');
            isFirst = false;
            CsvField.Write(_target, Harmless(cell));
        }
        _target.Write("\r\n");
    }

    /// <summary>The cell, with an apostrophe in front if it could be taken for a formula (= + - @, tab or line end first). Numbers stay numbers.</summary>
    public static string Harmless(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        if (cell.Length == 0 || cell[0] is not ('=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠'))
            return cell;
        return cell[0] == '-' && IsNumber(cell.AsSpan(1)) ? cell : "'" + cell;
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length > 0 && text.IndexOfAnyExcept(_numberMarks) < 0 && char.IsAsciiDigit(text[0]);
}
