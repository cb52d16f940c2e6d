using System.Text;
using Xunit;

namespace FourStrands.Formats.Tests.Sanctions;

/// <summary>Counts were made with Python's csv from the same files.</summary>
public sealed class OfacTests
{
    private static readonly Lazy<(CollectedRecords Records, ReadSummary Summary)> _sdn = new(() => Reading.Shared("ofac/sdn.csv"));

    [Fact]
    public void The_SDN_list_is_read_whole()
    {
        var (read, summary) = _sdn.Value;
        Assert.Equal("ofac-sdn", summary.Files[0].Format);
        Assert.Empty(read.Rejections);
        Assert.Equal(3845, read.Of("Person").Count());
        Assert.Equal(2994, read.Of("Organization").Count());
        Assert.Equal(323, read.Of("Vessel").Count());
        Assert.Equal(217, read.Of("Airplane").Count());
        Assert.Equal(7379, read.Of("Sanction").Count());
        Assert.Equal(8314, read.Of("Sanction").Sum(sanction => sanction["program"].Length));
        Assert.All(read.Of("Person"), person => Assert.Equal(["sanction"], person["topics"]));
        Assert.Equal(679, read.Of("Person").Count(person => person["gender"].Length > 0));
    }

    [Fact]
    public void What_is_said_of_a_person_comes_apart_into_facts()
    {
        var (read, _) = _sdn.Value;
        var person = read["ofac-26235"];
        Assert.Equal(["Alexander Aleksandrovich MALKEVICH"], person["name"]);
        Assert.Equal(["1975-06-14"], person["birthDate"]);
        Assert.Equal(["Leningrad, Russia"], person["birthPlace"]);
        Assert.Equal(["male"], person["gender"]);
        Assert.Equal(["717637093"], person["passportNumber"]);
        Assert.Equal(["Linked to: USA REALLY"], person["notes"]);
        Assert.Equal(["ru"], read["ofac-26235-passport-717637093"]["country"]);
        Assert.Equal(["ofac-26235"], read["ofac-26235-passport-717637093"]["holder"]);
        Assert.Equal(["CYBER2"], read["ofac-26235-sanction"]["program"]);
        Assert.Equal(["ofac-26235"], read["ofac-26235-sanction"]["entity"]);
        Assert.Equal(["ofac-26234"], read["ofac-26235-linked-26234"]["object"]);
    }

    [Fact]
    public void A_ship_has_its_number()
    {
        var (read, _) = _sdn.Value;
        var ship = read["ofac-15036"];
        Assert.Equal(["9187629"], ship["imoNumber"]);
        Assert.Equal(["572469210"], ship["mmsi"]);
        Assert.Equal(["ir"], ship["flag"]);
        Assert.Equal(["99144"], ship["deadweightTonnage"]);
        Assert.Equal(["mt", "tv", "tz"], ship["pastFlags"]);
        Assert.Contains("alt. Former Vessel Flag: None Identified", ship["notes"]);
    }

    [Fact]
    public void Files_that_come_apart_join_by_key_in_any_order()
    {
        var first = new CollectedRecords();
        foreach (var file in new[] { "sdn", "add", "alt", "sdn_comments" })
            ReadStart(file, first);
        var second = new CollectedRecords();
        foreach (var file in new[] { "sdn_comments", "alt", "add", "sdn" })
            ReadStart(file, second);
        Assert.Equal(first.Records.Count, second.Records.Count);
        foreach (var (key, record) in first.Records)
            Assert.True(record.Values.SetEquals(second[key].Values), key);
        var bank = first["ofac-306"];
        Assert.Equal("Organization", bank.Schema.Name);
        Assert.Equal(["NATIONAL BANK OF CUBA"], bank["alias"]);
        Assert.Equal(["BNC"], bank["weakAlias"]);
        Assert.Equal(4, bank["addressEntity"].Length);
        Assert.Equal(["ch"], first["ofac-address-199"]["country"]);
        Assert.Equal(["Zweierstrasse 35"], first["ofac-address-199"]["street"]);
    }

