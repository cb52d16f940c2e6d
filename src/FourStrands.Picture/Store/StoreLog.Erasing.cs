using FourStrands.Picture.Imports;
using FourStrands.Picture.Matches;
using FourStrands.Picture.Memory;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture.Store;

/// <summary>
/// How something is erased: its bytes from blocks, and all that was made of it, in one transaction; then from memory; then what is left of it in the
/// file's pages and its journal.
/// </summary>
internal sealed partial class StoreLog
{
    /// <summary>A setting: what is left in the pages and the journal of something erased, or encrypted since, is still to be removed.</summary>
    public const string Unfinished = "erasure-unfinished";

    /// <summary>Does it, within a turn. What is read meanwhile is the state before or the state after.</summary>
    public void Erase(ErasurePlan plan)
    {
        lock (database.Writing)
        {
            var emptied = engine.Emptied(plan.Statements);
            // A record without statements loses its key wherever that stands: beside what was erased earlier, too.
            HashSet<int> rewritten = [.. plan.Statements];
            HashSet<int> pointedAt = [];
            SortedSet<int> touched = [.. emptied];
            foreach (int s in plan.Statements)
            {
                touched.Add(engine.Statements[s].Record);
                if (engine.IsPointer(s))
                    pointedAt.Add(engine.Statements[s].Value);
            }
            foreach (int record in emptied)
            {
                foreach (int s in engine.Records.StatementsOf(record))
                    rewritten.Add(s);
            }
            // One that is brought in again and erased again is another record, and has another number: so it must at the next start.
            string erasure = plan.Row.Id.ToString();
            Dictionary<int, string> tokens = emptied.ToDictionary(r => r, r => $"erased-{engine.Identify("erased", RecordOf(r).ToString(), erasure)}");
            // Numbers go by what is said first: when that is a tie which is gone, the next start counts differently.
            bool shifts = pointedAt.Count > 0;
            var linkedAgain = ImportsOf(touched);
            var places = plan.Row.Places ?? Places(plan);
            // What a new import says again must be taken as new, though the file is the same.
            var imports = plan.Statements.Select(s => engine.Imports[engine.ImportOf(s)]).Distinct().ToList();
            var repeated = engine.Imports.Where(i => imports.Exists(e => e.Source == i.Source && e.Label == i.Label)).ToList();
            // Before the rest: a label that is new stays, whatever becomes of the rest.
            Label(plan.Row.Label);
            var labels = plan.Notices.Select(n => Label(n.Document.Label)).ToList();
            database.Transaction(() =>
            {
                Rewrite(rewritten, plan.Statements, tokens);
                Forget(plan);
                DropMatches(touched.Select(RecordOf).ToHashSet());
                DropKeys(touched);
                foreach (var import in linkedAgain)
                    database.Execute("UPDATE import SET linked=0 WHERE number=$number", ("$number", import.Number));
                foreach (var import in repeated)
                    database.Execute("UPDATE import SET content=NULL WHERE number=$number", ("$number", import.Number));
                foreach (int import in plan.Files)
                    database.Execute("UPDATE import SET file=$file WHERE number=$number", ("$number", import), ("$file", Sealed("import.file", import, "")));
                if (shifts)
                    database.Execute("DELETE FROM setting WHERE name='key-scheme'");
                foreach (var ((document, agency), label) in plan.Notices.Zip(labels))
                    Write(document, label, agency);
                Keep(plan.Row with { Places = places });
                MarkUnfinished(database);
            });
            numbersShifted |= shifts;
            foreach (var import in repeated)
                import.Content = null;
            TakeFromMemory(plan, emptied, touched);
            LinkAgain(plan, touched.Except(emptied).ToList(), linkedAgain);
        }
    }

    /// <summary>Removes what is left in the file's pages and its journal, if anything was erased since that was last done.</summary>
    /// <returns>False if somebody is reading an older state: it is to be called again.</returns>
    public bool FinishErasing(ReadLog log)
    {
        lock (database.Writing)
        {
            if (database.Scalar("SELECT 1 FROM setting WHERE name=$name", ("$name", Unfinished)) is null)
                return true;
            if (!database.LeaveNothingBehind() || !log.LeaveNothingBehind())
                return false;
            database.Execute("DELETE FROM setting WHERE name=$name", ("$name", Unfinished));
            return true;
        }
    }

