using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using FourStrands.Linkage;
using FourStrands.Picture.Matches;
using FourStrands.Picture.Search;

namespace FourStrands.Picture;

/// <summary>Search: postings are tested against the labels before anything is scored, counted, ordered or cut off.</summary>
internal readonly partial struct Reader<TSight>
{
    /// <summary>A statement that was found, with its record, so that it is fetched from memory once; the smaller the rank the better.</summary>
    private readonly record struct Found(int Statement, int Record, int Rank);

    /// <summary>No more records than this are compared with what is screened: those that share most keys with it.</summary>
    private const int MostCompared = 200;

    /// <summary>A key that proposes a match says as much as so many that only allow for a slip.</summary>
    private const int LinkKeyHits = 8;

    /// <summary>A word with no more values than this is gone through; of more frequent ones the values that hold the other words too are found first.</summary>
    private const int FewValues = 4096;

    private const int ExactValue = 0,
        AllWords = 1,
        Beginnings = 2;

    /// <summary>The words of a query, each once.</summary>
    public static List<byte[]> QueryWords(string text)
    {
        List<byte[]> words = [];
        Words.Cut(
            Encoding.UTF8.GetBytes(text.Length > 500 ? text[..500] : text),
            words,
            static (word, into) =>
            {
                foreach (byte[] known in into)
                {
                    if (word.SequenceEqual(known))
                        return;
                }
                if (into.Count < 12)
                    into.Add(word.ToArray());
            }
        );
        return words;
    }

    /// <summary>The best statement of each record found, by record.</summary>
    public Dictionary<int, (int Statement, int Rank)> Match(List<byte[]> words, string? schema, bool namesOnly)
    {
        Dictionary<int, (int, int)> best = [];
        foreach (var found in FoundStatements(words, namesOnly))
            Keep(found, schema, best);
        return best;
    }

    /// <summary>Adds the records with an identifier that is, or begins with, what was typed in one of its forms.</summary>
    public void MatchIdentifiers(List<byte[]> forms, string? schema, Dictionary<int, (int Statement, int Rank)> best)
    {
        foreach (byte[] form in forms)
        {
            foreach (var found in FoundStatements([form], namesOnly: false))
            {
                if (engine.Fields.IsIdentifier(engine.Statements[found.Statement].Property))
                    Keep(found, schema, best);
            }
        }
    }

    private void Keep(Found found, string? schema, Dictionary<int, (int Statement, int Rank)> best)
    {
        if (schema is not null && !SchemaOf(found.Record).Is(schema))
            return;
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(best, found.Record, out bool known);
        // Of several values of one record that match equally well the first in order of text is shown, then of property.
        if (!known || found.Rank < entry.Rank || (found.Rank == entry.Rank && ShownBefore(found.Statement, entry.Statement)))
            entry = (found.Statement, found.Rank);
    }

    /// <summary>Orders what was found: best first, then by text, then by identifier.</summary>
    public int Order((int Record, int Statement, int Rank) a, (int Record, int Statement, int Rank) b)
    {
        if (a.Rank != b.Rank)
            return a.Rank.CompareTo(b.Rank);
        int order = TextOrder(a.Statement, b.Statement);
        return order != 0 ? order : IdOf(a.Record).CompareTo(IdOf(b.Record));
    }

    /// <summary>
    /// Names that hold the words or begin with them, best first. For one word, those words that begin with it are gone through in
    /// order until enough names are found; only what is seen is counted.
    /// </summary>
    public IReadOnlyList<(int Record, int Statement, int Rank)> Suggest(List<byte[]> words, int limit)
    {
        if (words.Count == 0)
            return [];
        var best = new Best<(int Record, int Statement, int Rank)>(limit, Order);
        if (words.Count > 1)
        {
            foreach (var found in FoundStatements(words, namesOnly: true))
                best.Add((found.Record, found.Statement, found.Rank));
            return best.Kept;
        }
        int enough = 0;
        foreach (int word in engine.Index.Beginning(words[0]))
        {
            int rank = engine.Index.Word(word).Length == words[0].Length ? AllWords : Beginnings;
            int seen = 0;
            var ordered = engine.Ordered.Of(word);
            if (ordered is not null)
            {
                // In order already: the first that are seen are the best of them.
                foreach (int s in ordered.Names)
                {
                    if (!SeesPlain(s))
                        continue;
                    best.Add((engine.Statements[s].Record, s, rank));
                    if (++seen == limit)
                        break;
                }
            }
            foreach (int s in engine.Index.Of(word, after: ordered?.Covered ?? 0))
            {
                if (!SeesPlain(s) || !engine.Fields.IsName(engine.Statements[s].Property))
                    continue;
                seen++;
                best.Add((engine.Statements[s].Record, s, rank));
            }
            enough += seen;
            if (enough >= limit)
                break;
        }
        return best.Kept;
    }

    /// <summary>Records that somebody described by these values may be.</summary>
    /// <param name="kind">What is described.</param>
    /// <param name="values">Its values.</param>
    /// <param name="isOwn">Records that are not wanted.</param>
    /// <param name="only">Only records of interest, or null.</param>
    public List<(int Record, double Probability)> Screen(SubjectKind kind, List<FieldValue> values, Func<int, bool> isOwn, Interest? only = null)
    {
        values.Sort(static (a, b) => a.Field != b.Field ? a.Field.CompareTo(b.Field) : string.CompareOrdinal(a.Value, b.Value));
        var span = CollectionsMarshal.AsSpan(values);
        List<BlockingKey> keys = [];
        Dictionary<int, Hits> hits = [];
        var index = only is null ? null : engine.MayBe(only);
        Blocking.ScreeningKeys(kind, span, keys);
        var screening = CountHits(index?.ScreeningKeys(engine) ?? engine.Linker.ScreeningKeys.Runs, keys, 1, hits);
        keys.Clear();
        Blocking.LinkKeys(kind, span, keys);
        var link = CountHits(index?.LinkKeys(engine) ?? engine.Linker.LinkKeys.Runs, keys, LinkKeyHits, hits);
        // The index holds the keys of every view and of the past: they must be ones that the record has in this view, now.
        List<List<int>?> byShared = [];
        List<FieldValue> theirs = [];
        foreach (var (record, counted) in hits)
        {
            int shared = counted.Count;
            if (engine.Records.KeysToCheck[record] != 0)
            {
                Linker.SeenKeys(engine, sight, record, theirs, keys, screening: true);
                shared = Shared(keys, screening);
                Linker.SeenKeys(engine, sight, record, theirs, keys, screening: false);
                shared += LinkKeyHits * Shared(keys, link);
            }
            if (shared == 0)
                continue;
            while (byShared.Count <= shared)
                byShared.Add(null);
            (byShared[shared] ??= []).Add(record);
        }
        // Those that share most keys are compared; of those that share as many, the first by identifier. Only what is seen is counted.
        var ids = engine.Records.Id;
        var subject = Subject.Prepare(kind, span);
        List<(int, double)> found = [];
        for (int shared = byShared.Count - 1; shared > 0 && found.Count < MostCompared; shared--)
        {
            if (byShared[shared] is not { } records)
                continue;
            records.Sort((x, y) => ids[x].CompareTo(ids[y]));
            foreach (int record in records)
            {
                if (!Exists(record) || isOwn(record) || (only is not null && !SaysOrIsNamed(record, only)))
                    continue;
                found.Add((record, Comparison.Score(subject, Prepare(record))));
                if (found.Count == MostCompared)
                    break;
            }
        }
        return found;
    }

    /// <summary>Adds to each record's hits for every key that it shares; returns the distinct keys.</summary>
    private static HashSet<ulong> CountHits(IReadOnlyList<ulong[]> runs, List<BlockingKey> keys, int worth, Dictionary<int, Hits> hits)
    {
        HashSet<ulong> distinct = [];
        foreach (var key in keys)
        {
            ulong packed = KeyIndex.Pack(key.Hash, 0);
            if (!distinct.Add(packed))
                continue;
            // The other index may hold the same key, which counts there too: told apart by what a key is worth here.
            ulong here = packed | (uint)worth;
            foreach (ulong[] run in runs)
            {
                foreach (ulong entry in KeyIndex.Of(key.Hash, run))
                {
                    ref var counted = ref CollectionsMarshal.GetValueRefOrAddDefault(hits, KeyIndex.RecordOf(entry), out bool known);
                    if (!known || counted.Last != here)
                        counted = new Hits(counted.Count + worth, here);
                }
            }
        }
        return distinct;
    }

    /// <summary>What the keys that a record shares are worth, and the last of them: a key counts once.</summary>
    private readonly record struct Hits(int Count, ulong Last);

    private static int Shared(List<BlockingKey> keys, HashSet<ulong> with)
    {
        HashSet<ulong> distinct = [];
        foreach (var key in keys)
        {
            ulong packed = KeyIndex.Pack(key.Hash, 0);
            if (with.Contains(packed))
                distinct.Add(packed);
        }
        return distinct.Count;
    }

    /// <summary>The seen values that hold all words or begin with them, each once.</summary>
    private List<Found> FoundStatements(List<byte[]> words, bool namesOnly)
    {
        List<Found> found = [];
        if (words.Count == 0)
            return found;
        var state = new RankState(words);
        if (words.Count > 1)
        {
            foreach (int s in Candidates(words))
            {
                if (!SeesPlain(s) || (namesOnly && !engine.Fields.IsName(engine.Statements[s].Property)))
                    continue;
                int rank = Rank(s, state);
                if (rank >= 0)
                    found.Add(new Found(s, engine.Statements[s].Record, rank));
            }
            return found;
        }
        foreach (int word in engine.Index.Beginning(words[0]))
        {
            bool exact = engine.Index.Word(word).Length == words[0].Length;
            foreach (int s in engine.Index.Of(word))
            {
                if (!SeesPlain(s) || (namesOnly && !engine.Fields.IsName(engine.Statements[s].Property)))
                    continue;
                int rank = exact ? Rank(s, state) : Beginnings;
                if (rank >= 0)
                    found.Add(new Found(s, engine.Statements[s].Record, rank));
            }
        }
        return found;
    }

    /// <summary>
    /// The values, seen or not, that may hold all of several words, each once: those of the least frequent word or, where they are
    /// many, those of them that the index has for every other word as well.
    /// </summary>
    private List<int> Candidates(List<byte[]> words)
    {
        List<(long Size, byte[] Word)> sizes = [];
        foreach (byte[] word in words)
            sizes.Add((SizeOf(word), word));
        sizes.Sort(static (a, b) => a.Size.CompareTo(b.Size));
        List<int> candidates = [];
        if (sizes[0].Size <= FewValues)
        {
            foreach (int word in engine.Index.Beginning(sizes[0].Word))
            {
                foreach (int s in engine.Index.Of(word))
                    candidates.Add(s);
            }
            candidates.Sort();
            int distinct = 0;
            for (int i = 0; i < candidates.Count; i++)
            {
                if (i == 0 || candidates[i] != candidates[i - 1])
                    candidates[distinct++] = candidates[i];
            }
            candidates.RemoveRange(distinct, candidates.Count - distinct);
            return candidates;
        }
        int length = (engine.Statements.Count + 63) >> 6;
        ulong[] had = ArrayPool<ulong>.Shared.Rent(length),
            has = ArrayPool<ulong>.Shared.Rent(length);
        for (int i = 0; i < sizes.Count; i++)
        {
            (had, has) = (has, had);
            Array.Clear(has, 0, length);
            foreach (int word in engine.Index.Beginning(sizes[i].Word))
            {
                foreach (int s in engine.Index.Of(word))
                    has[s >> 6] |= (i == 0 ? ulong.MaxValue : had[s >> 6]) & (1UL << s);
            }
        }
        for (int i = 0; i < length; i++)
        {
            for (ulong left = has[i]; left != 0; left &= left - 1)
                candidates.Add((i << 6) + BitOperations.TrailingZeroCount(left));
        }
        ArrayPool<ulong>.Shared.Return(had);
        ArrayPool<ulong>.Shared.Return(has);
        return candidates;
    }

    private long SizeOf(byte[] beginning)
    {
        long size = 0;
        foreach (int word in engine.Index.Beginning(beginning))
            size += engine.Index.Size(word);
        return size;
    }

    /// <summary>How well a value holds all words of a query; -1 if it does not.</summary>
    private int Rank(int statement, RankState state)
    {
        var text = engine.Texts[engine.Statements[statement].Value];
        state.Reset();
        Words.Cut(text, state, static (word, s) => s.Take(word));
        if (engine.Fields.IsIdentifier(engine.Statements[statement].Property))
        {
            Span<byte> compact = stackalloc byte[Words.Longest];
            int length = Words.Compact(text, compact);
            state.Take(compact[..length]);
            state.Count--;
        }
        return state.Result();
    }

    private int TextOrder(int a, int b) =>
        engine.Statements[a].Value == engine.Statements[b].Value
            ? 0
            : engine.Texts[engine.Statements[a].Value].SequenceCompareTo(engine.Texts[engine.Statements[b].Value]);

    private bool ShownBefore(int a, int b)
    {
        int order = TextOrder(a, b);
        return order < 0 || (order == 0 && engine.Statements[a].Property < engine.Statements[b].Property);
    }

    private sealed class RankState(List<byte[]> words)
    {
        private readonly byte[] matched = new byte[words.Count];

        public int Count { get; set; }

        public void Reset()
        {
            Array.Clear(matched);
            Count = 0;
        }

        public void Take(ReadOnlySpan<byte> word)
        {
            Count++;
            for (int i = 0; i < words.Count; i++)
            {
                if (!word.StartsWith(words[i]))
                    continue;
                if (word.Length == words[i].Length)
                    matched[i] = 2;
                else if (matched[i] == 0)
                    matched[i] = 1;
            }
        }

        public int Result()
        {
            bool exact = true;
            foreach (byte m in matched)
            {
                if (m == 0)
                    return -1;
                exact &= m == 2;
            }
            return !exact ? Beginnings
                : Count <= words.Count ? ExactValue
                : AllWords;
        }
    }
}
