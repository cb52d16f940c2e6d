using FourStrands.Picture;
using FourStrands.Workbench.Jobs;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>How far the file that this person is bringing in has come.</summary>
internal sealed class ImportProgressModel(Gate gate, ImportJobs jobs, WorkbenchOptions options) : SignedInPage(gate)
{
    public ImportJob Job { get; private set; } = null!;

    public IActionResult OnGet()
    {
        if (jobs.Of(Viewer) is not { } job)
            return Redirect("/sources/import");
        if (job.Summary is { } done)
            return Redirect($"/imports/{done.Id}{(done.IsRepeated ? "?again=true" : "")}");
        Job = job;
        return Page();
    }

    public async Task<IActionResult> OnPost(string? choice, CancellationToken cancellation)
    {
        ImportAnswer? answer = choice switch
        {
            "yes" => ImportAnswer.Yes,
            "add" => ImportAnswer.OnlyAdd,
            "no" => ImportAnswer.GiveUp,
            _ => null,
        };
        if (!Viewer.May(Power.BringIn))
        {
            HttpContext.Refuse();
            return Redirect("/sources/import/progress");
        }
        if (answer is { } decided && jobs.Answer(Viewer, decided) is { } job)
            await Task.WhenAny(job.Running, Task.Delay(options.WaitForWork, cancellation));
        // Somebody who answers twice sees how it stands.
        return Redirect(answer == ImportAnswer.GiveUp ? "/sources/import" : "/sources/import/progress");
    }
}

internal static class ImportProgressEndpoint
{
    public static void MapImportProgress(this IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/sources/import/status",
            (HttpContext context, ImportJobs jobs) =>
                context.Viewer() is { } viewer && jobs.Of(viewer) is { } job
                    ? Results.Json(
                        new
                        {
                            finished = !job.Runs,
                            words = job.Words,
                            share = job.Share,
                        }
                    )
                    : Results.NotFound()
        );
}
