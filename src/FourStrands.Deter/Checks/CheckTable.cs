using System.Text;

namespace FourStrands.Deter.Checks;

/// <summary>
/// A result as a table: a row for each finding, link and dismissed match, and one for each bidder of which nothing was found. The sources that
/// were searched are the same for all and stand once, in the last rows.
/// </summary>
public static class CheckTable
{
    /// <summary>The columns' headings.</summary>
    public static IReadOnlyList<string> Headings { get; } =
    ["Bidder", "Company number", "Result", "What", "About", "When", "How connected", "Sources", "Details"];

    /// <summary>The rows, as plain text.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        foreach (var bidder in result.Bidders)
        {
            string name = bidder.Bidder.Name,
                number = bidder.Bidder.CompanyNumber;
            foreach (var finding in bidder.Findings)
                yield return
                [
                    name,
                    number,
                    Wording.Status(finding.Status, finding.Past),
                    finding.What,
                    finding.About.Caption,
                    finding.When,
                    Wording.Way(finding.Path),
                    Wording.Sources(finding.Sources),
                    Wording.Details(finding.Details),
                ];
            if (bidder.Findings.Count == 0)
                yield return [name, number, Wording.Name(bidder.Outcome), bidder.Text, "", "", "", result.Searched.Count == 0 ? "" : Searched, ""];
            foreach (var dismissed in bidder.Dismissed)
                yield return
                [
                    name,
                    number,
                    "Dismissed",
                    "Judged to be different",
                    dismissed.Right.Caption,
                    "",
                    $"“{dismissed.Left.Caption}” is not “{dismissed.Right.Caption}”",
                    dismissed.Right.Source.Name,
                    dismissed.StateText,
                ];
        }
        foreach (var link in result.Links)
        {
            foreach (var end in link.Bidders)
                yield return
                [
                    end.Name,
                    Number(result, end),
                    Wording.Status(link.Status, link.Former),
                    link.What,
                    link.Shared,
                    link.Former ? "former" : "",
                    Wording.Way(end.Path),
                    Wording.Sources(end.Sources),
                    "with " + string.Join(", ", link.Bidders.Where(b => b.Bidder != end.Bidder).Select(b => b.Name)),
                ];
        }
    }

    /// <summary>The sources that were searched, each with its date: a row for each.</summary>
    public static IEnumerable<IReadOnlyList<string>> SourceRows(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Searched.Count == 0)
            yield return ["", "", "Searched", CheckResult.NothingSearched, "", "", "", "", ""];
        foreach (var source in result.Searched)
            yield return ["", "", "Searched", "Source", source.Source.Name, "", "", Wording.Searched(source), ""];
    }

    /// <summary>Writes it as CSV (UTF-8 with a byte-order mark, so that spreadsheets show names right); no cell can be taken for a formula.</summary>
    public static void Write(CheckResult result, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        WriteRow(writer, Headings);
        foreach (var row in Rows(result).Concat(SourceRows(result)))
            WriteRow(writer, row);
    }

    /// <summary>A cell that a spreadsheet takes for text: what begins like a formula gets an apostrophe in front.</summary>
    public static string Neutral(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var start = cell.AsSpan().TrimStart(' ');
        return start.Length > 0 && start[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? "'" + cell : cell;
    }

    private const string Searched = "the sources in the last rows";

    private static string Number(CheckResult result, LinkEnd end) => result.Check.Bidders.FirstOrDefault(b => b.Record == end.Bidder)?.CompanyNumber ?? "";

    private static void WriteRow(StreamWriter writer, IReadOnlyList<string> cells)
    {
        for (int i = 0; i < cells.Count; i++)
        {
            if (i > 0)
                writer.Write(',');
            writer.Write('"');
            writer.Write(Neutral(cells[i]).Replace("\"", "\"\"", StringComparison.Ordinal));
            writer.Write('"');
        }
        writer.WriteLine();
    }
}
