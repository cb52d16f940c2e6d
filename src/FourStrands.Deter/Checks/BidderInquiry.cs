using FourStrands.Linkage;
using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>Works out what the picture says of one bidder: who it is, who runs and owns it, and what speaks against any of them.</summary>
internal sealed class BidderInquiry
{
    /// <summary>Entities looked at around one bidder.</summary>
    private const int MostEntities = 400;

    /// <summary>Owners looked at beyond that: whoever owns the bidder in the end is not left out for the sake of others.</summary>
    private const int MostOwnersMore = 250;

    /// <summary>Records that a bidder may be, shown.</summary>
    private const int MostAlike = 20;

    /// <summary>Register records that a bidder may be, whose people are looked at while nobody has judged which it is.</summary>
    private const int MostCandidates = 5;

    /// <summary>Findings shown of one bidder.</summary>
    private const int MostFindings = 200;

    private readonly Neighbours _run;
    private readonly CheckedBidder _bidder;
    private readonly int _depth;
    private readonly HashSet<RecordId> _ownSources;
    private readonly Routes _routes;
    private readonly List<string> _limits = [];
    private readonly Dictionary<RecordId, Neighbour> _met = [];
    private readonly List<Neighbour> _companies = [];
    private readonly List<Neighbour> _candidates = [];

    public BidderInquiry(Neighbours run, CheckedBidder bidder, int depth, HashSet<RecordId> ownSources)
    {
        _run = run;
        _bidder = bidder;
        _depth = depth;
        _ownSources = ownSources;
        _routes = new Routes(run, bidder.Record, record => record != bidder.Record && IsOfAList(record));
    }

    /// <summary>The bidder.</summary>
    public CheckedBidder Bidder => _bidder;

    /// <summary>What it is in this view; null if its record is not there.</summary>
    public Neighbour? Subject { get; private set; }

    /// <summary>The entities that it is or may be, itself first.</summary>
    public IReadOnlyList<Neighbour> Companies => _companies;

    /// <summary>The ways from its record to those around it.</summary>
    public Routes Routes => _routes;

    /// <summary>The ties to those who run it.</summary>
    public List<(TieUse Tie, Neighbour Who, Route To)> RunBy { get; } = [];

    /// <summary>Everybody in its chains of owners.</summary>
    public IReadOnlyList<OwnerChain.Held> OwnedBy { get; private set; } = [];

    public BidderResult Work()
    {
        Subject = _run.Find(_bidder.Record);
        if (Subject is null)
            return new BidderResult(
                _bidder,
                null,
                Outcome.NotSearched,
                "The bidder's record is not there any more: start a new check.",
                [],
                [],
                [],
                [],
                [],
                [],
                []
            );
        Meet(Subject);
        bool known = Subject.Entity.Records.Any(r => !_ownSources.Contains(r.Source.Id) && _routes.To(r.Id) is not null);
        LookAround(known);

        var identity = Identity();
        var officers = Officers();
        var chain = new OwnerChain(_run, _routes);
        IReadOnlyList<Owner> owners = known || _companies.Count == 2 ? chain.Of(known ? Subject : _companies[1]) : [];
        if (!known && _companies.Count > 2)
            Limit("Several records may be this bidder. Judge which it is: then its officers and owners are shown.");
        OwnedBy = chain.All;
        if (chain.ReachedLimit)
            Limit("There are more owners than are followed.");
        var findings = Findings();
        var dismissed = Dismissed();
        // What is to be said of it as a whole waits until the links between bidders are known: see BidderOutcome.
        return new BidderResult(
            _bidder,
            Shown.Subject(_run, Subject),
            Outcome.NotSearched,
            "",
            identity,
            officers,
            owners,
            chain.People(),
            findings,
            dismissed,
            _limits
        );
    }

