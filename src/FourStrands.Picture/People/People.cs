using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FourStrands.Picture.Store;

namespace FourStrands.Picture;

/// <summary>What was asked for cannot be done; the message is for people and says why.</summary>
public sealed class PeopleException(string message, string field = "") : Exception(message)
{
    /// <summary>The field of a form that it is about; empty for none.</summary>
    public string Field { get; } = field;

    /// <summary>All that is wrong with what was written, this first: so that a form is put right once.</summary>
    public IReadOnlyList<PeopleException> All => all ?? [this];

    private IReadOnlyList<PeopleException>? all;

    /// <summary>Makes all of the checks before it says what is wrong.</summary>
    /// <exception cref="PeopleException">Something is.</exception>
    internal static void CheckAll(params ReadOnlySpan<Action> checks)
    {
        List<PeopleException> wrong = [];
        foreach (var check in checks)
        {
            try
            {
                check();
            }
            catch (PeopleException problem)
            {
                wrong.Add(problem);
            }
        }
        if (wrong is [var first, ..])
            throw new PeopleException(first.Message, first.Field) { all = wrong };
    }
}

/// <summary>
/// The agencies and people of a store, and what each may do and see. Administrators act on their own agency and learn nothing of
/// others' people. What widens what somebody sees, or gives power over others, waits for a second administrator.
/// </summary>
public sealed partial class People
{
    /// <summary>The longest that a right lasts before it must be given anew.</summary>
    public static readonly TimeSpan LongestRight = TimeSpan.FromDays(366);

    /// <summary>How long a link that lets somebody in works.</summary>
    public static readonly TimeSpan LinkLasts = TimeSpan.FromDays(3);

    private readonly PeopleStore store;
    private readonly Gate gate;

    internal People(PeopleStore store, Gate gate)
    {
        this.store = store;
        this.gate = gate;
    }

    /// <summary>True once the first agency is there.</summary>
    public bool IsSetUp => store.Agencies.All.Any();

    /// <summary>The agencies that take part, by name as shown.</summary>
    public IReadOnlyList<Agency> Agencies =>
        [.. store.Agencies.All.OrderBy(a => a.DisplayName, StringComparer.Ordinal).ThenBy(a => a.Name, StringComparer.Ordinal)];

    /// <summary>
    /// The agency that the store was set up for. Until it is, what comes in from the command line belongs to an agency without a name of its own, which
    /// gets one then.
    /// </summary>
    public Agency Home =>
        store.Agencies.All.FirstOrDefault(a => a.IsHome)
        ?? (OwnerOfWhatIsThere is { } owner ? new Agency(owner, NameOf(owner), "", IsHome: true) : new Agency("own-agency", "Own agency", "", IsHome: true));

    /// <summary>The agency that labels name so; null if there is none.</summary>
    public Agency? Agency(string name) => store.Agencies.Find(name);

    /// <summary>Somebody who asks, with the rights of now, by what they sign in with; null if nobody of that name may sign in.</summary>
    public Viewer? ViewerOf(string? signInName) =>
        ByName(signInName) is { State: PersonState.Active } person
            ? person.AsViewer(NameOf(person.Agency), Now) with
            {
                Groups = GroupsOf(person.Agency),
            }
            : null;

    /// <summary>The people of the administrator's own agency, by name as shown.</summary>
    public IReadOnlyList<Person> Of(Viewer by)
    {
        Demand(by);
        Log(by, "list people", "");
        return [.. store.People.All.Where(p => p.Agency == by.Agency).OrderBy(p => p.DisplayName, StringComparer.Ordinal).ThenBy(p => p.Id)];
    }

    /// <summary>Somebody of the administrator's own agency; null if there is nobody of that identifier.</summary>
    public Person? Find(Viewer by, RecordId id)
    {
        Demand(by);
        var person = store.People.Find(id.ToString());
        if (person?.Agency != by.Agency)
            person = null;
        Log(by, "look at person", person?.SignInName ?? id.ToString());
        return person;
    }

