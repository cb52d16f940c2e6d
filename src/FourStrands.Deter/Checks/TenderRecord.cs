namespace FourStrands.Deter.Checks;

/// <summary>A check as it goes into the tender file: plain text in sections, to be printed. Worked out from a result, never kept.</summary>
/// <param name="Title">"Check of bidders: Grounds maintenance 2026".</param>
/// <param name="Marking">To stand at head and foot of each page.</param>
/// <param name="Facts">Who, when, for which tender.</param>
/// <param name="Sections">What was found.</param>
public sealed record TenderRecord(string Title, string Marking, IReadOnlyList<Detail> Facts, IReadOnlyList<RecordSection> Sections)
{
    /// <summary>Makes the record.</summary>
    public static TenderRecord Of(CheckResult result) => throw new NotSupportedException();
}

/// <summary>A section of a printed record.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Level">2 for a section, 3 for a part of one.</param>
/// <param name="Paragraphs">Its text.</param>
/// <param name="Table">A table below the text; null if there is none.</param>
public sealed record RecordSection(string Heading, int Level, IReadOnlyList<string> Paragraphs, RecordTable? Table = null);

/// <summary>A table in a printed record.</summary>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Rows, each with as many cells as there are headings.</param>
public sealed record RecordTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
