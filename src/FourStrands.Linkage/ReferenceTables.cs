using System.Globalization;
using System.Text;

namespace FourStrands.Linkage;

/// <summary>What is generally known of a name part.</summary>
internal readonly record struct PartFacts(int Weight, ushort Group, ushort SecondGroup, PartKind Kind, Given Given = Given.No);

[Flags]
internal enum PartKind : byte
{
    None = 0,
    Particle = 1,
    TitleBefore = 2,
    TitleAnywhere = 4,
    OrganisationWord = 8,
    Elder = 16,
    Younger = 32,
}

/// <summary>
/// The tables that ship with the program: readable text, embedded, with a version in each file's head. Weights and rarity come from
/// here alone, so that no score can tell what else a store holds.
/// </summary>
internal static class ReferenceTables
{
    /// <summary>A given name that no other table weighs: about one person in seven hundred bears it.</summary>
    private const int GivenNameWeight = 9500;

    private const int MostGroups = 1023;

    private static readonly Dictionary<ulong, PartFacts> People = [];
    private static readonly Dictionary<ulong, int> OrganisationWords = [];
    private static readonly Dictionary<ulong, ulong> Forms = [];
    private static readonly Dictionary<ulong, byte[]> Abbreviations = [];
    private static readonly Dictionary<string, ushort> Countries = new(StringComparer.Ordinal);
    private static readonly List<ulong> GroupSkeletons = [0];

    static ReferenceTables()
    {
        ReadNames();
        ReadForms();
        foreach (var (key, value) in Pairs("organisation-words"))
            OrganisationWords[Hash(key)] = Milli(value);
        foreach (var (shortened, whole) in Pairs("abbreviations"))
            Abbreviations[Hash(shortened)] = Encoding.UTF8.GetBytes(whole);
        foreach (var (code, names) in Pairs("countries"))
        {
            Countries[code] = PackCountry(code);
            foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                Countries.TryAdd(name, PackCountry(code));
        }
    }

    /// <summary>The longest run of words that makes up a legal form.</summary>
    public static int LongestForm { get; private set; }

    public static IEnumerable<string> Lines(string table)
    {
        using var stream =
            typeof(ReferenceTables).Assembly.GetManifestResourceStream(table)
            ?? throw new InvalidOperationException($"The reference table {table} is missing from the program.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                yield return line;
        }
    }

