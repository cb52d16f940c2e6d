using System.Text.Json.Serialization;

namespace FourStrands.Picture;

/// <summary>What one agency asks of another.</summary>
public enum RequestKind
{
    /// <summary>What do you know of this? Asked without learning whether there is anything.</summary>
    Access,

    /// <summary>May this, which we see, be shown to others as well?</summary>
    Release,

    /// <summary>You gave it: may we pass it on? The release waits for the answer.</summary>
    Originator,
}

/// <summary>An answer to a request.</summary>
/// <param name="Agreed">Yes or no.</param>
/// <param name="Text">In their words.</param>
/// <param name="ByName">Who answered, as shown.</param>
/// <param name="At">When.</param>
public sealed record Answer(bool Agreed, string Text, string ByName, DateTimeOffset At);

/// <summary>What one agency asks another. Both see it, and nobody else; one to an originator, of the agency that asks those who may see what it quotes.</summary>
/// <param name="Kind">What kind it is.</param>
/// <param name="From">The agency that asks, as labels name it.</param>
/// <param name="To">The agency that is asked.</param>
/// <param name="ByName">Who asks, as shown.</param>
/// <param name="At">When.</param>
/// <param name="Text">What they ask, in their words.</param>
public sealed record Request(RequestKind Kind, string From, string To, string ByName, DateTimeOffset At, string Text)
{
    /// <summary>What it is for, as labels name purposes; empty if not said.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>The record that it is about, which both see; null for none.</summary>
    public RecordId? Record { get; init; }

    /// <summary>Who is to see it, in the asking person's words or as a label; empty if they themselves.</summary>
    public string Wanted { get; init; } = "";

    /// <summary>Of a question to an originator: what is to be passed on, a value a line.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Of a question to an originator, where those keep it who ask: which records say so. With what is erased there it goes.</summary>
    [JsonInclude]
    internal IReadOnlyList<ReleasedValue> Quoted { get; init; } = [];

    /// <summary>Of a question to an originator: the same, as the other agency has it.</summary>
    [JsonInclude]
    internal RecordId? Other { get; init; }

    /// <summary>Its identifier.</summary>
    [JsonIgnore]
    public RecordId Id { get; init; }

    /// <summary>What was answered; null while nobody has.</summary>
    [JsonIgnore]
    public Answer? Answer { get; init; }
}

/// <summary>A value that was wrong, as those saw it whom the notice is to.</summary>
/// <param name="Property">The property's name.</param>
/// <param name="Was">What they saw; empty for a tie to another record.</param>
/// <param name="Now">What they see now; null for nothing.</param>
public sealed record NoticeChange(string Property, string Was, string? Now)
{
    /// <summary>Whose it was, by the record that they saw: when that says it no more because it was erased, the notice goes too.</summary>
    public RecordId Record { get; init; }
}

/// <summary>That an agency has read a notice.</summary>
/// <param name="Agency">The agency.</param>
/// <param name="ByName">Who said so, as shown.</param>
/// <param name="At">When.</param>
public sealed record Receipt(string Agency, string ByName, DateTimeOffset At);

/// <summary>That something others were shown is not to be relied on any more.</summary>
/// <param name="Agency">The agency that says so.</param>
/// <param name="At">When.</param>
/// <param name="Sources">The names of the sources in which it was shown.</param>
/// <param name="Subjects">Whom or what it was about: the records' titles.</param>
/// <param name="Text">Why, in their words.</param>
public sealed record Notice(string Agency, DateTimeOffset At, IReadOnlyList<string> Sources, IReadOnlyList<string> Subjects, string Text)
{
    /// <summary>What of it was wrong; empty if it was taken back as it was.</summary>
    public IReadOnlyList<NoticeChange> Changes { get; init; } = [];

    /// <summary>True if nothing of it is shown any more; false if it is shown, corrected.</summary>
    public bool Ended { get; init; } = true;

    /// <summary>Who acknowledged it, of whom the reader may know: their own agency, and to whoever gave it each.</summary>
    [JsonIgnore]
    public IReadOnlyList<Receipt> Receipts { get; init; } = [];

    /// <summary>True if something was erased, on which what one keeps oneself rests.</summary>
    [JsonIgnore]
    public bool IsErasure { get; init; }

    /// <summary>Its identifier.</summary>
    [JsonIgnore]
    public RecordId Id { get; init; }
}
