using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>What an officer asks for.</summary>
/// <param name="Title">What the check is called: "Grounds maintenance 2026".</param>
public sealed record CheckRequest(string Title)
{
    /// <summary>Ties followed from a bidder unless the officer says otherwise.</summary>
    public const int DefaultDepth = 2;

    /// <summary>Most ties that can be followed.</summary>
    public const int MaxDepth = 4;

    /// <summary>The tender's reference; may be empty.</summary>
    public string TenderReference { get; init; } = "";

    /// <summary>How many ties to follow from each bidder, 1 to <see cref="MaxDepth"/>.</summary>
    public int Depth { get; init; } = DefaultDepth;

    /// <summary>
    /// True if the buying is done through a reserved, Welsh or Northern Ireland arrangement, in which the debarment list
    /// of the Procurement Act 2023 has effect; otherwise an entry on it is information only.
    /// </summary>
    public bool ReservedArrangement { get; init; }
}

/// <summary>A check as kept: the inputs. Results are never kept, they are worked out when somebody looks.</summary>
/// <param name="Id">The document that keeps it.</param>
/// <param name="Title">What it is called.</param>
/// <param name="TenderReference">The tender's reference; may be empty.</param>
/// <param name="Depth">How many ties are followed from each bidder.</param>
/// <param name="ReservedArrangement">See <see cref="CheckRequest.ReservedArrangement"/>.</param>
/// <param name="By">Display name of who started it.</param>
/// <param name="Agency">Name of the agency they started it for.</param>
/// <param name="At">When.</param>
/// <param name="FileName">The list's file name.</param>
/// <param name="Bidders">The bidders, in the order of the list.</param>
/// <param name="Rejections">What could not be used of the list.</param>
/// <param name="Duplicates">Bidders that the list names more than once.</param>
/// <param name="Label">Who may see the check, as a label is written.</param>
public sealed record Check(
    RecordId Id,
    string Title,
    string TenderReference,
    int Depth,
    bool ReservedArrangement,
    string By,
    string Agency,
    DateTimeOffset At,
    string FileName,
    IReadOnlyList<CheckedBidder> Bidders,
    IReadOnlyList<Rejection> Rejections,
    IReadOnlyList<DuplicateBidder> Duplicates,
    string Label
)
{
    /// <summary>What the list was read as: "CSV with headings".</summary>
    public string Format { get; init; } = "";

    /// <summary>How the list was understood, sentence by sentence.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A bidder of a check.</summary>
/// <param name="Record">The record its values were brought in as.</param>
/// <param name="Name">Its name as the officer wrote it.</param>
/// <param name="CompanyNumber">Its company number as the officer wrote it; may be empty.</param>
/// <param name="Line">Its line in the list; 0 if it was not in one.</param>
public sealed record CheckedBidder(RecordId Record, string Name, string CompanyNumber, int Line)
{
    /// <summary>What else was understood of it: trading name, postcode, phone.</summary>
    public IReadOnlyList<Detail> Understood { get; init; } = [];
}
