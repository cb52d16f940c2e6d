using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace FourStrands.Noninterference.Architecture;

/// <summary>
/// What the program is not made of. An attack that needs a mail system, a template engine or a request to another machine fails where there is none; what
/// is used of the platform is read from the assemblies themselves.
/// </summary>
public sealed class StructureTests
{
    private static readonly string[] Assemblies =
    [
        .. Directory
            .EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(f => Path.GetFileName(f).StartsWith("FourStrands", StringComparison.OrdinalIgnoreCase))
            .Where(f => Path.GetFileName(f) != typeof(StructureTests).Assembly.GetName().Name + ".dll"),
    ];

    /// <summary>All of the platform and of packages that each assembly of ours names: "Namespace.Type" and "Namespace.Type.Member".</summary>
    private static readonly Dictionary<string, HashSet<string>> Uses = Assemblies.ToDictionary(
        f => Path.GetFileNameWithoutExtension(f),
        Read,
        StringComparer.Ordinal
    );

    [Fact]
    public void All_assemblies_of_ours_are_looked_at()
    {
        foreach (
            string name in (string[])
                ["FourStrands.Picture", "FourStrands.Linkage", "FourStrands.Formats", "FourStrands.Deter", "FourStrands.Workbench", "fourstrands"]
        )
            Assert.Contains(name, Uses.Keys);
        Assert.Contains("System.Security.Cryptography.AesGcm", Uses["FourStrands.Picture"]);
    }

    /// <summary>
    /// Nothing fetches an address that somebody gave, or any other, but one file: it asks the providers that whoever runs the program named, each at its own host
    /// (ProvidersTests).
    /// </summary>
    [Fact]
    public void Nothing_asks_another_machine()
    {
        Refuse(
            [
                // The command line asks whether its port is free.
                "fourstrands System.Net.Sockets.TcpListener",
                "fourstrands System.Net.Sockets.Socket",
                "FourStrands.Workbench System.Net.Http.",
            ],
            "System.Net.Http.",
            "System.Net.WebRequest",
            "System.Net.HttpWebRequest",
            "System.Net.FtpWebRequest",
            "System.Net.WebClient",
            "System.Net.Dns",
            "System.Net.Mail.",
            "System.Net.NetworkInformation.",
            "System.Net.Quic.",
            "System.Net.WebSockets.",
            "System.Net.Security.",
            "System.Net.Sockets.Socket",
            "System.Net.Sockets.TcpClient",
            "System.Net.Sockets.TcpListener",
            "System.Net.Sockets.UdpClient",
            "System.Net.Sockets.NetworkStream",
            "System.IO.Pipes."
        );
        var asks = new Regex(
            "\\b(Http(Client|Request|Response|Content|Message)[A-Za-z]*|SocketsHttpHandler|DelegatingHandler|OpenIdConnect[A-Za-z]*)\\b",
            RegexOptions.NonBacktracking
        );
        foreach (string file in Sources.Under("src/FourStrands.Workbench", "*.cs"))
        {
            bool mayAsk = Path.GetFileName(file) == "Providers.cs";
            string[] found =
            [
                .. asks.Matches(File.ReadAllText(file))
                    .Select(m => m.Value)
                    // What browsers ask of us.
                    .Where(m => m is not ("HttpRequest" or "HttpResponse" or "HttpRequestException")),
            ];
            Assert.True(mayAsk == (found.Length > 0), $"{file}: {string.Join(", ", found)}");
        }
    }

    [Fact]
    public void No_other_program_is_started_and_no_code_is_made_while_running()
    {
        Refuse(
            [],
            "System.Diagnostics.Process.",
            "System.Diagnostics.ProcessStartInfo",
            "System.Reflection.Emit.",
            "System.Reflection.Assembly.Load",
            "System.Runtime.Loader.",
            "System.Runtime.InteropServices.NativeLibrary",
            "System.CodeDom.Compiler.CodeDomProvider",
            "Microsoft.CSharp.",
            "Microsoft.CodeAnalysis.",
            "System.Linq.Expressions.",
            "System.Xml.Xsl.",
            "System.Activator.CreateInstance"
        );
        foreach (string file in Assemblies)
        {
            using var image = new PEReader(File.OpenRead(file));
            var reader = image.GetMetadataReader();
            // Functions of the machine's own libraries.
            Assert.Empty(
                reader
                    .MethodDefinitions.Select(reader.GetMethodDefinition)
                    .Where(m => m.Attributes.HasFlag(System.Reflection.MethodAttributes.PinvokeImpl))
                    .Select(m => reader.GetString(m.Name))
            );
        }
    }

