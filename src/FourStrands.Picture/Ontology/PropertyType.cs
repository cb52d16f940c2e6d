namespace FourStrands.Picture;

/// <summary>
/// What the values of a property are. Each type owns its rules: how a value is cleaned, when it is valid, how it is shown.
/// The names are FollowTheMoney's.
/// </summary>
public abstract class PropertyType
{
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
}
