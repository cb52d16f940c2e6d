using System.Globalization;
using System.Text;

namespace FourStrands.Linkage;

/// <summary>
/// Turns text of any script into plain lower-case Latin bytes: marks dropped, other scripts transliterated by the tables, Hangul and the
/// scripts of India by rule, Chinese names as they are spelt in passports. Letters it does not know stay as their UTF-8 bytes, so the same script still compares exactly. Punctuation
/// becomes a space, except the few signs that names need: comma, full stop, ampersand. Never throws, whatever the text.
/// </summary>
internal static class Folding
{
    /// <summary>Text beyond this is not looked at: no name or address is that long.</summary>
    public const int Longest = 480;

    private const byte Drop = 0;

    private static readonly byte[] Ascii = MakeAscii();
    private static readonly string?[] Map = MakeMap();

    /// <summary>Folds into <paramref name="into"/> (at least three times <see cref="Longest"/> bytes) and returns the length.</summary>
    public static int Fold(ReadOnlySpan<char> text, Span<byte> into)
    {
        var n = 0;
        var length = Math.Min(text.Length, Longest);
        var hadCharacters = false;
        for (var i = 0; i < length && n < into.Length - 32; i++)
        {
            var c = text[i];
            if (c < 128)
            {
                var b = Ascii[c];
                if (b != Drop)
                    into[n++] = b;
                continue;
            }

            if (Arabic.Is(c) && (i == 0 || !Arabic.Is(text[i - 1])) && Arabic.Beginning(text[i..length]) is (var beginning, > 0 and var letters))
            {
                foreach (var l in beginning)
                    into[n++] = (byte)l;
                i += letters - 1;
                continue;
            }

            if (Map[c] is { } latin)
            {
                foreach (var l in latin)
                    into[n++] = (byte)l;
                continue;
            }

            if (Han.Is(c) && (i == 0 || !Han.Is(text[i - 1])) && Han.Write(text[i..length], into[n..], !hadCharacters, out var written) is > 0 and var taken)
            {
                hadCharacters = true;
                n += written;
                i += taken - 1;
            }
            else if (c is >= '\uAC00' and <= '\uD7A3')
                n += Hangul.Write(c, into[n..], startsSyllable: n > 0 && into[n - 1] != ' ');
            else if (c is >= '\u0900' and <= '\u0DFF')
                n += Indic.Write(c, i + 1 < length ? text[i + 1] : ' ', into[n..]);
            else
                n += Other(text, ref i, length, into[n..]);
        }

        return n;
    }

    private static int Other(ReadOnlySpan<char> text, ref int i, int length, Span<byte> into)
    {
        var c = text[i];
        if (char.IsSurrogate(c))
        {
            if (!char.IsHighSurrogate(c) || i + 1 >= length || !char.IsLowSurrogate(text[i + 1]))
                return 0;
            var rune = new Rune(c, text[++i]);
            if (!Rune.IsLetterOrDigit(rune))
                return 0;
            return rune.EncodeToUtf8(into);
        }

        switch (CharUnicodeInfo.GetUnicodeCategory(c))
        {
            case UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark when c < '\u0E00':
                return 0;
            case UnicodeCategory.UppercaseLetter
            or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark:
                return new Rune(char.ToLowerInvariant(c)).EncodeToUtf8(into);
            case UnicodeCategory.Format or UnicodeCategory.EnclosingMark:
                return 0;
            default:
                into[0] = (byte)' ';
                return 1;
        }
    }

    private static byte[] MakeAscii()
    {
        var table = new byte[128];
        for (var c = 0; c < 128; c++)
        {
            table[c] = (char)c switch
            {
                >= 'a' and <= 'z' or >= '0' and <= '9' => (byte)c,
                >= 'A' and <= 'Z' => (byte)(c | 32),
                ',' or '.' or '&' => (byte)c,
                '\'' or '`' or '"' => Drop,
                _ => (byte)' ',
            };
        }

        return table;
    }

    private static string?[] MakeMap()
    {
        var map = new string?[65536];
        foreach (var (letter, latin) in ReferenceTables.Pairs("transliteration"))
            map[letter[0]] = latin;

        // Letters with marks and presentation forms become what they decompose to.
        (int From, int To)[] ranges =
        [
            (0xA0, 0x24F),
            (0x370, 0x58F),
            (0x5D0, 0x6FF),
            (0x1E00, 0x1FFF),
            (0x2010, 0x2027),
            (0x3040, 0x30FF),
            (0xFB00, 0xFDFF),
            (0xFE70, 0xFFEF),
        ];
        var built = new StringBuilder();
        foreach (var (from, to) in ranges)
        {
            for (var c = from; c <= to; c++)
            {
                if (map[c] is null)
                    map[c] = Decomposed((char)c, map, built);
            }
        }

        for (var c = 0x300; c < 0x370; c++)
            map[c] = "";
        return map;
    }

