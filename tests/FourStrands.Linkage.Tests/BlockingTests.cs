namespace FourStrands.Linkage.Tests;

public sealed class BlockingTests
{
    internal static HashSet<ulong> Link(SubjectKind kind, params FieldValue[] values)
    {
        var keys = new List<BlockingKey>();
        Blocking.LinkKeys(kind, values, keys);
        return [.. keys.Select(k => k.Hash)];
    }

    internal static HashSet<ulong> Screen(SubjectKind kind, params FieldValue[] values)
    {
        var keys = new List<BlockingKey>();
        Blocking.ScreeningKeys(kind, values, keys);
        return [.. keys.Select(k => k.Hash)];
    }

    [Fact]
    public void A_usual_person_has_at_most_twelve_link_keys() =>
        Assert.InRange(
            Link(
                SubjectKind.Person,
                new(Field.Name, "Hamish Urquhart"),
                new(Field.Date, "1971-03-04"),
                new(Field.Postcode, "IV26 2UJ"),
                new(Field.Phone, "01854612345"),
                new(Field.Email, "h@example.org")
            ).Count,
            5,
            12
        );

    [Theory]
    [InlineData("Hamish Urquhart", 30)]
    [InlineData("Muhammad Rafi bin Udin", 30)]
    [InlineData("Maria Alejandra Quintero Villanueva", 50)]
    public void A_usual_name_has_few_screening_keys(string name, int most) =>
        Assert.InRange(Screen(SubjectKind.Person, new FieldValue(Field.Name, name)).Count, 2, most);

    [Theory]
    [InlineData("Hamish Urquhart", "Urquhart, Hamsh")]
    [InlineData("Hamish Urquhart", "Hamish Urqhuart")]
    [InlineData("Osama bin Laden", "Usama bin Ladin")]
    [InlineData("Сергей Лавров", "Sergei Lavrov")]
    [InlineData("Jan Daniel Bothma", "JanDaniel Bothma")]
    [InlineData("William Buchanan", "Bill Buchannan")]
    public void Screening_finds_a_misspelt_name(string listed, string typed) =>
        Assert.True(Screen(SubjectKind.Person, new FieldValue(Field.Name, listed)).Overlaps(Screen(SubjectKind.Person, new FieldValue(Field.Name, typed))));

    [Fact]
    public void A_key_depends_on_its_own_values_alone()
    {
        FieldValue[] all =
        [
            new(Field.Name, "Hamish Urquhart"),
            new(Field.Name, "James Orchard"),
            new(Field.Date, "1971-03-04"),
            new(Field.Phone, "01854612345"),
        ];
        var whole = new List<BlockingKey>();
        Blocking.LinkKeys(SubjectKind.Person, all, whole);
        Assert.True(whole.Where(k => k.First != 0 && k.Second != 0).Select(k => k.Hash).ToHashSet().SetEquals(Link(SubjectKind.Person, all[1..])));
    }

    [Fact]
    public void Keys_are_the_same_in_every_process()
    {
        // Written down once: if this changes, every stored key must be made again, and the tables' version raised.
        var keys = new List<BlockingKey>();
        Blocking.LinkKeys(SubjectKind.Person, [new(Field.TaxNumber, "1234567890")], keys);
        Assert.Equal([new BlockingKey(KnownKey, 0, -1)], keys);
    }

    private const ulong KnownKey = 12917762330086077408;
}
