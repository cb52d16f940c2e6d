using System.Globalization;
using FourStrands.Picture.Store;

namespace FourStrands.Picture;

/// <summary>Who is administrator of an agency and for how long, and that none of them alone widens anything once there were two.</summary>
public sealed partial class People
{
    /// <summary>What stands as the giver of a right that whoever runs the program gave: no name that anybody signs in with.</summary>
    public const string WhoeverRunsIt = "whoever runs FourStrands";

    /// <summary>How long somebody is administrator whom whoever runs the program made one.</summary>
    public static readonly TimeSpan AdministratorFromMachineLasts = TimeSpan.FromDays(30);

    /// <summary>The administrators of the viewer's agency, and how it stands with them: for themselves, and for its auditors.</summary>
    /// <exception cref="UnauthorizedAccessException">The viewer is neither.</exception>
    public Administrators AdministratorsOf(Viewer by)
    {
        if (!by.May(Power.Administer) && !by.May(Power.Audit))
            throw new UnauthorizedAccessException("Only an administrator or an auditor may do that.");
        return new Administrators(
            [
                .. AdministratorsNow(by.Agency)
                    .Select(p => new Administrator(
                        p.Id,
                        p.SignInName,
                        p.DisplayName,
                        p.Rights.Where(r => IsAdministrators(r) && r.Holds(Now)).MaxBy(r => r.Until)!
                    ))
                    .OrderBy(a => a.Right.Until)
                    .ThenBy(a => a.Id),
            ],
            HadTwo(by.Agency)
        );
    }

    /// <summary>
    /// Makes somebody administrator of their agency for a while, where nobody is left who could: for whoever runs the program on this machine. It is in the agency's log, and
    /// its administrators and auditors are told as long as it holds.
    /// </summary>
    /// <returns>Who, until when, and the secret of a link to come in by; null if they can sign in as before.</returns>
    /// <exception cref="PeopleException">There is nobody of that name, or they are administrator for longer already.</exception>
    public (Person Person, DateTimeOffset Until, string? Secret) MakeAdministratorFromMachine(string signInName, Viewer by)
    {
        Person person = null!;
        Right right = null!;
        string? secret = null;
        store.Change(() =>
        {
            if (ByName(signInName.Trim().ToLowerInvariant()) is not { } found || found.State == PersonState.Closed)
                throw new PeopleException($"Nobody signs in as {signInName}");
            DemandPerson(found);
            var until = Now + AdministratorFromMachineLasts;
            if (found.Rights.FirstOrDefault(r => IsAdministrators(r) && r.Holds(Now) && r.Until >= until) is { } longer)
                throw new PeopleException(
                    $"{found.DisplayName} is an administrator until {longer.Until.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)} already"
                );
            right = new Right(
                gate.Engine.Identify("right", found.SignInName, nameof(Role.Administrator), WhoeverRunsIt, Now.UtcTicks.ToString(CultureInfo.InvariantCulture)),
                RightKind.Role,
                nameof(Role.Administrator),
                Now,
                until,
                WhoeverRunsIt,
                null,
                $"Given from the command line, by {by.DisplayName}"
            );
            Remember(found.Agency, found.State == PersonState.Active ? found.Id : null);
            person = With(found, right);
            store.People.Put(person);
            if (store.Credentials.Find(person.Id.ToString()) is null)
                secret = PutLink(new OneTimeLink(LinkKind.WayIn, person.Id, Now + LinkFromMachineLasts));
        });
        gate.Log.Add(
            new LoggedRead(
                Now,
                by.DisplayName,
                person.Agency,
                "make administrator from the machine",
                $"{person.SignInName} until {right.Until:yyyy-MM-dd}",
                [],
                ReadLog.OwnLabel(person.Agency)
            )
        );
        return (person, right.Until, secret);
    }

    /// <summary>Says how others reach the desk of the own agency. It holds at once: it is known to everybody, and widens nothing.</summary>
    /// <exception cref="PeopleException">It is empty, or too long.</exception>
    public void SetDesk(Viewer by, string desk)
    {
        Demand(by);
        desk = Reached(desk);
        store.Change(() =>
        {
            var own = store.Agencies.Find(by.Agency) ?? throw new PeopleException("Your agency is in no list");
            store.Agencies.Put(own with { Desk = desk });
        });
        Log(by, "change how the desk is reached", desk);
    }

    private static string Reached(string desk) =>
        desk.Trim() switch
        {
            "" => throw new PeopleException("Say how others reach the desk: a telephone number or an address that is answered", "desk"),
            { Length: > 200 } => throw new PeopleException("Keep the desk's address to 200 characters", "desk"),
            var said => said.Any(char.IsControl) ? throw new PeopleException("Write the desk's address in one line", "desk") : said,
        };

    /// <summary>
    /// Does it need a second person? Not what is public, and not a role without power over others. A second administrator is let in by the
    /// first alone: nobody else is there who could approve it, and the role shows nothing of the picture. That is once: an agency that had two goes on needing two,
    /// or the one who is left by taking the other's role back could make a second of their own.
    /// </summary>
    private bool NeedsSecond(Person person, Right right) =>
        right.Kind switch
        {
            RightKind.Role when IsAdministrators(right) => HadTwo(person.Agency) || AdministratorsNow(person.Agency).Count() > 1,
            RightKind.Role => Enum.Parse<Role>(right.Value).WatchesOverOthers(),
            RightKind.Clearance => right.Value != nameof(Classification.Public),
            _ => true,
        };

    private static bool IsAdministrators(Right right) => right is { Kind: RightKind.Role, Value: nameof(Role.Administrator) };

    private IEnumerable<Person> AdministratorsNow(string agency) =>
        store.People.All.Where(p => p.Agency == agency && p.State != PersonState.Closed && p.Rights.Any(r => IsAdministrators(r) && r.Holds(Now)));

    /// <summary>
    /// Did the agency ever have two administrators who came in? Told from the rights that are kept, also those that ended; and from what is remembered where they were
    /// taken back. Whoever was invited and never came in has been none: who wrote a name amiss can close that account and invite anew.
    /// </summary>
    /// <param name="agency">The agency, as labels name it.</param>
    /// <param name="also">Somebody who becomes one now; null for nobody.</param>
    private bool HadTwo(string agency, RecordId? also = null)
    {
        if (store.Agencies.Find(agency)?.HadTwoAdministrators == true)
            return true;
        Person[] people = [.. store.People.All.Where(p => p.Agency == agency)];
        return people.Count(p => p.Id == also || (p.State == PersonState.Active && p.Rights.Any(IsAdministrators))) > 1
            // Two had to be there to agree to it.
            || people.Any(p => p.Rights.Any(r => r.ApprovedBy is not null));
    }

    /// <summary>Within a change that may take away what tells it, or that makes it so: keeps that the agency had two administrators, if it had.</summary>
    private void Remember(string agency, RecordId? also = null)
    {
        if (store.Agencies.Find(agency) is { HadTwoAdministrators: false } known && HadTwo(agency, also))
            store.Agencies.Put(known with { HadTwoAdministrators = true });
    }

    private void DemandAnotherAdministrator(Person person)
    {
        var all = AdministratorsNow(person.Agency).ToArray();
        if (all.Length > 0 && all.All(a => a.Id == person.Id))
            throw new PeopleException("They are the only administrator. Make another one first: nobody could let people in any more");
    }
}
