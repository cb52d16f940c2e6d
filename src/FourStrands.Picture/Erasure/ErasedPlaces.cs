using System.Text.Json;
using System.Text.Json.Serialization;

namespace FourStrands.Picture;

/// <summary>Neighbouring statements of an import, by their places in it.</summary>
internal sealed record ErasedRun(string Import, int First, int Count);

/// <summary>Something of an import, by its place in it.</summary>
internal sealed record ErasedReject(string Import, int Place);

/// <summary>Entries of an agency's log, by their positions.</summary>
internal sealed record ErasedQuestions(string Agency, long[] Positions);

/// <summary>
/// What an erasure took, as places and identifiers alone. Identifiers are made with the store's key: nothing here says anything of a value. Enough to take the
/// same from an older state of the store.
/// </summary>
internal sealed record ErasedPlaces(
    IReadOnlyList<ErasedRun> Statements,
    IReadOnlyList<string> Documents,
    IReadOnlyList<string> Judgements,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<ErasedReject> Rejects,
    IReadOnlyList<string> Files,
    IReadOnlyList<ErasedQuestions> Questions
)
{
    /// <summary>How many of the statements said of what kind a record is: they are not counted where people are told how much went.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Kinds { get; init; }

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">It is not what was written.</exception>
    public static ErasedPlaces Read(string json) => JsonSerializer.Deserialize<ErasedPlaces>(json, Json) ?? throw new JsonException("Places are no null.");
}

/// <summary>What is to be erased together, by numbers that hold for one run of the program.</summary>
/// <param name="Row">What is kept of it; its places are filled in when it is done.</param>
/// <param name="Statements">The statements.</param>
/// <param name="Documents">Documents that go.</param>
/// <param name="Judgements">Judgements that go.</param>
/// <param name="Reasons">Judgements and holds that stay without their reason.</param>
/// <param name="Rejects">Excerpts of rejections, by import number and place.</param>
/// <param name="Files">Numbers of imports whose file name goes.</param>
/// <param name="Questions">Log entries whose question goes.</param>
/// <param name="Notices">What is told to owners of what rests on it.</param>
internal sealed record ErasurePlan(
    ErasureRow Row,
    HashSet<int> Statements,
    IReadOnlyList<RecordId> Documents,
    IReadOnlySet<RecordId> Judgements,
    IReadOnlyList<RecordId> Reasons,
    IReadOnlyList<(int Import, int Place)> Rejects,
    IReadOnlyList<int> Files,
    IReadOnlyList<ErasedQuestions> Questions,
    IReadOnlyList<(Document Document, string Agency)> Notices
);

/// <summary>An erasure as it is kept.</summary>
internal sealed record ErasureRow(RecordId Id, DateTimeOffset At, string By, string Agency, string Reason, ErasureKind Kind, Label Label, ErasedPlaces? Places);

/// <summary>A hold as it is kept; it holds what bears this label, or one that only fewer may see.</summary>
internal sealed record HoldRow(
    RecordId Id,
    HoldKind Kind,
    RecordId Target,
    Label Label,
    string Agency,
    string By,
    DateTimeOffset At,
    string Reason,
    string? LiftedBy,
    DateTimeOffset? LiftedAt,
    string? LiftedReason
);
