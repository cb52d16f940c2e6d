namespace FourStrands.Linkage;

internal sealed partial class KeyWriter
{
    /// <summary>Keys that find a name although one of its parts is misspelt.</summary>
    public void ScreenNames()
    {
        for (var i = 0; i < values.Length; i++)
        {
            var (field, value) = values[i];
            if (string.IsNullOrWhiteSpace(value))
                continue;
            if (field is Field.Name or Field.WeakName)
                Screen(i, -1, value);
            else if (field == Field.FirstName)
                ScreenHalves(i, value);
        }
    }

    private void ScreenHalves(int first, string firstName)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].Field == Field.LastName && !string.IsNullOrWhiteSpace(values[i].Value))
                Screen(first, i, $"{Subject.Cut(firstName)} {Subject.Cut(values[i].Value)}");
        }
    }

    private void Screen(int first, int second, string name)
    {
        Exactly(first, second, name);
        Span<KeyPart> parts = stackalloc KeyPart[MostParts];
        parts = parts[..Parts(name, parts)];
        if (parts.Length == 0)
            return;
        NameAlone(first, second, parts[..Math.Min(parts.Length, 4)]);
        Add(Together(parts), first, second);
        if (parts.Length == 1 || !IsPerson)
        {
            // One telling part is all there is to find it by.
            foreach (var part in parts)
            {
                if (parts.Length == 1 || part.Weight >= 9000)
                    Variants(part, Hashing.Combine(0, (ulong)KeyKind.OnePart), first, second);
            }
        }

        for (var a = 0; a < parts.Length; a++)
        {
            for (var b = a + 1; b < parts.Length; b++)
            {
                Add(Hashing.Pair(parts[a].Code, parts[b].Code, (ulong)KeyKind.TwoParts), first, second);

                // With four parts and more, one error leaves two whole parts elsewhere.
                if (parts.Length <= 3 || b == a + 1 || (a == 0 && b == parts.Length - 1))
                {
                    Variants(parts[a], Hashing.Combine(parts[b].Code, (ulong)KeyKind.Screen), first, second);
                    Variants(parts[b], Hashing.Combine(parts[a].Code, (ulong)KeyKind.Screen), first, second);
                }
            }
        }
    }

    /// <summary>The sound of a part, whole and with each sound left out in turn: two parts that differ by one slip share one of these.</summary>
    private void Variants(in KeyPart part, ulong context, int first, int second)
    {
        Span<byte> sounds = stackalloc byte[Skeleton.Longest];
        Span<byte> shorter = stackalloc byte[Skeleton.Longest];
        var n = Math.Min(Skeleton.Write(buffer.AsSpan(part.At, part.Length), sounds), 6);
        Add(Hashing.Combine(Hashing.Of(sounds[..n]), context), first, second);
        if (n < 2)
            return;
        for (var skip = 0; skip < n; skip++)
        {
            sounds[..skip].CopyTo(shorter);
            sounds[(skip + 1)..n].CopyTo(shorter[skip..]);
            Add(Hashing.Combine(Hashing.Of(shorter[..(n - 1)]), context), first, second);
        }
    }

    /// <summary>The whole name's sounds without its blanks, for a blank in the wrong place.</summary>
    private ulong Together(ReadOnlySpan<KeyPart> parts)
    {
        Span<byte> letters = stackalloc byte[256];
        Span<byte> sounds = stackalloc byte[Skeleton.Longest];
        var n = 0;
        foreach (var part in parts)
        {
            var take = Math.Min(part.Length, letters.Length - n);
            buffer.AsSpan(part.At, take).CopyTo(letters[n..]);
            n += take;
        }

        return Hashing.Combine(Hashing.Of(sounds[..Skeleton.Write(letters[..n], sounds)]), (ulong)KeyKind.Together);
    }
}
