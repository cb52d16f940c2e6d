namespace FourStrands.Linkage;

/// <summary>A name part as keys see it: what it sounds like, and how much it says.</summary>
internal readonly record struct KeyPart(ulong Code, ulong Letter, int Weight, int At, int Length);

/// <summary>Writes the keys of one record.</summary>
internal sealed partial class KeyWriter
{
    private const int MostParts = 5;
    private readonly SubjectKind kind;
    private readonly List<BlockingKey> keys;
    private readonly HashSet<BlockingKey> seen = [];
    private readonly FieldValue[] values;
    private readonly byte[] buffer = new byte[NameParser.BufferBytes];

    public KeyWriter(SubjectKind kind, ReadOnlySpan<FieldValue> values, List<BlockingKey> keys)
    {
        this.kind = kind;
        this.values = values.ToArray();
        this.keys = keys;
    }

    private enum KeyKind : ulong
    {
        Identifier = 1,
        TwoParts,
        PartAndYear,
        DateAndLetter,
        PartAndPostcode,
        WholeName,
        OnePart,
        Screen,
        Together,
        PartAndNumber,
        PartAndBirthPlace,
        PartAndMonth,
        Contact,
        Exact,
    }

    private bool IsPerson => kind is SubjectKind.Person or SubjectKind.Legal;

    /// <summary>One key for each identifier that is one subject's, or nearly.</summary>
    public void Identifiers()
    {
        for (var i = 0; i < values.Length; i++)
        {
            var (field, value) = values[i];
            if (field is < Field.Phone or > Field.Identifier || string.IsNullOrWhiteSpace(value))
                continue;
            var normal = Linkage.Identifiers.Normalise(field, value);
            if (field == Field.RegistrationNumber)
                normal = Linkage.Identifiers.RegisterAndNumber(normal).Number;
            if (normal.Length < 4)
                continue;

            if (field is Field.Phone or Field.Email or Field.Website)
            {
                AddContact(i, Hashing.Combine(Hashing.Of(normal), Hashing.Combine((ulong)field, (ulong)KeyKind.Contact)));
                continue;
            }

            // Sources file the same number under different headings, so the heading is not part of the key.
            var heading = field is Field.Iban ? (ulong)field : 0;
            Add(Hashing.Combine(Hashing.Of(normal), Hashing.Combine(heading, (ulong)KeyKind.Identifier)), i, -1);
        }
    }

    /// <summary>
    /// A contact beside each part of the names: households and formation agents' thousands of companies share one, and nobody is somebody
    /// else for that alone.
    /// </summary>
    private void AddContact(int contact, ulong beside)
    {
        Span<KeyPart> room = stackalloc KeyPart[4];
        for (var i = 0; i < values.Length; i++)
        {
            var (field, value) = values[i];
            if (field is not (Field.Name or Field.WeakName or Field.FirstName or Field.LastName) || string.IsNullOrWhiteSpace(value))
                continue;
            AddNear(room[..Parts(value, room)], beside, i, contact);
        }
    }

    private void Add(ulong hash, int first, int second)
    {
        if (second == first)
            second = -1;
        var key = new BlockingKey(hash, first, second);
        if (seen.Add(key))
            keys.Add(key);
    }

    /// <summary>The whole name as it is written: what its parts lose is still found by it.</summary>
    private void Exactly(int first, int second, string name)
    {
        if (NameParser.Whole(name) is var whole and not 0)
            Add(Hashing.Combine(whole, (ulong)KeyKind.Exact), first, second);
    }

    /// <summary>The telling parts of a name: no particles, forms or initials; at most <see cref="MostParts"/>, the rarest.</summary>
    private int Parts(string name, Span<KeyPart> into)
    {
        Span<NamePart> parts = stackalloc NamePart[NameParser.MostParts];
        var parser = new NameParser(buffer, parts);
        parser.Parse(kind, name);
        Span<KeyPart> all = stackalloc KeyPart[NameParser.MostParts];
        var n = 0;
        for (var i = 0; i < parser.Count; i++)
        {
            var part = parts[i];
            if ((part.Flags & (PartFlags.Particle | PartFlags.Form | PartFlags.Initial)) != PartFlags.None || part.Weight < 1000)
                continue;
            var code =
                (part.Flags & PartFlags.Number) != PartFlags.None ? part.Hash
                : part.Group != 0 && IsPerson && ReferenceTables.SkeletonOfGroup(part.Group) is var sound and not 0 ? sound
                : part.Skeleton;
            all[n++] = new KeyPart(Hashing.Mix((uint)code), buffer[part.Offset], part.Weight, part.Offset, part.Length);
        }

        if (n == 0)
            return Last(parts[..parser.Count], into);
        if (n > into.Length)
        {
            // The rarest; among equals the longest, then by their sound, so that the order in the name does not matter.
            all[..n]
                .Sort(
                    static (a, b) =>
                        a.Weight != b.Weight ? b.Weight.CompareTo(a.Weight)
                        : a.Length != b.Length ? b.Length.CompareTo(a.Length)
                        : a.Code.CompareTo(b.Code)
                );
            n = into.Length;
            all[..n].Sort(static (a, b) => a.At.CompareTo(b.At));
        }

        all[..n].CopyTo(into);
        return n;
    }

    /// <summary>A name of particles and initials alone: its longest part.</summary>
    private int Last(ReadOnlySpan<NamePart> parts, Span<KeyPart> into)
    {
        if (parts.Length == 0)
            return 0;
        var longest = parts[0];
        foreach (var part in parts)
        {
            if (part.Length > longest.Length || (part.Length == longest.Length && part.Hash < longest.Hash))
                longest = part;
        }

        into[0] = new KeyPart(Hashing.Mix(longest.Skeleton), buffer[longest.Offset], longest.Weight, longest.Offset, longest.Length);
        return 1;
    }
}
