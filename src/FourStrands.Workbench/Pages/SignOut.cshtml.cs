using FourStrands.Picture;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>Leave.</summary>
internal sealed class SignOutModel(Gate gate) : SignedInPage(gate)
{
    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPost()
    {
        await SignedIn.Out(HttpContext, Gate.People);
        return LocalRedirect("/sign-in");
    }
}
