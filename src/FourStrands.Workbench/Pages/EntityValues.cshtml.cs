using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>Every value of one property, where there are too many for the subject's own page.</summary>
internal sealed class EntityValuesModel(Gate gate) : SignedInPage(gate)
{
    private const int PageSize = 200;

    public Entity Entity { get; private set; } = null!;

    public Property Property { get; private set; } = null!;

    public IReadOnlyList<IGrouping<string, Said>> Values { get; private set; } = [];

    public int Number { get; private set; } = 1;

    public bool More { get; private set; }

    public IActionResult OnGet(RecordId id, string? of)
    {
        if (View.Find(id) is not { } entity)
            return NotFound();
        if (entity.Properties.FirstOrDefault(p => p.Key.Name == of) is not { } said)
            return NotFound();
        Number = AskedPage();
        Entity = entity;
        Property = said.Key;
        var values = said.GroupBy(s => s.Value, StringComparer.Ordinal).Skip((Number - 1) * PageSize).Take(PageSize + 1).ToList();
        More = values.Count > PageSize;
        Values = values[..Math.Min(values.Count, PageSize)];
        return Page();
    }
}
