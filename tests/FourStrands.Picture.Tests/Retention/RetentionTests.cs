using Xunit;

namespace FourStrands.Picture.Tests.Retaining;

/// <summary>Schedules are an agency's own; each file is under one; what is due is seen by its information managers, so far as they see the file.</summary>
public sealed class RetentionTests : IDisposable
{
    private const string Secret = "Zebulon Quistgaard";

    private static readonly Viewer Manager = Viewer.BuiltIn[0] with { Name = "records@national-police", Roles = [Role.InformationManager] };
    private static readonly Viewer Low = Manager with { Name = "low@national-police", Clearance = Classification.Official, Compartments = [] };
    private static readonly Viewer Analyst = Viewer.BuiltIn[0];
    private static readonly Viewer Council = Viewer.BuiltIn[1] with { Roles = [Role.Contributor, Role.InformationManager] };

    private readonly string folder = Directory.CreateTempSubdirectory("fourstrands-retention-").FullName;
    private readonly SetClock clock = new();
    private Gate gate;

    public RetentionTests() => gate = Open();

    private Retention Retention => gate.Retention;

    public void Dispose()
    {
        gate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Only_an_information_manager_makes_schedules_and_another_agency_has_none_of_them()
    {
        foreach (var refused in (Viewer[])[Analyst, Analyst with { Roles = [Role.Administrator, Role.ChiefAuditor] }])
        {
            Assert.Throws<UnauthorizedAccessException>(() => Retention.Write(refused, Schedule("Intelligence", 72)));
            Assert.Throws<UnauthorizedAccessException>(() => Retention.AddExamples(refused));
            Assert.Throws<UnauthorizedAccessException>(() => Retention.MakeDefault(refused, default));
            Assert.Throws<UnauthorizedAccessException>(() => Retention.Reviews(refused));
            Assert.Throws<UnauthorizedAccessException>(() => Retention.Due(refused));
            Assert.Throws<UnauthorizedAccessException>(() => Retention.Keep(refused, default, Day(10), "Needed"));
            Assert.Throws<UnauthorizedAccessException>(() => Retention.Put(refused, default, default, null, "Wrong"));
        }
        var schedule = Retention.Write(Manager, Schedule(" Intelligence ", 72));
        Assert.Equal("Intelligence", Assert.Single(Retention.Schedules(Analyst)).Name);
        Assert.Empty(Retention.Schedules(Council));
        Assert.Throws<KeyNotFoundException>(() => Retention.Write(Council, Schedule("Mine", 12), schedule.Id));
        Assert.Throws<KeyNotFoundException>(() => Retention.MakeDefault(Council, schedule.Id));
        Assert.Equal("name", Assert.Throws<RetentionException>(() => Retention.Write(Manager, Schedule("intelligence", 12))).Field);
        Assert.Equal("period", Assert.Throws<RetentionException>(() => Retention.Write(Manager, Schedule("None", 0))).Field);
        Assert.Equal("basis", Assert.Throws<RetentionException>(() => Retention.Write(Manager, Schedule("None", 1) with { Basis = " " })).Field);
        // The other agency may use the name as well, and learns nothing of this one.
        Assert.NotEqual(schedule.Id, Retention.Write(Council, Schedule("Intelligence", 12)).Id);
        var changed = Retention.Write(Manager, schedule with { Months = 18 }, schedule.Id);
        Assert.Equal(schedule.Id, changed.Id);
        Assert.Equal(["6 years", "18 months"], changed.Changes.Select(c => c.What.Split(": ")[1].Split(" from")[0]));
        Reopen();
        Assert.Equal(18, Assert.Single(Retention.Schedules(Manager)).Months);
    }

    /// <summary>A role without a clearance: they are told what they lack, as of anything else that is wrong with a form.</summary>
    [Fact]
    public void Somebody_without_clearance_is_told_that_they_need_one_to_make_schedules()
    {
        var schedule = Retention.Write(Manager, Schedule("Intelligence", 72));
        var without = Manager with { Clearance = null };
        Assert.Null(Retention.WhyNotMake(Manager));
        foreach (
            var act in (Action[])
                [
                    () => Retention.Write(without, Schedule("Another", 12)),
                    () => Retention.Write(without, Schedule("Another", 12), schedule.Id),
                    () => Retention.MakeDefault(without, schedule.Id),
                    () => Retention.AddExamples(without),
                ]
        )
        {
            var refused = Assert.Throws<RetentionException>(act);
            Assert.Equal((Retention.WhyNotMake(without), ""), (refused.Message, refused.Field));
            Assert.Contains("no clearance", refused.Message, StringComparison.Ordinal);
        }
        Assert.Empty(Retention.Schedules(without));
        Assert.Equal(0, Retention.Due(without));
        // What is wrong with it otherwise is theirs to know no more than whether there is one.
        Assert.Throws<RetentionException>(() => Retention.Write(without, Schedule("Intelligence", 0)));
        Assert.Single(Retention.Schedules(Manager));
    }

    [Fact]
    public void Examples_say_that_they_are_not_verified_until_somebody_makes_them_their_own()
    {
        var examples = Retention.AddExamples(Manager);
        Assert.True(examples.Count >= 3);
        Assert.All(examples, e => Assert.True(e.IsExample && e.Basis.StartsWith("EXAMPLE", StringComparison.Ordinal)));
        Assert.Empty(Retention.AddExamples(Manager));
        Assert.False(Retention.Write(Manager, examples[0] with { Basis = "Our own schedule, part 3" }, examples[0].Id).IsExample);
    }

    [Fact]
    public void A_file_is_under_the_schedule_that_was_chosen_else_its_sources_last_else_the_default()
    {
        var first = Retention.Write(Manager, Schedule("Six years", 72));
        var second = Retention.Write(Manager, Schedule("One year", 12));
        Bring("Notes", "official", "a");
        Assert.True(Assert.Single(Retention.Reviews(Manager)).IsUnsettled);
        Assert.Equal(1, Retention.Due(Manager));
        Retention.MakeDefault(Manager, first.Id);
        Assert.Equal(["Six years"], Retention.Schedules(Manager).Where(s => s.IsDefault).Select(s => s.Name));
        var byDefault = Bring("Notes", "official", "b");
        Assert.Equal("Six years", ScheduleOf(byDefault));
        var chosen = Bring("Notes", "official", "c", r => r with { Schedule = second.Id });
        Assert.Equal("One year", ScheduleOf(chosen));
        Assert.Equal("One year", ScheduleOf(Bring("Notes", "official", "d")));
        Assert.Equal("Six years", ScheduleOf(Bring("Other notes", "official", "e")));
        // What only some see who see the next file says nothing of it.
        Bring("Other notes", "official-sensitive;compartments=nightjar", "f", r => r with { Schedule = second.Id });
        Assert.Equal("One year", ScheduleOf(Bring("Other notes", "official-sensitive;compartments=nightjar,redstart", "h")));
        Assert.Equal("Six years", ScheduleOf(Bring("Other notes", "official", "g")));
        Assert.Throws<RetentionException>(() => Bring("Notes", "official", "i", r => r with { Schedule = new RecordId(7) }));
        Retention.Write(Manager, second with { IsClosed = true }, second.Id);
        Assert.Throws<RetentionException>(() => Bring("Notes", "official", "i", r => r with { Schedule = second.Id }));
        Assert.Equal("Six years", ScheduleOf(Bring("Notes", "official", "j")));
        Reopen();
        Assert.Equal("One year", ScheduleOf(chosen));
    }

    [Fact]
    public void What_is_due_is_listed_oldest_first_kept_with_a_reason_and_due_again()
    {
        var year = Retention.Write(Manager, Schedule("One year", 12) with { From = RetentionStart.SourceDate, End = RetentionEnd.Erasure });
        Retention.MakeDefault(Manager, year.Id);
        var young = Bring("Notes", "official", "a");
        var old = Bring("Notes", "official", "b", r => r with { Dated = Day(-300) });
        Assert.Equal(0, Retention.Due(Manager));
        clock.Now = clock.Now.AddDays(100);
        Assert.Equal([old.Id, young.Id], Retention.Reviews(Manager).Select(r => r.Id));
        var due = Retention.Reviews(Manager)[0];
        Assert.True(due.IsDue);
        Assert.Equal((Day(-400).AddMonths(12), "One year"), (due.Due, due.Schedule?.Name));
        Assert.Throws<RetentionException>(() => Retention.Keep(Manager, old.Id, Day(0), "Needed"));
        Assert.Throws<RetentionException>(() => Retention.Keep(Manager, old.Id, Day(30), " "));
        Assert.Throws<KeyNotFoundException>(() => Retention.Keep(Manager, new RecordId(7), Day(30), "Needed"));
        Assert.Throws<KeyNotFoundException>(() => Retention.Keep(Council, old.Id, Day(30), "Needed"));
        Retention.Keep(Manager, old.Id, Day(30), "The inquiry goes on");
        Assert.Equal(0, Retention.Due(Manager));
        Reopen();
        clock.Now = clock.Now.AddDays(30);
        due = Retention.Reviews(Manager)[0];
        Assert.Equal(("The inquiry goes on", true), (due.Kept?.Reason, due.IsDue));
        Assert.Equal([RetentionAct.Kept, RetentionAct.Scheduled], due.Decisions.Select(d => d.Act));
        // Under another schedule, the day that was given counts no more.
        var longer = Retention.Write(Manager, Schedule("Six years", 72));
        Retention.Put(Manager, old.Id, longer.Id, null, "It was put under the wrong one");
        Assert.Equal(0, Retention.Due(Manager));
        Assert.Equal("Six years", ScheduleOf(old));
        Assert.Throws<KeyNotFoundException>(() => Retention.Put(Manager, old.Id, new RecordId(7), null, "Wrong"));
    }

    [Fact]
    public void A_hold_is_shown_beside_the_file_and_due_itself_on_the_day_that_was_given()
    {
        var file = Bring("Notes", "official", "a");
        Assert.Throws<ErasureException>(() => gate.Erasures.Place(Manager, HoldKind.Import, file.Id, "Inquiry", Day(0)));
        var hold = Assert.Single(gate.Erasures.Place(Manager, HoldKind.Import, file.Id, "Inquiry", Day(20)));
        gate.Erasures.Place(Manager, HoldKind.Source, file.Source.Id, "Without a day");
        Assert.Equal(2, Retention.Reviews(Manager).Single(r => r.Import is not null).Holds.Count);
        Assert.Equal(Day(20), Retention.Reviews(Manager).Single(r => r.Hold is not null).Due);
        clock.Now = clock.Now.AddDays(20);
        Assert.Equal(hold.Id, Retention.Reviews(Manager)[0].Id);
        Retention.Keep(Manager, hold.Id, Day(50), "The inquiry goes on");
        Assert.False(Retention.Reviews(Manager).Single(r => r.Hold is not null).IsDue);
        gate.Erasures.Lift(Manager, hold.Id, "It is over");
        Assert.DoesNotContain(Retention.Reviews(Manager), r => r.Hold is not null);
        Assert.Throws<KeyNotFoundException>(() => Retention.Keep(Manager, hold.Id, Day(60), "Again"));
    }

    [Fact]
    public void Who_may_not_see_a_file_is_told_nothing_of_how_long_it_is_kept()
    {
        Bring("Notes", "official", "a");
        var before = Retention.Reviews(Low).Select(r => r.Id).ToList();
        var hidden = Bring("Operation", "official-sensitive;agencies=national-police;compartments=nightjar", "b");
        gate.Erasures.Place(Manager, HoldKind.Import, hidden.Id, "Inquiry", Day(5));
        Retention.Keep(Manager, hidden.Id, Day(30), "Needed");
        Assert.Equal(before, Retention.Reviews(Low).Select(r => r.Id));
        string nothing = Assert.Throws<KeyNotFoundException>(() => Retention.Keep(Low, new RecordId(7), Day(9), "Needed")).Message;
        Assert.Equal(nothing, Assert.Throws<KeyNotFoundException>(() => Retention.Keep(Low, hidden.Id, Day(9), "Needed")).Message);
        Assert.Empty(Retention.Reviews(Council));
    }

    [Fact]
    public void What_is_erased_is_due_no_more_and_a_reason_that_quotes_it_goes_with_its_decision()
    {
        var year = Retention.Write(Manager, Schedule("One year", 12));
        Retention.MakeDefault(Manager, year.Id);
        var file = Bring("Notes", "official", Secret);
        var other = Bring("Notes", "official", "Una Heron");
        Retention.Keep(Manager, other.Id, Day(10), $"Her case with {Secret} goes on");
        gate.Erasures.Erase(Manager, ErasureTarget.OfImport(file.Id), "Retention schedule, one year");
        var left = Assert.Single(Retention.Reviews(Manager));
        Assert.Equal(other.Id, left.Id);
        Assert.Null(left.Kept);
        Assert.Equal(Day(0).AddMonths(12), left.Due);
        string content = string.Concat(Directory.GetFiles(folder).Where(f => f.EndsWith(".db", StringComparison.Ordinal)).Select(ReadShared));
        Assert.DoesNotContain("Zebulon", content, StringComparison.Ordinal);
    }

    /// <summary>Found in review: whoever corrected a value kept it for another whole period, under whatever the source's last file was.</summary>
    [Fact]
    public void What_is_corrected_is_kept_as_long_as_what_was_wrong()
    {
        var year = Retention.Write(Manager, Schedule("One year", 12));
        var ten = Retention.Write(Manager, Schedule("Ten years", 120));
        var file = Bring("Notes", "official", "Una Herron", r => r with { Schedule = year.Id });
        Bring("Notes", "official", "Ada Quist", r => r with { Schedule = ten.Id });
        var due = Retention.Reviews(Manager).Single(r => r.Id == file.Id).Due;
        var record = gate.For(Manager).Export().Single(r => r.Values("name").Contains("Una Herron")).Id;
        foreach (var (wrong, right) in (ReadOnlySpan<(string, string)>)[("Una Herron", "Una Heron"), ("Una Heron", "Una Haron")])
        {
            clock.Now = clock.Now.AddDays(100);
            var order = new CorrectionOrder(ErasureTarget.OfStatement(record, "name", wrong), "Misspelt") { Right = right };
            var made = gate.Corrections.Correct(Manager, order).Single();
            var correction = Retention.Reviews(Manager).Single(r => r.Id == made.Import);
            Assert.Equal(("One year", due), (correction.Schedule?.Name, correction.Due));
        }
        // A day that was given for the one holds for what takes its place.
        var last = gate.Corrections.All(Manager)[0].Import;
        Retention.Keep(Manager, last, Day(1000), "The inquiry goes on");
        var again = new CorrectionOrder(ErasureTarget.OfStatement(record, "name", "Una Haron"), "Misspelt") { Right = "Una Heron" };
        var kept = gate.Corrections.Correct(Manager, again).Single().Import;
        Reopen();
        Assert.Equal(Day(1000), Retention.Reviews(Manager).Single(r => r.Id == kept).Due);
        Assert.Equal("One year", Retention.Reviews(Manager).Single(r => r.Id == kept).Schedule?.Name);
    }

    /// <summary>In summer London's day begins an hour before the one that UTC counts.</summary>
    [Fact]
    public void Days_are_those_of_London()
    {
        Retention.MakeDefault(Manager, Retention.Write(Manager, Schedule("One month", 1)).Id);
        clock.Now = new(2026, 6, 9, 23, 10, 0, TimeSpan.Zero);
        var file = Bring("Notes", "official", "Una Heron");
        Assert.Equal(new DateOnly(2026, 7, 10), Retention.Reviews(Manager).Single(r => r.Id == file.Id).Due);
        clock.Now = new(2026, 7, 9, 22, 59, 0, TimeSpan.Zero);
        Assert.Equal(0, Retention.Due(Manager));
        clock.Now = clock.Now.AddMinutes(1);
        Assert.Equal(1, Retention.Due(Manager));
        Assert.Throws<RetentionException>(() => Retention.Keep(Manager, file.Id, new DateOnly(2026, 7, 10), "Needed"));
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var text = new StreamReader(stream, System.Text.Encoding.Latin1);
        return text.ReadToEnd();
    }

    private static RetentionSchedule Schedule(string name, int months) =>
        new(name, "Because the law says so", months, RetentionStart.BroughtIn, RetentionEnd.Review, 12);

    private string? ScheduleOf(ImportSummary import) => Retention.Reviews(Manager).Single(r => r.Id == import.Id).Schedule?.Name;

    private DateOnly Day(int days) => DateOnly.FromDateTime(clock.Now.UtcDateTime).AddDays(days);

    private ImportSummary Bring(string source, string label, string name, Func<ImportRequest, ImportRequest>? asked = null)
    {
        clock.Now = clock.Now.AddMinutes(1);
        var request = new ImportRequest(source, Label.Parse(label), "f", "test");
        using var import = gate.For(Analyst).BeginImport(asked?.Invoke(request) ?? request);
        var schema = Ontology.Default["Person"];
        import.Begin(name, schema);
        import.Add(schema["name"], name);
        import.End();
        return import.Commit();
    }

    private void Reopen()
    {
        gate.Dispose();
        gate = Open();
    }

    private Gate Open() => Gate.Open(folder, new GateOptions { IdentifierKey = new byte[32], Clock = clock });

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
