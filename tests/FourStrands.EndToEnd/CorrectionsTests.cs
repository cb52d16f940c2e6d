using FourStrands.Picture;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace FourStrands.EndToEnd;

/// <summary>What was wrong is put right, in what was released as well; its audience is told, and says that it has read it.</summary>
public sealed class CorrectionsTests(RunningWorkbench workbench)
{
    private static readonly Viewer Manager = Viewer.BuiltIn.Single(v => v.ShortName == "liaison");

    [Fact]
    public async Task A_wrong_value_is_put_right_and_those_who_saw_it_are_told()
    {
        var gate = workbench.Services.GetRequiredService<Gate>();
        RecordId record;
        using (
            var import = gate.For(SampleWorld.Analyst)
                .BeginImport(new ImportRequest("Harbour notes", Label.Parse("official;agencies=national-police"), "notes.jsonl", "ftm"))
        )
        {
            var schema = Ontology.Default["Person"];
            import.Begin("k1", schema);
            import.Add(schema["name"], "Ragnhild Whimbrel");
            import.Add(schema["birthDate"], "1971-03-04");
            import.End();
            import.Begin("k2", Ontology.Default["Company"]);
            import.Add(Ontology.Default["Company"]["name"], "Dunlin Boatyard Ltd");
            import.End();
            import.Begin("k3", Ontology.Default["Directorship"]);
            import.Add(Ontology.Default["Directorship"]["director"], "k1");
            import.Add(Ontology.Default["Directorship"]["organization"], "k2");
            import.End();
            record = import.IdentifierOf("k1");
            import.Commit();
        }
        gate.Releases.Order(
            Manager,
            new ReleaseOrder(
                [new ReleasedValue(record, "name", "Ragnhild Whimbrel"), new ReleasedValue(record, "birthDate", "1971-03-04")],
                Label.Parse("official;agencies=national-police,glenbrae-council"),
                "The council licenses her boat"
            )
        );
        // An alert on the same, which nobody but her own agency ever sees.
        gate.Releases.Order(
            Manager,
            new ReleaseOrder(
                [new ReleasedValue(record, "name", "Ragnhild Whimbrel")],
                Label.Parse("official;agencies=national-police,glenbrae-council"),
                "Who looks for her?"
            )
            {
                Kind = ReleaseKind.Alert,
                Until = workbench.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(10),
            }
        );
        await using var callum = await workbench.Open(SampleWorld.Glenbrae);
        await callum.Page.GotoAsync($"/entity/{record}");
        await callum.Page.GetByText("4 March 1971").First.WaitForAsync();
        Assert.Equal(0, await callum.Page.GetByText("Something here is wrong").CountAsync());

        await using var ailsa = await workbench.Open(Manager);
        await ailsa.Page.GotoAsync($"/entity/{record}");
        // Of a tie, who it is to is said, and no identifier.
        await ailsa.Page.GetByRole(AriaRole.Link, new() { Name = "directs Dunlin Boatyard Ltd" }).WaitForAsync();
        await ailsa.Page.GetByRole(AriaRole.Link, new() { Name = "Something here is wrong" }).Filter(new() { HasText = "4 March 1971" }).First.ClickAsync();
        await ailsa.Page.GetByLabel("What is right").FillAsync("next week");
        await ailsa.Page.GetByLabel("What was wrong").FillAsync("Day and month were mixed up");
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Correct it" }).ClickAsync();
        await ailsa.Page.GetByText("“next week” is not a birth date").First.WaitForAsync();
        await ailsa.MustBeAccessible("correcting-wrong");
        await ailsa.Page.GetByLabel("What is right").FillAsync("1971-04-03");
        Assert.True(await ailsa.Page.GetByLabel("Correct what was released as well").IsCheckedAsync());
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Correct it" }).ClickAsync();
        await ailsa.Page.GetByText("Day and month were mixed up").WaitForAsync();
        await ailsa.MustBeAccessible("corrections");

        await callum.Page.GotoAsync($"/entity/{record}");
        await callum.Page.GetByText("3 April 1971").First.WaitForAsync();
        Assert.Equal(0, await callum.Page.GetByText("4 March 1971").CountAsync());
        await callum.Page.GotoAsync("/requests");
        await callum.Page.GetByText("4 March 1971 was wrong; it is 3 April 1971").WaitForAsync();
        await callum.MustBeAccessible("correction-notice");
        await ailsa.Page.GotoAsync("/requests");
        await ailsa.Page.GetByText("Nobody has acknowledged it yet").First.WaitForAsync();
        await callum.Page.GetByRole(AriaRole.Button, new() { Name = "We have read it, and act on it" }).First.ClickAsync();
        await callum.Page.GetByText("Acknowledged by Callum Reid").WaitForAsync();
        await ailsa.Page.ReloadAsync();
        await ailsa.Page.GetByText("Acknowledged by Callum Reid, Glenbrae Council").WaitForAsync();
        await using var morag = await workbench.Open(SampleWorld.Strathorn);
        await morag.Page.GotoAsync("/requests");
        Assert.Equal(0, await morag.Page.GetByText("Whimbrel").CountAsync());
        Assert.Equal(404, (await morag.Page.GotoAsync($"/corrections/new?record={record}"))!.Status);

        // Withdrawn altogether, it is still held, and can be erased from here.
        await ailsa.Page.GotoAsync($"/corrections/new?record={record}");
        Assert.Equal(0, await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Correct it" }).CountAsync());
        Assert.Equal(1, await ailsa.Page.GetByRole(AriaRole.Link, new() { Name = "The release of" }).CountAsync());
        await ailsa.Page.GetByText("They were set on it, and showed nothing of it: nobody is told").WaitForAsync();
        await ailsa.Page.GetByRole(AriaRole.Link, new() { Name = "The alert of" }).WaitForAsync();
        await ailsa.Page.GetByLabel("What was wrong").FillAsync("It was somebody else");
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Withdraw the whole record" }).ClickAsync();
        await ailsa.Page.GetByText("Tick the box if the whole record is to be withdrawn").First.WaitForAsync();
        await ailsa.MustBeAccessible("withdrawing-not-sure");
        await ailsa.Page.GetByLabel("Withdraw all that the record says: 2 statements").Tick();
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Withdraw the whole record" }).ClickAsync();
        var withdrawn = ailsa.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "It was somebody else" });
        await withdrawn.GetByRole(AriaRole.Link, new() { Name = "Erase the record" }).ClickAsync();
        await ailsa.Page.GetByRole(AriaRole.Heading, new() { Name = "A record that was withdrawn" }).WaitForAsync();
        await ailsa.Page.GetByRole(AriaRole.Link, new() { Name = "A release" }).First.WaitForAsync();
        await ailsa.MustBeAccessible("erasing-withdrawn");
        await ailsa.Page.GetByLabel("Why", new() { Exact = true }).FillAsync("Retention, schedule 9");
        await ailsa.Page.GetByLabel("I have looked at what goes. It cannot be undone").Tick();
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Erase it" }).ClickAsync();
        await ailsa.Page.GetByText("Retention, schedule 9").WaitForAsync();
        Assert.Equal(404, (await ailsa.Page.GotoAsync($"/erasures/new?record={record}"))!.Status);
        Assert.Empty(ailsa.TakeComplaints().Concat(callum.TakeComplaints()));
    }
}
