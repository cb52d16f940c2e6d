using System.Globalization;

namespace FourStrands.Picture;

/// <summary>Compartments, which people are admitted to, and sharing groups, which agencies are members of.</summary>
public sealed partial class People
{
    /// <summary>The compartments that the administrator's agency keeps, by name.</summary>
    public IReadOnlyList<Compartment> Compartments(Viewer by)
    {
        Demand(by);
        return [.. store.Compartments.All.Where(c => c.Agency == by.Agency).OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    /// <summary>Makes a compartment. Nobody is in it before they are given the right.</summary>
    /// <param name="by">The administrator.</param>
    /// <param name="name">Its name, without the agency.</param>
    /// <param name="title">What it is for.</param>
    /// <param name="tellsOfSearches">True if what its members look for may be told to other agencies as everybody else's searches are.</param>
    public Compartment AddCompartment(Viewer by, string name, string title, bool tellsOfSearches = false)
    {
        Demand(by);
        name = name.Trim().ToLowerInvariant();
        title = Shown(title, "title");
        if (name.Length is 0 or > 40 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new PeopleException("A compartment's name is made of letters a to z, digits and hyphens, such as nightjar", "compartment");
        var made = new Compartment($"{by.Agency}.{name}", title, by.Agency) { TellsOfSearches = tellsOfSearches };
        store.Change(() =>
        {
            if (store.Compartments.Find(made.Name) is not null)
                throw new PeopleException("Your agency has a compartment of that name already", "compartment");
            store.Compartments.Put(made);
        });
        Log(by, "make compartment", made.Name, new Right(default, RightKind.Compartment, made.Name, Now, Now, by.Name, null, ""));
        return made;
    }

    /// <summary>The sharing groups that the administrator's agency keeps, by name.</summary>
    public IReadOnlyList<SharingGroup> Groups(Viewer by)
    {
        Demand(by);
        return [.. store.Groups.All.Where(g => g.Agency == by.Agency).OrderBy(g => g.Name, StringComparer.Ordinal)];
    }

    /// <summary>
    /// The sharing groups that the viewer's agency is in, by title; each with its members where they may be known to this agency, else with none.
    /// </summary>
    public IReadOnlyList<SharingGroup> GroupsOf(Viewer viewer) =>
        [
            .. store
                .Groups.All.Where(g => viewer.Groups.Contains(g.Name, StringComparer.Ordinal))
                .Select(g => g.MembersKnowEachOther || g.Agency == viewer.Agency ? g : g with { Members = [] })
                .OrderBy(g => g.Title, StringComparer.Ordinal)
                .ThenBy(g => g.Name, StringComparer.Ordinal),
        ];

    /// <summary>Makes a sharing group, with the own agency as its first member.</summary>
    public SharingGroup AddGroup(Viewer by, string name, string title, bool membersKnowEachOther)
    {
        Demand(by);
        name = name.Trim().ToLowerInvariant();
        title = Shown(title, "title");
        if (name.Length is 0 or > 40 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new PeopleException("A sharing group's name is made of letters a to z, digits and hyphens, such as redwater", "group");
        var made = new SharingGroup($"{by.Agency}.{name}", title, by.Agency, [by.Agency], membersKnowEachOther);
        store.Change(() =>
        {
            if (store.Groups.Find(made.Name) is not null)
                throw new PeopleException("Your agency has a sharing group of that name already", "group");
            store.Groups.Put(made);
        });
        Log(by, "make sharing group", made.Name);
        return made;
    }

    /// <summary>
    /// Asks for an agency to be a member of a sharing group: a second administrator decides, as its people will see all that was shared with the group before.
    /// </summary>
    public Proposal AskForMember(Viewer by, string group, string agency, string reason)
    {
        Demand(by);
        reason = reason.Trim();
        CheckReason(reason);
        Proposal waits = null!;
        store.Change(() =>
        {
            var kept = OwnGroup(by, group);
            if (store.Agencies.Find(agency) is null)
                throw new PeopleException("Choose an agency that takes part", "agency");
            if (kept.Members.Contains(agency, StringComparer.Ordinal))
                throw new PeopleException($"{NameOf(agency)} is a member already", "agency");
            if (store.Proposals.All.Any(p => p.NewMember is { } asked && asked.Group == group && asked.Agency == agency))
                throw new PeopleException("That waits for a second administrator already", "agency");
            var id = gate.Engine.Identify("member", by.Name, group, agency, Now.UtcTicks.ToString(CultureInfo.InvariantCulture));
            waits = new Proposal(id, ProposalKind.Member, by.Agency, null, null, null, by.Name, Now, reason)
            {
                NewMember = new NewMember(group, agency, kept.Title, NameOf(agency)),
            };
            store.Proposals.Put(waits);
        });
        Log(by, "ask for member", $"{agency} in {group}: {reason}");
        return waits;
    }

    /// <summary>Takes an agency out of a sharing group, at once: its people see no more what was shared with the group alone.</summary>
    public void RemoveMember(Viewer by, string group, string agency)
    {
        Demand(by);
        store.Change(() =>
        {
            var kept = OwnGroup(by, group);
            if (agency == kept.Agency)
                throw new PeopleException("Your agency keeps the group, and stays a member of it");
            if (!kept.Members.Contains(agency, StringComparer.Ordinal))
                throw new PeopleException("It is no member any more");
            store.Groups.Put(kept with { Members = [.. kept.Members.Where(m => m != agency)] });
        });
        Log(by, "remove member", $"{agency} from {group}");
    }

    /// <summary>
    /// Says whether a second person has to agree to every release of the own agency, or to those alone that widen most. The first holds at once; the second
    /// waits for a second administrator.
    /// </summary>
    /// <returns>What waits; null if it holds at once.</returns>
    public Proposal? SetSecondForEveryRelease(Viewer by, bool every)
    {
        Demand(by);
        Proposal? waits = null;
        store.Change(() =>
        {
            if (every || store.Agencies.Find(by.Agency)?.SecondForEveryRelease != true)
            {
                PutSecondForEveryRelease(by, every);
                return;
            }
            if (store.Proposals.All.Any(p => p.Agency == by.Agency && p.Kind == ProposalKind.FewerSeconds))
                throw new PeopleException("That waits for a second administrator already");
            var id = gate.Engine.Identify("fewer seconds", by.Name, Now.UtcTicks.ToString(CultureInfo.InvariantCulture));
            waits = new Proposal(id, ProposalKind.FewerSeconds, by.Agency, null, null, null, by.Name, Now, "Set on the page of releases");
            store.Proposals.Put(waits);
        });
        Log(by, waits is null ? "set second person for releases" : "ask for fewer second persons", every ? "every release" : "those that widen most");
        return waits;
    }

    private void PutSecondForEveryRelease(Viewer by, bool every)
    {
        if (store.Agencies.Find(by.Agency) is { } agency)
            store.Agencies.Put(agency with { SecondForEveryRelease = every });
    }

    private string[] GroupsOf(string agency) =>
        [.. store.Groups.All.Where(g => g.Members.Contains(agency, StringComparer.Ordinal)).Select(g => g.Name).Order(StringComparer.Ordinal)];

    private void PutMember(Viewer by, NewMember member)
    {
        var kept = OwnGroup(by, member.Group);
        store.Groups.Put(kept with { Members = [.. kept.Members.Append(member.Agency).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] });
    }

    /// <summary>The sharing groups of an invented world: its agencies are members of those that their people are described with.</summary>
    private void InventGroups(IReadOnlyList<Viewer> viewers)
    {
        foreach (string group in viewers.SelectMany(v => v.Groups).Distinct(StringComparer.Ordinal))
        {
            string[] members =
            [
                .. viewers.Where(v => v.Groups.Contains(group, StringComparer.Ordinal)).Select(v => v.Agency).Distinct().Order(StringComparer.Ordinal),
            ];
            store.Groups.Put(new SharingGroup(group, $"Partners in {Title(group)}", group[..group.LastIndexOf('.')], members, MembersKnowEachOther: true));
        }
    }

    private static string Title(string group)
    {
        string name = group[(group.LastIndexOf('.') + 1)..];
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    private SharingGroup OwnGroup(Viewer by, string name) =>
        store.Groups.Find(name) is { } group && group.Agency == by.Agency
            ? group
            : throw new PeopleException("Your agency keeps no such sharing group", "group");
}
