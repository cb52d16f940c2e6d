using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>All that the viewer's picture says of one subject.</summary>
internal sealed class EntityModel(Gate gate) : SignedInPage(gate)
{
    /// <summary>Values shown of one property before the rest moves to a page of its own.</summary>
    public const int ValuesShown = 12;

    /// <summary>Connections shown under one phrase before the rest moves to a page of its own.</summary>
    public const int ConnectionsShown = 25;

    /// <summary>Sources shown of one value before the rest moves to a page of its own.</summary>
    public const int SourcesShown = 8;

    /// <summary>Rows shown of the tables of records and matches.</summary>
    public const int RowsShown = 100;

    public Entity Entity { get; private set; } = null!;

    public EntitySummary Summary { get; private set; } = null!;

    public IReadOnlyList<IGrouping<string, Connection>> Connections { get; private set; } = [];

    public IReadOnlyList<Match> PossibleMatches { get; private set; } = [];

    public IActionResult OnGet(RecordId id)
    {
        if (View.Find(id) is not { } entity)
            return NotFound();
        if (entity.Id != id)
            return RedirectToPage("/Entity", new { id = entity.Id });
        Entity = entity;
        Summary = View.Summarise(entity);
        Connections = [.. View.Connections(entity).GroupBy(c => c.Phrase, StringComparer.Ordinal)];
        PossibleMatches = View.PossibleMatches(entity);
        return Page();
    }

    /// <summary>The matches shown, each with the title line of whom it is with.</summary>
    public IEnumerable<(EntitySummary Other, Match Match)> ShownMatches()
    {
        foreach (var match in PossibleMatches.Take(RowsShown))
        {
            if (View.Summarise(match.Beyond(Entity)) is { } other)
                yield return (other, match);
        }
    }

    /// <summary>The record of this entity with that identifier.</summary>
    public RecordView Record(RecordId id) => Entity.Records.First(r => r.Id == id);
}
