using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>What bringing in one file came to.</summary>
internal sealed class ImportResultModel(Gate gate) : SignedInPage(gate)
{
    public const int RejectionsShown = 500;

    public ImportSummary Import { get; private set; } = null!;

    public IReadOnlyList<Rejection> Rejections { get; private set; } = [];

    /// <summary>True where the same was brought in again.</summary>
    public bool Again { get; private set; }

    /// <param name="id">The import.</param>
    /// <param name="again">True for who comes from bringing the same in again.</param>
    public IActionResult OnGet(RecordId id, bool again)
    {
        Again = again;
        if (View.Sources().SelectMany(s => s.Imports).FirstOrDefault(i => i.Id == id) is not { } import)
            return NotFound();
        Import = import;
        Rejections = View.Rejections(id, RejectionsShown);
        return Page();
    }
}
