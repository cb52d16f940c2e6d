using Microsoft.Data.Sqlite;
using Xunit;

namespace FourStrands.Picture.Tests.Access;

/// <summary>Whoever owns what was shown is told of it, in whatever way it was shown; and nothing is opened that the log does not say.</summary>
public sealed partial class EmergencyTests
{
    private const string Wide = "official-sensitive";

    private static Viewer Cleared => Strathorn with { Clearance = Classification.OfficialSensitive };

    /// <summary>Of a third agency.</summary>
    private static Viewer Glenbrae => Named("glenbrae") with { Clearance = Classification.OfficialSensitive };

    [Fact]
    public async Task With_a_tie_that_is_titled_by_its_ends_their_owners_are_told_of_those_too()
    {
        foreach (var (who, label) in new[] { (Strathorn, "official"), (Cleared, Wide) })
        {
            using var import = gate.For(who with { Roles = [Role.Contributor] }).BeginImport(new ImportRequest("Notes", Label.Parse(label), "test", "test"));
            var company = Ontology.Default["Company"];
            var ownership = Ontology.Default["Ownership"];
            import.Begin("R", company);
            import.Add(company[label == Wide ? "name" : "registrationNumber"], label == Wide ? "Secret Bittern" : "ZZ778899");
            import.End();
            if (label != Wide)
            {
                import.Begin("L", company);
                import.Add(company["name"], "Plain Lark");
                import.End();
                import.Begin("T", ownership);
                import.Add(ownership["owner"], "L");
                import.Add(ownership["asset"], "R");
                import.End();
            }
            import.Commit();
            records["R"] = import.IdentifierOf("R");
            records["T"] = import.IdentifierOf("T");
        }
        var wide = gate.For(People.Use(Opened(out _))!);
        Assert.Contains("Secret Bittern", wide.Find(records["T"])!.Caption, StringComparison.Ordinal);
        await gate.FlushReadLog();
        Assert.Contains(records["R"], Told());
        Assert.DoesNotContain(records["T"], Told());
    }

    [Fact]
    public async Task Its_owner_is_told_in_whatever_way_it_is_shown()
    {
        foreach (string seen in (string[])["Left Heron", "Middle Heron", "Right Heron"])
            Bring(Strathorn, "official", seen);
        foreach (
            string hidden in (string[])
                ["Found Plover", "Sought Osprey", "Offered Gannet", "Named Curlew", "Explained Dunlin", "Screened Merlin", "Pointed Fulmar"]
        )
            Bring(Cleared, Wide, hidden);
        var tie = Tie("Left Heron", "Middle Heron");
        var way = Tie("Middle Heron", "Right Heron");
        Bring(Strathorn, "official", "Dougal Rannoch", "Person", "1968-03-14");
        Bring(Cleared, Wide, "Dougal Ranoch", "Person");
        var read = gate.For(Cleared).Write("note", "{}", Label.Parse(Wide));
        var listed = gate.For(Cleared).Write("list", "{}", Label.Parse(Wide));
        RecordId rejected;
        using (var import = gate.For(Cleared with { Roles = [Role.Contributor] }).BeginImport(new ImportRequest("Bad", Label.Parse(Wide), "bad", "test")))
        {
            import.Reject(new Rejection(1, "x", "Nobody knows what it is", "x"));
            Add(import, "Rejected Whimbrel", "Company", "");
            rejected = import.Commit().Id;
        }
        var pointer = Pointed("official-sensitive", "Pointed Fulmar");
        var wide = gate.For(People.Use(Opened(out _))!);
        var person = gate.For(Una).Find(records["Dougal Rannoch"])!;
        (string How, RecordId Shown, Action Ask)[] ways =
        [
            ("Find", records["Found Plover"], () => wide.Find(records["Found Plover"])),
            ("Search", records["Sought Osprey"], () => wide.Search("Sought Osprey")),
            ("Suggest", records["Offered Gannet"], () => wide.Suggest("Offered Gan")),
            ("Summarise", records["Named Curlew"], () => wide.Summarise(records["Named Curlew"])),
            ("Connections", tie, () => Assert.Single(wide.Connections(gate.For(Una).Find(records["Left Heron"])!))),
            ("FindPath", way, () => Assert.Single(wide.FindPath(records["Middle Heron"], records["Right Heron"])!.Steps)),
            ("PossibleMatches", records["Dougal Ranoch"], () => Assert.Single(wide.PossibleMatches(person))),
            ("Explain", records["Explained Dunlin"], () => wide.Explain(records["Left Heron"], records["Explained Dunlin"])),
            ("Screen", records["Screened Merlin"], () => wide.Screen(Linkage.SubjectKind.Legal, [new(Linkage.Field.Name, "Screened Merlin")], 0.9)),
            ("Read", read.Id, () => wide.Read(read.Id)),
            ("Documents", listed.Id, () => wide.Documents("list")),
            ("Rejections", rejected, () => Assert.Single(wide.Rejections(rejected))),
            ("Pointers", pointer, () => Assert.Single(wide.Pointers("Pointed Fulmar"))),
        ];
        foreach (var (how, shown, ask) in ways)
        {
            await gate.FlushReadLog();
            Assert.False(Told().Contains(shown), $"Before {how}");
            ask();
            await gate.FlushReadLog();
            Assert.True(Told().Contains(shown), how);
        }
        // The log of those who looked names the ties too.
        var asked = gate.Audit.Search(Chief, new LogQuestion { InEmergency = true, Limit = 100 }).Entries;
        Assert.Contains(tie, asked.Single(e => e.Act == "connections").Records);
        Assert.Contains(way, asked.Single(e => e.Act == "path").Records);
    }

