using System.Text.Json;
using FourStrands.Formats.Content;
using FourStrands.Formats.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.CompaniesHouse;

/// <summary>Companies House's snapshot of persons with significant control, JSON lines; an array of them is read too.</summary>
public sealed class PscReader : IFormatReader
{
    // What an entry about the company as a whole has a place for, or that says nothing of it.
    private static readonly HashSet<string> _placed = ["kind", "statement", "description", "notified_on", "ceased_on", "ceased", "exemptions", "etag", "links"];

    /// <inheritdoc />
    public string Name => "ch-psc";

    /// <inheritdoc />
    public string Description => "Companies House persons with significant control, JSON lines";

    /// <inheritdoc />
    public bool Recognises(FormatSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        if (sample.FirstItem is not { ValueKind: JsonValueKind.Object } item || item.Part("data") is not { } data)
            return false;
        var kind = data.Text("kind");
        return kind.Contains("significant-control", StringComparison.Ordinal)
            || kind.Contains("beneficial-owner", StringComparison.Ordinal)
            || (kind.Length > 0 && item.Text("company_number").Length > 0)
            || kind.StartsWith("totals#", StringComparison.Ordinal);
    }

    /// <inheritdoc />
    public void Read(Stream content, IRecordSink sink, ReadOptions options, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var watched = new WatchedStream(content, null, progress, cancellation);
        var writer = new RecordWriter(sink, options);
        using var items = new JsonItems(watched, options.MaxLineBytes, writer.Reject);
        JsonRecords.Read(items, writer, item => Write(item, writer));
    }

    private static void Write(JsonElement item, RecordWriter writer)
    {
        var data = item.Part("data") ?? default;
        var kind = data.Text("kind");
        // The last line counts the others.
        if (kind.StartsWith("totals#", StringComparison.Ordinal))
            return;
        var number = item.Text("company_number");
        if (!BasicCompanyReader.IsNumber(number))
        {
            writer.Reject("company_number", "It is missing or is not a company number.", item.GetRawText());
            return;
        }
        switch (kind)
        {
            case "persons-with-significant-control-statement":
                WriteCompany(number, data, writer, "Statement on control", Slug(data.Text("statement")) + Period(data));
                break;
            case "super-secure-person-with-significant-control" or "super-secure-beneficial-owner":
                WriteCompany(number, data, writer, "Control", "a person whose particulars are protected by law" + Period(data));
                break;
            case "exemptions":
                WriteCompany(number, data, writer, "Exempt from saying who controls it", string.Join("; ", Exemptions(data)));
                break;
            case "individual-person-with-significant-control" or "individual-beneficial-owner":
                new PscOwner(number, data, "Person", writer).Write();
                break;
            case "corporate-entity-person-with-significant-control" or "corporate-entity-beneficial-owner":
                new PscOwner(number, data, "Company", writer).Write();
                break;
            case "legal-person-person-with-significant-control" or "legal-person-beneficial-owner":
                new PscOwner(number, data, "Organization", writer).Write();
                break;
            default:
                writer.Reject("kind", "This kind of entry is not known.", item.GetRawText());
                break;
        }
    }

    private static void WriteCompany(string number, JsonElement data, RecordWriter writer, string field, string said)
    {
        BeginCompany(number, writer);
        writer.Note(field, said);
        writer.NoteRest(data, _placed);
        writer.End();
    }

    // "psc exempt as trading on uk regulated market (from 2016-04-06 to 2018-01-01)"
    private static IEnumerable<string> Exemptions(JsonElement data) =>
        from exemption in (data.Part("exemptions") ?? default).Parts()
        from item in exemption.Value.Items("items").DefaultIfEmpty()
        select Words(exemption.Name) + Period(item.Text("exempt_from"), item.Text("exempt_to"));

    internal static void BeginCompany(string number, RecordWriter writer)
    {
        writer.Begin(BasicCompanyReader.Key(number), "Company");
        writer.Add("registrationNumber", number.ToUpperInvariant());
        writer.Add("jurisdiction", "gb");
    }

    internal static string Slug(string slug) => slug.Replace('-', ' ');

    private static string Words(string name) => name.Replace('_', ' ');

    private static string Period(JsonElement data)
    {
        var period = Period(data.Text("notified_on"), data.Text("ceased_on"));
        return period.Length == 0 && data.Text("ceased") == "true" ? " (ceased)" : period;
    }

    private static string Period(string from, string to) =>
        (from.Length, to.Length) switch
        {
            (0, 0) => "",
            (> 0, 0) => $" (from {from})",
            (0, > 0) => $" (to {to})",
            _ => $" (from {from} to {to})",
        };
}

