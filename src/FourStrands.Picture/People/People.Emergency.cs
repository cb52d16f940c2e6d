using System.Globalization;
using FourStrands.Picture.Store;

namespace FourStrands.Picture;

/// <summary>Emergency access: who may open it, opening and ending it, and the review that follows.</summary>
public sealed partial class People
{
    /// <summary>For how long it is told of one that was reviewed; the log keeps it for good.</summary>
    private static readonly TimeSpan EmergencyKept = TimeSpan.FromDays(366);

    /// <summary>May this person open emergency access at all? It says nothing of whether it is to be had now.</summary>
    public bool MayOpenEmergency(Viewer by) => Self(by) is { Service: null } person && HasRightToOpen(person);

    /// <summary>What somebody opened themselves, the latest first.</summary>
    public IReadOnlyList<EmergencyAccess> OwnEmergencies(Viewer by)
    {
        EndWhatRanOut();
        return Newest(store.Emergencies.All.Where(e => e.SignInName == by.Name));
    }

    /// <summary>What was opened in the own agency, the latest first: for its administrators and auditors. Of what was read it says nothing; that is in the log.</summary>
    /// <exception cref="UnauthorizedAccessException">The viewer is neither.</exception>
    public IReadOnlyList<EmergencyAccess> Emergencies(Viewer by)
    {
        if (!MayKnowOfEmergencies(by))
            throw new UnauthorizedAccessException("Only an administrator or an auditor may do that.");
        EndWhatRanOut();
        return Newest(store.Emergencies.All.Where(e => e.Agency == by.Agency));
    }

    /// <summary>Does the viewer watch over emergency access in their agency?</summary>
    public static bool MayKnowOfEmergencies(Viewer by) => by.May(Power.Administer) || by.May(Power.Audit);

    /// <summary>One of them, for those who may know of it: whoever opened it, and the administrators and auditors of the agency; null for others.</summary>
    public EmergencyAccess? FindEmergency(Viewer by, RecordId id)
    {
        EndWhatRanOut();
        return Known(by, id);
    }

    /// <summary>Makes sure that somebody may open emergency access now, before they are asked to prove who they are.</summary>
    /// <exception cref="PeopleException">They may not, something is missing, or it is shut in the agency; the message says why.</exception>
    public void CheckEmergency(Viewer by, int minutes, string reason)
    {
        if (Self(by) is not { Service: null, State: PersonState.Active } person || !HasRightToOpen(person))
            throw new PeopleException("You do not have the right to open emergency access. Ask an administrator of your agency");
        if (!EmergencyAccess.Minutes.Contains(minutes))
            throw new PeopleException("Choose for how long", "minutes");
        if (reason.Trim().Length == 0)
            throw new PeopleException("Say why: your agency’s auditors and administrators read it at once", "reason");
        if (reason.Length > EmergencyAccess.LongestText)
            throw new PeopleException($"Keep the reason to {EmergencyAccess.LongestText:N0} characters", "reason");
        if (store.Emergencies.All.Any(e => e.SignInName == by.Name && e.IsOpen(Now)))
            throw new PeopleException("Yours is open already, perhaps in another browser. End it first");
        var waiting = store.Emergencies.All.Where(e => e.SignInName == by.Name && e.Review is null).ToList();
        if (waiting.Exists(e => e.EndedBy.Length > 0 && e.EndedBy != by.Name))
            throw new PeopleException("Somebody of your agency ended your last one. Ask an auditor of your agency to review it; then you can open it again");
        if (waiting.Count >= EmergencyAccess.MostWaiting)
            throw new PeopleException(
                $"{EmergencyAccess.MostWaiting} of yours wait for their review. Ask an auditor of your agency to review them; then you can open it again"
            );
        if (store.Emergencies.All.Any(e => e.Agency == by.Agency && e.IsOverdue(Now)))
            throw new PeopleException(
                "It is shut in your agency: an earlier emergency access was not reviewed within 24 hours. Ask an auditor of your agency to review it; then it can be opened again"
            );
    }

