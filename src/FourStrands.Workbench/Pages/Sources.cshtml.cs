using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>Where everything here was said, and how fresh it is.</summary>
internal sealed class SourcesModel(Gate gate) : SignedInPage(gate)
{
    public IReadOnlyList<SourceSummary> Sources { get; private set; } = [];

    public IActionResult OnGet()
    {
        Sources = View.Sources();
        return Page();
    }
}