    /// <summary>Oneself, with all rights; null for somebody of an invented world who is in no list.</summary>
    public Person? Self(Viewer viewer) => ByName(viewer.Name);

    /// <summary>
    /// Lets somebody of the own agency in: they come by a link that works once. They may do and see nothing before they are given rights.
    /// </summary>
    /// <returns>Them, and the secret of the link.</returns>
    /// <exception cref="PeopleException">The name is taken in the agency, or is not one.</exception>
    public (Person Person, string Secret) Invite(Viewer by, string displayName, string jobTitle, string name)
    {
        Demand(by);
        name = name.Trim().ToLowerInvariant();
        PeopleException.CheckAll(() => displayName = Shown(displayName, "name"), () => jobTitle = Shown(jobTitle, "job"), () => CheckName(name));
        Person person = null!;
        string secret = "";
        store.Change(() =>
        {
            var id = gate.Engine.Identify("person", by.Agency, name);
            if (store.People.Find(id.ToString()) is not null)
                throw new PeopleException($"Somebody of your agency signs in as {name} already. Choose another name", "signInName");
            person = new Person(id, by.Agency, name, displayName, jobTitle, PersonState.Invited, by.Name, Now, []);
            store.People.Put(person);
            secret = PutLink(new OneTimeLink(LinkKind.WayIn, id, Now + LinkLasts));
        });
        Log(by, "invite", person.SignInName);
        return (person, secret);
    }

    /// <summary>A new link for somebody who was invited and has not come in yet; the earlier one stops working.</summary>
    public string InviteAgain(Viewer by, RecordId id)
    {
        Demand(by);
        string secret = "";
        store.Change(() =>
        {
            var person = Own(by, id);
            DemandPerson(person);
            if (person.State != PersonState.Invited)
                throw new PeopleException($"{person.DisplayName} has come in already. If they lost their way in, ask for a new one");
            secret = PutLink(new OneTimeLink(LinkKind.WayIn, id, Now + LinkLasts));
        });
        Log(by, "invite again", SignInNameOf(id));
        return secret;
    }

    /// <summary>
    /// Gives somebody of the own agency a right. One that widens what they see, or gives power over others, waits for a second administrator.
    /// </summary>
    /// <returns>What waits; null if the right holds at once.</returns>
    public Proposal? Give(Viewer by, RecordId id, RightKind kind, string value, DateTimeOffset until, string reason)
    {
        Demand(by);
        reason = reason.Trim();
        if (reason.Length == 0)
            throw new PeopleException("Say why: it is kept with the right", "reason");
        if (reason.Length > 500)
            throw new PeopleException("Keep the reason to 500 characters", "reason");
        if (until <= Now)
            throw new PeopleException("The last day must be in the future", "until");
        if (until > Now + LongestRight)
            throw new PeopleException("A right lasts a year at most; give it anew then", "until");
        Proposal? waits = null;
        Right given = null!;
        store.Change(() =>
        {
            var person = Own(by, id);
            if (person.State == PersonState.Closed)
                throw new PeopleException($"{person.DisplayName} cannot sign in any more. Open their account first");
            CheckValue(by, kind, value);
            CheckForMachine(person, kind, value);
            CheckForEmergency(person, kind);
            var rightId = gate.Engine.Identify(
                "right",
                person.SignInName,
                kind.ToString(),
                value,
                by.Name,
                Now.UtcTicks.ToString(CultureInfo.InvariantCulture)
            );
            var right = given = new Right(rightId, kind, value, Now, until, by.Name, null, reason);
            if (!NeedsSecond(person, right))
            {
                Remember(person.Agency, person.State == PersonState.Active && IsAdministrators(right) ? person.Id : null);
                store.People.Put(With(person, right));
                return;
            }
            if (store.Proposals.All.Any(p => p.Person == id && p.Right is { } asked && asked.Kind == kind && asked.Value == value))
                throw new PeopleException("The same waits for a second administrator already");
            waits = new Proposal(rightId, ProposalKind.Right, by.Agency, id, right, null, by.Name, Now, reason);
            store.Proposals.Put(waits);
        });
        Log(by, waits is null ? "give right" : "ask for right", $"{kind} {value} for {SignInNameOf(id)} until {until:yyyy-MM-dd}: {reason}", given);
        return waits;
    }

