using FourStrands.Picture;
using Xunit;

namespace FourStrands.Deter.Tests.Checks;

/// <summary>An agency that watches a bidder is told when another that agreed to it starts a check, and the check says the same.</summary>
public sealed class WatchedTest
{
    [Theory]
    [InlineData("Bolt Haulage Limited")]
    [InlineData("Somebody Else Ltd, SC222222")]
    public void Starting_a_check_is_looking_for_its_bidders_once(string bidders)
    {
        using var world = new World();
        world.Gate.People.Invent(Viewer.BuiltIn);
        world.Import(World.Analyst, "Notes", "official;agencies=national-police", "b1 Company name=Bolt Haulage Limited; registrationNumber=SC222222");
        var before = world.Run(World.Glenbrae, bidders);
        var fiona = World.Glenbrae with { Name = "administrator@glenbrae-council", Roles = [Role.Administrator] };
        var waits = world.Gate.People.AskToTell(fiona, "national-police", "Protocol");
        world.Gate.People.Approve(fiona with { Name = "second@glenbrae-council" }, waits.Id);
        var record = world.As(World.Analyst).Search("Bolt Haulage").Hits.Single().Entity.Id;
        var alert = world.Gate.Releases.Order(
            World.Analyst,
            new ReleaseOrder(
                [new ReleasedValue(record, "name", "Bolt Haulage Limited"), new ReleasedValue(record, "registrationNumber", "SC222222")],
                Label.Parse("official;agencies=glenbrae-council"),
                "Deconfliction"
            )
            {
                Kind = ReleaseKind.Alert,
                Until = world.Clock.GetUtcNow().AddDays(30),
            }
        );
        // The check from before, worked out anew, is nobody's search of today.
        Assert.Empty(Looked());
        var check = world.Start(World.Glenbrae, bidders);
        Assert.Equal("glenbrae-council", Assert.Single(Looked()).Agency);
        var after = world.Run(World.Glenbrae, check);
        Assert.Equal(before.Bidders.Select(b => (b.Outcome, b.Findings.Count)), after.Bidders.Select(b => (b.Outcome, b.Findings.Count)));
        world.Clock.Advance(TimeSpan.FromDays(1));
        world.Run(World.Glenbrae, check);
        Assert.Single(Looked());

        IReadOnlyList<LookedFor> Looked() => world.Gate.Releases.Find(World.Analyst, alert.Id)!.LookedFor;
    }
}
