using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FourStrands.Picture.Backups;
using FourStrands.Picture.Store;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture;

/// <summary>Putting a backup back.</summary>
public static partial class StoreBackup
{
    /// <summary>The most bytes of a name, or of what makes a table.</summary>
    private const int LongestText = 1 << 20;

    /// <summary>Makes a store of a backup, in a folder that is not there yet or empty. Everything is proved before the folder is there.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="key">What it was encrypted with.</param>
    /// <param name="folder">Where the store is to be.</param>
    /// <param name="options">What else is to be done.</param>
    /// <param name="cancel">Stops it; nothing is left then.</param>
    /// <returns>What was restored.</returns>
    /// <exception cref="BackupException">It is no backup, damaged, cut off, or of another key; or the folder holds something. Nothing was put in place.</exception>
    /// <exception cref="StoreException">It could not be written (disk full …). Nothing was put in place.</exception>
    public static BackupManifest Restore(string file, BackupKey key, string folder, RestoreOptions options, CancellationToken cancel = default)
    {
        if (options is { OnlyCheck: false, Erasures: null, NothingErasedSince: false })
            throw new BackupException(
                "What was erased after the backup was taken would come back. Give the list of erasures, or say that nothing was erased since."
            );
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(folder))
            throw new BackupException($"{folder} is a file: a store is a folder. Name another with --store.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new BackupException(
                $"There is something in {folder} already, and no store is overwritten. Name a new folder with --store; move it into place when you have looked at it."
            );
        }
        var inPlace = StoreKeys.Of(folder, options.OnlyCheck ? null : options.Keys);
        inPlace.Demand(isNew: true);
        string beside = folder + ".restoring";
        // The keys lie where they are to lie from the first: never beside the store if they are to be elsewhere.
        var keys = inPlace.AreElsewhere ? inPlace : StoreKeys.Of(beside);
        if (Directory.Exists(beside) || File.Exists(beside))
            throw new BackupException($"{beside} is left from a restore that was broken off, and holds the store in plain. Delete it, and do this again.");
        using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        // Every chunk is proved before anything is written.
        using (var proving = new SealedFile.Reader(from, key))
            CopyTo(proving, cancel);
        from.Position = 0;
        bool made = false;
        try
        {
            made = true;
            MakeFolder(beside);
            BackupManifest manifest;
            using (var seal = new SealedFile.Reader(from, key))
                manifest = Unpack(seal, beside, keys, cancel);
            Prove(beside, keys, manifest, cancel);
            Complete(beside, keys, manifest, options);
            if (options.OnlyCheck)
                return manifest;
            if (Directory.Exists(folder))
                Directory.Delete(folder);
            Directory.Move(beside, folder);
            made = false;
            return manifest;
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException or JsonException or FormatException or ArgumentException)
        {
            throw new BackupException("What the backup holds is not laid out as this version of FourStrands does it. Use the version that made it.", problem);
        }
        catch (SqliteException problem)
        {
            throw Database.Explain(problem);
        }
        finally
        {
            if (made)
            {
                foreach (string name in keys.Names())
                    PrivateFile.Destroy(keys.FileOf(name));
                if (Directory.Exists(beside))
                    Directory.Delete(beside, recursive: true);
            }
        }
    }

    private static void CopyTo(Stream proving, CancellationToken cancel)
    {
        var buffer = new byte[1 << 16];
        while (proving.Read(buffer) > 0)
            cancel.ThrowIfCancellationRequested();
    }

    private static BackupManifest Unpack(Stream seal, string folder, StoreKeys keys, CancellationToken cancel)
    {
        using var packed = new BrotliStream(seal, CompressionMode.Decompress, leaveOpen: true);
        using var buffered = new BufferedStream(packed, 1 << 16);
        using var content = new BinaryReader(buffered, Encoding.UTF8, leaveOpen: true);
        if (content.ReadByte() != Layout)
            throw new BackupException("The backup was made by a newer version of FourStrands. Use that version to restore it.");
        while (true)
        {
            byte part = content.ReadByte();
            switch (part)
            {
                case FilePart:
                    string name = Name(content);
                    byte[] bytes = Bytes(content);
                    if (!StoreFiles.IsOne(name))
                        throw new BackupException($"The backup holds a file '{name}', which no store has. It was not made by this program: do not use it.");
                    if (name.StartsWith(StoreFiles.OfKeys, StringComparison.Ordinal))
                        keys.Write(name[StoreFiles.OfKeys.Length..], bytes);
                    else
                        PrivateFile.Write(folder, Path.Combine(folder, name), bytes);
                    break;
                case DatabasePart:
                    Unpack(content, folder, cancel);
                    break;
                case ManifestPart:
                    var manifest = BackupManifest.Read(Bytes(content));
                    return buffered.ReadByte() < 0 ? manifest : throw new InvalidDataException("Something follows after the end.");
                default:
                    throw new InvalidDataException("An unknown part.");
            }
        }
    }

    private static void Unpack(BinaryReader content, string folder, CancellationToken cancel)
    {
        string name = Name(content);
        if (!StoreFiles.Databases.Contains(name, StringComparer.Ordinal))
            throw new BackupException($"The backup holds a database '{name}', which no store has. It was not made by this program: do not use it.");
        using var database = new StoreCopy.Writer(Path.Combine(folder, name), content.ReadInt64());
        string[] tables = Texts(content),
            indexes = Texts(content);
        foreach (string sql in tables)
            database.Make(sql);
        byte[] row = new byte[1 << 16];
        byte part;
        while ((part = content.ReadByte()) != EndOfDatabase)
        {
            switch (part)
            {
                case TablePart:
                    database.Begin(Name(content), content.ReadInt32());
                    break;
                case RowPart:
                    cancel.ThrowIfCancellationRequested();
                    int length = content.ReadInt32();
                    if (length > row.Length)
                        row = new byte[length];
                    content.BaseStream.ReadExactly(row, 0, length);
                    database.Add(row.AsSpan(0, length));
                    break;
                default:
                    throw new InvalidDataException("An unknown part.");
            }
        }
        foreach (string sql in indexes)
            database.Make(sql);
        database.Finish();
    }

    /// <summary>Proves that what was put in is what was read out: counts and hashes of every table and file, SQLite's own check, and the logs' trees.</summary>
    private static void Prove(string folder, StoreKeys keys, BackupManifest manifest, CancellationToken cancel)
    {
        foreach (string name in StoreFiles.Databases)
        {
            if (!File.Exists(Path.Combine(folder, name)))
                throw new BackupException($"The backup holds no {name}. Use an earlier backup.");
            using var copy = StoreCopy.Of(Path.Combine(folder, name));
            if (copy.Version > (name == StoreFiles.Picture ? Database.Version : ReadLog.Version))
                throw new BackupException("The backup was made by a newer version of FourStrands. Use that version to restore it.");
            if (copy.Problems() is { Count: > 0 } problems)
                throw new BackupException($"{name} was damaged when the backup was taken ({problems[0]}). Use an earlier backup.");
            var expected = manifest.Tables.Where(t => t.Database == name).ToDictionary(t => t.Name, StringComparer.Ordinal);
            foreach (string table in copy.Tables())
            {
                cancel.ThrowIfCancellationRequested();
                var read = copy.Read(table, null);
                if (!expected.Remove(table, out var known) || known.Rows != read.Rows || known.Sha256 != Convert.ToHexStringLower(read.Hash))
                    throw new BackupException($"The rows of {table} in {name} are not those that the backup says it has. Use an earlier backup.");
            }
            if (expected.Count > 0)
                throw new BackupException($"The backup lacks the table {expected.Keys.First()} of {name}. Use an earlier backup.");
        }
        foreach (var file in manifest.Files)
        {
            string path = file.Name.StartsWith(StoreFiles.OfKeys, StringComparison.Ordinal)
                ? keys.FileOf(file.Name[StoreFiles.OfKeys.Length..])
                : Path.Combine(folder, file.Name);
            if (!StoreFiles.IsOne(file.Name) || !File.Exists(path) || Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) != file.Sha256)
                throw new BackupException($"The backup's {file.Name} is not the one that it says it has. Use an earlier backup.");
        }
        ProveLogs(folder, keys, manifest);
    }

    private static void ProveLogs(string folder, StoreKeys keys, BackupManifest manifest)
    {
        if (!keys.Has(StoreKeys.OfLog))
            throw new BackupException("The backup lacks keys/log, with which the logs are signed. Use an earlier backup.");
        using var key = SigningKey.Open(keys, isUsed: true, out _);
        using var reads = StoreCopy.Of(Path.Combine(folder, StoreFiles.Reads));
        if (reads.Version >= ReadLog.SealedSince && !keys.Has(StoreKeys.OfVault))
            throw new BackupException("The backup lacks keys/vault, with which it is encrypted in the store. Use an earlier backup.");
        var proved = reads.ProveLogs(key, keys);
        if (!proved.Select(c => c.ToString()).SequenceEqual(manifest.Logs.Select(l => l.Checkpoint), StringComparer.Ordinal))
            throw new BackupException("The logs do not end where the backup says that they do. Use an earlier backup.");
    }

    /// <summary>What is done to a restored store before it is in place. The logs say that it was restored: what came later is missing from them.</summary>
    private static void Complete(string folder, StoreKeys keys, BackupManifest manifest, RestoreOptions options)
    {
        using var gate = Gate.Open(folder, new GateOptions { Clock = options.Clock, Keys = keys.Folder });
        if (options.Erasures is { } erasures)
            gate.Erasures.Replay(erasures, options.ErasuresKeys);
        gate.People.EndWhatOneIsLetInBy();
        gate.Log.NoteInEach(
            "restore backup",
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"of {manifest.At:yyyy-MM-dd HH:mm:ss} UTC"),
            options.By
        );
        gate.FlushReadLog().GetAwaiter().GetResult();
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string Name(BinaryReader content)
    {
        string name = content.ReadString();
        return name.Length <= LongestText ? name : throw new InvalidDataException("A name is too long.");
    }

    private static byte[] Bytes(BinaryReader content)
    {
        int length = content.ReadInt32();
        byte[] bytes = content.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }

    private static string[] Texts(BinaryReader content)
    {
        var texts = new string[content.ReadInt32()];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = Name(content);
        return texts;
    }
}

/// <summary>How a backup is restored.</summary>
public sealed record RestoreOptions
{
    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Who restores it, for the logs: the account of the machine.</summary>
    public string By { get; init; } = "";

    /// <summary>The list of erasures, or the folder of the newer store: they are done again before the store is in place.</summary>
    public string? Erasures { get; init; }

    /// <summary>The folder of the newer store's keys, if its folder is given for <see cref="Erasures"/> and they do not lie in it.</summary>
    public string? ErasuresKeys { get; init; }

    /// <summary>The folder that the keys are to lie in, if that is not the store's own: it must be there, and hold none. A check alone leaves it as it is.</summary>
    public string? Keys { get; init; }

    /// <summary>True if whoever restores says that nothing was erased since the backup was taken.</summary>
    public bool NothingErasedSince { get; init; }

    /// <summary>True to prove the backup as if it were restored, and leave nothing.</summary>
    public bool OnlyCheck { get; init; }
}
