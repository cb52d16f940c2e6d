namespace FourStrands.Picture;

/// <summary>
/// What the values of a property are. Each type owns its rules: how a value is cleaned, when it is valid, how it is shown.
/// The names are FollowTheMoney's.
/// </summary>
public abstract class PropertyType
{
    private static readonly Dictionary<string, PropertyType> _all = new PropertyType[]
    {
        new NameType(),
        new LineType("string"),
        new LineType("entity"),
        new TextType("text"),
        new TextType("html"),
        new JsonType(),
        new AddressType(),
        new IdentifierType(),
        new DateType(),
        new NumberType(),
        new PhoneType(),
        new EmailType(),
        new UrlType(),
        new IpType(),
        new MimeTypeType(),
        new ChecksumType(),
        new CodeType("country", "countries"),
        new CodeType("language", "languages"),
        new CodeType("gender", "genders"),
        new TopicType(),
    }.ToDictionary(type => type.Name);

    /// <summary>FollowTheMoney's name of the type: name, text, date, country, identifier, entity …</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Brings a value into the one form it is kept in (a date as 2026-11-22, a country as its lower-case ISO code, an e-mail in lower case).
    /// Returns null if it is not a value of this type; the caller rejects it with a reason, or keeps it as a note.
    /// </summary>
    public abstract string? Clean(string value);

    /// <summary>Shows a kept value to a person: 22 November 2026, United Kingdom, +44 20 7946 0958.</summary>
    public abstract string Show(string value);

    /// <summary>True if the values are keys of other subjects.</summary>
    public bool IsEntity => Name == "entity";

    /// <summary>All types, by name in ordinal order.</summary>
    public static IReadOnlyList<PropertyType> All { get; } = [.. _all.Values.OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>The type of that name, or null if there is none.</summary>
    public static PropertyType? Named(string name) => _all.GetValueOrDefault(name);

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
