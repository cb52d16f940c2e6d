using System.Net;
using FourStrands.Picture;
using Microsoft.Extensions.DependencyInjection;

namespace FourStrands.EndToEnd.Security;

/// <summary>What somebody may not see answers as if it never was, wherever it can be named.</summary>
public sealed class ObjectsTests(RunningWorkbench workbench)
{
    private static readonly Viewer Council = Viewer.BuiltIn.Single(v => v.ShortName == "council");

    [Fact]
    public async Task Whatever_is_named_by_identifier_and_hidden_is_as_if_it_never_was()
    {
        using var reader = new BareBrowser(workbench.Address);
        await reader.SignInAs(SampleWorld.Glenbrae);
        using var administrator = new BareBrowser(workbench.Address);
        await administrator.SignInAs(Council);
        using var program = new BareBrowser(workbench.Address) { Key = workbench.Key(SampleWorld.Glenbrae) };
        string never = new RecordId(98765).ToString();
        int tried = 0;
        foreach (var route in (await RouteTable.Of(workbench.Services)).Where(r => r.NamesSomething))
        {
            bool ofPeople = route.Pattern.StartsWith("/people/", StringComparison.Ordinal),
                ofPrograms = route.Pattern.StartsWith("/api/", StringComparison.Ordinal);
            var browser =
                ofPeople ? administrator
                : ofPrograms ? program
                : reader;
            foreach (string[] hidden in Hidden(route.Pattern))
            {
                var there = await Ask(browser, route, hidden);
                var nowhere = await Ask(browser, route, [.. hidden.Select(h => h == workbench.World.Rannoch.ToString() ? h : never)]);
                Assert.True(there.Status == HttpStatusCode.NotFound, $"{route}: {there.Status}");
                Assert.Equal((route, nowhere.Status, nowhere.Body), (route, there.Status, there.Body));
                Assert.Equal(Told(nowhere), Told(there));
                tried++;
            }
        }
        Assert.True(tried > 20, $"Only {tried} were tried.");
        // And it is really there, for those who may see it.
        using var analyst = new BareBrowser(workbench.Address);
        await analyst.SignInAs(SampleWorld.Analyst);
        Assert.Equal(HttpStatusCode.OK, (await analyst.Get($"/entity/{workbench.World.Secret}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await analyst.Get($"/sources/{SecretSource}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await analyst.Get($"/checks/{workbench.Checks[SampleWorld.Analyst.Name]}")).Status);
    }

    /// <summary>Where a page lets only some roles do something, the rest are told what they would be told of a page that is not there.</summary>
    [Fact]
    public async Task Pages_for_some_are_nowhere_for_others_and_that_is_logged()
    {
        using var reader = new BareBrowser(workbench.Address);
        await reader.SignInAs(SampleWorld.Strathorn);
        string nothing = (await reader.Get("/nothing")).Body;
        foreach (
            string address in (string[])
                [
                    "/people",
                    "/people/machines",
                    "/people/compartments",
                    "/people/groups",
                    "/releases",
                    "/erasures",
                    "/retention",
                    "/retention/reviews",
                    "/corrections",
                    "/retention/schedule",
                    "/log",
                    "/log/unusual",
                    "/log/file",
                    "/log/checkpoint",
                ]
        )
        {
            var answer = await reader.Get(address);
            Assert.Equal((address, HttpStatusCode.NotFound, nothing), (address, answer.Status, answer.Body));
        }
        var chief = Viewer.BuiltIn.Single(v => v.ShortName == "chief");
        using var police = new BareBrowser(workbench.Address);
        await police.SignInAs(SampleWorld.Analyst);
        await police.Get("/people/compartments");
        await police.SignInAs(chief);
        var log = await police.Get("/log?who=analyst&text=%2Fpeople%2Fcompartments");
        Assert.Contains("Was refused", log.Body, StringComparison.Ordinal);
        Assert.Contains("GET /people/compartments", log.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acts_that_a_role_does_not_let_one_do_are_refused_and_logged()
    {
        await using var apart = await OwnWorkbench.Start();
        using var administrator = apart.Browser();
        await administrator.SignInAs(Viewer.BuiltIn.Single(v => v.ShortName == "administrator"));
        using var file = new MultipartFormDataContent
        {
            { new StringContent(administrator.Token), "form-token" },
            { new StringContent("Mine"), "source" },
            { new StringContent("public"), "audience" },
            { new StringContent("""{"id":"1","schema":"Person","properties":{"name":["X"]}}"""), "file", "x.json" },
        };
        Assert.Equal(HttpStatusCode.OK, (await administrator.Send("POST", "/sources/import", file)).Status);
        await administrator.Post("/checks/new", ("title", "A check"), ("bidders", "Acme Ltd"));
        using var analyst = apart.Browser();
        await analyst.SignInAs(SampleWorld.Analyst);
        await analyst.Post("/agencies", ("agency", "Mine"));
        Assert.Contains("There are no sources that you can see", (await analyst.Get("/sources")).Body, StringComparison.Ordinal);
        using var chief = apart.Browser();
        await chief.SignInAs(Viewer.BuiltIn.Single(v => v.ShortName == "chief"));
        string log = (await chief.Get("/log?text=POST")).Body;
        foreach (string act in (string[])["POST /sources/import", "POST /checks/new", "POST /agencies"])
            Assert.Contains(act, log, StringComparison.Ordinal);
        Assert.DoesNotContain("Acme", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_ends_another_persons_session()
    {
        await using var apart = await OwnWorkbench.Start();
        using var analyst = apart.Browser();
        using var council = apart.Browser();
        await analyst.SignInAs(SampleWorld.Analyst);
        await council.SignInAs(SampleWorld.Glenbrae);
        var session = apart.Gate.People.SessionsOf(SampleWorld.Analyst.Name).Single().Id;
        await council.Get("/account");
        await council.Post("/account?handler=End", ("session", session.ToString()));
        await council.Get("/account");
        await council.Post("/account?handler=EndOthers");
        Assert.True(await analyst.IsSignedIn());
    }

    private RecordId SecretSource =>
        workbench.Services.GetRequiredService<Gate>().For(SampleWorld.Analyst).Sources().Single(s => s.Source.Name == "Operation intelligence").Source.Id;

    /// <summary>What is another agency's, for each kind of address. One that is not known here fails: say what there is to hide at it.</summary>
    private IEnumerable<string[]> Hidden(string pattern)
    {
        string record = workbench.World.Secret.ToString();
        string[] parts = pattern.Split('/');
        return (parts[1] == "api" ? parts[3] : parts[1]) switch
        {
            "entity" or "entities" =>
            [
                [record],
            ],
            "records" or "subject-access" =>
            [
                [record],
            ],
            "releases" =>
            [
                [workbench.World.SecretRelease.ToString()],
            ],
            "requests" =>
            [
                [workbench.World.SecretRequest.ToString()],
            ],
            "match" =>
            [
                [record, workbench.World.Rannoch.ToString()],
                [workbench.World.Rannoch.ToString(), record],
                [record, record],
            ],
            "sources" =>
            [
                [SecretSource.ToString()],
            ],
            "imports" =>
            [
                [workbench.World.SecretImport.ToString()],
            ],
            "checks" =>
            [
                [workbench.Checks[SampleWorld.Analyst.Name].ToString()],
            ],
            "people" =>
            [
                [workbench.Person(Viewer.BuiltIn.Single(v => v.ShortName == "administrator").Name).ToString()],
            ],
            "emergency-access" =>
            [
                [workbench.Emergency.ToString()],
            ],
            _ => throw new InvalidOperationException($"Say what there is to hide at {pattern}."),
        };
    }

    private async Task<Answer> Ask(BareBrowser browser, Route route, string[] parts)
    {
        if (route.Method == "GET")
            return await browser.Get(route.With(parts));
        await browser.Get("/sign-out");
        string known = workbench.World.Rannoch.ToString(),
            secret = workbench.World.Secret.ToString();
        return await browser.Post(
            route.With(parts),
            ("left", known),
            ("right", secret),
            ("verdict", "same"),
            ("reason", "Because"),
            ("value", "Role Analyst"),
            ("until", "2027-01-01"),
            ("right", new RecordId(1).ToString()),
            ("wayIn", "Lost")
        );
    }

    /// <summary>All that headers tell but the clock.</summary>
    private static string Told(Answer answer) =>
        string.Join(
            '\n',
            answer.Headers.Where(h => h.Key is not ("Date" or "Set-Cookie")).OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {h.Value}")
        );
}
