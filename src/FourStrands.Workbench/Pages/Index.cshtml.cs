using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>Where a day's work begins.</summary>
internal sealed class IndexModel(Gate gate) : SignedInPage(gate)
{
    public IActionResult OnGet() => Page();
}
