using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace FourStrands.Workbench.Api;

/// <summary>An answer for programs as JSON: the same answer is the same bytes.</summary>
internal static class JsonAnswer
{
    // Names in any script stay readable; what could end a script element is still escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>One JSON document.</summary>
    public static byte[] Written(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
            write(json);
        return bytes.ToArray();
    }

    /// <summary>Answers with one JSON document.</summary>
    /// <param name="write">Writes it.</param>
    /// <param name="status">The status code.</param>
    /// <param name="location">Where to ask on; null for nowhere.</param>
    public static IResult Of(Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK, string? location = null) =>
        new Answer(Written(write), status, location);

    private sealed record Answer(byte[] Body, int Status, string? Location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = Status;
            if (Location is not null)
                response.Headers.Location = Location;
            response.ContentType = "application/json";
            response.ContentLength = Body.Length;
            return response.Body.WriteAsync(Body, httpContext.RequestAborted).AsTask();
        }
    }
}
