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

    public static JsonElement? Part(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        try
        {
            return element.TryGetProperty(name, out var part) ? part : null;
        }
        catch (InvalidOperationException)
        {
            // Another part's name has half a character in it.
            return element.Parts().Where(part => part.Name == name).Select(part => (JsonElement?)part.Value).FirstOrDefault();
        }
    }

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Part(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>The named parts of an object; none of anything else.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Parts(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(part => (NameOf(part), part.Value)) : [];

    /// <summary>All that is said in it, on one line, with the names of its parts.</summary>
    public static string AllText(this JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => string.Join(
                "; ",
                element
                    .Parts()
                    .Select(part => (part.Name, Text: part.Value.AllText()))
                    .Where(part => part.Text.Length > 0)
                    .Select(part => $"{part.Name.Replace('_', ' ')} {part.Text}")
            ),
            JsonValueKind.Array => string.Join(", ", element.EnumerateArray().Select(AllText).Where(text => text.Length > 0)),
            JsonValueKind.String => TextOf(element),
            JsonValueKind.Null or JsonValueKind.Undefined => "",
            _ => element.GetRawText(),
        };

    public static IEnumerable<string> Texts(this JsonElement element, string name) =>
        element.Items(name).Where(item => item.ValueKind == JsonValueKind.String).Select(TextOf);

    private static string NameOf(JsonProperty part)
    {
        try
        {
            return part.Name;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

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
