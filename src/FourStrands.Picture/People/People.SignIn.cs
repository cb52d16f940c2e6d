using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FourStrands.Picture.Store;

namespace FourStrands.Picture;

/// <summary>How people come in: one-time links, what they sign in with, and their sessions.</summary>
public sealed partial class People
{
    /// <summary>How long somebody stays signed in at most.</summary>
    public static readonly TimeSpan SessionLasts = TimeSpan.FromHours(10);

    /// <summary>After how long without a request somebody is signed out.</summary>
    public static readonly TimeSpan SessionRests = TimeSpan.FromMinutes(60);

    /// <summary>How long a link works that whoever runs the program made.</summary>
    private static readonly TimeSpan LinkFromMachineLasts = TimeSpan.FromHours(24);

    /// <summary>How exactly it is kept when a session was last used: not each request is worth a write.</summary>
    private static readonly TimeSpan SeenWithin = TimeSpan.FromMinutes(2);

    /// <summary>
    /// A link that sets the store up: it makes the first agency and its first administrator. Earlier ones stop working. For whoever
    /// runs the program on this machine, to be opened by the person who will be the administrator.
    /// </summary>
    /// <returns>The secret of the link.</returns>
    /// <exception cref="InvalidOperationException">The store is set up already.</exception>
    public string NewSetUpLink()
    {
        if (IsSetUp)
            throw new InvalidOperationException("The store is set up already.");
        string secret = "";
        store.Change(() =>
        {
            foreach (var old in store.Links.All.Where(l => l.Link.Kind == LinkKind.SetUp))
                store.Links.Take(old.Hash);
            secret = PutLink(new OneTimeLink(LinkKind.SetUp, null, Now + TimeSpan.FromHours(24)));
        });
        return secret;
    }

    /// <summary>What a link is for, and for whom; null if it never was, was used, or has ended.</summary>
    public (LinkKind Kind, Person? Person)? LinkOf(string? secret)
    {
        if (Link(secret) is not { } link)
            return null;
        return (link.Link.Kind, link.Link.Person is { } id ? store.People.Find(id.ToString()) : null);
    }

    /// <summary>Sets the store up: the first agency, and its first administrator, who is still to say what they will sign in with.</summary>
    /// <returns>The administrator, and the secret of the link by which they come in at once.</returns>
    /// <exception cref="PeopleException">The link does not work any more, or something is not a name.</exception>
    public (Person Person, string Secret) SetUp(string linkSecret, string agencyName, string desk, string displayName, string signInName)
    {
        PeopleException.CheckAll(
            () => agencyName = Shown(agencyName, "agency"),
            () => desk = Reached(desk),
            () => displayName = Shown(displayName, "name"),
            () => CheckName(signInName.Trim().ToLowerInvariant())
        );
        // What is there was brought in from the command line, before there was an agency: it belongs to the one that is made now.
        var agency = Named(agencyName, desk, OwnerOfWhatIsThere);
        (Person Person, string Secret) made = (null!, "");
        store.Change(() =>
        {
            var link = Link(linkSecret);
            if (IsSetUp || link is null || link.Link.Kind != LinkKind.SetUp)
                throw new PeopleException("This link does not work any more");
            store.Links.Take(link.Hash);
            store.Agencies.Put(agency with { IsHome = true });
            var administrator = new Viewer("set-up", "Set-up", agency.Name, agency.DisplayName, "set-up", null, []);
            made = PutFirst(administrator, agency, displayName, signInName);
        });
        Log(made.Person.AsViewer(agency.DisplayName, Now), "set up", made.Person.SignInName);
        return made;
    }

    /// <summary>The agency that owns what was brought in before any was set up; null if nothing was.</summary>
    private string? OwnerOfWhatIsThere => gate.Engine.Sources.Count > 0 ? gate.Engine.Sources[0].Owner : null;

    /// <summary>
    /// Comes in by a link: what they sign in with from now on replaces whatever there was, and every session of theirs ends.
    /// </summary>
    /// <exception cref="PeopleException">The link does not work any more.</exception>
    public Person ComeIn(string linkSecret, Credentials credentials)
    {
        Person? person = null;
        store.Change(() =>
        {
            if (Link(linkSecret) is not { } link || link.Link is not { Kind: LinkKind.WayIn, Person: { } id })
                throw new PeopleException("This link does not work any more");
            person = store.People.Find(id.ToString()) ?? throw new PeopleException("This link does not work any more");
            if (credentials.Person != id)
                throw new ArgumentException("These are somebody else's.", nameof(credentials));
            store.Links.Take(link.Hash);
            Remember(person.Agency, person.Rights.Any(IsAdministrators) ? id : null);
            person = person with { State = PersonState.Active };
            store.People.Put(person);
            store.Credentials.Put(credentials);
            EndSessions(person.SignInName);
        });
        Log(person!.AsViewer(NameOf(person.Agency), Now), "come in by link", "");
        return person;
    }

