using System.Text;
using System.Text.Json;
using CsCheck;
using FourStrands.Deter.Checks;
using Xunit;

namespace FourStrands.Deter.Tests.Checks;

public sealed class BidderListTest
{
    private static BidderList Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static BidderList Read(byte[] bytes) => BidderList.Read(new MemoryStream(bytes), "list.csv");

    [Theory]
    [InlineData("Petrel Plant Ltd, no. 09090909", "09090909")]
    [InlineData("Petrel Plant Ltd, Company number: 09090909", "09090909")]
    [InlineData("Petrel Plant Ltd, reg. no SC123456", "SC123456")]
    [InlineData("Petrel Plant Ltd (09090909)", "09090909")]
    [InlineData("Petrel Plant Ltd - SC123456", "SC123456")]
    [InlineData("Petrel Plant Ltd 09090909", "09090909")]
    [InlineData("Petrel Plant Ltd (09090909), G1 1AA", "09090909")]
    [InlineData("Petrel Plant Ltd / SC123456", "SC123456")]
    [InlineData("Petrel Plant Ltd, 45678.0", "00045678")]
    public void A_number_is_known_with_what_stands_before_or_around_it(string typed, string number)
    {
        var bidder = Assert.Single(BidderList.Typed(typed).Bidders);
        Assert.Equal(("Petrel Plant Ltd", number), (bidder.Name, bidder.CompanyNumber));
    }

    [Theory]
    [InlineData("45678.0", "00045678")]
    [InlineData("SC4321.0", "SC004321")]
    [InlineData("Company No. 00045678", "00045678")]
    [InlineData("company number: SC 123456", "SC123456")]
    public void A_number_is_known_as_spreadsheets_and_people_write_it(string given, string number) =>
        Assert.Equal(number, Assert.Single(Read($"name,number\nPetrel Plant Ltd,{given}").Bidders).CompanyNumber);

    [Fact]
    public void A_charitys_number_is_not_a_companys()
    {
        var both = Assert.Single(Read("name,charity number,company number\nTestshire Trust,SC043210,SC777888").Bidders);
        Assert.Equal(("SC777888", "SC043210"), (both.CompanyNumber, both.CharityNumber));
        Assert.Equal("", Assert.Single(Read("name,charity number\nTestshire Trust,SC043210").Bidders).CompanyNumber);
        Assert.Equal("", Assert.Single(Read("name,charity number\nTestshire Trust,n/a").Bidders).CharityNumber);
        var typed = Assert.Single(BidderList.Typed("Testshire Trust, charity no. SC043210, SC777888").Bidders);
        Assert.Equal(("SC777888", "SC043210"), (typed.CompanyNumber, typed.CharityNumber));
    }

    [Fact]
    public void Of_two_company_numbers_the_one_that_is_not_taken_is_said()
    {
        var list = Read("name,company number,crn\nPetrel Plant Ltd,SC777888,SC777889\nZebra Ltd,SC4321,SC004321");
        Assert.Equal("SC777888", list.Bidders[0].CompanyNumber);
        Assert.Equal((2, "SC777889"), (Assert.Single(list.Rejections).Line, list.Rejections[0].Excerpt));
    }

    [Theory]
    [InlineData("Studio 54")]
    [InlineData("Number 10 Catering Ltd")]
    [InlineData("Petrel 12345678 Ltd")]
    [InlineData("Brigade 09090909")]
    public void A_number_within_a_name_stays_in_it(string typed) => Assert.Equal((typed, ""), Name(Assert.Single(BidderList.Typed(typed).Bidders)));

    private static (string, string) Name(Bidder bidder) => (bidder.Name, bidder.CompanyNumber);

    [Fact]
    public void Columns_are_known_by_many_headings()
    {
        var list = Read(
            "Tenderer,CRN,Registered Address,Post Code,Tel.,E-mail,VAT No,Bank,Country\r\nAcme (Scotland) Ltd,SC123456,\"1 High Street, Glasgow\",g1 1aa,0141 496 0123,Info@Acme.example,GB 123 4567 89,x,Scotland\r\n"
        );
        var bidder = Assert.Single(list.Bidders);
        Assert.Equal("CSV with headings", list.Format);
        Assert.Equal("Acme (Scotland) Ltd", bidder.Name);
        Assert.Equal("SC123456", bidder.CompanyNumber);
        Assert.Equal("1 High Street, Glasgow", bidder.Address);
        Assert.Equal("G1 1AA", bidder.Postcode);
        Assert.Equal("+441414960123", bidder.Phone);
        Assert.Equal("info@acme.example", bidder.Email);
        Assert.Equal("GB123456789", bidder.VatNumber);
        Assert.Equal(BidderKind.Organisation, bidder.Kind);
        Assert.Equal(2, bidder.Line);
    }

