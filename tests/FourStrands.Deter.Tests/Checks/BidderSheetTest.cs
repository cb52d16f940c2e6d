using System.Text;
using FourStrands.Deter.Checks;
using Xunit;

namespace FourStrands.Deter.Tests.Checks;

/// <summary>Lists as officers have them. Whatever is read as a bidder is a bidder: a heading or two bidders in one would come out clean.</summary>
public sealed class BidderSheetTest
{
    private static BidderList Read(string text) => BidderList.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "list.csv");

    [Theory]
    [InlineData("Winter gritting 2027\nCompany name,Company no,Postcode\n")]
    [InlineData("Winter gritting 2027,,\nGC/2027/002,,\n,,\nCompany name,Company no,Postcode\n")]
    [InlineData("\"Winter gritting, 2027\"\n\nBidder details,,Where\nCompany name,Company no,Postcode\n")]
    [InlineData("Tender; closes 1 May\nCompany name;Company no;Postcode\n")]
    [InlineData("\"Company\nname\",\"Company\nno\",Postcode\n")]
    public void Titles_above_the_headings_are_skipped_and_said(string head)
    {
        char separator = head.Contains("name;", StringComparison.Ordinal) ? ';' : ',';
        var list = Read(head + "Vostrin Freight (Scotland) Ltd,ZZ990501,QX4 9VF\n".Replace(',', separator));
        var bidder = Assert.Single(list.Bidders);
        Assert.Equal(("Vostrin Freight (Scotland) Ltd", "ZZ990501", "QX4 9VF"), (bidder.Name, bidder.CompanyNumber, bidder.Postcode));
        Assert.Equal("CSV with headings", list.Format);
        Assert.Empty(list.Rejections);
        Assert.Contains(
            list.Notes,
            n => n.StartsWith("Headings on line", StringComparison.Ordinal) && n.Contains("company number from", StringComparison.Ordinal)
        );
        if (head.StartsWith("Winter", StringComparison.Ordinal))
            Assert.Contains("Line 1 stands above the headings and was not read: “Winter gritting 2027”.", list.Notes);
    }

    [Fact]
    public void Columns_without_headings_are_told_by_their_form_and_that_is_said()
    {
        var list = Read("Vostrin Freight (Scotland) Ltd,ZZ990501,QX4 9VF\nLomarren Civil Engineering,ZZ990301,QX1 1AA\n");
        Assert.Equal(
            [("Vostrin Freight (Scotland) Ltd", "ZZ990501", "QX4 9VF"), ("Lomarren Civil Engineering", "ZZ990301", "QX1 1AA")],
            list.Bidders.Select(b => (b.Name, b.CompanyNumber, b.Postcode))
        );
        Assert.Equal("lines without headings, of which company number, postcode were told by their form", list.Format);
    }

    [Fact]
    public void Columns_of_which_nothing_can_be_told_are_refused_with_the_headings_that_are_understood()
    {
        var list = Read("Vostrin Freight,Jane Smith,Lot one\nLomarren Civil,Jo Bloggs,Lot two\n");
        Assert.Empty(list.Bidders);
        string reason = Assert.Single(list.Rejections).Reason;
        Assert.Contains("3 parts and no headings that are known", reason, StringComparison.Ordinal);
        Assert.Contains("name, company number, trading name", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Headings_that_are_not_known_are_no_bidder()
    {
        var list = Read("Firma,Nummer,PLZ\nVostrin Freight (Scotland) Ltd,ZZ990501,QX4 9VF\nLomarren Ltd,ZZ990301,QX1 1AA\n");
        Assert.Equal(["Vostrin Freight (Scotland) Ltd", "Lomarren Ltd"], list.Bidders.Select(b => b.Name));
        Assert.Equal(1, Assert.Single(list.Rejections).Line);
    }

    [Fact]
    public void A_title_above_columns_without_headings_is_no_bidder()
    {
        var list = Read("Winter gritting,,\nVostrin Freight (Scotland) Ltd,ZZ990501,QX4 9VF\n");
        Assert.Equal("Vostrin Freight (Scotland) Ltd", Assert.Single(list.Bidders).Name);
        Assert.Contains("Winter gritting", Assert.Single(list.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Vostrin Freight (Scotland) Ltd, ZZ990501, QX4 9VF", "Vostrin Freight (Scotland) Ltd", "ZZ990501", "", "QX4 9VF", "")]
    [InlineData("ZZ990501", "", "ZZ990501", "", "", "")]
    [InlineData("sc 123456", "", "SC123456", "", "", "")]
    [InlineData("ZZ990501, Vostrin Freight Ltd", "Vostrin Freight Ltd", "ZZ990501", "", "", "")]
    [InlineData("1, Vostrin Freight Ltd, ZZ990501", "Vostrin Freight Ltd", "ZZ990501", "", "", "")]
    [InlineData("Alpha Ltd t/a Bright Skips", "Alpha Ltd", "", "Bright Skips", "", "")]
    [InlineData("Alpha Ltd (trading as Bright Skips), SC123456", "Alpha Ltd", "SC123456", "Bright Skips", "", "")]
    [InlineData("Alpha Ltd, T/A Bright Skips, SC123456", "Alpha Ltd", "SC123456", "Bright Skips", "", "")]
    [InlineData("Jo Bloggs trading as Bright Skips", "Jo Bloggs", "", "Bright Skips", "", "")]
    [InlineData("Alpha Ltd, 12 High Street, Glasgow, G1 1AA", "Alpha Ltd", "", "", "G1 1AA", "12 High Street, Glasgow")]
    [InlineData("Smith, Jones & Co Ltd; SC123456", "Smith, Jones & Co Ltd", "SC123456", "", "", "")]
    [InlineData("Three Brothers, Wick", "Three Brothers, Wick", "", "", "", "")]
    [InlineData("Northwater 2000 Ltd", "Northwater 2000 Ltd", "", "", "", "")]
    public void A_typed_line_is_understood(string line, string name, string number, string trading, string postcode, string address)
    {
        foreach (var list in (BidderList[])[BidderList.Typed(line), BidderList.Named(line)])
        {
            var bidder = Assert.Single(list.Bidders);
            Assert.Equal((name, number, trading, postcode, address), (bidder.Name, bidder.CompanyNumber, bidder.TradingName, bidder.Postcode, bidder.Address));
            Assert.Empty(list.Rejections);
        }
    }

    [Fact]
    public void A_phone_in_a_typed_line_is_no_company_number()
    {
        var bidder = Assert.Single(BidderList.Typed("Alpha Ltd, 0141 496 0123, bids@alpha.example").Bidders);
        Assert.Equal(("Alpha Ltd", "", "+441414960123", "bids@alpha.example"), (bidder.Name, bidder.CompanyNumber, bidder.Phone, bidder.Email));
    }

    [Fact]
    public void Two_bidders_on_one_line_are_refused()
    {
        var list = BidderList.Typed("Alpha Ltd, Beta Ltd\nGamma Ltd");
        Assert.Equal("Gamma Ltd", Assert.Single(list.Bidders).Name);
        Assert.Contains("more than one bidder", Assert.Single(list.Rejections).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trading_name_has_a_column_of_its_own_or_is_the_name_if_there_is_no_other()
    {
        var bidder = Assert.Single(Read("Bidder,Trading name\nAlpha Ltd,Bright Skips\n").Bidders);
        Assert.Equal(("Alpha Ltd", "Bright Skips"), (bidder.Name, bidder.TradingName));
        Assert.Equal("Bright Skips", Assert.Single(Read("Trading name,Postcode\nBright Skips,G1 1AA\n").Bidders).Name);
    }

    [Theory]
    [InlineData("name,number\n\"Alpha Ltd,SC100001\nBeta Ltd,SC100002\n\"Gamma Ltd\",SC100003\nDelta Ltd,SC100004\n", "Beta Ltd|Gamma Ltd|Delta Ltd")]
    [InlineData("name,number\n\"Alpha Ltd,SC100001\nBeta Ltd,SC100002\nGamma Ltd\",SC100003\nDelta Ltd,SC100004\n", "Beta Ltd|Delta Ltd")]
    [InlineData("name,number\n\"Alpha\nHaulage Ltd\",SC100001\nBeta Ltd,SC100002\n", "Beta Ltd")]
    [InlineData("name,notes\nAlpha Ltd,\"said so\nBeta Ltd,\"late\"\nGamma Ltd,\n", "Beta Ltd|Gamma Ltd")]
    [InlineData("\"Alpha Ltd\nBeta Ltd\n\"Gamma Ltd\"\n", "Beta Ltd|Gamma Ltd")]
    [InlineData("\"Alpha\nHaulage Ltd\"\nBeta Ltd\n", "Beta Ltd")]
    public void A_name_never_runs_over_several_lines_and_the_lines_after_are_kept(string text, string kept)
    {
        var list = Read(text);
        Assert.Equal(kept.Split('|'), list.Bidders.Select(b => b.Name));
        Assert.Contains(
            list.Rejections,
            r => r.Line == (text.StartsWith("name", StringComparison.Ordinal) ? 2 : 1) && r.Reason.Contains("quotation mark", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void An_address_may_run_over_several_lines()
    {
        var bidder = Assert.Single(Read("name,address,number\nAlpha Ltd,\"1 High Street\nGlasgow\nG1 1AA\",SC100001\n").Bidders);
        Assert.Equal("SC100001", bidder.CompanyNumber);
        Assert.Contains("Glasgow", bidder.Address, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12", "", "", "", "phone")]
    [InlineData("", "bad", "", "", "e-mail")]
    [InlineData("", "", "Narnia", "", "country")]
    [InlineData("", "", "", "nonsense", "birth date")]
    public void A_value_that_cannot_be_used_is_said_with_the_form_that_can(string phone, string email, string country, string born, string field)
    {
        var list = BidderList.Named("Jo Bloggs", phone: phone, email: email, country: country, birthDate: born);
        var rejection = Assert.Single(list.Rejections);
        Assert.Equal(field, rejection.Field);
        Assert.Contains("Write i", rejection.Reason, StringComparison.Ordinal);
        Assert.Equal(BidderKind.Unknown, Assert.Single(list.Bidders).Kind);
    }

    [Fact]
    public void What_was_understood_can_be_looked_over()
    {
        var bidder = Assert.Single(BidderList.Typed("Alpha Ltd t/a Bright Skips, SC123456, 12 High Street, Glasgow, G1 1AA").Bidders);
        Assert.Equal(
            [new Detail("Trading as", "Bright Skips"), new Detail("Address", "12 High Street, Glasgow"), new Detail("Postcode", "G1 1AA")],
            bidder.Understood()
        );
    }
}
