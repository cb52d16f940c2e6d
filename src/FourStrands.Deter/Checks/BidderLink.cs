using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>What joins competing bidders.</summary>
public enum LinkKind
{
    /// <summary>Two bidders are one and the same.</summary>
    SameBidder,

    /// <summary>One bidder owns the other, or runs it.</summary>
    OneBehindOther,

    /// <summary>The same owner stands behind both.</summary>
    SharedOwner,

    /// <summary>The same person or body runs both.</summary>
    SharedOfficer,

    /// <summary>The same bank account.</summary>
    SharedBankAccount,

    /// <summary>The same phone number.</summary>
    SharedPhone,

    /// <summary>The same e-mail address.</summary>
    SharedEmail,

    /// <summary>The same address.</summary>
    SharedAddress,
}

/// <summary>Something that joins two or more bidders of one check.</summary>
/// <param name="Id">Names it within the result; stable while the picture stays as it is.</param>
/// <param name="Kind">What.</param>
/// <param name="What">The same in plain words: "The same person runs both".</param>
/// <param name="Shared">What they share, as shown: a name, a number, an address.</param>
/// <param name="Subject">Who they share; null for a value.</param>
/// <param name="Status">Possible if it rests on a match that nobody has judged to be the same.</param>
/// <param name="StatusText">The same in plain words, with what to do.</param>
/// <param name="Former">True if it rests on a tie that has ended.</param>
/// <param name="Bidders">The bidders, in the order of the list.</param>
public sealed record BidderLink(
    string Id,
    LinkKind Kind,
    string What,
    string Shared,
    SubjectRef? Subject,
    FindingStatus Status,
    string StatusText,
    bool Former,
    IReadOnlyList<LinkEnd> Bidders
);

/// <summary>One bidder's side of a link.</summary>
/// <param name="Bidder">The bidder's record.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">Possible if this side rests on a match that nobody has judged to be the same.</param>
/// <param name="Former">True if this side rests on a tie that has ended.</param>
/// <param name="Path">From the bidder to what is shared.</param>
/// <param name="Sources">What says so, where a value is shared.</param>
public sealed record LinkEnd(RecordId Bidder, string Name, FindingStatus Status, bool Former, IReadOnlyList<PathPart> Path, IReadOnlyList<Basis> Sources);