    /// <summary>No tokens of ours, no authorisation by others' tokens, no WebSockets, no GraphQL, no directory, no mail, no cache for many.</summary>
    [Fact]
    public void What_is_not_offered_is_not_there() =>
        Refuse(
            // Agencies' own places to sign in: as their client, and no more than one token that says who somebody is.
            [
                "FourStrands.Workbench Microsoft.AspNetCore.Authentication.OpenIdConnect.",
                "FourStrands.Workbench Microsoft.IdentityModel.Protocols.",
                "FourStrands.Workbench Microsoft.IdentityModel.Tokens.",
                "FourStrands.Workbench Microsoft.AspNetCore.Authentication.OAuth.Claims.ClaimActionCollection",
                "FourStrands.Workbench System.IdentityModel.Tokens.Jwt.JwtSecurityToken",
            ],
            "Microsoft.AspNetCore.Authentication.JwtBearer",
            "Microsoft.AspNetCore.Authentication.OpenIdConnect",
            "Microsoft.AspNetCore.Authentication.OAuth",
            "Microsoft.IdentityModel",
            "System.IdentityModel",
            "Microsoft.AspNetCore.SignalR",
            "Microsoft.AspNetCore.WebSockets",
            "Microsoft.AspNetCore.Builder.WebSocketMiddlewareExtensions",
            "Microsoft.AspNetCore.Builder.CorsMiddlewareExtensions",
            "Microsoft.AspNetCore.Builder.StaticFileExtensions",
            "Microsoft.AspNetCore.Builder.DirectoryBrowserExtensions",
            "Microsoft.AspNetCore.Builder.DeveloperExceptionPageExtensions",
            "Microsoft.AspNetCore.Builder.HealthChecks",
            "Microsoft.AspNetCore.Builder.OpenApi",
            "GraphQL",
            "HotChocolate",
            "System.DirectoryServices",
            "System.Xml.XPath.",
            "Enyim",
            "StackExchange.Redis",
            "Microsoft.Extensions.Caching",
            "Newtonsoft",
            "Markdig"
        );

    /// <summary>Where JSON says which of several things it is, they are listed with the type that reads them.</summary>
    [Fact]
    public void What_is_read_never_says_of_what_type_it_is() =>
        Refuse(
            // A list that is part of the program; and mappings, into plain values: YAML's own way of naming types is not listened to.
            ["FourStrands.Deter YamlDotNet.Serialization.", "FourStrands.Formats YamlDotNet.Serialization."],
            "System.Runtime.Serialization.",
            "System.Xml.Serialization.",
            "System.Resources.ResourceReader",
            "System.Web.Script",
            "System.Type.GetType!",
            "YamlDotNet.Serialization."
        );

    /// <summary>Every use of cryptography is one of these; docs/security/data.md says what each is for.</summary>
    [Fact]
    public void Only_approved_cryptography_is_used()
    {
        string[] approved =
        [
            "AesGcm",
            "CryptographicException",
            "CryptographicOperations",
            "DSASignatureFormat",
            "ECAlgorithm",
            "ECCurve",
            "ECDsa",
            "AsymmetricAlgorithm",
            "HashAlgorithmName",
            "HKDF",
            "HMACSHA256",
            "IncrementalHash",
            "RandomNumberGenerator",
            "Rfc2898DeriveBytes",
            "SHA256",
        ];
        // What authenticator apps compute (RFC 6238), and the statement identifiers of a published file format: neither guards anything.
        string[] asOthersDo = ["FourStrands.Workbench HMACSHA1", "FourStrands.Formats SHA1"];
        foreach (var (assembly, uses) in Uses)
        {
            foreach (string use in uses.Where(u => u.StartsWith("System.Security.Cryptography.", StringComparison.Ordinal)))
            {
                string type = use.Split('.')[3].Split('/')[0];
                Assert.True(
                    approved.Contains(type, StringComparer.Ordinal) || asOthersDo.Contains($"{assembly} {type}", StringComparer.Ordinal),
                    $"{assembly} uses {use}"
                );
            }
        }
        // Chance that can be guessed makes invented worlds, and nothing else.
        Refuse(["fourstrands System.Random"], "System.Random");
    }

