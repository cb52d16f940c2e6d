using System.Text;
using System.Text.Json;
using FourStrands.Formats.Content;
using FourStrands.Formats.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.FollowTheMoney;

/// <summary>FollowTheMoney entities as JSON lines, the form OpenSanctions and Aleph publish; an array of them is read too.</summary>
public sealed class FtmEntityReader : IFormatReader
{
    /// <inheritdoc />
    public string Name => "ftm";

    /// <inheritdoc />
    public string Description => "FollowTheMoney entities, one JSON object a line";

    /// <inheritdoc />
    public bool Recognises(FormatSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return sample.FirstItemHas("schema")
            && sample.FirstItemHas("id")
            && sample.FirstItem!.Value.TryGetProperty("properties", out var properties)
            && properties.ValueKind == JsonValueKind.Object;
    }

    /// <inheritdoc />
    public void Read(Stream content, IRecordSink sink, ReadOptions options, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(options);
        using var watched = new WatchedStream(content, null, progress, cancellation);
        using var items = new JsonItems(watched, options.MaxLineBytes, sink.Reject);
        var entity = new EntityWriter(sink, options);
        while (items.Next())
            entity.Write(items.Current, items.Line);
    }

    /// <summary>Writes one entity. Its line is read through once before anything is written, so a damaged one leaves nothing.</summary>
    private sealed class EntityWriter(IRecordSink sink, ReadOptions options)
    {
        private readonly Utf8Values _values = new(options.Ontology);
        private readonly JsonReaderOptions _json = new() { MaxDepth = options.MaxJsonDepth };
        private byte[] _unescaped = new byte[4096];
        private long _line;
        private Schema? _schema;

