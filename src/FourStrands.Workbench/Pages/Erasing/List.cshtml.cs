using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Erasing;

/// <summary>What the own agency erased, and what it holds from erasure.</summary>
[OnlyWith(Power.Erase)]
internal sealed class ListModel(Gate gate) : SignedInPage(gate)
{
    public const int Most = 200;

    public IReadOnlyList<Erasure> Erased { get; private set; } = [];

    public IReadOnlyList<Hold> Holds { get; private set; } = [];

    /// <summary>On which day each hold is looked at again; none for those that have no day.</summary>
    public IReadOnlyDictionary<RecordId, DateOnly> LookAgain { get; private set; } = new Dictionary<RecordId, DateOnly>();

    public string Reason { get; private set; } = "";

    public IActionResult OnGet() => Show();

    public IActionResult OnPostLift(RecordId hold, string? reason)
    {
        Reason = reason ?? "";
        try
        {
            Gate.Erasures.Lift(Viewer, hold, Reason);
            return Redirect("/erasures");
        }
        catch (Exception problem) when (problem is ErasureException or KeyNotFoundException)
        {
            ModelState.AddModelError("reason", problem is ErasureException ? problem.Message : "It was lifted meanwhile");
            return Show();
        }
    }

    /// <summary>What is held, in words.</summary>
    public static string Held(HoldKind kind) =>
        kind switch
        {
            HoldKind.Source => "A source",
            HoldKind.Record => "A record",
            _ => "A file",
        };

    /// <summary>What was erased, in words.</summary>
    public static string Of(ErasureKind kind) =>
        kind switch
        {
            ErasureKind.Statement => "A value",
            ErasureKind.Record => "A record",
            _ => "A file",
        };

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Show()
    {
        Erased = [.. Gate.Erasures.List(Viewer).Take(Most)];
        Holds = [.. Gate.Erasures.Holds(Viewer).OrderBy(h => h.LiftedAt is not null).Take(Most)];
        if (Holds.Any(h => h.LiftedAt is null))
            LookAgain = Gate.Retention.Reviews(Viewer).Where(r => r is { Hold: not null, Due: not null }).ToDictionary(r => r.Hold!.Id, r => r.Due!.Value);
        return Page();
    }
}
