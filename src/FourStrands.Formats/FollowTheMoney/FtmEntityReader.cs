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
        // An entity of very many values may go on beyond the sample, and its schema come after them.
        return sample.FirstItem?.Part("properties") is { ValueKind: JsonValueKind.Object }
            && sample.FirstItemHas("id")
            && (sample.FirstItemHas("schema") || sample.FirstItemIsCut);
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

    /// <summary>
    /// Writes one entity, and those written inside it. Each is read through once before anything of it is written, so a damaged one leaves nothing.
    /// </summary>
    private sealed class EntityWriter(IRecordSink sink, ReadOptions options)
    {
        private readonly FtmValues _values = new(sink, options);
        private readonly Queue<Range> _inner = new();
        private readonly JsonReaderOptions _json = new() { MaxDepth = options.MaxJsonDepth };
        private byte[] _unescaped = new byte[4096];

        public void Write(ReadOnlySpan<byte> item, long line)
        {
            _values.Line = line;
            _inner.Clear();
            WriteOne(item, 0);
            while (_inner.TryDequeue(out var inner))
                WriteOne(item[inner], inner.Start.Value);
        }

        private void WriteOne(ReadOnlySpan<byte> item, int start)
        {
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
                        if (hasProperties)
                        {
                            Reject("properties", "They are given twice. Put them together.", item);
                            return;
                        }
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
            _values.Begin(keyLetters[key], schema);
            try
            {
                WriteProperties(ref properties, schema, start);
            }
            finally
            {
                _values.End();
            }
        }

        private void WriteProperties(ref Utf8JsonReader reader, Schema schema, int start)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var property = schema.TryGetUtf8(reader.ValueSpan, out var known) ? known : null;
                var name = property?.Name ?? Encoding.UTF8.GetString(reader.ValueSpan);
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartArray)
                {
                    WriteValue(ref reader, property, name, start);
                    continue;
                }
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    WriteValue(ref reader, property, name, start);
            }
        }

        private void WriteValue(ref Utf8JsonReader reader, Property? property, string name, int start)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.String when reader.ValueIsEscaped:
                    WriteEscaped(ref reader, property, name);
                    break;
                case JsonTokenType.String or JsonTokenType.Number:
                    Put(property, name, reader.ValueSpan);
                    break;
                case JsonTokenType.True:
                    Put(property, name, "true"u8);
                    break;
                case JsonTokenType.False:
                    Put(property, name, "false"u8);
                    break;
                case JsonTokenType.Null:
                    break;
                case JsonTokenType.StartObject when Inner(reader) is (var key, var isWhole):
                    WriteInner(ref reader, property, name, start, key, isWhole);
                    break;
                default:
                    Reject(name, "A value must be text.", default);
                    reader.Skip();
                    break;
            }
        }

        // An entity written inside another. The tie is kept; the inner one is read by itself if it is more than a reference.
        private void WriteInner(ref Utf8JsonReader reader, Property? property, string name, int start, string key, bool isWhole)
        {
            if (property is { Type.IsEntity: true })
                _values.Add(property, Encoding.UTF8.GetBytes(key));
            else
                _values.AddUnknown(name, Encoding.UTF8.GetBytes(key));
            var from = start + (int)reader.TokenStartIndex;
            reader.Skip();
            if (isWhole)
                _inner.Enqueue(from..(start + (int)reader.BytesConsumed));
        }

        private static (string Key, bool IsWhole)? Inner(Utf8JsonReader reader)
        {
            string? key = null;
            var isWhole = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isKey = reader.ValueTextEquals("id"u8);
                isWhole |= reader.ValueTextEquals("schema"u8);
                reader.Read();
                if (isKey)
                    key = reader.TokenType == JsonTokenType.String && TryText(ref reader, out var text) ? text : null;
                reader.Skip();
            }
            return key is null ? null : (key, isWhole);
        }

        private static bool TryText(ref Utf8JsonReader reader, out string text)
        {
            try
            {
                text = reader.GetString()!;
                return true;
            }
            catch (InvalidOperationException)
            {
                text = "";
                return false;
            }
        }

        private void WriteEscaped(ref Utf8JsonReader reader, Property? property, string name)
        {
            if (_unescaped.Length < reader.ValueSpan.Length)
                _unescaped = new byte[reader.ValueSpan.Length * 2];
            try
            {
                var length = reader.CopyString(_unescaped);
                Put(property, name, _unescaped.AsSpan(0, length));
            }
            catch (InvalidOperationException)
            {
                Reject(name, "The value has half a character in it.", reader.ValueSpan);
            }
        }

        private void Put(Property? property, string name, ReadOnlySpan<byte> value)
        {
            if (property is null)
                _values.AddUnknown(name, value);
            else
                _values.Add(property, value);
        }

        private bool Known(ref Utf8JsonReader reader, out Schema? schema)
        {
            if (!reader.ValueIsEscaped)
                return options.Ontology.TryGetUtf8(reader.ValueSpan, out schema);
            return options.Ontology.TryGet(reader.GetString(), out schema);
        }

        private void Reject(string field, string reason, ReadOnlySpan<byte> text) => _values.Reject(field, reason, text);
    }
}
