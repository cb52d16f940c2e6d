using FourStrands.Noninterference.Histories;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FourStrands.Noninterference.Http;

public sealed class HttpTests(ITestOutputHelper output)
{
    private const int Cases = 1_200;

    /// <summary>After so many histories, a route that has shown nothing is one that never does.</summary>
    private const int MostHistories = 80;

    [Fact]
    public async Task No_page_depends_on_what_its_reader_may_not_see()
    {
        HashSet<string> shown = new(StringComparer.Ordinal);
        var (cases, histories, difference) = await HttpTrial.Many(
            20260106,
            shown,
            (cases, histories) => cases < Cases || (histories < MostHistories && NotShown().Any())
        );
        Assert.True(difference is null, difference);
        output.WriteLine($"{cases} requests over {histories} histories: no difference");
        Assert.Empty(NotShown());

        IEnumerable<string> NotShown() => Requests.Routes.Keys.Except(shown, StringComparer.Ordinal).Except(Declared.ShowsNothing, StringComparer.Ordinal);
    }

    /// <summary>A route that nobody asks is not proven.</summary>
    [Fact]
    public async Task Every_route_has_a_request()
    {
        using var stage = new Stage();
        await using var site = await Site.Start(stage);
        var loader = site.Services.GetRequiredService<PageLoader>();
        HashSet<string> routes = new(StringComparer.Ordinal);
        foreach (var endpoint in site.Endpoints)
        {
            string pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = await loader.LoadAsync(page, endpoint.Metadata);
                foreach (var handler in compiled.HandlerMethods)
                    routes.Add($"{handler.HttpMethod.ToUpperInvariant()} {pattern}{(handler.Name is null ? "" : $"?handler={handler.Name}")}");
                if (compiled.HandlerMethods.All(h => h.HttpMethod != "Get"))
                    routes.Add($"GET {pattern}");
            }
            else
            {
                foreach (string method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"])
                    routes.Add($"{method} {pattern}");
            }
        }
        Assert.NotEmpty(routes);
        Assert.Empty(routes.Except(Requests.Routes.Keys, StringComparer.Ordinal));
        Assert.Empty(Requests.Routes.Keys.Except(routes, StringComparer.Ordinal));
    }
}
