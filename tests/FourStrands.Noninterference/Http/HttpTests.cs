using FourStrands.Noninterference.Histories;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FourStrands.Noninterference.Http;

public sealed class HttpTests(ITestOutputHelper output)
{
    /// <summary>Two of each turn in every run.</summary>
    private const int Histories = 10;

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
        v => v.May(Power.Erase),
    ];

    [Fact]
    public async Task No_page_depends_on_what_its_reader_may_not_see() => await Compare(static (histories, _) => histories < Histories);

    /// <summary>
    /// As above, until every route has shown something to somebody: a route that only ever refuses proves nothing. It takes minutes, and is asked for by name, as
    /// the README says.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task Every_route_shows_something_and_nothing_of_what_its_reader_may_not_see() =>
        Assert.Empty(await Compare(static (histories, notShown) => histories < MostHistories && notShown > 0));

    /// <returns>The routes that showed nothing to anybody.</returns>
    private async Task<IEnumerable<string>> Compare(Func<int, int, bool> goOn)
    {
        int cases = 0,
            histories = 0;
        var dice = new Dice(20260106);
        HashSet<string> shown = new(StringComparer.Ordinal);
        while (goOn(histories, NotShown().Count()))
        {
            var (done, difference) = await HttpTrial.Run(dice.Next(), 60, shown, Turns[histories % Turns.Length]);
            cases += done;
            histories++;
            Assert.True(difference is null, difference);
        }
        output.WriteLine($"{cases} requests over {histories} histories: no difference; {NotShown().Count()} routes showed nothing yet");
        return NotShown();

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
