using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>A check as it goes into the tender file: plain text in sections, to be printed. Worked out from a result, never kept.</summary>
/// <param name="Title">"Check of bidders: Grounds maintenance 2026".</param>
/// <param name="Marking">To stand at head and foot of each page.</param>
/// <param name="Facts">Who, when, for which tender.</param>
/// <param name="Sections">What was found.</param>
public sealed record TenderRecord(string Title, string Marking, IReadOnlyList<Detail> Facts, IReadOnlyList<RecordSection> Sections)
{
    private static readonly string[] _findingColumns = ["Status", "What", "About", "When", "How connected", "Sources"];

    /// <summary>Makes the record.</summary>
    public static TenderRecord Of(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var check = result.Check;
        List<Detail> facts =
        [
            new("Tender", check.TenderReference.Length > 0 ? check.TenderReference : "no reference given"),
            new("Started by", $"{check.By}, {check.Agency}, {Dates.Show(check.At)} (London time)"),
            new("Worked out", $"{Dates.Show(result.At)} (London time), for {result.Reader}"),
            new("Ties followed", $"up to {check.Depth} from each bidder"),
            new(
                "Buying arrangement",
                check.ReservedArrangement
                    ? "reserved, Welsh or Northern Ireland: the debarment list has effect"
                    : "devolved: the debarment list is information only"
            ),
            new("Result", result.Summary),
        ];
        if (check.Format.Length > 0)
            facts.Insert(2, new Detail("List read as", string.Join(' ', [check.Format + ".", .. check.Notes])));

        List<RecordSection> sections = [];
        if (IsRestricted(result.Marking))
        {
            sections.Add(
                new RecordSection(
                    "Not for the tender file",
                    2,
                    [
                        $"This record rests on information marked {result.Marking}. A tender file may be disclosed to bidders and in court: keep it out, and ask the owner of the information what may be released.",
                    ]
                )
            );
        }
        sections.Add(new RecordSection("Bidders", 2, []));
        foreach (var bidder in result.Bidders)
            Add(sections, bidder, result.Links);

        sections.Add(
            result.Links.Count == 0
                ? new RecordSection(
                    "Links between bidders",
                    2,
                    [result.Searched.Count == 0 ? CheckResult.NothingSearched + "." : "None found in what the bidders stated and in these sources."]
                )
                : new RecordSection(
                    "Links between bidders",
                    2,
                    [],
                    new RecordTable(
                        ["Status", "What", "Shared", "Bidders", "How"],
                        [
                            .. result.Links.Select(l =>
                                (IReadOnlyList<string>)
                                    [
                                        Wording.Status(l.Status, l.Former),
                                        l.What,
                                        l.Shared,
                                        string.Join("; ", l.Bidders.Select(b => b.Name)),
                                        string.Join(". ", l.Bidders.Where(b => b.Path.Count > 0).Select(b => Wording.Way(b.Path))),
                                    ]
                            ),
                        ]
                    )
                )
        );

        sections.Add(
            result.Searched.Count == 0
                ? new RecordSection("Sources searched", 2, [CheckResult.NothingSearched + "."])
                : new RecordSection(
                    "Sources searched",
                    2,
                    ["Each with the day it was last brought in; its content may be older. What is not in these sources was not found."],
                    new RecordTable(
                        ["Source", "Brought in by", "Date"],
                        [
                            .. result.Searched.Select(s =>
                                (IReadOnlyList<string>)[s.Source.Name, s.OwnerName, s.Updated is { } day ? Dates.Show(day) : "not known"]
                            ),
                        ]
                    )
                )
        );

        if (check.Rejections.Count + check.Duplicates.Count > 0)
        {
            sections.Add(
                new RecordSection(
                    "Not used of the list",
                    2,
                    [],
                    new RecordTable(
                        ["Line", "Field", "Why", "Text"],
                        [
                            .. check.Rejections.Select(r => (IReadOnlyList<string>)[Line(r.Line), r.Field, r.Reason, r.Excerpt]),
                            .. check.Duplicates.Select(d =>
                                (IReadOnlyList<string>)[Line(d.Line), "", $"Named before, on line {Line(d.FirstLine)}: checked once.", d.Name]
                            ),
                        ]
                    )
                )
            );
        }

        sections.Add(new RecordSection("What the law says", 2, [.. FindingKinds.General.Select(Note)]));
        foreach (var kind in FindingKinds.All)
        {
            if (!result.Bidders.Any(b => b.Findings.Any(f => f.Kind == kind.Kind)))
                continue;
            sections.Add(new RecordSection(kind.Label, 3, [kind.Meaning, .. kind.Law.Select(Note)]));
        }
        return new TenderRecord($"Check of bidders: {check.Title}", result.Marking, facts, sections);
    }

    // A tender file holds what the buyer's own agency and the public know.
    private static bool IsRestricted(string marking)
    {
        var label = Label.Parse(marking);
        return label.Classification > Classification.Official || label.Compartments.Count > 0;
    }

