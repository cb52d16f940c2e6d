using System.Text;
using System.Text.RegularExpressions;

namespace FourStrands.Picture.Search;

/// <summary>The ways in which an identifier may be kept that somebody typed in their own: with spaces, in groups, a phone number with or without its country.</summary>
internal static partial class QueryForms
{
    private const int Shortest = 4;

    /// <summary>A British number is dialled with a 0 in the country, and with this from outside.</summary>
    private const string Britain = "44";

    private static readonly PhoneType Phone = new();

    /// <summary>What was typed as identifiers are indexed, each form once; none if it holds no digit.</summary>
    public static List<byte[]> Of(string text)
    {
        List<byte[]> forms = [];
        if (text.Length > 100 || !text.Any(char.IsAsciiDigit))
            return forms;
        Span<byte> compact = stackalloc byte[Words.Longest];
        int length = Words.Compact(Encoding.UTF8.GetBytes(text), compact);
        if (length is < Shortest or Words.Longest)
            return forms;
        string typed = Encoding.UTF8.GetString(compact[..length]);
        Add(forms, typed);
        // Registers of companies write eight letters and digits, of which people leave out the zeros.
        if (CompanyNumber.Match(typed) is { Success: true } number && typed.Length is 6 or 7)
            Add(forms, number.Groups[1].Value + number.Groups[2].Value.PadLeft(8 - number.Groups[1].Length, '0'));
        if (Phone.Clean(text) is not { } phone)
            return forms;
        string digits = phone.TrimStart('+');
        Add(forms, digits);
        if (digits.StartsWith(Britain, StringComparison.Ordinal))
            Add(forms, "0" + digits[Britain.Length..].TrimStart('0'));
        else if (digits[0] == '0')
            Add(forms, Britain + digits[1..]);
        return forms;
    }

    private static void Add(List<byte[]> forms, string form)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(form);
        if (bytes.Length >= Shortest && !forms.Exists(known => known.AsSpan().SequenceEqual(bytes)))
            forms.Add(bytes);
    }

    [GeneratedRegex("^([a-z]{0,2})([0-9]+)$", RegexOptions.NonBacktracking)]
    private static partial Regex CompanyNumber { get; }
}
