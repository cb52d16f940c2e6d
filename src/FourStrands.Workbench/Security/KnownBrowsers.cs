using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace FourStrands.Workbench.Security;

/// <summary>
/// Browsers in which somebody proved who they are before. Wrong attempts from one are counted apart from those of strangers, so that nobody who merely knows a
/// name can shut its owner out. Being known proves nothing: password and code are asked for all the same.
/// </summary>
internal sealed class KnownBrowsers(IDataProtectionProvider protection, WorkbenchOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(90);

    private readonly IDataProtector protector = protection.CreateProtector("known browser");
    private readonly Lock counting = new();

    /// <summary>
    /// Wrong attempts, by mark; and those with somebody's passkeys, whatever the browser. Only marks that were given out and people who are there are counted, so
    /// there are no more of them than browsers and people.
    /// </summary>
    private readonly Dictionary<string, (int Failures, DateTimeOffset ShutUntil)> wrong = new(StringComparer.Ordinal);

    private readonly CookieBuilder cookie = Cookie(options);

    /// <summary>The mark of a browser that signed in by that name before; null of a stranger.</summary>
    public string? MarkOf(HttpContext context, string signInName)
    {
        if (!context.Request.Cookies.TryGetValue(cookie.Name!, out string? value) || value.Length > 1000)
            return null;
        try
        {
            return
                protector.Unprotect(value).Split('\n') is [var name, var until, var mark]
                && name == signInName
                && long.Parse(until, CultureInfo.InvariantCulture) > clock.GetUtcNow().UtcTicks
                ? mark
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Marks a browser in which somebody just proved who they are.</summary>
    public void Remember(HttpContext context, string signInName)
    {
        string mark = MarkOf(context, signInName) ?? RandomNumberGenerator.GetHexString(32);
        var until = clock.GetUtcNow() + Lasts;
        string kept = protector.Protect($"{signInName}\n{until.UtcTicks.ToString(CultureInfo.InvariantCulture)}\n{mark}");
        context.Response.Cookies.Append(cookie.Name!, kept, cookie.Build(context, clock.GetUtcNow()));
        ForgetFailures(mark);
    }

    /// <summary>Were there too many wrong attempts from that browser of late?</summary>
    public bool IsShut(string mark)
    {
        lock (counting)
            return wrong.TryGetValue(mark, out var counted) && counted.ShutUntil > clock.GetUtcNow();
    }

    /// <summary>Counts a wrong attempt, and shuts its own door at the last.</summary>
    public void CountFailure(string mark, int most, TimeSpan shut)
    {
        lock (counting)
        {
            int failures = wrong.GetValueOrDefault(mark).Failures + 1;
            wrong[mark] = failures < most ? (failures, default) : (0, clock.GetUtcNow() + shut);
        }
    }

    /// <summary>Counts from none again: somebody proved there who they are.</summary>
    public void ForgetFailures(string mark)
    {
        lock (counting)
            wrong.Remove(mark);
    }

    private static CookieBuilder Cookie(WorkbenchOptions options)
    {
        var made = new CookieBuilder { Expiration = Lasts };
        made.Keep("fourstrands-known", options);
        return made;
    }
}
