using System.Text.RegularExpressions;
using FourStrands.Formats.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.Sanctions;

/// <summary>One row of the list: a name of a subject and an address, with what is said of the subject repeated on each.</summary>
internal sealed partial class UkListRow(CsvRows row, NamedColumns columns, UkList list, RecordWriter writer)
{
    private static readonly string[] _addressLines = ["Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6"];

    private static readonly PropertyType _country = PropertyType.Named("country")!;

    private static readonly (string Column, string Property)[] _contacts =
    [
        ("Gender", "gender"),
        ("Website", "website"),
        ("Email address", "email"),
        ("Phone number", "phone"),
        ("IMO number", "imoNumber"),
        ("Business registration number (s)", "registrationNumber"),
        ("Type of entity", "legalForm"),
        ("Type of ship", "type"),
        ("Current believed flag of ship", "flag"),
        ("Previous flags", "pastFlags"),
        ("Year Built", "buildDate"),
    ];

    private static readonly HashSet<string> _placed = new(StringComparer.OrdinalIgnoreCase)
    {
        "Name 1",
        "Name 2",
        "Name 3",
        "Name 4",
        "Name 5",
        "Name 6",
        "Name Non-Latin Script",
        "Title",
        "DOB",
        "Town of Birth",
        "Country of Birth",
        "Nationality",
        "Passport Number",
        "Passport Details",
        "NI Number",
        "National Identification Number",
        "Position",
        "Address 1",
        "Address 2",
        "Address 3",
        "Address 4",
        "Address 5",
        "Address 6",
        "Post/Zip Code",
        "Country",
        "Other Information",
        "Group Type",
        "Alias Type",
        "Alias Quality",
        "Regime",
        "Listed On",
        "Last Updated",
        "Group ID",
        "Date Designated",
        "UK Sanctions List Date Designated",
        "UN Reference Number",
        "Gender",
        "Website",
        "Email address",
        "Phone number",
        "UK Statement of Reasons",
        "Sanctions Imposed",
        "IMO number",
        "Business registration number (s)",
        "Type of entity",
        "Type of ship",
        "Current believed flag of ship",
        "Previous flags",
        "Year Built",
    };

    private string this[string column] => columns.Value(row, list.Columns.GetValueOrDefault(column, column));

