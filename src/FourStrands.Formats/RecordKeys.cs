using System.Security.Cryptography;
using System.Text;

namespace FourStrands.Formats;

/// <summary>Makes keys for subjects to which their source gives none, from what it says of them: the same words, the same key.</summary>
internal static class RecordKeys
{
    public static string Of(string prefix, params ReadOnlySpan<string?> said)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in said)
        {
            hash.AppendData(Encoding.UTF8.GetBytes((part ?? "").Trim().ToUpperInvariant()));
            hash.AppendData([0]);
        }
        return $"{prefix}-{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 12))}";
    }
}
