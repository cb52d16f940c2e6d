using System.Security.Cryptography;

namespace FourStrands.Picture.Store;

/// <summary>The key with which checkpoints of the log are signed: in a file beside the store's other keys, readable by its owner alone.</summary>
internal static class SigningKey
{
    /// <summary>Reads it, or makes one.</summary>
    /// <param name="where">Where the keys lie.</param>
    /// <param name="isUsed">
    /// True if something was signed before. Then no new one is made in a folder that somebody named, which may be the wrong one, or be empty again at the next start.
    /// </param>
    /// <param name="isNew">True if there was none: what was signed before was signed with another.</param>
    /// <exception cref="StoreException">The file is not a key, or not there.</exception>
    public static ECDsa Open(StoreKeys where, bool isUsed, out bool isNew)
    {
        string file = where.FileOf(StoreKeys.OfLog);
        isNew = !where.Has(StoreKeys.OfLog);
        if (isNew && isUsed && where.AreElsewhere)
            throw NotThere(where);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            if (isNew)
                where.Write(StoreKeys.OfLog, key.ExportPkcs8PrivateKey());
            else
                key.ImportPkcs8PrivateKey(where.Read(StoreKeys.OfLog), out _);
        }
        catch (CryptographicException problem)
        {
            key.Dispose();
            throw new StoreException(
                $"{file} is damaged. Put the store's own key file back, or take it away: a new key is made then, and the log says so.",
                problem
            );
        }
        return key;
    }

    /// <summary>What is said where one is missed.</summary>
    public static StoreException NotThere(StoreKeys where) =>
        new(
            $"{where.FileOf(StoreKeys.OfLog)} is not there: the key that the store's log was signed with. Put it there, or name the folder that it lies in with --keys. If it is lost, start the program once with the other keys in the store's folder, and without --keys: a new one is made then, and the log says so."
        );

    /// <summary>What is said of a key with which nothing of the log was signed.</summary>
    public static StoreException OfAnother(StoreKeys where) =>
        new(
            $"{where.FileOf(StoreKeys.OfLog)} is not the key that the store's log was signed with. Put the store's own key file there, or name the folder that it lies in with --keys."
        );
}

/// <summary>Files that nobody but their owner may read.</summary>
internal static class PrivateFile
{
    /// <summary>
    /// Writes one whole or not at all, in a folder that is made if it is not there. Once it returns, the disk has it under its name; then what was replaced is overwritten, lest
    /// a key stay in what is free of the disk.
    /// </summary>
    public static void Write(string folder, string file, ReadOnlySpan<byte> content)
    {
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, owner);
        string beside = file + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(beside, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }
        // Opened before it is replaced, overwritten once the new one is in its place for good: until then it is the only one.
        using var old = File.Exists(file) ? new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete) : null;
        File.Move(beside, file, overwrite: true);
        // The renaming has to reach the disk too: file systems write it with the file that bears the name.
        using (var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            stream.Flush(flushToDisk: true);
        if (old is null)
            return;
        old.Write(new byte[old.Length]);
        old.Flush(flushToDisk: true);
    }

    /// <summary>Deletes one, and overwrites it first: a key must not stay in what is free of the disk.</summary>
    public static void Destroy(string file)
    {
        using (var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            stream.Write(new byte[stream.Length]);
            stream.Flush(flushToDisk: true);
        }
        File.Delete(file);
    }
}