    /// <summary>
    /// Opens emergency access in a session, for whoever is signed in there and has the right; whoever calls has made sure that it is they. It is in the agency's log, and
    /// before its administrators and auditors, at once.
    /// </summary>
    /// <param name="by">Who opens it.</param>
    /// <param name="session">The session in which they see more from now on.</param>
    /// <param name="minutes">For how long: one of <see cref="EmergencyAccess.Minutes"/>.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="PeopleException">They may not, something is missing, or it is shut in the agency; the message says why.</exception>
    public EmergencyAccess OpenEmergency(Viewer by, RecordId session, int minutes, string reason)
    {
        EndWhatRanOut();
        reason = reason.Trim();
        EmergencyAccess opened = null!;
        store.Change(() =>
        {
            CheckEmergency(by, minutes, reason);
            var person = Self(by)!;
            if (store.Sessions.Find(session.ToString()) is not { } found || found.Person != by.Name || HasEnded(found))
                throw new PeopleException("You are not signed in any more. Sign in, and try again");
            foreach (var old in store.Emergencies.All.Where(e => e.Agency == by.Agency && e.Review is { } review && review.At + EmergencyKept < Now))
                store.Emergencies.Take(old.Id.ToString());
            // No longer than what it rests on.
            var until = person.Rights.Where(IsRightToOpen).Max(r => r.Until);
            until = new[] { until, found.Until, Now.AddMinutes(minutes) }.Min();
            // Of the same moment alone: owners are told by a notice whose identifier is made from this one, and how often they opened it before is no matter of theirs.
            string before = store.Emergencies.All.Count(e => e.SignInName == by.Name && e.At == Now).ToString(CultureInfo.InvariantCulture);
            var id = gate.Engine.Identify("emergency", by.Name, Now.UtcTicks.ToString(CultureInfo.InvariantCulture), before);
            opened = new EmergencyAccess(id, person.Id, person.SignInName, person.DisplayName, person.Agency, session, Now, until, reason);
            // Written down first: if it then fails, the log says too much, never too little.
            LogEmergency(opened, opened.At, opened.SignInName, "open emergency access", $"until {opened.Until:yyyy-MM-dd HH:mm} UTC: {reason}");
            gate.Log.Flush().GetAwaiter().GetResult();
            store.Sessions.Put(found with { Seen = Now });
            store.Emergencies.Put(opened);
        });
        return opened;
    }

    /// <summary>Ends it at once: one's own, or, as an administrator or auditor, one of the own agency.</summary>
    /// <exception cref="PeopleException">There is none that the viewer may end, or it has ended.</exception>
    public void EndEmergency(Viewer by, RecordId id)
    {
        EndWhatRanOut();
        store.Change(() =>
        {
            if (Known(by, id)?.IsOpen(Now) != true)
                throw new PeopleException("It has ended already");
            EndEmergencies(e => e.Id == id, by.Name);
        });
    }

    /// <summary>Why this viewer may not review it now; null if they may.</summary>
    public string? WhyNotReview(Viewer by, EmergencyAccess access) =>
        access.Review is not null ? "It has been reviewed"
        : access.SignInName == by.Name ? "It is your own: another auditor reviews it"
        : !by.May(Power.Audit) ? "An auditor reviews it"
        : access.IsOpen(Now) ? "It is open: review it once it has ended"
        : null;

    /// <summary>Keeps what somebody found who looked whether it was needed. If it was not, whoever opened it has the right no more.</summary>
    /// <exception cref="PeopleException">They may not review it, or something is missing; the message says why.</exception>
    public void ReviewEmergency(Viewer by, RecordId id, bool justified, string words)
    {
        if (!by.May(Power.Audit))
            throw new UnauthorizedAccessException("Only an auditor may do that.");
        words = words.Trim();
        if (words.Length is 0 or > EmergencyAccess.LongestText)
            throw new PeopleException($"Say what you found, in at most {EmergencyAccess.LongestText:N0} characters", "words");
        EndWhatRanOut();
        store.Change(() =>
        {
            var reviewed = Known(by, id) ?? throw new PeopleException("There is no such emergency access");
            if (WhyNotReview(by, reviewed) is { } why)
                throw new PeopleException(why);
            // Written down first, as the opening is.
            string found = justified ? "justified" : "not justified: the right was taken back";
            LogEmergency(reviewed, Now, by.Name, "review emergency access", $"of {reviewed.SignInName}, {found}: {words}");
            gate.Log.Flush().GetAwaiter().GetResult();
            store.Emergencies.Put(reviewed with { Review = new EmergencyReview(by.Name, by.DisplayName, Now, justified, words) });
            if (justified || store.People.Find(reviewed.Person.ToString()) is not { } person)
                return;
            Remember(person.Agency);
            store.People.Put(person with { Rights = [.. person.Rights.Where(r => r.Kind != RightKind.Emergency)] });
            EndEmergencies(e => e.Person == person.Id, by.Name);
            foreach (var asked in store.Proposals.All.Where(p => p.Person == person.Id && p.Right?.Kind == RightKind.Emergency))
                store.Proposals.Take(asked.Id.ToString());
        });
    }