    /// <summary>As <see cref="FinishErasing"/>, when a store is opened: on a full disk it is put off to the next start.</summary>
    public void FinishErasingIfThereIsRoom(ReadLog log) => UnlessFull(() => FinishErasing(log));

    /// <summary>Within a transaction that leaves something in the file's pages that is to be removed from them.</summary>
    public static void MarkUnfinished(Database database) =>
        database.Execute("INSERT INTO setting(name, value) VALUES($name, x'01') ON CONFLICT(name) DO NOTHING", ("$name", Unfinished));

    /// <summary>The erasures, oldest first.</summary>
    public List<ErasureRow> Erasures()
    {
        lock (database.Writing)
            return database.Rows("SELECT id, at, by, agency, reason, kind, label, places FROM erasure ORDER BY number", ReadErasure);
    }

    /// <summary>All rejections of an import in the order in which they are kept, with what they say.</summary>
    public List<Rejection> Rejected(int import)
    {
        lock (database.Writing)
        {
            return database.Rows(
                "SELECT line, field, reason, excerpt FROM reject WHERE import=$import ORDER BY rowid",
                r => ReadRejection(r, import),
                ("$import", import)
            );
        }
    }

    public List<HoldRow> Holds()
    {
        lock (database.Writing)
        {
            return database.Rows(
                "SELECT id, kind, target, label, agency, by, at, reason, lifted_by, lifted_at, lifted_reason FROM hold ORDER BY number",
                r =>
                {
                    var id = RecordId.Read((byte[])r.GetValue(0));
                    return new HoldRow(
                        id,
                        (HoldKind)r.GetInt32(1),
                        RecordId.Read((byte[])r.GetValue(2)),
                        engine.Labels[r.GetInt32(3)],
                        r.GetString(4),
                        Opened("hold.by", id, r.GetValue(5)),
                        At(r.GetInt64(6)),
                        Opened("hold.reason", id, r.GetValue(7)),
                        r.IsDBNull(8) ? null : Opened("hold.lifted_by", id, r.GetValue(8)),
                        r.IsDBNull(9) ? null : At(r.GetInt64(9)),
                        r.IsDBNull(10) ? null : Opened("hold.lifted_reason", id, r.GetValue(10))
                    );
                }
            );
        }
    }

    public void Keep(HoldRow hold)
    {
        lock (database.Writing)
        {
            database.Execute(
                """
                INSERT INTO hold(id, kind, target, label, agency, by, at, reason, lifted_by, lifted_at, lifted_reason)
                VALUES($id, $kind, $target, $label, $agency, $by, $at, $reason, $liftedBy, $liftedAt, $liftedReason)
                ON CONFLICT(id) DO UPDATE SET lifted_by=$liftedBy, lifted_at=$liftedAt, lifted_reason=$liftedReason
                """,
                ("$id", Bytes(hold.Id)),
                ("$kind", (int)hold.Kind),
                ("$target", Bytes(hold.Target)),
                ("$label", Label(hold.Label)),
                ("$agency", hold.Agency),
                ("$by", Sealed("hold.by", hold.Id, hold.By)),
                ("$at", hold.At.ToUnixTimeMilliseconds()),
                ("$reason", Sealed("hold.reason", hold.Id, hold.Reason)),
                ("$liftedBy", hold.LiftedBy is { } lifter ? Sealed("hold.lifted_by", hold.Id, lifter) : null),
                ("$liftedAt", hold.LiftedAt?.ToUnixTimeMilliseconds()),
                ("$liftedReason", hold.LiftedReason is { } why ? Sealed("hold.lifted_reason", hold.Id, why) : null)
            );
        }
    }

    private RecordId RecordOf(int record) => new(engine.Records.Id[record]);

