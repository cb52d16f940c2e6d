using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>What bringing in one file came to.</summary>
internal sealed class ImportResultModel(Gate gate) : SignedInPage(gate)
{
    public const int RejectionsShown = 500;

    public ImportSummary Import { get; private set; } = null!;

    public IReadOnlyList<Rejection> Rejections { get; private set; } = [];

    public IActionResult OnGet(RecordId id)
    {
        if (View.Sources().SelectMany(s => s.Imports).FirstOrDefault(i => i.Id == id) is not { } import)
            return NotFound();
        Import = import;
        Rejections = View.Rejections(id, RejectionsShown);
        return Page();
    }
}
