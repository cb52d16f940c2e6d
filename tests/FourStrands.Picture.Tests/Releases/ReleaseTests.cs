using Microsoft.Data.Sqlite;
using Xunit;

namespace FourStrands.Picture.Tests.Releases;

public sealed partial class ReleaseTests : IDisposable
{
    private static readonly Viewer Police = Person("ailsa", "police", Classification.OfficialSensitive, ["police.nightjar"]),
        Second = Person("gregor", "police", Classification.OfficialSensitive, ["police.nightjar"]),
        Constable = Person("ross", "police", Classification.OfficialSensitive, []),
        Council = Person("callum", "council", Classification.Official, []),
        Other = Person("morag", "other", Classification.Official, []);

    private readonly string folder = Directory.CreateTempSubdirectory("fourstrands-release-").FullName;
    private readonly SetClock clock = new();
    private Gate gate;

    public ReleaseTests()
    {
        gate = Open();
        gate.People.Invent([Police, Second, Constable, Council, Other]);
    }

    public void Dispose()
    {
        gate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void What_is_released_is_seen_by_its_audience_and_by_nobody_else()
    {
        var record = Bring(Police, "Notes", "official;agencies=police", ("name", "Ada Quist"), ("birthDate", "1980-04-05"), ("notes", "Drives the van"));
        Assert.Null(gate.For(Council).Find(record));
        var order = Order("official;agencies=council,police", record, ("name", "Ada Quist"), ("birthDate", "1980-04-05"));
        var preview = gate.Releases.Preview(Police, order);
        Assert.Empty(preview.Refused);
        Assert.Empty(preview.SecondBecause);
        Assert.Equal(2, preview.Records.Single().Shown.Count);
        var release = gate.Releases.Order(Police, order);
        Assert.Equal(ReleaseState.Out, release.State);
        var seen = gate.For(Council).Find(record)!;
        Assert.Equal(["1980-04-05", "Ada Quist"], seen.Records.Single().Statements.Select(s => s.Value).Order(StringComparer.Ordinal));
        Assert.Equal("Notes", seen.Records[0].Source.Name);
        Assert.Null(gate.For(Other).Find(record));
        Assert.Empty(gate.For(Other).Search("quist").Hits);
        // Who keeps it sees it as before, each value once for each label.
        Assert.Contains("Drives the van", gate.For(Police).Find(record)!.Values("notes"));
        // Again, there is nothing left to release.
        Assert.Contains("Nothing would become visible", gate.Releases.Preview(Police, order).Refused.Single(), StringComparison.Ordinal);
        Reopen();
        Assert.NotNull(gate.For(Council).Find(record));
        Assert.Equal(ReleaseState.Out, gate.Releases.Find(Police, release.Id)!.State);
        Assert.Throws<UnauthorizedAccessException>(() => gate.Releases.All(Council with { Roles = [Role.Analyst] }));
        Assert.Empty(gate.Releases.All(Council));
        Assert.Null(gate.Releases.Find(Council, release.Id));
    }

    [Fact]
    public void What_leaves_a_compartment_waits_for_a_second_person()
    {
        var record = Bring(Police, "Operation", "official-sensitive;agencies=police;compartments=police.nightjar", ("name", "Wendeline Quist"));
        var order = Order("official;agencies=council,police", record, ("name", "Wendeline Quist"));
        var release = gate.Releases.Order(Police, order);
        Assert.Equal(ReleaseState.WaitsForSecond, release.State);
        Assert.Null(gate.For(Council).Find(record));
        Assert.Throws<ReleaseException>(() => gate.Releases.Agree(Police, release.Id));
        // Who is not in the compartment does not even know of the release.
        Assert.Empty(gate.Releases.All(Constable));
        Assert.Throws<ReleaseException>(() => gate.Releases.Agree(Constable, release.Id));
        Assert.Throws<ReleaseException>(() => gate.Releases.Agree(Council, release.Id));
        Assert.Equal(ReleaseState.Out, gate.Releases.Agree(Second, release.Id).State);
        Assert.NotNull(gate.For(Council).Find(record));
        Assert.Throws<ReleaseException>(() => gate.Releases.Agree(Second, release.Id));
        Assert.Throws<ReleaseException>(() => gate.Releases.Refuse(Second, release.Id, "Too late"));
    }

    [Fact]
    public void A_refused_release_never_shows_anything()
    {
        var record = Bring(Police, "Operation", "official-sensitive;agencies=police", ("name", "Wendeline Quist"));
        var release = gate.Releases.Order(Police, Order("official", record, ("name", "Wendeline Quist")));
        Assert.Equal(ReleaseState.Refused, gate.Releases.Refuse(Second, release.Id, "Not now").State);
        Assert.Throws<ReleaseException>(() => gate.Releases.Agree(Second, release.Id));
        Assert.Null(gate.For(Council).Find(record));
    }

    [Fact]
    public void A_release_ends_on_its_day_and_after_a_restart()
    {
        var record = Bring(Police, "Notes", "official;agencies=police", ("name", "Ada Quist"), ("phone", "+441314960123"));
        var until = clock.Now.AddDays(10);
        var release = gate.Releases.Order(Police, Order("official;agencies=council,police", record, ("name", "Ada Quist")) with { Until = until });
        clock.Now = until.AddSeconds(-1);
        Assert.NotNull(gate.For(Council).Find(record));
        clock.Now = until;
        Assert.Null(gate.For(Council).Find(record));
        Assert.Empty(gate.For(Council).Suggest("quist"));
        Assert.Equal(ReleaseState.Ended, gate.Releases.Find(Police, release.Id)!.State);
        Assert.Equal(0, gate.NotLinked);
        Reopen();
        Assert.Null(gate.For(Council).Find(record));
        Assert.NotNull(gate.For(Police).Find(record));
        Assert.NotNull(gate.For(Council).Sources().Single().Imports.Single().Ended);
        // It ended while the program was not running.
        release = gate.Releases.Order(Police, Order("official;agencies=other,police", record, ("name", "Ada Quist")) with { Until = clock.Now.AddDays(1) });
        Assert.NotNull(gate.For(Other).Find(record));
        clock.Now = clock.Now.AddDays(2);
        Reopen();
        Assert.Null(gate.For(Other).Find(record));
        Assert.Equal(ReleaseState.Ended, gate.Releases.Find(Police, release.Id)!.State);
    }

    [Fact]
    public void What_is_taken_back_is_gone_and_its_audience_is_told()
    {
        var record = Bring(Police, "Notes", "official;agencies=police", ("name", "Ada Quist"), ("alias", "The Ferryman"));
        var release = gate.Releases.Order(Police, Order("official;agencies=council,police", record, ("name", "Ada Quist")));
        Assert.Throws<ReleaseException>(() => gate.Releases.TakeBack(Police, release.Id, " "));
        gate.Releases.TakeBack(Second, release.Id, "It was somebody else");
        Assert.Null(gate.For(Council).Find(record));
        var notice = gate.Requests.Notices(Council).Single();
        Assert.Equal(("police", "It was somebody else"), (notice.Agency, notice.Text));
        Assert.Equal(["Ada Quist"], notice.Subjects);
        Assert.DoesNotContain("Ferryman", System.Text.Json.JsonSerializer.Serialize(notice), StringComparison.Ordinal);
        Assert.Empty(gate.Requests.Notices(Other));
        Assert.Throws<ReleaseException>(() => gate.Releases.TakeBack(Police, release.Id, "Twice"));
        // It can be released anew.
        Assert.Equal(ReleaseState.Out, gate.Releases.Order(Police, release.Order).State);
        Assert.NotNull(gate.For(Council).Find(record));
    }

    /// <summary>What is said with several grades is carried in several imports: the record is still one.</summary>
    [Fact]
    public void A_record_of_several_grades_is_released_as_one()
    {
        var record = Bring(Police, "Register", "official;agencies=police", ("name", "Fiona Macrae"));
        keys--;
        Bring(
            Police,
            new ImportRequest("Register", Label.Parse("official;agencies=police"), "f", "test") { Grade = "1 reliable" },
            ("birthDate", "1980-04-05")
        );
        var release = gate.Releases.Order(
            Police,
            Order("official;agencies=council,police", record, ("name", "Fiona Macrae"), ("birthDate", "1980-04-05")) with
            {
                SourceName = "Told",
            }
        );
        Assert.Equal(2, release.Imports.Count);
        var seen = gate.For(Council).Find(gate.For(Council).Search("macrae").Hits.Single().Entity.Id)!.Records.Single();
        Assert.Equal(["", "1 reliable"], seen.Statements.Select(s => s.Source.Grade).Order(StringComparer.Ordinal));
        Assert.Equal(2, gate.For(Police).Find(record)!.Records.Count);
    }

    [Fact]
    public void A_release_that_is_broken_off_shows_nothing_and_still_waits()
    {
        var record = Bring(Police, "Operation", "official-sensitive;agencies=police", ("name", "Ada Quist"));
        var release = gate.Releases.Order(Police, Order("official;agencies=council,police", record, ("name", "Ada Quist")));
        gate.Releases.Agree(Second, release.Id);
        // As if the program had ended after the picture was changed and before the release was kept as out.
        var document = gate.Store.Documents("release", release.Id).Single();
        gate.Store.Write(
            document.Document with
            {
                Content = System.Text.Json.JsonSerializer.Serialize(release, Picture.Store.StoredJson.Options),
            },
            document.Label,
            document.Agency
        );
        Assert.NotNull(gate.For(Council).Find(record));
        Reopen();
        Assert.Null(gate.For(Council).Find(record));
        Assert.Equal(ReleaseState.WaitsForSecond, gate.Releases.Find(Police, release.Id)!.State);
        gate.Releases.Agree(Second, release.Id);
        Assert.NotNull(gate.For(Council).Find(record));
    }

    /// <summary>Found by the differential test: the end of a release took with it what a register said in the same words.</summary>
    [Fact]
    public void What_is_released_and_what_is_brought_in_end_apart()
    {
        var record = Bring(Police, "Notes", "official;agencies=police", ("name", "Ada Quist"));
        var release = gate.Releases.Order(Police, Order("official", record, ("name", "Ada Quist")));
        release = gate.Releases.Agree(Second, release.Id);
        keys--;
        Bring(Police, "Notes", "official", ("name", "Ada Quist"));
        Assert.Single(gate.For(Council).Find(record)!.Records[0].Statements);
        gate.Releases.TakeBack(Police, release.Id, "Over");
        Assert.Equal(["Ada Quist"], gate.For(Council).Find(record)!.Values("name"));
        release = gate.Releases.Order(Police, Order("public", record, ("name", "Ada Quist")));
        gate.Releases.Agree(Second, release.Id);
        // A newer complete file without it takes back what the file said, not what was released.
        using (var import = gate.For(Police).BeginImport(new ImportRequest("Notes", Label.Public, "f", "test") { Complete = true }))
            import.Commit();
        Assert.NotNull(gate.For(Council with { Clearance = Classification.Public }).Find(record));
    }

    [Fact]
    public void Conditions_are_carried_out()
    {
        var h2 = Bring(Police, "Package", "official;agencies=police;handling=H2;originators=europol", ("name", "Ada Quist"));
        var order = Order("official;agencies=council,police", h2, ("name", "Ada Quist"));
        Assert.Contains("Europol has to be asked", Assert.Throws<ReleaseException>(() => gate.Releases.Order(Police, order)).Message, StringComparison.Ordinal);
        var out1 = gate.Releases.Order(Police, order with { Permission = "Europol desk, 12 May, ref 77" });
        // What was said outside this system is looked at by two.
        Assert.Equal(ReleaseState.WaitsForSecond, out1.State);
        gate.Releases.Agree(Second, out1.Id);
        Assert.Equal("official;agencies=council,police;handling=H2;originators=europol", out1.Order.Label.ToString());
        Assert.True(gate.For(Council).Find(h2)!.Records[0].Statements[0].Label.Handling.Has(HandlingCode.H2));

        var h1 = Bring(Police, "Package", "official;agencies=police;handling=H1", ("name", "Bo Lind"));
        order = Order("official;agencies=council,police", h1, ("name", "Bo Lind"));
        Assert.StartsWith("H1", Assert.Throws<ReleaseException>(() => gate.Releases.Order(Police, order)).Message, StringComparison.Ordinal);
        var forCrime = order with { Label = Label.Parse("official;agencies=council,police;purposes=crime") };
        Assert.Equal(ReleaseState.Out, gate.Releases.Order(Police with { Purposes = [Purpose.Crime] }, forCrime).State);
        Assert.Null(gate.For(Council).Find(h1));
        Assert.NotNull(gate.For(Council with { Purposes = [Purpose.Crime] }).Find(h1));

        var h0 = Bring(Police, "Package", "official;agencies=police;handling=H0", ("name", "Cy Marr"));
        order = Order("official;agencies=council,police;purposes=crime,procurement", h0, ("name", "Cy Marr"));
        Assert.StartsWith(
            "H0",
            Assert.Throws<ReleaseException>(() => gate.Releases.Order(Police with { Purposes = [Purpose.Crime] }, order)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_originator_who_takes_part_is_asked_and_it_waits_for_the_answer()
    {
        var record = Bring(Police, "Package", "official;agencies=police;handling=S2;originators=other", ("name", "Ada Quist"), ("notes", "Ours"));
        var order = Order("official;agencies=council,police", record, ("name", "Ada Quist"));
        // Nothing that is noted here stands in for somebody who can be asked.
        Assert.Throws<ReleaseException>(() => gate.Releases.Order(Police, order with { Permission = "By phone" }));
        var release = gate.Releases.Order(Police, order with { ToProvider = "May the council see it?" });
        Assert.Equal(ReleaseState.WaitsForOriginator, release.State);
        Assert.Throws<ReleaseException>(() => gate.Releases.GoOn(Police, release.Id));
        Assert.Throws<ReleaseException>(() => gate.Releases.Agree(Second, release.Id));
        Assert.Empty(gate.Requests.All(Council));
        var asked = gate.Requests.All(Other).Single();
        Assert.Equal((RequestKind.Originator, "police", "other"), (asked.Kind, asked.From, asked.To));
        Assert.Equal(["Name: Ada Quist"], asked.Values);
        Assert.Equal(("May the council see it?", "OFFICIAL: Council, Police"), (asked.Text, asked.Wanted));
        Assert.Throws<UnauthorizedAccessException>(() => gate.Requests.Answer(Other with { Roles = [Role.Analyst] }, asked.Id, true, "Yes"));
        Assert.Throws<ReleaseException>(() => gate.Requests.Answer(Police, asked.Id, true, "Yes"));
        Assert.Throws<ReleaseException>(() => gate.Requests.Answer(Council, asked.Id, true, "Yes"));
        gate.Requests.Answer(Other, asked.Id, agreed: true, "Yes, for Glenbrae");
        Assert.Null(gate.For(Council).Find(record));
        Assert.Equal(ReleaseState.Out, gate.Releases.GoOn(Police, release.Id).State);
        Assert.NotNull(gate.For(Council).Find(record));

        var second = Bring(Police, "Package", "official;agencies=police;handling=S2;originators=other", ("name", "Bo Lind"));
        release = gate.Releases.Order(Police, Order("official;agencies=council,police", second, ("name", "Bo Lind")) with { ToProvider = "And this?" });
        gate.Requests.Answer(Other, gate.Requests.All(Other).Single(r => r.Text == "And this?").Id, agreed: false, "No");
        Assert.Equal(ReleaseState.Refused, gate.Releases.GoOn(Police, release.Id).State);
        Assert.Null(gate.For(Council).Find(second));

        // Of two conditions one asks the own agency: a second person answers for it. Who provided the other may think again until it is out.
        var third = Bring(Police, "Package", "official;agencies=police;handling=S2;originators=other,police", ("name", "Cy Marr"));
        release = gate.Releases.Order(Police, Order("official;agencies=council,police", third, ("name", "Cy Marr")) with { ToProvider = "And him?" });
        var about = gate.Requests.All(Other).Single(r => r.Text == "And him?").Id;
        gate.Requests.Answer(Other, about, agreed: true, "Yes");
        Assert.Equal(ReleaseState.WaitsForSecond, gate.Releases.GoOn(Police, release.Id).State);
        clock.Now = clock.Now.AddMinutes(1);
        gate.Requests.Answer(Other, about, agreed: false, "No, after all");
        Assert.Throws<ReleaseException>(() => gate.Releases.Agree(Second, release.Id));
        clock.Now = clock.Now.AddMinutes(1);
        gate.Requests.Answer(Other, about, agreed: true, "Yes again");
        Assert.Equal(ReleaseState.Out, gate.Releases.Agree(Second, release.Id).State);
    }

    [Fact]
    public void A_release_carries_no_kind_grade_or_opinion_of_something_more_secret()
    {
        var record = Bring(Police, "Notes", "official;agencies=police", ("name", "Ada Quist"));
        keys--;
        Bring(
            Police,
            new ImportRequest("Notes", Label.Parse("official-sensitive;agencies=police;compartments=police.nightjar"), "f", "test")
            {
                Grade = "1 reliable",
                Kind = StatementKind.Opinion,
            },
            ("name", "Ada Quist")
        );
        gate.Releases.Order(Police, Order("official;agencies=council,police", record, ("name", "Ada Quist")));
        var seen = gate.For(Council).Find(record)!.Records.Single().Statements.Single();
        Assert.Equal(("", StatementKind.Fact), (seen.Source.Grade, seen.Kind));
    }

    [Fact]
    public void What_is_brought_in_anew_meanwhile_is_ordered_anew()
    {
        var record = Bring(Police, "Notes", "official-sensitive;agencies=police", ("name", "Ada Quist"));
        var release = gate.Releases.Order(Police, Order("official;agencies=council,police", record, ("name", "Ada Quist")));
        using (
            var import = gate.For(Police)
                .BeginImport(new ImportRequest("Notes", Label.Parse("official-sensitive;agencies=police"), "f", "test") { Complete = true })
        )
            import.Commit();
        keys--;
        Bring(Police, "Notes", "official-sensitive;agencies=police;compartments=police.nightjar;handling=H3", ("name", "Ada Quist"));
        Assert.Throws<ReleaseException>(() => gate.Releases.Agree(Second, release.Id));
        Assert.Null(gate.For(Council).Find(record));
    }

    [Fact]
    public async Task Taking_back_does_not_stand_in_the_way_of_those_who_wait_for_their_turn()
    {
        // Alike, so that there is something to compare anew, in the middle of which the turn is passed on to whoever waits for it.
        RecordId[] records =
        [
            .. Enumerable
                .Range(0, 40)
                .Select(i => Bring(Police, "Notes", "official;agencies=police", ("name", "Ada Quist"), ("birthDate", "1980-04-05"), ("idNumber", "X123456"))),
        ];
        var order = Order("official;agencies=council,police", records[0], ("name", "Ada Quist"));
        var now = TestContext.Current.CancellationToken;
        for (int i = 1; i < records.Length; i++)
        {
            var taken = gate.Releases.Order(Police, Of(records[i - 1]));
            var back = Task.Run(() => gate.Releases.TakeBack(Police, taken.Id, "Over"), now);
            int at = i;
            var others = Task.Run(() => gate.Releases.Order(Police, Of(records[at])), now);
            await Task.WhenAll(back, others).WaitAsync(TimeSpan.FromMinutes(1), now);
            gate.Releases.TakeBack(Police, (await others).Id, "Over");
        }
        Assert.Empty(gate.For(Council).Export());

        ReleaseOrder Of(RecordId record) => order with { Values = [.. ((string[])["name", "birthDate", "idNumber"]).Select(p => Value(record, p))] };

        ReleasedValue Value(RecordId record, string property) =>
            new(record, property, gate.For(Police).Find(record)!.Records.Single(r => r.Id == record).Values(property).Single());
    }

    [Fact]
    public void Whoever_takes_a_release_back_need_not_see_it_themselves()
    {
        var officer = Police with { Purposes = [Purpose.Procurement] };
        var record = Bring(Police, "Notes", "official;agencies=police", ("name", "Ada Quist"));
        var release = gate.Releases.Order(officer, Order("official;agencies=council,police;purposes=procurement", record, ("name", "Ada Quist")));
        gate.Releases.TakeBack(Second, release.Id, "Wrong");
        Assert.Equal("Wrong", gate.Requests.Notices(Council with { Purposes = [Purpose.Procurement] }).Single().Text);
        Assert.Empty(gate.Requests.Notices(Council));
    }

    [Fact]
    public void A_pointer_tells_who_to_ask_and_nothing_else()
    {
        var record = Bring(Police, "Operation", "official;agencies=police", ("name", "Ada Quist"), ("passportNumber", "GB1234567"), ("notes", "Secretive"));
        var order = Order("official", record, ("name", "Ada Quist"), ("passportNumber", "GB1234567"), ("notes", "Secretive")) with
        {
            Kind = ReleaseKind.Pointer,
        };
        string before = Everything(Council);
        var release = gate.Releases.Agree(Second, gate.Releases.Order(Police, order).Id);
        Assert.Equal(before, Everything(Council));
        foreach (string typed in new[] { "ada quist", "Quist, Ada", "GB 123 4567" })
            Assert.Equal("police", gate.For(Council).Pointers(typed).Single().Agency);
        foreach (string typed in new[] { "ada", "quist", "ada m quist", "GB123456", "secretive", "" })
            Assert.Empty(gate.For(Council).Pointers(typed));
        Assert.Empty(gate.For(Police).Pointers("ada quist"));
        Assert.Empty(gate.For(Council with { Clearance = Classification.Public }).Pointers("ada quist"));
        Reopen();
        Assert.Single(gate.For(Council).Pointers("ada quist"));
        gate.Releases.TakeBack(Police, release.Id, "Over");
        Assert.Empty(gate.For(Council).Pointers("ada quist"));
        Assert.Empty(gate.Requests.Notices(Council));
        Assert.Equal(before, Everything(Council));

        string Everything(Viewer viewer) =>
            string.Join('\n', gate.For(viewer).Export().SelectMany(r => r.Statements).Select(s => $"{s.Record} {s.Property.Name} {s.Value}"))
            + string.Join(' ', gate.For(viewer).Search("quist").Hits.Select(h => h.Entity.Caption))
            + string.Join(' ', gate.For(viewer).Sources().Select(s => s.Source.Name));
    }

    [Fact]
    public void Only_what_the_own_agency_brought_in_is_released_and_nothing_unseen_is_named()
    {
        var theirs = Bring(Council, "Register", "official", ("name", "Ada Quist"));
        Assert.Contains(
            "belongs to Council",
            gate.Releases.Preview(Police, Order("public", theirs, ("name", "Ada Quist"))).Refused[0],
            StringComparison.Ordinal
        );
        var hidden = Bring(Second, "Operation", "official-sensitive;agencies=police;compartments=police.nightjar", ("name", "Bo Lind"));
        var forHidden = gate.Releases.Preview(Constable, Order("public", hidden, ("name", "Bo Lind")));
        var forNothing = gate.Releases.Preview(Constable, Order("public", new RecordId(7), ("name", "Bo Lind")));
        Assert.Equal(forNothing.Refused, forHidden.Refused);
        Assert.Equal(forNothing.SecondBecause, forHidden.SecondBecause);
    }

    [Fact]
    public void A_tie_goes_with_both_its_ends_or_is_left_out()
    {
        using (var import = gate.For(Police).BeginImport(new ImportRequest("Notes", Label.Parse("official;agencies=police"), "f", "test")))
        {
            var person = Ontology.Default["Person"];
            var associate = Ontology.Default["Associate"];
            foreach (string key in new[] { "a", "b" })
            {
                import.Begin(key, person);
                import.Add(person["name"], $"Person {key}");
                import.End();
            }
            import.Begin("t", associate);
            import.Add(associate["person"], "a");
            import.Add(associate["associate"], "b");
            import.End();
            import.Commit();
        }
        var (a, b, t) = (Id("a"), Id("b"), Id("t"));
        ReleasedValue[] tie = [new(t, "person", a.ToString()), new(t, "associate", b.ToString())];
        var alone = gate.Releases.Preview(
            Police,
            new ReleaseOrder([.. tie, new(a, "name", "Person a")], Label.Parse("official;agencies=council,police"), "Why")
        );
        Assert.Equal("associate", alone.Records.SelectMany(r => r.Dropped).Single().Property);
        gate.Releases.Order(
            Police,
            new ReleaseOrder([.. tie, new(a, "name", "Person a"), new(b, "name", "Person b")], Label.Parse("official;agencies=council,police"), "Why")
            {
                SourceName = "Told",
            }
        );
        var view = gate.For(Council);
        var found = view.Find(view.Search("person a").Hits[0].Entity.Id)!;
        Assert.Equal("Person b", view.Connections(found).Single().Other.Caption);
        Assert.Null(view.Find(t));

        RecordId Id(string key) => gate.Engine.IdentifyRecord(gate.Engine.Sources.Single(s => s.Name == "Notes"), key);
    }

    [Fact]
    public void Children_and_joins_are_pointed_out()
    {
        var known = Bring(Council, "Register", "public", ("name", "Ada Quist"), ("birthDate", "2012-04-05"), ("idNumber", "X123456"));
        var record = Bring(Police, "Notes", "official;agencies=police", ("name", "Ada Quist"), ("birthDate", "2012-04-05"), ("idNumber", "X123456"));
        var order = Order("official;agencies=council,police", record, ("name", "Ada Quist"), ("birthDate", "2012-04-05"), ("idNumber", "X123456"));
        var preview = gate.Releases.Preview(Police, order);
        Assert.Contains(preview.Cautions, c => c.Contains("child", StringComparison.Ordinal));
        Assert.Equal(known, preview.Joins.Single().Id);
        // What the audience sees and the officer does not plays no part.
        Bring(Council, "Hidden", "official;agencies=council", ("name", "Ada Quist"), ("birthDate", "2012-04-05"), ("idNumber", "X123456"));
        Assert.Equal(known, gate.Releases.Preview(Police, order).Joins.Single().Id);
    }

    [Fact]
    public void A_request_looks_the_same_whether_there_is_anything_or_not()
    {
        Bring(Police, "Operation", "official-sensitive;agencies=police", ("name", "Ada Quist"));
        var one = gate.Requests.Ask(Council, Asking("police", "What of Ada Quist?"));
        var other = gate.Requests.Ask(Council, Asking("police", "What of Bo Lind?"));
        Assert.Null(gate.Requests.Find(Council, one.Id)!.Answer);
        Assert.Null(gate.Requests.Find(Council, other.Id)!.Answer);
        Assert.Equal(2, gate.Requests.All(Police).Count);
        Assert.Empty(gate.Requests.All(Other));
        Assert.Null(gate.Requests.Find(Other, one.Id));
        gate.Requests.Answer(Police, one.Id, agreed: false, "We may not say");
        Assert.Equal("We may not say", gate.Requests.Find(Council, one.Id)!.Answer!.Text);
        Assert.Throws<ReleaseException>(() => gate.Requests.Ask(Council, Asking("council", "Ourselves")));
        Assert.Throws<ReleaseException>(() => gate.Requests.Ask(Council, Asking("nobody", "Them")));
        Assert.Throws<ReleaseException>(() => gate.Requests.Ask(Council, Asking("police", " ")));
        Assert.Throws<ReleaseException>(() => gate.Requests.Ask(Council, Asking("police", "About") with { Record = new RecordId(9) }));
    }

    [Fact]
    public void Sharing_groups_need_a_second_administrator_to_grow_and_none_to_shrink()
    {
        var administrator = Police with { Name = "fiona@police", DisplayName = "Fiona", Roles = [Role.Administrator] };
        var hamish = administrator with { Name = "hamish@police", DisplayName = "Hamish" };
        gate.People.Invent([administrator, hamish]);
        var group = gate.People.AddGroup(administrator, "Redwater", "Drugs on the water", membersKnowEachOther: false);
        Assert.Throws<PeopleException>(() => gate.People.AddGroup(administrator, "redwater", "Again", true));
        var record = Bring(Police with { Groups = [group.Name] }, "Notes", $"official;agencies={group.Name}", ("name", "Ada Quist"));
        Assert.Null(gate.For(gate.People.ViewerOf(Council.Name)!).Find(record));
        var waits = gate.People.AskForMember(administrator, group.Name, "council", "They police the harbour");
        Assert.Throws<PeopleException>(() => gate.People.AskForMember(administrator, group.Name, "council", "Twice"));
        Assert.Throws<PeopleException>(() => gate.People.Approve(administrator, waits.Id));
        gate.People.Approve(hamish, waits.Id);
        var member = gate.People.ViewerOf(Council.Name)!;
        Assert.NotNull(gate.For(member).Find(record));
        Assert.Empty(gate.People.GroupsOf(member).Single().Members);
        Assert.Equal(["council", "police"], gate.People.Groups(administrator).Single().Members);
        Assert.Empty(gate.People.GroupsOf(gate.People.ViewerOf(Other.Name)!));
        gate.People.RemoveMember(administrator, group.Name, "council");
        Assert.Null(gate.For(gate.People.ViewerOf(Council.Name)!).Find(record));
        Assert.Throws<PeopleException>(() => gate.People.RemoveMember(administrator, group.Name, "police"));
    }

    [Fact]
    public async Task A_release_is_logged_as_a_disclosure()
    {
        var record = Bring(Police, "Notes", "official;agencies=police", ("name", "Ada Quist"));
        gate.Releases.Order(Police, Order("official;agencies=council,police", record, ("name", "Ada Quist")));
        var chief = Police with { Name = "chief@police", Roles = [Role.ChiefAuditor] };
        gate.People.Invent([chief]);
        await gate.FlushReadLog();
        var entries = gate.Audit.Search(chief, new LogQuestion { Kind = LogKind.Disclosure }).Entries;
        Assert.Contains(entries, e => e.Act == "release" && e.Records.Contains(record));
    }

    private static Request Asking(string to, string text) => new(RequestKind.Access, "", to, "", default, text);

    private static ReleaseOrder Order(string label, RecordId record, params (string Property, string Value)[] values) =>
        new([.. values.Select(v => new ReleasedValue(record, v.Property, v.Value))], Label.Parse(label), "They need to know");

    private int keys;

    private RecordId Bring(Viewer by, string source, string label, params (string Property, string Value)[] values) =>
        Bring(by, new ImportRequest(source, Label.Parse(label), "f", "test"), values);

    private RecordId Bring(Viewer by, ImportRequest request, params (string Property, string Value)[] values)
    {
        using var import = gate.For(by).BeginImport(request);
        var schema = Ontology.Default["Person"];
        string key = $"r{++keys}";
        import.Begin(key, schema);
        foreach (var (property, value) in values)
            import.Add(schema[property], value);
        import.End();
        var id = import.IdentifierOf(key);
        import.Commit();
        return id;
    }

    private static Viewer Person(string name, string agency, Classification clearance, string[] compartments) =>
        new($"{name}@{agency}", name, agency, char.ToUpperInvariant(agency[0]) + agency[1..], "officer", clearance, compartments)
        {
            Roles = [Role.Contributor, Role.Liaison],
        };

    private Gate Open() => Gate.Open(folder, new GateOptions { Clock = clock, IdentifierKey = new byte[32] });

    private void Reopen(Action? meanwhile = null)
    {
        gate.Dispose();
        SqliteConnection.ClearAllPools();
        meanwhile?.Invoke();
        gate = Open();
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
