using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>Something that a source says against an entity, before it is known how a bidder is connected with it.</summary>
/// <param name="Kind">What.</param>
/// <param name="About">The record of the entity that it is said of.</param>
/// <param name="Past">True if it has ended.</param>
/// <param name="From">Dates since when, as kept.</param>
/// <param name="Until">Dates until when, as kept; empty if some of it has no end.</param>
/// <param name="OnDays">True if what happened happened on those days, and does not last since then.</param>
/// <param name="Details">What the source says of it.</param>
/// <param name="Says">The statements it rests on.</param>
internal sealed record AdverseFact(
    FindingKind Kind,
    RecordView About,
    bool Past,
    IReadOnlyList<string> From,
    IReadOnlyList<string> Until,
    bool OnDays,
    IReadOnlyList<Detail> Details,
    IReadOnlyList<Said> Says
);

/// <summary>
/// Reads what speaks against an entity from its own records and from those that name it: topics, listings, convictions,
/// insolvencies, orders, a company's status.
/// </summary>
internal static class AdverseFacts
{
    /// <summary>Years after which a conviction no longer excludes (regulation 58(11)).</summary>
    private const int ConvictionYears = 5;

    private static readonly string[] _shown =
    [
        "authority",
        "program",
        "provisions",
        "offence",
        "type",
        "court",
        "caseNumber",
        "sentence",
        "legalBasis",
        "aggravation",
        "reason",
        "status",
        "listingDate",
        "date",
        "description",
        "summary",
        "sourceUrl",
    ];

    /// <summary>Who may have something said against them: all for whom <see cref="Of"/> finds a fact, and some for whom it finds none.</summary>
    public static Interest Interest { get; } = MakeInterest(Ontology.Default, company: true);

    /// <summary>The same without what only says how a company fares: that another of nearly its name was dissolved tells nothing of it.</summary>
    public static Interest AgainstThem { get; } = MakeInterest(Ontology.Default, company: false);

    public static IReadOnlyList<AdverseFact> Of(Neighbour subject, DateOnly today)
    {
        // By record and kind, current and past apart: a director disqualified twice is one past finding and one current.
        var groups = new Dictionary<(RecordId Record, FindingKind Kind, bool Past), Group>();
        var dated = new HashSet<(RecordId Record, FindingKind Kind)>();

        foreach (var tie in subject.Ties)
        {
            var measure = tie.Tie;
            if (tie.IsTie)
            {
                if (measure.Schema.Is("CourtCaseParty") && measure.Values("role").Concat(measure.Values("status")).Any(IsConvicted))
                    Add(subject, tie.Near, FindingKind.Convicted, tie.Former, measure, tie.Says);
                continue;
            }
            // Only what another record says of this one, not what this one points at.
            if (subject.Has(measure.Id) || KindOf(measure, subject.Record(tie.Near)) is not { } kind)
                continue;
            Add(subject, tie.Near, kind, IsPast(measure, kind, today), measure, tie.Says);
        }

        foreach (var record in subject.Entity.Records)
        {
            foreach (var said in record.Statements)
            {
                switch (said.Property.Name)
                {
                    case "topics" when FindingKinds.OfTopic(said.Value) is { } kind:
                        // A listing that has ended says more than the topic that it left behind.
                        bool past = dated.Contains((record.Id, kind)) && !groups.ContainsKey((record.Id, kind, false));
                        Into(record, kind, past).Says.Add(said);
                        break;
                    case "status" when FindingKinds.OfStatus(said.Value) is { } kind:
                        var status = Into(record, kind, past: false);
                        status.Says.Add(said);
                        status.Details.Add(new Detail("Status", said.Shown));
                        break;
                    case "dissolutionDate" when Dates.AllPassed([said.Value], today):
                        var dissolved = Into(record, FindingKind.Dissolved, past: false);
                        dissolved.Says.Add(said);
                        dissolved.Details.Add(new Detail("Dissolved", said.Shown));
                        break;
                    default:
                        break;
                }
            }
            if (FindingKinds.OfSchema(record.Schema.Name) is { } itself && record.Statements.Count > 0)
            {
                var group = Into(record, itself, past: false);
                if (group.Says.Count == 0)
                    group.Says.Add(record.Statements.FirstOrDefault(s => s.Property.Name == "name") ?? record.Statements[0]);
            }
        }

        return
        [
            .. groups
                .OrderBy(g => g.Key.Past)
                .ThenBy(g => g.Key.Kind)
                .ThenBy(g => g.Key.Record)
                .Select(g => new AdverseFact(
                    g.Key.Kind,
                    g.Value.About,
                    g.Key.Past,
                    g.Value.From,
                    g.Value.Endless ? [] : g.Value.Until,
                    g.Value.OnDays,
                    [.. g.Value.Details.Distinct()],
                    g.Value.Says
                )),
        ];

        Group Into(RecordView record, FindingKind kind, bool past)
        {
            var key = (record.Id, kind, past);
            if (!groups.TryGetValue(key, out var group))
                groups[key] = group = new Group(record);
            return group;
        }

        void Add(Neighbour of, RecordId about, FindingKind kind, bool past, RecordView measure, Said naming)
        {
            dated.Add((about, kind));
            var group = Into(of.Record(about)!, kind, past);
            group.Says.Add(naming);
            foreach (string name in _shown)
            {
                foreach (var said in measure.Statements)
                {
                    if (said.Property.Name != name)
                        continue;
                    group.Details.Add(new Detail(said.Property.Label, Wording.Plain(said)));
                    if (!said.Label.Equals(naming.Label))
                        group.Says.Add(said);
                }
            }
            var since = measure.Values("startDate").ToList();
            if (since.Count == 0)
            {
                since.AddRange(measure.Values(kind == FindingKind.Convicted ? "date" : "listingDate"));
                group.OnDays |= kind == FindingKind.Convicted;
            }
            group.From.AddRange(since);
            var ends = measure.Values("endDate").Concat(measure.Values("spentDate")).ToList();
            if (ends.Count == 0)
                group.Endless = true;
            group.Until.AddRange(ends);
        }
    }

