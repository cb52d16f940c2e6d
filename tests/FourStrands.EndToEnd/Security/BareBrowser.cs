using System.Net;
using FourStrands.Picture;

namespace FourStrands.EndToEnd.Security;

/// <summary>What a workbench answered.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<string> SetCookies)
{
    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    public string Location => Header("Location");

    /// <summary>Was somebody sent to sign in?</summary>
    public bool IsSentToSignIn => Status == HttpStatusCode.Redirect && Location.Contains("/sign-in", StringComparison.Ordinal);
}

/// <summary>A browser taken apart: its cookies can be read, copied and swapped, and it follows nothing by itself.</summary>
internal sealed class BareBrowser(Uri address, string? host = null) : IDisposable
{
    private const string BeforeToken = "name=\"form-token\" type=\"hidden\" value=\"";

    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    private readonly HttpClient client = new(
        new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
        }
    )
    {
        BaseAddress = address,
        // Longer than anything waits for work on a machine that does much else.
        Timeout = TimeSpan.FromMinutes(5),
    };

    /// <summary>What it sends back, by name.</summary>
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>The token of the last form it was shown.</summary>
    public string Token { get; set; } = "";

    /// <summary>The key of a machine, sent with every request; null for a browser, which has none.</summary>
    public string? Key { get; init; }

    /// <summary>What it says that it is.</summary>
    public string Says { get; set; } = "";

    public void Dispose() => client.Dispose();

    public Task<Answer> Get(string address, params (string Name, string Value)[] headers) => Send("GET", address, null, headers);

    /// <summary>Sends a form with the token of the last form shown.</summary>
    public Task<Answer> Post(string address, params (string Name, string Value)[] fields) =>
        Send("POST", address, new FormUrlEncodedContent(fields.Append(("form-token", Token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))));

    public async Task<Answer> Send(string method, string address, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = content };
        if (host is not null)
            request.Headers.Host = host;
        if (Cookies.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
        if (Key is not null)
            request.Headers.Add("Authorization", $"Bearer {Key}");
        if (Says.Length > 0)
            Assert.True(request.Headers.TryAddWithoutValidation("User-Agent", Says));
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        using var answer = await client.SendAsync(request, Now);
        string body = await answer.Content.ReadAsStringAsync(Now);
        string[] set = answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [];
        foreach (string cookie in set)
        {
            string pair = cookie.Split(';')[0];
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals == pair.Length - 1)
                Cookies.Remove(pair[..equals]);
            else
                Cookies[pair[..equals]] = pair[(equals + 1)..];
        }
        if (body.Contains(BeforeToken, StringComparison.Ordinal))
            Token = body.Split(BeforeToken)[1].Split('"')[0];
        return new Answer(
            answer.StatusCode,
            body,
            answer.Headers.Concat(answer.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
            set
        );
    }

    /// <summary>Becomes one of the invented people of a demo world.</summary>
    public async Task<Answer> SignInAs(Viewer viewer, params (string Name, string Value)[] more)
    {
        await Get("/sign-in");
        var answer = await Post("/sign-in?handler=As", [("viewer", viewer.Name), .. more]);
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        // The next form's token is bound to who is signed in now.
        await Get("/sign-out");
        return answer;
    }

    /// <summary>Comes in by a link of <see cref="People.SetUp"/> and others, with that password; returns the key of the app and the recovery codes.</summary>
    public async Task<(string Key, IReadOnlyList<string> Codes)> ComeIn(string secret, string password, DateTimeOffset at)
    {
        var page = await Get($"/come-in?link={secret}");
        string key = page.Body.Split("Key: <code>")[1].Split('<')[0].Replace(" ", "", StringComparison.Ordinal);
        string kept = page.Body.Split("name=\"kept\" value=\"")[1].Split('"')[0];
        var done = await Post("/come-in", ("link", secret), ("kept", kept), ("password", password), ("again", password), ("code", AppCode.Of(key, at)));
        Assert.Contains("Keep these recovery codes", done.Body, StringComparison.Ordinal);
        return (key, [.. done.Body.Split("<li><code>").Skip(1).Select(c => c.Split('<')[0])]);
    }

    /// <summary>Signs in with what somebody chose.</summary>
    public async Task<Answer> SignIn(string name, string password, string code, params (string Name, string Value)[] more)
    {
        await Get("/sign-in");
        return await Post("/sign-in", [("name", name), ("password", password), ("code", code), .. more]);
    }

    /// <summary>Is somebody signed in with it?</summary>
    public async Task<bool> IsSignedIn() => (await Get("/account")).Status == HttpStatusCode.OK;
}
