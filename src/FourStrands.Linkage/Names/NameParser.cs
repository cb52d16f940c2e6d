namespace FourStrands.Linkage;

/// <summary>
/// Cuts a name into parts and says of each how much it tells. Works on the stack: a name costs no allocation.
/// Parts beyond <see cref="MostParts"/> are not looked at.
/// </summary>
internal ref struct NameParser
{
    public const int MostParts = 20;
    public const int BufferBytes = Folding.Longest * 3;

    private const int RareWeight = 11000;
    private const int LongestPart = 40;
    private readonly Span<byte> buffer;
    private readonly Span<NamePart> parts;

    public NameParser(Span<byte> buffer, Span<NamePart> parts)
    {
        this.buffer = buffer;
        this.parts = parts;
    }

    /// <summary>The folded text into which the parts point.</summary>
    public readonly ReadOnlySpan<byte> Text => buffer;

    public int Count { get; private set; }

    /// <summary>Whether the name says that its bearer is the elder or the younger of two.</summary>
    public Standing Standing { get; private set; }

    public void Parse(SubjectKind kind, ReadOnlySpan<char> name)
    {
        Count = 0;
        var length = Folding.Fold(name, buffer);
        var text = buffer[..length];
        Standing = Standing.None;
        var asPerson = kind is SubjectKind.Person or SubjectKind.Legal;
        Cut(text, joinInitials: !asPerson);
        if (!asPerson || (kind == SubjectKind.Legal && HasForm()))
        {
            MarkForms();
            return;
        }

        DropTitles();
        if (asPerson)
            SurnameLast(text);
    }

    /// <summary>
    /// The whole folded name, its signs left out, as one number: what parts may lose (3M, @SUM(A1)) is still equal here. Of a name
    /// without any word, its signs; 0 when there is nothing.
    /// </summary>
    public static uint Whole(ReadOnlySpan<char> name)
    {
        Span<byte> room = stackalloc byte[BufferBytes];
        ReadOnlySpan<byte> folded = room[..Folding.Fold(name, room)];
        const ulong Prime = 0x100000001B3;
        ulong hash = 0;
        var blank = false;
        foreach (var b in folded)
        {
            if (IsBreak(b))
            {
                blank = hash != 0;
                continue;
            }

            if (blank)
                hash = (hash + ' ') * Prime;
            blank = false;
            hash = (hash + b) * Prime;
        }

        if (hash == 0)
        {
            foreach (var c in name[..Math.Min(name.Length, Folding.Longest)])
            {
                if (!char.IsWhiteSpace(c))
                    hash = (hash + 1 + c) * Prime;
            }
        }

        return hash == 0 ? 0 : (uint)Hashing.Mix(hash) | 1;
    }

    private void Cut(ReadOnlySpan<byte> text, bool joinInitials)
    {
        var i = 0;
        while (i < text.Length && Count < parts.Length)
        {
            if (text[i] == '&')
            {
                Add(i, 1, joinInitials);
                i++;
                continue;
            }

            if (IsBreak(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && !IsBreak(text[i]))
                i++;
            if (joinInitials && i - start == 1 && text[start] < 128)
                i = JoinInitials(start, i, text.Length);
            Add(start, Math.Min(i - start, LongestPart), joinInitials);
        }
    }

    private static bool IsBreak(byte b) => b is (byte)' ' or (byte)',' or (byte)'.' or (byte)'&';

    /// <summary>p.l.c. and J P Morgan: single letters that follow each other are one word. Moves them together in the text.</summary>
    private readonly int JoinInitials(int start, int end, int length)
    {
        var written = start + 1;
        var read = end;
        while (true)
        {
            var k = read;
            while (k < length && buffer[k] is (byte)'.' or (byte)' ')
                k++;
            if (k == read || k >= length || IsBreak(buffer[k]) || buffer[k] >= 128 || (k + 1 < length && !IsBreak(buffer[k + 1])))
                break;
            buffer[written++] = buffer[k];
            read = k + 1;
        }

        for (var k = written; k < read; k++)
            buffer[k] = (byte)' ';
        return written;
    }

    private void Add(int start, int length, bool organisation)
    {
        ReadOnlySpan<byte> word = buffer.Slice(start, length);
        if (length == 1 && word[0] == '&')
            word = "and"u8;
        if (!organisation)
            LettersForDigits(buffer.Slice(start, length));
        var hash = Hashing.Of(word);
        if (organisation && ReferenceTables.Whole(hash) is { Length: > 0 } whole)
        {
            // The letters stay as written; the sound and the identity are the whole word's.
            word = whole;
            hash = Hashing.Of(word);
        }

        var flags = PartFlags.None;
        int group = 0,
            second = 0;
        var given = Given.No;
        var weight = length switch
        {
            1 => 3500,
            2 => 6500,
            3 => 8500,
            4 => 9750,
            _ => RareWeight,
        };
        foreach (var b in word)
        {
            if (b is >= (byte)'0' and <= (byte)'9')
                flags |= PartFlags.Number;
        }

        if (length == 1 && word[0] < 128)
            flags |= PartFlags.Initial;
        var skeleton = Skeleton.Of(word);
        if (ReferenceTables.TryPart(hash, out var facts))
        {
            if (facts.Weight > 0)
                weight = facts.Weight;
            else if (facts.Group != 0)
                weight = Math.Min(weight, 8500);
            group = facts.Group;
            second = facts.SecondGroup;
            given = facts.Given;
            // Ben Nevis has a given name; Ahmed ben Ali has a father.
            if ((facts.Kind & PartKind.Particle) != PartKind.None && length > 1 && !(Count == 0 && facts.Group != 0))
            {
                flags = (flags & ~PartFlags.Initial) | PartFlags.Particle;
                weight = 700;
                given = Given.No;
            }
        }

        if (organisation)
        {
            group = 0;
            second = 0;
            given = Given.No;
            if (ReferenceTables.TryOrganisationWord(hash, out var ordinary))
            {
                flags |= PartFlags.Ordinary;
                weight = ordinary;
            }
            else if ((flags & PartFlags.Number) != PartFlags.None || IsRoman(word))
            {
                flags = (flags & ~PartFlags.Initial) | PartFlags.Number;
                weight = 5000;
            }
            else
            {
                flags &= ~PartFlags.Particle;
                weight = Math.Max(weight, 3000);
            }
        }
        else if (Count > 0 && (word.SequenceEqual("ii"u8) || word.SequenceEqual("iii"u8) || word.SequenceEqual("iv"u8)))
        {
            // John Smith II and John Smith III are not one letter apart.
            flags = PartFlags.Number;
        }

        parts[Count++] = new NamePart((uint)hash, (uint)skeleton, NamePart.Facts(flags, weight, group, second), NamePart.Place(start, length, given));
    }

    /// <summary>"Ig0r" is Igor written to escape a search; "1st", "3M" and "2004" are left alone.</summary>
    private static void LettersForDigits(Span<byte> word)
    {
        int letters = 0,
            digits = 0;
        foreach (var b in word)
        {
            letters += b is >= (byte)'a' and <= (byte)'z' ? 1 : 0;
            digits += b is >= (byte)'0' and <= (byte)'9' ? 1 : 0;
        }

        if (digits == 0 || letters <= digits || (word[0] is >= (byte)'0' and <= (byte)'9' && letters == 2))
            return;
        for (var i = 0; i < word.Length; i++)
        {
            word[i] = word[i] switch
            {
                (byte)'0' => (byte)'o',
                (byte)'1' => (byte)'i',
                (byte)'3' => (byte)'e',
                (byte)'4' => (byte)'a',
                (byte)'5' => (byte)'s',
                (byte)'9' => (byte)'g',
                var other => other,
            };
        }
    }

    private static bool IsRoman(ReadOnlySpan<byte> word)
    {
        foreach (var b in word)
        {
            if (b is not ((byte)'i' or (byte)'v' or (byte)'x'))
                return false;
        }

        return true;
    }

    private readonly bool HasForm()
    {
        for (var i = Math.Max(0, Count - 3); i < Count; i++)
        {
            if (i > 0 && FormAt(i, out var run, out _) && i + run == Count)
                return true;
        }

        return Count > 1 && FormAt(0, out var first, out _) && first < Count && parts[0].Length > 2;
    }

    /// <summary>The longest legal form whose words begin at <paramref name="at"/>.</summary>
    private readonly bool FormAt(int at, out int run, out ulong canonical)
    {
        Span<byte> joined = stackalloc byte[128];
        run = 0;
        canonical = 0;
        var n = 0;
        for (var i = at; i < Count && i - at < ReferenceTables.LongestForm; i++)
        {
            var word = buffer.Slice(parts[i].Offset, parts[i].Length);
            if (n + word.Length + 1 > joined.Length)
                break;
            if (i > at)
                joined[n++] = (byte)' ';
            word.CopyTo(joined[n..]);
            n += word.Length;
            if (ReferenceTables.TryForm(Hashing.Of(joined[..n]), out var found))
            {
                run = i - at + 1;
                canonical = found;
            }
        }

        return run > 0;
    }

    private void MarkForms()
    {
        Span<NamePart> kept = stackalloc NamePart[MostParts];
        var n = 0;
        var others = 0;
        for (var i = 0; i < Count; )
        {
            if (
                FormAt(i, out var run, out var canonical)
                && (run < Count)
                && (run > 1 || parts[i].Length > 2 || i == 0 || i + 1 == Count || (n > 0 && (kept[n - 1].Flags & PartFlags.Form) != PartFlags.None))
            )
            {
                kept[n++] = parts[i].As(PartFlags.Form, 800, (uint)canonical);
                i += run;
                continue;
            }

            others++;
            kept[n++] = parts[i++];
        }

        // A name made of nothing but forms keeps its words.
        if (others == 0)
            return;
        kept[..n].CopyTo(parts);
        Count = n;
    }

    private void DropTitles()
    {
        Span<NamePart> kept = stackalloc NamePart[MostParts];
        var n = 0;
        for (var i = 0; i < Count; i++)
        {
            var part = parts[i];
            var known = ReferenceTables.TryPart(Hashing.Of(buffer.Slice(part.Offset, part.Length)), out var facts);
            var title =
                known
                && part.Length > 1
                && (
                    (facts.Kind & PartKind.TitleAnywhere) != PartKind.None || ((facts.Kind & PartKind.TitleBefore) != PartKind.None && n == 0 && i + 1 < Count)
                );
            if (!title)
                kept[n++] = part;
            else if (n > 0 && (facts.Kind & (PartKind.Elder | PartKind.Younger)) != PartKind.None)
                Standing = (facts.Kind & PartKind.Elder) != PartKind.None ? Standing.Elder : Standing.Younger;
        }

        if (n == 0)
            return;
        kept[..n].CopyTo(parts);
        Count = n;
    }

    /// <summary>"Smith, John" becomes "John Smith".</summary>
    private readonly void SurnameLast(ReadOnlySpan<byte> text)
    {
        var comma = text.IndexOf((byte)',');
        if (comma < 0 || text[(comma + 1)..].Contains((byte)','))
            return;
        var before = 0;
        while (before < Count && parts[before].Offset < comma)
            before++;
        if (before == 0 || before == Count)
            return;
        Span<NamePart> turned = stackalloc NamePart[MostParts];
        parts[before..Count].CopyTo(turned);
        parts[..before].CopyTo(turned[(Count - before)..]);
        turned[..Count].CopyTo(parts);
    }
}