    public void Write()
    {
        var group = this["Group ID"];
        var last = this["Name 6"];
        if (group.Length is 0 or > 30 || !group.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '/' or '.'))
        {
            writer.Reject("Group ID", "It is missing or is not an identifier.", row.Excerpt);
            return;
        }
        var schema = this["Group Type"].ToUpperInvariant() switch
        {
            "INDIVIDUAL" => "Person",
            "SHIP" => "Vessel",
            "ENTITY" => "Organization",
            _ => null,
        };
        if (schema is null)
        {
            writer.Reject("Group Type", "It should be Individual, Entity or Ship.", row.Excerpt);
            return;
        }
        var key = $"{list.Prefix}-{group}";
        var full = string.Join(", ", _addressLines.Append("Post/Zip Code").Select(line => this[line]).Where(text => text.Length > 0));
        var place = full.Length == 0 ? null : RecordKeys.Of($"{list.Prefix}-address", full, this["Country"]);
        writer.Begin(key, schema);
        WriteName(last, isPerson: schema == "Person");
        writer.Add("topics", "sanction");
        WriteFacts();
        AddCountry("country", this["Country"], "Country");
        if (place is not null)
        {
            writer.Add("address", this["Country"] is { Length: > 0 } country ? $"{full}, {country}" : full);
            writer.Add("addressEntity", place);
        }
        writer.Note("", this["Other Information"]);
        foreach (var column in columns.Names.Where(column => !_placed.Contains(column) && !list.Columns.ContainsValue(column)))
            writer.Note(column, this[column]);
        writer.End();
        if (place is not null)
            WriteAddress(place, full);
        WriteSanction(key);
        if (schema == "Person")
            WritePassports(key);
    }

    private void WriteName(string last, bool isPerson)
    {
        var given = string.Join(' ', Enumerable.Range(1, 5).Select(number => this[$"Name {number}"]).Where(name => name.Length > 0));
        var name = given.Length == 0 ? last : $"{given} {last}";
        var property =
            this["Alias Type"].ToUpperInvariant() is "PRIME ALIAS" or "PRIMARY NAME" or "" ? "name"
            : this["Alias Type"].StartsWith("FKA", StringComparison.OrdinalIgnoreCase) ? "previousName"
            : this["Alias Quality"].ToUpperInvariant() is "LOW QUALITY A.K.A" or "LOW" or "WEAK" ? "weakAlias"
            : "alias";
        writer.Add(property, name);
        writer.Add("name", this["Name Non-Latin Script"]);
        // A body's name stands in the last column whole.
        if (property == "name" && isPerson && given.Length > 0)
        {
            writer.Add("lastName", last);
            writer.Add("firstName", this["Name 1"]);
            for (var number = 2; number <= 5; number++)
                writer.Add("middleName", this[$"Name {number}"]);
        }
    }

    private void WriteFacts()
    {
        if (this["Title"].Length > 0)
            writer.Add("title", this["Title"], "Title");
        foreach (var birth in Parts("DOB"))
            WriteBirth(birth);
        foreach (var town in Parts("Town of Birth"))
            writer.Add("birthPlace", town, "Town of Birth");
        foreach (var country in Parts("Country of Birth"))
            AddCountry("birthCountry", country, "Country of Birth");
        foreach (var nationality in Parts("Nationality"))
            AddCountry("nationality", nationality.TrimEnd('.'), "Nationality");
        foreach (var position in Parts("Position"))
            writer.Add("position", position, "Position");
        foreach (var (column, property) in _contacts)
        {
            foreach (var part in Parts(column))
                writer.Add(property, part, column);
        }
        foreach (var column in new[] { "Passport Number", "Passport Details" })
        {
            writer.Note(column, this[column]);
            foreach (var passport in Parts(column))
                writer.Add("passportNumber", NumberIn(passport));
        }
        foreach (var column in new[] { "NI Number", "National Identification Number" })
        {
            writer.Note(column, this[column]);
            foreach (var number in Parts(column))
                writer.Add("idNumber", NumberIn(number));
        }
    }

    // "dd/mm/1962" is how the list writes a year alone.
    private void WriteBirth(string birth)
    {
        var known = birth.Replace("dd", "00", StringComparison.OrdinalIgnoreCase).Replace("mm", "00", StringComparison.OrdinalIgnoreCase);
        writer.Add("birthDate", SourceDates.DayMonthYear(known) ?? birth, "DOB");
    }

    private void WriteAddress(string key, string full)
    {
        var lines = _addressLines.Select(line => this[line]).Where(text => text.Length > 0).ToArray();
        writer.Begin(key, "Address");
        writer.Add("full", this["Country"] is { Length: > 0 } country ? $"{full}, {country}" : full);
        if (lines.Length > 1)
            writer.Add("street", lines[0]);
        // The last line is the town.
        if (lines.Length > 0)
            writer.Add("city", lines[^1]);
        writer.Add("postalCode", this["Post/Zip Code"]);
        AddCountry("country", this["Country"], "Country");
        writer.End();
    }

    private void WriteSanction(string subject)
    {
        writer.Begin($"{subject}-sanction", "Sanction");
        writer.Add("entity", subject);
        writer.Add("authority", list.Authority);
        writer.Add("country", "gb");
        writer.Add("program", this["Regime"]);
        writer.Add("authorityId", this["Group ID"]);
        AddDate("listingDate", "Listed On");
        AddDate("startDate", "UK Sanctions List Date Designated");
        AddDate("startDate", "Date Designated");
        AddDate("modifiedAt", "Last Updated");
        foreach (var measure in this["Sanctions Imposed"].Split('|', StringSplitOptions.TrimEntries))
            writer.Add("provisions", measure);
        writer.Add("reason", this["UK Statement of Reasons"]);
        writer.Add("unscId", this["UN Reference Number"]);
        var reference = UnReference().Match(this["Other Information"]);
        if (reference.Success)
            writer.Add("unscId", reference.Groups[1].Value.TrimEnd('.'));
        writer.End();
    }

    private void WritePassports(string holder)
    {
        foreach (var passport in Parts("Passport Details").Concat(Parts("Passport Number")))
        {
            if (NumberIn(passport) is not { } number)
                continue;
            // "G866537 (Pakistan) (MISUSE) issued on …": one of the brackets is the country.
            var country = Bracket().Matches(passport).Select(bracket => bracket.Value.Trim('(', ')')).FirstOrDefault(IsCountry);
            writer.Record(
                $"{holder}-passport-{number}",
                "Passport",
                ("holder", holder),
                ("number", number),
                ("passportNumber", number),
                ("country", country),
                ("description", passport)
            );
        }
    }

    // "Kuwait (residence as at Mar 2009)", "Lebanon citizenship": the country counts, and the words are kept beside it.
    private void AddCountry(string property, string said, string field)
    {
        if (IsCountry(said))
        {
            writer.Add(property, said, field);
            return;
        }
        var plain = Bracket().Replace(said, "").Trim();
        if (plain.EndsWith(" citizenship", StringComparison.OrdinalIgnoreCase))
            plain = plain[..^" citizenship".Length];
        if (IsCountry(plain))
            writer.Add(property, plain, field);
        writer.Note(field, said);
    }

    private static bool IsCountry(string text) => _country.Clean(text) is not null;

    private void AddDate(string property, string column)
    {
        if (this[column] is { Length: > 0 } date)
            writer.Add(property, SourceDates.DayMonthYear(date) ?? date, column);
    }

    /// <summary>"(1) Tirpas (2)-(3) Lombok (4) -" holds two values, under numbers that point at other columns.</summary>
    private string[] Parts(string column)
    {
        var text = this[column];
        // Some have only the second half of the brackets: "1) Uzbek 2) Afghan".
        var numbering = text.StartsWith("1) ", StringComparison.Ordinal) ? HalfNumbering() : Numbering();
        return [.. numbering.Split(text).Select(part => part.Trim(' ', '.', ',', ';')).Where(part => part is not ("" or "-"))];
    }

    // "G827238 (Tunisian). Issued on …": the first words that have a digit, up to a bracket or a stop.
    private static string? NumberIn(string text)
    {
        var end = text.AsSpan().IndexOfAny("(.,;");
        var number = (end < 0 ? text : text[..end]).Trim();
        if (number.StartsWith("no ", StringComparison.OrdinalIgnoreCase))
            number = number[3..].Trim();
        var hasDigit = number.Any(char.IsAsciiDigit);
        return hasDigit && number.Length <= 30 && number.Count(letter => letter == ' ') <= 2 ? number : null;
    }

    [GeneratedRegex(@"\(\d{1,2}\)(?:\s?(?:-|to)\s?\(\d{1,2}\))?", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Numbering();

    [GeneratedRegex(@"(?:^|\s)\d\)\s", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex HalfNumbering();

    [GeneratedRegex(@"\([^()]*\)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Bracket();

    [GeneratedRegex(@"UN Ref:? ([A-Z]{1,3}[a-z]?\.[0-9A-Z.]{1,20})", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex UnReference();
}
