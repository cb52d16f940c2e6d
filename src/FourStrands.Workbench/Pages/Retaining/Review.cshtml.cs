using FourStrands.Picture;
using FourStrands.Workbench.Showing;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Retaining;

/// <summary>One file or hold that is reviewed: keep it until another day, put it under another schedule, or go on to erase it.</summary>
[OnlyWith(Power.Erase)]
internal sealed class ReviewModel(Gate gate, TimeProvider clock) : SignedInPage(gate)
{
    public RetentionReview Review { get; private set; } = null!;

    public IReadOnlyList<RetentionSchedule> Schedules { get; private set; } = [];

    /// <summary>Those that things may still be put under.</summary>
    public IReadOnlyList<RetentionSchedule> Open => [.. Schedules.Where(s => !s.IsClosed)];

    public string Until { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public string Dated { get; private set; } = "";

    public string Why { get; private set; } = "";

    /// <summary>What erasing begins with as its reason.</summary>
    public string ErasureReason => Review.Schedule is { } schedule ? $"Retention schedule “{schedule.Name}”, {schedule.Period}" : "Retention";

    public IActionResult OnGet(RecordId of)
    {
        if (!Load(of))
            return NotFound();
        Until = RetentionWords.Field(Shown.Day(clock.GetUtcNow()).AddMonths(Review.Schedule?.ReviewMonths ?? 12));
        Dated = RetentionWords.Field(Review.Dated);
        return Page();
    }

    public IActionResult OnPostKeep(RecordId of, string? until, string? reason) =>
        Decide(
            of,
            () =>
            {
                (Until, Reason) = (until ?? "", reason ?? "");
                if (RetentionWords.Day(until) is not { } day)
                    throw new RetentionException("Enter the day as year-month-day, such as 2027-03-31", "until");
                Gate.Retention.Keep(Viewer, of, day, Reason);
            }
        );

    public IActionResult OnPostPut(RecordId of, RecordId schedule, string? dated, string? why) =>
        Decide(
            of,
            () =>
            {
                (Dated, Why) = (dated ?? "", why ?? "");
                if (Dated.Length > 0 && RetentionWords.Day(dated) is null)
                    throw new RetentionException("Enter the date as year-month-day, such as 2027-03-31", "dated");
                try
                {
                    Gate.Retention.Put(Viewer, of, schedule, RetentionWords.Day(dated), Why);
                }
                catch (RetentionException problem) when (problem.Field == "reason")
                {
                    throw new RetentionException(problem.Message, "why");
                }
                catch (KeyNotFoundException)
                {
                    throw new RetentionException("That schedule is closed, or not there any more", "schedule");
                }
            }
        );

    private IActionResult Decide(RecordId of, Action decision)
    {
        if (!Load(of))
            return NotFound();
        try
        {
            decision();
            return Redirect($"/retention/review?of={of}");
        }
        catch (RetentionException problem)
        {
            ModelState.AddModelError(problem.Field, problem.Message);
            return Page();
        }
        catch (KeyNotFoundException)
        {
            return NotFound();
        }
    }

    private bool Load(RecordId of)
    {
        Schedules = Gate.Retention.Schedules(Viewer);
        Review = Gate.Retention.Reviews(Viewer).FirstOrDefault(r => r.Id == of)!;
        return Review is not null;
    }
}
