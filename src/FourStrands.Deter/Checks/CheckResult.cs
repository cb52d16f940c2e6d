using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>What a check finds in one reader's view. Pages, tables, JSON and the tender file's record are all made of it.</summary>
/// <param name="Check">The inputs.</param>
/// <param name="On">The day that "current" and "past" are judged by.</param>
/// <param name="Reader">Display name of whose view it is.</param>
/// <param name="Marking">The label that whoever reads all of this must satisfy, as a label is written.</param>
/// <param name="Summary">The result in one sentence.</param>
/// <param name="Bidders">What was found of each bidder, in the order of the list.</param>
/// <param name="Links">What joins bidders to each other: strongest first.</param>
/// <param name="Searched">The sources that were searched, each with its date, by name.</param>
/// <param name="At">When it was worked out.</param>
public sealed record CheckResult(
    Check Check,
    DateOnly On,
    string Reader,
    string Marking,
    string Summary,
    IReadOnlyList<BidderResult> Bidders,
    IReadOnlyList<BidderLink> Links,
    IReadOnlyList<SearchedSource> Searched,
    DateTimeOffset At
)
{
    /// <summary>What to say where nothing was found.</summary>
    public const string NothingFound = "Nothing found in these sources";

    /// <summary>What to say where there was nothing to search.</summary>
    public const string NothingSearched = "Nothing was searched: there are no sources that you can see";

    /// <summary>True if there is a finding, or a link between bidders, that rests on no unjudged match, and is not past.</summary>
    public bool HasFindings => Bidders.Any(b => b.Outcome == Outcome.Findings) || Links.Any(l => l.Status == FindingStatus.Confirmed && !l.Former);

    /// <summary>True if something is possible and waits for a person to judge: a matter, a link, or who a bidder is.</summary>
    public bool HasPossible => Bidders.Any(b => b.Waits);

    /// <summary>True if it is not known who some bidder is: no source that was searched has a record of it, or nobody has judged the one that may be it.</summary>
    public bool HasUnidentified => Bidders.Any(b => b.Identification is Identification.None or Identification.Unjudged);

    /// <summary>True if it is known who every bidder is, all around it was looked at, and nothing that is current was found of any of them or between them.</summary>
    public bool IsClear => Bidders.All(b => b.Outcome is Outcome.NothingFound or Outcome.PastOnly);
}

/// <summary>What is to be said of a bidder as a whole: the gravest of what holds.</summary>
public enum Outcome
{
    /// <summary>There was no source to search.</summary>
    NotSearched,

    /// <summary>It is known who it is, and nothing was found in the sources searched.</summary>
    NothingFound,

    /// <summary>It is known who it is, and only past matters were found.</summary>
    PastOnly,

    /// <summary>It is known who it is, and nothing current was found; but a limit cut the search short, so that something may not have been looked at.</summary>
    CutShort,

    /// <summary>No source that was searched has a record of it: that nothing was found says nothing.</summary>
    NotIdentified,

    /// <summary>A record may be the bidder's, and nobody has judged whether it is: what was found, and what was not, may be somebody else's.</summary>
    Unconfirmed,

    /// <summary>Nothing is found against it, but something joins it to another bidder of the list.</summary>
    Linked,

    /// <summary>Something may concern the bidder: a person must judge a match first.</summary>
    Possible,

    /// <summary>There are findings.</summary>
    Findings,
}

/// <summary>Whether it is known who a bidder is.</summary>
public enum Identification
{
    /// <summary>There was no source to search.</summary>
    NotSearched,

    /// <summary>No source that was searched has a record of it.</summary>
    None,

    /// <summary>A record may be it, and nobody has judged whether it is; or people are unsure or disagree.</summary>
    Unjudged,

    /// <summary>A record bears the company number in the tender and is taken to be it; nobody has confirmed that.</summary>
    ByNumber,

    /// <summary>A person judged a record to be it.</summary>
    Confirmed,
}

