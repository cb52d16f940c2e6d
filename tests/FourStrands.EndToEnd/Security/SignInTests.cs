using System.Net;
using System.Text;
using FourStrands.Picture;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FourStrands.EndToEnd.Security;

/// <summary>What signs somebody in, and what does not.</summary>
public sealed class SignInTests
{
    private const string Password = "  Kettle otter DRIZZLE 7 ß ";

    [Fact]
    public async Task A_password_counts_exactly_as_it_was_typed()
    {
        await using var workbench = await OwnWorkbench.Start(demo: false);
        var (browser, name, _, codes) = await workbench.SetUp(Password);
        using var _ = browser;
        foreach (
            string other in (string[])
                [Password.Trim(), Password.ToLowerInvariant(), Password + " ", Password[..^1], Password.Replace("ß", "ss", StringComparison.Ordinal)]
        )
        {
            using var wrong = workbench.Browser();
            Assert.Equal(HttpStatusCode.OK, (await wrong.SignIn(name, other, codes[0])).Status);
            Assert.False(await wrong.IsSignedIn());
            // Five would shut the door.
            workbench.Clock.Now = workbench.Clock.Now.AddMinutes(16);
        }
        using var right = workbench.Browser();
        await right.SignIn(name, Password, codes[0]);
        Assert.True(await right.IsSignedIn());
    }

    /// <summary>Two words that are handlers of one page, and there prove nothing, are nobody's on the others: they do not stop the count.</summary>
    [Theory]
    [InlineData("/come-in?handler=As")]
    [InlineData("/come-in?handler=Challenge")]
    [InlineData("/set-up?handler=As")]
    [InlineData("/sign-in/agency?handler=Challenge")]
    public async Task No_word_in_an_address_keeps_proofs_from_being_counted(string address)
    {
        await using var workbench = await OwnWorkbench.Start(demo: false);
        (await workbench.SetUp(Password)).Browser.Dispose();
        using var stranger = workbench.Browser();
        HttpStatusCode status = HttpStatusCode.OK;
        for (int i = 0; i < 40 && status != HttpStatusCode.TooManyRequests; i++)
            status = (await stranger.Post(address, ("link", "guessed"))).Status;
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
    }

    [Fact]
    public async Task A_code_is_right_for_its_half_minute_and_one_on_either_side_once()
    {
        await using var workbench = await OwnWorkbench.Start(demo: false);
        var (browser, name, key, _) = await workbench.SetUp(Password);
        using var _ = browser;
        workbench.Clock.Now = workbench.Clock.Now.AddHours(1);
        var now = workbench.Clock.Now;
        foreach (int steps in (int[])[-2, 2])
            Assert.False(await SignsIn(now.AddSeconds(30 * steps)), $"{steps} half minutes away");
        foreach (int steps in (int[])[-1, 0, 1])
        {
            Assert.True(await SignsIn(now.AddSeconds(30 * steps)), $"{steps} half minutes away");
            Assert.False(await SignsIn(now.AddSeconds(30 * steps)), $"{steps} half minutes away, again");
        }

        async Task<bool> SignsIn(DateTimeOffset shownAt)
        {
            using var other = workbench.Browser();
            await other.SignIn(name, Password, AppCode.Of(key, shownAt));
            return await other.IsSignedIn();
        }
    }

