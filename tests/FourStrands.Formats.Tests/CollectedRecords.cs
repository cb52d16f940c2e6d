using System.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.Tests;

/// <summary>A sink that keeps what it is given, and fails where a reader breaks the sink's rules.</summary>
internal sealed class CollectedRecords : IRecordSink
{
    private CollectedRecord? _open;
    private Schema? _begun;

    public Dictionary<string, CollectedRecord> Records { get; } = [];

    public List<Rejection> Rejections { get; } = [];

    public long Values { get; private set; }

    public CollectedRecord this[string key] => Records[key];

    public IEnumerable<CollectedRecord> Of(string schema) => Records.Values.Where(record => record.Schema.Name == schema);

    public void Begin(ReadOnlySpan<char> key, Schema schema)
    {
        if (_open is not null)
            throw new InvalidOperationException($"{_open.Key} is not ended.");
        if (key.IsWhiteSpace())
            throw new InvalidOperationException("A key is blank.");
        if (schema.IsAbstract)
            throw new InvalidOperationException($"{schema} is abstract.");
        _begun = schema;
        if (!Records.TryGetValue(key.ToString(), out _open))
            Records.Add(key.ToString(), _open = new CollectedRecord(key.ToString(), schema));
        else if (schema.Is(_open.Schema) || _open.Schema.Name == "LegalEntity")
            _open.Schema = schema;
    }

    public void Add(Property property, ReadOnlySpan<char> value)
    {
        if (_open is null)
            throw new InvalidOperationException("No record is begun.");
        if (value.IsEmpty)
            return;
        var text = value.ToString();
        if (property.Type.Clean(text) != text)
            throw new InvalidOperationException($"{property} = “{text}” is not in the form it is kept in: “{property.Type.Clean(text)}”.");
        if (!_begun!.TryGet(property.Name, out var own) || own != property)
            throw new InvalidOperationException($"{_begun} has no {property}.");
        Values++;
        _open.Values.Add((property.Name, text));
    }

    public void AddUtf8(Property property, ReadOnlySpan<byte> value) => Add(property, Encoding.UTF8.GetString(value));

    public void End()
    {
        if (_open is null)
            throw new InvalidOperationException("No record is begun.");
        _open = null;
    }

    public void Reject(Rejection rejection)
    {
        if (rejection.Excerpt.Length > 200 || rejection.Reason.Length == 0)
            throw new InvalidOperationException(rejection.ToString());
        Rejections.Add(rejection);
    }
}

internal sealed class CollectedRecord(string key, Schema schema)
{
    public string Key => key;

    public Schema Schema { get; set; } = schema;

    public HashSet<(string Property, string Value)> Values { get; } = [];

    public string[] this[string property] => [.. Values.Where(value => value.Property == property).Select(value => value.Value)];
}
