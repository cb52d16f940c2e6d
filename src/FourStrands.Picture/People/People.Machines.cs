using System.Globalization;
using FourStrands.Picture.Store;

namespace FourStrands.Picture;

/// <summary>Service accounts, by which machines ask, and their keys.</summary>
public sealed partial class People
{
    /// <summary>The longest that a key works before another must be made.</summary>
    public static readonly TimeSpan LongestKey = TimeSpan.FromDays(366);

    /// <summary>For how long a key works unless its maker says otherwise.</summary>
    public static readonly TimeSpan KeyLasts = TimeSpan.FromDays(90);

    /// <summary>The most keys of one account that work at the same time: some to change over, and no more than somebody can look after.</summary>
    public const int MostKeys = 8;

    /// <summary>For how long it is told of a key that does not work any more.</summary>
    private static readonly TimeSpan DeadKeyKept = TimeSpan.FromDays(366);

    /// <summary>How often at most it is logged of one key that it is tried though it ended.</summary>
    private static readonly TimeSpan EndedKeyIsLogged = TimeSpan.FromMinutes(1);

    /// <summary>When it was last logged of an ended key, by its hash: of keys of the store alone, so that it does not grow.</summary>
    private readonly Dictionary<string, DateTimeOffset> endedLogged = new(StringComparer.Ordinal);

    /// <summary>The service accounts of the administrator's own agency with their keys, by name as shown.</summary>
    public IReadOnlyList<Machine> Machines(Viewer by)
    {
        Demand(by);
        Log(by, "list service accounts", "");
        return
        [
            .. store
                .People.All.Where(p => p.Agency == by.Agency && p.Service is not null)
                .OrderBy(p => p.DisplayName, StringComparer.Ordinal)
                .ThenBy(p => p.Id)
                .Select(p => new Machine(p, KeysOf(p.Id))),
        ];
    }

    /// <summary>The keys of a service account of the own agency: those that work first, and of them those that end first; none if it is no such account.</summary>
    public IReadOnlyList<ApiKey> Keys(Viewer by, RecordId account)
    {
        Demand(by);
        return store.People.Find(account.ToString()) is { Service: not null } found && found.Agency == by.Agency ? KeysOf(account) : [];
    }

    /// <summary>
    /// Makes a service account of the own agency. A machine may do and see nothing before it is given rights, and cannot ask before it has a key.
    /// </summary>
    /// <param name="by">An administrator.</param>
    /// <param name="displayName">Its name as shown: "Contract system".</param>
    /// <param name="purpose">What the machine does with it.</param>
    /// <param name="name">Its name in the log, unique in the agency: <c>contract-system</c>.</param>
    /// <param name="responsible">The person of the agency who answers for it.</param>
    /// <exception cref="PeopleException">The name is taken in the agency, or something is missing.</exception>
    public Person AddServiceAccount(Viewer by, string displayName, string purpose, string name, RecordId responsible)
    {
        Demand(by);
        purpose = purpose.Trim();
        name = name.Trim().ToLowerInvariant();
        PeopleException.CheckAll(
            () => displayName = Shown(displayName, "name"),
            () => CheckPurpose(purpose),
            () => CheckName(name),
            () => CheckResponsible(by, responsible)
        );
        Person account = null!;
        store.Change(() =>
        {
            CheckResponsible(by, responsible);
            var id = gate.Engine.Identify("person", by.Agency, name);
            if (store.People.Find(id.ToString()) is not null)
                throw new PeopleException($"Somebody or something of your agency is called {name} already. Choose another name", "signInName");
            account = new Person(id, by.Agency, name, displayName, "service account", PersonState.Active, by.Name, Now, [])
            {
                Service = new ServiceAccount(purpose, responsible),
            };
            store.People.Put(account);
        });
        Log(by, "make service account", $"{account.SignInName}, answered for by {SignInNameOf(responsible)}: {purpose}");
        return account;
    }

    /// <summary>Names somebody else of the own agency who answers for a service account.</summary>
    /// <exception cref="PeopleException">It is no service account, or there is no such person.</exception>
    public void Entrust(Viewer by, RecordId account, RecordId responsible)
    {
        Demand(by);
        store.Change(() =>
        {
            CheckResponsible(by, responsible);
            var found = OwnMachine(by, account);
            store.People.Put(found with { Service = found.Service! with { Responsible = responsible } });
        });
        Log(by, "entrust service account", $"{SignInNameOf(account)} to {SignInNameOf(responsible)}");
    }

