using System.Collections.Frozen;

namespace FourStrands.Deter.Checks;

/// <summary>What a column of a bidder list holds.</summary>
internal enum BidderColumn
{
    Name,
    TradingName,
    CompanyNumber,
    CharityNumber,
    Country,
    Address,
    Town,
    Postcode,
    Phone,
    Email,
    Iban,
    VatNumber,
    BirthDate,
    Kind,
}

/// <summary>Recognises a list's headings: tender portals, registers and officers each have their own words for the same thing.</summary>
internal static class BidderColumns
{
    private static readonly FrozenDictionary<string, BidderColumn> _headings = new Dictionary<BidderColumn, string>
    {
        [BidderColumn.Name] =
            "name|names|company|companies|companyname|bidder|bidders|tenderers|suppliers|contractors|organisations|applicants|biddername|tenderer|tenderername|supplier|suppliername|contractor|organisation|organization|organisationname|organizationname|legalname|business|businessname|applicant|applicantname|economicoperator|firm|entity|entityname|nameofbidder|nameofcompany|nameoftenderer|nameofsupplier|nameofcontractor|nameoforganisation|fullname|fulllegalname|companylegalname|registeredname",
        [BidderColumn.TradingName] = "tradingname|tradingas|tradename|ta|alsoknownas|othername|othernames",
        [BidderColumn.CompanyNumber] =
            "companynumber|companyno|companynr|companyid|companyregistrationnumber|companyregistrationno|companyreg|crn|registration|registrationnumber|registrationno|regno|regnumber|number|companieshousenumber|companieshouseno|companieshouse|identifier|registeredcompanynumber|registerednumber|registeredno|registeredcompanyno|companieshouseref|companieshousereference|companyref|companyreference|companyregno|companyregnumber|coregno|companynumbercrn|cono",
        [BidderColumn.CharityNumber] = "charitynumber|charityno|charity|registeredcharitynumber|scottishcharitynumber|oscrnumber|charityregistrationnumber",
        [BidderColumn.Country] = "country|jurisdiction|countrycode|registeredcountry|countryofregistration",
        [BidderColumn.Address] =
            "address|registeredaddress|registeredoffice|businessaddress|street|streetaddress|addressline1|address1|fulladdress|addressline2|address2|addressline3|address3",
        [BidderColumn.Town] = "town|city|posttown|locality|county|region",
        [BidderColumn.Postcode] = "postcode|postalcode|zip|zipcode|registeredpostcode",
        [BidderColumn.Phone] = "phone|telephone|tel|phonenumber|telephonenumber|mobile|contactnumber|contactphone|telno",
        [BidderColumn.Email] = "email|emailaddress|contactemail|mail",
        [BidderColumn.Iban] = "iban|bankaccount|accountnumber|bankaccountnumber",
        [BidderColumn.VatNumber] = "vat|vatnumber|vatno|vatcode|vatregistrationnumber|vatregistration",
        [BidderColumn.BirthDate] = "birthdate|dateofbirth|dob|born",
        [BidderColumn.Kind] = "kind|type|biddertype|entitytype|legaltype",
    }
        .SelectMany(c => c.Value.Split('|').Select(heading => (heading, c.Key)))
        .ToFrozenDictionary(c => c.heading, c => c.Key);

    /// <summary>The column that a heading means; null for one that is not ours.</summary>
    public static BidderColumn? Of(string heading)
    {
        Span<char> letters = stackalloc char[48];
        int length = 0;
        foreach (char c in heading)
        {
            if (!char.IsLetterOrDigit(c))
                continue;
            if (length == letters.Length)
                return null;
            letters[length++] = char.ToLowerInvariant(c);
        }
        return _headings.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(letters[..length], out var column) ? column : null;
    }

    /// <summary>What may be called for in a message: a heading for each column, the usual one.</summary>
    public const string Understood =
        "name, company number, trading name, charity number, address, town, postcode, phone, email, IBAN, VAT number, country, date of birth, kind";

    /// <summary>A column in plain words.</summary>
    public static string Named(BidderColumn column) =>
        column switch
        {
            BidderColumn.TradingName => "trading name",
            BidderColumn.CompanyNumber => "company number",
            BidderColumn.CharityNumber => "charity number",
            BidderColumn.Email => "e-mail",
            BidderColumn.Iban => "IBAN",
            BidderColumn.VatNumber => "VAT number",
            BidderColumn.BirthDate => "birth date",
            _ => column.ToString().ToLowerInvariant(),
        };

    /// <summary>The columns that a row of headings means; null if it names no bidders and so is no row of headings.</summary>
    public static BidderColumn?[]? OfRow(IReadOnlyList<string> cells)
    {
        var columns = new BidderColumn?[cells.Count];
        bool named = false;
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = Of(cells[i]);
            // The first column of names is the one meant: "Bidder, …, Company".
            if (columns[i] == BidderColumn.Name)
            {
                if (named)
                    columns[i] = null;
                named = true;
            }
        }
        if (named)
            return columns;
        // Where no other name is given, the one they trade under is the name.
        int trading = Array.IndexOf(columns, BidderColumn.TradingName);
        if (trading < 0)
            return null;
        columns[trading] = BidderColumn.Name;
        return columns;
    }
}
