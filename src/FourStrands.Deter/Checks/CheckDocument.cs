using System.Text.Json;
using System.Text.Json.Serialization;
using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>What a check document holds, and how it is written. Only inputs: see <see cref="Check"/>.</summary>
internal static class CheckDocument
{
    private static readonly JsonSerializerOptions _options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new RecordIdJson() } };

    public static string Write(CheckRequest request, Viewer viewer, DateTimeOffset at, BidderList list, IReadOnlyList<CheckedBidder> bidders) =>
        JsonSerializer.Serialize(
            new Content(
                1,
                request.Title.Trim(),
                request.TenderReference.Trim(),
                request.Depth,
                request.ReservedArrangement,
                viewer.DisplayName,
                viewer.AgencyName,
                at,
                list.FileName,
                bidders,
                list.Rejections,
                list.Duplicates,
                list.Format,
                list.Notes
            ),
            _options
        );

    public static Check Read(Document document)
    {
        if (document.Kind != BidderChecks.DocumentKind)
            throw new ArgumentException("This is not a check.", nameof(document));
        try
        {
            var c = JsonSerializer.Deserialize<Content>(document.Content, _options) ?? throw new JsonException();
            if (c.Version != 1)
                throw new ArgumentException("This check was kept by a newer version of the program.", nameof(document));
            return new Check(
                document.Id,
                c.Title,
                c.TenderReference,
                c.Depth,
                c.ReservedArrangement,
                c.By,
                c.Agency,
                c.At,
                c.FileName,
                c.Bidders,
                c.Rejections,
                c.Duplicates,
                document.Label.ToString()
            )
            {
                Format = c.Format ?? "",
                Notes = c.Notes ?? [],
            };
        }
        catch (JsonException problem)
        {
            throw new ArgumentException("This check cannot be read.", nameof(document), problem);
        }
    }

    private sealed record Content(
        int Version,
        string Title,
        string TenderReference,
        int Depth,
        bool ReservedArrangement,
        string By,
        string Agency,
        DateTimeOffset At,
        string FileName,
        IReadOnlyList<CheckedBidder> Bidders,
        IReadOnlyList<Rejection> Rejections,
        IReadOnlyList<DuplicateBidder> Duplicates,
        string? Format = null,
        IReadOnlyList<string>? Notes = null
    );
}

/// <summary>Identifiers as they are written everywhere: 26 characters.</summary>
internal sealed class RecordIdJson : JsonConverter<RecordId>
{
    public override RecordId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        RecordId.TryParse(reader.GetString(), null, out var id) ? id : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, RecordId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
