using FourStrands.Picture;

namespace FourStrands.Cli.Tests;

/// <summary>Ways in and administrators are given from the command line, by whoever runs the program.</summary>
public sealed class WayInTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Store => Path.Combine(folder.Path, "store");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_agency_without_administrators_is_given_one_for_a_while()
    {
        SetUp();
        var refused = (await CommandRun.Of(folder, ["way-in", "elspeth.rae@glenbrae-council", "--administrator"], store: Store)).Ended(ExitCodes.BadInput);
        Assert.Contains("Elspeth Rae is an administrator until", refused.Error, StringComparison.Ordinal);
        var nobody = (await CommandRun.Of(folder, ["way-in", "nobody@glenbrae-council", "--administrator"], store: Store)).Ended(ExitCodes.BadInput);
        Assert.Contains("Nobody signs in as nobody@glenbrae-council", nobody.Error, StringComparison.Ordinal);

        var made = (await CommandRun.Of(folder, ["way-in", "isla.munro@glenbrae-council", "--administrator"], store: Store)).Ended(0);
        Assert.Contains("Isla Munro is an administrator of Glenbrae Council until", made.Error, StringComparison.Ordinal);
        Assert.Contains("They sign in as before", made.Error, StringComparison.Ordinal);
        Assert.Empty(made.Out);
        var invited = (await CommandRun.Of(folder, ["way-in", "ewan.baird@glenbrae-council", "--administrator"], store: Store)).Ended(0);
        Assert.StartsWith("/come-in?link=", invited.Out, StringComparison.Ordinal);
        using var gate = Gate.Open(Store);
        Assert.True(gate.People.ViewerOf("isla.munro@glenbrae-council")!.May(Power.Administer));
        Assert.NotNull(gate.People.ToSignIn("isla.munro@glenbrae-council"));
    }

    [Fact]
    public async Task A_way_in_ends_what_was()
    {
        SetUp();
        var made = (await CommandRun.Of(folder, ["way-in", "isla.munro@glenbrae-council"], store: Store)).Ended(0);
        Assert.Contains("what they signed in with works no more", made.Error, StringComparison.Ordinal);
        Assert.StartsWith("/come-in?link=", made.Out, StringComparison.Ordinal);
        using var gate = Gate.Open(Store);
        Assert.Null(gate.People.ToSignIn("isla.munro@glenbrae-council"));
    }

    private void SetUp()
    {
        using var gate = Gate.Open(Store);
        var (first, secret) = gate.People.SetUp(gate.People.NewSetUpLink(), "Glenbrae Council", "01234 567890", "Elspeth Rae", "elspeth.rae");
        gate.People.ComeIn(secret, new Credentials(first.Id) { PasswordHash = "hash" });
        var administrator = gate.People.ViewerOf(first.SignInName)!;
        var (isla, link) = gate.People.Invite(administrator, "Isla Munro", "clerk", "isla.munro");
        gate.People.ComeIn(link, new Credentials(isla.Id) { PasswordHash = "hash" });
        gate.People.Invite(administrator, "Ewan Baird", "clerk", "ewan.baird");
    }
}
