namespace FourStrands.Picture;

/// <summary>What can be said of a subject: a name, a birth date, the owner …</summary>
public sealed class Property
{
    internal Property(Schema schema, string name, string label, PropertyType type)
    {
        Schema = schema;
        Name = name;
        Label = label;
        Type = type;
        QualifiedName = $"{schema.Name}:{name}";
    }

    /// <summary>Its exact name, such as <c>birthDate</c>.</summary>
    public string Name { get; }

    /// <summary>Its name in plain words: "Date of birth".</summary>
    public string Label { get; }

    /// <summary>The schema that declares it.</summary>
    public Schema Schema { get; }

    /// <summary><c>Schema:name</c>, such as <c>Person:birthDate</c>.</summary>
    public string QualifiedName { get; }

    /// <summary>Its place in <see cref="Ontology.Properties"/>. May change between versions of the ontology: never stored or shown.</summary>
    public ushort Number { get; internal set; }

    /// <summary>What its values are: text, name, date, country …; it cleans and checks them.</summary>
    public PropertyType Type { get; }

    /// <summary>For a property of type entity: what the value must be; else null.</summary>
    public Schema? Range { get; internal set; }

    /// <summary>For a property of type entity: how the tie reads from the other end ("Owned by"); else null.</summary>
    public string? ReverseLabel { get; internal set; }

    /// <summary>For an identifier: the scheme it follows (iban, imo, lei …), where it has one; else null.</summary>
    public string? Format { get; internal set; }

    /// <summary>True for values a person recognises the subject by, shown first. <see cref="Picture.Schema.Featured"/> says it for one kind.</summary>
    public bool IsFeatured { get; internal set; }

    /// <summary>True for values kept for matching or history but not shown unless asked for.</summary>
    public bool IsHidden { get; internal set; }

    /// <summary>Its qualified name.</summary>
    public override string ToString() => QualifiedName;
}
