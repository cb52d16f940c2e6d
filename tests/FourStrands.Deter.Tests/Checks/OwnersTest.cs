using FourStrands.Deter.Checks;
using Xunit;

namespace FourStrands.Deter.Tests.Checks;

public sealed class OwnersTest
{
    private const string House = "Companies House";

    private static string Company(string key, string name, string number, string more = "") =>
        $"{key} Company name={name}; registrationNumber={number}; jurisdiction=gb; status=Active{more}";

    [Fact]
    public void Shares_are_multiplied_up_to_people()
    {
        using var world = new World();
        world.Register(
            House,
            Company("a", "Acme Groundworks Limited", "SC123456"),
            Company("h", "Heather Holdings Limited", "SC200000"),
            "p Person name=Josephine Bloggsworth; birthDate=1970-05-04",
            "o1 Ownership owner=h; asset=a; percentage=75-100",
            "o2 Ownership owner=p; asset=h; percentage=50",
            "o3 Ownership owner=p; asset=a; percentage=10"
        );
        var bidder = world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456").Bidders[0];
        Assert.Equal(["Heather Holdings Limited", "Josephine Bloggsworth"], bidder.Owners.Select(o => o.Subject!.Caption));
        Assert.Equal(new Share(37.5m, 50, Known: true), Assert.Single(bidder.Owners[0].Owners).OfBidder);
        var person = Assert.Single(bidder.UltimateOwners);
        Assert.Equal((new Share(47.5m, 60, Known: true), 2), (person.OfBidder, person.Chains));
    }

