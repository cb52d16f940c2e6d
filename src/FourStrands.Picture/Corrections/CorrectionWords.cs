using System.Text.Json.Serialization;

namespace FourStrands.Picture;

/// <summary>What somebody found to be wrong, and what is right.</summary>
/// <param name="Target">What is wrong: a value, a record or a file, named as what is erased is named.</param>
/// <param name="Reason">What is wrong with it, in the person's words. Those to whom it was released read it.</param>
public sealed record CorrectionOrder(ErasureTarget Target, string Reason)
{
    /// <summary>Of a value: what is right, which the same source then says under the same label; null to withdraw it and say nothing in its place.</summary>
    public string? Right { get; init; }

    /// <summary>
    /// True to let the right value take the place of the wrong one in what was released. A release of which that cannot be done, because others have to agree to it, ends; without
    /// this each does that showed it.
    /// </summary>
    public bool InReleases { get; init; }
}

/// <summary>One value that was corrected.</summary>
/// <param name="Record">Whose it was.</param>
/// <param name="Property">The property's name.</param>
/// <param name="Was">What was said, as kept.</param>
/// <param name="Now">What is said now, as kept; null for nothing.</param>
public sealed record CorrectedValue(RecordId Record, string Property, string Was, string? Now);

/// <summary>What was corrected under one label: known to those of the agency who could see it.</summary>
/// <param name="Kind">A value, a record or a file.</param>
/// <param name="Target">The record or the import.</param>
/// <param name="Values">The values, the first <see cref="Corrections.MostKept"/> of them; ties to other records are not among them.</param>
/// <param name="Statements">How many statements were withdrawn, ties apart.</param>
/// <param name="Reason">What was wrong with it, in the person's words.</param>
/// <param name="By">Display name of who corrected it.</param>
/// <param name="At">When.</param>
/// <param name="Import">The import by which the source says so.</param>
public sealed record Correction(
    ErasureKind Kind,
    RecordId Target,
    IReadOnlyList<CorrectedValue> Values,
    int Statements,
    string Reason,
    string By,
    DateTimeOffset At,
    RecordId Import
)
{
    /// <summary>Its identifier.</summary>
    [JsonIgnore]
    public RecordId Id { get; init; }

    /// <summary>Who may know of it.</summary>
    [JsonIgnore]
    public Label Label { get; init; } = Label.Public;
}

/// <summary>A release that shows what is to be corrected.</summary>
/// <param name="Release">The release.</param>
/// <param name="EndsBecause">Why it ends whatever is chosen; empty if the right value can take the wrong one's place in it.</param>
public sealed record ReleaseToCorrect(Release Release, string EndsBecause);

/// <summary>What a correction would take out of the picture, so far as who asks may see it.</summary>
/// <param name="Source">The source that says it.</param>
/// <param name="Statements">How many statements would be withdrawn, ties apart.</param>
/// <param name="Releases">The releases of it that are out and that they may know of.</param>
public sealed record CorrectionPreview(Source Source, int Statements, IReadOnlyList<ReleaseToCorrect> Releases);

/// <summary>Something cannot be corrected so; the message is for people and says why.</summary>
public sealed class CorrectionException(string message, string field = "") : Exception(message)
{
    /// <summary>The field of a form that it is about; empty for none.</summary>
    public string Field { get; } = field;
}
