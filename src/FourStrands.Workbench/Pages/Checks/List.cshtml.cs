using FourStrands.Deter.Checks;
using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Checks;

/// <summary>The checks that the viewer may see.</summary>
internal sealed class ListModel(Gate gate) : SignedInPage(gate)
{
    private const int PageSize = 50;

    public IReadOnlyList<Check> Checks { get; private set; } = [];

    public int Number { get; private set; } = 1;

    public bool More { get; private set; }

    public IActionResult OnGet()
    {
        Number = AskedPage();
        var all = BidderChecks.List(View);
        Checks = [.. all.Skip((Number - 1) * PageSize).Take(PageSize)];
        More = all.Count > Number * PageSize;
        return Page();
    }
}