    private ErasureRow ReadErasure(SqliteDataReader r)
    {
        var id = RecordId.Read((byte[])r.GetValue(0));
        return new ErasureRow(
            id,
            At(r.GetInt64(1)),
            Opened("erasure.by", id, r.GetValue(2)),
            r.GetString(3),
            Opened("erasure.reason", id, r.GetValue(4)),
            (ErasureKind)r.GetInt32(5),
            engine.Labels[r.GetInt32(6)],
            ErasedPlaces.Read(r.GetString(7))
        );
    }

    private void Keep(ErasureRow row) =>
        database.Execute(
            "INSERT INTO erasure(id, at, by, agency, reason, kind, label, places) VALUES($id, $at, $by, $agency, $reason, $kind, $label, $places)",
            ("$id", Bytes(row.Id)),
            ("$at", row.At.ToUnixTimeMilliseconds()),
            ("$by", Sealed("erasure.by", row.Id, row.By)),
            ("$agency", row.Agency),
            ("$reason", Sealed("erasure.reason", row.Id, row.Reason)),
            ("$kind", (int)row.Kind),
            ("$label", Label(row.Label)),
            ("$places", row.Places!.Write())
        );

    private ErasedPlaces Places(ErasurePlan plan)
    {
        List<ErasedRun> runs = [];
        foreach (int s in plan.Statements.Order())
        {
            var import = engine.Imports[engine.ImportOf(s)];
            int place = s - import.First;
            string id = import.Id.ToString();
            if (runs.Count > 0 && runs[^1] is var last && last.Import == id && last.First + last.Count == place)
                runs[^1] = last with { Count = last.Count + 1 };
            else
                runs.Add(new ErasedRun(id, place, 1));
        }
        return new ErasedPlaces(
            runs,
            [.. plan.Documents.Select(d => d.ToString())],
            [.. plan.Judgements.Select(j => j.ToString())],
            [.. plan.Reasons.Select(j => j.ToString())],
            [.. plan.Rejects.Select(r => new ErasedReject(engine.Imports.Find(i => i.Number == r.Import)!.Id.ToString(), r.Place))],
            [.. plan.Files.Select(f => engine.Imports.Find(i => i.Number == f)!.Id.ToString())],
            plan.Questions
        )
        {
            Kinds = plan.Statements.Count(s => engine.Statements[s].Property == Statements.KindProperty),
        };
    }

    /// <summary>The imports that say anything of records: if the program dies before these are compared again, the next start does it.</summary>
    private List<ImportRow> ImportsOf(IEnumerable<int> records)
    {
        SortedSet<int> imports = [];
        foreach (int record in records)
        {
            foreach (int s in engine.Records.StatementsOf(record))
                imports.Add(engine.ImportOf(s));
        }
        return [.. imports.Select(i => engine.Imports[i])];
    }

    /// <summary>Writes the blocks anew that hold any of it. What is erased keeps its place.</summary>
    private void Rewrite(HashSet<int> rewritten, HashSet<int> erased, Dictionary<int, string> tokens)
    {
        foreach (var import in rewritten.Select(s => engine.Imports[engine.ImportOf(s)]).Distinct().ToList())
        {
            int at = import.First;
            var ordinals = database.Rows("SELECT ordinal FROM block WHERE import=$import ORDER BY ordinal", r => r.GetInt32(0), ("$import", import.Number));
            foreach (int ordinal in ordinals)
            {
                byte[] block = (byte[])
                    database.Scalar("SELECT bytes FROM block WHERE import=$import AND ordinal=$ordinal", ("$import", import.Number), ("$ordinal", ordinal))!;
                if (Rewritten(block, ref at, erased, tokens) is { } now)
                    database.Execute(
                        "UPDATE block SET bytes=$bytes WHERE import=$import AND ordinal=$ordinal",
                        ("$import", import.Number),
                        ("$ordinal", ordinal),
                        ("$bytes", now)
                    );
            }
        }
    }

