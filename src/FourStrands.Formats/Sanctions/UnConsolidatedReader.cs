using System.Globalization;
using System.Xml;
using FourStrands.Formats.Content;
using FourStrands.Formats.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.Sanctions;

/// <summary>The United Nations Security Council's consolidated list, XML.</summary>
public sealed class UnConsolidatedReader : IFormatReader
{
    /// <inheritdoc />
    public string Name => "un";

    /// <inheritdoc />
    public string Description => "United Nations Security Council consolidated list, XML";

    /// <inheritdoc />
    public bool Recognises(FormatSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return sample.FirstLetter == '<' && sample.Text.Contains("<CONSOLIDATED_LIST", StringComparison.Ordinal);
    }

    /// <inheritdoc />
    public void Read(Stream content, IRecordSink sink, ReadOptions options, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var watched = new WatchedStream(content, null, progress, cancellation);
        var writer = new RecordWriter(sink, options);
        using var items = new XmlItems(watched, options);
        try
        {
            while (items.Next("INDIVIDUAL", "ENTITY"))
            {
                writer.Line = items.Line;
                if (items.Refused is { } why)
                    writer.Reject("", why, items.Current.Name);
                else
                    new UnSubject(items.Current, writer).Write();
            }
        }
        catch (Exception damaged) when (damaged is XmlException or InvalidDataException)
        {
            var line = damaged is XmlException xml ? xml.LineNumber : items.Line;
            writer.Reject(new Rejection(line, "", $"{XmlItems.Told(damaged)} What came before is kept.", "") { EndsReading = true });
        }
    }
}

/// <summary>One individual or entity of the list.</summary>
internal sealed class UnSubject(XmlItem item, RecordWriter writer)
{
    private const string Authority = "United Nations Security Council";

    // What has a place of its own below, or says nothing of the subject.
    private static readonly HashSet<string> _placed =
    [
        "DATAID",
        "VERSIONNUM",
        "FIRST_NAME",
        "SECOND_NAME",
        "THIRD_NAME",
        "FOURTH_NAME",
        "UN_LIST_TYPE",
        "REFERENCE_NUMBER",
        "LISTED_ON",
        "GENDER",
        "COMMENTS1",
        "NATIONALITY",
        "LIST_TYPE",
        "LAST_DAY_UPDATED",
        "INDIVIDUAL_ALIAS",
        "ENTITY_ALIAS",
        "INDIVIDUAL_ADDRESS",
        "ENTITY_ADDRESS",
        "INDIVIDUAL_DATE_OF_BIRTH",
        "INDIVIDUAL_PLACE_OF_BIRTH",
        "INDIVIDUAL_DOCUMENT",
        "SORT_KEY",
        "SORT_KEY_LAST_MOD",
        "DESIGNATION",
        "TITLE",
        "NAME_ORIGINAL_SCRIPT",
    ];

    private static readonly string[] _names = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"];

    private readonly bool _isPerson = item.Name == "INDIVIDUAL";

    public void Write()
    {
        var number = item.Text("DATAID");
        var names = _names.Select(item.Text).Where(name => name.Length > 0).ToArray();
        if (number.Length == 0 || names.Length == 0)
        {
            writer.Reject(number.Length == 0 ? "DATAID" : "FIRST_NAME", "It is missing, so the entry cannot be told from others.", item.Name);
            return;
        }
        var key = $"un-{number}";
        if (!writer.Begin(key, _isPerson ? "Person" : "Organization"))
            return;
        writer.Add("name", string.Join(' ', names));
        writer.Add("name", item.Text("NAME_ORIGINAL_SCRIPT"), "Name in its own script");
        if (_isPerson)
            WritePersonNames(names);
        writer.Add("topics", "sanction");
        writer.Add("gender", item.Text("GENDER"), "Gender");
        foreach (var nationality in item.Values("NATIONALITY"))
            writer.Add("nationality", nationality, "Nationality");
        foreach (var title in item.Values("TITLE"))
            writer.Add("title", title, "Title");
        foreach (var designation in item.Values("DESIGNATION"))
            writer.Add("position", designation, "Designation");
        foreach (var alias in item.All("INDIVIDUAL_ALIAS").Concat(item.All("ENTITY_ALIAS")))
            WriteAlias(alias);
        foreach (var birth in item.All("INDIVIDUAL_DATE_OF_BIRTH"))
            WriteBirth(birth);
        foreach (var place in item.All("INDIVIDUAL_PLACE_OF_BIRTH"))
        {
            writer.Add("birthPlace", Joined(place, "STREET", "CITY", "STATE_PROVINCE", "COUNTRY"));
            writer.Add("birthCountry", place.Text("COUNTRY"), "Country of birth");
            writer.Note("Place of birth", place.Text("NOTE"));
        }
        var addresses = item.All("INDIVIDUAL_ADDRESS").Concat(item.All("ENTITY_ADDRESS")).ToArray();
        for (var place = 0; place < addresses.Length; place++)
            WriteAddressOfSubject(addresses[place], $"{key}-address-{place + 1}");
        foreach (var document in item.All("INDIVIDUAL_DOCUMENT"))
            WriteDocumentOfSubject(document);
        writer.Note("", item.Text("COMMENTS1"));
        foreach (var part in item.Children.Where(part => !_placed.Contains(part.Name)))
            writer.Note(part.Name, part.AllText());
        writer.End();

        writer.Begin(key + "-sanction", "Sanction");
        writer.Add("entity", key);
        writer.Add("authority", Authority);
        writer.Add("program", item.Text("UN_LIST_TYPE"));
        writer.Add("unscId", item.Text("REFERENCE_NUMBER"));
        writer.Add("authorityId", item.Text("REFERENCE_NUMBER"));
        writer.Add("listingDate", Day(item.Text("LISTED_ON")), "Listed on");
        writer.Add("reason", item.Text("COMMENTS1"));
        foreach (var updated in item.Values("LAST_DAY_UPDATED"))
            writer.Add("modifiedAt", Day(updated), "Last updated");
        writer.End();
        for (var place = 0; place < addresses.Length; place++)
            WriteAddress(addresses[place], $"{key}-address-{place + 1}");
        foreach (var document in item.All("INDIVIDUAL_DOCUMENT"))
            WriteDocument(document, key);
    }

