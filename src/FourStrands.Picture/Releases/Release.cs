using System.Text.Json.Serialization;

namespace FourStrands.Picture;

/// <summary>What others get by a release.</summary>
public enum ReleaseKind
{
    /// <summary>What is said.</summary>
    Content,

    /// <summary>A pointer: whoever looks for exactly one of the names or numbers learns that they should contact the desk, and nothing else.</summary>
    Pointer,

    /// <summary>
    /// Nothing: they learn nothing at all, and no search of theirs is answered otherwise. The own agency is told when somebody looks for exactly one of the
    /// names and numbers whose agency agreed to that beforehand.
    /// </summary>
    Alert,
}

/// <summary>Where a release stands.</summary>
public enum ReleaseState
{
    /// <summary>An originator was asked and has not agreed yet.</summary>
    WaitsForOriginator,

    /// <summary>A second person has to agree.</summary>
    WaitsForSecond,

    /// <summary>It is out: its audience sees it.</summary>
    Out,

    /// <summary>It was refused: nothing of it was ever seen.</summary>
    Refused,

    /// <summary>It ran out: its audience sees it no more.</summary>
    Ended,

    /// <summary>It was taken back: its audience sees it no more, and was told.</summary>
    TakenBack,
}

/// <summary>One value to be released.</summary>
/// <param name="Record">Whose it is.</param>
/// <param name="Property">The property's name.</param>
/// <param name="Value">The value, as kept.</param>
public sealed record ReleasedValue(RecordId Record, string Property, string Value)
{
    /// <summary>What is said instead, in a sanitised release: less exact, or in other words; null for the value itself.</summary>
    public string? As { get; init; }
}

/// <summary>What somebody wants to release.</summary>
/// <param name="Values">The values, all of the own agency's sources.</param>
/// <param name="Label">Who is to see them.</param>
/// <param name="Reason">Why, in the person's words.</param>
public sealed record ReleaseOrder(IReadOnlyList<ReleasedValue> Values, Label Label, string Reason)
{
    /// <summary>What others get.</summary>
    public ReleaseKind Kind { get; init; }

    /// <summary>When it ends by itself; null for never.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>
    /// For a sanitised release: the name of the source that others see. They learn neither the true source's name nor its references, and
    /// cannot tell that it is the same record. Null to release under the source's own name.
    /// </summary>
    public string? SourceName { get; init; }

    /// <summary>What providers are told who take part here and are asked first. They, and their people, read it.</summary>
    public string ToProvider { get; init; } = "";

    /// <summary>What a provider who does not take part here said when asked: who, when, and their reference. Empty if nobody had to be asked.</summary>
    public string Permission { get; init; } = "";
}

/// <summary>That somebody of another agency looked for what an alert was set on. Who, and how often, is theirs to say: ask their desk.</summary>
/// <param name="Day">The day in London: no more is told.</param>
/// <param name="Agency">The agency, as labels name it.</param>
public sealed record LookedFor(DateOnly Day, string Agency);

/// <summary>One thing that happened to a release.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who, as shown.</param>
/// <param name="What">What, in plain words.</param>
public sealed record ReleaseStep(DateTimeOffset At, string By, string What);

/// <summary>A named person's act by which others see more.</summary>
/// <param name="Order">What is released.</param>
/// <param name="By">Who ordered it: what they sign in with.</param>
/// <param name="ByName">Their name as shown.</param>
/// <param name="Agency">Their agency.</param>
/// <param name="At">When they ordered it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Steps">What happened to it, oldest first.</param>
/// <param name="Imports">What carries it in the picture, once it is out.</param>
/// <param name="Requests">The requests to originators, while it waits for them.</param>
public sealed record Release(
    ReleaseOrder Order,
    string By,
    string ByName,
    string Agency,
    DateTimeOffset At,
    ReleaseState State,
    IReadOnlyList<ReleaseStep> Steps,
    IReadOnlyList<RecordId> Imports,
    IReadOnlyList<RecordId> Requests
)
{
    /// <summary>Its identifier.</summary>
    [JsonIgnore]
    public RecordId Id { get; init; }

    /// <summary>Of an alert: who looked, oldest first; each agency once a day.</summary>
    public IReadOnlyList<LookedFor> LookedFor { get; init; } = [];

    /// <summary>Who may know of the release itself: those of the agency who see all that it is made of.</summary>
    [JsonIgnore]
    public Label KeptUnder { get; init; } = Label.Public;
}

