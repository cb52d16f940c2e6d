using System.Diagnostics.CodeAnalysis;

namespace FourStrands.Picture;

/// <summary>
/// The words the picture is made of: every kind of subject (<see cref="Schema"/>) and what can be said of it
/// (<see cref="Property"/>). Read from the YAML files in <c>Ontology/Schemas</c>, one a kind.
/// Names, types and ranges are those of FollowTheMoney, so data published in that form loads as it is.
/// </summary>
public sealed class Ontology
{
    private static readonly Lazy<Ontology> _default = new(() => OntologyFiles.Load(OntologyFiles.Embedded("Schemas/")));

    private readonly Dictionary<string, Schema> _byName;
    private readonly Dictionary<string, Schema>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly Utf8Names<Schema> _byUtf8;

    internal Ontology(IReadOnlyList<Schema> schemata, IReadOnlyList<Property> properties)
    {
        Schemata = schemata;
        Properties = properties;
        _byName = schemata.ToDictionary(schema => schema.Name);
        _bySpan = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
        _byUtf8 = new Utf8Names<Schema>(_byName);
    }

    /// <summary>The ontology that ships with the program.</summary>
    public static Ontology Default => _default.Value;

    /// <summary>All schemata, abstract ones included, by name in ordinal order.</summary>
    public IReadOnlyList<Schema> Schemata { get; }

    /// <summary>All properties; a property's <see cref="Property.Number"/> is its place here.</summary>
    public IReadOnlyList<Property> Properties { get; }

    /// <summary>The schema of that exact name, such as <c>Person</c>.</summary>
    public Schema this[string name] => _byName.TryGetValue(name, out var schema) ? schema : throw new KeyNotFoundException($"There is no schema “{name}”.");

    /// <summary>Looks a schema up by its exact name.</summary>
    public bool TryGet(ReadOnlySpan<char> name, [NotNullWhen(true)] out Schema? schema) => _bySpan.TryGetValue(name, out schema);

    /// <summary>Looks a schema up by its exact name in UTF-8.</summary>
    public bool TryGetUtf8(ReadOnlySpan<byte> name, [NotNullWhen(true)] out Schema? schema) => _byUtf8.TryGet(name, out schema);
}
