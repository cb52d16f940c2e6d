using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>How far what lies behind a step may be trusted.</summary>
internal enum Trust
{
    /// <summary>A tie, or a match that everybody who judged it says is the same.</summary>
    Judged,

    /// <summary>A match that the values make so likely that the records are joined, but that nobody has judged.</summary>
    Joined,

    /// <summary>A match that a person must look at.</summary>
    Possible,
}

/// <summary>
/// The ways from one bidder's own record to every record around it, over ties between subjects and matches between records of
/// one subject. Of several ways to a record the one that rests on the least is taken: first one of judged matches only, then
/// one of joined records, then one with a possible match; in each, first one without ended ties; then the fewest ties.
/// </summary>
internal sealed class Routes
{
    private readonly Neighbours _run;
    private readonly Dictionary<RecordId, List<Edge>> _edges = [];
    private readonly RecordId _start;
    private List<Dictionary<RecordId, Step>>? _reached;

    /// <param name="run">What was asked so far.</param>
    /// <param name="start">The bidder's own record.</param>
    /// <param name="ends">Records that no way leads through: another bidder's says nothing of this one.</param>
    public Routes(Neighbours run, RecordId start, Func<RecordId, bool> ends)
    {
        _run = run;
        _start = start;
        Ends = ends;
    }

    /// <summary>Does a way end at that record?</summary>
    public Func<RecordId, bool> Ends { get; }

    /// <summary>Adds the matches that join the records of an entity.</summary>
    public void AddMatches(Neighbour subject)
    {
        foreach (var match in subject.Entity.Matches)
        {
            if (subject.Record(match.Left) is not { } left || subject.Record(match.Right) is not { } right)
                continue;
            var trust = MatchWords.StateOf(match) == MatchState.Same ? Trust.Judged : Trust.Joined;
            Add(left.Id, new Edge(right.Id, trust, null, match, left, right));
            Add(right.Id, new Edge(left.Id, trust, null, match, right, left));
        }
    }

    /// <summary>Adds a match between records of two entities.</summary>
    public void AddPossible(PossibleUse possible, Neighbour subject, Neighbour other)
    {
        if (subject.Record(possible.Near) is not { } near || other.Record(possible.Far) is not { } far)
            return;
        Add(near.Id, new Edge(far.Id, Trust.Possible, null, possible.Match, near, far));
        Add(far.Id, new Edge(near.Id, Trust.Possible, null, possible.Match, far, near));
    }

    /// <summary>Adds a tie that may be followed.</summary>
    public void AddTie(TieUse tie) => Add(tie.Near, new Edge(tie.Far, Trust.Judged, tie, null, null, null));

    /// <summary>The way to a record; null if there is none over the ties that were added.</summary>
    public Route? To(RecordId record)
    {
        _reached ??= Search();
        for (int i = 0; i < _reached.Count; i++)
        {
            if (_reached[i].TryGetValue(record, out var step))
                return Trace(_reached[i], step, record, (Trust)(i / 2), former: i % 2 == 1);
        }
        return null;
    }

    private void Add(RecordId from, Edge edge)
    {
        if (!_edges.TryGetValue(from, out var list))
            _edges[from] = list = [];
        list.Add(edge);
        _reached = null;
    }

    // One search for each trust, without and with ended ties; each reaches what those before it reach.
    private List<Dictionary<RecordId, Step>> Search()
    {
        List<Dictionary<RecordId, Step>> all = [];
        foreach (var trust in (ReadOnlySpan<Trust>)[Trust.Judged, Trust.Joined, Trust.Possible])
        {
            all.Add(SearchWith(trust, former: false));
            all.Add(SearchWith(trust, former: true));
        }
        return all;
    }

    private Dictionary<RecordId, Step> SearchWith(Trust trust, bool former)
    {
        var reached = new Dictionary<RecordId, Step> { [_start] = new Step(default, null, 0) };
        List<RecordId> level = [_start];
        for (int ties = 0; level.Count > 0; ties++)
        {
            // Matches first: they cost no tie, and what they reach belongs to this level.
            for (int i = 0; i < level.Count; i++)
            {
                foreach (var edge in EdgesOf(level[i]))
                {
                    if (edge.Tie is null && edge.Trust <= trust && reached.TryAdd(edge.To, new Step(level[i], edge, ties)))
                        level.Add(edge.To);
                }
            }
            List<RecordId> next = [];
            foreach (var from in level)
            {
                foreach (var edge in EdgesOf(from))
                {
                    if (edge.Tie is { } tie && (former || !tie.Former) && reached.TryAdd(edge.To, new Step(from, edge, ties + 1)))
                        next.Add(edge.To);
                }
            }
            level = next;
        }
        return reached;
    }

    private static Route Trace(Dictionary<RecordId, Step> reached, Step step, RecordId record, Trust trust, bool former)
    {
        List<Edge> edges = [];
        int ties = step.Ties;
        for (var at = step; at.By is { } edge; at = reached[at.From])
            edges.Add(edge);
        edges.Reverse();
        return new Route(record, edges, ties, trust, former && edges.Any(e => e.Tie?.Former == true));
    }

    private List<Edge> EdgesOf(RecordId record) => record != _start && Ends(record) ? [] : _edges.GetValueOrDefault(record) ?? [];

    /// <summary>A route's parts as a result shows them.</summary>
    public IReadOnlyList<PathPart> Parts(Route route) => [.. route.Edges.Select(Part)];

    private PathPart Part(Edge edge) => edge.Tie is { } tie ? Shown.Tie(_run, tie) : _run.Use(edge.Match!, edge.Near!, edge.Far!);

    private readonly record struct Step(RecordId From, Edge? By, int Ties);

    /// <summary>A tie, or a match.</summary>
    internal sealed record Edge(RecordId To, Trust Trust, TieUse? Tie, Match? Match, RecordView? Near, RecordView? Far);
}

/// <summary>A way from a bidder's record to another record.</summary>
/// <param name="To">Where it leads.</param>
/// <param name="Edges">Its steps.</param>
/// <param name="Ties">How many of them are ties.</param>
/// <param name="Trust">What it rests on.</param>
/// <param name="Former">True if one of its ties has ended.</param>
internal sealed record Route(RecordId To, IReadOnlyList<Routes.Edge> Edges, int Ties, Trust Trust, bool Former)
{
    public FindingStatus Status => Trust == Trust.Judged ? FindingStatus.Confirmed : FindingStatus.Possible;
}
