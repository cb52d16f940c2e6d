using System.Globalization;
using System.Text.Json;
using FourStrands.Picture.Memory;
using FourStrands.Picture.Store;

namespace FourStrands.Picture;

/// <summary>Which schedule each file is under, what is due, and what was decided on it: all of it under the label of the file itself.</summary>
public sealed partial class Retention
{
    /// <summary>
    /// The files and holds of the own agency that the person may see, and how long each is kept: what is due first, oldest first; then what nothing is said of; then
    /// the rest by its day. A file that holds nothing, because all of it was erased or an earlier one said it already, is not among them.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The person's role does not keep what is held lawful.</exception>
    public IReadOnlyList<RetentionReview> Reviews(Viewer by)
    {
        Demand(by);
        var reviews = ReviewsOf(by);
        gate.For(by).Log("list retention reviews", "", []);
        return reviews;
    }

    /// <summary>How many of them are due, or not settled.</summary>
    /// <exception cref="UnauthorizedAccessException">The person's role does not keep what is held lawful.</exception>
    public int Due(Viewer by)
    {
        Demand(by);
        return ReviewsOf(by).Count(r => r.IsDue || r.IsUnsettled);
    }

    /// <summary>Keeps a file, or a hold, until another day, on which it is due again.</summary>
    /// <param name="by">Who.</param>
    /// <param name="target">The import or the hold.</param>
    /// <param name="until">That day: in the future, and within 100 years.</param>
    /// <param name="reason">Why, in their words. It is kept, and must not say what is in the file.</param>
    /// <exception cref="UnauthorizedAccessException">The person's role does not keep what is held lawful.</exception>
    /// <exception cref="KeyNotFoundException">The agency has no such file or hold that they may see.</exception>
    /// <exception cref="RetentionException">The day or the reason will not do.</exception>
    public RetentionDecision Keep(Viewer by, RecordId target, DateOnly until, string reason)
    {
        Demand(by);
        reason = Reason(reason);
        if (until <= Today || until > Today.AddMonths(MostMonths))
            throw new RetentionException("Give a day in the future, within 100 years", "until");
        var label = LabelOf(by, target, holds: true);
        return Decide(by, label, new RetentionDecision(RetentionAct.Kept, target, null, null, until, reason, by.DisplayName, gate.Clock.GetUtcNow()));
    }

    /// <summary>Puts a file under another schedule, or settles which it is under; a day that was given before counts no more.</summary>
    /// <param name="by">Who.</param>
    /// <param name="import">The file.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="dated">The source's own date; null if it is not known, or stays what it was.</param>
    /// <param name="reason">Why, in their words.</param>
    /// <exception cref="UnauthorizedAccessException">The person's role does not keep what is held lawful.</exception>
    /// <exception cref="KeyNotFoundException">The agency has no such file that they may see, or no such schedule.</exception>
    /// <exception cref="RetentionException">The date or the reason will not do.</exception>
    public RetentionDecision Put(Viewer by, RecordId import, RecordId schedule, DateOnly? dated, string reason)
    {
        Demand(by);
        reason = Reason(reason);
        CheckDate(dated);
        var label = LabelOf(by, import, holds: false);
        Open(by, schedule);
        return Decide(by, label, new RetentionDecision(RetentionAct.Scheduled, import, schedule, dated, null, reason, by.DisplayName, gate.Clock.GetUtcNow()));
    }

    /// <summary>Refuses what cannot be asked for when something is brought in.</summary>
    /// <exception cref="RetentionException">There is no such schedule, or the date will not do.</exception>
    internal void Check(Viewer by, ImportRequest request)
    {
        CheckDate(request.Dated);
        if (request.Schedule is { } id && !SchedulesOf(by).Exists(s => s.Id == id && !s.IsClosed))
            throw new RetentionException("There is no such schedule. Choose another", "schedule");
    }

