namespace FourStrands.Formats.Sanctions;

/// <summary>
/// Splits the remarks of OFAC's lists, facts that were joined by semicolons, and says which property each is a value of. Whatever
/// has no clear pattern is left to be kept as a note.
/// </summary>
internal static class OfacRemarks
{
    // What a remark begins with, and what follows it is a value of. Longer beginnings come before shorter ones.
    private static readonly (string Start, string Property)[] _numbers =
    [
        ("Company Number IMO", "imoNumber"),
        ("Identification Number IMO", "imoNumber"),
        ("Vessel Registration Identification IMO", "imoNumber"),
        ("MMSI", "mmsi"),
        ("Vessel Registration Identification", "registrationNumber"),
        ("Aircraft Tail Number", "registrationNumber"),
        ("Aircraft Manufacturer's Serial Number (MSN)", "serialNumber"),
        ("Aircraft Construction Number (also called L/N or S/N or F/N)", "serialNumber"),
        ("Aircraft Mode S Transponder Code", "icaoCode"),
        ("Passport", "passportNumber"),
        ("Diplomatic Passport", "passportNumber"),
        ("Stateless Person Passport", "passportNumber"),
        ("SSN", "socialSecurityNumber"),
        ("Tax ID No.", "taxNumber"),
        ("RTN", "taxNumber"),
        ("RFC", "taxNumber"),
        ("R.F.C.", "taxNumber"),
        ("RIF #", "taxNumber"),
        ("US FEIN", "taxNumber"),
        ("C.I.F.", "taxNumber"),
        ("Numero Unico de Identificacao Tributaria (NUIT)", "taxNumber"),
        ("Government Gazette Number", "okpoCode"),
        ("NIT #", "taxNumber"),
        ("Italian Fiscal Code", "taxNumber"),
        ("V.A.T. Number", "vatCode"),
        ("D-U-N-S Number", "dunsCode"),
        ("Legal Entity Number", "leiCode"),
        ("SWIFT/BIC", "swiftBic"),
        ("BIK (RU)", "bikCode"),
        ("Trade License No.", "licenseNumber"),
        ("License", "licenseNumber"),
        ("Registration ID", "registrationNumber"),
        ("Registration Number", "registrationNumber"),
        ("Company Number", "registrationNumber"),
        ("Commercial Registry Number", "registrationNumber"),
        ("Business Registration Number", "registrationNumber"),
        ("Business Registration Document #", "registrationNumber"),
        ("Business Number", "registrationNumber"),
        ("Public Registration Number", "registrationNumber"),
        ("Enterprise Number", "registrationNumber"),
        ("UK Company Number", "registrationNumber"),
        ("C.R. No.", "registrationNumber"),
        ("Matricula Mercantil No", "registrationNumber"),
        ("Folio Mercantil No.", "registrationNumber"),
        ("Chamber of Commerce Number", "registrationNumber"),
        ("RUC #", "registrationNumber"),
        ("Certificate of Incorporation Number", "registrationNumber"),
        ("Registered Charity No.", "registrationNumber"),
        ("Branch Unit Number", "registrationNumber"),
        ("Dubai Chamber of Commerce Membership No.", "registrationNumber"),
        ("Unified Social Credit Code (USCC)", "uscCode"),
        ("National ID No.", "idNumber"),
        ("National Foreign ID Number", "idNumber"),
        ("Identification Number", "idNumber"),
        ("Birth Certificate Number", "idNumber"),
        ("Driver's License No.", "idNumber"),
        ("Electoral Registry No.", "idNumber"),
        ("Cedula No.", "idNumber"),
        ("Cedula de Ciudadania", "idNumber"),
        ("Cedula de Residencia", "idNumber"),
        ("Cartilla de Servicio Militar Nacional", "idNumber"),
        ("Residency Number", "idNumber"),
        ("Travel Document Number", "idNumber"),
        ("Credencial electoral", "idNumber"),
        ("C.U.R.P.", "idNumber"),
        ("C.U.I.T.", "taxNumber"),
        ("D.N.I.", "idNumber"),
        ("N.I.E.", "idNumber"),
        ("I.F.E.", "idNumber"),
        ("Personal ID Card", "idNumber"),
        ("Kenyan ID No.", "idNumber"),
        ("Moroccan Personal ID No.", "idNumber"),
        ("Bosnian Personal ID No.", "idNumber"),
        ("Turkish Identificiation Number", "idNumber"),
        ("Citizen's Card Number", "idNumber"),
        ("LE Number", "idNumber"),
        ("C.U.I.P.", "idNumber"),
        ("VisaNumberID", "idNumber"),
        ("British National Overseas Passport", "passportNumber"),
        ("Pilot License Number", "licenseNumber"),
        ("Numero de Identidad", "idNumber"),
        ("Tazkira National ID Card", "idNumber"),
        ("Afghan Money Service Provider License Number", "licenseNumber"),
    ];

    private static readonly (string Start, string Property)[] _facts =
    [
        ("POB", "birthPlace"),
        ("nationality", "nationality"),
        ("citizen", "citizenship"),
        ("Gender", "gender"),
        ("Email Address", "email"),
        ("Website", "website"),
        ("Phone Number", "phone"),
        ("Phone No.", "phone"),
        ("Telephone No.", "phone"),
        ("Telephone:", "phone"),
        ("Telephone", "phone"),
        ("Former Vessel Flag", "pastFlags"),
        ("Vessel Flag", "flag"),
        ("Vessel Call Sign", "callSign"),
        ("Other Vessel Type", "type"),
        ("Vessel Year of Build", "buildDate"),
        ("Aircraft Model", "model"),
        ("Aircraft Manufacture Date", "buildDate"),
        ("Organization Established Date", "incorporationDate"),
        ("Organization Type:", "sector"),
        ("DOB", "birthDate"),
        ("Nationality of Registration", "jurisdiction"),
    ];

