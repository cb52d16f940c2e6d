using FourStrands.Picture.Tests.Store;
using Xunit;

namespace FourStrands.Picture.Tests.Correcting;

/// <summary>What was wrong is seen by nobody any more, what is right in its place; and whoever it was released to is told, and says so.</summary>
public sealed class CorrectionTests : IDisposable
{
    private static readonly Viewer Police = Person("ailsa", "police", ["police.nightjar"]),
        Low = Person("ross", "police", []),
        Second = Person("gregor", "police", ["police.nightjar"]),
        Council = Person("callum", "council", []),
        Other = Person("morag", "other", []);

    private readonly string folder = Directory.CreateTempSubdirectory("fourstrands-correction-").FullName;
    private readonly SetClock clock = new();
    private Gate gate;
    private int keys;

    public CorrectionTests()
    {
        gate = Open();
        gate.People.Invent([Police, Low, Second, Council, Other]);
    }

    private Corrections Corrections => gate.Corrections;

    public void Dispose()
    {
        gate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Only_an_information_manager_of_the_agency_corrects_what_they_may_see()
    {
        var hidden = Bring(Police, "official;agencies=police;compartments=police.nightjar", ("name", "Ada Quist"));
        var target = ErasureTarget.OfRecord(hidden);
        foreach (var refused in (Viewer[])[Police with { Roles = [Role.Liaison, Role.Analyst, Role.Administrator] }])
        {
            Assert.Throws<UnauthorizedAccessException>(() => Corrections.Preview(refused, target));
            Assert.Throws<UnauthorizedAccessException>(() => Corrections.Correct(refused, new CorrectionOrder(target, "Wrong")));
            Assert.Throws<UnauthorizedAccessException>(() => Corrections.All(refused));
        }
        Assert.Throws<KeyNotFoundException>(() => Corrections.Correct(Low, new CorrectionOrder(target, "Wrong")));
        var open = Bring(Police, "public", ("name", "Una Heron"), ("birthDate", "1980-04-05"));
        Assert.Throws<CorrectionException>(() => Corrections.Correct(Council, new CorrectionOrder(ErasureTarget.OfRecord(open), "Wrong")));
        var birth = ErasureTarget.OfStatement(open, "birthDate", "1980-04-05");
        Assert.Equal("reason", Assert.Throws<CorrectionException>(() => Corrections.Correct(Police, new CorrectionOrder(birth, " "))).Field);
        Assert.Equal(
            "right",
            Assert.Throws<CorrectionException>(() => Corrections.Correct(Police, new CorrectionOrder(birth, "Wrong") { Right = "soon" })).Field
        );
        Assert.Equal(
            "right",
            Assert.Throws<CorrectionException>(() => Corrections.Correct(Police, new CorrectionOrder(birth, "Wrong") { Right = "1980-04-05" })).Field
        );
        Assert.Contains("1980-04-05", gate.For(Council).Find(open)!.Values("birthDate"));
        Assert.Empty(Corrections.All(Police));
    }

    [Fact]
    public void A_value_is_put_right_under_each_label_and_stays_so_after_a_restart()
    {
        var record = Bring(Police, "public", ("name", "Una Heron"), ("birthDate", "1980-05-04"));
        Bring(Police, "official;agencies=police;compartments=police.nightjar", record, ("birthDate", "1980-05-04"), ("notes", "Drives the van"));
        var made = Corrections.Correct(Police, Put(record, "birthDate", "1980-05-04", "1980-04-05"));
        Assert.Equal(2, made.Count);
        foreach (var viewer in (Viewer[])[Police, Low, Council])
            Assert.Equal(["1980-04-05"], gate.For(viewer).Find(record)!.Values("birthDate"));
        // The wrong value is kept for those who could see it, label by label.
        Assert.Equal(2, Corrections.All(Police).Count);
        var kept = Assert.Single(Corrections.All(Low));
        Assert.Equal(("1980-05-04", "1980-04-05"), (kept.Values[0].Was, kept.Values[0].Now));
        Assert.Empty(Corrections.All(Council));
        Reopen();
        Assert.Equal(["1980-04-05"], gate.For(Police).Find(record)!.Values("birthDate"));
        Assert.Contains("Drives the van", gate.For(Police).Find(record)!.Values("notes"));
        Assert.Throws<KeyNotFoundException>(() => Corrections.Correct(Police, Put(record, "birthDate", "1980-05-04", "1980-04-05")));
    }

    [Fact]
    public void A_record_and_a_file_are_withdrawn_and_can_be_said_again()
    {
        var record = Bring(Police, "public", ("name", "Una Heron"));
        Corrections.Correct(Police, new CorrectionOrder(ErasureTarget.OfRecord(record), "It was somebody else"));
        Assert.Null(gate.For(Council).Find(record));
        Assert.Empty(gate.For(Police).Search("heron").Hits);
        var again = Bring(Police, "public", ("name", "Ada Quist"));
        var file = gate.For(Police).Sources().Single().Imports.First(i => i.Format == "test");
        Corrections.Correct(Police, new CorrectionOrder(ErasureTarget.OfImport(file.Id), "The wrong file"));
        Assert.Null(gate.For(Council).Find(again));
        Reopen();
        Assert.Null(gate.For(Police).Find(again));
    }

    [Fact]
    public void What_was_released_is_put_right_and_its_audience_is_told_and_acknowledges()
    {
        var record = Bring(Police, "official;agencies=police", ("name", "Una Heron"), ("birthDate", "1980-05-04"), ("notes", "Drives the van"));
        var release = Release(record, "official;agencies=council,police", ("name", "Una Heron"), ("birthDate", "1980-05-04"));
        Assert.Equal("", Assert.Single(Corrections.Preview(Police, Put(record, "birthDate", "1980-05-04", null).Target).Releases).EndsBecause);
        Corrections.Correct(Police, Put(record, "birthDate", "1980-05-04", "1980-04-05") with { InReleases = true });
        var seen = gate.For(Council).Find(record)!;
        Assert.Equal(["1980-04-05"], seen.Values("birthDate"));
        Assert.Equal(["Una Heron"], seen.Values("name"));
        Assert.Empty(seen.Values("notes"));
        release = gate.Releases.Find(Police, release.Id)!;
        Assert.Equal(ReleaseState.Out, release.State);
        Assert.Contains(release.Order.Values, v => v.Value == "1980-04-05");
        var notice = Assert.Single(gate.Requests.Notices(Council));
        Assert.False(notice.Ended);
        Assert.Equal(new NoticeChange("birthDate", "1980-05-04", "1980-04-05") { Record = record }, Assert.Single(notice.Changes));
        Assert.Empty(gate.Requests.Notices(Other));

        // Those it is to say that they have read it, once; those who gave it see that.
        Assert.Throws<UnauthorizedAccessException>(() => gate.Requests.Acknowledge(Council with { Roles = [Role.Analyst] }, notice.Id));
        Assert.Throws<ReleaseException>(() => gate.Requests.Acknowledge(Other, notice.Id));
        Assert.Throws<ReleaseException>(() => gate.Requests.Acknowledge(Police, notice.Id));
        gate.Requests.Acknowledge(Council, notice.Id);
        Assert.Throws<ReleaseException>(() => gate.Requests.Acknowledge(Council, notice.Id));
        Assert.Equal(("council", "callum"), Assert.Single(gate.Requests.Notices(Police)).Receipts.Select(r => (r.Agency, r.ByName)).Single());
        Reopen();
        Assert.Equal(["1980-04-05"], gate.For(Council).Find(record)!.Values("birthDate"));
        gate.Releases.TakeBack(Police, release.Id, "No longer needed");
        Assert.Null(gate.For(Council).Find(record));
    }

    [Fact]
    public void Without_that_or_where_others_had_to_agree_the_release_ends()
    {
        var record = Bring(Police, "official;agencies=police", ("name", "Una Heron"), ("birthDate", "1980-05-04"));
        var plain = Release(record, "official;agencies=council,police", ("birthDate", "1980-05-04"));
        Corrections.Correct(Police, Put(record, "birthDate", "1980-05-04", "1980-04-05"));
        Assert.Equal(ReleaseState.TakenBack, gate.Releases.Find(Police, plain.Id)!.State);
        Assert.Null(gate.For(Council).Find(record));
        var notice = Assert.Single(gate.Requests.Notices(Council));
        Assert.True(notice.Ended);
        Assert.Equal(new NoticeChange("birthDate", "1980-05-04", null) { Record = record }, Assert.Single(notice.Changes));

        // Every agency sees it: a second person agreed to that, and one alone cannot let out something else in its place.
        var wide = Release(record, "official", ("birthDate", "1980-04-05"));
        wide = gate.Releases.Agree(Second, wide.Id);
        Assert.NotNull(gate.For(Other).Find(record));
        Assert.NotEqual("", Assert.Single(Corrections.Preview(Police, Put(record, "birthDate", "1980-04-05", null).Target).Releases).EndsBecause);
        Corrections.Correct(Police, Put(record, "birthDate", "1980-04-05", "1981-04-05") with { InReleases = true });
        Assert.Equal(ReleaseState.TakenBack, gate.Releases.Find(Police, wide.Id)!.State);
        Assert.Null(gate.For(Other).Find(record));
    }

    [Fact]
    public void What_was_broken_off_while_its_release_ended_is_seen_no_more_after_a_restart()
    {
        var record = Bring(Police, "official;agencies=police", ("name", "Una Heron"), ("birthDate", "1980-05-04"));
        var release = Release(record, "official;agencies=council,police", ("birthDate", "1980-05-04"));
        // As if the program had ended after the release was kept as taken back and before what it carries was.
        var (document, label, agency) = gate.Store.Documents("release", release.Id).Single();
        release = release with { State = ReleaseState.TakenBack };
        gate.Store.Write(document with { Content = System.Text.Json.JsonSerializer.Serialize(release, Picture.Store.StoredJson.Options) }, label, agency);
        Assert.NotNull(gate.For(Council).Find(record));
        Reopen();
        Assert.Null(gate.For(Council).Find(record));
        Assert.NotNull(gate.For(Police).Find(record));
    }

    /// <summary>What it is released to goes first; then what is said, with what is kept of it, or neither; then what is right goes out.</summary>
    [Theory]
    [InlineData("INSERT ON document WHEN NEW.kind='corrected value'", true)]
    [InlineData("UPDATE ON document WHEN NEW.kind='release' AND EXISTS (SELECT 1 FROM document WHERE kind='corrected value')", false)]
    public void A_correction_that_is_broken_off_leaves_nothing_wrong_out_and_is_done_again(string where, bool isSaid)
    {
        var record = Bring(Police, "official;agencies=police", ("name", "Una Heron"), ("birthDate", "1980-05-04"));
        var release = Release(record, "official;agencies=council,police", ("name", "Una Heron"), ("birthDate", "1980-05-04"));
        gate.Dispose();
        Alter($"CREATE TRIGGER broken BEFORE {where} BEGIN SELECT RAISE(ABORT, 'broken off'); END");
        gate = Open();
        var order = Put(record, "birthDate", "1980-05-04", "1980-04-05") with { InReleases = true };
        Assert.Throws<StoreException>(() => Corrections.Correct(Police, order));
        Assert.Null(gate.For(Council).Find(record));
        var notice = Assert.Single(gate.Requests.Notices(Council));
        Assert.True(notice.Ended);
        Assert.Equal(("1980-05-04", null), (notice.Changes.Single().Was, notice.Changes.Single().Now));
        Assert.Equal(ReleaseState.TakenBack, gate.Releases.Find(Police, release.Id)!.State);
        gate.Dispose();
        Alter("DROP TRIGGER broken");
        gate = Open();
        Assert.Null(gate.For(Council).Find(record));
        Assert.Equal([isSaid ? "1980-05-04" : "1980-04-05"], gate.For(Police).Find(record)!.Values("birthDate"));
        if (isSaid)
            Corrections.Correct(Police, order);
        Assert.Equal(["1980-04-05"], gate.For(Police).Find(record)!.Values("birthDate"));
        Assert.Single(Corrections.All(Police));
    }

    [Fact]
    public void A_release_that_whoever_corrects_may_not_know_of_is_told_to_its_desk()
    {
        var record = Bring(Police, "official;agencies=police", ("name", "Una Heron"));
        Bring(Police, "official;agencies=police;compartments=police.nightjar", record, ("notes", "Drives the van"));
        var release = Release(record, "official;agencies=council,police", ("name", "Una Heron"), ("notes", "Drives the van"));
        gate.Releases.Agree(Second, release.Id);
        Assert.Empty(Corrections.Preview(Low, ErasureTarget.OfStatement(record, "name", "Una Heron")).Releases);
        Corrections.Correct(Low, Put(record, "name", "Una Heron", "Una Herring") with { InReleases = true });
        Assert.Equal(ReleaseState.Out, gate.Releases.Find(Police, release.Id)!.State);
        Assert.Contains("corrected at its source", Assert.Single(gate.Requests.Notices(Police)).Text, StringComparison.Ordinal);
        Assert.Empty(gate.Requests.Notices(Low));
        Assert.Empty(gate.Requests.Notices(Council));
    }

    [Fact]
    public void What_is_erased_is_gone_from_corrections_and_notices_too()
    {
        var record = Bring(Police, "official;agencies=police", ("name", "Zebulon Quistgaard"), ("birthDate", "1980-05-04"));
        Release(record, "official;agencies=council,police", ("name", "Zebulon Quistgaard"), ("birthDate", "1980-05-04"));
        Corrections.Correct(Police, Put(record, "name", "Zebulon Quistgaard", "Zebulon Quistgard"));
        Assert.Contains("Zebulon Quistgaard", gate.Requests.Notices(Council).Single().Subjects);
        gate.Erasures.Erase(Police, ErasureTarget.OfRecord(record), "Retention");
        Assert.Empty(Corrections.All(Police));
        gate.Dispose();
        foreach (string file in Directory.GetFiles(folder))
            Assert.DoesNotContain("Zebulon", File.ReadAllText(file, System.Text.Encoding.Latin1), StringComparison.Ordinal);
        Assert.False(Store.Unsealed.Holds(folder, "Zebulon"));
        gate = Open();
        Assert.DoesNotContain(gate.Requests.Notices(Council), n => n.Changes.Count > 0);
    }

    /// <summary>Its release names what it shows now; what it showed before is looked for where it was carried to.</summary>
    [Fact]
    public void What_a_sanitised_release_showed_before_it_was_put_right_goes_with_what_said_it()
    {
        var other = Bring(Police, "official;agencies=police", ("name", "Una Heron"));
        var record = Bring(Police, "official;agencies=police", "tied", [("name", "Ada Quist"), ("passportNumber", "GB7654321")]);
        gate.Releases.Order(
            Police,
            new ReleaseOrder(
                [new(record, "name", "Ada Quist"), new(record, "passportNumber", "GB7654321"), new(other, "name", "Una Heron")],
                Label.Parse("official;agencies=council,police"),
                "They need to know"
            )
            {
                SourceName = "Told",
            }
        );
        Corrections.Correct(Police, Put(record, "passportNumber", "GB7654321", "GB1234567") with { InReleases = true });
        Assert.Contains(gate.For(Council).Export(), r => r.Values("passportNumber").SequenceEqual(["GB1234567"]));
        gate.Erasures.Erase(Police, ErasureTarget.OfStatement(record, "passportNumber", "GB7654321"), "Retention");
        // What is right is out still.
        Assert.Contains(gate.For(Council).Export(), r => r.Values("passportNumber").SequenceEqual(["GB1234567"]));
        gate.Dispose();
        foreach (string file in Directory.GetFiles(folder))
            Assert.DoesNotContain("7654321", File.ReadAllText(file, System.Text.Encoding.Latin1), StringComparison.Ordinal);
        Assert.False(Store.Unsealed.Holds(folder, "7654321"));
        gate = Open();
        Assert.Contains(gate.For(Council).Export(), r => r.Values("passportNumber").SequenceEqual(["GB1234567"]));
    }

    /// <summary>A date is no name, and “gb” stands everywhere: but what a correction and its notice keep of this record is known to be this.</summary>
    [Fact]
    public void Dates_and_short_values_go_from_corrections_and_notices_with_what_said_them()
    {
        var record = Bring(Police, "official;agencies=police", ("name", "Una Heron"), ("birthDate", "1980-05-04"), ("country", "gb"));
        Release(record, "official;agencies=council,police", ("birthDate", "1980-05-04"), ("country", "gb"));
        Corrections.Correct(Police, Put(record, "birthDate", "1980-05-04", "1980-04-05") with { InReleases = true });
        Corrections.Correct(Police, Put(record, "country", "gb", "ie"));
        Assert.Equal(2, gate.Requests.Notices(Council).Count);
        Assert.Equal(2, Corrections.All(Police).Count);
        // Another record's says nothing of this one.
        var other = Bring(Police, "official;agencies=police", ("name", "Ada Quist"), ("birthDate", "1980-05-04"), ("country", "gb"));
        gate.Erasures.Erase(Police, ErasureTarget.OfRecord(other), "Retention");
        Assert.Equal(2, gate.Requests.Notices(Council).Count);
        gate.Erasures.Erase(Police, ErasureTarget.OfStatement(record, "country", "gb"), "Retention");
        Assert.Equal("birthDate", Assert.Single(gate.Requests.Notices(Council), n => n.Changes.Count > 0).Changes.Single().Property);
        Assert.Equal("birthDate", Assert.Single(Corrections.All(Police)).Values.Single().Property);
        gate.Erasures.Erase(Police, ErasureTarget.OfStatement(record, "birthDate", "1980-05-04"), "Retention");
        Assert.Empty(gate.Requests.Notices(Council));
        Assert.Empty(Corrections.All(Police));
        Assert.Equal(["1980-04-05"], gate.For(Police).Find(record)!.Values("birthDate"));
    }

    [Fact]
    public void What_was_withdrawn_altogether_can_be_erased_by_whoever_could_see_it()
    {
        var record = Bring(Police, "official;agencies=police;compartments=police.nightjar", ("name", "Zebulon Quistgaard"));
        Corrections.Correct(Police, new CorrectionOrder(ErasureTarget.OfRecord(record), "It was somebody else"));
        Assert.Null(gate.For(Police).Find(record));
        Assert.Throws<KeyNotFoundException>(() => gate.Erasures.Preview(Low, ErasureTarget.OfRecord(record)));
        Assert.Throws<KeyNotFoundException>(() => gate.Erasures.Preview(Council, ErasureTarget.OfRecord(record)));
        Assert.Equal(1, gate.Erasures.Preview(Police, ErasureTarget.OfRecord(record)).Statements);
        // Nor does it go before time for those who hold it.
        Assert.Throws<KeyNotFoundException>(() => gate.Erasures.Place(Low, HoldKind.Record, record, "Inquiry"));
        Assert.Throws<KeyNotFoundException>(() => gate.Erasures.Place(Council, HoldKind.Record, record, "Inquiry"));
        var hold = Assert.Single(gate.Erasures.Place(Police, HoldKind.Record, record, "Inquiry"));
        Assert.Throws<ErasureException>(() => gate.Erasures.Erase(Police, ErasureTarget.OfRecord(record), "Retention"));
        gate.Erasures.Lift(Police, hold.Id, "Over");
        gate.Erasures.Erase(Police, ErasureTarget.OfRecord(record), "Retention");
        Assert.Empty(Corrections.All(Police));
        gate.Dispose();
        foreach (string file in Directory.GetFiles(folder))
            Assert.DoesNotContain("Zebulon", File.ReadAllText(file, System.Text.Encoding.Latin1), StringComparison.Ordinal);
        Assert.False(Store.Unsealed.Holds(folder, "Zebulon"));
        gate = Open();
    }

    /// <summary>Found in review: a statement in a compartment decided whether others saw the release again.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_only_some_see_who_know_of_a_release_does_not_decide_whether_it_is_out_again(bool hidden)
    {
        var record = Bring(Police, "official;agencies=police;handling=A1", ("name", "Una Heron"), ("birthDate", "1980-05-04"));
        var release = Release(record, "official;agencies=council,police", ("name", "Una Heron"), ("birthDate", "1980-05-04"));
        if (hidden)
            Bring(Police, "official;agencies=police;compartments=police.nightjar", record, ("name", "Una Heron"));
        Corrections.Correct(Police, Put(record, "birthDate", "1980-05-04", "1980-04-05") with { InReleases = true });
        Assert.Equal(ReleaseState.Out, gate.Releases.Find(Police, release.Id)!.State);
        Assert.Equal(["1980-04-05"], gate.For(Council).Find(record)!.Values("birthDate"));
    }

    [Fact]
    public void A_property_is_the_one_that_says_it_whatever_else_bears_its_name()
    {
        // A sanction's authority is a text; a contract's is somebody.
        Assert.True(Ontology.Default["Contract"]["authority"].Type.IsEntity);
        var record = Bring(Police, "official;agencies=police", $"s{++keys}", [("authority", "HM Tresury")], "Sanction");
        Release(record, "official;agencies=council,police", ("authority", "HM Tresury"));
        Corrections.Correct(Police, Put(record, "authority", "HM Tresury", "HM Treasury") with { InReleases = true });
        Assert.Equal(["HM Treasury"], gate.For(Council).Find(record)!.Values("authority"));
        var change = Assert.Single(Assert.Single(gate.Requests.Notices(Council)).Changes);
        Assert.Equal(("HM Tresury", "HM Treasury"), (change.Was, change.Now));
    }

    [Fact]
    public void That_a_tie_was_wrong_is_told_without_whom_it_was_to()
    {
        var place = Bring(Police, "official", "place", [("full", "1 High Street")], "Address");
        var record = Bring(Police, "official;agencies=police", ("name", "Una Heron"), ("addressEntity", "place"));
        Release(record, "official;agencies=council,police", ("name", "Una Heron"), ("addressEntity", $"{place}"));
        Corrections.Correct(Police, Put(record, "addressEntity", $"{place}", null));
        var notice = Assert.Single(gate.Requests.Notices(Council));
        Assert.True(notice.Ended);
        var change = Assert.Single(notice.Changes);
        Assert.Equal(("addressEntity", "", null), (change.Property, change.Was, change.Now));
        Assert.Equal("right", Assert.Throws<CorrectionException>(() => Corrections.Correct(Police, Put(record, "name", "Una Heron", " "))).Field);
    }

    private static CorrectionOrder Put(RecordId record, string property, string wrong, string? right) =>
        new(ErasureTarget.OfStatement(record, property, wrong), "Day and month were mixed up") { Right = right };

    private Release Release(RecordId record, string label, params (string Property, string Value)[] values) =>
        gate.Releases.Order(
            Police,
            new ReleaseOrder([.. values.Select(v => new ReleasedValue(record, v.Property, v.Value))], Label.Parse(label), "They need to know")
        );

    private RecordId Bring(Viewer by, string label, params (string Property, string Value)[] values) => Bring(by, label, $"r{++keys}", values);

    private void Bring(Viewer by, string label, RecordId record, params (string Property, string Value)[] values) =>
        Assert.Equal(record, Bring(by, label, gate.For(by).Find(record)!.Records.Single(r => r.Id == record).Key, values));

    private RecordId Bring(Viewer by, string label, string key, (string Property, string Value)[] values, string kind = "Person")
    {
        using var import = gate.For(by).BeginImport(new ImportRequest("Notes", Label.Parse(label), "f", "test"));
        var schema = Ontology.Default[kind];
        import.Begin(key, schema);
        foreach (var (property, value) in values)
            import.Add(schema[property], value);
        import.End();
        var id = import.IdentifierOf(key);
        import.Commit();
        return id;
    }

    private static Viewer Person(string name, string agency, string[] compartments) =>
        new($"{name}@{agency}", name, agency, char.ToUpperInvariant(agency[0]) + agency[1..], "officer", Classification.Official, compartments)
        {
            Roles = [Role.Contributor, Role.Liaison, Role.InformationManager],
        };

    private void Alter(string sql) => StoredBytes.Alter(Path.Combine(folder, "picture.db"), sql);

    private void Reopen()
    {
        gate.Dispose();
        gate = Open();
    }

    private Gate Open() => Gate.Open(folder, new GateOptions { Clock = clock, IdentifierKey = new byte[32] });

    private sealed class SetClock : TimeProvider
    {
        private DateTimeOffset now = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => now = now.AddSeconds(1);
    }
}
