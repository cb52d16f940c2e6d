using System.Text.Json;

namespace FourStrands.Formats.Text;

/// <summary>Hands the objects of a JSON file to a reader, and rejects those that are not valid JSON.</summary>
internal static class JsonRecords
{
    public static void Read(JsonItems items, RecordWriter writer, Action<JsonElement> write)
    {
        var options = new JsonDocumentOptions { MaxDepth = writer.Options.MaxJsonDepth };
        while (items.Next())
        {
            writer.Line = items.Line;
            JsonDocument document;
            try
            {
                document = JsonDocument.Parse(items.Current.ToArray(), options);
            }
            catch (JsonException damaged)
            {
                writer.Reject("", Told(damaged), Excerpts.Of(items.Current));
                continue;
            }
            using (document)
            {
                if (document.RootElement.ValueKind == JsonValueKind.Object)
                    write(document.RootElement);
                else
                    writer.Reject("", "An object in braces is expected here.", Excerpts.Of(items.Current));
            }
        }
    }

    /// <summary>Says to a person what is wrong with a piece of JSON.</summary>
    public static string Told(JsonException damaged) =>
        damaged.Message.Contains("maximum configured depth", StringComparison.Ordinal)
            ? "The JSON is nested too deeply."
            : $"This is not valid JSON from byte {(damaged.BytePositionInLine ?? 0) + 1:N0} on. Check that it is whole.";
}
