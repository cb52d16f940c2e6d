using System.Security.Cryptography;
using System.Text;
using FourStrands.Picture.Tests.Store;
using Xunit;
using static FourStrands.Picture.Tests.TemporaryStore;

namespace FourStrands.Picture.Tests.Erasure;

/// <summary>What is erased is in no file and in no view; what is not, stays as it was.</summary>
public sealed class ErasureTests : IDisposable
{
    private const string Secret = "Zebulon Quistgaard";
    private const string Court = "Order of the sheriff court";

    private static readonly Viewer Manager = Analyst with { Name = "records@national-police", DisplayName = "Records", Roles = [Role.InformationManager] };
    private static readonly Viewer Low = Manager with { Name = "low@national-police", Clearance = Classification.Official, Compartments = [] };
    private static readonly Viewer Chief = Analyst with { Roles = [Role.ChiefAuditor] };
    private static readonly BackupKey Key = BackupKey.FromKeyFile(RandomNumberGenerator.GetBytes(32));

    private readonly TemporaryStore store = new();
    private readonly string elsewhere = Directory.CreateTempSubdirectory("fourstrands-erasure-").FullName;

    private Erasures Erasures => store.Gate.Erasures;

    public void Dispose()
    {
        store.Dispose();
        Directory.Delete(elsewhere, recursive: true);
    }

