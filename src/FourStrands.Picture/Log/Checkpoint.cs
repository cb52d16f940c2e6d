using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FourStrands.Picture;

/// <summary>
/// How far a log had come, signed: whoever has kept one can prove later that nothing before it was changed, moved or taken away. Written as
/// a note of four lines and a signature, in the manner of transparency logs' checkpoints.
/// </summary>
/// <param name="Agency">Whose log.</param>
/// <param name="Size">How many entries it had.</param>
/// <param name="Root">The root of the tree of them, 32 bytes.</param>
/// <param name="At">When it was signed.</param>
/// <param name="Signature">ECDSA with P-256 and SHA-256, over the four lines.</param>
public sealed record Checkpoint(string Agency, long Size, byte[] Root, DateTimeOffset At, byte[] Signature)
{
    private const string Origin = "fourstrands log of ";

    /// <summary>As it is written.</summary>
    public override string ToString() => $"{Body(Agency, Size, Root, At)}\n— {Convert.ToBase64String(Signature)}\n";

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is not a checkpoint.</exception>
    public static Checkpoint Parse(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        if (
            lines.Length == 6
            && lines[0].StartsWith(Origin, StringComparison.Ordinal)
            && long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            && lines[2].Length == 44
            && DateTimeOffset.TryParseExact(
                lines[3],
                TimeForm,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var at
            )
            && lines[4].Length == 0
            && lines[5].StartsWith("— ", StringComparison.Ordinal)
        )
        {
            var read = new Checkpoint(lines[0][Origin.Length..], size, Convert.FromBase64String(lines[2]), at, Convert.FromBase64String(lines[5][2..]));
            if (read.ToString() == string.Join('\n', lines) + '\n')
                return read;
        }
        throw new FormatException("This is not a checkpoint of a log.");
    }

    internal static Checkpoint Sign(string agency, MerkleTree tree, DateTimeOffset at, ECDsa key)
    {
        byte[] root = tree.Root;
        return new Checkpoint(agency, tree.Size, root, at, key.SignData(Encoding.UTF8.GetBytes(Body(agency, tree.Size, root, at)), HashAlgorithmName.SHA256));
    }

    /// <summary>Was it signed with that key?</summary>
    internal bool IsSignedBy(ECDsa key) => key.VerifyData(Encoding.UTF8.GetBytes(Body(Agency, Size, Root, At)), Signature, HashAlgorithmName.SHA256);

    private const string TimeForm = "yyyy-MM-ddTHH:mm:ss.fffZ";

    private static string Body(string agency, long size, byte[] root, DateTimeOffset at) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Origin}{agency}\n{size}\n{Convert.ToBase64String(root)}\n{at.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture)}\n"
        );
}
