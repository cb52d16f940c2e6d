using FourStrands.Formats.Content;
using FourStrands.Formats.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.CompaniesHouse;

/// <summary>Companies House's free data product of basic company data, CSV: every company that is not dissolved.</summary>
public sealed class BasicCompanyReader : IFormatReader
{
    private static readonly string[] _insolvent =
    [
        "liquidation",
        "administration",
        "administrative receiver",
        "receivership",
        "receiver manager",
        "voluntary arrangement",
    ];

    private static readonly (string Label, string[] Columns)[] _returns =
    [
        ("Accounts", ["Accounts.AccountCategory", "Accounts.AccountRefDay", "Accounts.AccountRefMonth", "Accounts.LastMadeUpDate", "Accounts.NextDueDate"]),
        ("Annual return", ["Returns.LastMadeUpDate", "Returns.NextDueDate"]),
        ("Confirmation statement", ["ConfStmtLastMadeUpDate", "ConfStmtNextDueDate"]),
        ("Mortgages", ["Mortgages.NumMortCharges", "Mortgages.NumMortOutstanding", "Mortgages.NumMortPartSatisfied", "Mortgages.NumMortSatisfied"]),
        ("Partners", ["LimitedPartnerships.NumGenPartners", "LimitedPartnerships.NumLimPartners"]),
    ];

    private static readonly string[] _oneToOne =
    [
        "CompanyName",
        "CompanyNumber",
        "RegAddress.CareOf",
        "RegAddress.POBox",
        "RegAddress.AddressLine1",
        "RegAddress.AddressLine2",
        "RegAddress.PostTown",
        "RegAddress.County",
        "RegAddress.Country",
        "RegAddress.PostCode",
        "CompanyCategory",
        "CompanyStatus",
        "CountryOfOrigin",
        "DissolutionDate",
        "IncorporationDate",
        "URI",
    ];

    private static readonly HashSet<string> _placed = Placed();

    private static readonly PropertyType _country = PropertyType.Named("country")!;

    /// <inheritdoc />
    public string Name => "ch-companies";

    /// <inheritdoc />
    public string Description => "Companies House basic company data, CSV";

    /// <inheritdoc />
    public bool Recognises(FormatSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var header = sample.Header;
        return header.Contains("CompanyNumber") && header.Contains("CompanyName") && header.Contains("RegAddress.PostCode");
    }

    /// <inheritdoc />
    public void Read(Stream content, IRecordSink sink, ReadOptions options, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var watched = new WatchedStream(content, null, progress, cancellation);
        var writer = new RecordWriter(sink, options);
        using var lines = new ByteLines(watched, options.MaxLineBytes, writer.Reject);
        var rows = new CsvRows(lines, (byte)',', writer.Reject);
        if (!rows.Next())
            return;
        var columns = new NamedColumns(rows, writer.Reject);
        var unplaced = columns.Names.Where(column => !_placed.Contains(column)).ToArray();
        while (rows.Next())
        {
            writer.Line = rows.Line;
            if (rows.Has(columns.Count))
                Write(name => columns.Value(rows, name), unplaced, writer, rows);
        }
    }

    /// <summary>The key of a company: the same in every product of Companies House.</summary>
    internal static string Key(string number) => $"gb-coh-{number.ToUpperInvariant()}";

    /// <summary>The register of the United Kingdom is one, whichever of its parts a body is said to be registered in.</summary>
    internal static string Register(string country)
    {
        var isOfKingdom =
            _country.Clean(country)?.StartsWith("gb-", StringComparison.Ordinal) == true
            || country.StartsWith("United Kingdom", StringComparison.OrdinalIgnoreCase)
            || (country.Contains("England", StringComparison.OrdinalIgnoreCase) && country.Contains("Wales", StringComparison.OrdinalIgnoreCase));
        return isOfKingdom ? "gb" : country;
    }

    internal static bool IsNumber(string number) => number.Length is >= 6 and <= 10 && number.All(char.IsAsciiLetterOrDigit);

