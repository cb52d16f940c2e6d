using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>What a bidder is, so far as the officer said.</summary>
public enum BidderKind
{
    /// <summary>Not said: compared with people and with bodies.</summary>
    Unknown,

    /// <summary>A company or other body.</summary>
    Organisation,

    /// <summary>A natural person, such as a sole trader.</summary>
    Person,
}

/// <summary>One bidder as the officer wrote it down. Values are in the form they are kept in; what was not given is empty.</summary>
/// <param name="Name">The name in the tender; empty where only a company number was given.</param>
public sealed record Bidder(string Name)
{
    /// <summary>What it is.</summary>
    public BidderKind Kind { get; init; }

    /// <summary>The name it trades under: "Y" of "X Ltd t/a Y".</summary>
    public string TradingName { get; init; } = "";

    /// <summary>Company number: <c>SC123456</c>, <c>01234567</c>, or a foreign register's.</summary>
    public string CompanyNumber { get; init; } = "";

    /// <summary>Number in a register of charities. Scotland's have the form of company numbers, and name others than those do.</summary>
    public string CharityNumber { get; init; } = "";

    /// <summary>Country or jurisdiction, as its lower-case ISO code.</summary>
    public string Country { get; init; } = "";

    /// <summary>
    /// The country whose register its number is of. Where none was given, eight digits are taken for a number of the United Kingdom's: the same
    /// digits stand for other companies in other countries' registers, so that it is said to the officer.
    /// </summary>
    public string Register => Country.Length > 0 || !IsTakenForBritish ? Country : "gb";

    private bool IsTakenForBritish =>
        Country.Length == 0 && Kind != BidderKind.Person && CompanyNumber.Length == 8 && CompanyNumber.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Address as written.</summary>
    public string Address { get; init; } = "";

    /// <summary>Postcode.</summary>
    public string Postcode { get; init; } = "";

    /// <summary>Phone number.</summary>
    public string Phone { get; init; } = "";

    /// <summary>E-mail address.</summary>
    public string Email { get; init; } = "";

    /// <summary>International bank account number.</summary>
    public string Iban { get; init; } = "";

    /// <summary>VAT number.</summary>
    public string VatNumber { get; init; } = "";

    /// <summary>Birth date of a sole trader: yyyy, yyyy-MM or yyyy-MM-dd.</summary>
    public string BirthDate { get; init; } = "";

    /// <summary>Line of the list it stood on; 0 if it was not in a list.</summary>
    public int Line { get; init; }

    /// <summary>What it is called in a result: its name, or the number that stands for it.</summary>
    public string Title => Name.Length > 0 ? Name : CompanyNumber;

    /// <summary>What was understood of it beside name and number, for the officer to look over.</summary>
    public IReadOnlyList<Detail> Understood()
    {
        List<Detail> details = [];
        Add("Trading as", TradingName);
        Add("Charity number", CharityNumber);
        Add("Kind", Kind == BidderKind.Person ? "person" : "");
        Add("Country", Country.Length > 0 ? Ontology.Default["Company"]["country"].Type.Show(Country) : "");
        Add("Register", IsTakenForBritish ? "United Kingdom, by the form of the number; add the country if it is another's" : "");
        Add("Address", Address);
        Add("Postcode", Postcode);
        Add("Phone", Phone);
        Add("E-mail", Email);
        Add("IBAN", Iban);
        Add("VAT number", VatNumber);
        Add("Born", Dates.Show(BirthDate));
        return details;

        void Add(string name, string value)
        {
            if (value.Length > 0)
                details.Add(new Detail(name, value));
        }
    }
}

/// <summary>A bidder that a list names again. It is checked once.</summary>
/// <param name="Line">Where it stands again.</param>
/// <param name="FirstLine">Where it stood first.</param>
/// <param name="Name">Its name.</param>
public sealed record DuplicateBidder(int Line, int FirstLine, string Name);
