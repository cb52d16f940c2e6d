namespace FourStrands.Picture;

/// <summary>
/// Where a reader of an outside format puts what it reads: records, each with its statements, and
/// the parts of the file that could not be used.
/// </summary>
/// <remarks>
/// Calls come in the order <see cref="Begin"/>, any number of <c>Add</c>, <see cref="End"/>, once per
/// record; <see cref="Reject"/> at any time. A record may be begun again later in the same file: its
/// statements are then added to what was said before.
/// </remarks>
public interface IRecordSink
{
    /// <summary>Starts what the source says of one subject.</summary>
    /// <param name="key">The source's own identifier of the subject, unique within the source.</param>
    /// <param name="schema">What kind of subject it is.</param>
    void Begin(ReadOnlySpan<char> key, Schema schema);

    /// <summary>
    /// Adds one value. For a property of type entity the value is the other subject's key in the same source.
    /// Empty values are ignored; repeated ones are kept once.
    /// </summary>
    void Add(Property property, ReadOnlySpan<char> value);

    /// <summary>As <see cref="Add(Property, ReadOnlySpan{char})"/>, for text that is already UTF-8.</summary>
    void AddUtf8(Property property, ReadOnlySpan<byte> value);

    /// <summary>Ends the record.</summary>
    void End();

    /// <summary>Notes a part of the file that could not be used. The rest of the file goes in.</summary>
    void Reject(Rejection rejection);
}

/// <summary>A part of an imported file that could not be used, and why.</summary>
/// <param name="Line">Line (1 is the first) or, for formats without lines, the number of the item; 0 for the file as a whole.</param>
/// <param name="Field">The column or property, or empty when the whole line is meant.</param>
/// <param name="Reason">What is wrong and what to do, in plain words.</param>
/// <param name="Excerpt">The offending text, at most 200 characters.</param>
public sealed record Rejection(long Line, string Field, string Reason, string Excerpt)
{
    /// <summary>True if more is missing than this part: the file ended early, is damaged or cannot be read at all, or passed a limit.</summary>
    public bool EndsReading { get; init; }
}
