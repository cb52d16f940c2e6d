using CsCheck;
using FourStrands.Deter.Checks;
using Xunit;

namespace FourStrands.Deter.Tests.Checks;

public sealed class ShareTest
{
    [Theory]
    [InlineData("25.5", 25.5, 25.5)]
    [InlineData("25.5 %", 25.5, 25.5)]
    [InlineData("25,5", 25.5, 25.5)]
    [InlineData("100", 100, 100)]
    [InlineData("75-100", 75, 100)]
    [InlineData("25 – 50%", 25, 50)]
    [InlineData("25% to 50%", 25, 50)]
    [InlineData("More than 25% but not more than 50%", 25, 50)]
    [InlineData("ownership-of-shares-75-to-100-percent-as-trust", 75, 100)]
    [InlineData("more than 25%", 25, 100)]
    [InlineData("75% or more", 75, 100)]
    [InlineData("up to 10 per cent", 0, 10)]
    public void A_share_is_read(string text, double from, double to)
    {
        var share = Share.Parse(text);
        Assert.True(share.Known);
        Assert.Equal(((decimal)from, (decimal)to), (share.From, share.To));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("a half")]
    [InlineData("150")]
    [InlineData("50-25")]
    [InlineData("1/3")]
    [InlineData("12 shares of class 1 and 3 of 5")]
    [InlineData("99999999999999999999999999999999999999")]
    public void What_is_no_share_is_unknown(string? text) => Assert.False(Share.Parse(text).Known);

    [Fact]
    public void Shares_are_multiplied_end_by_end()
    {
        var share = Share.Parse("75-100") * Share.Parse("50");
        Assert.Equal(new Share(37.5m, 50, Known: true), share);
        Assert.Equal("37.5% to 50%", share.Text);
        Assert.Equal("share not stated (at most 50%)", (Share.Unknown * Share.Parse("50")).Text);
    }

    [Theory]
    [InlineData("37.5", "75", "28.125%")]
    [InlineData("33.333", "33.333", "11.1109%")]
    [InlineData("99.99", "99.9999", "99.9899%")]
    [InlineData("99.99999", "99.99999", "more than 99.9999%")]
    [InlineData("37.5-40", "75", "28.12% to 30%")]
    [InlineData("30-37.5", "75", "22.5% to 28.13%")]
    [InlineData("0.001-50", "50", "up to 25%")]
    public void A_range_is_rounded_outward_and_a_single_share_to_four_places(string one, string other, string text) =>
        Assert.Equal(text, (Share.Parse(one) * Share.Parse(other)).Text);

    private static readonly Gen<Share> _shares = Gen.Select(
        Gen.Int[0, 1000],
        Gen.Int[0, 1000],
        Gen.Bool,
        (a, b, known) => new Share(Math.Min(a, b) / 10m, Math.Max(a, b) / 10m, known)
    );

    [Fact]
    public void Multiplying_is_the_same_both_ways_and_never_makes_more() =>
        Gen.Select(_shares, _shares)
            .Sample(
                (a, b) =>
                {
                    var both = a * b;
                    return both == b * a && both.From <= both.To && both.To <= Math.Min(a.To, b.To) && a * Share.Whole == a + Share.None;
                }
            );

    [Fact]
    public void Adding_is_the_same_both_ways_and_never_makes_more_than_all() =>
        Gen.Select(_shares, _shares).Sample((a, b) => a + b == b + a && (a + b).To <= 100 && (a + b).From <= (a + b).To);

    [Fact]
    public void Reading_never_throws() => Gen.String.Sample(text => Share.Parse(text) is { From: >= 0, To: <= 100 });
}
