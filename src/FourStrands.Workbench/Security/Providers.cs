using System.Net;
using System.Security.Claims;
using FourStrands.Picture;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace FourStrands.Workbench.Security;

/// <summary>
/// Agencies' own places to sign in, by ASP.NET Core's handler of OpenID Connect: a code, proof that it is redeemed by who asked for it, and a signed token that
/// names somebody. Who that is here, and what they may do, is decided here; the session is ours, and no token is kept.
/// </summary>
internal static class Providers
{
    /// <summary>Where browsers are sent when they are back: a page of ours that asks for the next, since a browser that comes from elsewhere brings no cookie.</summary>
    public const string BackPage = "/sign-in/agency";

    /// <summary>Below it lies where each agency's provider sends browsers back to.</summary>
    public const string Returns = "/sign-in/from";

    /// <summary>How long somebody has to sign in there.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private const string Next = "next";

    private const string Before = "before";

    /// <summary>The name of an agency's provider among the ways to sign in.</summary>
    public static string SchemeOf(string agency) => $"provider of {agency}";

    public static void AddProviders(this AuthenticationBuilder ways, WorkbenchOptions options)
    {
        foreach (var provider in options.Providers)
            ways.AddOpenIdConnect(SchemeOf(provider.Agency), connect => Configure(connect, provider, options));
    }

    /// <summary>The address at which the provider asks who somebody is; null if it does not answer, or wants them sent to another host.</summary>
    /// <param name="context">The request, whose answer then remembers what was asked.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="next">Where they wanted to go here; null for the first page.</param>
    public static async Task<string?> AddressToAsk(HttpContext context, IdentityProvider provider, string? next)
    {
        var asked = new AuthenticationProperties { RedirectUri = BackPage };
        asked.Items[Next] = next;
        // On the way back the browser comes from another site, and does not say who it was signed in as.
        asked.Items[Before] = context.SessionId()?.ToString();
        try
        {
            await context.ChallengeAsync(SchemeOf(provider.Agency), asked);
        }
        catch (Exception problem) when (problem is InvalidOperationException or HttpRequestException or OperationCanceledException)
        {
            return null;
        }
        string address = context.Response.Headers.Location.ToString();
        context.Response.Headers.Remove("Location");
        context.Response.StatusCode = StatusCodes.Status200OK;
        return Uri.TryCreate(address, UriKind.Absolute, out var there) && IsOf(provider, there) ? address : null;
    }

    private static void Configure(OpenIdConnectOptions connect, IdentityProvider provider, WorkbenchOptions options)
    {
        connect.Authority = provider.Authority;
        connect.RequireHttpsMetadata = new Uri(provider.Authority).Scheme == Uri.UriSchemeHttps;
        connect.ClientId = provider.ClientId;
        connect.ClientSecret = provider.ClientSecret;
        connect.CallbackPath = $"{Returns}/{provider.Agency}";
        // Neither is answered: nobody is signed out from outside.
        connect.RemoteSignOutPath = PathString.Empty;
        connect.SignedOutCallbackPath = $"{Returns}/{provider.Agency}/signed-out";
        connect.ResponseType = OpenIdConnectResponseType.Code;
        connect.ResponseMode = OpenIdConnectResponseMode.Query;
        connect.UsePkce = true;
        connect.Scope.Clear();
        connect.Scope.Add("openid");
        connect.Scope.Add(provider.NameClaim == "email" ? "email" : "profile");
        if (provider.Acr is { } acr)
            connect.AdditionalAuthorizationParameters["acr_values"] = acr;
        connect.MapInboundClaims = false;
        // All of them, for as long as it takes to read them.
        connect.ClaimActions.Clear();
        connect.GetClaimsFromUserInfoEndpoint = false;
        connect.SaveTokens = false;
        connect.DisableTelemetry = true;
        connect.RemoteAuthenticationTimeout = Patience;
        connect.ProtocolValidator.NonceLifetime = Patience;
        connect.BackchannelTimeout = TimeSpan.FromSeconds(10);
        connect.BackchannelHttpHandler = new OneHost(provider);
        connect.TokenValidationParameters = new TokenValidationParameters
        {
            IssuerValidator = (issuer, _, _) =>
                issuer == provider.Authority ? issuer : throw new SecurityTokenInvalidIssuerException("It is another's token.") { InvalidIssuer = issuer },
            ValidAudience = provider.ClientId,
            ValidAlgorithms =
            [
                SecurityAlgorithms.RsaSha256,
                SecurityAlgorithms.RsaSha384,
                SecurityAlgorithms.RsaSha512,
                SecurityAlgorithms.RsaSsaPssSha256,
                SecurityAlgorithms.EcdsaSha256,
                SecurityAlgorithms.EcdsaSha384,
            ],
            ClockSkew = TimeSpan.FromMinutes(1),
        };
        connect.CorrelationCookie = Remembers("fourstrands-asked.", options);
        connect.NonceCookie = Remembers("fourstrands-nonce.", options);
        connect.Events = new OpenIdConnectEvents
        {
            OnRedirectToIdentityProvider = async context =>
            {
                var itself = await connect.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
                if (itself.Issuer != provider.Authority)
                    throw new InvalidOperationException("The provider says that it is another.");
                // Behind a proxy the address is the one that was told at the start, and not what a request says.
                if (options.PublicAddress is { } known)
                    context.ProtocolMessage.RedirectUri = new Uri(known, connect.CallbackPath.Value).AbsoluteUri;
            },
            OnTokenValidated = context =>
            {
                // The handler lets a token pass that nobody signed, since it comes from the provider itself. We do not.
                if (context.SecurityToken is not { RawSignature.Length: > 0 })
                    // Thrown, it is known below that it was begun here; said with Fail it is not.
                    throw new SecurityTokenException("Nobody signed the token.");
                return Task.CompletedTask;
            },
            OnTicketReceived = context => Receive(context, provider, options),
            OnRemoteFailure = context =>
            {
                // What went wrong is for nobody: it holds what the provider, or whoever made the address, wrote. What was not begun here is no attempt, and else anybody
                // could fill the log of an agency.
                if (context.Properties is not null)
                    options.Gate.People.NoteThrough(provider.Agency, null, "fail to sign in through the agency");
                context.Response.Redirect($"{BackPage}?refused=true");
                context.HandleResponse();
                return Task.CompletedTask;
            },
        };
    }

