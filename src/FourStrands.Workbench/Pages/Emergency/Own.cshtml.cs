using FourStrands.Picture;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Emergency;

/// <summary>Emergency access: open it, end it, and, for those who watch over it, see who did.</summary>
internal sealed class OwnModel(Gate gate, Proof proof, TimeProvider clock) : SignedInPage(gate)
{
    public string Reason { get; private set; } = "";

    public string Minutes { get; private set; } = "";

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Has the viewer the right to open it?</summary>
    public bool MayOpen => Gate.People.MayOpenEmergency(Viewer);

    /// <summary>False for the invented people of a demo world, who have nothing to prove themselves with.</summary>
    public bool HasSignIn => Gate.People.ToSignIn(Viewer.Name) is not null;

    /// <summary>Does the viewer watch over those of the agency?</summary>
    public bool Watches => People.MayKnowOfEmergencies(Viewer);

    public IReadOnlyList<EmergencyAccess> Yours { get; private set; } = [];

    public IReadOnlyList<EmergencyAccess> Watched { get; private set; } = [];

    public IActionResult OnGet() => Show();

    public async Task<IActionResult> OnPostOpen(string? minutes, string? reason, string? password, string? code)
    {
        (Minutes, Reason) = (minutes ?? "", reason ?? "");
        int chosen = EmergencyAccess.Minutes.FirstOrDefault(m => $"{m}" == Minutes);
        // First what costs no code: one works once.
        if (!Try(() => Gate.People.CheckEmergency(Viewer, chosen, Reason)))
            return Show();
        if (HasSignIn && await proof.Of(HttpContext, Viewer.Name, password, code) is null)
        {
            ModelState.AddModelError("password", "The password or the code is not right. A code works once: wait for the next");
            return Show();
        }
        if (HttpContext.SessionId() is { } session && Try(() => Gate.People.OpenEmergency(Viewer, session, chosen, Reason)))
            return Redirect("/emergency-access");
        return Show();
    }

    public IActionResult OnPostEnd(RecordId access) => Try(() => Gate.People.EndEmergency(Viewer, access)) ? Redirect("/emergency-access") : Show();

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Show()
    {
        Yours = Gate.People.OwnEmergencies(Viewer);
        if (Watches)
            Watched = Gate.People.Emergencies(Viewer);
        return Page();
    }
}
