using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FourStrands.Picture;

/// <summary>Brings text into one form: composed characters, no control characters, spaces single and none at the ends.</summary>
internal static class Spacing
{
    /// <summary>Everything on one line.</summary>
    public static string OneLine(string value)
    {
        if (IsOneLine(value))
            return value;
        var composed = Composed(value);
        var kept = new StringBuilder(composed.Length);
        foreach (var letter in composed)
        {
            if (char.IsWhiteSpace(letter) || IsUnseenBreak(letter))
            {
                if (kept.Length > 0 && kept[^1] != ' ')
                    kept.Append(' ');
            }
            else if (!IsDropped(letter))
            {
                kept.Append(letter);
            }
        }
        return kept.ToString().TrimEnd(' ');
    }

    /// <summary>Lines stay lines.</summary>
    public static string Lines(string value)
    {
        var composed = Composed(value);
        var kept = new StringBuilder(composed.Length);
        foreach (var letter in composed)
        {
            if (letter is '\n' or '\t' || !IsDropped(letter))
                kept.Append(letter);
        }
        return kept.ToString().Trim();
    }

    // Most values are plain already: no second copy is made of them.
    private static bool IsOneLine(string value)
    {
        var previous = ' ';
        foreach (var letter in value)
        {
            if (letter is < ' ' or > '~' || (letter == ' ' && previous == ' '))
                return false;
            previous = letter;
        }
        return previous != ' ' || value.Length == 0;
    }

    private static string Composed(string value)
    {
        try
        {
            return value.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair cannot be composed; replacing it keeps the rest readable.
            var kept = new StringBuilder(value.Length);
            foreach (var rune in value.EnumerateRunes())
                kept.Append(rune.ToString());
            return kept.ToString().Normalize(NormalizationForm.FormC);
        }
    }

    private static bool IsUnseenBreak(char letter) => letter is '\u0085' or '\u2028' or '\u2029';

    private static bool IsDropped(char letter) =>
        char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned
        || letter is '\u200b' or '\ufeff' or '\u202a' or '\u202b' or '\u202c' or '\u202d' or '\u202e';
}

/// <summary>One line of text with no further rules: FollowTheMoney's <c>string</c>, and keys of other subjects.</summary>
internal sealed class LineType(string name) : PropertyType
{
    public override string Name => name;

    public override string? Clean(string value) => Spacing.OneLine(value) is { Length: > 0 } kept ? kept : null;

    public override string Show(string value) => value;
}

/// <summary>A name as complete as it is known, in any script and order.</summary>
internal sealed class NameType : PropertyType
{
    private static readonly SearchValues<char> _marks = SearchValues.Create("-–—.,;/\\ '\"?*");

    public override string Name => "name";

    public override string? Clean(string value)
    {
        var kept = Spacing.OneLine(value);
        while (kept.Length > 1 && (kept[0], kept[^1]) is ('"', '"') or ('“', '”') or ('«', '»'))
            kept = kept[1..^1].Trim();
        return kept.AsSpan().IndexOfAnyExcept(_marks) < 0 ? null : kept;
    }

    public override string Show(string value) => value;
}

/// <summary>Text of any length, whose lines stay lines.</summary>
internal sealed class TextType(string name) : PropertyType
{
    public override string Name => name;

    public override string? Clean(string value) => Spacing.Lines(value) is { Length: > 0 } kept ? kept : null;

    public override string Show(string value) => value;
}

/// <summary>A JSON value, kept as it was written.</summary>
internal sealed class JsonType : PropertyType
{
    public override string Name => "json";

    public override string? Clean(string value)
    {
        try
        {
            using var document = JsonDocument.Parse(value);
            return value.Trim();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string Show(string value) => value;
}

/// <summary>A whole address on one line, its parts set apart by commas.</summary>
internal sealed class AddressType : PropertyType
{
    public override string Name => "address";

    public override string? Clean(string value)
    {
        var parts = value
            .Split(['\n', '\r', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(Spacing.OneLine)
            .Where(part => part.Length > 0);
        var kept = string.Join(", ", parts);
        return kept.Length == 0 ? null : kept;
    }

    public override string Show(string value) => value;
}

/// <summary>A number or code that an authority gave.</summary>
internal sealed class IdentifierType : PropertyType
{
    public override string Name => "identifier";

    public override string? Clean(string value)
    {
        var kept = Spacing.OneLine(value);
        return kept.Any(char.IsLetterOrDigit) ? kept : null;
    }

    public override string Show(string value) => value;
}
