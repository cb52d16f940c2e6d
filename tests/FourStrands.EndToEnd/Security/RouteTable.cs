using System.Text.RegularExpressions;
using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FourStrands.EndToEnd.Security;

/// <summary>Something that the workbench answers.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Pattern">The address, with its identifiers open: "/entity/{id:id}".</param>
internal sealed record Route(string Method, string Pattern)
{
    private static readonly Regex Open = new(@"\{[a-z]+(:[a-z]+)?\}", RegexOptions.NonBacktracking);

    /// <summary>Does it name something by identifier?</summary>
    public bool NamesSomething => Pattern.Contains(":id}", StringComparison.Ordinal);

    /// <summary>The address with every open part filled.</summary>
    public string With(params string[] parts)
    {
        int next = 0;
        return Open.Replace(Pattern, _ => parts[Math.Min(next++, parts.Length - 1)]);
    }

    /// <summary>The address of something that never was.</summary>
    public string OfNothing => Pattern.Contains(":int}", StringComparison.Ordinal) ? With("404") : With(new RecordId(98765).ToString());

    public override string ToString() => $"{Method} {Pattern}";
}

/// <summary>All that the workbench answers, as it says itself: what is added later is tested too.</summary>
internal static class RouteTable
{
    public static async Task<IReadOnlyList<Route>> Of(IServiceProvider services)
    {
        List<Route> routes = [];
        var loader = services.GetRequiredService<PageLoader>();
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            string pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = await loader.LoadAsync(page, endpoint.Metadata);
                routes.Add(new Route("GET", pattern));
                foreach (var handler in compiled.HandlerMethods.Where(h => h.HttpMethod is not ("Get" or "Head")))
                    routes.Add(new Route(handler.HttpMethod.ToUpperInvariant(), pattern + (handler.Name is null ? "" : $"?handler={handler.Name}")));
            }
            else
            {
                foreach (string method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"])
                    routes.Add(new Route(method, pattern));
            }
        }
        Assert.NotEmpty(routes);
        return [.. routes.Distinct()];
    }

    /// <summary>The pages that say what went wrong: they take every method, and do nothing.</summary>
    public const string WhatWentWrong = "/error/{code:int}";
}
