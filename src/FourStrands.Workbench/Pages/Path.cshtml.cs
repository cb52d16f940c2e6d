using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>How is this connected to that?</summary>
internal sealed class PathModel(Gate gate) : SignedInPage(gate)
{
    public End From { get; private set; } = new("from", "", null, []);

    public End To { get; private set; } = new("to", "", null, []);

    /// <summary>The way, once both ends are chosen; null if there is none.</summary>
    public EntityPath? Found { get; private set; }

    /// <summary>Matches shown of one subject on the way.</summary>
    public const int MatchesShown = 5;

    /// <summary>How many of the matches that the way rests on nobody has judged.</summary>
    public int Unjudged => Found is null ? 0 : Found.Steps.SelectMany(s => s.Matches).Concat(Found.AtEnd).Count(m => m.Match.Judgement is null);

    public bool BothChosen => From.Chosen is not null && To.Chosen is not null;

    public IActionResult OnGet(string? from, string? to, string? fromName, string? toName)
    {
        From = Read("from", from, fromName);
        To = Read("to", to, toName);
        if (From.Chosen is { } start && To.Chosen is { } end)
            Found = View.FindPath(start.Id, end.Id);
        return Page();
    }

    /// <summary>This page with one end changed.</summary>
    public string Address(End end, RecordId? chosen)
    {
        var other = end.Field == "from" ? To : From;
        string kept =
            other.Chosen is { } c ? $"{other.Field}={c.Id}"
            : other.Text.Length > 0 ? $"{other.Field}Name={Uri.EscapeDataString(other.Text)}"
            : "";
        string set = chosen is { } id ? $"{end.Field}={id}" : "";
        return "/path?" + string.Join('&', new[] { set, kept }.Where(p => p.Length > 0));
    }

    private End Read(string field, string? id, string? name)
    {
        if (RecordId.TryParse(id, null, out var record) && View.Find(record) is { } entity)
            return new End(field, entity.Caption, View.Summarise(entity), []);
        string text = (name ?? "").Trim();
        if (text.Length == 0)
            return new End(field, "", null, []);
        if (text.Length > SearchModel.LongestText)
            text = text[..SearchModel.LongestText];
        return new End(field, text, null, [.. View.Search(text, limit: 10).Hits.Select(h => h.Entity)]);
    }
}

/// <summary>One end of a way that is looked for.</summary>
/// <param name="Field">"from" or "to".</param>
/// <param name="Text">What was typed.</param>
/// <param name="Chosen">Which subject it is, once chosen.</param>
/// <param name="Offered">Those it may be, to choose from.</param>
internal sealed record End(string Field, string Text, EntitySummary? Chosen, IReadOnlyList<EntitySummary> Offered);