    private void LookAround(bool known)
    {
        _companies.Add(Subject!);
        List<Neighbour> level = [Subject!];
        var maybe = Subject!.PossibleOrMisspelt(known);
        // A slip in the number must not hide who bears the name.
        if (_bidder.CompanyNumber.Length > 0 && _bidder.Name != _bidder.CompanyNumber && !IsSettled())
            maybe = maybe.Concat(Subject.OfTheName(_bidder.Name));
        foreach (var possible in maybe)
        {
            // While nobody has judged which record the bidder is, the people behind each candidate are looked at as possible.
            if (IsOfAList(possible.Near) && possible.Near != _bidder.Record || IsOfAList(possible.Far))
                continue;
            if (_run.Find(possible.Far) is not { } other || !CandidateFor(other))
                continue;
            // Of very many records of one name those count that something is said against: see below.
            if (_candidates.Count == MostAlike)
            {
                Limit($"More than {MostAlike} records may be this bidder: the likeliest {MostAlike} are shown, and others that something is said against.");
                break;
            }
            if (!Meet(other))
                continue;
            _candidates.Add(other);
            _routes.AddPossible(possible, Subject, other);
            if ((known && IsSettled()) || _companies.Count > MostCandidates)
                continue;
            _companies.Add(other);
            level.Add(other);
        }
        if (_candidates.Count == MostAlike)
            LookAlike(Subject);
        HashSet<RecordId> expanded = [];
        for (int ties = 1; ties <= _depth && level.Count > 0; ties++)
        {
            List<Neighbour> next = [];
            foreach (var subject in level)
            {
                int followed = 0;
                foreach (var tie in subject.Ties)
                {
                    if (!IsFollowed(tie))
                        continue;
                    if (followed++ == Neighbour.MostTies)
                    {
                        Limit($"{subject.Entity.Caption} has more than {Neighbour.MostTies} ties: the first {Neighbour.MostTies} were followed.");
                        break;
                    }
                    if (_run.Find(tie.Far) is not { } other)
                        continue;
                    bool first = !_met.ContainsKey(other.Id);
                    if (first && !Meet(other))
                        continue;
                    _routes.AddTie(tie);
                    if (first)
                        next.Add(other);
                }
            }
            foreach (var subject in next)
                LookAlike(subject);
            expanded.UnionWith(level.Select(s => s.Id));
            level = next;
        }
        ClimbOwners(expanded);
    }

    // Whoever owns the bidder in the end counts, however many companies stand between: up the chain of owners there is no depth.
    private void ClimbOwners(HashSet<RecordId> expanded)
    {
        List<Neighbour> level = [.. _companies];
        HashSet<RecordId> climbed = [.. _companies.Select(c => c.Id)];
        for (int links = 1; links <= OwnerChain.MostLinks && level.Count > 0; links++)
        {
            List<Neighbour> next = [];
            foreach (var company in level)
            {
                foreach (var tie in company.Ties.Where(t => OwnerChain.IsOwner(t) && !t.Former).Take(Neighbour.MostTies))
                {
                    if (_run.Find(tie.Far) is not { } owner)
                        continue;
                    bool first = !_met.ContainsKey(owner.Id);
                    if (first && !Meet(owner, MostOwnersMore))
                        continue;
                    if (!expanded.Contains(company.Id))
                        _routes.AddTie(tie);
                    if (first)
                        LookAlike(owner, MostOwnersMore);
                    if (climbed.Add(owner.Id))
                        next.Add(owner);
                }
            }
            level = next;
        }
    }

    // Records that somebody around the bidder may be: what speaks against those is possible. They are not followed further.
    private void LookAlike(Neighbour subject, int more = 0)
    {
        int looked = 0;
        foreach (var possible in subject.PossiblyAdverse)
        {
            if (looked == Neighbour.MostPossible)
            {
                Limit(
                    $"{subject.Entity.Caption} may be more than {Neighbour.MostPossible} others that something is said against: the likeliest {Neighbour.MostPossible} were looked at."
                );
                break;
            }
            if (IsOfAList(possible.Near) && possible.Near != _bidder.Record || _run.Find(possible.Far) is not { } other || other.Facts.Count == 0)
                continue;
            looked++;
            if (_met.ContainsKey(other.Id) || Meet(other, more))
                _routes.AddPossible(possible, subject, other);
        }
    }