    /// <summary>
    /// A link by which somebody who just proved who they are sets anew what they sign in with. Works for an hour; what they have now goes on
    /// working until they use it.
    /// </summary>
    public string NewWayIn(Viewer self)
    {
        var person = Self(self) ?? throw new UnauthorizedAccessException("Only those who have an account may do that.");
        DemandPerson(person);
        string secret = "";
        store.Change(() => secret = PutLink(new OneTimeLink(LinkKind.WayIn, person.Id, Now + TimeSpan.FromHours(1))));
        Log(self, "set sign-in anew", "");
        return secret;
    }

    /// <summary>
    /// A link by which somebody comes in again, or an administrator who lost theirs and has no colleague to ask. They are signed out everywhere at once, and what they
    /// signed in with works no more. For whoever runs the program on this machine; it is logged.
    /// </summary>
    /// <exception cref="PeopleException">There is nobody of that name.</exception>
    public string NewWayInFor(string signInName, Viewer by)
    {
        string secret = "";
        var person = ByName(signInName.Trim().ToLowerInvariant());
        if (person is null || person.State == PersonState.Closed)
            throw new PeopleException($"Nobody signs in as {signInName}");
        DemandPerson(person);
        store.Change(() =>
        {
            EndWayIn(person);
            secret = PutLink(new OneTimeLink(LinkKind.WayIn, person.Id, Now + LinkFromMachineLasts));
        });
        gate.Log.Add(
            new LoggedRead(Now, by.DisplayName, person.Agency, "give way in from the machine", person.SignInName, [], ReadLog.OwnLabel(person.Agency))
        );
        return secret;
    }

    /// <summary>
    /// Encrypts anew all that is encrypted in the store, with a new key, and destroys the older keys; nobody notices. For whoever runs the program on this machine; it is logged.
    /// </summary>
    /// <returns>How many values were encrypted anew, and how many keys destroyed.</returns>
    /// <exception cref="StoreException">It could not be kept: both keys are there then, and everything can be read. Or keys cannot be written: then nothing was changed.</exception>
    public (int Values, int Keys) RotateKeyFromMachine(Viewer by)
    {
        gate.Keys.DemandWritable("Changing the key");
        try
        {
            var done = store.RotateKey(gate.Store, gate.Log);
            gate.Log.NoteInEach("rotate key", "from the machine", by.DisplayName);
            return done;
        }
        catch (Microsoft.Data.Sqlite.SqliteException problem)
        {
            throw Database.Explain(problem);
        }
    }

