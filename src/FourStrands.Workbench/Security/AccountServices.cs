using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FourStrands.Workbench.Security;

/// <summary>What checks who somebody is, and how often they may try.</summary>
internal static class AccountServices
{
    /// <summary>How many proofs are taken from one address in a minute, whoever they are of.</summary>
    private const int MostAttempts = 30;

    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512 for a password (OWASP's figure).</summary>
    public const int HashRounds = 210_000;

    /// <summary>
    /// How many requests one browser, or one key, makes at once, and each second after that: more than people do, and too few to take the picture away page by page
    /// unnoticed.
    /// </summary>
    private const int MostAtOnce = 600,
        MostEachSecond = 10;

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
                    TakesProof(context)
                        ? RateLimitPartition.GetFixedWindowLimiter(
                            context.Connection.RemoteIpAddress?.ToString() ?? "",
                            static _ => new FixedWindowRateLimiterOptions { PermitLimit = MostAttempts, Window = TimeSpan.FromMinutes(1) }
                        )
                        : RateLimitPartition.GetNoLimiter("")
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
                    : RateLimitPartition.GetFixedWindowLimiter(
                        context.Connection.RemoteIpAddress?.ToString() ?? "",
                        static _ => new FixedWindowRateLimiterOptions { PermitLimit = MostAttempts, Window = TimeSpan.FromMinutes(1) }
                    )
                )
            );
        });
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
    private static bool TakesProof(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>()?.ViewEnginePath
            is "/SignIn"
                or "/SignInAgency"
                or "/Access/ComeIn"
                or "/Access/SetUp"
                or "/Access/Own"
        && HttpMethods.IsPost(context.Request.Method)
        // Choosing who to be proves nothing, nor does asking what a passkey is to sign.
        && context.Request.Query["handler"].ToString() is not ("As" or "Challenge");
}
