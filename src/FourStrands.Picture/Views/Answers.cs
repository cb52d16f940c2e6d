namespace FourStrands.Picture;

/// <summary>Fact or opinion (Data Protection Act 2018, section 38(2)).</summary>
public enum StatementKind : byte
{
    /// <summary>Said to be so by the source.</summary>
    Fact,

    /// <summary>Somebody's personal assessment.</summary>
    Opinion,
}

/// <summary>Where something was said.</summary>
/// <param name="Id">Names the source in addresses and the API.</param>
/// <param name="Name">"US Treasury: Specially Designated Nationals".</param>
/// <param name="Owner">The agency that brought it in.</param>
/// <param name="Grade">Source grade in 3x5x2 terms, such as "1 reliable"; empty for published registers.</param>
public sealed record Source(RecordId Id, string Name, string Owner, string Grade);

/// <summary>A value with what stands behind it.</summary>
/// <param name="Property">What is said.</param>
/// <param name="Value">As kept; for a property of type entity the other record's identifier.</param>
/// <param name="Record">Whose record says it.</param>
/// <param name="Source">Where it was said.</param>
/// <param name="Label">Who may see it.</param>
/// <param name="Date">When it came in.</param>
/// <param name="Kind">Fact or opinion.</param>
public sealed record Said(Property Property, string Value, RecordId Record, Source Source, Label Label, DateOnly Date, StatementKind Kind)
{
    /// <summary>The value as shown to a person.</summary>
    public string Shown => Property.Type.Show(Value);
}

/// <summary>Everything one source says of one subject, so far as the viewer may see it.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Schema">What kind of subject it is.</param>
/// <param name="Source">The source.</param>
/// <param name="Key">The source's own identifier of the subject.</param>
/// <param name="Statements">What it says, ties to other records included, in the order of property and value.</param>
public sealed record RecordView(RecordId Id, Schema Schema, Source Source, string Key, IReadOnlyList<Said> Statements)
{
    /// <summary>The visible values of a property, as kept.</summary>
    public IEnumerable<string> Values(string property) => Statements.Where(s => s.Property.Name == property).Select(s => s.Value);
}

/// <summary>What a person decided of two records.</summary>
public enum Verdict : byte
{
    /// <summary>They are the same subject.</summary>
    Same,

    /// <summary>They are not.</summary>
    Different,

    /// <summary>Looked at, cannot say.</summary>
    Unsure,
}

/// <summary>A named person's decision whether two records are the same subject. A later one of the same agency replaces an earlier one.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Left">The record with the smaller identifier.</param>
/// <param name="Right">The other.</param>
/// <param name="Verdict">What was decided.</param>
/// <param name="Reason">Why, in their words.</param>
/// <param name="By">Display name of who decided.</param>
/// <param name="Agency">The agency they decided for.</param>
/// <param name="At">When.</param>
/// <param name="Label">Who may see the decision.</param>
public sealed record Judgement(
    RecordId Id,
    RecordId Left,
    RecordId Right,
    Verdict Verdict,
    string Reason,
    string By,
    string Agency,
    DateTimeOffset At,
    Label Label
);

/// <summary>Evidence that two records are the same subject.</summary>
/// <param name="Left">One record.</param>
/// <param name="Right">The other.</param>
/// <param name="Probability">0 to 1, from the visible values alone.</param>
/// <param name="Judgements">What people decided of it, newest first; empty while nobody has.</param>
public sealed record Match(RecordId Left, RecordId Right, double Probability, IReadOnlyList<Judgement> Judgements)
{
    /// <summary>The newest decision, or null.</summary>
    public Judgement? Judgement => Judgements.Count > 0 ? Judgements[0] : null;

    /// <summary>Of a match with a record outside an entity: that record.</summary>
    public RecordId Beyond(Entity entity) => entity.Records.Any(r => r.Id == Left) ? Right : Left;
}

