using FourStrands.Picture;
using FourStrands.Workbench.Showing;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>Why somebody sees what a record says, who else does, what it may be used for, and where it comes from.</summary>
internal sealed class WhoSeesModel(Gate gate) : SignedInPage(gate)
{
    public RecordView Record { get; private set; } = null!;

    public EntitySummary Entity { get; private set; } = null!;

    /// <summary>What is said, by the label it bears.</summary>
    public IReadOnlyList<(Label Label, IReadOnlyList<Said> Said)> ByLabel { get; private set; } = [];

    /// <summary>The imports of the source under those labels, newest first: what it was derived from.</summary>
    public IReadOnlyList<ImportSummary> Imports { get; private set; } = [];

    public People People => Gate.People;

    public bool IsOwn => Record.Source.Owner == Viewer.Agency;

    public IActionResult OnGet(RecordId id)
    {
        if (View.Find(id) is not { } entity)
            return NotFound();
        Record = entity.Records.First(r => r.Id == id);
        Entity = View.Summarise(entity);
        // By what is said of each label, for what is not said of it must not show in the order, or in their number.
        ByLabel =
        [
            .. Record
                .Statements.GroupBy(s => LabelWords.All(s.Label, Viewer, People, Record.Source.Owner), StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (g.First().Label, (IReadOnlyList<Said>)[.. g.DistinctBy(s => (s.Property, s.Value))])),
        ];
        Imports =
        [
            .. View.Sources()
                .Where(s => s.Source.Id == Record.Source.Id)
                .SelectMany(s => s.Imports)
                .Where(i => Record.Statements.Any(s => s.Label.Equals(i.Label)) && i.Ended is null)
                .Take(20),
        ];
        return Page();
    }
}