    /// <summary>A block without what is erased; null if it holds none of it.</summary>
    /// <param name="block">The block.</param>
    /// <param name="at">The number of its first statement; after it, that of the next block's.</param>
    /// <param name="erased">Statements that go.</param>
    /// <param name="tokens">What stands in the place of the keys of records that are no more.</param>
    private byte[]? Rewritten(byte[] block, ref int at, HashSet<int> erased, Dictionary<int, string> tokens)
    {
        var batch = new Batch();
        Store.Block.Read(block, engine.Ontology, batch);
        var writer = new Block.Writer(engine.Ontology);
        bool changed = false;
        for (int i = 0; i < batch.Records.Count; i++)
        {
            var entry = batch.Records[i];
            int end = i + 1 < batch.Records.Count ? batch.Records[i + 1].First : batch.Statements.Count;
            int record = engine.Statements[at].Record;
            ReadOnlySpan<byte> key = tokens.TryGetValue(record, out string? token)
                ? System.Text.Encoding.UTF8.GetBytes(token)
                : batch.Text(entry.Key, entry.KeyLength);
            bool kindGoes = entry.Schema >= 0 && erased.Contains(at);
            writer.Begin(key, kindGoes ? -1 : entry.Schema);
            changed |= token is not null;
            if (entry.Schema >= 0)
            {
                if (kindGoes)
                    writer.Add(engine.ErasedProperty, []);
                changed |= kindGoes;
                at++;
            }
            for (int j = entry.First; j < end; j++, at++)
            {
                var statement = batch.Statements[j];
                bool goes = erased.Contains(at);
                changed |= goes;
                if (goes)
                    writer.Add(engine.ErasedProperty, []);
                else
                    writer.Add((ushort)statement.Property, batch.Text(statement.Value, statement.Length));
            }
            writer.End();
        }
        return changed ? writer.Finish() : null;
    }

    /// <summary>Takes away what was derived: documents, judgements, reasons, excerpts.</summary>
    private void Forget(ErasurePlan plan)
    {
        foreach (var document in plan.Documents)
            database.Execute("DELETE FROM document WHERE id=$id", ("$id", Bytes(document)));
        foreach (var id in plan.Judgements)
            database.Execute("DELETE FROM judgement WHERE id=$id", ("$id", Bytes(id)));
        foreach (var id in plan.Reasons)
        {
            database.Execute("UPDATE judgement SET reason=$reason WHERE id=$id", ("$reason", Sealed("judgement.reason", id, ErasedReason)), ("$id", Bytes(id)));
            database.Execute(
                "UPDATE hold SET reason=$reason, lifted_reason=CASE WHEN lifted_reason IS NULL THEN NULL ELSE $lifted END WHERE id=$id",
                ("$reason", Sealed("hold.reason", id, ErasedReason)),
                ("$lifted", Sealed("hold.lifted_reason", id, ErasedReason)),
                ("$id", Bytes(id))
            );
        }
        foreach (var group in plan.Rejects.GroupBy(r => r.Import))
        {
            var rows = database.Rows("SELECT rowid FROM reject WHERE import=$import ORDER BY rowid", r => r.GetInt64(0), ("$import", group.Key));
            foreach (var (_, place) in group)
            {
                if (place < rows.Count)
                    database.Execute(
                        "UPDATE reject SET excerpt=$excerpt, reason=$reason WHERE rowid=$row",
                        ("$excerpt", Sealed("reject.excerpt", group.Key, "")),
                        ("$reason", Sealed("reject.reason", group.Key, ErasedReason)),
                        ("$row", rows[place])
                    );
            }
        }
    }

    /// <summary>What stands where a reason or an excerpt was erased.</summary>
    public const string ErasedReason = "(erased)";

