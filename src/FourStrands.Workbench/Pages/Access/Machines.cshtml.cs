using FourStrands.Picture;
using FourStrands.Workbench.Showing;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Access;

/// <summary>The machines that act for the own agency: what each may do, when its keys end, when they were last used; each ended with one press.</summary>
internal sealed class MachinesModel(Gate gate, TimeProvider clock) : AdministratorPage(gate)
{
    public string Name { get; private set; } = "";

    public string Purpose { get; private set; } = "";

    public string SignInName { get; private set; } = "";

    public string Responsible { get; private set; } = "";

    public DateTimeOffset Now => clock.GetUtcNow();

    public IReadOnlyList<Machine> Machines { get; private set; } = [];

    /// <summary>The people of the agency who can answer for a machine.</summary>
    public IReadOnlyList<Person> Everybody { get; private set; } = [];

    public IActionResult OnGet() => Listed();

    public IActionResult OnPostMake(string? name, string? purpose, string? signInName, string? responsible)
    {
        (Name, Purpose, SignInName, Responsible) = (name ?? "", purpose ?? "", signInName ?? "", responsible ?? "");
        Try(() =>
        {
            _ = RecordId.TryParse(Responsible, null, out var person);
            var made = People.AddServiceAccount(Viewer, Name, Purpose, SignInName, person);
            Done = $"{made.DisplayName} is there, as {made.SignInName}. Now say what it may do and see, and make a key: choose its name in the list.";
            (Name, Purpose, SignInName, Responsible) = ("", "", "", "");
        });
        return Listed();
    }

    public IActionResult OnPostEnd(RecordId account, RecordId key)
    {
        Try(() =>
        {
            People.EndKey(Viewer, account, key);
            Done = "The key has ended. Whoever asks with it is refused from now on.";
        });
        return Listed();
    }

    /// <summary>Who answers for a machine, and whether they still can.</summary>
    public string ResponsibleFor(Machine machine) => Rights.Responsible(Everybody, machine.Account);

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Listed()
    {
        Machines = People.Machines(Viewer);
        Everybody = [.. People.Of(Viewer).Where(p => p.Service is null)];
        return Page();
    }
}
