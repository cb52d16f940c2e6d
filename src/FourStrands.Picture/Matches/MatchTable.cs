using FourStrands.Picture.Memory;

namespace FourStrands.Picture.Matches;

/// <summary>
/// How alike two records are, for every set of labels a viewer may have: one byte for each subset of the labels that the
/// compared statements bear. Kept once for all pairs that read the same.
/// </summary>
/// <param name="Labels">The labels, in order of number; at most <see cref="MostLabels"/>.</param>
/// <param name="Table">Indexed by the bits of the labels seen: 0 (not proposed, or below possible) or the probability times 255.</param>
/// <param name="Asked">
/// For records that bear more labels than a table is made for: who sees one of these has it worked out when they ask, and only others go by
/// the table. Empty for all other pairs.
/// </param>
internal sealed record VerdictRow(int[] Labels, byte[] Table, int[] Asked)
{
    public const int MostLabels = 6;

    public VerdictRow(int[] labels, byte[] table)
        : this(labels, table, []) { }

    /// <summary>How alike the two records, to which this verdict belongs, are as they are seen.</summary>
    public byte Seen<TSight>(Engine engine, TSight sight, int left, int right)
        where TSight : struct, ISight
    {
        foreach (int label in Asked)
        {
            if (sight.Sees(label))
                return Linker.Seen(engine, sight, left, right);
        }
        int mask = 0;
        for (int i = 0; i < Labels.Length; i++)
        {
            if (sight.Sees(Labels[i]))
                mask |= 1 << i;
        }
        return Table[mask];
    }
}

/// <summary>A person's decision, with what guards it.</summary>
internal sealed record JudgementRow(int Number, int Left, int Right, int Label, Judgement Judgement);

/// <summary>The matches between records, of all views together; never shown as such.</summary>
internal sealed class MatchTable(Engine engine)
{
    /// <summary>The verdict of a pair that is no longer alike.</summary>
    public const int None = 0;

    private readonly List<VerdictRow> verdicts = [new([], [0])];
    private readonly Dictionary<string, int> verdictNumbers = new(StringComparer.Ordinal);

    /// <summary>Newest edge of each record, or -1.</summary>
    private readonly GrowingArray<int> head = new(256);

    /// <summary>Triples: the other record, the verdict, next triple or -1.</summary>
    private readonly GrowingArray<int> edges = new(256);

    private readonly Dictionary<int, List<JudgementRow>> judgements = [];

    /// <summary>Judgements of which a record is not there: it was erased. They are shown nowhere, and again once it is brought in again.</summary>
    private readonly List<(int Number, int Label, Judgement Judgement)> waiting = [];

    public VerdictRow this[int verdict] => verdicts[verdict];

    public int VerdictCount => verdicts.Count;

    public int Intern(VerdictRow verdict, out bool added)
    {
        string key = $"{string.Join(',', verdict.Labels)}:{Convert.ToHexString(verdict.Table)}:{string.Join(',', verdict.Asked)}";
        added = !verdictNumbers.TryGetValue(key, out int number);
        if (!added)
            return number;
        verdicts.Add(verdict);
        verdictNumbers.Add(key, verdicts.Count - 1);
        return verdicts.Count - 1;
    }

    /// <summary>Sets the verdicts of pairs, replacing earlier ones; of a pair given twice the last counts.</summary>
    public void Set(List<Linker.Found> pairs)
    {
        while (head.Count < engine.Records.Count)
            head.Add(-1);
        // By the one record, so that its edges are gone through once, however many there are.
        var sorted = pairs.OrderBy(p => p.Left).ToList();
        Dictionary<int, int> known = [];
        for (int i = 0; i < sorted.Count; )
        {
            int left = sorted[i].Left;
            known.Clear();
            for (int edge = head[left]; edge >= 0; edge = edges[edge + 2])
                known[edges[edge]] = edge;
            for (; i < sorted.Count && sorted[i].Left == left; i++)
            {
                var (_, right, verdict) = sorted[i];
                if (known.TryGetValue(right, out int edge))
                {
                    edges[edge + 1] = verdict;
                    edges[Twin(edge) + 1] = verdict;
                    continue;
                }
                known.Add(right, edges.Count);
                Append(left, right, verdict);
                Append(right, left, verdict);
            }
        }
    }

