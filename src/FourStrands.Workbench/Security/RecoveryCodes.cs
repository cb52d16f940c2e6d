using System.Security.Cryptography;
using System.Text;
using FourStrands.Picture;

namespace FourStrands.Workbench.Security;

/// <summary>
/// What is kept of recovery codes: a salted hash that takes long to make (PBKDF2 with HMAC-SHA-512), so that whoever has the store and its
/// keys cannot try all codes there are.
/// </summary>
internal static class RecoveryCodes
{
    /// <summary>A code has 59 random bits, a password far fewer: the passwords' number of rounds would make people wait for nothing.</summary>
    private const int Rounds = 20_000;

    private const int SaltBytes = 16;

    /// <summary>What to keep of codes.</summary>
    public static IReadOnlyList<string> Kept(IEnumerable<string> codes)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return [.. codes.Select(code => $"{Convert.ToBase64String(salt)}.{Hash(code, salt)}")];
    }

    /// <summary>That which was kept of a code; null if it is none of them.</summary>
    public static string? Find(IReadOnlyList<string> kept, string code)
    {
        string plain = Plain(code);
        // One salt for all that were made together; those of an earlier version have none.
        foreach (var together in kept.GroupBy(k => k.Split('.') is [var salt, _] ? salt : ""))
        {
            string hash = together.Key.Length == 0 ? Credentials.HashOf(plain) : $"{together.Key}.{Hash(plain, Convert.FromBase64String(together.Key))}";
            if (together.FirstOrDefault(k => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(k), Encoding.ASCII.GetBytes(hash))) is { } found)
                return found;
        }
        return null;
    }

    private static string Plain(string code) => code.Replace("-", "", StringComparison.Ordinal);

    private static string Hash(string code, byte[] salt) =>
        Convert.ToBase64String(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(Plain(code)), salt, Rounds, HashAlgorithmName.SHA512, 32));
}
