using FourStrands.Formats.CompaniesHouse;
using Xunit;

namespace FourStrands.Formats.Tests.CompaniesHouse;

public sealed class CompaniesHouseTests
{
    [Fact]
    public void Basic_data_is_read_from_its_archive()
    {
        var (read, summary) = Reading.Shared("companies-house/find-that-charity-CompaniesHouseTestData.zip");
        Assert.Equal("ch-companies", summary.Files[0].Format);
        Assert.Empty(read.Rejections);
        Assert.Equal(87, read.Of("Company").Count());
        var bar = read["gb-coh-SC416208"];
        Assert.Equal(["UNIVERSAL BARS LIMITED"], bar["name"]);
        Assert.Equal(["SC416208"], bar["registrationNumber"]);
        Assert.Equal(["gb"], bar["jurisdiction"]);
        Assert.Equal(["2012-02-06"], bar["incorporationDate"]);
        Assert.Equal(["56302 - Public houses and bars"], bar["sector"]);
        Assert.Equal(["18 CAMPHILL AVENUE, SHAWLANDS, GLASGOW, LANARKSHIRE, G41 3AY"], bar["address"]);
        Assert.Contains(
            "Accounts: AccountCategory DORMANT, AccountRefDay 29, AccountRefMonth 2, LastMadeUpDate 29/02/2020, NextDueDate 30/11/2021",
            bar["notes"]
        );
        Assert.Equal(["G41 3AY"], read[bar["addressEntity"][0]]["postalCode"]);
    }

    [Theory]
    [InlineData("Liquidation", "insolvency", true)]
    [InlineData("In Administration/Administrative Receiver", "insolvency", true)]
    [InlineData("Voluntary Arrangement", "insolvency", true)]
    [InlineData("Active - Proposal to Strike off", "corp.strikeoff", false)]
    [InlineData("Live but Receiver Manager on at least one charge", null, false)]
    [InlineData("Active", null, false)]
    public void A_status_can_be_a_warning(string status, string? topic, bool isInsolvent)
    {
        var read = Reading.Text(
            "CompanyName, CompanyNumber,RegAddress.PostCode,CompanyStatus,DissolutionDate\n"
                + $"\"A LTD\",\"SC000001\",\"EH1 1AA\",\"{status}\",\"\"\n\"B LTD\",\"\",\"\",\"Active\",\"\"\n"
        );
        Assert.Equal(topic is null ? [] : [topic], read["gb-coh-SC000001"]["topics"]);
        Assert.Equal(isInsolvent, read.Records.ContainsKey("gb-coh-SC000001-insolvency"));
        Assert.Equal(3, Assert.Single(read.Rejections).Line);
    }

    [Fact]
    public void A_person_with_control_owns_a_share()
    {
        var (read, _) = Reading.Shared("psc/psc-data-1.json");
        Assert.Empty(read.Rejections);
        var person = Assert.Single(read.Of("Person"));
        Assert.Equal(["Marc Anthony Feldman"], person["name"]);
        Assert.Equal(["1961-12"], person["birthDate"]);
        Assert.Equal(["gb"], person["nationality"]);
        Assert.Equal(["9 Princes Square, Harrogate, HG1 1ND, England"], person["address"]);
        var control = Assert.Single(read.Of("Ownership"));
        Assert.Equal([person.Key], control["owner"]);
        Assert.Equal(["gb-coh-08209948"], control["asset"]);
        Assert.Equal(["75-100"], control["percentage"]);
        Assert.Equal(["2021-12-13"], control["startDate"]);
        Assert.Equal(
            ["Statement on control: no individual or entity with signficant control (from 2016-09-11 to 2021-12-13)"],
            read["gb-coh-08209948"]["notes"]
        );
    }

    [Theory]
    [InlineData("psc_ceased_on", "Person", 0)]
    [InlineData("psc-data-2", "Company", 0)]
    [InlineData("psc-data-5", "Organization", 0)]
    [InlineData("psc-data-6", "Organization", 0)]
    [InlineData("psc-data-7", "Company", 0)]
    [InlineData("psc_super_secure", "Company", 0)]
    [InlineData("psc_exemptions", "Company", 0)]
    [InlineData("psc_statement", "Company", 0)]
    [InlineData("psc_unknown_kind", null, 1)]
    public void Every_kind_is_read_or_rejected(string file, string? schema, int rejected)
    {
        var (read, _) = Reading.Shared($"psc/{file}.json");
        Assert.Equal(rejected, read.Rejections.Count);
        if (schema is not null)
            Assert.NotEmpty(read.Of(schema));
    }

