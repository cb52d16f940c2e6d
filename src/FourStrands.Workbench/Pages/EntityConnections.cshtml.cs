using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>All to whom a subject is tied in one way, where there are too many for its own page.</summary>
internal sealed class EntityConnectionsModel(Gate gate) : SignedInPage(gate)
{
    private const int PageSize = 100;

    public Entity Entity { get; private set; } = null!;

    public string Phrase { get; private set; } = "";

    public IReadOnlyList<Connection> Connections { get; private set; } = [];

    public int Number { get; private set; } = 1;

    public bool More { get; private set; }

    public IActionResult OnGet(RecordId id, string? phrase)
    {
        if (View.Find(id) is not { } entity)
            return NotFound();
        var all = View.Connections(entity).Where(c => c.Phrase == phrase).ToList();
        if (all.Count == 0)
            return NotFound();
        Number = AskedPage();
        Entity = entity;
        Phrase = all[0].Phrase;
        Connections = [.. all.Skip((Number - 1) * PageSize).Take(PageSize)];
        More = all.Count > Number * PageSize;
        return Page();
    }
}
