using FourStrands.Picture;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FourStrands.Workbench.Pages;

/// <summary>Choose one of the built-in people.</summary>
internal sealed class SignInModel(WorkbenchOptions options) : PageModel
{
    /// <summary>Where they wanted to go: a path of this workbench, or null.</summary>
    public string? Next { get; private set; }

    public IActionResult OnGet(string? next)
    {
        Next = Own(next);
        return Page();
    }

    public async Task<IActionResult> OnPost(string? viewer, string? next)
    {
        if (!options.OffersBuiltInViewers || SignedIn.ByName(viewer) is not { } chosen)
            return BadRequest();
        await SignedIn.In(HttpContext, chosen);
        return LocalRedirect(Own(next) ?? "/");
    }

    /// <summary>What a viewer's rights let them see, in plain words.</summary>
    public static IEnumerable<string> Rights(Viewer viewer)
    {
        if (viewer.Clearance is not { } clearance)
        {
            yield return "Has no clearance, and so sees nothing at all";
            yield break;
        }

        yield return "Sees what is public: registers, sanctions lists";
        if (clearance >= Classification.Official)
            yield return $"Sees what is OFFICIAL and meant for every agency, or for {viewer.AgencyName}";
        if (clearance >= Classification.OfficialSensitive)
            yield return "Sees what is OFFICIAL-SENSITIVE";
        if (viewer.Compartments.Count > 0)
            yield return "Sees the compartments they were admitted to";
    }

    /// <summary>What a built-in viewer is for in a store that holds no demo world.</summary>
    public static string UseFor(Viewer viewer) =>
        viewer.Clearance switch
        {
            null => "to see what a page shows to somebody without any rights: nothing.",
            Classification.OfficialSensitive =>
                $"to work. Who uses the command line of this machine acts for the same agency ({viewer.AgencyName}), so what comes in there is yours here.",
            _ =>
                $"to see what a partner such as a council would see of it, before you share anything. What you bring in as {viewer.DisplayName} belongs to {viewer.AgencyName}.",
        };

    private string? Own(string? next) => next is { Length: > 1 and < 2000 } && Url.IsLocalUrl(next) && next[0] == '/' ? next : null;
}
