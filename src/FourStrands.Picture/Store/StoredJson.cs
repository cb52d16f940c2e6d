using System.Text.Json;
using System.Text.Json.Serialization;

namespace FourStrands.Picture.Store;

/// <summary>How what is kept as JSON is written: identifiers and labels as people read them, names for choices.</summary>
internal static class StoredJson
{
    public static JsonSerializerOptions Options { get; } = new() { Converters = { new Ids(), new Labels(), new JsonStringEnumConverter() } };

    private sealed class Ids : JsonConverter<RecordId>
    {
        public override RecordId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            RecordId.Parse(reader.GetString() ?? "", null);

        public override void Write(Utf8JsonWriter writer, RecordId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class Labels : JsonConverter<Label>
    {
        public override Label Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Label.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Label value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
