using System.Security.Claims;
using FourStrands.Picture;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace FourStrands.Workbench.Security;

/// <summary>Who is signed in: a cookie that names a viewer; their rights are looked up anew with every request.</summary>
internal static class SignedIn
{
    public static void AddSignIn(this IServiceCollection services, WorkbenchOptions options)
    {
        // Always a default scheme: without one, a challenge calls itself until the stack ends.
        services
            .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookie =>
            {
                cookie.Cookie.Name = "fourstrands";
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Strict;
                cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                cookie.Cookie.IsEssential = true;
                cookie.ExpireTimeSpan = TimeSpan.FromHours(10);
                cookie.SlidingExpiration = false;
                cookie.LoginPath = "/sign-in";
                cookie.AccessDeniedPath = "/sign-in";
                cookie.ReturnUrlParameter = "next";
                cookie.TimeProvider = options.Clock;
                cookie.Events.OnValidatePrincipal = context =>
                {
                    if (!options.OffersBuiltInViewers || Find(context.Principal) is null)
                        context.RejectPrincipal();
                    return Task.CompletedTask;
                };
            });
    }

    /// <summary>The viewer who is signed in, or null.</summary>
    public static Viewer? Find(ClaimsPrincipal? user) => ByName(user?.Identity?.Name);

    /// <summary>The viewer of that name, or null.</summary>
    public static Viewer? ByName(string? name) => Viewer.BuiltIn.FirstOrDefault(v => v.Name == name);

    public static Task In(HttpContext context, Viewer viewer) =>
        context.SignInAsync(
            new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, viewer.Name)], CookieAuthenticationDefaults.AuthenticationScheme))
        );
}
