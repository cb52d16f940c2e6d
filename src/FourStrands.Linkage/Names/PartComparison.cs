namespace FourStrands.Linkage;

/// <summary>How alike two name parts are, 0 to 1000.</summary>
internal static class PartComparison
{
    /// <summary>Below this two parts are different words.</summary>
    public const int Alike = 620;

    public const int Nickname = 930;
    public const int Initial = 860;

    public static int Of(in NamePart a, ReadOnlySpan<byte> aText, in NamePart b, ReadOnlySpan<byte> bText)
    {
        if (a.Hash == b.Hash)
            return 1000;
        var flags = a.Flags | b.Flags;
        if ((flags & (PartFlags.Form | PartFlags.Number)) != PartFlags.None)
            return 0;
        var x = aText.Slice(a.Offset, a.Length);
        var y = bText.Slice(b.Offset, b.Length);
        if ((flags & PartFlags.Initial) != PartFlags.None)
            return x[0] == y[0] && (flags & PartFlags.Particle) == PartFlags.None ? Initial : 0;
        if (((a.Flags ^ b.Flags) & PartFlags.Particle) != PartFlags.None)
            return 0;
        var group = a.SharesGroup(b) ? Nickname : 0;
        if (group > 0 && a.Skeleton == b.Skeleton)
            group = 970;

        // Two names that both are names, and not of each other: nobody misspelt Mary as Mark.
        if (group == 0 && a.Given != Given.No && b.Given != Given.No)
            return 0;
        return Math.Max(group, Spelling(a, x, b, y));
    }

    /// <summary>
    /// Whether two alike parts name a man and a woman: Nicholas and Nicola, Jamil and Jamila. A woman's name that lost its last letter
    /// (Victori) is a slip.
    /// </summary>
    public static bool ManAndWoman(in NamePart a, ReadOnlySpan<byte> aText, in NamePart b, ReadOnlySpan<byte> bText)
    {
        if (a.Given != Given.No && b.Given != Given.No)
            return (a.Given | b.Given) == Given.Either && a.Given != Given.Either && b.Given != Given.Either;
        var x = aText.Slice(a.Offset, a.Length);
        var y = bText.Slice(b.Offset, b.Length);
        return x.Length <= y.Length ? HersOf(x, y, b.Given) : HersOf(y, x, a.Given);
    }

    private static bool HersOf(ReadOnlySpan<byte> his, ReadOnlySpan<byte> hers, Given known)
    {
        if (hers.Length < 4 || known == Given.Female)
            return false;
        if (hers.Length == his.Length)
            return his[..^1].SequenceEqual(hers[..^1]) && ((his[^1] == 'o' && hers[^1] == 'a') || (his[^1] == 'a' && hers[^1] == 'o'));
        if (!hers.StartsWith(his) || his.Length < 3)
            return false;
        var ending = hers[his.Length..];
        return his[^1] is not ((byte)'a' or (byte)'e' or (byte)'i' or (byte)'o') && (ending.SequenceEqual("a"u8) || ending.SequenceEqual("ah"u8));
    }

    private static int Spelling(in NamePart a, ReadOnlySpan<byte> x, in NamePart b, ReadOnlySpan<byte> y)
    {
        var longer = Math.Max(x.Length, y.Length);
        var shorter = Math.Min(x.Length, y.Length);
        var sounds = a.Skeleton == b.Skeleton && shorter >= 3;
        if (!sounds && longer - shorter > 3)
            return 0;
        var edits = EditDistance.Between(x, y);
        var written = Written(edits, shorter, longer);

        // The same consonants in the same order: only vowels or their spelling differ.
        if (sounds)
            written = Math.Max(written, 940 - (220 * edits / longer));
        return written < Alike ? 0 : written;
    }

    private static int Written(int edits, int shorter, int longer)
    {
        // How many slips a word of this length bears before it is another word.
        var most = longer switch
        {
            <= 2 => 0,
            <= 5 => 1,
            <= 8 => 2,
            <= 12 => 3,
            _ => 4,
        };
        if (edits > most || shorter < 2)
            return 0;
        return 1000 - (1150 * edits / (longer + 1));
    }
}
