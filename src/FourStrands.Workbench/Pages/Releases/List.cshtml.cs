using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Releases;

/// <summary>What the own agency let others see, and what waits for that.</summary>
[OnlyWith(Power.Release)]
internal sealed class ListModel(Gate gate) : SignedInPage(gate)
{
    public const int PageSize = 50;

    public IReadOnlyList<Release> All { get; private set; } = [];

    public int Number { get; private set; } = 1;

    /// <summary>True if it waits for who provided it, and all of those have answered.</summary>
    public bool IsAnswered(Release release) =>
        release.State == ReleaseState.WaitsForOriginator && release.Requests.All(r => Gate.Requests.Find(Viewer, r)?.Answer is not null);

    public IActionResult OnGet()
    {
        All = [.. Gate.Releases.All(Viewer).OrderByDescending(r => r.State is ReleaseState.WaitsForSecond or ReleaseState.WaitsForOriginator)];
        Number = AskedPage();
        return Page();
    }

    /// <summary>What it is about: the first names.</summary>
    public static string About(Release release) =>
        string.Join(", ", release.Order.Values.Where(v => v.Property == "name").Select(v => v.As ?? v.Value).Distinct(StringComparer.Ordinal).Take(3))
            is { Length: > 0 } names
            ? names
            : $"{Showing.Shown.Count(release.Order.Values.Count, "value", "values")}";
}
