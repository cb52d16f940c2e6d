using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using FourStrands.Cli.Demo;
using FourStrands.Picture;

namespace FourStrands.Cli.Tests.Demo;

/// <summary>The generator by itself: the same on every machine, plainly fictional, of the size asked for, and its truth known.</summary>
public sealed partial class DemoWorldTests
{
    [Fact]
    public void The_same_seed_gives_the_same_world()
    {
        Assert.Equal(Digest(new DemoWorld(2000, 7)), Digest(new DemoWorld(2000, 7)));
        Assert.NotEqual(Digest(new DemoWorld(2000, 7)), Digest(new DemoWorld(2000, 8)));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(20_000)]
    [InlineData(100_000)]
    public void It_has_about_as_many_records_as_asked_for(int records)
    {
        var listing = Listing.Of(new DemoWorld(records));
        Assert.InRange(listing.Records, records * 0.9, (records * 1.12) + 100);
    }

    [Fact]
    public void Numbers_phones_mail_and_postcodes_belong_to_nobody()
    {
        var listing = Listing.Of(new DemoWorld(5000));
        Assert.All(listing.Values("registrationNumber"), n => Assert.StartsWith("ZZ", n, StringComparison.Ordinal));
        Assert.All(listing.Values("email"), m => Assert.Matches(@"(\.example|@example\.org)$", m));
        Assert.All(listing.Values("phone"), p => Assert.Matches(DramaNumber, p));
        Assert.All(listing.Values("address").Where(a => a.Contains(',', StringComparison.Ordinal)), a => Assert.Matches(@", QX\d+ \d[A-Z]{2}$", a));
    }

    [Fact]
    public void Every_value_is_one_of_its_type()
    {
        var bad = new List<string>();
        foreach (var (property, value) in Listing.Of(new DemoWorld(5000)).All.Where(v => !v.Property.Type.IsEntity))
        {
            if (property.Type.Clean(value) is null)
                bad.Add($"{property.QualifiedName}: {value}");
        }
        Assert.Empty(bad.Distinct(StringComparer.Ordinal).Take(10));
    }

    [Fact]
    public void Every_tie_leads_to_a_record_of_the_same_source()
    {
        var world = new DemoWorld(5000);
        var loose = new List<string>();
        foreach (var source in world.Parts.GroupBy(p => (p.Owner.Agency, p.Request.SourceName)))
        {
            var listing = new Listing();
            foreach (var part in source)
                part.Write(new DemoRecords(listing, Ontology.Default));
            loose.AddRange(
                listing
                    .All.Where(v => v.Property.Type.IsEntity && !listing.Keys.Contains(v.Value))
                    .Select(v => $"{source.Key.SourceName}: {v.Property.QualifiedName} {v.Value}")
            );
        }
        Assert.Empty(loose.Take(10));
    }

    [Fact]
    public void No_two_companies_on_the_register_bear_one_name()
    {
        var world = new DemoWorld(20_000);
        var names = Enumerable.Range(0, world.Companies).Select(n => world.Company(n).Stem).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Restricted_sources_touch_about_a_seventh_of_the_subjects()
    {
        var world = new DemoWorld(20_000);
        var all = new HashSet<Subject>();
        var restricted = new HashSet<Subject>();
        foreach (var part in world.Parts)
        {
            var truth = new DemoTruth();
            truth.Of(part.Owner.Agency, part.Request.SourceName);
            var listing = new Listing();
            part.Write(new DemoRecords(listing, Ontology.Default, truth));
            foreach (string key in listing.Keys)
            {
                if (truth[part.Owner.Agency, part.Request.SourceName, key] is { IsSomebody: true } subject)
                    (part.Request.Label.Equals(Label.Public) ? all : restricted).Add(subject);
            }
        }
        all.UnionWith(restricted);
        Assert.InRange(restricted.Count / (double)all.Count, 0.11, 0.20);
    }

    [Fact]
    public void Given_names_are_skewed_as_people_s_are()
    {
        var world = new DemoWorld(20_000);
        var counts = Enumerable
            .Range(0, world.People)
            .GroupBy(n => world.Person(n).Given[0], StringComparer.Ordinal)
            .Select(g => g.Count())
            .OrderDescending()
            .ToList();
        Assert.True(counts.Count > 250, $"{counts.Count} given names");
        Assert.True(counts[0] > 10 * counts[counts.Count / 2]);
    }

    [GeneratedRegex(@"^(01[1-6]1? ?|020 |0306 |028 |029 |0191 )[0-9 ]+$", RegexOptions.NonBacktracking)]
    private static partial Regex DramaNumber { get; }

    private static string Digest(DemoWorld world) => Listing.Of(world).Digest;

    /// <summary>Takes down everything that a world writes.</summary>
    private sealed class Listing : IRecordSink
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public int Records { get; private set; }

        public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

        public List<(Property Property, string Value)> All { get; } = [];

        public string Digest => Convert.ToHexString(hash.GetCurrentHash());

        public static Listing Of(DemoWorld world)
        {
            var listing = new Listing();
            foreach (var part in world.Parts)
                part.Write(new DemoRecords(listing, Ontology.Default));
            return listing;
        }

        public IEnumerable<string> Values(string property) => All.Where(v => v.Property.Name == property).Select(v => v.Value);

        public void Begin(ReadOnlySpan<char> key, Schema schema)
        {
            Records++;
            Keys.Add(key.ToString());
            Take(string.Create(CultureInfo.InvariantCulture, $"{schema.Name} {key}\n"));
        }

        public void Add(Property property, ReadOnlySpan<char> value)
        {
            All.Add((property, value.ToString()));
            Take(string.Create(CultureInfo.InvariantCulture, $"{property.Name}={value}\n"));
        }

        public void AddUtf8(Property property, ReadOnlySpan<byte> value) => Add(property, Encoding.UTF8.GetString(value));

        public void End() { }

        public void Reject(Rejection rejection) => Assert.Fail(rejection.Reason);

        private void Take(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
    }
}
