using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Retaining;

/// <summary>The schedules by which the own agency keeps what it brought in.</summary>
[OnlyWith(Power.Erase)]
internal sealed class SchedulesModel(Gate gate) : SignedInPage(gate)
{
    public IReadOnlyList<RetentionSchedule> Schedules { get; private set; } = [];

    /// <summary>How many files and holds are due, or not settled.</summary>
    public int Due { get; private set; }

    public IActionResult OnGet() => Show();

    public IActionResult OnPostDefault(RecordId schedule)
    {
        try
        {
            Gate.Retention.MakeDefault(Viewer, schedule);
            return Redirect("/retention");
        }
        catch (KeyNotFoundException)
        {
            ModelState.AddModelError("schedule", "That schedule is closed, or not there any more");
            return Show();
        }
        catch (RetentionException problem)
        {
            ModelState.AddModelError(problem.Field, problem.Message);
            return Show();
        }
    }

    public IActionResult OnPostExamples()
    {
        try
        {
            Gate.Retention.AddExamples(Viewer);
            return Redirect("/retention");
        }
        catch (RetentionException problem)
        {
            ModelState.AddModelError(problem.Field, problem.Message);
            return Show();
        }
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Show()
    {
        Schedules = Gate.Retention.Schedules(Viewer);
        Due = Gate.Retention.Due(Viewer);
        return Page();
    }
}
