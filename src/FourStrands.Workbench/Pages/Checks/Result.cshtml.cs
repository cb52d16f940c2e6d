using FourStrands.Deter.Checks;
using FourStrands.Picture;
using FourStrands.Workbench.Jobs;
using FourStrands.Workbench.Security;
using FourStrands.Workbench.Showing;
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
    private const int GlanceMost = 100;

    /// <summary>Links shown before those of the first bidders; all of them have a part of their own.</summary>
    private const int FirstLinks = 10;

    private static readonly (string Key, string Name, string Class, Func<BidderResult, bool> Has)[] Kinds =
    [
        ("", "All bidders", "", _ => true),
        ("findings", "Findings", "findings", b => b.Outcome == Outcome.Findings),
        ("judge", "To be judged", "possible", b => b.Waits),
        ("links", "Links between bidders", "possible", b => b.Links.Count > 0),
        ("unidentified", "Not identified", "unidentified", b => b.Identification == Identification.None),
        ("short", "Not looked at in full", "possible", b => b.Outcome == Outcome.CutShort),
        ("past", "Past matters only", "", b => b.Outcome == Outcome.PastOnly),
        ("clear", "Nothing found", "clear", b => b.Outcome == Outcome.NothingFound),
        ("unsearched", "Not searched", "", b => b.Outcome == Outcome.NotSearched),
    ];

    private List<(int Index, BidderResult Bidder)> chosen = [];
    private Dictionary<string, BidderLink> links = new(StringComparer.Ordinal);

    public int Number { get; private set; } = 1;

    /// <summary>The parts of the result that are not empty, each with how many there are; all of it first.</summary>
    public IReadOnlyList<CheckPart> Parts { get; private set; } = [];

    /// <summary>The part that is shown.</summary>
    public CheckPart Part { get; private set; } = new("", "All bidders", 0, "");

    /// <summary>True where the links between bidders are shown and not the bidders.</summary>
    public bool OnlyLinks => Part.Key == "links";

    /// <summary>The bidders of the table at the top, each with its place in the list.</summary>
    public IEnumerable<(int Index, BidderResult Bidder)> Glance =>
        chosen.Where(b => Part.Key.Length > 0 || Result!.Bidders.Count <= GlanceAll || b.Bidder.Outcome >= Outcome.PastOnly).Take(GlanceMost);

    /// <summary>How many bidders the shown part has.</summary>
    public int Chosen => chosen.Count;

    public bool More => Result is not null && (OnlyLinks ? Result.Links.Count : chosen.Count) > Number * PageSize;

    /// <summary>The bidders shown in full.</summary>
    public IEnumerable<(int Index, BidderResult Bidder)> Bidders => OnlyLinks ? [] : chosen.Skip((Number - 1) * PageSize).Take(PageSize);

    /// <summary>The links shown in full.</summary>
    public IEnumerable<BidderLink> Links =>
        OnlyLinks ? Result!.Links.Skip((Number - 1) * PageSize).Take(PageSize)
        : Part.Key.Length == 0 && Number == 1 ? Result!.Links.Take(FirstLinks)
        : [];

    /// <summary>What joins a bidder to others.</summary>
    public IReadOnlyList<BidderLink> LinksOf(BidderResult bidder) => [.. bidder.Links.Select(l => links[l])];

    /// <summary>The page on which a bidder is shown in full, and the place on it.</summary>
    public string AddressOf(int bidder)
    {
        int place = OnlyLinks ? bidder : chosen.FindIndex(b => b.Index == bidder);
        int page = (place / PageSize) + 1;
        string part = OnlyLinks ? "" : Part.Key;
        return $"{(page == Number && part == Part.Key ? "" : Address(part, page))}#bidder-{bidder + 1}";
    }

    /// <summary>The address of a page of a part.</summary>
    public string Address(string part, int page)
    {
        string query = string.Join('&', ((string[])[part.Length > 0 ? $"show={part}" : "", page > 1 ? $"page={page}" : ""]).Where(q => q.Length > 0));
        return $"/checks/{Check.Id}{(query.Length > 0 ? "?" + query : "")}";
    }

    public async Task<IActionResult> OnGet(RecordId id, string? show, CancellationToken cancellation)
    {
        Number = AskedPage();
        if (await Load(id, orBefore: true, cancellation) is { } refused)
            return refused;
        if (Result is not null)
            Choose(Result, show ?? "");
        return Page();
    }

    private void Choose(CheckResult result, string show)
    {
        links = result.Links.ToDictionary(l => l.Id, StringComparer.Ordinal);
        var kind = Array.Find(Kinds, k => k.Key == show);
        kind = kind.Has is null ? Kinds[0] : kind;
        // The part that is shown stands there even when nothing is left in it: its last match was judged.
        Parts =
        [
            .. Kinds
                .Select(k => new CheckPart(k.Key, k.Name, k.Key == "links" ? result.Links.Count : result.Bidders.Count(k.Has), k.Class))
                .Where(p => p.Count > 0 || p.Key == kind.Key),
        ];
        Part = Parts.First(p => p.Key == kind.Key);
        chosen = [.. result.Bidders.Index().Where(b => kind.Has(b.Item))];
        if ((Number - 1) * PageSize >= Math.Max(1, OnlyLinks ? result.Links.Count : chosen.Count))
            Number = 1;
    }

    /// <summary>Works it out anew.</summary>
    public IActionResult OnPostAgain(RecordId id)
    {
        if (View.Read(id) is not { Kind: BidderChecks.DocumentKind })
            return NotFound();
        if (Viewer.Emergency is null)
            Jobs.Again(Viewer, id);
        else
            HttpContext.Refuse();
        return Redirect($"/checks/{id}");
    }

    /// <summary>Keeps a decision made on this page, and shows what follows from it.</summary>
    public IActionResult OnPostJudge(RecordId id, string? left, string? right, string? verdict, string? reason, string? show, int? at)
    {
        if (View.Read(id) is not { Kind: BidderChecks.DocumentKind })
            return NotFound();
        if (!RecordId.TryParse(left, null, out var one) || !RecordId.TryParse(right, null, out var other))
            return BadRequest();
        string compare = $"/match/{one}/{other}?check={id}";
        if (!BidderChecks.MayJudge(Viewer))
            HttpContext.Refuse();
        if (MatchModel.ReadVerdict(verdict) is not { } chosen || !BidderChecks.MayJudge(Viewer))
            return Redirect(compare);
        if (string.IsNullOrWhiteSpace(reason))
            return Redirect($"{compare}&chosen={verdict}");
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
        // Back to where they were, as far as it is still there.
        string part = Array.Exists(Kinds, k => k.Key == show) && show!.Length > 0 ? $"?show={show}" : "";
        return Redirect($"/checks/{id}{part}{(at is > 0 ? $"#bidder-{at}" : "")}");
    }
}