    private EmergencyAccess? Known(Viewer by, RecordId id) =>
        store.Emergencies.Find(id.ToString()) is { } found && (found.SignInName == by.Name || (found.Agency == by.Agency && MayKnowOfEmergencies(by)))
            ? found
            : null;

    /// <summary>Somebody as they see now: with the emergency access that is meant, if it is open; else as they are.</summary>
    private Viewer WithEmergency(Viewer viewer, Func<EmergencyAccess, bool> meant)
    {
        var now = Now;
        var open = store.Emergencies.All.FirstOrDefault(e => e.IsOpen(now) && e.SignInName == viewer.Name && meant(e));
        if (open is null || store.Sessions.Find(open.Session.ToString()) is not { } session || HasEnded(session))
            return viewer;
        if (Self(viewer) is not { } person || !HasRightToOpen(person))
            return viewer;
        // More is seen, and nothing more can be done: neither changed, nor given out, nor watched over.
        return viewer with
        {
            Clearance = Enum.GetValues<Classification>().Max(),
            Compartments =
            [
                .. viewer
                    .Compartments.Concat(store.Compartments.All.Where(c => c.Agency == viewer.Agency).Select(c => c.Name))
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
            Purposes = Enum.GetValues<Purpose>(),
            Within = [],
            Emergency = new OpenEmergency(open.Id, open.Until, viewer),
        };
    }

    /// <summary>
    /// Writes down the end of what ran out, with the time that was given it: who happens to ask is no matter of its readers. Nobody sees more by it until then: that
    /// is looked at with every request.
    /// </summary>
    private void EndWhatRanOut()
    {
        if (!store.Emergencies.All.Any(HasRunOut))
            return;
        store.Change(() =>
        {
            foreach (var over in store.Emergencies.All.Where(HasRunOut))
                PutEnded(over, over.Until, "");
        });
    }

    private bool HasRunOut(EmergencyAccess access) => access.Ended is null && access.Until <= Now;

    /// <summary>Within a change: ends those that are open.</summary>
    private void EndEmergencies(Func<EmergencyAccess, bool> meant, string by)
    {
        foreach (var open in store.Emergencies.All.Where(e => e.IsOpen(Now) && meant(e)))
            PutEnded(open, Now, by);
    }

    /// <summary>Within a change. Written down first, as the opening is.</summary>
    private void PutEnded(EmergencyAccess access, DateTimeOffset at, string by)
    {
        LogEmergency(access, at, by.Length > 0 ? by : "FourStrands", "end emergency access", $"of {access.SignInName}");
        try
        {
            gate.Log.Flush().GetAwaiter().GetResult();
        }
        catch (StoreException)
        {
            // It ends all the same: a log that cannot be written keeps nothing open.
        }
        store.Emergencies.Put(access with { Ended = at, EndedBy = by });
    }

    private bool HasRightToOpen(Person person) => person.Rights.Any(IsRightToOpen);

    private bool IsRightToOpen(Right right) => right.Kind == RightKind.Emergency && right.Holds(Now);

    private static void CheckForEmergency(Person person, RightKind kind)
    {
        if (kind != RightKind.Emergency)
            return;
        if (person.Service is not null)
            throw new PeopleException("A machine opens no emergency access: give that right to a person", "value");
        if (person.State != PersonState.Active)
            throw new PeopleException($"{person.DisplayName} has not come in yet. Give this right once they have", "value");
    }

    private static List<EmergencyAccess> Newest(IEnumerable<EmergencyAccess> all) => [.. all.OrderByDescending(e => e.At).ThenBy(e => e.Id)];

    /// <summary>For all auditors of the agency: who, when and why, and nothing of what was read.</summary>
    private void LogEmergency(EmergencyAccess access, DateTimeOffset at, string who, string act, string what) =>
        gate.Log.Add(new LoggedRead(at, who, access.Agency, act, what, [], ReadLog.OwnLabel(access.Agency)));
}
