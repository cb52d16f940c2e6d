using System.Net;
using System.Text;
using System.Text.Json;
using FourStrands.EndToEnd.Security;
using FourStrands.Picture;
using Answer = FourStrands.EndToEnd.Security.Answer;

namespace FourStrands.EndToEnd.Api;

/// <summary>A machine hands files in under a fixed label, and learns what became of them.</summary>
public sealed class ImportingTests
{
    private const string TwoPeople = """
        {"id":"a","schema":"Person","properties":{"name":["Senga Dalgleish"]}}
        {"id":"b","schema":"Person","properties":{"name":["Torquil Wauchope"]}}
        not a line
        """;

    [Fact]
    public async Task A_file_goes_in_under_its_label_and_the_answer_says_what_could_not_be_used()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var program = Program(workbench, SampleWorld.Analyst);
        var answer = await Send(program, TwoPeople, ("source", "Custody"), ("audience", "own"), ("compartments", "nightjar"), ("grade", "2 untested"));
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var told = Json(answer);
        Assert.Equal("done", told.GetProperty("state").GetString());
        var import = told.GetProperty("import");
        Assert.Equal((2, 1), (import.GetProperty("records").GetInt32(), import.GetProperty("rejected").GetInt32()));
        Assert.Equal(
            ("OFFICIAL, National Police only, NIGHTJAR", "Machine of Isla Munro"),
            (import.GetProperty("label").GetString(), import.GetProperty("by").GetString())
        );
        Assert.Equal(3, told.GetProperty("rejections")[0].GetProperty("line").GetInt32());
        // Asked for again it says the same, by the name that the answer gave and by the import's own.
        var again = await program.Get(answer.Location);
        Assert.Equal((HttpStatusCode.OK, told.ToString()), (again.Status, Json(again).ToString()));
        var own = Json(await program.Get($"/api/v1/imports/{import.GetProperty("id").GetString()}"));
        Assert.Equal(import.ToString(), own.GetProperty("import").ToString());
        // It is there for those who may see it, and for nobody else.
        Assert.Single(workbench.Gate.For(SampleWorld.Analyst).Search("dalgleish").Hits);
        Assert.Empty(workbench.Gate.For(SampleWorld.Glenbrae).Search("dalgleish").Hits);
        using var other = Program(workbench, SampleWorld.Glenbrae);
        foreach (string address in (string[])[answer.Location, $"/api/v1/imports/{import.GetProperty("id").GetString()}"])
            Assert.Equal((await other.Get($"/api/v1/imports/{new RecordId(7)}")).Body, (await other.Get(address)).Body);
        // The same again changes nothing, and is answered with the earlier import.
        workbench.Clock.Now = workbench.Clock.Now.AddDays(1);
        var same = Json(await Send(program, TwoPeople, ("source", "Custody"), ("audience", "own"), ("compartments", "nightjar"), ("grade", "2 untested")));
        Assert.Equal(import.ToString(), same.GetProperty("import").ToString());
        Assert.NotEqual(told.GetProperty("id").GetString(), same.GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.OK, (await program.Get(answer.Location)).Status);
    }

    [Fact]
    public async Task What_would_be_asked_of_a_person_is_refused_unless_it_was_agreed_to_beforehand()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var program = Program(workbench, SampleWorld.Analyst);
        (string, string)[] whole = [("source", "Register"), ("audience", "own"), ("complete", "true")];
        string one = """{"id":"a","schema":"Person","properties":{"name":["Senga Dalgleish"]}}""",
            other = """{"id":"b","schema":"Person","properties":{"name":["Torquil Wauchope"]}}""";
        Assert.Equal(HttpStatusCode.Created, (await Send(program, one, whole)).Status);
        var refused = Json(await Send(program, other, whole));
        Assert.Equal("refused", refused.GetProperty("state").GetString());
        Assert.Contains("would withdraw 1 of the 1", refused.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Empty(workbench.Gate.For(SampleWorld.Analyst).Search("wauchope").Hits);
        var parts = Json(await Send(program, other + "\nnot a line", whole));
        Assert.Contains("could not be used", parts.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, parts.GetProperty("rejections").GetArrayLength());
        Assert.Equal(0, Json(await Send(program, other, [.. whole, ("agree", "add")])).GetProperty("import").GetProperty("withdrawn").GetInt32());
        Assert.Equal(
            1,
            Json(await Send(program, other + "\nnot a line", [.. whole, ("agree", "yes")])).GetProperty("import").GetProperty("withdrawn").GetInt32()
        );
        var useless = Json(await Send(program, "nothing of use", ("source", "Custody"), ("audience", "own")));
        Assert.Equal("refused", useless.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_label_that_is_none_of_the_accounts_is_refused_and_never_widened()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var program = Program(workbench, SampleWorld.Glenbrae);
        foreach (
            var wrong in ((string, string)[])
                [
                    ("audience", "own-sensitive"),
                    ("audience", ""),
                    ("audience", "everybody"),
                    ("compartments", "nightjar"),
                    ("purposes", "crime"),
                    ("agencies", "nobody"),
                    ("handling", "Z9"),
                    ("sensitive", "yes"),
                    ("grade", "A1"),
                    ("complete", "yes"),
                    ("complete", ""),
                    ("opinion", "1"),
                    // Of an agency that there is, while the file is to be the own agency's alone.
                    ("agencies", "national-police"),
                    ("originator", "europol"),
                    ("agree", "perhaps"),
                    ("source", ""),
                    ("source", new string('x', 121)),
                ]
        )
        {
            (string, string)[] fields = [("source", "Register"), ("audience", "own")];
            var answer = await Send(program, TwoPeople, [.. fields.Where(f => f.Item1 != wrong.Item1), wrong]);
            Assert.Equal((wrong, HttpStatusCode.BadRequest), (wrong, answer.Status));
            Assert.StartsWith(wrong.Item1, Json(answer).GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
        Assert.Empty(workbench.Gate.For(SampleWorld.Glenbrae).Sources());
    }

    [Fact]
    public async Task A_field_that_there_is_not_is_refused_and_so_is_what_contradicts_itself()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var program = Program(workbench, SampleWorld.Analyst);
        (string, string)[] fields = [("source", "Register"), ("audience", "own")];
        foreach (
            var (more, said) in (((string, string)[], string)[])
                [
                    ([("compartment", "nightjar")], "form: Known are source, audience"),
                    ([("file", "not a file")], "form: Known are source, audience"),
                    ([("audience", "public")], "audience: Send it once"),
                    ([("opinion", "false"), ("opinion", "true")], "opinion: Send it once"),
                ]
        )
            await Refused("", said, [.. fields, .. more]);
        await Refused("?compartments=nightjar", "form: Send the fields in the form", fields);
        await Refused("", "sensitive: What is published", ("source", "Register"), ("audience", "public"), ("sensitive", "true"));
        // A label that was sent as a file.
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Register"), "source" },
            { new StringContent("own"), "audience" },
            { new ByteArrayContent("nightjar"u8.ToArray()), "compartments", "compartments.txt" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(TwoPeople)), "file", "people.ftm.json" },
        };
        Assert.Equal(HttpStatusCode.BadRequest, (await program.Send("POST", "/api/v1/imports", form)).Status);
        Assert.Empty(workbench.Gate.For(SampleWorld.Analyst).Sources());

        async Task Refused(string query, string said, params (string, string)[] sent)
        {
            var answer = await Send(program, TwoPeople, query, sent);
            Assert.Equal((said, HttpStatusCode.BadRequest), (said, answer.Status));
            Assert.Contains(said, Json(answer).GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    /// <summary>Each takes room on the disk: a second is refused before it is taken, and not when it is there.</summary>
    [Fact]
    public async Task While_a_file_is_being_sent_another_is_refused_before_it_is_read()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var program = Program(workbench, SampleWorld.Analyst);
        using var slow = new SlowBody("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"source\"\r\n\r\nSlow");
        var sending = program.Send("POST", "/api/v1/imports", slow);
        await slow.Begun;
        // It is on its way; when it has arrived is not known to whoever sends.
        (string, string)[] fields = [("source", "Custody"), ("audience", "own")];
        Answer second;
        var until = TimeProvider.System.GetUtcNow().AddSeconds(30);
        do second = await Send(program, "nothing of use", fields);
        while (second.Status != HttpStatusCode.Conflict && TimeProvider.System.GetUtcNow() < until);
        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        // Another's turn is another's.
        using var other = Program(workbench, SampleWorld.Glenbrae);
        Assert.Equal(HttpStatusCode.Created, (await Send(other, TwoPeople, fields)).Status);
        // The first ends badly, and gives its turn back.
        slow.End();
        Assert.Equal(HttpStatusCode.BadRequest, (await sending).Status);
        Assert.Equal(HttpStatusCode.Created, (await Send(program, TwoPeople, fields)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_file_whose_key_or_right_ends_while_it_is_read_nothing_is_kept(bool isKey)
    {
        await using var workbench = await OwnWorkbench.Start(waitForWork: TimeSpan.Zero);
        var people = workbench.Gate.People;
        using var program = Program(workbench, SampleWorld.Analyst);
        using var another = Program(workbench, SampleWorld.Analyst);
        var administrator = Viewer.BuiltIn.Single(v => v.ShortName == "administrator");
        var account = people.Machines(administrator).Single().Account;
        var text = new StringBuilder();
        for (int i = 0; i < 50_000; i++)
            text.Append(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $$$"""{"id":"{{{i}}}","schema":"Person","properties":{"name":["Senga Dalgleish {{{i}}}"]}}"""
                )
                .Append('\n');
        var begun = await Send(program, text.ToString(), ("source", "Custody"), ("audience", "own"), ("compartments", "nightjar"));
        Assert.Equal(HttpStatusCode.Accepted, begun.Status);
        if (isKey)
            people.EndKey(administrator, account.Id, people.UseKey(program.Key)!.Key.Id);
        else
            people.TakeBack(administrator, account.Id, account.Rights.Single(r => r.Value == "nightjar").Id);
        Answer answer;
        do
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            answer = await another.Get(begun.Location);
        } while (Json(answer).GetProperty("state").GetString() == "working");
        Assert.Equal("refused", Json(answer).GetProperty("state").GetString());
        Assert.Contains("may not bring it in any more", answer.Body, StringComparison.Ordinal);
        Assert.Empty(workbench.Gate.For(SampleWorld.Analyst).Sources());
    }

    /// <summary>A form that was opened while somebody was in a compartment, and is sent after that was taken back: what they chose is not left out.</summary>
    [Fact]
    public async Task On_the_page_a_compartment_that_is_theirs_no_more_is_refused_and_not_left_out()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var person = workbench.Browser();
        await person.SignInAs(SampleWorld.Glenbrae);
        foreach (var (field, value) in ((string, string)[])[("compartments", "nightjar"), ("purposes", "crime"), ("handling", "Z9"), ("grade", "A1")])
        {
            await person.Get("/sources/import");
            using var form = new MultipartFormDataContent();
            foreach (var (name, sent) in ((string, string)[])[("source", "Register"), ("audience", "own"), (field, value), ("form-token", person.Token)])
                form.Add(new StringContent(sent), name);
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(TwoPeople)), "file", "people.ftm.json");
            var answer = await person.Send("POST", "/sources/import", form);
            Assert.Equal((field, HttpStatusCode.OK), (field, answer.Status));
            // Said at the top, with a link to the question, and at the question.
            Assert.Contains($"href=\"#{field}\"", answer.Body, StringComparison.Ordinal);
            Assert.Contains($"id=\"{field}\"", answer.Body, StringComparison.Ordinal);
            Assert.Contains($"id=\"{field}-error\"", answer.Body, StringComparison.Ordinal);
        }
        Assert.Empty(workbench.Gate.For(SampleWorld.Glenbrae).Sources());
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_in_plain_words()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var program = Program(workbench, SampleWorld.Analyst);
        Assert.Equal(415, (int)await Raw(program, "{}", "application/json"));
        Assert.Equal(400, (int)await Raw(program, "x", "multipart/form-data"));
        Assert.Equal(400, (int)await Raw(program, "--b\r\nContent-Disposition: form-data; name=\"source\"\r\n\r\nCustody", "multipart/form-data; boundary=b"));
        Assert.Equal(400, (int)await Raw(program, $"source={new string('x', 10_000)}", "application/x-www-form-urlencoded"));
        var none = await program.Send(
            "POST",
            "/api/v1/imports",
            new MultipartFormDataContent { { new StringContent("Custody"), "source" }, { new StringContent("own"), "audience" } }
        );
        Assert.Equal(HttpStatusCode.BadRequest, none.Status);
        Assert.Contains("Choose a file", none.Body, StringComparison.Ordinal);
        // No role that brings files in: refused like a key that is not for it.
        var people = workbench.Gate.People;
        var administrator = Viewer.BuiltIn.Single(v => v.ShortName == "administrator");
        var account = people.Machines(administrator).Single().Account;
        foreach (var right in account.Rights.Where(r => r.Kind == RightKind.Role))
            people.TakeBack(administrator, account.Id, right.Id);
        var refused = await Send(program, TwoPeople, ("source", "Custody"), ("audience", "own"));
        using var narrow = new BareBrowser(workbench.Address)
        {
            Key = MachineKeys.For(people, SampleWorld.Analyst, workbench.Clock.Now.AddDays(30), KeyScope.SearchAndRead),
        };
        var outside = await Send(narrow, TwoPeople, ("source", "Custody"), ("audience", "own"));
        Assert.Equal((HttpStatusCode.Forbidden, outside.Status, outside.Body), (refused.Status, HttpStatusCode.Forbidden, refused.Body));
    }

    private static async Task<HttpStatusCode> Raw(BareBrowser program, string body, string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        var answer = await program.Send("POST", "/api/v1/imports", content);
        Assert.Equal("application/problem+json", answer.Header("Content-Type"));
        return answer.Status;
    }

    private static BareBrowser Program(OwnWorkbench workbench, Viewer viewer) =>
        new(workbench.Address) { Key = MachineKeys.For(workbench.Gate.People, viewer, workbench.Clock.Now.AddDays(30), KeyScope.BringIn) };

    private static Task<Answer> Send(BareBrowser program, string file, params (string Name, string Value)[] fields) => Send(program, file, "", fields);

    private static async Task<Answer> Send(BareBrowser program, string file, string query, (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "file", "people.ftm.json");
        return await program.Send("POST", "/api/v1/imports" + query, form);
    }

    private static JsonElement Json(Answer answer)
    {
        using var document = JsonDocument.Parse(answer.Body);
        return document.RootElement.Clone();
    }
}