    [Fact]
    public void Control_that_ended_has_an_end()
    {
        var control = Assert.Single(Reading.Shared("psc/psc_ceased_on.json").Records.Of("Ownership"));
        Assert.Equal(["2016-10-11"], control["endDate"]);
        Assert.Equal(["25-50"], control["percentage"]);
        Assert.Equal(["ownership of shares 25 to 50 percent", "voting rights 25 to 50 percent"], control["ownershipType"]);
    }

    [Theory]
    [InlineData("Scotland", "gb")]
    [InlineData("United Kingdom (England And Wales)", "gb")]
    [InlineData("England & Wales", "gb")]
    [InlineData("Wales", "gb")]
    [InlineData("Jersey", "je")]
    [InlineData("West Yorkshire", null)]
    public void A_body_on_any_register_of_the_kingdom_is_on_one(string country, string? jurisdiction)
    {
        var read = Reading.Text(
            $$$"""{"company_number":"SC000001","data":{"kind":"corporate-entity-person-with-significant-control","name":"B Ltd","links":{"self":"x/b"},"identification":{"registration_number":"SC2","country_registered":"{{{country}}}","place_registered":"Edinburgh"} } }"""
        );
        var body = read["gb-psc-SC000001-b"];
        Assert.Equal(jurisdiction is null ? [] : [jurisdiction], body["jurisdiction"]);
        Assert.Contains("Place registered: Edinburgh", body["notes"]);
    }

    [Theory]
    [InlineData("right-to-share-surplus-assets-50-to-75-percent-limited-liability-partnership", "50-75")]
    [InlineData("part-right-to-share-surplus-assets-25-to-50-percent", "25-50")]
    [InlineData("ownership-of-shares-75-to-100-percent", "75-100")]
    [InlineData("voting-rights-75-to-100-percent", null)]
    public void A_share_in_what_is_left_is_a_share(string nature, string? band)
    {
        var read = Reading.Text(
            $$$"""{"company_number":"SO300001","data":{"kind":"individual-person-with-significant-control","name":"Ann Bell","natures_of_control":["{{{nature}}}"] } }"""
        );
        Assert.Equal(band is null ? [] : [band], Assert.Single(read.Of("Ownership"))["percentage"]);
    }

    [Theory]
    [InlineData(
        "\"kind\":\"persons-with-significant-control-statement\",\"statement\":\"psc-exists-but-not-identified\",\"notified_on\":\"2016-04-06\",\"linked_psc_name\":\"Ann Bell\"",
        "Statement on control: psc exists but not identified (from 2016-04-06)|Linked psc name: Ann Bell"
    )]
    [InlineData(
        "\"kind\":\"super-secure-person-with-significant-control\",\"description\":\"super-secure-persons-with-significant-control\",\"ceased\":true",
        "Control: a person whose particulars are protected by law (ceased)"
    )]
    [InlineData(
        "\"kind\":\"exemptions\",\"exemptions\":{\"psc_exempt_as_trading_on_uk_regulated_market\":{\"exemption_type\":\"x\",\"items\":[{\"exempt_from\":\"2016-04-06\",\"exempt_to\":\"2018-01-01\"},{\"exempt_from\":\"2019-01-01\"}]}}",
        "Exempt from saying who controls it: psc exempt as trading on uk regulated market (from 2016-04-06 to 2018-01-01); psc exempt as trading on uk regulated market (from 2019-01-01)"
    )]
    public void What_is_said_of_a_company_without_an_owner_is_kept(string data, string notes)
    {
        var read = Reading.Text("{\"company_number\":\"SC000001\",\"data\":{" + data + "}}");
        Assert.Empty(read.Rejections);
        Assert.Equal(notes.Split('|'), read["gb-coh-SC000001"]["notes"]);
    }

