using FourStrands.Picture;
using FourStrands.Workbench.Showing;

namespace FourStrands.Workbench.Pages.Log;

/// <summary>Reading that may be worth a question.</summary>
internal sealed class UnusualModel(Gate gate, TimeProvider clock) : AuditorPage(gate)
{
    /// <summary>How many days are looked through unless others are asked for.</summary>
    private const int Days = 30;

    /// <summary>How many are shown at most: more are no longer unusual.</summary>
    public const int Most = 200;

    public IReadOnlyList<UnusualReading> Found { get; private set; } = [];

    /// <summary>What is called unusual, in words.</summary>
    public static ReadingLimits Limits => ReadingLimits.Default;

    public DateOnly First { get; private set; }

    public DateOnly Last { get; private set; }

    public void OnGet(string? from, string? to)
    {
        TakeDays(from, to);
        Last = To ?? Shown.Day(clock.GetUtcNow());
        First = From ?? (Last > DateOnly.MinValue.AddDays(Days) ? Last.AddDays(1 - Days) : Last);
        if (First > Last)
            ModelState.AddModelError("to", "The last day is before the first");
        if (ModelState.IsValid)
            Found = Gate.Audit.Unusual(Viewer, Shown.StartOf(First), Shown.StartOf(Last.AddDays(1)));
    }
}
