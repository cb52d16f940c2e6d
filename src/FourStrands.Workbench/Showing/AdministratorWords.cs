using FourStrands.Picture;

namespace FourStrands.Workbench.Showing;

/// <summary>Something that the administrators or auditors of an agency are told, and where to do something about it.</summary>
/// <param name="Text">What they are told.</param>
/// <param name="Links">Where to go: an address and what stands on the link.</param>
internal sealed record AdministratorNotice(string Text, params IReadOnlyList<(string Address, string Text)> Links);

/// <summary>How it stands with the administrators of an agency, in plain words.</summary>
internal static class AdministratorWords
{
    /// <summary>What the viewer is told; nothing if they are neither administrator nor auditor, or if there is nothing.</summary>
    /// <param name="people">The people of the store.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="now">What time it is.</param>
    /// <param name="onPeople">On the page of people, and not on the home page: then also what can wait.</param>
    public static IReadOnlyList<AdministratorNotice> Notices(People people, Viewer viewer, DateTimeOffset now, bool onPeople)
    {
        bool administers = viewer.May(Power.Administer);
        if (!administers && !viewer.May(Power.Audit))
            return [];
        var stand = people.AdministratorsOf(viewer);
        List<AdministratorNotice> said =
        [
            .. stand
                .Now.Where(a => a.IsFromMachine)
                .Select(a => new AdministratorNotice(
                    $"Whoever runs FourStrands made {a.DisplayName} an administrator of {viewer.AgencyName} on {Shown.Date(a.Right.From)}, until {Shown.Date(a.Right.Until)}. If nobody of your agency asked for that, find out why.",
                    administers ? ($"/people/{a.Id}", $"What {a.DisplayName} may do") : ("/log", "The log")
                )),
        ];
        if (!administers)
            return said;
        bool isAlone = stand.Now.Count == 1;
        if (isAlone && stand.HadTwo)
            said.Add(
                new AdministratorNotice(
                    $"You are the only administrator of {viewer.AgencyName} now. It has had two, and so what widens what somebody sees, or gives power over others, goes on needing two: nobody is to give themselves everything. You cannot make a second one alone, nor give yourself the role anew: ask whoever runs FourStrands to make somebody administrator (fourstrands way-in NAME@{viewer.Agency} --administrator)."
                )
            );
        else if (isAlone && onPeople)
            said.Add(
                new AdministratorNotice(
                    $"You are the only administrator of {viewer.AgencyName}, and trusted alone until there is a second. Let one in, and give them the role “administrator”, which you may do alone this once. From then on the two of you check each other.",
                    ("#invite", "Let somebody in")
                )
            );
        if (Ending(stand, viewer, now) is { } ending)
            said.Add(ending);
        if (people.Agency(viewer.Agency) is { Desk: "" })
            said.Add(new AdministratorNotice($"Nobody knows how to reach the desk of {viewer.AgencyName}.", ("/agencies#own", "Say how others reach it")));
        return said;
    }

    private static AdministratorNotice? Ending(Administrators stand, Viewer viewer, DateTimeOffset now)
    {
        string? none = stand.NoneLeft(now) is { } last ? $"after {Shown.Date(last)} nobody will be: nobody could let people in, or give rights" : null,
            one = stand.OneLeft(now) is { } other
                ? $"after {Shown.Date(other)} only {stand.Now[^1].DisplayName} will be an administrator of {viewer.AgencyName}"
                : null;
        string? text =
            one is null && none is null ? null
            : one is null ? $"Your role as an administrator ends, and {none}."
            : none is null ? $"Roles end: {one}, and nothing could be agreed to that needs two."
            : $"Roles end: {one}, and {none}.";
        if (text is null)
            return null;
        if (stand.Now.Count == 1 && stand.HadTwo)
            return new AdministratorNotice(text);
        return new AdministratorNotice(
            $"{text} Give the role anew in time, with a later last day{(stand.HadTwo ? "; another administrator agrees to it" : "")}.",
            [
                .. stand
                    .Now.Where(a => a.Right.Until <= now + Administrators.ToldBefore)
                    .Select(a => ($"/people/{a.Id}#give", $"Extend the role of {a.DisplayName}")),
            ]
        );
    }
}
