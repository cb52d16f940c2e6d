using FourStrands.Deter.Checks;
using FourStrands.Picture;
using FourStrands.Workbench.Jobs;
using FourStrands.Workbench.Security;

namespace FourStrands.Workbench.Pages.Checks;

/// <summary>A check's result as files for other programs, and how far its working out has come.</summary>
internal static class CheckDownloads
{
    public static void MapCheckDownloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/checks/{id:id}/json",
            async (RecordId id, HttpContext context, Gate gate, CheckJobs jobs) =>
                await Result(id, context, gate, jobs) is { } result
                    ? Results.Bytes(CheckJson.Write(result, indented: true), "application/json", FileName(result, "json"))
                    : Results.NotFound()
        );
        routes.MapGet(
            "/checks/{id:id}/csv",
            async (RecordId id, HttpContext context, Gate gate, CheckJobs jobs) =>
            {
                if (await Result(id, context, gate, jobs) is not { } result)
                    return Results.NotFound();
                using var csv = new MemoryStream();
                CheckTable.Write(result, csv);
                return Results.Bytes(csv.ToArray(), "text/csv; charset=utf-8", FileName(result, "csv"));
            }
        );
        routes.MapGet(
            "/checks/{id:id}/status",
            (RecordId id, HttpContext context, Gate gate, CheckJobs jobs) =>
            {
                if (context.Viewer() is not { Emergency: null } viewer || Document(gate.For(viewer), id) is not { } document)
                    return Results.NotFound();
                var job = jobs.For(viewer, document);
                return Results.Json(
                    new
                    {
                        finished = job.Finished,
                        words = job.Words,
                        share = job.Bidders == 0 ? 1.0 : (double)job.Done / job.Bidders,
                    }
                );
            }
        );
    }

    private static async Task<CheckResult?> Result(RecordId id, HttpContext context, Gate gate, CheckJobs jobs) =>
        // While emergency access is open nothing is worked out or taken out: the page that would lead here says so.
        context.Viewer()
            is { Emergency: null } viewer
        && Document(gate.For(viewer), id) is { } document
            ? await jobs.Result(viewer, document, context.RequestAborted)
            : null;

    private static Document? Document(View view, RecordId id) => view.Read(id) is { Kind: BidderChecks.DocumentKind } document ? document : null;

    /// <summary>A name that every system can keep: "check-grounds-maintenance-2026.csv".</summary>
    private static string FileName(CheckResult result, string extension)
    {
        string name = new([.. result.Check.Title.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        name = string.Join('-', name.Split('-', StringSplitOptions.RemoveEmptyEntries));
        return $"check-{(name.Length > 60 ? name[..60] : name)}.{extension}".Replace("-.", ".", StringComparison.Ordinal);
    }
}
