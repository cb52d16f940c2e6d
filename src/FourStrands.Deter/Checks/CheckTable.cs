namespace FourStrands.Deter.Checks;

/// <summary>A result as a table: a row for each finding, link and dismissed match, and one for each bidder of which nothing was found.</summary>
public static class CheckTable
{
    /// <summary>The columns' headings.</summary>
    public static IReadOnlyList<string> Headings { get; } =
        ["Bidder", "Company number", "Result", "What", "About", "When", "How connected", "Sources", "Details"];

    /// <summary>The rows, as plain text.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(CheckResult result) => throw new NotSupportedException();

    /// <summary>Writes it as CSV (UTF-8 with a byte-order mark, so that spreadsheets show names right); no cell can be taken for a formula.</summary>
    public static void Write(CheckResult result, Stream output) => throw new NotSupportedException();
}
