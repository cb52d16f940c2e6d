using System.Buffers.Binary;
using System.Globalization;
using FourStrands.Picture.Matches;
using FourStrands.Picture.Memory;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture.Store;

/// <summary>How the engine is made from what is kept, at start.</summary>
internal sealed partial class StoreLog
{
    public void Load()
    {
        UnlessFull(() =>
            database.Transaction(() =>
            {
                database.Execute("DELETE FROM block WHERE import IN (SELECT number FROM import WHERE committed=0)");
                database.Execute("DELETE FROM reject WHERE import IN (SELECT number FROM import WHERE committed=0)");
                database.Execute("DELETE FROM import WHERE committed=0");
            })
        );
        ForgetOutdatedMatches();
        nextImport = 1 + Convert.ToInt32(database.Scalar("SELECT IFNULL(MAX(number), 0) FROM import"), CultureInfo.InvariantCulture);
        foreach (
            var (number, text) in database.Rows(
                "SELECT number, text FROM label ORDER BY number",
                r => (r.GetInt32(0), Opened("label.text", r.GetInt32(0), r.GetValue(1)))
            )
        )
        {
            if (engine.Labels.Intern(Picture.Label.Parse(text)) != number)
                throw new StoreException("The store's labels are damaged. Restore it from a backup.");
        }
        // Encrypted, no two are the same to SQLite: that they are not is seen to here and in memory.
        HashSet<(string, string)> names = [];
        foreach (
            var (number, name, owner) in database.Rows(
                "SELECT number, name, owner FROM source ORDER BY number",
                r => (r.GetInt32(0), Opened("source.name", r.GetInt32(0), r.GetValue(1)), r.GetString(2))
            )
        )
        {
            if (number != engine.Sources.Count || !names.Add((owner, name)))
                throw new StoreException("The store's sources are damaged. Restore it from a backup.");
            engine.Sources.Add(new SourceRow(number, engine.Identify("source", owner, name), name, owner));
        }
        using var loading = new Loading(engine);
        foreach (
            var (import, withdrawal, linked) in database.Rows(
                "SELECT number, id, source, label, kind, grade, complete, file, format, by, at, content, records, statements, unchanged, withdrawn, rejected, withdrawal, linked, ended FROM import WHERE committed=1 ORDER BY number",
                ReadImport
            )
        )
        {
            import.First = import.End = engine.Statements.Count;
            import.FirstRecord = engine.Records.Count;
            var (added, unchanged) = (import.Added, import.Unchanged);
            database.Each(
                "SELECT bytes FROM block WHERE import=$import ORDER BY ordinal",
                r => loading.Take((byte[])r.GetValue(0), import),
                ("$import", import.Number)
            );
            (import.Added, import.Unchanged) = (added, unchanged);
            var withdrawn = withdrawal is null ? null : ReadWithdrawal(withdrawal);
            engine.Publish(import, withdrawn, sort: false);
            import.Linked = linked;
            import.NotLinked = linked ? null : withdrawn;
            if (!linked)
                Await(import);
        }
        loading.Finish();
        // Last: what came after an import may rest on what it said while it lasted.
        foreach (var ended in engine.Imports.Where(i => i.Ended is not null))
            WithdrawAll(ended);
        foreach (var (number, bytes) in database.Rows("SELECT number, bytes FROM verdict ORDER BY number", r => (r.GetInt32(0), (byte[])r.GetValue(1))))
        {
            if (engine.Matches.Intern(ReadVerdict(bytes), out _) != number)
                throw new StoreException("The store's matches are damaged. Restore it from a backup.");
        }
        keptVerdicts = engine.Matches.VerdictCount;
        database.Each("SELECT bytes FROM match_block ORDER BY number", r => ReadMatches((byte[])r.GetValue(0)));
        database.Each("SELECT number, id, left_record, right_record, verdict, reason, by, agency, at, label FROM judgement ORDER BY number", ReadJudgement);
        LoadKeys();
    }

    /// <summary>
    /// Matches that were worked out by other rules than today's are dropped, and all imports are to be linked anew: a score that is
    /// shown must be the one that its explanation adds up to.
    /// </summary>
    private void ForgetOutdatedMatches()
    {
        byte[] scheme = Linkage.ComparisonScheme.Digest();
        if (database.Scalar("SELECT value FROM setting WHERE name='match-scheme'") is byte[] known && known.AsSpan().SequenceEqual(scheme))
            return;
        UnlessFull(() =>
            database.Transaction(() =>
            {
                database.Execute("DELETE FROM match_block");
                database.Execute("DELETE FROM verdict");
                database.Execute("UPDATE import SET linked=0");
                database.Execute(
                    "INSERT INTO setting(name, value) VALUES('match-scheme', $scheme) ON CONFLICT(name) DO UPDATE SET value=$scheme",
                    ("$scheme", scheme)
                );
            })
        );
    }