    /// <summary>The verdicts that are set on a record's pairs, by the other record.</summary>
    public Dictionary<int, int> VerdictsOf(int record)
    {
        Dictionary<int, int> known = [];
        AddVerdictsOf(record, known);
        return known;
    }

    private void AddVerdictsOf(int record, Dictionary<int, int> known)
    {
        foreach (var edge in EdgesOf(record))
            known[edge.Other] = edge.Verdict;
    }

    /// <summary>Those of the pairs whose verdicts are not the ones that are set already: records that are linked again mostly find what they found before.</summary>
    public List<Linker.Found> Changes(List<Linker.Found> pairs)
    {
        List<Linker.Found> changes = [];
        Dictionary<int, int> known = [];
        foreach (var group in pairs.GroupBy(p => p.Left))
        {
            known.Clear();
            AddVerdictsOf(group.Key, known);
            foreach (var pair in group)
            {
                if (known.GetValueOrDefault(pair.Right, None) != pair.Verdict)
                    changes.Add(pair);
            }
        }
        return changes;
    }

    /// <summary>The same edge from the other end: both are appended together.</summary>
    private static int Twin(int edge) => ((edge / 3) ^ 1) * 3;

    public EdgeChain EdgesOf(int record) => new(edges, record < head.Count ? head[record] : -1);

    public void Add(JudgementRow row)
    {
        Into(row.Left);
        Into(row.Right);

        void Into(int record)
        {
            if (!judgements.TryGetValue(record, out var list))
                judgements.Add(record, list = []);
            // Mostly the last: but one that had to wait for its record goes where it was.
            int at = list.Count;
            while (at > 0 && list[at - 1].Number > row.Number)
                at--;
            list.Insert(at, row);
        }
    }

    /// <summary>Adds a judgement of the store; it waits if one of its records is not there.</summary>
    public void Add(int number, int label, Judgement judgement)
    {
        int left = engine.Records.Find(judgement.Left),
            right = engine.Records.Find(judgement.Right);
        if (left < 0 || right < 0)
            waiting.Add((number, label, judgement));
        else
            Add(new JudgementRow(number, left, right, label, judgement));
    }

    /// <summary>Sets a record's judgements aside until it is brought in again. Called under the write lock.</summary>
    public void SetAside(int record) =>
        Change(
            record,
            row =>
            {
                waiting.Add((row.Number, row.Label, row.Judgement));
                return null;
            }
        );

    /// <summary>Puts back what was set aside and whose records are there again. Called under the write lock.</summary>
    public void Return()
    {
        if (waiting.Count == 0)
            return;
        var set = waiting.ToList();
        waiting.Clear();
        foreach (var (number, label, judgement) in set)
            Add(number, label, judgement);
    }

    /// <summary>Takes judgements away, or puts others in their place. Called under the write lock.</summary>
    /// <param name="record">A record that they name.</param>
    /// <param name="change">What stands in the place of each; null for nothing.</param>
    public void Change(int record, Func<JudgementRow, JudgementRow?> change)
    {
        if (!judgements.TryGetValue(record, out var list))
            return;
        for (int i = list.Count - 1; i >= 0; i--)
        {
            var row = list[i];
            var now = change(row);
            if (ReferenceEquals(now, row))
                continue;
            foreach (int end in (int[])[row.Left, row.Right])
            {
                var of = judgements[end];
                int at = of.IndexOf(row);
                if (now is null)
                    of.RemoveAt(at);
                else
                    of[at] = now;
            }
        }
    }

    /// <summary>All judgements that name a record, oldest first.</summary>
    public IReadOnlyList<JudgementRow> JudgementsOf(int record) => judgements.TryGetValue(record, out var list) ? list : [];

    private void Append(int from, int to, int verdict)
    {
        int added = edges.Add(to);
        edges.Add(verdict);
        edges.Add(head[from]);
        head[from] = added;
    }

    /// <summary>The edges of one record.</summary>
    public ref struct EdgeChain(GrowingArray<int> edges, int edge)
    {
        private int next = edge;
        private int at;

        public readonly int Other => edges[at];

        public readonly int Verdict => edges[at + 1];

        public readonly EdgeChain GetEnumerator() => this;

        public readonly EdgeChain Current => this;

        public bool MoveNext()
        {
            if (next < 0)
                return false;
            at = next;
            next = edges[at + 2];
            return true;
        }
    }
}