    [Theory]
    [InlineData("add", "ofac-add", 12941, "Address", 0)]
    [InlineData("alt", "ofac-alt", 6667, "LegalEntity", 0)]
    [InlineData("sdn_comments", "ofac-comments", 13, "LegalEntity", 0)]
    [InlineData("cons_prim", "ofac-sdn", 79, "Person", 0)]
    [InlineData("cons_add", "ofac-add", 518, "Address", 0)]
    [InlineData("cons_alt", "ofac-alt", 395, "LegalEntity", 0)]
    [InlineData("cons_comments", "ofac-comments", 10, "LegalEntity", 0)]
    [InlineData("invalid/sdn", "ofac-sdn", 3845, "Person", 1)]
    [InlineData("invalid/add", "ofac-add", 8111, "Address", 1)]
    [InlineData("invalid/alt", "ofac-alt", 3196, "LegalEntity", 1)]
    [InlineData("invalid/sdn_comments", "ofac-comments", 3, "LegalEntity", 1)]
    [InlineData("invalid/csl", null, 0, "Person", 1)]
    public void Each_file_is_told_by_its_content(string file, string? format, int count, string schema, int rejected)
    {
        var (read, summary) = Reading.Shared($"ofac/{file}.csv");
        Assert.Equal(format, summary.Files[0].Format);
        Assert.Equal(count, read.Of(schema).Count());
        Assert.Equal(rejected, read.Rejections.Count);
        Assert.Equal(rejected, summary.Rejected);
    }

    [Fact]
    public void No_number_of_a_subject_is_only_a_note()
    {
        var (read, _) = _sdn.Value;
        Assert.Equal(283, read.Of("Person").Sum(person => person["taxNumber"].Length));
        Assert.Equal(44, read.Of("Organization").Sum(body => body["okpoCode"].Length));
        var (consolidated, _) = Reading.Shared("ofac/cons_prim.csv");
        Assert.Equal(442, consolidated.Of("Sanction").Count());
        Assert.Equal(89, consolidated.Of("Sanction").Count(sanction => sanction["listingDate"].Length > 0));
    }

    [Fact]
    public void A_remark_that_is_cut_off_makes_no_fact()
    {
        var text = new string('x', 980);
        var read = Reading.Text($"1,\"A\",-0- ,\"P\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{text}; Linked To: PROMO RAI\"\n");
        Assert.Contains("Remarks, cut off: Linked To: PROMO RAI", read["ofac-1"]["notes"]);
    }

    // The beginning of each file is enough to see them join.
    private static void ReadStart(string file, CollectedRecords sink)
    {
        var lines = File.ReadLines(SharedData.Path($"ofac/{file}.csv")).Take(1_500);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        ImportFile.Read(content, sink, cancellation: TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("DOB 14 Jun 1975", "birthDate", "1975-06-14")]
    [InlineData("alt. DOB Jun 1975", "birthDate", "1975-06")]
    [InlineData("DOB circa 1962", "birthDate", "1962")]
    [InlineData("DOB 01 Jan 1962 to 31 Dec 1962", "birthDate", "1962")]
    [InlineData("nationality Korea, North", "nationality", "Korea, North")]
    [InlineData("Tax ID No. 7744001497 (Russia)", "taxNumber", "7744001497")]
    [InlineData("a.k.a. 'BNC'", "weakAlias", "BNC")]
    [InlineData("Vessel Registration Identification IMO 9187629", "imoNumber", "9187629")]
    [InlineData("Folio Mercantil No. 12345 (Mexico)", "registrationNumber", "12345")]
    [InlineData("Digital Currency Address - XBT 34wK", "XBT", "34wK")]
    [InlineData("Listing Date (EO 14024 Directive 3): 24 Feb 2022", "listingDate", "2022-02-24")]
    [InlineData("Listing Date (CMIC) 03 Jun 2021", "listingDate", "2021-06-03")]
    [InlineData("National ID No. 11/BaKaNa(Naing)021124 (Burma)", "idNumber", "11/BaKaNa(Naing)021124")]
    [InlineData("R.F.C. ZANM-800402 (Mexico)", "taxNumber", "ZANM-800402")]
    [InlineData("Government Gazette Number 09804148 (Russia)", "okpoCode", "09804148")]
    [InlineData("Telephone No. 009613679153", "phone", "009613679153")]
    [InlineData("DOB 1962 to 1965", "", "DOB 1962 to 1965")]
    [InlineData("Passportless", "", "Passportless")]
    public void A_fact_says_one_thing(string text, string property, string value)
    {
        var fact = Formats.Sanctions.OfacRemarks.Parse(text);
        Assert.Equal((property, value), (fact.Property, fact.Value));
    }

    [Fact]
    public void A_number_keeps_its_country_and_dates()
    {
        var fact = Formats.Sanctions.OfacRemarks.Parse("Passport AB1 (Iran) issued 01 Feb 2001 expires 03 Mar 2011");
        Assert.Equal(("AB1", "Iran", "2001-02-01", "2011-03-03"), (fact.Value, fact.Country, fact.Issued, fact.Expires));
    }
}
