using System.Globalization;
using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Retaining;

/// <summary>Make a schedule, or change one.</summary>
[OnlyWith(Power.Erase)]
internal sealed class ScheduleModel(Gate gate) : SignedInPage(gate)
{
    /// <summary>The schedule that is changed; null for a new one.</summary>
    public RetentionSchedule? Before { get; private set; }

    public string Name { get; private set; } = "";

    public string Basis { get; private set; } = "";

    public string Period { get; private set; } = "72";

    public string Review { get; private set; } = "12";

    public RetentionStart From { get; private set; }

    public RetentionEnd End { get; private set; }

    public bool IsClosed { get; private set; }

    public IActionResult OnGet(RecordId? schedule)
    {
        if (!Load(schedule))
            return NotFound();
        if (Before is { } before)
        {
            (Name, Basis, From, End, IsClosed) = (before.Name, before.Basis, before.From, before.End, before.IsClosed);
            (Period, Review) = (Number(before.Months), Number(before.ReviewMonths));
        }
        return Page();
    }

    public IActionResult OnPost(RecordId? schedule, string? name, string? basis, string? period, string? from, string? end, string? review, bool closed)
    {
        if (!Load(schedule))
            return NotFound();
        (Name, Basis, Period, Review, IsClosed) = (name ?? "", basis ?? "", period ?? "", review ?? "", closed);
        From = from == nameof(RetentionStart.SourceDate) ? RetentionStart.SourceDate : RetentionStart.BroughtIn;
        End = end == nameof(RetentionEnd.Erasure) ? RetentionEnd.Erasure : RetentionEnd.Review;
        try
        {
            Gate.Retention.Write(Viewer, new RetentionSchedule(Name, Basis, Months(Period), From, End, Months(Review)) { IsClosed = closed }, schedule);
            return Redirect("/retention");
        }
        catch (RetentionException problem)
        {
            ModelState.AddModelError(problem.Field, problem.Message);
            return Page();
        }
    }

    private bool Load(RecordId? schedule)
    {
        Before = schedule is { } id ? Gate.Retention.Schedules(Viewer).FirstOrDefault(s => s.Id == id) : null;
        return schedule is null || Before is not null;
    }

    private static string Number(int months) => months.ToString(CultureInfo.InvariantCulture);

    /// <summary>0, which no schedule may have, for what is no number.</summary>
    private static int Months(string text) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int months) ? months : 0;
}
