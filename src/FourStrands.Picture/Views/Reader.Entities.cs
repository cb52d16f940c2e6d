using FourStrands.Linkage;
using FourStrands.Picture.Matches;
using FourStrands.Picture.Memory;

namespace FourStrands.Picture;

/// <summary>Which records are one entity in this view.</summary>
internal readonly partial struct Reader<TSight>
{
    /// <summary>Below this probability two records of a group are too unlike to be joined through a third.</summary>
    private const float ApartBelow = 0.05f;

    /// <summary>The members of a record's entity, by identifier. The first is the one the entity is named by.</summary>
    public int[] Cluster(int record)
    {
        if (clusters.Find(record) is { } known)
            return known;
        int[] members = Resolve(record);
        clusters.Add(members);
        return members;
    }

    /// <summary>What the visible judgements of a pair say: joined, apart, to be left open, or nothing.</summary>
    public Verdict? Judged(int left, int right)
    {
        bool same = false,
            unsure = false;
        HashSet<string>? agencies = null;
        var rows = engine.Matches.JudgementsOf(left);
        for (int i = rows.Count - 1; i >= 0; i--)
        {
            var row = rows[i];
            if ((row.Left == right || row.Right == right) && sight.Sees(row.Label) && (agencies ??= new(StringComparer.Ordinal)).Add(row.Judgement.Agency))
            {
                // The newest of each agency counts; where agencies differ the records stay apart.
                if (row.Judgement.Verdict == Verdict.Different)
                    return Verdict.Different;
                same |= row.Judgement.Verdict == Verdict.Same;
                unsure |= row.Judgement.Verdict == Verdict.Unsure;
            }
        }
        return same ? Verdict.Same
            : unsure ? Verdict.Unsure
            : null;
    }

    public List<Judgement> Judgements(int left, int right)
    {
        List<Judgement> found = [];
        foreach (var row in engine.Matches.JudgementsOf(left))
        {
            if ((row.Left == right || row.Right == right) && sight.Sees(row.Label))
                found.Add(row.Judgement);
        }
        found.Sort(static (a, b) => a.At != b.At ? b.At.CompareTo(a.At) : a.Id.CompareTo(b.Id));
        return found;
    }

    /// <summary>The records that may be, or are, the same subject as this one, with how alike they are (255 where a person said so).</summary>
    public List<(int Other, byte Score, Verdict? Judged)> Alike(int record)
    {
        List<(int, byte, Verdict?)> found = [];
        foreach (var edge in engine.Matches.EdgesOf(record))
        {
            int other = edge.Other;
            if (!Exists(other))
                continue;
            byte score = engine.Matches[edge.Verdict].Seen(engine, sight, record, other);
            var judged = Judged(record, other);
            if (score > 0 || judged is not null)
                found.Add((other, score, judged));
        }
        foreach (var row in engine.Matches.JudgementsOf(record))
        {
            int other = row.Left == record ? row.Right : row.Left;
            if (sight.Sees(row.Label) && Exists(other) && !found.Exists(f => f.Item1 == other))
                found.Add((other, 0, Judged(record, other)));
        }
        return found;
    }

    /// <summary>Is any seen record of the entity that this record belongs to of interest, by what is seen?</summary>
    public bool IsOfInterest(int record, Interest interest)
    {
        foreach (int member in Cluster(record))
        {
            if (SaysOrIsNamed(member, interest))
                return true;
        }
        return false;
    }

    private bool SaysOrIsNamed(int record, Interest interest)
    {
        foreach (int s in engine.Records.StatementsOf(record))
        {
            if (!sight.Sees(engine.Statements[s].Label))
                continue;
            var (property, value) = (engine.Statements[s].Property, engine.Statements[s].Value);
            bool speaks = property == Statements.KindProperty ? interest.Is(value) : interest.Says(property) is { } decide && decide(engine.Texts.Text(value));
            if (speaks)
                return true;
        }
        foreach (int s in engine.Records.PointingAt(record))
        {
            if (interest.Names(engine.Statements[s].Property) && sight.Sees(engine.Statements[s].Label) && Exists(engine.Statements[s].Record))
                return true;
        }
        return false;
    }

    private static bool Joins(byte score, Verdict? judged) =>
        judged switch
        {
            Verdict.Same => true,
            Verdict.Different or Verdict.Unsure => false,
            _ => Linker.IsSame(score),
        };

    /// <summary>
    /// The matches by which records of one entity hang together, as steps away from one of them: to another, over judged matches where there are
    /// such and else over as few as there are; or to all others.
    /// </summary>
    public List<(int From, int To, byte Score, Verdict? Judged)> Joined(int from, int? to)
    {
        const int Unjudged = 1_000;
        List<(int, int, byte, Verdict?)> steps = [];
        int[] members = Cluster(from);
        if (members.Length == 1 || from == to)
            return steps;
        HashSet<int> inside = [.. members];
        Dictionary<int, (int From, byte Score, Verdict? Judged)> reached = [];
        var open = new PriorityQueue<(int Record, int From, byte Score, Verdict? Judged), (int Cost, UInt128 Id, UInt128 FromId)>();
        open.Enqueue((from, -1, 0, null), default);
        while (open.TryDequeue(out var at, out var cost))
        {
            if (!reached.TryAdd(at.Record, (at.From, at.Score, at.Judged)))
                continue;
            if (at.Record == to)
                break;
            if (to is null && at.From >= 0)
                steps.Add((at.From, at.Record, at.Score, at.Judged));
            foreach (var (other, score, judged) in Alike(at.Record))
            {
                if (inside.Contains(other) && !reached.ContainsKey(other) && Joins(score, judged))
                    open.Enqueue(
                        (other, at.Record, score, judged),
                        (cost.Cost + (judged == Verdict.Same ? 1 : Unjudged), engine.Records.Id[other], engine.Records.Id[at.Record])
                    );
            }
        }
        if (to is not { } goal || !reached.ContainsKey(goal))
            return steps;
        for (int record = goal; reached[record].From >= 0; record = reached[record].From)
            steps.Add((reached[record].From, record, reached[record].Score, reached[record].Judged));
        steps.Reverse();
        return steps;
    }

    private int[] Resolve(int record)
    {
        // The component over joining edges, then groups within it, strongest edge first, never joining what is known to differ.
        List<int> nodes = [record];
        Dictionary<int, int> place = new() { [record] = 0 };
        List<(int Left, int Right, byte Strength)> edges = [];
        HashSet<(int, int)> apart = [];
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (var (other, score, judged) in Alike(nodes[i]))
            {
                if (judged == Verdict.Different)
                    apart.Add((Math.Min(nodes[i], other), Math.Max(nodes[i], other)));
                if (!Joins(score, judged))
                    continue;
                if (place.TryAdd(other, nodes.Count))
                    nodes.Add(other);
                if (place[other] > i)
                    edges.Add((nodes[i], other, judged == Verdict.Same ? byte.MaxValue : score));
            }
        }
        if (nodes.Count == 1)
            return [record];
        var engineCopy = engine;
        if (nodes.Count > 2 || apart.Count > 0)
        {
            edges.Sort((a, b) => a.Strength != b.Strength ? b.Strength.CompareTo(a.Strength) : Pair(a).CompareTo(Pair(b)));
            var groups = nodes.ToDictionary(n => n, n => new List<int> { n });
            Dictionary<int, Subject> subjects = [];
            foreach (var (left, right, strength) in edges)
            {
                var a = groups[left];
                var b = groups[right];
                if (a == b || Forbidden(a, b, apart) || (a.Count + b.Count > 2 && strength < byte.MaxValue && TooUnlike(a, b, subjects)))
                    continue;
                a.AddRange(b);
                foreach (int moved in b)
                    groups[moved] = a;
            }
            nodes = groups[record];
        }
        int[] members = [.. nodes];
        Array.Sort(members, (x, y) => engineCopy.Records.Id[x].CompareTo(engineCopy.Records.Id[y]));
        return members;

        (UInt128, UInt128) Pair((int Left, int Right, byte) edge)
        {
            UInt128 l = engineCopy.Records.Id[edge.Left],
                r = engineCopy.Records.Id[edge.Right];
            return l < r ? (l, r) : (r, l);
        }
    }

    private static bool Forbidden(List<int> left, List<int> right, HashSet<(int, int)> apart)
    {
        if (apart.Count == 0)
            return false;
        foreach (int a in left)
        {
            foreach (int b in right)
            {
                if (apart.Contains((Math.Min(a, b), Math.Max(a, b))))
                    return true;
            }
        }
        return false;
    }

    /// <summary>Would joining two groups put records together that, side by side, cannot be the same subject?</summary>
    private bool TooUnlike(List<int> left, List<int> right, Dictionary<int, Subject> subjects)
    {
        var a = First(left);
        var b = First(right);
        foreach (int x in a)
        {
            foreach (int y in b)
            {
                if (Judged(x, y) != Verdict.Same && Comparison.Score(Prepared(x, subjects), Prepared(y, subjects)) < ApartBelow)
                    return true;
            }
        }
        return false;
    }

    private List<int> First(List<int> group)
    {
        const int Most = 16;
        if (group.Count <= Most)
            return group;
        var records = engine.Records;
        var sorted = group.Order(Comparer<int>.Create((x, y) => records.Id[x].CompareTo(records.Id[y])));
        return [.. sorted.Take(Most)];
    }

    public Subject Prepare(int record) => engine.Prepared.Get(sight, record);

    private Subject Prepared(int record, Dictionary<int, Subject> subjects)
    {
        if (!subjects.TryGetValue(record, out var subject))
            subjects.Add(record, subject = Prepare(record));
        return subject;
    }
}
