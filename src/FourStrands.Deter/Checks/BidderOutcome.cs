using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>
/// What is to be said of a bidder as a whole. First who it is: where that is not known, that nothing was found says nothing.
/// Then what was found, then what joins it to other bidders.
/// </summary>
internal static class BidderOutcome
{
    /// <summary>A record that is less likely than not to be the bidder is a similar name, not its record.</summary>
    private const double Likely = 0.5;

    private static readonly string _registrationNumber = Ontology.Default["Company"]["registrationNumber"].Label;

    /// <summary>Says it of every bidder, in place.</summary>
    public static void Settle(List<BidderResult> bidders, IReadOnlyList<BidderLink> links, bool anythingToSearch)
    {
        var byBidder = links.SelectMany(l => l.Bidders.Select(e => (e.Bidder, Link: l))).ToLookup(l => l.Bidder, l => l.Link);
        for (int i = 0; i < bidders.Count; i++)
        {
            if (bidders[i].Subject is not null)
                bidders[i] = Of(bidders[i], [.. byBidder[bidders[i].Bidder.Record].Distinct()], anythingToSearch);
        }
    }

    private static BidderResult Of(BidderResult bidder, List<BidderLink> links, bool anythingToSearch)
    {
        var (identification, who) = anythingToSearch ? Identify(bidder) : (Identification.NotSearched, "");
        int confirmed = bidder.Findings.Count(f => f.Status == FindingStatus.Confirmed && !f.Past);
        int possible = bidder.Findings.Count(f => f.Status == FindingStatus.Possible && !f.Past);
        int past = bidder.Findings.Count(f => f.Past);
        int linked = links.Count(l => l.Status == FindingStatus.Confirmed && !l.Former);
        int maybeLinked = links.Count(l => l.Status == FindingStatus.Possible && !l.Former);
        int formerly = links.Count - linked - maybeLinked;
        var outcome =
            confirmed > 0 ? Outcome.Findings
            : possible + maybeLinked > 0 ? Outcome.Possible
            : linked > 0 ? Outcome.Linked
            : identification == Identification.NotSearched ? Outcome.NotSearched
            : identification == Identification.Unjudged ? Outcome.Unconfirmed
            : identification == Identification.None ? Outcome.NotIdentified
            : bidder.Limits.Count > 0 ? Outcome.CutShort
            : past + formerly > 0 ? Outcome.PastOnly
            : Outcome.NothingFound;
        List<string> said = [];
        if (who.Length > 0)
            said.Add(who);
        // What joins it to others says more than that nothing was found of it alone.
        if (confirmed + possible + past > 0 || linked + maybeLinked == 0)
            said.Add(Matters(confirmed, possible, past, identification, anythingToSearch));
        if (linked > 0)
            said.Add($"{Many(linked, "link")} to another bidder of this list.");
        if (maybeLinked > 0)
            said.Add($"{Many(maybeLinked, "possible link")} to another bidder of this list, to be judged.");
        if (formerly > 0)
            said.Add($"{Many(formerly, "former link")} to another bidder of this list.");
        if (bidder.Limits.Count > 0)
            said.Add("Not all that is connected with it was looked at: see the limits.");
        return bidder with
        {
            Outcome = outcome,
            Text = string.Join(' ', said),
            Identification = identification,
            Links = [.. links.Select(l => l.Id)],
            Waits = possible + maybeLinked > 0 || identification == Identification.Unjudged,
        };
    }

    private static (Identification, string) Identify(BidderResult bidder)
    {
        // The record that says the most of who it is goes first: one with the number in the tender, then one with any.
        var identity = bidder.Identity.OrderByDescending(i => i.NumberAgrees).ThenByDescending(i => i.Details.Any(d => d.Name == _registrationNumber)).ToList();
        var joined = identity.Where(i => i.Joined).ToList();
        if (joined.Exists(i => i.Match.State == MatchState.Same))
            return (Identification.Confirmed, "");
        if (joined.Find(i => i.NumberAgrees && i.NameAgrees && i.Match.State == MatchState.Unjudged) is { } byNumber)
            return (Identification.ByNumber, $"Taken to be {Name(byNumber)} by its company number, which nobody has confirmed.");
        bool byNumberAlone = joined.Exists(i => i.NumberAgrees);
        var open = identity.Where(i => joined.Count > 0 && !byNumberAlone ? i.Joined : i.Joined || i.Match.Probability >= Likely || i.NameAgrees).ToList();
        if (open is [var first, ..])
        {
            string others = open.DistinctBy(i => i.Subject.Id).Count() - 1 is > 0 and var more ? $", or {Many(more, "other record")}" : "";
            string judged = first.Match.State switch
            {
                MatchState.Unsure => "somebody looked and could not say",
                MatchState.Disputed => "people disagree",
                _ => "nobody has judged whether it is",
            };
            string but =
                bidder.Bidder.CompanyNumber.Length == 0 ? ""
                : first.NumberAgrees && !first.NameAgrees ? ", which bears the company number in the tender and another name"
                : first.NameAgrees && !first.NumberAgrees && first.Details.Any(d => d.Name == _registrationNumber)
                    ? ", which bears the name and another number than the one in the tender"
                : "";
            return (Identification.Unjudged, $"To be judged first: it may be {Name(first)}{but}{others}; {judged}.");
        }
        string similar = bidder.Identity.Count > 0 ? " Records with a similar name are shown." : "";
        return (Identification.None, $"Not identified: no source that was searched has a record of it.{similar}");
    }

    private static string Matters(int confirmed, int possible, int past, Identification identification, bool anythingToSearch)
    {
        if (confirmed > 0)
            return $"{Many(confirmed, "finding")}{(possible > 0 ? $" and {possible} possible, to be judged" : "")}.";
        if (possible > 0)
            return $"{Many(possible, "possible matter")} to be judged; no finding.";
        if (!anythingToSearch)
            return CheckResult.NothingSearched + ".";
        if (past > 0)
            return $"{Many(past, "past matter")}; nothing current found in these sources.";
        return identification switch
        {
            Identification.None => "Nothing was found under its name, which says little.",
            Identification.Unjudged => "So far nothing is found.",
            _ => CheckResult.NothingFound + ".",
        };
    }

    private static string Name(IdentityMatch identity) => $"“{identity.Record.Caption}” ({identity.Record.Source.Name})";

    private static string Many(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