    /// <summary>Takes a right back, at once.</summary>
    public void TakeBack(Viewer by, RecordId id, RecordId right)
    {
        Demand(by);
        Right taken = null!;
        store.Change(() =>
        {
            var person = Own(by, id);
            taken = person.Rights.FirstOrDefault(r => r.Id == right) ?? throw new PeopleException("They do not have that right any more");
            if (IsAdministrators(taken))
                DemandAnotherAdministrator(person);
            Remember(person.Agency);
            store.People.Put(person with { Rights = [.. person.Rights.Where(r => r.Id != right)] });
            if (taken.Kind == RightKind.Emergency)
                EndEmergencies(e => e.Person == id, by.Name);
        });
        Log(by, "take right back", $"{taken.Kind} {taken.Value} of {SignInNameOf(id)}", taken);
    }

    /// <summary>Closes somebody's account: they are signed out everywhere and cannot sign in any more. What they did stays theirs.</summary>
    public void Close(Viewer by, RecordId id)
    {
        Demand(by);
        store.Change(() =>
        {
            var person = Own(by, id);
            DemandAnotherAdministrator(person);
            Remember(person.Agency);
            store.People.Put(person with { State = PersonState.Closed, Rights = [] });
            store.Credentials.Take(id.ToString());
            EndSessions(person.SignInName);
            EndKeys(id);
            TakeLinks(id);
            foreach (var proposal in store.Proposals.All.Where(p => p.Person == id))
                store.Proposals.Take(proposal.Id.ToString());
        });
        Log(by, "close account", SignInNameOf(id));
    }

    /// <summary>Opens a closed account again: without rights, and to be come into by a new link.</summary>
    public string Open(Viewer by, RecordId id)
    {
        Demand(by);
        string secret = "";
        store.Change(() =>
        {
            var person = Own(by, id);
            DemandPerson(person);
            if (person.State != PersonState.Closed)
                throw new PeopleException($"{person.DisplayName}'s account is not closed");
            store.People.Put(person with { State = PersonState.Invited });
            secret = PutLink(new OneTimeLink(LinkKind.WayIn, id, Now + LinkLasts));
        });
        Log(by, "open account", SignInNameOf(id));
        return secret;
    }

    /// <summary>
    /// Asks for a new way in for somebody who lost theirs. A second administrator, and neither is they, must approve it; until then nothing changes for them.
    /// </summary>
    public Proposal AskForWayIn(Viewer by, RecordId id, string reason)
    {
        Demand(by);
        reason = reason.Trim();
        if (reason.Length is 0 or > 500)
            throw new PeopleException("Say why, in at most 500 characters: how do you know that it is they who ask?", "reason");
        Proposal waits = null!;
        store.Change(() =>
        {
            var person = Own(by, id);
            DemandPerson(person);
            if (person.State != PersonState.Active)
                throw new PeopleException($"{person.DisplayName} has not come in yet, or the account is closed");
            if (person.SignInName == by.Name)
                throw new PeopleException("Another administrator has to ask for a new way in for you");
            if (store.Proposals.All.Any(p => p.Person == id && p.Kind == ProposalKind.WayIn))
                throw new PeopleException("A new way in waits for a second administrator already");
            var proposal = gate.Engine.Identify("way in", person.SignInName, by.Name, Now.UtcTicks.ToString(CultureInfo.InvariantCulture));
            waits = new Proposal(proposal, ProposalKind.WayIn, by.Agency, id, null, null, by.Name, Now, reason);
            store.Proposals.Put(waits);
        });
        Log(by, "ask for way in", $"{SignInNameOf(id)}: {reason}");
        return waits;
    }

