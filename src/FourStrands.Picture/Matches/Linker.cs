using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using FourStrands.Linkage;
using FourStrands.Picture.Memory;

namespace FourStrands.Picture.Matches;

/// <summary>
/// Finds which of an import's records may be the same subject as others, for every set of labels at once. It runs over
/// everything, so nothing it counts or orders by may show: what it keeps of a pair is a table over label sets, each entry worked
/// out from what those labels show and nothing else.
/// </summary>
internal sealed class Linker(Engine engine)
{
    /// <summary>So many pairs are scored between two places where others may change the picture: a fraction of a second's work.</summary>
    private const int ChunkOfPairs = 1 << 18;

    private readonly Dictionary<(int, int, byte), int> simpleVerdicts = [];
    private readonly ConcurrentDictionary<int, ulong[]> keysNow = [];
    private readonly ConcurrentDictionary<int, Dictionary<int, int>> verdictsBefore = [];

    /// <summary>Keys that propose a match.</summary>
    public KeyIndex LinkKeys { get; } = new();

    /// <summary>Keys that find a record whose name is misspelt.</summary>
    public KeyIndex ScreeningKeys { get; } = new();

    /// <summary>A pair and the verdict on it.</summary>
    public readonly record struct Found(int Left, int Right, int Verdict);

    /// <summary>The keys of records, as two sorted runs.</summary>
    public (ulong[] Link, ulong[] Screening) MakeKeys(IReadOnlyList<int> records)
    {
        if (records.Count == 0)
            return ([], []);
        var link = new ConcurrentBag<List<ulong>>();
        var screening = new ConcurrentBag<List<ulong>>();
        Parallel.ForEach(
            Partitioner.Create(0, records.Count, 2048),
            range =>
            {
                List<ulong> linkRun = [],
                    screeningRun = [];
                List<FieldValue> values = [];
                List<BlockingKey> keys = [];
                for (int i = range.Item1; i < range.Item2; i++)
                    KeysOf(records[i], values, keys, linkRun, screeningRun);
                link.Add(linkRun);
                screening.Add(screeningRun);
            }
        );
        return (Sorted(link), Sorted(screening));
    }

    /// <summary>Adds keys to the indexes.</summary>
    public void AddRuns((ulong[] Link, ulong[] Screening) keys)
    {
        engine.Lock.EnterWriteLock();
        try
        {
            LinkKeys.Add(keys.Link);
            ScreeningKeys.Add(keys.Screening);
        }
        finally
        {
            engine.Lock.ExitWriteLock();
        }
    }

