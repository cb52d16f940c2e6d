using System.Text;

namespace FourStrands.Formats.Text;

/// <summary>Cuts offending text to what fits in a list of rejects.</summary>
internal static class Excerpts
{
    private const int Longest = 200;

    public static string Of(ReadOnlySpan<byte> text) => Of(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 4 * Longest)]));

    public static string Of(string text)
    {
        if (text.Length <= Longest)
            return text;
        var end = char.IsHighSurrogate(text[Longest - 2]) ? Longest - 2 : Longest - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
