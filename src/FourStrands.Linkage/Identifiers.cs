using PhoneNumbers;

namespace FourStrands.Linkage;

/// <summary>Identifiers as they should be written, and whether they can be right.</summary>
public static class Identifiers
{
    private const int Longest = 128;

    /// <summary>
    /// The one spelling of an identifier by which equal identifiers are equal text, or an empty string when the value holds none.
    /// A value that fails its check is still returned: somebody wrote it, and it may be the only trace.
    /// </summary>
    public static string Normalise(Field field, string value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > 2048)
            return "";
        return field switch
        {
            Field.Phone => Phone(value),
            Field.Email => Email(value),
            Field.Website => Website(value),
            Field.RegistrationNumber => Registration(value),
            Field.VesselNumber => Vessel(value),
            Field.TaxNumber or Field.Passport or Field.NationalIdentifier or Field.Iban or Field.Lei or Field.Identifier => Alphanumeric(value),
            Field.Postcode => Alphanumeric(value),
            _ => value.Trim(),
        };
    }

    /// <summary>Whether the value passes the checks of its kind. Kinds without a check pass when anything is left after normalising.</summary>
    public static bool IsValid(Field field, string value)
    {
        var text = Normalise(field, value);
        return text.Length > 0
            && field switch
            {
                Field.Phone => text[0] == '+',
                Field.Email => IsEmail(text),
                Field.Iban => IsIban(text),
                Field.Lei => IsLei(text),
                Field.VesselNumber => !text.StartsWith("IMO", StringComparison.Ordinal) || IsImo(text),
                Field.RegistrationNumber => !text.StartsWith("gb:", StringComparison.Ordinal) || IsUnitedKingdomCompanyNumber(text[3..]),
                Field.Passport => text.Length is >= 5 and <= 15,
                Field.Postcode => text.Length <= 12,
                _ => true,
            };
    }

    /// <summary>An international bank account number: two letters, two check digits, modulo 97 is 1.</summary>
    public static bool IsIban(string value)
    {
        var text = Alphanumeric(value);
        return text.Length is >= 15 and <= 34
            && char.IsAsciiLetter(text[0])
            && char.IsAsciiLetter(text[1])
            && char.IsAsciiDigit(text[2])
            && char.IsAsciiDigit(text[3])
            && Modulo97(text.AsSpan(4), text.AsSpan(0, 4)) == 1;
    }

    /// <summary>A legal entity identifier: 20 characters, modulo 97 is 1.</summary>
    public static bool IsLei(string value)
    {
        var text = Alphanumeric(value);
        return text.Length == 20 && char.IsAsciiDigit(text[18]) && char.IsAsciiDigit(text[19]) && Modulo97(text, []) == 1;
    }

    /// <summary>A ship's IMO number: seven digits, the last of which checks the others.</summary>
    public static bool IsImo(string value)
    {
        Span<char> digits = stackalloc char[8];
        var n = 0;
        foreach (var c in value)
        {
            if (!char.IsAsciiDigit(c))
                continue;
            if (n == 7)
                return false;
            digits[n++] = c;
        }

        if (n != 7)
            return false;
        var sum = 0;
        for (var i = 0; i < 6; i++)
            sum += (digits[i] - '0') * (7 - i);
        return sum % 10 == digits[6] - '0';
    }

    /// <summary>A number of the register of companies: eight digits, or two letters and six digits.</summary>
    public static bool IsUnitedKingdomCompanyNumber(string value)
    {
        var text = UnitedKingdomCompanyNumber(value);
        if (text.Length != 8)
            return false;
        var letters = 0;
        while (letters < 8 && char.IsAsciiLetter(text[letters]))
            letters++;
        if (letters == 0)
            return text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
        if (letters == 1)
            return text[0] == 'R' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
        if (letters != 2 || !IsCompanyPrefix(text.AsSpan(0, 2)))
            return false;
        var rest = text.AsSpan(2);
        return rest.IndexOfAnyExceptInRange('0', '9') < 0 || (rest[..5].IndexOfAnyExceptInRange('0', '9') < 0 && rest[5] is 'R' or 'C');
    }

    /// <summary>Capitals, no blanks, zeros filled in: "sc 1234" is SC001234 and 445790 is 00445790.</summary>
    public static string UnitedKingdomCompanyNumber(string value)
    {
        var text = Alphanumeric(value);
        var letters = 0;
        while (letters < text.Length && char.IsAsciiLetter(text[letters]))
            letters++;
        if (letters > 2 || text.Length >= 8 || text.Length == letters || text.AsSpan(letters).IndexOfAnyExceptInRange('0', '9') >= 0)
            return text;
        return string.Concat(text.AsSpan(0, letters), new string('0', 8 - text.Length), text.AsSpan(letters));
    }

    internal static string Alphanumeric(string value)
    {
        Span<char> into = stackalloc char[Longest];
        var n = 0;
        foreach (var c in value)
        {
            var upper = char.ToUpperInvariant(c);
            if (n < into.Length && (char.IsAsciiLetterOrDigit(upper) || (c > 127 && char.IsLetterOrDigit(c))))
                into[n++] = upper;
        }

        return new string(into[..n]);
    }

    private static bool IsCompanyPrefix(ReadOnlySpan<char> prefix) =>
        prefix
            is "SC"
                or "NI"
                or "OC"
                or "SO"
                or "NC"
                or "LP"
                or "SL"
                or "NL"
                or "FC"
                or "SF"
                or "NF"
                or "IP"
                or "SP"
                or "NP"
                or "IC"
                or "SI"
                or "RC"
                or "SR"
                or "NR"
                or "NO"
                or "RS"
                or "SA"
                or "NA"
                or "ZC"
                or "SZ"
                or "NZ"
                or "GE"
                or "GS"
                or "GN"
                or "GI"
                or "CE"
                or "CS"
                or "AC"
                or "PC"
                or "SG"
                or "OE"
                or "NV"
                or "NS"
                or "AS";

    /// <summary>
    /// A normalised registration number as it is compared with others, and the country of its register: without that, and without the noughts
    /// in front, which some who write a number without its country leave out.
    /// </summary>
    internal static (string Number, ushort Country) RegisterAndNumber(string normal)
    {
        if (normal.Length <= 3 || normal[2] != ':')
            return (normal, 0);
        var number = normal[3..];
        return (number.TrimStart('0') is { Length: > 0 } bare ? bare : number, ReferenceTables.Country(normal[..2]));
    }

    private static string Registration(string value)
    {
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        ushort country = 0;
        if (colon is >= 2 and <= 6)
        {
            country = ReferenceTables.Country(value[..colon]);
            if (country != 0)
                value = value[(colon + 1)..];
        }

        var number = Alphanumeric(value);
        if (number.Length == 0)
            return "";
        if (country == 0)
        {
            // Two known letters and six digits are a company number of the United Kingdom, wherever they are found.
            var padded = number.Length <= 8 && number.Length > 3 && char.IsAsciiLetter(number[0]) ? UnitedKingdomCompanyNumber(number) : "";
            return padded.Length == 8 && IsUnitedKingdomCompanyNumber(padded) ? "gb:" + padded
                : number.TrimStart('0') is { Length: > 0 } bare ? bare
                : number;
        }

        var code = ReferenceTables.CountryCode(country);
        return code == "gb" ? "gb:" + UnitedKingdomCompanyNumber(number) : $"{code}:{(number.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : number)}";
    }

    private static string Phone(string value)
    {
        if (value.Length > 60)
            value = value[..60];
        try
        {
            var phones = PhoneNumberUtil.GetInstance();
            var parsed = phones.Parse(value, "GB");
            if (phones.IsPossibleNumber(parsed))
                return phones.Format(parsed, PhoneNumberFormat.E164);
        }
        catch (NumberParseException)
        {
            // Not a number that can be dialled; its digits may still be compared.
        }

        Span<char> digits = stackalloc char[Longest];
        var n = 0;
        foreach (var c in value)
        {
            if (char.IsAsciiDigit(c) && n < digits.Length)
                digits[n++] = c;
        }

        return n < 5 ? "" : new string(digits[..n]);
    }

    private static string Email(string value)
    {
        var text = value.Trim().ToLowerInvariant();
        if (text.StartsWith("mailto:", StringComparison.Ordinal))
            text = text[7..];
        return text.Length > 254 ? "" : text;
    }

    private static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == text.LastIndexOf('@') && text.IndexOf('.', at) > at + 1 && text[^1] != '.' && !text.Contains(' ', StringComparison.Ordinal);
    }

    private static string Website(string value)
    {
        var text = value.Trim().ToLowerInvariant();
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
            text = text[(scheme + 3)..];
        if (text.StartsWith("www.", StringComparison.Ordinal))
            text = text[4..];
        return text.TrimEnd('/');
    }

    private static string Vessel(string value)
    {
        var text = Alphanumeric(value);
        var digits = text.StartsWith("IMO", StringComparison.Ordinal) ? text[3..] : text;
        return digits.Length == 7 && IsImo(digits) ? "IMO" + digits : text;
    }

    private static int Modulo97(ReadOnlySpan<char> first, ReadOnlySpan<char> then)
    {
        var rest = 0;
        for (var i = 0; i < first.Length + then.Length; i++)
        {
            var c = i < first.Length ? first[i] : then[i - first.Length];
            if (char.IsAsciiDigit(c))
                rest = ((rest * 10) + (c - '0')) % 97;
            else if (char.IsAsciiLetterUpper(c))
                rest = ((rest * 100) + (c - 'A' + 10)) % 97;
            else
                return -1;
        }

        return rest;
    }
}
