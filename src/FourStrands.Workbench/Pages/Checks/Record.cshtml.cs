using FourStrands.Deter.Checks;
using FourStrands.Picture;
using FourStrands.Workbench.Jobs;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Checks;

/// <summary>The check as it goes into the tender file, to be printed.</summary>
internal sealed class RecordModel(Gate gate, CheckJobs jobs, WorkbenchOptions options) : CheckPage(gate, jobs, options)
{
    public TenderRecord Record { get; private set; } = null!;

    public async Task<IActionResult> OnGet(RecordId id, CancellationToken cancellation)
    {
        if (await Load(id, orBefore: false, cancellation) is { } refused)
            return refused;
        if (Result is null)
            return Redirect($"/checks/{id}");
        Record = TenderRecord.Of(Result);
        return Page();
    }
}
