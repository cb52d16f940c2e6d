using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>Where everything here was said, and how fresh it is.</summary>
internal sealed class SourcesModel(Gate gate, WorkbenchOptions options) : SignedInPage(gate)
{
    public IReadOnlyList<SourceSummary> Sources { get; private set; } = [];

    /// <summary>What they cannot do is not offered.</summary>
    public bool MayBringIn => new ImportForm(Viewer, Gate, options).MayBringIn;

    public IActionResult OnGet()
    {
        Sources = View.Sources();
        return Page();
    }
}