    [Fact]
    public async Task A_recovery_code_works_once_in_any_writing_and_that_is_logged()
    {
        await using var workbench = await OwnWorkbench.Start(demo: false);
        var (browser, name, _, codes) = await workbench.SetUp(Password);
        using var _ = browser;
        using var first = workbench.Browser();
        await first.SignIn(name, Password, codes[3].ToUpperInvariant().Replace('-', ' '));
        Assert.True(await first.IsSignedIn());
        using var second = workbench.Browser();
        await second.SignIn(name, Password, codes[3]);
        Assert.False(await second.IsSignedIn());
        Assert.Contains("9 recovery codes left", (await first.Get("/account")).Body, StringComparison.Ordinal);
        await workbench.Gate.FlushReadLog();
        string log = Exported(workbench);
        Assert.Contains("sign in with a recovery code", log, StringComparison.Ordinal);
        Assert.Contains("fail to sign in", log, StringComparison.Ordinal);
        // Nothing of what was typed.
        Assert.DoesNotContain(codes[3], log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("DRIZZLE", log, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Signing_out_elsewhere_takes_the_password_and_wrong_ones_count()
    {
        await using var workbench = await OwnWorkbench.Start(demo: false);
        var (browser, name, _, codes) = await workbench.SetUp(Password);
        using var _ = browser;
        using var other = workbench.Browser();
        await other.SignIn(name, Password, codes[0]);
        await browser.Get("/account");
        for (int i = 0; i < 5; i++)
            Assert.Contains("The password is not right", (await browser.Post("/account?handler=EndOthers", ("proof", "wrong"))).Body, StringComparison.Ordinal);
        Assert.True(await other.IsSignedIn());
        // The right one, too late.
        await browser.Post("/account?handler=EndOthers", ("proof", Password));
        Assert.True(await other.IsSignedIn());
        workbench.Clock.Now = workbench.Clock.Now.AddMinutes(16);
        await browser.Post("/account?handler=EndOthers", ("proof", Password));
        Assert.False(await other.IsSignedIn());
        Assert.True(await browser.IsSignedIn());
    }

    /// <summary>Who merely knows a name keeps its owner out of no browser in which they signed in before.</summary>
    [Fact]
    public async Task Wrong_attempts_of_strangers_shut_out_strangers_and_those_of_a_known_browser_itself()
    {
        await using var workbench = await OwnWorkbench.Start(demo: false);
        var (known, name, key, codes) = await workbench.SetUp(Password);
        using var _ = known;
        using var stranger = workbench.Browser();
        using var forger = workbench.Browser();
        forger.Cookies["fourstrands-known"] = known.Cookies["fourstrands-known"][..^4] + "AAAA";
        for (int i = 0; i < 5; i++)
            await stranger.SignIn(name, "wrong", "123456");
        workbench.Clock.Now = workbench.Clock.Now.AddMinutes(1);
        Assert.False(await SignsIn(stranger, codes[0]));
        Assert.False(await SignsIn(forger, codes[0]));
        // Not for another name, and not without the right password.
        known.Cookies.Remove("fourstrands");
        await known.SignIn(name, "wrong", AppCode.Of(key, workbench.Clock.Now));
        Assert.False(await known.IsSignedIn());
        Assert.True(await SignsIn(known, AppCode.Of(key, workbench.Clock.Now)));
        known.Cookies.Remove("fourstrands");
        for (int i = 0; i < 5; i++)
            await known.SignIn(name, "wrong", "123456");
        Assert.False(await SignsIn(known, codes[0]));
        // A quarter of an hour later both are let in again.
        workbench.Clock.Now = workbench.Clock.Now.AddMinutes(16);
        Assert.True(await SignsIn(stranger, codes[0]));
        Assert.True(await SignsIn(known, codes[1]));

        async Task<bool> SignsIn(BareBrowser browser, string code)
        {
            await browser.SignIn(name, Password, code);
            return await browser.IsSignedIn();
        }
    }

    [Fact]
    public async Task What_is_kept_of_a_password_takes_long_to_make()
    {
        await using var workbench = await OwnWorkbench.Start(demo: false);
        var hashing = workbench.App.Services.GetRequiredService<IOptions<PasswordHasherOptions>>().Value;
        Assert.Equal((PasswordHasherCompatibilityMode.IdentityV3, true), (hashing.CompatibilityMode, hashing.IterationCount >= 210_000));
        var (browser, name, _, _) = await workbench.SetUp(Password);
        using var _ = browser;
        var (_, kept) = workbench.Gate.People.ToSignIn(name)!.Value;
        // A salted PBKDF2 with HMAC-SHA-512, as many rounds; of recovery codes too.
        byte[] hash = Convert.FromBase64String(kept.PasswordHash!);
        Assert.Equal((1, 2), (hash[0], System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(1))));
        Assert.True(System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(5)) >= 210_000);
        Assert.All(kept.RecoveryCodes, c => Assert.Matches("^[A-Za-z0-9+/=]{24}\\.[A-Za-z0-9+/=]{44}$", c));
        Assert.Equal(10, kept.RecoveryCodes.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(32, kept.AuthenticatorKey!.Length);
    }

    [Fact]
    public async Task Passwords_may_be_pasted_and_kept_by_a_password_manager()
    {
        await using var workbench = await OwnWorkbench.Start(demo: false);
        using var browser = workbench.Browser();
        var (_, secret) = workbench.Gate.People.SetUp(workbench.Gate.People.NewSetUpLink(), "Glenbrae Council", "01234 567890", "Elspeth Rae", "elspeth.rae");
        string signIn = (await browser.Get("/sign-in")).Body,
            comeIn = (await browser.Get($"/come-in?link={secret}")).Body;
        Assert.Contains(
            "type=\"password\" id=\"password\" name=\"password\" maxlength=\"200\" autocomplete=\"current-password\"",
            signIn.Replace("value=\"\" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.Contains("autocomplete=\"new-password\"", comeIn, StringComparison.Ordinal);
        Assert.DoesNotContain("onpaste", signIn + comeIn, StringComparison.OrdinalIgnoreCase);
        string script = signIn.Split("<script")[1].Split("src=\"")[1].Split('"')[0];
        Assert.DoesNotContain("paste", (await browser.Get(script)).Body, StringComparison.OrdinalIgnoreCase);
        // Neither hints nor questions about pets.
        Assert.DoesNotContain("hint\" name", comeIn, StringComparison.Ordinal);
    }

    private static string Exported(OwnWorkbench workbench)
    {
        using var stream = new MemoryStream();
        workbench.Gate.Audit.ExportFromMachine("glenbrae-council", Viewer.BuiltIn[0], stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
