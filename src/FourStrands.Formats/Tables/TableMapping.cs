using FourStrands.Picture;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace FourStrands.Formats;

/// <summary>
/// What the columns of a table in no known format mean: which of them name a subject, what it is, what they say of it, and how the subjects of
/// a row are tied. Written in YAML; <c>docs/formats.md</c> explains it by an example.
/// </summary>
public sealed class TableMapping
{
    private TableMapping(char delimiter, IReadOnlyList<MappedRecord> records, IReadOnlyList<MappedTie> ties, IReadOnlySet<string> ignored)
    {
        Delimiter = delimiter;
        Records = records;
        Ties = ties;
        Ignored = ignored;
    }

    internal char Delimiter { get; }

    internal IReadOnlyList<MappedRecord> Records { get; }

    internal IReadOnlyList<MappedTie> Ties { get; }

    internal IReadOnlySet<string> Ignored { get; }

    /// <summary>Reads a mapping file. Throws <see cref="FormatException"/>, saying what is wrong and where, if it is not a mapping.</summary>
    public static TableMapping Load(string path) => Parse(File.ReadAllText(path));

    /// <summary>Reads a mapping. Throws <see cref="FormatException"/>, saying what is wrong and where, if it is not one.</summary>
    public static TableMapping Parse(string yaml, Ontology? ontology = null)
    {
        var file = MappingPart.Read(yaml);
        file.Allow("delimiter", "records", "ties", "ignore");
        var words = ontology ?? Ontology.Default;
        var delimiter = file.OptionalText("delimiter") switch
        {
            null => ',',
            "tab" or "\t" => '\t',
            [var one] when one < 128 && one != '"' => one,
            _ => throw file.Wrong("delimiter", "must be one character, or the word tab"),
        };
        var records = file.Parts("records").Select(part => MappedRecord.Read(part.Name, part.Part, words)).ToArray();
        if (records.Length == 0)
            throw file.Wrong("records", "must describe at least one record");
        var byName = records.ToDictionary(record => record.Name);
        var ties = file.List("ties").Select(part => MappedTie.Read(part, byName, words)).ToArray();
        return new TableMapping(delimiter, records, ties, file.Texts("ignore").ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    internal IEnumerable<string> Columns() =>
        Records
            .SelectMany(record => record.Key.Concat(record.Values.SelectMany(value => value.Columns)))
            .Concat(Ties.SelectMany(tie => tie.Values.SelectMany(value => value.Columns)))
            .Distinct(StringComparer.OrdinalIgnoreCase);
}

/// <summary>A kind of record that each row has one of, if its key columns are filled.</summary>
internal sealed record MappedRecord(string Name, Schema Schema, string Prefix, IReadOnlyList<string> Key, IReadOnlyList<MappedValue> Values)
{
    public static MappedRecord Read(string name, MappingPart part, Ontology words)
    {
        part.Allow("schema", "key", "prefix", "properties");
        var schema = MappedValue.SchemaOf(part, words);
        var key = part.Texts("key").ToArray();
        if (key.Length == 0)
            throw part.Wrong("key", "must name the columns that tell one subject from another");
        return new MappedRecord(name, schema, part.OptionalText("prefix", isFilled: true) ?? name, key, MappedValue.ReadAll(part, schema));
    }
}

/// <summary>A tie between two of a row's records.</summary>
internal sealed record MappedTie(Schema Schema, MappedRecord Source, MappedRecord Target, IReadOnlyList<MappedValue> Values)
{
    public static MappedTie Read(MappingPart part, Dictionary<string, MappedRecord> records, Ontology words)
    {
        part.Allow("schema", "source", "target", "properties");
        var schema = MappedValue.SchemaOf(part, words);
        if (schema.Tie is not { } tie)
            throw part.Wrong("schema", $"must be a tie such as Ownership or Directorship; {schema.Name} is none");
        return new MappedTie(schema, End("source", tie.Source), End("target", tie.Target), MappedValue.ReadAll(part, schema));

        MappedRecord End(string end, Property property)
        {
            if (!records.TryGetValue(part.Text(end), out var record))
                throw part.Wrong(end, $"must be one of the records: {string.Join(", ", records.Keys)}");
            return record.Schema.Is(property.Range!)
                ? record
                : throw part.Wrong(
                    end,
                    $"must be of the kind {property.Range!.Label}, because {schema.Name} says so; {record.Name} is of the kind {record.Schema.Label}"
                );
        }
    }
}

/// <summary>How the value of a property is made of columns.</summary>
internal sealed record MappedValue(Property Property, IReadOnlyList<string> Columns, string Join, string? Constant, string? Split, string? Date)
{
    public static Schema SchemaOf(MappingPart part, Ontology words) =>
        words.TryGet(part.Text("schema"), out var schema) && !schema.IsAbstract
            ? schema
            : throw part.Wrong("schema", $"“{part.Text("schema")}” is not a kind that a record can be of");

    public static IReadOnlyList<MappedValue> ReadAll(MappingPart part, Schema schema) =>
        [.. part.Parts("properties").Select(said => Read(said.Name, said.Part, schema, part))];

    private static MappedValue Read(string name, MappingPart said, Schema schema, MappingPart from)
    {
        if (!schema.TryGet(name, out var property))
            throw from.Wrong("properties", $"{schema.Name} has no property “{name}”");
        if (property.Type.IsEntity)
            throw from.Wrong("properties", $"“{name}” names another subject: describe that as a record and a tie");
        if (!said.IsNested)
            return new MappedValue(property, [.. said.OwnTexts], " ", null, null, null);
        said.Allow("column", "columns", "join", "value", "split", "date");
        var columns = said.Texts("column").Concat(said.Texts("columns")).ToArray();
        var constant = said.OptionalText("value");
        if (columns.Length == 0 == constant is null)
            throw said.Wrong("column", "either columns or a value must be given, not both");
        var date = said.OptionalText("date");
        if (date is not (null or "day-month-year" or "day-month-name" or "year-month-day"))
            throw said.Wrong("date", "must be day-month-year, day-month-name or year-month-day");
        return new MappedValue(property, columns, said.OptionalText("join") ?? " ", constant, said.OptionalText("split", isFilled: true), date);
    }
}

/// <summary>A part of a mapping file, with its place in it for messages.</summary>
internal sealed class MappingPart(string place, object? said)
{
    public bool IsNested => said is IDictionary<object, object?>;

    public IEnumerable<string> OwnTexts => TextsOf(said, place);

    private IDictionary<object, object?> Nested =>
        NamedParts(said) ?? throw new FormatException($"The mapping is wrong at {place}: names with values are expected here.");

    // YAML lets a whole list or table be a name; here it is none.
    private static IDictionary<object, object?>? NamedParts(object? said) =>
        said is IDictionary<object, object?> parts && parts.Keys.All(key => key is string) ? parts : null;

    public static MappingPart Read(string yaml)
    {
        try
        {
            return new MappingPart("the top", new DeserializerBuilder().Build().Deserialize<object?>(yaml));
        }
        catch (YamlException wrong)
        {
            throw new FormatException($"The mapping is not valid YAML at line {wrong.Start.Line}: {wrong.Message}", wrong);
        }
    }

    public FormatException Wrong(string name, string why) => new($"The mapping is wrong at {place}, {name}: {why}.");

    public void Allow(params ReadOnlySpan<string> names)
    {
        foreach (var key in Nested.Keys)
        {
            if (!names.Contains((string)key))
                throw Wrong((string)key, $"there is no such setting here; known are {string.Join(", ", names.ToArray())}");
        }
    }

    public string Text(string name) => OptionalText(name) ?? throw Wrong(name, "is missing");

    public string? OptionalText(string name, bool isFilled = false)
    {
        if (!Nested.TryGetValue(name, out var value) || value is null)
            return null;
        if (value is not string text)
            throw Wrong(name, "must be a single value");
        return isFilled && text.Length == 0 ? throw Wrong(name, "is empty; leave it out, or give a value") : text;
    }

    public IEnumerable<string> Texts(string name) => Nested.TryGetValue(name, out var value) ? TextsOf(value, $"{place}, {name}") : [];

    public IEnumerable<(string Name, MappingPart Part)> Parts(string name)
    {
        if (!Nested.TryGetValue(name, out var value) || value is null)
            return [];
        return NamedParts(value) is { } parts
            ? parts.Select(part => ((string)part.Key, new MappingPart($"{name}, {part.Key}", part.Value)))
            : throw Wrong(name, "names with values are expected here");
    }

    public IEnumerable<MappingPart> List(string name)
    {
        if (!Nested.TryGetValue(name, out var value) || value is null)
            return [];
        return value is IList<object?> list
            ? list.Select((part, place) => new MappingPart($"{name}, number {place + 1}", part))
            : throw Wrong(name, "a list is expected here");
    }

    private static IEnumerable<string> TextsOf(object? value, string place) =>
        value switch
        {
            null => [],
            string text => [text],
            IList<object?> list when list.All(part => part is string) => list.Cast<string>(),
            _ => throw new FormatException($"The mapping is wrong at {place}: one name, or a list of names in brackets, is expected here."),
        };
}
