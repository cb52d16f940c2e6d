namespace FourStrands.Picture;

/// <summary>
/// An import under way. Put records in, then <see cref="Commit"/>; disposing it uncommitted leaves no trace.
/// </summary>
public sealed class ImportSession : IRecordSink, IDisposable
{
    /// <summary>Records begun so far.</summary>
    public long Records => throw new NotSupportedException();

    /// <summary>Statements taken so far.</summary>
    public long Statements => throw new NotSupportedException();

    /// <summary>Parts rejected so far.</summary>
    public long Rejected => throw new NotSupportedException();

    /// <inheritdoc />
    public void Begin(ReadOnlySpan<char> key, Schema schema) => throw new NotSupportedException();

    /// <inheritdoc />
    public void Add(Property property, ReadOnlySpan<char> value) => throw new NotSupportedException();

    /// <inheritdoc />
    public void AddUtf8(Property property, ReadOnlySpan<byte> value) => throw new NotSupportedException();

    /// <inheritdoc />
    public void End() => throw new NotSupportedException();

    /// <inheritdoc />
    public void Reject(Rejection rejection) => throw new NotSupportedException();

    /// <summary>
    /// The identifier that a record with this key has, or will have, in the source being imported into.
    /// </summary>
    public RecordId IdentifierOf(string key) => throw new NotSupportedException();

    /// <summary>
    /// Makes the import durable and visible, all of it at once, and links its records to what is there.
    /// The same content, from the same source under the same label, changes nothing and returns the earlier import.
    /// </summary>
    /// <param name="progress">Told the share of linking done, 0 to 1.</param>
    public ImportSummary Commit(IProgress<double>? progress = null) => throw new NotSupportedException();

    /// <inheritdoc />
    public void Dispose() => throw new NotSupportedException();
}
