using System.Text.Json;

namespace FourStrands.Picture;

/// <summary>
/// What documents of the program's own making repeat of records, value by value: releases, corrections and the notices of both. These are compared exactly, whatever the property and however
/// short the value, since they name the record that says it.
/// </summary>
internal static class Claims
{
    /// <summary>The members in which such a document keeps a value.</summary>
    private static readonly string[] Values = ["Value", "Was", "Now"];

    /// <summary>What a document says that records say; nothing for one of another kind.</summary>
    public static List<ReleasedValue> In(string content)
    {
        List<ReleasedValue> claims = [];
        try
        {
            using var json = JsonDocument.Parse(content);
            Collect(json.RootElement, claims);
        }
        catch (JsonException)
        {
            // Somebody's own text.
        }
        return claims;
    }

    private static void Collect(JsonElement element, List<ReleasedValue> claims)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                Collect(item, claims);
        }
        if (element.ValueKind != JsonValueKind.Object)
            return;
        if (Text(element, "Record") is { } id && RecordId.TryParse(id, null, out var record) && Text(element, "Property") is { } property)
            claims.AddRange(Values.Select(v => Text(element, v)).OfType<string>().Select(v => new ReleasedValue(record, property, v)));
        foreach (var member in element.EnumerateObject())
            Collect(member.Value, claims);
    }

    private static string? Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