    /// <summary>What only saves time or room must not keep a store on a full disk from being opened and read.</summary>
    public static void UnlessFull(Action work)
    {
        const int Full = 13;
        try
        {
            work();
        }
        catch (SqliteException problem) when (problem.SqliteErrorCode == Full) { }
        // As the log says it.
        catch (StoreException problem) when (problem.InnerException is SqliteException { SqliteErrorCode: Full }) { }
    }

    private (ImportRow, byte[]?, bool) ReadImport(SqliteDataReader r)
    {
        int number = r.GetInt32(0),
            label = r.GetInt32(3);
        string file = Opened("import.file", number, r.GetValue(7)),
            by = Opened("import.by", number, r.GetValue(9));
        var request = new ImportRequest(engine.Sources[r.GetInt32(2)].Name, engine.Labels[label], file, r.GetString(8))
        {
            Kind = (StatementKind)r.GetInt32(4),
            Grade = r.GetString(5),
            Complete = r.GetInt32(6) != 0,
        };
        var import = new ImportRow(number, RecordId.Read((byte[])r.GetValue(1)), r.GetInt32(2), label, request, by, At(r.GetInt64(10)))
        {
            Content = r.IsDBNull(11) ? null : vault.Unlock((byte[])r.GetValue(11), Vault.KeptAs("import.content", Row(number))),
            Records = r.GetInt64(12),
            Added = r.GetInt64(13),
            Unchanged = r.GetInt64(14),
            Withdrawn = r.GetInt64(15),
            Rejected = r.GetInt64(16),
            Ended = r.IsDBNull(19) ? null : At(r.GetInt64(19)),
        };
        return (import, r.IsDBNull(17) ? null : (byte[])r.GetValue(17), r.GetInt32(18) != 0);
    }

    private void ReadJudgement(SqliteDataReader r)
    {
        var id = RecordId.Read((byte[])r.GetValue(1));
        var left = RecordId.Read((byte[])r.GetValue(2));
        var right = RecordId.Read((byte[])r.GetValue(3));
        int label = r.GetInt32(9);
        var judgement = new Judgement(
            id,
            left,
            right,
            (Verdict)r.GetInt32(4),
            Opened("judgement.reason", id, r.GetValue(5)),
            Opened("judgement.by", id, r.GetValue(6)),
            r.GetString(7),
            At(r.GetInt64(8)),
            engine.Labels[label]
        );
        nextJudgement = r.GetInt32(0) + 1;
        engine.Matches.Add(r.GetInt32(0), label, judgement);
    }

    private List<int> ReadWithdrawal(byte[] bytes)
    {
        var byNumber = engine.Imports.ToDictionary(i => i.Number);
        using var reader = new BinaryReader(new MemoryStream(bytes));
        List<int> statements = [];
        while (reader.BaseStream.Position < bytes.Length)
        {
            int number = reader.Read7BitEncodedInt(),
                place = reader.Read7BitEncodedInt();
            if (byNumber.TryGetValue(number, out var import))
                statements.Add(import.First + place);
        }
        return statements;
    }

    private static VerdictRow ReadVerdict(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var labels = new int[reader.Read7BitEncodedInt()];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = reader.Read7BitEncodedInt();
        var stream = reader.BaseStream;
        // Before it was kept who has it worked out, that was everybody, and there was no table.
        if (labels.Length > VerdictRow.MostLabels && stream.Position == stream.Length)
            return new VerdictRow([], [0], labels);
        var table = reader.ReadBytes(1 << labels.Length);
        List<int> asked = [];
        while (stream.Position < stream.Length)
            asked.Add(reader.Read7BitEncodedInt());
        return new VerdictRow(labels, table, [.. asked]);
    }

    private void ReadMatches(ReadOnlySpan<byte> bytes)
    {
        List<Linker.Found> matches = new(bytes.Length / 36);
        for (; bytes.Length >= 36; bytes = bytes[36..])
        {
            int left = engine.Records.Find(RecordId.Read(bytes)),
                right = engine.Records.Find(RecordId.Read(bytes[16..]));
            if (left >= 0 && right >= 0)
                matches.Add(new Linker.Found(left, right, BinaryPrimitives.ReadInt32LittleEndian(bytes[32..])));
        }
        engine.Matches.Set(matches);
    }
}
