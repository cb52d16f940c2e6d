using FourStrands.Linkage;

namespace FourStrands.Picture;

/// <summary>
/// All of the picture that a viewer may see; the only way to read it. Every answer is the same, byte for byte, as from a
/// store that never held what the viewer may not see. Safe for use by several threads; each question sees one state of the store.
/// </summary>
public sealed partial class View
{
    /// <summary>Counts are exact up to this; above it pages say "more than 10,000".</summary>
    public const int CountLimit = 10_000;

    /// <summary>Who asks.</summary>
    public Viewer Viewer => throw new NotSupportedException();

    /// <summary>
    /// Finds entities by any part of a name or an identifier: every word must match a word of the value, or begin one; if few do,
    /// misspelt names are found too.
    /// </summary>
    /// <param name="text">What was typed.</param>
    /// <param name="schema">Only this kind, or null.</param>
    /// <param name="offset">How many to skip.</param>
    /// <param name="limit">How many to return.</param>
    public SearchResults Search(string text, Schema? schema = null, int offset = 0, int limit = 20) => throw new NotSupportedException();

    /// <summary>Names to offer while a person types.</summary>
    public IReadOnlyList<Suggestion> Suggest(string text, int limit = 8) => throw new NotSupportedException();

    /// <summary>The entity that a record belongs to; null if there is no such record (in this view: nobody is told of others).</summary>
    public Entity? Find(RecordId record) => throw new NotSupportedException();

    /// <summary>An entity's title line.</summary>
    public EntitySummary Summarise(Entity entity) => throw new NotSupportedException();

    /// <summary>How an entity is tied to others, ordered by kind of tie, then the other's caption, then identifiers.</summary>
    public IReadOnlyList<Connection> Connections(Entity entity) => throw new NotSupportedException();

    /// <summary>
    /// Records outside the entity that may be the same subject: neither so likely as to be joined nor judged different; most likely first.
    /// </summary>
    public IReadOnlyList<(EntitySummary Other, Match Match)> PossibleMatches(Entity entity) => throw new NotSupportedException();

    /// <summary>What joins two records, or would: the visible values compared; null if either is not there or they cannot be compared.</summary>
    public Explanation? Explain(RecordId left, RecordId right) => throw new NotSupportedException();

    /// <summary>A shortest way from one entity to another over at most <paramref name="ties"/> ties; null if there is none.</summary>
    public EntityPath? FindPath(RecordId from, RecordId to, int ties = 6) => throw new NotSupportedException();

    /// <summary>
    /// Finds the records that somebody described by these values may be, misspelt names included; most likely first.
    /// </summary>
    /// <param name="kind">What is described.</param>
    /// <param name="values">Its values.</param>
    /// <param name="threshold">The least probability returned.</param>
    /// <param name="limit">How many to return.</param>
    public IReadOnlyList<Candidate> Screen(SubjectKind kind, IReadOnlyList<FieldValue> values, double threshold = Comparison.PossibleAt, int limit = 20) => throw new NotSupportedException();

    /// <summary>As <see cref="Screen(SubjectKind, IReadOnlyList{FieldValue}, double, int)"/>, for an entity in the view, its own records left out.</summary>
    public IReadOnlyList<Candidate> Screen(Entity entity, double threshold = Comparison.PossibleAt, int limit = 20) => throw new NotSupportedException();

    /// <summary>
    /// Records a decision on two visible records. It is kept, reused wherever the two meet, and can be replaced by a later one.
    /// </summary>
    /// <param name="left">One record.</param>
    /// <param name="right">The other.</param>
    /// <param name="verdict">What was decided.</param>
    /// <param name="reason">Why, in the person's words.</param>
    /// <returns>The judgement as kept, labelled with all that the evidence shown to the viewer bears.</returns>
    /// <exception cref="KeyNotFoundException">One of them is not there.</exception>
    public Judgement Judge(RecordId left, RecordId right, Verdict verdict, string reason) => throw new NotSupportedException();

    /// <summary>The sources of which anything is visible, by name.</summary>
    public IReadOnlyList<SourceSummary> Sources() => throw new NotSupportedException();

    /// <summary>What an import rejected, by line; empty if there is no such import.</summary>
    public IReadOnlyList<Rejection> Rejections(RecordId import, int limit = 1000) => throw new NotSupportedException();

    /// <summary>
    /// Begins to bring records in. Nothing is visible, and nothing kept, before <see cref="ImportSession.Commit"/>.
    /// One import runs at a time; others wait.
    /// </summary>
    public ImportSession BeginImport(ImportRequest request) => throw new NotSupportedException();

    /// <summary>Every visible record, by identifier; of one source if given.</summary>
    public IEnumerable<RecordView> Export(RecordId? source = null) => throw new NotSupportedException();

    /// <summary>Keeps something the viewer wrote; with the identifier of one kept before, replaces it.</summary>
    public Document Write(string kind, string content, Label label, RecordId? replaces = null) => throw new NotSupportedException();

    /// <summary>Reads it back; null if there is none.</summary>
    public Document? Read(RecordId document) => throw new NotSupportedException();

    /// <summary>What was written of a kind, newest first.</summary>
    public IReadOnlyList<Document> Documents(string kind) => throw new NotSupportedException();
}