    /// <summary>A recovery code: 59 random bits, in two groups of six letters and digits of which none looks like another.</summary>
    public static string NewRecoveryCode()
    {
        string letters = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 12);
        return $"{letters[..6]}-{letters[6..]}";
    }

    /// <summary>Somebody who can sign in by that name, with what they prove it with; null if there is nobody.</summary>
    public (Person Person, Credentials Credentials)? ToSignIn(string? signInName) =>
        ByName(signInName?.Trim().ToLowerInvariant()) is { State: PersonState.Active } person && store.Credentials.Find(person.Id.ToString()) is { } kept
            ? (person, kept)
            : null;

    /// <summary>Keeps what somebody signs in with, in place of what there was; if that changed meanwhile, nothing.</summary>
    /// <returns>False if it changed meanwhile.</returns>
    public bool Keep(Credentials credentials, Credentials before)
    {
        bool kept = false;
        store.Change(() =>
        {
            if (!ReferenceEquals(store.Credentials.Find(credentials.Person.ToString()), before))
                return;
            store.Credentials.Put(credentials);
            kept = true;
        });
        return kept;
    }

    /// <summary>Takes note that somebody signed in, failed to, or signed out. What is no name is not kept: it may be a password in the wrong place.</summary>
    /// <param name="signInName">The name that was typed.</param>
    /// <param name="act">What happened.</param>
    public void Note(string signInName, string act)
    {
        var person = ByName(signInName);
        gate.Log.Add(
            new LoggedRead(Now, person?.SignInName ?? "", person?.Agency ?? "", act, "", [], person is null ? Label.Public : ReadLog.OwnLabel(person.Agency))
        );
    }

    /// <summary>Begins a session, after somebody proved who they are.</summary>
    /// <returns>Its identifier. The browser must keep it encrypted: whoever knows it is signed in.</returns>
    public RecordId Begin(string signInName, string device)
    {
        RecordId id = default;
        store.Change(() =>
        {
            foreach (var ended in store.Sessions.All.Where(HasEnded))
                TakeSession(ended.Id);
            string before = store.Sessions.All.Count(s => s.Person == signInName).ToString(CultureInfo.InvariantCulture);
            id = gate.Engine.Identify("session", signInName, Now.UtcTicks.ToString(CultureInfo.InvariantCulture), before);
            store.Sessions.Put(new Session(id, signInName, Now, Now, Now + SessionLasts, Shortened(device)));
        });
        return id;
    }

    /// <summary>Who is signed in by a session, with the rights of now; null if it has ended. Takes note that it was used.</summary>
    public Viewer? Use(RecordId session)
    {
        if (store.Sessions.Find(session.ToString()) is not { } found || HasEnded(found))
            return null;
        if (Now - found.Seen >= SeenWithin)
        {
            store.Change(() =>
            {
                if (store.Sessions.Find(session.ToString()) is { } still)
                    store.Sessions.Put(still with { Seen = Now });
            });
        }
        EndWhatRanOut();
        return ViewerOf(found.Person) is { } viewer ? WithEmergency(viewer, e => e.Session == session) : null;
    }

    /// <summary>Ends a session.</summary>
    public void End(RecordId session) => store.Change(() => TakeSession(session));

    /// <summary>The browsers in which somebody is signed in, the latest first.</summary>
    public IReadOnlyList<Session> SessionsOf(string signInName) =>
        [.. store.Sessions.All.Where(s => s.Person == signInName && !HasEnded(s)).OrderByDescending(s => s.At).ThenBy(s => s.Id)];

    /// <summary>Ends one of somebody's own sessions.</summary>
    public void End(Viewer by, RecordId session) =>
        store.Change(() =>
        {
            if (store.Sessions.Find(session.ToString())?.Person == by.Name)
                TakeSession(session);
        });

    /// <summary>Ends all of somebody's sessions but one.</summary>
    public void EndOthers(string signInName, RecordId kept) => store.Change(() => EndSessions(signInName, but: kept));

    private (Person, string) PutFirst(Viewer by, Agency agency, string displayName, string name)
    {
        name = name.Trim().ToLowerInvariant();
        CheckName(name);
        var id = gate.Engine.Identify("person", agency.Name, name);
        var right = new Right(
            gate.Engine.Identify("right", $"{name}@{agency.Name}", nameof(Role.Administrator)),
            RightKind.Role,
            nameof(Role.Administrator),
            Now,
            Now + LongestRight,
            by.Name,
            null,
            "The agency's first administrator"
        );
        var person = new Person(id, agency.Name, name, displayName, "administrator", PersonState.Invited, by.Name, Now, [right]);
        store.People.Put(person);
        return (person, PutLink(new OneTimeLink(LinkKind.WayIn, id, Now + LinkLasts)));
    }

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > 60 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') || !char.IsAsciiLetterOrDigit(name[0]))
            throw new PeopleException("A name to sign in with is made of letters a to z, digits, full stops and hyphens, such as isla.munro", "signInName");
    }

    /// <summary>Within a change: a new link in place of all others for the same person.</summary>
    private string PutLink(OneTimeLink link)
    {
        if (link.Person is { } person)
            TakeLinks(person);
        foreach (var ended in store.Links.All.Where(l => l.Link.Until <= Now))
            store.Links.Take(ended.Hash);
        string secret = NewSecret();
        store.Links.Put(new PeopleStore.KeptLink(Hash(secret), link));
        return secret;
    }

    private void TakeLinks(RecordId person)
    {
        foreach (var link in store.Links.All.Where(l => l.Link.Person == person))
            store.Links.Take(link.Hash);
    }

    /// <summary>
    /// Within a change: of somebody who lost their way in, or whose way in is in other hands, nothing works any more but the link that is made for them now.
    /// </summary>
    private void EndWayIn(Person person)
    {
        store.Credentials.Take(person.Id.ToString());
        EndSessions(person.SignInName);
    }

    private void EndSessions(string signInName, RecordId? but = null)
    {
        foreach (var session in store.Sessions.All.Where(s => s.Person == signInName && s.Id != but))
            TakeSession(session.Id);
    }

    /// <summary>Within a change: ends a session, and the emergency access that was opened in it.</summary>
    private void TakeSession(RecordId session)
    {
        store.Sessions.Take(session.ToString());
        EndEmergencies(e => e.Session == session, "");
    }

    private PeopleStore.KeptLink? Link(string? secret) =>
        secret is { Length: > 20 and < 100 } && store.Links.Find(Hash(secret)) is { } link && link.Link.Until > Now ? link : null;

    private bool HasEnded(Session session) => session.Until <= Now || Now - session.Seen > SessionRests;

    private static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static string Shortened(string text)
    {
        text = new string([.. text.Where(c => !char.IsControl(c))]);
        return text.Length <= 120 ? text : text[..120];
    }

    /// <summary>"Glenbrae Council" as labels name it: <c>glenbrae-council</c>.</summary>
    private static string Short(string name)
    {
        var letters = name.Normalize(NormalizationForm.FormD)
            .ToLowerInvariant()
            .Select(c =>
                char.IsAsciiLetterOrDigit(c) ? c
                : char.IsWhiteSpace(c) || c == '-' ? '-'
                : '\0'
            );
        string text = string.Join('-', new string([.. letters.Where(c => c != '\0')]).Split('-', StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 40 ? text : text[..40].TrimEnd('-');
    }
}
