namespace FourStrands.Linkage;

/// <summary>Addresses and places as sets of words.</summary>
internal static class Places
{
    private const int MostWords = 24;
    private const int MostNumbers = 4000;
    private const int MostPlaces = 64;

    /// <summary>Adds the length and value index, then the words' hashes in ascending order. The lowest bit marks a number.</summary>
    public static void AddWords(string place, int value, List<int> into)
    {
        if (into.Count > MostNumbers)
            return;
        Span<byte> folded = stackalloc byte[NameParser.BufferBytes];
        var text = folded[..Folding.Fold(place, folded)];
        Span<int> words = stackalloc int[MostWords];
        var n = 0;
        var i = 0;
        while (i < text.Length && n < MostWords)
        {
            if (text[i] is (byte)' ' or (byte)',' or (byte)'.' or (byte)'&')
            {
                i++;
                continue;
            }

            var start = i;
            var digits = false;
            while (i < text.Length && text[i] is not ((byte)' ' or (byte)',' or (byte)'.' or (byte)'&'))
                digits |= text[i++] is >= (byte)'0' and <= (byte)'9';
            var word = text[start..i];
            var hash = (int)(digits ? Hashing.Of(word) : Skeleton.Of(Short(word)));
            hash = digits ? hash | 1 : hash & ~1;
            if (!words[..n].Contains(hash))
                words[n++] = hash;
        }

        if (n == 0)
            return;
        words[..n].Sort();
        into.Add(n | (value << 8));
        foreach (var word in words[..n])
            into.Add(word);
    }

    /// <summary>The first number and the first word after it: "7 Ferguson"; 0 where there is no number.</summary>
    public static ulong Door(string address)
    {
        Span<byte> folded = stackalloc byte[NameParser.BufferBytes];
        ReadOnlySpan<byte> text = folded[..Folding.Fold(address, folded)];
        ulong number = 0;
        foreach (var range in text.SplitAny((byte)' ', (byte)',', (byte)'.', (byte)'&'))
        {
            var word = text[range];
            if (word.Length == 0)
                continue;
            if (word.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0)
                number = number == 0 ? Hashing.Of(word) : number;
            else if (number != 0 && word.Length >= 4)
                return Hashing.Combine(number, Skeleton.Of(word));
        }

        return 0;
    }

    /// <summary>The sound of a place's first word of four letters or more; 0 where there is none.</summary>
    public static ulong FirstWord(string place)
    {
        Span<byte> folded = stackalloc byte[NameParser.BufferBytes];
        ReadOnlySpan<byte> text = folded[..Folding.Fold(place, folded)];
        foreach (var range in text.SplitAny((byte)' ', (byte)',', (byte)'.', (byte)'&'))
        {
            if (text[range].Length >= 4)
                return Skeleton.Of(text[range]);
        }

        return 0;
    }

    /// <summary>Street and St are one word.</summary>
    private static ReadOnlySpan<byte> Short(ReadOnlySpan<byte> word)
    {
        if (word.SequenceEqual("street"u8))
            return "st"u8;
        if (word.SequenceEqual("road"u8))
            return "rd"u8;
        if (word.SequenceEqual("avenue"u8))
            return "av"u8;
        if (word.SequenceEqual("ave"u8))
            return "av"u8;
        if (word.SequenceEqual("drive"u8))
            return "dr"u8;
        if (word.SequenceEqual("place"u8))
            return "pl"u8;
        if (word.SequenceEqual("court"u8))
            return "ct"u8;
        if (word.SequenceEqual("crescent"u8))
            return "cres"u8;
        return word;
    }

    /// <summary>A postal code of the United Kingdom inside an address, without its blank.</summary>
    public static string? FindPostcode(string address)
    {
        // Outward part, an optional blank, then a digit and two letters at a word's end.
        for (var i = Math.Min(address.Length, Folding.Longest) - 3; i >= 2; i--)
        {
            if (!char.IsAsciiDigit(address[i]) || !char.IsAsciiLetter(address[i + 1]) || !char.IsAsciiLetter(address[i + 2]))
                continue;
            if (i + 3 < address.Length && char.IsAsciiLetterOrDigit(address[i + 3]))
                continue;
            var end = address[i - 1] == ' ' ? i - 1 : i;
            var start = end;
            while (start > 0 && end - start < 4 && char.IsAsciiLetterOrDigit(address[start - 1]))
                start--;
            var outward = address.AsSpan(start, end - start);
            if (
                outward.Length is >= 2 and <= 4
                && char.IsAsciiLetter(outward[0])
                && outward.IndexOfAnyInRange('0', '9') > 0
                && (start == 0 || !char.IsAsciiLetterOrDigit(address[start - 1]))
            )
                return string.Concat(outward, address.AsSpan(i, 3)).ToUpperInvariant();
        }

        return null;
    }

    /// <summary>Share of words in common over all pairs, 0 to 1000, and which values; numbers that differ take away.</summary>
    public static int Best(ReadOnlySpan<int> left, ReadOnlySpan<int> right, out int leftValue, out int rightValue)
    {
        leftValue = rightValue = -1;
        var best = -1;
        var lefts = 0;
        for (var i = 0; i < left.Length && lefts < MostPlaces; i += 1 + (left[i] & 255), lefts++)
        {
            var rights = 0;
            for (var j = 0; j < right.Length && rights < MostPlaces; j += 1 + (right[j] & 255), rights++)
            {
                var share = Share(left.Slice(i + 1, left[i] & 255), right.Slice(j + 1, right[j] & 255));
                if (share > best)
                    (best, leftValue, rightValue) = (share, left[i] >> 8, right[j] >> 8);
            }
        }

        return best;
    }

    private static int Share(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        int i = 0,
            j = 0,
            both = 0;
        bool numberBoth = false,
            numberA = false,
            numberB = false;
        while (i < a.Length && j < b.Length)
        {
            if (a[i] == b[j])
            {
                both++;
                numberBoth |= (a[i] & 1) != 0;
                i++;
                j++;
            }
            else if (a[i] < b[j])
            {
                numberA |= (a[i++] & 1) != 0;
            }
            else
            {
                numberB |= (b[j++] & 1) != 0;
            }
        }

        for (; i < a.Length; i++)
            numberA |= (a[i] & 1) != 0;
        for (; j < b.Length; j++)
            numberB |= (b[j] & 1) != 0;
        var share = 2000 * both / (a.Length + b.Length);
        if (both == Math.Min(a.Length, b.Length) && both >= 3)
            share = Math.Max(share, 850);
        return !numberBoth && numberA && numberB ? share / 2 : share;
    }
}
