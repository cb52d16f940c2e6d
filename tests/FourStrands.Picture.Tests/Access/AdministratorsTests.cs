using Xunit;

namespace FourStrands.Picture.Tests.Access;

/// <summary>How it stands with an agency's administrators, and what whoever runs the program does about it.</summary>
public sealed class AdministratorsTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);
    private static readonly Viewer Machine = Viewer.BuiltIn[0] with { DisplayName = "root" };

    private readonly string folder = Directory.CreateTempSubdirectory("fourstrands-administrators-").FullName;
    private readonly SetClock clock = new();
    private readonly Gate gate;

    public AdministratorsTests() => gate = Gate.Open(folder, new GateOptions { Clock = clock, IdentifierKey = new byte[32] });

    private People People => gate.People;

    public void Dispose()
    {
        gate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void That_too_few_will_be_left_is_told_thirty_days_before()
    {
        var first = SetUp();
        Assert.False(People.AdministratorsOf(first).HadTwo);
        var second = Administrator(first, "Hamish Orr", "hamish.orr", Start.AddDays(180));
        var stand = People.AdministratorsOf(first);
        Assert.True(stand.HadTwo);
        Assert.Equal([second.Name, first.Name], stand.Now.Select(a => a.SignInName));
        Assert.Null(stand.OneLeft(Start.AddDays(149)));
        Assert.Equal(Start.AddDays(180), stand.OneLeft(Start.AddDays(150)));
        Assert.Null(stand.NoneLeft(Start.AddDays(335)));
        Assert.Equal(Start + People.LongestRight, stand.NoneLeft(Start.AddDays(336)));
        clock.Now = Start.AddDays(181);
        stand = People.AdministratorsOf(first);
        Assert.Equal([first.Name], stand.Now.Select(a => a.SignInName));
        Assert.True(stand.HadTwo);
        Assert.Null(stand.OneLeft(clock.Now.AddDays(180)));
        Assert.Throws<UnauthorizedAccessException>(() => People.AdministratorsOf(People.ViewerOf(second.Name)!));
    }

    [Fact]
    public async Task Whoever_runs_the_program_gives_the_role_again_for_a_while_and_it_is_logged()
    {
        var first = SetUp();
        var second = Administrator(first, "Hamish Orr", "hamish.orr", Start.AddDays(30));
        var longer = Assert.Throws<PeopleException>(() => People.MakeAdministratorFromMachine(first.Name, Machine));
        Assert.Contains("until 27 November 2027", longer.Message, StringComparison.Ordinal);
        clock.Now = Start + People.LongestRight;
        Assert.False(People.ViewerOf(first.Name)!.May(Power.Administer));
        Assert.False(People.ViewerOf(second.Name)!.May(Power.Administer));
        foreach (string nobody in (string[])["nobody@glenbrae-council", "nothing", ""])
            Assert.Throws<PeopleException>(() => People.MakeAdministratorFromMachine(nobody, Machine));
        var (person, until, secret) = People.MakeAdministratorFromMachine(" Elspeth.Rae@glenbrae-council", Machine);
        Assert.Equal((first.Name, clock.Now.AddDays(30), null), (person.SignInName, until, secret));
        Assert.NotNull(People.ToSignIn(first.Name));
        People.MakeAdministratorFromMachine(second.Name, Machine);
        var administrator = People.ViewerOf(first.Name)!;
        Assert.Equal([true, true], People.AdministratorsOf(administrator).Now.Select(a => a.IsFromMachine));

        // They agree with each other, as ever; and are told of no more once the role was given by them.
        var waits = People.Give(administrator, IdOf(second), RightKind.Role, nameof(Role.Administrator), clock.Now.AddDays(180), "Anew")!;
        Assert.Throws<PeopleException>(() => People.Approve(People.ViewerOf(second.Name)!, waits.Id));
        var auditor = People.Give(administrator, IdOf(second), RightKind.Role, nameof(Role.ChiefAuditor), clock.Now.AddDays(180), "Watches")!;
        Assert.Throws<PeopleException>(() => People.Approve(administrator, auditor.Id));
        clock.Now += People.AdministratorFromMachineLasts;
        Assert.False(People.ViewerOf(first.Name)!.May(Power.Administer));
        await gate.FlushReadLog();
        var chief = new Viewer("chief@glenbrae-council", "Chief", "glenbrae-council", "Glenbrae Council", "chief auditor", null, [])
        {
            Roles = [Role.ChiefAuditor],
        };
        var logged = gate.Audit.Search(chief, new LogQuestion { Limit = 100 }).Entries.Where(e => e.Act == "make administrator from the machine").ToList();
        Assert.Equal(2, logged.Count);
        Assert.All(logged, e => Assert.Equal("root", e.Who));
    }

    [Fact]
    public void One_whom_whoever_runs_the_program_made_administrator_makes_no_other_alone()
    {
        var first = SetUp();
        var (person, secret) = People.Invite(first, "Hamish Orr", "clerk", "hamish.orr");
        // They have not come in: the link is made anew.
        string? link = People.MakeAdministratorFromMachine(person.SignInName, Machine).Secret;
        Assert.NotNull(link);
        Assert.Null(People.LinkOf(secret));
        var second = ComeIn(person, link);
        People.TakeBack(first, IdOf(second), People.Self(second)!.Rights.Single().Id);
        Assert.NotNull(People.Give(first, IdOf(second), RightKind.Role, nameof(Role.Administrator), clock.Now.AddDays(30), "Again"));
    }

    [Fact]
    public void A_way_in_from_the_machine_ends_what_was()
    {
        var first = SetUp();
        var session = People.Begin(first.Name, "Firefox");
        string link = People.NewWayInFor(first.Name, Machine);
        Assert.Null(People.Use(session));
        Assert.Null(People.ToSignIn(first.Name));
        ComeIn(People.Self(first)!, link);
        Assert.NotNull(People.ToSignIn(first.Name));
    }

    [Fact]
    public void Administrators_change_how_the_desk_of_their_own_agency_is_reached()
    {
        var first = SetUp();
        People.SetDesk(first, " 01234 567899 ");
        Assert.Equal("01234 567899", People.Agency("glenbrae-council")!.Desk);
        Assert.Equal("desk", Assert.Throws<PeopleException>(() => People.SetDesk(first, " ")).Field);
        Assert.True(People.Home.IsHome);
        var (person, secret) = People.Invite(first, "Isla Munro", "analyst", "isla.munro");
        Assert.Throws<UnauthorizedAccessException>(() => People.SetDesk(ComeIn(person, secret), "mine"));
    }

    private Viewer SetUp()
    {
        var (person, secret) = People.SetUp(People.NewSetUpLink(), "Glenbrae Council", "desk@glenbrae.example", "Elspeth Rae", "elspeth.rae");
        return ComeIn(person, secret);
    }

    private Viewer Administrator(Viewer first, string name, string signIn, DateTimeOffset until)
    {
        var (person, secret) = People.Invite(first, name, "administrator", signIn);
        Assert.Null(People.Give(first, person.Id, RightKind.Role, nameof(Role.Administrator), until, "Another is needed"));
        return ComeIn(person, secret);
    }

    private Viewer ComeIn(Person person, string secret)
    {
        People.ComeIn(secret, new Credentials(person.Id) { PasswordHash = "hash" });
        return People.ViewerOf(person.SignInName)!;
    }

    private RecordId IdOf(Viewer viewer) => People.Self(viewer)!.Id;

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
