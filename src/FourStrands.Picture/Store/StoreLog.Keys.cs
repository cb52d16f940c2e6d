using System.Runtime.InteropServices;
using FourStrands.Picture.Matches;
using FourStrands.Picture.Memory;

namespace FourStrands.Picture.Store;

/// <summary>The blocking keys of each import's records: how they are kept, and put into the index.</summary>
internal sealed partial class StoreLog
{
    /// <summary>How many keys of either sort stand in one row: half a megabyte. All those of a register of ten million would be more than SQLite takes as one value.</summary>
    private const int KeysInPiece = 1 << 16;

    /// <summary>
    /// Blocking keys are kept because they take longest to make. They speak of records by number, which is the same at every start
    /// unless the process that wrote them had given up an import, or the way keys are made has changed: then they are made anew.
    /// </summary>
    private void LoadKeys()
    {
        byte[] scheme = Linker.KeyScheme();
        if (database.Scalar("SELECT value FROM setting WHERE name='key-scheme'") is byte[] known && known.AsSpan().SequenceEqual(scheme))
        {
            var have = HaveKeptKeys();
            foreach (int import in have)
                engine.Linker.AddRuns(KeptKeys(import));
            // One that died before its keys were kept: its records are to be found all the same.
            foreach (var import in notLinked)
            {
                import.HasKeys = have.Contains(import.Number);
                if (!import.HasKeys)
                    UnlessFull(() => KeysOf(import));
            }
            return;
        }
        List<(ImportRow Import, (ulong[] Link, ulong[] Screening) Runs)> made = [];
        foreach (var import in engine.Imports)
        {
            var runs = engine.Linker.MakeKeys(RecordsOf(import));
            engine.Linker.AddRuns(runs);
            import.HasKeys = true;
            made.Add((import, runs));
        }
        UnlessFull(() =>
            database.Transaction(() =>
            {
                database.Execute("DELETE FROM key_run");
                foreach (var (import, runs) in made)
                    KeepKeys(import.Number, runs);
                database.Execute(
                    "INSERT INTO setting(name, value) VALUES('key-scheme', $scheme) ON CONFLICT(name) DO UPDATE SET value=$scheme",
                    ("$scheme", scheme)
                );
            })
        );
    }

    /// <summary>The link keys of an import's records; the first time they are put into the index, and kept.</summary>
    private ulong[] KeysOf(ImportRow import)
    {
        var runs = engine.Linker.MakeKeys(RecordsOf(import));
        if (import.HasKeys)
            return runs.Link;
        engine.Linker.AddRuns(runs);
        import.HasKeys = true;
        lock (database.Writing)
        {
            database.Transaction(() =>
            {
                KeepKeys(import.Number, runs);
                if (numbersShifted)
                    database.Execute("DELETE FROM setting WHERE name='key-scheme'");
            });
        }
        return runs.Link;
    }

    private SortedSet<int> HaveKeptKeys() => [.. database.Rows("SELECT import FROM key_run WHERE piece=0", r => r.GetInt32(0))];

    private (ulong[] Link, ulong[] Screening) KeptKeys(int import)
    {
        var pieces = database.Rows(
            "SELECT link, screening FROM key_run WHERE import=$import ORDER BY piece",
            r => (Link: (byte[])r.GetValue(0), Screening: (byte[])r.GetValue(1)),
            ("$import", import)
        );
        return (Together(pieces.ConvertAll(p => p.Link)), Together(pieces.ConvertAll(p => p.Screening)));
    }

    private void KeepKeys(int import, (ulong[] Link, ulong[] Screening) runs)
    {
        database.Execute("DELETE FROM key_run WHERE import=$import", ("$import", import));
        int piece = 0,
            start = 0;
        do
        {
            database.Execute(
                "INSERT INTO key_run(import, piece, link, screening) VALUES($import, $piece, $link, $screening)",
                ("$import", import),
                ("$piece", piece++),
                ("$link", Piece(runs.Link, start)),
                ("$screening", Piece(runs.Screening, start))
            );
            start += KeysInPiece;
        } while (start < Math.Max(runs.Link.Length, runs.Screening.Length));
    }

    private static byte[] Piece(ulong[] run, int start)
    {
        var rest = run.AsSpan(Math.Min(start, run.Length));
        return MemoryMarshal.AsBytes(rest[..Math.Min(KeysInPiece, rest.Length)]).ToArray();
    }

    private static ulong[] Together(List<byte[]> pieces)
    {
        var run = GC.AllocateUninitializedArray<ulong>(pieces.Sum(p => p.Length / sizeof(ulong)));
        int at = 0;
        foreach (byte[] piece in pieces)
        {
            var keys = MemoryMarshal.Cast<byte, ulong>(piece);
            keys.CopyTo(run.AsSpan(at));
            at += keys.Length;
        }
        return run;
    }
}
