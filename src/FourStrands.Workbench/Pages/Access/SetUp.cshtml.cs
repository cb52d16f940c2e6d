using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FourStrands.Workbench.Pages.Access;

/// <summary>The first agency and its first administrator, by the link that the program printed.</summary>
internal sealed class SetUpModel(Gate gate) : PageModel
{
    public string Link { get; private set; } = "";

    public string Agency { get; private set; } = "";

    public string Desk { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string SignInName { get; private set; } = "";

    public bool Works => gate.People.LinkOf(Link) is { Kind: LinkKind.SetUp };

    public IActionResult OnGet(string? link)
    {
        Link = link ?? "";
        return Page();
    }

    public IActionResult OnPost(string? link, string? agency, string? desk, string? name, string? signInName)
    {
        (Link, Agency, Desk, Name, SignInName) = (link ?? "", agency ?? "", desk ?? "", name ?? "", signInName ?? "");
        if (!Works)
            return Page();
        try
        {
            var (_, secret) = gate.People.SetUp(Link, Agency, Desk, Name, SignInName);
            return LocalRedirect($"/come-in?link={secret}");
        }
        catch (PeopleException problem)
        {
            ModelState.Add(problem);
            return Page();
        }
    }
}
