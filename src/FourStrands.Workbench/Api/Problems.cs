using FourStrands.Workbench.Security;

namespace FourStrands.Workbench.Api;

/// <summary>
/// What went wrong, for programs: RFC 9457. By kind and nothing more, as the pages say it: not what was asked for, nor whether it is there for somebody else.
/// </summary>
internal static partial class Problems
{
    private const string MediaType = "application/problem+json";

    /// <summary>Says what is wrong with a request.</summary>
    public static IResult Of(int status, string detail) => new Answer(status, Results.Bytes(Written(status, detail), MediaType));

    /// <summary>Refuses what the roles of an account do not let it do, as what its key is not for is refused, and takes note of it.</summary>
    public static IResult NotAllowed(HttpContext context)
    {
        context.Refuse();
        return Of(403, Detail(403));
    }

    /// <summary>Puts whatever goes wrong under the addresses for programs into the form that programs read. Pages are not touched.</summary>
    public static void UseProblems(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("FourStrands.Api");
        app.Use(
            async (context, next) =>
            {
                if (!KeyAuthentication.IsAsked(context))
                {
                    await next(context);
                    return;
                }
                try
                {
                    await next(context);
                }
                catch (BadHttpRequestException refused) when (!context.Response.HasStarted)
                {
                    context.Response.StatusCode = refused.StatusCode;
                }
                catch (Exception fault) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
                {
                    Failed(log, fault);
                    context.Response.Clear();
                    context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                }
                var response = context.Response;
                if (response.StatusCode < 400 || response.HasStarted || response.ContentLength is not null || !string.IsNullOrEmpty(response.ContentType))
                    return;
                if (response.StatusCode == StatusCodes.Status429TooManyRequests)
                    response.Headers.RetryAfter = "60";
                response.ContentType = MediaType;
                await response.Body.WriteAsync(Written(response.StatusCode, Detail(response.StatusCode)), context.RequestAborted);
            }
        );
    }

    private static string Detail(int status) =>
        status switch
        {
            400 => "The request could not be read. See /api/v1/openapi.json for what is expected.",
            401 => "A key that works is needed, in the header Authorization: Bearer.",
            403 => "The key, or the account it belongs to, may not do this.",
            405 => "This address does not take that method.",
            413 => "What was sent is larger than this address takes.",
            415 => "What was sent is of a kind that this address does not take.",
            429 => "More requests came than are taken. Wait a minute, then go on more slowly.",
            500 => "Something went wrong here. Nothing was half done. Try again.",
            _ => "There is nothing at this address.",
        };

    private static string Title(int status) =>
        status switch
        {
            400 => "Not understood",
            401 => "Not signed in",
            403 => "Not allowed",
            404 => "Not found",
            405 => "Method not allowed",
            409 => "Not now",
            413 => "Too large",
            415 => "Not of a kind that is taken",
            429 => "Too many requests",
            500 => "Fault",
            _ => "Refused",
        };

    private static byte[] Written(int status, string detail) =>
        JsonAnswer.Written(json =>
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", Title(status));
            json.WriteNumber("status", status);
            json.WriteString("detail", detail);
            json.WriteEndObject();
        });

    [LoggerMessage(Level = LogLevel.Error, Message = "A request of a program failed")]
    private static partial void Failed(ILogger log, Exception fault);

    private sealed record Answer(int Status, IResult Body) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Status;
            return Body.ExecuteAsync(httpContext);
        }
    }
}
