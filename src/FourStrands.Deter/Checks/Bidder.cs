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
/// <param name="Name">The name in the tender.</param>
public sealed record Bidder(string Name)
{
    /// <summary>What it is.</summary>
    public BidderKind Kind { get; init; }

    /// <summary>Company number: <c>SC123456</c>, <c>01234567</c>, or a foreign register's.</summary>
    public string CompanyNumber { get; init; } = "";

    /// <summary>Country or jurisdiction, as its lower-case ISO code.</summary>
    public string Country { get; init; } = "";

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
}

/// <summary>A bidder that a list names again. It is checked once.</summary>
/// <param name="Line">Where it stands again.</param>
/// <param name="FirstLine">Where it stood first.</param>
/// <param name="Name">Its name.</param>
public sealed record DuplicateBidder(int Line, int FirstLine, string Name);
