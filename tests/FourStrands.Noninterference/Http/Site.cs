using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using FourStrands.Noninterference.Histories;
using FourStrands.Workbench;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FourStrands.Noninterference.Http;

/// <summary>A form as a browser sends it.</summary>
/// <param name="Fields">Its fields.</param>
/// <param name="File">A file, by field, name and content; null if it has none.</param>
/// <param name="Token">False to leave out the token that guards it.</param>
internal sealed record Form(IReadOnlyList<(string Name, string Value)> Fields, (string Field, string Name, string Content)? File = null, bool Token = true);

/// <summary>A request.</summary>
/// <param name="Method">GET, POST …</param>
/// <param name="Address">Where.</param>
/// <param name="Form">A form, as a browser sends it.</param>
/// <param name="Body">What a program sends instead: of which kind, and its text.</param>
internal sealed record Request(string Method, string Address, Form? Form = null, (string Type, string Text)? Body = null)
{
    /// <summary>Is it a program's?</summary>
    public bool IsProgram => Address.StartsWith("/api/", StringComparison.Ordinal);

    public override string ToString() =>
        $"{Method} {Address} {Body?.Text}{(Form is null ? "" : string.Join('&', Form.Fields.Select(f => $"{f.Name}={f.Value}")))}{(Form?.File is { } file ? $" with {file.Name}: {file.Content}" : "")}";
}

/// <summary>All of an answer but what is declared variable.</summary>
internal sealed record Reply(int Status, string Headers, string Body, string? Location)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Status}\n{Headers}\n{Body}");
}

/// <summary>The real workbench over a store, on a free port.</summary>
internal sealed class Site : IAsyncDisposable
{
    private static readonly Regex Previewed = new("name=\"previewed\" value=\"([^\"]*)\"", RegexOptions.NonBacktracking);
    private static readonly Regex Token = new("name=\"form-token\" type=\"hidden\" value=\"([A-Za-z0-9_-]+)\"", RegexOptions.NonBacktracking);

    private readonly WebApplication application;
    private readonly string uploads;
    private readonly HttpClient client;

    private readonly Stage stage;

    private Site(Stage stage, WebApplication application, string uploads, Uri address)
    {
        this.stage = stage;
        this.application = application;
        this.uploads = uploads;
        client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };
    }

    public IEnumerable<RouteEndpoint> Endpoints => ((IEndpointRouteBuilder)application).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    public IServiceProvider Services => application.Services;

    public static async Task<Site> Start(Stage stage)
    {
        string folder = Path.Combine(stage.Folder, "uploads");
        // A long wait: whether work is done in time for the page is timing, which is not promised.
        var workbench = WorkbenchApplication.Create(
            new WorkbenchOptions
            {
                Gate = stage.Gate,
                Clock = stage.Clock,
                Demo = true,
                Address = new Uri("http://127.0.0.1:0"),
                UploadsFolder = folder,
                WaitForWork = TimeSpan.FromMinutes(2),
            },
            host => host.ConfigureLogging(logging => logging.AddFilter("FourStrands.Refused", LogLevel.None))
        );
        await workbench.StartAsync();
        string address = workbench.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new Site(stage, workbench, folder, new Uri(address));
    }

    /// <summary>Signs somebody in.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="withKey">True if a machine with their rights asks the addresses for programs in their place; else nobody asks those.</param>
    public async Task<Session> SignIn(Viewer viewer, bool withKey)
    {
        string? key = withKey ? EndToEnd.Security.MachineKeys.For(stage.Gate.People, viewer, stage.Clock.GetUtcNow().AddDays(300)) : null;
        var session = new Session(this, key);
        await session.Send(new Request("GET", "/sign-in"));
        await session.Send(new Request("POST", "/sign-in?handler=As", new Form([("viewer", viewer.Name)])));
        await session.Send(new Request("GET", "/sign-out"));
        return session;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await application.DisposeAsync();
        if (Directory.Exists(uploads))
            Directory.Delete(uploads, recursive: true);
    }

    /// <summary>Somebody's browser: their cookies, and the last form token they were given; and the key of a machine with their rights.</summary>
    internal sealed class Session(Site site, string? key)
    {
        private readonly Dictionary<string, string> cookies = new(StringComparer.Ordinal);
        private string token = "";
        private string[] shown = [];

        public async Task<Reply> Send(Request request)
        {
            using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Address);
            if (request.IsProgram && key is not null)
                message.Headers.Add("Authorization", $"Bearer {key}");
            else if (cookies.Count > 0)
                message.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
            if (request.Form is { } form)
                message.Content = Content(form, request.Address.EndsWith("?handler=Order", StringComparison.Ordinal) ? shown : []);
            else if (request.Body is var (type, text))
                message.Content = new StringContent(text, Encoding.UTF8, type);
            using var response = await site.client.SendAsync(message);
            byte[] bytes = await response.Content.ReadAsByteArrayAsync();
            List<string> headers = [];
            foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
            {
                foreach (string value in values)
                {
                    if (name == "Set-Cookie")
                        Keep(value);
                    if (!Declared.IsVariable(name))
                        headers.Add($"{name}: {(name == "Set-Cookie" ? Declared.Cookie(value) : value)}");
                }
            }
            headers.Sort(StringComparer.Ordinal);
            string body = Encoding.Latin1.GetString(bytes);
            if (response.Content.Headers.ContentType?.MediaType == "text/html" && Token.Match(body) is { Success: true } found)
                token = found.Groups[1].Value;
            // What the last page said that a release does goes with the order of it.
            shown = [.. Previewed.Matches(Encoding.UTF8.GetString(bytes)).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))];
            return new Reply((int)response.StatusCode, string.Join('\n', headers), Declared.Body(body), response.Headers.Location?.OriginalString);
        }

        private HttpContent Content(Form form, string[] previewed)
        {
            var fields = form.Fields.Concat(previewed.Select(p => ("previewed", p)));
            if (form.Token)
                fields = fields.Append(("form-token", token));
            if (form.File is not { } file)
                return new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
            var content = new MultipartFormDataContent("----a-boundary-that-is-always-the-same");
            foreach (var (name, value) in fields)
                content.Add(new StringContent(value), name);
            content.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(file.Content)), file.Field, file.Name);
            return content;
        }

        private void Keep(string cookie)
        {
            string pair = cookie.Split(';', 2)[0];
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string name = pair[..equals],
                value = pair[(equals + 1)..];
            if (value.Length == 0)
                cookies.Remove(name);
            else
                cookies[name] = value;
        }
    }
}
