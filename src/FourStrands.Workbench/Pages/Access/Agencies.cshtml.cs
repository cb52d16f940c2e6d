using FourStrands.Picture;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Access;

/// <summary>Which agencies take part: known to everybody who is signed in. Administrators ask for others to.</summary>
internal sealed class AgenciesModel(Gate gate) : SignedInPage(gate)
{
    public string Agency { get; private set; } = "";

    public string Desk { get; private set; } = "";

    public string Administrator { get; private set; } = "";

    public string SignInName { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public string Done { get; private set; } = "";

    public IReadOnlyList<Agency> Agencies => Gate.People.Agencies;

    /// <summary>How the desk of the own agency is reached: as it is kept, or as it was just written.</summary>
    public string OwnDesk
    {
        get => field ?? Gate.People.Agency(Viewer.Agency)?.Desk ?? "";
        private set;
    }

    public IActionResult OnGet() => Page();

    public IActionResult OnPostDesk(string? ownDesk)
    {
        if (!Viewer.May(Power.Administer))
        {
            HttpContext.Refuse();
            return NotFound();
        }
        OwnDesk = ownDesk ?? "";
        try
        {
            Gate.People.SetDesk(Viewer, OwnDesk);
            Done = "Kept. Others see it from now on.";
        }
        catch (PeopleException problem)
        {
            // The form's own field: there is another of that name on the page.
            ModelState.AddModelError(problem.Field == "desk" ? "ownDesk" : problem.Field, problem.Message);
        }
        return Page();
    }

    public IActionResult OnPost(string? agency, string? desk, string? administrator, string? signInName, string? reason)
    {
        if (!Viewer.May(Power.Administer))
        {
            HttpContext.Refuse();
            return NotFound();
        }
        (Agency, Desk, Administrator, SignInName, Reason) = (agency ?? "", desk ?? "", administrator ?? "", signInName ?? "", reason ?? "");
        try
        {
            Gate.People.AskForAgency(Viewer, Agency, Desk, Administrator, SignInName, Reason);
            Done = $"{Agency.Trim()} waits for a second administrator, on the page “People”.";
            (Agency, Desk, Administrator, SignInName, Reason) = ("", "", "", "", "");
        }
        catch (PeopleException problem)
        {
            ModelState.Add(problem);
        }
        return Page();
    }
}
