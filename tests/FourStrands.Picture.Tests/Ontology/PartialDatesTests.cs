using Xunit;

namespace FourStrands.Picture.Tests;

public sealed class PartialDatesTests
{
    [Theory]
    [InlineData("1963-04-17 1963-04", "1963-04-17")]
    [InlineData("1963-04 1963-04-17 1963", "1963-04-17")]
    [InlineData("1963 1963-04 1963-05-03", "1963-04 1963-05-03")]
    [InlineData("1963-04-17 1970-05-03 1963-04-17", "1963-04-17 1970-05-03")]
    [InlineData("1963 1964-01", "1963 1964-01")]
    [InlineData("about 1963 1963", "1963 about")]
    public void A_date_that_only_says_less_than_another_is_left_out(string dates, string narrowest) =>
        Assert.Equal(narrowest.Split(' '), PartialDates.Narrowest(dates.Split(' ')));

    [Fact]
    public void Of_no_dates_there_is_none() => Assert.Empty(PartialDates.Narrowest([]));
}
