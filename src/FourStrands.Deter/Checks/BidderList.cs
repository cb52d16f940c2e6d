using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>
/// What could be read of a list of bidders: a CSV file with headings, a one-column list, typed lines ("Name, number") or
/// FollowTheMoney entities. What could not be used is in <see cref="Rejections"/> with its reason; the rest is kept.
/// </summary>
/// <param name="FileName">The file's name.</param>
/// <param name="Format">What it was read as, in plain words: "CSV with headings".</param>
/// <param name="Encoding">The encoding it was read in: "UTF-8".</param>
/// <param name="Bidders">The bidders, in the order of the list, each once.</param>
/// <param name="Rejections">What could not be used.</param>
/// <param name="Duplicates">Bidders named more than once.</param>
public sealed partial record BidderList(
    string FileName,
    string Format,
    string Encoding,
    IReadOnlyList<Bidder> Bidders,
    IReadOnlyList<Rejection> Rejections,
    IReadOnlyList<DuplicateBidder> Duplicates)
{
    /// <summary>No more bidders than this are taken from one list.</summary>
    public const int MaxBidders = 10_000;

    /// <summary>No more bytes than this are read of one list.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>Reads a list. Never throws for what the list holds: an unusable file is an empty list with a rejection.</summary>
    /// <param name="content">The file; read to its end or to <see cref="MaxBytes"/>.</param>
    /// <param name="fileName">Its name, for messages.</param>
    public static BidderList Read(Stream content, string fileName) => throw new NotSupportedException();

    /// <summary>Reads what was typed into a box: one bidder a line, "Name" or "Name, company number"; or pasted rows with headings.</summary>
    public static BidderList Typed(string text) => throw new NotSupportedException();
}
