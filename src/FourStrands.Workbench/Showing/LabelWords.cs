using FourStrands.Picture;

namespace FourStrands.Workbench.Showing;

/// <summary>Labels explained: why somebody sees what bears one, who else does, and what may be done with it.</summary>
internal static class LabelWords
{
    /// <summary>Why the viewer sees what bears the label: the conditions, and how they meet each.</summary>
    public static IEnumerable<string> Why(Label label, Viewer viewer, People people)
    {
        if (viewer.Emergency is { } open && !open.Otherwise.MaySee(label))
        {
            yield return $"By your emergency access alone, which ends on {Shown.Time(open.Until)}: without it you do not see this.";
            yield break;
        }
        yield return label.Classification == Classification.Public
            ? "It is published, and you have a clearance."
            : $"It is {Shown.Classification(label.Classification)}, and you are cleared up to {Shown.Classification(viewer.Clearance ?? Classification.Public)}.";
        if (label.Audiences.Count == 0)
            yield return "It is meant for every agency.";
        foreach (var audience in label.Audiences)
        {
            if (audience is [var only] && only == viewer.Agency)
                yield return $"It is meant for {viewer.AgencyName} alone, and you act for it.";
            else if (audience.Contains(viewer.Agency, StringComparer.Ordinal))
                yield return $"It is meant for agencies that were named, and you act for {viewer.AgencyName}, which is one of them.";
            else
                yield return $"It is meant for the sharing group {GroupOf(audience, viewer, people)?.Title}, and {viewer.AgencyName} is a member.";
        }
        foreach (var needed in label.PurposesNeeded)
            yield return $"It is kept for {string.Join(" or ", needed.Select(Shown.Purpose))}, and you work for that.";
        foreach (string compartment in label.Compartments)
            yield return $"It is in the compartment {Rights.Compartment(compartment)}, and you were admitted to it.";
    }

    /// <summary>Who else sees it, so far as the viewer may know: who labelled it may know all that was named, others their own agency and open groups.</summary>
    public static string Audience(Label label, Viewer viewer, People people, string owner)
    {
        string who;
        if (label.Audiences.Count == 0)
        {
            who = label.Classification == Classification.Public ? "Everybody: it is published" : "People of every agency";
        }
        else
        {
            List<string> lists = [];
            foreach (var audience in label.Audiences)
            {
                List<string> known = [];
                bool others = false;
                foreach (string name in audience)
                {
                    var group = Label.IsGroup(name) ? people.GroupsOf(viewer).FirstOrDefault(g => g.Name == name) : null;
                    if (group is not null)
                        known.Add(group.Members.Count > 0 ? $"{group.Title} ({string.Join(", ", group.Members.Select(people.NameOf))})" : group.Title);
                    else if (name == viewer.Agency || owner == viewer.Agency)
                        known.Add(Label.IsGroup(name) ? Rights.Compartment(name) : people.NameOf(name));
                    else
                        others = true;
                }
                lists.Add(string.Join(", ", known) + (others ? " and others that were named" : ""));
            }
            who = "People of " + string.Join("; and at the same time of ", lists);
        }
        if (label.Classification != Classification.Public)
            who += $", cleared for {Shown.Classification(label.Classification)}";
        foreach (var needed in label.PurposesNeeded)
            who += $", who work for {string.Join(" or ", needed.Select(Shown.Purpose))}";
        if (label.Compartments.Count > 0)
            who += $", who are in {string.Join(" and ", label.Compartments.Select(Rights.Compartment))}";
        return who + ".";
    }

    /// <summary>What may be done with it, a line for each condition.</summary>
    public static IEnumerable<string> Conditions(Label label, People people)
    {
        if (!label.Handling.IsConditional)
            yield return "P: it may be shared lawfully.";
        foreach (var code in label.Handling.Codes)
            yield return $"{code}: {Handling.Words(code)}.";
        if (label.Handling.Originators.Count > 0)
            yield return $"Provided by {string.Join(", ", label.Handling.Originators.Select(people.NameOf))}.";
    }

    /// <summary>All that is said of a label: two of which the same is said are one to the viewer.</summary>
    public static string All(Label label, Viewer viewer, People people, string owner) =>
        string.Join('\n', [Shown.Label(label, viewer), .. Why(label, viewer, people), Audience(label, viewer, people, owner), .. Conditions(label, people)]);

    private static SharingGroup? GroupOf(IReadOnlyList<string> audience, Viewer viewer, People people) =>
        people.GroupsOf(viewer).FirstOrDefault(g => audience.Contains(g.Name, StringComparer.Ordinal));
}
