using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using FourStrands.Picture.Matches;
using FourStrands.Picture.Memory;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture.Store;

/// <summary>
/// What is kept, and how the engine is made from it again: labels, sources, imports with their blocks of statements, matches and
/// judgements. An import's blocks are written while it runs and count only once its row says committed; what an import that
/// died left behind is removed at the next start.
/// </summary>
internal sealed class StoreLog(Database database, Engine engine)
{
    private int nextImport = 1;
    private int nextJudgement = 1;
    private int keptVerdicts = 1;
    private bool numbersShifted;

    /// <summary>One import, or other change of the picture, at a time.</summary>
    public Turns Changing { get; } = new();

    /// <summary>Imports that are committed and whose records were not all compared with the others, oldest first.</summary>
    public List<ImportRow> NotLinked { get; } = [];

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
        foreach (var (number, text) in database.Rows("SELECT number, text FROM label ORDER BY number", r => (r.GetInt32(0), r.GetString(1))))
        {
            if (engine.Labels.Intern(Picture.Label.Parse(text)) != number)
                throw new StoreException("The store's labels are damaged. Restore it from a backup.");
        }
        foreach (
            var (number, name, owner) in database.Rows(
                "SELECT number, name, owner FROM source ORDER BY number",
                r => (r.GetInt32(0), r.GetString(1), r.GetString(2))
            )
        )
        {
            if (number != engine.Sources.Count)
                throw new StoreException("The store's sources are damaged. Restore it from a backup.");
            engine.Sources.Add(new SourceRow(number, engine.Identify("source", owner, name), name, owner));
        }
        using var loading = new Loading(engine);
        foreach (
            var (import, withdrawal, linked) in database.Rows(
                "SELECT number, id, source, label, kind, grade, complete, file, format, by, at, content, records, statements, unchanged, withdrawn, rejected, withdrawal, linked FROM import WHERE committed=1 ORDER BY number",
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
                NotLinked.Add(import);
        }
        loading.Finish();
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

    /// <summary>
    /// Blocking keys are kept because they take longest to make. They speak of records by number, which is the same at every start
    /// unless the process that wrote them had given up an import, or the way keys are made has changed: then they are made anew.
    /// </summary>
    private void LoadKeys()
    {
        byte[] scheme = Linker.KeyScheme();
        if (database.Scalar("SELECT value FROM setting WHERE name='key-scheme'") is byte[] known && known.AsSpan().SequenceEqual(scheme))
        {
            HashSet<int> have = [];
            database.Each(
                "SELECT link, screening, import FROM key_run ORDER BY import",
                r =>
                {
                    engine.Linker.AddRuns((Longs((byte[])r.GetValue(0)), Longs((byte[])r.GetValue(1))));
                    have.Add(r.GetInt32(2));
                }
            );
            // One that died before its keys were kept: its records are to be found all the same.
            foreach (var import in NotLinked)
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
                    Keep(import, runs);
                database.Execute(
                    "INSERT INTO setting(name, value) VALUES('key-scheme', $scheme) ON CONFLICT(name) DO UPDATE SET value=$scheme",
                    ("$scheme", scheme)
                );
            })
        );
    }

    /// <summary>What only saves time or room must not keep a store on a full disk from being opened and read.</summary>
    private static void UnlessFull(Action work)
    {
        const int Full = 13;
        try
        {
            work();
        }
        catch (SqliteException problem) when (problem.SqliteErrorCode == Full) { }
    }

    private void Keep(ImportRow import, (ulong[] Link, ulong[] Screening) runs) =>
        database.Execute(
            "INSERT INTO key_run(import, link, screening) VALUES($import, $link, $screening) ON CONFLICT(import) DO UPDATE SET link=$link, screening=$screening",
            ("$import", import.Number),
            ("$link", MemoryMarshal.AsBytes(runs.Link.AsSpan()).ToArray()),
            ("$screening", MemoryMarshal.AsBytes(runs.Screening.AsSpan()).ToArray())
        );

    private static ulong[] Longs(byte[] bytes) => MemoryMarshal.Cast<byte, ulong>(bytes).ToArray();

    /// <summary>The number of a label, kept if it is new.</summary>
    public int Label(Label label)
    {
        lock (database.Writing)
        {
            if (engine.Labels.TryFind(label, out int known))
                return known;
            // Kept first: a number that memory knows and the disk does not would shift every later one.
            database.Execute("INSERT INTO label(number, text) VALUES($number, $text)", ("$number", engine.Labels.Count), ("$text", label.ToString()));
            engine.Lock.EnterWriteLock();
            try
            {
                engine.Changed();
                return engine.Labels.Intern(label);
            }
            finally
            {
                engine.Lock.ExitWriteLock();
            }
        }
    }

    /// <summary>The number of an agency's source of that name, made if there is none.</summary>
    public int Source(string name, string owner)
    {
        lock (database.Writing)
        {
            int number = engine.Sources.FindIndex(s => s.Name == name && s.Owner == owner);
            if (number >= 0)
                return number;
            number = engine.Sources.Count;
            database.Execute("INSERT INTO source(number, name, owner) VALUES($number, $name, $owner)", ("$number", number), ("$name", name), ("$owner", owner));
            engine.Lock.EnterWriteLock();
            engine.Sources.Add(new SourceRow(number, engine.Identify("source", owner, name), name, owner));
            engine.Lock.ExitWriteLock();
            return number;
        }
    }

    public ImportRow Begin(ImportRequest request, int source, int label, string by, DateTimeOffset at)
    {
        lock (database.Writing)
        {
            int number = nextImport++;
            var row = engine.Sources[source];
            // Named by what it is, not by when it came: what others do cannot shift it.
            RecordId id;
            int again = 0;
            do
            {
                // Another of the same name, label and moment can only be the same viewer's.
                id = engine.Identify(
                    "import",
                    row.Owner,
                    row.Name,
                    request.Label.ToString(),
                    by,
                    at.UtcTicks.ToString(CultureInfo.InvariantCulture),
                    request.FileName,
                    $"{again++}"
                );
            } while (database.Scalar("SELECT 1 FROM import WHERE id=$id", ("$id", Bytes(id))) is not null);
            var import = new ImportRow(number, id, source, label, request, by, at)
            {
                First = engine.Statements.Count,
                End = engine.Statements.Count,
                FirstRecord = engine.Records.Count,
            };
            database.Execute(
                """
                INSERT INTO import(number, id, source, label, kind, grade, complete, file, format, by, at, records, statements, unchanged, withdrawn, rejected, committed, linked)
                VALUES($number, $id, $source, $label, $kind, $grade, $complete, $file, $format, $by, $at, 0, 0, 0, 0, 0, 0, 0)
                """,
                ("$number", number),
                ("$id", Bytes(id)),
                ("$source", source),
                ("$label", label),
                ("$kind", (int)request.Kind),
                ("$grade", request.Grade),
                ("$complete", request.Complete ? 1 : 0),
                ("$file", request.FileName),
                ("$format", request.Format),
                ("$by", by),
                ("$at", at.ToUnixTimeMilliseconds())
            );
            return import;
        }
    }

    public void Block(ImportRow import, int ordinal, byte[] bytes)
    {
        lock (database.Writing)
            database.WriteAhead(
                "INSERT INTO block(import, ordinal, bytes) VALUES($import, $ordinal, $bytes)",
                ("$import", import.Number),
                ("$ordinal", ordinal),
                ("$bytes", bytes)
            );
    }

    public void Commit(ImportRow import, IReadOnlyList<Rejection> rejections, List<int>? withdrawn)
    {
        lock (database.Writing)
        {
            database.Transaction(() =>
            {
                foreach (var r in rejections)
                {
                    database.Execute(
                        "INSERT INTO reject(import, line, field, reason, excerpt) VALUES($import, $line, $field, $reason, $excerpt)",
                        ("$import", import.Number),
                        ("$line", r.Line),
                        ("$field", r.Field),
                        ("$reason", r.Reason),
                        ("$excerpt", r.Excerpt)
                    );
                }
                database.Execute(
                    """
                    UPDATE import SET committed=1, at=$at, content=$content, records=$records, statements=$statements, unchanged=$unchanged, withdrawn=$withdrawn, rejected=$rejected, withdrawal=$withdrawal
                    WHERE number=$number
                    """,
                    ("$number", import.Number),
                    ("$at", import.At.ToUnixTimeMilliseconds()),
                    ("$content", import.Content),
                    ("$records", import.Records),
                    ("$statements", import.Added),
                    ("$unchanged", import.Unchanged),
                    ("$withdrawn", import.Withdrawn),
                    ("$rejected", import.Rejected),
                    ("$withdrawal", withdrawn is { Count: > 0 } ? WriteWithdrawal(withdrawn) : null)
                );
            });
        }
    }

    public void Abandon(ImportRow import)
    {
        lock (database.Writing)
        {
            // Records that it made keep their numbers until the next start, and those of later imports come after them.
            numbersShifted |= import.FirstRecord < engine.Records.Count;
            database.Transaction(() =>
            {
                database.Execute("DELETE FROM block WHERE import=$import", ("$import", import.Number));
                database.Execute("DELETE FROM import WHERE number=$import", ("$import", import.Number));
                if (numbersShifted)
                    database.Execute("DELETE FROM setting WHERE name='key-scheme'");
            });
        }
    }

    /// <summary>The records that an import changed; while it is not linked, those it withdrew something of among them.</summary>
    private List<int> RecordsOf(ImportRow import)
    {
        HashSet<int> records = [];
        for (int s = import.First; s < import.End; s++)
        {
            if (engine.Fields.IsCompared(engine.Statements[s].Property))
                records.Add(engine.Statements[s].Record);
        }
        if (import.NotLinked is not null)
        {
            foreach (int s in import.NotLinked)
                records.Add(engine.Statements[s].Record);
        }
        return [.. records];
    }

    /// <summary>
    /// Links an import's records to all others, within its turn. What is found is kept and used as it is found, and between two steps
    /// whoever waits for a turn has it: nobody waits for another's large import to be linked.
    /// </summary>
    public void Link(ImportRow import, IProgress<double>? progress, CancellationToken cancel)
    {
        if (import.Linked)
            return;
        var keys = KeysOf(import);
        engine.Linker.Link(
            RecordsOf(import),
            keys,
            found =>
            {
                Keep(import, found);
                Changing.Pass();
            },
            progress,
            cancel
        );
        lock (database.Writing)
            database.Execute("UPDATE import SET linked=1 WHERE number=$number", ("$number", import.Number));
        import.Linked = true;
        import.NotLinked = null;
        NotLinked.Remove(import);
        engine.Lock.EnterWriteLock();
        engine.Prepared.Trim();
        engine.Lock.ExitWriteLock();
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
                Keep(import, runs);
                if (numbersShifted)
                    database.Execute("DELETE FROM setting WHERE name='key-scheme'");
            });
        }
        return runs.Link;
    }

    private void Keep(ImportRow import, List<Linker.Found> found)
    {
        lock (database.Writing)
        {
            database.Transaction(() =>
            {
                for (int v = keptVerdicts; v < engine.Matches.VerdictCount; v++)
                    database.Execute("INSERT INTO verdict(number, bytes) VALUES($number, $bytes)", ("$number", v), ("$bytes", WriteVerdict(engine.Matches[v])));
                foreach (var chunk in found.Chunk(50_000))
                    database.Execute(
                        "INSERT INTO match_block(import, bytes) VALUES($import, $bytes)",
                        ("$import", import.Number),
                        ("$bytes", WriteMatches(chunk))
                    );
            });
            keptVerdicts = engine.Matches.VerdictCount;
        }
        engine.Lock.EnterWriteLock();
        try
        {
            engine.Matches.Set(found);
            engine.Changed();
        }
        finally
        {
            engine.Lock.ExitWriteLock();
        }
    }

    public List<Rejection> Rejections(ImportRow import, int limit)
    {
        lock (database.Writing)
        {
            return database.Rows(
                "SELECT line, field, reason, excerpt FROM reject WHERE import=$import ORDER BY line, rowid LIMIT $limit",
                r => new Rejection(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3)),
                ("$import", import.Number),
                ("$limit", limit)
            );
        }
    }

    public void Add(Judgement judgement, int left, int right, int label)
    {
        lock (database.Writing)
        {
            int number = nextJudgement++;
            database.Execute(
                "INSERT INTO judgement(number, id, left_record, right_record, verdict, reason, by, agency, at, label) VALUES($number, $id, $left, $right, $verdict, $reason, $by, $agency, $at, $label)",
                ("$number", number),
                ("$id", Bytes(judgement.Id)),
                ("$left", Bytes(judgement.Left)),
                ("$right", Bytes(judgement.Right)),
                ("$verdict", (int)judgement.Verdict),
                ("$reason", judgement.Reason),
                ("$by", judgement.By),
                ("$agency", judgement.Agency),
                ("$at", judgement.At.ToUnixTimeMilliseconds()),
                ("$label", label)
            );
            engine.Lock.EnterWriteLock();
            engine.Matches.Add(new JudgementRow(number, left, right, label, judgement));
            engine.Changed();
            engine.Lock.ExitWriteLock();
        }
    }

    public void Write(Document document, int label, string agency)
    {
        lock (database.Writing)
        {
            database.Execute(
                "INSERT INTO document(id, kind, label, agency, by, at, content) VALUES($id, $kind, $label, $agency, $by, $at, $content) ON CONFLICT(id) DO UPDATE SET label=$label, by=$by, at=$at, content=$content",
                ("$id", Bytes(document.Id)),
                ("$kind", document.Kind),
                ("$label", label),
                ("$agency", agency),
                ("$by", document.By),
                ("$at", document.At.ToUnixTimeMilliseconds()),
                ("$content", document.Content)
            );
        }
    }

    /// <summary>Documents, each with its label's number and its owner; of one kind, or the one of that identifier.</summary>
    public List<(Document Document, int Label, string Agency)> Documents(string? kind, RecordId? id)
    {
        lock (database.Writing)
        {
            return database.Rows(
                "SELECT id, kind, label, agency, by, at, content FROM document WHERE ($kind IS NULL OR kind=$kind) AND ($id IS NULL OR id=$id)",
                r =>
                    (
                        new Document(
                            RecordId.Read((byte[])r.GetValue(0)),
                            r.GetString(1),
                            engine.Labels[r.GetInt32(2)],
                            r.GetString(4),
                            At(r.GetInt64(5)),
                            r.GetString(6)
                        ),
                        r.GetInt32(2),
                        r.GetString(3)
                    ),
                ("$kind", kind),
                ("$id", id is { } i ? Bytes(i) : null)
            );
        }
    }

    private (ImportRow, byte[]?, bool) ReadImport(SqliteDataReader r)
    {
        int label = r.GetInt32(3);
        var request = new ImportRequest(engine.Sources[r.GetInt32(2)].Name, engine.Labels[label], r.GetString(7), r.GetString(8))
        {
            Kind = (StatementKind)r.GetInt32(4),
            Grade = r.GetString(5),
            Complete = r.GetInt32(6) != 0,
        };
        var import = new ImportRow(r.GetInt32(0), RecordId.Read((byte[])r.GetValue(1)), r.GetInt32(2), label, request, r.GetString(9), At(r.GetInt64(10)))
        {
            Content = r.IsDBNull(11) ? null : (byte[])r.GetValue(11),
            Records = r.GetInt64(12),
            Added = r.GetInt64(13),
            Unchanged = r.GetInt64(14),
            Withdrawn = r.GetInt64(15),
            Rejected = r.GetInt64(16),
        };
        return (import, r.IsDBNull(17) ? null : (byte[])r.GetValue(17), r.GetInt32(18) != 0);
    }

    private void ReadJudgement(SqliteDataReader r)
    {
        var left = RecordId.Read((byte[])r.GetValue(2));
        var right = RecordId.Read((byte[])r.GetValue(3));
        int label = r.GetInt32(9);
        var judgement = new Judgement(
            RecordId.Read((byte[])r.GetValue(1)),
            left,
            right,
            (Verdict)r.GetInt32(4),
            r.GetString(5),
            r.GetString(6),
            r.GetString(7),
            At(r.GetInt64(8)),
            engine.Labels[label]
        );
        nextJudgement = r.GetInt32(0) + 1;
        int a = engine.Records.Find(left),
            b = engine.Records.Find(right);
        if (a >= 0 && b >= 0)
            engine.Matches.Add(new JudgementRow(r.GetInt32(0), a, b, label, judgement));
    }

    /// <summary>Pairs of import number and place in the import: statement numbers hold only for one run of the program.</summary>
    private byte[] WriteWithdrawal(List<int> statements)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        foreach (int s in statements)
        {
            var import = engine.Imports[engine.ImportOf(s)];
            writer.Write7BitEncodedInt(import.Number);
            writer.Write7BitEncodedInt(s - import.First);
        }
        writer.Flush();
        return stream.ToArray();
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

    private static byte[] WriteVerdict(VerdictRow verdict)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write7BitEncodedInt(verdict.Labels.Length);
        foreach (int label in verdict.Labels)
            writer.Write7BitEncodedInt(label);
        if (verdict.Table is not null)
            writer.Write(verdict.Table);
        writer.Flush();
        return stream.ToArray();
    }

    private static VerdictRow ReadVerdict(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var labels = new int[reader.Read7BitEncodedInt()];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = reader.Read7BitEncodedInt();
        var table = reader.ReadBytes(bytes.Length);
        return new VerdictRow(labels, table.Length == 0 ? null : table);
    }

    private byte[] WriteMatches(Linker.Found[] matches)
    {
        var bytes = new byte[matches.Length * 36];
        for (int i = 0; i < matches.Length; i++)
        {
            var at = bytes.AsSpan(i * 36);
            BinaryPrimitives.WriteUInt128BigEndian(at, engine.Records.Id[matches[i].Left]);
            BinaryPrimitives.WriteUInt128BigEndian(at[16..], engine.Records.Id[matches[i].Right]);
            BinaryPrimitives.WriteInt32LittleEndian(at[32..], matches[i].Verdict);
        }
        return bytes;
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

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static byte[] Bytes(RecordId id)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id.Value);
        return bytes;
    }
}