    private void WritePersonNames(string[] names)
    {
        writer.Add("firstName", item.Text("FIRST_NAME"));
        if (names.Length > 1)
            writer.Add("lastName", names[^1]);
        for (var place = 1; place < names.Length - 1; place++)
            writer.Add("middleName", names[place]);
    }

    private void WriteAlias(XmlItem alias)
    {
        var name = alias.Text("ALIAS_NAME");
        var quality = alias.Text("QUALITY");
        var property =
            quality == "Low" ? "weakAlias"
            : quality.StartsWith("f.k.a", StringComparison.Ordinal) ? "previousName"
            : "alias";
        // Some hold several: "Azim Adhajani; Azim Agha-Jani".
        foreach (var one in name.Split(';'))
            writer.Add(property, one, "Alias");
        var about = name.Length > 0 ? $"Alias {name}" : "Alias";
        // What is said of the subject under another name is not surely true of it.
        foreach (var part in alias.Children.Where(part => part.Name is not ("QUALITY" or "ALIAS_NAME")))
            writer.Note($"{about}, {part.Name}", part.AllText());
    }

    private void WriteBirth(XmlItem birth)
    {
        var exact = birth.Text("DATE");
        var from = birth.Text("FROM_YEAR");
        var to = birth.Text("TO_YEAR");
        var isSure = birth.Text("TYPE_OF_DATE") is "EXACT" or "";
        if (exact.Length > 0)
            writer.Add("birthDate", exact, "Date of birth");
        else if (birth.Text("YEAR") is { Length: > 0 } year)
            writer.Add("birthDate", year, "Date of birth");
        if (from.Length > 0 || to.Length > 0)
            writer.Note("Date of birth", $"between {from} and {to}");
        else if (!isSure && (exact + birth.Text("YEAR")).Length > 0)
            writer.Note("Date of birth", $"{exact}{birth.Text("YEAR")} ({birth.Text("TYPE_OF_DATE").ToLower(CultureInfo.InvariantCulture)})");
        writer.Note("Date of birth", birth.Text("NOTE"));
    }

    private void WriteAddressOfSubject(XmlItem address, string key)
    {
        var full = Full(address);
        writer.Add("country", address.Text("COUNTRY"), "Country");
        if (HasPlace(address))
        {
            writer.Add("address", full);
            writer.Add("addressEntity", key);
        }
        else
        {
            writer.Note("Address", address.Text("NOTE"));
        }
    }

    private void WriteAddress(XmlItem address, string key)
    {
        if (!HasPlace(address))
            return;
        writer.Record(
            key,
            "Address",
            ("full", Full(address)),
            ("street", address.Text("STREET")),
            ("city", address.Text("CITY")),
            ("state", address.Text("STATE_PROVINCE")),
            ("postalCode", address.Text("ZIP_CODE")),
            ("country", address.Text("COUNTRY")),
            ("remarks", address.Text("NOTE"))
        );
    }

    private static bool HasPlace(XmlItem address) => Joined(address, "STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE").Length > 0;

    private static string Full(XmlItem address) => Joined(address, "STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY");

    private void WriteDocumentOfSubject(XmlItem document)
    {
        var number = document.Text("NUMBER");
        if (number.Length == 0)
            writer.Note("Document", document.AllText());
        else
            writer.Add(IsPassport(document) ? "passportNumber" : "idNumber", number, "Document");
    }

    private void WriteDocument(XmlItem document, string holder)
    {
        var number = document.Text("NUMBER");
        if (number.Length == 0)
            return;
        var isPassport = IsPassport(document);
        var issuer = document.Text("ISSUING_COUNTRY") is { Length: > 0 } country ? country : document.Text("COUNTRY_OF_ISSUE");
        var kind = isPassport ? "Passport" : "Identification";
        if (!writer.Begin($"{holder}-{(isPassport ? "passport" : "id")}-{number}", kind))
            return;
        writer.Add("holder", holder);
        writer.Add("number", number);
        writer.Add(isPassport ? "passportNumber" : "number", number);
        writer.Add("type", document.Text("TYPE_OF_DOCUMENT"), "Type");
        writer.Add("type", document.Text("TYPE_OF_DOCUMENT2"), "Type");
        writer.Add("country", issuer, "Issuing country");
        writer.Add("startDate", document.Text("DATE_OF_ISSUE"), "Date of issue");
        writer.Note("City of issue", document.Text("CITY_OF_ISSUE"));
        writer.Note("", document.Text("NOTE"));
        writer.End();
    }

    private static bool IsPassport(XmlItem document)
    {
        var type = document.Text("TYPE_OF_DOCUMENT");
        return type.Contains("pass", StringComparison.OrdinalIgnoreCase) || type.Contains("pasaporte", StringComparison.OrdinalIgnoreCase);
    }

    // 2015-04-07-04:00 is a day with the offset of its time zone.
    private static string Day(string date) => date.Length > 10 && date[10] is ('-' or '+' or 'Z') ? date[..10] : date;

    private static string Joined(XmlItem of, params string[] parts) =>
        string.Join(", ", parts.Select(part => of.Text(part).Trim()).Where(text => text.Length > 0));
}
