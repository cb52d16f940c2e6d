using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Correcting;

/// <summary>Correct a value of the own agency's, or withdraw it, a record or a file: those to whom it was released are told.</summary>
[OnlyWith(Power.Erase)]
internal sealed class NewModel(Gate gate) : SignedInPage(gate)
{
    /// <summary>The record; null for a file.</summary>
    public RecordView? Record { get; private set; }

    /// <summary>The file; null for a record.</summary>
    public ImportSummary? Import { get; private set; }

    /// <summary>The one value that is meant; null for all.</summary>
    public Said? Value { get; private set; }

    public CorrectionPreview Preview { get; private set; } = null!;

    public string Right { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public bool InReleases { get; private set; } = true;

    /// <summary>What is withdrawn as a whole, where no one value is meant.</summary>
    public string What => Record is not null ? "record" : "file";

    public string Title => Record is { } record ? Showing.Subjects.Title(record) : Import!.FileName;

    public IActionResult OnGet(RecordId? record, RecordId? import, string? value) => Load(record, import, value) && Look() ? Page() : NotFound();

    public IActionResult OnPost(RecordId? record, RecordId? import, string? value, string? right, string? reason, bool inReleases, bool sure)
    {
        (Right, Reason, InReleases) = ((right ?? "").Trim(), reason ?? "", inReleases);
        if (!Load(record, import, value) || !Look())
            return NotFound();
        if (Value is null && !sure)
        {
            ModelState.AddModelError(
                "sure",
                Record is not null
                    ? "Tick the box if the whole record is to be withdrawn. If one value is wrong, choose that one above"
                    : "Tick the box if the whole file is to be withdrawn"
            );
            return Page();
        }
        try
        {
            Gate.Corrections.Correct(
                Viewer,
                new CorrectionOrder(Target, Reason) { Right = Right.Length > 0 && Value is not null ? Right : null, InReleases = inReleases }
            );
            return Redirect("/corrections");
        }
        catch (CorrectionException problem)
        {
            ModelState.AddModelError(problem.Field.Length > 0 ? problem.Field : "reason", problem.Message);
            return Page();
        }
        catch (KeyNotFoundException)
        {
            return NotFound();
        }
    }

    private ErasureTarget Target =>
        Value is { } said ? ErasureTarget.OfStatement(said.Record, said.Property.Name, said.Value)
        : Record is { } record ? ErasureTarget.OfRecord(record.Id)
        : ErasureTarget.OfImport(Import!.Id);

    private bool Load(RecordId? record, RecordId? import, string? value)
    {
        if (record is { } id)
        {
            Record = View.Find(id)?.Records.First(r => r.Id == id);
            // By what it says, never by its place: that may be another's by the time the form comes back.
            Value = value is null ? null : Record?.Statements.FirstOrDefault(s => Showing.Subjects.Mark(s) == value);
            return Record is not null && Record.Source.Owner == Viewer.Agency && (value is null || Value is not null);
        }
        Import = import is { } file ? View.Sources().SelectMany(s => s.Imports).FirstOrDefault(i => i.Id == file && i.Source.Owner == Viewer.Agency) : null;
        return Import is not null;
    }

    private bool Look()
    {
        try
        {
            Preview = Gate.Corrections.Preview(Viewer, Target);
            return true;
        }
        catch (Exception problem) when (problem is KeyNotFoundException or CorrectionException)
        {
            return false;
        }
    }
}
