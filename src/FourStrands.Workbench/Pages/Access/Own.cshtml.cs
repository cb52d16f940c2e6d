using FourStrands.Picture;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Access;

/// <summary>One's own account: one's rights, where one is signed in, and how one signs in: password, app and passkeys.</summary>
internal sealed class OwnModel(Gate gate, Proof proof, TimeProvider clock) : SignedInPage(gate)
{
    /// <summary>The longest that a passkey may be called, in characters.</summary>
    public const int LongestName = 60;

    private const string NotRight = "The password or the code is not right. A code works once: wait for the next";

    public string Done { get; private set; } = "";

    public Person Person => Gate.People.Self(Viewer) ?? throw new InvalidOperationException("Nobody is signed in who is in no list.");

    /// <summary>The rights that hold now.</summary>
    public IReadOnlyList<Right> Held => [.. Person.Rights.Where(r => r.Holds(Now))];

    /// <summary>The agencies that may be told of what the viewer looks for.</summary>
    public IReadOnlyList<string> Told => [.. Gate.People.ToldOfSearches(Viewer).Select(Gate.People.NameOf)];

    public DateTimeOffset Now => clock.GetUtcNow();

    public bool MayOpenEmergency => Gate.People.MayOpenEmergency(Viewer);

    /// <summary>The emergency accesses that they opened, with what was found.</summary>
    public IReadOnlyList<EmergencyAccess> Emergencies => Gate.People.OwnEmergencies(Viewer);

    public IReadOnlyList<Session> Sessions => Gate.People.SessionsOf(Viewer.Name);

    /// <summary>The session that this page is shown in.</summary>
    public RecordId? This => HttpContext.SessionId();

    /// <summary>False for the invented people of a demo world.</summary>
    public bool HasSignIn => Gate.People.ToSignIn(Viewer.Name) is not null;

    public int CodesLeft => Gate.People.ToSignIn(Viewer.Name)?.Credentials.RecoveryCodes.Count ?? 0;

    public IReadOnlyList<Passkey> Passkeys => Gate.People.ToSignIn(Viewer.Name)?.Credentials.Passkeys ?? [];

    /// <summary>What the device is asked to make a passkey with, as JSON, once its owner proved who they are; null before.</summary>
    public string? Asked { get; private set; }

    /// <summary>What the new passkey is called.</summary>
    public string PasskeyName { get; private set; } = "";

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPostNewPasskey(string? passkeyName, string? passkeyPassword, string? passkeyCode)
    {
        PasskeyName = (passkeyName ?? "").Trim();
        if (PasskeyName.Length is 0 or > LongestName)
            ModelState.AddModelError("passkeyName", $"Give it a name of at most {LongestName} characters, such as: work laptop");
        else if (await proof.Of(HttpContext, Viewer.Name, passkeyPassword, passkeyCode) is not { } person)
            ModelState.AddModelError("passkeyPassword", NotRight);
        else
            Asked = await proof.AskForNewPasskey(HttpContext, person);
        return Page();
    }

    public async Task<IActionResult> OnPostAddPasskey(string? passkeyName, string? credential)
    {
        PasskeyName = (passkeyName ?? "").Trim();
        if (This is not { } here || await proof.NewPasskey(HttpContext, Person, PasskeyName, credential) is not { } made)
        {
            ModelState.AddModelError("passkeyName", "No passkey was made. Try again: it has to be done within five minutes, in this browser");
            return Page();
        }
        try
        {
            Gate.People.AddPasskey(Viewer, made, here);
            Done = $"{PasskeyName} now signs you in. You were signed out everywhere else.";
        }
        catch (PeopleException problem)
        {
            ModelState.Add(problem);
        }
        return Page();
    }

    public async Task<IActionResult> OnPostRemovePasskey(string? passkey, string? removalProof)
    {
        if (This is not { } here || !await IsProved(removalProof, "removalProof"))
            return Page();
        try
        {
            Gate.People.RemovePasskey(Viewer, passkey ?? "", here);
            Done = "Removed: it signs nobody in any more. You were signed out everywhere else.";
        }
        catch (PeopleException problem)
        {
            ModelState.Add(problem);
        }
        return Page();
    }

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
            ModelState.AddModelError("password", NotRight);
            return Page();
        }
        return LocalRedirect($"/come-in?link={Gate.People.NewWayIn(Viewer)}");
    }

    /// <summary>Who finds a browser open must not sign its owner out elsewhere: the password is asked for, of those who have one.</summary>
    private async Task<bool> IsProved(string? password, string field = "proof")
    {
        if (!HasSignIn || await proof.IsPasswordOf(HttpContext, Viewer.Name, password))
            return true;
        ModelState.AddModelError(field, "The password is not right");
        return false;
    }
}
