namespace FourStrands.Linkage;

/// <summary>What two records must both be for a comparison to make sense.</summary>
public enum SubjectKind : byte
{
    /// <summary>Not compared: a place, an event, a tie.</summary>
    None,

    /// <summary>A natural person.</summary>
    Person,

    /// <summary>A company or other body.</summary>
    Organisation,

    /// <summary>A ship, aircraft or vehicle.</summary>
    Vessel,

    /// <summary>A legal entity of which it is not said whether it is a person or a body: compared with both.</summary>
    Legal,
}

/// <summary>A field that says who a subject is.</summary>
public enum Field : byte
{
    /// <summary>Full name in any script and order; aliases and former names too.</summary>
    Name,

    /// <summary>An alias the source itself calls weak.</summary>
    WeakName,

    /// <summary>Given name alone.</summary>
    FirstName,

    /// <summary>Family name alone.</summary>
    LastName,

    /// <summary>Birth date (person) or founding date (body): yyyy, yyyy-MM or yyyy-MM-dd.</summary>
    Date,

    /// <summary>ISO 3166 code of nationality, citizenship, jurisdiction or country, lower case.</summary>
    Country,

    /// <summary>male, female or other.</summary>
    Gender,

    /// <summary>One address as written.</summary>
    Address,

    /// <summary>Postal code alone.</summary>
    Postcode,

    /// <summary>Phone number.</summary>
    Phone,

    /// <summary>E-mail address.</summary>
    Email,

    /// <summary>Web site.</summary>
    Website,

    /// <summary>Company or charity registration number, with its country's code and a colon in front where known (gb:SC123456).</summary>
    RegistrationNumber,

    /// <summary>Tax or VAT number.</summary>
    TaxNumber,

    /// <summary>Passport number.</summary>
    Passport,

    /// <summary>National identity number.</summary>
    NationalIdentifier,

    /// <summary>International bank account number.</summary>
    Iban,

    /// <summary>Legal entity identifier (ISO 17442).</summary>
    Lei,

    /// <summary>Ship's IMO number, hull, frame or registration number.</summary>
    VesselNumber,

    /// <summary>Any other identifier.</summary>
    Identifier,

    /// <summary>Place of birth.</summary>
    BirthPlace,
}

/// <summary>One value of one field.</summary>
public readonly record struct FieldValue(Field Field, string Value);