    /// <summary>
    /// A digest of the keys of a few made-up subjects: when the way keys are made changes, so does this, and kept keys are made anew.
    /// </summary>
    public static byte[] KeyScheme()
    {
        List<BlockingKey> keys = [];
        foreach (var kind in Enum.GetValues<SubjectKind>())
        {
            FieldValue[] values =
            [
                new(Field.Name, "Aleksandr Testov-Example"),
                new(Field.Name, "王小明"),
                new(Field.Name, "خالد الحمدان"),
                new(Field.Name, "Example Haulage & Waste Limited"),
                new(Field.FirstName, "Mhairi"),
                new(Field.LastName, "McExample"),
                new(Field.Date, "1971-03-04"),
                new(Field.Address, "14 Example Road, Exampleton, EX1 2MP"),
                new(Field.Phone, "+441314960000"),
                new(Field.Email, "someone@example.org"),
                new(Field.RegistrationNumber, "gb:SC000001"),
                new(Field.RegistrationNumber, "gb:00123456"),
                new(Field.Passport, "X0000001"),
            ];
            Blocking.LinkKeys(kind, values, keys);
            Blocking.ScreeningKeys(kind, values, keys);
        }
        return System.Security.Cryptography.SHA256.HashData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(keys)));
    }

    /// <summary>Finds the pairs that records form with each other and with all others, and hands them on in chunks.</summary>
    /// <remarks>
    /// Only what they see changes who see the import: for all others a pair is as alike as it was before, even where one of its
    /// records has something new that waits to be compared. Or an import that they may not see would do it for them.
    /// </remarks>
    /// <param name="records">The records.</param>
    /// <param name="label">The label of the import whose records they are.</param>
    /// <param name="keys">Their link keys, which are in the index already.</param>
    /// <param name="take">Receives what was found.</param>
    /// <param name="progress">Told the share done, 0 to 1.</param>
    /// <param name="cancel">Stops it.</param>
    public void Link(
        IReadOnlyList<int> records,
        int label,
        ulong[] keys,
        Action<List<Found>> take,
        IProgress<double>? progress,
        CancellationToken cancel = default
    )
    {
        progress?.Report(0);
        // Before anything is looked at: a pair that is known already may be one that few see.
        cancel.ThrowIfCancellationRequested();
        keysNow.Clear();
        List<ulong> pairs = [];
        // Pairs that were alike before may not be so now.
        foreach (int record in records)
        {
            foreach (var edge in engine.Matches.EdgesOf(record))
                AddPair(record, edge.Other);
        }
        Flush(proposed: false);
        var isNew = new System.Collections.BitArray(engine.Records.Count);
        foreach (int record in records)
            isNew[record] = true;
        var others = LinkKeys.Runs.ToArray();
        int percent = 0;
        for (int i = 0; i < keys.Length; )
        {
            cancel.ThrowIfCancellationRequested();
            int end = i + 1;
            while (end < keys.Length && KeyIndex.SameKey(keys[end], keys[i]))
                end++;
            foreach (ulong[] other in others)
            {
                for (int j = KeyIndex.LowerBound(other, KeyIndex.Pack(keys[i], 0)); j < other.Length && KeyIndex.SameKey(other[j], keys[i]); j++)
                {
                    int right = KeyIndex.RecordOf(other[j]);
                    // Of two new records each finds the other: once is enough.
                    for (int k = i; k < end; k++)
                    {
                        int left = KeyIndex.RecordOf(keys[k]);
                        if (left < right || !isNew[right])
                            AddPair(left, right);
                    }
                    if (pairs.Count >= 4 * ChunkOfPairs)
                        Flush(proposed: true);
                }
            }
            if (pairs.Count >= ChunkOfPairs)
            {
                Flush(proposed: true);
            }
            i = end;
            Report((int)(100L * i / keys.Length));
        }
        Flush(proposed: true);
        keysNow.Clear();
        Report(100);

        // Every percent once, by the place in the import's own keys: how often it is told must not depend on what others hold.
        void Report(int done)
        {
            for (; percent < done; percent++)
                progress?.Report((percent + 1) / 100.0);
        }

        void AddPair(int left, int right)
        {
            if (left != right)
                pairs.Add(((ulong)(uint)Math.Min(left, right) << 32) | (uint)Math.Max(left, right));
        }

        void Flush(bool proposed)
        {
            if (pairs.Count == 0)
                return;
            var span = CollectionsMarshal.AsSpan(pairs);
            span.Sort();
            int distinct = 1;
            for (int i = 1; i < span.Length; i++)
            {
                if (span[i] != span[distinct - 1])
                    span[distinct++] = span[i];
            }
            pairs.RemoveRange(distinct, pairs.Count - distinct);
            // Between two chunks others may have changed them.
            verdictsBefore.Clear();
            var found = new ConcurrentBag<List<Scored>>();
            Parallel.ForEach(
                Partitioner.Create(0, pairs.Count, 4096),
                range =>
                {
                    List<Scored> mine = [];
                    for (int i = range.Item1; i < range.Item2; i++)
                    {
                        int left = (int)(pairs[i] >> 32),
                            right = (int)(uint)pairs[i];
                        var scored = Judge(left, right, label, proposed);
                        if (scored.Score > 0 || scored.Verdict is not null || !proposed)
                            mine.Add(scored);
                    }
                    found.Add(mine);
                }
            );
            List<Found> result = [];
            foreach (var scored in found.SelectMany(f => f))
                result.Add(new Found(scored.Left, scored.Right, Number(scored)));
            take(result);
            pairs.Clear();
            verdictsBefore.Clear();
        }
    }

    /// <summary>A pair as it was scored: of two records each under one label a score, of others a verdict, of pairs that are not alike neither.</summary>
    private readonly record struct Scored(int Left, int Right, int First, int Second, byte Score, VerdictRow? Verdict);

    private int Number(in Scored scored)
    {
        if (scored.Verdict is not null)
            return engine.Matches.Intern(scored.Verdict, out _);
        if (scored.Score == 0)
            return MatchTable.None;
        var key = (scored.First, scored.Second, scored.Score);
        if (!simpleVerdicts.TryGetValue(key, out int number))
        {
            var verdict =
                scored.First == scored.Second
                    ? new VerdictRow([scored.First], [0, scored.Score])
                    : new VerdictRow([scored.First, scored.Second], [0, 0, 0, scored.Score]);
            simpleVerdicts.Add(key, number = engine.Matches.Intern(verdict, out _));
        }
        return number;
    }

    /// <summary>Takes the keys of records out of the indexes, and puts those in that they have now. Called under the write lock.</summary>
    public void Rekey(Func<int, bool> isChanged, (ulong[] Link, ulong[] Screening) now)
    {
        LinkKeys.Take(isChanged);
        ScreeningKeys.Take(isChanged);
        LinkKeys.Add(now.Link);
        ScreeningKeys.Add(now.Screening);
        keysNow.Clear();
        verdictsBefore.Clear();
    }

    /// <summary>The keys a record has in a view, from what is seen alone.</summary>
    public static void SeenKeys<TSight>(Engine engine, TSight sight, int record, List<FieldValue> values, List<BlockingKey> keys, bool screening)
        where TSight : struct, ISight
    {
        keys.Clear();
        var kind = Profiles.Gather(engine, sight, record, values);
        if (kind == SubjectKind.None)
            return;
        if (screening)
            Blocking.ScreeningKeys(kind, CollectionsMarshal.AsSpan(values), keys);
        else
            Blocking.LinkKeys(kind, CollectionsMarshal.AsSpan(values), keys);
    }

    /// <summary>How alike two records are under one sight: 0, or the probability times 255.</summary>
    public static byte Seen<TSight>(Engine engine, TSight sight, int left, int right)
        where TSight : struct, ISight
    {
        List<FieldValue> values = [];
        List<BlockingKey> mine = [],
            yours = [];
        SeenKeys(engine, sight, left, values, mine, screening: false);
        if (mine.Count == 0)
            return 0;
        var a = Subject.Prepare(Profiles.Gather(engine, sight, left, values), CollectionsMarshal.AsSpan(values));
        SeenKeys(engine, sight, right, values, yours, screening: false);
        var hashes = mine.Select(k => KeyIndex.Pack(k.Hash, 0)).ToHashSet();
        if (!yours.Exists(k => hashes.Contains(KeyIndex.Pack(k.Hash, 0))))
            return 0;
        var b = Subject.Prepare(Profiles.Gather(engine, sight, right, values), CollectionsMarshal.AsSpan(values));
        return Byte(Comparison.Score(a, b));
    }

    private Scored Judge(int left, int right, int label, bool proposed)
    {
        int first = engine.Records.Uniform[left],
            second = engine.Records.Uniform[right];
        // Whoever sees a record of one label sees all of it: one score will do. Where the index may hold keys it no longer has, they are made again.
        if (first > LabelTable.Nobody && second > LabelTable.Nobody && (first == label || second == label))
        {
            bool exact = proposed && engine.Records.KeysToCheck[left] + engine.Records.KeysToCheck[right] == 0;
            if (!exact && !Share(KeysNow(left), KeysNow(right)))
                return new Scored(left, right, 0, 0, 0, null);
            byte score = Byte(Comparison.Score(engine.Prepared.Get(default(PublishedSight), left), engine.Prepared.Get(default(PublishedSight), right)));
            return new Scored(left, right, Math.Min(first, second), Math.Max(first, second), score, null);
        }
        SortedSet<int> set = [];
        Profiles.Labels(engine, left, set);
        Profiles.Labels(engine, right, set);
        return new Scored(left, right, 0, 0, 0, Judge(left, right, label, [.. set]));
    }

    /// <summary>The verdict on two records that bear several labels; null if nobody finds them alike.</summary>
    private VerdictRow? Judge(int left, int right, int label, int[] labels)
    {
        var before = engine.Matches[
            verdictsBefore.GetOrAdd(left, static (record, matches) => matches.VerdictsOf(record), engine.Matches).GetValueOrDefault(right, MatchTable.None)
        ];
        int own = Array.IndexOf(labels, label);
        if (labels.Length > VerdictRow.MostLabels)
            return own < 0 ? before : before with { Asked = [.. before.Asked.Append(label).Distinct().Order()] };
        var table = new byte[1 << labels.Length];
        for (int mask = 1; mask < table.Length; mask++)
        {
            var sight = new SubsetSight(labels, mask);
            bool seesImport = own >= 0 && ((mask >> own) & 1) != 0;
            table[mask] = seesImport ? Seen(engine, sight, left, right) : before.Seen(engine, sight, left, right);
        }
        return table.AsSpan().ContainsAnyExcept((byte)0) ? new VerdictRow(labels, table) : null;
    }

    /// <summary>The link keys of a record of one label as it is now, sorted; kept while an import is linked.</summary>
    private ulong[] KeysNow(int record) =>
        keysNow.GetOrAdd(
            record,
            static (r, e) =>
            {
                List<FieldValue> values = [];
                List<BlockingKey> keys = [];
                SeenKeys(e, default(PublishedSight), r, values, keys, screening: false);
                ulong[] packed = [.. keys.Select(k => KeyIndex.Pack(k.Hash, 0)).Distinct()];
                Array.Sort(packed);
                return packed;
            },
            engine
        );

    private static bool Share(ulong[] left, ulong[] right)
    {
        for (int i = 0, j = 0; i < left.Length && j < right.Length; )
        {
            if (left[i] == right[j])
                return true;
            if (left[i] < right[j])
                i++;
            else
                j++;
        }
        return false;
    }

    private static byte Byte(float probability) =>
        probability < Comparison.PossibleAt ? (byte)0
        : probability < Comparison.SameAt ? (byte)Math.Min((int)(probability * 255), (int)(Comparison.SameAt * 255))
        : (byte)Math.Max((int)(probability * 255), (int)(Comparison.SameAt * 255) + 1);

    /// <summary>True for a byte that stands for <see cref="Comparison.SameAt"/> or more.</summary>
    public static bool IsSame(byte score) => score > (int)(Comparison.SameAt * 255);

    private void KeysOf(int record, List<FieldValue> values, List<BlockingKey> keys, List<ulong> link, List<ulong> screening)
    {
        if (engine.Records.Uniform[record] != Records.Mixed)
        {
            SeenKeys(engine, default(PublishedSight), record, values, keys, screening: false);
            foreach (var key in keys)
                link.Add(KeyIndex.Pack(key.Hash, record));
            SeenKeys(engine, default(PublishedSight), record, values, keys, screening: true);
            foreach (var key in keys)
                screening.Add(KeyIndex.Pack(key.Hash, record));
            return;
        }
        // Which keys a record has depends on what of it is seen. A key depends on one or two values and the kind alone, so the keys
        // of all values, once for each kind that it may seem to be, are those of every view and more: who reads them checks.
        HashSet<SubjectKind> kinds = [];
        Profiles.GatherAll(engine, record, values, kinds);
        foreach (var kind in kinds)
        {
            keys.Clear();
            Blocking.LinkKeys(kind, CollectionsMarshal.AsSpan(values), keys);
            foreach (var key in keys)
                link.Add(KeyIndex.Pack(key.Hash, record));
            keys.Clear();
            Blocking.ScreeningKeys(kind, CollectionsMarshal.AsSpan(values), keys);
            foreach (var key in keys)
                screening.Add(KeyIndex.Pack(key.Hash, record));
        }
    }

    private static ulong[] Sorted(IEnumerable<List<ulong>> parts)
    {
        var all = parts.SelectMany(p => p).ToArray();
        Array.Sort(all);
        int distinct = 0;
        for (int i = 0; i < all.Length; i++)
        {
            if (i == 0 || all[i] != all[i - 1])
                all[distinct++] = all[i];
        }
        Array.Resize(ref all, distinct);
        return all;
    }
}