    private static void Write(Func<string, string> value, string[] unplaced, RecordWriter writer, CsvRows row)
    {
        var number = value("CompanyNumber");
        if (!IsNumber(number))
        {
            writer.Reject("CompanyNumber", "It is missing or is not a company number.", row.Excerpt);
            return;
        }
        var key = Key(number);
        var status = value("CompanyStatus");
        var isInsolvent =
            !status.StartsWith("Live but", StringComparison.OrdinalIgnoreCase)
            && _insolvent.Any(word => status.Contains(word, StringComparison.OrdinalIgnoreCase));
        var address = new CompaniesHouseAddress(
            value("RegAddress.AddressLine1"),
            value("RegAddress.AddressLine2"),
            value("RegAddress.PostTown"),
            value("RegAddress.County"),
            value("RegAddress.PostCode"),
            value("RegAddress.Country"),
            value("RegAddress.POBox"),
            value("RegAddress.CareOf")
        );
        writer.Begin(key, "Company");
        writer.Add("name", value("CompanyName"));
        writer.Add("registrationNumber", number.ToUpperInvariant());
        writer.Add("jurisdiction", "gb");
        writer.Add("legalForm", value("CompanyCategory"));
        writer.Add("status", status);
        if (isInsolvent)
            writer.Add("topics", "insolvency");
        if (status.Contains("Proposal to Strike", StringComparison.OrdinalIgnoreCase))
            writer.Add("topics", "corp.strikeoff");
        writer.Add("country", value("CountryOfOrigin"), "CountryOfOrigin");
        AddDate("incorporationDate", "IncorporationDate");
        AddDate("dissolutionDate", "DissolutionDate");
        for (var place = 1; place <= 4; place++)
            writer.Add("sector", value($"SICCode.SicText_{place}") is "None Supplied" ? null : value($"SICCode.SicText_{place}"));
        if (!address.IsEmpty)
            address.WriteOfSubject(writer);
        for (var place = 1; place <= 10; place++)
        {
            var former = value($"PreviousName_{place}.CompanyName");
            writer.Add("previousName", former);
            if (former.Length > 0 && value($"PreviousName_{place}.CONDATE") is { Length: > 0 } until)
                writer.Note($"Named {former} until", SourceDates.DayMonthYear(until) ?? until);
        }
        writer.Add("sourceUrl", value("URI"), "URI");
        WriteReturns(value, writer);
        foreach (var column in unplaced)
            writer.Note(column, value(column));
        writer.End();
        if (!address.IsEmpty)
            address.Write(writer);
        if (isInsolvent)
            writer.Record($"{key}-insolvency", "Insolvency", ("debtor", key), ("type", status), ("country", "gb"));

        void AddDate(string property, string column)
        {
            if (value(column) is { Length: > 0 } date)
                writer.Add(property, SourceDates.DayMonthYear(date) ?? date, column);
        }
    }

    // Facts about filings have no properties of their own: a note for each group of them. A count of none says nothing.
    private static void WriteReturns(Func<string, string> value, RecordWriter writer)
    {
        foreach (var (label, columns) in _returns)
        {
            var said = columns
                .Where(column => value(column) is not ("" or "0"))
                .Select(column => $"{column[(column.IndexOf('.', StringComparison.Ordinal) + 1)..]} {value(column)}");
            writer.Note(label, string.Join(", ", said));
        }
    }

    private static HashSet<string> Placed()
    {
        HashSet<string> placed = new(_oneToOne, StringComparer.OrdinalIgnoreCase);
        placed.UnionWith(_returns.SelectMany(group => group.Columns));
        for (var place = 1; place <= 4; place++)
            placed.Add($"SICCode.SicText_{place}");
        for (var place = 1; place <= 10; place++)
            placed.UnionWith([$"PreviousName_{place}.CompanyName", $"PreviousName_{place}.CONDATE"]);
        return placed;
    }
}