/// <summary>The records that matches visible to the viewer join together.</summary>
/// <param name="Id">The smallest of its visible records' identifiers. Any member's identifier finds it.</param>
/// <param name="Caption">Its title: the best name.</param>
/// <param name="Schema">The most specific kind its records agree on.</param>
/// <param name="Records">Its records, by identifier.</param>
/// <param name="Matches">What joins them, strongest first.</param>
public sealed record Entity(RecordId Id, string Caption, Schema Schema, IReadOnlyList<RecordView> Records, IReadOnlyList<Match> Matches)
{
    /// <summary>All that is said, grouped by property in the order pages show them; conflicting values stand side by side.</summary>
    public IEnumerable<IGrouping<Property, Said>> Properties =>
        Records
            .SelectMany(r => r.Statements)
            .Where(s => !s.Property.Type.IsEntity)
            .OrderBy(s => Place(s.Property))
            .ThenBy(s => s.Property.Label, StringComparer.Ordinal)
            .ThenBy(s => s.Value, StringComparer.Ordinal)
            .ThenBy(s => s.Record)
            .GroupBy(s => s.Property);

    /// <summary>What a person knows the subject by comes first, in the order its kind gives.</summary>
    private int Place(Property property)
    {
        for (int i = 0; i < Schema.Featured.Count; i++)
        {
            if (Schema.Featured[i].Name == property.Name)
                return i;
        }
        return property.IsFeatured ? Schema.Featured.Count : int.MaxValue;
    }

    /// <summary>The visible values of a property of that name, each once, in ordinal order.</summary>
    public IEnumerable<string> Values(string property) =>
        Records.SelectMany(r => r.Values(property)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}

/// <summary>An entity's name and kind, for lists.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Caption">Its title.</param>
/// <param name="Schema">Its kind.</param>
/// <param name="Summary">One line that tells it from others of the same name: birth date, country, number.</param>
/// <param name="Topics">Its visible topics, such as <c>sanction</c>, in ordinal order.</param>
public sealed record EntitySummary(RecordId Id, string Caption, Schema Schema, string Summary, IReadOnlyList<string> Topics);

/// <summary>How one entity is tied to another.</summary>
/// <param name="Other">The entity at the other end.</param>
/// <param name="Tie">The record that says so (an Ownership, a Directorship …), or the record whose own property points at the other.</param>
/// <param name="Property">The property through which the other end is named.</param>
/// <param name="Phrase">Said from this entity to the other, in plain words: "is owned by", "director of".</param>
/// <param name="Outgoing">True if this entity is the tie's source end (the owner, the director).</param>
public sealed record Connection(EntitySummary Other, RecordView Tie, Property Property, string Phrase, bool Outgoing);

/// <summary>One found entity.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Matched">The value that was found, as shown.</param>
public sealed record SearchHit(EntitySummary Entity, string Matched);

/// <summary>A page of what a search found.</summary>
/// <param name="Hits">The page.</param>
/// <param name="Records">How many visible records matched, exact to <see cref="View.CountLimit"/>.</param>
/// <param name="More">True if there are further pages.</param>
public sealed record SearchResults(IReadOnlyList<SearchHit> Hits, int Records, bool More);

/// <summary>What to offer while a person types.</summary>
/// <param name="Text">The name.</param>
/// <param name="Id">Whose it is.</param>
/// <param name="Schema">Its kind.</param>
public sealed record Suggestion(string Text, RecordId Id, Schema Schema);

/// <summary>A record that may be the subject that was asked about.</summary>
/// <param name="Record">The record.</param>
/// <param name="Probability">0 to 1.</param>
public sealed record Candidate(RecordView Record, double Probability);

/// <summary>Two records that are taken to be one subject, where a way goes from the one to the other.</summary>
/// <param name="From">The record nearer to the start of the way.</param>
/// <param name="To">The other.</param>
/// <param name="Match">What joins them.</param>
public sealed record PathMatch(RecordView From, RecordView To, Match Match);

/// <summary>One step of a path.</summary>
/// <param name="From">Where it starts.</param>
/// <param name="Connection">How it goes on.</param>
public sealed record PathStep(EntitySummary From, Connection Connection)
{
    /// <summary>
    /// The matches on which it rests that the subject it starts from is the one that was come to: from the record that the step before arrives at
    /// to the one that this step leaves from. Of the first step: all that joins its records to the one that is left from.
    /// </summary>
    public IReadOnlyList<PathMatch> Matches { get; init; } = [];
}

/// <summary>A shortest way from one entity to another.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="Steps">The steps; none if start and end are the same entity.</param>
public sealed record EntityPath(EntitySummary Start, IReadOnlyList<PathStep> Steps)
{
    /// <summary>All that joins the end's records to the one that the way arrives at; of a way without steps, all that joins the subject's.</summary>
    public IReadOnlyList<PathMatch> AtEnd { get; init; } = [];
}

/// <summary>A source as listed.</summary>
/// <param name="Source">The source.</param>
/// <param name="Records">Visible records of it.</param>
/// <param name="Statements">Visible statements of it, ties to other records apart.</param>
/// <param name="Imports">Its visible imports, newest first.</param>
public sealed record SourceSummary(Source Source, int Records, int Statements, IReadOnlyList<ImportSummary> Imports)
{
    /// <summary>When it was last brought in (its content may be older), so far as the viewer may know.</summary>
    public DateTimeOffset? Updated => Imports.Count > 0 ? Imports[0].At : null;
}

/// <summary>An import as listed.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Source">Into which source.</param>
/// <param name="FileName">The file's name.</param>
/// <param name="Format">The format it was read as.</param>
/// <param name="By">Who brought it in; of what another agency released, the agency, as shown.</param>
/// <param name="At">When it was committed.</param>
/// <param name="Label">The label its statements bear.</param>
/// <param name="Records">Records in the file.</param>
/// <param name="Statements">Statements it added.</param>
/// <param name="Unchanged">Statements that were said before, in this file or by an earlier import.</param>
/// <param name="Withdrawn">Statements that the source no longer makes (complete imports only).</param>
/// <param name="Rejected">Parts of the file that could not be used.</param>
public sealed record ImportSummary(
    RecordId Id,
    Source Source,
    string FileName,
    string Format,
    string By,
    DateTimeOffset At,
    Label Label,
    long Records,
    long Statements,
    long Unchanged,
    long Withdrawn,
    long Rejected
)
{
    /// <summary>True if nothing of the source had come in under this label before: what was there already can then only be said twice in the file.</summary>
    public bool IsFirst { get; init; }

    /// <summary>True if it was in already, and bringing the same in again changed nothing.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>When all that it said ended: a release that ran out or was taken back; null while it lasts.</summary>
    public DateTimeOffset? Ended { get; init; }
}

/// <summary>What to bring in.</summary>
/// <param name="SourceName">The source's name; one is made if the agency has none of that name.</param>
/// <param name="Label">The label of every statement.</param>
/// <param name="FileName">The file's name, for the record.</param>
/// <param name="Format">The format's name, for the record.</param>
public sealed record ImportRequest(string SourceName, Label Label, string FileName, string Format)
{
    /// <summary>True if the file is the whole of the source as it now stands: what it no longer says is withdrawn.</summary>
    public bool Complete { get; init; }

