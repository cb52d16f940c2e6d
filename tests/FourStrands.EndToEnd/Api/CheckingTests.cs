using System.Net;
using System.Text;
using System.Text.Json;
using FourStrands.Deter.Checks;
using FourStrands.EndToEnd.Security;
using FourStrands.Picture;
using Answer = FourStrands.EndToEnd.Security.Answer;

namespace FourStrands.EndToEnd.Api;

/// <summary>A contract system hands over its bidders, and fetches what the check found.</summary>
public sealed class CheckingTests(RunningWorkbench workbench)
{
    [Fact]
    public async Task A_list_as_JSON_gives_the_result_that_the_page_gives()
    {
        using var program = Program(SampleWorld.Glenbrae);
        var answer = await Send(
            program,
            """
            {"title":"Grounds maintenance","reference":"GC/2026/14","depth":3,"bidders":[
              {"name":"Rannoch Haulage Ltd","companyNumber":"SC123456"}, "Elvira Sokolova", {"name":"Heather", "colour":"red"}, 7]}
            """
        );
        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        string id = Json(answer).GetProperty("id").GetString()!;
        Assert.Equal($"/api/v1/checks/{id}", answer.Location);
        Assert.Equal([3, 4], Json(answer).GetProperty("rejections").EnumerateArray().Select(r => r.GetProperty("line").GetInt32()));
        var told = Json(await program.Get(answer.Location));
        Assert.Equal("done", told.GetProperty("state").GetString());
        var result = told.GetProperty("result");
        Assert.Equal(3, result.GetProperty("bidders").GetArrayLength());
        Assert.Equal(
            ("Grounds maintenance", 3),
            (result.GetProperty("check").GetProperty("title").GetString(), result.GetProperty("check").GetProperty("depth").GetInt32())
        );
        // Somebody of the same agency with the same rights reads the same, but for when it was worked out.
        using var callum = new BareBrowser(workbench.Address);
        await callum.SignInAs(SampleWorld.Glenbrae);
        using var page = JsonDocument.Parse((await callum.Get($"/checks/{id}/json")).Body);
        Assert.Equal(
            page.RootElement.GetProperty("bidders").GetRawText().Where(c => !char.IsWhiteSpace(c)),
            result.GetProperty("bidders").GetRawText().Where(c => !char.IsWhiteSpace(c))
        );
        // And nobody of another.
        using var other = Program(SampleWorld.Strathorn);
        Assert.Equal((await other.Get($"/api/v1/checks/{new RecordId(7)}")).Body, (await other.Get(answer.Location)).Body);
    }

    [Fact]
    public async Task A_list_as_CSV_is_taken_with_its_title_in_the_address()
    {
        using var program = Program(SampleWorld.Glenbrae);
        using var list = new StringContent("name,company number\nRannoch Haulage Ltd,SC123456\n", Encoding.UTF8, "text/csv");
        var answer = await program.Send("POST", "/api/v1/checks?title=Haulage&depth=1", list);
        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        var told = Json(await program.Get(answer.Location)).GetProperty("result").GetProperty("check");
        Assert.Equal(("Haulage", 1), (told.GetProperty("title").GetString(), told.GetProperty("depth").GetInt32()));
    }

    [Theory]
    [InlineData("""{"title":"A","bidders":["Acme Ltd"]""")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"title":"A"}""")]
    [InlineData("""{"bidders":["Acme Ltd"]}""")]
    [InlineData("""{"title":"A","bidders":[]}""")]
    [InlineData("""{"title":"A","bidders":[7,[]]}""")]
    [InlineData("""{"title":"A","bidders":{}}""")]
    [InlineData("""{"title":["A"],"bidders":["Acme Ltd"]}""")]
    [InlineData("""{"title":"A","bidders":["Acme Ltd"],"depth":9}""")]
    [InlineData("""{"title":"A","bidders":["Acme Ltd"],"depth":"two"}""")]
    [InlineData("""{"title":"A","bidders":["Acme Ltd"],"reserved":"perhaps"}""")]
    [InlineData("""{"title":"A","bidders":["Acme Ltd"],"label":"public"}""")]
    [InlineData("""{"title":"A","bidders":["\ud800"]}""")]
    [InlineData("""{"title":"A","bidders":[{"\ud800":"x"}]}""")]
    public async Task What_is_no_list_is_refused_in_plain_words(string body)
    {
        using var program = Program(SampleWorld.Glenbrae);
        var answer = await Send(program, body);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.Header("Content-Type")));
        Assert.DoesNotContain("Parameter", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_deep_too_large_or_of_another_kind_is_refused()
    {
        using var program = Program(SampleWorld.Glenbrae);
        string deep = string.Concat(Enumerable.Repeat("[", 5_000)) + string.Concat(Enumerable.Repeat("]", 5_000));
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(program, $$"""{"title":"A","bidders":{{deep}}}""")).Status);
        using var unknown = new StringContent("<bidders/>", Encoding.UTF8, "application/xml");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await program.Send("POST", "/api/v1/checks", unknown)).Status);
        using var large = new ByteArrayContent(new byte[BidderList.MaxBytes + (65 * 1024)]);
        large.Headers.ContentType = new("application/json");
        var answer = await program.Send("POST", "/api/v1/checks", large);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "application/problem+json"), (answer.Status, answer.Header("Content-Type")));
    }

    [Fact]
    public async Task An_account_whose_role_checks_nothing_is_refused()
    {
        await using var apart = await OwnWorkbench.Start();
        using var program = new BareBrowser(apart.Address)
        {
            Key = MachineKeys.For(apart.Gate.People, SampleWorld.Visitor, apart.Clock.Now.AddDays(1), KeyScope.CheckBidders),
        };
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(program, """{"title":"A","bidders":["Acme Ltd"]}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await program.Get($"/api/v1/checks/{new RecordId(7)}")).Status);
    }

    private BareBrowser Program(Viewer viewer) => new(workbench.Address) { Key = workbench.Key(viewer) };

    private static async Task<Answer> Send(BareBrowser program, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await program.Send("POST", "/api/v1/checks", content);
    }

    private static JsonElement Json(Answer answer)
    {
        using var document = JsonDocument.Parse(answer.Body);
        return document.RootElement.Clone();
    }
}
