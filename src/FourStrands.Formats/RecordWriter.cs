using System.Text;
using System.Text.Json;
using FourStrands.Formats.Text;
using FourStrands.Picture;

namespace FourStrands.Formats;

/// <summary>
/// Writes records for a reader: cleans each value by its property's type, and keeps as a note, under its field's name in the source,
/// what has no property or is not a value of its type. So nothing a source says is lost.
/// </summary>
internal sealed class RecordWriter(IRecordSink sink, ReadOptions options)
{
    private const int LongestKey = 500;

    private Schema? _schema;

    /// <summary>The line or item that is being read, for rejections.</summary>
    public long Line { get; set; }

    public Ontology Ontology => options.Ontology;

    public ReadOptions Options => options;

    /// <summary>
    /// Starts a record; false, with a rejection, if the key cannot be one. What is then said up to <see cref="End"/> goes nowhere.
    /// </summary>
    public bool Begin(string key, Schema schema)
    {
        if (key.Length > LongestKey || string.IsNullOrWhiteSpace(key))
        {
            Reject("", key.Length <= LongestKey ? "The identifier is missing." : $"The identifier is longer than {LongestKey} letters.", key);
            return false;
        }
        sink.Begin(key, schema);
        _schema = schema;
        return true;
    }

    public bool Begin(string key, string schema) => Begin(key, Ontology[schema]);

    public void End()
    {
        if (_schema is not null)
            sink.End();
        _schema = null;
    }

    /// <summary>Says a whole record in one go; values that are null or empty are left out.</summary>
    public void Record(string key, string schema, params ReadOnlySpan<(string Property, string? Value)> said)
    {
        if (!Begin(key, schema))
            return;
        foreach (var (property, value) in said)
            Add(property, value);
        End();
    }

    /// <summary>Adds a value; what the property cannot hold becomes a note under <paramref name="field"/>.</summary>
    public bool Add(string property, string? value, string? field = null)
    {
        if (_schema is null || string.IsNullOrWhiteSpace(value))
            return false;
        if (!_schema.TryGet(property, out var found))
        {
            Note(field ?? property, value);
            return false;
        }
        if (found.Type.Clean(value) is not { } clean)
        {
            Note(field ?? found.Label, value);
            return false;
        }
        if (clean.Length > options.MaxValueBytes / 3 && Encoding.UTF8.GetByteCount(clean) > options.MaxValueBytes)
        {
            Reject(field ?? property, $"The value is longer than {options.MaxValueBytes:N0} bytes.", value);
            return false;
        }
        sink.Add(found, clean);
        return true;
    }

    /// <summary>Keeps what has no property of its own, with the name of its field.</summary>
    public void Note(string field, string? value)
    {
        if (_schema is null || string.IsNullOrWhiteSpace(value))
            return;
        var note = field.Length == 0 ? value : $"{field}: {value}";
        var place =
            _schema.TryGet("notes", out var notes) ? notes
            : _schema.TryGet("description", out var described) ? described
            : null;
        if (place?.Type.Clean(note) is not { } clean)
            return;
        if (Encoding.UTF8.GetByteCount(clean) > options.MaxValueBytes)
            Reject(field, $"The value is longer than {options.MaxValueBytes:N0} bytes.", value);
        else
            sink.Add(place, clean);
    }

    /// <summary>Keeps every part of an object that is not among those that have a place of their own.</summary>
    public void NoteRest(JsonElement said, HashSet<string> placed)
    {
        foreach (var (name, part) in said.Parts())
        {
            if (placed.Contains(name))
                continue;
            var words = name.Replace('_', ' ').Replace('-', ' ');
            Note(words.Length > 0 ? string.Concat(char.ToUpperInvariant(words[0]).ToString(), words.AsSpan(1)) : words, part.AllText());
        }
    }

    public void Reject(string field, string reason, string excerpt) => sink.Reject(new Rejection(Line, field, reason, Excerpts.Of(excerpt)));

    public void Reject(Rejection rejection) => sink.Reject(rejection);
}
