namespace FourStrands.Linkage;

/// <summary>Edits between two words: insert, delete, replace, or swap two neighbours (Hyyrö's bit-parallel form, 64 letters).</summary>
internal static class EditDistance
{
    public static int Between(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.Length > b.Length)
        {
            var swap = a;
            a = b;
            b = swap;
        }

        while (a.Length > 0 && a[^1] == b[^1])
        {
            a = a[..^1];
            b = b[..^1];
        }

        while (a.Length > 0 && a[0] == b[0])
        {
            a = a[1..];
            b = b[1..];
        }

        if (a.Length == 0)
            return b.Length;
        if (a.Length > 64)
            a = a[..64];

        ulong vp = ulong.MaxValue,
            vn = 0,
            d0 = 0,
            previousMatch = 0;
        var score = a.Length;
        var last = 1UL << (a.Length - 1);
        foreach (var c in b)
        {
            ulong match = 0;
            for (var i = 0; i < a.Length; i++)
            {
                if (a[i] == c)
                    match |= 1UL << i;
            }

            var transposed = (((~d0) & match) << 1) & previousMatch;
            d0 = (((match & vp) + vp) ^ vp) | match | vn | transposed;
            var hp = vn | ~(d0 | vp);
            var hn = d0 & vp;
            if ((hp & last) != 0)
                score++;
            if ((hn & last) != 0)
                score--;
            hp = (hp << 1) | 1;
            hn <<= 1;
            vp = hn | ~(d0 | hp);
            vn = hp & d0;
            previousMatch = match;
        }

        return score;
    }
}
