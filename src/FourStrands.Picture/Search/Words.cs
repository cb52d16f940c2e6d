using System.Globalization;
using System.Text;

namespace FourStrands.Picture.Search;

/// <summary>
/// Cuts a text into the words it is found by: letters and digits, in lower case, without accents. Numbers written with
/// spaces or hyphens are found by their parts; identifiers in any writing are <see cref="Compact"/> as well.
/// </summary>
internal static class Words
{
    /// <summary>Longer runs are cut: nobody types more.</summary>
    public const int Longest = 40;

    /// <summary>No more words than this are taken from one value.</summary>
    public const int Most = 64;

    public delegate void Take<in T>(ReadOnlySpan<byte> word, T state);

    /// <summary>Calls <paramref name="take"/> for each word.</summary>
    public static void Cut<T>(ReadOnlySpan<byte> utf8, T state, Take<T> take)
    {
        if (!System.Text.Ascii.IsValid(utf8))
        {
            CutUnicode(utf8, state, take);
            return;
        }
        Span<byte> word = stackalloc byte[Longest];
        int length = 0,
            taken = 0;
        for (int i = 0; i <= utf8.Length; i++)
        {
            byte c = i < utf8.Length ? utf8[i] : (byte)' ';
            if ((uint)(c - 'A') <= 'Z' - 'A')
                c |= 0x20;
            if ((uint)(c - 'a') <= 'z' - 'a' || (uint)(c - '0') <= 9)
            {
                if (length < Longest)
                    word[length++] = c;
            }
            else if (c != '\'' && length > 0)
            {
                take(word[..length], state);
                length = 0;
                if (++taken == Most)
                    return;
            }
        }
    }

    /// <summary>Letters and digits alone, in lower case: how an identifier is compared whatever its spacing. Empty if there are none.</summary>
    public static int Compact(ReadOnlySpan<byte> utf8, Span<byte> into)
    {
        int length = 0;
        foreach (byte b in utf8)
        {
            byte c = b;
            if ((uint)(c - 'A') <= 'Z' - 'A')
                c |= 0x20;
            if (((uint)(c - 'a') <= 'z' - 'a' || (uint)(c - '0') <= 9 || c >= 0x80) && length < into.Length)
                into[length++] = c;
        }
        return length;
    }

    private static void CutUnicode<T>(ReadOnlySpan<byte> utf8, T state, Take<T> take)
    {
        // Replacement of invalid sequences also replaces lone surrogates, which Normalize would refuse.
        string text = Encoding.UTF8.GetString(utf8.Length > 16_384 ? utf8[..16_384] : utf8).Normalize(NormalizationForm.FormKD);
        var word = new StringBuilder();
        Span<byte> bytes = stackalloc byte[Longest * 4];
        int taken = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format || rune.Value is '\'' or 0x2019)
                continue;
            if (Rune.IsLetterOrDigit(rune))
            {
                if (word.Length < Longest)
                    Append(word, Rune.ToLowerInvariant(rune));
            }
            else if (word.Length > 0)
            {
                take(bytes[..Encoding.UTF8.GetBytes(word.ToString(), bytes)], state);
                word.Clear();
                if (++taken == Most)
                    return;
            }
        }
        if (word.Length > 0)
            take(bytes[..Encoding.UTF8.GetBytes(word.ToString(), bytes)], state);
    }

    /// <summary>Letters that Unicode does not decompose but people type without their stroke or ligature.</summary>
    private static void Append(StringBuilder word, Rune rune)
    {
        switch (rune.Value)
        {
            case 'ł':
                word.Append('l');
                break;
            case 'ø':
                word.Append('o');
                break;
            case 'đ' or 'ð':
                word.Append('d');
                break;
            case 'ß':
                word.Append("ss");
                break;
            case 'æ':
                word.Append("ae");
                break;
            case 'œ':
                word.Append("oe");
                break;
            case 'þ':
                word.Append("th");
                break;
            case 'ı':
                word.Append('i');
                break;
            default:
                word.Append(rune);
                break;
        }
    }
}
