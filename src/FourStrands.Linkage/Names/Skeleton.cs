namespace FourStrands.Linkage;

/// <summary>
/// A word's consonants as they sound, one byte each: spellings of the same name in different countries mostly share it
/// (Mohammed and Muhamad, Sergej and Sergey, Schmidt and Shmidt). A vowel counts only at the start.
/// </summary>
internal static class Skeleton
{
    public const int Longest = 12;

    public static ulong Of(ReadOnlySpan<byte> word)
    {
        Span<byte> code = stackalloc byte[Longest];
        return Hashing.Of(code[..Write(word, code)], 1);
    }

    /// <summary>Writes at most <see cref="Longest"/> bytes.</summary>
    public static int Write(ReadOnlySpan<byte> word, Span<byte> into)
    {
        var n = 0;
        byte previous = 0;
        for (var i = 0; i < word.Length && n < Longest; i++)
        {
            var c = word[i];
            var next = i + 1 < word.Length ? word[i + 1] : (byte)0;
            var after = i + 2 < word.Length ? word[i + 2] : (byte)0;
            byte sound;
            switch (c)
            {
                case (byte)'a' or (byte)'e' or (byte)'i' or (byte)'o' or (byte)'u':
                    sound = n == 0 && i == 0 ? (byte)'a' : (byte)0;
                    break;
                case (byte)'y':
                    sound = n == 0 && i == 0 ? (byte)'j' : (byte)0;
                    break;
                case (byte)'j':
                    sound = i == 0 || next is (byte)'a' or (byte)'e' or (byte)'i' or (byte)'o' or (byte)'u' ? (byte)'j' : (byte)0;
                    break;
                case (byte)'h':
                    sound = i == 0 ? (byte)'h' : (byte)0;
                    break;
                case (byte)'w':
                    sound = i == 0 || previous != 0 && next is (byte)'a' or (byte)'e' or (byte)'i' ? (byte)'f' : (byte)0;
                    break;
                case (byte)'v' or (byte)'f':
                    sound = (byte)'f';
                    break;
                case (byte)'p':
                    sound = next == 'h' ? (byte)'f' : (byte)'p';
                    break;
                case (byte)'s':
                    sound = (byte)'s';
                    if (next == 'c' && after == 'h')
                        i += 2;
                    break;
                case (byte)'z':
                    sound = next == 'h' ? (byte)'j' : (byte)'s';
                    break;
                case (byte)'c':
                    sound = next switch
                    {
                        (byte)'h' => after == 'r' || after == 'l' ? (byte)'k' : (byte)'c',
                        (byte)'e' or (byte)'i' or (byte)'y' => (byte)'s',
                        (byte)'k' or (byte)'q' => 0,
                        _ => (byte)'k',
                    };
                    break;
                case (byte)'q':
                    sound = (byte)'k';
                    break;
                case (byte)'x':
                    sound = i == 0 ? (byte)'s' : (byte)'k';
                    if (i > 0 && n + 1 < Longest)
                    {
                        into[n++] = (byte)'k';
                        sound = (byte)'s';
                    }

                    break;
                case (byte)'t' when next is (byte)'s' or (byte)'z' or (byte)'c':
                case (byte)'d' when next is (byte)'z' or (byte)'j':
                    sound = 0;
                    break;
                case (byte)'g' when next == 'h':
                    sound = i == 0 ? (byte)'g' : (byte)0;
                    break;
                default:
                    sound = c;
                    break;
            }

            // Doubled letters count once.
            if (sound != 0 && !(sound == previous && i > 0))
                into[n++] = sound;
            previous = sound;
        }

        return n;
    }
}
