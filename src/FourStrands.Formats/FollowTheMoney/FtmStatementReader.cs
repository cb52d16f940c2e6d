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
    private static readonly string[] _needed = ["schema", "prop", "value"];

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
        var names = new NamedColumns(rows, sink.Reject);
        var missing = _needed.Where(column => !names.Has(column)).ToArray();
        if (missing.Length > 0 || !(names.Has("entity_id") || names.Has("canonical_id")))
        {
            sink.Reject(
                new Rejection(
                    rows.Line,
                    string.Join(", ", missing),
                    "These are not FollowTheMoney statements: the header must have schema, prop, value, and entity_id or canonical_id.",
                    rows.Excerpt
                )
            );
            return;
        }
        var columns = new Columns(names);
        var open = new OpenRecord(sink, options);
        while (rows.Next())
        {
            if (rows.Has(columns.Count))
                open.Add(rows, columns);
        }
        open.Close();
    }

    /// <summary>Where the columns are; their order differs between programs.</summary>
    private sealed class Columns(NamedColumns names)
    {
        public int Count { get; } = names.Count;

        public int Entity { get; } = names.Has("entity_id") ? names.Place("entity_id") : names.Place("canonical_id");

        public int Schema { get; } = names.Place("schema");

        public int Property { get; } = names.Place("prop");

        public int Value { get; } = names.Place("value");
    }

    /// <summary>Rows of one entity mostly lie together: its record is kept open from one row to the next.</summary>
    private sealed class OpenRecord(IRecordSink sink, ReadOptions options)
    {
        private readonly FtmValues _values = new(sink, options);
        private readonly byte[] _key = new byte[500];
        private readonly byte[] _schemaName = new byte[64];
        private int _keyLength;
        private int _schemaLength;
        private Schema? _schema;

        public void Add(CsvRows row, Columns columns)
        {
            _values.Line = row.Line;
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
            if (_schema!.TryGetUtf8(propertyName, out var property))
                _values.Add(property, value);
            else
                _values.AddUnknown(Encoding.UTF8.GetString(propertyName), value);
        }

        public void Close()
        {
            _values.End();
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
            _values.Begin(letters, schema);
            return true;
        }

        private void Reject(CsvRows row, string field, string reason) => sink.Reject(new Rejection(row.Line, field, reason, row.Excerpt));
    }
}
