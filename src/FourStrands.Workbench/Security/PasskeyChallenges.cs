using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace FourStrands.Workbench.Security;

/// <summary>
/// What a device is asked to sign. It is of use once, for five minutes, and in the browser in which it was asked for: that keeps it, encrypted, and the program
/// keeps only which were used.
/// </summary>
internal sealed class PasskeyChallenges(IDataProtectionProvider protection, WorkbenchOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    // None is good beyond the end of the program, which alone knows those that were used.
    private readonly IDataProtector protector = protection.CreateProtector("passkey challenge", RandomNumberGenerator.GetHexString(32));
    private readonly CookieBuilder cookie = Cookie(options);
    private readonly Lock taking = new();

    /// <summary>Those that were used, until they would not be good anyway. Proofs from one address are limited, and so is what is kept here.</summary>
    private readonly Dictionary<string, DateTimeOffset> used = new(StringComparer.Ordinal);

    /// <summary>Gives the browser what it is asked, in place of what it was asked before.</summary>
    /// <param name="context">The request that is answered.</param>
    /// <param name="purpose">What the answer is for: that of another purpose is refused.</param>
    /// <param name="state">What the answer is checked against.</param>
    public void Put(HttpContext context, string purpose, string state)
    {
        var until = clock.GetUtcNow() + Lasts;
        string kept = protector.Protect($"{purpose}\n{until.UtcTicks.ToString(CultureInfo.InvariantCulture)}\n{state}");
        context.Response.Cookies.Append(cookie.Name!, kept, cookie.Build(context, clock.GetUtcNow()));
    }

    /// <summary>What this browser was asked, which is used with that; null if it was asked nothing, or for another purpose, too long ago, or answered before.</summary>
    public string? Take(HttpContext context, string purpose)
    {
        if (!context.Request.Cookies.TryGetValue(cookie.Name!, out string? value) || value.Length > 4000)
            return null;
        context.Response.Cookies.Delete(cookie.Name!, cookie.Build(context, clock.GetUtcNow()));
        string[] parts;
        try
        {
            parts = protector.Unprotect(value).Split('\n', 3);
        }
        catch (CryptographicException)
        {
            return null;
        }
        var now = clock.GetUtcNow();
        var until = new DateTimeOffset(long.Parse(parts[1], CultureInfo.InvariantCulture), TimeSpan.Zero);
        if (parts[0] != purpose || until <= now)
            return null;
        lock (taking)
        {
            foreach (string old in used.Where(u => u.Value <= now).Select(u => u.Key).ToList())
                used.Remove(old);
            return used.TryAdd(parts[2], until) ? parts[2] : null;
        }
    }

    private static CookieBuilder Cookie(WorkbenchOptions options)
    {
        var made = new CookieBuilder { Expiration = Lasts };
        made.Keep("fourstrands-passkey", options);
        return made;
    }
}