    [Fact]
    public async Task Of_a_pointer_of_an_agency_that_is_named_anyway_nobody_is_told()
    {
        Bring(Cleared, Wide, "Pointed Fulmar");
        Pointed("official", "Pointed Fulmar");
        var hidden = Pointed(Wide, "Pointed Fulmar");
        var session = Opened(out _);
        Assert.Single(gate.For(Una).Pointers("Pointed Fulmar"));
        Assert.Single(gate.For(People.Use(session)!).Pointers("Pointed Fulmar"));
        await gate.FlushReadLog();
        Assert.DoesNotContain(hidden, Told());
    }

    [Fact]
    public async Task The_owner_learns_the_minute_and_not_what_stood_together()
    {
        string[] names = ["Plover one", "Plover two", "Plover three", "Plover four"];
        foreach (string name in names)
            Bring(Cleared, Wide, name);
        var wide = gate.For(People.Use(Opened(out _))!);
        var backwards = names.Select(n => records[n]).OrderDescending().ToList();
        foreach (var record in backwards)
        {
            clock.Now = clock.Now.AddSeconds(7).AddMilliseconds(1);
            wide.Find(record);
        }
        await gate.FlushReadLog();
        var told = Entries();
        Assert.All(told, e => Assert.Equal(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.Zero), e.At));
        Assert.Equal(backwards.Order(), told.SelectMany(e => e.Records));
        Assert.Equal(told[0].At, Assert.Single(gate.Requests.Notices(Cleared)).At);
    }

    /// <summary>Over ties and matches what is shown is of several owners: each is told of its own, and of all of it.</summary>
    [Fact]
    public async Task Of_a_connection_and_a_way_each_owner_is_told_of_what_is_its_own()
    {
        var (left, middle, tie) = (
            Company(Strathorn, "official", "Left Heron"),
            Company(Cleared, Wide, "Middle Heron", "ZZ445566"),
            Tie("Left Heron", "Middle Heron")
        );
        var (theirs, right) = (Company(Glenbrae, Wide, "Middle Heron", "ZZ445566"), Company(Glenbrae, Wide, "Right Heron"));
        var second = Tie("Middle Heron", "Right Heron", Glenbrae);
        var wide = gate.For(People.Use(Opened(out _))!);
        Assert.Single(wide.Connections(gate.For(Una).Find(left)!));
        await gate.FlushReadLog();
        Assert.Equal([tie, middle], Told());
        Assert.Equal([theirs], Told(Glenbrae));
        Assert.Equal(2, wide.FindPath(left, right)!.Steps.Count);
        await gate.FlushReadLog();
        Assert.Equal([tie, middle], Told());
        Assert.Equal([theirs, second, right], Told(Glenbrae));
        foreach (var owner in (Viewer[])[Cleared, Glenbrae])
            Assert.Single(gate.Requests.Notices(owner));
        Assert.Empty(gate.Requests.Notices(Strathorn));
    }

    /// <summary>The same is looked at over two stores, of which the one holds nothing of a third agency's: what the owner of the rest is told is the same, byte for byte.</summary>
    [Fact]
    public async Task What_an_owner_is_told_does_not_depend_on_what_another_owns()
    {
        using var alone = new EmergencyTests();
        await alone.LookAtAll(others: false);
        await LookAtAll(others: true);
        Assert.Equal(alone.Everything(Cleared), Everything(Cleared));
        Assert.Equal(3, Told().Count);
        Assert.Empty(alone.Told(Glenbrae));
        Assert.Empty(alone.gate.Requests.Notices(Glenbrae));
        // And the other one of its own, with no word of those.
        Assert.Equal(4, Told(Glenbrae).Count);
        Assert.Empty(Told().Intersect(Told(Glenbrae)));
        Assert.Single(gate.Requests.Notices(Glenbrae));
    }

    /// <summary>Of two owners, if meant, who keep the same subjects: looks at what both have, now the one's first and now the other's.</summary>
    private async Task LookAtAll(bool others)
    {
        List<RecordId> looked = [Company(Cleared, Wide, "Grey Plover", "ZZ112233"), Company(Cleared, Wide, "Ringed Plover", "ZZ112244")];
        Tie("Grey Plover", "Ringed Plover");
        if (others)
        {
            looked.InsertRange(1, [Company(Glenbrae, Wide, "Grey Plover", "ZZ112233"), Company(Glenbrae, Wide, "Golden Plover")]);
            looked.Add(Company(Glenbrae, Wide, "Ringed Plover", "ZZ112244"));
            Tie("Grey Plover", "Ringed Plover", Glenbrae);
        }
        var wide = gate.For(People.Use(Opened(out _))!);
        wide.Search("Plover");
        foreach (var record in looked)
        {
            var entity = wide.Find(record)!;
            wide.Connections(entity);
            wide.PossibleMatches(entity);
            wide.FindPath(record, looked[^1]);
        }
        await gate.FlushReadLog();
    }

    /// <summary>All that somebody's agency was told: in its whole log, in the order in which it was written, and at its desk.</summary>
    private string Everything(Viewer owner)
    {
        var told = Entries(owner).Select(e => $"{e.At:O} {e.Who} {e.Act} {e.Question} {string.Join(' ', e.Records)} {e.Label}");
        var notices = gate.Requests.Notices(owner).Select(n => $"{n.At:O} {n.Id} {n.Text}");
        var whole = gate.Audit.ExportFromMachine(owner.Agency, owner, Stream.Null)?.Size;
        return string.Join('\n', [.. told, .. notices, $"{whole} entries"]);
    }

    [Fact]
    public void Nothing_is_opened_or_found_that_the_log_could_not_keep_and_what_is_to_end_ends()
    {
        Give(Una);
        Log("CREATE TRIGGER broken BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'broken off'); END");
        var session = People.Begin(Una.Name, "");
        Assert.Throws<StoreException>(() => People.OpenEmergency(Una, session, 15, "Now"));
        Assert.Null(People.Use(session)!.Emergency);
        Assert.Empty(People.OwnEmergencies(Una));
        Log("DROP TRIGGER broken");
        var access = People.OpenEmergency(Una, session, 15, "Now");
        Log("CREATE TRIGGER broken BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'broken off'); END");
        People.EndEmergency(Una, access.Id);
        Assert.Null(People.Use(session)!.Emergency);
        Assert.Throws<StoreException>(() => People.ReviewEmergency(Neil, access.Id, justified: false, "Not needed"));
        Assert.Null(People.FindEmergency(Una, access.Id)!.Review);
        Assert.True(People.MayOpenEmergency(Una));
        Log("DROP TRIGGER broken");
        People.ReviewEmergency(Neil, access.Id, justified: false, "Not needed");
        Assert.False(People.MayOpenEmergency(Una));
    }

    [Fact]
    public void What_somebody_else_ended_and_three_that_wait_are_reviewed_before_another_is_opened()
    {
        Give(Una);
        Give(Analyst);
        var session = People.Begin(Una.Name, "");
        var ended = People.OpenEmergency(Una, session, 15, "Now");
        People.EndEmergency(Fiona, ended.Id);
        Refused(() => People.CheckEmergency(Una, 15, "Again"));
        Refused(() => People.OpenEmergency(Una, session, 15, "Again"));
        // Nobody else is held back by it.
        People.OpenEmergency(Analyst, People.Begin(Analyst.Name, ""), 15, "Now");
        People.ReviewEmergency(Neil, ended.Id, justified: true, "It was needed");
        for (int i = 0; i < EmergencyAccess.MostWaiting; i++)
        {
            clock.Now = clock.Now.AddMinutes(1);
            People.EndEmergency(Una, People.OpenEmergency(Una, session, 15, $"{i}").Id);
        }
        Refused(() => People.OpenEmergency(Una, session, 15, "Once more"));
        Reopen();
        Refused(() => People.OpenEmergency(Una, session, 15, "Once more"));
        People.ReviewEmergency(Neil, People.OwnEmergencies(Una)[0].Id, justified: true, "It was needed");
        People.OpenEmergency(Una, session, 15, "Once more");
    }

    private IReadOnlyList<LogEntry> Entries(Viewer? owner = null) =>
        [
            .. gate
                .Audit.Search((owner ?? Cleared) with { Roles = [Role.Auditor] }, new LogQuestion { Kind = LogKind.Disclosure, Limit = 100 })
                .Entries.Where(e => e.Act == "show in an emergency"),
        ];

    private HashSet<RecordId> Told(Viewer? owner = null) => [.. Entries(owner).SelectMany(e => e.Records)];

    private RecordId Company(Viewer by, string label, string name, string number = "")
    {
        using var import = gate.For(by with { Roles = [Role.Contributor] }).BeginImport(new ImportRequest("Notes", Label.Parse(label), "test", "test"));
        var company = Ontology.Default["Company"];
        import.Begin(name, company);
        import.Add(company["name"], name);
        if (number.Length > 0)
            import.Add(company["registrationNumber"], number);
        import.End();
        import.Commit();
        return import.IdentifierOf(name);
    }

    /// <summary>That the one owns the other, for few to see.</summary>
    private RecordId Tie(string owner, string asset, Viewer? by = null)
    {
        using var import = gate.For((by ?? Cleared) with { Roles = [Role.Contributor] })
            .BeginImport(new ImportRequest("Notes", Label.Parse(Wide), "test", "test"));
        var schema = Ontology.Default["Ownership"];
        string key = $"{owner} owns {asset}";
        import.Begin(key, schema);
        import.Add(schema["owner"], owner);
        import.Add(schema["asset"], asset);
        import.End();
        import.Commit();
        return import.IdentifierOf(key);
    }

    private RecordId Pointed(string label, string name)
    {
        var order = new ReleaseOrder([new ReleasedValue(records[name], "name", name)], Label.Parse(label), "They need it") { Kind = ReleaseKind.Pointer };
        var release = gate.Releases.Order(Cleared with { Roles = [.. Roles.Working] }, order);
        if (release.State != ReleaseState.Out)
            release = gate.Releases.Agree(Cleared with { Name = "other@strathorn-council", Roles = [.. Roles.Working] }, release.Id);
        return release.Id;
    }

    private void Log(string sql)
    {
        using var file = new SqliteConnection($"Data Source={Path.Combine(folder, "reads.db")};Pooling=False");
        file.Open();
        using var command = file.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
