using System.Globalization;

namespace FourStrands.Picture;

/// <summary>Which other agencies are told of what the own one's people look for.</summary>
public sealed partial class People
{
    /// <summary>
    /// The agencies that are told when the viewer looks for what they set an alert on, as labels name them: none, if the viewer is in a compartment whose
    /// work is not to be known.
    /// </summary>
    public IReadOnlyList<string> ToldOfSearches(Viewer viewer) =>
        store.Agencies.Find(viewer.Agency) is { TellsOfSearches: { Count: > 0 } told }
        // As they are without emergency access: what is told would else say whether there are compartments that they are not in.
        && (viewer.Emergency?.Otherwise ?? viewer).Compartments.All(c => store.Compartments.Find(c) is { TellsOfSearches: true })
            ? told
            : [];

    /// <summary>
    /// Asks that another agency is told when the own one's people look for exactly what it set an alert on. A second administrator decides: from then on
    /// others learn something of what the own people do.
    /// </summary>
    public Proposal AskToTell(Viewer by, string agency, string reason)
    {
        Demand(by);
        reason = reason.Trim();
        if (reason.Length is 0 or > 500)
            throw new PeopleException("Say why, in at most 500 characters", "tellReason");
        Proposal waits = null!;
        store.Change(() =>
        {
            if (agency == by.Agency || store.Agencies.Find(agency) is null)
                throw new PeopleException("Choose another agency that takes part", "told");
            if (store.Agencies.Find(by.Agency)!.TellsOfSearches.Contains(agency, StringComparer.Ordinal))
                throw new PeopleException($"{NameOf(agency)} is told already", "told");
            if (store.Proposals.All.Any(p => p.Agency == by.Agency && p.Told?.Agency == agency))
                throw new PeopleException("That waits for a second administrator already", "told");
            var id = gate.Engine.Identify("telling", by.Name, agency, Now.UtcTicks.ToString(CultureInfo.InvariantCulture));
            waits = new Proposal(id, ProposalKind.Telling, by.Agency, null, null, null, by.Name, Now, reason) { Told = new ToldAgency(agency, NameOf(agency)) };
            store.Proposals.Put(waits);
        });
        Log(by, "ask to tell of searches", $"{agency}: {reason}");
        return waits;
    }

    /// <summary>Another agency is told no more, from now on.</summary>
    public void StopTelling(Viewer by, string agency)
    {
        Demand(by);
        store.Change(() =>
        {
            if (store.Agencies.Find(by.Agency)?.TellsOfSearches.Contains(agency, StringComparer.Ordinal) != true)
                throw new PeopleException("It is not told any more");
            PutTelling(by, agency, tells: false);
        });
        Log(by, "stop telling of searches", agency);
    }

    private void PutTelling(Viewer by, string agency, bool tells)
    {
        if (store.Agencies.Find(by.Agency) is not { } own)
            return;
        var others = own.TellsOfSearches.Where(a => a != agency);
        store.Agencies.Put(own with { TellsOfSearches = [.. (tells ? others.Append(agency) : others).Order(StringComparer.Ordinal)] });
    }
}
