using System.Buffers.Text;
using FourStrands.Picture;
using Microsoft.AspNetCore.Identity;

namespace FourStrands.Workbench.Security;

/// <summary>Somebody who signs in, and what they prove it with, as it is being checked or changed.</summary>
internal sealed class Account(Person person, Credentials kept)
{
    public Person Person { get; } = person;

    /// <summary>As it is in the store.</summary>
    public Credentials Kept { get; set; } = kept;

    /// <summary>As it will be, once it is put there.</summary>
    public Credentials Credentials { get; set; } = kept;
}

/// <summary>What ASP.NET Core Identity asks of a store, answered by the gate. It neither makes nor deletes accounts: people are let in by administrators.</summary>
internal sealed class AccountStore(People people)
    : IUserPasswordStore<Account>,
        IUserLockoutStore<Account>,
        IUserTwoFactorStore<Account>,
        IUserAuthenticatorKeyStore<Account>,
        IUserTwoFactorRecoveryCodeStore<Account>,
        IUserPasskeyStore<Account>
{
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Person.Id.ToString());

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Person.SignInName);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Person.SignInName.ToUpperInvariant());

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Found(people.ToSignIn(normalizedUserName));

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Found(RecordId.TryParse(userId, null, out var id) ? people.ToSignIn(id) : null);

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        if (!people.Keep(user.Credentials, user.Kept))
            return Task.FromResult(IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure()));
        user.Kept = user.Credentials;
        return Task.FromResult(IdentityResult.Success);
    }

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Credentials.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Credentials.PasswordHash is not null);

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken) =>
        Change(user, user.Credentials with { PasswordHash = passwordHash });

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Credentials.LockedUntil);

    public Task SetLockoutEndDateAsync(Account user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) =>
        Change(user, user.Credentials with { LockedUntil = lockoutEnd });

    public Task<int> GetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Credentials.Failures);

    public Task<int> IncrementAccessFailedCountAsync(Account user, CancellationToken cancellationToken)
    {
        user.Credentials = user.Credentials with { Failures = user.Credentials.Failures + 1 };
        return Task.FromResult(user.Credentials.Failures);
    }

    public Task ResetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Change(user, user.Credentials with { Failures = 0 });

    public Task<bool> GetLockoutEnabledAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> GetTwoFactorEnabledAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetTwoFactorEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Credentials.AuthenticatorKey);

    public Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken) =>
        Change(user, user.Credentials with { AuthenticatorKey = key });

    public Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        Change(user, user.Credentials with { RecoveryCodes = RecoveryCodes.Kept(recoveryCodes) });

    public Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        if (RecoveryCodes.Find(user.Credentials.RecoveryCodes, code) is not { } found)
            return Task.FromResult(false);
        user.Credentials = user.Credentials with { RecoveryCodes = [.. user.Credentials.RecoveryCodes.Where(c => c != found)] };
        return Task.FromResult(true);
    }

    public Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Credentials.RecoveryCodes.Count);

    public Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Found(people.OwnerOf(Base64Url.EncodeToString(credentialId)));

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.Credentials.Passkeys.Select(AsIdentityHasIt)]);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(
            user.Credentials.Passkeys.FirstOrDefault(p => p.Id == Base64Url.EncodeToString(credentialId)) is { } found ? AsIdentityHasIt(found) : null
        );

    // Adding and removing are the gate's, which ends sessions with it.
    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) => throw new NotSupportedException();

    // Names are the gate's to give.
    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose() { }

    private static Task<Account?> Found((Person Person, Credentials Credentials)? found) =>
        Task.FromResult(found is var (person, credentials) ? new Account(person, credentials) : null);

    /// <summary>What the device said when it was made is not kept: nothing is asked of it afterwards.</summary>
    private static UserPasskeyInfo AsIdentityHasIt(Passkey passkey) =>
        new(
            Base64Url.DecodeFromChars(passkey.Id),
            [.. passkey.PublicKey],
            passkey.At,
            passkey.Uses,
            [.. passkey.Transports],
            isUserVerified: true,
            passkey.MayBeShared,
            passkey.IsShared,
            attestationObject: [],
            clientDataJson: []
        );

    private static Task Change(Account user, Credentials changed)
    {
        user.Credentials = changed;
        return Task.CompletedTask;
    }
}
