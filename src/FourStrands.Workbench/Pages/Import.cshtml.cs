using FourStrands.Picture;
using FourStrands.Workbench.Jobs;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>Bring in a file: a register, a list, one's own spreadsheet.</summary>
[BeforeTheFile]
[RequestSizeLimit(ImportForm.Largest)]
[RequestFormLimits(MultipartBodyLengthLimit = ImportForm.Largest, ValueLengthLimit = ImportForm.LongestValue, ValueCountLimit = ImportForm.MostValues)]
internal sealed class ImportModel(Gate gate, ImportJobs jobs, Uploads uploads, WorkbenchOptions options) : SignedInPage(gate)
{
    private ImportForm? asked;

    /// <summary>What is asked.</summary>
    public ImportForm Asked => asked ??= new ImportForm(Viewer, Gate, options);

    /// <summary>Sources of their own agency, to add to.</summary>
    public IEnumerable<string> OwnSources => View.Sources().Where(s => s.Source.Owner == Viewer.Agency).Select(s => s.Source.Name);

    /// <param name="source">A source of the own agency that more is to be added to: it begins as it was labelled the last time.</param>
    public IActionResult OnGet(string? source)
    {
        if (Asked.MayBringIn && View.Sources().FirstOrDefault(s => s.Source.Owner == Viewer.Agency && s.Source.Name == source) is { } known)
            Asked.Begin(known);
        return Page();
    }

    public async Task<IActionResult> OnPost(
        List<IFormFile>? file,
        IFormFile? mapping,
        string? source,
        string? grade,
        bool complete,
        bool opinion,
        string? schedule,
        string? dated,
        CancellationToken cancellation
    )
    {
        if (!Viewer.May(Power.BringIn))
            HttpContext.Refuse();
        Asked.Read(source, grade, complete, opinion, schedule, dated);
        if (
            !Asked.MayBringIn
            || await Asked.Order(uploads, file ?? [], mapping, await Request.ReadFormAsync(cancellation), ModelState, cancellation) is not { } order
        )
            return Page();
        if (jobs.Start(Viewer, order) is not { } job)
        {
            order.Dispose();
            ModelState.AddModelError("file", ImportJobs.LastOneRuns);
            return Page();
        }

        await Task.WhenAny(job.Running, Task.Delay(options.WaitForWork, cancellation));
        return Redirect("/sources/import/progress");
    }
}
