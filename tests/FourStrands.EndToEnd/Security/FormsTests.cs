using System.Net;
using FourStrands.Picture;
using static FourStrands.EndToEnd.Security.RouteTable;

namespace FourStrands.EndToEnd.Security;

/// <summary>No other site, and no other person, sends a form in somebody's name.</summary>
public sealed class FormsTests
{
    private static readonly Viewer Administrator = Viewer.BuiltIn.Single(v => v.ShortName == "administrator");

    private static readonly Viewer Second = Viewer.BuiltIn.Single(v => v.ShortName == "second");

    /// <summary>So few that even if each of them takes a proof, as those of signing in do, the limit of a minute is not reached.</summary>
    private const int AtOnce = 8;

    [Fact]
    public async Task Every_form_is_refused_without_its_token_and_with_anothers()
    {
        Route[] forms;
        await using (var workbench = await OwnWorkbench.Start())
            // No cookie opens what programs use: nobody's browser can be made to send it.
            forms =
            [
                .. (await Of(workbench.App.Services)).Where(r =>
                    r.Method != "GET" && r.Pattern != WhatWentWrong && !r.Pattern.StartsWith("/api/", StringComparison.Ordinal)
                ),
            ];
        Assert.True(forms.Length > 20, $"Only {forms.Length} forms were found.");
        Assert.All(forms, f => Assert.Equal("POST", f.Method));
        foreach (var some in forms.Chunk(AtOnce))
        {
            await using var workbench = await OwnWorkbench.Start();
            using var own = workbench.Browser();
            using var other = workbench.Browser();
            await own.SignInAs(Administrator);
            await other.SignInAs(Second);
            string ownForm = own.Cookies["fourstrands-form"];
            foreach (var form in some)
            {
                using var none = new FormUrlEncodedContent([]);
                Assert.Equal((form, HttpStatusCode.BadRequest), (form, (await own.Send("POST", form.OfNothing, none)).Status));

                // Another person's token, with one's own cookie; and with theirs.
                own.Token = other.Token;
                Assert.Equal((form, HttpStatusCode.BadRequest), (form, (await own.Post(form.OfNothing)).Status));
                own.Token = other.Token;
                own.Cookies["fourstrands-form"] = other.Cookies["fourstrands-form"];
                Assert.Equal((form, HttpStatusCode.BadRequest), (form, (await own.Post(form.OfNothing)).Status));
                own.Cookies["fourstrands-form"] = ownForm;
            }
            // Nobody was signed out by any of it, and one's own token does.
            Assert.True(await own.IsSignedIn());
            await own.Get("/sign-out");
            Assert.Equal(HttpStatusCode.Redirect, (await own.Post("/sign-out")).Status);
            Assert.False(await own.IsSignedIn());
        }
    }

    /// <summary>What changes something is a form: reading an address does not, whoever made the link.</summary>
    [Fact]
    public async Task Nothing_is_changed_by_reading_an_address()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var own = workbench.Browser();
        await own.SignInAs(Administrator);
        string before = Everybody();
        foreach (var form in (await Of(workbench.App.Services)).Where(r => r.Method == "POST" && r.Pattern != WhatWentWrong))
        {
            var isla = workbench.Gate.People.Of(Administrator).Single(p => p.SignInName == SampleWorld.Analyst.Name).Id;
            await own.Get(
                form.With(isla.ToString())
                    + (form.Pattern.Contains('?', StringComparison.Ordinal) ? "&" : "?")
                    + "viewer=x&name=Mary+Fell&job=clerk&signInName=mary.fell"
            );
        }
        Assert.Equal(before, Everybody());
        Assert.True(await own.IsSignedIn());

        string Everybody() =>
            string.Join(
                '\n',
                workbench.Gate.People.Of(Administrator).Select(p => $"{p.SignInName} {p.State} {string.Join(' ', p.Rights.Select(r => r.Value))}")
            );
    }

    /// <summary>Whoever adds a field a second time, or to the address, does not change what the form says.</summary>
    [Fact]
    public async Task A_field_that_comes_twice_counts_once()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var own = workbench.Browser();
        await own.Get("/sign-in");
        await own.Post($"/sign-in?handler=As&viewer={Uri.EscapeDataString(Second.Name)}", ("viewer", SampleWorld.Analyst.Name), ("viewer", Administrator.Name));
        Assert.Contains("Isla Munro", (await own.Get("/account")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_methods_are_refused_everywhere()
    {
        await using var workbench = await OwnWorkbench.Start();
        using var own = workbench.Browser();
        await own.SignInAs(Administrator);
        foreach (var route in (await Of(workbench.App.Services)).DistinctBy(r => r.Pattern.Split('?')[0]))
        {
            foreach (string method in (string[])["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
            {
                var answer = await own.Send(method, route.OfNothing.Split('?')[0], null, ("X-Told", "told-back"));
                bool isRefused =
                    (int)answer.Status is 400 or 404 or 405
                    || (
                        answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests
                        && route.Pattern.StartsWith("/api/", StringComparison.Ordinal)
                    );
                Assert.True(isRefused, $"{method} {route.Pattern}: {answer.Status}");
                Assert.DoesNotContain("told-back", answer.Body, StringComparison.Ordinal);
            }
        }
    }
}
