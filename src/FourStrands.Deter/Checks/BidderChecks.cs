using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>
/// Who is behind these bidders? Starts checks, works out what they find in the reader's view, and takes people's judgements.
/// Has no state of its own: one serves the whole process.
/// </summary>
/// <param name="clock">Tells which listings have ended.</param>
public sealed class BidderChecks(TimeProvider clock)
{
    /// <summary>The kind of document that keeps a check.</summary>
    public const string DocumentKind = "check";

    /// <summary>May this viewer start checks? They must be able to see what they write themselves.</summary>
    public static bool MayStart(Viewer viewer) => viewer.MaySee(Picture.Label.OwnAgency(viewer));

    /// <summary>
    /// Brings the bidders in as records of the source "Bidders checked by …", for the viewer's own agency alone, and keeps
    /// the check. The same bidder in another check is the same record, so what people judged of it is reused.
    /// </summary>
    /// <exception cref="ArgumentException">The request or the list is no use; the message says what to do.</exception>
    /// <exception cref="UnauthorizedAccessException">The viewer may not see what they would write.</exception>
    public Document Start(View view, CheckRequest request, BidderList list) => throw new NotSupportedException(clock.ToString());

    /// <summary>What a check document holds.</summary>
    /// <exception cref="ArgumentException">It is not a check.</exception>
    public static Check Read(Document check) => throw new NotSupportedException();

    /// <summary>The checks that the viewer may see, newest first.</summary>
    public static IReadOnlyList<Check> List(View view) => throw new NotSupportedException();

    /// <summary>
    /// Works out what the viewer's picture says of a check's bidders, now. Nothing of it is kept, so nothing can leak or go stale.
    /// </summary>
    /// <param name="view">The reader's view.</param>
    /// <param name="check">The check.</param>
    /// <param name="progress">Told how many bidders are done.</param>
    /// <param name="cancellation">Stops it.</param>
    public CheckResult Run(View view, Document check, IProgress<int>? progress = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    /// <summary>Records that a person decided whether two records are the same subject. It is reused in every check where the two meet.</summary>
    /// <exception cref="ArgumentException">No reason was given, or it is too long.</exception>
    /// <exception cref="KeyNotFoundException">One of the records is not there.</exception>
    public static Judgement Judge(View view, RecordId left, RecordId right, Verdict verdict, string reason) => throw new NotSupportedException();
}
