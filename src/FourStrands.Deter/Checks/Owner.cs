namespace FourStrands.Deter.Checks;

/// <summary>Why a chain of owners goes no further.</summary>
public enum ChainEnd
{
    /// <summary>It does not end here: see the owners above.</summary>
    Continues,

    /// <summary>A person.</summary>
    Person,

    /// <summary>No owner is on record.</summary>
    NoOwnerOnRecord,

    /// <summary>The register says that the owner is not identified or not confirmed.</summary>
    NotIdentified,

    /// <summary>A foreign body of which no source here tells the owners.</summary>
    ForeignWithoutRecord,

    /// <summary>A public body: nobody owns it.</summary>
    PublicBody,

    /// <summary>It leads back to a company that is already in the chain.</summary>
    Loop,

    /// <summary>An owner that has ceased: not followed.</summary>
    Former,

    /// <summary>A limit was reached.</summary>
    Limit,
}

/// <summary>An owner in the chain above a bidder.</summary>
/// <param name="Subject">Who; null where the source says that there is one but not who.</param>
/// <param name="Held">What it holds in the company below it.</param>
/// <param name="OfBidder">What that makes of the bidder: the shares along the chain multiplied. Unknown for former owners.</param>
/// <param name="Control">Other means of control that the source names: votes, appointing directors; may be empty.</param>
/// <param name="From">Since when, as shown; may be empty.</param>
/// <param name="Until">Until when, as shown; empty for a current one.</param>
/// <param name="Former">True if it has ended.</param>
/// <param name="Status">Possible if the chain rests on a match that nobody has judged to be the same.</param>
/// <param name="Path">From the company below to this owner: matches passed, then the tie.</param>
/// <param name="Sources">All that says so: one holding may be told by several sources.</param>
/// <param name="End">Whether the chain goes on.</param>
/// <param name="EndText">The same in plain words; empty if it goes on.</param>
/// <param name="Owners">Its own owners.</param>
public sealed record Owner(
    SubjectRef? Subject,
    Share Held,
    Share OfBidder,
    string Control,
    string From,
    string Until,
    bool Former,
    FindingStatus Status,
    IReadOnlyList<PathPart> Path,
    IReadOnlyList<Basis> Sources,
    ChainEnd End,
    string EndText,
    IReadOnlyList<Owner> Owners
);

/// <summary>A person at the end of the chains, with what all chains together make of the bidder.</summary>
/// <param name="Subject">Who.</param>
/// <param name="OfBidder">What they hold of the bidder through all chains.</param>
/// <param name="Chains">Through how many chains.</param>
/// <param name="Status">Possible if any of the chains is.</param>
public sealed record UltimateOwner(SubjectRef Subject, Share OfBidder, int Chains, FindingStatus Status);