    /// <summary>
    /// Asks for an agency to take part. Once a second administrator of the own agency approves it, its first administrator comes in by a
    /// link, and it is theirs alone: nobody else can let people in there, or see who they are.
    /// </summary>
    public Proposal AskForAgency(Viewer by, string agencyName, string desk, string administrator, string signInName, string reason)
    {
        Demand(by);
        signInName = signInName.Trim().ToLowerInvariant();
        reason = reason.Trim();
        PeopleException.CheckAll(
            () => agencyName = Shown(agencyName, "agency"),
            () => desk = Reached(desk),
            () => administrator = Shown(administrator, "administrator"),
            () => CheckName(signInName),
            () => CheckReason(reason)
        );
        var agency = Named(agencyName, desk);
        Proposal waits = null!;
        store.Change(() =>
        {
            if (store.Agencies.Find(agency.Name) is not null)
                throw new PeopleException($"{agency.DisplayName} takes part already", "agency");
            if (store.Proposals.All.Any(p => p.Agency == by.Agency && p.NewAgency?.Agency.Name == agency.Name))
                throw new PeopleException("That waits for a second administrator already", "agency");
            var id = gate.Engine.Identify("agency", by.Name, agency.Name, Now.UtcTicks.ToString(CultureInfo.InvariantCulture));
            waits = new Proposal(id, ProposalKind.Agency, by.Agency, null, null, new NewAgency(agency, administrator, signInName), by.Name, Now, reason);
            store.Proposals.Put(waits);
        });
        Log(by, "ask for agency", $"{agency.Name}: {reason}");
        return waits;
    }

    /// <summary>What waits for a second administrator of the own agency, oldest first.</summary>
    public IReadOnlyList<Proposal> Waiting(Viewer by)
    {
        Demand(by);
        return [.. store.Proposals.All.Where(p => p.Agency == by.Agency).OrderBy(p => p.At).ThenBy(p => p.Id)];
    }

    /// <summary>Why this administrator may not decide on it; null if they may.</summary>
    public string? WhyNotDecide(Viewer by, Proposal proposal) =>
        proposal.By == by.Name ? "You asked for it: another administrator decides"
        : proposal.Person is { } person && store.People.Find(person.ToString())?.SignInName == by.Name ? "It is for you: another administrator decides"
        : null;

    /// <summary>Approves what waits, as the second person.</summary>
    /// <returns>
    /// The secret that follows from it: of the link for a new way in or the first administrator of an agency, or the key of a service account; null for others.
    /// </returns>
    public string? Approve(Viewer by, RecordId proposal)
    {
        Demand(by);
        string? secret = null;
        Proposal decided = null!;
        IReadOnlyList<ApiKey> ended = [];
        store.Change(() =>
        {
            decided = Waits(by, proposal);
            if (WhyNotDecide(by, decided) is { } why)
                throw new PeopleException(why);
            store.Proposals.Take(proposal.ToString());
            var person = decided.Person is { } id ? Own(by, id) : null;
            switch (decided)
            {
                case { Kind: ProposalKind.Right, Right: { } right }:
                    if (right.Until <= Now)
                        throw new PeopleException("The right has ended meanwhile. Refuse it, and have it asked for anew");
                    store.People.Put(With(person!, right with { From = Now, ApprovedBy = by.Name }));
                    ended = EndKeysOfOne(person!);
                    break;
                case { Kind: ProposalKind.WayIn }:
                    EndWayIn(person!);
                    secret = PutLink(new OneTimeLink(LinkKind.WayIn, person!.Id, Now + LinkLasts));
                    break;
                case { Kind: ProposalKind.Key, NewKey: { } key }:
                    if (key.Until <= Now)
                        throw new PeopleException("Its last day has passed meanwhile. Refuse it, and have it asked for anew");
                    secret = PutKey(OwnMachine(by, person!.Id).Id, key, decided.By, by.Name, decided.Reason);
                    break;
                case { Kind: ProposalKind.Member, NewMember: { } member }:
                    PutMember(by, member);
                    break;
                case { Kind: ProposalKind.Telling, Told: { } told }:
                    PutTelling(by, told.Agency, tells: true);
                    break;
                case { Kind: ProposalKind.FewerSeconds }:
                    PutSecondForEveryRelease(by, every: false);
                    break;
                default:
                    var wanted = decided.NewAgency!;
                    if (store.Agencies.Find(wanted.Agency.Name) is not null)
                        throw new PeopleException($"{wanted.Agency.DisplayName} takes part already");
                    store.Agencies.Put(wanted.Agency);
                    (_, secret) = PutFirst(by, wanted.Agency, wanted.AdministratorName, wanted.AdministratorSignIn);
                    break;
            }
        });
        Log(by, "approve", Said(decided), decided.Right);
        foreach (var key in ended)
            Log(by, "end key", $"{Listed(key.Scopes)} of {SignInNameOf(key.Account)}, made by {key.By} and agreed to by nobody else");
        return secret;
    }

