using System.Buffers.Binary;
using System.Globalization;
using FourStrands.Picture.Matches;
using FourStrands.Picture.Memory;

namespace FourStrands.Picture.Store;

/// <summary>
/// What is kept: labels, sources, imports with their blocks of statements, matches and judgements. An import's blocks are written
/// while it runs and count only once its row says committed; what an import that died left behind is removed at the next start.
/// </summary>
internal sealed partial class StoreLog(Database database, Engine engine, Vault vault)
{
    private int nextImport = 1;
    private int nextJudgement = 1;
    private int keptVerdicts = 1;
    private bool numbersShifted;

    /// <summary>One import, or other change of the picture, at a time.</summary>
    public Turns Changing { get; } = new();

    private readonly List<ImportRow> notLinked = [];

    /// <summary>How many imports are committed and have records that were not all compared with the others.</summary>
    public int NotLinked
    {
        get
        {
            lock (database.Writing)
                return notLinked.Count;
        }
    }

    /// <summary>The oldest of them; null if all were compared.</summary>
    public ImportRow? NextNotLinked()
    {
        lock (database.Writing)
            return notLinked.FirstOrDefault();
    }

    /// <summary>An import that is committed waits to be compared.</summary>
    public void Await(ImportRow import)
    {
        lock (database.Writing)
        {
            if (!notLinked.Contains(import))
                notLinked.Add(import);
        }
    }

