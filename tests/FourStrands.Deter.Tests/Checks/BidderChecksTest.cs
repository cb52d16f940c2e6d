using System.Text;
using FourStrands.Deter.Checks;
using FourStrands.Picture;
using Xunit;

namespace FourStrands.Deter.Tests.Checks;

public sealed class BidderChecksTest
{
    private const string House = "Companies House",
        Treasury = "US Treasury";

    // Acme is run by Jo Bloggs, who also runs Bolt, which is owned by the sanctioned Viktor Orlanov.
    private static readonly string[] _register =
    [
        "c1 Company name=Acme Groundworks Limited; registrationNumber=SC123456; jurisdiction=gb; status=Active; address=12 High Street, Glasgow, G1 1AA",
        "c2 Company name=Bolt Haulage Limited; registrationNumber=SC222222; jurisdiction=gb; status=Active",
        "p1 Person name=Josephine Bloggsworth; birthDate=1970-05-04; nationality=gb",
        "p2 Person name=Viktor Orlanovsky; birthDate=1961-02-03; nationality=ru",
        "d1 Directorship director=p1; organization=c1; role=director; startDate=2015-01-01",
        "d2 Directorship director=p1; organization=c2; role=director; startDate=2016-01-01",
        "o1 Ownership owner=p2; asset=c1; percentage=75-100; startDate=2018-01-01",
    ];

    private static readonly string[] _sanctions =
    [
        "s1 Person name=Viktor Orlanovsky; birthDate=1961-02-03; nationality=ru; topics=sanction",
        "m1 Sanction entity=s1; authority=Office of Foreign Assets Control; program=RUSSIA-EO14024; startDate=2022-03-01",
    ];

    [Fact]
    public void Who_has_no_clearance_cannot_start_a_check()
    {
        using var world = new World();
        Assert.Throws<UnauthorizedAccessException>(() => world.Start(World.Visitor, "Acme Ltd"));
        Assert.Empty(world.As(World.Glenbrae).Documents(BidderChecks.DocumentKind));
    }

    [Fact]
    public void Another_agency_does_not_see_the_check_or_its_bidders()
    {
        using var world = new World();
        var check = world.Start(World.Glenbrae, "Acme Ltd");
        Assert.Single(BidderChecks.List(world.As(World.Glenbrae)));
        Assert.Empty(BidderChecks.List(world.As(World.Strathorn)));
        Assert.Empty(world.As(World.Analyst).Search("Acme").Hits);
        Assert.Null(world.As(World.Strathorn).Read(check.Id));
    }

