using System.Net;
using System.Text.Json;
using FourStrands.EndToEnd.Security;
using FourStrands.Picture;
using Answer = FourStrands.EndToEnd.Security.Answer;

namespace FourStrands.EndToEnd.Api;

/// <summary>Programs search and read: what the pages show to somebody with the same rights.</summary>
public sealed class ReadingTests(RunningWorkbench workbench)
{
    [Fact]
    public async Task A_search_finds_what_the_page_finds()
    {
        var found = await Json(SampleWorld.Glenbrae, "/api/v1/search?q=rannoch");
        Assert.Equal("rannoch", found.GetProperty("text").GetString());
        var ids = found.GetProperty("hits").EnumerateArray().Select(h => h.GetProperty("entity").GetProperty("id").GetString()).ToList();
        Assert.NotEmpty(ids);
        using var browser = new BareBrowser(workbench.Address);
        await browser.SignInAs(SampleWorld.Glenbrae);
        string page = (await browser.Get("/search?q=rannoch")).Body;
        Assert.All(ids, id => Assert.Contains($"/entity/{id}", page, StringComparison.Ordinal));
        // Only of a kind, and page by page.
        var people = await Json(SampleWorld.Glenbrae, "/api/v1/search?q=rannoch&kind=Person");
        Assert.All(people.GetProperty("hits").EnumerateArray(), h => Assert.Equal("Person", h.GetProperty("entity").GetProperty("schema").GetString()));
        var last = await Json(SampleWorld.Glenbrae, "/api/v1/search?q=rannoch&page=40");
        Assert.Equal(0, last.GetProperty("hits").GetArrayLength());
        Assert.False(last.GetProperty("more").GetBoolean());
    }

    [Fact]
    public async Task An_entity_is_told_with_its_sources_labels_and_connections()
    {
        var told = await Json(SampleWorld.Glenbrae, $"/api/v1/entities/{workbench.World.Rannoch}");
        // Any record of it finds it; it is called as the page calls it.
        using var browser = new BareBrowser(workbench.Address);
        await browser.SignInAs(SampleWorld.Glenbrae);
        string id = told.GetProperty("entity").GetProperty("id").GetString()!;
        string asked = $"/entity/{workbench.World.Rannoch}",
            leads = (await browser.Get(asked)).Location;
        // The page leads on, unless it is called so already: identifiers are random.
        Assert.Equal($"/entity/{id}", leads.Length > 0 ? leads : asked);
        var values = told.GetProperty("properties").EnumerateArray().SelectMany(p => p.GetProperty("values").EnumerateArray()).ToList();
        Assert.NotEmpty(values);
        Assert.All(values, v => Assert.NotEqual("", v.GetProperty("source").GetProperty("name").GetString()));
        Assert.Contains(values, v => v.GetProperty("label").GetString() == "Public");
        Assert.NotEqual(0, told.GetProperty("connections").GetArrayLength());
        Assert.False(told.GetProperty("more").GetBoolean());
        var beyond = await Json(SampleWorld.Glenbrae, $"/api/v1/entities/{workbench.World.Rannoch}?page=2");
        Assert.Equal(0, beyond.GetProperty("properties").GetArrayLength() + beyond.GetProperty("connections").GetArrayLength());
        // Labels are said as on the page: other agencies are not named.
        var secret = await Json(SampleWorld.Analyst, $"/api/v1/entities/{workbench.World.Secret}");
        Assert.Contains("NIGHTJAR", secret.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("national-police.", secret.GetProperty("properties").ToString(), StringComparison.Ordinal);
    }

    /// <summary>That something is hidden and that it never was are the same bytes: ObjectsTests asks so of every address. Here: of what is there.</summary>
    [Fact]
    public async Task What_the_account_may_not_see_is_not_there()
    {
        Assert.Equal(HttpStatusCode.OK, (await Ask(SampleWorld.Analyst, $"/api/v1/entities/{workbench.World.Secret}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Ask(SampleWorld.Glenbrae, $"/api/v1/entities/{workbench.World.Secret}")).Status);
        var known = await Json(SampleWorld.Glenbrae, $"/api/v1/entities/{workbench.World.Rannoch}");
        Assert.DoesNotContain("NIGHTJAR", known.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/api/v1/search", 400)]
    [InlineData("/api/v1/search?q=%20", 400)]
    [InlineData("/api/v1/search?q=a&kind=Nothing", 400)]
    [InlineData("/api/v1/search?q=a&kind=Thing", 400)]
    [InlineData("/api/v1/search?q=a&page=0", 400)]
    [InlineData("/api/v1/search?q=a&page=-1", 400)]
    [InlineData("/api/v1/search?q=a&page=99999999999", 400)]
    [InlineData("/api/v1/search?q=a&page=x", 400)]
    [InlineData("/api/v1/entities/short", 404)]
    [InlineData("/api/v1/entities/zzzzzzzzzzzzzzzzzzzzzzzzzz", 404)]
    [InlineData("/api/v1/entities/00000000000000000000000001?page=no", 400)]
    [InlineData("/api/v2/search?q=a", 404)]
    [InlineData("/api", 404)]
    public async Task What_is_asked_for_wrongly_is_refused_in_plain_words(string address, int status)
    {
        var answer = await Ask(SampleWorld.Glenbrae, address);
        Assert.Equal((status, "application/problem+json"), ((int)answer.Status, answer.Header("Content-Type")));
        using var problem = JsonDocument.Parse(answer.Body);
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.True(problem.RootElement.GetProperty("detail").GetString()!.Length > 20);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
    }

    [Fact]
    public async Task Text_that_is_too_long_and_methods_that_are_not_taken_are_refused()
    {
        Assert.Equal(400, (int)(await Ask(SampleWorld.Glenbrae, $"/api/v1/search?q={new string('a', 201)}")).Status);
        using var program = new BareBrowser(workbench.Address);
        var key = ("Authorization", $"Bearer {workbench.Key(SampleWorld.Glenbrae)}");
        foreach (string method in (string[])["POST", "PUT", "DELETE", "PATCH"])
        {
            using var body = new StringContent("{}");
            var answer = await program.Send(method, "/api/v1/search?q=a", body, key);
            Assert.Equal((method, 405, "application/problem+json"), (method, (int)answer.Status, answer.Header("Content-Type")));
        }
    }

    private async Task<Answer> Ask(Viewer viewer, string address)
    {
        using var program = new BareBrowser(workbench.Address);
        return await program.Get(address, ("Authorization", $"Bearer {workbench.Key(viewer)}"));
    }

    private async Task<JsonElement> Json(Viewer viewer, string address)
    {
        var answer = await Ask(viewer, address);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.Status, answer.Header("Content-Type")));
        using var document = JsonDocument.Parse(answer.Body);
        return document.RootElement.Clone();
    }
}
