using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;
using Asked = FourStrands.Picture.Request;

namespace FourStrands.Workbench.Pages.Requests;

/// <summary>Ask another agency: for what it knows, or to let others see what it lets you see.</summary>
internal sealed class NewModel(Gate gate) : SignedInPage(gate)
{
    /// <summary>The record that it is about; null for none.</summary>
    public RecordView? Record { get; private set; }

    public IEnumerable<Agency> Agencies => Gate.People.Agencies.Where(a => a.Name != Viewer.Agency);

    public string To { get; private set; } = "";

    public string Text { get; private set; } = "";

    public string Purpose { get; private set; } = "";

    public string Wanted { get; private set; } = "";

    public bool MayAsk => Viewer.Clearance >= Classification.Official;

    public IActionResult OnGet(RecordId? record, string? to, string? text)
    {
        if (!Load(record))
            return NotFound();
        To = Record?.Source.Owner ?? to ?? "";
        Text = text is { Length: > 0 and <= 500 } ? $"About: {text}" : "";
        return Page();
    }

    public IActionResult OnPost(RecordId? record, string? to, string? text, string? purpose, string? wanted)
    {
        if (!Load(record))
            return NotFound();
        (To, Text, Purpose, Wanted) = (Record?.Source.Owner ?? to ?? "", text ?? "", purpose ?? "", (wanted ?? "").Trim());
        if (Wanted.Length > 500)
            ModelState.AddModelError("wanted", "Keep it to 500 characters");
        if (!ModelState.IsValid)
            return Page();
        try
        {
            var kind = Wanted.Length > 0 && record is not null ? RequestKind.Release : RequestKind.Access;
            var asked = Gate.Requests.Ask(
                Viewer,
                new Asked(kind, Viewer.Agency, To, Viewer.DisplayName, default, Text)
                {
                    Purpose = Purpose,
                    Record = record,
                    Wanted = Wanted,
                }
            );
            return Redirect($"/requests/{asked.Id}");
        }
        catch (ReleaseException problem)
        {
            ModelState.AddModelError(problem.Field, problem.Message);
            return Page();
        }
    }

    private bool Load(RecordId? record)
    {
        if (record is not { } id)
            return true;
        Record = View.Find(id)?.Records.First(r => r.Id == id);
        return Record is not null && Record.Source.Owner != Viewer.Agency;
    }
}
