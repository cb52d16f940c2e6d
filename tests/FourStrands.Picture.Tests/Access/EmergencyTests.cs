using Microsoft.Data.Sqlite;
using Xunit;

namespace FourStrands.Picture.Tests.Access;

/// <summary>Emergency access: refused in every other way, seen by those who watch over it, and over to the minute.</summary>
public sealed partial class EmergencyTests : IDisposable
{
    private static readonly Viewer Analyst = Viewer.BuiltIn[0],
        Fiona = Named("administrator"),
        Hamish = Named("second"),
        Chief = Named("chief"),
        Council = Named("council"),
        CouncilAuditor = Named("auditor"),
        Strathorn = Named("strathorn"),
        Una =
            new("una@national-police", "Una Kerr", "national-police", "National Police", "clerk", Classification.Official, [])
            {
                Roles = [.. Roles.Working, Role.Administrator, Role.Auditor, Role.InformationManager],
                Purposes = [Purpose.Crime],
                Groups = ["national-police.redwater"],
            },
        Neil =
            new("neil@national-police", "Neil Weir", "national-police", "National Police", "auditor", Classification.Official, []) { Roles = [Role.Auditor] };

    private readonly string folder = Directory.CreateTempSubdirectory("fourstrands-emergency-").FullName;
    private readonly SetClock clock = new();
    private readonly Dictionary<string, RecordId> records = new(StringComparer.Ordinal);
    private Gate gate;

    public EmergencyTests()
    {
        gate = Open();
        People.Invent([.. Viewer.BuiltIn, Una, Neil]);
        Bring(Analyst, "official;agencies=national-police", "Open Kestrel");
        Bring(Analyst, "official-sensitive;agencies=national-police;compartments=nightjar", "Nightjar Kestrel");
        Bring(Analyst, "official-sensitive;agencies=national-police;purposes=crime", "Sensitive Kestrel");
        Bring(Strathorn with { Clearance = Classification.OfficialSensitive }, "official-sensitive", "Shared Kestrel");
        Bring(Strathorn with { Purposes = [Purpose.Licensing] }, "official;purposes=licensing", "Licensed Kestrel");
        Bring(Strathorn, "official", "Seen Kestrel");
        Bring(Strathorn, "official;agencies=strathorn-council", "Own Kestrel");
    }

    private People People => gate.People;