    private static FindingKind? KindOf(RecordView measure, RecordView? about)
    {
        if (FindingKinds.OfSchema(measure.Schema.Name) is { } kind)
            return kind;
        if (measure.Schema.Is("Risk"))
            return measure.Values("topics").Select(FindingKinds.OfTopic).Where(k => k is not null).Min();
        if (!measure.Schema.Is("Sanction"))
            return null;
        foreach (string name in (ReadOnlySpan<string>)["program", "provisions", "authority", "status"])
        {
            foreach (string value in measure.Values(name))
            {
                if (FindingKinds.OfWords(value) is { } said)
                    return said;
            }
        }
        // Its own words do not say what it is: the topics of whom it names do; if they do not either, it is what its name says.
        return about?.Values("topics").Select(FindingKinds.OfTopic).Where(k => k is not null).Min() ?? FindingKind.Sanctioned;
    }

    private static bool IsPast(RecordView measure, FindingKind kind, DateOnly today)
    {
        if (Dates.AllPassed(measure.Values("endDate"), today) || Dates.AllPassed(measure.Values("spentDate"), today))
            return true;
        if (
            measure
                .Values("status")
                .Any(s =>
                    s.Contains("quashed", StringComparison.OrdinalIgnoreCase)
                    || s.Contains("expired", StringComparison.OrdinalIgnoreCase)
                    || s.Contains("discharged", StringComparison.OrdinalIgnoreCase)
                )
        )
            return true;
        return kind == FindingKind.Convicted && today.Year > ConvictionYears && Dates.AllPassed(measure.Values("date"), today.AddYears(-ConvictionYears));
    }

    private static Interest MakeInterest(Ontology ontology, bool company)
    {
        Schema[] measures =
        [
            .. ontology.Schemata.Where(s => FindingKinds.OfSchema(s.Name) is not null || s.Is("Sanction") || s.Is("Risk") || s.Is("CourtCaseParty")),
        ];
        return new Interest(
            ontology,
            ontology.Schemata.Where(s => FindingKinds.OfSchema(s.Name) is not null),
            ontology.Properties.Where(p => p.Type.IsEntity && measures.Any(m => m.Is(p.Schema))),
            ontology.Properties.SelectMany<Property, (Property, Func<string, bool>)>(p =>
                p.Name switch
                {
                    "topics" => [(p, value => FindingKinds.OfTopic(value) is not null)],
                    "status" when company => [(p, value => FindingKinds.OfStatus(value) is not null)],
                    "dissolutionDate" when company => [(p, _ => true)],
                    _ => [],
                }
            )
        );
    }

    private static bool IsConvicted(string role) =>
        role.Contains("convicted", StringComparison.OrdinalIgnoreCase) && !role.Contains("not convicted", StringComparison.OrdinalIgnoreCase);

    private sealed class Group(RecordView about)
    {
        public RecordView About => about;
        public List<Said> Says { get; } = [];
        public List<Detail> Details { get; } = [];
        public List<string> From { get; } = [];
        public List<string> Until { get; } = [];
        public bool Endless { get; set; }
        public bool OnDays { get; set; }
    }
}
