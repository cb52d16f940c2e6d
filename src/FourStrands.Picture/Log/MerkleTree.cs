using System.Security.Cryptography;

namespace FourStrands.Picture;

/// <summary>
/// A tree of hashes that only grows (RFC 9162, section 2.1). Held as the roots of its complete parts, largest first: as many as the size
/// has ones in binary, so a log of any length takes a few hundred bytes.
/// </summary>
internal sealed class MerkleTree
{
    public const int HashBytes = 32;

    private readonly List<byte[]> parts;

    public MerkleTree()
        : this(0, []) { }

    private MerkleTree(long size, List<byte[]> parts) => (Size, this.parts) = (size, parts);

    /// <summary>How many leaves it has.</summary>
    public long Size { get; private set; }

    /// <summary>The hash of everything in it, in its order.</summary>
    public byte[] Root
    {
        get
        {
            if (parts.Count == 0)
                return SHA256.HashData([]);
            byte[] root = parts[^1];
            for (int i = parts.Count - 2; i >= 0; i--)
                root = Node(parts[i], root);
            return root;
        }
    }

    /// <summary>Its parts one after the other, to be kept.</summary>
    public byte[] Kept => [.. parts.SelectMany(p => p)];

    /// <summary>The tree that was kept.</summary>
    /// <exception cref="FormatException">The parts are not those of a tree of that size.</exception>
    public static MerkleTree Of(long size, ReadOnlySpan<byte> kept)
    {
        if (kept.Length != long.PopCount(size) * HashBytes)
            throw new FormatException("These are not the parts of a tree of that size.");
        List<byte[]> roots = [];
        for (; kept.Length > 0; kept = kept[HashBytes..])
            roots.Add(kept[..HashBytes].ToArray());
        return new MerkleTree(size, roots);
    }

    /// <summary>One like it, which grows apart.</summary>
    public MerkleTree Copy() => new(Size, [.. parts]);

    /// <summary>Puts a leaf at its end.</summary>
    public void Add(byte[] leaf)
    {
        for (long size = Size; (size & 1) == 1; size >>= 1)
        {
            leaf = Node(parts[^1], leaf);
            parts.RemoveAt(parts.Count - 1);
        }
        parts.Add(leaf);
        Size++;
    }

    private static byte[] Node(byte[] left, byte[] right)
    {
        Span<byte> both = stackalloc byte[1 + (2 * HashBytes)];
        both[0] = 1;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + HashBytes)..]);
        return SHA256.HashData(both);
    }
}
