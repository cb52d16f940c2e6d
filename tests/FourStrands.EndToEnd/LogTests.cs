using FourStrands.Picture;
using Microsoft.Playwright;

namespace FourStrands.EndToEnd;

/// <summary>Auditors read who did what, ask about what is unusual, and prove that the log is whole.</summary>
public sealed class LogTests(RunningWorkbench workbench)
{
    [Fact]
    public async Task An_auditor_finds_who_looked_at_a_record()
    {
        await using var callum = await workbench.Open(SampleWorld.Glenbrae);
        await callum.Page.GotoAsync("/search?q=quernstone");
        await callum.Page.GotoAsync($"/entity/{workbench.World.Sokolova}");
        await using var rory = await workbench.Open(Viewer.BuiltIn.Single(v => v.ShortName == "auditor"));
        await rory.Page.GetByRole(AriaRole.Link, new() { Name = "Log", Exact = true }).ClickAsync();
        await rory.Page.GetByLabel("What they asked").FillAsync("QUERNSTONE");
        await rory.Page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).Last.ClickAsync();
        var row = rory.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "glenbrae@glenbrae-council" }).First;
        await row.WaitForAsync();
        Assert.Contains("Searched for", await row.InnerTextAsync(), StringComparison.Ordinal);
        await rory.MustBeAccessible("log-found");

        // From one record, to everybody who looked at it.
        await rory.Page.GotoAsync($"/log?record={workbench.World.Sokolova}&kind=Consultation");
        await rory.Page.GetByRole(AriaRole.Link, new() { Name = "SOKOLOVA, Elvira" }).First.WaitForAsync();
        // Nothing of what the police read, nor of how much there is.
        await rory.Page.GotoAsync("/log?who=national-police");
        await rory.Page.GetByText("Nothing in the log that you may read fits").WaitForAsync();
        Assert.Equal(0, await rory.Page.GetByText("Download the whole log").CountAsync());
        Assert.Equal(404, (await rory.Context.APIRequest.GetAsync("/log/file")).Status);
        Assert.Equal(404, (await rory.Context.APIRequest.GetAsync("/log/checkpoint")).Status);
        Assert.Equal(404, (await callum.Page.GotoAsync("/log"))!.Status);
        Assert.Empty(rory.TakeComplaints());
    }

    [Fact]
    public async Task A_chief_auditor_takes_the_log_away_and_proves_it()
    {
        await using var isla = await workbench.Open(SampleWorld.Analyst);
        await isla.Page.GotoAsync("/search?q=munro+isla");
        await using var chief = await workbench.Open(Viewer.BuiltIn.Single(v => v.ShortName == "chief"));
        await chief.Page.GotoAsync("/log");
        await chief.Page.GetByText("Proving that nothing was changed").WaitForAsync();
        var checkpoint = Checkpoint.Parse(await (await chief.Context.APIRequest.GetAsync("/log/checkpoint")).TextAsync());
        await chief.Page.GotoAsync("/log?who=analyst");
        var download = await chief.Page.RunAndWaitForDownloadAsync(() =>
            chief.Page.GetByRole(AriaRole.Link, new() { Name = "Download the whole log" }).ClickAsync()
        );
        Assert.Equal("log-national-police.jsonl", download.SuggestedFilename);
        using var file = new MemoryStream();
        await (await download.CreateReadStreamAsync()).CopyToAsync(file, TestContext.Current.CancellationToken);
        file.Position = 0;
        var proof = LogFile.Verify(file, checkpoint);
        Assert.Equal((null, "national-police"), (proof.Problem, proof.Agency));
        Assert.True(proof.Entries > checkpoint.Size, $"{proof.Entries} entries after {checkpoint.Size}.");

        await chief.Page.GotoAsync("/log/unusual");
        await chief.Page.GetByText("Looked for their own name: munro isla").First.WaitForAsync();
        await chief.MustBeAccessible("log-unusual-found");
        await chief.Page.GetByRole(AriaRole.Link, new() { Name = "Entries: Looked for their own name: munro isla" }).First.ClickAsync();
        await chief.Page.GetByText("Searched for").First.WaitForAsync();
        Assert.Empty(chief.TakeComplaints());
    }
}
