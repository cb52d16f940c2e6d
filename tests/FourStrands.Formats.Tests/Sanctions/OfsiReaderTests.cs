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
    public void No_value_is_what_stands_between_two_numbers()
    {
        Assert.DoesNotContain(_list.Value.Of("Person"), person => person["birthCountry"].Contains("to"));
        var read = Listed(
            "Country of Birth,Nationality,Passport Details",
            "(1) to (2) Algeria (3) Morocco,1) Uzbek 2) Afghan,\"(1) A1 (Iran) (2) B2 (MISUSE) (Oman) issued\""
        );
        var person = read["uk-ofsi-1"];
        Assert.Equal(["dz", "ma"], person["birthCountry"]);
        Assert.Equal(["uz", "af"], person["nationality"]);
        Assert.Equal(["A1", "B2"], person["passportNumber"]);
        Assert.Equal(["om"], read["uk-ofsi-1-passport-B2"]["country"]);
    }

    [Theory]
    [InlineData("Country", "Kuwait (residence as at Mar 2009)", "country", "kw")]
    [InlineData("Country of Birth", "Ukraine (USSR)", "birthCountry", "ua")]
    [InlineData("Nationality", "Lebanon citizenship", "nationality", "lb")]
    [InlineData("Nationality", "Iranian (Iranian citizenship)", "nationality", "ir")]
    [InlineData("Nationality", "Congolese", "nationality", null)]
    public void A_country_with_more_words_counts_and_keeps_them(string column, string said, string property, string? code)
    {
        var person = Listed(column, said)["uk-ofsi-1"];
        Assert.Equal(code is null ? [] : [code], person[property]);
        Assert.Contains($"{column}: {said}", person["notes"]);
    }

    [Fact]
    public void A_person_has_the_parts_of_the_first_name_alone()
    {
        var read = Reading.Text(
            """
            Last Updated,02/04/2014
            Name 6,Name 1,Name 2,Group Type,Alias Type,Regime,Group ID
            BELL,Ann,Mary,Individual,Prime Alias,Iran,1
            BEL,Anna,,Individual,AKA,Iran,1
            BELL LTD,,,Entity,Prime Alias,Iran,2
            """
        );
        Assert.Equal(["Ann Mary BELL"], read["uk-ofsi-1"]["name"]);
        Assert.Equal(["Anna BEL"], read["uk-ofsi-1"]["alias"]);
        Assert.Equal(
            ("Ann", "Mary", "BELL"),
            (read["uk-ofsi-1"]["firstName"].Single(), read["uk-ofsi-1"]["middleName"].Single(), read["uk-ofsi-1"]["lastName"].Single())
        );
        Assert.Equal(["BELL LTD"], read["uk-ofsi-2"]["name"]);
    }

    private static CollectedRecords Listed(string columns, string values) =>
        Reading.Text($"Name 6,Name 1,Group Type,Alias Type,Regime,Group ID,{columns}\nBELL,Ann,Individual,Prime Alias,Iran,1,{values}\n");

    // No file of the present list is at hand: its columns are those that other programs are known to read.
    [Fact]
    public void The_present_list_is_laid_out_alike()
    {
        var read = Reading.Text(
            """
            Report Date: 22-Nov-2026
            Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name type,Alias strength,Title,Regime Name,Designation Type,Sanctions Imposed,Other Information,UK Statement of Reasons,Address Line 1,Address Postal Code,Address Country,Date Designated,D.O.B,Nationality(/ies),Passport number,Gender,Email address,Designation source
            22/11/2026,RUS0001,12345,,BELL,Ann,Primary Name,,Ms,Russia,Individual,Asset freeze|Travel Ban,Said so,Because,1 High St,EH1 1AA,United Kingdom,01/02/2024,dd/mm/1962,Russia,,Female,a@b.org,UK
            22/11/2026,RUS0001,12345,,BELLE,Anne,Alias,Low,Ms,Russia,Individual,Asset freeze|Travel Ban,Said so,Because,,,,01/02/2024,dd/mm/1962,Russia,,Female,a@b.org,UK
            """
        );
        Assert.Empty(read.Rejections);
        var person = read["uk-sl-RUS0001"];
        Assert.Equal(["Ann BELL"], person["name"]);
        Assert.Equal(["Anne BELLE"], person["weakAlias"]);
        Assert.Equal(["1962"], person["birthDate"]);
        Assert.Equal(["ru"], person["nationality"]);
        Assert.Equal(["female"], person["gender"]);
        Assert.Equal(["Said so", "OFSI Group ID: 12345", "Designation source: UK"], person["notes"]);
        var sanction = read["uk-sl-RUS0001-sanction"];
        Assert.Equal(["Asset freeze", "Travel Ban"], sanction["provisions"]);
        Assert.Equal(["Because"], sanction["reason"]);
        Assert.Equal(["2024-02-01"], sanction["listingDate"].Concat(sanction["startDate"]).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Words_in_Windows_1252_are_read_right() =>
        Assert.Contains("DPRK’s", Assert.Single(_list.Value["uk-ofsi-12871"]["notes"]), StringComparison.Ordinal);
}
