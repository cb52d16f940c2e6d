using FourStrands.Picture.Memory;

namespace FourStrands.Picture.Matches;

/// <summary>
/// How alike two records are, for every set of labels a viewer may have: one byte for each subset of the labels that the
/// compared statements bear. Kept once for all pairs that read the same.
/// </summary>
/// <param name="Labels">The labels, in order of number; at most <see cref="MostLabels"/>.</param>
/// <param name="Table">Indexed by the bits of the labels seen: 0 (not proposed, or below possible) or the probability times 255. Null: too many labels, worked out when asked.</param>
internal sealed record VerdictRow(int[] Labels, byte[]? Table)
{
    public const int MostLabels = 6;

    public byte Seen<TSight>(TSight sight)
        where TSight : struct, ISight
    {
        int mask = 0;
        for (int i = 0; i < Labels.Length; i++)
        {
            if (sight.Sees(Labels[i])) mask |= 1 << i;
        }
        return Table![mask];
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

    public VerdictRow this[int verdict] => verdicts[verdict];

    public int VerdictCount => verdicts.Count;

    public int Intern(VerdictRow verdict, out bool added)
    {
        string key = string.Join(',', verdict.Labels) + ":" + (verdict.Table is null ? "?" : Convert.ToHexString(verdict.Table));
        added = !verdictNumbers.TryGetValue(key, out int number);
        if (!added) return number;
        verdicts.Add(verdict);
        verdictNumbers.Add(key, verdicts.Count - 1);
        return verdicts.Count - 1;
    }

    /// <summary>True if the pair has, or had, a match.</summary>
    public bool Has(int left, int right) => Edge(left, right) >= 0;

    /// <summary>Sets a pair's verdict, replacing an earlier one.</summary>
    public void Set(int left, int right, int verdict)
    {
        while (head.Count < engine.Records.Count) head.Add(-1);
        int forth = Edge(left, right);
        if (forth >= 0)
        {
            edges[forth + 1] = verdict;
            edges[Edge(right, left) + 1] = verdict;
            return;
        }
        Append(left, right, verdict);
        Append(right, left, verdict);
    }

    public EdgeChain EdgesOf(int record) => new(edges, record < head.Count ? head[record] : -1);

    public void Add(JudgementRow row)
    {
        List(row.Left).Add(row);
        List(row.Right).Add(row);

        List<JudgementRow> List(int record)
        {
            if (!judgements.TryGetValue(record, out var list)) judgements.Add(record, list = []);
            return list;
        }
    }

    /// <summary>All judgements that name a record, oldest first.</summary>
    public IReadOnlyList<JudgementRow> JudgementsOf(int record) => judgements.TryGetValue(record, out var list) ? list : [];

    private int Edge(int from, int to)
    {
        if (from >= head.Count) return -1;
        for (int edge = head[from]; edge >= 0; edge = edges[edge + 2])
        {
            if (edges[edge] == to) return edge;
        }
        return -1;
    }

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
            if (next < 0) return false;
            at = next;
            next = edges[at + 2];
            return true;
        }
    }
}
