using System.Runtime.InteropServices;
using System.Text;

namespace FourStrands.Linkage;

public sealed partial class Subject
{
    private const int MostValues = 30000;
    private const int LongestKept = 240;
    private const int MostPairsOfHalves = 16;

    /// <summary>Prepares the values. Their order does not matter, nor do repeats.</summary>
    public static Subject Prepare(SubjectKind kind, ReadOnlySpan<FieldValue> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted, static (a, b) => a.Field != b.Field ? a.Field.CompareTo(b.Field) : string.CompareOrdinal(a.Value, b.Value));
        var builder = new Builder(kind);
        var previous = default(FieldValue);
        var n = 0;
        foreach (var value in sorted)
        {
            if (string.IsNullOrWhiteSpace(value.Value) || (n > 0 && value == previous))
                continue;
            if (n == MostValues)
                break;
            builder.Add(value, n++);
            previous = value;
        }

        return builder.Build();
    }

    /// <summary>Half of a name, short enough that both halves are looked at.</summary>
    internal static string Cut(string half) => half.Length <= Folding.Longest / 2 ? half : half[..(Folding.Longest / 2)];

    private sealed class Builder(SubjectKind kind)
    {
        private readonly List<PreparedName> names = [];
        private readonly List<NamePart> parts = [];
        private readonly List<PreparedIdentifier> identifiers = [];
        private readonly List<int> dates = [];
        private readonly List<int> countries = [];
        private readonly List<int> addresses = [];
        private readonly List<int> birthPlaces = [];
        private readonly List<byte> letters = [];
        private readonly List<byte> written = [];
        private readonly List<(string Text, int Value)> firstNames = [];
        private readonly List<(string Text, int Value)> lastNames = [];
        private bool fullName;
        private byte genders;

        public void Add(in FieldValue value, int index)
        {
            Keep(value.Value);
            switch (value.Field)
            {
                case Field.Name:
                    fullName = true;
                    AddName(value.Value, NameUse.Full, index);
                    break;
                case Field.WeakName:
                    AddName(value.Value, NameUse.Weak, index);
                    break;
                case Field.FirstName:
                    firstNames.Add((value.Value, index));
                    break;
                case Field.LastName:
                    lastNames.Add((value.Value, index));
                    break;
                case Field.Date:
                    AddOnce(dates, PartialDate.Parse(value.Value));
                    break;
                case Field.Country:
                    AddOnce(countries, ReferenceTables.Country(value.Value));
                    break;
                case Field.Gender:
                    genders |= Gender(value.Value);
                    break;
                case Field.Address:
                    Places.AddWords(value.Value, index, addresses);
                    if (Places.FindPostcode(value.Value) is { } postcode)
                        AddIdentifier(Field.Postcode, postcode, index);
                    break;
                case Field.BirthPlace:
                    Places.AddWords(value.Value, index, birthPlaces);
                    break;
                default:
                    AddIdentifier(value.Field, Linkage.Identifiers.Normalise(value.Field, value.Value), index);
                    break;
            }
        }

        public Subject Build()
        {
            if (!fullName)
                JoinHalves();
            names.Sort(static (a, b) => a.Hash != b.Hash ? a.Hash.CompareTo(b.Hash) : a.Value.CompareTo(b.Value));
            identifiers.Sort(
                static (a, b) =>
                    a.Hash != b.Hash ? a.Hash.CompareTo(b.Hash)
                    : a.Field != b.Field ? a.Field.CompareTo(b.Field)
                    : a.Value.CompareTo(b.Value)
            );
            dates.Sort();
            countries.Sort();
            var layout = new Layout(
                names.Count,
                parts.Count,
                letters.Count,
                (ushort)identifiers.Count,
                (ushort)dates.Count,
                (ushort)countries.Count,
                (ushort)addresses.Count,
                (ushort)birthPlaces.Count
            );
            var words = new int[
                (names.Count * PreparedName.Words)
                    + (parts.Count * 4)
                    + (identifiers.Count * PreparedIdentifier.Words)
                    + dates.Count
                    + countries.Count
                    + addresses.Count
                    + birthPlaces.Count
            ];
            var at = 0;
            Put(MemoryMarshal.Cast<PreparedName, int>(CollectionsMarshal.AsSpan(names)), words, ref at);
            Put(MemoryMarshal.Cast<NamePart, int>(CollectionsMarshal.AsSpan(parts)), words, ref at);
            Put(MemoryMarshal.Cast<PreparedIdentifier, int>(CollectionsMarshal.AsSpan(identifiers)), words, ref at);
            Put(CollectionsMarshal.AsSpan(dates), words, ref at);
            Put(CollectionsMarshal.AsSpan(countries), words, ref at);
            Put(CollectionsMarshal.AsSpan(addresses), words, ref at);
            Put(CollectionsMarshal.AsSpan(birthPlaces), words, ref at);
            byte[] text = [.. letters, .. written];
            return new Subject(kind, genders, words, text, layout);
        }

        private static void Put(ReadOnlySpan<int> from, int[] into, ref int at)
        {
            from.CopyTo(into.AsSpan(at));
            at += from.Length;
        }

        private static void AddOnce(List<int> list, int value)
        {
            if (value != 0 && list.Count < 2000 && !list.Contains(value))
                list.Add(value);
        }

        private static byte Gender(string value) =>
            value.Trim() is { Length: > 0 } text
                ? (byte)(
                    text[0] is 'm' or 'M' ? 1
                    : text[0] is 'f' or 'F' ? 2
                    : 4
                )
                : (byte)0;

        /// <summary>Given and family names that no full name joins are joined here.</summary>
        private void JoinHalves()
        {
            if (firstNames.Count == 0 || lastNames.Count == 0)
            {
                foreach (var (half, value) in firstNames.Concat(lastNames))
                    AddName(half, NameUse.Half, value);
                return;
            }

            var pairs = 0;
            foreach (var (first, f) in firstNames)
            {
                foreach (var (last, l) in lastNames)
                {
                    if (pairs++ < MostPairsOfHalves)
                        AddName($"{Cut(first)} {Cut(last)}", NameUse.FamilyLast, f | ((l + 1) << 16));
                }
            }
        }

        private void AddName(string name, NameUse use, int value)
        {
            Span<byte> buffer = stackalloc byte[NameParser.BufferBytes];
            Span<NamePart> found = stackalloc NamePart[NameParser.MostParts];
            var parser = new NameParser(buffer, found);
            parser.Parse(kind, name);
            var whole = NameParser.Whole(name);
            if (whole == 0 || letters.Count > (1 << 23))
                return;
            ulong hash = 0;
            ulong signature = 0;
            var first = parts.Count;
            for (var i = 0; i < parser.Count; i++)
            {
                var part = found[i];
                hash += Hashing.Mix(part.Hash);
                signature |= Signature(part, buffer);
                parts.Add(part.At(letters.Count));
                letters.AddRange(buffer.Slice(part.Offset, part.Length));
            }

            if (use is NameUse.Full or NameUse.FamilyLast)
                genders |= (byte)((int)Whose(found[..parser.Count]) << 3);
            names.Add(new PreparedName(Hashing.Mix(hash), signature, first, (byte)parser.Count, use, value, whole, parser.Standing));
        }

        /// <summary>Whose a name is, when all that is known of its parts says the same.</summary>
        private static Given Whose(ReadOnlySpan<NamePart> parts)
        {
            var whose = Given.No;
            foreach (var part in parts)
                whose |= part.Given;
            return whose == Given.Either ? Given.No : whose;
        }

        private static ulong Signature(in NamePart part, ReadOnlySpan<byte> buffer)
        {
            if ((part.Flags & (PartFlags.Form | PartFlags.Particle)) != PartFlags.None)
                return 0;
            Span<byte> code = stackalloc byte[Skeleton.Longest];
            var n = Skeleton.Write(buffer.Slice(part.Offset, part.Length), code);
            ulong bits = 0;
            for (var i = 0; i + 1 < n; i++)
                bits |= 1UL << (int)(Hashing.Mix(code[i] | ((uint)code[i + 1] << 8)) & 63);
            return n == 1 ? 1UL << (int)(Hashing.Mix(code[0]) & 63) : bits;
        }

        private void AddIdentifier(Field field, string normal, int value)
        {
            if (normal.Length == 0 || identifiers.Count >= 5000)
                return;
            var country = 0;
            if (field == Field.RegistrationNumber)
                (normal, country) = Linkage.Identifiers.RegisterAndNumber(normal);

            if (field == Field.VesselNumber && normal.StartsWith("IMO", StringComparison.Ordinal))
                country = 1;
            identifiers.Add(new PreparedIdentifier(Hashing.Of(normal), field, country, value));
        }

        private void Keep(string value)
        {
            Span<byte> utf8 = stackalloc byte[LongestKept];
            Encoding.UTF8.TryGetBytes(value.AsSpan(0, Math.Min(value.Length, LongestKept / 3)), utf8, out var n);
            written.Add((byte)n);
            written.AddRange(utf8[..n]);
        }
    }
}
