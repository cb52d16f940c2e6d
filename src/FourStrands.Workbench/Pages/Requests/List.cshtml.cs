using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Requests;

/// <summary>What other agencies ask of the own one, what it asks of them, and what they told it.</summary>
internal sealed class ListModel(Gate gate) : SignedInPage(gate)
{
    public const int Most = 100;

    public IReadOnlyList<Request> ToUs { get; private set; } = [];

    public IReadOnlyList<Request> FromUs { get; private set; } = [];

    public IReadOnlyList<Notice> Notices { get; private set; } = [];

    public IActionResult OnGet() => Show();

    public IActionResult OnPostAcknowledge(RecordId notice)
    {
        if (!Viewer.May(Power.Release))
            return NotFound();
        try
        {
            Gate.Requests.Acknowledge(Viewer, notice);
            return Redirect("/requests#notices");
        }
        catch (ReleaseException problem)
        {
            ModelState.AddModelError("notices", problem.Message);
            return Show();
        }
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Show()
    {
        var all = Gate.Requests.All(Viewer);
        ToUs = [.. all.Where(r => r.To == Viewer.Agency).OrderBy(r => r.Answer is not null).Take(Most)];
        FromUs = [.. all.Where(r => r.From == Viewer.Agency).Take(Most)];
        Notices = [.. Gate.Requests.Notices(Viewer).Take(Most)];
        return Page();
    }
}
