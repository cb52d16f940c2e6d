using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Emergency;

/// <summary>One emergency access, and its review.</summary>
internal sealed class OneModel(Gate gate, TimeProvider clock) : SignedInPage(gate)
{
    public EmergencyAccess Access { get; private set; } = null!;

    public string Words { get; private set; } = "";

    public string Finding { get; private set; } = "";

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Why the viewer may not review it; null if they may.</summary>
    public string? WhyNot { get; private set; }

    public IActionResult OnGet(RecordId id) => Show(id);

    public IActionResult OnPost(RecordId id, string? finding, string? words)
    {
        if (Gate.People.FindEmergency(Viewer, id) is null || !Viewer.May(Power.Audit))
            return NotFound();
        (Finding, Words) = (finding ?? "", words ?? "");
        if (Finding is not ("yes" or "no"))
        {
            ModelState.AddModelError("finding", "Choose what you found");
            return Show(id);
        }
        try
        {
            Gate.People.ReviewEmergency(Viewer, id, Finding == "yes", Words);
            return Redirect($"/emergency-access/{id}");
        }
        catch (PeopleException problem)
        {
            ModelState.AddModelError(problem.Field, problem.Message);
            return Show(id);
        }
    }

    private IActionResult Show(RecordId id)
    {
        if (Gate.People.FindEmergency(Viewer, id) is not { } access)
            return NotFound();
        Access = access;
        WhyNot = Gate.People.WhyNotReview(Viewer, access);
        return Page();
    }
}