    [Fact]
    public void What_a_reader_has_no_place_for_is_kept_as_a_note()
    {
        var companies = Reading.Text(
            "CompanyName, CompanyNumber,RegAddress.PostCode,CompanyStatus,Colour\n\"A LTD\",\"SC000001\",\"EH1 1AA\",\"Active\",\"red\"\n"
        );
        Assert.Equal(["Colour: red"], companies["gb-coh-SC000001"]["notes"]);
        var officers = Reading.Text(
            """{"forename":"Ann","surname":"Bell","person_number":"7","\ud800":"x","permissions_to_act":{"court_name":"Leith","company_names":["A","B"],"expires_on":null},"disqualifications":[{"heard_on":"2022-04-05","undertaken_on":"2022-04-06","last_variation":{"varied_on":"2023-01-02"}}]}"""
        );
        Assert.Equal(["Power to act: court name Leith; company names A, B", "Person number: 7", "x"], Assert.Single(officers.Of("Person"))["notes"]);
        var order = Assert.Single(officers.Of("Sanction"));
        Assert.Equal(["2022-04-05", "2022-04-06"], order["listingDate"]);
        Assert.Equal(["Last variation: varied on 2023-01-02"], order["description"]);
    }

    [Fact]
    public void Counts_and_names_of_the_sample_product_are_those_expected_of_it()
    {
        var (read, _) = Reading.Shared("companies-house/products/convert/input/product-217/sample.csv");
        var expected = File.ReadLines(SharedData.Path("companies-house/products/convert/output/product-217/sample-expected.csv"))
            .Skip(1)
            .Select(line => line.Split(',')[0])
            .ToArray();
        Assert.Empty(read.Rejections);
        Assert.Equal(expected, read.Of("Company").Select(company => company["registrationNumber"].Single()));
    }

    [Theory]
    [InlineData("ownership-of-shares-25-to-50-percent-as-firm", "25-50")]
    [InlineData("voting-rights-50-to-75-percent-as-trust", "50-75")]
    [InlineData("ownership-of-shares-75-to-100-percent", "75-100")]
    [InlineData("ownership-of-shares-more-than-25-percent-registered-overseas-entity", "25-100")]
    [InlineData("significant-influence-or-control", null)]
    public void A_nature_names_a_band(string nature, string? band) => Assert.Equal(band, PscOwner.Band(nature));

    [Fact]
    public void A_disqualified_director_is_told_from_a_sanctioned_one()
    {
        var (read, summary) = Reading.Shared("companies-house/disqualified/retrieve_natural_disqualified_officer.json");
        Assert.Equal("ch-disqualified", summary.Files[0].Format);
        var person = Assert.Single(read.Of("Person"));
        Assert.Equal(["Dust KINDNESSLIQUOR"], person["name"]);
        Assert.Equal(["2022-04-05"], person["birthDate"]);
        Assert.Equal(["corp.disqual"], person["topics"]);
        var order = Assert.Single(read.Of("Sanction"));
        Assert.Equal([person.Key], order["entity"]);
        Assert.Equal(["INV3975227"], order["authorityId"]);
        Assert.Equal(["2022-04-05"], order["endDate"]);
        Assert.Equal(["UNDERTAKING"], order["status"]);
    }

    [Theory]
    [InlineData("corporate_disqualified_officer", "Company")]
    [InlineData("retrieve_corporate_disqualified_officer", "Company")]
    [InlineData("natural_disqualified_officer", "Person")]
    [InlineData("bad_request_natural", "Person")]
    public void Disqualified_officers_come_in_several_wrappings(string file, string schema)
    {
        var (read, _) = Reading.Shared($"companies-house/disqualified/{file}.json");
        Assert.Empty(read.Rejections);
        Assert.Equal(["corp.disqual"], Assert.Single(read.Of(schema))["topics"]);
        Assert.Single(read.Of("Sanction"));
    }

    [Fact]
    public void A_date_that_is_none_is_kept_as_a_note()
    {
        var (read, _) = Reading.Shared("companies-house/disqualified/bad_request_natural.json");
        Assert.Contains("Disqualified from: NOT_A_VALID_DATE", Assert.Single(read.Of("Sanction"))["description"]);
    }
}
