namespace FourStrands.Linkage;

/// <summary>How two names agree.</summary>
/// <param name="Similarity">0 to 1000.</param>
/// <param name="Shared">How much the shared parts say, thousandths of a bit.</param>
/// <param name="SharedParts">How many parts are shared.</param>
/// <param name="Differing">Parts on both sides that stand where the other has another word.</param>
/// <param name="SurnameDiffers">The one part that differs is the last on both sides.</param>
/// <param name="Near">How near the spelling of the one part that differs is, 0 to 1000.</param>
/// <param name="Missing">Parts that only one side has.</param>
/// <param name="Doubt">Why two people, or two bodies, may bear these names, however alike they are.</param>
internal readonly record struct NameAgreement(
    int Similarity,
    int Shared,
    int SharedParts,
    int Differing,
    int Missing,
    bool SurnameDiffers,
    int Near,
    NameDoubt Doubt
);

/// <summary>What in two names that are alike says that they may be of two.</summary>
[Flags]
internal enum NameDoubt
{
    None = 0,

    /// <summary>Two given names that are both names, and not of each other.</summary>
    GivenNames = 1,

    /// <summary>A man's and a woman's form of a name.</summary>
    ManAndWoman = 2,

    /// <summary>The same parts in an order that is not just the surname put first.</summary>
    Order = 4,

    /// <summary>A part that is not the surname differs.</summary>
    PartDiffers = 8,

    /// <summary>One has a part that the other lacks, or a word or number is another: bodies of one group are named so.</summary>
    OneOfGroup = 16,

    /// <summary>A short word in a body's name is spelt otherwise, and may be another word.</summary>
    ShortWord = 32,

    /// <summary>A company and a partnership.</summary>
    LegalForm = 64,
}

/// <summary>Compares names part by part, whatever their order, script and spelling.</summary>
public static class NameComparison
{
    /// <summary>
    /// How alike two names are as names, 0 to 1, without asking how common they are: at or above <see cref="SameNameAt"/>
    /// they may well be the same name. Symmetric.
    /// </summary>
    public static double Similarity(SubjectKind kind, string left, string right)
    {
        Span<byte> leftText = stackalloc byte[NameParser.BufferBytes];
        Span<byte> rightText = stackalloc byte[NameParser.BufferBytes];
        Span<NamePart> leftParts = stackalloc NamePart[NameParser.MostParts];
        Span<NamePart> rightParts = stackalloc NamePart[NameParser.MostParts];
        var l = new NameParser(leftText, leftParts);
        l.Parse(kind, left);
        var r = new NameParser(rightText, rightParts);
        r.Parse(kind, right);
        return Compare(kind != SubjectKind.Person, leftParts[..l.Count], leftText, rightParts[..r.Count], rightText).Similarity / 1000.0;
    }

    private static readonly uint[] SonOf =
    [
        (uint)Hashing.Of("bin"u8),
        (uint)Hashing.Of("ibn"u8),
        (uint)Hashing.Of("ben"u8),
        (uint)Hashing.Of("bint"u8),
        (uint)Hashing.Of("binti"u8),
        (uint)Hashing.Of("binte"u8),
    ];

    /// <summary>The legal forms, in one spelling, of companies: a partnership of the same name is another body.</summary>
    private static readonly uint[] Companies =
    [
        (uint)Hashing.Of("ltd"u8),
        (uint)Hashing.Of("plc"u8),
        (uint)Hashing.Of("llc"u8),
        (uint)Hashing.Of("jsc"u8),
        (uint)Hashing.Of("inc"u8),
    ];

    /// <summary>A word of a body's name shorter than this may be another word when a letter of it differs.</summary>
    private const int ShortWord = 7;

    /// <summary>Names less alike than this are different names, and no doubt need be added.</summary>
    private const int LeastAlike = 500;

    /// <summary>Words that say less (the, of, and) may be left out of a body's name.</summary>
    private const int TellingWord = 1000;

    /// <summary>From here on two names may well be the same name.</summary>
    public const double SameNameAt = 0.70;

