using FourStrands.Picture;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Access;

/// <summary>One's own account: one's rights, where one is signed in, and how one signs in.</summary>
internal sealed class OwnModel(Gate gate, Proof proof, TimeProvider clock) : SignedInPage(gate)
{
    public string Done { get; private set; } = "";

    public Person Person => Gate.People.Self(Viewer) ?? throw new InvalidOperationException("Nobody is signed in who is in no list.");

    /// <summary>The rights that hold now.</summary>
    public IReadOnlyList<Right> Held => [.. Person.Rights.Where(r => r.Holds(clock.GetUtcNow()))];

    /// <summary>The agencies that may be told of what the viewer looks for.</summary>
    public IReadOnlyList<string> Told => [.. Gate.People.ToldOfSearches(Viewer).Select(Gate.People.NameOf)];

    public IReadOnlyList<Session> Sessions => Gate.People.SessionsOf(Viewer.Name);

    /// <summary>The session that this page is shown in.</summary>
    public RecordId? This => HttpContext.SessionId();

    /// <summary>False for the invented people of a demo world.</summary>
    public bool HasSignIn => Gate.People.ToSignIn(Viewer.Name) is not null;

    public int CodesLeft => Gate.People.ToSignIn(Viewer.Name)?.Credentials.RecoveryCodes.Count ?? 0;

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPostEnd(RecordId session, [FromForm(Name = "proof")] string? password)
    {
        if (!await IsProved(password))
            return Page();
        Gate.People.End(Viewer, session);
        Done = "Signed out there.";
        return Page();
    }

    public async Task<IActionResult> OnPostEndOthers([FromForm(Name = "proof")] string? password)
    {
        if (!await IsProved(password))
            return Page();
        if (This is { } kept)
            Gate.People.EndOthers(Viewer.Name, kept);
        Done = "Signed out everywhere else.";
        return Page();
    }

    public async Task<IActionResult> OnPostAnew(string? password, string? code)
    {
        if (await proof.Of(HttpContext, Viewer.Name, password, code) is null)
        {
            ModelState.AddModelError("password", "The password or the code is not right. A code works once: wait for the next");
            return Page();
        }
        return LocalRedirect($"/come-in?link={Gate.People.NewWayIn(Viewer)}");
    }

    /// <summary>Who finds a browser open must not sign its owner out elsewhere: the password is asked for, of those who have one.</summary>
    private async Task<bool> IsProved(string? password)
    {
        if (!HasSignIn || await proof.IsPasswordOf(HttpContext, Viewer.Name, password))
            return true;
        ModelState.AddModelError("proof", "The password is not right");
        return false;
    }
}
