using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>
/// Climbs from a company to its owners and theirs, to people. Shares are multiplied along the chain; ended ties are shown and
/// not climbed; a loop is said once and left; where the chain stops short of a person it says why.
/// </summary>
internal sealed class OwnerChain(Neighbours run, Routes routes)
{
    /// <summary>Links of a chain of owners that are climbed.</summary>
    public const int MostLinks = 50;

    private const int MostOwners = 200;

    private readonly List<Held> _held = [];
    private int _owners;

    /// <summary>Everybody met, with the whole way from the bidder: for links between bidders.</summary>
    public IReadOnlyList<Held> All => _held;

    /// <summary>True if a limit cut the climb short.</summary>
    public bool ReachedLimit { get; private set; }

    /// <summary>The owners of the bidder.</summary>
    /// <param name="company">The entity that the bidder is, or may be.</param>
    public IReadOnlyList<Owner> Of(Neighbour company)
    {
        if (company.Entity.Schema.Is("Person"))
            return [];
        var owners = Climb(company, null, Share.Whole, [company.Id], [], Trust.Judged);
        if (owners.Count > 0 && owners.Any(o => !o.Former))
            return owners;
        var (end, text, said) = EndOf(company);
        return [.. owners, Nobody(end, text, said)];
    }

    /// <summary>Does this tie lead from a company to an owner of it, present or former?</summary>
    public static bool IsOwner(TieUse tie) => tie.IsTie && !tie.Connection.Outgoing && tie.Is("Ownership");

    /// <summary>The people at the ends, with what all chains together make of the bidder: the largest first.</summary>
    public IReadOnlyList<UltimateOwner> People() =>
        [
            .. _held
                .Where(h => h.End == ChainEnd.Person && !h.Former)
                .GroupBy(h => h.Subject.Id)
                .Select(g => new UltimateOwner(
                    g.First().Subject.Ref,
                    g.Aggregate(Share.None, (sum, held) => sum + held.OfBidder),
                    g.Count(),
                    g.Any(h => h.Status == FindingStatus.Possible) ? FindingStatus.Possible : FindingStatus.Confirmed
                ))
                .OrderByDescending(o => o.OfBidder.From)
                .ThenByDescending(o => o.OfBidder.To)
                .ThenBy(o => o.Subject.Caption, StringComparer.Ordinal)
                .ThenBy(o => o.Subject.Id),
        ];

    private List<Owner> Climb(Neighbour company, RecordId? enteredAt, Share ofBidder, HashSet<RecordId> below, IReadOnlyList<PathPart> way, Trust trust)
    {
        List<Owner> owners = [];
        var ties = company.Ties.Where(IsOwner);
        foreach (var group in ties.GroupBy(t => (Owner: run.Find(t.Far)?.Id ?? t.Other.Id, t.Former)))
        {
            if (++_owners > MostOwners)
            {
                ReachedLimit = true;
                break;
            }
            // The same holding told by several records or sources is one; the best-founded of them is the way.
            var ways = group.Select(t => (Tie: t, To: Approach(company, enteredAt, t.Near))).OrderBy(w => w.To.Trust).ToList();
            var (tie, (parts, joined)) = ways[0];
            var owner = run.Find(tie.Far);
            if (owner is null)
                continue;
            List<PathPart> path = [.. parts, Shown.Tie(run, tie)];
            var through = joined > trust ? joined : trust;
            var status = through == Trust.Judged ? FindingStatus.Confirmed : FindingStatus.Possible;
            var held = HeldBy([.. group]);
            bool former = group.Key.Former;
            var whole = former ? Share.Unknown : ofBidder * held;
            bool loop = below.Contains(owner.Id);
            List<PathPart> wholeWay = [.. way, .. path];

            IReadOnlyList<Owner> above = [];
            ChainEnd end;
            string text = "";
            Said? endSaid = null;
            if (former)
            {
                (end, text) = (ChainEnd.Former, "No longer an owner: not followed further.");
            }
            else if (loop)
            {
                (end, text) = (ChainEnd.Loop, $"Leads back to {owner.Entity.Caption}, which stands further down in this chain: a circle of owners.");
            }
            else if (owner.Entity.Schema.Is("Person"))
            {
                end = ChainEnd.Person;
            }
            else if (owner.Entity.Schema.Is("PublicBody"))
            {
                (end, text) = (ChainEnd.PublicBody, "A public body: nobody owns it.");
            }
            else if (below.Count >= MostLinks)
            {
                ReachedLimit = true;
                (end, text) = (ChainEnd.Limit, $"The chain has more than {MostLinks} links: not followed further.");
            }
            else
            {
                HashSet<RecordId> chain = [.. below, owner.Id];
                above = Climb(owner, tie.Far, whole, chain, wholeWay, through);
                (end, text, endSaid) = above.Any(o => !o.Former) ? (ChainEnd.Continues, "", null) : EndOf(owner);
            }

            var subject = Shown.Subject(run, owner);
            if (!loop)
                _held.Add(new Held(owner, whole, status, former, end, wholeWay));
            owners.Add(
                new Owner(
                    subject,
                    held,
                    whole,
                    Control(group),
                    tie.Since,
                    tie.Until,
                    former,
                    status,
                    path,
                    [
                        .. group.Select(t =>
                            Shown.Basis(run, t.Says, $"Owner of {company.Entity.Caption}: {(t.Role.Length > 0 ? t.Role : "how much is not stated")}")
                        ),
                        .. endSaid is null ? (IEnumerable<Basis>)[] : [Shown.Basis(run, endSaid)],
                    ],
                    end,
                    text,
                    above
                )
            );
        }
        // Beside the owners that are known there may be one who is not; where none is known the chain's end says so.
        if (owners.Any(o => !o.Former))
            owners.AddRange(Statements(company).Select(s => Nobody(ChainEnd.NotIdentified, s.Says, s.Said)));
        return
        [
            .. owners
                .OrderBy(o => o.Former)
                .ThenBy(o => o.Subject is null)
                .ThenByDescending(o => o.Held.Known)
                .ThenByDescending(o => o.Held.From)
                .ThenByDescending(o => o.Held.To)
                .ThenBy(o => o.Subject?.Caption, StringComparer.Ordinal)
                .ThenBy(o => o.Subject?.Id),
        ];
    }

