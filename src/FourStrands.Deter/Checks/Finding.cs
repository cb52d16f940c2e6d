using System.Text.Json.Serialization;
using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>What kind of thing speaks against somebody. What each means, and what the law makes of it, is in <c>finding-kinds.yaml</c>.</summary>
public enum FindingKind
{
    /// <summary>On a sanctions list.</summary>
    Sanctioned,

    /// <summary>Convicted, as recorded by a source.</summary>
    Convicted,

    /// <summary>Disqualified from being a company director.</summary>
    Disqualified,

    /// <summary>Debarred from public contracts.</summary>
    Debarred,

    /// <summary>Under an order of a court or authority, such as a serious crime prevention order.</summary>
    UnderOrder,

    /// <summary>Described by a source as involved in crime; no conviction.</summary>
    CrimeReported,

    /// <summary>Insolvent, or in a procedure for those who cannot pay.</summary>
    Insolvent,

    /// <summary>Warned or acted against by a regulator.</summary>
    RegulatorAction,

    /// <summary>A company that was dissolved, or is about to be struck off.</summary>
    Dissolved,
}

/// <summary>How grave a finding is.</summary>
public enum Severity
{
    /// <summary>Look at it before anything else.</summary>
    High,

    /// <summary>Look at it before deciding.</summary>
    Medium,

    /// <summary>Know of it.</summary>
    Low,

    /// <summary>It has ended: background.</summary>
    Past,
}

/// <summary>Whether something is a finding yet.</summary>
public enum FindingStatus
{
    /// <summary>Every match it passes through was judged to be the same subject, or it passes through none.</summary>
    Confirmed,

    /// <summary>It passes through a match that nobody has judged, or of which people are unsure or disagree: it is not a finding.</summary>
    Possible,
}

/// <summary>Something that speaks against a bidder, or against somebody connected with it.</summary>
/// <param name="Id">Names it within the bidder's result; stable while the picture stays as it is.</param>
/// <param name="Kind">What it is.</param>
/// <param name="What">The same in plain words: "Disqualified as a director".</param>
/// <param name="Severity">How grave.</param>
/// <param name="Status">Whether it is a finding or only possible.</param>
/// <param name="StatusText">The same in plain words, with what to do.</param>
/// <param name="Past">True if it has ended.</param>
/// <param name="From">Since when, as shown; may be empty.</param>
/// <param name="Until">Until when, as shown; may be empty.</param>
/// <param name="About">About whom.</param>
/// <param name="Record">The record that says so.</param>
/// <param name="Ties">How many ties lie between the bidder and them; 0 for the bidder itself.</param>
/// <param name="Former">True if one of those ties has ended.</param>
/// <param name="Details">What the source says of it: programme, reason, court.</param>
/// <param name="Path">How it leads from the bidder to them.</param>
/// <param name="Sources">What it rests on.</param>
public sealed record Finding(
    string Id,
    FindingKind Kind,
    string What,
    Severity Severity,
    FindingStatus Status,
    string StatusText,
    bool Past,
    string From,
    string Until,
    SubjectRef About,
    RecordRef Record,
    int Ties,
    bool Former,
    IReadOnlyList<Detail> Details,
    IReadOnlyList<PathPart> Path,
    IReadOnlyList<Basis> Sources
)
{
    /// <summary>When, in words: "since 1 March 2022", "on 20 February 2024"; may be empty.</summary>
    public string When { get; init; } = "";

    /// <summary>All records of the entity that say so: one matter told by several sources is one finding. <see cref="Record"/> is the first.</summary>
    public IReadOnlyList<RecordRef> Records { get; init; } = [];
}

/// <summary>A statement that something rests on.</summary>
/// <param name="Source">Where it was said.</param>
/// <param name="Record">Whose record says it.</param>
/// <param name="Says">What is said: "Topics: Sanctioned entity".</param>
/// <param name="Date">When it came in.</param>
/// <param name="Label">Who may see it, as a label is written.</param>
/// <param name="Opinion">True if it is somebody's assessment and not said to be fact.</param>
public sealed record Basis(SourceRef Source, RecordId Record, string Says, DateOnly Date, string Label, bool Opinion);

/// <summary>One part of the way from a bidder to somebody: a tie between two subjects, or a match between two records of one subject.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "part")]
[JsonDerivedType(typeof(TieStep), "tie")]
[JsonDerivedType(typeof(MatchUse), "match")]
public abstract record PathPart;

/// <summary>A tie from one subject to another.</summary>
/// <param name="From">Where it starts.</param>
/// <param name="Phrase">"is owned by", "is directed by".</param>
/// <param name="To">Where it leads.</param>
/// <param name="Role">The role or share that the tie states; may be empty.</param>
/// <param name="Since">When it began, as shown; may be empty.</param>
/// <param name="Until">When it ended, as shown; may be empty.</param>
/// <param name="Former">True if it has ended.</param>
/// <param name="Tie">The record that says so.</param>
/// <param name="Basis">Where it was said, when it came in, who may see it.</param>
public sealed record TieStep(SubjectRef From, string Phrase, SubjectRef To, string Role, string Since, string Until, bool Former, RecordId Tie, Basis Basis)
    : PathPart;

/// <summary>What people have said of a match.</summary>
public enum MatchState
{
    /// <summary>Nobody has judged it.</summary>
    Unjudged,

    /// <summary>Judged to be the same.</summary>
    Same,

    /// <summary>Looked at; nobody could say.</summary>
    Unsure,

    /// <summary>People disagree.</summary>
    Disputed,

    /// <summary>Judged to be different.</summary>
    Different,
}

/// <summary>A match between two records, as something rests on it.</summary>
/// <param name="Left">One record: the one nearer to the bidder.</param>
/// <param name="Right">The other.</param>
/// <param name="Probability">How likely they are the same, 0 to 1.</param>
/// <param name="State">What people have said of it.</param>
/// <param name="StateText">The same in plain words, with who and why.</param>
/// <param name="Judgements">What people decided, newest first.</param>
/// <param name="Evidence">What speaks for it and against it, strongest first.</param>
public sealed record MatchUse(
    RecordRef Left,
    RecordRef Right,
    double Probability,
    MatchState State,
    string StateText,
    IReadOnlyList<JudgementRef> Judgements,
    IReadOnlyList<EvidenceLine> Evidence
) : PathPart;

/// <summary>What a person decided of a match.</summary>
/// <param name="Verdict">What.</param>
/// <param name="Reason">Why, in their words.</param>
/// <param name="By">Who.</param>
/// <param name="Agency">For which agency.</param>
/// <param name="At">When.</param>
public sealed record JudgementRef(Verdict Verdict, string Reason, string By, string Agency, DateTimeOffset At);

/// <summary>What one field added to a match, or took from it.</summary>
/// <param name="Field">"Name", "Date".</param>
/// <param name="Left">The value on the left.</param>
/// <param name="Right">The value on the right.</param>
/// <param name="Says">In plain words: "same surname, one letter differs in the first name".</param>
/// <param name="Bits">Weight of evidence: positive for the same subject, negative against.</param>
public sealed record EvidenceLine(string Field, string Left, string Right, string Says, double Bits);
