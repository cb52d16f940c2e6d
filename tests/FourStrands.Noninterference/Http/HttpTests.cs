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

    /// <summary>Whose answers are compared, history by history: they have pages of their own.</summary>
    private static readonly Func<Viewer, bool>[] Turns =
    [
        v => !v.May(Power.Administer) && !v.May(Power.Audit),
        v => v.May(Power.Administer),
        v => !v.May(Power.Administer) && !v.May(Power.Audit),
        v => v.May(Power.Audit) && !v.May(Power.AuditAll),
        v => v.May(Power.AuditAll),
    ];

    [Fact]
    public async Task No_page_depends_on_what_its_reader_may_not_see()
    {
        int cases = 0,
            histories = 0;
        var dice = new Dice(20260106);
        HashSet<string> shown = new(StringComparer.Ordinal);
        while (cases < Cases || (histories < MostHistories && NotShown().Any()))
        {
            var (done, difference) = await HttpTrial.Run(dice.Next(), 60, shown, Turns[histories % Turns.Length]);
            cases += done;
            histories++;
            Assert.True(difference is null, difference);
        }
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
