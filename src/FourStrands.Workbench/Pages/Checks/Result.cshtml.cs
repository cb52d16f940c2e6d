using FourStrands.Deter.Checks;
using FourStrands.Picture;
using FourStrands.Workbench.Jobs;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Checks;

/// <summary>What a check finds, bidder by bidder, and a person's decision on what is only possible.</summary>
internal sealed class ResultModel(Gate gate, CheckJobs jobs, WorkbenchOptions options) : CheckPage(gate, jobs, options)
{
    /// <summary>Bidders shown in full on one page.</summary>
    private const int PageSize = 20;

    /// <summary>Up to so many bidders all stand in the table at the top; of more, those that somebody should look at.</summary>
    private const int GlanceAll = 50;

    /// <summary>The most rows of that table.</summary>
    private const int GlanceMost = 200;

    public int Number { get; private set; } = 1;

    /// <summary>How many bidders of each outcome, gravest first.</summary>
    public IEnumerable<(Outcome Outcome, int Bidders)> Counts =>
        Result!.Bidders.GroupBy(b => b.Outcome).OrderByDescending(g => g.Key).Select(g => (g.Key, g.Count()));

    /// <summary>The bidders of the table at the top, each with its place in the list.</summary>
    public IEnumerable<(int Index, BidderResult Bidder)> Glance =>
        Result!.Bidders.Index().Where(b => Result.Bidders.Count <= GlanceAll || b.Item.Outcome >= Outcome.PastOnly).Take(GlanceMost);

    public bool More => Result is not null && Result.Bidders.Count > Number * PageSize;

    public IEnumerable<BidderResult> Bidders => Result!.Bidders.Skip((Number - 1) * PageSize).Take(PageSize);

    /// <summary>The page on which a bidder is shown in full, and the place on it.</summary>
    public string AddressOf(int bidder)
    {
        int page = (bidder / PageSize) + 1;
        return $"{(page == Number ? "" : $"/checks/{Check.Id}{(page == 1 ? "" : $"?page={page}")}")}#bidder-{bidder + 1}";
    }

    public int IndexOfFirst => (Number - 1) * PageSize;

    public async Task<IActionResult> OnGet(RecordId id, CancellationToken cancellation)
    {
        Number = AskedPage();
        if (await Load(id, toTheEnd: false, cancellation) is { } refused)
            return refused;
        if (Result is not null && (Number - 1) * PageSize >= Math.Max(1, Result.Bidders.Count))
            Number = 1;
        return Page();
    }

    /// <summary>Works it out anew.</summary>
    public IActionResult OnPostAgain(RecordId id)
    {
        Jobs.Forget(Viewer);
        return Redirect($"/checks/{id}");
    }

    /// <summary>Keeps a decision made on this page, and shows what follows from it.</summary>
    public IActionResult OnPostJudge(RecordId id, string? left, string? right, string? verdict, string? reason)
    {
        if (View.Read(id) is not { Kind: BidderChecks.DocumentKind })
            return NotFound();
        if (!RecordId.TryParse(left, null, out var one) || !RecordId.TryParse(right, null, out var other))
            return BadRequest();
        string compare = $"/match/{one}/{other}?check={id}";
        if (MatchModel.ReadVerdict(verdict) is not { } chosen || string.IsNullOrWhiteSpace(reason))
            return Redirect(compare);
        try
        {
            BidderChecks.Judge(View, one, other, chosen, reason.Trim());
        }
        catch (ArgumentException)
        {
            return Redirect(compare);
        }
        catch (KeyNotFoundException)
        {
            return NotFound();
        }

        Jobs.Forget(Viewer);
        return Redirect($"/checks/{id}");
    }
}
