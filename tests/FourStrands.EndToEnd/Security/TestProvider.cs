using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FourStrands.Workbench;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FourStrands.EndToEnd.Security;

/// <summary>An agency's place to sign in (OpenID Connect: a code with a proof key), which knows one person and lies where a test tells it to.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    private const string ClientId = "fourstrands";
    private const string Secret = "a secret between the two";

    private readonly WebApplication app;
    private readonly RSA key = RSA.Create(2048);
    private readonly RSA otherKey = RSA.Create(2048);
    private readonly Dictionary<string, (string Nonce, string Challenge, string RedirectUri)> codes = new(StringComparer.Ordinal);

    private TestProvider(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    public string Authority => app.Urls.Single();

    /// <summary>What its tokens say, but for what <see cref="Claims"/> changes; null leaves a claim out.</summary>
    public Dictionary<string, object?> Claims { get; } = new(StringComparer.Ordinal) { ["sub"] = "0001", ["preferred_username"] = "elspeth.rae" };

    /// <summary>Who it says that it is, if not what it is known as.</summary>
    public string? Issuer { get; set; }

    /// <summary>The algorithm that the token names.</summary>
    public string Algorithm { get; set; } = "RS256";

    /// <summary>Does somebody else sign?</summary>
    public bool IsForged { get; set; }

    /// <summary>Does nobody sign?</summary>
    public bool IsUnsigned { get; set; }

    /// <summary>Where its own document says that tokens are had, if not here.</summary>
    public string? TokenEndpoint { get; set; }

    /// <summary>Where its own document says that keys are had, if not here.</summary>
    public string? KeysEndpoint { get; set; }

    /// <summary>What was asked of it, in order.</summary>
    public List<string> Asked { get; } = [];

    public static async Task<TestProvider> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var built = builder.Build();
        var provider = new TestProvider(built);
        built.Run(provider.Answer);
        await built.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    /// <summary>What whoever runs the workbench says of it.</summary>
    public IdentityProvider Of(string agency) =>
        new()
        {
            Agency = agency,
            Authority = Authority,
            ClientId = ClientId,
            ClientSecret = Secret,
        };

    public Task Stop() => app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
        otherKey.Dispose();
    }

    private async Task Answer(HttpContext context)
    {
        Asked.Add(context.Request.Path);
        switch (context.Request.Path.Value)
        {
            case "/.well-known/openid-configuration":
                await context.Response.WriteAsJsonAsync(
                    new
                    {
                        issuer = Issuer ?? Authority,
                        authorization_endpoint = $"{Authority}/authorize",
                        token_endpoint = TokenEndpoint ?? $"{Authority}/token",
                        jwks_uri = KeysEndpoint ?? $"{Authority}/keys",
                    }
                );
                break;
            case "/keys":
                var said = key.ExportParameters(false);
                object[] keys =
                [
                    new
                    {
                        kty = "RSA",
                        use = "sig",
                        kid = "1",
                        n = Base64Url.EncodeToString(said.Modulus),
                        e = Base64Url.EncodeToString(said.Exponent),
                    },
                ];
                await context.Response.WriteAsJsonAsync(new { keys });
                break;
            case "/authorize":
                Authorize(context);
                break;
            case "/token":
                await Redeem(context);
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }

    /// <summary>Whoever comes is the one person.</summary>
    private void Authorize(HttpContext context)
    {
        var asked = context.Request.Query;
        Assert.Equal((ClientId, "code", "S256"), (asked["client_id"].ToString(), asked["response_type"].ToString(), asked["code_challenge_method"].ToString()));
        string code = RandomNumberGenerator.GetHexString(32);
        codes[code] = (asked["nonce"].ToString(), asked["code_challenge"].ToString(), asked["redirect_uri"].ToString());
        context.Response.Redirect($"{asked["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(asked["state"].ToString())}");
    }

    private async Task Redeem(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        string proof = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        // Once, by whoever asked for it, for where it was asked for.
        if (
            form["client_secret"] != Secret
            || form["grant_type"] != "authorization_code"
            || !codes.Remove(form["code"].ToString(), out var code)
            || code.Challenge != proof
            || code.RedirectUri != form["redirect_uri"]
        )
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsJsonAsync(new { error = "invalid_grant" });
            return;
        }
        await context.Response.WriteAsJsonAsync(
            new
            {
                access_token = "of no use here",
                token_type = "Bearer",
                expires_in = 60,
                id_token = Token(code.Nonce),
            }
        );
    }

    private string Token(string nonce)
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Dictionary<string, object?> claims = new(StringComparer.Ordinal)
        {
            ["iss"] = Authority,
            ["aud"] = ClientId,
            ["nonce"] = nonce,
            ["iat"] = now,
            ["exp"] = now + 300,
        };
        foreach (var (name, value) in Claims)
            claims[name] = value;
        string text = $"{Part(new { alg = Algorithm, kid = "1", typ = "JWT" })}.{Part(claims.Where(c => c.Value is not null).ToDictionary())}";
        byte[] signature =
            Algorithm == "none" || IsUnsigned
                ? []
                : (IsForged ? otherKey : key).SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64Url.EncodeToString(signature)}";

        static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
    }
}
