namespace FourStrands.Formats.Sanctions;

/// <summary>Writes the facts of one subject's remarks: those of the subject while its record is open, the rest afterwards.</summary>
internal sealed class OfacRemarkWriter(RecordWriter writer, string key, string schema, OfacLinks? links)
{
    private readonly List<OfacFact> _later = [];

    /// <summary>Writes what the remarks say of the subject itself.</summary>
    public void WriteFacts(string? remarks, bool isCutAtStart, bool isCutAtEnd)
    {
        if (remarks is null)
            return;
        var facts = OfacRemarks.Split(remarks).ToList();
        for (var place = 0; place < facts.Count; place++)
        {
            if (isCutAtStart && place == 0)
                writer.Note("Remarks, going on", facts[place]);
            else if (isCutAtEnd && place == facts.Count - 1)
                writer.Note("Remarks, cut off", facts[place]);
            else
                WriteFact(facts[place]);
        }
    }

    /// <summary>Writes what the remarks say of the sanction.</summary>
    public void WriteSanction()
    {
        foreach (var fact in _later)
        {
            if (fact.Kind == OfacFactKind.Sanction)
                writer.Add(fact.Property, fact.Value);
        }
    }

    /// <summary>Writes documents and wallets, each a record of its own.</summary>
    public void WriteOthers()
    {
        foreach (var fact in _later)
        {
            switch (fact.Kind)
            {
                case OfacFactKind.Number when fact.Property == "passportNumber":
                    WriteDocument(fact, "Passport", "passport", "passportNumber");
                    break;
                case OfacFactKind.Number:
                    WriteDocument(fact, "Identification", "id", "number");
                    break;
                case OfacFactKind.Wallet:
                    writer.Record(
                        $"{key}-wallet-{fact.Value}",
                        "CryptoWallet",
                        ("publicKey", fact.Value),
                        ("currency", fact.Property),
                        ("currencySymbol", fact.Property),
                        ("holder", schema is "Vessel" or "Airplane" ? null : key)
                    );
                    break;
            }
        }
    }

    private void WriteFact(string text)
    {
        var fact = OfacRemarks.Parse(text);
        switch (fact.Kind)
        {
            case OfacFactKind.Value:
                writer.Add(fact.Property, fact.Value, Beginning(text, fact.Value));
                break;
            case OfacFactKind.ValueWithNote:
                writer.Add(fact.Property, fact.Value);
                writer.Note("", text);
                break;
            case OfacFactKind.Number:
                WriteNumber(fact, text);
                break;
            case OfacFactKind.LinkedTo:
                writer.Note("Linked to", fact.Value);
                links?.Add(key, fact.Value);
                break;
            case OfacFactKind.Wallet:
                _later.Add(fact);
                break;
            case OfacFactKind.Sanction:
                writer.Note("", text);
                _later.Add(fact);
                break;
            default:
                writer.Note("", text);
                break;
        }
    }

    private void WriteNumber(OfacFact fact, string text)
    {
        if (!writer.Add(fact.Property, fact.Value, fact.DocumentType))
        {
            if (fact.Country is not null)
                writer.Note("", text);
            return;
        }
        if (fact.Property == "registrationNumber" && schema == "Organization")
            writer.Add("jurisdiction", fact.Country, fact.DocumentType);
        else if (fact.Property is "passportNumber" or "idNumber" && schema is "Person" or "Organization")
            _later.Add(fact);
        else if (fact.Country is not null || fact.Issued is not null || fact.Expires is not null)
            writer.Note("", text);
    }

    private void WriteDocument(OfacFact fact, string kind, string word, string numberProperty)
    {
        writer.Record(
            $"{key}-{word}-{fact.Value}",
            kind,
            ("holder", key),
            ("number", fact.Value),
            (numberProperty, fact.Value),
            ("type", fact.DocumentType),
            ("country", fact.Country),
            ("startDate", fact.Issued),
            ("endDate", fact.Expires)
        );
    }

    private static string Beginning(string text, string value) => text.EndsWith(value, StringComparison.Ordinal) ? text[..^value.Length].Trim(' ', ':') : "";
}
