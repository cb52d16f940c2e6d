using System.Text.Json;
using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>Reads bidders that another system wrote as FollowTheMoney entities, one JSON object a line.</summary>
internal static class BidderEntities
{
    private static readonly (BidderColumn Column, string[] Properties)[] _columns =
    [
        (BidderColumn.Name, ["name", "alias", "previousName"]),
        (BidderColumn.CompanyNumber, ["registrationNumber", "idNumber"]),
        (BidderColumn.Country, ["jurisdiction", "country", "mainCountry", "nationality"]),
        (BidderColumn.Address, ["address"]),
        (BidderColumn.Phone, ["phone"]),
        (BidderColumn.Email, ["email"]),
        (BidderColumn.VatNumber, ["vatCode"]),
        (BidderColumn.BirthDate, ["birthDate"]),
    ];

    /// <summary>Reads one line; null if it is no bidder, and then a rejection says why.</summary>
    public static Bidder? Read(string line, int number, List<Rejection> rejections)
    {
        string reason;
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schema", out var schemaName) || schemaName.ValueKind != JsonValueKind.String)
            {
                reason = "The line is not an entity: it has no “schema”.";
            }
            else if (!Ontology.Default.TryGet(schemaName.GetString(), out var schema))
            {
                reason = $"“{BidderFields.Excerpt(schemaName.GetString()!)}” is not a kind of subject.";
            }
            else if (!schema.Is("LegalEntity"))
            {
                reason = $"{schema.Plural} cannot bid. Only people, companies and other bodies are taken.";
            }
            else if (!root.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            {
                reason = "The entity has no “properties”.";
            }
            else
            {
                var fields = new BidderFields(number, rejections);
                foreach (var (column, names) in _columns)
                {
                    foreach (string name in names)
                    {
                        if (First(properties, name) is not { } value)
                            continue;
                        fields.Set(column, value);
                        break;
                    }
                }
                if (schema.Is("Person"))
                    fields.Set(BidderColumn.Kind, "person");
                else if (schema.Is("Organization"))
                    fields.Set(BidderColumn.Kind, "company");
                return fields.Make();
            }
        }
        catch (JsonException)
        {
            reason = "The line is not JSON. The file may be cut off.";
        }
        rejections.Add(new Rejection(number, "", reason, BidderFields.Excerpt(line)));
        return null;
    }

    private static string? First(JsonElement properties, string name)
    {
        if (!properties.TryGetProperty(name, out var values))
            return null;
        if (values.ValueKind == JsonValueKind.String)
            return values.GetString();
        if (values.ValueKind != JsonValueKind.Array)
            return null;
        // The smallest, so that the order in which the other system wrote them does not matter.
        return values
            .EnumerateArray()
            .Where(v => v.ValueKind == JsonValueKind.String)
            .Select(v => v.GetString())
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
    }
}
