using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>One source: what is visible of it, and the files it came in.</summary>
internal sealed class SourceModel(Gate gate) : SignedInPage(gate)
{
    public SourceSummary Source { get; private set; } = null!;

    public IActionResult OnGet(RecordId id)
    {
        if (View.Sources().FirstOrDefault(s => s.Source.Id == id) is not { } source)
            return NotFound();
        Source = source;
        return Page();
    }
}