    public void Dispose()
    {
        gate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_right_takes_two_administrators_and_is_for_people_who_have_come_in()
    {
        Assert.False(People.MayOpenEmergency(Una));
        var session = People.Begin(Una.Name, "");
        Refused(() => People.OpenEmergency(Una, session, 15, "Now"));
        var waits = Ask(Una)!;
        Assert.Equal((ProposalKind.Right, RightKind.Emergency), (waits.Kind, waits.Right!.Kind));
        Refused(() => People.Approve(Fiona, waits.Id));
        Refused(() => People.OpenEmergency(Una, session, 15, "Now"));
        People.Approve(Hamish, waits.Id);
        Assert.True(People.MayOpenEmergency(Una));
        Refused(() => People.Give(Fiona, Of(Una), RightKind.Emergency, "Everything", clock.Now.AddDays(9), "Her job"), "value");
        var machine = People.AddServiceAccount(Fiona, "Night desk", "Looks names up", "night-desk", Of(Una));
        Refused(() => People.Give(Fiona, machine.Id, RightKind.Emergency, EmergencyAccess.ToOpenIt, clock.Now.AddDays(9), "Its job"), "value");
        var (invited, _) = People.Invite(Fiona, "Morag Hay", "clerk", "morag.hay");
        Refused(() => People.Give(Fiona, invited.Id, RightKind.Emergency, EmergencyAccess.ToOpenIt, clock.Now.AddDays(9), "Her job"), "value");
        Refused(() => People.Give(Council, Of(Una), RightKind.Emergency, EmergencyAccess.ToOpenIt, clock.Now.AddDays(9), "Not ours"));
    }

    [Fact]
    public void It_is_not_opened_without_a_reason_for_too_long_twice_or_in_anothers_session()
    {
        Give(Una);
        var session = People.Begin(Una.Name, "");
        Refused(() => People.OpenEmergency(Una, session, 15, "  "), "reason");
        Refused(() => People.OpenEmergency(Una, session, 15, new string('x', EmergencyAccess.LongestText + 1)), "reason");
        foreach (int minutes in (int[])[0, -15, 14, 61, 600])
            Refused(() => People.OpenEmergency(Una, session, minutes, "Now"), "minutes");
        Refused(() => People.OpenEmergency(Una, People.Begin(Analyst.Name, ""), 15, "Now"));
        Refused(() => People.OpenEmergency(Una, default, 15, "Now"));
        People.OpenEmergency(Una, session, 60, "Now");
        Refused(() => People.OpenEmergency(Una, session, 15, "Again"));
        Refused(() => People.OpenEmergency(Una, People.Begin(Una.Name, ""), 15, "Again"));
        Assert.Single(People.Emergencies(Fiona));
    }

    [Fact]
    public void All_of_the_own_agency_is_seen_and_nothing_that_was_not_meant_for_it()
    {
        var session = Opened(out _);
        Assert.Equal(["Open Kestrel", "Seen Kestrel"], Seen(Una));
        Assert.Equal(
            ["Licensed Kestrel", "Nightjar Kestrel", "Open Kestrel", "Seen Kestrel", "Sensitive Kestrel", "Shared Kestrel"],
            Seen(People.Use(session)!)
        );
        var wide = People.Use(session)!;
        Assert.Equal((Classification.OfficialSensitive, "nightjar,redstart"), (wide.Clearance, string.Join(',', wide.Compartments)));
        Assert.Equal(Una.Groups, wide.Groups);
        // What another agency keeps in a compartment, or for itself, or shares with a group that this one is not in.
        foreach (string shut in (string[])["official;agencies=strathorn-council", "public;compartments=glenbrae-council.heron", "public;agencies=x.group"])
            Assert.False(wide.MaySee(Label.Parse(shut)), shut);
        // In this browser alone, and for no machine and no work that was begun without it.
        Assert.Null(People.Use(People.Begin(Una.Name, ""))!.Emergency);
        Assert.Null(People.ViewerOf(Una.Name)!.Emergency);
        Assert.Null(People.Again(People.ViewerOf(Una.Name)!, null)!.Emergency);
        Assert.Equal(wide.PermissionClass, People.Again(wide, null)!.PermissionClass);
    }

    [Fact]
    public void Nothing_can_be_changed_given_out_or_watched_over_while_it_is_open()
    {
        var wide = People.Use(Opened(out _))!;
        Assert.All(Enum.GetValues<Power>(), power => Assert.True(Una.May(power) || power == Power.AuditAll, power.ToString()));
        Assert.All(Enum.GetValues<Power>(), power => Assert.False(wide.May(power), power.ToString()));
        var view = gate.For(wide);
        Assert.Throws<UnauthorizedAccessException>(() => view.BeginImport(new ImportRequest("Mine", Label.OwnAgency(wide), "f", "test")));
        Assert.Throws<UnauthorizedAccessException>(() => view.Write("note", "{}", Label.OwnAgency(wide)));
        Assert.Throws<UnauthorizedAccessException>(() => view.Judge(records["Open Kestrel"], records["Nightjar Kestrel"], Verdict.Same, "Both say so"));
        Assert.Throws<UnauthorizedAccessException>(() => view.Export().ToList());
        var order = new ReleaseOrder([new ReleasedValue(records["Open Kestrel"], "name", "Open Kestrel")], new Label(Classification.Public), "They need it");
        Assert.Throws<UnauthorizedAccessException>(() => gate.Releases.Order(wide, order));
        Assert.Throws<UnauthorizedAccessException>(() => gate.Audit.Search(wide, new LogQuestion()));
        Assert.Throws<UnauthorizedAccessException>(() => People.Of(wide));
        var ask = new Request(RequestKind.Access, "", "glenbrae-council", "", default, "What of Nightjar Kestrel?");
        Assert.Throws<ReleaseException>(() => gate.Requests.Ask(wide, ask));
        gate.Requests.Ask(Una, ask);
        // Whether there are compartments that a person is not in is not told in this way either.
        People.Approve(Hamish, People.AskToTell(Fiona, "glenbrae-council", "A protocol").Id);
        Assert.Equal(["glenbrae-council"], People.ToldOfSearches(Una));
        Assert.Equal(["glenbrae-council"], People.ToldOfSearches(wide));
    }

    [Fact]
    public void It_ends_at_its_minute_also_after_a_restart_and_leaves_nothing_behind()
    {
        var session = Opened(out var access, minutes: 15);
        Assert.Equal(6, Seen(People.Use(session)!).Length);
        clock.Now = access.Until.AddTicks(-1);
        Reopen();
        Assert.Equal(6, Seen(People.Use(session)!).Length);
        clock.Now = access.Until;
        Assert.Null(People.Again(Una with { Emergency = new OpenEmergency(access.Id, access.Until, Una) }, null)!.Emergency);
        Assert.Equal(["Open Kestrel", "Seen Kestrel"], Seen(People.Use(session)!));
        Assert.Equal((access.Until, ""), (People.FindEmergency(Fiona, access.Id)!.Ended, People.FindEmergency(Fiona, access.Id)!.EndedBy));
        Reopen();
        Assert.Equal(["Open Kestrel", "Seen Kestrel"], Seen(People.Use(session)!));
        // It ran out while the program was not running: its end is the time it was given.
        clock.Now = clock.Now.AddHours(1);
        var second = People.OpenEmergency(Una, People.Begin(Una.Name, ""), 30, "Again");
        gate.Dispose();
        clock.Now = second.Until.AddHours(5);
        gate = Open();
        Assert.Equal(second.Until, People.FindEmergency(Fiona, second.Id)!.Ended);
    }

    [Fact]
    public void It_ends_with_a_press_with_the_session_the_right_and_the_account()
    {
        Give(Una);
        (string How, Action<RecordId, EmergencyAccess> End, string By)[] ways =
        [
            ("their own press", (_, access) => People.EndEmergency(Una, access.Id), Una.Name),
            ("an administrator", (_, access) => People.EndEmergency(Fiona, access.Id), Fiona.Name),
            ("an auditor", (_, access) => People.EndEmergency(Neil, access.Id), Neil.Name),
            ("signing out", (session, _) => People.End(session), ""),
            ("signing out from another browser", (session, _) => People.EndOthers(Una.Name, People.Begin(Una.Name, "")), ""),
            ("being signed out", (_, _) => People.SignOutEverywhere(Fiona, Of(Una)), ""),
            ("the right", (_, _) => People.TakeBack(Fiona, Of(Una), RightOf(Una)), Fiona.Name),
            ("the account", (_, _) => People.Close(Fiona, Of(Una)), ""),
        ];
        foreach (var (how, end, by) in ways)
        {
            if (!People.MayOpenEmergency(Una))
                Give(Una);
            clock.Now = clock.Now.AddMinutes(1);
            var session = People.Begin(Una.Name, "");
            var access = People.OpenEmergency(Una, session, 30, how);
            Assert.NotNull(People.Use(session)!.Emergency);
            Refused(() => People.EndEmergency(Council, access.Id));
            Refused(() => People.EndEmergency(Analyst, access.Id));
            end(session, access);
            Assert.True(People.Use(session)?.Emergency is null, how);
            var ended = People.Emergencies(Fiona).Single(e => e.Id == access.Id);
            Assert.Equal((how, clock.Now, by), (how, ended.Ended, ended.EndedBy));
            Refused(() => People.EndEmergency(Fiona, access.Id));
            People.ReviewEmergency(Neil, access.Id, justified: true, "It was needed");
        }
    }

    [Fact]
    public void It_lasts_no_longer_than_the_right_it_rests_on()
    {
        Give(Una, clock.Now.AddMinutes(20));
        var access = People.OpenEmergency(Una, People.Begin(Una.Name, ""), 60, "Now");
        Assert.Equal(clock.Now.AddMinutes(20), access.Until);
        clock.Now = clock.Now.AddHours(1);
        Give(Una);
        var session = People.Begin(Una.Name, "");
        clock.Now = clock.Now.AddMinutes(50);
        Assert.NotNull(People.Use(session));
        for (int i = 0; i < 10; i++)
        {
            clock.Now = clock.Now.AddMinutes(50);
            _ = People.Use(session);
        }
        var late = People.OpenEmergency(Una, session, 60, "Now");
        Assert.Equal(People.SessionsOf(Una.Name).Single(s => s.Id == session).Until, late.Until);
    }

    [Fact]
    public async Task Those_who_watch_over_it_see_who_when_and_why_and_of_what_was_read_no_more_than_the_log_shows_them()
    {
        var session = Opened(out var access);
        var view = gate.For(People.Use(session)!);
        view.Search("Nightjar");
        view.Find(records["Nightjar Kestrel"]);
        await gate.FlushReadLog();
        var told = Assert.Single(People.Emergencies(Neil));
        Assert.Equal((Una.Name, "A life is at risk", clock.Now), (told.SignInName, told.Reason, told.At));
        Assert.Equal(told, Assert.Single(People.Emergencies(Hamish)));
        Assert.Throws<UnauthorizedAccessException>(() => People.Emergencies(Analyst));
        Assert.Null(People.FindEmergency(Analyst, access.Id));
        Assert.Null(People.FindEmergency(Council, access.Id));
        Assert.Empty(People.Emergencies(Council));
        // The auditor who is in no compartment reads that it was opened, and nothing of what was asked.
        var opened = gate.Audit.Search(Neil, new LogQuestion { Who = "una" }).Entries.Single(e => e.Act == "open emergency access");
        Assert.EndsWith("A life is at risk", opened.Question, StringComparison.Ordinal);
        Assert.Empty(gate.Audit.Search(Neil, new LogQuestion { InEmergency = true }).Entries);
        var all = gate.Audit.Search(Chief, new LogQuestion { InEmergency = true }).Entries;
        Assert.Equal(["consult", "search"], all.Select(e => e.Act));
        Assert.All(all, e => Assert.Equal((LogKind.Consultation, Una.Name), (e.Kind, e.Who)));
        // Reading without it is not marked.
        gate.For(Una).Search("Open");
        People.EndEmergency(Una, access.Id);
        gate.For(People.Use(session)!).Search("Open");
        await gate.FlushReadLog();
        Assert.Equal(2, gate.Audit.Search(Chief, new LogQuestion { InEmergency = true }).Entries.Count);
        Assert.Equal(Una.Name, gate.Audit.Search(Neil, new LogQuestion { Text = "of una@" }).Entries.Single(e => e.Act == "end emergency access").Who);
    }

    [Fact]
    public async Task The_owner_is_told_at_once_of_what_was_shown_only_thanks_to_it()
    {
        var auditor = Strathorn with { Roles = [Role.Auditor] };
        var cleared = auditor with { Clearance = Classification.OfficialSensitive };
        var licensing = auditor with { Purposes = [Purpose.Licensing] };
        var session = Opened(out _);
        var view = gate.For(People.Use(session)!);
        // What they see anyway, and what is their own agency's, is told to nobody.
        view.Find(records["Seen Kestrel"]);
        view.Find(records["Nightjar Kestrel"]);
        view.Find(records["Own Kestrel"]);
        await gate.FlushReadLog();
        Assert.Empty(Shown(cleared));
        Assert.Empty(gate.Requests.Notices(cleared));
        view.Search("Shared");
        view.Find(records["Shared Kestrel"]);
        view.Find(records["Licensed Kestrel"]);
        await gate.FlushReadLog();
        var told = Assert.Single(Shown(cleared));
        Assert.Equal(
            (LogKind.Disclosure, "FourStrands", "national-police", records["Shared Kestrel"], clock.Now),
            (told.Kind, told.Who, told.Question, Assert.Single(told.Records), told.At)
        );
        // Each is told of by those who see what bears its label, and by no others.
        Assert.Empty(Shown(auditor));
        Assert.Equal(records["Licensed Kestrel"], Assert.Single(Assert.Single(Shown(licensing)).Records));
        Assert.Contains("somebody of National Police", Assert.Single(gate.Requests.Notices(cleared)).Text, StringComparison.Ordinal);
        Assert.Single(gate.Requests.Notices(licensing));
        Assert.Empty(gate.Requests.Notices(auditor));
        Assert.DoesNotContain("Kestrel", gate.Requests.Notices(cleared)[0].Text, StringComparison.Ordinal);
        foreach (var other in (Viewer[])[Analyst, CouncilAuditor with { Clearance = Classification.OfficialSensitive }, Una])
            Assert.Empty(gate.Requests.Notices(other));
        // The same notice, not a second, after a restart.
        Reopen();
        gate.For(People.Use(session)!).Find(records["Shared Kestrel"]);
        await gate.FlushReadLog();
        Assert.Single(gate.Requests.Notices(cleared));

        IReadOnlyList<LogEntry> Shown(Viewer by) =>
            [.. gate.Audit.Search(by, new LogQuestion { Kind = LogKind.Disclosure }).Entries.Where(e => e.Act == "show in an emergency")];
    }

    [Fact]
    public async Task Of_what_other_agencies_wrote_they_are_told_too()
    {
        var cleared = Strathorn with { Clearance = Classification.OfficialSensitive };
        var document = gate.For(cleared).Write("note", "{}", new Label(Classification.OfficialSensitive));
        var view = gate.For(People.Use(Opened(out _))!);
        // What they may read anyway is told to nobody.
        var open = gate.For(cleared).Write("note", "{}", new Label(Classification.Official));
        Assert.NotNull(view.Read(open.Id));
        await gate.FlushReadLog();
        Assert.Empty(gate.Requests.Notices(cleared));
        Assert.NotNull(view.Read(document.Id));
        await gate.FlushReadLog();
        Assert.Single(gate.Requests.Notices(cleared));
        var told = gate.Audit.Search(cleared with { Roles = [Role.Auditor] }, new LogQuestion { Kind = LogKind.Disclosure }).Entries;
        Assert.Equal([document.Id], told.SelectMany(e => e.Records));
    }

    [Fact]
    public void Not_reviewed_within_a_day_it_is_shut_for_the_agency_until_it_is()
    {
        Give(Analyst);
        Opened(out var access, minutes: 15);
        clock.Now = access.At.AddHours(24).AddTicks(-1);
        var other = People.OpenEmergency(Analyst, People.Begin(Analyst.Name, ""), 15, "Now");
        People.EndEmergency(Analyst, other.Id);
        clock.Now = access.Due;
        Assert.True(People.FindEmergency(Neil, access.Id)!.IsOverdue(clock.Now));
        Refused(() => People.OpenEmergency(Analyst, People.Begin(Analyst.Name, ""), 15, "Now"));
        Reopen();
        Refused(() => People.OpenEmergency(Una, People.Begin(Una.Name, ""), 15, "Now"));
        // In another agency nobody notices.
        Give(Named("glenbrae"), Council);
        People.OpenEmergency(Named("glenbrae"), People.Begin(Named("glenbrae").Name, ""), 15, "Now");
        People.ReviewEmergency(Neil, access.Id, justified: true, "A child was missing");
        People.OpenEmergency(Analyst, People.Begin(Analyst.Name, ""), 15, "Now");
    }

    [Fact]
    public void Somebody_else_with_the_power_reviews_it_once_and_what_was_not_justified_ends_the_right()
    {
        Opened(out var access);
        Refused(() => People.ReviewEmergency(Neil, access.Id, justified: true, "Still open"));
        People.EndEmergency(Una, access.Id);
        Assert.Throws<UnauthorizedAccessException>(() => People.ReviewEmergency(Fiona, access.Id, justified: true, "Fine"));
        Refused(() => People.ReviewEmergency(Una, access.Id, justified: true, "My own"));
        Refused(() => People.ReviewEmergency(CouncilAuditor, access.Id, justified: true, "Not ours"));
        Refused(() => People.ReviewEmergency(Neil, access.Id, justified: true, " "), "words");
        Refused(() => People.ReviewEmergency(Neil, access.Id, justified: true, new string('x', EmergencyAccess.LongestText + 1)), "words");
        Assert.Null(People.FindEmergency(Una, access.Id)!.Review);
        // Meanwhile another was opened, and the right is asked for anew.
        var session = People.Begin(Una.Name, "");
        People.OpenEmergency(Una, session, 60, "Once more");
        var waits = Ask(Una)!;
        People.ReviewEmergency(Neil, access.Id, justified: false, "Their own neighbour");
        Assert.False(People.MayOpenEmergency(Una));
        Assert.Null(People.Use(session)!.Emergency);
        Refused(() => People.Approve(Hamish, waits.Id));
        Refused(() => People.ReviewEmergency(Chief, access.Id, justified: true, "It was fine"));
        Reopen();
        var finding = People.OwnEmergencies(Una).Single(e => e.Id == access.Id).Review!;
        Assert.Equal((Neil.Name, false, "Their own neighbour"), (finding.By, finding.Justified, finding.Words));
        var logged = gate.Audit.Search(Neil, new LogQuestion { Text = "not justified" }).Entries.Single(e => e.Act == "review emergency access");
        Assert.Equal(Neil.Name, logged.Who);
    }

    [Fact]
    public void The_session_it_is_bound_to_does_not_lie_in_plain_text_and_is_encrypted_anew_with_the_key()
    {
        var session = Opened(out var access);
        People.RotateKeyFromMachine(Una);
        Assert.Equal(access, People.FindEmergency(Una, access.Id));
        Reopen();
        Assert.NotNull(People.Use(session)!.Emergency);
        gate.Dispose();
        using (var file = new SqliteConnection($"Data Source={Path.Combine(folder, "picture.db")};Pooling=False"))
        {
            file.Open();
            using var command = file.CreateCommand();
            command.CommandText = "SELECT content FROM people WHERE kind='emergency'";
            string kept = System.Text.Encoding.Latin1.GetString((byte[])command.ExecuteScalar()!);
            Assert.DoesNotContain(session.ToString(), kept, StringComparison.Ordinal);
            Assert.DoesNotContain("life", kept, StringComparison.Ordinal);
        }
        gate = Open();
    }

    private static Viewer Named(string name) => Viewer.BuiltIn.Single(v => v.ShortName == name);

    private static void Refused(Action act, string field = "") => Assert.Equal(field, Assert.Throws<PeopleException>(act).Field);

    private Proposal? Ask(Viewer person, DateTimeOffset? until = null, Viewer? by = null) =>
        People.Give(by ?? Fiona, Of(person), RightKind.Emergency, EmergencyAccess.ToOpenIt, until ?? clock.Now.AddDays(30), "On call");

    private void Give(Viewer person, DateTimeOffset until) => People.Approve(Hamish, Ask(person, until)!.Id);

    private void Give(Viewer person, Viewer? by = null) =>
        People.Approve(by is null ? Hamish : by with { Name = $"second@{by.Agency}" }, Ask(person, by: by)!.Id);

    private RecordId Of(Viewer person) => People.Self(person)!.Id;

    private RecordId RightOf(Viewer person) => People.Self(person)!.Rights.Single(r => r.Kind == RightKind.Emergency).Id;

    private RecordId Opened(out EmergencyAccess access, int minutes = 30)
    {
        Give(Una);
        var session = People.Begin(Una.Name, "a browser");
        access = People.OpenEmergency(Una, session, minutes, "A life is at risk");
        return session;
    }

    private string[] Seen(Viewer viewer) => [.. gate.For(viewer).Search("Kestrel").Hits.Select(h => h.Entity.Caption).Order(StringComparer.Ordinal)];

    private void Bring(Viewer by, string label, string name, string kind = "Company", string born = "")
    {
        using var import = gate.For(by with { Roles = [Role.Contributor] }).BeginImport(new ImportRequest("Notes", Label.Parse(label), "test", "test"));
        Add(import, name, kind, born);
        import.Commit();
    }

    private void Add(ImportSession import, string name, string kind, string born)
    {
        var schema = Ontology.Default[kind];
        import.Begin(name, schema);
        import.Add(schema["name"], name);
        if (born.Length > 0)
            import.Add(schema["birthDate"], born);
        import.End();
        records[name] = import.IdentifierOf(name);
    }

    private void Reopen()
    {
        gate.Dispose();
        gate = Open();
    }

    private Gate Open() => Gate.Open(folder, new GateOptions { Clock = clock, IdentifierKey = new byte[32] });

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
