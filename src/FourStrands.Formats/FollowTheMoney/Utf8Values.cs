using System.Buffers;
using System.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.FollowTheMoney;

/// <summary>
/// Tells in one pass over its bytes that a value is already in the form it is kept in, as nearly all published values are; only
/// the others are made into text and cleaned.
/// </summary>
internal sealed class Utf8Values
{
    private static readonly SearchValues<byte> _controls = SearchValues.Create([.. Enumerable.Range(0, 32).Select(control => (byte)control), 127]);

    // Lines stay lines in a text, and tabs tabs.
    private static readonly SearchValues<byte> _controlsInText = SearchValues.Create([
        .. Enumerable.Range(0, 32).Where(control => control is not ('\n' or '\t')).Select(control => (byte)control),
        127,
    ]);

    // Letters whose other written forms must be brought together begin with these bytes: marks that combine, breaks and joiners.
    private static readonly SearchValues<byte> _needsCare = SearchValues.Create([0xcc, 0xcd, 0xc2, 0xe2, 0xef, 0xf0, 0xe1, 0xe0]);
    private static readonly SearchValues<byte> _urlNever = SearchValues.Create(" \"<>@\\"u8);

    private readonly Kind[] _kinds;
    private readonly Dictionary<string, bool> _codes = [];
    private readonly Dictionary<string, bool>.AlternateLookup<ReadOnlySpan<char>> _codesBySpan;

    public Utf8Values(Ontology ontology)
    {
        _kinds = [.. ontology.Properties.Select(property => KindOf(property.Type.Name))];
        _codesBySpan = _codes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    private enum Kind : byte
    {
        Line,
        Name,
        Address,
        Text,
        Date,
        Code,
        Number,
        Phone,
        Url,
        Other,
    }

    /// <summary>True if the value is kept as it is; false if it must be cleaned, and may turn out not to be valid.</summary>
    public bool IsClean(Property property, ReadOnlySpan<byte> value) =>
        _kinds[property.Number] switch
        {
            Kind.Line => IsLine(value),
            Kind.Name => IsLine(value) && IsLetter(value[0]) && value[^1] is not ((byte)'"' or > 127),
            Kind.Address => IsLine(value) && IsLetter(value[0]) && value[^1] is not ((byte)',' or > 127) && !HasLooseComma(value),
            Kind.Text => value[0] > ' ' && value[^1] > ' ' && value.IndexOfAny(_controlsInText) < 0 && value.IndexOfAny(_needsCare) < 0,
            Kind.Date => IsDate(value),
            Kind.Code => IsCode(property.Type, value),
            Kind.Number => value[0] is not ((byte)'+' or (byte)'.') && value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0,
            Kind.Phone => value.Length is >= 7 and <= 17 && value[0] == '+' && value[1] != '0' && value[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0,
            Kind.Url => IsUrl(value),
            _ => false,
        };

    private static Kind KindOf(string type) =>
        type switch
        {
            "string" or "entity" => Kind.Line,
            "name" or "identifier" => Kind.Name,
            "address" => Kind.Address,
            "text" or "html" => Kind.Text,
            "date" => Kind.Date,
            "country" or "language" or "gender" or "topic" => Kind.Code,
            "number" => Kind.Number,
            "phone" => Kind.Phone,
            "url" => Kind.Url,
            _ => Kind.Other,
        };

    private static bool IsLetter(byte first) => char.IsAsciiLetterOrDigit((char)first) || first > 127;

    private static bool IsLine(ReadOnlySpan<byte> value) =>
        value[0] > ' ' && value[^1] > ' ' && value.IndexOfAny(_controls) < 0 && value.IndexOf("  "u8) < 0 && value.IndexOfAny(_needsCare) < 0;

    private static bool HasLooseComma(ReadOnlySpan<byte> value)
    {
        for (var rest = value; ; )
        {
            var comma = rest.IndexOf((byte)',');
            if (comma < 0)
                return false;
            if (comma == 0 || rest[comma - 1] == ' ' || comma + 2 >= rest.Length || rest[comma + 1] != ' ' || rest[comma + 2] == ',')
                return true;
            rest = rest[(comma + 1)..];
        }
    }

    private static bool IsDate(ReadOnlySpan<byte> value)
    {
        if (value.Length is not (4 or 7 or 10) || value[..4].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
            return false;
        if (value[0] == '0')
            return false;
        if (value.Length == 4)
            return true;
        var month = Pair(value[5..]);
        if (value[4] != '-' || month is < 1 or > 12)
            return false;
        return value.Length == 7 || (value[7] == '-' && Pair(value[8..]) is >= 1 and <= 28);

        static int Pair(ReadOnlySpan<byte> digits) =>
            digits[0] is >= (byte)'0' and <= (byte)'9' && digits[1] is >= (byte)'0' and <= (byte)'9' ? ((digits[0] - '0') * 10) + digits[1] - '0' : -1;
    }

    private bool IsCode(PropertyType type, ReadOnlySpan<byte> value)
    {
        Span<char> letters = stackalloc char[32];
        if (value.Length > 30)
            return false;
        letters[0] = type.Name[0];
        letters[1] = type.Name[1];
        var length = 2 + Encoding.Latin1.GetChars(value, letters[2..]);
        if (_codesBySpan.TryGetValue(letters[..length], out var isClean))
            return isClean;
        var code = letters[2..length].ToString();
        isClean = type.Clean(code) == code;
        // A hostile file could fill the memory with ever new codes.
        if (_codes.Count < 10_000)
            _codes.Add(letters[..length].ToString(), isClean);
        return isClean;
    }

    private static bool IsUrl(ReadOnlySpan<byte> value)
    {
        if (!value.StartsWith("https://"u8) && !value.StartsWith("http://"u8))
            return false;
        var host = value[(value[4] == 's' ? 8 : 7)..];
        var slash = host.IndexOf((byte)'/');
        return slash > 0
            && value.Length <= 4096
            && host[..slash].IndexOfAnyExcept(_hostLetters) < 0
            && host[..slash].IndexOf((byte)'.') > 0
            && host[slash - 1] != '.'
            && value.IndexOfAnyInRange((byte)128, (byte)255) < 0
            && value.IndexOfAny(_controls) < 0
            && value.IndexOfAny(_urlNever) < 0
            && value.IndexOf("/."u8) < 0
            && value.IndexOf((byte)'%') < 0;
    }

    private static readonly SearchValues<byte> _hostLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-"u8);
}