    [Fact]
    public void Memory_is_managed()
    {
        foreach (string project in Sources.Under("src", "*.csproj").Append(Path.Combine(Sources.Root, "Directory.Build.props")))
            Assert.DoesNotContain("AllowUnsafeBlocks", File.ReadAllText(project), StringComparison.Ordinal);
        Refuse([], "System.Runtime.InteropServices.Marshal.Alloc", "System.Runtime.InteropServices.NativeMemory", "System.Security.UnverifiableCodeAttribute");
    }

    /// <summary>Values are parameters; no text of a question to the database is put together with them.</summary>
    [Fact]
    public void Questions_to_the_database_are_constant_texts()
    {
        var made = new Regex("\\$+\"+[^\"]*\\b(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA)\\b", RegexOptions.NonBacktracking);
        var joined = new Regex("\\b(SELECT|INSERT|UPDATE|DELETE|DROP|ALTER) [^\"\n]*\" *\\+", RegexOptions.NonBacktracking);
        // Copies whatever tables a store has, for backups: their names are quoted, and nothing else goes into the text.
        foreach (string file in Sources.Under("src", "*.cs").Where(f => Path.GetFileName(f) != "StoreCopy.cs"))
        {
            string text = File.ReadAllText(file);
            Assert.False(made.IsMatch(text), $"{file}: {made.Match(text)}");
            Assert.False(joined.IsMatch(text), $"{file}: {joined.Match(text)}");
        }
    }

    [Fact]
    public void Patterns_over_what_others_wrote_end()
    {
        int found = 0;
        foreach (string file in Sources.Under("src", "*.cs"))
        {
            string text = File.ReadAllText(file);
            for (int at = 0; (at = text.IndexOf("Regex(", at, StringComparison.Ordinal)) >= 0; at++)
            {
                found++;
                // Up to the end of the statement or attribute.
                string rest = text[at..Math.Min(text.Length, at + 600)];
                Assert.True(
                    rest.Contains("NonBacktracking", StringComparison.Ordinal) || rest.Contains("matchTimeout", StringComparison.OrdinalIgnoreCase),
                    $"{file}: {rest.Split('\n')[0]}"
                );
                // None is put together from what somebody wrote.
                Assert.DoesNotContain("Regex($", rest[..7], StringComparison.Ordinal);
            }
        }
        Assert.True(found > 5, $"Only {found} patterns were found.");
    }

    [Fact]
    public void Files_in_XML_name_nothing_outside_them()
    {
        int readers = 0;
        foreach (string file in Sources.Under("src", "*.cs"))
        {
            string text = File.ReadAllText(file);
            readers += text.Split("XmlReader.Create(").Length - 1;
            if (text.Contains("XmlReader.Create(", StringComparison.Ordinal))
            {
                Assert.Contains("DtdProcessing = DtdProcessing.Prohibit", text, StringComparison.Ordinal);
                Assert.Contains("XmlResolver = null", text, StringComparison.Ordinal);
            }
        }
        Assert.True(readers > 0);
        Refuse([], "System.Xml.XmlDocument", "System.Xml.XmlTextReader", "System.Xml.Linq.XDocument.Load", "System.Xml.Linq.XElement.Load");
    }

    /// <summary>Pages encode what they show; the script sets text and makes no markup, keeps nothing in the browser, and hears no other window.</summary>
    [Fact]
    public void Pages_and_script_make_no_markup_from_text()
    {
        foreach (string page in Sources.Under("src/FourStrands.Workbench/Pages", "*.cshtml"))
        {
            string text = File.ReadAllText(page);
            foreach (
                string refused in (string[])
                    ["Html.Raw", "HtmlString", "<script>", "<style", " style=\"", "javascript:", " onclick", "target=\"_blank\"", "href=\"http:"]
            )
                Assert.False(text.Contains(refused, StringComparison.OrdinalIgnoreCase), $"{page} holds {refused}");
        }
        Refuse([], "Microsoft.AspNetCore.Mvc.Rendering.IHtmlHelper.Raw");
        foreach (string script in Sources.Under("src/FourStrands.Workbench/Assets", "*.js"))
        {
            string text = File.ReadAllText(script);
            foreach (
                string refused in (string[])
                    [
                        "innerHTML",
                        "outerHTML",
                        "insertAdjacentHTML",
                        "document.write",
                        "eval(",
                        "new Function",
                        "localStorage",
                        "sessionStorage",
                        "indexedDB",
                        "document.cookie",
                        "postMessage",
                        "addEventListener('message'",
                        "__proto__",
                        "WebSocket",
                        "http://",
                        "https://",
                    ]
            )
                Assert.False(text.Contains(refused, StringComparison.Ordinal), $"{script} holds {refused}");
        }
    }