    /// <summary>Refuses what waits, or takes back what one asked for.</summary>
    public void Refuse(Viewer by, RecordId proposal)
    {
        Demand(by);
        Proposal decided = null!;
        store.Change(() =>
        {
            decided = Waits(by, proposal);
            store.Proposals.Take(proposal.ToString());
        });
        Log(by, "refuse", Said(decided), decided.Right);
    }

    /// <summary>
    /// Puts the people of an invented world in, as if they had been let in: each with the rights that they are described with. They have
    /// nothing to sign in with. For a store that holds nothing real.
    /// </summary>
    public void Invent(IReadOnlyList<Viewer> viewers) =>
        store.Change(() =>
        {
            InventGroups(viewers);
            foreach (var viewer in viewers)
            {
                store.Agencies.Put(new Agency(viewer.Agency, viewer.AgencyName, $"desk@{viewer.Agency}.example"));
                List<Right> rights = [];
                foreach (var role in viewer.Roles)
                    Add(RightKind.Role, role.ToString());
                foreach (var purpose in viewer.Purposes)
                    Add(RightKind.Purpose, purpose.ToString());
                if (viewer.Clearance is { } clearance)
                    Add(RightKind.Clearance, clearance.ToString());
                foreach (string compartment in viewer.Compartments)
                {
                    Add(RightKind.Compartment, compartment);
                    store.Compartments.Put(new Compartment(compartment, $"Operation {char.ToUpperInvariant(compartment[0])}{compartment[1..]}", viewer.Agency));
                }
                var id = gate.Engine.Identify("person", viewer.Agency, viewer.ShortName);
                store.People.Put(
                    new Person(id, viewer.Agency, viewer.ShortName, viewer.DisplayName, viewer.Role, PersonState.Active, viewer.Name, Now, rights)
                );

                void Add(RightKind kind, string value) =>
                    rights.Add(
                        new Right(
                            gate.Engine.Identify("right", viewer.Name, kind.ToString(), value),
                            kind,
                            value,
                            DateTimeOffset.UnixEpoch,
                            Now + LongestRight,
                            viewer.Name,
                            null,
                            "An invented world"
                        )
                    );
            }
        });

    private DateTimeOffset Now => gate.Clock.GetUtcNow();

    /// <summary>An agency's name as shown, from the form in which labels name it; of one that is in no list, the words of that form.</summary>
    public string NameOf(string agency)
    {
        if (store.Agencies.Find(agency) is { } known)
            return known.DisplayName;
        string[] words = agency.Split('-', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Select((w, i) => i > 0 && w is "of" or "and" or "for" or "the" ? w : char.ToUpperInvariant(w[0]) + w[1..]));
    }

