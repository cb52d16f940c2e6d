using System.Globalization;
using FourStrands.Formats;
using FourStrands.Picture;
using FourStrands.Workbench.Pages;
using FourStrands.Workbench.Security;
using FourStrands.Workbench.Showing;

namespace FourStrands.Workbench.Api;

/// <summary>What programs search for and read: what the pages show, from the same questions.</summary>
internal static class Reading
{
    /// <summary>The most rows of each of an entity's lists on one page of the answer.</summary>
    private const int PageSize = 500;

    /// <summary>The furthest page that is asked for.</summary>
    private const int LastPage = 10_000;

    public static void MapReading(this IEndpointRouteBuilder api)
    {
        api.MapGet("/search", (HttpContext context, Gate gate) => Search(context, gate)).Needs(KeyScope.SearchAndRead);
        api.MapGet("/entities/{id:id}", (RecordId id, HttpContext context, Gate gate) => Entity(id, context, gate)).Needs(KeyScope.SearchAndRead);
    }

    private static IResult Search(HttpContext context, Gate gate)
    {
        var query = context.Request.Query;
        string text = query["q"].ToString().Trim(),
            kind = query["kind"].ToString();
        if (text.Length is 0 or > SearchModel.LongestText)
            return Problems.Of(400, $"Say with q what to search for, in at most {SearchModel.LongestText} characters.");
        Schema? schema = null;
        if (kind.Length > 0 && !SearchModel.TryKind(kind, out schema))
            return Problems.Of(400, "The kind is named as in FollowTheMoney: Person, Company, Vessel, Address.");
        if (PageOf(context, SearchModel.LastPage) is not { } page)
            return NoPage();
        var view = gate.For(context.Viewer()!);
        var found = view.Search(text, schema, (page - 1) * SearchModel.PageSize, SearchModel.PageSize);
        var pointers = view.Pointers(text);
        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteSearch(text, found with { More = found.More && page < SearchModel.LastPage });
            json.WriteStartArray("pointers");
            foreach (var pointer in pointers)
            {
                json.WriteStartObject();
                json.WriteString("agency", pointer.AgencyName);
                json.WriteString("desk", pointer.Desk);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static IResult Entity(RecordId id, HttpContext context, Gate gate)
    {
        if (PageOf(context, LastPage) is not { } page)
            return NoPage();
        var viewer = context.Viewer()!;
        var view = gate.For(viewer);
        if (view.Find(id) is not { } entity)
            return Results.NotFound();
        var summary = view.Summarise(entity);
        var said = entity.Properties.SelectMany(p => p).ToList();
        var connections = view.Connections(entity);
        var matches = view.PossibleMatches(entity);
        int skip = (page - 1) * PageSize;
        List<(EntitySummary Other, Match Match)> possible = [];
        foreach (var match in matches.Skip(skip).Take(PageSize))
        {
            if (view.Summarise(match.Beyond(entity)) is { } other)
                possible.Add((other, match));
        }
        int longest = ((int[])[said.Count, entity.Records.Count, connections.Count, matches.Count]).Max();
        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteEntity(
                summary,
                said.Skip(skip).Take(PageSize),
                entity.Records.Skip(skip).Take(PageSize),
                connections.Skip(skip).Take(PageSize),
                possible,
                label => Shown.Label(label, viewer)
            );
            json.WriteBoolean("more", longest > page * PageSize);
            json.WriteEndObject();
        });
    }

    /// <summary>Which page is asked for, the first unless it says; null for what is no page.</summary>
    private static int? PageOf(HttpContext context, int last)
    {
        string page = context.Request.Query["page"].ToString();
        return page.Length == 0 ? 1
            : int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= last ? number
            : null;
    }

    private static IResult NoPage() => Problems.Of(400, "A page is a number, 1 for the first.");
}