    internal static NameAgreement Compare(
        bool organisation,
        ReadOnlySpan<NamePart> a,
        ReadOnlySpan<byte> aText,
        ReadOnlySpan<NamePart> b,
        ReadOnlySpan<byte> bText
    )
    {
        if (a.Length == 0 || b.Length == 0)
            return default;
        if (Later(a, b))
        {
            var parts = a;
            a = b;
            b = parts;
            var text = aText;
            aText = bText;
            bText = text;
        }

        Span<int> partner = stackalloc int[NameParser.MostParts];
        Span<int> likeness = stackalloc int[NameParser.MostParts];
        partner.Fill(-1);
        uint usedB = 0;

        // Equal parts first, then the best of what is left.
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < b.Length; j++)
            {
                if ((usedB & (1u << j)) == 0 && a[i].Hash == b[j].Hash)
                {
                    partner[i] = j;
                    likeness[i] = 1000;
                    usedB |= 1u << j;
                    break;
                }
            }
        }

        Assign(a, aText, b, bText, partner, likeness, ref usedB);
        return Judge(organisation, a, aText, b, bText, partner, likeness, usedB);
    }

    /// <summary>One order for both (a, b) and (b, a).</summary>
    private static bool Later(ReadOnlySpan<NamePart> a, ReadOnlySpan<NamePart> b)
    {
        if (a.Length != b.Length)
            return a.Length > b.Length;
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i].Hash != b[i].Hash)
                return a[i].Hash > b[i].Hash;
        }

        return false;
    }

    private static void Assign(
        ReadOnlySpan<NamePart> a,
        ReadOnlySpan<byte> aText,
        ReadOnlySpan<NamePart> b,
        ReadOnlySpan<byte> bText,
        Span<int> partner,
        Span<int> likeness,
        ref uint usedB
    )
    {
        Span<short> q = stackalloc short[NameParser.MostParts * NameParser.MostParts];
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < b.Length && partner[i] < 0; j++)
                q[(i * b.Length) + j] = (usedB & (1u << j)) == 0 ? (short)PartComparison.Of(a[i], aText, b[j], bText) : (short)0;
        }

        while (true)
        {
            int best = 0,
                bestI = -1,
                bestJ = -1;
            for (var i = 0; i < a.Length; i++)
            {
                if (partner[i] >= 0)
                    continue;
                for (var j = 0; j < b.Length; j++)
                {
                    int value = q[(i * b.Length) + j];
                    if (value == 0 || (usedB & (1u << j)) != 0)
                        continue;
                    value = (value * 8) - Math.Abs(i - j);
                    if (value > best)
                        (best, bestI, bestJ) = (value, i, j);
                }
            }

            if (bestI < 0)
                return;
            partner[bestI] = bestJ;
            likeness[bestI] = q[(bestI * b.Length) + bestJ];
            usedB |= 1u << bestJ;
        }
    }

    private static NameAgreement Judge(
        bool organisation,
        ReadOnlySpan<NamePart> a,
        ReadOnlySpan<byte> aText,
        ReadOnlySpan<NamePart> b,
        ReadOnlySpan<byte> bText,
        Span<int> partner,
        Span<int> likeness,
        uint usedB
    )
    {
        long gained = 0,
            possible = 0,
            restA = 0,
            restB = 0,
            shared = 0;
        int sharedParts = 0,
            countA = 0,
            countB = 0,
            restI = -1,
            restJ = -1;
        var doubt = NameDoubt.None;
        for (var i = 0; i < a.Length; i++)
        {
            if (partner[i] < 0)
            {
                restA += a[i].Weight;
                countA += Counts(a[i]);
                if (Counts(a[i]) != 0)
                    restI = i;
                continue;
            }

            var other = b[partner[i]];
            var weight = (a[i].Weight + other.Weight) / 2;
            if (likeness[i] == PartComparison.Initial && ((a[i].Flags | other.Flags) & PartFlags.Initial) != PartFlags.None && a[i].Hash != other.Hash)
                weight = Math.Min(a[i].Weight, other.Weight);
            gained += (long)weight * likeness[i];
            possible += weight;
            shared += (long)Math.Min(a[i].Weight, other.Weight) * likeness[i] / 1000 * (likeness[i] == PartComparison.Initial ? 1 : 2) / 2;
            sharedParts += Counts(a[i]) & Counts(other);
        }

        for (var j = 0; j < b.Length; j++)
        {
            if ((usedB & (1u << j)) == 0)
            {
                restB += b[j].Weight;
                countB += Counts(b[j]);
                if (Counts(b[j]) != 0)
                    restJ = j;
            }
        }

        var differing = Math.Min(restA, restB);
        var missing = Math.Max(restA, restB) - differing;
        var missingShare =
            organisation ? 650
            : sharedParts >= 2 ? 300
            : 1000;
        var total = (possible * 1000) + (differing * 1800) + (missing * missingShare);
        var similarity = total == 0 ? 0 : (int)(gained * 1000 / total);
        if (similarity < 950)
            similarity = Math.Max(similarity, Together(a, aText, b, bText));
        if (!organisation && similarity > 600 && FatherAndSon(a, b, partner))
            similarity = similarity * 600 / 1000;
        var one = countA == 1 && countB == 1;
        var surname =
            one
            && restI == a.Length - 1
            && restJ == b.Length - 1
            && ((a[restI].Flags | b[restJ].Flags) & (PartFlags.Number | PartFlags.Initial)) == PartFlags.None;
        var given = restI >= 0 && restJ >= 0 && a[restI].Given != Given.No && b[restJ].Given != Given.No && !a[restI].SharesGroup(b[restJ]);
        var turned = given && surname && !SharesGivenName(a, partner, restI);
        given &= !surname;
        for (var i = 0; i < a.Length && similarity >= LeastAlike; i++)
        {
            if (partner[i] >= 0 && likeness[i] != 1000 && Counts(a[i]) != 0)
                doubt |= DoubtOf(organisation, a, aText, i, b, bText, partner[i]);
        }

        if (organisation)
            doubt |= similarity < LeastAlike || (restA | restB) == 0 ? NameDoubt.None : OfBodies(a, b, partner, usedB);
        else if (given)
            doubt |= NameDoubt.GivenNames | (PartComparison.ManAndWoman(a[restI], aText, b[restJ], bText) ? NameDoubt.ManAndWoman : NameDoubt.None);
        else if ((countA > 0 && countB > 0 && !surname) || turned)
            doubt |= NameDoubt.PartDiffers;
        else if (a.Length > 2 && a.Length == b.Length && countA + countB == 0 && !IsTurned(partner[..a.Length]))
            doubt |= NameDoubt.Order;
        return new NameAgreement(
            similarity,
            (int)shared,
            sharedParts,
            Math.Min(countA, countB),
            Math.Abs(countA - countB),
            surname,
            one && similarity < 700 ? Nearness(a[restI], aText, b[restJ], bText) : 0,
            doubt
        );
    }

    private static NameDoubt DoubtOf(
        bool organisation,
        ReadOnlySpan<NamePart> a,
        ReadOnlySpan<byte> aText,
        int i,
        ReadOnlySpan<NamePart> b,
        ReadOnlySpan<byte> bText,
        int j
    )
    {
        if (organisation)
            return Math.Min(a[i].Length, b[j].Length) < ShortWord ? NameDoubt.ShortWord : NameDoubt.None;
        // Ivanov and Ivanova are one surname; whose it is, the given name says.
        if (a.Length > 1 && b.Length > 1 && i == a.Length - 1 && j == b.Length - 1)
            return NameDoubt.None;
        return PartComparison.ManAndWoman(a[i], aText, b[j], bText) ? NameDoubt.ManAndWoman : NameDoubt.None;
    }

    /// <summary>Whether a part that both have may be the given name: if none is, the last parts that differ may be the given names, put last.</summary>
    private static bool SharesGivenName(ReadOnlySpan<NamePart> a, ReadOnlySpan<int> partner, int rest)
    {
        for (var i = 0; i < a.Length; i++)
        {
            if (i != rest && partner[i] >= 0 && (a[i].Given != Given.No || (a[i].Flags & PartFlags.Initial) != PartFlags.None))
                return true;
        }

        return false;
    }

    /// <summary>Whether the parts stand in one order, begun at the same or at another part.</summary>
    private static bool IsTurned(ReadOnlySpan<int> partner)
    {
        for (var i = 1; i < partner.Length; i++)
        {
            if (partner[i] != (partner[i - 1] + 1) % partner.Length)
                return false;
        }

        return true;
    }

    private static NameDoubt OfBodies(ReadOnlySpan<NamePart> a, ReadOnlySpan<NamePart> b, ReadOnlySpan<int> partner, uint usedB)
    {
        var doubt = NameDoubt.None;
        uint formA = 0,
            formB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            if (partner[i] >= 0)
                continue;
            if ((a[i].Flags & PartFlags.Form) != PartFlags.None)
                formA = a[i].Hash;
            else if (a[i].Weight >= TellingWord)
                doubt |= NameDoubt.OneOfGroup;
        }

        for (var j = 0; j < b.Length; j++)
        {
            if ((usedB & (1u << j)) != 0)
                continue;
            if ((b[j].Flags & PartFlags.Form) != PartFlags.None)
                formB = b[j].Hash;
            else if (b[j].Weight >= TellingWord)
                doubt |= NameDoubt.OneOfGroup;
        }

        if (formA != 0 && formB != 0 && Array.IndexOf(Companies, formA) >= 0 != Array.IndexOf(Companies, formB) >= 0)
            doubt |= NameDoubt.LegalForm;
        return doubt;
    }

    /// <summary>"Salman bin Ahmad" and "Ahmad bin Salman" share every part and are father and son.</summary>
    private static bool FatherAndSon(ReadOnlySpan<NamePart> a, ReadOnlySpan<NamePart> b, ReadOnlySpan<int> partner)
    {
        int i = FirstOf(a),
            j = FirstOf(b);
        return i >= 0 && j >= 0 && partner[i] >= 0 && partner[i] != j && partner[..a.Length].Contains(j) && HasSonOf(a) && HasSonOf(b);
    }

    private static int FirstOf(ReadOnlySpan<NamePart> parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if (Counts(parts[i]) != 0)
                return i;
        }

        return -1;
    }

    private static bool HasSonOf(ReadOnlySpan<NamePart> parts)
    {
        foreach (var part in parts)
        {
            if (Array.IndexOf(SonOf, part.Hash) >= 0)
                return true;
        }

        return false;
    }

    private static int Nearness(in NamePart a, ReadOnlySpan<byte> aText, in NamePart b, ReadOnlySpan<byte> bText)
    {
        var x = aText.Slice(a.Offset, a.Length);
        var y = bText.Slice(b.Offset, b.Length);
        var near = 1000 - (1000 * EditDistance.Between(x, y) / Math.Max(x.Length, y.Length));
        return x[0] == y[0] ? Math.Max(near, 350) : near;
    }

    private static int Counts(in NamePart part) => (part.Flags & (PartFlags.Particle | PartFlags.Form)) == PartFlags.None ? 1 : 0;

    /// <summary>Blanks in other places: "Jan Daniel" and "JanDaniel". Compares the letters of the whole names.</summary>
    private static int Together(ReadOnlySpan<NamePart> a, ReadOnlySpan<byte> aText, ReadOnlySpan<NamePart> b, ReadOnlySpan<byte> bText)
    {
        Span<byte> x = stackalloc byte[64];
        Span<byte> y = stackalloc byte[64];
        var n = Join(a, aText, x);
        var m = Join(b, bText, y);
        if (n < 6 || m < 6 || n > 60 || m > 60 || Math.Abs(n - m) > 2)
            return 0;
        var longer = Math.Max(n, m);
        var edits = EditDistance.Between(x[..n], y[..m]);
        return edits > longer / 10 ? 0 : 960 - (edits * 900 / longer);
    }

    private static int Join(ReadOnlySpan<NamePart> parts, ReadOnlySpan<byte> text, Span<byte> into)
    {
        var n = 0;
        foreach (var part in parts)
        {
            if ((part.Flags & PartFlags.Form) != PartFlags.None)
                continue;
            if (n + part.Length > into.Length)
                return into.Length;
            text.Slice(part.Offset, part.Length).CopyTo(into[n..]);
            n += part.Length;
        }

        return n;
    }
}
