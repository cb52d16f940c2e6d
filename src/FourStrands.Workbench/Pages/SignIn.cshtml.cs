using FourStrands.Picture;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FourStrands.Workbench.Pages;

/// <summary>Prove who you are; in the demo world, choose who to be.</summary>
internal sealed class SignInModel(Gate gate, WorkbenchOptions options, Proof proof) : PageModel
{
    /// <summary>The invented people, by what they are for.</summary>
    public static IReadOnlyList<(string Heading, IReadOnlyList<Viewer> Viewers)> Groups { get; } =
    [
        ("", [.. Viewer.BuiltIn.Where(v => !v.May(Power.Administer) && !v.May(Power.Audit))]),
        ("Who let people in", [.. Viewer.BuiltIn.Where(v => v.May(Power.Administer))]),
        ("Who watch over what is read", [.. Viewer.BuiltIn.Where(v => v.May(Power.Audit))]),
    ];

    /// <summary>Where they wanted to go: a path of this workbench, or null.</summary>
    public string? Next { get; private set; }

    /// <summary>The name that was typed.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The agencies whose people sign in at a place of their own, by name as shown.</summary>
    public IEnumerable<(string Agency, string Name)> Providers =>
        options.Providers.Select(p => (p.Agency, Name: gate.People.NameOf(p.Agency))).OrderBy(p => p.Name, StringComparer.Ordinal);

    /// <summary>Is there anybody who could sign in?</summary>
    public bool IsSetUp => gate.People.IsSetUp;

    public IActionResult OnGet(string? next)
    {
        Next = Own(Url, next);
        return Page();
    }

    public async Task<IActionResult> OnPost(string? name, string? password, string? code, string? next)
    {
        Next = Own(Url, next);
        Name = (name ?? "").Trim();
        if (await proof.Of(HttpContext, name, password, code) is not { } person)
        {
            ModelState.AddModelError("name", "The name, the password or the code is not right. After several wrong attempts, wait fifteen minutes");
            return Page();
        }
        await SignedIn.In(HttpContext, gate.People, person.SignInName);
        return LocalRedirect(Next ?? "/");
    }

    /// <summary>What a passkey is to sign: for the page's script, which hands the passkey's answer to <see cref="OnPostPasskey"/>.</summary>
    public async Task<IActionResult> OnPostChallenge() => Content(await proof.AskForPasskey(HttpContext), "application/json");

    public async Task<IActionResult> OnPostPasskey(string? credential, string? next)
    {
        Next = Own(Url, next);
        if (await proof.OfPasskey(HttpContext, credential) is not { } person)
        {
            ModelState.AddModelError(
                "passkey",
                "That passkey did not sign you in. Try again, or use your password and code. After several attempts, wait fifteen minutes"
            );
            return Page();
        }
        await SignedIn.In(HttpContext, gate.People, person.SignInName);
        return LocalRedirect(Next ?? "/");
    }

    /// <summary>In the demo world alone.</summary>
    public async Task<IActionResult> OnPostAs(string? viewer, string? next)
    {
        if (!options.Demo || Viewer.BuiltIn.FirstOrDefault(v => v.Name == viewer) is not { } chosen || gate.People.ViewerOf(chosen.Name) is null)
            return BadRequest();
        await SignedIn.In(HttpContext, gate.People, chosen.Name);
        return LocalRedirect(Own(Url, next) ?? "/");
    }

    /// <summary>What a viewer's rights let them see, in plain words.</summary>
    public static IEnumerable<string> Rights(Viewer viewer)
    {
        if (viewer.May(Power.Administer))
            yield return $"Lets people of {viewer.AgencyName} in, and says what they may do and see";
        if (viewer.May(Power.AuditAll))
            yield return $"Reads all of who did what at {viewer.AgencyName}";
        else if (viewer.May(Power.Audit))
            yield return $"Reads who did what at {viewer.AgencyName}, as far as they may see it themselves";
        if (viewer.Clearance is not { } clearance)
        {
            yield return viewer.May(Power.Administer) || viewer.May(Power.Audit)
                ? "Sees nothing of the picture"
                : "Has no clearance, and so sees nothing at all";
            yield break;
        }

        yield return "Sees what is public: registers, sanctions lists";
        if (clearance >= Classification.Official)
            yield return $"Sees what is OFFICIAL and meant for every agency, or for {viewer.AgencyName}";
        if (clearance >= Classification.OfficialSensitive)
            yield return "Sees what is OFFICIAL-SENSITIVE";
        if (viewer.Compartments.Count > 0)
            yield return "Sees the compartments they were admitted to";
    }

    /// <summary>Where somebody wanted to go, if that is a path of this workbench; else null.</summary>
    public static string? Own(IUrlHelper url, string? next) => next is { Length: > 1 and < 2000 } && url.IsLocalUrl(next) && next[0] == '/' ? next : null;
}
