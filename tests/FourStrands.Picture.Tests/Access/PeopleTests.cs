using System.Text;
using Microsoft.Data.Sqlite;
using Xunit;

namespace FourStrands.Picture.Tests.Access;

public sealed class PeopleTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("fourstrands-people-").FullName;
    private readonly SetClock clock = new();
    private Gate gate;

    public PeopleTests() => gate = Open();

    private People People => gate.People;

    private DateTimeOffset NextMonth => clock.Now.AddDays(30);

    public void Dispose()
    {
        gate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_store_is_set_up_by_a_link_that_works_once()
    {
        Assert.False(People.IsSetUp);
        string old = People.NewSetUpLink(),
            link = People.NewSetUpLink();
        Assert.Null(People.LinkOf(old));
        Assert.Throws<PeopleException>(() => People.SetUp(old, "Glenbrae Council", "01234 567890", "Elspeth Rae", "elspeth.rae"));
        var (person, secret) = People.SetUp(
            link,
            " Glenbrae  Council ".Replace("  ", " ", StringComparison.Ordinal),
            "01234 567890",
            "Elspeth Rae",
            "Elspeth.Rae"
        );
        Assert.Equal(("elspeth.rae@glenbrae-council", PersonState.Invited), (person.SignInName, person.State));
        Assert.True(People.IsSetUp);
        Assert.Throws<PeopleException>(() => People.SetUp(link, "Other", "01234 567890", "X", "x"));
        Assert.Throws<InvalidOperationException>(People.NewSetUpLink);
        Assert.Null(People.ViewerOf(person.SignInName));
        People.ComeIn(secret, new Credentials(person.Id) { PasswordHash = "hash" });
        Assert.Throws<PeopleException>(() => People.ComeIn(secret, new Credentials(person.Id)));
        var viewer = People.ViewerOf("elspeth.rae@glenbrae-council")!;
        Assert.True(viewer.May(Power.Administer));
        Assert.Equal(("Glenbrae Council", null), (viewer.AgencyName, viewer.Clearance));
        Assert.Equal("glenbrae-council", People.Home.Name);
    }

    [Fact]
    public void All_that_is_wrong_with_a_form_is_said_at_once()
    {
        string link = People.NewSetUpLink();
        Assert.Equal(["agency", "desk", "name", "signInName"], Wrong(() => People.SetUp(link, " ", "", "", "Elspeth Rae")));
        Assert.Equal(["desk"], Wrong(() => People.SetUp(link, "Glenbrae Council", "", "Elspeth Rae", "elspeth.rae")));
        Assert.NotNull(People.LinkOf(link));
        var first = SetUp();
        Assert.Equal(["name", "job", "signInName"], Wrong(() => People.Invite(first, "", "", "é")));
        Assert.Equal(["agency", "desk", "administrator", "signInName", "reason"], Wrong(() => People.AskForAgency(first, "", "", "", "", "")));
        Assert.Equal(["name", "purpose", "signInName", "responsible"], Wrong(() => People.AddServiceAccount(first, "", "", "", default)));
        // What is wrong by itself is all of it, too.
        Assert.Equal([""], Wrong(() => People.InviteAgain(first, default)));

        static IEnumerable<string> Wrong(Action act) => Assert.Throws<PeopleException>(act).All.Select(p => p.Field);
    }

    [Fact]
    public void Links_and_rights_end_by_themselves()
    {
        string link = People.NewSetUpLink();
        clock.Now = Start.AddHours(24);
        Assert.Null(People.LinkOf(link));
        var first = SetUp();
        var (person, secret) = People.Invite(first, "Isla Munro", "analyst", "isla.munro");
        People.Give(first, person.Id, RightKind.Role, nameof(Role.Analyst), NextMonth, "Her job");
        ComeIn(person, secret);
        Assert.True(People.ViewerOf(person.SignInName)!.May(Power.Judge));
        clock.Now = NextMonth;
        Assert.False(People.ViewerOf(person.SignInName)!.May(Power.Judge));
    }

    [Fact]
    public void What_widens_sight_or_gives_power_waits_for_a_second_administrator_who_is_neither_of_the_two()
    {
        var first = SetUp();
        var second = Administrator(first, "Hamish Orr", "hamish.orr");
        var (person, secret) = People.Invite(first, "Isla Munro", "analyst", "isla.munro");
        ComeIn(person, secret);
        People.AddCompartment(first, "nightjar", "An operation");
        (RightKind, string)[] waiting =
        [
            (RightKind.Clearance, nameof(Classification.Official)),
            (RightKind.Compartment, "glenbrae-council.nightjar"),
            (RightKind.Role, nameof(Role.Auditor)),
            (RightKind.Role, nameof(Role.Administrator)),
            (RightKind.Role, nameof(Role.InformationManager)),
        ];
        foreach (var (kind, value) in waiting)
        {
            var proposal = People.Give(first, person.Id, kind, value, NextMonth, "Needed")!;
            Assert.Throws<PeopleException>(() => People.Give(first, person.Id, kind, value, NextMonth, "Needed"));
            Assert.Empty(People.ViewerOf(person.SignInName)!.Roles);
            Assert.Throws<PeopleException>(() => People.Approve(first, proposal.Id));
            Assert.Null(People.WhyNotDecide(second, proposal));
        }
        Assert.Equal(waiting.Length, People.Waiting(second).Count);
        foreach (var proposal in People.Waiting(second))
            People.Approve(second, proposal.Id);
        var viewer = People.ViewerOf(person.SignInName)!;
        Assert.Equal((Classification.Official, "glenbrae-council.nightjar", 3), (viewer.Clearance, Assert.Single(viewer.Compartments), viewer.Roles.Count));
        Assert.All(People.Self(viewer)!.Rights, r => Assert.Equal((first.Name, second.Name), (r.By, r.ApprovedBy)));
        Assert.Throws<PeopleException>(() => People.Approve(second, default));

        // Nobody approves what is for themselves.
        var own = People.Give(first, IdOf(second), RightKind.Clearance, nameof(Classification.Official), NextMonth, "Needed")!;
        Assert.NotNull(People.WhyNotDecide(second, own));
        Assert.Throws<PeopleException>(() => People.Approve(second, own.Id));
        People.Refuse(first, own.Id);
        Assert.Null(People.Give(first, person.Id, RightKind.Role, nameof(Role.Contributor), NextMonth, "Needed"));
        Assert.Null(People.Give(first, person.Id, RightKind.Clearance, nameof(Classification.Public), NextMonth, "Needed"));
    }

    [Fact]
    public void The_first_administrator_lets_a_second_in_alone_and_nobody_a_third()
    {
        var first = SetUp();
        var (second, _) = People.Invite(first, "Hamish Orr", "administrator", "hamish.orr");
        Assert.Null(People.Give(first, second.Id, RightKind.Role, nameof(Role.Administrator), NextMonth, "Two are needed"));
        var (third, _) = People.Invite(first, "Morag Hay", "administrator", "morag.hay");
        Assert.NotNull(People.Give(first, third.Id, RightKind.Role, nameof(Role.Administrator), NextMonth, "Three are better"));
    }

    [Theory]
    [InlineData("taken back")]
    [InlineData("closed")]
    [InlineData("ran out")]
    public void Where_two_were_administrators_the_one_who_is_left_widens_nothing_alone(string how)
    {
        var first = SetUp();
        var second = Administrator(first, "Niall Orr", "niall.orr");
        switch (how)
        {
            case "taken back":
                People.TakeBack(first, IdOf(second), People.Self(second)!.Rights.Single().Id);
                break;
            case "closed":
                People.Close(first, IdOf(second));
                break;
            default:
                clock.Now = NextMonth.AddDays(1);
                break;
        }
        gate.Dispose();
        gate = Open();
        var (puppet, secret) = People.Invite(first, "Nobody Real", "clerk", "puppet");
        Assert.NotNull(People.Give(first, puppet.Id, RightKind.Role, nameof(Role.Administrator), NextMonth, "Two are needed"));
        Assert.NotNull(People.Give(first, IdOf(first), RightKind.Role, nameof(Role.ChiefAuditor), NextMonth, "Needed"));
        Assert.NotNull(People.Give(first, IdOf(first), RightKind.Role, nameof(Role.Administrator), NextMonth, "Anew"));
        ComeIn(puppet, secret);
        Assert.Empty(People.ViewerOf(puppet.SignInName)!.Roles);
        // What widens nothing is theirs to do, as before.
        Assert.Null(People.Give(first, puppet.Id, RightKind.Role, nameof(Role.Analyst), NextMonth, "Their job"));
        People.Close(first, puppet.Id);
    }

    [Fact]
    public void A_second_administrator_who_never_came_in_was_none()
    {
        var first = SetUp();
        var (amiss, _) = People.Invite(first, "Hamish Orr", "administrator", "hamish.or");
        Assert.Null(People.Give(first, amiss.Id, RightKind.Role, nameof(Role.Administrator), NextMonth, "Two are needed"));
        People.Close(first, amiss.Id);
        Administrator(first, "Hamish Orr", "hamish.orr");
        var (third, _) = People.Invite(first, "Morag Hay", "administrator", "morag.hay");
        Assert.NotNull(People.Give(first, third.Id, RightKind.Role, nameof(Role.Administrator), NextMonth, "Three are better"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("one line\nand another")]
    public void How_the_desk_is_reached_is_demanded(string desk)
    {
        Assert.Equal("desk", Assert.Throws<PeopleException>(() => People.SetUp(People.NewSetUpLink(), "Glenbrae Council", desk, "Elspeth Rae", "e.rae")).Field);
        Assert.False(People.IsSetUp);
        var first = SetUp();
        Assert.Equal("desk", Assert.Throws<PeopleException>(() => People.AskForAgency(first, "Strathorn Council", desk, "Morag Hay", "morag.hay", "x")).Field);
    }

    [Fact]
    public void An_agency_keeps_an_administrator()
    {
        var first = SetUp();
        Assert.Throws<PeopleException>(() => People.Close(first, IdOf(first)));
        Assert.Throws<PeopleException>(() => People.TakeBack(first, IdOf(first), People.Self(first)!.Rights.Single().Id));
        Administrator(first, "Hamish Orr", "hamish.orr");
        People.Close(first, IdOf(first));
        Assert.Null(People.ViewerOf(first.Name));
    }

    [Fact]
    public void Closing_and_taking_back_end_at_once()
    {
        var first = SetUp();
        var (person, secret) = People.Invite(first, "Isla Munro", "analyst", "isla.munro");
        ComeIn(person, secret);
        People.Give(first, person.Id, RightKind.Role, nameof(Role.Analyst), NextMonth, "Her job");
        var session = People.Begin(person.SignInName, "Firefox");
        Assert.True(People.Use(session)!.May(Power.Judge));
        People.TakeBack(first, person.Id, People.Find(first, person.Id)!.Rights.Single().Id);
        Assert.False(People.Use(session)!.May(Power.Judge));
        People.Close(first, person.Id);
        Assert.Null(People.Use(session));
        Assert.Null(People.ToSignIn(person.SignInName));
        string again = People.Open(first, person.Id);
        Assert.Empty(People.Find(first, person.Id)!.Rights);
        ComeIn(person, again);
        Assert.NotNull(People.ViewerOf(person.SignInName));
    }

    [Fact]
    public void Sessions_end_when_they_rest_and_when_they_are_old()
    {
        var first = SetUp();
        var session = People.Begin(first.Name, "Firefox");
        for (int i = 0; i < 12; i++)
        {
            clock.Now = clock.Now.AddMinutes(45);
            Assert.NotNull(People.Use(session));
        }
        clock.Now = clock.Now.AddMinutes(61);
        Assert.Null(People.Use(session));
        var other = People.Begin(first.Name, "Firefox");
        for (int i = 0; i < 10; i++)
        {
            Assert.NotNull(People.Use(other));
            clock.Now = clock.Now.AddHours(1).AddSeconds(-1);
        }
        clock.Now = clock.Now.AddSeconds(10);
        Assert.Null(People.Use(other));
        Assert.Empty(People.SessionsOf(first.Name));
    }

    [Fact]
    public void One_ends_ones_own_sessions_and_no_others()
    {
        var first = SetUp();
        var second = Administrator(first, "Hamish Orr", "hamish.orr");
        RecordId one = People.Begin(first.Name, "Firefox"),
            two = People.Begin(first.Name, "Chrome"),
            others = People.Begin(second.Name, "Safari");
        Assert.Equal(3, new HashSet<RecordId> { one, two, others }.Count);
        People.End(second, one);
        Assert.NotNull(People.Use(one));
        People.EndOthers(first.Name, one);
        Assert.Null(People.Use(two));
        Assert.NotNull(People.Use(others));
    }

    [Fact]
    public void A_lost_way_in_is_given_again_by_two_and_ends_what_was()
    {
        var first = SetUp();
        var second = Administrator(first, "Hamish Orr", "hamish.orr");
        var third = Administrator(first, "Morag Hay", "morag.hay", second);
        var (person, secret) = People.Invite(first, "Isla Munro", "analyst", "isla.munro");
        Assert.Throws<PeopleException>(() => People.AskForWayIn(first, person.Id, "Lost her phone"));
        ComeIn(person, secret);
        var session = People.Begin(person.SignInName, "Firefox");
        Assert.Throws<PeopleException>(() => People.AskForWayIn(first, person.Id, " "));
        var proposal = People.AskForWayIn(first, person.Id, "Lost her phone; she came to the desk");
        Assert.Throws<PeopleException>(() => People.Approve(first, proposal.Id));
        // What one asks for alone changes nothing for them.
        Assert.NotNull(People.Use(session));
        Assert.NotNull(People.ToSignIn(person.SignInName));
        string anew = People.Approve(second, proposal.Id)!;
        // From the moment that two agreed, nothing lets anybody in as them but the link.
        Assert.Null(People.Use(session));
        Assert.Null(People.ToSignIn(person.SignInName));
        // A link that came to nothing is asked for again.
        anew = People.Approve(second, People.AskForWayIn(first, person.Id, "The link ran out").Id)!;
        ComeIn(person, anew);
        Assert.NotNull(People.ToSignIn(person.SignInName));
        Assert.Throws<PeopleException>(() => People.AskForWayIn(third, IdOf(third), "Lost my phone"));
    }

    [Fact]
    public void Administrators_know_nothing_of_other_agencies_people()
    {
        var first = SetUp();
        var second = Administrator(first, "Hamish Orr", "hamish.orr");
        var proposal = People.AskForAgency(first, "Strathorn Council", "desk@strathorn.example", "Morag Hay", "morag.hay", "A partner");
        Assert.Throws<PeopleException>(() => People.AskForAgency(first, "Strathorn Council", "01234 567891", "Morag Hay", "morag.hay", "A partner"));
        Assert.Null(People.Agency("strathorn-council"));
        string secret = People.Approve(second, proposal.Id)!;
        Assert.Throws<PeopleException>(() => People.AskForAgency(first, "Strathorn Council", "01234 567891", "Morag Hay", "morag.hay", "A partner"));
        var other = People.LinkOf(secret)!.Value.Person!;
        ComeIn(other, secret);
        var theirs = People.ViewerOf("morag.hay@strathorn-council")!;
        Assert.Null(People.Find(theirs, IdOf(first)));
        Assert.Null(People.Find(first, other.Id));
        Assert.Equal(["Morag Hay"], People.Of(theirs).Select(p => p.DisplayName));
        Assert.Throws<PeopleException>(() => People.Close(theirs, IdOf(first)));
        Assert.Throws<PeopleException>(() => People.Give(theirs, IdOf(first), RightKind.Role, nameof(Role.Analyst), NextMonth, "x"));
        Assert.Equal(["Glenbrae Council", "Strathorn Council"], People.Agencies.Select(a => a.DisplayName));

        // The same name in another agency is free, whoever has it elsewhere.
        Assert.Equal("hamish.orr@strathorn-council", People.Invite(theirs, "Hamish Orr", "clerk", "hamish.orr").Person.SignInName);
        var compartment = People.AddCompartment(theirs, "nightjar", "Theirs");
        Assert.Empty(People.Compartments(first));
        Assert.Throws<PeopleException>(() => People.Give(first, IdOf(second), RightKind.Compartment, compartment.Name, NextMonth, "x"));
        var waits = People.Give(theirs, other.Id, RightKind.Compartment, compartment.Name, NextMonth, "x")!;
        Assert.Empty(People.Waiting(first));
        Assert.Throws<PeopleException>(() => People.Approve(second, waits.Id));
    }

    [Fact]
    public void Only_administrators_administer()
    {
        var first = SetUp();
        var (person, secret) = People.Invite(first, "Isla Munro", "analyst", "isla.munro");
        ComeIn(person, secret);
        var viewer = People.ViewerOf(person.SignInName)!;
        Assert.Throws<UnauthorizedAccessException>(() => People.Of(viewer));
        Assert.Throws<UnauthorizedAccessException>(() => People.Invite(viewer, "A", "b", "c"));
        Assert.Throws<UnauthorizedAccessException>(() => People.Waiting(viewer));
        Assert.Throws<UnauthorizedAccessException>(() => People.AddCompartment(viewer, "a", "b"));
        Assert.Throws<UnauthorizedAccessException>(() => gate.For(viewer).BeginImport(new ImportRequest("Source", Label.Public, "", "")));
    }

    [Theory]
    [InlineData("", "name")]
    [InlineData("a b", "signInName")]
    [InlineData("isla@munro", "signInName")]
    [InlineData(".isla", "signInName")]
    [InlineData("elspeth.rae", "signInName")]
    public void What_is_no_name_is_refused_with_its_field(string signIn, string field)
    {
        var first = SetUp();
        string shown = field == "name" ? " \u0007" : "Isla Munro";
        Assert.Equal(field, Assert.Throws<PeopleException>(() => People.Invite(first, shown, "analyst", signIn.Length == 0 ? "isla" : signIn)).Field);
        Assert.Single(People.Of(first));
    }

    [Fact]
    public void Everything_is_there_after_a_restart_and_secrets_are_not_in_the_file()
    {
        var first = SetUp();
        var (person, secret) = People.Invite(first, "Isla Munro", "analyst", "isla.munro");
        People.Give(first, person.Id, RightKind.Role, nameof(Role.Analyst), NextMonth, "Her job");
        People.ComeIn(secret, new Credentials(person.Id) { PasswordHash = "not-in-the-file", AuthenticatorKey = "NORTHIS" });
        var session = People.Begin(person.SignInName, "Firefox");
        gate.Dispose();
        string content = string.Concat(Directory.EnumerateFiles(folder, "picture.db*").Select(f => Encoding.Latin1.GetString(File.ReadAllBytes(f))));
        // A session is found by its identifier, which stands in plain: a cookie that names it is made with the keys alone.
        foreach (string hidden in (string[])["Isla Munro", "Glenbrae Council", "desk@glenbrae.example", "not-in-the-file", "NORTHIS", secret, "Firefox"])
            Assert.False(content.Contains(hidden, StringComparison.Ordinal), hidden);
        gate = Open();
        Assert.Equal("not-in-the-file", People.ToSignIn(person.SignInName)!.Value.Credentials.PasswordHash);
        Assert.True(People.Use(session)!.May(Power.Judge));
    }

    [Fact]
    public void Without_the_key_file_the_store_says_so()
    {
        SetUp();
        gate.Dispose();
        File.Delete(Path.Combine(folder, "keys", "vault"));
        var problem = Assert.Throws<StoreException>(Open);
        Assert.Contains("key", problem.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "keys", "vault")), "No new key must take the place of the lost one.");
        gate = Gate.Open(Directory.CreateTempSubdirectory("fourstrands-people-").FullName);
    }

    [Fact]
    public void What_was_altered_in_the_file_is_refused()
    {
        var first = SetUp();
        ComeIn(People.Invite(first, "Isla Munro", "analyst", "isla.munro"));
        gate.Dispose();
        using (var file = new SqliteConnection($"Data Source={Path.Combine(folder, "picture.db")};Pooling=False"))
        {
            file.Open();
            using var command = file.CreateCommand();
            // The credentials of one put in the place of another's.
            command.CommandText =
                "UPDATE people SET content=(SELECT content FROM people p WHERE p.kind='credentials' AND p.id<>people.id LIMIT 1) WHERE kind='credentials'";
            Assert.Equal(2, command.ExecuteNonQuery());
        }
        Assert.Throws<StoreException>(Open);
        gate = Gate.Open(Directory.CreateTempSubdirectory("fourstrands-people-").FullName);
    }

    [Fact]
    public void Half_a_change_is_none()
    {
        var first = SetUp();
        int before = People.Of(first).Count;
        Rename("people", "elsewhere");
        Assert.Throws<StoreException>(() => People.Invite(first, "Isla Munro", "analyst", "isla.munro"));
        Rename("elsewhere", "people");
        Assert.Equal(before, People.Of(first).Count);
        People.Invite(first, "Isla Munro", "analyst", "isla.munro");
    }

    private void Rename(string table, string name)
    {
        using var file = new SqliteConnection($"Data Source={Path.Combine(folder, "picture.db")};Pooling=False");
        file.Open();
        using var command = file.CreateCommand();
#pragma warning disable CA2100 // Names of this test's own.
        command.CommandText = $"ALTER TABLE {table} RENAME TO {name}";
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private Viewer SetUp()
    {
        var (person, secret) = People.SetUp(People.NewSetUpLink(), "Glenbrae Council", "desk@glenbrae.example", "Elspeth Rae", "elspeth.rae");
        return ComeIn(person, secret);
    }

    private Viewer Administrator(Viewer first, string name, string signIn, Viewer? approves = null)
    {
        var (person, secret) = People.Invite(first, name, "administrator", signIn);
        var waits = People.Give(first, person.Id, RightKind.Role, nameof(Role.Administrator), NextMonth, "Another is needed");
        if (waits is not null)
            People.Approve(approves!, waits.Id);
        return ComeIn(person, secret);
    }

    private Viewer ComeIn((Person Person, string Secret) invited) => ComeIn(invited.Person, invited.Secret);

    private Viewer ComeIn(Person person, string secret)
    {
        People.ComeIn(secret, new Credentials(person.Id) { PasswordHash = "hash" });
        return People.ViewerOf(person.SignInName)!;
    }

    private RecordId IdOf(Viewer viewer) => People.Self(viewer)!.Id;

    private Gate Open() => Gate.Open(folder, new GateOptions { Clock = clock, IdentifierKey = new byte[32] });

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
