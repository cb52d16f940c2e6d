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
    public async Task While_a_check_is_being_sent_or_worked_out_another_is_refused_before_it_is_read()
    {
        await using var apart = await OwnWorkbench.Start(waitForWork: TimeSpan.Zero);
        using var program = Of(apart, SampleWorld.Glenbrae);
        using var slow = new SlowBody("application/json", """{"title":"A","bidders":["Acme Ltd"]""");
        var sending = program.Send("POST", "/api/v1/checks", slow);
        await slow.Begun;
        // It is on its way; when it has arrived is not known to whoever sends.
        Answer second;
        var until = TimeProvider.System.GetUtcNow().AddSeconds(30);
        do second = await Send(program, "{}");
        while (second.Status != HttpStatusCode.Conflict && TimeProvider.System.GetUtcNow() < until);
        Assert.Equal((HttpStatusCode.Conflict, "application/problem+json"), (second.Status, second.Header("Content-Type")));
        slow.End("}");
        Assert.Equal(HttpStatusCode.Accepted, (await sending).Status);
        // And while one of them is worked out.
        string address = $"/api/v1/checks/{Large(apart)}";
        await Done(program, (await sending).Location);
        Assert.Equal("working", Json(await program.Get(address)).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await Send(program, """{"title":"A","bidders":["Acme Ltd"]}""")).Status);
        // Somebody else's is not in the way.
        using var other = Of(apart, SampleWorld.Strathorn);
        Assert.Equal(HttpStatusCode.Accepted, (await Send(other, """{"title":"A","bidders":["Acme Ltd"]}""")).Status);
        await Done(program, address);
        Assert.Equal(HttpStatusCode.Accepted, (await Send(program, """{"title":"A","bidders":["Acme Ltd"]}""")).Status);
    }

    [Fact]
    public async Task Whoever_begins_many_checks_does_not_stand_before_everybody_else()
    {
        await using var apart = await OwnWorkbench.Start(waitForWork: TimeSpan.Zero);
        RecordId[] large = [Large(apart), Large(apart)];
        using var many = Of(apart, SampleWorld.Glenbrae);
        using var other = Of(apart, SampleWorld.Strathorn);
        string others = (await Send(other, """{"title":"A","bidders":["Acme Ltd"]}""")).Location;
        await Done(other, others);
        string small = $"/api/v1/checks/{Kept(apart, SampleWorld.Strathorn, "Acme Ltd")}";
        foreach (var id in large)
            await many.Get($"/api/v1/checks/{id}");
        await Done(other, small);
        // With both in hand, it would have waited until one of them was done.
        Assert.Equal(0, Json(await many.Get($"/api/v1/checks/{large[1]}")).GetProperty("done").GetInt32());
    }

    [Fact]
    public async Task Four_requests_of_a_key_wait_for_work_and_no_more()
    {
        await using var apart = await OwnWorkbench.Start(waitForWork: TimeSpan.FromMinutes(2));
        string address = $"/api/v1/checks/{Large(apart)}";
        using var program = Of(apart, SampleWorld.Glenbrae);
        var answers = await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => program.Get(address)));
        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 3)],
            answers.Select(a => a.Status).Order()
        );
        Assert.Equal(HttpStatusCode.OK, (await program.Get(address)).Status);
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

    /// <summary>A check that takes a while.</summary>
    private static RecordId Large(OwnWorkbench apart) =>
        Kept(apart, SampleWorld.Glenbrae, string.Join('\n', Enumerable.Range(1, 2_000).Select(i => $"Haulage {i} of Rannoch Ltd")));

    private static RecordId Kept(OwnWorkbench apart, Viewer viewer, string bidders) =>
        new BidderChecks(TimeProvider.System).Start(apart.Gate.For(viewer), new CheckRequest("Grounds"), BidderList.Typed(bidders)).Id;

    private static BareBrowser Of(OwnWorkbench apart, Viewer viewer) =>
        new(apart.Address) { Key = MachineKeys.For(apart.Gate.People, viewer, apart.Clock.Now.AddDays(1), KeyScope.CheckBidders) };

    private static async Task Done(BareBrowser program, string address)
    {
        while (Json(await program.Get(address)).GetProperty("state").GetString() != "done")
            await Task.Delay(100, TestContext.Current.CancellationToken);
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
