using Xunit;

namespace FourStrands.Formats.Tests.Sanctions;

/// <summary>Counts were made with Python's csv (cp1252) from the same file.</summary>
public sealed class OfsiReaderTests
{
    private static readonly Lazy<CollectedRecords> _list = new(() => Reading.Shared("uk/ofsi-conlist-2014-04-02.csv").Records);

    [Fact]
    public void The_list_is_read_whole()
    {
        var read = _list.Value;
        Assert.Empty(read.Rejections);
        Assert.Equal(2297, read.Of("Person").Count() + read.Of("Organization").Count());
        Assert.Equal(2297, read.Of("Sanction").Count());
    }

    [Fact]
    public void Rows_of_one_group_are_one_subject()
    {
        var read = _list.Value;
        var company = read["uk-ofsi-10657"];
        Assert.Equal("Organization", company.Schema.Name);
        Assert.Equal(["3M MIZAN MACHINERY MANUFACTURING"], company["name"]);
        Assert.Equal(["3MG", "MIZAN MACHINERY MANUFACTURING (3M)"], company["alias"]);
        Assert.Equal(["PO Box 16595-365, Tehran, Iran"], company["address"]);
        Assert.Equal(["2008-06-24"], read["uk-ofsi-10657-sanction"]["listingDate"]);
        Assert.Equal(["E.29.I.11"], read["uk-ofsi-10657-sanction"]["unscId"]);
        Assert.Equal(["Iran (nuclear proliferation)"], read["uk-ofsi-10657-sanction"]["program"]);
        var person = read["uk-ofsi-6894"];
        Assert.Equal(["1957-08-17", "1958-08-17"], person["birthDate"].Order(StringComparer.Ordinal));
        Assert.Equal(["Korleko-Lombok Timur", "Tirpas-Selong Village, East Lombok"], person["birthPlace"].Order(StringComparer.Ordinal));
        Assert.Equal(["id"], person["birthCountry"]);
        Assert.Equal(["3603251708570001"], person["idNumber"]);
    }

    [Fact]
    public void Words_in_Windows_1252_are_read_right() =>
        Assert.Contains("DPRK’s", Assert.Single(_list.Value["uk-ofsi-12871"]["notes"]), StringComparison.Ordinal);
}
