using System.Globalization;
using FourStrands.Deter.Checks;
using FourStrands.Picture;
using FourStrands.Workbench.Jobs;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Checks;

/// <summary>Hand over a list of bidders.</summary>
[RequestSizeLimit(Largest)]
[RequestFormLimits(MultipartBodyLengthLimit = Largest, ValueLengthLimit = BidderList.MaxBytes, ValueCountLimit = 64)]
internal sealed class NewModel(Gate gate, BidderChecks checks, CheckJobs jobs, WorkbenchOptions options) : SignedInPage(gate)
{
    public const int LongestTitle = 120;

    /// <summary>The largest request that hands a list over: the list, and what is said of it.</summary>
    public const long Largest = BidderList.MaxBytes + (64 * 1024);

    public string CheckTitle { get; private set; } = "";

    public string Reference { get; private set; } = "";

    public string Typed { get; private set; } = "";

    public int Depth { get; private set; } = CheckRequest.DefaultDepth;

    public bool Reserved { get; private set; }

    /// <summary>What could not be used of a list of which nothing could be used.</summary>
    public IReadOnlyList<Rejection> Rejections { get; private set; } = [];

    public bool MayStart => BidderChecks.MayStart(Viewer);

    public IActionResult OnGet(string? bidder)
    {
        Typed = bidder is { Length: <= 200 } ? bidder : "";
        return Page();
    }

    public async Task<IActionResult> OnPost(
        string? title,
        string? reference,
        string? bidders,
        IFormFile? file,
        string? depth,
        bool reserved,
        CancellationToken cancellation
    )
    {
        if (!MayStart)
            HttpContext.Refuse();
        CheckTitle = (title ?? "").Trim();
        Reference = (reference ?? "").Trim();
        Typed = bidders ?? "";
        Reserved = reserved;
        Depth =
            int.TryParse(depth, NumberStyles.None, CultureInfo.InvariantCulture, out int ties) && ties is >= 1 and <= CheckRequest.MaxDepth
                ? ties
                : CheckRequest.DefaultDepth;
        bool typed = Typed.Trim().Length > 0,
            uploaded = file is { Length: > 0 };

        if (CheckTitle.Length == 0)
            ModelState.AddModelError("title", "Give the check a title");
        else if (CheckTitle.Length > LongestTitle)
            ModelState.AddModelError("title", $"Keep the title to {LongestTitle} characters");
        if (Reference.Length > LongestTitle)
            ModelState.AddModelError("reference", $"Keep the tender reference to {LongestTitle} characters");
        if (!typed && !uploaded)
            ModelState.AddModelError(
                "bidders",
                file is null ? "Type the bidders or choose a file" : "The file is empty. Type the bidders or choose another file"
            );
        if (typed && uploaded)
            ModelState.AddModelError("bidders", "Type the bidders or choose a file, not both");
        if (!ModelState.IsValid)
            return Page();

        var list = uploaded ? Read(file!) : BidderList.Typed(Typed);
        if (list.Bidders.Count == 0)
        {
            Rejections = list.Rejections;
            ModelState.AddModelError(uploaded ? "file" : "bidders", "No bidder could be read from this. See what was wrong below");
            return Page();
        }

        Document document;
        try
        {
            document = checks.Start(
                View,
                new CheckRequest(CheckTitle)
                {
                    TenderReference = Reference,
                    Depth = Depth,
                    ReservedArrangement = Reserved,
                },
                list
            );
        }
        catch (ArgumentException refused)
        {
            ModelState.AddModelError("bidders", refused.Message);
            return Page();
        }
        catch (UnauthorizedAccessException refused)
        {
            ModelState.AddModelError("title", refused.Message);
            return Page();
        }

        await jobs.For(Viewer, document).Wait(options.WaitForWork, cancellation);
        return Redirect($"/checks/{document.Id}");
    }

    private static BidderList Read(IFormFile file)
    {
        using var content = file.OpenReadStream();
        return BidderList.Read(content, Uploads.NameOf(file));
    }
}