    /// <summary>
    /// Makes a key. Where the account has a right that needed a second administrator, or one waits, so does the key: whoever holds it can do what the account
    /// may, and one administrator alone must not come to see the picture by it.
    /// </summary>
    /// <param name="by">An administrator.</param>
    /// <param name="account">A service account of the own agency.</param>
    /// <param name="scopes">What it may be used for; at least one.</param>
    /// <param name="until">When it stops working.</param>
    /// <param name="reason">Why it is made.</param>
    /// <returns>The secret, which nobody is shown again; or, where a second administrator decides, what waits: they are shown the secret.</returns>
    /// <exception cref="PeopleException">It cannot be made; the message says why.</exception>
    public (string? Secret, Proposal? Waits) AskForKey(Viewer by, RecordId account, IReadOnlyList<KeyScope> scopes, DateTimeOffset until, string reason)
    {
        Demand(by);
        KeyScope[] wanted = [.. scopes.Where(Enum.IsDefined).Distinct().Order()];
        if (wanted.Length == 0)
            throw new PeopleException("Choose what it may be used for", "scopes");
        reason = reason.Trim();
        if (reason.Length is 0 or > 500)
            throw new PeopleException("Say why, in at most 500 characters: it is kept with the key", "keyReason");
        if (until <= Now)
            throw new PeopleException("The last day must be in the future", "keyUntil");
        if (until > Now + LongestKey)
            throw new PeopleException("A key works for a year at most; make another then", "keyUntil");
        string? secret = null;
        Proposal? waits = null;
        store.Change(() =>
        {
            var found = OwnMachine(by, account);
            bool isAskedFor = store.Proposals.All.Any(p => p.Person == account && p.Kind == ProposalKind.Right);
            if (!isAskedFor && !found.Rights.Any(r => r.Until > Now && NeedsSecond(found, r)))
            {
                secret = PutKey(account, new NewKey(wanted, until), by.Name, null, reason);
                return;
            }
            if (store.Proposals.All.Any(p => p.Person == account && p.Kind == ProposalKind.Key))
                throw new PeopleException("A key for it waits for a second administrator already");
            DemandRoom(account);
            var id = gate.Engine.Identify("key asked for", found.SignInName, by.Name, Now.UtcTicks.ToString(CultureInfo.InvariantCulture));
            waits = new Proposal(id, ProposalKind.Key, by.Agency, account, null, null, by.Name, Now, reason) { NewKey = new NewKey(wanted, until) };
            store.Proposals.Put(waits);
        });
        Log(by, waits is null ? "make key" : "ask for key", $"{Listed(wanted)} for {SignInNameOf(account)} until {until:yyyy-MM-dd}: {reason}");
        return (secret, waits);
    }

    /// <summary>Ends a key of the own agency, at once.</summary>
    /// <exception cref="PeopleException">There is no such key, or it does not work any more.</exception>
    public void EndKey(Viewer by, RecordId account, RecordId key)
    {
        Demand(by);
        ApiKey ended = null!;
        store.Change(() =>
        {
            OwnMachine(by, account);
            var kept = store.Keys.All.FirstOrDefault(k => k.Key.Id == key && k.Key.Account == account);
            if (kept is null || !kept.Key.Works(Now))
                throw new PeopleException("That key does not work any more");
            ended = kept.Key;
            store.Keys.Put(kept with { Key = kept.Key with { Ended = Now } });
        });
        Log(by, "end key", $"{Listed(ended.Scopes)} of {SignInNameOf(account)}, which was to end {ended.Until:yyyy-MM-dd}");
    }

    /// <summary>
    /// Who asks with a key, with the rights of now; null if no such key works. Takes note of the day. That a key is tried which worked once is logged, once a minute
    /// at most, for the agency's auditors: a machine was forgotten, or somebody else has it.
    /// </summary>
    public KeyUse? UseKey(string? secret)
    {
        if (!ApiKey.IsWrittenLikeOne(secret) || store.Keys.Find(Hash(secret!)) is not { } kept)
            return null;
        if (store.People.Find(kept.Key.Account.ToString()) is not { Service: not null } account)
            return null;
        if (account.State != PersonState.Active || !kept.Key.Works(Now))
        {
            if (IsToBeLogged(kept.Hash))
                gate.Log.Add(new LoggedRead(Now, account.SignInName, account.Agency, "fail to use an ended key", "", [], ReadLog.OwnLabel(account.Agency)));
            return null;
        }
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        if (kept.Key.LastUsed != today)
        {
            store.Change(() =>
            {
                if (store.Keys.Find(kept.Hash) is { } still)
                    store.Keys.Put(still with { Key = still.Key with { LastUsed = today } });
            });
        }
        // Closed since it was looked at above, it is nobody's.
        return ViewerOf(account.SignInName) is { } viewer
            ? new KeyUse(viewer with { Within = [.. kept.Key.Scopes.SelectMany(s => s.Powers()).Distinct()] }, kept.Key)
            : null;
    }

    /// <summary>
    /// Whoever began some work that takes a while, with the rights of now; null if they would not be let in any more: their account was closed, or the key ended that they
    /// began it with.
    /// </summary>
    /// <param name="began">They, with the rights that they had.</param>
    /// <param name="key">The key that they asked with; null for a person.</param>
    public Viewer? Again(Viewer began, RecordId? key) =>
        (key is null || store.Keys.All.Any(k => k.Key.Id == key && k.Key.Works(Now))) && ViewerOf(began.Name) is { } viewer
            ? began.Emergency is { } emergency
                ? WithEmergency(viewer, e => e.Id == emergency.Id)
                : viewer with
                {
                    Within = began.Within,
                }
            : null;

