using Microsoft.Playwright;

namespace FourStrands.EndToEnd;

/// <summary>What a newcomer does: starts the program as built, in an empty folder, and checks the bidders of the demo world.</summary>
public sealed class DemoWorldTests(RunningWorkbench workbench)
{
    [Fact]
    public async Task The_program_makes_its_demo_world_and_checks_its_bidders()
    {
        await using var program = await RealProgram.Start();
        await using var person = await workbench.Open(SampleWorld.Glenbrae, at: program.Address);
        var page = person.Page;
        await Screenshots.Take(page, "demo-home");
        await page.GotoAsync("/checks/new");
        await page.GetByLabel("Title").FillAsync("Winter maintenance 2027");
        await page.GetByLabel("Or a file").SetInputFilesAsync(Path.Combine(program.Folder, "bidders.csv"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Check", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "At a glance" }).WaitForAsync();
        await person.MustBeAccessible("demo-check");
        Assert.True(
            await page.GetByText("To be judged").CountAsync() + await page.GetByText("Findings", new() { Exact = true }).CountAsync() > 0,
            "The demo world has something to find."
        );
        Assert.Empty(person.TakeComplaints());
    }
}
