using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FourStrands.Picture.Store;

/// <summary>
/// Encrypts what must not lie in the store's plain text: what people sign in with, and what names a source. AES-256-GCM, each value with a nonce
/// of its own and bound to what it is kept as, so that it cannot be moved to another's row. The keys lie in files readable by their owner
/// alone; a copy of the store without them tells nobody a secret.
/// </summary>
internal sealed class Vault
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Oldest first; the last encrypts, all decrypt. One that was destroyed keeps its place, as zeros: values name their key by it.</summary>
    private readonly List<byte[]> keys = [];

    /// <summary>Each key's cipher, made once: making one takes longer than a value.</summary>
    private readonly List<AesGcm> ciphers = [];

    /// <summary>Keys that have decrypted something.</summary>
    private readonly HashSet<int> proved = [];
    private readonly Lock guard = new();
    private readonly StoreKeys where;

    /// <param name="where">Where the keys lie.</param>
    /// <param name="isUsed">True if something was encrypted before: then no new key takes the place of a lost one.</param>
    public Vault(StoreKeys where, bool isUsed)
    {
        this.where = where;
        if (where.Has(StoreKeys.OfVault))
            Read(where.Read(StoreKeys.OfVault));
        else if (isUsed)
            throw NotReadable(null);
        else
            Add();
    }

    /// <summary>Encrypts a value.</summary>
    /// <param name="plain">The value.</param>
    /// <param name="keptAs">What it is kept as: the same must be given to read it.</param>
    public byte[] Lock(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> keptAs)
    {
        var locked = new byte[4 + NonceBytes + TagBytes + plain.Length];
        var nonce = locked.AsSpan(4, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        lock (guard)
        {
            BinaryPrimitives.WriteInt32LittleEndian(locked, keys.Count - 1);
            ciphers[^1].Encrypt(nonce, plain, locked.AsSpan(4 + NonceBytes + TagBytes), locked.AsSpan(4 + NonceBytes, TagBytes), keptAs);
        }
        return locked;
    }

    /// <summary>Decrypts a value.</summary>
    /// <exception cref="StoreException">The key is not here, or the value was altered.</exception>
    public byte[] Unlock(ReadOnlySpan<byte> locked, ReadOnlySpan<byte> keptAs)
    {
        int key = locked.Length < 4 + NonceBytes + TagBytes ? -1 : BinaryPrimitives.ReadInt32LittleEndian(locked);
        lock (guard)
        {
            if (key < 0)
                throw Altered(keptAs, null);
            if (key >= keys.Count || IsDestroyed(keys[key]))
                throw NotReadable(null);
            var plain = new byte[locked.Length - 4 - NonceBytes - TagBytes];
            try
            {
                ciphers[key].Decrypt(locked.Slice(4, NonceBytes), locked[(4 + NonceBytes + TagBytes)..], locked.Slice(4 + NonceBytes, TagBytes), plain, keptAs);
            }
            catch (CryptographicException problem)
            {
                // A key that opened something is the store's own: then it is the value.
                throw proved.Contains(key) ? Altered(keptAs, problem) : NotReadable(problem);
            }
            proved.Add(key);
            return plain;
        }
    }

    /// <summary>Encrypts a text that a column of a table holds.</summary>
    /// <param name="text">The text.</param>
    /// <param name="column">The table and its column: <c>source.name</c>.</param>
    /// <param name="row">What tells the row from others of the table.</param>
    public byte[] Lock(string text, string column, string row) => Lock(Encoding.UTF8.GetBytes(text), KeptAs(column, row));

    /// <summary>Decrypts a text that a column of a table holds.</summary>
    /// <exception cref="StoreException">The key is not here, the value was altered, or it stands in plain.</exception>
    public string Text(object locked, string column, string row) => Encoding.UTF8.GetString(Unlock(locked as byte[], KeptAs(column, row)));

    /// <summary>What a value is kept as in a column.</summary>
    public static byte[] KeptAs(string column, string row) => Encoding.UTF8.GetBytes($"{column}/{row}");

    /// <summary>A new key encrypts from now on; the others go on decrypting.</summary>
    public void AddKey()
    {
        lock (guard)
            Add();
    }

    /// <summary>Destroys all keys but the newest: what was encrypted with them cannot be read any more, wherever it lies.</summary>
    /// <returns>How many.</returns>
    public int DestroyOlder()
    {
        lock (guard)
        {
            int destroyed = 0;
            for (int i = 0; i < keys.Count - 1; i++)
            {
                if (IsDestroyed(keys[i]))
                    continue;
                CryptographicOperations.ZeroMemory(keys[i]);
                ciphers[i].Dispose();
                destroyed++;
            }
            if (destroyed == 0)
                return 0;
            where.Write(StoreKeys.OfVault, keys.SelectMany(k => k).ToArray());
            return destroyed;
        }
    }

    private static bool IsDestroyed(byte[] key) => !key.AsSpan().ContainsAnyExcept((byte)0);

    private StoreException NotReadable(Exception? problem) =>
        new(
            $"What is encrypted in the store cannot be read: {where.FileOf(StoreKeys.OfVault)} {(where.Has(StoreKeys.OfVault) ? "does not hold the key it was encrypted with" : "is not there")}. Put the store's own key file back, or name the folder that it lies in with --keys.",
            problem
        );

    private static StoreException Altered(ReadOnlySpan<byte> keptAs, Exception? problem) =>
        new(
            $"What the store holds as {Encoding.UTF8.GetString(keptAs)} was altered in its file, and cannot be read. Restore the store from a backup.",
            problem
        );

    private void Read(ReadOnlySpan<byte> kept)
    {
        if (kept.Length == 0 || kept.Length % KeyBytes != 0)
            throw new StoreException($"{where.FileOf(StoreKeys.OfVault)} is damaged. Put the store's own key file back.");
        for (; kept.Length > 0; kept = kept[KeyBytes..])
            Take(kept[..KeyBytes].ToArray());
    }

    private void Add()
    {
        byte[] key = RandomNumberGenerator.GetBytes(KeyBytes);
        // Kept first: what is encrypted with a key that the disk does not have is lost.
        where.Write(StoreKeys.OfVault, keys.Append(key).SelectMany(k => k).ToArray());
        Take(key);
    }

    private void Take(byte[] key)
    {
        keys.Add(key);
        ciphers.Add(new AesGcm(key, TagBytes));
    }
}
