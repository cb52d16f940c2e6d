using System.Net;
using FourStrands.EndToEnd.Security;
using FourStrands.Picture;
using Microsoft.Playwright;

namespace FourStrands.EndToEnd;

/// <summary>Administrators give a machine an account, rights and a key, see what each may do, and end a key at once.</summary>
public sealed class MachinesTests(RunningWorkbench workbench)
{
    [Fact]
    public async Task Two_administrators_give_a_machine_an_account_and_a_key_and_one_ends_it()
    {
        await using var apart = await OwnWorkbench.Start();
        await using var fiona = await workbench.Open(Viewer.BuiltIn.Single(v => v.ShortName == "administrator"), at: apart.Address);
        await using var hamish = await workbench.Open(Viewer.BuiltIn.Single(v => v.ShortName == "second"), at: apart.Address);
        await fiona.Page.GotoAsync("/people");
        await fiona.Page.GetByRole(AriaRole.Link, new() { Name = "Machines that act for" }).ClickAsync();
        await fiona.MustBeAccessible("machines-none");
        await fiona.Page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await fiona.MustBeAccessible("machines-wrong");
        await fiona.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Night desk");
        await fiona.Page.GetByLabel("What it does").FillAsync("Looks up names each night");
        await fiona.Page.GetByLabel("Name in the log").FillAsync("night-desk");
        await fiona.Page.GetByLabel("Who answers for it").SelectOptionAsync(new SelectOptionValue { Label = "Isla Munro" });
        await fiona.Page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await fiona.Page.GetByText("Night desk is there, as night-desk@national-police").WaitForAsync();
        await fiona.Page.GetByRole(AriaRole.Link, new() { Name = "Night desk" }).ClickAsync();
        await fiona.MustBeAccessible("machines-new");
        // What it may see: a second administrator agrees. No role over people is offered.
        Assert.Equal(0, await fiona.Page.Locator("#value option", new() { HasText = "administrator" }).CountAsync());
        await fiona.Page.GetByLabel("What", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "OFFICIAL" });
        await fiona.Page.GetByLabel("Why", new() { Exact = true }).FillAsync("Its work");
        await fiona.Page.GetByRole(AriaRole.Button, new() { Name = "Give it" }).ClickAsync();
        await hamish.Page.GotoAsync("/people");
        await hamish.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await hamish.Page.GetByText("Approved. Night desk: sees up to OFFICIAL").WaitForAsync();
        // A key, which is shown to the second alone, this once.
        await fiona.Page.GotoAsync(new Uri(fiona.Page.Url).AbsolutePath);
        await fiona.Page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await fiona.Page.GetByText("Choose what it may be used for").First.WaitForAsync();
        await fiona.MustBeAccessible("machines-key-wrong");
        await fiona.Page.GetByLabel("Search and read").Tick();
        await fiona.Page.GetByLabel("Why it is made").FillAsync("Nightly");
        await fiona.Page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await fiona.Page.GetByText("the key is shown to them").WaitForAsync();
        Assert.Equal(0, await fiona.Page.Locator("#made-key").CountAsync());
        await hamish.Page.GotoAsync("/people");
        await hamish.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await hamish.MustBeAccessible("machines-key");
        string key = await hamish.Page.Locator("#made-key").InputValueAsync();
        await hamish.Page.GotoAsync("/people");
        Assert.Equal(0, await hamish.Page.Locator("#made-key").CountAsync());
        using var program = apart.Browser();
        Assert.Equal(HttpStatusCode.OK, (await program.Get("/api/v1/search?q=a", ("Authorization", $"Bearer {key}"))).Status);
        // At a glance, and ended with one press.
        await fiona.Page.GotoAsync("/people/machines");
        var row = fiona.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Night desk" });
        string told = await row.InnerTextAsync();
        foreach (string part in (string[])["Isla Munro", "OFFICIAL", "search and read, until 24 February 2027", "last used 26 November 2026"])
            Assert.Contains(part, told, StringComparison.Ordinal);
        await fiona.MustBeAccessible("machines");
        await row.GetByRole(AriaRole.Button, new() { Name = "End it now" }).ClickAsync();
        await fiona.Page.GetByText("The key has ended").WaitForAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Get("/api/v1/search?q=a", ("Authorization", $"Bearer {key}"))).Status);
        await fiona.Page.GetByRole(AriaRole.Link, new() { Name = "Night desk" }).ClickAsync();
        await fiona.Page.GetByText("Does not work").WaitForAsync();
        await fiona.MustBeAccessible("machines-one");
        // Somebody else answers for it; and the account is closed for good.
        await fiona.Page.GetByLabel("A person of your agency").SelectOptionAsync(new SelectOptionValue { Label = "Hamish Orr" });
        await fiona.Page.GetByRole(AriaRole.Button, new() { Name = "Entrust it to them" }).ClickAsync();
        await fiona.Page.GetByText("Entrusted.").WaitForAsync();
        await fiona.Page.GetByText("Close the account", new() { Exact = true }).ClickAsync();
        await fiona.Page.GetByRole(AriaRole.Button, new() { Name = "Close the account of Night desk" }).ClickAsync();
        await fiona.Page.GetByText("The account is closed, and stays so").WaitForAsync();
        await fiona.MustBeAccessible("machines-closed");
        Assert.Empty(fiona.TakeComplaints());
        Assert.Empty(hamish.TakeComplaints());
    }
}
