using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Access;

/// <summary>The sharing groups that the own agency keeps, and who has to agree to its releases.</summary>
internal sealed class GroupsModel(Gate gate) : AdministratorPage(gate)
{
    public string Name { get; private set; } = "";

    public string Purpose { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public IReadOnlyList<SharingGroup> All => People.Groups(Viewer);

    public bool SecondForEveryRelease => People.Agency(Viewer.Agency)?.SecondForEveryRelease == true;

    /// <summary>The agencies that are told of the own people's searches.</summary>
    public IReadOnlyList<string> Told => People.Agency(Viewer.Agency)?.TellsOfSearches ?? [];

    public IEnumerable<Agency> NotTold => People.Agencies.Where(a => a.Name != Viewer.Agency && !Told.Contains(a.Name, StringComparer.Ordinal));

    public string TellReason { get; private set; } = "";

    public string NameOf(string agency) => People.NameOf(agency);

    /// <summary>The agencies that are not members yet.</summary>
    public IEnumerable<Agency> Others(SharingGroup group) => People.Agencies.Where(a => !group.Members.Contains(a.Name, StringComparer.Ordinal));

    public IActionResult OnGet() => Page();

    public IActionResult OnPostMake(string? group, string? title, bool open)
    {
        (Name, Purpose) = (group ?? "", title ?? "");
        Try(() =>
        {
            var made = People.AddGroup(Viewer, Name, Purpose, open);
            Done = $"{made.Title} is made, with {Viewer.AgencyName} as its first member.";
            (Name, Purpose) = ("", "");
        });
        return Page();
    }

    public IActionResult OnPostAsk(string? group, string? agency, string? reason)
    {
        Reason = reason ?? "";
        if (
            Try(() =>
            {
                People.AskForMember(Viewer, group ?? "", agency ?? "", Reason);
                Reason = "";
            })
        )
            Done = "It waits for a second administrator, on the page “People”.";
        return Page();
    }

    public IActionResult OnPostRemove(string? group, string? agency)
    {
        if (Try(() => People.RemoveMember(Viewer, group ?? "", agency ?? "")))
            Done = $"{People.NameOf(agency ?? "")} is no member any more, and sees no more what was shared with the group alone.";
        return Page();
    }

    public IActionResult OnPostTell(string? told, string? tellReason)
    {
        TellReason = tellReason ?? "";
        if (
            Try(() =>
            {
                People.AskToTell(Viewer, told ?? "", TellReason);
                TellReason = "";
            })
        )
            Done = "It waits for a second administrator, on the page “People”.";
        return Page();
    }

    public IActionResult OnPostStopTelling(string? told)
    {
        if (Try(() => People.StopTelling(Viewer, told ?? "")))
            Done = $"{People.NameOf(told ?? "")} is told no more of what your people look for.";
        return Page();
    }

    public IActionResult OnPostSecond(bool every)
    {
        Try(() =>
            Done =
                People.SetSecondForEveryRelease(Viewer, every) is not null ? "It waits for a second administrator, on the page “People”."
                : every ? "From now on a second person agrees to every release."
                : "A second person agrees to those releases that widen most."
        );
        return Page();
    }
}
