using FourStrands.Picture;
using FourStrands.Workbench.Showing;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Access;

/// <summary>The people of the own agency, what waits for a second administrator, and letting somebody in.</summary>
internal sealed class EverybodyModel(Gate gate, TimeProvider clock) : AdministratorPage(gate)
{
    public string Name { get; private set; } = "";

    public string Job { get; private set; } = "";

    public string SignInName { get; private set; } = "";

    public DateTimeOffset Now => clock.GetUtcNow();

    public IReadOnlyList<Person> Everybody { get; private set; } = [];

    /// <summary>Those of them who sign in.</summary>
    public IEnumerable<Person> Persons => Everybody.Where(p => p.Service is null);

    /// <summary>What waits, in words, and why the reader may not decide on it; null if they may.</summary>
    public IReadOnlyList<(Proposal Proposal, string What, string? WhyNot)> Waiting { get; private set; } = [];

    /// <summary>How it stands with the agency's administrators.</summary>
    public IReadOnlyList<AdministratorNotice> Notices => AdministratorWords.Notices(People, Viewer, Now, onPeople: true);

    public IActionResult OnGet() => Listed();

    public IActionResult OnPostInvite(string? name, string? job, string? signInName)
    {
        (Name, Job, SignInName) = (name ?? "", job ?? "", signInName ?? "");
        Try(() =>
        {
            var (person, secret) = People.Invite(Viewer, Name, Job, SignInName);
            Show(secret, person.DisplayName);
            Done =
                $"{person.DisplayName} can come in by the link below, as {person.SignInName}. Now say what they may do and see: choose their name in the list.";
            (Name, Job, SignInName) = ("", "", "");
        });
        return Listed();
    }

    public IActionResult OnPostApprove(RecordId proposal)
    {
        var (what, whose) = InWords(proposal);
        Try(() =>
        {
            var kind = People.Waiting(Viewer).FirstOrDefault(p => p.Id == proposal)?.Kind;
            if (People.Approve(Viewer, proposal) is { } secret)
            {
                if (kind == ProposalKind.Key)
                    ShowKey(secret, whose);
                else
                    Show(secret, whose);
            }
            Done = $"Approved. {what}.";
        });
        return Listed();
    }

    public IActionResult OnPostRefuse(RecordId proposal)
    {
        string what = InWords(proposal).What;
        Try(() =>
        {
            People.Refuse(Viewer, proposal);
            Done = $"Not given. {what}.";
        });
        return Listed();
    }

    private (string What, string Whose) InWords(RecordId proposal)
    {
        var everybody = People.Of(Viewer);
        return People.Waiting(Viewer).FirstOrDefault(p => p.Id == proposal) is { } waits
            ? (Rights.Words(everybody, waits), Rights.Whose(everybody, waits))
            : ("", "");
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Listed()
    {
        Everybody = People.Of(Viewer);
        Waiting = [.. People.Waiting(Viewer).Select(p => (p, Rights.Words(Everybody, p), People.WhyNotDecide(Viewer, p)))];
        return Page();
    }
}
