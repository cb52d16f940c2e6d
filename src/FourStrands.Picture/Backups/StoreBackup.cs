using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using FourStrands.Picture.Backups;
using FourStrands.Picture.Store;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture;

/// <summary>
/// Backups of a store: one encrypted file, taken while the store is open and written to. For whoever runs the program; nothing of what is in
/// it is shown to anybody.
/// </summary>
/// <remarks>
/// The picture's state is chosen first, then the log's: whatever the picture holds and somebody was told of is in the log of that moment, because an
/// answer waits for its entry. The log may be a little ahead, never behind. Keys are read before and after, and must be the same.
/// </remarks>
public static partial class StoreBackup
{
    private const byte FilePart = 1;
    private const byte DatabasePart = 2;
    private const byte TablePart = 3;
    private const byte RowPart = 4;
    private const byte EndOfDatabase = 5;
    private const byte ManifestPart = 6;

    /// <summary>The version of what lies inside.</summary>
    private const byte Layout = 1;

    /// <summary>Takes a backup of the store in a folder, whoever has it open.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="file">The file to write; it must not be there yet. It is there when it is whole, or not at all.</param>
    /// <param name="key">What it is encrypted with.</param>
    /// <param name="clock">When it was taken.</param>
    /// <param name="progress">Told how many bytes of the store were read so far.</param>
    /// <param name="keys">The folder of the store's keys, if they do not lie in the store's own.</param>
    /// <param name="cancel">Stops it; nothing is left then.</param>
    /// <returns>What it holds.</returns>
    /// <exception cref="StoreException">There is no store, or it is damaged.</exception>
    /// <exception cref="BackupException">The file is there already, or lies in the store.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static BackupManifest Take(
        string folder,
        string file,
        BackupKey key,
        TimeProvider clock,
        IProgress<long>? progress = null,
        string? keys = null,
        CancellationToken cancel = default
    )
    {
        foreach (string database in StoreFiles.Databases)
        {
            if (!File.Exists(Path.Combine(folder, database)))
                throw new StoreException($"There is no store in {folder}: {database} is not there. Name the store's folder with --store.");
        }
        file = Path.GetFullPath(file);
        if (File.Exists(file) || Directory.Exists(file))
            throw new BackupException($"{file} is there already, and no backup is overwritten. Choose another name.");
        if (IsWithin(file, folder))
            throw new BackupException($"{file} lies in the store's own folder: it would be lost with it. Choose another place, best on another machine.");
        var where = StoreKeys.Of(folder, keys);
        where.Demand(isNew: false);
        if (IsWithin(file, where.Folder))
            throw new BackupException($"{file} lies in the folder of the store's keys: choose another place, best on another machine.");
        string beside = file + ".new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        bool made = false;
        try
        {
            BackupManifest manifest;
            using (var to = new FileStream(beside, options))
            {
                made = true;
                manifest = Write(folder, where, to, key, clock, progress, cancel);
                to.Flush(flushToDisk: true);
            }
            File.Move(beside, file, overwrite: false);
            made = false;
            return manifest;
        }
        catch (SqliteException problem)
        {
            throw Database.Explain(problem);
        }
        finally
        {
            if (made)
                File.Delete(beside);
        }
    }

    private static BackupManifest Write(
        string folder,
        StoreKeys keys,
        Stream to,
        BackupKey key,
        TimeProvider clock,
        IProgress<long>? progress,
        CancellationToken cancel
    )
    {
        var (files, copies) = States(folder, keys);
        try
        {
            var at = clock.GetUtcNow();
            using var seal = new SealedFile.Writer(to, key);
            BackupManifest manifest;
            using (var packed = new BrotliStream(seal, CompressionLevel.Fastest, leaveOpen: true))
            using (var content = new BinaryWriter(packed, Encoding.UTF8, leaveOpen: true))
            {
                content.Write(Layout);
                List<BackedUpFile> written = [];
                foreach (var (name, bytes) in files)
                {
                    content.Write(FilePart);
                    content.Write(name);
                    content.Write(bytes.Length);
                    content.Write(bytes);
                    written.Add(new BackedUpFile(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
                }
                long done = 0;
                List<BackedUpTable> tables = [];
                for (int i = 0; i < copies.Count; i++)
                    Write(content, StoreFiles.Databases[i], copies[i], tables, Counted);
                manifest = new BackupManifest(at, tables, written, [.. copies[^1].Checkpoints().Select(c => new BackedUpLog(c.Agency, c.Size, c.ToString()))]);
                byte[] last = manifest.Write();
                content.Write(ManifestPart);
                content.Write(last.Length);
                content.Write(last);

                void Counted(int bytes)
                {
                    cancel.ThrowIfCancellationRequested();
                    done += bytes;
                    progress?.Report(done);
                }
            }
            seal.Finish();
            return manifest;
        }
        finally
        {
            copies.ForEach(c => c.Dispose());
        }
    }

    private static void Write(BinaryWriter content, string name, StoreCopy copy, List<BackedUpTable> tables, Action<int> counted)
    {
        var (makeTables, makeIndexes) = copy.Schema();
        content.Write(DatabasePart);
        content.Write(name);
        content.Write(copy.Version);
        foreach (var made in (IReadOnlyList<string>[])[makeTables, makeIndexes])
        {
            content.Write(made.Count);
            foreach (string sql in made)
                content.Write(sql);
        }
        foreach (string table in copy.Tables())
        {
            content.Write(TablePart);
            content.Write(table);
            content.Write(copy.Columns(table));
            var read = copy.Read(
                table,
                row =>
                {
                    counted(row.Length);
                    content.Write(RowPart);
                    content.Write(row.Length);
                    content.Write(row);
                }
            );
            tables.Add(new BackedUpTable(name, table, read.Rows, Convert.ToHexStringLower(read.Hash)));
        }
        content.Write(EndOfDatabase);
    }

    /// <summary>
    /// A state of each database, and the keys that were there while both were chosen: keys that change meanwhile might not open what was read.
    /// </summary>
    private static (SortedDictionary<string, byte[]> Files, List<StoreCopy> Copies) States(string folder, StoreKeys keys)
    {
        const int Attempts = 20;
        for (int attempt = 1; ; attempt++)
        {
            var before = StoreFiles.Others(folder, keys);
            List<StoreCopy> copies = [];
            bool taken = false;
            try
            {
                foreach (string database in StoreFiles.Databases)
                    copies.Add(StoreCopy.Of(Path.Combine(folder, database)));
                CheckVersions(copies);
                // A backup without them, or with those of another store, could not be restored.
                var wrong = Refusal(() => copies[0].ProveKeys(copies[1], keys));
                var after = StoreFiles.Others(folder, keys);
                bool same = before.Count == after.Count && before.All(b => after.TryGetValue(b.Key, out byte[]? now) && now.AsSpan().SequenceEqual(b.Value));
                // Those that change meanwhile may be refused though they are right.
                if (same && wrong is not null)
                    throw wrong;
                taken = same;
                if (taken)
                    return (before, copies);
            }
            finally
            {
                if (!taken)
                    copies.ForEach(c => c.Dispose());
            }
            if (attempt == Attempts)
                throw new StoreException($"The keys in {keys.Folder} change all the time: no state of the store could be taken. Try again later.");
        }
    }

    private static StoreException? Refusal(Action proof)
    {
        try
        {
            proof();
            return null;
        }
        catch (StoreException problem)
        {
            return problem;
        }
    }

    private static void CheckVersions(List<StoreCopy> copies)
    {
        if (copies[0].Version > Database.Version || copies[1].Version > ReadLog.Version)
            throw new StoreException("The store was made by a newer version of FourStrands. Use that version to back it up.");
        if (copies[0].Version == 0 || copies[1].Version < ReadLog.Version)
            throw new StoreException("The store was made by an older version and never opened by this one. Open it once, then back it up.");
    }

    /// <summary>Does a file lie in a folder, or in one within it?</summary>
    internal static bool IsWithin(string file, string folder)
    {
        string outer = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        return Path.GetFullPath(file).StartsWith(outer, StringComparison.Ordinal);
    }
}