    /// <summary>The facts of a remark, without the full stop at the end. A cut-off first or last one is given back as it is.</summary>
    public static IEnumerable<string> Split(string remarks) =>
        remarks.Trim().TrimEnd('.').Split("; ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What a fact says.</summary>
    public static OfacFact Parse(string fact)
    {
        var isOther = fact.StartsWith("alt. ", StringComparison.Ordinal);
        var text = isOther ? fact[5..] : fact;
        if (After(text, "Linked To:") is { } linked)
            return new OfacFact(OfacFactKind.LinkedTo, "", linked);
        if (After(text, "a.k.a.") is { } alias)
            return new OfacFact(OfacFactKind.Value, "weakAlias", alias.Trim('\'', '"'));
        if (After(text, "f.k.a.") is { } former)
            return new OfacFact(OfacFactKind.Value, "previousName", former.Trim('\'', '"'));
        if (After(text, "Digital Currency Address -") is { } wallet && wallet.Split(' ', 2) is [var currency, var address])
            return new OfacFact(OfacFactKind.Wallet, currency, address);
        if (text.StartsWith("Listing Date", StringComparison.Ordinal) && Dated(text) is { } listed)
            return new OfacFact(OfacFactKind.Sanction, "listingDate", listed);
        if (text.StartsWith("Effective Date", StringComparison.Ordinal) && Dated(text) is { } effective)
            return new OfacFact(OfacFactKind.Sanction, "startDate", effective);
        foreach (var (start, property) in _facts)
        {
            if (After(text, start) is not { } value)
                continue;
            if (property is not ("birthDate" or "buildDate" or "incorporationDate"))
                return new OfacFact(OfacFactKind.Value, property, value);
            return SourceDates.DayMonthName(value) is { } date ? new OfacFact(OfacFactKind.Value, property, date)
                // Said, but not surely: the year counts, and the words are kept beside it.
                : SourceDates.AboutYear(value) is { } year ? new OfacFact(OfacFactKind.ValueWithNote, property, year)
                : new OfacFact(OfacFactKind.Note, "", fact);
        }
        foreach (var (start, property) in _numbers)
        {
            if (After(text, start) is { } value)
                return Number(start, property, value);
        }
        return new OfacFact(OfacFactKind.Note, "", fact);
    }

    // "717637093 (Russia) issued 01 Jan 2001 expires 01 Jan 2011"
    private static OfacFact Number(string start, string property, string value)
    {
        string? country = null;
        var number = value;
        var rest = "";
        // A bracket without a space before it is part of the number: 11/BaKaNa(Naing)021124 (Burma).
        var open = value.IndexOf(" (", StringComparison.Ordinal);
        if (open > 0 && value.IndexOf(')', open) is var close and > 0)
        {
            country = value[(open + 2)..close].Trim();
            number = value[..open].Trim();
            rest = value[(close + 1)..].Trim();
        }
        else if (value.IndexOf(" issued ", StringComparison.Ordinal) is var issued and > 0)
        {
            number = value[..issued];
            rest = value[(issued + 1)..];
        }
        return new OfacFact(OfacFactKind.Number, property, number)
        {
            DocumentType = start.TrimEnd('#', ' '),
            Country = country,
            Issued = Between(rest, "issued "),
            Expires = Between(rest, "expires "),
        };
    }

    private static string? Between(string text, string word)
    {
        var start = text.IndexOf(word, StringComparison.Ordinal);
        if (start < 0)
            return null;
        var words = text[(start + word.Length)..].Split(' ').Take(3);
        return SourceDates.DayMonthName(string.Join(' ', words)) ?? SourceDates.DayMonthName(words.First());
    }

    // "Listing Date (EO 14024 Directive 3): 24 Feb 2022", "Effective Date (CMIC) 02 Aug 2021"
    private static string? Dated(string text) =>
        text.LastIndexOf(')') is var close and > 0 ? SourceDates.DayMonthName(text[(close + 1)..].TrimStart(':', ' ')) : null;

    private static string? After(string text, string start) =>
        text.Length > start.Length && text.StartsWith(start, StringComparison.Ordinal) && (text[start.Length] == ' ' || start[^1] is '#' or ' ')
            ? text[start.Length..].Trim()
            : null;
}

/// <summary>What kind of thing a fact in OFAC's remarks says.</summary>
internal enum OfacFactKind
{
    /// <summary>Nothing with a pattern: kept as it is written.</summary>
    Note,

    /// <summary>The value of a property of the subject.</summary>
    Value,

    /// <summary>As <see cref="Value"/>, but less sure than it looks: the words are kept beside it.</summary>
    ValueWithNote,

    /// <summary>A number that somebody issued.</summary>
    Number,

    /// <summary>Another listed subject, by its name.</summary>
    LinkedTo,

    /// <summary>A wallet: the property is its currency, the value its address.</summary>
    Wallet,

    /// <summary>The value of a property of the sanction.</summary>
    Sanction,
}

/// <summary>One fact from OFAC's remarks.</summary>
internal sealed record OfacFact(OfacFactKind Kind, string Property, string Value)
{
    public string? DocumentType { get; init; }

    public string? Country { get; init; }

    public string? Issued { get; init; }

    public string? Expires { get; init; }
}