    /// <summary>
    /// Which schedule a file that comes in is under: the one that was chosen; else that of the source's last file, of those that everybody may see who sees this one;
    /// else the agency's default. It is kept with the file, or not at all.
    /// </summary>
    /// <returns>What to keep; null if nothing says how long.</returns>
    internal Document? NoteOf(Viewer by, ImportRow import)
    {
        if (import.IsRelease)
            return null;
        var schedules = SchedulesOf(by).Where(s => !s.IsClosed).ToList();
        var label = Labelled(by, gate.Engine.Labels[import.Label]);
        RecordId? schedule = import.Request.Schedule ?? LastOf(by, import, label, schedules) ?? schedules.Find(s => s.IsDefault)?.Id;
        if (schedule is null && import.Request.Dated is null)
            return null;
        var decision = new RetentionDecision(RetentionAct.Scheduled, import.Id, schedule, import.Request.Dated, null, "", by.DisplayName, import.At);
        return new Document(
            gate.Engine.Identify("retention", import.Id.ToString()),
            Decided,
            label,
            by.DisplayName,
            import.At,
            JsonSerializer.Serialize(decision, StoredJson.Options)
        );
    }

    /// <summary>
    /// How long what a correction says is kept: as long as what it puts right, under the same schedule, from the same day and with all that was decided on it. It is kept with the
    /// correction, or not at all.
    /// </summary>
    /// <param name="by">Who corrects.</param>
    /// <param name="import">The correction.</param>
    /// <param name="corrected">The file that said what it puts right, under the same label.</param>
    internal IReadOnlyList<Document> NotesOf(Viewer by, ImportRow import, ImportRow corrected) =>
        [
            .. Of<RetentionDecision>(Decided, by)
                .Where(d => d.Kept.Target == corrected.Id)
                .Select(d =>
                    d.Document with
                    {
                        Id = gate.Engine.Identify("retention", import.Id.ToString(), d.Document.Id.ToString()),
                        Content = JsonSerializer.Serialize(
                            d.Kept with
                            {
                                Target = import.Id,
                                BroughtIn = d.Kept.BroughtIn ?? London.Day(corrected.At),
                            },
                            StoredJson.Options
                        ),
                    }
                ),
        ];

    /// <summary>Keeps the day on which a hold is to be looked at. Before the hold itself: without that, it says nothing.</summary>
    internal void NoteHold(Viewer by, HoldRow hold, DateOnly review) =>
        Decide(by, hold.Label, new RetentionDecision(RetentionAct.Kept, hold.Id, null, null, review, hold.Reason, by.DisplayName, hold.At));

    /// <exception cref="ErasureException">It is not in the future.</exception>
    internal void CheckReview(DateOnly? review)
    {
        if (review is { } day && (day <= Today || day > Today.AddMonths(MostMonths)))
            throw new ErasureException("Give a day for its review in the future, within 100 years.");
    }

    private RecordId? LastOf(Viewer by, ImportRow import, Label label, List<RetentionSchedule> schedules)
    {
        var decisions = DecisionsOf(by);
        gate.Engine.Lock.EnterReadLock();
        try
        {
            // What only some of those see who see this one must not show in what becomes of it.
            var before = gate.Engine.Imports.FindLast(i => i.Source == import.Source && !i.IsRelease && label.Implies(gate.Engine.Labels[i.Label]));
            var last = before is null ? null : decisions.GetValueOrDefault(before.Id)?.Find(d => d.Act == RetentionAct.Scheduled);
            return last?.Schedule is { } id && schedules.Exists(s => s.Id == id) ? id : null;
        }
        finally
        {
            gate.Engine.Lock.ExitReadLock();
        }
    }

    private List<RetentionReview> ReviewsOf(Viewer by)
    {
        var decisions = DecisionsOf(by);
        var schedules = SchedulesOf(by).ToDictionary(s => s.Id);
        var holds = gate.Store.Holds().Where(h => h.Agency == by.Agency && h.LiftedAt is null && by.MaySee(h.Label)).ToList();
        List<RetentionReview> reviews = [];
        foreach (var (import, source, label) in ImportsOf(by))
        {
            var decided = decisions.GetValueOrDefault(import.Id) ?? [];
            var scheduled = decided.Find(d => d.Act == RetentionAct.Scheduled);
            var schedule = scheduled?.Schedule is { } id ? schedules.GetValueOrDefault(id) : null;
            var dated = decided.Find(d => d.Dated is not null)?.Dated;
            Hold[] on =
            [
                .. holds
                    .Where(h => (h.Target == import.Id || h.Target == source) && Labelled(by, label).Implies(h.Label))
                    .Select(Erasures.Shown)
                    .OrderBy(h => h.At)
                    .ThenBy(h => h.Id),
            ];
            reviews.Add(Review(import.Id, import, null, schedule, dated, decided, on));
        }
        foreach (var hold in holds)
        {
            if (decisions.GetValueOrDefault(hold.Id) is { } decided)
                reviews.Add(Review(hold.Id, null, Erasures.Shown(hold), null, null, decided, []));
        }
        return
        [
            .. reviews
                .OrderBy(r =>
                    r.IsDue ? 0
                    : r.IsUnsettled ? 1
                    : 2
                )
                .ThenBy(r => r.Due ?? DateOnly.MinValue)
                .ThenBy(r => r.Import?.At ?? r.Hold!.At)
                .ThenBy(r => r.Id),
        ];
    }