    /// <summary>Is it long enough since it was last logged that this ended key is tried? Whoever has one must not fill the log of its agency.</summary>
    private bool IsToBeLogged(string hash)
    {
        lock (endedLogged)
        {
            if (endedLogged.TryGetValue(hash, out var last) && (Now - last).Duration() < EndedKeyIsLogged)
                return false;
            endedLogged[hash] = Now;
            return true;
        }
    }

    /// <summary>The service accounts of an agency, by their names in the log: for the agency's auditors.</summary>
    internal IReadOnlySet<string> MachinesIn(string agency) =>
        store.People.All.Where(p => p.Agency == agency && p.Service is not null).Select(p => p.SignInName).ToHashSet(StringComparer.Ordinal);

    /// <summary>Within a change: a key, and its secret.</summary>
    private string PutKey(RecordId account, NewKey wanted, string by, string? approvedBy, string reason)
    {
        DemandRoom(account);
        foreach (var dead in store.Keys.All.Where(k => k.Key.Account == account && (k.Key.Ended ?? k.Key.Until) + DeadKeyKept < Now))
            store.Keys.Take(dead.Hash);
        string secret = ApiKey.NewSecret();
        string before = store.Keys.All.Count(k => k.Key.Account == account).ToString(CultureInfo.InvariantCulture);
        var id = gate.Engine.Identify("key", account.ToString(), Now.UtcTicks.ToString(CultureInfo.InvariantCulture), before);
        store.Keys.Put(new PeopleStore.KeptKey(Hash(secret), new ApiKey(id, account, wanted.Scopes, Now, wanted.Until, by, approvedBy, reason)));
        return secret;
    }

    /// <summary>Within a change: the keys of an account that is closed.</summary>
    private void EndKeys(RecordId account)
    {
        foreach (var kept in store.Keys.All.Where(k => k.Key.Account == account && k.Key.Works(Now)))
            store.Keys.Put(kept with { Key = kept.Key with { Ended = Now } });
    }

    /// <summary>
    /// Within a change that gives an account a right which two had to agree to: ends its keys that one administrator made alone. Who holds one of them would see by it
    /// what nobody else agreed that they see.
    /// </summary>
    /// <returns>The keys that worked until now; none of a person.</returns>
    private IReadOnlyList<ApiKey> EndKeysOfOne(Person account)
    {
        PeopleStore.KeptKey[] alone = [.. store.Keys.All.Where(k => k.Key.Account == account.Id && k.Key.Works(Now) && k.Key.ApprovedBy is null)];
        foreach (var kept in alone)
            store.Keys.Put(kept with { Key = kept.Key with { Ended = Now } });
        return [.. alone.Select(k => k.Key)];
    }

    private void DemandRoom(RecordId account)
    {
        if (store.Keys.All.Count(k => k.Key.Account == account && k.Key.Works(Now)) >= MostKeys)
            throw new PeopleException($"It has {MostKeys} keys that work. End one that is not used any more");
    }

    private void CheckResponsible(Viewer by, RecordId id)
    {
        if (store.People.Find(id.ToString()) is not { Service: null } person || person.Agency != by.Agency || person.State == PersonState.Closed)
            throw new PeopleException("Choose a person of your agency who answers for it", "responsible");
    }

    private Person OwnMachine(Viewer by, RecordId id)
    {
        var account = Own(by, id);
        if (account.Service is null)
            throw new PeopleException($"{account.DisplayName} is a person, and signs in");
        if (account.State == PersonState.Closed)
            throw new PeopleException($"The account of {account.DisplayName} is closed");
        return account;
    }

    private static void CheckPurpose(string purpose)
    {
        if (purpose.Length is 0 or > 500)
            throw new PeopleException("Say what the machine does, in at most 500 characters", "purpose");
    }

    private static void CheckForMachine(Person person, RightKind kind, string value)
    {
        if (person.Service is not null && kind == RightKind.Role && Enum.Parse<Role>(value) is var role && role.IsForPeopleAlone())
            throw new PeopleException($"A machine is no {role.Name()}: give that role to a person", "value");
    }

    private static void DemandPerson(Person person)
    {
        if (person.Service is not null)
            throw new PeopleException($"{person.DisplayName} is a machine: it has keys, and no way to sign in");
    }

    private IReadOnlyList<ApiKey> KeysOf(RecordId account) =>
        [.. store.Keys.All.Select(k => k.Key).Where(k => k.Account == account).OrderByDescending(k => k.Works(Now)).ThenBy(k => k.Until).ThenBy(k => k.Id)];

    private static string Listed(IEnumerable<KeyScope> scopes) => string.Join(", ", scopes.Select(s => s.Name()));
}
