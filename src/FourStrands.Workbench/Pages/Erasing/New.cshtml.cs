using FourStrands.Picture;
using FourStrands.Workbench.Showing;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Erasing;

/// <summary>Erase a record, one of its values or a file, having seen what goes with it; or hold it from being erased.</summary>
[OnlyWith(Power.Erase)]
internal sealed class NewModel(Gate gate) : SignedInPage(gate)
{
    /// <summary>The record; null for a file, and where the record says nothing any more.</summary>
    public RecordView? Record { get; private set; }

    /// <summary>A record of which all was withdrawn; null for any other.</summary>
    public RecordId? Withdrawn { get; private set; }

    /// <summary>The file; null for a record.</summary>
    public ImportSummary? Import { get; private set; }

    public ErasurePreview Preview { get; private set; } = null!;

    public string Reason { get; private set; } = "";

    public string HoldReason { get; private set; } = "";

    /// <summary>The day on which a hold is to be looked at again; empty for none.</summary>
    public string Review { get; private set; } = "";

    public string Title =>
        Record is { } record ? Showing.Subjects.Title(record)
        : Withdrawn is not null ? "A record that was withdrawn"
        : Import!.FileName;

    /// <summary>What is erased, by its identifier.</summary>
    public RecordId Id => Record?.Id ?? Withdrawn ?? Import!.Id;

    /// <summary>The one value that is meant; null for all.</summary>
    public Said? Value { get; private set; }

    /// <param name="record">The record; null for a file.</param>
    /// <param name="import">The file; null for a record.</param>
    /// <param name="value">Of a record, the one value that is meant; null for all.</param>
    /// <param name="reason">The reason to begin with: where a review led here, the schedule.</param>
    public IActionResult OnGet(RecordId? record, RecordId? import, string? value, string? reason)
    {
        Reason = reason is { Length: <= Erasures.LongestReason } ? reason : "";
        return Load(record, import, value) && Look() ? Page() : NotFound();
    }

    public IActionResult OnPostErase(RecordId? record, RecordId? import, string? value, string? reason, bool sure)
    {
        Reason = reason ?? "";
        if (!Load(record, import, value) || !Look())
            return NotFound();
        if (!sure)
            ModelState.AddModelError("sure", "Say that you have looked at what goes: it cannot be undone");
        if (!ModelState.IsValid)
            return Page();
        try
        {
            Gate.Erasures.Erase(Viewer, Target, Reason);
            return Redirect("/erasures");
        }
        catch (ErasureException problem)
        {
            ModelState.AddModelError("reason", problem.Message);
            return Page();
        }
        catch (KeyNotFoundException)
        {
            return NotFound();
        }
    }

    public IActionResult OnPostHold(RecordId? record, RecordId? import, string? holdReason, string? review)
    {
        if (!Load(record, import, null) || Withdrawn is not null)
            return NotFound();
        (HoldReason, Review) = (holdReason ?? "", (review ?? "").Trim());
        if (Review.Length > 0 && RetentionWords.Day(Review) is null)
        {
            ModelState.AddModelError("review", "Enter the day as year-month-day, such as 2027-03-31");
            return Look() ? Page() : NotFound();
        }
        try
        {
            Gate.Erasures.Place(Viewer, Record is null ? HoldKind.Import : HoldKind.Record, Record?.Id ?? Import!.Id, HoldReason, RetentionWords.Day(Review));
            return Redirect("/erasures");
        }
        catch (ErasureException problem)
        {
            ModelState.AddModelError("holdReason", problem.Message);
            return Look() ? Page() : NotFound();
        }
        catch (KeyNotFoundException)
        {
            return NotFound();
        }
    }

    /// <summary>What a document is, and where it can be looked at before it goes; no address where it has no page of its own.</summary>
    public static (string Name, string Address) Words(ErasedDocument document) =>
        document.Kind switch
        {
            "check" => ("A check", $"/checks/{document.Id}"),
            "release" => ("A release", $"/releases/{document.Id}"),
            "request" => ("A request", $"/requests/{document.Id}"),
            "corrected value" => ("A correction", "/corrections"),
            SubjectAccessDecisions.Kind => ("A decision on what is given to somebody who asked what is held on them", ""),
            "correction" => ("A notice of a correction", "/requests#notices"),
            _ => ($"A document ({document.Kind})", ""),
        };

    private ErasureTarget Target =>
        Value is { } said ? ErasureTarget.OfStatement(said.Record, said.Property.Name, said.Value)
        : Record is { } record ? ErasureTarget.OfRecord(record.Id)
        : Withdrawn is { } withdrawn ? ErasureTarget.OfRecord(withdrawn)
        : ErasureTarget.OfImport(Import!.Id);

    private bool Load(RecordId? record, RecordId? import, string? value)
    {
        if (record is { } id)
        {
            Record = View.Find(id)?.Records.First(r => r.Id == id);
            // By what it says, never by its place: that may be another's by the time the form comes back.
            Value = value is null ? null : Record?.Statements.FirstOrDefault(s => Showing.Subjects.Mark(s) == value);
            // Whether there is one, and whose it is, is looked up with what goes.
            if (Record is null && value is null)
            {
                Withdrawn = id;
                return true;
            }
            return Record is not null && Record.Source.Owner == Viewer.Agency && (value is null || Value is not null);
        }
        Import = import is { } file ? View.Sources().SelectMany(s => s.Imports).FirstOrDefault(i => i.Id == file && i.Source.Owner == Viewer.Agency) : null;
        return Import is not null;
    }

    private bool Look()
    {
        try
        {
            Preview = Gate.Erasures.Preview(Viewer, Target);
            return true;
        }
        catch (Exception problem) when (problem is KeyNotFoundException or ErasureException)
        {
            return false;
        }
    }
}
