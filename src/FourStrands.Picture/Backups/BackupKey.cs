using System.Security.Cryptography;
using System.Text;

namespace FourStrands.Picture;

/// <summary>A backup cannot be taken or used; the message is for people and says what to do.</summary>
public sealed class BackupException : Exception
{
    /// <summary>Makes it.</summary>
    public BackupException(string message, Exception? inner = null)
        : base(message, inner) { }
}

/// <summary>What a backup is encrypted with: a passphrase that somebody remembers, or the content of a key file. It is never kept in the backup.</summary>
public sealed class BackupKey
{
    /// <summary>The fewest characters of a passphrase.</summary>
    public const int ShortestPassphrase = 12;

    /// <summary>The fewest bytes of a key file.</summary>
    public const int ShortestKeyFile = 32;

    /// <summary>The most bytes of a key file: whatever is larger was given by mistake.</summary>
    public const int LongestKeyFile = 64 << 10;

    /// <summary>How often PBKDF2 with SHA-256 is repeated for a new backup: a guess costs about a fifth of a second.</summary>
    internal const int Iterations = 1_000_000;

    /// <summary>The most that is accepted of a file: one that asks for more would keep the program busy for nothing.</summary>
    private const int MostIterations = 20_000_000;

    private const int KeyBytes = 32;

    private readonly byte[] secret;

    private BackupKey(byte[] secret, bool isPassphrase) => (this.secret, IsPassphrase) = (secret, isPassphrase);

    /// <summary>True for a passphrase, false for a key file.</summary>
    public bool IsPassphrase { get; }

    /// <summary>A passphrase.</summary>
    /// <exception cref="BackupException">It is too short to be one.</exception>
    public static BackupKey FromPassphrase(string passphrase)
    {
        if (passphrase.Length < ShortestPassphrase)
            throw new BackupException($"The passphrase has {passphrase.Length} characters: take one of at least {ShortestPassphrase}, such as five words.");
        // The same letters may be typed composed or not.
        return new BackupKey(Encoding.UTF8.GetBytes(passphrase.Normalize(NormalizationForm.FormC)), isPassphrase: true);
    }

    /// <summary>The content of a key file: random bytes.</summary>
    /// <exception cref="BackupException">It is too short, too long, or all the same byte.</exception>
    public static BackupKey FromKeyFile(ReadOnlySpan<byte> content)
    {
        if (content.Length is < ShortestKeyFile or > LongestKeyFile)
        {
            throw new BackupException(
                $"The key file has {content.Length} bytes: it must have {ShortestKeyFile} to {LongestKeyFile} random ones. 'head -c 32 /dev/urandom > FILE' makes one."
            );
        }
        if (!content.ContainsAnyExcept(content[0]))
            throw new BackupException("The key file holds one byte over and over: that is no key. 'head -c 32 /dev/urandom > FILE' makes one.");
        return new BackupKey(content.ToArray(), isPassphrase: false);
    }

    /// <summary>The key of one file, made of its salt, and what tells beforehand whether it is the right one.</summary>
    /// <param name="head">The beginning of the file, salt included: a change of any of it makes another key.</param>
    /// <param name="salt">The file's salt.</param>
    /// <param name="iterations">How often PBKDF2 is repeated; for a key file it counts for nothing.</param>
    /// <exception cref="BackupException">The number of iterations is none that a backup has.</exception>
    internal (byte[] Key, byte[] Check) Derive(ReadOnlySpan<byte> head, ReadOnlySpan<byte> salt, int iterations)
    {
        if (iterations is < 600_000 or > MostIterations)
            throw new BackupException("The backup's beginning was damaged: it does not say how its key is made. Use another copy of it.");
        byte[] slow = IsPassphrase
            ? Rfc2898DeriveBytes.Pbkdf2(secret, salt, iterations, HashAlgorithmName.SHA256, KeyBytes)
            : HKDF.Extract(HashAlgorithmName.SHA256, secret, salt.ToArray());
        byte[] both = HKDF.Expand(HashAlgorithmName.SHA256, slow, 2 * KeyBytes, head.ToArray());
        CryptographicOperations.ZeroMemory(slow);
        return (both[..KeyBytes], both[KeyBytes..]);
    }
}
