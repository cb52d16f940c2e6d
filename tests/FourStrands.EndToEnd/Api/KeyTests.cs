using System.Net;
using FourStrands.EndToEnd.Security;
using FourStrands.Picture;
using Answer = FourStrands.EndToEnd.Security.Answer;

namespace FourStrands.EndToEnd.Api;

/// <summary>What opens the interface for programs, what does not, and what a refusal tells.</summary>
public sealed class KeyTests
{
    private static readonly Viewer Administrator = Viewer.BuiltIn.Single(v => v.ShortName == "administrator");

    [Fact]
    public async Task A_cookie_opens_no_address_for_programs_and_a_key_opens_no_page()
    {
        await using var workbench = await OwnWorkbench.Start();
        string key = Key(workbench);
        using var browser = workbench.Browser();
        await browser.SignInAs(SampleWorld.Analyst);
        using var program = workbench.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get("/api/v1/search?q=a")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Ask(program, "/api/v1/search?q=a", key)).Status);
        // With both, the key alone counts; and a key beside a cookie changes nothing for a page.
        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(browser, "/api/v1/search?q=a", "fs_wrong")).Status);
        foreach (string page in (string[])["/", "/search?q=a", "/search/suggest?q=a", "/sources", "/account"])
        {
            var answer = await Ask(program, page, key);
            Assert.True(answer.IsSentToSignIn, $"{page}: {answer.Status}");
            Assert.Empty(answer.SetCookies);
        }
        Assert.Empty(program.Cookies);
    }

    [Fact]
    public async Task Whatever_is_wrong_with_a_key_the_refusal_says_the_same()
    {
        await using var workbench = await OwnWorkbench.Start();
        var people = workbench.Gate.People;
        var first = Administrator;
        string ended = Key(workbench),
            narrow = Key(workbench, KeyScope.BringIn),
            late = MachineKeys.For(people, SampleWorld.Analyst, workbench.Clock.Now.AddSeconds(90));
        var account = people.Machines(first).Single().Account;
        people.EndKey(first, account.Id, people.UseKey(ended)!.Key.Id);
        using var program = workbench.Browser();
        Assert.Equal(HttpStatusCode.OK, (await Ask(program, "/api/v1/search?q=a", late)).Status);
        workbench.Clock.Now = workbench.Clock.Now.AddSeconds(90);
        HashSet<string> told = new(StringComparer.Ordinal);
        string never = ended[..10] + new string('0', 51);
        foreach (
            string? header in (string?[])
                [
                    null,
                    "",
                    "Bearer",
                    "Bearer ",
                    $"Basic {narrow}",
                    narrow,
                    $"Bearer {ended}",
                    $"Bearer {late}",
                    $"Bearer {never}",
                    $"Bearer {narrow}, Bearer {narrow}",
                ]
        )
        {
            var answer = header is null ? await program.Get("/api/v1/search?q=a") : await program.Get("/api/v1/search?q=a", ("Authorization", header));
            Assert.Equal((header, HttpStatusCode.Unauthorized), (header, answer.Status));
            Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
            told.Add(Told(answer));
        }
        Assert.Single(told);
        // Nor anywhere but in the header.
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Get($"/api/v1/search?q=a&access_token={narrow}&key={narrow}")).Status);
        // An address that is not there tells nobody without a key that it is not.
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Get("/api/v1/nothing")).Status);
        var elsewhere = await Ask(program, "/api/v1/nothing", narrow);
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (elsewhere.Status, elsewhere.Header("Content-Type")));
        // For something else than it was made for: refused whatever is asked for, and logged under the account's name.
        var outside = await Ask(program, "/api/v1/search?q=a", narrow);
        var outsideEntity = await Ask(program, $"/api/v1/entities/{new RecordId(7)}", narrow);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (outside.Status, outsideEntity.Status));
        Assert.Equal(outside.Body, outsideEntity.Body);
        Assert.DoesNotContain("scope", outside.Body, StringComparison.OrdinalIgnoreCase);
        using var chief = workbench.Browser();
        await chief.SignInAs(Viewer.BuiltIn.Single(v => v.ShortName == "chief"));
        string log = (await chief.Get("/log?who=machine-analyst")).Body;
        Assert.Contains("GET /api/v1/entities/{id:id}", log, StringComparison.Ordinal);
        Assert.Contains("Fail to use an ended key", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_machine_reads_is_in_the_log_under_its_name()
    {
        await using var workbench = await OwnWorkbench.Start();
        string key = Key(workbench);
        using var program = workbench.Browser();
        await Ask(program, "/api/v1/search?q=quernstone", key);
        await Ask(program, $"/api/v1/entities/{new RecordId(7)}", key);
        using var chief = workbench.Browser();
        await chief.SignInAs(Viewer.BuiltIn.Single(v => v.ShortName == "chief"));
        string log = (await chief.Get("/log?who=machine-analyst")).Body;
        Assert.Contains("machine-analyst@national-police", log, StringComparison.Ordinal);
        Assert.Contains("quernstone", log, StringComparison.Ordinal);
        Assert.Contains("Looked at", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_keys_are_counted_by_address_and_requests_by_key()
    {
        await using var workbench = await OwnWorkbench.Start();
        string key = Key(workbench),
            other = Key(workbench);
        using var program = workbench.Browser();
        int wrong = 0;
        Answer refused;
        do
        {
            refused = await Ask(program, "/api/v1/search?q=a", "fs_wrong");
            wrong++;
        } while (refused.Status == HttpStatusCode.Unauthorized && wrong < 40);
        Assert.Equal((HttpStatusCode.TooManyRequests, "60", 31), (refused.Status, refused.Header("Retry-After"), wrong));
        Assert.Equal("application/problem+json", refused.Header("Content-Type"));
        // A key that works is not kept out by what others try from the same address.
        int answered = 0,
            rounds = 0;
        while (answered == 50 * rounds && rounds < 40)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Ask(program, "/api/v1/nothing", key)));
            answered += answers.Count(a => a.Status == HttpStatusCode.NotFound);
            rounds++;
        }
        Assert.InRange(answered, 600, 1_990);
        Assert.Equal(HttpStatusCode.NotFound, (await Ask(program, "/api/v1/nothing", other)).Status);
    }

    [Fact]
    public async Task Rights_and_keys_that_end_end_with_the_next_request()
    {
        await using var workbench = await OwnWorkbench.Start();
        string key = Key(workbench);
        var people = workbench.Gate.People;
        var account = people.Machines(Administrator).Single().Account;
        using var program = workbench.Browser();
        Assert.Equal(HttpStatusCode.OK, (await Ask(program, "/api/v1/search?q=a", key)).Status);
        people.Close(Administrator, account.Id);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(program, "/api/v1/search?q=a", key)).Status);
    }

    private static string Key(OwnWorkbench workbench, params KeyScope[] scopes) =>
        MachineKeys.For(workbench.Gate.People, SampleWorld.Analyst, workbench.Clock.Now.AddDays(30), scopes);

    private static Task<Answer> Ask(BareBrowser program, string address, string key) => program.Get(address, ("Authorization", $"Bearer {key}"));

    /// <summary>All that an answer tells but the clock.</summary>
    private static string Told(Answer answer) =>
        answer.Body
        + string.Join('\n', answer.Headers.Where(h => h.Key != "Date").OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {h.Value}"));
}
