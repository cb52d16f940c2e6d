using FourStrands.Deter.Checks;
using FourStrands.Picture;
using FourStrands.Workbench.Jobs;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Checks;

/// <summary>A page made of one check's result. While that is worked out it sends the reader to the page that shows how far it is.</summary>
internal abstract class CheckPage(Gate gate, CheckJobs jobs, WorkbenchOptions options) : SignedInPage(gate)
{
    protected CheckJobs Jobs => jobs;

    public Check Check { get; private set; } = null!;

    public CheckJob Job { get; private set; } = null!;

    public CheckResult? Result { get; private set; }

    /// <summary>Reads the check and waits a moment for its result; null if there is no such check.</summary>
    protected async Task<IActionResult?> Load(RecordId id, bool toTheEnd, CancellationToken cancellation)
    {
        if (View.Read(id) is not { Kind: BidderChecks.DocumentKind } document)
            return NotFound();
        Check = BidderChecks.Read(document);
        Job = jobs.For(Viewer, document);
        Result = await Job.Wait(toTheEnd ? Timeout.InfiniteTimeSpan : options.WaitForWork, cancellation);
        return null;
    }
}
