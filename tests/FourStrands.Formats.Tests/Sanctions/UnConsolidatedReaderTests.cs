using System.Text;
using Xunit;

namespace FourStrands.Formats.Tests.Sanctions;

/// <summary>Counts were made with Python's ElementTree from the same file.</summary>
public sealed class UnConsolidatedReaderTests
{
    private const string Start = "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>ANN</FIRST_NAME></INDIVIDUAL>";

    private static readonly Lazy<CollectedRecords> _list = new(() => Reading.Shared("un/UN_consolidated.xml").Records);

    [Fact]
    public void The_list_is_read_whole()
    {
        var read = _list.Value;
        Assert.Empty(read.Rejections);
        Assert.Equal(730, read.Of("Person").Count());
        Assert.Equal(273, read.Of("Organization").Count());
        Assert.Equal(1003, read.Of("Sanction").Count());
        Assert.Equal(54, read.Of("Person").Count(person => person["gender"].Length > 0));
        Assert.Equal(1003, read.Of("Sanction").Select(sanction => Assert.Single(sanction["unscId"])).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_person_of_the_list()
    {
        var read = _list.Value;
        var person = read["un-6907993"];
        Assert.Equal(["ERIC BADEGE"], person["name"]);
        Assert.Equal(["cd"], person["nationality"]);
        Assert.Equal(["1971"], person["birthDate"]);
        Assert.Equal(["male"], person["gender"]);
        Assert.Equal(["rw"], person["country"]);
        Assert.Contains("Address: as of early 2016", person["notes"]);
        Assert.Equal(["sanction"], person["topics"]);
        var sanction = read["un-6907993-sanction"];
        Assert.Equal(["CDi.001"], sanction["unscId"]);
        Assert.Equal(["2012-12-31"], sanction["listingDate"]);
        Assert.Equal(["DRC"], sanction["program"]);
    }

    [Fact]
    public void Every_sanction_has_the_day_it_was_listed_and_no_alias_holds_two()
    {
        var read = _list.Value;
        Assert.All(read.Of("Sanction"), sanction => Assert.Single(sanction["listingDate"]));
        Assert.DoesNotContain(
            read.Records.Values.SelectMany(record => record.Values),
            value => value.Property is "alias" or "weakAlias" or "previousName" && value.Value.Contains(';', StringComparison.Ordinal)
        );
    }

    [Fact]
    public void What_is_not_exact_is_said_so()
    {
        var read = Reading.Text(
            Start.Replace(
                "</FIRST_NAME></INDIVIDUAL>",
                """
                </FIRST_NAME><LISTED_ON>2015-04-07-04:00</LISTED_ON>
                <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>A Bel; A Belle</ALIAS_NAME><NOTE>in Leith</NOTE></INDIVIDUAL_ALIAS>
                <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1966</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
                <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1962</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
                <DELISTED_ON>2020-01-01</DELISTED_ON></INDIVIDUAL>
                """,
                StringComparison.Ordinal
            ) + "</INDIVIDUALS></CONSOLIDATED_LIST>"
        );
        Assert.Empty(read.Rejections);
        Assert.Equal(["2015-04-07"], read["un-1-sanction"]["listingDate"]);
        Assert.Equal(["A Bel", "A Belle"], read["un-1"]["weakAlias"]);
        Assert.Equal(["1966"], read["un-1"]["birthDate"]);
        Assert.Equal(
            ["Alias A Bel; A Belle, NOTE: in Leith", "Date of birth: 1966 (approximately)", "Date of birth: between 1960 and 1962", "DELISTED_ON: 2020-01-01"],
            read["un-1"]["notes"]
        );
    }

    [Fact]
    public void Windows_1252_is_read_where_the_file_says_so()
    {
        var text =
            "<?xml version=\"1.0\" encoding=\"windows-1252\"?>" + Start.Replace("ANN", "ZO~", StringComparison.Ordinal) + "</INDIVIDUALS></CONSOLIDATED_LIST>";
        var bytes = Encoding.ASCII.GetBytes(text);
        bytes[Array.IndexOf(bytes, (byte)'~')] = 0xcb;
        Assert.Equal(["ZOË"], Reading.Bytes(bytes)["un-1"]["name"]);
    }

    [Fact]
    public void Bytes_of_another_encoding_are_told_of()
    {
        var bytes = Encoding.ASCII.GetBytes(
            Start + "\n<INDIVIDUAL><DATAID>2</DATAID><FIRST_NAME>ZO~ BELL</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"
        );
        bytes[Array.IndexOf(bytes, (byte)'~')] = 0xcb;
        var read = Reading.Bytes(bytes);
        Assert.Contains("Save it again as UTF-8", Assert.Single(read.Rejections).Reason, StringComparison.Ordinal);
        Assert.Contains("un-1", read.Records.Keys);
    }

    [Fact]
    public void Text_in_very_many_pieces_takes_no_time_to_speak_of()
    {
        var read = Reading.Text(
            Start.Replace("ANN", string.Concat(Enumerable.Repeat("<![CDATA[A]]><!--x-->", 300_000)), StringComparison.Ordinal)
                + "</INDIVIDUALS></CONSOLIDATED_LIST>"
        );
        Assert.Equal(300_000, Assert.Single(read["un-1"]["name"]).Length);
    }

    [Fact]
    public void What_comes_before_the_cut_is_kept()
    {
        var read = Reading.Text(Start + "\n<INDIVIDUAL><DATAID>2</DATAID><FIRST");
        Assert.Equal(["un-1", "un-1-sanction"], read.Records.Keys);
        Assert.Equal(2, Assert.Single(read.Rejections).Line);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]>", "document type")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>", "document type")]
    [InlineData("<!DOCTYPE x [<!ENTITY % a SYSTEM \"http://127.0.0.1:9/a\">%a;]>", "document type")]
    [InlineData("<!DOCTYPE x SYSTEM \"file:///etc/passwd\">", "document type")]
    public void A_document_type_is_refused(string type, string said)
    {
        var read = Reading.Text(type + Start + "</INDIVIDUALS></CONSOLIDATED_LIST>");
        Assert.Empty(read.Records);
        Assert.Contains(said, Assert.Single(read.Rejections).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_and_length_have_limits()
    {
        var deep = Reading.Text(Start + string.Concat(Enumerable.Repeat("<A>", 100)));
        Assert.Contains("nested", Assert.Single(deep.Rejections).Reason, StringComparison.Ordinal);
        Assert.NotEmpty(deep.Records);
        var options = new ReadOptions { MaxLineBytes = 100_000 };
        var wide = Reading.Text(Start + $"<A B='{new string('x', 10_000_000)}'/>", options);
        Assert.Contains("longer than 100,000", Assert.Single(wide.Rejections).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void UTF_16_is_read_though_the_declaration_says_so()
    {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + Start + "</INDIVIDUALS></CONSOLIDATED_LIST>";
        Assert.Equal(["ANN"], Reading.Bytes([0xff, 0xfe, .. Encoding.Unicode.GetBytes(text)])["un-1"]["name"]);
    }

    [Fact]
    public void An_entry_without_number_is_rejected()
    {
        var read = Reading.Text(Start + "<INDIVIDUAL><FIRST_NAME>BOB</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>");
        Assert.Equal("DATAID", Assert.Single(read.Rejections).Field);
        Assert.Equal(2, read.Records.Count);
    }
}