    private bool Meet(Neighbour subject, int more = 0)
    {
        if (_met.ContainsKey(subject.Id))
            return false;
        if (_met.Count >= MostEntities + more)
        {
            Limit($"More than {MostEntities} people and bodies are connected with it: the first {MostEntities} were looked at.");
            return false;
        }
        _met.Add(subject.Id, subject);
        _routes.AddMatches(subject);
        return true;
    }

    private static bool IsFollowed(TieUse tie) =>
        tie.Other.Schema.Is("LegalEntity") && (tie.IsTie ? FindingKinds.Followed.Contains(tie.Tie.Schema.Name) : tie.Connection.Property.Name == "parent");

    // Another officer's bidder of the same name tells nothing of who this one is.
    private bool CandidateFor(Neighbour other) => other.Entity.Records.Any(r => !_ownSources.Contains(r.Source.Id));

    private List<IdentityMatch> Identity()
    {
        List<(IdentityMatch Match, bool Joined, double Probability)> found = [];
        foreach (var company in _candidates.Prepend(Subject!))
        {
            foreach (var record in company.Entity.Records)
            {
                if (record.Id == _bidder.Record || _ownSources.Contains(record.Source.Id))
                    continue;
                if (Identifying(record) is not { } match)
                    continue;
                bool joined = ReferenceEquals(company, Subject) && (match.State == MatchState.Same || match.Probability >= Comparison.SameAt);
                found.Add(
                    (
                        new IdentityMatch(
                            MatchWords.RefOf(record),
                            Shown.Subject(_run, company),
                            Details(record),
                            joined,
                            match,
                            SuggestedReason(match, record),
                            NumberAgrees(record)
                        )
                        {
                            NameAgrees = NameAgrees(record),
                        },
                        joined,
                        match.Probability
                    )
                );
            }
        }
        return
        [
            .. found
                .OrderByDescending(f => f.Joined)
                .ThenByDescending(f => f.Probability)
                .ThenBy(f => f.Match.Record.Source.Name, StringComparer.Ordinal)
                .ThenBy(f => f.Match.Record.Id)
                .Select(f => f.Match),
        ];
    }

    private static readonly string[] _recognisedBy =
    [
        "registrationNumber",
        "jurisdiction",
        "status",
        "incorporationDate",
        "dissolutionDate",
        "birthDate",
        "nationality",
        "address",
        "phone",
        "email",
        "topics",
    ];

    private static List<Detail> Details(RecordView record) =>
        [.. _recognisedBy.SelectMany(name => record.Statements.Where(s => s.Property.Name == name)).Select(s => new Detail(s.Property.Label, s.Shown))];

    /// <summary>
    /// The match to be judged for a record to be the bidder's; null if it is not. That with the officer's own record; where it is joined to that through
    /// a third that both are more like, that with the third.
    /// </summary>
    private MatchUse? Identifying(RecordView record)
    {
        MatchUse? last = null;
        if (_routes.To(record.Id) is { Ties: 0 } route && route.Edges is [.., { Match: { } match, Near: { } near, Far: { } far }])
        {
            bool isDirect = route.Edges.Count == 1 || near.Id == _bidder.Record;
            if (isDirect && MatchWords.StateOf(match) == MatchState.Different)
                return null;
            last = _run.Use(match, near, far);
            if (isDirect || route.Trust < Trust.Possible)
                return last;
        }
        var direct = Direct(record);
        if (direct.State == MatchState.Different)
            return null;
        return direct.State != MatchState.Unjudged || direct.Probability >= Comparison.PossibleAt ? direct : last;
    }

    private bool IsOfAList(RecordId record) => _run.Find(record)?.Record(record) is { } view && _ownSources.Contains(view.Source.Id);

    /// <summary>The bidder's own record beside another, as if there were no third.</summary>
    private MatchUse Direct(RecordView record)
    {
        var (own, other) = (_bidder.Record, record.Id);
        Judgement[] judged = [.. Subject!.Judgements.Where(j => (j.Left == own && j.Right == other) || (j.Left == other && j.Right == own))];
        var match = new Match(own.CompareTo(other) < 0 ? own : other, own.CompareTo(other) < 0 ? other : own, _run.Probability(own, other), judged);
        return _run.Use(match, Subject.Record(own)!, record);
    }

