namespace FourStrands.Picture;

/// <summary>
/// Somebody who asks, with the rights they ask with. All viewers with the same rights form one permission class and get the same answers.
/// </summary>
/// <param name="Name">What they sign in with, unique, their agency last: <c>isla.munro@national-police</c>.</param>
/// <param name="DisplayName">Their name as shown: "Isla Munro".</param>
/// <param name="Agency">The agency they act for, in the form labels name it: <c>glenbrae-council</c>.</param>
/// <param name="AgencyName">The agency's name as shown: "Glenbrae Council".</param>
/// <param name="Role">Their job in plain words: "procurement officer".</param>
/// <param name="Clearance">The highest classification they may see; null sees nothing at all.</param>
/// <param name="Compartments">The compartments they are in.</param>
public sealed record Viewer(
    string Name,
    string DisplayName,
    string Agency,
    string AgencyName,
    string Role,
    Classification? Clearance,
    IReadOnlyList<string> Compartments
)
{
    /// <summary>The people of the demo world. All fictional.</summary>
    public static IReadOnlyList<Viewer> BuiltIn { get; } =
    [
        Invented("analyst", "Isla Munro", "National Police", "intelligence analyst", Classification.OfficialSensitive, ["nightjar", "redstart"]) with
        {
            Roles =
            [
                FourStrands.Picture.Role.Contributor,
                FourStrands.Picture.Role.Analyst,
                FourStrands.Picture.Role.Evaluator,
                FourStrands.Picture.Role.Liaison,
            ],
            Purposes = [Purpose.Crime],
        },
        Invented("glenbrae", "Callum Reid", "Glenbrae Council", "procurement officer", Classification.Official) with
        {
            Roles = [FourStrands.Picture.Role.ProcurementOfficer, FourStrands.Picture.Role.Liaison],
            Purposes = [Purpose.Procurement],
        },
        Invented("strathorn", "Morag Sinclair", "Strathorn Council", "procurement officer", Classification.Official) with
        {
            Roles = [FourStrands.Picture.Role.ProcurementOfficer],
            Purposes = [Purpose.Procurement],
        },
        new("visitor@visitors", "Ewan Baird", "visitors", "No agency", "visitor without clearance", null, []),
        Invented(
            "liaison",
            "Ailsa Farquhar",
            "National Police",
            "liaison and information officer",
            Classification.OfficialSensitive,
            ["nightjar", "redstart"]
        ) with
        {
            Roles = [FourStrands.Picture.Role.Liaison, FourStrands.Picture.Role.InformationManager],
            Purposes = [Purpose.Crime],
        },
        Invented("administrator", "Fiona Baxter", "National Police", "administrator") with
        {
            Roles = [FourStrands.Picture.Role.Administrator],
        },
        Invented("second", "Hamish Orr", "National Police", "second administrator") with
        {
            Roles = [FourStrands.Picture.Role.Administrator],
        },
        Invented("council", "Elspeth Rae", "Glenbrae Council", "administrator") with
        {
            Roles = [FourStrands.Picture.Role.Administrator],
        },
        Invented("chief", "Catriona Bell", "National Police", "chief auditor") with
        {
            Roles = [FourStrands.Picture.Role.ChiefAuditor],
        },
        Invented("auditor", "Rory Drummond", "Glenbrae Council", "auditor", Classification.Official) with
        {
            Roles = [FourStrands.Picture.Role.Auditor],
            // An auditor reads of those alone whose rights they share.
            Purposes = [Purpose.Procurement],
        },
    ];

    /// <summary>The name before the @: "isla.munro".</summary>
    public string ShortName => Name.Split('@')[0];

    /// <summary>What they do here. They say nothing of what may be seen, and so are no part of the permission class.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = [];

    /// <summary>The sharing groups that their agency is a member of.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>What they work for.</summary>
    public IReadOnlyList<Purpose> Purposes { get; init; } = [];

    /// <summary>What they may do with what they ask with, where that is less than their roles let them: a machine's key, or emergency access. Null for all that the roles let them.</summary>
    public IReadOnlyList<Power>? Within { get; init; }

    /// <summary>The emergency access that is open for them, and makes them see more; null almost always.</summary>
    public OpenEmergency? Emergency { get; init; }

    /// <summary>Does one of their roles let them do that?</summary>
    public bool May(Power power)
    {
        if (Within?.Contains(power) == false)
            return false;
        foreach (var role in Roles)
        {
            if (role.May(power))
                return true;
        }
        return false;
    }

    /// <summary>May this viewer see what bears <paramref name="label"/>? The one rule; everything else asks it.</summary>
    public bool MaySee(Label label) =>
        Clearance is { } clearance
        && clearance >= label.Classification
        && IsAmong(label.Audiences, static (viewer, name) => name == viewer.Agency || viewer.Groups.Contains(name, StringComparer.Ordinal))
        && IsAmong(label.PurposesNeeded, static (viewer, name) => FourStrands.Picture.Purposes.TryParse(name, out var p) && viewer.Purposes.Contains(p))
        && label.Compartments.All(c => Compartments.Contains(c, StringComparer.Ordinal));

    /// <summary>What their permission class is called: equal for viewers whose rights are equal, different otherwise.</summary>
    public string PermissionClass =>
        $"{(Clearance is { } c ? c.ToString() : "none")}|{Agency}|{string.Join(',', Compartments.Order(StringComparer.Ordinal))}"
        + $"|{string.Join(',', Groups.Order(StringComparer.Ordinal))}|{string.Join(',', Purposes.Order().Select(p => p.Name()))}";

    private bool IsAmong(IReadOnlyList<IReadOnlyList<string>> lists, Func<Viewer, string, bool> holds)
    {
        foreach (var list in lists)
        {
            bool held = false;
            foreach (string name in list)
                held |= holds(this, name);
            if (!held)
                return false;
        }
        return true;
    }

    private static Viewer Invented(
        string name,
        string displayName,
        string agency,
        string job,
        Classification? clearance = null,
        IReadOnlyList<string>? compartments = null
    )
    {
        string named = agency.ToLowerInvariant().Replace(' ', '-');
        return new Viewer($"{name}@{named}", displayName, named, agency, job, clearance, compartments ?? [])
        {
            Groups = agency is "National Police" or "Glenbrae Council" ? ["national-police.redwater"] : [],
        };
    }
}
