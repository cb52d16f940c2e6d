using System.Text.Json;

namespace FourStrands.Workbench;

/// <summary>
/// An agency's own place to sign in (OpenID Connect), which says who somebody is, of that agency alone, and nothing about what they may do or see. All of it is
/// the operator's to say; but for the secret, whoever reaches the workbench may know it.
/// </summary>
public sealed record IdentityProvider
{
    /// <summary>Whose people it signs in, as labels name it: "glenbrae-council".</summary>
    public required string Agency { get; init; }

    /// <summary>
    /// Its address, exactly as it writes itself as issuer of tokens. Everything asked of it is asked at this host, by https; http is taken for this machine alone.
    /// </summary>
    public required string Authority { get; init; }

    /// <summary>What the workbench is called there.</summary>
    public required string ClientId { get; init; }

    /// <summary>What the workbench proves there that it is it.</summary>
    public required string ClientSecret { get; init; }

    /// <summary>The claim that holds what somebody signs in as.</summary>
    public string NameClaim { get; init; } = "preferred_username";

    /// <summary>
    /// What the claim ends with, which is no part of the name: "@glenbrae.gov.uk" where it is an e-mail address. A claim that ends otherwise signs nobody in. Empty if
    /// the claim is the name itself.
    /// </summary>
    public string NameEnding { get; init; } = "";

    /// <summary>How somebody must have proved there who they are, as the provider calls it (<c>acr</c>); null leaves that to the provider.</summary>
    public string? Acr { get; init; }

    /// <summary>Reads providers from a file that whoever runs the program wrote: a list in JSON.</summary>
    /// <param name="path">The file. Files of secrets that it names are looked for beside it.</param>
    /// <exception cref="InvalidDataException">Something in it cannot be used; the message is for whoever wrote it.</exception>
    public static IReadOnlyList<IdentityProvider> Read(string path)
    {
        List<Written?> all;
        try
        {
            all = JsonSerializer.Deserialize<List<Written?>>(File.ReadAllBytes(path), Form) ?? [];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path} cannot be read: {problem.Message}", problem);
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{path} is not a list of providers in JSON: {problem.Message}", problem);
        }
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var providers = all.Select((written, at) => (written ?? new Written()).Checked(folder, $"{path}, provider {at + 1}")).ToList();
        if (providers.GroupBy(p => p.Agency, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidDataException($"{path}: {twice.Key} has two providers. An agency has one.");
        foreach (var shared in providers.GroupBy(p => p.Authority.TrimEnd('/'), StringComparer.OrdinalIgnoreCase))
            CheckApart([.. shared], path);
        return providers;
    }

    /// <summary>
    /// Demands that agencies which sign in at one place are told apart by what their people's names end with: else somebody of one who bears the name of somebody of the
    /// other there would be signed in as them.
    /// </summary>
    private static void CheckApart(IReadOnlyList<IdentityProvider> sharing, string path)
    {
        foreach (var one in sharing)
        {
            foreach (var other in sharing.Where(o => o != one))
            {
                if (one.NameEnding.Length == 0 || other.NameEnding.EndsWith(one.NameEnding, StringComparison.OrdinalIgnoreCase))
                    throw new InvalidDataException(
                        $"{path}: {one.Agency} and {other.Agency} sign in at the same place, so each needs a nameEnding of its own, of which neither ends with the other."
                    );
            }
        }
    }

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>As it stands in the file: the secret in another.</summary>
    private sealed record Written
    {
        public string? Agency { get; init; }

        public string? Authority { get; init; }

        public string? ClientId { get; init; }

        public string? ClientSecretFile { get; init; }

        public string? NameClaim { get; init; }

        public string? NameEnding { get; init; }

        public string? Acr { get; init; }

        public IdentityProvider Checked(string folder, string place)
        {
            string agency = Given(Agency, "agency");
            if (!agency.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
                throw new InvalidDataException($"{place}: agency is written as labels name it, such as glenbrae-council.");
            string authority = Given(Authority, "authority");
            if (
                !Uri.TryCreate(authority, UriKind.Absolute, out var address)
                || (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
                || address is not { UserInfo: "", Query: "", Fragment: "" }
            )
                throw new InvalidDataException($"{place}: authority is an https address, such as https://login.glenbrae.gov.uk/staff.");
            string file = Path.Combine(folder, Given(ClientSecretFile, "clientSecretFile"));
            return new IdentityProvider
            {
                Agency = agency,
                Authority = authority,
                ClientId = Given(ClientId, "clientId"),
                ClientSecret = Secret(file, place),
                NameClaim = NameClaim is { Length: > 0 } claim ? claim : "preferred_username",
                NameEnding = NameEnding ?? "",
                Acr = Acr is { Length: > 0 } ? Acr : null,
            };

            string Given(string? value, string name) => value is { Length: > 0 } ? value : throw new InvalidDataException($"{place}: {name} is missing.");
        }

        private static string Secret(string file, string place)
        {
            const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            try
            {
                if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & others) != UnixFileMode.None)
                    throw new InvalidDataException($"{place}: {file} can be read by others on this machine. Take that from them: chmod 600.");
                return File.ReadAllText(file).Trim() is { Length: > 0 } secret ? secret : throw new InvalidDataException($"{place}: {file} is empty.");
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw new InvalidDataException($"{place}: {file} cannot be read: {problem.Message}", problem);
            }
        }
    }
}
