using System.Globalization;
using FourStrands.Picture;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace FourStrands.EndToEnd;

/// <summary>An information manager makes a schedule, and looks at what is due: keeps it, or goes on to erase it.</summary>
public sealed class RetentionTests(RunningWorkbench workbench)
{
    private static readonly Viewer Manager = Viewer.BuiltIn.Single(v => v.ShortName == "liaison");

    [Fact]
    public async Task A_file_is_brought_in_under_a_schedule_is_due_is_kept_and_erased()
    {
        await using var ailsa = await workbench.Open(Manager);
        await ailsa.Page.GotoAsync("/retention/schedule");
        await ailsa.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Visitor lists");
        await ailsa.Page.GetByLabel("How many months", new() { Exact = true }).FillAsync("none");
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        await ailsa.Page.GetByText("Say on what law it rests").First.WaitForAsync();
        await ailsa.MustBeAccessible("retention-schedule-wrong");
        await ailsa.Page.GetByLabel("Legal basis, and why so long").FillAsync("Retention schedule, part 7");
        await ailsa.Page.GetByLabel("How many months", new() { Exact = true }).FillAsync("6");
        await ailsa.Page.GetByLabel("The source’s own date, where it was given").Tick();
        await ailsa.Page.GetByLabel("It is proposed for erasure. Nothing is erased by itself").Tick();
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        await ailsa.Page.GetByText("6 months from the source’s own date").WaitForAsync();
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Add the examples" }).ClickAsync();
        await ailsa.Page.GetByText("Example, not verified").First.WaitForAsync();
        await ailsa.MustBeAccessible("retention-schedules");

        // An analyst brings a list in under it, dated a year ago.
        const string name = "Thorfinn Razorbill";
        await using var isla = await workbench.Open(SampleWorld.Analyst);
        await isla.Page.GotoAsync("/sources/import");
        await Choose();
        await isla.Page.GetByLabel("Source", new() { Exact = true }).FillAsync("Visitors of the harbour");
        await isla.Page.GetByLabel("National Police only", new() { Exact = true }).Tick();
        await isla.Page.GetByLabel("How long is it kept?").SelectOptionAsync("Visitor lists, 6 months");
        var clock = workbench.Services.GetRequiredService<TimeProvider>();
        await isla.Page.GetByLabel("The source’s own date").FillAsync("2099-01-01");
        await isla.Page.GetByRole(AriaRole.Button, new() { Name = "Bring it in" }).ClickAsync();
        await isla.Page.GetByText("The source’s own date cannot be in the future").First.WaitForAsync();
        await Choose();
        string dated = clock.GetUtcNow().AddYears(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await isla.Page.GetByLabel("The source’s own date").FillAsync(dated);
        await isla.MustBeAccessible("import-with-schedules");
        await isla.Page.GetByRole(AriaRole.Button, new() { Name = "Bring it in" }).ClickAsync();
        await isla.Page.GetByText("visitors.ftm.json").First.WaitForAsync();
        Assert.Equal(0, await isla.Page.GetByText("nothing changed").CountAsync());

        // The same once more: it says so.
        await isla.Page.GotoAsync("/sources/import?source=Visitors%20of%20the%20harbour");
        await Choose();
        await isla.Page.GetByRole(AriaRole.Button, new() { Name = "Bring it in" }).ClickAsync();
        await isla.Page.GetByText("The same was brought in before; nothing changed").WaitForAsync();
        await isla.MustBeAccessible("import-again");
        Assert.Equal(404, (await isla.Page.GotoAsync("/retention/reviews"))!.Status);

        await ailsa.Page.GotoAsync("/retention");
        await ailsa.Page.GetByRole(AriaRole.Link, new() { Name = "to look at" }).ClickAsync();
        await ailsa.MustBeAccessible("retention-reviews");
        var row = ailsa.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Visitors of the harbour" });
        await row.GetByText("Proposed for erasure", new() { Exact = true }).WaitForAsync();
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await ailsa.MustBeAccessible("retention-review");
        string address = ailsa.Page.Url;
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Keep it until then" }).ClickAsync();
        await ailsa.Page.GetByText("Say why, in at most 1,000 characters").First.WaitForAsync();
        await ailsa.Page.GetByLabel("Why it is still needed").FillAsync("The harbour inquiry goes on");
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Keep it until then" }).ClickAsync();
        await ailsa.Page.GetByText("Later", new() { Exact = true }).WaitForAsync();
        Assert.Contains("The harbour inquiry goes on", await ailsa.Page.Locator("ol").InnerTextAsync(), StringComparison.Ordinal);

        // Put back under its schedule it is due again, and erased with that as the reason.
        await ailsa.Page.GetByLabel("Why", new() { Exact = true }).FillAsync("The inquiry was closed");
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Put it under this" }).ClickAsync();
        await ailsa.Page.GetByText("Proposed for erasure", new() { Exact = true }).WaitForAsync();
        await ailsa.Page.GetByRole(AriaRole.Link, new() { Name = "See what erasing it takes" }).ClickAsync();
        Assert.Equal("Retention schedule “Visitor lists”, 6 months", await ailsa.Page.GetByLabel("Why", new() { Exact = true }).InputValueAsync());
        await ailsa.Page.GetByLabel("I have looked at what goes. It cannot be undone").Tick();
        await ailsa.Page.GetByRole(AriaRole.Button, new() { Name = "Erase it" }).ClickAsync();
        await ailsa.Page.GetByText("Retention schedule “Visitor lists”, 6 months").First.WaitForAsync();
        Assert.Equal(404, (await ailsa.Page.GotoAsync(address))!.Status);
        Assert.Empty(ailsa.TakeComplaints().Concat(isla.TakeComplaints()));

        Task Choose() =>
            isla
                .Page.GetByLabel("File or files")
                .SetInputFilesAsync(
                    new FilePayload
                    {
                        Name = "visitors.ftm.json",
                        MimeType = "application/json",
                        Buffer = System.Text.Encoding.UTF8.GetBytes($$$"""{"id":"v1","schema":"Person","properties":{"name":["{{{name}}}"]}}"""),
                    }
                );
    }
}
