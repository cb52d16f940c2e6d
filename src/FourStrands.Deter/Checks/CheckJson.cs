using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace FourStrands.Deter.Checks;

/// <summary>
/// A result as JSON. The shape is that of <see cref="CheckResult"/>: names in camelCase, kinds and states as words,
/// identifiers as 26 characters, dates as 2026-11-22; a path's parts bear <c>"part": "tie"</c> or <c>"part": "match"</c>.
/// The same result is the same bytes.
/// </summary>
public static class CheckJson
{
    private static readonly JsonSerializerOptions _plain = Options(indented: false);
    private static readonly JsonSerializerOptions _indented = Options(indented: true);

    /// <summary>The result as UTF-8.</summary>
    public static byte[] Write(CheckResult result, bool indented = false) => JsonSerializer.SerializeToUtf8Bytes(result, indented ? _indented : _plain);

    private static JsonSerializerOptions Options(bool indented) =>
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            WriteIndented = indented,
            // Chains of owners stand one inside the other.
            MaxDepth = 16 + (8 * OwnerChain.MostLinks),
            // Names in any script stay readable; what could end a script element is still escaped.
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            Converters = { new RecordIdJson(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        };
}
