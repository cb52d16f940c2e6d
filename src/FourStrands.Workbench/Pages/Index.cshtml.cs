using FourStrands.Deter.Checks;
using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>Where a day's work begins.</summary>
internal sealed class IndexModel(Gate gate) : SignedInPage(gate)
{
    /// <summary>Sources shown before the rest is left to their own page.</summary>
    public const int SourcesShown = 8;

    public IReadOnlyList<Check> Checks { get; private set; } = [];

    public IReadOnlyList<SourceSummary> Sources { get; private set; } = [];

    public IActionResult OnGet()
    {
        Checks = [.. BidderChecks.List(View).Take(5)];
        Sources = View.Sources();
        return Page();
    }
}