    private string? SuggestedReason(MatchUse match, RecordView record) =>
        match.State == MatchState.Unjudged
        && (match.Left.Id == _bidder.Record || match.Right.Id == _bidder.Record)
        && NumberAgrees(record)
        && NameAgrees(record)
            ? "The company number in the tender is the one on this record."
            : null;

    private static readonly string[] _names = ["name", "alias", "weakAlias", "previousName"];

    private bool NameAgrees(RecordView record) =>
        _bidder.Name == _bidder.CompanyNumber || _names.SelectMany(record.Values).Any(n => BidderName.AreOne(_bidder.Name, n));

    /// <summary>Is it settled who the bidder is: by a person, or by number and name together?</summary>
    private bool IsSettled() =>
        Subject!.Entity.Records.Any(r =>
            !_ownSources.Contains(r.Source.Id)
            && (
                (NumberAgrees(r) && NameAgrees(r))
                || Subject.Judgements.Any(j =>
                    j.Verdict == Verdict.Same && (j.Left == r.Id || j.Right == r.Id) && (j.Left == _bidder.Record || j.Right == _bidder.Record)
                )
            )
        );

    private bool NumberAgrees(RecordView record) =>
        _bidder.CompanyNumber.Length > 0
        && record
            .Values("registrationNumber")
            .Any(n => string.Equals(BidderFields.NumberInOneForm(n, ""), BidderFields.NumberInOneForm(_bidder.CompanyNumber, ""), StringComparison.Ordinal));

    private List<Officer> Officers()
    {
        List<Officer> officers = [];
        // With several candidates nobody can be said to run the bidder.
        if (_companies.Count <= 2)
        {
            foreach (var company in _companies)
            {
                foreach (var tie in company.Ties)
                {
                    if (!tie.IsTie || tie.Connection.Outgoing || !FindingKinds.Officers.Contains(tie.Tie.Schema.Name))
                        continue;
                    if (_run.Find(tie.Far) is not { } who || _routes.To(tie.Near) is not { } route)
                        continue;
                    RunBy.Add((tie, who, route));
                    List<PathPart> path = [.. _routes.Parts(route), Shown.Tie(_run, tie)];
                    officers.Add(
                        new Officer(
                            Shown.Subject(_run, who),
                            tie.Role.Length > 0 ? tie.Role : tie.Tie.Schema.Label,
                            tie.Since,
                            tie.Until,
                            tie.Former,
                            MatchWords.StatusOf(path).Status,
                            path
                        )
                    );
                }
            }
        }
        return
        [
            .. officers
                .DistinctBy(o => (o.Subject.Id, o.Role, o.From, o.Until))
                .OrderBy(o => o.Former)
                .ThenBy(o => o.Subject.Caption, StringComparer.Ordinal)
                .ThenBy(o => o.Subject.Id)
                .ThenBy(o => o.Role, StringComparer.Ordinal)
                .ThenBy(o => o.From, StringComparer.Ordinal),
        ];
    }

    private List<Finding> Findings()
    {
        List<Finding> findings = [];
        foreach (var subject in _met.Values)
        {
            List<(AdverseFact Fact, Route Route, IReadOnlyList<PathPart> Path, FindingStatus Status, string Text)> reached = [];
            foreach (var fact in subject.Facts)
            {
                if (_routes.To(fact.About.Id) is not { } route)
                    continue;
                var path = _routes.Parts(route);
                var (status, text) = MatchWords.StatusOf(path);
                if (status == FindingStatus.Confirmed && route.Status == FindingStatus.Possible)
                    (status, text) = (
                        FindingStatus.Possible,
                        "Possible, not a finding: judgements of other matches keep these records apart. Look at them again."
                    );
                reached.Add((fact, route, path, status, text));
            }
            // One matter that several records tell of one entity is one finding. What rests on an unjudged match stays apart: it is none yet.
            foreach (var group in reached.GroupBy(r => (r.Fact.Kind, r.Fact.Past, r.Status)))
            {
                var best = group.OrderBy(r => r.Route.Former).ThenBy(r => r.Route.Trust).ThenBy(r => r.Route.Ties).ThenBy(r => r.Fact.About.Id).First();
                findings.Add(
                    Finding(subject, best.Route, best.Path, best.Status, best.Text, [best.Fact, .. group.Select(r => r.Fact).Where(f => f != best.Fact)])
                );
            }
        }
        List<Finding> ordered =
        [
            .. findings
                .OrderBy(f => f.Severity)
                .ThenBy(f => f.Status)
                .ThenByDescending(f => f.Path.OfType<MatchUse>().Where(m => m.State != MatchState.Same).Select(m => m.Probability).DefaultIfEmpty(1).Min())
                .ThenBy(f => f.About.Caption, StringComparer.Ordinal)
                .ThenBy(f => f.Id, StringComparer.Ordinal),
        ];
        if (ordered.Count > MostFindings)
        {
            Limit($"There are more than {MostFindings} findings: the first {MostFindings} are shown.");
            ordered.RemoveRange(MostFindings, ordered.Count - MostFindings);
        }
        return ordered;
    }

