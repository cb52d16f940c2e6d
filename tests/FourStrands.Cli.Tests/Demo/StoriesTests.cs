using System.Text.RegularExpressions;

namespace FourStrands.Cli.Tests.Demo;

/// <summary>The scripted cases, as each viewer meets them.</summary>
[Collection("demo world")]
public sealed partial class StoriesTests(DemoFolder demo)
{
    [Fact]
    public async Task A_brother_in_law_s_debarred_company_is_found_by_the_council_that_knows_of_him_alone()
    {
        var glenbrae = (await Check("glenbrae", "--depth", "3")).Ended(ExitCodes.Findings);
        Assert.Contains("Debarred", Of(glenbrae, "Harrow Glen Haulage"), StringComparison.Ordinal);
        Assert.Contains("Gordon Maclarvie", Of(glenbrae, "Harrow Glen Haulage"), StringComparison.Ordinal);
        var strathorn = (await Check("strathorn", "--depth", "3")).Ended(ExitCodes.Findings);
        Assert.Contains("Nothing found in these sources", Of(strathorn, "Harrow Glen Haulage"), StringComparison.Ordinal);
        Assert.DoesNotContain("Maclarvie", strathorn.Out, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Bidders_that_share_a_phone_are_found()
    {
        var run = (await Check("strathorn")).Ended(ExitCodes.Findings);
        Assert.Matches(SharedPhone, run.Out);
    }

    [Fact]
    public async Task A_clean_bidder_ends_with_0()
    {
        var run = (await demo.Run("check", "Lomarren Civil Engineering Ltd", "--number", "ZZ990301", "--as", "glenbrae")).Ended(ExitCodes.Done);
        Assert.Contains("Nothing found in these sources", run.Out, StringComparison.Ordinal);
        Assert.Contains("Sanctions List (fictional)", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sanctioned_owner_whose_name_is_spelt_otherwise_is_found_up_the_chain()
    {
        var run = (await Check("glenbrae", "--depth", "3")).Ended(ExitCodes.Findings);
        Assert.Contains("Sanctioned", Of(run, "Vostrin Freight"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_circle_of_owners_is_said()
    {
        var run = (await Check("glenbrae")).Ended(ExitCodes.Findings);
        Assert.Contains("a circle of owners", Of(run, "Tarvold Waste"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compartment_s_phone_is_seen_by_its_members_alone()
    {
        var analyst = (await Check("analyst")).Ended(ExitCodes.Findings);
        Assert.Contains("Robert Carrowmuir", Of(analyst, "Dunmarrow Gritting"), StringComparison.Ordinal);
        foreach (string council in new[] { "glenbrae", "strathorn" })
        {
            var run = (await Check(council, "--depth", "4")).Ended(ExitCodes.Findings);
            Assert.Contains("Convicted", Of(run, "Dunmarrow Gritting"), StringComparison.Ordinal);
            Assert.DoesNotContain("Carrowmuir", run.Out, StringComparison.Ordinal);
            Assert.Contains("Nothing that you can see matches", (await demo.Run("search", "carrowmuir", "--as", council)).Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_namesake_judged_different_is_a_finding_no_more()
    {
        using var own = new TemporaryFolder();
        (await CommandRun.Of(own, ["demo", "--records", "300"])).Ended(0);
        var before = (await CommandRun.Of(own, ["check", "store/bidders.csv", "--as", "glenbrae"])).Ended(ExitCodes.Findings);
        var match = JudgeKerrowgair.Match(Of(before, "Brackenfold"));
        Assert.True(match.Success, Of(before, "Brackenfold"));
        var judged = (
            await CommandRun.Of(
                own,
                ["judge", match.Groups[1].Value, match.Groups[2].Value, "different", "--reason", "The disqualified man was born in 1958.", "--as", "glenbrae"]
            )
        ).Ended(0);
        Assert.Contains("Kept: different, by Callum Reid", judged.Out, StringComparison.Ordinal);
        var after = (await CommandRun.Of(own, ["check", "store/bidders.csv", "--as", "glenbrae"])).Ended(ExitCodes.Findings);
        Assert.DoesNotContain("Disqualified as a director", Of(after, "Brackenfold"), StringComparison.Ordinal);
        Assert.Contains("Nothing found", Of(after, "Brackenfold"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_without_clearance_is_told_why_they_cannot_check_and_sees_nothing()
    {
        (await demo.Run("check", "store/bidders.csv", "--as", "visitor")).Ended(ExitCodes.BadUsage);
        Assert.Contains("There are no sources that you can see", (await demo.Run("sources", "--as", "visitor")).Ended(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Linkage_is_scored_against_the_truth()
    {
        var score = (await demo.Run("demo", "--score", "--json")).Ended(0).Json;
        Assert.InRange(score.GetProperty("precision").GetDouble(), 0.97, 1);
        Assert.InRange(score.GetProperty("recall").GetDouble(), 0.90, 1);
        var council = (await demo.Run("demo", "--score", "--json", "--as", "glenbrae")).Ended(0).Json;
        Assert.NotEqual(score.GetProperty("records").GetInt32(), council.GetProperty("records").GetInt32());
    }

    [GeneratedRegex(@"\[FOUND\] The same phone number: .*\(Skerry Road Logistics Ltd, Cairnmhor Transport Limited\)", RegexOptions.NonBacktracking)]
    private static partial Regex SharedPhone { get; }

    [GeneratedRegex("judge ([0-9a-z]{26}) ([0-9a-z]{26}) .*Kerrowgair.*Disqualified", RegexOptions.NonBacktracking)]
    private static partial Regex JudgeKerrowgair { get; }

    private Task<CommandRun> Check(string viewer, params string[] more) => demo.Run(["check", "store/bidders.csv", "--as", viewer, .. more]);

    /// <summary>The part of a result about one bidder.</summary>
    private static string Of(CommandRun run, string bidder)
    {
        string[] parts = run.Out.Split("\n\n");
        return parts.Single(p => p.StartsWith(bidder, StringComparison.Ordinal));
    }
}