    private RetentionReview Review(
        RecordId id,
        ImportSummary? import,
        Hold? hold,
        RetentionSchedule? schedule,
        DateOnly? dated,
        List<RetentionDecision> decided,
        Hold[] holds
    )
    {
        DateOnly? due =
            decided is [{ Act: RetentionAct.Kept, Until: { } until }, ..] ? until
            : schedule is null || import is null ? null
            : (
                schedule.From == RetentionStart.SourceDate && dated is { } own
                    ? own
                    : decided.Find(d => d.BroughtIn is not null)?.BroughtIn ?? London.Day(import.At)
            ).AddMonths(schedule.Months);
        return new RetentionReview(id, import, hold, schedule, dated, due, due <= Today, holds, decided);
    }

    /// <summary>The own agency's files that the person may see and that hold anything still.</summary>
    private List<(ImportSummary Import, RecordId Source, Label Label)> ImportsOf(Viewer by)
    {
        var engine = gate.Engine;
        engine.Lock.EnterReadLock();
        try
        {
            List<(ImportSummary, RecordId, Label)> found = [];
            foreach (var import in engine.Imports)
            {
                var label = engine.Labels[import.Label];
                if (!import.IsRelease && engine.Sources[import.Source].Owner == by.Agency && by.MaySee(label) && HoldsAnything(import))
                    found.Add((View.Summarise(engine, import), engine.Sources[import.Source].Id, label));
            }
            return found;
        }
        finally
        {
            engine.Lock.ExitReadLock();
        }

        bool HoldsAnything(ImportRow import)
        {
            for (int s = import.First; s < import.End; s++)
            {
                if (!engine.IsErased(s))
                    return true;
            }
            return false;
        }
    }

    /// <summary>What was decided on each import and hold, newest first.</summary>
    private Dictionary<RecordId, List<RetentionDecision>> DecisionsOf(Viewer by) =>
        Of<RetentionDecision>(Decided, by)
            .OrderByDescending(d => d.Document.At)
            .ThenBy(d => d.Document.Id)
            .Select(d => d.Kept)
            .GroupBy(d => d.Target)
            .ToDictionary(g => g.Key, g => g.ToList());

    private Label LabelOf(Viewer by, RecordId target, bool holds)
    {
        if (ImportsOf(by).Find(i => i.Import.Id == target) is { Import: not null } found)
            return Labelled(by, found.Label);
        if (holds && gate.Store.Holds().Find(h => h.Id == target && h.Agency == by.Agency && h.LiftedAt is null && by.MaySee(h.Label)) is { } hold)
            return hold.Label;
        throw new KeyNotFoundException("There is no such file that you can see.");
    }

    /// <summary>Known to those of the agency who may see the file.</summary>
    private static Label Labelled(Viewer by, Label label) => label.WithoutHandling().Join(OfAgency(by));

    private RetentionDecision Decide(Viewer by, Label label, RetentionDecision decision)
    {
        gate.For(by).Write(Decided, JsonSerializer.Serialize(decision, StoredJson.Options), label);
        return decision;
    }

    private void CheckDate(DateOnly? dated)
    {
        if (dated is { Year: < 1800 or > 2200 })
            throw new RetentionException(string.Create(CultureInfo.InvariantCulture, $"{dated:yyyy-MM-dd} is no date of a source"), "dated");
        if (dated > Today)
            throw new RetentionException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{dated:yyyy-MM-dd} is in the future. The source’s own date is the day on which what it says was written down"
                ),
                "dated"
            );
    }
}
