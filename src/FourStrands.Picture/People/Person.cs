namespace FourStrands.Picture;

/// <summary>What kind of right it is.</summary>
public enum RightKind
{
    /// <summary>To do what a <see cref="FourStrands.Picture.Role"/> does.</summary>
    Role,

    /// <summary>To see up to a <see cref="Classification"/>.</summary>
    Clearance,

    /// <summary>To see what is in a <see cref="Compartment"/>.</summary>
    Compartment,

    /// <summary>To work for a <see cref="FourStrands.Picture.Purpose"/>, and see what is kept for it.</summary>
    Purpose,

    /// <summary>To open <see cref="EmergencyAccess"/>, for some minutes at a time.</summary>
    Emergency,
}

/// <summary>A right that somebody was given. Every right ends by itself.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="Value">Which: the name of the role, classification or compartment.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="By">Who gave it: a name to sign in with.</param>
/// <param name="ApprovedBy">The second person who approved it; null where none is needed.</param>
/// <param name="Reason">Why it was given.</param>
public sealed record Right(RecordId Id, RightKind Kind, string Value, DateTimeOffset From, DateTimeOffset Until, string By, string? ApprovedBy, string Reason)
{
    /// <summary>Does it hold at that time?</summary>
    public bool Holds(DateTimeOffset at) => From <= at && at < Until;
}

/// <summary>Where somebody stands.</summary>
public enum PersonState
{
    /// <summary>Has a link with which they have not come in yet.</summary>
    Invited,

    /// <summary>Can sign in.</summary>
    Active,

    /// <summary>Cannot sign in any more.</summary>
    Closed,
}

/// <summary>Somebody who may sign in for an agency, or a machine that asks for it with a key.</summary>
/// <param name="Id">Their identifier.</param>
/// <param name="Agency">The agency they act for, as labels name it.</param>
/// <param name="Name">What they sign in with, unique in their agency: <c>isla.munro</c>.</param>
/// <param name="DisplayName">Their name as shown: "Isla Munro".</param>
/// <param name="JobTitle">Their job in plain words: "intelligence analyst".</param>
/// <param name="State">Where they stand.</param>
/// <param name="InvitedBy">Who let them in: a name to sign in with.</param>
/// <param name="At">When.</param>
/// <param name="Rights">The rights they were given that have not been taken back, oldest first; some may have ended.</param>
public sealed record Person(
    RecordId Id,
    string Agency,
    string Name,
    string DisplayName,
    string JobTitle,
    PersonState State,
    string InvitedBy,
    DateTimeOffset At,
    IReadOnlyList<Right> Rights
)
{
    /// <summary>What they sign in with in full, their agency last: <c>isla.munro@national-police</c>. What the log and others' records call them.</summary>
    public string SignInName => $"{Name}@{Agency}";

    /// <summary>What makes the account a machine's; null for a person.</summary>
    public ServiceAccount? Service { get; init; }

    /// <summary>Somebody who asks, with the rights that hold at that time.</summary>
    public Viewer AsViewer(string agencyName, DateTimeOffset at)
    {
        List<Role> roles = [];
        Classification? clearance = null;
        List<string> compartments = [];
        List<Purpose> purposes = [];
        foreach (var right in Rights)
        {
            if (!right.Holds(at))
                continue;
            switch (right.Kind)
            {
                case RightKind.Role when Enum.TryParse<Role>(right.Value, out var role):
                    roles.Add(role);
                    break;
                case RightKind.Clearance when Enum.TryParse<Classification>(right.Value, out var to) && (clearance is null || to > clearance):
                    clearance = to;
                    break;
                case RightKind.Compartment:
                    compartments.Add(right.Value);
                    break;
                case RightKind.Purpose when Enum.TryParse<Purpose>(right.Value, out var purpose):
                    purposes.Add(purpose);
                    break;
                default:
                    break;
            }
        }
        roles.Sort();
        roles = [.. roles.Distinct()];
        return new Viewer(SignInName, DisplayName, Agency, agencyName, JobTitle, clearance, [.. compartments.Distinct(StringComparer.Ordinal)])
        {
            Roles = roles,
            Purposes = [.. purposes.Distinct().Order()],
        };
    }
}

/// <summary>What waits for a second person's word.</summary>
public enum ProposalKind
{
    /// <summary>A right for somebody.</summary>
    Right,

    /// <summary>A new way in for somebody who lost theirs.</summary>
    WayIn,

    /// <summary>An agency that is to take part.</summary>
    Agency,

    /// <summary>An agency that is to be a member of a sharing group.</summary>
    Member,

    /// <summary>That a second person agrees to those releases alone that widen most, and no more to every one.</summary>
    FewerSeconds,

    /// <summary>That another agency is told when the own one's people look for what it set an alert on.</summary>
    Telling,

    /// <summary>A key for a service account.</summary>
    Key,
}

/// <summary>Something that widens what somebody may see or do: it waits until a second administrator approves it.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Agency">Whose administrators decide.</param>
/// <param name="Person">For whom; null for an agency.</param>
/// <param name="Right">The right asked for; its times are those it will have.</param>
/// <param name="NewAgency">The agency that is to take part, and who is to be its first administrator.</param>
/// <param name="By">Who asks for it.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
public sealed record Proposal(
    RecordId Id,
    ProposalKind Kind,
    string Agency,
    RecordId? Person,
    Right? Right,
    NewAgency? NewAgency,
    string By,
    DateTimeOffset At,
    string Reason
)
{
    /// <summary>The agency that is to be told of searches.</summary>
    public ToldAgency? Told { get; init; }

    /// <summary>The sharing group and the agency that is to be its member.</summary>
    public NewMember? NewMember { get; init; }

    /// <summary>The key asked for.</summary>
    public NewKey? NewKey { get; init; }
}

/// <summary>An agency that is to take part.</summary>
/// <param name="Agency">The agency.</param>
/// <param name="AdministratorName">The name of its first administrator, as shown.</param>
/// <param name="AdministratorSignIn">What they are to sign in with, without the agency.</param>
public sealed record NewAgency(Agency Agency, string AdministratorName, string AdministratorSignIn);

/// <summary>An agency that is to be told of searches.</summary>
/// <param name="Agency">The agency, as labels name it.</param>
/// <param name="AgencyName">Its name as shown.</param>
public sealed record ToldAgency(string Agency, string AgencyName);

/// <summary>An agency that is to be a member of a sharing group.</summary>
/// <param name="Group">The group, as labels name it.</param>
/// <param name="Agency">The agency, as labels name it.</param>
/// <param name="GroupTitle">The group's title.</param>
/// <param name="AgencyName">The agency's name as shown.</param>
public sealed record NewMember(string Group, string Agency, string GroupTitle, string AgencyName);
