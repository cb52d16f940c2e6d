using FourStrands.Picture;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FourStrands.Workbench.Pages;

/// <summary>
/// On the way to an agency's own place to sign in, and back from it. Either way a page goes on by itself: a form may not lead to another host, and a browser that
/// another host sent brings none of our cookies until a page of ours asks for the next.
/// </summary>
internal sealed class SignInAgencyModel(Gate gate, WorkbenchOptions options) : PageModel
{
    /// <summary>Where it goes on: a path of this workbench, or the address at which the provider asks who somebody is; null if it goes on nowhere.</summary>
    public string? GoesTo { get; private set; }

    /// <summary>The agency that they are sent to; empty on the way back.</summary>
    public string AgencyName { get; private set; } = "";

    /// <summary>Does the provider not answer?</summary>
    public bool IsDown { get; private set; }

    public IActionResult OnGet(string? next, bool refused)
    {
        GoesTo = refused ? null : SignInModel.Own(Url, next) ?? "/";
        return Page();
    }

    public async Task<IActionResult> OnPost(string? agency, string? next)
    {
        if (options.Providers.FirstOrDefault(p => p.Agency == agency) is not { } provider)
            return BadRequest();
        AgencyName = gate.People.NameOf(provider.Agency);
        GoesTo = await Providers.AddressToAsk(HttpContext, provider, SignInModel.Own(Url, next));
        IsDown = GoesTo is null;
        return Page();
    }
}
