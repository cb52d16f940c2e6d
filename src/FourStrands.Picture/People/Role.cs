namespace FourStrands.Picture;

/// <summary>
/// What somebody does here. A role lets its holder do things; it lets nobody see anything: that is what clearances and compartments
/// are for. Kept by name, so that their order may change.
/// </summary>
public enum Role
{
    /// <summary>Brings in what their agency knows.</summary>
    Contributor,

    /// <summary>Joins up what is known and judges matches.</summary>
    Analyst,

    /// <summary>Grades what comes in.</summary>
    Evaluator,

    /// <summary>Checks bidders and applicants.</summary>
    ProcurementOfficer,

    /// <summary>Works with people and places.</summary>
    Practitioner,

    /// <summary>Builds cases for court.</summary>
    Prosecutor,

    /// <summary>Passes things on to other agencies.</summary>
    Liaison,

    /// <summary>Keeps what is held lawful: retention, correction, erasure.</summary>
    InformationManager,

    /// <summary>Reads the log of who read what, as far as they may see all that the reader may.</summary>
    Auditor,

    /// <summary>Reads the whole log of the agency, whatever was read, and proves that it is whole.</summary>
    ChiefAuditor,

    /// <summary>Lets people in and says what they may do and see.</summary>
    Administrator,
}

/// <summary>What a role lets its holder do. What is not among these is open to everybody who is signed in.</summary>
public enum Power
{
    /// <summary>Bring files in.</summary>
    BringIn,

    /// <summary>Decide whether two records are the same subject.</summary>
    Judge,

    /// <summary>Check a list of bidders.</summary>
    Check,

    /// <summary>Let others see what the own agency knows, and answer what other agencies ask for.</summary>
    Release,

    /// <summary>Let people of the own agency in, and say what they may do and see.</summary>
    Administer,

    /// <summary>Erase what a source of the own agency says, and hold what must not be erased.</summary>
    Erase,

    /// <summary>Read the log of the own agency.</summary>
    Audit,

    /// <summary>Read the log of the own agency whatever its label, its size and its checkpoints among it, and take it away as a file.</summary>
    AuditAll,
}

/// <summary>What each role is called, is for, and may do.</summary>
public static class Roles
{
    private static readonly (Role Role, string Name, string Purpose, Power[] Powers)[] All =
    [
        (Role.Contributor, "contributor", "Brings in what the agency knows", [Power.BringIn]),
        (Role.Analyst, "analyst", "Joins up what is known, and judges matches", [Power.BringIn, Power.Judge, Power.Check]),
        (Role.Evaluator, "evaluator", "Grades what comes in, and judges matches", [Power.BringIn, Power.Judge]),
        (Role.ProcurementOfficer, "procurement officer", "Checks bidders, and judges the matches of a check", [Power.BringIn, Power.Judge, Power.Check]),
        (Role.Practitioner, "practitioner", "Works with people and places", []),
        (Role.Prosecutor, "prosecutor", "Builds cases for court", [Power.Judge]),
        (Role.Liaison, "liaison", "Passes things on to other agencies, and answers what they ask for", [Power.Release]),
        (
            Role.InformationManager,
            "information manager",
            "Keeps what is held lawful: how long, correcting, erasing, and holding what must not be erased",
            [Power.Erase]
        ),
        (Role.Auditor, "auditor", "Reads who looked at what, where they may see that too", [Power.Audit]),
        (Role.ChiefAuditor, "chief auditor", "Reads all of who looked at what, and proves that nothing was changed", [Power.Audit, Power.AuditAll]),
        (Role.Administrator, "administrator", "Lets people in, and says what they may do and see", [Power.Administer]),
    ];

    /// <summary>All roles but those that watch over others: what the people of an invented world have.</summary>
    public static IReadOnlyList<Role> Working { get; } =
    [Role.Contributor, Role.Analyst, Role.Evaluator, Role.ProcurementOfficer, Role.Practitioner, Role.Prosecutor, Role.Liaison];

    /// <summary>What it is called in plain words: "procurement officer".</summary>
    public static string Name(this Role role) => All[(int)role].Name;

    /// <summary>What it is for, in one line.</summary>
    public static string Purpose(this Role role) => All[(int)role].Purpose;

    /// <summary>May who has this role do that?</summary>
    public static bool May(this Role role, Power power) => Array.IndexOf(All[(int)role].Powers, power) >= 0;

    /// <summary>True for roles with power over people or over the record of what was read: giving one needs a second person.</summary>
    public static bool WatchesOverOthers(this Role role) => role is Role.Administrator or Role.Auditor or Role.ChiefAuditor or Role.InformationManager;

    /// <summary>True for roles that no machine has: those over people and over the record of what was read, and letting others see what the agency knows.</summary>
    public static bool IsForPeopleAlone(this Role role) => role.WatchesOverOthers() || role.May(Power.Release);
}
