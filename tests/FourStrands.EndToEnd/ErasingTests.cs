using FourStrands.Picture;
using Microsoft.Playwright;

namespace FourStrands.EndToEnd;

/// <summary>An information manager holds, and erases.</summary>
public sealed class ErasingTests(RunningWorkbench workbench)
{
    private static readonly Viewer Manager = Viewer.BuiltIn.Single(v => v.ShortName == "liaison");

    [Fact]
    public async Task What_is_held_is_not_erased_and_what_is_erased_is_gone()
    {
        var record = workbench.Bring(
            SampleWorld.Analyst,
            "Sigrid Gannet",
            [("birthDate", "1979-05-06"), ("notes", "Keeps a boat at the old quay below the mill")]
        );
        await using var ailsa = await workbench.Open(Manager);
        await ailsa.Page.GotoAsync($"/records/{record}");
        await ailsa.Page.GetByRole(AriaRole.Link, new() { Name = "Erase it, or hold it from being erased" }).ClickAsync();
        await ailsa.Page.GetByText("1 record of which nothing is left then").WaitForAsync();
        await ailsa.Page.GetByLabel("Why it must be kept").FillAsync("Fatal accident inquiry");
        await ailsa.Page.GetByLabel("Look at it again on").FillAsync("2090-03-31");
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Hold it" }).ClickAsync();
        await ailsa.Page.GetByText("Fatal accident inquiry").First.WaitForAsync();
        await ailsa.Page.GetByText("on 31 March 2090").WaitForAsync();
        await ailsa.MustBeAccessible("erasing-held");

        // One value alone is held with all of it.
        await ailsa.Page.GotoAsync($"/erasures/new?record={record}");
        await ailsa.Page.GetByRole(AriaRole.Link, new() { Name = "Birth date: 6 May 1979" }).ClickAsync();
        await ailsa.Page.GetByText("Lift it first").WaitForAsync();
        Assert.Equal(0, await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Erase it" }).CountAsync());
        await ailsa.Page.GetByText("Lift it first").ClickAsync();
        var row = ailsa.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Sigrid Gannet" });
        await row.GetByLabel("Why").FillAsync("The inquiry is over");
        await row.GetByRole(AriaRole.Button, new() { Name = "Lift it" }).ClickAsync();
        await ailsa.Page.GetByText("The inquiry is over").WaitForAsync();

        await ailsa.Page.GotoAsync($"/erasures/new?record={record}");
        await ailsa.MustBeAccessible("erasing-preview");
        await ailsa.Page.GetByLabel("Why", new() { Exact = true }).FillAsync("Sigrid Gannet asked");
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Erase it" }).ClickAsync();
        await ailsa.Page.GetByText("Say that you have looked at what goes").First.WaitForAsync();
        await ailsa.Page.GetByLabel("I have looked at what goes. It cannot be undone").Tick();
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Erase it" }).ClickAsync();
        await ailsa.Page.GetByText("The reason says what is to be erased").First.WaitForAsync();
        await ailsa.Page.GetByLabel("Why", new() { Exact = true }).FillAsync("Retention, schedule 4");
        await ailsa.Page.GetByLabel("I have looked at what goes. It cannot be undone").Tick();
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Erase it" }).ClickAsync();
        await ailsa.Page.GetByText("Retention, schedule 4").WaitForAsync();
        await ailsa.MustBeAccessible("erasing-done");
        Assert.Equal(404, (await ailsa.Page.GotoAsync($"/records/{record}"))!.Status);
        await using var isla = await workbench.Open(SampleWorld.Analyst);
        await isla.Page.GotoAsync("/search?q=gannet");
        await isla.Page.GetByText("Nothing found").WaitForAsync();
        Assert.Equal(404, (await isla.Page.GotoAsync("/erasures"))!.Status);
        Assert.Equal(404, (await isla.Page.GotoAsync($"/subject-access/{workbench.World.Secret}"))!.Status);
        Assert.Empty(ailsa.TakeComplaints());
    }
}