/// <summary>A record of which something is to be released.</summary>
/// <param name="Record">The record as the officer sees it.</param>
/// <param name="Shown">What its audience will see of it that it does not see now.</param>
/// <param name="Known">What its audience sees already.</param>
/// <param name="Says">What of the record is shown, statement by statement, in the order of <paramref name="Shown"/>: of a value that is said under several labels the one that asks least.</param>
/// <param name="Kind">As what kind of record they see it: by what is said under the labels of what is shown.</param>
/// <param name="Dropped">What cannot be seen although it was chosen: ties to records that the audience does not see, and what does not belong to this kind of record.</param>
public sealed record PreviewedRecord(
    RecordView Record,
    IReadOnlyList<ReleasedValue> Shown,
    IReadOnlyList<ReleasedValue> Known,
    IReadOnlyList<ReleasedValue> Dropped,
    IReadOnlyList<Said> Says,
    Schema Kind
);

/// <summary>What a release would do, worked out from what the officer sees alone.</summary>
/// <param name="Label">The label that it would bear: the one asked for, with the conditions that what is released brings with it.</param>
/// <param name="Records">What becomes visible.</param>
/// <param name="Joins">What the audience sees already and would take to be the same subjects, so far as the officer knows.</param>
/// <param name="Refused">Why it cannot be done; empty if it can.</param>
/// <param name="Originators">Agencies that are asked first, as labels name them.</param>
/// <param name="SecondBecause">Why a second person has to agree; empty if none has to.</param>
/// <param name="Cautions">What to think of before.</param>
public sealed record ReleasePreview(
    Label Label,
    IReadOnlyList<PreviewedRecord> Records,
    IReadOnlyList<EntitySummary> Joins,
    IReadOnlyList<string> Refused,
    IReadOnlyList<string> Originators,
    IReadOnlyList<string> SecondBecause,
    IReadOnlyList<string> Cautions
)
{
    /// <summary>True if the other one says the same: whoever looked at one has looked at the other.</summary>
    public bool SaysSameAs(ReleasePreview other) =>
        Label.Equals(other.Label)
        && Records.Count == other.Records.Count
        && Records
            .Zip(other.Records)
            .All(r =>
                r.First.Record.Id == r.Second.Record.Id
                && r.First.Kind.Name == r.Second.Kind.Name
                && r.First.Shown.SequenceEqual(r.Second.Shown)
                && r.First.Known.SequenceEqual(r.Second.Known)
                && r.First.Dropped.SequenceEqual(r.Second.Dropped)
            )
        && Joins.Select(j => j.Id).SequenceEqual(other.Joins.Select(j => j.Id))
        && Refused.SequenceEqual(other.Refused, StringComparer.Ordinal)
        && Originators.SequenceEqual(other.Originators, StringComparer.Ordinal)
        && SecondBecause.SequenceEqual(other.SecondBecause, StringComparer.Ordinal)
        && Cautions.SequenceEqual(other.Cautions, StringComparer.Ordinal);

    /// <summary>The field of a form that one of <see cref="Refused"/> is about; empty for none.</summary>
    public static string FieldOf(string refused) => ReleaseRules.FieldOf(refused);
}

/// <summary>A release cannot be done so; the message is for people and says why.</summary>
public sealed class ReleaseException(string message, string field = "") : Exception(message)
{
    /// <summary>The field of a form that it is about; empty for none.</summary>
    public string Field { get; } = field;
}
