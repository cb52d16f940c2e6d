namespace FourStrands.Linkage;

/// <summary>
/// Chinese people's names written in characters, in the spelling that passports give them (Hanyu Pinyin without tones): the family name, then
/// the given name as one word. Only characters that are common in names are known; a run with any other is left as it is.
/// </summary>
internal static class Han
{
    private const char First = '\u4E00';
    private const char Last = '\u9FFF';

    /// <summary>Family and given name together; a longer run is the name of something else.</summary>
    private const int LongestName = 4;

    private static readonly string?[] Spelt = new string?[Last - First + 1];
    private static readonly Dictionary<(char, char), string> Surnames = [];

    static Han()
    {
        foreach (var (latin, characters) in ReferenceTables.Pairs("chinese"))
        {
            if (latin[0] == '+')
            {
                foreach (var surname in characters.Split(' '))
                    Surnames[(surname[0], surname[1])] = latin[1..];
                continue;
            }

            foreach (var c in characters)
                Spelt[c - First] ??= latin;
        }
    }

    public static bool Is(char c) => c is >= First and <= Last;

    /// <summary>Writes the run of characters at the beginning of a text.</summary>
    /// <param name="text">The text from there on.</param>
    /// <param name="into">Where to.</param>
    /// <param name="isFirst">True if no other characters came before: then it begins with a family name.</param>
    /// <param name="written">How many bytes were written.</param>
    /// <returns>How many characters were written; 0 if they are not known as a name.</returns>
    public static int Write(ReadOnlySpan<char> text, Span<byte> into, bool isFirst, out int written)
    {
        written = 0;
        var length = 0;
        while (length < text.Length && Is(text[length]))
        {
            if (length == LongestName || Spelt[text[length] - First] is null && !IsInSurname(text, length))
                return 0;
            length++;
        }

        var at = 0;
        if (isFirst && length > 1)
        {
            if (Surnames.TryGetValue((text[0], text[1]), out var surname))
                at = 2;
            else
                (surname, at) = (Spelt[text[0] - First]!, 1);
            Add(surname, into, ref written);
            into[written++] = (byte)' ';
        }

        for (; at < length; at++)
        {
            if (Spelt[text[at] - First] is not { } syllable)
            {
                written = 0;
                return 0;
            }

            Add(syllable, into, ref written);
        }

        return length;
    }

    private static bool IsInSurname(ReadOnlySpan<char> text, int at) => at < 2 && text.Length > 1 && Is(text[1]) && Surnames.ContainsKey((text[0], text[1]));

    private static void Add(string latin, Span<byte> into, ref int written)
    {
        foreach (var letter in latin)
            into[written++] = (byte)letter;
    }
}
