using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;
using Asked = FourStrands.Picture.Request;

namespace FourStrands.Workbench.Pages.Requests;

/// <summary>One request, and its answer.</summary>
internal sealed class OneModel(Gate gate) : SignedInPage(gate)
{
    public Asked Asked { get; private set; } = null!;

    /// <summary>The record that it is about, if the viewer sees it.</summary>
    public RecordView? Record { get; private set; }

    public string Text { get; private set; } = "";

    public bool IsToUs => Asked.To == Viewer.Agency;

    public IActionResult OnGet(RecordId id) => Show(id);

    public IActionResult OnPost(RecordId id, string? agreed, string? text)
    {
        if (Gate.Requests.Find(Viewer, id) is not { } asked || asked.To != Viewer.Agency || !Viewer.May(Power.Release))
            return NotFound();
        Text = text ?? "";
        if (agreed is not ("yes" or "no"))
        {
            ModelState.AddModelError("agreed", "Choose yes or no");
            return Show(id);
        }
        try
        {
            Gate.Requests.Answer(Viewer, id, agreed == "yes", Text);
            return Redirect($"/requests/{id}");
        }
        catch (ReleaseException problem)
        {
            ModelState.AddModelError(problem.Field, problem.Message);
            return Show(id);
        }
    }

    private IActionResult Show(RecordId id)
    {
        if (Gate.Requests.Find(Viewer, id) is not { } asked)
            return NotFound();
        Asked = asked;
        Record = asked.Record is { } record ? View.Find(record)?.Records.First(r => r.Id == record) : null;
        return Page();
    }
}
