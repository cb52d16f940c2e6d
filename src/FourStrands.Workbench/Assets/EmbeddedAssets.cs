using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using FourStrands.Workbench.Security;

namespace FourStrands.Workbench.Assets;

/// <summary>
/// The styles, script, icons and typeface, embedded in the assembly. Addresses carry a digest of the content, so browsers keep
/// a file for as long as it is the same and never a moment longer.
/// </summary>
internal static class EmbeddedAssets
{
    private sealed record Asset(string ContentType, byte[] Content, byte[]? Compressed, string Address);

    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, Asset> All = Load();

    /// <summary>The address of an asset, for pages.</summary>
    public static string Address(string name) => All[name].Address;

    public static void MapAssets(this IEndpointRouteBuilder routes) => routes.MapGet("/assets/{name}", Serve).AllowAnonymous().WithMetadata(new MayBeCached());

    private static async Task Serve(string name, HttpContext context)
    {
        if (!All.TryGetValue(name, out var asset))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = context.Response.Headers;
        headers.CacheControl = context.Request.QueryString.HasValue ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = "Accept-Encoding";
        context.Response.ContentType = asset.ContentType;
        byte[] content = asset.Content;
        if (asset.Compressed is { } compressed && context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
        {
            headers.ContentEncoding = "br";
            content = compressed;
        }

        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var assets = assembly
            .GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(n => n[Prefix.Length..], n => Read(assembly, n), StringComparer.Ordinal);

        // Our styles name the typeface's files: by the addresses they are served under.
        string styles = Encoding.UTF8.GetString(assets["workbench.css"].Content);
        foreach (var (name, asset) in assets)
            styles = styles.Replace($"url({name})", $"url({asset.Address})", StringComparison.Ordinal);
        assets["workbench.css"] = Make("workbench.css", Encoding.UTF8.GetBytes(styles));
        return assets.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static Asset Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return Make(resource[Prefix.Length..], content);
    }

    private static Asset Make(string name, byte[] content)
    {
        string type = Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".woff2" => "font/woff2",
            _ => "application/octet-stream",
        };
        string digest = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6));
        return new Asset(type, content, type.StartsWith("font", StringComparison.Ordinal) ? null : Compress(content), $"/assets/{name}?v={digest}");
    }

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal))
            brotli.Write(content);
        return compressed.ToArray();
    }
}
