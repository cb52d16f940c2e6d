using System.Buffers;
using System.Globalization;
using System.Net;

namespace FourStrands.Picture;

/// <summary>A telephone number: <c>+</c>, country and number without spaces where the country is written, else the digits as they are dialled.</summary>
internal sealed class PhoneType : PropertyType
{
    // The country codes that are not two digits long; the one-digit ones are 1 and 7.
    private static readonly string[] _threeDigits =
    [
        "21",
        "22",
        "23",
        "24",
        "25",
        "26",
        "29",
        "35",
        "37",
        "38",
        "42",
        "50",
        "59",
        "67",
        "68",
        "69",
        "80",
        "85",
        "87",
        "88",
        "96",
        "97",
        "99",
    ];

    public override string Name => "phone";

    public override string? Clean(string value)
    {
        var text = Spacing.OneLine(value);
        if (text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase))
            text = text[4..];
        Span<char> kept = stackalloc char[24];
        var length = 0;
        // (0) after a country code is not dialled.
        text = text.Replace("(0)", "", StringComparison.Ordinal);
        foreach (var letter in text)
        {
            if (char.IsAsciiDigit(letter) || (letter == '+' && length == 0))
            {
                if (length >= 20)
                    return null;
                kept[length++] = letter;
            }
            else if (letter is not (' ' or '-' or '.' or '(' or ')' or '/' or '–' or '\u2011'))
            {
                return null;
            }
        }
        var number = kept[..length].ToString();
        if (number.StartsWith("00", StringComparison.Ordinal))
            number = "+" + number[2..];
        var digits = number.Length - (number.StartsWith('+') ? 1 : 0);
        return digits is >= 5 and <= 17 ? number : null;
    }

    public override string Show(string value)
    {
        if (value.StartsWith("+44", StringComparison.Ordinal) && value.Length is 12 or 13)
            return "+44 " + British(value[3..]);
        if (value.StartsWith('+') && value.Length > 7)
        {
            var code =
                value[1] is '1' or '7' ? 2
                : _threeDigits.Contains(value[1..3]) ? 4
                : 3;
            return value[..code] + " " + InThrees(value[code..]);
        }
        return value.StartsWith('0') && value.Length == 11 ? "0" + British(value[1..]) : value;
    }

    private static string British(string number)
    {
        if (number.Length != 10)
            return InThrees(number);
        var area =
            number[0] == '2' ? 2
            : number[0] == '3' || number[0] == '8' || number[0] == '9' || number[1] == '1' || number[2] == '1' ? 3
            : 4;
        if (number[0] == '7')
            area = 4;
        return area switch
        {
            2 => $"{number[..2]} {number[2..6]} {number[6..]}",
            3 => $"{number[..3]} {number[3..6]} {number[6..]}",
            _ => $"{number[..4]} {number[4..]}",
        };
    }

    private static string InThrees(string digits)
    {
        var parts = new List<string>();
        var place = 0;
        while (digits.Length - place > 4)
        {
            parts.Add(digits.Substring(place, 3));
            place += 3;
        }
        parts.Add(digits[place..]);
        return string.Join(' ', parts);
    }
}

/// <summary>An e-mail address, in lower case.</summary>
internal sealed class EmailType : PropertyType
{
    private static readonly SearchValues<char> _never = SearchValues.Create(" ,;<>()[]\\\":");

    public override string Name => "email";

    public override string? Clean(string value)
    {
        var text = Spacing.OneLine(value);
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            text = text[7..];
        var at = text.LastIndexOf('@');
        if (at < 1 || text.AsSpan().IndexOfAny(_never) >= 0 || text.IndexOf('@', StringComparison.Ordinal) != at)
            return null;
        var host = text.AsSpan(at + 1);
        var dot = host.LastIndexOf('.');
        var valid = dot > 0 && dot < host.Length - 2 && host[0] is not ('.' or '-') && !host.Contains("..", StringComparison.Ordinal) && text.Length <= 254;
#pragma warning disable CA1308 // An address is kept in lower case because that is how people write it.
        return valid ? text.ToLowerInvariant() : null;
#pragma warning restore CA1308
    }

    public override string Show(string value) => value;
}

/// <summary>A web address, with its scheme.</summary>
internal sealed class UrlType : PropertyType
{
    private static readonly SearchValues<char> _never = SearchValues.Create(" \n\r\t\"<>");

    public override string Name => "url";

    public override string? Clean(string value)
    {
        var text = value.Trim();
        if (text.Length is 0 or > 4096 || text.AsSpan().IndexOfAny(_never) >= 0)
            return null;
        if (!text.Contains("://", StringComparison.Ordinal))
            text = "http://" + text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.UserInfo.Length > 0)
            return null;
        var known = url.Scheme is "http" or "https" or "ftp" or "ftps";
        return known && url.Host.Contains('.', StringComparison.Ordinal) && !url.Host.EndsWith('.') ? url.AbsoluteUri : null;
    }

    public override string Show(string value) => value;
}

/// <summary>An internet address of version 4 or 6.</summary>
internal sealed class IpType : PropertyType
{
    public override string Name => "ip";

    public override string? Clean(string value)
    {
        var text = value.Trim();
        var isFour = text.Count(letter => letter == '.') == 3 && text.All(letter => letter == '.' || char.IsAsciiDigit(letter));
        var isSix = text.Contains(':', StringComparison.Ordinal) && !text.Contains('%', StringComparison.Ordinal);
        if (!(isFour || isSix) || text.StartsWith('['))
            return null;
        if (isFour)
        {
            // 010 is eight to some programs and ten to others.
            foreach (var part in text.Split('.'))
            {
                if (part.Length > 1 && part[0] == '0')
                    return null;
            }
        }
        return IPAddress.TryParse(text, out var address) ? address.ToString() : null;
    }

    public override string Show(string value) => value;
}

/// <summary>What kind of content a file has, such as <c>text/plain</c>; parameters are cut off.</summary>
internal sealed class MimeTypeType : PropertyType
{
    public override string Name => "mimetype";

    public override string? Clean(string value)
    {
        var text = value.Split(';', 2)[0].Trim();
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var valid =
            slash > 0
            && slash < text.Length - 1
            && text.AsSpan(slash + 1).IndexOf('/') < 0
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '-' or '.' or '+' or '_');
#pragma warning disable CA1308 // Content types are written in lower case.
        return valid ? text.ToLowerInvariant() : null;
#pragma warning restore CA1308
    }

    public override string Show(string value) => value;
}

/// <summary>A fingerprint of a file's content: 32 to 128 hexadecimal digits.</summary>
internal sealed class ChecksumType : PropertyType
{
    public override string Name => "checksum";

    public override string? Clean(string value)
    {
        var text = value.Trim();
#pragma warning disable CA1308 // Fingerprints are written in lower case.
        return text.Length is 32 or 40 or 56 or 64 or 96 or 128 && text.All(char.IsAsciiHexDigit) ? text.ToLower(CultureInfo.InvariantCulture) : null;
#pragma warning restore CA1308
    }

    public override string Show(string value) => value;
}
