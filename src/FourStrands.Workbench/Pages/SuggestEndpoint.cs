using FourStrands.Picture;
using FourStrands.Workbench.Security;

namespace FourStrands.Workbench.Pages;

/// <summary>Names to offer while a person types, for the search box's script.</summary>
internal static class SuggestEndpoint
{
    private sealed record Offer(string Text, string Id, string Kind);

    public static void MapSuggest(this IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/search/suggest",
            (string? q, HttpContext context, Gate gate) =>
            {
                string text = (q ?? "").Trim();
                if (text.Length is 0 or > SearchModel.LongestText || context.Viewer() is not { } viewer)
                    return Results.Json(Array.Empty<Offer>());
                return Results.Json(gate.For(viewer).Suggest(text).Select(s => new Offer(s.Text, s.Id.ToString(), s.Schema.Label)));
            }
        );
}
