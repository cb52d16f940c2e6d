using System.Text;
using FourStrands.Formats.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.FollowTheMoney;

/// <summary>
/// Writes the values of FollowTheMoney's records, whichever way they were published. Published data has its own mistakes: a value that is not of
/// its property's type, or whose property the schema does not have, is told of and kept as a note under that name.
/// </summary>
internal sealed class FtmValues(IRecordSink sink, ReadOptions options)
{
    private readonly Utf8Values _values = new(options.Ontology);
    private Schema? _schema;

    /// <summary>The line that is being read, for rejections.</summary>
    public long Line { get; set; }

    public void Begin(ReadOnlySpan<char> key, Schema schema)
    {
        _schema = schema;
        sink.Begin(key, schema);
    }

    public void End()
    {
        if (_schema is not null)
            sink.End();
        _schema = null;
    }

    /// <summary>Adds a value of a property that the schema has.</summary>
    public void Add(Property property, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return;
        if (value.Length > options.MaxValueBytes)
            Reject(property.Name, $"The value is longer than {options.MaxValueBytes:N0} bytes, and is left out.", value);
        else if (_values.IsClean(property, value))
            sink.AddUtf8(property, value);
        else if (property.Type.Clean(Encoding.UTF8.GetString(value)) is { } clean)
            sink.Add(property, clean);
        else
            KeepAsNote(property.Name, value, $"This is not a value of type {property.Type.Name}");
    }

    /// <summary>Adds a value of a property that the schema does not have.</summary>
    public void AddUnknown(string property, ReadOnlySpan<byte> value) => KeepAsNote(property, value, $"{_schema} has no property of that name");

    public void Reject(string field, string reason, ReadOnlySpan<byte> text) => sink.Reject(new Rejection(Line, Excerpts.Of(field), reason, Excerpts.Of(text)));

    private void KeepAsNote(string property, ReadOnlySpan<byte> value, string reason)
    {
        var place =
            _schema!.TryGet("notes", out var notes) ? notes
            : _schema.TryGet("description", out var described) ? described
            : null;
        var note = value.Length > options.MaxValueBytes ? null : place?.Type.Clean($"{property}: {Encoding.UTF8.GetString(value)}");
        var isKept = note is not null && Encoding.UTF8.GetByteCount(note) <= options.MaxValueBytes;
        if (isKept)
            sink.Add(place!, note);
        Reject(property, isKept ? $"{reason}. It is kept as a note." : $"{reason}, and it cannot be kept as a note.", value);
    }
}
