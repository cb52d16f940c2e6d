namespace FourStrands.Noninterference.Histories;

/// <summary>Who acts and asks, and the labels they use.</summary>
internal static class Cast
{
    /// <summary>The built-in viewers who work with the picture, and others that differ from them in one right each.</summary>
    public static IReadOnlyList<Viewer> Viewers { get; } =
    [
        .. Viewer.BuiltIn.Where(v => !v.May(Power.Administer) && !v.May(Power.Audit)),
        Working("constable", "Ross Laing", "national-police", "National Police", "constable", Classification.OfficialSensitive, []),
        Working("handler", "Catriona Weir", "national-police", "National Police", "source handler", Classification.OfficialSensitive, ["nightjar"]),
        Working("clerk", "Una Kerr", "national-police", "National Police", "clerk", Classification.Official, []),
        Working("auditor", "Neil Baxter", "glenbrae-council", "Glenbrae Council", "auditor", Classification.Official, ["redstart"]),
        Working("colleague", "Jean Gunn", "glenbrae-council", "Glenbrae Council", "procurement officer", Classification.Official, []),
        Working("reader", "Alan Petrie", "visitors", "No agency", "visitor", Classification.Public, []),
        Working("stranger", "Olaf Inkster", "visitors", "No agency", "visitor without clearance", null, ["nightjar"]),
    ];

    /// <summary>Somebody as they see while emergency access is open: a rule of its own, beside the gate's.</summary>
    public static Viewer InEmergency(Viewer viewer) =>
        viewer with
        {
            Clearance = Classification.OfficialSensitive,
            // The police keep both compartments there are.
            Compartments = viewer.Agency == "national-police" ? ["nightjar", "redstart"] : viewer.Compartments,
            Purposes = [Purpose.Crime, Purpose.Prosecution, Purpose.CivilRecovery, Purpose.Procurement, Purpose.Licensing, Purpose.Safeguarding],
            Emergency = new OpenEmergency(default, default, viewer),
        };

    public static IReadOnlyList<Label> Labels { get; } =
    [
        .. new[]
        {
            "public",
            "official",
            "official-sensitive",
            "official;agencies=national-police",
            "official-sensitive;agencies=national-police",
            "official-sensitive;agencies=national-police;compartments=nightjar",
            "official-sensitive;agencies=national-police;compartments=redstart",
            "official-sensitive;compartments=nightjar,redstart",
            "official;compartments=nightjar",
            "public;compartments=redstart",
            "official;agencies=glenbrae-council",
            "official;agencies=strathorn-council",
            "official;agencies=glenbrae-council,national-police",
            "official;agencies=glenbrae-council,strathorn-council",
            "public;agencies=visitors",
            "official;agencies=strathorn-council,national-police.redwater",
            "official;agencies=national-police.redwater;handling=H2",
            "official;purposes=procurement",
            "official;agencies=national-police;purposes=crime,prosecution;handling=A2,S2",
        }.Select(Label.Parse),
    ];

    private static Viewer Working(
        string name,
        string shown,
        string agency,
        string agencyName,
        string job,
        Classification? clearance,
        IReadOnlyList<string> compartments
    ) =>
        new(name, shown, agency, agencyName, job, clearance, compartments)
        {
            Roles = Roles.Working,
            Groups = agency is "national-police" or "glenbrae-council" ? ["national-police.redwater"] : [],
            Purposes =
                name is "handler" ? [Purpose.Crime, Purpose.Prosecution]
                : name is "colleague" or "auditor" ? [Purpose.Procurement]
                : [],
        };

    public static IReadOnlyList<string> SourceNames { get; } = ["Register", "Notes", "Intelligence"];

    /// <summary>A source into which nothing comes but what <see cref="Seldom"/> needs.</summary>
    public const string Asked = "Asked for";

    /// <summary>Sources' own keys: of subjects, then of ties between them.</summary>
    public static IReadOnlyList<string> Subjects { get; } = ["s1", "s2", "s3", "s4", "s5", "s6"];

    public static IReadOnlyList<string> Ties { get; } = ["t1", "t2", "t3"];

    /// <summary>Keys of the many that come at once.</summary>
    public static IReadOnlyList<string> Crowd { get; } = ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9"];

    public static IReadOnlyList<string> Agencies { get; } = [.. Viewers.Select(v => v.Agency).Distinct(StringComparer.Ordinal)];
}
