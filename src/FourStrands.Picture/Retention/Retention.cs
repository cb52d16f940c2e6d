using System.Globalization;
using System.Text.Json;
using FourStrands.Picture.Store;

namespace FourStrands.Picture;

/// <summary>
/// How long an agency keeps what it brought in: its schedules, which of them each file is under, and what is due to be looked at. Nothing is erased here: a
/// person decides, and erases as everything is erased.
/// </summary>
public sealed partial class Retention
{
    /// <summary>The longest period, in months: 100 years.</summary>
    public const int MostMonths = 1200;

    /// <summary>The longest name of a schedule, in characters.</summary>
    public const int LongestName = 120;

    /// <summary>The longest basis and reason, in characters.</summary>
    public const int LongestText = 1000;

    /// <summary>The most schedules that an agency may have.</summary>
    public const int MostSchedules = 200;

    private const string Scheduled = "retention schedule",
        Default = "retention default",
        Decided = "retention decision";

    private readonly Gate gate;
    private readonly Lock changing = new();

    internal Retention(Gate gate) => this.gate = gate;

    /// <summary>The schedules of the person's agency by name, closed ones last.</summary>
    public IReadOnlyList<RetentionSchedule> Schedules(Viewer by)
    {
        gate.For(by).Log("list " + Scheduled, "", []);
        return SchedulesOf(by);
    }

    /// <summary>Makes a schedule, or changes one.</summary>
    /// <param name="by">Who.</param>
    /// <param name="schedule">What it is to say.</param>
    /// <param name="replaces">The one that it is to take the place of; null for a new one.</param>
    /// <exception cref="UnauthorizedAccessException">The person's role does not keep what is held lawful.</exception>
    /// <exception cref="KeyNotFoundException">The agency has no such schedule to change.</exception>
    /// <exception cref="RetentionException">Something is missing, there is one of that name, or they have no clearance.</exception>
    public RetentionSchedule Write(Viewer by, RetentionSchedule schedule, RecordId? replaces = null)
    {
        Demand(by);
        DemandClearance(by);
        lock (changing)
        {
            var there = SchedulesOf(by);
            var before = replaces is { } id ? there.FirstOrDefault(s => s.Id == id) ?? throw new KeyNotFoundException("There is no such schedule.") : null;
            schedule = schedule with { Name = schedule.Name.Trim(), Basis = schedule.Basis.Trim() };
            Check(schedule, there.Where(s => s.Id != replaces));
            // Whoever changes an example makes it their own: from then on they answer for its figures.
            schedule = schedule with
            {
                IsExample = schedule.IsExample && before is null,
                Changes = [.. before?.Changes ?? [], new RetentionChange(gate.Clock.GetUtcNow(), by.DisplayName, InWords(schedule))],
            };
            var document = gate.For(by).Write(Scheduled, JsonSerializer.Serialize(schedule, StoredJson.Options), OfAgency(by), replaces);
            return schedule with { Id = document.Id, IsDefault = before?.IsDefault == true };
        }
    }

    /// <summary>Puts what comes in from now on under this schedule, unless its source's last file was under another or whoever brings it in chooses.</summary>
    /// <exception cref="UnauthorizedAccessException">The person's role does not keep what is held lawful.</exception>
    /// <exception cref="KeyNotFoundException">The agency has no such schedule, or it is closed.</exception>
    /// <exception cref="RetentionException">They have no clearance.</exception>
    public void MakeDefault(Viewer by, RecordId schedule)
    {
        Demand(by);
        DemandClearance(by);
        lock (changing)
        {
            Open(by, schedule);
            gate.For(by).Write(Default, JsonSerializer.Serialize(new KeptDefault(schedule), StoredJson.Options), OfAgency(by));
        }
    }

    /// <summary>Adds the examples that come with the program, but for those whose names the agency has already.</summary>
    /// <returns>What was added.</returns>
    /// <exception cref="UnauthorizedAccessException">The person's role does not keep what is held lawful.</exception>
    /// <exception cref="RetentionException">They have no clearance.</exception>
    public IReadOnlyList<RetentionSchedule> AddExamples(Viewer by)
    {
        Demand(by);
        DemandClearance(by);
        var names = SchedulesOf(by).Select(s => s.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. Examples().Where(e => !names.Contains(e.Name)).Select(e => Write(by, e))];
    }

    /// <summary>What a schedule says, in a line.</summary>
    private static string InWords(RetentionSchedule schedule) =>
        $"“{schedule.Name}”: {schedule.Period} from {(schedule.From == RetentionStart.BroughtIn ? "the day it is brought in" : "the source’s own date")}, "
        + $"then {(schedule.End == RetentionEnd.Review ? "reviewed" : "proposed for erasure")}; reviewed every {RetentionSchedule.InWords(schedule.ReviewMonths)}. "
        + $"{schedule.Basis}{(schedule.IsClosed ? " Closed: nothing new is put under it." : "")}";

