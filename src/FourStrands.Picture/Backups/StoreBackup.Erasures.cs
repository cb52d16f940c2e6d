using System.Security.Cryptography;
using FourStrands.Picture.Backups;
using FourStrands.Picture.Store;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture;

/// <summary>The list of erasures, taken out of a store that somebody has open.</summary>
public static partial class StoreBackup
{
    /// <summary>
    /// Writes all erasures of a store, of every agency, without claiming it: whoever has it open goes on. The same file as <see cref="Erasures.ExportFromMachine"/> writes; only the log does not
    /// say it, which is written by who has the store open.
    /// </summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="to">Where to.</param>
    /// <param name="clock">When it was taken.</param>
    /// <param name="keysFolder">The folder of its keys, where they lie outside of it.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="StoreException">There is no store, it is damaged, or made by a newer version.</exception>
    public static int ExportErasures(string folder, Stream to, TimeProvider clock, string? keysFolder = null)
    {
        const int Attempts = 20;
        string database = Path.Combine(folder, StoreFiles.Picture);
        var keys = StoreKeys.Of(folder, keysFolder);
        string vault = keys.FileOf(StoreKeys.OfVault);
        if (!File.Exists(database))
            throw new StoreException($"There is no store in {folder}: {StoreFiles.Picture} is not there. Name the store's folder with --store.");
        keys.Demand(isNew: false);
        for (int attempt = 1; ; attempt++)
        {
            byte[] before = Hash(vault);
            try
            {
                using var copy = StoreCopy.Of(database);
                if (copy.Version > Database.Version)
                    throw new StoreException("The store was made by a newer version of FourStrands. Use that version.");
                var (rows, key) = copy.Erasures(keys);
                to.Write(ErasureList.Of(rows, clock.GetUtcNow(), key).Write());
                return rows.Count;
            }
            catch (StoreException) when (attempt < Attempts && !before.AsSpan().SequenceEqual(Hash(vault)))
            {
                // The keys were replaced meanwhile, and what was read is encrypted with the older one.
            }
            catch (SqliteException problem)
            {
                throw Database.Explain(problem);
            }
        }

        static byte[] Hash(string file) => File.Exists(file) ? SHA256.HashData(File.ReadAllBytes(file)) : [];
    }
}
