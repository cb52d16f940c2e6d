using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FourStrands.Picture.Store;

/// <summary>
/// Encrypts what must not lie in the store's plain text: what people sign in with. AES-256-GCM, each value with a nonce of its own and
/// bound to what it is kept as, so that it cannot be moved to another's row. The keys lie beside the store, readable by their owner
/// alone; a backup of the store without them tells nobody a secret.
/// </summary>
internal sealed class Vault
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Oldest first; the last encrypts, all decrypt. One that was destroyed keeps its place, as zeros: values name their key by it.</summary>
    private readonly List<byte[]> keys = [];
    private readonly string file;

    /// <param name="folder">The folder of the keys; made if it is not there.</param>
    /// <param name="isUsed">True if something was encrypted before: then no new key takes the place of a lost one.</param>
    public Vault(string folder, bool isUsed)
    {
        file = Path.Combine(folder, "vault");
        if (File.Exists(file))
            Read(File.ReadAllBytes(file));
        else if (isUsed)
            throw NotReadable(null);
        else
            Add(folder);
    }

    /// <summary>Encrypts a value.</summary>
    /// <param name="plain">The value.</param>
    /// <param name="keptAs">What it is kept as: the same must be given to read it.</param>
    public byte[] Lock(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> keptAs)
    {
        var locked = new byte[4 + NonceBytes + TagBytes + plain.Length];
        BinaryPrimitives.WriteInt32LittleEndian(locked, keys.Count - 1);
        var nonce = locked.AsSpan(4, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(keys[^1], TagBytes);
        aes.Encrypt(nonce, plain, locked.AsSpan(4 + NonceBytes + TagBytes), locked.AsSpan(4 + NonceBytes, TagBytes), keptAs);
        return locked;
    }

    /// <summary>Decrypts a value.</summary>
    /// <exception cref="StoreException">The key is not here, or the value was altered.</exception>
    public byte[] Unlock(ReadOnlySpan<byte> locked, ReadOnlySpan<byte> keptAs)
    {
        int key = locked.Length < 4 + NonceBytes + TagBytes ? -1 : BinaryPrimitives.ReadInt32LittleEndian(locked);
        if (key < 0 || key >= keys.Count || IsDestroyed(keys[key]))
            throw NotReadable(null);
        var plain = new byte[locked.Length - 4 - NonceBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(keys[key], TagBytes);
            aes.Decrypt(locked.Slice(4, NonceBytes), locked[(4 + NonceBytes + TagBytes)..], locked.Slice(4 + NonceBytes, TagBytes), plain, keptAs);
        }
        catch (CryptographicException problem)
        {
            throw NotReadable(problem);
        }
        return plain;
    }

    /// <summary>A new key encrypts from now on; the others go on decrypting.</summary>
    public void AddKey() => Add(Path.GetDirectoryName(file)!);

    /// <summary>Destroys all keys but the newest: what was encrypted with them cannot be read any more, wherever it lies.</summary>
    /// <returns>How many.</returns>
    public int DestroyOlder()
    {
        int destroyed = 0;
        for (int i = 0; i < keys.Count - 1; i++)
        {
            if (IsDestroyed(keys[i]))
                continue;
            CryptographicOperations.ZeroMemory(keys[i]);
            destroyed++;
        }
        if (destroyed == 0)
            return 0;
        // The file that is replaced is overwritten once the new one is in its place; before that, it is the only one.
        using var old = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        PrivateFile.Write(Path.GetDirectoryName(file)!, file, keys.SelectMany(k => k).ToArray());
        old.Write(new byte[old.Length]);
        old.Flush(flushToDisk: true);
        return destroyed;
    }

    private static bool IsDestroyed(byte[] key) => !key.AsSpan().ContainsAnyExcept((byte)0);

    private StoreException NotReadable(Exception? problem) =>
        new($"What people sign in with cannot be read: {file} does not hold the key it was encrypted with. Put the store's own key file back.", problem);

    private void Read(ReadOnlySpan<byte> kept)
    {
        if (kept.Length == 0 || kept.Length % KeyBytes != 0)
            throw new StoreException($"{file} is damaged. Put the store's own key file back.");
        for (; kept.Length > 0; kept = kept[KeyBytes..])
            keys.Add(kept[..KeyBytes].ToArray());
    }

    private void Add(string folder)
    {
        keys.Add(RandomNumberGenerator.GetBytes(KeyBytes));
        PrivateFile.Write(folder, file, keys.SelectMany(k => k).ToArray());
    }
}
