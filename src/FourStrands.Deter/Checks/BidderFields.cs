using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>
/// Brings one row's values into the form they are kept in. A value that cannot be used is rejected with its reason and left
/// out; the bidder goes in without it. Only a bidder without a name is rejected whole.
/// </summary>
internal sealed partial class BidderFields(int line, List<Rejection> rejections)
{
    private const int LongestName = 500;
    private const int LongestValue = 1000;

    private static readonly Schema _company = Ontology.Default["Company"];
    private static readonly Schema _person = Ontology.Default["Person"];

    private readonly Dictionary<BidderColumn, string> _values = [];

    /// <summary>Takes a cell. Parts of an address are put together in the order they come.</summary>
    public void Set(BidderColumn column, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return;
        if (column == BidderColumn.Town)
            column = BidderColumn.Address;
        if (!_values.TryGetValue(column, out string? before))
            _values[column] = value;
        else if (column == BidderColumn.Address && before.Length < LongestValue)
            _values[column] = before + ", " + value;
        else if (column == BidderColumn.CompanyNumber && NumberInOneForm(before, "") != NumberInOneForm(value, ""))
            Reject("company number", $"The bidder has two company numbers. {Excerpt(before)} was taken, and this one was not.", value);
    }

    /// <summary>Takes a value in place of what was taken before.</summary>
    public void Replace(BidderColumn column, string value) => _values[column] = value;

    /// <summary>The bidder; null if it has no usable name.</summary>
    /// <param name="numberAlone">True if a company number without a name is a bidder too.</param>
    public Bidder? Make(bool numberAlone = false)
    {
        // A company number in the place of the name, and no other.
        if (!_values.ContainsKey(BidderColumn.CompanyNumber) && _values.TryGetValue(BidderColumn.Name, out string? only) && IsNumber(only))
        {
            _values[BidderColumn.CompanyNumber] = only;
            _values.Remove(BidderColumn.Name);
            numberAlone = true;
        }
        var (given, trading) = TradingNames(_values.GetValueOrDefault(BidderColumn.Name, ""), _values.GetValueOrDefault(BidderColumn.TradingName, ""));
        string? name = given.Length > LongestName ? null : _company["name"].Type.Clean(given);
        if (name is null && given.Length == 0 && numberAlone && CompanyNumber("") is { Length: > 0 })
            name = "";
        if (name is null)
        {
            string other = _values.FirstOrDefault(v => v.Key != BidderColumn.Name).Value ?? "";
            Reject(
                "name",
                given.Length > LongestName
                    ? $"The name is longer than {LongestName} characters."
                    : "The bidder has no name. Add it and bring the list in again.",
                given.Length > 0 ? given : other
            );
            return null;
        }
        string country = Clean(BidderColumn.Country, "country", _company["country"], "This is not a country. Write its name or its two-letter code.");
        // Registers give the kingdom, people its parts.
        if (country.StartsWith("gb-", StringComparison.Ordinal))
            country = "gb";
        var kind = KindOf(name);
        string number = CompanyNumber(country);
        if (number.Length > 0 && kind == BidderKind.Unknown)
            kind = BidderKind.Organisation;
        string birthDate = BirthDate();
        if (birthDate.Length > 0 && kind == BidderKind.Unknown)
            kind = BidderKind.Person;
        if (birthDate.Length > 0 && kind == BidderKind.Organisation)
        {
            Reject("birth date", "A company has no birth date. If this is a sole trader, say so in a column “kind”.", _values[BidderColumn.BirthDate]);
            birthDate = "";
        }
        return new Bidder(name)
        {
            Kind = kind,
            TradingName = trading.Length > LongestName ? "" : _company["name"].Type.Clean(trading) ?? "",
            CompanyNumber = number,
            CharityNumber =
                NumberInOneForm(_values.GetValueOrDefault(BidderColumn.CharityNumber, ""), "") is { Length: <= 40 } charity && charity.Any(char.IsAsciiDigit)
                    ? charity
                    : "",
            Country = country,
            Address = Clean(BidderColumn.Address, "address", _company["address"], "This is not an address."),
            Postcode = Clean(BidderColumn.Postcode, "postcode", Ontology.Default["Address"]["postalCode"], "This is not a postcode.").ToUpperInvariant(),
            Phone = Phone(country),
            Email = Clean(BidderColumn.Email, "e-mail", _company["email"], "This is not an e-mail address. Write it as bids@example.org."),
            Iban = Iban(),
            VatNumber = Clean(BidderColumn.VatNumber, "VAT number", _company["vatCode"], "This is not a VAT number.")
                .Replace(" ", "", StringComparison.Ordinal)
                .ToUpperInvariant(),
            BirthDate = birthDate,
            Line = line,
        };
    }