    // From the record through which the company was reached to the one that the tie names.
    private (IReadOnlyList<PathPart> Parts, Trust Trust) Approach(Neighbour company, RecordId? enteredAt, RecordId near)
    {
        if (enteredAt is { } entered)
        {
            if (entered == near)
                return ([], Trust.Judged);
            var inside = new Routes(run, entered, routes.Ends);
            inside.AddMatches(company);
            return inside.To(near) is { } way ? (inside.Parts(way), way.Trust) : ([], Trust.Possible);
        }
        return routes.To(near) is { } route ? (routes.Parts(route), route.Trust) : ([], Trust.Possible);
    }

    private (ChainEnd End, string Text, Said? Said) EndOf(Neighbour company)
    {
        if (Statements(company) is [var (says, said), ..])
            return (ChainEnd.NotIdentified, says, said);
        if (company.Entity.Schema.Name == "LegalEntity")
            return (ChainEnd.NoOwnerOnRecord, "The sources do not say whether this is a person or a body. No owner is on record.", null);
        var countries = company.Entity.Values("jurisdiction").Concat(company.Entity.Values("country")).Concat(company.Entity.Values("mainCountry")).ToList();
        if (countries.Count > 0 && !countries.Exists(c => c.StartsWith("gb", StringComparison.Ordinal)))
            return (ChainEnd.ForeignWithoutRecord, "A foreign body: no source that you can see tells who owns it.", null);
        return (ChainEnd.NoOwnerOnRecord, "No owner is on record in the sources that you can see.", null);
    }

    // What the register says of owners that are not known, each once, with the statement that says so.
    private List<(string Says, Said Said)> Statements(Neighbour company) =>
        [
            .. company
                .Entity.Records.SelectMany(r => r.Statements)
                .Where(s => s.Property.Name is "notes" or "summary" or "description" or "status" or "keywords")
                .Select(s => (Says: FindingKinds.UnidentifiedOwner(s.Value, run.Today), Said: s))
                .Where(s => s.Says is not null)
                .Select(s => (s.Says!, s.Said))
                .DistinctBy(s => s.Item1)
                .OrderBy(s => s.Item1, StringComparer.Ordinal),
        ];

    // Sources that agree narrow the range; where they differ it covers them all, so that it is never too sure.
    private static Share HeldBy(List<TieUse> ties)
    {
        Share? all = null;
        foreach (
            string text in ties.SelectMany(t =>
                t.Tie.Values("percentage")
                    .DefaultIfEmpty(
                        t.Tie.Values("role").Concat(t.Tie.Values("ownershipType")).FirstOrDefault(v => v.Contains("shares", StringComparison.OrdinalIgnoreCase))
                            ?? ""
                    )
            )
        )
        {
            var one = Share.Parse(text);
            if (!one.Known)
                continue;
            if (all is not { } so)
                all = one;
            else if (one.From <= so.To && so.From <= one.To)
                all = new Share(Math.Max(one.From, so.From), Math.Min(one.To, so.To), Known: true);
            else
                all = new Share(Math.Min(one.From, so.From), Math.Max(one.To, so.To), Known: true);
        }
        return all ?? Share.Unknown;
    }

    private static string Control(IEnumerable<TieUse> ties) =>
        string.Join(
            "; ",
            ties.SelectMany(t => t.Tie.Values("role").Concat(t.Tie.Values("ownershipType")))
                .Where(v => !v.Replace('-', ' ').StartsWith("ownership of shares", StringComparison.OrdinalIgnoreCase))
                .Select(Wording.Role)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );

    private Owner Nobody(ChainEnd end, string text, Said? said) =>
        new(
            null,
            Share.Unknown,
            Share.Unknown,
            "",
            "",
            "",
            Former: false,
            FindingStatus.Confirmed,
            [],
            said is null ? [] : [Shown.Basis(run, said)],
            end,
            text,
            []
        );

    /// <summary>An owner somewhere up the chain.</summary>
    /// <param name="Subject">Who.</param>
    /// <param name="OfBidder">What they hold of the bidder by this chain.</param>
    /// <param name="Status">Whether the chain rests on judged matches alone.</param>
    /// <param name="Former">True if they no longer own.</param>
    /// <param name="End">Why the chain stops here, if it does.</param>
    /// <param name="Way">From the bidder to them.</param>
    internal sealed record Held(Neighbour Subject, Share OfBidder, FindingStatus Status, bool Former, ChainEnd End, IReadOnlyList<PathPart> Way);
}
