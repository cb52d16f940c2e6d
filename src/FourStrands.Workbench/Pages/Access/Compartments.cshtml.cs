using FourStrands.Picture;
using FourStrands.Workbench.Showing;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Access;

/// <summary>The compartments that the own agency keeps.</summary>
internal sealed class CompartmentsModel(Gate gate, TimeProvider clock) : AdministratorPage(gate)
{
    public string Name { get; private set; } = "";

    public string Purpose { get; private set; } = "";

    /// <summary>Each with those who are in it now.</summary>
    public IReadOnlyList<(Compartment Compartment, IReadOnlyList<Person> Members)> All { get; private set; } = [];

    public IActionResult OnGet() => Listed();

    public IActionResult OnPost(string? compartment, string? title, bool tells)
    {
        (Name, Purpose) = (compartment ?? "", title ?? "");
        Try(() =>
        {
            var made = People.AddCompartment(Viewer, Name, Purpose, tells);
            Done = $"{Rights.Compartment(made.Name)} is made. Nobody is in it yet: choose a name on the page “People” to admit them.";
            (Name, Purpose) = ("", "");
        });
        return Listed();
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Listed()
    {
        var everybody = People.Of(Viewer);
        var now = clock.GetUtcNow();
        All =
        [
            .. People
                .Compartments(Viewer)
                .Select(c =>
                    (
                        c,
                        (IReadOnlyList<Person>)
                            [.. everybody.Where(p => p.Rights.Any(r => r.Kind == RightKind.Compartment && r.Value == c.Name && r.Holds(now)))]
                    )
                ),
        ];
        return Page();
    }
}