    /// <summary>What a form may change is what its handler names: nothing kept is filled in from a request by itself.</summary>
    [Fact]
    public void Forms_are_bound_to_what_their_handler_names()
    {
        Refuse(
            [],
            "Microsoft.AspNetCore.Mvc.BindPropertyAttribute",
            "Microsoft.AspNetCore.Mvc.BindPropertiesAttribute",
            "Microsoft.AspNetCore.Mvc.ControllerBase.TryUpdateModel",
            "Microsoft.AspNetCore.Mvc.RazorPages.PageModel.TryUpdateModel"
        );
        Type[] simple = [typeof(string), typeof(string[]), typeof(bool), typeof(int), typeof(RecordId), typeof(CancellationToken)];
        var handlers = typeof(FourStrands.Workbench.WorkbenchApplication)
            .Assembly.GetTypes()
            .Where(t => typeof(Microsoft.AspNetCore.Mvc.RazorPages.PageModel).IsAssignableFrom(t))
            .SelectMany(t => t.GetMethods())
            .Where(m => m.Name.StartsWith("OnPost", StringComparison.Ordinal) || m.Name.StartsWith("OnGet", StringComparison.Ordinal));
        foreach (var parameter in handlers.SelectMany(h => h.GetParameters()))
        {
            var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
            bool isFile = type == typeof(Microsoft.AspNetCore.Http.IFormFile) || type == typeof(List<Microsoft.AspNetCore.Http.IFormFile>);
            Assert.True(simple.Contains(type) || type.IsEnum || isFile, $"{parameter.Member.DeclaringType!.Name}.{parameter.Member.Name} takes a {type}");
        }
    }

    /// <summary>What is built of others' work is listed, with its version; what is listed is there.</summary>
    [Fact]
    public void Every_package_that_is_shipped_is_in_the_list_of_components()
    {
        string list = File.ReadAllText(Path.Combine(Sources.Root, "docs/security/components.md"));
        HashSet<string> listed =
        [
            .. list.Split('\n')
                .Where(l => l.StartsWith("| `", StringComparison.Ordinal))
                .Select(l => l.Split('|'))
                .Select(c => $"{c[1].Trim().Trim('`')} {c[2].Trim()}"),
        ];
        HashSet<string> there = new(StringComparer.Ordinal);
        foreach (string file in Sources.Under("src", "packages.lock.json"))
        {
            using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllText(file));
            foreach (var package in document.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(f => f.Value.EnumerateObject()))
            {
                if (package.Value.GetProperty("type").GetString() != "Project")
                    there.Add($"{package.Name} {package.Value.GetProperty("resolved").GetString()}");
            }
        }
        using var pages = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(Sources.Root, "src/FourStrands.Workbench/package-lock.json")));
        foreach (var package in pages.RootElement.GetProperty("packages").EnumerateObject().Where(p => p.Name.Length > 0))
            there.Add($"{package.Name["node_modules/".Length..]} {package.Value.GetProperty("version").GetString()}");
        Assert.Equal(there.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static void Refuse(string[] allowed, params string[] refused)
    {
        foreach (var (assembly, uses) in Uses)
        {
            foreach (string use in uses)
            {
                if (!refused.Any(r => Names(use, r)) || allowed.Any(a => Names($"{assembly} {use}", a)))
                    continue;
                Assert.Fail($"{assembly} uses {use}");
            }
        }
    }

    /// <summary>By its beginning; with "!" behind it, by all of it. "Random" is not "RandomAccess".</summary>
    private static bool Names(string use, string what) =>
        what.EndsWith('!')
            ? use == what[..^1]
            : use.StartsWith(what, StringComparison.Ordinal)
                && (!what.EndsWith("System.Random", StringComparison.Ordinal) || use.Length == what.Length || use[what.Length] == '.');

    private static HashSet<string> Read(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        var reader = image.GetMetadataReader();
        HashSet<string> uses = new(StringComparer.Ordinal);
        foreach (var handle in reader.TypeReferences)
            uses.Add(NameOf(reader, handle));
        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            if (member.Parent.Kind == HandleKind.TypeReference)
                uses.Add($"{NameOf(reader, (TypeReferenceHandle)member.Parent)}.{reader.GetString(member.Name)}");
        }
        return uses;
    }

    private static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        string name = reader.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
            return $"{NameOf(reader, (TypeReferenceHandle)type.ResolutionScope)}/{name}";
        return $"{reader.GetString(type.Namespace)}.{name}";
    }
}