    private static async Task Receive(TicketReceivedContext context, IdentityProvider provider, WorkbenchOptions options)
    {
        context.HandleResponse();
        string? name = context.Principal is { } said ? NameIn(said, provider) : null;
        if (name is null || options.Gate.People.ToSignInThrough(provider.Agency, name, SubjectIn(context.Principal!, provider)) is not { } person)
        {
            options.Gate.People.NoteThrough(provider.Agency, name, "fail to sign in through the agency");
            context.Response.Redirect($"{BackPage}?refused=true");
            return;
        }
        // Whoever was signed in with this browser before is not any more.
        if (RecordId.TryParse(context.Properties?.Items.TryGetValue(Before, out string? session) == true ? session : null, null, out var before))
            options.Gate.People.End(before);
        await SignedIn.In(context.HttpContext, options.Gate.People, person.SignInName);
        options.Gate.People.NoteThrough(provider.Agency, person.SignInName, "sign in through the agency");
        string? next = context.Properties?.Items.TryGetValue(Next, out string? wanted) == true ? wanted : null;
        context.Response.Redirect(next is null ? BackPage : $"{BackPage}?next={Uri.EscapeDataString(next)}");
    }

    /// <summary>What somebody signs in as here; null if the provider does not say, says several, or says what is no name of its agency.</summary>
    private static string? NameIn(ClaimsPrincipal said, IdentityProvider provider)
    {
        if (provider.Acr is { } acr && said.FindFirst("acr")?.Value != acr)
            return null;
        string[] names = [.. said.FindAll(provider.NameClaim).Select(c => c.Value)];
        if (names is not [{ Length: < 200 } name] || !name.EndsWith(provider.NameEnding, StringComparison.OrdinalIgnoreCase))
            return null;
        name = name[..^provider.NameEnding.Length];
        // Before it is written small: there are signs that become a letter of ours only then, and blanks that are cut off elsewhere.
        return name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') ? $"{name.ToLowerInvariant()}@{provider.Agency}" : null;
    }

    /// <summary>What the provider calls somebody for good: names may be given to others, this may not.</summary>
    private static string SubjectIn(ClaimsPrincipal said, IdentityProvider provider) => $"{provider.Authority} {said.FindFirst("sub")!.Value}";

    /// <summary>
    /// A cookie that comes back with a browser from another site, and so cannot be as strict as ours: of use for one way there and back, and for nothing besides.
    /// </summary>
    private static CookieBuilder Remembers(string name, WorkbenchOptions options)
    {
        var cookie = new CookieBuilder { Expiration = Patience };
        cookie.Keep(name, options);
        cookie.SameSite = SameSiteMode.Lax;
        return cookie;
    }

    private static bool IsOf(IdentityProvider provider, Uri address) =>
        Uri.Compare(address, new Uri(provider.Authority), UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>Asks the provider's own host and no other, whatever its documents name, and follows nothing.</summary>
    private sealed class OneHost(IdentityProvider provider)
        : DelegatingHandler(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                AutomaticDecompression = DecompressionMethods.None,
            }
        )
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri is { } address && IsOf(provider, address)
                ? base.SendAsync(request, cancellationToken)
                : throw new HttpRequestException("The provider names another host than its own.");
    }
}
