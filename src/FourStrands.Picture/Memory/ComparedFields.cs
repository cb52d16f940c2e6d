using FourStrands.Linkage;

namespace FourStrands.Picture.Memory;

/// <summary>Which properties say who a subject is, and so are compared; and which are found by search.</summary>
internal sealed class ComparedFields
{
    private const byte NotCompared = byte.MaxValue;

    private readonly byte[] fields;
    private readonly bool[] searched;
    private readonly bool[] identifiers;
    private readonly bool[] names;
    private readonly SubjectKind[] kinds;

    public ComparedFields(Ontology ontology)
    {
        fields = new byte[ontology.Properties.Count];
        searched = new bool[fields.Length];
        identifiers = new bool[fields.Length];
        names = new bool[fields.Length];
        Array.Fill(fields, NotCompared);
        foreach (var property in ontology.Properties)
        {
            if (FieldOf(property) is { } field)
                fields[property.Number] = (byte)field;
            string type = property.Type.Name;
            searched[property.Number] = type is "name" or "identifier" or "phone" or "email" or "address" or "iban";
            names[property.Number] = type is "name";
            identifiers[property.Number] = type is "identifier" or "phone" or "iban";
        }
        kinds = new SubjectKind[ontology.Schemata.Count];
        foreach (var schema in ontology.Schemata)
            kinds[schema.Number] = KindOf(schema);
    }

    /// <summary>True if a change of this property can change a match.</summary>
    public bool IsCompared(ushort property) => property == Statements.KindProperty || fields[property] != NotCompared;

    public bool TryField(ushort property, out Field field)
    {
        field = property == Statements.KindProperty || fields[property] == NotCompared ? default : (Field)fields[property];
        return property != Statements.KindProperty && fields[property] != NotCompared;
    }

    public bool IsSearched(ushort property) => searched[property];

    public bool IsName(ushort property) => names[property];

    public bool IsIdentifier(ushort property) => identifiers[property];

    public SubjectKind Kind(int schema) => kinds[schema];

    private static SubjectKind KindOf(Schema schema)
    {
        if (schema.Is("Person"))
            return SubjectKind.Person;
        if (schema.Is("Vehicle"))
            return SubjectKind.Vessel;
        if (schema.Is("Organization"))
            return SubjectKind.Organisation;
        return schema.Is("LegalEntity") ? SubjectKind.Legal : SubjectKind.None;
    }

    private static Field? FieldOf(Property property) =>
        property.Name switch
        {
            "name" or "alias" or "previousName" => Field.Name,
            "weakAlias" or "abbreviation" => Field.WeakName,
            "firstName" => Field.FirstName,
            "lastName" => Field.LastName,
            "birthDate" or "incorporationDate" => Field.Date,
            "nationality" or "citizenship" or "country" or "jurisdiction" or "mainCountry" or "flag" => Field.Country,
            "gender" => Field.Gender,
            "address" => Field.Address,
            "postalCode" => Field.Postcode,
            "phone" => Field.Phone,
            "email" => Field.Email,
            "website" => Field.Website,
            "registrationNumber" or "ogrnCode" => Field.RegistrationNumber,
            "taxNumber" or "vatCode" or "innCode" => Field.TaxNumber,
            "passportNumber" => Field.Passport,
            "idNumber" or "socialSecurityNumber" => Field.NationalIdentifier,
            "leiCode" => Field.Lei,
            "imoNumber" or "mmsi" => Field.VesselNumber,
            "birthPlace" => Field.BirthPlace,
            _ => property.Type.Name == "identifier" && property.Schema.IsMatchable && property.Name is not ("unscId" or "authorityId" or "programId")
                ? Field.Identifier
                : null,
        };
}
