using System.Numerics;

namespace FourStrands.Linkage;

internal ref partial struct Weighing
{
    /// <summary>How many pairs of names are compared letter by letter.</summary>
    private const int MostPairs = 48;

    private const int MostRepeats = 6;

    /// <summary>How many names of one side are looked at: the lowest hashes, which no order of storing changes.</summary>
    private const int MostNames = 1024;

    /// <summary>The best-agreeing pair of names; returns what it says.</summary>
    private int Names()
    {
        ReadOnlySpan<PreparedName> a = left.Names,
            b = right.Names;
        if (a.Length == 0 || b.Length == 0)
            return 0;
        bestBits = int.MinValue;
        Equal(a, b);
        var n = Math.Min(a.Length, MostNames);
        var m = Math.Min(b.Length, MostNames);
        if (n * m <= MostPairs)
        {
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < m; j++)
                    Try(a, i, b, j);
            }
        }
        else
        {
            MostAlike(a, n, b, m);
        }

        if (organisation && a[bestLeft].Hash != b[bestRight].Hash)
            bestBits = Math.Min(bestBits, Weights.NameNearMostOrganisation);
        if (reasons is null)
            total += bestBits;
        else
            Add(Field.Name, bestBits, Words(bestAgreement), NameText(left, a[bestLeft]), NameText(right, b[bestRight]));
        return bestBits;
    }

    private void Add(Field field, int bits, string finding, string leftText, string rightText) => AddText(field, bits, finding, leftText, rightText);

    private static string NameText(Subject subject, in PreparedName name)
    {
        var first = subject.Written(name.Value & 0xFFFF);
        return name.Value >> 16 == 0 ? first : $"{first} {subject.Written((name.Value >> 16) - 1)}";
    }

    /// <summary>Names whose parts are all equal, found by walking both sorted lists once.</summary>
    private void Equal(ReadOnlySpan<PreparedName> a, ReadOnlySpan<PreparedName> b)
    {
        int i = 0,
            j = 0;
        while (i < a.Length && j < b.Length)
        {
            if (a[i].Hash < b[j].Hash)
            {
                i++;
            }
            else if (a[i].Hash > b[j].Hash)
            {
                j++;
            }
            else
            {
                // One name in several orders, or given as strong and as weak: all pairs of the first few.
                int endA = EndOfRun(a, i),
                    endB = EndOfRun(b, j);
                for (var k = i; k < Math.Min(endA, i + MostRepeats); k++)
                {
                    for (var l = j; l < Math.Min(endB, j + MostRepeats); l++)
                        Try(a, k, b, l);
                }

                (i, j) = (endA, endB);
            }
        }
    }

    private static int EndOfRun(ReadOnlySpan<PreparedName> names, int at)
    {
        var end = at + 1;
        while (end < names.Length && names[end].Hash == names[at].Hash)
            end++;
        return end;
    }

    /// <summary>Of many names, compares the pairs that share most sounds; ties by the names' own hashes, then by their places.</summary>
    private void MostAlike(ReadOnlySpan<PreparedName> a, int n, ReadOnlySpan<PreparedName> b, int m)
    {
        // Which of equal pairs are kept depends on which side is gone through first: that is decided by what the sides say.
        var turned = left.Text.SequenceCompareTo(right.Text) > 0;
        if (turned)
        {
            var other = a;
            a = b;
            b = other;
            (n, m) = (m, n);
        }

        Span<(ulong Rank, int Left, int Right)> kept = stackalloc (ulong, int, int)[MostPairs];
        var count = 0;
        for (var i = 0; i < n; i++)
        {
            var signature = a[i].Signature;
            for (var j = 0; j < m; j++)
            {
                var other = b[j].Signature;
                var common = BitOperations.PopCount(signature & other);
                if (common == 0)
                    continue;
                var alike = (uint)(common * 200 / (BitOperations.PopCount(signature) + BitOperations.PopCount(other)));
                var rank = ((ulong)alike << 48) | ((a[i].Hash + b[j].Hash) >> 16);
                if (count == MostPairs && rank <= kept[^1].Rank)
                    continue;
                var at = count < MostPairs ? count++ : MostPairs - 1;
                while (at > 0 && kept[at - 1].Rank < rank)
                {
                    kept[at] = kept[at - 1];
                    at--;
                }

                kept[at] = (rank, i, j);
            }
        }

        foreach (var (_, i, j) in kept[..count])
        {
            if (turned)
                Try(b, j, a, i);
            else
                Try(a, i, b, j);
        }

        if (count == 0 && bestBits == int.MinValue)
            Try(left.Names, 0, right.Names, 0);
    }

    private void Try(ReadOnlySpan<PreparedName> a, int i, ReadOnlySpan<PreparedName> b, int j)
    {
        var agreement = NameComparison.Compare(
            organisation,
            left.Parts.Slice(a[i].First, a[i].Count),
            left.Text,
            right.Parts.Slice(b[j].First, b[j].Count),
            right.Text
        );
        var bits = Bits(agreement, a[i].Use, b[j].Use);
        if (bits <= bestBits)
            return;
        (bestBits, bestLeft, bestRight, bestAgreement) = (bits, i, j, agreement);
    }

    private readonly int Bits(in NameAgreement agreement, NameUse left, NameUse right)
    {
        int full;
        if (agreement.SharedParts < 2 && !organisation)
            full = Math.Min(agreement.Shared, Weights.NameSingleMost);
        else
            full = Math.Clamp((agreement.Shared * 3 / 4) + 2200, Weights.NameLeast, organisation ? Weights.NameMostOrganisation : Weights.NameMost);
        var share = Share(agreement.Similarity);
        var bits = share >= 0 ? (int)((long)full * share / 1000) : (int)((long)Weights.NameApart * share / -1000);
        // One of the two gives half a name alone: what it lacks says nothing.
        if (
            (left == NameUse.Half || right == NameUse.Half || (agreement.SharedParts == 1 && agreement.Missing == 1))
            && agreement is { Differing: 0, SharedParts: > 0, Missing: > 0 }
            && !organisation
        )
            return Math.Min(agreement.Shared / 2, Weights.NameHalfMost);
        if (bits < 0 && agreement is { SharedParts: > 0, Differing: 1 } && !organisation)
        {
            // A surname changes with marriage, a given name seldom does; and either may be misspelt beyond knowing.
            var floor = agreement.SurnameDiffers ? Weights.SurnameChanged : Weights.NameGivenDiffers;
            bits = Math.Max(bits, Math.Min(0, floor + (Math.Max(0, agreement.Near - 200) * 7)));
        }

        if (bits > 0 && (left == NameUse.Weak || right == NameUse.Weak))
            bits = bits * Weights.WeakNameShare / 1000;
        return bits;
    }

    /// <summary>Which share of a full agreement a likeness is worth, in thousandths; negative: share of a full disagreement.</summary>
    private static int Share(int similarity)
    {
        ReadOnlySpan<(int At, int Share)> steps = [(0, -1000), (400, -1000), (520, -600), (620, 0), (700, 550), (800, 820), (900, 940), (1000, 1000)];
        for (var i = 1; i < steps.Length; i++)
        {
            if (similarity <= steps[i].At)
            {
                var (from, low) = steps[i - 1];
                return low + ((steps[i].Share - low) * (similarity - from) / (steps[i].At - from));
            }
        }

        return 1000;
    }

    private static string Words(in NameAgreement agreement) =>
        agreement.Similarity switch
        {
            >= 990 => agreement.Missing > 0 ? "same name; one has further parts" : "same name",
            >= 900 => agreement.Missing > 0 ? "nearly the same name; one has further parts" : "nearly the same name",
            >= 700 => agreement.Differing > 0 ? "names alike, though a part differs" : "names alike",
            >= 520 => "names agree in part",
            _ => "different names",
        };
}
