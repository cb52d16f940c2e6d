using System.Text;
using FourStrands.Picture;
using FourStrands.Workbench.Security;

namespace FourStrands.Workbench.Pages.Log;

/// <summary>The whole log and its checkpoint as files, for chief auditors.</summary>
internal static class LogDownloads
{
    public static void MapLogDownloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/log/file",
            (HttpContext context, Gate gate) =>
            {
                if (Whole(context) is not { } viewer)
                    return Results.NotFound();
                // To a file first: a browser that is slow must not keep the log from being read.
                var content = new FileStream(
                    Path.GetTempFileName(),
                    new FileStreamOptions
                    {
                        Mode = FileMode.Create,
                        Access = FileAccess.ReadWrite,
                        Options = FileOptions.DeleteOnClose,
                    }
                );
                gate.Audit.Export(viewer, content);
                content.Position = 0;
                return Results.Stream(content, "application/jsonl", $"log-{viewer.Agency}.jsonl");
            }
        );
        routes.MapGet(
            "/log/checkpoint",
            (HttpContext context, Gate gate) =>
                Whole(context) is { } viewer && gate.Audit.Checkpoint(viewer) is { } checkpoint
                    ? Results.Bytes(Encoding.UTF8.GetBytes(checkpoint.ToString()), "text/plain; charset=utf-8", $"checkpoint-{viewer.Agency}.txt")
                    : Results.NotFound()
        );
    }

    private static Viewer? Whole(HttpContext context)
    {
        if (context.Viewer() is { } viewer && viewer.May(Power.AuditAll))
            return viewer;
        context.Refuse();
        return null;
    }
}