    [Fact]
    public void Typed_lines_may_end_in_a_number_and_names_may_have_commas()
    {
        var list = BidderList.Typed("Smith, Jones & Co Ltd, SC 123456\n\nJo Bloggs\n\"Quoted, Ltd\", 1234567\nThree Brothers, Wick");
        Assert.Equal(["Smith, Jones & Co Ltd", "Jo Bloggs", "Quoted, Ltd", "Three Brothers, Wick"], list.Bidders.Select(b => b.Name));
        Assert.Equal(["SC123456", "", "01234567", ""], list.Bidders.Select(b => b.CompanyNumber));
        Assert.Equal([1, 3, 4, 5], list.Bidders.Select(b => b.Line));
    }

    [Theory]
    [InlineData("name;number\nA Ltd;SC1")]
    [InlineData("name\tnumber\nA Ltd\tSC1")]
    [InlineData("name|number\nA Ltd|SC1")]
    public void Separators_are_found(string text) => Assert.Equal(("A Ltd", "SC000001".Length), (Read(text).Bidders[0].Name, 8));

    [Fact]
    public void One_column_with_a_heading() => Assert.Equal(["A Ltd", "B Ltd"], Read("Company\nA Ltd\nB Ltd\n").Bidders.Select(b => b.Name));

    [Fact]
    public void Entities_are_read_and_what_cannot_bid_is_refused()
    {
        var list = Read(
            """
            {"id":"a","schema":"Company","properties":{"name":["Acme Ltd"],"registrationNumber":["SC123456"],"jurisdiction":["gb"]}}
            {"id":"b","schema":"Vessel","properties":{"name":["Ship"]}}
            {"id":"c","schema":"Person","properties":{"name":["Jo Bloggs"],"birthDate":["1970-05"]}}
            {"id":"d","schema":"Company","prope
            """
        );
        Assert.Equal(["Acme Ltd", "Jo Bloggs"], list.Bidders.Select(b => b.Name));
        Assert.Equal(BidderKind.Person, list.Bidders[1].Kind);
        Assert.Equal([2L, 4L], list.Rejections.Select(r => r.Line));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-32")]
    public void Encodings_with_a_mark(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        Assert.Equal("Käse & Söhne GmbH", Read([.. encoding.GetPreamble(), .. encoding.GetBytes("name\nKäse & Söhne GmbH")]).Bidders[0].Name);
    }

    [Fact]
    public void Encodings_without_a_mark()
    {
        Assert.Equal("Käse GmbH", Read(Encoding.UTF8.GetBytes("Käse GmbH")).Bidders[0].Name);
        Assert.Equal("Käse GmbH", Read(Encoding.Latin1.GetBytes("Käse GmbH")).Bidders[0].Name);
        Assert.Equal("Käse GmbH", Read(Encoding.Unicode.GetBytes("Käse GmbH")).Bidders[0].Name);
    }

    [Fact]
    public void Empty_names_are_rejected_with_their_line_and_the_rest_is_kept()
    {
        var list = Read("name,number\nA Ltd,SC1\n,SC2\n  ,\n\"-\",SC3\nB Ltd,SC4\n");
        Assert.Equal(["A Ltd", "B Ltd"], list.Bidders.Select(b => b.Name));
        Assert.Equal([(3L, "name"), (5L, "name")], list.Rejections.Select(r => (r.Line, r.Field)));
    }

    [Fact]
    public void A_bad_value_costs_the_value_not_the_bidder()
    {
        var list = Read("name,number,email,iban,dob,country\nA Ltd,1.2E+07,nonsense,GB00 1234,1/1/1980,Nowhereland\n");
        Assert.Equal("A Ltd", Assert.Single(list.Bidders).Name);
        Assert.Equal(["country", "company number", "birth date", "e-mail", "IBAN"], list.Rejections.Select(r => r.Field));
    }

    [Fact]
    public void An_unclosed_quote_costs_one_line()
    {
        var list = Read("name,number\n\"A Ltd,SC1\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"B{i} Ltd,SC{1000 + i}\n")));
        Assert.Equal(50, list.Bidders.Count);
        Assert.Equal(2, Assert.Single(list.Rejections).Line);
    }

    [Fact]
    public void A_shifted_row_is_rejected() =>
        Assert.Contains("quotation marks", Assert.Single(Read("name,number\nSmith, Jones Ltd,SC1\n").Rejections).Reason, StringComparison.Ordinal);

    [Fact]
    public void Duplicates_are_noted_once()
    {
        var list = Read("name,number\nAcme Limited,SC123456\nACME LTD.,sc 123456\nAcme Limited,SC999999\n");
        Assert.Equal(2, list.Bidders.Count);
        Assert.Equal(new DuplicateBidder(3, 2, "ACME LTD."), Assert.Single(list.Duplicates));
    }

    [Fact]
    public void Namesakes_without_a_number_stay_apart_by_postcode() =>
        Assert.Equal(2, Read("name,postcode\nSmith Builders,KW1 4AA\nSmith Builders,DG1 1AA\n").Bidders.Count);

    [Theory]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 0 }, "workbook")]
    [InlineData(new byte[] { 0x25, 0x50, 0x44, 0x46 }, "PDF")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8 }, "compressed")]
    [InlineData(new byte[] { 65, 0, 0, 66, 0, 0 }, "not a text file")]
    [InlineData(new byte[0], "empty")]
    public void What_is_no_list_says_what_to_do(byte[] bytes, string reason)
    {
        var list = Read(bytes);
        Assert.Empty(list.Bidders);
        Assert.Contains(reason, Assert.Single(list.Rejections).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_has_a_limit()
    {
        var list = Read("name\n" + string.Concat(Enumerable.Range(0, BidderList.MaxBidders + 5).Select(i => $"Bidder {i}\n")));
        Assert.Equal(BidderList.MaxBidders, list.Bidders.Count);
        Assert.Equal(BidderList.MaxBidders + 2, Assert.Single(list.Rejections).Line);
    }

    [Fact]
    public void A_file_has_a_limit()
    {
        var list = Read("name\nA Ltd\n" + new string('x', BidderList.MaxBytes));
        Assert.Equal("A Ltd", Assert.Single(list.Bidders).Name);
        Assert.Contains("larger than 10 MB", list.Rejections[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_never_throws_and_every_bidder_has_a_name_or_a_number() =>
        Gen.OneOf(Gen.Byte.Array[0, 400], Gen.Char["\"'=,;|\t\n\rname{}abc019 "].Array[0, 200].Select(c => Encoding.UTF8.GetBytes(c)))
            .Sample(bytes => Read(bytes).Bidders.All(b => b.Name.Length > 0 || b.CompanyNumber.Length > 0));

    [Fact]
    public void A_list_written_as_csv_is_read_back() =>
        Gen.Char["abc \",;'&-é"]
            .Array[1, 20]
            .Select(c => new string(c))
            .Where(n => n.Any(char.IsLetter) && n.Trim() == n && !n.Contains("  ", StringComparison.Ordinal) && n[0] != '"' && n[^1] != '"')
            .List[1, 8]
            .Select(names => names.DistinctBy(BidderName.Normal).ToList())
            .Sample(names =>
                Read("name,number\n" + string.Concat(names.Select(n => $"\"{n.Replace("\"", "\"\"", StringComparison.Ordinal)}\",\n")))
                    .Bidders.Select(b => b.Name)
                    .SequenceEqual(names)
            );

    [Fact]
    public void A_program_sends_names_or_objects_and_learns_which_of_them_are_no_use()
    {
        using var sent = JsonDocument.Parse(
            """
            ["Petrel Plant Ltd, SC123456", {"name":"Heather Hire","companyNumber":"09090909","post code":"g1 1aa","phone":null},
             {"name":"Petrel Plant Ltd","Company Number":"SC123456"}, {"name":"Tern","colour":"red","phone":7}, {}, 7, ["Tern"]]
            """
        );
        var list = BidderList.Items(sent.RootElement);
        Assert.Equal(
            [("Petrel Plant Ltd", "SC123456", "", 1), ("Heather Hire", "09090909", "G1 1AA", 2), ("Tern", "", "", 4)],
            list.Bidders.Select(b => (b.Name, b.CompanyNumber, b.Postcode, b.Line))
        );
        Assert.Equal((3, 1), (Assert.Single(list.Duplicates).Line, list.Duplicates[0].FirstLine));
        Assert.Equal([4, 4, 5, 6, 7], list.Rejections.Select(r => r.Line));
        using var other = JsonDocument.Parse("{}");
        Assert.Throws<ArgumentException>(() => BidderList.Items(other.RootElement));
    }

    [Theory]
    [InlineData("Flat 2, 12 High Street, Glasgow G1 1AA", "2/12 High St, G11AA", true)]
    [InlineData("12 High Street, Glasgow G1 1AA", "14 High Street, Glasgow G1 1AA", false)]
    [InlineData("Rose Cottage, Wick KW1 4AA", "ROSE COTTAGE, WICK, KW1 4AA", true)]
    [InlineData("Glasgow", "Glasgow", false)]
    [InlineData("12 Rue de la Paix, 75002 Paris", "12, rue de la Paix 75002 PARIS", true)]
    public void Addresses_are_compared(string left, string right, bool same)
    {
        string? key = AddressKey.Of(left);
        Assert.Equal(same, key is not null && key == AddressKey.Of(right));
    }
}
