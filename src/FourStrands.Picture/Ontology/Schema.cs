using System.Diagnostics.CodeAnalysis;

namespace FourStrands.Picture;

/// <summary>A kind of subject: Person, Company, Ownership, Sanction …</summary>
public sealed class Schema
{
    // Ordinary tables: frozen ones cost more to build, at every start, than they save.
    private Dictionary<string, Property> _properties = [];
    private Dictionary<string, Property>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private Utf8Names<Property> _byUtf8 = Utf8Names<Property>.Empty;
    private HashSet<string> _kinds = [];

    internal Schema(string name) => Name = name;

    /// <summary>Its exact name, such as <c>Person</c>.</summary>
    public string Name { get; }

    /// <summary>Its name in plain words: "Person", "Bank account".</summary>
    public string Label { get; internal set; } = "";

    /// <summary>The same for many: "People", "Bank accounts".</summary>
    public string Plural { get; internal set; } = "";

    /// <summary>What it is, in one sentence; empty where the label says it all.</summary>
    public string About { get; internal set; } = "";

    /// <summary>Its place in <see cref="Ontology.Schemata"/>.</summary>
    public int Number { get; internal set; }

    /// <summary>Abstract kinds (Interval, Value …) have no records of their own.</summary>
    public bool IsAbstract { get; internal set; }

    /// <summary>True if records of this kind may be compared with each other to find that they are the same subject.</summary>
    public bool IsMatchable { get; internal set; }

    /// <summary>The group that pages show it under (police know these as POLE).</summary>
    public SubjectGroup Group { get; internal set; }

    /// <summary>For a kind that ties two subjects together (Ownership, Directorship …): which properties are the two ends; else null.</summary>
    public Tie? Tie { get; internal set; }

    /// <summary>The kinds it is directly a kind of.</summary>
    public IReadOnlyList<Schema> Extends { get; internal set; } = [];

    /// <summary>Itself and every kind it is a kind of, nearest first.</summary>
    public IReadOnlyList<Schema> Kinds { get; internal set; } = [];

    /// <summary>Own and inherited properties, by name.</summary>
    public IReadOnlyDictionary<string, Property> Properties => _properties;

    /// <summary>The properties a page shows first for this kind.</summary>
    public IReadOnlyList<Property> Featured { get; internal set; } = [];

    /// <summary>The properties without which a record of this kind says little.</summary>
    public IReadOnlyList<Property> Required { get; internal set; } = [];

    /// <summary>The properties whose first visible value is the subject's title on a page, best first.</summary>
    public IReadOnlyList<Property> Caption { get; internal set; } = [];

    /// <summary>The dates on which it began, best first; for a timeline.</summary>
    public IReadOnlyList<Property> Start { get; internal set; } = [];

    /// <summary>The dates on which it ended, best first; for a timeline.</summary>
    public IReadOnlyList<Property> End { get; internal set; } = [];

    /// <summary>Own or inherited property of that name; throws <see cref="KeyNotFoundException"/> if there is none.</summary>
    public Property this[string property] =>
        _properties.TryGetValue(property, out var found) ? found : throw new KeyNotFoundException($"{Name} has no property “{property}”.");

    /// <summary>True if it is <paramref name="other"/> or a kind of it.</summary>
    public bool Is(Schema other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(this, other) || _kinds.Contains(other.Name);
    }

    /// <summary>True if it is the schema of that name or a kind of it.</summary>
    public bool Is(string name) => _kinds.Contains(name);

    /// <summary>Looks an own or inherited property up by name.</summary>
    public bool TryGet(ReadOnlySpan<char> property, [NotNullWhen(true)] out Property? found) => _bySpan.TryGetValue(property, out found);

    /// <summary>Looks an own or inherited property up by its name in UTF-8.</summary>
    public bool TryGetUtf8(ReadOnlySpan<byte> property, [NotNullWhen(true)] out Property? found) => _byUtf8.TryGet(property, out found);

    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    internal void Close(IReadOnlyList<Schema> kinds, Dictionary<string, Property> properties)
    {
        Kinds = kinds;
        _kinds = kinds.Select(kind => kind.Name).ToHashSet();
        _properties = properties;
        _bySpan = _properties.GetAlternateLookup<ReadOnlySpan<char>>();
        _byUtf8 = new Utf8Names<Property>(properties);
    }
}

/// <summary>The two ends of a schema that ties subjects together, and how to say it.</summary>
/// <param name="Source">The property that names the one end, such as Ownership's <c>owner</c>.</param>
/// <param name="Target">The property that names the other end, such as <c>asset</c>.</param>
/// <param name="Label">Said from source to target: "owns".</param>
/// <param name="Reverse">Said from target to source: "is owned by".</param>
/// <param name="Directed">False where neither end comes first (family, associates).</param>
public sealed record Tie(Property Source, Property Target, string Label, string Reverse, bool Directed)
{
    /// <summary>The properties whose values are written along the line on a chart: the percentage, the role.</summary>
    public IReadOnlyList<Property> Shows { get; init; } = [];
}

/// <summary>What pages group kinds of subject by: people, objects, locations and events, with organisations apart from things.</summary>
public enum SubjectGroup
{
    /// <summary>A natural person.</summary>
    Person,

    /// <summary>A company or other body.</summary>
    Organisation,

    /// <summary>A thing: vehicle, phone, account, document.</summary>
    Object,

    /// <summary>A place.</summary>
    Location,

    /// <summary>Something that happened, or an order or decision that was made.</summary>
    Event,

    /// <summary>A tie between two subjects.</summary>
    Tie,
}
