namespace FourStrands.Linkage;

internal sealed partial class KeyWriter
{
    /// <summary>A name part that fewer than one in five hundred people bear.</summary>
    private const int TellingPart = 9000;

    /// <summary>Two names that say together less than this are everybody's: they need another value beside them.</summary>
    private const int TellingPair = 13000;

    /// <summary>A part that says this much is rare enough to find its bearers in one town.</summary>
    private const int RarePart = 8000;

    /// <summary>Keys of names, alone where they tell enough, and with birth date or postcode.</summary>
    public void LinkNames()
    {
        Span<KeyPart> parts = stackalloc KeyPart[4];
        for (var i = 0; i < values.Length; i++)
        {
            var (field, value) = values[i];
            if (string.IsNullOrWhiteSpace(value))
                continue;
            switch (field)
            {
                case Field.Name or Field.WeakName:
                    NameKeys(i, value, parts);
                    break;
                case Field.FirstName:
                    WithOthers(i, value, parts);
                    PairHalves(i, value);
                    break;
                case Field.LastName:
                    WithOthers(i, value, parts);
                    break;
                default:
                    break;
            }
        }
    }

    private void NameKeys(int index, string value, Span<KeyPart> room)
    {
        // A body's name is its own; a person's finds too many.
        if (!IsPerson || kind == SubjectKind.Legal)
            Exactly(index, -1, value);
        var parts = room[..Parts(value, room)];
        NameAlone(index, -1, parts);
        WithOthers(index, value, room);
    }

    private void NameAlone(int first, int second, ReadOnlySpan<KeyPart> parts)
    {
        for (var a = 0; a < parts.Length; a++)
        {
            for (var b = a + 1; b < parts.Length; b++)
            {
                if (parts[a].Weight + parts[b].Weight >= TellingPair)
                    Add(Hashing.Pair(parts[a].Code, parts[b].Code, (ulong)KeyKind.TwoParts), first, second);
            }
        }

        // A body's or a ship's name is its own; a person's single name is nobody's alone.
        if (!IsPerson || kind == SubjectKind.Legal)
        {
            if (parts.Length > 0)
                Add(Whole(parts), first, second);
            if (parts.Length == 2)
            {
                foreach (var part in parts)
                {
                    if (part.Weight >= 10000 && part.Length >= 6)
                        Add(Hashing.Combine(part.Code, (ulong)KeyKind.OnePart), first, second);
                }
            }
        }
    }

    private static ulong Whole(ReadOnlySpan<KeyPart> parts)
    {
        ulong sum = 0;
        foreach (var part in parts)
            sum += part.Code;
        return Hashing.Combine(Hashing.Mix(sum), (ulong)KeyKind.WholeName);
    }

    private void PairHalves(int first, string firstName)
    {
        Span<KeyPart> given = stackalloc KeyPart[2];
        Span<KeyPart> family = stackalloc KeyPart[2];
        given = given[..Parts(firstName, given)];
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].Field != Field.LastName || string.IsNullOrWhiteSpace(values[i].Value))
                continue;
            var families = family[..Parts(values[i].Value, family)];
            foreach (var a in given)
            {
                foreach (var b in families)
                {
                    if (a.Weight + b.Weight >= TellingPair)
                        Add(Hashing.Pair(a.Code, b.Code, (ulong)KeyKind.TwoParts), first, i);
                }
            }
        }
    }

    /// <summary>
    /// Name parts beside a value that few share: of people the first letters, so that the rest may be misspelt. Thousands of bodies have
    /// one agent's address, and are not alike for names that begin alike, or for all being services: of them the sounds of the two rarest parts.
    /// </summary>
    private void AddNear(ReadOnlySpan<KeyPart> parts, ulong beside, int first, int second)
    {
        int rarest = 0,
            next = 0;
        foreach (ref readonly var part in parts)
        {
            next = Math.Max(next, Math.Min(rarest, part.Weight));
            rarest = Math.Max(rarest, part.Weight);
        }

        foreach (ref readonly var part in parts)
        {
            if (IsPerson)
                Add(Hashing.Combine(part.Letter, beside), first, second);
            if (kind != SubjectKind.Person && part.Weight >= next)
                Add(Hashing.Combine(part.Code, beside), first, second);
        }
    }

    /// <summary>A name part with the year of birth, the first letter with the whole date, a part with the postcode.</summary>
    private void WithOthers(int index, string value, Span<KeyPart> room)
    {
        var parts = room[..Parts(value, room)];
        for (var i = 0; i < values.Length; i++)
        {
            var (field, other) = values[i];
            if (string.IsNullOrEmpty(other))
                continue;
            if (field == Field.Date && PartialDate.Parse(other) is var date and not 0)
            {
                foreach (var part in parts)
                {
                    // A year has everybody's name in it: a common name needs the month as well.
                    if (part.Weight >= TellingPart)
                        Add(Hashing.Combine(part.Code, Hashing.Combine((ulong)(date / 10000), (ulong)KeyKind.PartAndYear)), index, i);
                    else if (date / 100 % 100 != 0)
                        Add(Hashing.Combine(part.Code, Hashing.Combine((ulong)(date / 100), (ulong)KeyKind.PartAndMonth)), index, i);
                }

                if (date % 100 != 0 && date % 10000 != 101)
                    AddNear(parts, Hashing.Combine((ulong)date, (ulong)KeyKind.DateAndLetter), index, i);
            }
            else if (field == Field.BirthPlace && Places.FirstWord(other) is var place and not 0)
            {
                foreach (var part in parts)
                {
                    if (part.Weight >= RarePart)
                        Add(Hashing.Combine(part.Code, Hashing.Combine(place, (ulong)KeyKind.PartAndBirthPlace)), index, i);
                }
            }
            else if (field is Field.Postcode or Field.Address)
            {
                var postcode = field == Field.Postcode ? Linkage.Identifiers.Normalise(field, other) : Places.FindPostcode(other) ?? "";
                if (field == Field.Address && Places.Door(other) is var door and not 0)
                    AddNear(parts, Hashing.Combine(door, (ulong)KeyKind.PartAndNumber), index, i);
                if (postcode.Length == 0)
                    continue;
                // A code of a few households needs but a letter of the name; a town's needs a part.
                var narrow = postcode.Length >= 5;
                var beside = Hashing.Combine(Hashing.Of(postcode), (ulong)KeyKind.PartAndPostcode);
                if (narrow)
                    AddNear(parts, beside, index, i);
                else
                {
                    foreach (var part in parts)
                        Add(Hashing.Combine(part.Code, beside), index, i);
                }
            }
        }
    }
}
