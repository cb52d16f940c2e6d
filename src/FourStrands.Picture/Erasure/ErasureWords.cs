namespace FourStrands.Picture;

/// <summary>What can be erased in one act.</summary>
public enum ErasureKind
{
    /// <summary>One value of a record.</summary>
    Statement,

    /// <summary>All that a source says of a subject.</summary>
    Record,

    /// <summary>All that an import brought in.</summary>
    Import,
}

/// <summary>What is to be erased.</summary>
public sealed record ErasureTarget
{
    private ErasureTarget(ErasureKind kind, RecordId id, string property, string value) => (Kind, Id, Property, Value) = (kind, id, property, value);

    /// <summary>What it is.</summary>
    public ErasureKind Kind { get; }

    /// <summary>The record, or the import.</summary>
    public RecordId Id { get; }

    /// <summary>Of a statement: the property's name; else empty.</summary>
    public string Property { get; }

    /// <summary>Of a statement: the value as kept; else empty.</summary>
    public string Value { get; }

    /// <summary>A value of a record, under whatever label the record says it that the person may see.</summary>
    /// <param name="record">The record.</param>
    /// <param name="property">The property's name, such as <c>birthDate</c>.</param>
    /// <param name="value">The value as kept; for a property of type entity the other record's identifier.</param>
    public static ErasureTarget OfStatement(RecordId record, string property, string value) => new(ErasureKind.Statement, record, property, value);

    /// <summary>A record: all that it says, and what other records of the same source say of it.</summary>
    public static ErasureTarget OfRecord(RecordId record) => new(ErasureKind.Record, record, "", "");

    /// <summary>An import: all that it brought in. What a later import of the same source only said again goes with it.</summary>
    public static ErasureTarget OfImport(RecordId import) => new(ErasureKind.Import, import, "", "");
}

/// <summary>A document that goes with an erasure.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Kind">What it is: <c>check</c>.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="At">When.</param>
public sealed record ErasedDocument(RecordId Id, string Kind, string By, DateTimeOffset At);

/// <summary>What an erasure takes, so far as who asks may see it. What rests on it elsewhere is told to those whose it is.</summary>
/// <param name="Source">The source that says it.</param>
/// <param name="Statements">How many statements go, kinds of record not counted.</param>
/// <param name="Records">The records of which nothing is left then that the person may see.</param>
/// <param name="Ties">Of the statements: how many of other records point at one that goes.</param>
/// <param name="Documents">Documents of the own agency that quote it, and go too.</param>
/// <param name="Judgements">Judgements of the own agency that go with a record, or lose their reason because it quotes what goes; those that a sanitised release made by itself are not counted.</param>
/// <param name="Rejections">Excerpts of rejected rows that quote it, and go too.</param>
/// <param name="HoldReasons">Holds of the own agency, on something else or lifted, that lose their reason because it quotes what goes.</param>
/// <param name="Holds">Holds that forbid it; none if it can be done.</param>
public sealed record ErasurePreview(
    Source Source,
    int Statements,
    IReadOnlyList<RecordId> Records,
    int Ties,
    IReadOnlyList<ErasedDocument> Documents,
    int Judgements,
    int Rejections,
    int HoldReasons,
    IReadOnlyList<Hold> Holds
);

/// <summary>Something that was erased: that, not what.</summary>
/// <param name="Id">Names the erasure.</param>
/// <param name="At">When.</param>
/// <param name="By">Display name of who did it.</param>
/// <param name="Reason">Why, in their words.</param>
/// <param name="Kind">A statement, a record or an import.</param>
/// <param name="Statements">How many statements went, kinds of record not counted.</param>
/// <param name="Label">Who may know of it: those who could see what was erased.</param>
public sealed record Erasure(RecordId Id, DateTimeOffset At, string By, string Reason, ErasureKind Kind, int Statements, Label Label)
{
    /// <summary>
    /// False if it is gone from the picture and from every table, but the journal or freed pages could not be emptied because somebody, such as a backup, is reading
    /// an older state: that is done at the next erasure or start.
    /// </summary>
    public bool IsFinished { get; init; } = true;
}

/// <summary>What a hold is on.</summary>
public enum HoldKind
{
    /// <summary>A source.</summary>
    Source,

    /// <summary>A record.</summary>
    Record,

    /// <summary>An import.</summary>
    Import,
}

/// <summary>A named person's word that something must not be erased: a case, an inquiry, a court's order.</summary>
/// <param name="Id">Names the hold.</param>
/// <param name="Kind">What it is on.</param>
/// <param name="Target">The source, record or import.</param>
/// <param name="Reason">Why, in their words.</param>
/// <param name="By">Display name of who placed it.</param>
/// <param name="At">When.</param>
/// <param name="LiftedBy">Display name of who lifted it; null while it holds.</param>
/// <param name="LiftedAt">When it was lifted; null while it holds.</param>
/// <param name="LiftedReason">Why it was lifted; null while it holds.</param>
public sealed record Hold(
    RecordId Id,
    HoldKind Kind,
    RecordId Target,
    string Reason,
    string By,
    DateTimeOffset At,
    string? LiftedBy,
    DateTimeOffset? LiftedAt,
    string? LiftedReason
);

/// <summary>That something is seen no more: it was erased, or its release ended.</summary>
public sealed class GoneEventArgs : EventArgs
{
    private readonly IReadOnlyList<Label> labels;

    internal GoneEventArgs(IReadOnlyList<Label> labels) => this.labels = labels;

    /// <summary>Could that person see any of it?</summary>
    public bool WasSeenBy(Viewer viewer) => labels.Any(viewer.MaySee);
}

/// <summary>Something cannot be erased, or held; the message is for people and says why.</summary>
public sealed class ErasureException(string message) : Exception(message);