    [Fact]
    public void A_loop_is_said_once_and_left()
    {
        using var world = new World();
        world.Register(
            House,
            Company("a", "Acme Groundworks Limited", "SC123456"),
            Company("b", "Bolt Haulage Limited", "SC222222"),
            "o1 Ownership owner=b; asset=a; percentage=100",
            "o2 Ownership owner=a; asset=b; percentage=100"
        );
        var owner = Assert.Single(world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456").Bidders[0].Owners);
        Assert.Equal(ChainEnd.Continues, owner.End);
        var back = Assert.Single(owner.Owners);
        Assert.Equal(ChainEnd.Loop, back.End);
        Assert.Contains("circle", back.EndText, StringComparison.Ordinal);
        Assert.Empty(back.Owners);
    }

    [Fact]
    public void Opaque_ends_say_why()
    {
        using var world = new World();
        world.Register(
            House,
            Company("a", "Acme Groundworks Limited", "SC123456"),
            Company("b", "Bolt Haulage Limited", "SC222222", "; notes=psc-exists-but-not-identified"),
            Company("c", "Carrick Plant Limited", "SC333333"),
            "f Company name=Palm Trade Inc; jurisdiction=pa",
            "o1 Ownership owner=f; asset=c; percentage=100"
        );
        var bidders = world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456\nBolt Haulage Ltd, SC222222\nCarrick Plant Ltd, SC333333").Bidders;
        Assert.Equal(ChainEnd.NoOwnerOnRecord, Assert.Single(bidders[0].Owners).End);
        Assert.Equal(ChainEnd.NotIdentified, Assert.Single(bidders[1].Owners).End);
        Assert.Contains("has not identified", bidders[1].Owners[0].EndText, StringComparison.Ordinal);
        Assert.Equal(ChainEnd.ForeignWithoutRecord, Assert.Single(bidders[2].Owners).End);
        Assert.All(bidders, b => Assert.Empty(b.UltimateOwners));
    }

    [Theory]
    [InlineData("Statement on control: psc exists but not identified (from 2016-04-06)", ChainEnd.NotIdentified)]
    [InlineData("Statement on control: psc exists but not identified (from 2016-04-06 to 2018-01-01)", ChainEnd.NoOwnerOnRecord)]
    [InlineData("Statement on control: no individual or entity with signficant control", ChainEnd.NotIdentified)]
    [InlineData("Control: a person whose particulars are protected by law", ChainEnd.NotIdentified)]
    [InlineData("Makes gravel", ChainEnd.NoOwnerOnRecord)]
    public void The_registers_own_words_on_unknown_owners_are_read(string notes, ChainEnd end)
    {
        using var world = new World();
        world.Register(House, Company("a", "Acme Groundworks Limited", "SC123456", $"; notes={notes}"));
        var owner = Assert.Single(world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456").Bidders[0].Owners);
        Assert.Equal((end, end == ChainEnd.NotIdentified), (owner.End, owner.Sources.Count == 1));
    }

    [Fact]
    public void A_sanctioned_owner_at_the_end_of_a_long_chain_is_found_whatever_the_depth()
    {
        using var world = new World();
        world.Register(
            House,
            Company("a", "Acme Groundworks Limited", "SC123456"),
            Company("b", "Bolt Haulage Limited", "SC222222"),
            Company("c", "Carrick Plant Limited", "SC333333"),
            Company("d", "Dunnock Vale Limited", "SC444444"),
            "p Person name=Viktor Orlanovsky; birthDate=1961-02-03; topics=sanction",
            "o1 Ownership owner=b; asset=a; percentage=100",
            "o2 Ownership owner=c; asset=b; percentage=100",
            "o3 Ownership owner=d; asset=c; percentage=75-100",
            "o4 Ownership owner=p; asset=d; percentage=50"
        );
        var bidder = world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456", depth: 1).Bidders[0];
        var finding = Assert.Single(bidder.Findings);
        Assert.Equal((FindingKind.Sanctioned, 4), (finding.Kind, finding.Ties));
        Assert.Equal(4, finding.Path.OfType<TieStep>().Count(t => t.Phrase == "is owned by"));
        Assert.Equal(new Share(37.5m, 50, Known: true), Assert.Single(bidder.UltimateOwners).OfBidder);
    }

    [Fact]
    public void A_former_owner_is_shown_and_not_multiplied()
    {
        using var world = new World();
        world.Register(
            House,
            Company("a", "Acme Groundworks Limited", "SC123456"),
            "p Person name=Josephine Bloggsworth; birthDate=1970-05-04",
            "q Person name=Ann Abernethy; birthDate=1980-01-01",
            "o1 Ownership owner=p; asset=a; percentage=100; endDate=2020-01-01",
            "o2 Ownership owner=q; asset=a; percentage=100; startDate=2020-01-02"
        );
        var bidder = world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456").Bidders[0];
        Assert.Equal([("Ann Abernethy", false), ("Josephine Bloggsworth", true)], bidder.Owners.Select(o => (o.Subject!.Caption, o.Former)));
        Assert.False(bidder.Owners[1].OfBidder.Known);
        Assert.Equal("Ann Abernethy", Assert.Single(bidder.UltimateOwners).Subject.Caption);
    }

    [Fact]
    public void Two_sources_that_tell_of_one_holding_are_not_added_up()
    {
        using var world = new World();
        world.Register(
            House,
            Company("a", "Acme Groundworks Limited", "SC123456"),
            "p Person name=Josephine Bloggsworth; birthDate=1970-05-04",
            "o1 Ownership owner=p; asset=a; percentage=75-100"
        );
        world.Register(
            "Another register",
            Company("a", "Acme Groundworks Limited", "SC123456"),
            "p Person name=Josephine Bloggsworth; birthDate=1970-05-04",
            "o1 Ownership owner=p; asset=a; percentage=80"
        );
        var owner = Assert.Single(world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456").Bidders[0].Owners);
        Assert.Equal(new Share(80, 80, Known: true), owner.Held);
        Assert.Equal(2, owner.Sources.Count);
    }

    [Fact]
    public void A_web_of_owners_ends_at_the_limit()
    {
        using var world = new World();
        List<string> web = [];
        for (int i = 0; i < 14; i++)
        {
            web.Add(Company($"l{i}", $"Lattice{(char)('A' + i)} Numberone Limited", $"SC30{i:00}00"));
            web.Add(Company($"r{i}", $"Ladder{(char)('A' + i)} Numbertwo Limited", $"SC40{i:00}00"));
            if (i == 0)
                continue;
            foreach (string above in (string[])["l", "r"])
            {
                foreach (string below in (string[])["l", "r"])
                    web.Add($"o{above}{below}{i} Ownership owner={above}{i}; asset={below}{i - 1}; percentage=50");
            }
        }
        world.Register(House, [.. web]);
        var bidder = world.Run(World.Glenbrae, "LatticeA Numberone Ltd, SC300000").Bidders[0];
        Assert.Contains(bidder.Limits, l => l.Contains("more owners", StringComparison.Ordinal));
    }
}