    private static IReadOnlyList<RetentionSchedule> Examples()
    {
        using var data = typeof(Retention).Assembly.GetManifestResourceStream("example-schedules.json")!;
        return [.. JsonSerializer.Deserialize<RetentionSchedule[]>(data, StoredJson.Options)!.Select(s => s with { IsExample = true })];
    }

    private static void Check(RetentionSchedule schedule, IEnumerable<RetentionSchedule> others)
    {
        if (schedule.Name.Length is 0 or > LongestName || schedule.Name.Any(char.IsControl))
            throw new RetentionException($"Name the schedule, on one line of at most {LongestName} characters", "name");
        if (schedule.Basis.Length is 0 or > LongestText)
            throw new RetentionException($"Say on what law it rests, or why it is so long, in at most {LongestText:N0} characters", "basis");
        if (schedule.Months is < 1 or > MostMonths)
            throw new RetentionException("The period is between 1 month and 100 years", "period");
        if (schedule.ReviewMonths is < 1 or > MostMonths)
            throw new RetentionException("Reviews are between 1 month and 100 years apart", "review");
        int count = 0;
        foreach (var other in others)
        {
            if (other.Name.Equals(schedule.Name, StringComparison.OrdinalIgnoreCase))
                throw new RetentionException("There is a schedule of that name already", "name");
            if (++count >= MostSchedules)
                throw new RetentionException($"There are {MostSchedules} schedules already: change one of them", "name");
        }
    }

    /// <summary>One of the agency's schedules that things may still be put under.</summary>
    private RetentionSchedule Open(Viewer by, RecordId schedule) =>
        SchedulesOf(by).FirstOrDefault(s => s.Id == schedule && !s.IsClosed) ?? throw new KeyNotFoundException("There is no such schedule.");

    private List<RetentionSchedule> SchedulesOf(Viewer by)
    {
        var preferred = Of<KeptDefault>(Default, by)
            .OrderByDescending(d => d.Document.At)
            .ThenBy(d => d.Document.Id)
            .Select(d => d.Kept.Schedule)
            .FirstOrDefault();
        return
        [
            .. Of<RetentionSchedule>(Scheduled, by)
                .Select(s => s.Kept with { Id = s.Document.Id, IsDefault = s.Document.Id == preferred && !s.Kept.IsClosed })
                .OrderBy(s => s.IsClosed)
                .ThenBy(s => s.Name, StringComparer.Ordinal)
                .ThenBy(s => s.Id),
        ];
    }

    /// <summary>What the person's agency kept of a kind, so far as they may see it.</summary>
    private IEnumerable<(Document Document, T Kept)> Of<T>(string kind, Viewer by) =>
        gate
            .Store.Documents(kind, null)
            .Where(d => d.Agency == by.Agency && by.MaySee(d.Document.Label))
            .Select(d => (d.Document, JsonSerializer.Deserialize<T>(d.Document.Content, StoredJson.Options)!));

    /// <summary>Known to all of the agency who may see anything: whoever brings something in chooses among them.</summary>
    private static Label OfAgency(Viewer by) => new(Classification.Public, [by.Agency]);

    /// <summary>Periods begin and end with the days that pages show.</summary>
    private DateOnly Today => London.Day(gate.Clock.GetUtcNow());

    private static string Reason(string reason)
    {
        reason = reason.Trim();
        return reason.Length is 0 or > LongestText
            ? throw new RetentionException(string.Create(CultureInfo.InvariantCulture, $"Say why, in at most {LongestText:N0} characters"), "reason")
            : reason;
    }

    private static void Demand(Viewer by)
    {
        if (!by.May(Power.Erase))
            throw new UnauthorizedAccessException(
                "Your role does not decide how long things are kept. Ask an administrator of your agency for the role of an information manager."
            );
    }

    /// <summary>Why somebody without a clearance makes no schedules, though their role would let them; null for everybody else.</summary>
    public static string? WhyNotMake(Viewer by) =>
        by.Clearance is null ? "You have no clearance, so you would not see the schedules that you make. An administrator of your agency gives one" : null;

    private static void DemandClearance(Viewer by)
    {
        if (WhyNotMake(by) is { } why)
            throw new RetentionException(why);
    }

    /// <param name="Schedule">The schedule that things are put under.</param>
    private sealed record KeptDefault(RecordId Schedule);
}