    private Person? ByName(string? signInName)
    {
        int at = signInName?.LastIndexOf('@') ?? -1;
        return at > 0 ? store.People.Find(gate.Engine.Identify("person", signInName![(at + 1)..], signInName[..at]).ToString()) : null;
    }

    private static void Demand(Viewer by)
    {
        if (!by.May(Power.Administer))
            throw new UnauthorizedAccessException("Only an administrator may do that.");
    }

    private Person Own(Viewer by, RecordId id) =>
        store.People.Find(id.ToString()) is { } person && person.Agency == by.Agency ? person : throw new PeopleException("There is nobody of that identifier");

    private Proposal Waits(Viewer by, RecordId id) =>
        store.Proposals.Find(id.ToString()) is { } proposal && proposal.Agency == by.Agency
            ? proposal
            : throw new PeopleException("It was decided meanwhile, or taken back");

    private void CheckValue(Viewer by, RightKind kind, string value)
    {
        bool known = kind switch
        {
            RightKind.Role => Enum.GetNames<Role>().Contains(value, StringComparer.Ordinal),
            RightKind.Clearance => Enum.GetNames<Classification>().Contains(value, StringComparer.Ordinal),
            RightKind.Purpose => Enum.GetNames<Purpose>().Contains(value, StringComparer.Ordinal),
            RightKind.Emergency => value == EmergencyAccess.ToOpenIt,
            _ => store.Compartments.Find(value)?.Agency == by.Agency,
        };
        if (!known)
            throw new PeopleException("Choose what to give", "value");
    }

    private static void CheckReason(string reason)
    {
        if (reason.Length is 0 or > 500)
            throw new PeopleException("Say why, in at most 500 characters", "reason");
    }

    private static Person With(Person person, Right right) =>
        person with
        {
            Rights = [.. person.Rights.Where(r => r.Kind != right.Kind || r.Value != right.Value), right],
        };

    private static string Shown(string name, string field)
    {
        name = name.Trim().Normalize(NormalizationForm.FormC);
        if (name.Length is 0 or > 120 || name.EnumerateRunes().Any(r => Rune.IsControl(r) || r == Rune.ReplacementChar))
            throw new PeopleException("Enter a name of at most 120 characters", field);
        return name;
    }

    /// <summary>An agency of a name and a desk that are checked.</summary>
    private static Agency Named(string agencyName, string desk, string? name = null)
    {
        name ??= Short(agencyName);
        return name.Length > 0
            ? new Agency(name, agencyName, desk)
            : throw new PeopleException("An agency's name needs some letters a to z or digits", "agency");
    }

    private string Said(Proposal proposal) =>
        $"{proposal.Kind} {(proposal.Right is { } right ? $"{right.Kind} {right.Value} " : "")}{(proposal.NewKey is { } key ? $"{Listed(key.Scopes)} " : "")}for {(proposal.Person is { } person ? SignInNameOf(person) : proposal.NewAgency?.Agency.Name ?? proposal.Told?.Agency ?? $"{proposal.NewMember?.Agency} in {proposal.NewMember?.Group}")}, asked for by {proposal.By}";

    /// <summary>What the people of an agency are called, by what they sign in with: for the agency's auditors.</summary>
    internal IReadOnlyDictionary<string, string> NamesIn(string agency) =>
        store.People.All.Where(p => p.Agency == agency).ToDictionary(p => p.SignInName, p => p.DisplayName, StringComparer.Ordinal);

    /// <summary>An administrator's act, for the auditors of the agency; what names a compartment, for those of them who are in it.</summary>
    private void Log(Viewer by, string act, string what, Right? right = null) =>
        gate.Log.Add(
            new LoggedRead(
                Now,
                by.Name,
                by.Agency,
                act,
                what,
                [],
                new Label(Classification.Public, [by.Agency], right is { Kind: RightKind.Compartment } ? [right.Value] : null)
            )
        );

    private string SignInNameOf(RecordId person) => store.People.Find(person.ToString())?.SignInName ?? person.ToString();

    private static string Hash(string secret) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