/// <summary>One person or body with significant control, and the tie to the company.</summary>
internal sealed class PscOwner(string number, JsonElement data, string schema, RecordWriter writer)
{
    private static readonly HashSet<string> _placed =
    [
        "kind",
        "name",
        "name_elements",
        "date_of_birth",
        "nationality",
        "country_of_residence",
        "address",
        "principal_office_address",
        "identification",
        "natures_of_control",
        "notified_on",
        "ceased_on",
        "ceased",
        "is_sanctioned",
        "etag",
        "links",
    ];

    private static readonly HashSet<string> _placedInIdentification = ["registration_number", "legal_form", "country_registered"];

    public void Write()
    {
        var link = data.Part("links")?.Text("self") ?? "";
        var last = link[(link.LastIndexOf('/') + 1)..];
        var owner =
            last.Length > 0
                ? $"gb-psc-{number}-{last}"
                : RecordKeys.Of($"gb-psc-{number}", data.Text("kind"), FullName(), data.Part("date_of_birth")?.GetRawText(), data.Text("notified_on"));
        var address = CompaniesHouseAddress.From(data.Part("address") ?? default);
        var office = CompaniesHouseAddress.From(data.Part("principal_office_address") ?? default);
        PscReader.BeginCompany(number, writer);
        writer.End();
        if (!writer.Begin(owner, schema))
            return;
        WriteNames();
        if (data.Part("date_of_birth") is { } birth && birth.Text("year") is { Length: 4 } year)
            writer.Add(
                "birthDate",
                string.Join('-', new[] { year, birth.Text("month").PadLeft(2, '0'), birth.Text("day").PadLeft(2, '0') }.TakeWhile(part => part != "00")),
                "Date of birth"
            );
        foreach (var nationality in data.Text("nationality").Split([',', '/'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            writer.Add("nationality", nationality, "Nationality");
        writer.Add("country", data.Text("country_of_residence"), "Country of residence");
        if (data.Text("is_sanctioned") == "true")
            writer.Add("topics", "sanction");
        WriteIdentification();
        address?.WriteOfSubject(writer);
        office?.WriteOfSubject(writer);
        writer.NoteRest(data, _placed);
        writer.End();
        address?.Write(writer);
        office?.Write(writer);
        WriteOwnership(owner);
    }

    private string FullName()
    {
        var parts = data.Part("name_elements") ?? default;
        var name = string.Join(' ', new[] { parts.Text("forename"), parts.Text("middle_name"), parts.Text("surname") }.Where(part => part.Length > 0));
        return name.Length > 0 && schema == "Person" ? name : data.Text("name");
    }

    private void WriteNames()
    {
        writer.Add("name", FullName(), "Name");
        if (schema != "Person" || data.Part("name_elements") is not { } parts)
            return;
        writer.Add("title", parts.Text("title"));
        writer.Add("firstName", parts.Text("forename"));
        writer.Add("middleName", parts.Text("middle_name"));
        writer.Add("lastName", parts.Text("surname"));
    }

    private void WriteIdentification()
    {
        if (data.Part("identification") is not { ValueKind: JsonValueKind.Object } said)
            return;
        writer.Add("registrationNumber", said.Text("registration_number"), "Registration number");
        writer.Add("legalForm", said.Text("legal_form"), "Legal form");
        writer.Add("jurisdiction", BasicCompanyReader.Register(said.Text("country_registered")), "Country registered");
        writer.NoteRest(said, _placedInIdentification);
    }

    private void WriteOwnership(string owner)
    {
        if (!writer.Begin($"{owner}-control", "Ownership"))
            return;
        writer.Add("owner", owner);
        writer.Add("asset", BasicCompanyReader.Key(number));
        foreach (var nature in data.Texts("natures_of_control"))
        {
            writer.Add("percentage", IsShare(nature) ? Band(nature) : null);
            writer.Add("ownershipType", PscReader.Slug(nature));
        }
        writer.Add("startDate", data.Text("notified_on"), "Notified on");
        writer.Add("endDate", data.Text("ceased_on"), "Ceased on");
        if (data.Text("ceased_on").Length > 0 || data.Text("ceased") == "true")
            writer.Add("status", "ceased");
        writer.End();
    }

    // A limited liability partnership has no shares: the law asks for the share in its surplus assets instead.
    private static bool IsShare(string nature) =>
        nature.StartsWith("ownership-of-shares", StringComparison.Ordinal) || nature.Contains("right-to-share-surplus-assets", StringComparison.Ordinal);

    /// <summary>The band that a nature of control names: 25-50, 50-75, 75-100, or 25-100 where it says only "more than 25".</summary>
    internal static string? Band(string nature) =>
        nature.Contains("75-to-100", StringComparison.Ordinal) ? "75-100"
        : nature.Contains("50-to-75", StringComparison.Ordinal) ? "50-75"
        : nature.Contains("25-to-50", StringComparison.Ordinal) ? "25-50"
        : nature.Contains("more-than-25", StringComparison.Ordinal) ? "25-100"
        : null;
}