    public static IEnumerable<(string Key, string Value)> Pairs(string table)
    {
        foreach (var line in Lines(table))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            yield return tab < 0 ? (line, "") : (line[..tab], line[(tab + 1)..]);
        }
    }

    /// <summary>Thousandths of a bit.</summary>
    public static int Milli(string bits) => (int)Math.Round(1000 * double.Parse(bits, CultureInfo.InvariantCulture));

    public static bool TryPart(ulong hash, out PartFacts facts) => People.TryGetValue(hash, out facts);

    public static bool TryOrganisationWord(ulong hash, out int weight) => OrganisationWords.TryGetValue(hash, out weight);

    public static bool TryForm(ulong hash, out ulong canonical) => Forms.TryGetValue(hash, out canonical);

    public static ReadOnlySpan<byte> Whole(ulong hash) => Abbreviations.GetValueOrDefault(hash);

    /// <summary>The sound by which a group's names find each other; 0 where each goes by its own: spellings of one name sound alike as it is.</summary>
    public static ulong SkeletonOfGroup(int group) => GroupSkeletons[group];

    /// <summary>A country's code as a small number, or 0.</summary>
    public static ushort Country(string text)
    {
        Span<char> letters = stackalloc char[40];
        var n = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiLetter(c) && n < letters.Length)
                letters[n++] = char.ToLowerInvariant(c);
        }

        if (n < 2)
            return 0;
        var key = letters[..n];
        if (Countries.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var known))
            return known;
        return n == 2 ? PackCountry(key) : (ushort)0;
    }

    public static string CountryCode(int packed) => new([(char)('a' + (packed >> 5) - 1), (char)('a' + (packed & 31) - 1)]);

    private static ushort PackCountry(ReadOnlySpan<char> code) => (ushort)(((code[0] - 'a' + 1) << 5) | (code[1] - 'a' + 1));

    private static ulong Hash(string folded) => Hashing.Of(Encoding.UTF8.GetBytes(folded));

    private static void ReadNames()
    {
        void Change(string part, Func<PartFacts, PartFacts> change)
        {
            var hash = Hash(part);
            People[hash] = change(People.GetValueOrDefault(hash));
        }

        foreach (var (bits, parts) in Pairs("name-parts"))
        {
            var weight = Milli(bits);
            foreach (var part in parts.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                Change(part, f => f.Weight == 0 ? f with { Weight = weight } : f);
        }

        var lines = Lines("nicknames").Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            GroupSkeletons.Add(Skeleton.Of(Encoding.UTF8.GetBytes(lines[i][0])));
            Change(lines[i][0], f => f with { Group = (ushort)(i + 1) });
        }

        for (var i = 0; i < lines.Count; i++)
        {
            var group = (ushort)(i + 1);
            foreach (var part in lines[i].Skip(1))
                Change(part, f => Join(f, group) with { Given = Given.Either });
        }

        foreach (var line in lines)
            Change(line[0], f => f with { Given = Given.Either });
        ReadGivenNames(Change);

        foreach (var part in Lines("particles").SelectMany(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            Change(part, f => f with { Kind = f.Kind | PartKind.Particle });
        foreach (var (where, titles) in Pairs("titles"))
        {
            var kind = where switch
            {
                "anywhere" => PartKind.TitleAnywhere,
                "elder" => PartKind.TitleAnywhere | PartKind.Elder,
                "younger" => PartKind.TitleAnywhere | PartKind.Younger,
                _ => PartKind.TitleBefore,
            };
            foreach (var part in titles.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                Change(part, f => f with { Kind = f.Kind | kind });
        }
    }

    /// <summary>Whose each name usually is, and which are spellings of one name: they join the group that one of them is in, or make a new one.</summary>
    private static void ReadGivenNames(Action<string, Func<PartFacts, PartFacts>> change)
    {
        var whose = new Dictionary<string, Given>(StringComparer.Ordinal);
        var several = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (gender, names) in Pairs("given-names"))
        {
            if (gender == "several")
            {
                several.UnionWith(names.Split(' '));
                continue;
            }

            var given = gender switch
            {
                "male" => Given.Male,
                "female" => Given.Female,
                _ => Given.Either,
            };
            foreach (var spellings in names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => n.Split('/')))
            {
                foreach (var name in spellings)
                {
                    whose[name] = whose.GetValueOrDefault(name) | given;
                    change(name, f => f is { Weight: 0, Group: 0 } ? f with { Weight = GivenNameWeight } : f);
                }

                if (spellings.Length > 1)
                    JoinSpellings(spellings, change);
            }
        }

        foreach (var (name, given) in whose)
            change(name, f => f with { Given = given });
        foreach (var name in several)
            change(name, f => f with { Given = Given.No });
    }

    private static void JoinSpellings(string[] spellings, Action<string, Func<PartFacts, PartFacts>> change)
    {
        var group = spellings.Select(s => People[Hash(s)].Group).FirstOrDefault(g => g != 0);
        if (group == 0)
        {
            group = (ushort)GroupSkeletons.Count;
            if (group > MostGroups)
                throw new InvalidOperationException("A name part has room for 1,023 groups.");
            GroupSkeletons.Add(0);
        }

        foreach (var name in spellings)
            change(name, f => Join(f, group));
    }

    private static PartFacts Join(in PartFacts facts, ushort group) =>
        facts.Group == 0 ? facts with { Group = group }
        : facts.Group != group && facts.SecondGroup == 0 ? facts with { SecondGroup = group }
        : facts;

    private static void ReadForms()
    {
        foreach (var (canonical, spellings) in Pairs("legal-forms"))
        {
            foreach (var spelling in spellings.Split(';', StringSplitOptions.RemoveEmptyEntries))
            {
                Forms.TryAdd(Hash(spelling), Hash(canonical));
                LongestForm = Math.Max(LongestForm, spelling.Split(' ').Length);
            }
        }
    }
}