    /// <summary>The number of a label, kept if it is new.</summary>
    public int Label(Label label)
    {
        lock (database.Writing)
        {
            if (engine.Labels.TryFind(label, out int known))
                return known;
            // Kept first: a number that memory knows and the disk does not would shift every later one.
            database.Execute(
                "INSERT INTO label(number, text) VALUES($number, $text)",
                ("$number", engine.Labels.Count),
                ("$text", Sealed("label.text", engine.Labels.Count, label.ToString()))
            );
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
            database.Execute(
                "INSERT INTO source(number, name, owner) VALUES($number, $name, $owner)",
                ("$number", number),
                ("$name", Sealed("source.name", number, name)),
                ("$owner", owner)
            );
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
                ("$file", Sealed("import.file", number, request.FileName)),
                ("$format", request.Format),
                ("$by", Sealed("import.by", number, by)),
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

    /// <param name="import">The import.</param>
    /// <param name="rejections">What could not be used.</param>
    /// <param name="withdrawn">What it withdraws; null for nothing.</param>
    /// <param name="notes">Documents of its agency that are kept with it, or not at all.</param>
    public void Commit(ImportRow import, IReadOnlyList<Rejection> rejections, List<int>? withdrawn, IReadOnlyList<Document> notes)
    {
        lock (database.Writing)
        {
            // Before the rest: a label that is new stays, whatever becomes of the rest.
            var labels = notes.Select(n => Label(n.Label)).ToList();
            database.Transaction(() =>
            {
                foreach (var r in rejections)
                {
                    database.Execute(
                        "INSERT INTO reject(import, line, field, reason, excerpt) VALUES($import, $line, $field, $reason, $excerpt)",
                        ("$import", import.Number),
                        ("$line", r.Line),
                        ("$field", Sealed("reject.field", import.Number, r.Field)),
                        ("$reason", Sealed("reject.reason", import.Number, r.Reason)),
                        ("$excerpt", Sealed("reject.excerpt", import.Number, r.Excerpt))
                    );
                }
                database.Execute(
                    """
                    UPDATE import SET committed=1, at=$at, content=$content, records=$records, statements=$statements, unchanged=$unchanged, withdrawn=$withdrawn, rejected=$rejected, withdrawal=$withdrawal
                    WHERE number=$number
                    """,
                    ("$number", import.Number),
                    ("$at", import.At.ToUnixTimeMilliseconds()),
                    ("$content", import.Content is { } hash ? vault.Lock(hash, Vault.KeptAs("import.content", Row(import.Number))) : null),
                    ("$records", import.Records),
                    ("$statements", import.Added),
                    ("$unchanged", import.Unchanged),
                    ("$withdrawn", import.Withdrawn),
                    ("$rejected", import.Rejected),
                    ("$withdrawal", withdrawn is { Count: > 0 } ? WriteWithdrawal(withdrawn) : null)
                );
                foreach (var (note, label) in notes.Zip(labels))
                    Write(note, label, engine.Sources[import.Source].Owner);
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
        engine.Prepared.BeginLinking();
        try
        {
            engine.Linker.Link(
                RecordsOf(import),
                import.Label,
                keys,
                found =>
                {
                    Keep(import, engine.Matches.Changes(found));
                    Changing.Pass();
                },
                progress,
                cancel
            );
        }
        finally
        {
            engine.Lock.EnterWriteLock();
            engine.Prepared.EndLinking();
            engine.Lock.ExitWriteLock();
        }
        lock (database.Writing)
        {
            database.Execute("UPDATE import SET linked=1 WHERE number=$number", ("$number", import.Number));
            import.Linked = true;
            import.NotLinked = null;
            notLinked.Remove(import);
        }
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

    /// <summary>
    /// Ends all that an import said, at once and for good. Its records are then to be compared anew, by <see cref="Link"/>; needs no turn.
    /// </summary>
    public void End(ImportRow import, DateTimeOffset at)
    {
        lock (database.Writing)
        {
            // Out of memory first: what cannot be written is shown no more all the same, and ends again at the next start.
            WithdrawAll(import);
            database.Execute("UPDATE import SET ended=$at, linked=0 WHERE number=$number", ("$at", at.ToUnixTimeMilliseconds()), ("$number", import.Number));
            import.Ended = at;
            import.Linked = false;
            Await(import);
        }
    }

    private void WithdrawAll(ImportRow import)
    {
        List<int> said = [];
        for (int s = import.First; s < import.End; s++)
        {
            if (engine.Statements[s].Label != LabelTable.Nobody)
                said.Add(s);
        }
        engine.Withdraw(said);
    }

    public List<Rejection> Rejections(ImportRow import, int limit)
    {
        lock (database.Writing)
        {
            return database.Rows(
                "SELECT line, field, reason, excerpt FROM reject WHERE import=$import ORDER BY line, rowid LIMIT $limit",
                r => ReadRejection(r, import.Number),
                ("$import", import.Number),
                ("$limit", limit)
            );
        }
    }

    public void Add(Judgement judgement, int left, int right, int label)
    {
        lock (database.Writing)
        {
            if (engine.Records.Id[left] != judgement.Left.Value || engine.Records.Id[right] != judgement.Right.Value)
                throw new KeyNotFoundException("There is no such record.");
            int number = nextJudgement++;
            database.Execute(
                "INSERT INTO judgement(number, id, left_record, right_record, verdict, reason, by, agency, at, label) VALUES($number, $id, $left, $right, $verdict, $reason, $by, $agency, $at, $label)",
                ("$number", number),
                ("$id", Bytes(judgement.Id)),
                ("$left", Bytes(judgement.Left)),
                ("$right", Bytes(judgement.Right)),
                ("$verdict", (int)judgement.Verdict),
                ("$reason", Sealed("judgement.reason", judgement.Id, judgement.Reason)),
                ("$by", Sealed("judgement.by", judgement.Id, judgement.By)),
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
                ("$by", Sealed("document.by", document.Id, document.By)),
                ("$at", document.At.ToUnixTimeMilliseconds()),
                ("$content", Sealed("document.content", document.Id, document.Content))
            );
        }
    }

    /// <summary>Writes a document anew that is there; one that was erased meanwhile stays away.</summary>
    public void Rewrite(Document document)
    {
        lock (database.Writing)
        {
            database.Execute(
                "UPDATE document SET at=$at, content=$content WHERE id=$id",
                ("$id", Bytes(document.Id)),
                ("$at", document.At.ToUnixTimeMilliseconds()),
                ("$content", Sealed("document.content", document.Id, document.Content))
            );
        }
    }

    /// <summary>Documents, each with its label's number and its owner; of one kind, or the one of that identifier.</summary>
    /// <param name="kind">The kind; null for any.</param>
    /// <param name="id">The identifier; null for any.</param>
    /// <param name="sees">Of which labels; null for all. Others are not even decrypted: what is wrong with one is no matter of those who may not see it.</param>
    public List<(Document Document, int Label, string Agency)> Documents(string? kind, RecordId? id, Func<Label, bool>? sees = null)
    {
        lock (database.Writing)
        {
            List<(Document, int, string)> found = [];
            database.Each(
                "SELECT id, kind, label, agency, by, at, content FROM document WHERE ($kind IS NULL OR kind=$kind) AND ($id IS NULL OR id=$id)",
                r =>
                {
                    if (sees?.Invoke(engine.Labels[r.GetInt32(2)]) == false)
                        return;
                    var of = RecordId.Read((byte[])r.GetValue(0));
                    var document = new Document(
                        of,
                        r.GetString(1),
                        engine.Labels[r.GetInt32(2)],
                        Opened("document.by", of, r.GetValue(4)),
                        At(r.GetInt64(5)),
                        Opened("document.content", of, r.GetValue(6))
                    );
                    found.Add((document, r.GetInt32(2), r.GetString(3)));
                },
                ("$kind", kind),
                ("$id", id is { } i ? Bytes(i) : null)
            );
            return found;
        }
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

    private static byte[] WriteVerdict(VerdictRow verdict)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write7BitEncodedInt(verdict.Labels.Length);
        foreach (int label in verdict.Labels)
            writer.Write7BitEncodedInt(label);
        writer.Write(verdict.Table);
        foreach (int label in verdict.Asked)
            writer.Write7BitEncodedInt(label);
        writer.Flush();
        return stream.ToArray();
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

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static byte[] Bytes(RecordId id)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id.Value);
        return bytes;
    }
}
