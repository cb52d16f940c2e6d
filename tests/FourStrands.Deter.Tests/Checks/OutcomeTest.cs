using System.Text;
using FourStrands.Deter.Checks;
using FourStrands.Picture;
using Xunit;

namespace FourStrands.Deter.Tests.Checks;

/// <summary>What is said of a bidder as a whole: that nothing was found is said only of who is known.</summary>
public sealed class OutcomeTest
{
    private const string House = "Companies House";

    private static readonly string[] _register =
    [
        "a Company name=Acme Groundworks Limited; registrationNumber=SC123456; jurisdiction=gb",
        "b Company name=Zebra Catering Limited; registrationNumber=SC777777; jurisdiction=gb",
    ];

    private static string Printed(CheckResult result) =>
        string.Join(
            '\n',
            TenderRecord.Of(result).Sections.SelectMany(s => s.Paragraphs.Concat(s.Table?.Rows.Select(r => string.Join('|', r)) ?? []).Prepend(s.Heading))
        );

    private static string Table(CheckResult result)
    {
        using var csv = new MemoryStream();
        CheckTable.Write(result, csv);
        return Encoding.UTF8.GetString(csv.ToArray());
    }

    [Fact]
    public void A_bidder_of_whom_no_source_has_a_record_is_not_identified_and_not_clear()
    {
        using var world = new World();
        world.Register(House, _register);
        var result = world.Run(World.Glenbrae, "Nobody Knows This Firm Ltd, SC555555");
        var bidder = Assert.Single(result.Bidders);
        Assert.Equal((Outcome.NotIdentified, Identification.None), (bidder.Outcome, bidder.Identification));
        Assert.StartsWith("Not identified: no source that was searched has a record of it.", bidder.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(CheckResult.NothingFound, bidder.Text, StringComparison.Ordinal);
        Assert.Contains("1 not identified", result.Summary, StringComparison.Ordinal);
        Assert.False(result.IsClear);
        Assert.True(result.HasUnidentified);
        Assert.Contains("\"outcome\":\"notIdentified\"", Encoding.UTF8.GetString(CheckJson.Write(result)), StringComparison.Ordinal);
        Assert.Contains("\"Not identified\"", Table(result), StringComparison.Ordinal);
        Assert.Contains("Not identified: no source", Printed(result), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_nobody_has_judged_is_said_first_and_not_clear()
    {
        using var world = new World();
        world.Register(House, _register);
        var check = world.Start(World.Glenbrae, "Acme Groundworks Ltd");
        var before = world.Run(World.Glenbrae, check);
        var bidder = Assert.Single(before.Bidders);
        var identity = Assert.Single(bidder.Identity);
        Assert.Equal((Outcome.Unconfirmed, Identification.Unjudged, true), (bidder.Outcome, bidder.Identification, bidder.Waits));
        Assert.StartsWith("To be judged first: it may be “Acme Groundworks Limited” (Companies House)", bidder.Text, StringComparison.Ordinal);
        Assert.False(before.IsClear);

        BidderChecks.Judge(world.As(World.Glenbrae), identity.Match.Left.Id, identity.Match.Right.Id, Verdict.Same, "The only one of that name.");
        var after = world.Run(World.Glenbrae, check);
        Assert.Equal((Outcome.NothingFound, Identification.Confirmed), (after.Bidders[0].Outcome, after.Bidders[0].Identification));
        Assert.True(after.IsClear);

        world.Clock.Advance(TimeSpan.FromMinutes(1));
        BidderChecks.Judge(world.As(World.Glenbrae), identity.Match.Left.Id, identity.Match.Right.Id, Verdict.Different, "Another firm.");
        Assert.Equal(Outcome.NotIdentified, world.Run(World.Glenbrae, check).Bidders[0].Outcome);
    }

    [Fact]
    public void A_record_with_the_company_number_in_the_tender_is_taken_to_be_it_and_that_is_said()
    {
        using var world = new World();
        world.Register(House, _register);
        var bidder = Assert.Single(world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456").Bidders);
        Assert.Equal((Outcome.NothingFound, Identification.ByNumber), (bidder.Outcome, bidder.Identification));
        Assert.StartsWith(
            "Taken to be “Acme Groundworks Limited” (Companies House) by its company number, which nobody has confirmed.",
            bidder.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_company_number_alone_is_looked_up()
    {
        using var world = new World();
        world.Register(House, _register);
        var bidder = Assert.Single(world.Run(World.Glenbrae, "SC123456").Bidders);
        Assert.Equal("SC123456", bidder.Bidder.Name);
        Assert.Equal("Acme Groundworks Limited", Assert.Single(bidder.Identity).Record.Caption);
        Assert.NotEqual(Outcome.NotIdentified, bidder.Outcome);
    }

    private static readonly string[] _namesakes =
    [
        "gb-coh-04415678 Company name=Eastgate Haulage Ltd; registrationNumber=04415678; jurisdiction=gb",
        "gb-coh-07719234 Company name=Eastgate Haulage Ltd; registrationNumber=07719234; jurisdiction=gb",
        "p Person name=Evadne Crookshanks; topics=sanction",
        "o Ownership owner=p; asset=gb-coh-04415678; percentage=100",
    ];

    [Theory]
    [InlineData("Eastgate Haulage Ltd, 04415678", "gb-coh-04415678", 1)]
    [InlineData("Eastgate Haulage Ltd, 4415678", "gb-coh-04415678", 1)]
    [InlineData("04415678", "gb-coh-04415678", 1)]
    [InlineData("Eastgate Haulage Ltd, 07719234", "gb-coh-07719234", 0)]
    public void Of_two_companies_of_one_name_the_number_says_which_without_a_country(string typed, string taken, int findings)
    {
        using var world = new World();
        world.Register(House, _namesakes);
        var bidder = Assert.Single(world.Run(World.Glenbrae, typed).Bidders);
        Assert.Equal(Identification.ByNumber, bidder.Identification);
        Assert.Equal(taken, Assert.Single(bidder.Identity).Record.Key);
        Assert.Equal(findings, bidder.Findings.Count);
        // It was not said, and so is shown to be looked over.
        Assert.Contains(bidder.Bidder.Understood, d => d.Name == "Register" && d.Value.StartsWith("United Kingdom", StringComparison.Ordinal));
    }

    [Fact]
    public void A_number_finds_a_company_under_another_name_and_a_country_that_is_given_is_taken_as_it_is()
    {
        using var world = new World();
        world.Register(House, _namesakes);
        var other = Assert.Single(world.Run(World.Glenbrae, "Completely Other Name Ltd, 04415678").Bidders);
        Assert.Equal(Identification.Unjudged, other.Identification);
        Assert.Equal("gb-coh-04415678", Assert.Single(other.Identity).Record.Key);
        var list = BidderList.Read(
            new MemoryStream(Encoding.UTF8.GetBytes("name,company number,country\nCompletely Other Name,04415678,Denmark\n")),
            "list.csv"
        );
        var danish = Assert.Single(world.Run(World.Glenbrae, world.Checks.Start(world.As(World.Glenbrae), new CheckRequest("Another"), list)).Bidders);
        Assert.Equal(Identification.None, danish.Identification);
        Assert.DoesNotContain(danish.Bidder.Understood, d => d.Name == "Register");
    }

    private static readonly string[] _slips =
    [
        "gb-coh-12345678 Company name=Elm Build Ltd; registrationNumber=12345678; jurisdiction=gb",
        "gb-coh-01234567 Company name=Alder Works Ltd; registrationNumber=01234567; jurisdiction=gb",
        "gb-coh-02222222 Company name=Alder Holdings Ltd; registrationNumber=02222222; jurisdiction=gb; topics=debarment",
        "gb-coh-06060606 Company name=Northgate Building Supplies Ltd; registrationNumber=06060606; jurisdiction=gb",
        "gb-coh-99887766 Company name=Kiln Services Ltd; registrationNumber=99887766; jurisdiction=gb; topics=debarment",
    ];

    [Fact]
    public void An_earlier_check_of_a_number_alone_makes_nobody_known_under_another_name()
    {
        using var world = new World();
        world.Register(House, _slips);
        Assert.Equal(Outcome.NothingFound, Assert.Single(world.Run(World.Glenbrae, "12345678").Bidders).Outcome);
        var bidder = Assert.Single(world.Run(World.Glenbrae, "Completely Different plc, 12345678").Bidders);
        Assert.Equal((Outcome.Unconfirmed, Identification.Unjudged), (bidder.Outcome, bidder.Identification));
        Assert.False(Assert.Single(bidder.Identity).Joined);
        var both = world.Run(World.Glenbrae, "Zebra Foods Ltd, 12345678\n12345678");
        Assert.Equal(Identification.Unjudged, both.Bidders[0].Identification);
    }

    [Theory]
    [InlineData("Northgate Building Supplies, 06060606", Identification.ByNumber)]
    [InlineData("Northgate Buildng Supplies Limited, 06060606", Identification.ByNumber)]
    [InlineData("Southgate Building Supplies Ltd, 06060606", Identification.Unjudged)]
    [InlineData("Northgate Catering Ltd, 06060606", Identification.Unjudged)]
    [InlineData("Building Supplies Ltd, 06060606", Identification.Unjudged)]
    public void A_number_under_another_name_is_to_be_judged(string typed, Identification identification)
    {
        using var world = new World();
        world.Register(House, _slips);
        var bidder = Assert.Single(world.Run(World.Glenbrae, typed).Bidders);
        Assert.Equal(identification, bidder.Identification);
        Assert.Equal(
            identification == Identification.Unjudged,
            bidder.Text.Contains("bears the company number in the tender and another name", StringComparison.Ordinal)
        );
        Assert.Equal(identification == Identification.ByNumber, bidder.Identity[0].SuggestedReason is not null);
    }

    [Theory]
    [InlineData("Alder Holdings Ltd, 01234567", "gb-coh-02222222")]
    [InlineData("Kiln Services Ltd, 99887767", "gb-coh-99887766")]
    [InlineData("Kiln Services Limited, 10000001", "gb-coh-99887766")]
    public void A_slip_in_the_number_does_not_hide_who_bears_the_name(string typed, string key)
    {
        using var world = new World();
        world.Register(House, _slips);
        var bidder = Assert.Single(world.Run(World.Glenbrae, typed).Bidders);
        Assert.Equal((Outcome.Possible, Identification.Unjudged), (bidder.Outcome, bidder.Identification));
        Assert.Contains(bidder.Identity, i => i.Record.Key == key && !i.Joined && i.NameAgrees);
        Assert.Contains(bidder.Findings, f => f.Kind == FindingKind.Debarred && f.Status == FindingStatus.Possible);
    }

    [Fact]
    public void A_number_in_the_place_of_a_name_is_a_number_and_a_line_without_a_letter_is_refused()
    {
        var list = BidderList.Read(new MemoryStream(Encoding.UTF8.GetBytes("name,company number,postcode\n06424306,,\n")), "list.csv");
        Assert.Equal(("", "06424306"), (list.Bidders[0].Name, list.Bidders[0].CompanyNumber));
        list = BidderList.Read(new MemoryStream(Encoding.UTF8.GetBytes("foo,bar\n1,2\n")), "list.csv");
        Assert.Empty(list.Bidders);
        Assert.NotEmpty(list.Rejections);
        Assert.Empty(BidderList.Typed("1, 2").Bidders);
    }

    [Theory]
    [InlineData(16, Outcome.Possible)]
    [InlineData(48, Outcome.Possible)]
    [InlineData(60, Outcome.CutShort)]
    public void Whoever_owns_the_bidder_in_the_end_is_found_or_the_bidder_is_not_clear(int links, Outcome outcome)
    {
        using var world = new World();
        List<string> records =
        [
            "c0 Company name=Deep Chain Ltd; registrationNumber=SC950000; jurisdiction=gb",
            "p Person name=Evadne Crookshanks; topics=sanction",
        ];
        for (int i = 1; i <= links; i++)
        {
            records.Add($"c{i} Company name=Holding {(char)('A' + (i % 26))}{(char)('a' + (i / 26))} Quorn; registrationNumber=SC95{i:0000}; jurisdiction=gb");
            records.Add($"o{i} Ownership owner=c{i}; asset=c{i - 1}; percentage=100");
        }
        records.Add($"last Ownership owner=p; asset=c{links}; percentage=100");
        world.Register(House, [.. records]);
        var result = world.Run(World.Glenbrae, "Deep Chain Ltd, SC950000");
        var bidder = Assert.Single(result.Bidders);
        Assert.Equal(outcome, bidder.Outcome);
        Assert.False(result.IsClear);
        Assert.Equal(outcome == Outcome.CutShort, bidder.Limits.Count > 0);
        if (outcome == Outcome.CutShort)
        {
            Assert.Contains("Not all that is connected with it was looked at", bidder.Text, StringComparison.Ordinal);
            Assert.Contains("1 not looked at in full", result.Summary, StringComparison.Ordinal);
        }

        Assert.NotEmpty(CheckJson.Write(result, indented: true));
        Assert.NotEmpty(Printed(result));
    }

    [Fact]
    public void A_trading_name_is_looked_for_too()
    {
        using var world = new World();
        world.Register(House, _register);
        world.Register("Warnings", "w Company name=Brightwater Skips; topics=reg.warn");
        var bidder = Assert.Single(world.Run(World.Glenbrae, "Acme Groundworks Ltd t/a Brightwater Skips, SC123456").Bidders);
        Assert.Equal("Acme Groundworks Ltd", bidder.Bidder.Name);
        Assert.Contains(bidder.Bidder.Understood, d => d.Value == "Brightwater Skips");
        Assert.Contains(bidder.Findings, f => f.Kind == FindingKind.RegulatorAction && f.Status == FindingStatus.Possible);
    }

    [Fact]
    public void A_bidder_in_a_confirmed_link_says_so_and_is_not_clear()
    {
        using var world = new World();
        world.Register(House, _register);
        var check = world.Start(World.Glenbrae, "Acme Groundworks Ltd, SC123456, 0141 496 0123\nZebra Catering Ltd, SC777777, 0141 496 0123");
        world.ConfirmIdentities(World.Glenbrae, world.Run(World.Glenbrae, check));
        var result = world.Run(World.Glenbrae, check);
        Assert.All(
            result.Bidders,
            b =>
            {
                Assert.Equal(Outcome.Linked, b.Outcome);
                Assert.EndsWith("1 link to another bidder of this list.", b.Text, StringComparison.Ordinal);
                Assert.Equal(result.Links[0].Id, Assert.Single(b.Links));
            }
        );
        Assert.True(result.HasFindings);
        Assert.False(result.IsClear);
        Assert.Contains("2 linked to another bidder", result.Summary, StringComparison.Ordinal);
        Assert.Contains("Linked to another bidder", Table(result), StringComparison.Ordinal);
        Assert.Contains("Finding: The same phone number, +44 141 496 0123, with Zebra Catering Ltd.", Printed(result), StringComparison.Ordinal);
    }

    [Fact]
    public void The_printed_record_states_holdings_the_time_in_London_and_people_by_name()
    {
        using var world = new World();
        world.Clock.Advance(TimeSpan.FromDays(240));
        world.Register(
            House,
            [
                .. _register,
                "p Person name=Josephine Bloggsworth; birthDate=1970-05-04",
                "o Ownership owner=p; asset=a; percentage=50-75; role=ownership-of-shares-50-to-75-percent; startDate=2018-01-01",
            ]
        );
        var check = world.Start(World.Glenbrae, "Acme Groundworks Ltd, SC123456");
        world.ConfirmIdentities(World.Glenbrae, world.Run(World.Glenbrae, check));
        var record = TenderRecord.Of(world.Run(World.Glenbrae, check));
        // Ten o'clock in Greenwich is eleven in London in July.
        Assert.Equal("20 July 2027 at 11:00 (London time), for Callum Reid", record.Facts.Single(f => f.Name == "Worked out").Value);
        string printed = Printed(world.Run(World.Glenbrae, check));
        Assert.Contains("At the top: Josephine Bloggsworth holds 50% to 75% of it.", printed, StringComparison.Ordinal);
        Assert.Contains("(Glenbrae Council)", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("glenbrae-council", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("ownership-of-shares", printed, StringComparison.Ordinal);
        Assert.Contains("Companies House|National Police|", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sources_stand_once_in_the_table()
    {
        using var world = new World();
        world.Register(House, _register);
        string table = Table(world.Run(World.Glenbrae, "Alpha Ltd\nBeta Ltd\nGamma Ltd"));
        Assert.Equal(2, table.Split("Companies House, 22 November 2026").Length);
    }

    [Fact]
    public void One_matter_that_several_records_of_somebody_tell_is_one_finding_with_all_its_sources()
    {
        using var world = new World();
        world.Register(
            House,
            [.. _register, "p Person name=Viktor Orlanovsky; birthDate=1961-02-03; nationality=ru", "o Ownership owner=p; asset=a; percentage=60"]
        );
        foreach (string list in new[] { "US Treasury", "HM Treasury" })
        {
            world.Register(
                list,
                "s Person name=Viktor Orlanovsky; birthDate=1961-02-03; nationality=ru; topics=sanction",
                "m Sanction entity=s; program=List; startDate=2022-03-01"
            );
        }
        var check = world.Start(World.Glenbrae, "Acme Groundworks Ltd, SC123456");
        world.ConfirmIdentities(World.Glenbrae, world.Run(World.Glenbrae, check));
        var finding = Assert.Single(world.Run(World.Glenbrae, check).Bidders[0].Findings);
        Assert.Equal(2, finding.Records.Count);
        Assert.Equal(["HM Treasury", "US Treasury"], finding.Sources.Select(s => s.Source.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("since 1 March 2022", finding.When);

        // Judged of one list alone, it is a finding of that list; the other stays possible.
        world.Judge(World.Glenbrae, finding, Verdict.Same);
        Assert.Equal([FindingStatus.Confirmed, FindingStatus.Possible], world.Run(World.Glenbrae, check).Bidders[0].Findings.Select(f => f.Status));
    }

    [Fact]
    public void Somebody_is_convicted_on_a_day_and_is_related_to_somebody()
    {
        using var world = new World();
        world.Register(
            House,
            [
                .. _register,
                "p Person name=Josephine Bloggsworth; birthDate=1970-05-04",
                "q Person name=Gordon Maclarvie; birthDate=1971-05-04",
                "d Directorship director=p; organization=a; role=director",
                "f Family person=p; relative=q; relationship=brother-in-law",
                "v Conviction subject=q; offence=Fraud; date=2024-02-20",
            ]
        );
        var finding = Assert.Single(world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456").Bidders[0].Findings);
        Assert.Equal("on 20 February 2024", finding.When);
        Assert.Equal("is directed by Josephine Bloggsworth, who is related to Gordon Maclarvie", Wording.Chain(finding.Path.OfType<TieStep>(), name => name));
    }

    [Theory]
    [InlineData("ownership-of-shares-50-to-75-percent", "50% to 75% of the shares")]
    [InlineData("ownership-of-shares-75-to-100-percent-as-trust", "75% to 100% of the shares, as trustee of a trust")]
    [InlineData("ownership-of-shares-more-than-25-percent-registered-overseas-entity", "more than 25% of the shares")]
    [InlineData("voting-rights-25-to-50-percent", "25% to 50% of the votes")]
    [InlineData("right-to-appoint-and-remove-directors-as-firm", "may appoint and remove directors, as a member of a firm")]
    [InlineData("significant-influence-or-control", "significant influence or control")]
    [InlineData("director", "director")]
    [InlineData("vice-chair", "vice-chair")]
    public void Kinds_of_control_are_said_in_plain_words(string role, string words) => Assert.Equal(words, Wording.Role(role));

    [Theory]
    [InlineData(1, "more than 99%")]
    [InlineData(0.9999, "more than 99%")]
    [InlineData(0.9899, "98%")]
    [InlineData(0.001, "less than 1%")]
    public void A_likelihood_is_never_a_certainty(double probability, string words) => Assert.Equal(words, Wording.Likely(probability));

    [Fact]
    public void A_secret_owner_who_has_ceased_is_no_owner_who_is_not_known()
    {
        Assert.NotNull(FindingKinds.UnidentifiedOwner("super-secure-persons-with-significant-control", new DateOnly(2026, 1, 1)));
        Assert.Null(FindingKinds.UnidentifiedOwner("super-secure-persons-with-significant-control (ceased)", new DateOnly(2026, 1, 1)));
    }

    /// <summary>To grade and judge is one role, to check bidders another.</summary>
    [Fact]
    public void Who_judges_need_not_be_one_who_checks_bidders()
    {
        var evaluator = World.Analyst with { Roles = [Role.Evaluator] };
        Assert.True(BidderChecks.MayJudge(evaluator));
        Assert.False(BidderChecks.MayStart(evaluator));
        Assert.False(BidderChecks.MayJudge(World.Analyst with { Roles = [Role.Practitioner] }));
        Assert.False(BidderChecks.MayJudge(evaluator with { Clearance = null }));
    }

    [Fact]
    public void A_list_as_it_was_read_is_kept_with_the_check()
    {
        using var world = new World();
        world.Register(House, _register);
        var list = BidderList.Read(new MemoryStream("Winter gritting\nBidder,Co no,Postcode\nAcme Groundworks Ltd,SC123456,G1 1AA\n"u8.ToArray()), "b.csv");
        var check = BidderChecks.Read(world.Checks.Start(world.As(World.Glenbrae), new CheckRequest("Test"), list));
        Assert.Equal("CSV with headings", check.Format);
        Assert.Contains(check.Notes, n => n.StartsWith("Headings on line 2", StringComparison.Ordinal));
        Assert.Equal([new Detail("Postcode", "G1 1AA")], check.Bidders[0].Understood);
    }
}
