using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>Brings bidders in as records, for the officer's own agency alone.</summary>
internal static class BidderRecords
{
    private const string SourcePrefix = "Bidders checked by ";

    /// <summary>The source's name for an agency.</summary>
    public static string SourceName(Viewer viewer) => SourcePrefix + viewer.AgencyName;

    /// <summary>True of a source that a check made of an officer's list: it says nothing that the officer did not say.</summary>
    public static bool IsBiddersList(Source source) => source.Name.StartsWith(SourcePrefix, StringComparison.Ordinal);

    /// <summary>Brings them in and says which record each is, in the order of the list.</summary>
    public static IReadOnlyList<CheckedBidder> BringIn(View view, BidderList list)
    {
        var ontology = Ontology.Default;
        var request = new ImportRequest(SourceName(view.Viewer), Label.OwnAgency(view.Viewer), list.FileName, "bidder list");
        List<CheckedBidder> checkedBidders = [];
        using var session = view.BeginImport(request);
        foreach (var bidder in list.Bidders)
        {
            string key = BidderName.Key(bidder);
            var schema = ontology[SchemaOf(bidder)];
            session.Begin(key, schema);
            session.Add(schema["name"], bidder.Name);
            session.Add(schema["alias"], bidder.TradingName);
            session.Add(schema["registrationNumber"], bidder.CompanyNumber);
            session.Add(schema["idNumber"], bidder.CharityNumber);
            session.Add(schema[schema.Name == "Company" ? "jurisdiction" : "country"], bidder.Register);
            session.Add(schema["address"], AddressOf(bidder));
            session.Add(schema["phone"], bidder.Phone);
            session.Add(schema["email"], bidder.Email);
            session.Add(schema["vatCode"], bidder.VatNumber);
            if (schema.Name == "Person")
                session.Add(schema["birthDate"], bidder.BirthDate);
            session.End();
            if (bidder.Iban.Length > 0)
                BringInAccount(session, ontology, key, bidder.Iban);
            checkedBidders.Add(
                new CheckedBidder(session.IdentifierOf(key), bidder.Title, bidder.CompanyNumber, bidder.Line) { Understood = bidder.Understood() }
            );
        }
        foreach (var rejection in list.Rejections)
            session.Reject(rejection);
        session.Commit();
        return checkedBidders;
    }

    // An account has a record of its own, so that two bidders paid into one account meet there.
    private static void BringInAccount(ImportSession session, Ontology ontology, string bidder, string iban)
    {
        string account = "account-" + BidderName.Digest(iban);
        var schema = ontology["BankAccount"];
        session.Begin(account, schema);
        session.Add(schema["iban"], iban);
        session.End();
        var use = ontology["Use"];
        session.Begin($"{bidder}-{account}", use);
        session.Add(use["user"], bidder);
        session.Add(use["used"], account);
        session.Add(use["role"], "account named in the tender");
        session.End();
    }

    private static string SchemaOf(Bidder bidder) =>
        bidder.CompanyNumber.Length > 0 && bidder.Kind != BidderKind.Person
            ? "Company"
            : bidder.Kind switch
            {
                BidderKind.Organisation => "Organization",
                BidderKind.Person => "Person",
                _ => "LegalEntity",
            };

    private static string AddressOf(Bidder bidder) =>
        bidder.Postcode.Length == 0 || bidder.Address.Contains(bidder.Postcode, StringComparison.OrdinalIgnoreCase) ? bidder.Address
        : bidder.Address.Length == 0 ? bidder.Postcode
        : $"{bidder.Address}, {bidder.Postcode}";
}
