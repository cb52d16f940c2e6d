using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Retaining;

/// <summary>What of the own agency is due to be looked at: keep it, or erase it.</summary>
[OnlyWith(Power.Erase)]
internal sealed class ReviewsModel(Gate gate) : SignedInPage(gate)
{
    private const int OnAPage = 50;

    public IReadOnlyList<RetentionReview> Reviews { get; private set; } = [];

    /// <summary>The number of the page; the first is 1.</summary>
    public int Number { get; private set; }

    public bool More { get; private set; }

    public IActionResult OnGet()
    {
        var all = Gate.Retention.Reviews(Viewer);
        Number = AskedPage((all.Count / OnAPage) + 1);
        Reviews = [.. all.Skip((Number - 1) * OnAPage).Take(OnAPage)];
        More = all.Count > Number * OnAPage;
        return Page();
    }

    public static string AddressOf(int number) => $"/retention/reviews?page={number}";
}
