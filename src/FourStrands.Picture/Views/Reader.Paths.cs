namespace FourStrands.Picture;

/// <summary>Shortest ways between entities.</summary>
internal readonly partial struct Reader<TSight>
{
    /// <summary>A search looks at no more entities than this: a limit that counts what is seen, so that it is the same with or without what is not.</summary>
    public const int MostVisited = 200_000;

    /// <summary>The steps of a shortest path, from the first member of the one entity's cluster; null if there is none.</summary>
    public List<(int From, Step Step)>? Path(int from, int to, int ties)
    {
        int start = Cluster(from)[0],
            goal = Cluster(to)[0];
        if (start == goal)
            return [];
        // Breadth first from both ends; each level is gone through in order of identifiers, so ties are broken the same way always.
        Dictionary<int, (int Before, Step Step)> forward = new() { [start] = (-1, default) },
            backward = new() { [goal] = (-1, default) };
        List<int> front = [start],
            back = [goal];
        for (int length = 1; length <= ties && front.Count > 0 && back.Count > 0; length++)
        {
            bool ahead = front.Count <= back.Count;
            var (mine, theirs, level) = ahead ? (forward, backward, front) : (backward, forward, back);
            List<int> next = [];
            int meeting = -1;
            foreach (int node in level)
            {
                foreach (var step in StepsInOrder(node))
                {
                    int other = Cluster(step.Other)[0];
                    if (!mine.TryAdd(other, (node, step)))
                        continue;
                    if (mine.Count > MostVisited)
                        return null;
                    next.Add(other);
                    if (theirs.ContainsKey(other) && (meeting < 0 || IdOf(other).CompareTo(IdOf(meeting)) < 0))
                        meeting = other;
                }
            }
            if (meeting >= 0)
                return Join(meeting, forward, backward);
            var records = engine.Records;
            next.Sort((a, b) => records.Id[a].CompareTo(records.Id[b]));
            if (ahead)
                front = next;
            else
                back = next;
        }
        return null;
    }

    /// <summary>A path with what it rests on: the ties, and the matches between records of one entity that it crosses.</summary>
    public EntityPath Told(int start, List<(int From, Step Step)> path)
    {
        List<PathStep> steps = new(path.Count);
        for (int i = 0; i < path.Count; i++)
        {
            var (from, step) = path[i];
            steps.Add(
                new PathStep(Summary(from), Connection(step, null, null))
                {
                    Matches = i == 0 ? Towards(step.Start) : MatchesOf(Joined(path[i - 1].Step.Other, step.Start)),
                }
            );
        }
        return new EntityPath(Summary(start), steps) { AtEnd = MatchesOf(Joined(path.Count == 0 ? Cluster(start)[0] : path[^1].Step.Other, null)) };
    }

    /// <summary>What joins all records of an entity to one of them, said towards it and nearest last.</summary>
    private List<PathMatch> Towards(int record)
    {
        var joined = Joined(record, null);
        joined.Reverse();
        return MatchesOf(joined.ConvertAll(static j => (j.To, j.From, j.Score, j.Judged)));
    }

    private List<PathMatch> MatchesOf(List<(int From, int To, byte Score, Verdict? Judged)> joined)
    {
        List<PathMatch> matches = new(joined.Count);
        foreach (var (from, to, score, judged) in joined)
            matches.Add(new PathMatch(Record(from), Record(to), Match(from, to, score, judged)));
        return matches;
    }

    private List<Step> StepsInOrder(int node)
    {
        List<Step> steps = [];
        foreach (int member in Cluster(node))
            StepsFrom(member, steps);
        steps.Sort(InOrder);
        return steps;
    }

    private List<(int From, Step Step)> Join(int meeting, Dictionary<int, (int Before, Step Step)> forward, Dictionary<int, (int Before, Step Step)> backward)
    {
        List<(int, Step)> path = [];
        for (int node = meeting; forward[node].Before >= 0; node = forward[node].Before)
            path.Add((forward[node].Before, forward[node].Step));
        path.Reverse();
        for (int node = meeting; backward[node].Before >= 0; node = backward[node].Before)
        {
            // Found from the other end: the same tie, gone through the other way.
            var (before, found) = backward[node];
            path.Add((node, Turn(node, before, found)));
        }
        return path;
    }

    /// <summary>The step from <paramref name="node"/> to <paramref name="to"/> over the same tie.</summary>
    private Step Turn(int node, int to, Step found)
    {
        Step? best = null;
        foreach (var step in StepsInOrder(node))
        {
            if (Cluster(step.Other)[0] == to && (step.Tie == found.Tie || step.Other == found.Tie || step.Tie == found.Other))
                best ??= step;
        }
        return best ?? found;
    }
}
