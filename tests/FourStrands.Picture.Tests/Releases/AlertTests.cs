using Xunit;

namespace FourStrands.Picture.Tests.Releases;

public sealed class AlertTests : IDisposable
{
    private const string Watched = "Wilhelmina Tystie";

    private static readonly Viewer Police = Person("ailsa", "police", ["police.nightjar"]),
        Second = Person("gregor", "police", []),
        Council = Person("callum", "council", []),
        Clerk = Person("morag", "council", []),
        Covert = Person("flora", "council", ["council.wren"]),
        Open = Person("ewan", "council", ["council.finch"]),
        Other = Person("rory", "other", []);

    private readonly string folder = Directory.CreateTempSubdirectory("fourstrands-alert-").FullName;
    private readonly SetClock clock = new();
    private Gate gate;
    private int keys;

    public AlertTests()
    {
        gate = Opened();
        gate.People.Invent([Police, Second, Council, Clerk, Covert, Open, Other]);
        gate.People.AddCompartment(Administrator(Council), "kite", "Not used", tellsOfSearches: true);
    }

    public void Dispose()
    {
        gate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Nobody_is_told_of_searches_by_an_agency_that_did_not_agree()
    {
        var alert = SetAlert();
        gate.For(Council).Search(Watched);
        Assert.Empty(Looked(alert));
        // Asking alone changes nothing: a second administrator decides.
        var waits = gate.People.AskToTell(Administrator(Council), "police", "Safeguarding protocol");
        gate.For(Council).Search(Watched);
        Assert.Empty(Looked(alert));
        Assert.Throws<PeopleException>(() => gate.People.Approve(Administrator(Council), waits.Id));
        gate.People.Approve(Administrator(Clerk), waits.Id);
        // What was looked for before is not told afterwards.
        Assert.Empty(Looked(alert));
        gate.For(Council).Search(Watched);
        Assert.Equal([new LookedFor(Today, "council")], Looked(alert));
        gate.People.StopTelling(Administrator(Council), "police");
        clock.Move(TimeSpan.FromDays(1));
        gate.For(Council).Search(Watched);
        Assert.Single(Looked(alert));
        Assert.Throws<PeopleException>(() => gate.People.StopTelling(Administrator(Council), "police"));
    }

    [Fact]
    public void The_owner_is_told_the_agency_and_the_day_once()
    {
        Agree();
        var alert = SetAlert();
        foreach (string typed in new[] { "wilhelmina tystie", "Tystie, Wilhelmina", "GB 123 4567" })
            gate.For(Council).Search(typed);
        gate.For(Clerk).NoteLookedFor(["", Watched]);
        Assert.Equal([new LookedFor(Today, "council")], Looked(alert));
        var first = Today;
        clock.Move(TimeSpan.FromDays(1));
        // What is worked out anew by itself is nobody's search.
        gate.For(Clerk).Screen(Linkage.SubjectKind.Person, [new Linkage.FieldValue(Linkage.Field.Name, Watched)]);
        Assert.Single(Looked(alert));
        gate.For(Clerk).NoteLookedFor(["GB 1234567"]);
        Assert.Equal([new LookedFor(first, "council"), new LookedFor(Today, "council")], Looked(alert));
        // It is kept.
        gate.Dispose();
        gate = Opened();
        Assert.Equal(2, Looked(alert).Count);
        gate.For(Council).Search(Watched);
        Assert.Equal(2, Looked(alert).Count);
    }

    [Fact]
    public void Less_than_the_whole_name_alerts_nobody()
    {
        Agree();
        var alert = SetAlert();
        foreach (string typed in new[] { "tystie", "Wilhelmina M Tystie", "GB123456", "secretive", "" })
            gate.For(Council).Search(typed);
        Assert.Empty(Looked(alert));
    }

    [Fact]
    public void Searches_from_a_covert_compartment_alert_nobody()
    {
        Agree();
        var alert = SetAlert();
        gate.For(Covert).Search(Watched);
        Assert.Empty(Looked(alert));
        Assert.Empty(gate.People.ToldOfSearches(Covert));
        gate.For(Council with { Compartments = ["council.kite", "council.wren"] }).Search(Watched);
        Assert.Empty(Looked(alert));
        gate.For(Council with { Compartments = ["council.kite"] }).Search(Watched);
        Assert.Single(Looked(alert));
    }

    [Fact]
    public void Whoever_looks_learns_nothing_and_neither_does_anybody_else()
    {
        Agree();
        string before = Everything(Council),
            other = Everything(Other);
        var alert = SetAlert();
        gate.For(Council).Search(Watched);
        Assert.Single(Looked(alert));
        Assert.Equal(before, Everything(Council));
        Assert.Equal(other, Everything(Other));
        Assert.Empty(gate.For(Council).Pointers(Watched));
        gate.Releases.TakeBack(Police, alert, "Over");
        Assert.Equal(before, Everything(Council));
        Assert.Equal(other, Everything(Other));
        clock.Move(TimeSpan.FromDays(1));
        gate.For(Council).Search(Watched);
        Assert.Single(Looked(alert));
    }

    [Fact]
    public async Task The_log_of_whoever_looked_does_not_tell_it()
    {
        Agree();
        var alert = SetAlert();
        gate.For(Council).Search(Watched);
        Assert.Single(Looked(alert));
        await gate.FlushReadLog();
        Assert.DoesNotContain(Entries(Council), e => e.Act == "told of a search");
        var told = Assert.Single(Entries(Police), e => e.Act == "told of a search");
        Assert.Equal("council", told.Question);
        Assert.Equal(LogKind.Disclosure, told.Kind);
    }

    /// <summary>The page and the log say the same day, that of the clocks of those who read it: in summer it begins an hour before that of coordinated universal time.</summary>
    [Fact]
    public async Task The_day_is_that_of_London()
    {
        clock.Move(new DateTimeOffset(2027, 7, 1, 23, 30, 0, TimeSpan.Zero) - clock.GetUtcNow());
        Agree();
        var alert = SetAlert();
        gate.For(Council).Search(Watched);
        var day = new DateOnly(2027, 7, 2);
        Assert.Equal([new LookedFor(day, "council")], Looked(alert));
        await gate.FlushReadLog();
        var told = Assert.Single(Entries(Police), e => e.Act == "told of a search");
        Assert.Equal(new DateTimeOffset(2027, 7, 1, 23, 0, 0, TimeSpan.Zero), told.At);
        Assert.Equal(day, London.Day(told.At));
        // That a day begins in the night is nobody's reading at night, however many were looked for.
        for (int i = 0; i < 12; i++)
        {
            string name = $"Ada Quist {(char)('A' + i)}";
            gate.Releases.Order(Police, AlertOn(Bring("official;agencies=police", name), "official", name));
            gate.For(Council).Search(name);
        }
        _ = gate.Releases.All(Police);
        await gate.FlushReadLog();
        var disclosed = gate.Audit.Search(Chief(Police), new LogQuestion { Kind = LogKind.Disclosure, Limit = 100 }).Entries;
        Assert.Equal(13, disclosed.Count(e => e.Act == "told of a search"));
        var night = gate.Audit.Unusual(Chief(Police), London.StartOf(day), London.StartOf(day).AddMinutes(5));
        Assert.DoesNotContain(night, u => u.Who.Contains("FourStrands"));
    }

    [Fact]
    public async Task The_entries_of_a_day_stand_in_the_order_of_what_they_name_and_not_of_who_looked_first()
    {
        Agree();
        Agree(Other);
        List<RecordId> records = [];
        foreach (string name in (string[])["Ada Quist", "Berta Quist", "Cora Quist", "Dora Quist"])
        {
            records.Add(Bring("official;agencies=police", name));
            gate.Releases.Order(Police, AlertOn(records[^1], "official", name));
        }
        var names = records.Zip((string[])["Ada Quist", "Berta Quist", "Cora Quist", "Dora Quist"]).OrderBy(r => r.First).Select(r => r.Second).ToList();
        // Each way round: the other agency looks first for the one half, and second for the other.
        foreach (string name in names)
            Look(name == names[0] || name == names[3] ? Council : Other, name);
        foreach (string name in Enumerable.Reverse(names))
            Look(name == names[0] || name == names[3] ? Other : Council, name);
        await gate.FlushReadLog();
        Assert.Equal(
            records.Order().SelectMany(r => new[] { (r, "council"), (r, "other") }),
            Entries(Police).Where(e => e.Act == "told of a search").Select(e => (e.Records.Single(), e.Question!))
        );

        void Look(Viewer by, string name)
        {
            gate.For(by).Search(name);
            _ = gate.Releases.All(Police);
        }
    }

    [Fact]
    public void It_concerns_the_agencies_that_it_names_alone()
    {
        Agree();
        var waits = gate.People.AskToTell(Administrator(Other), "police", "Protocol");
        gate.People.Approve(Administrator(Other) with { Name = "second@other" }, waits.Id);
        var alert = SetAlert("official;agencies=other");
        gate.For(Council).Search(Watched);
        Assert.Empty(Looked(alert));
        gate.For(Other).Search(Watched);
        gate.For(Police).Search(Watched);
        gate.For(Second).Search(Watched);
        Assert.Equal([new LookedFor(Today, "other")], Looked(alert));
    }

    [Fact]
    public void It_is_known_to_those_alone_who_see_what_is_watched()
    {
        Agree();
        var alert = SetAlert("official", "official;agencies=police;compartments=police.nightjar");
        gate.For(Council).Search(Watched);
        Assert.Single(Looked(alert));
        Assert.Null(gate.Releases.Find(Second, alert));
        Assert.Empty(gate.Releases.All(Second));
    }

    [Fact]
    public void A_second_person_agrees_where_the_agency_has_every_release_agreed()
    {
        Agree();
        gate.People.SetSecondForEveryRelease(Administrator(Police), every: true);
        var record = Bring("official;agencies=police");
        var waits = gate.Releases.Order(Police, AlertOn(record, "official"));
        Assert.Equal(ReleaseState.WaitsForSecond, waits.State);
        gate.For(Council).Search(Watched);
        Assert.Empty(Looked(waits.Id));
        Assert.Throws<ReleaseException>(() => gate.Releases.Agree(Police, waits.Id));
        gate.Releases.Agree(Second, waits.Id);
        gate.For(Council).Search(Watched);
        Assert.Single(Looked(waits.Id));
    }

    [Fact]
    public void It_ends()
    {
        Agree();
        var record = Bring("official;agencies=police");
        foreach (DateTimeOffset? until in new DateTimeOffset?[] { null, clock.GetUtcNow().AddDays(400), clock.GetUtcNow() })
        {
            var refused = Assert.Throws<ReleaseException>(() => gate.Releases.Order(Police, AlertOn(record, "official") with { Until = until }));
            Assert.Matches("at most a year away|in the future", refused.Message);
        }
        var alert = gate.Releases.Order(Police, AlertOn(record, "official")).Id;
        clock.Move(TimeSpan.FromDays(30));
        gate.For(Council).Search(Watched);
        Assert.Empty(Looked(alert));
        Assert.Equal(ReleaseState.Ended, gate.Releases.Find(Police, alert)!.State);
    }

    [Fact]
    public void Erasing_takes_it_along_and_what_it_told()
    {
        Agree();
        var record = Bring("official;agencies=police");
        var alert = gate.Releases.Order(Police, AlertOn(record, "official")).Id;
        gate.For(Council).Search(Watched);
        gate.Erasures.Erase(Police with { Roles = [Role.InformationManager] }, ErasureTarget.OfRecord(record), "Retention");
        Assert.Null(gate.Releases.Find(Police, alert));
        gate.For(Council).Search(Watched);
        Assert.Null(gate.Releases.Find(Police, alert));
        Assert.Empty(gate.Releases.All(Police));
    }

    [Fact]
    public void What_cannot_be_watched_is_refused()
    {
        var record = Bring("official;agencies=police");
        Assert.Contains("sharing groups", Refused("official;agencies=police.redwater"), StringComparison.Ordinal);
        Assert.Contains("other agencies", Refused("official;agencies=police"), StringComparison.Ordinal);
        var notes = AlertOn(record, "official") with { Values = [new ReleasedValue(record, "notes", "Secretive")] };
        Assert.Contains("a name or a number", Assert.Throws<ReleaseException>(() => gate.Releases.Order(Police, notes)).Message, StringComparison.Ordinal);

        string Refused(string label) => Assert.Throws<ReleaseException>(() => gate.Releases.Order(Police, AlertOn(record, label))).Message;
    }

    private DateOnly Today => London.Day(clock.GetUtcNow());

    private void Agree(Viewer? by = null)
    {
        var first = Administrator(by ?? Council);
        var waits = gate.People.AskToTell(first, "police", "Safeguarding protocol");
        gate.People.Approve(first with { Name = $"second@{first.Agency}" }, waits.Id);
    }

    private RecordId SetAlert(string label = "official", string kept = "official;agencies=police") =>
        gate.Releases.Order(Police, AlertOn(Bring(kept), label)) is { State: ReleaseState.Out } set ? set.Id : throw new InvalidOperationException("It waits.");

    private ReleaseOrder AlertOn(RecordId record, string label, string? name = null) =>
        new(
            name is not null
                ? [new ReleasedValue(record, "name", name)]
                : [new ReleasedValue(record, "name", Watched), new ReleasedValue(record, "passportNumber", "GB1234567")],
            Label.Parse(label),
            "Deconfliction"
        )
        {
            Kind = ReleaseKind.Alert,
            Until = clock.GetUtcNow().AddDays(10),
        };

    private IReadOnlyList<LookedFor> Looked(RecordId alert) => gate.Releases.Find(Police, alert)!.LookedFor;

    private List<LogEntry> Entries(Viewer of) => [.. gate.Audit.Search(Chief(of), new LogQuestion()).Entries];

    private static Viewer Chief(Viewer of) => of with { Roles = [Role.ChiefAuditor] };

    private string Everything(Viewer viewer)
    {
        var view = gate.For(viewer);
        return string.Join(
            '\n',
            [
                string.Join(' ', view.Export().Select(r => r.Id)),
                string.Join(' ', view.Search(Watched).Hits.Select(h => h.Entity.Id)),
                string.Join(' ', view.Sources().Select(s => s.Source.Name)),
                string.Join(' ', gate.Requests.Notices(viewer).Select(n => n.Text)),
                string.Join(' ', gate.Requests.All(viewer).Select(n => n.Text)),
            ]
        );
    }

    private RecordId Bring(string label, string name = Watched)
    {
        using var session = gate.For(Police).BeginImport(new ImportRequest("Notes", Label.Parse(label), "notes.csv", "test"));
        string key = $"k{keys++}";
        var person = Ontology.Default["Person"];
        session.Begin(key, person);
        session.Add(person["name"], name);
        session.Add(person["passportNumber"], "GB1234567");
        session.Add(person["notes"], "Secretive");
        session.End();
        var id = session.IdentifierOf(key);
        session.Commit();
        return id;
    }

    private Gate Opened() => Gate.Open(folder, new GateOptions { Clock = clock });

    private static Viewer Administrator(Viewer viewer) => viewer with { Roles = [Role.Administrator] };

    private static Viewer Person(string name, string agency, string[] compartments) =>
        new($"{name}@{agency}", name, agency, agency, "officer", Classification.OfficialSensitive, compartments) { Roles = [Role.Liaison, Role.Analyst] };

    private sealed class SetClock : TimeProvider
    {
        private DateTimeOffset now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => now;

        public void Move(TimeSpan by) => now += by;
    }
}