    private static string? Decomposed(char c, string?[] map, StringBuilder built)
    {
        if (map[char.ToLowerInvariant(c)] is { } known)
            return known;
        built.Clear();
        foreach (var part in c.ToString().Normalize(NormalizationForm.FormKD))
        {
            var lower = char.ToLowerInvariant(part);
            if (part < 128)
            {
                if (Ascii[part] != Drop)
                    built.Append((char)Ascii[part]);
            }
            else if (map[lower] is { } latin)
            {
                built.Append(latin);
            }
            else if (
                CharUnicodeInfo.GetUnicodeCategory(part)
                is UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.EnclosingMark
                    or UnicodeCategory.Format
                    or UnicodeCategory.ModifierLetter
            )
            {
                continue;
            }
            else if (lower != c && char.IsLetter(part))
            {
                return null;
            }
            else if (!char.IsLetterOrDigit(part))
            {
                built.Append(' ');
            }
            else
            {
                return null;
            }
        }

        return built.ToString();
    }
}

/// <summary>Korean syllables are built by arithmetic from an initial, a vowel and a final.</summary>
internal static class Hangul
{
    private static readonly string[] Initials = ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
    private static readonly string[] Vowels =
    [
        "a",
        "ae",
        "ya",
        "yae",
        "eo",
        "e",
        "yeo",
        "ye",
        "o",
        "wa",
        "wae",
        "oe",
        "yo",
        "u",
        "wo",
        "we",
        "wi",
        "yu",
        "u",
        "ui",
        "i",
    ];
    private static readonly string[] Finals =
    [
        "",
        "k",
        "k",
        "k",
        "n",
        "n",
        "n",
        "t",
        "l",
        "k",
        "m",
        "l",
        "l",
        "l",
        "p",
        "l",
        "m",
        "p",
        "p",
        "t",
        "t",
        "ng",
        "t",
        "t",
        "k",
        "t",
        "p",
        "t",
    ];

    /// <summary>Each syllable is a word of its own, as Korean names are written in Latin.</summary>
    public static int Write(char syllable, Span<byte> into, bool startsSyllable)
    {
        var index = syllable - 0xAC00;
        var n = 0;
        if (startsSyllable)
            into[n++] = (byte)' ';
        foreach (var part in (ReadOnlySpan<string>)[Initials[index / 588], Vowels[index % 588 / 28], Finals[index % 28]])
        {
            foreach (var c in part)
                into[n++] = (byte)c;
        }

        return n;
    }
}

/// <summary>The scripts of India share one layout: a letter's place in its block says its sound.</summary>
internal static class Indic
{
    private static readonly string[] Sounds =
    [
        "",
        "n",
        "n",
        "h",
        "a",
        "a",
        "a",
        "i",
        "i",
        "u",
        "u",
        "ri",
        "l",
        "e",
        "e",
        "e",
        "ai",
        "o",
        "o",
        "o",
        "au",
        "k",
        "kh",
        "g",
        "gh",
        "n",
        "ch",
        "ch",
        "j",
        "jh",
        "n",
        "t",
        "th",
        "d",
        "dh",
        "n",
        "t",
        "th",
        "d",
        "dh",
        "n",
        "n",
        "p",
        "ph",
        "b",
        "bh",
        "m",
        "y",
        "r",
        "r",
        "l",
        "l",
        "l",
        "v",
        "sh",
        "sh",
        "s",
        "h",
        "",
        "",
        "",
        "",
        "a",
        "i",
        "i",
        "u",
        "u",
        "ri",
        "ri",
        "e",
        "e",
        "e",
        "ai",
        "o",
        "o",
        "o",
        "au",
        "",
        "",
        "",
        "om",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "k",
        "kh",
        "g",
        "z",
        "r",
        "rh",
        "f",
        "y",
        "ri",
        "l",
        "l",
        "l",
        "",
        "",
        "0",
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
    ];

    public static int Write(char c, char next, Span<byte> into)
    {
        var place = c & 0x7F;
        if (place >= Sounds.Length)
            return 0;
        var n = 0;
        foreach (var l in Sounds[place])
            into[n++] = (byte)l;

        // A consonant carries an "a" unless a vowel sign or the silencer follows it, or the word ends there.
        var consonant = place is >= 0x15 and <= 0x39 or >= 0x58 and <= 0x5F;
        var nextPlace = next & 0x7F;
        var followed = next is >= '\u0900' and <= '\u0DFF' && (nextPlace is < 0x3C or >= 0x58);
        if (consonant && followed)
            into[n++] = (byte)'a';
        return n;
    }
}
