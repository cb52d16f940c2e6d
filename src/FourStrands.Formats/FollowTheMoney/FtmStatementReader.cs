using System.Text;
using FourStrands.Formats.Content;
using FourStrands.Formats.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.FollowTheMoney;

/// <summary>
/// FollowTheMoney statements as CSV: one value a row, with the entity it is said of. Rows of one entity may lie anywhere in the file.
/// </summary>
public sealed class FtmStatementReader : IFormatReader
{
    /// <inheritdoc />
    public string Name => "ftm-statements";

    /// <inheritdoc />
    public string Description => "FollowTheMoney statements, CSV with a header";

    /// <inheritdoc />
    public bool Recognises(FormatSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var header = sample.Header;
        return header.Contains("schema")
            && header.Contains("prop")
            && header.Contains("value")
            && (header.Contains("entity_id") || header.Contains("canonical_id"));
    }

    /// <inheritdoc />
    public void Read(Stream content, IRecordSink sink, ReadOptions options, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(options);
        using var watched = new WatchedStream(content, null, progress, cancellation);
        using var lines = new ByteLines(watched, options.MaxLineBytes, sink.Reject);
        var rows = new CsvRows(lines, (byte)',', sink.Reject);
        if (!rows.Next())
            return;
        var columns = new Columns(rows);
        var open = new OpenRecord(sink, options);
        while (rows.Next())
        {
            if (rows.Count < columns.Needed)
            {
                sink.Reject(new Rejection(rows.Line, "", $"The row has {rows.Count} columns where there should be {columns.Count}.", rows.Excerpt));
                continue;
            }
            open.Add(rows, columns);
        }
        open.Close();
    }

    /// <summary>Where the columns are; their order differs between programs.</summary>
    private sealed class Columns
    {
        private readonly List<string> _names = [];

        public Columns(CsvRows header)
        {
            for (var column = 0; column < header.Count; column++)
                _names.Add(header.Text(column).Trim());
            Entity = _names.IndexOf("entity_id") is var entity and >= 0 ? entity : _names.IndexOf("canonical_id");
            Schema = _names.IndexOf("schema");
            Property = _names.IndexOf("prop");
            Value = _names.IndexOf("value");
            Needed = new[] { Entity, Schema, Property, Value }.Max() + 1;
        }

        public int Count => _names.Count;

        public int Needed { get; }

        public int Entity { get; }

        public int Schema { get; }

        public int Property { get; }

        public int Value { get; }
    }

    /// <summary>Rows of one entity mostly lie together: its record is kept open from one row to the next.</summary>
    private sealed class OpenRecord(IRecordSink sink, ReadOptions options)
    {
        private readonly Utf8Values _values = new(options.Ontology);
        private readonly byte[] _key = new byte[500];
        private readonly byte[] _schemaName = new byte[64];
        private int _keyLength;
        private int _schemaLength;
        private Schema? _schema;

        public void Add(CsvRows row, Columns columns)
        {
            var key = row[columns.Entity];
            var schemaName = row[columns.Schema];
            if (_schema is null || !key.SequenceEqual(_key.AsSpan(0, _keyLength)) || !schemaName.SequenceEqual(_schemaName.AsSpan(0, _schemaLength)))
            {
                Close();
                if (!Open(row, key, schemaName))
                    return;
            }
            var propertyName = row[columns.Property];
            var value = row[columns.Value];
            // The row that says that the entity is there, and with which fingerprint.
            if (propertyName.SequenceEqual("id"u8) || value.IsEmpty)
                return;
            if (!_schema!.TryGetUtf8(propertyName, out var property))
                Reject(row, "prop", $"{_schema} has no property of that name.");
            else if (value.Length > options.MaxValueBytes)
                Reject(row, property.Name, $"The value is longer than {options.MaxValueBytes:N0} bytes.");
            else if (_values.IsClean(property, value))
                sink.AddUtf8(property, value);
            else if (property.Type.Clean(Encoding.UTF8.GetString(value)) is { } clean)
                sink.Add(property, clean);
            else
                Reject(row, property.Name, $"This is not a value of type {property.Type.Name}.");
        }

        public void Close()
        {
            if (_schema is not null)
                sink.End();
            _schema = null;
        }

        private bool Open(CsvRows row, ReadOnlySpan<byte> key, ReadOnlySpan<byte> schemaName)
        {
            if (key.IsEmpty || key.Length > _key.Length)
            {
                Reject(row, "entity_id", $"The identifier must have 1 to {_key.Length} letters.");
                return false;
            }
            if (!options.Ontology.TryGetUtf8(schemaName, out var schema) || schema.IsAbstract)
            {
                Reject(row, "schema", "There is no schema of that name that a record can have.");
                return false;
            }
            Span<char> letters = stackalloc char[500];
            letters = letters[..Encoding.UTF8.GetChars(key, letters)];
            if (letters.IsWhiteSpace())
            {
                Reject(row, "entity_id", "The identifier is blank.");
                return false;
            }
            key.CopyTo(_key);
            _keyLength = key.Length;
            schemaName.CopyTo(_schemaName);
            _schemaLength = schemaName.Length;
            _schema = schema;
            sink.Begin(letters, schema);
            return true;
        }

        private void Reject(CsvRows row, string field, string reason) => sink.Reject(new Rejection(row.Line, field, reason, row.Excerpt));
    }
}
