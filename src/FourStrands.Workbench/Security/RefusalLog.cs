using FourStrands.Picture;
using Microsoft.AspNetCore.Diagnostics;

namespace FourStrands.Workbench.Security;

/// <summary>
/// Writes what was refused to the program's own messages: forms without their token, sizes, methods, hosts, too many requests. By the pattern
/// of the address and never its text, so that neither names of people nor anything that was made to deceive gets there.
/// </summary>
internal static partial class RefusalLog
{
    /// <summary>What is nobody's mistake. An unknown address is. That a key is needed is said to programs alone: people are sent to sign in.</summary>
    private static bool IsRefusal(int status) => status is 400 or 401 or 403 or 405 or 411 or 413 or 414 or 415 or 429 or 431;

    public static void UseRefusalLog(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("FourStrands.Refused");
        app.Use(
            async (context, next) =>
            {
                string pattern = "";
                context.Response.OnStarting(() =>
                {
                    pattern = PatternOf(context);
                    return Task.CompletedTask;
                });
                await next(context);
                if (IsRefusal(context.Response.StatusCode))
                    Refused(log, context.Response.StatusCode, MethodOf(context.Request), pattern, context.Viewer()?.Name ?? "nobody who is signed in");
            }
        );
    }

    /// <summary>Takes note in the agency's log that somebody asked for what their role does not let them do.</summary>
    public static void Refuse(this HttpContext context)
    {
        if (context.Viewer() is { } viewer)
        {
            context.RequestServices.GetRequiredService<Gate>().Audit.Refused(viewer, $"{MethodOf(context.Request)} {PatternOf(context)}");
        }
    }

    /// <summary>What was asked for, also where a page that says what went wrong is answered in its place.</summary>
    private static string PatternOf(HttpContext context) =>
        (context.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint ?? context.GetEndpoint()) is RouteEndpoint { RoutePattern.RawText: { } pattern }
            ? $"/{pattern.TrimStart('/')}"
            : "an unknown address";

    private static string MethodOf(HttpRequest request) =>
        request.Method.Length <= 10 && request.Method.All(char.IsAsciiLetterUpper) ? request.Method : "another method";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused with {Status}: {Method} {Pattern}, asked by {Who}")]
    private static partial void Refused(ILogger log, int status, string method, string pattern, string who);
}
