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

        if (organisation && !Alike(a[bestLeft], b[bestRight]))
            bestBits = Math.Min(bestBits, Weights.NameNearMostOrganisation);
        DoubtNames(a[bestLeft], b[bestRight]);
        if (reasons is null)
            total += bestBits;
        else
            Add(Field.Name, bestBits, Words(bestAgreement), NameText(left, a[bestLeft]), NameText(right, b[bestRight]));
        return bestBits;
    }

    /// <summary>Equal as a whole, or in all parts whatever their order.</summary>
    private static bool Alike(in PreparedName a, in PreparedName b) => a.Whole == b.Whole || (a.Hash == b.Hash && a.Count > 0);

    /// <summary>Both say what gender they are, and it is one.</summary>
    private readonly bool OneGender => (left.Genders & right.Genders & 7) != 0;

    private void DoubtNames(in PreparedName a, in PreparedName b)
    {
        var said = bestAgreement.Doubt;
        half = a.Use == NameUse.Half || b.Use == NameUse.Half || bestAgreement.SharedParts < 2;
        if (AreSpeltAlikeOnly(left.WrittenBytes(a.Value & 0xFFFF), right.WrittenBytes(b.Value & 0xFFFF)))
            Doubt(Field.Name, "the names are spelt alike in Latin letters, and may be different names in their own");
        if (a.Whole == b.Whole)
            return;
        if (bodies)
        {
            if (bestBits < 0 || (said & NameDoubt.OneOfGroup) != NameDoubt.None)
                Doubt(Field.Name, "bodies of one group or at one agent's address are two until a number or a person says otherwise");
            else if ((said & NameDoubt.LegalForm) != NameDoubt.None)
                Doubt(Field.Name, "a company and a partnership are two bodies until a number or a person says otherwise");
            else if ((said & (NameDoubt.ShortWord | NameDoubt.PartDiffers | NameDoubt.GivenNames)) != NameDoubt.None)
                Doubt(Field.Name, "a word may be another word: two bodies until a number or a person says otherwise");
            return;
        }

        if ((said & NameDoubt.GivenNames) != NameDoubt.None)
            Doubt(Field.Name, "two given names are two people's until a person says otherwise");
        else if ((said & NameDoubt.ManAndWoman) != NameDoubt.None && !OneGender)
            Doubt(Field.Name, "a man's and a woman's name are two people's until a person says otherwise");
        else if ((said & NameDoubt.PartDiffers) != NameDoubt.None)
            Doubt(Field.Name, "a part of the name differs: two people until a person says otherwise");
        if ((a.Standing | b.Standing) != Standing.None && a.Standing != b.Standing)
            standingDoubt = true;
        if ((said & NameDoubt.Order) != NameDoubt.None)
            orderDoubt = true;
    }

    /// <summary>
    /// One of them is written in Chinese characters or Arabic letters, and the other otherwise: many names in those have one spelling in Latin letters.
    /// </summary>
    private static bool AreSpeltAlikeOnly(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (!HasOtherLetters(a) && !HasOtherLetters(b))
            return false;
        int i = 0,
            j = 0;
        while (true)
        {
            while (i < a.Length && a[i] == ' ')
                i++;
            while (j < b.Length && b[j] == ' ')
                j++;
            if (i == a.Length || j == b.Length)
                return i < a.Length || j < b.Length;
            if (a[i++] != b[j++])
                return true;
        }
    }

    /// <summary>The bytes that begin Arabic letters and Chinese characters in UTF-8 stand for nothing else.</summary>
    private static bool HasOtherLetters(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (b is >= 0xD8 and <= 0xDB or >= 0xE4 and <= 0xE9)
                return true;
        }

        return false;
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
        var bits = Bits(agreement, a[i], b[j]);
        if (bits <= bestBits)
            return;
        (bestBits, bestLeft, bestRight, bestAgreement) = (bits, i, j, agreement);
    }

    private readonly int Bits(in NameAgreement agreement, in PreparedName a, in PreparedName b)
    {
        var bits = BitsOfParts(agreement, a.Use, b.Use);
        // What parts lose, the whole name still has: 3M is 3M.
        if (a.Whole == b.Whole && (bodies || a.Count == 0) && bits < Weights.NameLeast)
            bits = a.Use == NameUse.Weak || b.Use == NameUse.Weak ? Math.Max(bits, Weights.NameLeast * Weights.WeakNameShare / 1000) : Weights.NameLeast;
        return a.Standing != b.Standing && a.Standing != Standing.None && b.Standing != Standing.None ? bits + Weights.NameStandingApart : bits;
    }

    private readonly int BitsOfParts(in NameAgreement agreement, NameUse useLeft, NameUse useRight)
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
            (useLeft == NameUse.Half || useRight == NameUse.Half || (agreement.SharedParts == 1 && agreement.Missing == 1))
            && agreement is { Differing: 0, SharedParts: > 0, Missing: > 0 }
            && !organisation
        )
            return Math.Min(agreement.Shared / 2, Weights.NameHalfMost);
        // Joan of whom both say that she is a man is John misspelt.
        if (
            (agreement.Doubt & NameDoubt.GivenNames) != NameDoubt.None
            && !organisation
            && !((agreement.Doubt & NameDoubt.ManAndWoman) != NameDoubt.None && OneGender)
        )
            return Math.Min(bits, Weights.NameGivenDiffers);
        if (bits < 0 && agreement is { SharedParts: > 0, Differing: 1 } && !organisation)
        {
            // A surname changes with marriage, a given name seldom does; and either may be misspelt beyond knowing.
            var floor = agreement.SurnameDiffers ? Weights.SurnameChanged : Weights.NameGivenDiffers;
            bits = Math.Max(bits, Math.Min(0, floor + (Math.Max(0, agreement.Near - 200) * 7)));
        }

        if (bits > 0 && (useLeft == NameUse.Weak || useRight == NameUse.Weak))
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
