using FourStrands.Deter.Checks;
using FourStrands.Picture;
using FourStrands.Workbench.Showing;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>Where a day's work begins.</summary>
internal sealed class IndexModel(Gate gate, WorkbenchOptions options) : SignedInPage(gate)
{
    /// <summary>Sources shown before the rest is left to their own page.</summary>
    public const int SourcesShown = 8;

    public IReadOnlyList<Check> Checks { get; private set; } = [];

    public IReadOnlyList<SourceSummary> Sources { get; private set; } = [];

    /// <summary>What administrators and auditors are told of the administrators of their agency.</summary>
    public IReadOnlyList<AdministratorNotice> Notices => AdministratorWords.Notices(Gate.People, Viewer, options.Clock.GetUtcNow(), onPeople: false);

    /// <summary>What they cannot do is not offered.</summary>
    public bool MayCheck => BidderChecks.MayStart(Viewer);

    /// <summary>As <see cref="MayCheck"/>.</summary>
    public bool MayBringIn => new ImportForm(Viewer, Gate, options).MayBringIn;

    public IActionResult OnGet()
    {
        Checks = [.. BidderChecks.List(View).Take(5)];
        Sources = View.Sources();
        return Page();
    }
}
