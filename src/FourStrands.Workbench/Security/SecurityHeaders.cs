namespace FourStrands.Workbench.Security;

/// <summary>What every answer tells the browser it may do: nothing but show our own pages, styles and script.</summary>
internal static class SecurityHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        + "object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>For a year, no browser asks without encryption: not this host, and none under it.</summary>
    private const string OverHttpsAlone = "max-age=31536000; includeSubDomains";

    public static void UseSecurityHeaders(this IApplicationBuilder app, WorkbenchOptions options) =>
        app.Use(
            (context, next) =>
            {
                // At the last moment, because the error handler clears what was set before.
                context.Response.OnStarting(
                    state =>
                    {
                        var headers = ((HttpResponse)state).Headers;
                        if (options.PublicAddress is not null)
                            headers.StrictTransportSecurity = OverHttpsAlone;
                        headers.ContentSecurityPolicy = ContentSecurityPolicy;
                        headers.XContentTypeOptions = "nosniff";
                        headers.XFrameOptions = "DENY";
                        headers["Referrer-Policy"] = "same-origin";
                        headers["Cross-Origin-Opener-Policy"] = "same-origin";
                        headers["Cross-Origin-Resource-Policy"] = "same-origin";
                        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
                        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()";
                        headers["X-Robots-Tag"] = "noindex, nofollow";
                        if (((HttpResponse)state).HttpContext.GetEndpoint()?.Metadata.GetMetadata<MayBeCached>() is null)
                        {
                            headers.CacheControl = "no-store";
                            headers.Pragma = default;
                            headers.Expires = default;
                        }

                        return Task.CompletedTask;
                    },
                    context.Response
                );
                return next(context);
            }
        );
}

/// <summary>Marks an endpoint whose answers hold nothing of the picture and set their own cache rules.</summary>
internal sealed class MayBeCached;
