using System.Text.Json;

namespace FourStrands.Formats.Text;

/// <summary>Reads values of JSON without surprises: what is missing or of another kind is empty.</summary>
internal static class JsonValues
{
    public static string Text(this JsonElement element, string name) =>
        element.Part(name) is { } part
            ? part.ValueKind switch
            {
                JsonValueKind.String => TextOf(part),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => part.GetRawText(),
                _ => "",
            }
            : "";

    public static JsonElement? Part(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var part) ? part : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Part(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static IEnumerable<string> Texts(this JsonElement element, string name) =>
        element.Items(name).Where(item => item.ValueKind == JsonValueKind.String).Select(TextOf);

    // Half a surrogate pair is valid JSON and no text.
    private static string TextOf(JsonElement part)
    {
        try
        {
            return part.GetString()!.Trim();
        }
        catch (InvalidOperationException)
        {
            return part.GetRawText().Trim('"');
        }
    }
}
