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

    /// <summary>True if what is shown was found before the viewer's last decision, and is being worked out again.</summary>
    public bool Renewing { get; private set; }

    /// <summary>Reads the check and waits a moment for its result; null if there is no such check.</summary>
    /// <param name="id">The check.</param>
    /// <param name="orBefore">True if what was found before is better than nothing while it is worked out again.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    protected async Task<IActionResult?> Load(RecordId id, bool orBefore, CancellationToken cancellation)
    {
        if (View.Read(id) is not { Kind: BidderChecks.DocumentKind } document)
            return NotFound();
        Check = BidderChecks.Read(document);
        // Nothing is worked out of what is seen for some minutes: it would be kept, and shown again without that anybody is told.
        if (Viewer.Emergency is not null)
            return null;
        Job = jobs.For(Viewer, document);
        Result = await Job.Wait(options.WaitForWork, cancellation);
        if (Result is null && orBefore && Job.Before is { Result: { } found } before)
        {
            Renewing = true;
            Result = found;
            Running = Job;
            Job = before;
        }
        return null;
    }

    /// <summary>The work that goes on while what was found before is shown.</summary>
    public CheckJob? Running { get; private set; }
}
