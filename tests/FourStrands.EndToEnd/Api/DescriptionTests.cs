using System.Text.Json;
using System.Text.RegularExpressions;
using FourStrands.EndToEnd.Security;

namespace FourStrands.EndToEnd.Api;

/// <summary>The description of the interface for programs is of what is there, and the same for everybody.</summary>
public sealed class DescriptionTests(RunningWorkbench workbench)
{
    private static readonly Regex Constraint = new("\\{([a-z]+):[a-z]+\\}", RegexOptions.NonBacktracking);

    [Fact]
    public async Task Every_address_for_programs_is_described_and_no_other()
    {
        using var stranger = new BareBrowser(workbench.Address);
        using var description = JsonDocument.Parse((await stranger.Get("/api/v1/openapi.json")).Body);
        var described = description
            .RootElement.GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));
        var there = (await RouteTable.Of(workbench.Services))
            .Where(r => r.Pattern.StartsWith("/api", StringComparison.Ordinal))
            .Select(r => $"{r.Method} {Constraint.Replace(r.Pattern, "{$1}")}");
        Assert.Equal(there.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_it_refers_to_is_in_it_and_everything_but_itself_needs_a_key()
    {
        using var stranger = new BareBrowser(workbench.Address);
        string text = (await stranger.Get("/api/v1/openapi.json")).Body;
        using var description = JsonDocument.Parse(text);
        foreach (Match reference in Regex.Matches(text, "\"#/([A-Za-z/]+)\"", RegexOptions.NonBacktracking))
        {
            var at = description.RootElement;
            foreach (string part in reference.Groups[1].Value.Split('/'))
                Assert.True(at.TryGetProperty(part, out at), $"{reference.Value} is not there.");
        }
        foreach (var route in (await RouteTable.Of(workbench.Services)).Where(r => r.Pattern.StartsWith("/api", StringComparison.Ordinal)))
        {
            using var nothing = new StringContent("");
            int status = (int)(await stranger.Send(route.Method, route.OfNothing, route.Method == "GET" ? null : nothing)).Status;
            Assert.Equal((route, route.Pattern.EndsWith("openapi.json", StringComparison.Ordinal) ? 200 : 401), (route, status));
        }
    }

    [Fact]
    public async Task What_is_answered_is_as_it_is_described()
    {
        using var program = new BareBrowser(workbench.Address) { Key = workbench.Key(SampleWorld.Analyst) };
        using var description = JsonDocument.Parse((await program.Get("/api/v1/openapi.json")).Body);
        int compared = 0;
        foreach (
            var (schema, address) in ((string, string)[])
                [
                    ("Found", "/api/v1/search?q=rannoch"),
                    ("EntityPage", $"/api/v1/entities/{workbench.World.Rannoch}"),
                    ("CheckState", $"/api/v1/checks/{workbench.Checks[SampleWorld.Analyst.Name]}"),
                    ("ImportState", $"/api/v1/imports/{workbench.World.RegisterImport}"),
                    ("Problem", "/api/v1/nothing"),
                ]
        )
        {
            using var answer = JsonDocument.Parse((await program.Get(address)).Body);
            Compare(answer.RootElement, description.RootElement.GetProperty("components").GetProperty("schemas").GetProperty(schema), schema);
        }
        Assert.True(compared > 100, $"Only {compared} properties were compared.");

        void Compare(JsonElement answer, JsonElement schema, string at)
        {
            while (schema.TryGetProperty("$ref", out var reference))
                schema = description.RootElement.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
            if (answer.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in answer.EnumerateArray())
                    Compare(item, schema.GetProperty("items"), at);
            }
            // Of what a check found another document speaks.
            else if (answer.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var known))
            {
                foreach (var property in answer.EnumerateObject())
                {
                    Assert.True(known.TryGetProperty(property.Name, out var of), $"{at}: {property.Name} is not described.");
                    compared++;
                    Compare(property.Value, of, $"{at}.{property.Name}");
                }
            }
        }
    }

    [Fact]
    public async Task It_is_the_same_for_everybody()
    {
        using var stranger = new BareBrowser(workbench.Address);
        using var analyst = new BareBrowser(workbench.Address);
        await analyst.SignInAs(SampleWorld.Analyst);
        using var program = new BareBrowser(workbench.Address) { Key = workbench.Key(SampleWorld.Glenbrae) };
        string told = (await stranger.Get("/api/v1/openapi.json")).Body;
        Assert.Equal(told, (await analyst.Get("/api/v1/openapi.json")).Body);
        Assert.Equal(told, (await program.Get("/api/v1/openapi.json")).Body);
    }
}