    private void DropMatches(HashSet<RecordId> records)
    {
        foreach (long number in database.Rows("SELECT number FROM match_block ORDER BY number", r => r.GetInt64(0)))
        {
            byte[] bytes = (byte[])database.Scalar("SELECT bytes FROM match_block WHERE number=$number", ("$number", number))!;
            using var kept = new MemoryStream(bytes.Length);
            for (var left = bytes.AsSpan(); left.Length >= 36; left = left[36..])
            {
                if (!records.Contains(RecordId.Read(left)) && !records.Contains(RecordId.Read(left[16..])))
                    kept.Write(left[..36]);
            }
            if (kept.Length == 0)
                database.Execute("DELETE FROM match_block WHERE number=$number", ("$number", number));
            else if (kept.Length < bytes.Length)
                database.Execute("UPDATE match_block SET bytes=$bytes WHERE number=$number", ("$number", number), ("$bytes", kept.ToArray()));
        }
    }

    private void DropKeys(SortedSet<int> records)
    {
        foreach (int import in HaveKeptKeys())
        {
            var (link, screening) = KeptKeys(import);
            var linkNow = KeyIndex.Without(link, records.Contains);
            var screeningNow = KeyIndex.Without(screening, records.Contains);
            if (linkNow != link || screeningNow != screening)
                KeepKeys(import, (linkNow, screeningNow));
        }
    }

    private void TakeFromMemory(ErasurePlan plan, List<int> emptied, SortedSet<int> touched)
    {
        engine.Lock.EnterWriteLock();
        try
        {
            foreach (int record in touched)
                engine.Matches.Change(record, row => plan.Judgements.Contains(row.Judgement.Id) ? null : row);
            foreach (int record in emptied)
            {
                // What stays is others', or what they who erased may not see: it must not show whether anything else is said of the record.
                engine.Matches.SetAside(record);
                engine.Matches.Set([.. engine.Matches.VerdictsOf(record).Keys.Select(other => new Linker.Found(record, other, MatchTable.None))]);
            }
            foreach (int record in touched)
                engine.Matches.Change(
                    record,
                    row => plan.Reasons.Contains(row.Judgement.Id) ? row with { Judgement = row.Judgement with { Reason = ErasedReason } } : row
                );
            foreach (int import in plan.Files)
                engine.Imports.Find(i => i.Number == import)!.ForgetFile();
            engine.Erase(plan.Statements, emptied);
        }
        finally
        {
            engine.Lock.ExitWriteLock();
        }
    }

    /// <summary>Records that still say something are compared with the others by what they say now, label by label of what they say no more.</summary>
    private void LinkAgain(ErasurePlan plan, List<int> records, List<ImportRow> imports)
    {
        var keys = engine.Linker.MakeKeys(records);
        var changed = records.ToHashSet();
        engine.Lock.EnterWriteLock();
        engine.Linker.Rekey(r => changed.Contains(r) || engine.Records.Id[r] == 0, keys);
        engine.Lock.ExitWriteLock();
        foreach (int label in plan.Statements.Select(s => engine.Imports[engine.ImportOf(s)].Label).Distinct().Order())
            engine.Linker.Link(records, label, keys.Link, Take, null);
        // Which import's they are kept with does not matter: all are read at start. One that has none yet gets all of its own when it is linked.
        var have = HaveKeptKeys();
        if (imports.Find(i => have.Contains(i.Number)) is { } holder)
        {
            var (link, screening) = KeptKeys(holder.Number);
            KeepKeys(holder.Number, (KeyIndex.Merge(link, keys.Link), KeyIndex.Merge(screening, keys.Screening)));
        }
        List<Linker.Found> now = [];
        foreach (int record in records)
        {
            foreach (var (other, verdict) in engine.Matches.VerdictsOf(record))
            {
                if (verdict != MatchTable.None && (record < other || !changed.Contains(other)))
                    now.Add(new Linker.Found(record, other, verdict));
            }
        }
        if (imports.Count > 0)
            Keep(imports[0], now);
        foreach (var import in imports.Where(i => i.Linked))
            database.Execute("UPDATE import SET linked=1 WHERE number=$number", ("$number", import.Number));

        void Take(List<Linker.Found> found)
        {
            engine.Lock.EnterWriteLock();
            engine.Matches.Set(engine.Matches.Changes(found));
            engine.Changed();
            engine.Lock.ExitWriteLock();
        }
    }
}
