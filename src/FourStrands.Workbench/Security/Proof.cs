using FourStrands.Picture;
using Microsoft.AspNetCore.Identity;

namespace FourStrands.Workbench.Security;

/// <summary>
/// Proves who somebody is: a password together with a code of their authenticator app, or with a recovery code; or a passkey. What was wrong is not said:
/// not whether there is anybody of that name, which of the two did not fit, or whether attempts are shut for a while.
/// </summary>
internal sealed partial class Proof(
    UserManager<Account> accounts,
    IPasskeyHandler<Account> passkeys,
    PasskeyChallenges challenges,
    People people,
    KnownBrowsers browsers,
    TimeProvider clock
)
{
    /// <summary>How many wrong attempts shut the door for one name, and for how long.</summary>
    private const int MostFailures = 5;

    private static readonly TimeSpan Shut = TimeSpan.FromMinutes(15);

    /// <summary>How many recovery codes somebody has.</summary>
    public const int CodesEach = 10;

    /// <summary>How many of the last codes are kept: as many as are right within the time that one stays right.</summary>
    private const int CodesKept = 8;

    /// <summary>Two attempts for one name at once would each be counted as the first.</summary>
    private static readonly SemaphoreSlim[] Turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>What a password is compared with where there is nobody, so that it takes as long: made once, or it would take twice as long.</summary>
    private static string? nobody;

    /// <summary>Who it is; null if something did not fit.</summary>
    /// <param name="context">The request that they ask with.</param>
    /// <param name="name">What they sign in with.</param>
    /// <param name="password">Their password.</param>
    /// <param name="code">Six digits of the app, or a recovery code.</param>
    public async Task<Person?> Of(HttpContext context, string? name, string? password, string? code)
    {
        name = (name ?? "").Trim().ToLowerInvariant();
        // The password exactly as it was typed.
        password ??= "";
        code = new string([.. (code ?? "").Where(char.IsAsciiLetterOrDigit)]);
        if (name.Length is 0 or > 200 || password.Length > Passwords.Longest || code.Length > 40)
            return null;
        var turn = TurnOf(name);
        await turn.WaitAsync();
        try
        {
            var account = await accounts.FindByNameAsync(name);
            if (account is null)
            {
                nobody ??= accounts.PasswordHasher.HashPassword(null!, People.NewRecoveryCode());
                accounts.PasswordHasher.VerifyHashedPassword(null!, nobody, password);
                people.Note(name, "fail to sign in");
                return null;
            }
            string? mark = browsers.MarkOf(context, name);
            bool locked = IsShut(account, mark);
            bool known = await accounts.CheckPasswordAsync(account, password);
            bool proved = !locked && known && await Take(account, code);
            if (!proved)
            {
                if (!locked)
                    await CountFailure(account, mark);
                people.Note(name, locked ? "fail to sign in while locked" : "fail to sign in");
                return null;
            }
            // What strangers tried meanwhile is not made good by somebody who was known.
            if (mark is null)
                account.Credentials = account.Credentials with { Failures = 0, LockedUntil = null };
            if (!(await accounts.UpdateAsync(account)).Succeeded)
                return null;
            browsers.Remember(context, account.Person.SignInName);
            people.Note(name, code.Length == 6 ? "sign in" : "sign in with a recovery code");
            return account.Person;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>
    /// Is it the password of somebody who is signed in? For acts that their open browser alone should not do. Wrong ones are counted with those at
    /// signing in, so that nobody tries passwords here.
    /// </summary>
    public async Task<bool> IsPasswordOf(HttpContext context, string name, string? password)
    {
        var turn = TurnOf(name);
        await turn.WaitAsync();
        try
        {
            if (password is null or { Length: > Passwords.Longest } || await accounts.FindByNameAsync(name) is not { } account)
                return false;
            string? mark = browsers.MarkOf(context, name);
            bool locked = IsShut(account, mark);
            if (await accounts.CheckPasswordAsync(account, password) && !locked)
                return true;
            if (!locked)
                await CountFailure(account, mark);
            people.Note(name, "fail to prove their password");
            return false;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Is it a code that the app with this key shows now?</summary>
    public Task<bool> IsCode(Person person, string key, string code) =>
        accounts.VerifyTwoFactorTokenAsync(
            new Account(person, new Credentials(person.Id) { AuthenticatorKey = key }),
            TokenOptions.DefaultAuthenticatorProvider,
            new string([.. code.Where(char.IsAsciiDigit)])
        );

    /// <summary>A new key for an authenticator app.</summary>
    public string NewKey() => accounts.GenerateNewAuthenticatorKey();

    /// <summary>What to keep of a password and a key, and the recovery codes to show this once.</summary>
    public (Credentials Credentials, IReadOnlyList<string> Codes) New(Person person, string password, string key, string usedCode)
    {
        string[] codes = [.. Enumerable.Range(0, CodesEach).Select(_ => People.NewRecoveryCode())];
        return (
            new Credentials(person.Id)
            {
                PasswordHash = accounts.PasswordHasher.HashPassword(null!, password),
                AuthenticatorKey = key,
                UsedCodes = [new string([.. usedCode.Where(char.IsAsciiDigit)])],
                RecoveryCodes = RecoveryCodes.Kept(codes),
            },
            codes
        );
    }

    private bool IsShut(Account account, string? mark) => mark is null ? account.Credentials.LockedUntil > clock.GetUtcNow() : browsers.IsShut(mark);

    /// <summary>Counts a wrong attempt, and shuts the door at the last.</summary>
    private async Task CountFailure(Account account, string? mark)
    {
        if (mark is not null)
        {
            browsers.CountFailure(mark, MostFailures, Shut);
            return;
        }
        int failures = account.Kept.Failures + 1;
        account.Credentials =
            failures < MostFailures ? account.Kept with { Failures = failures } : account.Kept with { Failures = 0, LockedUntil = clock.GetUtcNow() + Shut };
        await accounts.UpdateAsync(account);
    }

    private static SemaphoreSlim TurnOf(string name) => Turns[(uint)string.GetHashCode(name, StringComparison.Ordinal) % (uint)Turns.Length];

    private async Task<bool> Take(Account account, string code)
    {
        if (code.Length == 6 && code.All(char.IsAsciiDigit))
        {
            if (account.Credentials.UsedCodes.Contains(code, StringComparer.Ordinal))
                return false;
            if (!await accounts.VerifyTwoFactorTokenAsync(account, TokenOptions.DefaultAuthenticatorProvider, code))
                return false;
            account.Credentials = account.Credentials with { UsedCodes = [.. account.Credentials.UsedCodes.TakeLast(CodesKept - 1), code] };
            return true;
        }
        return code.Length > 6 && (await accounts.RedeemTwoFactorRecoveryCodeAsync(account, code.ToLowerInvariant())).Succeeded;
    }
}
