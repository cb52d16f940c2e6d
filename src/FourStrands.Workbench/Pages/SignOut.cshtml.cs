using FourStrands.Picture;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>Leave.</summary>
internal sealed class SignOutModel(Gate gate) : SignedInPage(gate)
{
    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPost()
    {
        await HttpContext.SignOutAsync();
        return LocalRedirect("/sign-in");
    }
}
