namespace FourStrands.Formats;

/// <summary>Every format that can be read.</summary>
public static class FormatReaders
{
    /// <summary>All readers, those first whose signs are surest.</summary>
    public static IReadOnlyList<IFormatReader> All { get; } =
    [
        new FollowTheMoney.FtmEntityReader(),
        new FollowTheMoney.FtmStatementReader(),
        new CompaniesHouse.PscReader(),
        new CompaniesHouse.DisqualifiedOfficerReader(),
        new CompaniesHouse.BasicCompanyReader(),
        new Sanctions.UnConsolidatedReader(),
        new Sanctions.UkSanctionsListReader(),
        new Sanctions.OfsiReader(),
        new Sanctions.OfacSubjectReader(),
        new Sanctions.OfacAddressReader(),
        new Sanctions.OfacAlternateNameReader(),
        new Sanctions.OfacCommentReader(),
    ];

    /// <summary>
    /// Of files that belong to one source: files of a lower place are read first, because those of a higher one only add to subjects and do not say what they are.
    /// </summary>
    public static int Place(string? format) => format is "ofac-add" or "ofac-alt" or "ofac-comments" ? 1 : 0;

    /// <summary>The reader of that name, or null.</summary>
    public static IFormatReader? Named(string name) => All.FirstOrDefault(reader => string.Equals(reader.Name, name, StringComparison.OrdinalIgnoreCase));
}
