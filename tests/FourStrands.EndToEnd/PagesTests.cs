using FourStrands.Picture;

namespace FourStrands.EndToEnd;

/// <summary>Every page, for every viewer: accessible, quiet in the console, within the content security policy, and fit for a phone.</summary>
public sealed class PagesTests(RunningWorkbench workbench)
{
    public static TheoryData<string> Viewers => [.. Viewer.BuiltIn.Select(v => v.Name)];

    [Theory]
    [MemberData(nameof(Viewers))]
    public async Task Every_page_is_accessible_and_quiet(string name)
    {
        await using var person = await workbench.Open(Viewer.BuiltIn.Single(v => v.Name == name));
        List<string> faults = [];
        foreach (var (page, address) in Pages(name))
        {
            var answer = await person.Page.Visit(address);
            if (answer?.Status != Expected(name, page))
                faults.Add($"{page}: answers {answer?.Status}");
            faults.AddRange((await Accessibility.Violations(person.Page)).Select(v => $"{page}: {v}"));
            faults.AddRange(person.TakeComplaints().Select(c => $"{page}: {c}"));
            if (name.Split('@')[0] is "analyst" or "visitor" or "administrator" or "chief" or "auditor")
                await Screenshots.Take(person.Page, $"{name.Split('@')[0]}-{page}");
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public async Task Every_page_fits_a_screen_320_pixels_wide()
    {
        await using var person = await workbench.Open(SampleWorld.Analyst, width: 320, height: 640);
        List<string> faults = [];
        foreach (var (page, address) in Pages(SampleWorld.Analyst.Name))
        {
            var answer = await person.Page.Visit(address);
            if (answer?.Status != Expected(SampleWorld.Analyst.Name, page))
                faults.Add($"{page}: answers {answer?.Status}");
            int width = await person.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (width > 320)
                faults.Add($"{page} is {width} pixels wide");
            await Screenshots.Take(person.Page, $"phone-{page}");
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public async Task What_is_not_accessible_is_found()
    {
        await using var person = await workbench.Open();
        await person.Page.GotoAsync("/help");
        Assert.Empty(await Accessibility.Violations(person.Page));
        await person.Page.EvaluateAsync(
            "() => { const input = document.createElement('input'); input.id = 'unlabelled'; document.querySelector('main').append(input); }"
        );
        Assert.Contains(
            await Accessibility.Violations(person.Page),
            v => v.StartsWith("label ", StringComparison.Ordinal) && v.Contains("#unlabelled", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_sign_in_page_is_accessible_and_quiet()
    {
        await using var person = await workbench.Open();
        foreach (string address in new[] { "/sign-in", "/help", "/accessibility", "/set-up", "/come-in" })
        {
            Assert.Equal(200, (await person.Page.GotoAsync(address))?.Status);
            await person.MustBeAccessible(address[1..]);
        }

        Assert.Empty(person.TakeComplaints());
    }

    /// <summary>Who sees nothing finds nothing either: for the visitor no page about a record is there.</summary>
    private static int Expected(string viewer, string page) =>
        page == "not-found"
        || (
            IsWithoutClearance(viewer)
            && (page.StartsWith("entity", StringComparison.Ordinal) || page is "why" or "values" or "connections" or "match" or "import-result" or "source")
        )
            ? 404
            : 200;

    private static bool IsWithoutClearance(string viewer) => Viewer.BuiltIn.Single(v => v.Name == viewer).Clearance is null;

    private IEnumerable<(string Page, string Address)> Pages(string viewer)
    {
        var world = workbench.World;
        yield return ("home", "/");
        yield return ("account", "/account");
        yield return ("agencies", "/agencies");
        // Administrators see nothing of the picture: they have the pages of the visitor, and their own.
        if (Viewer.BuiltIn.Single(v => v.Name == viewer).May(Power.Administer))
        {
            yield return ("people", "/people");
            yield return ("person", $"/people/{workbench.Person(viewer)}");
            yield return ("compartments", "/people/compartments");
            yield return ("groups", "/people/groups");
            yield return ("sources", "/sources");
            yield break;
        }

        if (Viewer.BuiltIn.Single(v => v.Name == viewer).May(Power.Audit))
        {
            yield return ("log", "/log");
            yield return ("log-searched", $"/log?who=glenbrae&kind=Consultation&record={world.Rannoch}&from=2026-01-01");
            yield return ("log-none", "/log?text=zzzz+qqqq");
            yield return ("log-wrong-day", "/log?from=tomorrow");
            yield return ("log-unusual", "/log/unusual");
            yield break;
        }

        yield return ("search-empty", "/search");
        yield return ("search", "/search?q=rannoch");
        yield return ("search-many", "/search?q=inverlair&page=2");
        yield return ("search-spelt-like", "/search?q=dougall+ranock");
        yield return ("search-phone", "/search?q=01463+496000");
        yield return ("search-none", "/search?q=zzzz+qqqq&kind=Company");
        yield return ("entity-person", $"/entity/{world.Rannoch}");
        yield return ("entity-company", $"/entity/{world.Company}");
        yield return ("entity-many-ties", $"/entity/{world.Heather}");
        yield return ("entity-many-values", $"/entity/{world.TradingHouse}");
        yield return ("values", $"/entity/{world.TradingHouse}/values?of=alias");
        yield return ("connections", $"/entity/{world.Heather}/connections?phrase=directs");
        yield return ("match", $"/match/{world.Rannoch}/{world.ListedRanoch}");
        yield return ("path-empty", "/path");
        yield return ("path-choose", $"/path?from={world.Company}&toName=sokolova");
        yield return ("path", $"/path?from={world.Company}&to={world.Sokolova}");
        yield return ("sources", "/sources");
        yield return ("source", $"/sources/{world.Register}");
        yield return ("why", $"/records/{world.Rannoch}");
        yield return ("requests", "/requests");
        yield return ("request-new", "/requests/new");
        yield return ("import-result", $"/imports/{world.RegisterImport}");
        yield return ("import", "/sources/import");
        yield return ("checks", "/checks");
        yield return ("check-new", "/checks/new");
        if (workbench.Checks.TryGetValue(viewer, out var check))
        {
            yield return ("check", $"/checks/{check}");
            yield return ("check-to-be-judged", $"/checks/{check}?show=judge");
            yield return ("check-links", $"/checks/{check}?show=links");
            yield return ("check-table", $"/checks/{check}/table");
            yield return ("check-record", $"/checks/{check}/record");
        }

        if (Viewer.BuiltIn.Single(v => v.Name == viewer) is { Agency: "national-police" } officer && officer.May(Power.Release))
        {
            yield return ("releases", "/releases");
            yield return ("release-new", $"/releases/new?record={world.Secret}");
            yield return ("release", $"/releases/{world.SecretRelease}");
            yield return ("request", $"/requests/{world.SecretRequest}");
            if (officer.May(Power.Erase))
            {
                yield return ("erasures", "/erasures");
                yield return ("corrections", "/corrections");
                yield return ("correct", $"/corrections/new?record={world.Secret}");
                yield return ("retention", "/retention");
                yield return ("retention-schedule", "/retention/schedule");
                yield return ("retention-reviews", "/retention/reviews");
                yield return ("retention-review", $"/retention/review?of={world.SecretImport}");
                yield return ("subject-access", $"/subject-access/{world.Secret}");
                yield return ("erase", $"/erasures/new?record={world.Secret}");
            }
        }

        yield return ("help", "/help");
        yield return ("accessibility", "/accessibility");
        yield return ("sign-out", "/sign-out");
        yield return ("not-found", "/nothing/here");
    }
}
