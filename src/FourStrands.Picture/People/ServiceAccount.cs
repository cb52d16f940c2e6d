using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace FourStrands.Picture;

/// <summary>What makes an account a machine's: it has keys, and no way to sign in.</summary>
/// <param name="Purpose">What the machine does with it, in a sentence: "Checks bidders of the contract system each night".</param>
/// <param name="Responsible">The person of the agency who answers for it, and who is asked when it does something odd.</param>
public sealed record ServiceAccount(string Purpose, RecordId Responsible);

/// <summary>What a key may be used for. It never lets a machine do more than the roles of its account.</summary>
public enum KeyScope
{
    /// <summary>Search, and read of subjects what the account may see.</summary>
    SearchAndRead,

    /// <summary>Check lists of bidders.</summary>
    CheckBidders,

    /// <summary>Bring files in.</summary>
    BringIn,
}

/// <summary>What each scope is called, and which powers it leaves of those that the roles give.</summary>
public static class KeyScopes
{
    /// <summary>In plain words: "search and read".</summary>
    public static string Name(this KeyScope scope) =>
        scope switch
        {
            KeyScope.SearchAndRead => "search and read",
            KeyScope.CheckBidders => "check bidders",
            _ => "bring in files",
        };

    /// <summary>The powers that may be used with it. Bidders become records of their own, so who checks them brings them in.</summary>
    internal static IReadOnlyList<Power> Powers(this KeyScope scope) =>
        scope switch
        {
            KeyScope.SearchAndRead => [],
            KeyScope.CheckBidders => [Power.Check, Power.BringIn],
            _ => [Power.BringIn],
        };
}

/// <summary>A key with which a machine asks. Of its secret only a hash is kept.</summary>
/// <param name="Id">Its identifier; no secret.</param>
/// <param name="Account">The service account whose rights it asks with.</param>
/// <param name="Scopes">What it may be used for, in the order of <see cref="KeyScope"/>.</param>
/// <param name="From">When it was made.</param>
/// <param name="Until">When it stops working by itself.</param>
/// <param name="By">Who made it, or asked for it: a name to sign in with.</param>
/// <param name="ApprovedBy">The second administrator who agreed; null where none was needed.</param>
/// <param name="Reason">Why it was made.</param>
public sealed record ApiKey(
    RecordId Id,
    RecordId Account,
    IReadOnlyList<KeyScope> Scopes,
    DateTimeOffset From,
    DateTimeOffset Until,
    string By,
    string? ApprovedBy,
    string Reason
)
{
    // Letters and digits of which none looks like another.
    private const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";
    private const string Prefix = "fs_";
    private static readonly SearchValues<char> AnyLetter = SearchValues.Create(Letters);

    // 32 letters are five bits each: 260 random ones.
    private const int Random = 52;
    private const int Checksum = 6;

    /// <summary>When somebody ended it before its time; null if nobody did.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The last day on which it was used (UTC); null if it never was.</summary>
    public DateOnly? LastUsed { get; init; }

    /// <summary>Can it be used at that time? The moment of <see cref="Until"/> is the first at which it cannot.</summary>
    public bool Works(DateTimeOffset at) => Ended is null && at < Until;

    /// <summary>
    /// A new secret: <c>fs_</c>, 52 random letters and digits, and six that follow from them, so that whoever searches for leaked keys knows one by sight.
    /// </summary>
    internal static string NewSecret()
    {
        string random = RandomNumberGenerator.GetString(Letters, Random);
        return Prefix + random + ChecksumOf(random);
    }

    /// <summary>Is it written like a key? That says nothing of whether there is such a one.</summary>
    internal static bool IsWrittenLikeOne(string? text) =>
        text is { Length: 3 + Random + Checksum }
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(AnyLetter) < 0
        && text[^Checksum..] == ChecksumOf(text[Prefix.Length..^Checksum]);

    /// <summary>The first 30 bits of the SHA-256 of the random part.</summary>
    private static string ChecksumOf(string random)
    {
        byte[] hash = SHA256.HashData(Encoding.ASCII.GetBytes(random));
        uint bits = ((uint)hash[0] << 24) | ((uint)hash[1] << 16) | ((uint)hash[2] << 8) | hash[3];
        return string.Create(
            Checksum,
            bits,
            static (text, value) =>
            {
                for (int i = 0; i < Checksum; i++)
                    text[i] = Letters[(int)(value >> (27 - (5 * i))) & 31];
            }
        );
    }
}

/// <summary>Who asks with a key, and with which.</summary>
/// <param name="Viewer">The service account with the rights of now, as far as the key may use them.</param>
/// <param name="Key">The key.</param>
public sealed record KeyUse(Viewer Viewer, ApiKey Key);

/// <summary>A service account, and the keys it has or had within a year.</summary>
/// <param name="Account">The account.</param>
/// <param name="Keys">Its keys: those that work first, and of them those that end first.</param>
public sealed record Machine(Person Account, IReadOnlyList<ApiKey> Keys);

/// <summary>A key that waits for a second administrator.</summary>
/// <param name="Scopes">What it is to be used for.</param>
/// <param name="Until">When it is to stop working.</param>
public sealed record NewKey(IReadOnlyList<KeyScope> Scopes, DateTimeOffset Until);
