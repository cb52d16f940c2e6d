using FourStrands.Picture;
using FourStrands.Workbench.Jobs;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Checks;

/// <summary>The result as one table.</summary>
internal sealed class TableModel(Gate gate, CheckJobs jobs, WorkbenchOptions options) : CheckPage(gate, jobs, options)
{
    public async Task<IActionResult> OnGet(RecordId id, CancellationToken cancellation) =>
        await Load(id, toTheEnd: false, cancellation) is { } refused ? refused
        : Result is null ? Redirect($"/checks/{id}")
        : Page();
}
