using System.Diagnostics.CodeAnalysis;

namespace FourStrands.Picture;

/// <summary>
/// The words the picture is made of: every kind of subject (<see cref="Schema"/>) and what can be said of it
/// (<see cref="Property"/>). Read from the YAML files in <c>Ontology/Schemas</c>, one a kind.
/// Names, types and ranges are those of FollowTheMoney, so data published in that form loads as it is.
/// </summary>
public sealed class Ontology
{
    /// <summary>The ontology that ships with the program.</summary>
    public static Ontology Default => throw new NotSupportedException();

    /// <summary>All schemata, abstract ones included, by name in ordinal order.</summary>
    public IReadOnlyList<Schema> Schemata => throw new NotSupportedException();

    /// <summary>All properties; a property's <see cref="Property.Number"/> is its place here.</summary>
    public IReadOnlyList<Property> Properties => throw new NotSupportedException();

    /// <summary>The schema of that exact name, such as <c>Person</c>.</summary>
    public Schema this[string name] => throw new NotSupportedException();

    /// <summary>Looks a schema up by its exact name.</summary>
    public bool TryGet(ReadOnlySpan<char> name, [NotNullWhen(true)] out Schema? schema) => throw new NotSupportedException();

    /// <summary>Looks a schema up by its exact name in UTF-8.</summary>
    public bool TryGetUtf8(ReadOnlySpan<byte> name, [NotNullWhen(true)] out Schema? schema) => throw new NotSupportedException();
}

/// <summary>A kind of subject: Person, Company, Ownership, Sanction …</summary>
public sealed class Schema
{
    /// <summary>Its exact name, such as <c>Person</c>.</summary>
    public string Name => throw new NotSupportedException();

    /// <summary>Its name in plain words: "Person", "Bank account".</summary>
    public string Label => throw new NotSupportedException();

    /// <summary>The same for many: "People", "Bank accounts".</summary>
    public string Plural => throw new NotSupportedException();

    /// <summary>Its place in <see cref="Ontology.Schemata"/>.</summary>
    public int Number => throw new NotSupportedException();

    /// <summary>Abstract kinds (Interval, Value …) have no records of their own.</summary>
    public bool IsAbstract => throw new NotSupportedException();

    /// <summary>True if records of this kind may be compared with each other to find that they are the same subject.</summary>
    public bool IsMatchable => throw new NotSupportedException();

    /// <summary>The group that pages show it under (police know these as POLE).</summary>
    public SubjectGroup Group => throw new NotSupportedException();

    /// <summary>For a kind that ties two subjects together (Ownership, Directorship …): which properties are the two ends; else null.</summary>
    public Tie? Tie => throw new NotSupportedException();

    /// <summary>Own and inherited properties, by name.</summary>
    public IReadOnlyDictionary<string, Property> Properties => throw new NotSupportedException();

    /// <summary>True if it is <paramref name="other"/> or a kind of it.</summary>
    public bool Is(Schema other) => throw new NotSupportedException();

    /// <summary>True if it is the schema of that name or a kind of it.</summary>
    public bool Is(string name) => throw new NotSupportedException();

    /// <summary>Own or inherited property of that name; throws <see cref="KeyNotFoundException"/> if there is none.</summary>
    public Property this[string property] => throw new NotSupportedException();

    /// <summary>Looks an own or inherited property up by name.</summary>
    public bool TryGet(ReadOnlySpan<char> property, [NotNullWhen(true)] out Property? found) => throw new NotSupportedException();

    /// <summary>Looks an own or inherited property up by its name in UTF-8.</summary>
    public bool TryGetUtf8(ReadOnlySpan<byte> property, [NotNullWhen(true)] out Property? found) => throw new NotSupportedException();

    /// <summary>The properties whose first visible value is the subject's title on a page, best first.</summary>
    public IReadOnlyList<Property> Caption => throw new NotSupportedException();
}

/// <summary>The two ends of a schema that ties subjects together, and how to say it.</summary>
/// <param name="Source">The property that names the one end, such as Ownership's <c>owner</c>.</param>
/// <param name="Target">The property that names the other end, such as <c>asset</c>.</param>
/// <param name="Label">Said from source to target: "owns".</param>
/// <param name="Reverse">Said from target to source: "is owned by".</param>
/// <param name="Directed">False where neither end comes first (family, associates).</param>
public sealed record Tie(Property Source, Property Target, string Label, string Reverse, bool Directed);

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

/// <summary>What can be said of a subject: a name, a birth date, the owner …</summary>
public sealed class Property
{
    /// <summary>Its exact name, such as <c>birthDate</c>.</summary>
    public string Name => throw new NotSupportedException();

    /// <summary>Its name in plain words: "Date of birth".</summary>
    public string Label => throw new NotSupportedException();

    /// <summary>The schema that declares it.</summary>
    public Schema Schema => throw new NotSupportedException();

    /// <summary><c>Schema:name</c>, such as <c>Person:birthDate</c>.</summary>
    public string QualifiedName => throw new NotSupportedException();

    /// <summary>Its place in <see cref="Ontology.Properties"/>. May change between versions of the ontology: never stored or shown.</summary>
    public ushort Number => throw new NotSupportedException();

    /// <summary>What its values are: text, name, date, country …; it cleans and checks them.</summary>
    public PropertyType Type => throw new NotSupportedException();

    /// <summary>For a property of type entity: what the value must be; else null.</summary>
    public Schema? Range => throw new NotSupportedException();

    /// <summary>For a property of type entity: how the tie reads from the other end ("Owned by"); else null.</summary>
    public string? ReverseLabel => throw new NotSupportedException();

    /// <summary>True for values a person recognises the subject by, shown first.</summary>
    public bool IsFeatured => throw new NotSupportedException();

    /// <summary>True for values kept for matching or history but not shown unless asked for.</summary>
    public bool IsHidden => throw new NotSupportedException();
}
