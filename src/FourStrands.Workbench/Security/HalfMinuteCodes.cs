using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace FourStrands.Workbench.Security;

/// <summary>
/// The six digits of an authenticator app (RFC 6238). A code is right for its half minute and, because clocks differ and people type slowly, for
/// the one before and after it: the platform's own check takes two on each side.
/// </summary>
internal sealed class HalfMinuteCodes(TimeProvider clock) : IUserTwoFactorTokenProvider<Account>
{
    private const int Seconds = 30;

    /// <summary>For so many half minutes on each side.</summary>
    private const int Grace = 1;

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Account> manager, Account user) => Task.FromResult(false);

    public Task<string> GenerateAsync(string purpose, UserManager<Account> manager, Account user) =>
        throw new NotSupportedException("Codes are made by people's own apps.");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 } key && IsRight(key, token, clock.GetUtcNow());

    /// <summary>Is it a code of that key, so near to that time?</summary>
    public static bool IsRight(string key, string code, DateTimeOffset at)
    {
        byte[] secret = FromBase32(key),
            typed = Encoding.ASCII.GetBytes(code);
        long step = at.ToUnixTimeSeconds() / Seconds;
        bool right = false;
        // All of them, whichever fits: how long it takes says nothing.
        for (long near = step - Grace; near <= step + Grace; near++)
            right |= CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(secret, near)), typed);
        return right;
    }

    private static string Of(byte[] secret, long step)
    {
        Span<byte> counted = stackalloc byte[8],
            hash = stackalloc byte[20];
        BinaryPrimitives.WriteInt64BigEndian(counted, step);
#pragma warning disable CA5350 // What the standard and the apps use; it needs no resistance to collisions.
        HMACSHA1.HashData(secret, counted, hash);
#pragma warning restore CA5350
        int number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string key)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        List<byte> bytes = [];
        int held = 0,
            bits = 0;
        foreach (char letter in key)
        {
            held = (held << 5) | Math.Max(0, Letters.IndexOf(letter, StringComparison.Ordinal));
            bits += 5;
            if (bits < 8)
                continue;
            bits -= 8;
            bytes.Add((byte)(held >> bits));
            held &= (1 << bits) - 1;
        }
        return [.. bytes];
    }
}