    private static bool IsNumber(string name) =>
        name.Length <= 10 && name.Count(char.IsAsciiDigit) >= 6 && Linkage.Identifiers.IsUnitedKingdomCompanyNumber(name);

    // "X Ltd t/a Y": two names of one bidder.
    private static (string Name, string Trading) TradingNames(string name, string trading)
    {
        var mark = TradingMark.Match(name);
        if (mark.Success && mark.Index > 0 && name[(mark.Index + mark.Length)..].Trim(' ', ')') is { Length: > 0 } other)
            return (name[..mark.Index].TrimEnd(' ', ',', ';'), trading.Length > 0 ? trading : other);
        return (name.Trim(), trading.Trim());
    }

    /// <summary>A company number as registers write it: capitals, no spaces, eight places for British ones.</summary>
    public static string NumberInOneForm(string number, string country)
    {
        var kept = new StringBuilder(number.Length);
        foreach (char c in number)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
                kept.Append(char.ToUpperInvariant(c));
        }
        string text = kept.ToString();
        // What a spreadsheet makes of a number: 45678.0.
        if (text.IndexOf('.', StringComparison.Ordinal) is > 0 and var point && text.AsSpan(point + 1) is { Length: > 0 } tail && !tail.ContainsAnyExcept('0'))
            text = text[..point];
        if (country is not ("" or "gb"))
            return text;
        // Spreadsheets drop the noughts in front: 123456 is 00123456, SC12345 is SC012345.
        int letters = 0;
        while (letters < text.Length && char.IsAsciiLetterUpper(text[letters]))
            letters++;
        var digits = text.AsSpan(letters);
        if (letters > 2 || digits.Length is < 3 or > 8 || digits.IndexOfAnyExceptInRange('0', '9') >= 0)
            return text;
        return letters + digits.Length < 8 ? string.Concat(text.AsSpan(0, letters), new string('0', 8 - letters - digits.Length), digits) : text;
    }

    private string CompanyNumber(string country)
    {
        if (!_values.TryGetValue(BidderColumn.CompanyNumber, out string? given))
            return "";
        if (Labelled.Match(given.Trim()) is { Success: true } labelled)
            given = labelled.Groups["number"].Value;
        string number = NumberInOneForm(given, country);
        if (number is "N/A" or "NA" or "NONE" or "NIL" or "-" or "TBC" or "UNKNOWN" or "SOLETRADER")
            return "";
        if (number.Contains("E+", StringComparison.Ordinal) && number.Any(char.IsAsciiDigit))
        {
            Reject(
                "company number",
                "A spreadsheet has turned the number into a power of ten. Format the column as text, type the number again, and bring the list in again.",
                given
            );
            return "";
        }
        if (number.Length > 40 || !number.Any(char.IsAsciiDigit))
        {
            Reject("company number", "This is not a company number. Write it as SC123456 or 01234567.", given);
            return "";
        }
        return number;
    }

    private BidderKind KindOf(string name)
    {
        if (_values.TryGetValue(BidderColumn.Kind, out string? given))
        {
            switch (given.Trim().ToUpperInvariant())
            {
                case "PERSON" or "INDIVIDUAL" or "SOLE TRADER" or "SOLETRADER" or "NATURAL PERSON":
                    return BidderKind.Person;
                case "ORGANISATION"
                or "ORGANIZATION"
                or "COMPANY"
                or "LEGALENTITY"
                or "BODY"
                or "CHARITY"
                or "PARTNERSHIP"
                or "LLP"
                or "LTD"
                or "PLC"
                or "LIMITED COMPANY":
                    return BidderKind.Organisation;
                case "UNKNOWN" or "":
                    break;
                default:
                    Reject("kind", "Write “company” or “person”; the bidder is checked as either.", given);
                    break;
            }
        }
        return BidderName.IsBody(name) ? BidderKind.Organisation : BidderKind.Unknown;
    }

    private string Phone(string country)
    {
        const string Accepted = "This is not a phone number. Write it as 0141 496 0123 or +44 141 496 0123.";
        string phone = Clean(BidderColumn.Phone, "phone", _company["phone"], Accepted);
        if (phone.Length > 0 && phone.Count(char.IsAsciiDigit) < 7)
        {
            Reject("phone", Accepted, _values[BidderColumn.Phone]);
            return "";
        }
        return country is "" or "gb" && phone.StartsWith('0') ? "+44" + phone[1..] : phone;
    }

    private string BirthDate()
    {
        if (!_values.TryGetValue(BidderColumn.BirthDate, out string? given))
            return "";
        string text = given.Trim();
        if (
            DateOnly.TryParseExact(
                text,
                ["d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "d MMMM yyyy", "d MMM yyyy"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
        )
            text = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        else if (DateOnly.TryParseExact(text, ["M/yyyy", "MMMM yyyy", "MMM yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            text = month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        if (_person["birthDate"].Type.Clean(text) is { } date)
            return date;
        Reject("birth date", "This is not a date. Write it as 1980-11-22 or 22/11/1980; 1980-11 or 1980 if that is all that is known.", given);
        return "";
    }

    private string Iban()
    {
        if (!_values.TryGetValue(BidderColumn.Iban, out string? given))
            return "";
        string iban = string.Concat(given.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        if (IsIban(iban))
            return iban;
        Reject("IBAN", "This is not an IBAN: its check digits do not fit. A sort code and account number cannot be used.", given);
        return "";
    }

    /// <summary>True if length and check digits (ISO 7064, modulo 97) are those of an IBAN.</summary>
    internal static bool IsIban(string iban)
    {
        if (
            iban.Length is < 15 or > 34
            || !char.IsAsciiLetterUpper(iban[0])
            || !char.IsAsciiLetterUpper(iban[1])
            || !char.IsAsciiDigit(iban[2])
            || !char.IsAsciiDigit(iban[3])
        )
            return false;
        int rest = 0;
        for (int i = 0; i < iban.Length; i++)
        {
            char c = iban[(i + 4) % iban.Length];
            if (char.IsAsciiDigit(c))
                rest = (rest * 10 + (c - '0')) % 97;
            else if (char.IsAsciiLetterUpper(c))
                rest = (rest * 100 + (c - 'A' + 10)) % 97;
            else
                return false;
        }
        return rest == 1;
    }

    private string Clean(BidderColumn column, string field, Property property, string reason)
    {
        if (!_values.TryGetValue(column, out string? given))
            return "";
        if (given.Length <= LongestValue && property.Type.Clean(given) is { } clean)
            return clean;
        Reject(field, given.Length > LongestValue ? $"This is longer than {LongestValue} characters." : reason, given);
        return "";
    }

    private void Reject(string field, string reason, string excerpt) => rejections.Add(new Rejection(line, field, reason, Excerpt(excerpt)));

    /// <summary>What stands between a name and the one that is traded under: " t/a ", " (trading as ".</summary>
    [GeneratedRegex(@"\s\(?(t/as?|t\.a\.|trading as|d/b/a|doing business as)\s", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    internal static partial Regex TradingMark { get; }

    /// <summary>"no. 09090909", "Company number: SC123456".</summary>
    [GeneratedRegex(
        @"^(?<register>company|registered|registration|reg\.?|charity)?\s*(no\.?|nr\.?|number|num\.?|crn|#)\s*:?\s*(?<number>[A-Z0-9 ]+)$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    internal static partial Regex Labelled { get; }

    /// <summary>At most 200 characters, on one line.</summary>
    public static string Excerpt(string text)
    {
        string line = text.ReplaceLineEndings(" ").Trim();
        if (line.Length <= 200)
            return line;
        int cut = char.IsHighSurrogate(line[198]) ? 198 : 199;
        return line[..cut] + "…";
    }
}