    private Finding Finding(Neighbour subject, Route route, IReadOnlyList<PathPart> path, FindingStatus status, string text, IReadOnlyList<AdverseFact> facts)
    {
        var first = facts[0];
        var kind = FindingKinds.Of(first.Kind);
        string from = Dates.ShowFirst(facts.SelectMany(f => f.From));
        string until = facts.Any(f => f.Until.Count == 0) ? "" : Dates.ShowLast(facts.SelectMany(f => f.Until));
        return new Finding(
            $"{first.Kind}-{first.About.Id}{(first.Past ? "-past" : "")}",
            first.Kind,
            first.Past ? $"{kind.Label} (in the past)" : kind.Label,
            first.Past ? Severity.Past : kind.Severity,
            status,
            text,
            first.Past,
            from,
            until,
            Shown.Subject(_run, subject),
            MatchWords.RefOf(first.About),
            route.Ties,
            route.Former,
            [.. facts.SelectMany(f => f.Details).Distinct()],
            path,
            [.. facts.SelectMany(f => f.Says).Select(s => s.Property.Type.IsEntity ? Shown.Basis(_run, s, Named(s)) : Shown.Basis(_run, s)).Distinct()]
        )
        {
            When = facts.All(f => f.OnDays) ? Wording.On([.. facts.SelectMany(f => f.From)], until) : Wording.When(from, until),
            Records = [.. facts.Select(f => MatchWords.RefOf(f.About))],
        };
    }

    // A listing that names the subject: said by the kind of record that does.
    private static string Named(Said naming) => $"{naming.Property.Schema.Label} that names them";

    // Of the bidder every dismissed match, of those around it the ones that would have been adverse.
    private List<MatchUse> Dismissed()
    {
        List<MatchUse> dismissed = [];
        HashSet<(RecordId, RecordId)> seen = [];
        foreach (var subject in _met.Values)
        {
            foreach (var pair in subject.Judgements.GroupBy(j => (j.Left, j.Right)))
            {
                bool leftInside = subject.Has(pair.Key.Left);
                if (leftInside == subject.Has(pair.Key.Right) || !seen.Add(pair.Key))
                    continue;
                var match = new Match(pair.Key.Left, pair.Key.Right, 0, [.. pair]);
                if (MatchWords.StateOf(match) != MatchState.Different)
                    continue;
                var (near, far) = leftInside ? (pair.Key.Left, pair.Key.Right) : (pair.Key.Right, pair.Key.Left);
                if (_run.Find(far) is not { } other || (!ReferenceEquals(subject, Subject) && other.Facts.Count == 0))
                    continue;
                if (subject.Record(near) is { } nearRecord && other.Record(far) is { } farRecord)
                    dismissed.Add(_run.Use(match with { Probability = _run.Probability(near, far) }, nearRecord, farRecord));
            }
        }
        return
        [
            .. dismissed
                .OrderBy(d => d.Left.Caption, StringComparer.Ordinal)
                .ThenBy(d => d.Right.Caption, StringComparer.Ordinal)
                .ThenBy(d => d.Left.Id)
                .ThenBy(d => d.Right.Id),
        ];
    }

    private void Limit(string text)
    {
        if (!_limits.Contains(text, StringComparer.Ordinal))
            _limits.Add(text);
    }
}