        public void Write(ReadOnlySpan<byte> item, long line)
        {
            _line = line;
            Schema? schema = null;
            var key = new Range(0, 0);
            Span<char> keyLetters = stackalloc char[512];
            Utf8JsonReader properties = default;
            var hasProperties = false;
            try
            {
                var reader = new Utf8JsonReader(item, _json);
                if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                {
                    Reject("", "The line is not a JSON object.", item);
                    return;
                }
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    if (reader.ValueTextEquals("id"u8))
                    {
                        reader.Read();
                        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length is 0 or > 500)
                        {
                            Reject("id", "The identifier must be text of 1 to 500 letters.", item);
                            return;
                        }
                        key = ..reader.CopyString(keyLetters);
                        if (keyLetters[key].IsWhiteSpace())
                        {
                            Reject("id", "The identifier is blank.", item);
                            return;
                        }
                    }
                    else if (reader.ValueTextEquals("schema"u8))
                    {
                        reader.Read();
                        if (reader.TokenType != JsonTokenType.String || !Known(ref reader, out schema))
                        {
                            Reject("schema", "There is no schema of that name.", item);
                            return;
                        }
                    }
                    else if (reader.ValueTextEquals("properties"u8))
                    {
                        reader.Read();
                        properties = reader;
                        hasProperties = reader.TokenType == JsonTokenType.StartObject;
                        reader.Skip();
                    }
                    else
                    {
                        reader.Read();
                        reader.Skip();
                    }
                }
                if (reader.Read())
                {
                    Reject("", "More than one object is on the line. Put each on a line of its own.", item);
                    return;
                }
            }
            catch (JsonException damaged)
            {
                Reject("", JsonRecords.Told(damaged), item);
                return;
            }
            catch (InvalidOperationException)
            {
                Reject("", "The line has text with half a character in it.", item);
                return;
            }
            if (schema is null || key.End.Value == 0 || !hasProperties)
            {
                Reject(
                    key.End.Value == 0 ? "id"
                        : schema is null ? "schema"
                        : "properties",
                    "It is missing.",
                    item
                );
                return;
            }
            if (schema.IsAbstract)
            {
                Reject("schema", $"{schema.Name} is abstract: no record can be of it.", item);
                return;
            }
            _schema = schema;
            sink.Begin(keyLetters[key], schema);
            try
            {
                WriteProperties(ref properties, schema);
            }
            finally
            {
                sink.End();
            }
        }

        private void WriteProperties(ref Utf8JsonReader reader, Schema schema)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!schema.TryGetUtf8(reader.ValueSpan, out var property))
                {
                    Reject(Encoding.UTF8.GetString(reader.ValueSpan), $"{schema.Name} has no such property.", default);
                    reader.Read();
                    reader.Skip();
                    continue;
                }
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartArray)
                {
                    WriteValue(ref reader, property);
                    continue;
                }
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    WriteValue(ref reader, property);
            }
        }

        private void WriteValue(ref Utf8JsonReader reader, Property property)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.String when reader.ValueIsEscaped:
                    WriteEscaped(ref reader, property);
                    break;
                case JsonTokenType.String or JsonTokenType.Number:
                    Put(property, reader.ValueSpan);
                    break;
                case JsonTokenType.True:
                    Put(property, "true"u8);
                    break;
                case JsonTokenType.False:
                    Put(property, "false"u8);
                    break;
                case JsonTokenType.Null:
                    break;
                case JsonTokenType.StartObject when property.Type.IsEntity && NestedKey(reader) is { } key:
                    // An entity written inside another: the tie is kept; the inner one is expected on a line of its own.
                    sink.Add(property, key);
                    reader.Skip();
                    break;
                default:
                    Reject(property.Name, "A value must be text.", default);
                    reader.Skip();
                    break;
            }
        }

        private static string? NestedKey(Utf8JsonReader reader)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isKey = reader.ValueTextEquals("id"u8);
                reader.Read();
                if (isKey)
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
            return null;
        }

        private void WriteEscaped(ref Utf8JsonReader reader, Property property)
        {
            if (_unescaped.Length < reader.ValueSpan.Length)
                _unescaped = new byte[reader.ValueSpan.Length * 2];
            try
            {
                var length = reader.CopyString(_unescaped);
                Put(property, _unescaped.AsSpan(0, length));
            }
            catch (InvalidOperationException)
            {
                Reject(property.Name, "The value has half a character in it.", reader.ValueSpan);
            }
        }

        private void Put(Property property, ReadOnlySpan<byte> value)
        {
            if (value.IsEmpty)
                return;
            if (value.Length > options.MaxValueBytes)
            {
                Reject(property.Name, $"The value is longer than {options.MaxValueBytes:N0} bytes.", value);
                return;
            }
            if (_values.IsClean(property, value))
                sink.AddUtf8(property, value);
            else if (property.Type.Clean(Encoding.UTF8.GetString(value)) is { } clean)
                sink.Add(property, clean);
            else
                KeepAsNote(property, value);
        }

        // Published data has its own mistakes. The value is told of and kept, under its property's name.
        private void KeepAsNote(Property property, ReadOnlySpan<byte> value)
        {
            var text = Encoding.UTF8.GetString(value);
            var place =
                _schema!.TryGet("notes", out var notes) ? notes
                : _schema.TryGet("description", out var described) ? described
                : null;
            var note = place?.Type.Clean($"{property.Name}: {text}");
            if (place is not null && note is not null && Encoding.UTF8.GetByteCount(note) <= options.MaxValueBytes)
                sink.Add(place, note);
            Reject(property.Name, $"This is not a value of type {property.Type.Name}. It is kept as a note.", value);
        }

        private bool Known(ref Utf8JsonReader reader, out Schema? schema)
        {
            if (!reader.ValueIsEscaped)
                return options.Ontology.TryGetUtf8(reader.ValueSpan, out schema);
            return options.Ontology.TryGet(reader.GetString(), out schema);
        }

        private void Reject(string field, string reason, ReadOnlySpan<byte> text) =>
            sink.Reject(new Rejection(_line, field, reason, Excerpts.Of(text[..Math.Min(text.Length, 800)])));
    }
}
