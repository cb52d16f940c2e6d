using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace FourStrands.Workbench.Security;

/// <summary>What checks who somebody is, and how often they may try.</summary>
internal static class AccountServices
{
    /// <summary>How many proofs are taken from one address in a minute, whoever they are of.</summary>
    private const int MostAttempts = 30;

    /// <summary>How much of an address of IPv6 is its network's, which is the least that anybody is given (RFC 6177): 64 bits.</summary>
    private const int NetworkBytes = 8;

    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512 for a password (OWASP's figure).</summary>
    public const int HashRounds = 210_000;

    /// <summary>
    /// How many requests one browser, or one key, makes at once, and each second after that: more than people do, and too few to take the picture away page by page
    /// unnoticed.
    /// </summary>
    private const int MostAtOnce = 600,
        MostEachSecond = 10;

    /// <summary>How many requests of one key, of those that take or wait for work, are answered at the same time.</summary>
    private const int MostWaiting = 4;

    public static void AddAccounts(this IServiceCollection services, WorkbenchOptions options)
    {
        services.AddSingleton(options.Gate.People);
        services
            .AddIdentityCore<Account>(identity =>
            {
                // Names and passwords are the gate's to judge.
                identity.User.AllowedUserNameCharacters = "";
            })
            .AddUserStore<AccountStore>()
            .AddTokenProvider<HalfMinuteCodes>(TokenOptions.DefaultAuthenticatorProvider);
        services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = HashRounds);
        services.AddSingleton<KnownBrowsers>();
        services.AddPasskeys(options);
        services.AddScoped<Proof>();
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(static context =>
                    TakesProof(context) ? ByAddress(context) : RateLimitPartition.GetNoLimiter("")
                ),
                // Each browser's own, so that what one asks changes nothing for another.
                PartitionedRateLimiter.Create<HttpContext, string>(static context =>
                    context.SessionId() is { } session && !IsBesides(context)
                        ? RateLimitPartition.GetTokenBucketLimiter(session.ToString(), static _ => OfOne())
                        : RateLimitPartition.GetNoLimiter("")
                ),
                // Programs: each key's own, and of those without one that works as many as of wrong passwords.
                PartitionedRateLimiter.Create<HttpContext, string>(static context =>
                    !KeyAuthentication.IsAsked(context) ? RateLimitPartition.GetNoLimiter("")
                    : context.Key() is { } key ? RateLimitPartition.GetTokenBucketLimiter(key.Id.ToString(), static _ => OfOne())
                    : ByAddress(context)
                ),
                // What takes or waits for work: a few at once of each key, and those without one do not come so far.
                PartitionedRateLimiter.Create<HttpContext, string>(static context =>
                    context.Key() is { } key && context.GetEndpoint()?.Metadata.GetMetadata<WaitsForWork>() is not null
                        ? RateLimitPartition.GetConcurrencyLimiter(key.Id.ToString(), static _ => new ConcurrencyLimiterOptions { PermitLimit = MostWaiting })
                        : RateLimitPartition.GetNoLimiter("")
                )
            );
        });
    }

    /// <summary>
    /// Counts those who come back from a provider, whatever they bring. That is looked at where it is found out who asks, and so before anything else is counted.
    /// </summary>
    public static void UseLimitOfReturns(this IApplicationBuilder app) =>
        app.UseRateLimiter(
            new RateLimiterOptions
            {
                RejectionStatusCode = StatusCodes.Status429TooManyRequests,
                GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(static context =>
                    context.Request.Path.StartsWithSegments(Providers.Returns, StringComparison.OrdinalIgnoreCase)
                        ? ByAddress(context)
                        : RateLimitPartition.GetNoLimiter("")
                ),
            }
        );

    /// <summary>So many in a minute as of proofs, from where somebody asks. Who has one address of IPv6 has all of its network, and is counted as one.</summary>
    private static RateLimitPartition<string> ByAddress(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        string place = address is { AddressFamily: AddressFamily.InterNetworkV6 }
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : address?.ToString() ?? "";
        return RateLimitPartition.GetFixedWindowLimiter(
            place,
            static _ => new FixedWindowRateLimiterOptions { PermitLimit = MostAttempts, Window = TimeSpan.FromMinutes(1) }
        );
    }

    private static TokenBucketRateLimiterOptions OfOne() =>
        new()
        {
            TokenLimit = MostAtOnce,
            TokensPerPeriod = MostEachSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        };

    /// <summary>The page that says what went wrong, and what every page is drawn with.</summary>
    private static bool IsBesides(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.GetEndpoint()?.Metadata.GetMetadata<MayBeCached>() is not null;

    /// <summary>Does it carry a password, what a passkey signed, or the secret of a link; or does it make the program ask a provider?</summary>
    private static bool TakesProof(HttpContext context)
    {
        string? page = context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>()?.ViewEnginePath;
        return page is "/SignIn" or "/SignInAgency" or "/Access/ComeIn" or "/Access/SetUp" or "/Access/Own" or "/Emergency/Own"
            && HttpMethods.IsPost(context.Request.Method)
            // Choosing who to be proves nothing, nor does asking what a passkey is to sign. Elsewhere those words are nobody's, and whoever writes them proves something.
            && !(page == "/SignIn" && context.Request.Query["handler"].ToString() is ("As" or "Challenge"))
            // Nothing holds anybody back who ends emergency access.
            && !(page == "/Emergency/Own" && context.Request.Query["handler"].ToString() == "End");
    }
}

/// <summary>Marks an address for programs at which work is begun, or waited for.</summary>
internal sealed class WaitsForWork;