/// <summary>What a check says of one bidder.</summary>
/// <param name="Bidder">The bidder.</param>
/// <param name="Subject">The entity that it is in this view; null if its record is not there any more.</param>
/// <param name="Outcome">As a whole.</param>
/// <param name="Text">The same in a sentence.</param>
/// <param name="Identity">The records that it is, or may be, other than the officer's own: joined ones first, then likeliest first.</param>
/// <param name="Officers">Who runs it: current ones first.</param>
/// <param name="Owners">Who owns it, up the chain: a tree.</param>
/// <param name="UltimateOwners">The people at the ends of the chains, with what they hold in all.</param>
/// <param name="Findings">What speaks against it or those connected with it: gravest first.</param>
/// <param name="Dismissed">Matches that somebody judged to be different, and so give nothing.</param>
/// <param name="Limits">Where a limit cut the search short, in plain words.</param>
public sealed record BidderResult(
    CheckedBidder Bidder,
    SubjectRef? Subject,
    Outcome Outcome,
    string Text,
    IReadOnlyList<IdentityMatch> Identity,
    IReadOnlyList<Officer> Officers,
    IReadOnlyList<Owner> Owners,
    IReadOnlyList<UltimateOwner> UltimateOwners,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<MatchUse> Dismissed,
    IReadOnlyList<string> Limits
)
{
    /// <summary>Whether it is known who it is.</summary>
    public Identification Identification { get; init; }

    /// <summary>What joins it to other bidders of the list: the identifiers of the links, strongest first.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>True if something of it waits for a person to judge: a matter, a link, or who it is.</summary>
    public bool Waits { get; init; }
}

/// <summary>A source that was searched.</summary>
/// <param name="Source">The source.</param>
/// <param name="Owner">The agency that brought it in.</param>
/// <param name="Updated">The day it was last brought in (its content may be older), so far as the reader may know.</param>
public sealed record SearchedSource(SourceRef Source, string Owner, DateOnly? Updated)
{
    /// <summary>The agency's name as shown.</summary>
    public string OwnerName { get; init; } = "";
}

/// <summary>Somebody or something, as named in a result.</summary>
/// <param name="Id">The entity.</param>
/// <param name="Caption">Its title.</param>
/// <param name="Schema">Its kind: <c>Person</c>, <c>Company</c>.</param>
/// <param name="Summary">One line that tells it from others of the same name.</param>
public sealed record SubjectRef(RecordId Id, string Caption, string Schema, string Summary);

/// <summary>A source, as named in a result.</summary>
/// <param name="Id">The source.</param>
/// <param name="Name">Its name.</param>
public sealed record SourceRef(RecordId Id, string Name);

/// <summary>A record, as named in a result.</summary>
/// <param name="Id">The record.</param>
/// <param name="Caption">Its name.</param>
/// <param name="Key">The source's own identifier of it.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record RecordRef(RecordId Id, string Caption, string Key, SourceRef Source);

/// <summary>A record that a bidder is, or may be.</summary>
/// <param name="Record">The record.</param>
/// <param name="Subject">The entity it belongs to.</param>
/// <param name="Details">What it says, for recognising it: number, status, address, dates.</param>
/// <param name="Joined">True if it is taken to be the bidder; false if it only may be.</param>
/// <param name="Match">What joins it to the bidder's own record, and whether somebody judged that.</param>
/// <param name="SuggestedReason">A reason that can be offered for one click: "The company number is the one in the tender"; or null.</param>
/// <param name="NumberAgrees">True if it bears the company number in the tender.</param>
public sealed record IdentityMatch(
    RecordRef Record,
    SubjectRef Subject,
    IReadOnlyList<Detail> Details,
    bool Joined,
    MatchUse Match,
    string? SuggestedReason,
    bool NumberAgrees
)
{
    /// <summary>True if it bears the bidder's name, or no name was given: then nothing but the number says who the bidder is.</summary>
    public bool NameAgrees { get; init; }

    /// <summary>How sure it is that it is the bidder, in words: "Taken to be the bidder".</summary>
    public string Words =>
        Joined && Match.State == MatchState.Same ? "It is the bidder: somebody judged it."
        : Joined && NumberAgrees && NameAgrees ? "Taken to be the bidder, by its number."
        : Joined ? "Very likely the bidder: to be judged."
        : "May be the bidder. Nothing is taken from it yet.";
}

/// <summary>A value with its name.</summary>
/// <param name="Name">"Registration number".</param>
/// <param name="Value">As shown to a person.</param>
public sealed record Detail(string Name, string Value);

/// <summary>Somebody who runs a bidder, or ran it.</summary>
/// <param name="Subject">Who.</param>
/// <param name="Role">As what: "director".</param>
/// <param name="From">Since when, as shown; may be empty.</param>
/// <param name="Until">Until when, as shown; empty for a current one.</param>
/// <param name="Former">True if it has ended.</param>
/// <param name="Status">Possible if it rests on a match that nobody has judged to be the same.</param>
/// <param name="Path">From the bidder to them.</param>
public sealed record Officer(SubjectRef Subject, string Role, string From, string Until, bool Former, FindingStatus Status, IReadOnlyList<PathPart> Path);
