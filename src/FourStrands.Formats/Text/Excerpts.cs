using System.Text;

namespace FourStrands.Formats.Text;

/// <summary>Cuts offending text to what fits in a list of rejects.</summary>
internal static class Excerpts
{
    private const int Longest = 200;

    public static string Of(ReadOnlySpan<byte> text) => Of(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 4 * Longest)]));

    public static string Of(string text)
    {
        var isCut = text.Length > Longest;
        var end =
            !isCut ? text.Length
            : char.IsHighSurrogate(text[Longest - 2]) ? Longest - 2
            : Longest - 1;
        return string.Concat(Harmless(text[..end]), isCut ? "…" : "");
    }

    /// <summary>Control characters can make a terminal do things: they are shown as � instead.</summary>
    public static string Harmless(string text) =>
        text.Any(IsHarmful)
            ? string.Create(
                text.Length,
                text,
                (shown, whole) =>
                {
                    for (var place = 0; place < shown.Length; place++)
                        shown[place] = IsHarmful(whole[place]) ? '\ufffd' : whole[place];
                }
            )
            : text;

    private static bool IsHarmful(char letter) => char.IsControl(letter) && letter is not ('\n' or '\t');
}
