using FourStrands.Picture;

namespace FourStrands.Workbench.Showing;

/// <summary>What people may do and see, in words.</summary>
internal static class Rights
{
    /// <summary>"analyst, evaluator", of the roles that hold now.</summary>
    public static string Does(Person person, DateTimeOffset now) => Listed(person, now, RightKind.Role, "nothing yet");

    /// <summary>"OFFICIAL, NIGHTJAR, for prosecution", of what holds now.</summary>
    public static string Sees(Person person, DateTimeOffset now)
    {
        var clearance = person.AsViewer("", now).Clearance;
        string compartments = Listed(person, now, RightKind.Compartment, "");
        string purposes = Listed(person, now, RightKind.Purpose, "");
        return clearance is not { } to
            ? "nothing"
            : Shown.Classification(to) + (compartments.Length == 0 ? "" : $", {compartments}") + (purposes.Length == 0 ? "" : $", for {purposes}");
    }

    /// <summary>Where an account stands.</summary>
    public static string State(PersonState state) =>
        state switch
        {
            PersonState.Invited => "Has not come in yet",
            PersonState.Active => "Open",
            _ => "Closed",
        };

    /// <summary>A right by name: "analyst", "OFFICIAL", "NIGHTJAR".</summary>
    public static string Name(RightKind kind, string value) =>
        kind switch
        {
            RightKind.Role when Enum.TryParse<Role>(value, out var role) => role.Name(),
            RightKind.Clearance when Enum.TryParse<Classification>(value, out var to) => Shown.Classification(to),
            RightKind.Purpose when Enum.TryParse<Purpose>(value, out var purpose) => purpose.Words(),
            RightKind.Emergency => "emergency access",
            _ => Compartment(value),
        };

    /// <summary>What a right lets somebody do: "does the work of an analyst", "sees up to OFFICIAL", "is in NIGHTJAR".</summary>
    public static string Says(RightKind kind, string value) =>
        kind switch
        {
            RightKind.Role => $"role: {Name(kind, value)}",
            RightKind.Clearance => $"sees up to {Name(kind, value)}",
            RightKind.Purpose => $"works for {Name(kind, value)}",
            RightKind.Emergency => "may open emergency access",
            _ => $"compartment: {Name(kind, value)}",
        };

    /// <summary>A compartment as it is shown: without its agency, in capitals.</summary>
    public static string Compartment(string name) => name[(name.LastIndexOf('.') + 1)..].ToUpperInvariant();

    /// <summary>What a key may be used for: "search and read, check bidders".</summary>
    public static string Scopes(IEnumerable<KeyScope> scopes) => string.Join(", ", scopes.Select(s => s.Name()));

    /// <summary>When a key was last used.</summary>
    public static string LastUsed(ApiKey key) => key.LastUsed is { } day ? $"last used {Shown.Date(day)}" : "never used";

    /// <summary>Who answers for a machine, and that they have left where they have.</summary>
    public static string Responsible(IEnumerable<Person> everybody, Person machine) =>
        everybody.FirstOrDefault(p => p.Id == machine.Service?.Responsible) is { State: not PersonState.Closed } person
            ? person.DisplayName
            : "Nobody: their account is closed";

    /// <summary>For whom something is asked.</summary>
    public static string Whose(IEnumerable<Person> everybody, Proposal proposal) =>
        proposal.NewAgency is { } agency ? $"{agency.AdministratorName}, first administrator of {agency.Agency.DisplayName}"
        : proposal.NewMember is { } member ? member.AgencyName
        : proposal.Told is { } told ? told.AgencyName
        : everybody.FirstOrDefault(p => p.Id == proposal.Person)?.DisplayName ?? "";

    /// <summary>What waits, in words.</summary>
    public static string Words(IReadOnlyList<Person> everybody, Proposal proposal) =>
        proposal.Kind switch
        {
            ProposalKind.Right => $"{Whose(everybody, proposal)}: {Says(proposal.Right!.Kind, proposal.Right.Value)}, until {Shown.Date(proposal.Right.Until)}",
            ProposalKind.Key => $"{Whose(everybody, proposal)}: a key to {Scopes(proposal.NewKey!.Scopes)}, until {Shown.Date(proposal.NewKey.Until)}",
            ProposalKind.WayIn => $"A new way in for {Whose(everybody, proposal)}, who is signed out everywhere; what they sign in with now works no more",
            ProposalKind.Telling => $"{proposal.Told!.AgencyName} is told when your people look for exactly what it set an alert on",
            ProposalKind.FewerSeconds => "A second person agrees to those releases alone that widen most, and no more to every release",
            ProposalKind.Member =>
                $"{proposal.NewMember!.AgencyName} becomes a member of the sharing group {proposal.NewMember.GroupTitle}, and sees all that is shared with it",
            _ => $"{proposal.NewAgency!.Agency.DisplayName} takes part, with {proposal.NewAgency.AdministratorName} as its first administrator",
        };

    /// <summary>Why somebody may not do something, and what to ask for; for those who may not.</summary>
    /// <param name="viewer">Who may not.</param>
    /// <param name="power">What it takes.</param>
    /// <param name="lacksRole">"Your role does not bring files in".</param>
    /// <param name="role">A role that may.</param>
    /// <param name="unseen">What they could not see: "what you brought in".</param>
    public static string Lacking(Viewer viewer, Power power, string lacksRole, Role role, string unseen)
    {
        if (viewer.Emergency is not null)
            return "While emergency access is open you can look, and neither change anything nor take it out. End it first.";
        bool mayNot = !viewer.May(power),
            seesNot = !viewer.MaySee(Label.OwnAgency(viewer));
        return mayNot && seesNot
                ? $"{lacksRole}, and you have no clearance for OFFICIAL: you could not see {unseen}. Ask an administrator of your agency for both, the role “{role.Name()}” and the clearance."
            : mayNot ? $"{lacksRole}. Ask an administrator of your agency for the role “{role.Name()}”."
            : $"You have no clearance for OFFICIAL, so you could not see {unseen}. Ask an administrator of your agency for it.";
    }

    private static string Listed(Person person, DateTimeOffset now, RightKind kind, string none)
    {
        string[] held =
        [
            .. person
                .Rights.Where(r => r.Kind == kind && r.Holds(now))
                .Select(r => Name(kind, r.Value))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        return held.Length == 0 ? none : string.Join(", ", held);
    }
}
