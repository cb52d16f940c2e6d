using Microsoft.AspNetCore.HttpOverrides;

namespace FourStrands.Workbench.Security;

/// <summary>What changes where people reach the workbench over https, through a proxy on the same machine.</summary>
internal static class PublicAddress
{
    /// <summary>
    /// Takes the scheme from how the workbench was started, never from a request, and the address of who asks from the last proxy alone: what
    /// the asker wrote there themselves is left of it, and not looked at.
    /// </summary>
    public static void UsePublicAddress(this IApplicationBuilder app, WorkbenchOptions options)
    {
        if (options.PublicAddress is null)
            return;
        // Believed from this machine alone, and one step back.
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = 1 });
        app.Use(
            static (context, next) =>
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
                return next(context);
            }
        );
    }

    /// <summary>
    /// Makes a cookie one that no script reads and no other site sends. Over https it bears the prefix by which browsers hold it to this host and to
    /// encryption.
    /// </summary>
    public static void Keep(this CookieBuilder cookie, string name, WorkbenchOptions options)
    {
        bool encrypted = options.PublicAddress is not null;
        cookie.Name = encrypted ? $"__Host-{name}" : name;
        cookie.SecurePolicy = encrypted ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Strict;
        cookie.Path = "/";
        cookie.IsEssential = true;
    }
}