    /// <summary>
    /// Of a complete import: true if what it no longer says is to be withdrawn although parts of it could not be used. Without it
    /// such an import is refused, because what could not be read would count as what is said no more.
    /// </summary>
    public bool DespiteRejections { get; init; }

    /// <summary>Fact or opinion.</summary>
    public StatementKind Kind { get; init; }

    /// <summary>Source grade in 3x5x2 terms; empty for published registers.</summary>
    public string Grade { get; init; } = "";

    /// <summary>The schedule of the agency's that it is kept under; null for that of the source's last file, else the agency's default.</summary>
    public RecordId? Schedule { get; init; }

    /// <summary>The source's own date, from which a schedule may count; null if it is not known.</summary>
    public DateOnly? Dated { get; init; }

    /// <summary>SHA-256 of the whole file if known beforehand: an import of the same bytes is recognised at once and changes nothing.</summary>
    public byte[]? Sha256 { get; init; }
}

/// <summary>Something a user wrote, kept under a label: a check, a note.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Kind">What it is: <c>check</c>.</param>
/// <param name="Label">Who may see it.</param>
/// <param name="By">Display name of who wrote it.</param>
/// <param name="At">When it was last written.</param>
/// <param name="Content">JSON.</param>
public sealed record Document(RecordId Id, string Kind, Label Label, string By, DateTimeOffset At, string Content);
