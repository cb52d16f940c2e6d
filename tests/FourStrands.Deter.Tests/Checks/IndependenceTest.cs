using System.Text;
using FourStrands.Deter.Checks;
using FourStrands.Picture;
using Xunit;

namespace FourStrands.Deter.Tests.Checks;

/// <summary>What is said of a bidder rests on the sources, and not on which other bidders somebody asked about.</summary>
public sealed class IndependenceTest
{
    private const string House = "Companies House";

    private static readonly string[] Namesakes =
    [
        "a Company name=Blacktest Builders Limited; registrationNumber=SC888001; jurisdiction=gb; status=Active; address=1 Test Street, Paisley PA1 1AA",
        "b Company name=Blacktest Builders Limited; registrationNumber=SC888002; jurisdiction=gb; status=Active - Proposal to Strike off; topics=corp.strikeoff; address=1 Test Street, Inverness IV1 1AA",
        "p Person name=Torquil Badperson; birthDate=1970-05-04",
        "d Directorship director=p; organization=a; role=director",
    ];

    [Theory]
    [InlineData("Blacktest Builders Ltd, SC888001", "Blacktest Builders Ltd")]
    [InlineData("Blacktest Builders Ltd", "Blacktest Builders Ltd, SC888002")]
    [InlineData(
        "Blacktest Builders Ltd, SC888001\nTorquil Badperson",
        "Torquil Badperson Ltd\nBlacktest Builders\nBlacktest Builder Ltd, SC888002\nTorkil Badperson"
    )]
    [InlineData("Torquil Badperson\nZebra Catering Ltd, 0141 496 0123", "Torquil Badperson, 0141 496 0123\nZebra Catering Limited, 0141 496 0123")]
    public void Earlier_checks_change_nothing(string list, string others)
    {
        using var world = new World();
        world.Register(House, Namesakes);
        world.Register("Sanctions list", "s Person name=Torquil Badperson; birthDate=1970-05-04; topics=sanction");
        var check = world.Start(World.Glenbrae, list);
        string before = Said(world, check);
        foreach (string other in others.Split('\n'))
        {
            world.Run(World.Glenbrae, other);
            Assert.Equal(before, Said(world, check));
        }
        world.Run(World.Glenbrae, others);
        Assert.Equal(before, Said(world, check));
    }

    [Fact]
    public void Another_line_of_the_list_says_nothing_of_who_a_bidder_is()
    {
        using var world = new World();
        world.Register(House, Namesakes);
        var result = world.Run(World.Glenbrae, "Blacktest Builders Ltd, SC888001\nBlacktest Builders Ltd");
        Assert.Equal(Identification.ByNumber, result.Bidders[0].Identification);
        Assert.Empty(result.Bidders[0].Findings);
        Assert.All(result.Bidders[0].Identity, i => Assert.Equal("a", i.Record.Key));
    }

    [Fact]
    public void What_is_known_for_certain_comes_before_what_is_only_alike()
    {
        using var world = new World();
        List<string> records =
        [
            "own Company name=Popular Paving Limited; registrationNumber=SC900001; jurisdiction=gb; status=Active; address=1 Mill Lane, Perth PH1 1AA",
            "p Person name=Torquil Badperson; birthDate=1970-05-04",
            "o Ownership owner=p; asset=own; percentage=100",
            "d Directorship director=p; organization=own; role=director",
        ];
        for (int i = 0; i < 450; i++)
            records.Add(
                $"c{i} Company name=Popular Paving Limited; registrationNumber=SC{800000 + i}; jurisdiction=gb; phone=+441738496000; address=1 Mill Lane, Perth PH1 1AA"
            );
        world.Register(House, [.. records]);
        world.Register("Sanctions list", "s Person name=Torquil Badperson; birthDate=1970-05-04; topics=sanction");
        var bidder = world.Run(World.Glenbrae, "Popular Paving Ltd, SC900001, 01738 496000").Bidders[0];
        Assert.Contains(bidder.Findings, f => f.Kind == FindingKind.Sanctioned && f.About.Caption == "Torquil Badperson");
        Assert.True(bidder.Identity.Count <= 21, $"{bidder.Identity.Count} records are shown");
        Assert.Equal("own", bidder.Identity[0].Record.Key);
        Assert.Contains(bidder.Limits, l => l.StartsWith("More than 20 records may be this bidder", StringComparison.Ordinal));
        Assert.Contains("Not all that is connected with it was looked at", bidder.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Torquil Badperson")]
    [InlineData("name,born\nTorquil Badperson,1970-05-04")]
    public void Each_row_decides_of_its_own_record(string list)
    {
        using var world = new World();
        world.Register(House, Namesakes);
        world.Register("Sanctions list", "s Person name=Torquil Badperson; birthDate=1970-05-04; topics=sanction");
        var check = world.Checks.Start(
            world.As(World.Glenbrae),
            new CheckRequest("Test"),
            BidderList.Read(new MemoryStream(Encoding.UTF8.GetBytes(list)), "list.csv")
        );
        var identity = world.Run(World.Glenbrae, check).Bidders[0].Identity;
        Assert.Equal(["p", "s"], identity.Select(i => i.Record.Key).Order(StringComparer.Ordinal));
        Assert.All(identity, i => Assert.Contains(i.Record.Id, new[] { i.Match.Left.Id, i.Match.Right.Id }));

        var sanctioned = identity.Single(i => i.Record.Key == "s");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        BidderChecks.Judge(world.As(World.Glenbrae), sanctioned.Match.Left.Id, sanctioned.Match.Right.Id, Verdict.Different, "He was born in another year.");
        var after = world.Run(World.Glenbrae, check).Bidders[0];
        Assert.Equal(["p"], after.Identity.Select(i => i.Record.Key));
        Assert.Contains(after.Dismissed, d => d.Left.Key == "s" || d.Right.Key == "s");
    }

    [Fact]
    public void Another_line_that_may_be_the_same_bidder_hides_nothing()
    {
        using var world = new World();
        world.Register("Sanctions list", "s Person name=Torquil Badperson; birthDate=1970-05-04; topics=sanction");
        const string One = "Torkwil Badpersson,1970,0131 496 0000",
            Other = "Torquil Badperson,1970-05-04,0131 496 0000";
        var alone = Listed(world, $"name,born,phone\n{One}").Bidders[0];
        Assert.Contains(alone.Findings, f => f.Kind == FindingKind.Sanctioned);
        Assert.Contains(Listed(world, $"name,born,phone\n{One}\n{Other}").Bidders[0].Findings, f => f.Kind == FindingKind.Sanctioned);
    }

    private static CheckResult Listed(World world, string list) =>
        world.Run(
            World.Glenbrae,
            world.Checks.Start(world.As(World.Glenbrae), new CheckRequest("Test"), BidderList.Read(new MemoryStream(Encoding.UTF8.GetBytes(list)), "list.csv"))
        );

    // All that is said of the bidders and between them.
    private static string Said(World world, Document check) =>
        Encoding.UTF8.GetString(CheckJson.Write(world.Run(World.Glenbrae, check) with { At = DateTimeOffset.UnixEpoch }, indented: true));
}