    private static void Add(List<RecordSection> sections, BidderResult bidder, IReadOnlyList<BidderLink> links)
    {
        List<string> text =
        [
            bidder.Text.StartsWith(Wording.Name(bidder.Outcome), StringComparison.Ordinal) ? bidder.Text : $"{Wording.Name(bidder.Outcome)}. {bidder.Text}",
        ];
        if (bidder.Bidder.CompanyNumber.Length > 0)
            text.Add($"Company number in the tender: {bidder.Bidder.CompanyNumber}.");
        if (bidder.Bidder.Understood.Count > 0)
            text.Add($"Also in the tender: {Wording.Details(bidder.Bidder.Understood)}.");
        foreach (var link in links.Where(l => bidder.Links.Contains(l.Id, StringComparer.Ordinal)))
            text.Add(
                $"{Wording.Status(link.Status, link.Former)}: {link.What}, {link.Shared}, with {string.Join(", ", link.Bidders.Where(b => b.Bidder != bidder.Bidder.Record).Select(b => b.Name))}."
            );
        foreach (var identity in bidder.Identity)
            text.Add($"{identity.Record.Caption} ({identity.Record.Source.Name}). {identity.Words} {identity.Match.StateText}");
        foreach (var officer in bidder.Officers)
            text.Add(
                $"{(officer.Former ? "Formerly run by" : "Run by")} {officer.Subject.Caption}, {officer.Role}{Comma(Wording.When(officer.From, officer.Until))}{Doubt(officer.Status)}."
            );
        foreach (var person in bidder.UltimateOwners)
            text.Add(
                $"At the top: {person.Subject.Caption} {Wording.Holds(person.OfBidder)}{(person.Chains > 1 ? $", through {person.Chains} chains" : "")}{Doubt(person.Status)}."
            );
        text.AddRange(Holdings(bidder.Owners, bidder.Bidder.Name));
        text.AddRange(Ends(bidder.Owners).Distinct(StringComparer.Ordinal));
        foreach (var dismissed in bidder.Dismissed)
            text.Add($"Dismissed: “{dismissed.Left.Caption}” and “{dismissed.Right.Caption}” ({dismissed.Right.Source.Name}). {dismissed.StateText}");
        text.AddRange(bidder.Limits.Select(l => "Limit: " + l));
        var table =
            bidder.Findings.Count == 0
                ? null
                : new RecordTable(
                    _findingColumns,
                    [
                        .. bidder.Findings.Select(f =>
                            (IReadOnlyList<string>)
                                [Wording.Status(f.Status, f.Past), f.What, f.About.Caption, f.When, Wording.Way(f.Path), Wording.Sources(f.Sources)]
                        ),
                    ]
                );
        sections.Add(new RecordSection(bidder.Bidder.Name, 3, text, table));
    }

    // Who holds how much of what, company by company up the chain.
    private static IEnumerable<string> Holdings(IReadOnlyList<Owner> owners, string of)
    {
        foreach (var owner in owners)
        {
            if (owner.Subject is not { } who)
                continue;
            string held = owner.Held.Known ? $"{owner.Held.Text} of {of}" : $"part of {of}; how much is not stated";
            string control = owner.Control.Length > 0 ? $"; {owner.Control}" : "";
            yield return $"{who.Caption} {(owner.Former ? "formerly held" : "holds")} {held}{control}{Comma(Wording.When(owner.From, owner.Until))}{Doubt(owner.Status)}.";
            foreach (string above in Holdings(owner.Owners, who.Caption))
                yield return above;
        }
    }

    private static IEnumerable<string> Ends(IReadOnlyList<Owner> owners)
    {
        foreach (var owner in owners)
        {
            if (owner.EndText.Length > 0 && owner.End != ChainEnd.Former)
                yield return owner.Subject is { } who ? $"{who.Caption}: {owner.EndText}" : owner.EndText;
            foreach (string above in Ends(owner.Owners))
                yield return above;
        }
    }

    private static string Comma(string text) => text.Length > 0 ? ", " + text : "";

    private static string Doubt(FindingStatus status) => status == FindingStatus.Possible ? " (possible: rests on a match that nobody has judged)" : "";

    private static string Line(long line) => line > 0 ? line.ToString(System.Globalization.CultureInfo.InvariantCulture) : "";

    private static string Note(LawNote note) => $"{note.Text} ({note.Source}{(note.Verified ? "" : "; not verified")})";
}

/// <summary>A section of a printed record.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Level">2 for a section, 3 for a part of one.</param>
/// <param name="Paragraphs">Its text.</param>
/// <param name="Table">A table below the text; null if there is none.</param>
public sealed record RecordSection(string Heading, int Level, IReadOnlyList<string> Paragraphs, RecordTable? Table = null);

/// <summary>A table in a printed record.</summary>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Rows, each with as many cells as there are headings.</param>
public sealed record RecordTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
