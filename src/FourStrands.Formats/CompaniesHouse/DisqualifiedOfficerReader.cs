using System.Text.Json;
using FourStrands.Formats.Content;
using FourStrands.Formats.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.CompaniesHouse;

/// <summary>
/// Disqualified directors as Companies House's API gives them, one object an officer. Each disqualification is a Sanction record; the
/// officer has the topic <c>corp.disqual</c>, by which checks tell it from a financial sanction.
/// </summary>
public sealed class DisqualifiedOfficerReader : IFormatReader
{
    private static readonly string[] _nameParts = ["forename", "other_forenames", "other_forename", "middle_name", "surname"];

    private static readonly HashSet<string> _placed =
    [
        .. _nameParts,
        "name",
        "title",
        "date_of_birth",
        "nationality",
        "company_number",
        "country_of_registration",
        "registered_location",
        "disqualifications",
        "permissions_to_act",
        "etag",
        "links",
        "kind",
    ];

    private static readonly HashSet<string> _placedInDisqualification =
    [
        "address",
        "case_identifier",
        "company_names",
        "court_name",
        "disqualification_type",
        "disqualified_from",
        "disqualified_until",
        "heard_on",
        "undertaken_on",
        "reason",
    ];

    /// <inheritdoc />
    public string Name => "ch-disqualified";

    /// <inheritdoc />
    public string Description => "Companies House disqualified officers, JSON";

    /// <inheritdoc />
    public bool Recognises(FormatSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return sample.FirstItem is { } item && Officer(item).Part("disqualifications") is { ValueKind: JsonValueKind.Array };
    }

    /// <inheritdoc />
    public void Read(Stream content, IRecordSink sink, ReadOptions options, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var watched = new WatchedStream(content, null, progress, cancellation);
        var writer = new RecordWriter(sink, options);
        using var items = new JsonItems(watched, options.MaxLineBytes, writer.Reject);
        JsonRecords.Read(items, writer, item => Write(Officer(item), item, writer));
    }

    // The API gives the officer itself; its change feed wraps it.
    private static JsonElement Officer(JsonElement item) => item.Part("external_data") ?? item.Part("data") ?? item;

    private static void Write(JsonElement officer, JsonElement item, RecordWriter writer)
    {
        var company = officer.Text("company_number");
        var isCompany = company.Length > 0 && officer.Text("date_of_birth").Length == 0 && officer.Text("forename").Length == 0;
        var parts = _nameParts.Select(part => officer.Text(part)).Where(part => part.Length > 0);
        var name = officer.Text("name") is { Length: > 0 } whole ? whole : string.Join(' ', parts);
        if (name.Length == 0)
        {
            writer.Reject("name", "The officer has no name.", item.GetRawText());
            return;
        }
        var link = officer.Part("links")?.Text("self") ?? "";
        var last = link.Contains("disqualified-officers", StringComparison.Ordinal) ? link[(link.LastIndexOf('/') + 1)..] : "";
        var number = item.Part("internal_data")?.Text("officer_id") ?? "";
        var key =
            last.Length > 0 ? $"gb-disqualified-{last}"
            : number.Length > 0 ? $"gb-disqualified-{number}"
            : RecordKeys.Of("gb-disqualified", name, officer.Text("date_of_birth"), company);
        var disqualifications = officer.Items("disqualifications").ToArray();
        var addresses = disqualifications
            .Select(one => CompaniesHouseAddress.From(one.Part("address") ?? default))
            .OfType<CompaniesHouseAddress>()
            .Distinct()
            .ToArray();
        if (!writer.Begin(key, isCompany ? "Company" : "Person"))
            return;
        writer.Add("name", name);
        if (isCompany)
        {
            writer.Add("registrationNumber", company);
            writer.Add("jurisdiction", BasicCompanyReader.Register(Country(officer)), "Country of registration");
        }
        else
        {
            WritePerson(officer, writer);
        }
        if (disqualifications.Length > 0)
            writer.Add("topics", "corp.disqual");
        foreach (var address in addresses)
            address.WriteOfSubject(writer);
        foreach (var permission in Permissions(officer))
            writer.Note("Power to act", permission.AllText());
        writer.NoteRest(officer, _placed);
        writer.End();
        foreach (var address in addresses)
            address.Write(writer);
        for (var place = 0; place < disqualifications.Length; place++)
            WriteDisqualification(disqualifications[place], key, place, writer);
    }

    // One object in the register's database, a list of them from its API.
    private static IEnumerable<JsonElement> Permissions(JsonElement officer) =>
        officer.Part("permissions_to_act") is { ValueKind: JsonValueKind.Object } one ? [one] : officer.Items("permissions_to_act");

    private static string Country(JsonElement officer) =>
        officer.Text("country_of_registration") is { Length: > 0 } country ? country : officer.Text("registered_location");

    private static void WritePerson(JsonElement officer, RecordWriter writer)
    {
        writer.Add("title", officer.Text("title"));
        writer.Add("firstName", officer.Text("forename"));
        foreach (var middle in new[] { "other_forenames", "other_forename", "middle_name" })
            writer.Add("middleName", officer.Text(middle));
        writer.Add("lastName", officer.Text("surname"));
        writer.Add("birthDate", officer.Text("date_of_birth"), "Date of birth");
        writer.Add("nationality", officer.Text("nationality"), "Nationality");
        writer.Note("Registered location", officer.Text("registered_location"));
        writer.Note("Country of registration", officer.Text("country_of_registration"));
        writer.Note("Company number", officer.Text("company_number"));
    }

    private static void WriteDisqualification(JsonElement said, string officer, int place, RecordWriter writer)
    {
        var reason = said.Part("reason") ?? default;
        var act = reason.Text("act");
        var isActSlug = act.Contains('-', StringComparison.Ordinal);
        if (!writer.Begin($"{officer}-disqualification-{place + 1}", "Sanction"))
            return;
        writer.Add("entity", officer);
        writer.Add("country", "gb");
        writer.Add("authority", said.Text("court_name"));
        writer.Add("authorityId", said.Text("case_identifier"));
        writer.Add("program", "Disqualified directors");
        writer.Add("status", PscReader.Slug(said.Text("disqualification_type")));
        writer.Add("startDate", said.Text("disqualified_from"), "Disqualified from");
        writer.Add("endDate", said.Text("disqualified_until"), "Disqualified until");
        writer.Add("listingDate", said.Text("heard_on"), "Heard on");
        writer.Add("listingDate", said.Text("undertaken_on"), "Undertaken on");
        writer.Add("reason", PscReader.Slug(reason.Text("description_identifier")));
        writer.Add(
            "provisions",
            isActSlug ? PscReader.Slug(act)
                : act.Length > 0 ? $"act {act}"
                : null
        );
        writer.Add("provisions", reason.Text("section") is { Length: > 0 } section ? $"section {section}" : null);
        writer.Add("provisions", reason.Text("article") is { Length: > 0 } article ? $"article {article}" : null);
        foreach (var company in said.Texts("company_names"))
            writer.Note("Company", company);
        writer.NoteRest(said, _placedInDisqualification);
        writer.End();
    }
}
