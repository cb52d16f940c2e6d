using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Releases;

/// <summary>One release: what it shows to whom, what happened to it, and what can be done about it.</summary>
[OnlyWith(Power.Release)]
internal sealed class OneModel(Gate gate) : SignedInPage(gate)
{
    public Release Release { get; private set; } = null!;

    public People People => Gate.People;

    /// <summary>What waits for an originator: the requests.</summary>
    public IReadOnlyList<Request> Requests { get; private set; } = [];

    public string Reason { get; private set; } = "";

    public bool Waits => Release.State is ReleaseState.WaitsForSecond or ReleaseState.WaitsForOriginator;

    public bool MayAgree => Release.State == ReleaseState.WaitsForSecond && Release.By != Viewer.Name;

    /// <summary>While it waits: what it does, as whoever looks sees it.</summary>
    public ReleasePreview? Preview { get; private set; }

    /// <summary>True if it waits for who provided it, and all of those have answered.</summary>
    public bool IsAnswered => Release.State == ReleaseState.WaitsForOriginator && Requests.All(r => r.Answer is not null);

    public bool MayGoOn => IsAnswered;

    /// <summary>What becomes of it if somebody goes on with it.</summary>
    public string AfterGoingOn =>
        !Requests.All(r => r.Answer is { Agreed: true }) ? "They did not agree: if you go on, it is refused, and nobody sees anything of it."
        : Preview is { Refused.Count: > 0 } ? "It cannot go out as it stands: see above what is in its way."
        : Preview is { SecondBecause.Count: > 0 }
            ? "If you go on, a second person has to agree before anybody sees it. It keeps to no day that they name: if they named one, wait for it."
        : "If you go on, it is out at once. It keeps to no day that they name: if they named one, wait for it.";

    public IActionResult OnGet(RecordId id) => Show(id);

    public IActionResult OnPostAgree(RecordId id) => Do(id, () => Gate.Releases.Agree(Viewer, id));

    public IActionResult OnPostGoOn(RecordId id) => Do(id, () => Gate.Releases.GoOn(Viewer, id));

    public IActionResult OnPostRefuse(RecordId id, string? reason) => Do(id, () => Gate.Releases.Refuse(Viewer, id, Reason = reason ?? ""));

    public IActionResult OnPostTakeBack(RecordId id, string? reason) => Do(id, () => Gate.Releases.TakeBack(Viewer, id, Reason = reason ?? ""));

    private IActionResult Do(RecordId id, Func<Release> act)
    {
        if (Gate.Releases.Find(Viewer, id) is null)
            return NotFound();
        try
        {
            act();
            return Redirect($"/releases/{id}");
        }
        catch (ReleaseException problem)
        {
            ModelState.AddModelError(problem.Field, problem.Message);
            return Show(id);
        }
    }

    private IActionResult Show(RecordId id)
    {
        if (Gate.Releases.Find(Viewer, id) is not { } release)
            return NotFound();
        Release = release;
        Requests = [.. release.Requests.Select(r => Gate.Requests.Find(Viewer, r)).OfType<Request>()];
        if (Waits)
            Preview = Gate.Releases.Preview(Viewer, release.Order);
        return Page();
    }
}