    [Theory]
    [InlineData("", 2, "title")]
    [InlineData("A", 0, "ties")]
    [InlineData("A", 5, "ties")]
    public void A_request_that_is_no_use_is_refused(string title, int depth, string says)
    {
        using var world = new World();
        var problem = Assert.Throws<ArgumentException>(() =>
            world.Checks.Start(world.As(World.Glenbrae), new CheckRequest(title) { Depth = depth }, BidderList.Typed("Acme Ltd"))
        );
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_sources_nothing_was_searched()
    {
        using var world = new World();
        var result = world.Run(World.Glenbrae, "Acme Ltd, SC123456");
        Assert.Empty(result.Searched);
        Assert.Equal(Outcome.NotSearched, result.Bidders[0].Outcome);
        Assert.Contains(CheckResult.NothingSearched, result.Summary, StringComparison.Ordinal);
        Assert.False(result.HasFindings || result.HasPossible);
    }

    [Fact]
    public void A_clear_result_names_each_source_with_its_date()
    {
        using var world = new World();
        world.Register(House, [.. _register, "c9 Company name=Zebra Catering Limited; registrationNumber=SC777777; jurisdiction=gb"]);
        world.Register(Treasury, "s9 Person name=Somebody Otherwise; topics=sanction");
        var check = world.Start(World.Glenbrae, "Zebra Catering Limited, SC777777");
        world.ConfirmIdentities(World.Glenbrae, world.Run(World.Glenbrae, check));
        var result = world.Run(World.Glenbrae, check);
        Assert.Equal([House, Treasury], result.Searched.Select(s => s.Source.Name));
        Assert.All(result.Searched, s => Assert.Equal(new DateOnly(2026, 11, 22), s.Updated));
        Assert.Equal(Outcome.NothingFound, result.Bidders[0].Outcome);
        Assert.StartsWith(CheckResult.NothingFound, result.Bidders[0].Text, StringComparison.Ordinal);
        Assert.True(result.IsClear);
        string table = string.Join('\n', CheckTable.Rows(result).Concat(CheckTable.SourceRows(result)).Select(r => string.Join('|', r)));
        Assert.Contains("Companies House, 22 November 2026", table, StringComparison.Ordinal);
        Assert.Contains(TenderRecord.Of(result).Sections, s => s.Heading == "Sources searched" && s.Table!.Rows.Count == 2);
    }

    [Fact]
    public void A_sanctioned_owner_is_possible_until_every_match_is_judged_and_then_a_finding()
    {
        using var world = new World();
        world.Register(House, _register);
        world.Register(Treasury, _sanctions);
        var check = world.Start(World.Glenbrae, "Acme Groundworks Ltd, SC123456");
        var before = world.Run(World.Glenbrae, check);

        var identity = Assert.Single(before.Bidders[0].Identity);
        Assert.True(identity.Joined);
        Assert.Equal(MatchState.Unjudged, identity.Match.State);
        Assert.NotNull(identity.SuggestedReason);
        Assert.NotEmpty(identity.Match.Evidence);

        var finding = Assert.Single(before.Bidders[0].Findings);
        Assert.Equal((FindingKind.Sanctioned, FindingStatus.Possible, Severity.High, 1), (finding.Kind, finding.Status, finding.Severity, finding.Ties));
        Assert.Equal(Outcome.Possible, before.Bidders[0].Outcome);
        Assert.False(before.HasFindings);
        Assert.Contains(finding.Path, p => p is TieStep { Phrase: "is owned by" } tie && tie.Basis.Source.Name == House);
        Assert.Contains(finding.Sources, s => s.Source.Name == Treasury);
        Assert.Contains(finding.Details, d => d.Value == "RUSSIA-EO14024");

        world.ConfirmIdentities(World.Glenbrae, before);
        var half = Assert.Single(world.Run(World.Glenbrae, check).Bidders[0].Findings);
        Assert.Equal(FindingStatus.Possible, half.Status);
        world.Judge(World.Glenbrae, half, Verdict.Same);

        var after = world.Run(World.Glenbrae, check);
        Assert.Equal(FindingStatus.Confirmed, Assert.Single(after.Bidders[0].Findings).Status);
        Assert.Equal(Outcome.Findings, after.Bidders[0].Outcome);
        Assert.True(after.HasFindings);
    }

    [Fact]
    public void Somebody_two_ties_away_is_found_at_depth_two_and_not_at_one()
    {
        using var world = new World();
        world.Register(
            House,
            [
                .. _register,
                "c3 Company name=Carrick Plant Limited; registrationNumber=SC333333; jurisdiction=gb",
                "d3 Directorship director=p1; organization=c3; role=director",
            ]
        );
        world.Register(
            "Disqualified directors",
            "x1 Company name=Carrick Plant Limited; registrationNumber=SC333333; jurisdiction=gb; topics=debarment",
            "x2 Sanction entity=x1; program=Debarment list; authority=Cabinet Office"
        );
        Assert.Contains(
            world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456", depth: 2).Bidders[0].Findings,
            f => f.Kind == FindingKind.Debarred && f.Ties == 2
        );
        Assert.DoesNotContain(world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456", depth: 1).Bidders[0].Findings, f => f.Kind == FindingKind.Debarred);
    }

    [Fact]
    public void A_pair_judged_different_gives_nothing_is_listed_as_dismissed_and_stays_so_in_the_next_check()
    {
        using var world = new World();
        world.Register(House, _register);
        world.Register(Treasury, _sanctions);
        var first = world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456");
        world.ConfirmIdentities(World.Glenbrae, first);
        var finding = Assert.Single(world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456").Bidders[0].Findings);
        world.Judge(World.Glenbrae, finding, Verdict.Different, "Passport shows another birthplace");

        var next = world.Run(World.Glenbrae, "ACME GROUNDWORKS LIMITED, SC 123456").Bidders[0];
        Assert.Empty(next.Findings);
        Assert.Equal((Outcome.NothingFound, Identification.Confirmed), (next.Outcome, next.Identification));
        var dismissed = Assert.Single(next.Dismissed);
        Assert.Equal(MatchState.Different, dismissed.State);
        Assert.Contains("Callum Reid", dismissed.StateText, StringComparison.Ordinal);
        Assert.Contains("Passport shows another birthplace", dismissed.StateText, StringComparison.Ordinal);
        // The bidder's own match was judged in the first check and is not asked again.
        Assert.All(next.Identity, i => Assert.Equal(MatchState.Same, i.Match.State));
    }

    [Fact]
    public void Unsure_stays_possible_and_says_so()
    {
        using var world = new World();
        world.Register(House, _register);
        world.Register(Treasury, _sanctions);
        world.ConfirmIdentities(World.Glenbrae, world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456"));
        world.Judge(World.Glenbrae, world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456").Bidders[0].Findings[0], Verdict.Unsure, "No photograph");
        var finding = Assert.Single(world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456").Bidders[0].Findings);
        Assert.Equal(FindingStatus.Possible, finding.Status);
        Assert.Contains("could not say", finding.StatusText, StringComparison.Ordinal);
        Assert.Contains("No photograph", finding.StatusText, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_agencys_judgement_is_not_seen()
    {
        using var world = new World();
        world.Register(House, _register);
        world.ConfirmIdentities(World.Glenbrae, world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456"));
        Assert.Equal(MatchState.Unjudged, world.Run(World.Strathorn, "Acme Groundworks Ltd, SC123456").Bidders[0].Identity[0].Match.State);
    }

    [Fact]
    public void A_later_judgement_of_the_same_agency_replaces_the_earlier()
    {
        using var world = new World();
        world.Register(House, _register);
        world.Register(Treasury, _sanctions);
        world.ConfirmIdentities(World.Glenbrae, world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456"));
        var finding = world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456").Bidders[0].Findings[0];
        world.Judge(World.Glenbrae, finding, Verdict.Different, "Too hasty");
        world.Judge(World.Glenbrae, finding, Verdict.Same, "Corrected");
        Assert.Equal(FindingStatus.Confirmed, Assert.Single(world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456").Bidders[0].Findings).Status);
    }

    [Fact]
    public void A_disqualification_that_has_ended_is_past()
    {
        using var world = new World();
        world.Register(House, _register);
        world.Register(
            "Disqualified directors",
            "q1 Person name=Josephine Bloggsworth; birthDate=1970-05-04; nationality=gb; topics=corp.disqual",
            "q2 Sanction entity=q1; program=Company Directors Disqualification Act 1986; startDate=2010-01-01; endDate=2020-01-01"
        );
        var bidder = world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456").Bidders[0];
        var finding = Assert.Single(bidder.Findings);
        Assert.Equal((FindingKind.Disqualified, true, Severity.Past), (finding.Kind, finding.Past, finding.Severity));
        Assert.Equal(("1 January 2010", "1 January 2020"), (finding.From, finding.Until));
        Assert.Equal(Outcome.PastOnly, bidder.Outcome);
    }

    [Theory]
    [InlineData("2025-06-01", false)]
    [InlineData("2021-11-22", false)]
    [InlineData("2021-11-21", true)]
    [InlineData("2015", true)]
    public void A_conviction_is_past_after_five_years(string date, bool past)
    {
        using var world = new World();
        world.Register(House, [.. _register, $"v1 Conviction subject=p1; offence=Fraud; court=Glasgow Sheriff Court; date={date}"]);
        var finding = Assert.Single(world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456").Bidders[0].Findings);
        Assert.Equal((FindingKind.Convicted, past), (finding.Kind, finding.Past));
    }

    [Fact]
    public void Insolvency_and_dissolution_are_read_from_the_company_itself()
    {
        using var world = new World();
        world.Register(
            House,
            "c1 Company name=Acme Groundworks Limited; registrationNumber=SC123456; jurisdiction=gb; status=In Administration",
            "c2 Company name=Bolt Haulage Limited; registrationNumber=SC222222; jurisdiction=gb; status=Active; dissolutionDate=2020-01-01",
            "i1 Insolvency debtor=c2; type=Liquidation; startDate=2019-01-01; endDate=2019-12-01"
        );
        var result = world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456\nBolt Haulage Ltd, SC222222");
        Assert.Equal((FindingKind.Insolvent, false), (result.Bidders[0].Findings[0].Kind, result.Bidders[0].Findings[0].Past));
        Assert.Equal([FindingKind.Dissolved, FindingKind.Insolvent], result.Bidders[1].Findings.Select(f => f.Kind));
        Assert.True(result.Bidders[1].Findings[1].Past);
    }

    [Fact]
    public void A_misspelt_bidder_leads_to_the_people_behind_the_record_it_may_be()
    {
        using var world = new World();
        world.Register(House, _register);
        world.Register(Treasury, _sanctions);
        var bidder = world.Run(World.Glenbrae, "Acme Grondworks Limited").Bidders[0];
        var identity = Assert.Single(bidder.Identity);
        Assert.Equal("SC123456", identity.Details.First(d => d.Name == "Registration number").Value);
        var finding = Assert.Single(bidder.Findings);
        Assert.Equal((FindingKind.Sanctioned, FindingStatus.Possible), (finding.Kind, finding.Status));
    }

    [Fact]
    public void Former_officers_are_shown_as_former_after_current_ones()
    {
        using var world = new World();
        world.Register(
            House,
            [
                .. _register,
                "p3 Person name=Ann Abernethy; birthDate=1980-01",
                "d3 Directorship director=p3; organization=c1; role=secretary; startDate=2015-01-01; endDate=2019-03-01",
            ]
        );
        var officers = world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456").Bidders[0].Officers;
        Assert.Equal([("Josephine Bloggsworth", false), ("Ann Abernethy", true)], officers.Select(o => (o.Subject.Caption, o.Former)));
        Assert.Equal("1 March 2019", officers[1].Until);
    }

    [Fact]
    public void What_a_view_may_not_see_changes_no_byte_of_its_result()
    {
        static byte[] Council(bool withSecrets)
        {
            using var world = new World();
            world.Register(House, _register);
            if (withSecrets)
            {
                world.Import(
                    World.Analyst,
                    "Intelligence",
                    "official-sensitive;compartments=nightjar",
                    [.. _sanctions, "g1 Group name=The Riverside Group", "g2 Membership member=s1; organization=g1; role=associate"]
                );
                world.Import(
                    World.Strathorn,
                    "Strathorn's own",
                    "official;agencies=strathorn-council",
                    "h1 Person name=Josephine Bloggsworth; birthDate=1970-05-04; topics=crime.fraud",
                    "h2 Company name=Acme Groundworks Limited; registrationNumber=SC123456; phone=+441414960999"
                );
            }
            var check = world.Start(World.Glenbrae, "Acme Groundworks Ltd, SC123456\nBolt Haulage Ltd, SC222222");
            world.ConfirmIdentities(World.Glenbrae, world.Run(World.Glenbrae, check));
            var result = world.Run(World.Glenbrae, check);
            if (withSecrets)
            {
                // The same question asked by who may see it does find it.
                Assert.Contains(world.Run(World.Analyst, "Acme Groundworks Ltd, SC123456").Bidders[0].Findings, f => f.Kind == FindingKind.Sanctioned);
            }
            using var table = new MemoryStream();
            CheckTable.Write(result, table);
            return [.. CheckJson.Write(result), .. table.ToArray()];
        }

        Assert.Equal(Encoding.UTF8.GetString(Council(withSecrets: false)), Encoding.UTF8.GetString(Council(withSecrets: true)));
    }

    [Fact]
    public void The_marking_is_that_of_everything_shown()
    {
        using var world = new World();
        world.Register(House, _register);
        world.Import(World.Analyst, "Intelligence", "official-sensitive;compartments=nightjar", _sanctions);
        Assert.Equal("official;agencies=glenbrae-council", world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456").Marking);
        Assert.Equal("official-sensitive;agencies=national-police;compartments=nightjar", world.Run(World.Analyst, "Acme Groundworks Ltd, SC123456").Marking);
    }

    [Fact]
    public void A_record_that_rests_on_restricted_information_says_that_it_is_not_for_the_tender_file()
    {
        using var world = new World();
        world.Register(House, _register);
        world.Import(World.Analyst, "Intelligence", "official-sensitive;compartments=nightjar", _sanctions);
        Assert.DoesNotContain(
            TenderRecord.Of(world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456")).Sections,
            s => s.Heading == "Not for the tender file"
        );
        Assert.Equal("Not for the tender file", TenderRecord.Of(world.Run(World.Analyst, "Acme Groundworks Ltd, SC123456")).Sections[0].Heading);
    }

    [Fact]
    public void A_group_that_a_director_belongs_to_is_said_to_be_intelligence_and_not_a_conviction()
    {
        using var world = new World();
        world.Register(House, _register);
        world.Import(
            World.Analyst,
            "Intelligence",
            "official-sensitive",
            "h1 Person name=Josephine Bloggsworth; birthDate=1970-05-04",
            "g1 Group name=The Riverside Group",
            "g2 Membership member=h1; organization=g1; role=associate"
        );
        var finding = Assert.Single(world.Run(World.Analyst, "Acme Groundworks Ltd, SC123456").Bidders[0].Findings);
        Assert.Equal((FindingKind.CrimeReported, 2), (finding.Kind, finding.Ties));
        Assert.Contains(FindingKinds.Of(finding.Kind).Law, l => l.Text.StartsWith("Intelligence alone is no ground", StringComparison.Ordinal));
    }

    [Fact]
    public void No_cell_of_the_table_can_be_taken_for_a_formula()
    {
        using var world = new World();
        using var csv = new MemoryStream();
        CheckTable.Write(world.Run(World.Glenbrae, "=HYPERLINK(\"http://x.example\") Ltd\n@SUM Ltd\n+44 Ltd"), csv);
        string text = Encoding.UTF8.GetString(csv.ToArray());
        Assert.Contains("\"'=HYPERLINK(\"\"", text, StringComparison.Ordinal);
        Assert.Contains("\"'@SUM Ltd\"", text, StringComparison.Ordinal);
        Assert.Contains("\"'+44 Ltd\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_is_needed_to_judge()
    {
        using var world = new World();
        world.Register(House, _register);
        var match = world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456").Bidders[0].Identity[0].Match;
        Assert.Throws<ArgumentException>(() => BidderChecks.Judge(world.As(World.Glenbrae), match.Left.Id, match.Right.Id, Verdict.Same, " "));
    }

    [Fact]
    public void Every_kind_of_finding_is_explained()
    {
        Assert.Equal(Enum.GetValues<FindingKind>().Length, FindingKinds.All.Count);
        Assert.All(FindingKinds.All, k => Assert.True(k.Meaning.Length > 40));
        Assert.NotEmpty(FindingKinds.General);
    }
}
