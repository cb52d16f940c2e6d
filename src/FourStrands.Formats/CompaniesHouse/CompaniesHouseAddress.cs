using System.Text.Json;
using FourStrands.Formats.Text;

namespace FourStrands.Formats.CompaniesHouse;

/// <summary>An address as Companies House writes one, in its bulk tables and in JSON.</summary>
internal sealed record CompaniesHouseAddress(
    string Street,
    string Street2,
    string Town,
    string Region,
    string Postcode,
    string Country,
    string PostBox,
    string CareOf
)
{
    public static CompaniesHouseAddress? From(JsonElement address)
    {
        if (address.ValueKind != JsonValueKind.Object)
            return null;
        var premises = address.Text("premises") is { Length: > 0 } plural ? plural : address.Text("premise");
        var line = address.Text("address_line_1");
        var read = new CompaniesHouseAddress(
            Joined(premises, line),
            address.Text("address_line_2"),
            address.Text("locality"),
            address.Text("region"),
            address.Text("postal_code"),
            address.Text("country"),
            address.Text("po_box"),
            address.Text("care_of")
        );
        return read.IsEmpty ? null : read;
    }

    public bool IsEmpty => Full.Length == 0;

    public string Full => string.Join(", ", new[] { CareOf, PostBox, Street, Street2, Town, Region, Postcode, Country }.Where(part => part.Length > 0));

    /// <summary>The same address has the same key wherever it is said, so that who shares one is seen to.</summary>
    public string Key => RecordKeys.Of("gb-address", Full);

    /// <summary>Says it of the subject whose record is open.</summary>
    public void WriteOfSubject(RecordWriter writer)
    {
        writer.Add("address", Full);
        writer.Add("addressEntity", Key);
    }

    /// <summary>Writes it as a record of its own.</summary>
    public void Write(RecordWriter writer) =>
        writer.Record(
            Key,
            "Address",
            ("full", Full),
            ("street", Street),
            ("street2", Street2),
            ("city", Town),
            ("region", Region),
            ("postalCode", Postcode),
            ("country", Country),
            ("postOfficeBox", PostBox),
            ("remarks", CareOf.Length > 0 ? $"Care of {CareOf}" : null)
        );

    // A number stands before its street with a space, a house name with a comma.
    private static string Joined(string premises, string line) =>
        premises.Length == 0 ? line
        : line.Length == 0 ? premises
        : char.IsAsciiDigit(premises[0]) && premises.Length < 6 ? $"{premises} {line}"
        : $"{premises}, {line}";
}
