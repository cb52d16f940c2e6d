using System.Runtime.ExceptionServices;
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

    private const int LongestTitle = 200;
    private const int LongestReason = 2000;

    /// <summary>May this viewer start checks? They must be able to see what they write themselves.</summary>
    public static bool MayStart(Viewer viewer) => viewer.May(Power.Check) && viewer.MaySee(Label.OwnAgency(viewer));

    /// <summary>May this person decide whether two records are the same subject?</summary>
    public static bool MayJudge(Viewer viewer) => viewer.May(Power.Judge) && viewer.MaySee(Label.OwnAgency(viewer));

    /// <summary>
    /// Brings the bidders in as records of the source "Bidders checked by …", for the viewer's own agency alone, and keeps
    /// the check. The same bidder in another check is the same record, so what people judged of it is reused.
    /// </summary>
    /// <exception cref="ArgumentException">The request or the list is no use; the message says what to do.</exception>
    /// <exception cref="UnauthorizedAccessException">The viewer may not see what they would write.</exception>
    public Document Start(View view, CheckRequest request, BidderList list)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(list);
        if (!MayStart(view.Viewer))
            throw new UnauthorizedAccessException(
                view.Viewer.May(Power.Check)
                    ? "You have no clearance to see what a check would keep, so you cannot start one."
                    : "Your role does not check bidders. Ask an administrator of your agency for the role of a procurement officer."
            );
        if (string.IsNullOrWhiteSpace(request.Title))
            throw new ArgumentException("Give the check a title, such as the name of the contract.", nameof(request));
        if (request.Title.Length > LongestTitle || request.TenderReference.Length > LongestTitle)
            throw new ArgumentException($"Title and reference may have at most {LongestTitle} characters.", nameof(request));
        if (request.Depth is < 1 or > CheckRequest.MaxDepth)
            throw new ArgumentException($"Choose how many ties to follow: 1 to {CheckRequest.MaxDepth}.", nameof(request));
        if (list.Bidders.Count == 0)
            throw new ArgumentException(
                list.Rejections.Count > 0 ? $"No bidder could be read. {list.Rejections[0].Reason}" : "The list names no bidder.",
                nameof(list)
            );
        var bidders = BidderRecords.BringIn(view, list);
        var started = view.Write(DocumentKind, CheckDocument.Write(request, view.Viewer, clock.GetUtcNow(), list, bidders), Label.OwnAgency(view.Viewer));
        // Once, when somebody asks; not whenever it is worked out anew.
        view.NoteLookedFor(list.Bidders.SelectMany(b => (string[])[b.Name, b.TradingName, b.CompanyNumber, b.CharityNumber]));
        return started;
    }

    /// <summary>What a check document holds.</summary>
    /// <exception cref="ArgumentException">It is not a check.</exception>
    public static Check Read(Document check) => CheckDocument.Read(check);

    /// <summary>The checks that the viewer may see, newest first.</summary>
    public static IReadOnlyList<Check> List(View view) => [.. view.Documents(DocumentKind).Select(CheckDocument.Read)];

    /// <summary>
    /// Works out what the viewer's picture says of a check's bidders, now. Nothing of it is kept, so nothing can leak or go stale.
    /// </summary>
    /// <param name="view">The reader's view.</param>
    /// <param name="check">The check.</param>
    /// <param name="progress">Told how many bidders are done.</param>
    /// <param name="cancellation">Stops it.</param>
    public CheckResult Run(View view, Document check, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(check);
        var inputs = CheckDocument.Read(check);
        var now = clock.GetUtcNow();
        var today = London.Day(now);

        // The officers' own lists say nothing of a bidder that they do not know already: they are not searched, and what other checks named has no part
        // in this one.
        var list = ListOf(view, inputs);
        HashSet<RecordId> ownSources = list is { } source ? [source] : [];
        var run = new Neighbours(list is { } own ? view.Without(own, Ontology.Default["LegalEntity"], inputs.Bidders.Select(b => b.Record)) : view, today);
        run.Labels.Add(check.Label);
        SearchedSource[] searched =
        [
            .. view.Sources()
                .Where(s => !ownSources.Contains(s.Source.Id))
                .OrderBy(s => s.Source.Name, StringComparer.Ordinal)
                .ThenBy(s => s.Source.Id)
                .Select(s => new SearchedSource(
                    new SourceRef(s.Source.Id, s.Source.Name),
                    s.Source.Owner,
                    s.Updated is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null
                )
                {
                    OwnerName = view.AgencyName(s.Source.Owner),
                }),
        ];

        var inquiries = new BidderInquiry[inputs.Bidders.Count];
        var worked = new BidderResult[inquiries.Length];
        int done = 0;
        Lock telling = new();
        Each(
            inquiries.Length,
            i =>
            {
                inquiries[i] = new BidderInquiry(run, inputs.Bidders[i], inputs.Depth, ownSources);
                worked[i] = inquiries[i].Work();
                lock (telling)
                    progress?.Report(++done);
            },
            cancellation
        );
        List<BidderResult> results = [.. worked];
        var links = new BidderLinks(run);
        foreach (var inquiry in inquiries)
            links.Add(inquiry);
        cancellation.ThrowIfCancellationRequested();
        var (found, isCut) = links.Find();
        BidderOutcome.Settle(results, found, searched.Length > 0);
        return new CheckResult(
            inputs,
            today,
            view.Viewer.DisplayName,
            Markings.Of(run.Labels).KnownTo(view.Viewer).ToString(),
            Summary(results, found, isCut, searched.Length),
            results,
            found,
            searched,
            now
        );
    }

    /// <summary>True of a source that a check made of an officer's list: what it says was said by the officer.</summary>
    public static bool IsBiddersList(Source source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return BidderRecords.IsBiddersList(source);
    }

    /// <summary>Records that a person decided whether two records are the same subject. It is reused in every check where the two meet.</summary>
    /// <exception cref="ArgumentException">No reason was given, or it is too long.</exception>
    /// <exception cref="KeyNotFoundException">One of the records is not there.</exception>
    public static Judgement Judge(View view, RecordId left, RecordId right, Verdict verdict, string reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw new ArgumentException("Say why, in a few words: whoever reads the check later must be able to follow.", nameof(reason));
        if (reason.Length > LongestReason)
            throw new ArgumentException($"The reason may have at most {LongestReason} characters.", nameof(reason));
        if (!MayJudge(view.Viewer))
        {
            throw new UnauthorizedAccessException(
                view.Viewer.May(Power.Judge)
                    ? "You have no clearance to see what would be kept, so you cannot judge."
                    : "Your role does not judge matches. Ask an administrator of your agency for the role of an analyst."
            );
        }
        return view.Judge(left, right, verdict, reason.Trim());
    }

    /// <summary>Does something for each of so many, several at a time, and leaves the machine some room for others.</summary>
    private static void Each(int count, Action<int> work, CancellationToken cancellation)
    {
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, 4) };
        try
        {
            Parallel.For(0, count, options, work);
        }
        catch (AggregateException problem)
        {
            // As if they had been done one after the other: the first thing that went wrong.
            ExceptionDispatchInfo.Throw(problem.Flatten().InnerExceptions[0]);
        }
    }

    /// <summary>The source that the officer's list came in as; null if none of its bidders is there any more.</summary>
    private static RecordId? ListOf(View view, Check check)
    {
        foreach (var bidder in check.Bidders)
        {
            if (view.Find(bidder.Record)?.Records.FirstOrDefault(r => r.Id == bidder.Record) is { } record)
                return record.Source.Id;
        }
        return null;
    }

    private static string Summary(List<BidderResult> results, IReadOnlyList<BidderLink> links, bool isCut, int sources)
    {
        string bidders = results.Count == 1 ? "1 bidder" : $"{results.Count:N0} bidders";
        if (sources == 0)
            return $"{bidders}. {CheckResult.NothingSearched}.";
        List<string> parts = [];
        Say(Outcome.Findings, "with findings");
        Say(Outcome.Possible, "with possible matters to be judged");
        Say(Outcome.Linked, "linked to another bidder");
        Say(Outcome.Unconfirmed, "whose record is to be judged");
        Say(Outcome.NotIdentified, "not identified");
        Say(Outcome.CutShort, "not looked at in full");
        Say(Outcome.PastOnly, "with past matters only");
        Say(Outcome.NothingFound, "with nothing found");
        Say(Outcome.NotSearched, "not searched");
        int current = links.Count(l => !l.Former);
        string between =
            isCut ? $" There are more than {links.Count:N0} links between bidders: the strongest are kept. Check fewer bidders at a time to see them all."
            : current == 0 ? ""
            : current == 1 ? " There is 1 link between bidders."
            : $" There are {current:N0} links between bidders.";
        return $"{bidders}, {(sources == 1 ? "1 source" : $"{sources:N0} sources")} searched: {string.Join(", ", parts)}.{between}";

        void Say(Outcome outcome, string text)
        {
            int count = results.Count(r => r.Outcome == outcome);
            if (count > 0)
                parts.Add($"{count:N0} {text}");
        }
    }
}
