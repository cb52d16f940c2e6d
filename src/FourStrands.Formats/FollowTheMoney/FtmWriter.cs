using System.Text.Encodings.Web;
using System.Text.Json;

namespace FourStrands.Formats;

/// <summary>Writes FollowTheMoney entities, one JSON object a line. Values come in the order given; nothing else decides what is written.</summary>
public sealed class FtmWriter : IDisposable
{
    private static readonly JsonWriterOptions _options = new()
    {
        // The file is data, not part of a page: letters beyond ASCII are written as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = false,
    };

    private readonly Stream _target;
    private readonly Utf8JsonWriter _json;

    /// <summary>Writes to a stream, which is left open.</summary>
    public FtmWriter(Stream target)
    {
        ArgumentNullException.ThrowIfNull(target);
        _target = target;
        _json = new Utf8JsonWriter(target, _options);
    }

    /// <summary>Writes one entity.</summary>
    public void Write(ExportedRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("id", record.Id);
        if (record.Caption is not null)
            _json.WriteString("caption", record.Caption);
        _json.WriteString("schema", record.Schema.Name);
        _json.WriteStartObject("properties");
        foreach (var values in record.Values.GroupBy(value => value.Property.Name))
        {
            _json.WriteStartArray(values.Key);
            foreach (var (_, value) in values)
                _json.WriteStringValue(value);
            _json.WriteEndArray();
        }
        _json.WriteEndObject();
        if (record.Dataset.Length > 0)
        {
            _json.WriteStartArray("datasets");
            _json.WriteStringValue(record.Dataset);
            _json.WriteEndArray();
        }
        if (record.FirstSeen is { } first)
            _json.WriteString("first_seen", Moment.Written(first));
        if (record.LastSeen is { } last)
            _json.WriteString("last_seen", Moment.Written(last));
        _json.WriteEndObject();
        _json.Flush();
        _target.WriteByte((byte)'\n');
    }

    /// <inheritdoc />
    public void Dispose() => _json.Dispose();
}
