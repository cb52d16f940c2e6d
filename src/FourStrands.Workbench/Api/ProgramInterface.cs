namespace FourStrands.Workbench.Api;

/// <summary>The interface for programs, under <c>/api/v1</c>: a thin face over the questions and jobs of the pages. docs/api.md describes it.</summary>
internal static class ProgramInterface
{
    public static void MapProgramInterface(this IEndpointRouteBuilder routes)
    {
        byte[] description = Description();
        var api = routes.MapGroup("/api/v1");
        // The same for everybody, as it tells nothing that this page of the documentation does not.
        api.MapGet("/openapi.json", () => Results.Bytes(description, "application/json")).AllowAnonymous();
        api.MapReading();
        api.MapImporting();
        api.MapChecking();
    }

    /// <summary>Kept by hand, and compared with the addresses that there are by a test.</summary>
    private static byte[] Description()
    {
        using var file = typeof(ProgramInterface).Assembly.GetManifestResourceStream("api/openapi.json")!;
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
