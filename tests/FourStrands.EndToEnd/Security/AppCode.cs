using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace FourStrands.EndToEnd.Security;

/// <summary>What an authenticator app shows (RFC 6238).</summary>
internal static class AppCode
{
    /// <summary>The six digits of a key, in base 32, at that time.</summary>
    public static string Of(string key, DateTimeOffset at)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        List<byte> secret = [];
        int bits = 0,
            held = 0;
        foreach (char c in key)
        {
            held = (held << 5) | Letters.IndexOf(c, StringComparison.Ordinal);
            bits += 5;
            if (bits < 8)
                continue;
            bits -= 8;
            secret.Add((byte)(held >> bits));
            held &= (1 << bits) - 1;
        }
        var step = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, at.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // What the standard and the apps use.
        byte[] hash = HMACSHA1.HashData(secret.ToArray(), step);
#pragma warning restore CA5350
        int number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
