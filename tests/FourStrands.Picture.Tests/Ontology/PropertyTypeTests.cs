using Xunit;

namespace FourStrands.Picture.Tests;

public sealed class PropertyTypeTests
{
    [Fact]
    public void There_is_a_type_for_each_of_FollowTheMoneys() =>
        Assert.Equal(
            "address checksum country date email entity gender html identifier ip json language mimetype name number phone string text topic url".Split(' '),
            PropertyType.All.Select(type => type.Name)
        );

    [Theory]
    [InlineData("date", "2026", "2026")]
    [InlineData("date", "2026-11", "2026-11")]
    [InlineData("date", " 2026-11-22 ", "2026-11-22")]
    [InlineData("date", "2026-11-22T10:11:12Z", "2026-11-22")]
    [InlineData("date", "2026-11-22 10:11", "2026-11-22")]
    [InlineData("date", "2026-2-7", "2026-02-07")]
    [InlineData("date", "2024-02-29", "2024-02-29")]
    [InlineData("country", "gb", "gb")]
    [InlineData("country", "GB", "gb")]
    [InlineData("country", "GBR", "gb")]
    [InlineData("country", "United Kingdom", "gb")]
    [InlineData("country", "british", "gb")]
    [InlineData("country", "U.S.A.", "us")]
    [InlineData("country", "Côte d’Ivoire", "ci")]
    [InlineData("country", "Iran, Islamic Republic of", "ir")]
    [InlineData("country", "Scotland", "gb-sct")]
    [InlineData("country", "NO", "no")]
    [InlineData("country", "Trinidad & Tobago", "tt")]
    [InlineData("language", "en", "eng")]
    [InlineData("language", "Scottish Gaelic", "gla")]
    [InlineData("gender", "M", "male")]
    [InlineData("gender", "Female", "female")]
    [InlineData("topic", "sanction", "sanction")]
    [InlineData("topic", "crime.convicted", "crime.convicted")]
    [InlineData("topic", "crime.arson", "crime.arson")]
    [InlineData("name", "  José  Ñandú ", "José Ñandú")]
    [InlineData("name", "Jose\u0301", "José")]
    [InlineData("name", "\"ACME\"", "ACME")]
    [InlineData("string", "a\u0000b\tc", "ab c")]
    [InlineData("text", " a \nb ", "a \nb")]
    [InlineData("identifier", " SC 123 ", "SC 123")]
    [InlineData("address", "1 High St,\n Leith ,, EH6", "1 High St, Leith, EH6")]
    [InlineData("entity", "NK-1", "NK-1")]
    [InlineData("number", "1,234,567.50", "1234567.50")]
    [InlineData("number", "1 234", "1234")]
    [InlineData("number", "-3", "-3")]
    [InlineData("number", "007", "007")]
    [InlineData("number", "1e3", "1000")]
    [InlineData("phone", "+44 (0)20 7946 0958", "+442079460958")]
    [InlineData("phone", "0044 131 496 0000", "+441314960000")]
    [InlineData("phone", "0131 496 0000", "01314960000")]
    [InlineData("email", "MAILTO:Some.One@Example.org", "some.one@example.org")]
    [InlineData("url", "www.example.org/a", "http://www.example.org/a")]
    [InlineData("url", "https://EXAMPLE.org", "https://example.org/")]
    [InlineData("ip", "192.168.0.1", "192.168.0.1")]
    [InlineData("ip", "0:0:0:0:0:0:0:1", "::1")]
    [InlineData("mimetype", "Text/Plain; charset=utf-8", "text/plain")]
    [InlineData("checksum", "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709", "da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData("json", " {\"a\":1} ", "{\"a\":1}")]
    [InlineData("html", "<p>a</p>", "<p>a</p>")]
    public void A_good_value_is_brought_into_one_form_and_stays_there(string type, string value, string kept)
    {
        Assert.Equal(kept, PropertyType.Named(type)!.Clean(value));
        Assert.Equal(kept, PropertyType.Named(type)!.Clean(kept));
    }

    [Theory]
    [InlineData("date", "")]
    [InlineData("date", "0000")]
    [InlineData("date", "2026-13")]
    [InlineData("date", "2025-02-29")]
    [InlineData("date", "22/11/2026")]
    [InlineData("date", "November 2026")]
    [InlineData("date", "circa 1962")]
    [InlineData("date", "2026-11-22x")]
    [InlineData("date", "20261122")]
    [InlineData("country", "Atlantis")]
    [InlineData("country", "")]
    [InlineData("language", "Klingonish")]
    [InlineData("gender", "?")]
    [InlineData("topic", "nonsense")]
    [InlineData("topic", "crime.Arson!")]
    [InlineData("topic", "nonsense.crime")]
    [InlineData("name", " - ")]
    [InlineData("name", "")]
    [InlineData("string", " \t ")]
    [InlineData("text", "\n")]
    [InlineData("identifier", "--")]
    [InlineData("address", ", ,")]
    [InlineData("number", "about 5")]
    [InlineData("number", "1,23")]
    [InlineData("number", "1.2.3")]
    [InlineData("number", "-")]
    [InlineData("number", "NaN")]
    [InlineData("phone", "12")]
    [InlineData("phone", "call me")]
    [InlineData("phone", "123456789012345678901234567890")]
    [InlineData("email", "someone")]
    [InlineData("email", "a@b@c.org")]
    [InlineData("email", "a@localhost")]
    [InlineData("email", "a b@c.org")]
    [InlineData("url", "javascript:alert(1)")]
    [InlineData("url", "http://localhost")]
    [InlineData("url", "https://someone:secret@example.org/")]
    [InlineData("url", "two words")]
    [InlineData("ip", "1.2.3")]
    [InlineData("ip", "1.2.3.256")]
    [InlineData("ip", "010.1.1.1")]
    [InlineData("mimetype", "text")]
    [InlineData("checksum", "abc")]
    [InlineData("json", "{")]
    public void A_bad_value_is_refused(string type, string value) => Assert.Null(PropertyType.Named(type)!.Clean(value));

    [Theory]
    [InlineData("date", "2026-11-22", "22 November 2026")]
    [InlineData("date", "2026-11", "November 2026")]
    [InlineData("date", "2026", "2026")]
    [InlineData("country", "gb", "United Kingdom")]
    [InlineData("country", "gb-sct", "Scotland")]
    [InlineData("country", "xx", "xx")]
    [InlineData("topic", "sanction", "Sanctioned")]
    [InlineData("topic", "crime.arson", "Crime (arson)")]
    [InlineData("gender", "female", "Female")]
    [InlineData("number", "1234567.50", "1,234,567.50")]
    [InlineData("number", "-3", "-3")]
    [InlineData("phone", "+442079460958", "+44 20 7946 0958")]
    [InlineData("phone", "+441314960000", "+44 131 496 0000")]
    [InlineData("phone", "+447700900123", "+44 7700 900123")]
    [InlineData("phone", "+441632960123", "+44 1632 960123")]
    [InlineData("phone", "01314960000", "0131 496 0000")]
    [InlineData("phone", "+38760183628", "+387 601 836 28")]
    [InlineData("email", "a@b.org", "a@b.org")]
    public void People_see_it_in_their_own_words(string type, string kept, string shown) => Assert.Equal(shown, PropertyType.Named(type)!.Show(kept));

    [Fact]
    public void Every_country_is_found_by_its_own_name()
    {
        var country = PropertyType.Named("country")!;
        var file = OrderedYaml.Parse(OntologyFiles.Embedded("Values/countries.yaml").Single().Text, "countries");
        Assert.True(file.Children.Count > 280);
        foreach (var (code, names) in file.Children)
        {
            Assert.Equal(code, country.Clean(code));
            foreach (var name in names.Items!)
                Assert.Equal(code, country.Clean(name));
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_does_no_harm() => Assert.Equal("a\ufffdb", PropertyType.Named("string")!.Clean("a\ud800b"));
}