    [Fact]
    public void Only_an_information_manager_of_the_agency_erases_and_what_one_may_not_see_is_as_if_it_were_not_there()
    {
        store.Import(Analyst, "Notes", "official-sensitive;agencies=national-police;compartments=nightjar", $"p1 Person name={Secret}");
        store.Import(Glenbrae, "Register", "public", "c1 Company name=Heron Ltd");
        var hidden = Record(Analyst, Secret);
        var others = Record(Analyst, "Heron Ltd");
        foreach (var refused in (Viewer[])[Analyst, Analyst with { Roles = [Role.Administrator] }, Chief])
        {
            Assert.Throws<UnauthorizedAccessException>(() => Erasures.Preview(refused, ErasureTarget.OfRecord(hidden)));
            Assert.Throws<UnauthorizedAccessException>(() => Erasures.Erase(refused, ErasureTarget.OfRecord(hidden), Court));
            Assert.Throws<UnauthorizedAccessException>(() => Erasures.List(refused));
            Assert.Throws<UnauthorizedAccessException>(() => Erasures.Place(refused, HoldKind.Record, hidden, Court));
            Assert.Throws<UnauthorizedAccessException>(() => Erasures.Holds(refused));
        }
        string[] answers =
        [
            .. ((RecordId[])[hidden, default])
                .SelectMany(id => (ErasureTarget[])[ErasureTarget.OfRecord(id), ErasureTarget.OfImport(id), ErasureTarget.OfStatement(id, "name", Secret)])
                .Append(ErasureTarget.OfStatement(others, "name", "Egret Ltd"))
                .Append(ErasureTarget.OfStatement(others, "no such thing", "Heron Ltd"))
                .Select(t => Assert.Throws<KeyNotFoundException>(() => Erasures.Erase(Low, t, Court)).Message),
        ];
        Assert.Single(answers.Distinct(StringComparer.Ordinal));
        Assert.Contains(
            "Glenbrae Council",
            Assert.Throws<ErasureException>(() => Erasures.Erase(Manager, ErasureTarget.OfRecord(others), Court)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ErasureException>(() => Erasures.Erase(Manager, ErasureTarget.OfRecord(hidden), "  "));
        Assert.Throws<ErasureException>(() => Erasures.Erase(Manager, ErasureTarget.OfRecord(hidden), $"{Secret} asked for it"));
        Assert.NotNull(store.First(Analyst, Secret));
        Assert.Empty(Erasures.List(Manager));
    }

    [Fact]
    public async Task To_whom_something_was_given_is_logged_as_a_disclosure_and_erased_with_what_it_quotes()
    {
        store.Import(Analyst, "Notes", "official", $"p1 Person name={Secret}");
        var record = Record(Analyst, Secret);
        store.Gate.Audit.Disclosed(Manager, $"{Secret}, by post", [record]);
        await store.Gate.FlushReadLog();
        var given = Given();
        Assert.Equal((Manager.Name, $"{Secret}, by post"), (given.Who, given.Question));
        Assert.Equal([record], given.Records);
        Erasures.Erase(Manager, ErasureTarget.OfRecord(record), Court);
        Assert.Null(Given().Question);

        LogEntry Given() => store.Gate.Audit.Search(Chief, new LogQuestion { Kind = LogKind.Disclosure }).Entries.Single(e => e.Act == "disclose");
    }

    [Fact]
    public async Task No_byte_of_an_erased_statement_is_left_then_or_after_a_restart()
    {
        store.Import(Analyst, "Notes", "official", $"p1 Person name={Secret}; birthDate=1971-03-04; phone=+441914980011", "p2 Person name=Other Person");
        store.Import(Analyst, "Notes", "official", $"p3 Person name=Third {Secret.Split(' ')[1]}son");
        store.As(Analyst).Search(Secret);
        await store.Gate.FlushReadLog();
        Assert.True(IsAnywhere(Secret));
        Assert.True(IsAnywhere("+441914980011"));
        var record = Record(Analyst, Secret);
        string rest = Everything(but: record);
        var preview = Erasures.Preview(Manager, ErasureTarget.OfStatement(record, "name", Secret));
        Assert.Equal((1, 0, 0), (preview.Statements, preview.Records.Count, preview.Documents.Count));
        Assert.True(IsAnywhere(Secret));
        Assert.True(Erasures.Erase(Manager, ErasureTarget.OfStatement(record, "name", Secret), Court).IsFinished);
        await store.Gate.FlushReadLog();
        Gone();
        Assert.False(IsAnywhere("quistgaard "));
        store.Reopen();
        Gone();
        store.Reopen();
        Gone();
        // Keys that were made anew are those a new start makes.
        Assert.Equal(1, store.As(Analyst).Search("Other Person").Records);
        Proved(erased: 1);

        void Gone()
        {
            Assert.False(IsAnywhere(Secret));
            Assert.Empty(store.As(Analyst).Search("zebulon").Hits);
            Assert.Empty(store.As(Analyst).Suggest("zebu"));
            Assert.Equal(["+441914980011", "1971-03-04"], store.As(Analyst).Find(record)!.Records.Single().Statements.Select(s => s.Value).Order());
            Assert.Equal(rest, Everything(but: record));
        }
    }

    [Fact]
    public void A_tie_of_those_who_never_saw_the_record_stays_theirs()
    {
        var clerk = Low with { Roles = [Role.Analyst] };
        store.Import(Analyst, "Notes", "official-sensitive;agencies=national-police;compartments=nightjar", $"p1 Person name={Secret}");
        store.Import(clerk, "Notes", "official;agencies=national-police", "c1 Company name=Heron Ltd", "d1 Directorship director=p1; organization=c1");
        var erased = Record(Analyst, Secret);
        Assert.Single(store.As(Analyst).Connections(store.As(Analyst).Find(erased)!));
        Assert.Equal(0, Erasures.Preview(Manager, ErasureTarget.OfRecord(erased)).Ties);
        Erasures.Erase(Manager, ErasureTarget.OfRecord(erased), Court);
        // It points at nothing, as it always did for the clerk; and again at what comes in later, as it would have.
        Assert.Empty(store.As(clerk).Connections(store.As(clerk).Find(Record(clerk, "Heron Ltd"))!));
        store.Import(clerk, "Notes", "official;agencies=national-police", "p1 Person name=Somebody Else");
        Assert.Single(store.As(clerk).Connections(store.As(clerk).Find(Record(clerk, "Heron Ltd"))!));
    }

    /// <summary>Found in review: whether a judgement was there again, once the record was, told whether somebody else says something of it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_judgement_goes_or_stays_by_its_label_whatever_else_is_said_of_the_record(bool hidden)
    {
        store.Import(Analyst, "Notes", "official", $"p1 Person name={Secret}");
        store.Import(Analyst, "Second", "official", "x1 Person name=Somebody Else");
        if (hidden)
            store.Import(Analyst, "Notes", "official-sensitive;agencies=national-police;compartments=nightjar", "p1 Person notes=Drives the van");
        var record = Record(Low, Secret);
        var other = Record(Low, "Somebody Else");
        store.As(Low with { Roles = [Role.Analyst] }).Judge(record, other, Verdict.Same, "The one is the other");
        store.As(Glenbrae).Judge(record, other, Verdict.Different, "They are not");
        Assert.Equal(1, Erasures.Preview(Low, ErasureTarget.OfRecord(record)).Judgements);
        Erasures.Erase(Low, ErasureTarget.OfRecord(record), Court);
        Assert.Empty(Judged(Glenbrae));
        store.Import(Analyst, "Notes", "official", "p1 Person name=Nobody Known");
        for (int round = 0; round < 2; round++)
        {
            // Another agency's stays theirs; of the own one no byte is left.
            Assert.Equal(["They are not"], Judged(Glenbrae));
            Assert.Empty(Judged(Low));
            Assert.False(IsAnywhere("The one is the other"));
            store.Reopen();
        }

        IEnumerable<string> Judged(Viewer by) => store.As(by).Judgements(store.As(by).Find(other)!).Select(j => j.Reason);
    }

    [Fact]
    public async Task A_record_goes_with_its_key_its_ties_its_judgements_and_the_documents_that_rest_on_it()
    {
        string key = "key-of-zebulon-17";
        store.Import(
            Analyst,
            "Notes",
            "official",
            $"tie1 Directorship director={key}; organization=c1; role=Secret role of a director",
            $"{key} Person name={Secret}; address=77 Quist Wynd, Glenbrae, GB7 1AA; notes=A long note that says what he did",
            "c1 Company name=Heron Haulage Ltd",
            "p2 Person name=Zebulon Quistgard"
        );
        store.Import(Analyst, "Second", "official", $"x1 Person name=Somebody Else; notes=of no matter");
        var record = Record(Analyst, Secret);
        var other = Record(Analyst, "Zebulon Quistgard");
        store.As(Analyst).Judge(record, other, Verdict.Different, "The one is born later");
        var quoting = store.As(Analyst).Write("check", $"{{\"name\":\"{Secret.ToUpperInvariant()}\"}}", Label.Parse("official;agencies=national-police"));
        var naming = store.As(Analyst).Write("check", $"{{\"bidders\":[{{\"record\":\"{record}\"}}]}}", Label.Parse("official;agencies=national-police"));
        var unconcerned = store.As(Analyst).Write("check", "{\"name\":\"Heron Haulage Ltd\"}", Label.Parse("official;agencies=national-police"));
        await store.Gate.FlushReadLog();
        Assert.True(IsAnywhere(key) && IsAnywhere("77 Quist Wynd") && IsAnywhere("The one is born later"));
        var preview = Erasures.Preview(Manager, ErasureTarget.OfRecord(record));
        Assert.Equal([record], preview.Records);
        Assert.Equal((4, 1, 1), (preview.Statements, preview.Ties, preview.Judgements));
        Assert.Equal(new[] { quoting.Id, naming.Id }.Order(), preview.Documents.Select(d => d.Id));
        Assert.Equal(4, Erasures.Erase(Manager, ErasureTarget.OfRecord(record), Court).Statements);
        // The list says the same number as what was shown before.
        Assert.Equal(4, Assert.Single(Erasures.List(Manager)).Statements);
        await store.Gate.FlushReadLog();
        for (int round = 0; round < 3; round++)
        {
            foreach (string gone in (string[])[Secret, Secret.ToUpperInvariant(), key, "77 Quist Wynd", "A long note", "The one is born later"])
                Assert.False(IsAnywhere(gone), $"'{gone}' is left, round {round}");
            Assert.Null(store.As(Analyst).Find(record));
            Assert.Null(store.As(Analyst).Read(quoting.Id));
            Assert.Null(store.As(Analyst).Read(naming.Id));
            Assert.NotNull(store.As(Analyst).Read(unconcerned.Id));
            Assert.Empty(store.As(Analyst).PossibleMatches(store.As(Analyst).Find(other)!));
            var company = store.First(Analyst, "Heron Haulage")!;
            Assert.Empty(store.As(Analyst).Connections(company));
            Assert.NotNull(store.First(Analyst, "Somebody Else"));
            store.Reopen();
        }
        // It may come in again, as something new.
        store.Import(Analyst, "Notes", "official", $"{key} Person name={Secret}");
        Assert.Equal(record, store.First(Analyst, Secret)!.Id);
        store.Reopen();
        Assert.Equal(record, store.First(Analyst, Secret)!.Id);
        Assert.Single(store.As(Analyst).PossibleMatches(store.First(Analyst, Secret)!));
    }

    [Fact]
    public async Task An_import_goes_with_its_excerpts_and_its_files_name()
    {
        store.Import(Analyst, "Notes", "official", "k1 Person name=First Person");
        using (var session = store.As(Analyst).BeginImport(new ImportRequest("Notes", Label.Parse("official"), $"{Secret}.csv", "test")))
        {
            session.Begin("k2", Ontology.Default["Person"]);
            session.Add(Ontology.Default["Person"]["name"], Secret);
            session.End();
            session.Begin("k1", Ontology.Default["Person"]);
            session.Add(Ontology.Default["Person"]["birthDate"], "1971-03-04");
            session.End();
            session.Reject(new Rejection(3, "born", "no date", "Excerpt of a bad row"));
            session.Commit();
        }
        await store.Gate.FlushReadLog();
        var import = store.As(Analyst).Sources().Single().Imports[0];
        var preview = Erasures.Preview(Manager, ErasureTarget.OfImport(import.Id));
        Assert.Equal((2, 1, 1), (preview.Statements, preview.Records.Count, preview.Rejections));
        Erasures.Erase(Manager, ErasureTarget.OfImport(import.Id), Court);
        await store.Gate.FlushReadLog();
        for (int round = 0; round < 2; round++)
        {
            Assert.False(IsAnywhere(Secret) || IsAnywhere("Excerpt of a bad row") || IsAnywhere("1971-03-04"));
            Assert.Equal("First Person", store.As(Analyst).Export().Single().Values("name").Single());
            Assert.Equal("", store.As(Analyst).Sources().Single().Imports[0].FileName);
            Assert.Throws<KeyNotFoundException>(() => Erasures.Erase(Manager, ErasureTarget.OfImport(import.Id), Court));
            store.Reopen();
        }
        var listed = Assert.Single(Erasures.List(Manager));
        Assert.Equal((ErasureKind.Import, Court, "Records"), (listed.Kind, listed.Reason, listed.By));
    }

    [Fact]
    public void What_was_withdrawn_before_goes_too_and_what_was_withdrawn_of_others_stays_so()
    {
        store.Import(Analyst, "Notes", "official", $"p1 Person name={Secret}; name=Kept Name", "p2 Person name=Withdrawn Later", "p3 Person name=Stays There");
        store.Import(
            Analyst,
            new ImportRequest("Notes", Label.Parse("official"), "second", "test") { Complete = true },
            "p1 Person name=Kept Name",
            "p3 Person name=Stays There"
        );
        Assert.Equal(2, store.As(Analyst).Export().Count());
        Assert.True(IsAnywhere(Secret));
        Erasures.Erase(Manager, ErasureTarget.OfRecord(Record(Analyst, "Kept Name")), Court);
        for (int round = 0; round < 2; round++)
        {
            Assert.False(IsAnywhere(Secret));
            Assert.Equal("Stays There", store.As(Analyst).Export().Single().Values("name").Single());
            store.Reopen();
        }
    }

    [Fact]
    public void What_another_source_says_too_stays_and_so_do_the_texts_that_may_come_from_there()
    {
        store.Import(Analyst, "Notes", "official", $"p1 Person name={Secret}");
        store.Import(Glenbrae, "Register", "public", $"r1 Person name={Secret}");
        var document = store.As(Analyst).Write("check", $"{{\"name\":\"{Secret}\"}}", Label.Parse("official;agencies=national-police"));
        var record = store.As(Analyst).Export().Single(r => r.Source.Name == "Notes").Id;
        Erasures.Erase(Manager, ErasureTarget.OfRecord(record), Court);
        Assert.Null(store.As(Analyst).Find(record));
        Assert.NotNull(store.As(Analyst).Read(document.Id));
        Assert.Equal("Register", store.First(Analyst, Secret)!.Records.Single().Source.Name);
    }

    [Fact]
    public void What_one_may_not_see_of_a_record_stays_and_nothing_is_said_of_it()
    {
        store.Import(Analyst, "Notes", "official", $"p1 Person name={Secret}");
        store.Import(
            Analyst,
            "Notes",
            "official-sensitive;agencies=national-police;compartments=nightjar",
            $"p1 Person name={Secret}; notes=What an informant said of him"
        );
        var written = store
            .As(Analyst)
            .Write("check", $"{{\"name\":\"{Secret}\"}}", Label.Parse("official-sensitive;agencies=national-police;compartments=nightjar"));
        var record = Record(Analyst, Secret);
        var preview = Erasures.Preview(Low, ErasureTarget.OfRecord(record));
        Assert.Equal((1, 1, 0), (preview.Statements, preview.Records.Count, preview.Documents.Count));
        Erasures.Erase(Low, ErasureTarget.OfRecord(record), Court);
        for (int round = 0; round < 2; round++)
        {
            Assert.Null(store.As(Low).Find(record));
            Assert.Equal(["What an informant said of him", Secret], store.As(Analyst).Find(record)!.Records.Single().Statements.Select(s => s.Value).Order());
            Assert.NotNull(store.As(Analyst).Read(written.Id));
            store.Reopen();
        }
    }

    [Fact]
    public void Owners_of_what_rests_on_it_are_told_and_whoever_erases_is_not()
    {
        store.Import(Analyst, "Notes", "public", $"p1 Person name={Secret}");
        var mine = Record(Analyst, Secret);
        var theirs = store.As(Glenbrae).Write("check", $"{{\"name\":\"{Secret}\"}}", Label.Parse("official;agencies=glenbrae-council"));
        var preview = Erasures.Preview(Manager, ErasureTarget.OfRecord(mine));
        Assert.Empty(preview.Documents);
        Erasures.Erase(Manager, ErasureTarget.OfRecord(mine), Court);
        Assert.Empty(store.As(Manager).Documents(Erasures.NoticeKind));
        var notice = Assert.Single(store.As(Glenbrae).Documents(Erasures.NoticeKind));
        Assert.Contains(theirs.Id.ToString(), notice.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("Quist", notice.Content, StringComparison.Ordinal);
        Assert.NotNull(store.As(Glenbrae).Read(theirs.Id));
        Assert.Empty(store.As(Strathorn).Documents(Erasures.NoticeKind));
    }

    [Fact]
    public void A_hold_refuses_until_it_is_lifted()
    {
        store.Import(Analyst, "Notes", "official", $"p1 Person name={Secret}");
        var record = Record(Analyst, Secret);
        var source = store.As(Analyst).Sources().Single();
        foreach (
            var (kind, id) in ((HoldKind, RecordId)[])[(HoldKind.Record, record), (HoldKind.Source, source.Source.Id), (HoldKind.Import, source.Imports[0].Id)]
        )
        {
            Assert.Throws<KeyNotFoundException>(() => Erasures.Place(Manager, kind, default, "Inquiry"));
            Assert.Throws<KeyNotFoundException>(() => Erasures.Place(Manager with { Clearance = Classification.Public }, kind, id, "Inquiry"));
            var hold = Assert.Single(Erasures.Place(Manager, kind, id, "Fatal accident inquiry"));
            foreach (
                var target in (ErasureTarget[])
                    [ErasureTarget.OfRecord(record), ErasureTarget.OfStatement(record, "name", Secret), ErasureTarget.OfImport(source.Imports[0].Id)]
            )
            {
                Assert.Equal(hold, Assert.Single(Erasures.Preview(Manager, target).Holds));
                Assert.Contains(
                    "Fatal accident inquiry",
                    Assert.Throws<ErasureException>(() => Erasures.Erase(Low, target, Court)).Message,
                    StringComparison.Ordinal
                );
            }
            store.Reopen();
            Assert.Throws<ErasureException>(() => Erasures.Erase(Manager, ErasureTarget.OfRecord(record), Court));
            Assert.Throws<KeyNotFoundException>(() => Erasures.Lift(Manager with { Agency = "glenbrae-council" }, hold.Id, "Over"));
            Assert.Equal("Over", Erasures.Lift(Manager, hold.Id, "Over").LiftedReason);
            Assert.Throws<KeyNotFoundException>(() => Erasures.Lift(Manager, hold.Id, "Over"));
        }
        Assert.Equal(3, Erasures.Holds(Manager).Count);
        Erasures.Erase(Manager, ErasureTarget.OfRecord(record), Court);
    }

    /// <summary>What kind of record it is the second file said only again: that stays with what it said more, and goes with it.</summary>
    [Fact]
    public async Task What_a_later_file_says_more_of_a_record_keeps_its_kind_until_it_goes()
    {
        const string Harbour = "key-from-the-harbour";
        store.Import(Analyst, "Notes", "public", $"{Harbour} Person name=Ada Quist", "p2 Person name=Una Heron", "p3 Person");
        store.Import(
            Analyst,
            "Notes",
            "public",
            $"{Harbour} Person name=Ada Quistgaard; birthDate=1971-03-04",
            "p2 Person name=Una Heron",
            "p3 Person name=Ken Tarn"
        );
        var record = Record(Analyst, "Ada Quist");
        var other = Record(Analyst, "Una Heron");
        var bare = Record(Analyst, "Ken Tarn");
        var files = store.As(Analyst).Sources().Single().Imports.OrderBy(i => i.At).ToArray();
        Assert.Equal(2, Erasures.Preview(Manager, ErasureTarget.OfImport(files[0].Id)).Statements);
        Erasures.Erase(Manager, ErasureTarget.OfImport(files[0].Id), Court);
        for (int round = 0; round < 2; round++)
        {
            foreach (var viewer in (Viewer[])[Analyst, Glenbrae])
            {
                var left = store.As(viewer).Find(record)!;
                Assert.Equal(("Person", "Ada Quistgaard"), (left.Schema.Name, left.Caption));
                Assert.Null(store.As(viewer).Find(other));
            }
            store.Reopen();
        }
        // Nothing but such kinds is left of it: they go with the later file.
        Assert.Contains(
            "those first",
            Assert.Throws<ErasureException>(() => Erasures.Preview(Manager, ErasureTarget.OfImport(files[0].Id))).Message,
            StringComparison.Ordinal
        );
        Assert.True(IsAnywhere(Harbour));
        Erasures.Erase(Manager, ErasureTarget.OfImport(files[1].Id), Court);
        await store.Gate.FlushReadLog();
        Assert.False(IsAnywhere(Harbour));
        Assert.Null(store.As(Analyst).Find(record));
        Assert.Null(store.As(Analyst).Find(other));
        // Of this it never said more: it says that still, and is erased for it.
        Assert.NotNull(store.As(Analyst).Find(bare));
        Erasures.Erase(Manager, ErasureTarget.OfImport(files[0].Id), Court);
        Assert.Null(store.As(Analyst).Find(bare));
    }

    /// <summary>It keeps its place in memory until the next start, right after what another import said.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_came_with_an_import_that_was_broken_off_belongs_to_no_other(bool after)
    {
        if (after)
            store.Import(Analyst, "Notes", "public", "p2 Person name=Other Person");
        var label = Label.Parse("official-sensitive;agencies=national-police;compartments=nightjar");
        RecordId broken;
        using (var import = store.As(Analyst).BeginImport(new ImportRequest("Notes", label, "f", "test")))
        {
            var person = Ontology.Default["Person"];
            int before = store.Gate.Engine.Statements.Count;
            for (int i = 0; i < 3; i++)
            {
                import.Begin($"p{i + 10}", person);
                import.Add(person["name"], Secret);
                import.Add(person["notes"], new string((char)('a' + i), ImportSession.LongestValue));
                import.End();
            }
            broken = import.IdentifierOf("p10");
            Assert.True(SpinWait.SpinUntil(() => store.Gate.Engine.Statements.Count > before, TimeSpan.FromSeconds(60)));
        }
        foreach (var manager in (Viewer[])[Manager, Low])
        {
            Assert.Throws<KeyNotFoundException>(() => Erasures.Preview(manager, ErasureTarget.OfRecord(broken)));
            Assert.Throws<KeyNotFoundException>(() => Erasures.Preview(manager, ErasureTarget.OfStatement(broken, "name", Secret)));
            Assert.Throws<KeyNotFoundException>(() => Erasures.Place(manager, HoldKind.Record, broken, "Inquiry"));
            Assert.Throws<KeyNotFoundException>(() => store.Gate.Corrections.Preview(manager, ErasureTarget.OfRecord(broken)));
        }
    }

    /// <summary>What somebody said about something else, and why a hold was lifted.</summary>
    [Fact]
    public async Task Reasons_of_holds_go_where_they_quote_what_is_erased()
    {
        store.Import(Analyst, "Notes", "official", $"p1 Person name={Secret}", "p2 Person name=Other Person");
        var (record, other) = (Record(Analyst, Secret), Record(Analyst, "Other Person"));
        Erasures.Place(Manager, HoldKind.Record, other, $"A brother of {Secret}");
        var lifted = Erasures.Place(Manager, HoldKind.Record, record, "Inquiry").Single();
        Erasures.Lift(Manager, lifted.Id, $"{Secret} is not the one");
        Erasures.Place(Manager, HoldKind.Record, other, "Something else");
        Assert.Equal(2, Erasures.Preview(Manager, ErasureTarget.OfRecord(record)).HoldReasons);
        Erasures.Erase(Manager, ErasureTarget.OfRecord(record), Court);
        for (int round = 0; round < 2; round++)
        {
            Assert.Equal(["(erased)", "(erased)", "Something else"], Erasures.Holds(Manager).Select(h => h.Reason).Order(StringComparer.Ordinal));
            Assert.Equal("(erased)", Erasures.Holds(Manager).Single(h => h.Id == lifted.Id).LiftedReason);
            store.Reopen();
        }
        await store.Gate.FlushReadLog();
        Assert.False(IsAnywhere(Secret));
        // That on another record stays.
        Assert.Throws<ErasureException>(() => Erasures.Erase(Manager, ErasureTarget.OfRecord(other), Court));
    }

    [Fact]
    public void An_older_backup_comes_back_without_what_was_erased_since()
    {
        store.Import(Analyst, "Notes", "official", $"p1 Person name={Secret}; phone=+441914980011", "p2 Person name=Other Person");
        var record = Record(Analyst, Secret);
        store.As(Analyst).Write("check", $"{{\"name\":\"{Secret}\"}}", Label.Parse("official;agencies=national-police"));
        string file = Path.Combine(elsewhere, "old.fsb"),
            list = Path.Combine(elsewhere, "erasures.json"),
            older = Path.Combine(elsewhere, "older.json");
        using (var to = File.Create(older))
            Erasures.ExportFromMachine(Manager, to);
        StoreBackup.Take(store.Folder, file, Key, TimeProvider.System, cancel: TestContext.Current.CancellationToken);
        Erasures.Erase(Manager, ErasureTarget.OfStatement(record, "phone", "+441914980011"), Court);
        Erasures.Erase(Manager, ErasureTarget.OfRecord(record), Court);
        using (var to = File.Create(list))
            Assert.Equal(2, Erasures.ExportFromMachine(Manager, to));
        Assert.DoesNotContain("Quist", File.ReadAllText(list), StringComparison.Ordinal);
        Assert.DoesNotContain("441914980011", File.ReadAllText(list), StringComparison.Ordinal);

        Assert.Contains("would come back", Assert.Throws<BackupException>(() => Restore("none", new RestoreOptions())).Message, StringComparison.Ordinal);
        Restore("with file", new RestoreOptions { Erasures = list });
        Restore("with folder", new RestoreOptions { Erasures = store.Folder });
        foreach (string name in (string[])["with file", "with folder"])
        {
            string folder = Path.Combine(elsewhere, name);
            Assert.False(IsAnywhere(Secret, folder));
            Assert.False(IsAnywhere("+441914980011", folder));
            using var gate = Gate.Open(folder);
            Assert.Null(gate.For(Analyst).Find(record));
            Assert.Equal("Other Person", gate.For(Analyst).Export().Single().Values("name").Single());
            Assert.Equal(2, gate.Erasures.List(Manager).Count);
            Assert.Empty(gate.For(Analyst).Documents("check"));
        }
        // Silently skipped: that it is not.
        string changed = Path.Combine(elsewhere, "changed.json");
        File.WriteAllText(changed, File.ReadAllText(list).Replace(Court, "Order of nobody", StringComparison.Ordinal));
        Assert.Contains(
            "changed",
            Assert.Throws<BackupException>(() => Restore("x", new RestoreOptions { Erasures = changed })).Message,
            StringComparison.Ordinal
        );
        StoreBackup.Take(store.Folder, Path.Combine(elsewhere, "new.fsb"), Key, TimeProvider.System, cancel: TestContext.Current.CancellationToken);
        Assert.Contains(
            "older than the backup",
            Assert.Throws<BackupException>(() => Restore("y", new RestoreOptions { Erasures = older }, "new.fsb")).Message,
            StringComparison.Ordinal
        );
        using var another = new TemporaryStore();
        Assert.False(Directory.Exists(Path.Combine(elsewhere, "x")));
        Restore("skipped, and said so", new RestoreOptions { NothingErasedSince = true });
        Assert.True(IsAnywhere(Secret, Path.Combine(elsewhere, "skipped, and said so")));

        void Restore(string name, RestoreOptions options, string from = "old.fsb") =>
            StoreBackup.Restore(Path.Combine(elsewhere, from), Key, Path.Combine(elsewhere, name), options, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void In_a_store_that_an_older_version_made_things_are_erased_too()
    {
        store.Reopen(folder =>
        {
            Directory.Delete(folder, recursive: true);
            System.IO.Compression.ZipFile.ExtractToDirectory(Path.Combine(AppContext.BaseDirectory, "Store", "older-store.zip"), folder);
            using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "picture.db")};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "ALTER TABLE import DROP COLUMN ended; DROP TABLE erasure; DROP TABLE hold; PRAGMA user_version=2";
            command.ExecuteNonQuery();
        });
        store.Import(Analyst, "Notes", "official", $"p1 Person name={Secret}", "p2 Person name=Other Person");
        Erasures.Erase(Manager, ErasureTarget.OfRecord(Record(Analyst, Secret)), Court);
        Assert.False(IsAnywhere(Secret));
        Assert.Single(Erasures.List(Manager));
    }

    [Fact]
    public void Values_are_quoted_as_words_of_their_own_and_short_ones_are_not_looked_for()
    {
        var quotes = new Quotes();
        foreach (string value in (string[])["Ann-Marie O'Hare", "SC123456", "gb", "77 Quist Wynd"])
            quotes.Add(value, [Label.Public], []);
        Assert.NotEmpty(quotes.In("who is ANN-MARIE O'HARE?", Label.Public));
        Assert.NotEmpty(quotes.In("sc123456", Label.Public));
        Assert.NotEmpty(quotes.In("at 77 Quist Wynd, and 77 Quist Wynd", Label.Public));
        Assert.Empty(quotes.In("XSC123456 SC1234567 gb Ann Marie", Label.Public));
        Assert.NotEmpty(quotes.In(string.Join('\n', Quotes.Texts("{\"a\":[\"Ann-Marie O\\u0027Hare\"]}")), Label.Public));
        quotes = new Quotes();
        quotes.Add("Heron Haulage", [Label.Parse("official")], [Label.Parse("official;agencies=a")]);
        Assert.Empty(quotes.In("heron haulage", Label.Public));
        Assert.Empty(quotes.In("heron haulage", Label.Parse("official;agencies=a")));
        Assert.NotEmpty(quotes.In("heron haulage", Label.Parse("official;agencies=b")));
    }

    private RecordId Record(Viewer viewer, string name) => store.As(viewer).Export().First(r => r.Values("name").Contains(name)).Id;

    private string Everything(RecordId but) =>
        string.Join(
            '\n',
            store.As(Analyst).Export().Where(r => r.Id != but).Select(r => $"{r.Id} {r.Key} {string.Join(';', r.Statements.Select(s => s.Value))}")
        );

    private void Proved(int erased)
    {
        using var log = new MemoryStream();
        store.Gate.Audit.Export(Chief, log);
        log.Position = 0;
        var proof = LogFile.Verify(log);
        Assert.Null(proof.Problem);
        Assert.Equal(erased, proof.Erased);
    }

    /// <summary>Do the bytes of a text stand in any file of the store, whatever is open, or in anything that is encrypted in it?</summary>
    private bool IsAnywhere(string text, string? folder = null) =>
        StoredBytes.Of(folder ?? store.Folder).Any(f => f.Content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)
        || Unsealed.Holds(folder ?? store.Folder, text);
}
