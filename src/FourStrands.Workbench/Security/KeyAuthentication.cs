using System.Security.Claims;
using System.Text.Encodings.Web;
using FourStrands.Picture;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace FourStrands.Workbench.Security;

/// <summary>
/// Who asks the interface for programs: a service account, by a key in the header <c>Authorization: Bearer</c> and nowhere else. A cookie is not looked at there,
/// so that no page elsewhere can make a browser ask; and no page looks at a key. The key and the rights of its account are looked up anew with every request.
/// </summary>
internal sealed class KeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, People people)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>What the scheme is called.</summary>
    public const string Name = "key";

    private const string Before = "Bearer ";

    /// <summary>Is the request one to the interface for programs?</summary>
    public static bool IsAsked(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (
            Request.Headers.Authorization is not { Count: 1 } given
            || given[0] is not { } text
            || !text.StartsWith(Before, StringComparison.OrdinalIgnoreCase)
            || people.UseKey(text[Before.Length..]) is not { } use
        )
            return Task.FromResult(AuthenticateResult.NoResult());
        Context.Items[typeof(Viewer)] = use.Viewer;
        Context.Items[typeof(ApiKey)] = use.Key;
        var who = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, use.Viewer.Name)], Name));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(who, Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return base.HandleChallengeAsync(properties);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Context.Refuse();
        return base.HandleForbiddenAsync(properties);
    }
}

/// <summary>What a key must have been made for, and which one is used.</summary>
internal static class KeyUses
{
    /// <summary>The key that a request came with; null for one that came with none.</summary>
    public static ApiKey? Key(this HttpContext context) => context.Items[typeof(ApiKey)] as ApiKey;

    /// <summary>Answers those alone whose key was made for that.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, KeyScope scope)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy =>
            policy.RequireAssertion(asked => asked.Resource is HttpContext context && context.Key()?.Scopes.Contains(scope) == true)
        );
}
