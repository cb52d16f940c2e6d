using System.Security.Cryptography;

namespace FourStrands.Linkage;

/// <summary>Which rules scores are worked out by: kept scores of other rules are out of date.</summary>
public static class ComparisonScheme
{
    /// <summary>Raise when a change of the code changes scores; a change of a table is noticed without it.</summary>
    public const int Version = 3;

    /// <summary>
    /// A digest of the tables that scores come from and of the <see cref="Version"/> that is raised when the code makes others of them (a test says
    /// when). It is the same in every build of the same rules.
    /// </summary>
    public static byte[] Digest()
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(BitConverter.GetBytes(Version));
        var assembly = typeof(ComparisonScheme).Assembly;
        foreach (string table in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(table)!;
            digest.AppendData(SHA256.HashData(stream));
        }
        return digest.GetHashAndReset();
    }
}
