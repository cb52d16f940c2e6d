using System.Security.Cryptography;
using System.Text;

namespace FourStrands.Picture;

/// <summary>
/// What somebody proves with that it is they. Kept encrypted. Nothing here can be shown to anybody; it is read to sign somebody in.
/// </summary>
/// <param name="Person">Whose they are.</param>
public sealed record Credentials(RecordId Person)
{
    /// <summary>What is kept of the password, or null if there is none.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>The secret shared with the authenticator app, base 32; null if there is none.</summary>
    public string? AuthenticatorKey { get; init; }

    /// <summary>The last codes that were accepted: one code signs in once.</summary>
    public IReadOnlyList<string> UsedCodes { get; init; } = [];

    /// <summary>What is kept of recovery codes that were not used yet (SHA-256, base 64).</summary>
    public IReadOnlyList<string> RecoveryCodes { get; init; } = [];

    /// <summary>What is kept of a recovery code: it is long and random, so that a plain hash tells nothing of it.</summary>
    public static string HashOf(string recoveryCode) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(recoveryCode)));

    /// <summary>The passkeys that sign them in, each by itself; oldest first.</summary>
    public IReadOnlyList<Passkey> Passkeys { get; init; } = [];

    /// <summary>What their agency's provider calls them, with its own name; null until they first signed in through it.</summary>
    public string? ProviderSubject { get; init; }

    /// <summary>Failed attempts since the last that succeeded.</summary>
    public int Failures { get; init; }

    /// <summary>Until when nobody signs in by that name, after too many failures.</summary>
    public DateTimeOffset? LockedUntil { get; init; }
}

/// <summary>What a one-time link is for.</summary>
public enum LinkKind
{
    /// <summary>To set the store up: the first agency and its first administrator.</summary>
    SetUp,

    /// <summary>To come in the first time, or again with all ways to sign in set anew.</summary>
    WayIn,
}

/// <summary>A link that works once, and only for a while. Of its secret only a hash is kept.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Person">Who is to come in by it; null for setting up.</param>
/// <param name="Until">When it stops working.</param>
public sealed record OneTimeLink(LinkKind Kind, RecordId? Person, DateTimeOffset Until);

/// <summary>A browser in which somebody is signed in.</summary>
/// <param name="Id">Its identifier; no secret.</param>
/// <param name="Person">Who: a name to sign in with.</param>
/// <param name="At">Since when.</param>
/// <param name="Seen">When it was last used, to within some minutes.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="Device">What the browser says of itself, shortened.</param>
public sealed record Session(RecordId Id, string Person, DateTimeOffset At, DateTimeOffset Seen, DateTimeOffset Until, string Device);
