using Xunit;
using static FourStrands.Picture.Tests.TemporaryStore;

namespace FourStrands.Picture.Tests.Views;

/// <summary>An identifier is found however it is typed and however its source writes it.</summary>
public sealed class IdentifierSearchTests : IDisposable
{
    private readonly TemporaryStore store = new();

    public IdentifierSearchTests()
    {
        store.Import(
            Analyst,
            "Register",
            "public",
            "1 Company name=Alpha Haulage Ltd; phone=+441914980200; registrationNumber=SC012345",
            "2 Company name=Beta Haulage Ltd; phone=01314960000; registrationNumber=01234567",
            "3 BankAccount iban=GB33BUKB20201555555555",
            "4 Company name=Gamma Ltd; phone=+35312345678; taxNumber=GB 123 4567 89"
        );
        store.Import(Glenbrae, "Notes", "official;agencies=glenbrae-council", "n Person name=Delta Person; phone=+441914980999");
    }

    public void Dispose() => store.Dispose();

    [Theory]
    [InlineData("0191 498 0200", "1")]
    [InlineData("01914980200", "1")]
    [InlineData("+44 191 498 0200", "1")]
    [InlineData("+441914980200", "1")]
    [InlineData("0044 191 498 0200", "1")]
    [InlineData("+44 (0)191 498-0200", "1")]
    [InlineData("(0191) 4980 200", "1")]
    [InlineData("0191 498 02", "1")]
    [InlineData("0131 496 0000", "2")]
    [InlineData("+44 131 496 0000", "2")]
    [InlineData("+353 1 234 5678", "4")]
    [InlineData("SC 012 345", "1")]
    [InlineData("sc-012345", "1")]
    [InlineData("SC12345", "1")]
    [InlineData("1234567", "2")]
    [InlineData("GB33 BUKB 2020 1555 5555 55", "3")]
    [InlineData("gb33bukb20201555555555", "3")]
    [InlineData("GB123456789", "4")]
    public void It_is_found(string typed, string key)
    {
        var hits = store.As(Strathorn).Search(typed);
        Assert.True(hits.Records >= 1, "nothing is counted");
        Assert.Equal(key, store.As(Strathorn).Find(hits.Hits[0].Entity.Id)!.Records[0].Key);
    }

    [Theory]
    [InlineData("0191 498 0999")]
    [InlineData("+441914980999")]
    public void But_not_by_who_may_not_see_it(string typed)
    {
        Assert.Equal(0, store.As(Strathorn).Search(typed).Records);
        Assert.Empty(store.As(Strathorn).Search(typed).Hits);
        Assert.Single(store.As(Glenbrae).Search(typed).Hits);
    }

    [Theory]
    [InlineData("0191 498 0201")]
    [InlineData("191 498")]
    [InlineData("haulage 12")]
    [InlineData("…")]
    public void Another_number_is_not(string typed) => Assert.Equal(0, store.As(Strathorn).Search(typed).Records);

    [Fact]
    public void A_kind_that_was_asked_for_is_kept_to()
    {
        Assert.Equal(0, store.As(Strathorn).Search("0191 498 0200", Ontology.Default["Person"]).Records);
        Assert.Equal(1, store.As(Strathorn).Search("0191 498 0200", Ontology.Default["Company"]).Records);
    }
}
