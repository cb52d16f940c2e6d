using System.Security.Claims;
using FourStrands.Picture;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace FourStrands.Workbench.Security;

/// <summary>
/// Who is signed in: an encrypted cookie that names a session of the store. The session, and the rights of the person, are looked up
/// anew with every request: what is ended or taken back ends at once.
/// </summary>
internal static class SignedIn
{
    private const string Session = "session";

    public static void AddSignIn(this IServiceCollection services, WorkbenchOptions options)
    {
        // Always a default scheme: without one, a challenge calls itself until the stack ends.
        services
            .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.Name, null)
            .AddCookie(cookie =>
            {
                // Programs come with a key, and with nothing else; pages with a cookie, and with nothing else.
                cookie.ForwardDefaultSelector = static context => KeyAuthentication.IsAsked(context) ? KeyAuthentication.Name : null;
                cookie.Cookie.Keep("fourstrands", options);
                cookie.ExpireTimeSpan = People.SessionLasts;
                cookie.SlidingExpiration = false;
                cookie.LoginPath = "/sign-in";
                cookie.AccessDeniedPath = "/sign-in";
                cookie.ReturnUrlParameter = "next";
                cookie.TimeProvider = options.Clock;
                cookie.Events.OnValidatePrincipal = context =>
                {
                    if (SessionOf(context.Principal) is { } session && options.Gate.People.Use(session) is { } viewer)
                        context.HttpContext.Items[typeof(Viewer)] = viewer;
                    else
                        context.RejectPrincipal();
                    return Task.CompletedTask;
                };
            })
            .AddProviders(options);
    }

    /// <summary>Who is signed in, with the rights of now; null if nobody is.</summary>
    public static Viewer? Viewer(this HttpContext context) => context.Items[typeof(Viewer)] as Viewer;

    /// <summary>The session that a request is part of; null if nobody is signed in.</summary>
    public static RecordId? SessionId(this HttpContext context) => SessionOf(context.User);

    /// <summary>Signs somebody in who proved who they are.</summary>
    public static Task In(HttpContext context, People people, string signInName)
    {
        // Whoever was signed in with this browser before is not any more.
        if (SessionOf(context.User) is { } before)
            people.End(before);
        var session = people.Begin(signInName, context.Request.Headers.UserAgent.ToString());
        return context.SignInAsync(
            new ClaimsPrincipal(
                new ClaimsIdentity(
                    [new Claim(ClaimTypes.Name, signInName), new Claim(Session, session.ToString())],
                    CookieAuthenticationDefaults.AuthenticationScheme
                )
            )
        );
    }

    /// <summary>Signs out whoever is signed in.</summary>
    public static Task Out(HttpContext context, People people)
    {
        if (SessionOf(context.User) is { } session)
            people.End(session);
        // What the browser kept of the pages goes too.
        context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return context.SignOutAsync();
    }

    private static RecordId? SessionOf(ClaimsPrincipal? user) => RecordId.TryParse(user?.FindFirst(Session)?.Value, null, out var session) ? session : null;
}
