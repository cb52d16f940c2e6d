using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace FourStrands.Picture.Tests.Access;

/// <summary>Service accounts: who makes them and their keys, what a key lets a machine do, and when it stops.</summary>
public sealed class MachinesTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("fourstrands-machines-").FullName;
    private readonly SetClock clock = new();
    private readonly Viewer first;
    private readonly Viewer second;
    private Gate gate;

    public MachinesTests()
    {
        gate = Open();
        var (person, secret) = People.SetUp(People.NewSetUpLink(), "Glenbrae Council", "01234 567890", "Elspeth Rae", "elspeth.rae");
        first = ComeIn(person, secret);
        var (other, link) = People.Invite(first, "Hamish Orr", "administrator", "hamish.orr");
        Assert.Null(People.Give(first, other.Id, RightKind.Role, nameof(Role.Administrator), Later, "Another is needed"));
        second = ComeIn(other, link);
    }

    private People People => gate.People;

    private DateTimeOffset Later => clock.Now.AddDays(30);

    private RecordId Responsible => People.Self(first)!.Id;

    public void Dispose()
    {
        gate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Nobody_but_an_administrator_of_the_agency_makes_or_sees_them()
    {
        var account = Make();
        var (key, _) = People.AskForKey(first, account.Id, [KeyScope.SearchAndRead], Later, "Nightly");
        var stranger = first with { Agency = "strathorn-council", Name = "x@strathorn-council" };
        var colleague = first with { Roles = [Role.Analyst] };
        foreach (
            var act in (Action<Viewer>[])
                [
                    v => People.AddServiceAccount(v, "Other", "Reads", "other", Responsible),
                    v => People.AskForKey(v, account.Id, [KeyScope.BringIn], Later, "Mine"),
                    v => People.EndKey(v, account.Id, People.Keys(first, account.Id)[0].Id),
                    v => People.Entrust(v, account.Id, Responsible),
                ]
        )
        {
            Assert.Throws<UnauthorizedAccessException>(() => act(colleague));
            Assert.Throws<PeopleException>(() => act(stranger));
        }
        Assert.Throws<UnauthorizedAccessException>(() => People.Machines(colleague));
        Assert.Throws<UnauthorizedAccessException>(() => People.Keys(colleague, account.Id));
        Assert.Empty(People.Machines(stranger));
        Assert.Empty(People.Keys(stranger, account.Id));
        Assert.NotNull(People.UseKey(key));
        Assert.Single(People.Machines(first));
    }

    [Fact]
    public void A_machine_cannot_sign_in_and_watches_over_nobody()
    {
        var account = Make();
        Assert.Null(People.ToSignIn(account.SignInName));
        foreach (
            var act in (Action[])
                [
                    () => People.InviteAgain(first, account.Id),
                    () => People.AskForWayIn(first, account.Id, "Lost"),
                    () => People.NewWayInFor(account.SignInName, first),
                    () => People.NewWayIn(People.ViewerOf(account.SignInName)!),
                ]
        )
            Assert.Contains("is a machine", Assert.Throws<PeopleException>(act).Message, StringComparison.Ordinal);
        foreach (var role in (Role[])[Role.Administrator, Role.Auditor, Role.ChiefAuditor, Role.InformationManager, Role.Liaison])
            Assert.Throws<PeopleException>(() => People.Give(first, account.Id, RightKind.Role, role.ToString(), Later, "Why not"));
        Assert.Null(People.Give(first, account.Id, RightKind.Role, nameof(Role.Contributor), Later, "Hands files in"));
        People.Close(first, account.Id);
        Assert.Throws<PeopleException>(() => People.Open(first, account.Id));
    }

    [Fact]
    public void It_has_a_purpose_and_a_person_who_answers_for_it()
    {
        Assert.Throws<PeopleException>(() => People.AddServiceAccount(first, "Contract system", " ", "contract-system", Responsible));
        Assert.Throws<PeopleException>(() => People.AddServiceAccount(first, "Contract system", "Checks", "contract-system", new RecordId(7)));
        var account = Make();
        Assert.Throws<PeopleException>(() => People.AddServiceAccount(first, "Again", "Checks", "contract-system", Responsible));
        // A machine answers for nothing, and a name is one person's or one machine's.
        Assert.Throws<PeopleException>(() => People.AddServiceAccount(first, "Another", "Checks", "another", account.Id));
        Assert.Throws<PeopleException>(() => People.Invite(first, "Somebody", "clerk", "contract-system"));
        People.Entrust(first, account.Id, People.Self(second)!.Id);
        Assert.Equal(People.Self(second)!.Id, People.Machines(first)[0].Account.Service!.Responsible);
        Assert.Throws<PeopleException>(() => People.Entrust(first, Responsible, Responsible));
    }

    [Fact]
    public void A_key_that_shows_more_than_what_is_public_needs_a_second_administrator()
    {
        var account = Make();
        Give(account, RightKind.Role, nameof(Role.ProcurementOfficer));
        Give(account, RightKind.Clearance, nameof(Classification.Public));
        Assert.NotNull(People.AskForKey(first, account.Id, [KeyScope.CheckBidders], Later, "Public registers").Secret);
        Give(account, RightKind.Clearance, nameof(Classification.Official));
        var (none, waits) = People.AskForKey(first, account.Id, [KeyScope.CheckBidders, KeyScope.SearchAndRead], Later, "Nightly");
        Assert.Null(none);
        Assert.Throws<PeopleException>(() => People.AskForKey(first, account.Id, [KeyScope.CheckBidders], Later, "Again"));
        Assert.Throws<PeopleException>(() => People.Approve(first, waits!.Id));
        string secret = People.Approve(second, waits!.Id)!;
        var used = People.UseKey(secret)!;
        Assert.Equal((first.Name, second.Name), (used.Key.By, used.Key.ApprovedBy));
        Assert.Equal([KeyScope.SearchAndRead, KeyScope.CheckBidders], used.Key.Scopes);
        Assert.Equal(Classification.Official, used.Viewer.Clearance);
        // Refused, there is none; and one that waited past its last day is not made.
        var late = People.AskForKey(first, account.Id, [KeyScope.BringIn], clock.Now.AddDays(1), "Short").Waits!;
        clock.Now = clock.Now.AddDays(1);
        Assert.Throws<PeopleException>(() => People.Approve(second, late.Id));
        People.Refuse(second, late.Id);
        Assert.Equal(2, People.Keys(first, account.Id).Count);
    }

    /// <summary>One administrator must not hold a secret that sees, by making it before there is anything to see.</summary>
    [Fact]
    public async Task A_key_that_one_made_alone_ends_when_two_agree_to_a_right_and_one_that_two_agreed_to_goes_on()
    {
        var account = Make();
        string alone = Key(account);
        Give(account, RightKind.Role, nameof(Role.Contributor));
        Assert.NotNull(People.UseKey(alone));
        var clearance = People.Give(first, account.Id, RightKind.Clearance, nameof(Classification.Official), Later, "Its work")!;
        // While it waits, a key is not made by one alone either.
        var (none, waits) = People.AskForKey(first, account.Id, [KeyScope.SearchAndRead], Later, "Quickly");
        Assert.Null(none);
        string agreed = People.Approve(second, waits!.Id)!;
        Assert.NotNull(People.UseKey(alone));
        People.Approve(second, clearance.Id);
        Assert.Null(People.UseKey(alone));
        Assert.Equal(Classification.Official, People.UseKey(agreed)!.Viewer.Clearance);
        Give(account, RightKind.Purpose, nameof(Purpose.Procurement));
        Assert.NotNull(People.UseKey(agreed));
        await gate.FlushReadLog();
        var ended = gate.Audit.Search(first with { Roles = [Role.ChiefAuditor] }, new LogQuestion()).Entries.Single(e => e.Act == "end key");
        Assert.Equal((second.Name, $"search and read of {account.SignInName}, made by {first.Name} and agreed to by nobody else"), (ended.Who, ended.Question));
    }

    [Fact]
    public void A_key_works_until_the_second_it_ends_and_no_longer()
    {
        var account = Make();
        var until = clock.Now.AddDays(2);
        string secret = People.AskForKey(first, account.Id, [KeyScope.SearchAndRead], until, "Nightly").Secret!;
        clock.Now = until.AddSeconds(-1);
        Assert.NotNull(People.UseKey(secret));
        clock.Now = until;
        Assert.Null(People.UseKey(secret));
        Assert.Throws<PeopleException>(() => People.AskForKey(first, account.Id, [KeyScope.SearchAndRead], clock.Now, "Past"));
        Assert.Throws<PeopleException>(() =>
            People.AskForKey(first, account.Id, [KeyScope.SearchAndRead], clock.Now + People.LongestKey + TimeSpan.FromSeconds(1), "Long")
        );
        Assert.Throws<PeopleException>(() => People.AskForKey(first, account.Id, [], Later, "For nothing"));
        Assert.Throws<PeopleException>(() => People.AskForKey(first, account.Id, [(KeyScope)99], Later, "For anything"));
        Assert.Throws<PeopleException>(() => People.AskForKey(first, Responsible, [KeyScope.SearchAndRead], Later, "For a person"));
    }

    [Fact]
    public void Ended_it_stops_at_once_and_the_others_go_on()
    {
        var account = Make();
        string old = Key(account),
            newer = Key(account);
        Assert.NotNull(People.UseKey(old));
        var key = People.UseKey(old)!.Key;
        People.EndKey(first, account.Id, key.Id);
        Assert.Null(People.UseKey(old));
        Assert.NotNull(People.UseKey(newer));
        Assert.Throws<PeopleException>(() => People.EndKey(first, account.Id, key.Id));
        // Those that work stand first.
        Assert.Equal([true, false], People.Keys(first, account.Id).Select(k => k.Works(clock.Now)));
        People.Close(first, account.Id);
        Assert.Null(People.UseKey(newer));
        Assert.All(People.Keys(first, account.Id), k => Assert.False(k.Works(clock.Now)));
        Assert.Throws<PeopleException>(() => Key(account));
    }

    [Fact]
    public void Rights_taken_back_are_gone_with_the_next_use_and_a_scope_gives_none()
    {
        var account = Make();
        Give(account, RightKind.Role, nameof(Role.Analyst));
        string reads = Key(account),
            checks = Key(account, KeyScope.CheckBidders),
            brings = Key(account, KeyScope.BringIn);
        Assert.Equal([], Powers(reads));
        Assert.Equal([Power.BringIn, Power.Check], Powers(checks));
        Assert.Equal([Power.BringIn], Powers(brings));
        People.TakeBack(first, account.Id, People.Find(first, account.Id)!.Rights[0].Id);
        Assert.Equal([], Powers(checks));
        // A right that ends by itself too.
        Give(account, RightKind.Role, nameof(Role.Contributor));
        Assert.Equal([Power.BringIn], Powers(brings));
        clock.Now = Later.AddDays(-1);
        Assert.Equal([Power.BringIn], Powers(brings));
    }

    [Fact]
    public void When_it_was_last_used_is_kept_to_the_day()
    {
        var account = Make();
        string secret = People.AskForKey(first, account.Id, [KeyScope.SearchAndRead], Later, "Nightly").Secret!;
        Assert.Null(People.Keys(first, account.Id)[0].LastUsed);
        People.UseKey(secret);
        clock.Now = clock.Now.AddDays(3);
        People.UseKey(secret);
        gate.Dispose();
        gate = Open();
        Assert.Equal(new DateOnly(2026, 11, 29), People.Keys(first, account.Id)[0].LastUsed);
        Assert.NotNull(People.UseKey(secret));
    }

    [Fact]
    public void An_account_has_no_more_keys_than_somebody_can_look_after()
    {
        var account = Make();
        for (int i = 0; i < People.MostKeys; i++)
            Key(account);
        Assert.Throws<PeopleException>(() => Key(account));
        People.EndKey(first, account.Id, People.Keys(first, account.Id)[0].Id);
        Key(account);
    }

    [Fact]
    public void A_key_is_known_by_sight_and_what_is_written_otherwise_is_none()
    {
        var account = Make();
        string secret = Key(account);
        Assert.Matches(new Regex("^fs_[0-9a-hjkmnp-tv-z]{58}$", RegexOptions.NonBacktracking), secret);
        char other = secret[^1] == '0' ? '1' : '0';
        foreach (string? wrong in (string?[])[null, "", "fs_", secret[..^1], secret[..^1] + other, secret.ToUpperInvariant(), secret + " ", $"Bearer {secret}"])
            Assert.Null(People.UseKey(wrong));
        Assert.NotNull(People.UseKey(secret));
        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => ApiKey.NewSecret()).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Nothing_of_the_secret_is_in_the_store_and_it_goes_on_with_a_new_key_of_the_vault()
    {
        var account = Make();
        string secret = Key(account);
        People.UseKey(secret);
        People.RotateKeyFromMachine(first);
        Assert.NotNull(People.UseKey(secret));
        gate.Dispose();
        string random = secret[3..^6];
        byte[][] traces =
        [
            Encoding.UTF8.GetBytes(random),
            Encoding.Unicode.GetBytes(random),
            Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))[..60]),
        ];
        int looked = 0;
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            byte[] content = File.ReadAllBytes(file);
            Assert.All(traces, trace => Assert.Equal(-1, content.AsSpan().IndexOf(trace)));
            looked++;
        }
        Assert.True(looked > 2, $"Only {looked} files were looked at.");
        gate = Open();
        Assert.NotNull(People.UseKey(secret));
    }

    [Fact]
    public async Task What_is_done_with_accounts_and_keys_is_in_the_log_and_so_is_trying_one_that_ended()
    {
        var account = Make();
        string secret = Key(account);
        People.EndKey(first, account.Id, People.Keys(first, account.Id)[0].Id);
        Assert.Null(People.UseKey(secret));
        // However often it is tried, the log is not filled with it.
        for (int i = 0; i < 100; i++)
            Assert.Null(People.UseKey(secret));
        await gate.FlushReadLog();
        var chief = first with { Roles = [Role.ChiefAuditor] };
        var acts = gate.Audit.Search(chief, new LogQuestion()).Entries.Select(e => (e.Who, e.Act)).ToList();
        foreach (string act in (string[])["make service account", "make key", "end key"])
            Assert.Contains((first.Name, act), acts);
        Assert.Single(acts, (account.SignInName, "fail to use an ended key"));
        clock.Now = clock.Now.AddMinutes(1);
        Assert.Null(People.UseKey(secret));
        await gate.FlushReadLog();
        Assert.Equal(2, gate.Audit.Search(chief, new LogQuestion()).Entries.Count(e => e.Act == "fail to use an ended key"));
    }

    [Fact]
    public void An_account_that_is_closed_while_its_key_is_looked_at_is_nobodys()
    {
        var account = Make();
        string secret = Key(account);
        // At each time that is asked for on the way, one after the other.
        for (int at = 1; at <= 3; at++)
        {
            int left = at,
                here = Environment.CurrentManagedThreadId;
            clock.Asked = () =>
            {
                // The log asks for the time as well, on a thread of its own.
                if (Environment.CurrentManagedThreadId != here || --left != 0)
                    return;
                clock.Asked = null;
                People.Close(first, account.Id);
            };
            People.UseKey(secret);
            clock.Asked = null;
            Assert.Null(People.UseKey(secret));
            account = People.AddServiceAccount(first, "Another", "Checks", $"another-{at}", Responsible);
            secret = Key(account);
        }
    }

    [Fact]
    public async Task A_machine_that_works_at_night_is_nothing_unusual()
    {
        var account = Make();
        Give(account, RightKind.Clearance, nameof(Classification.Official));
        string secret = Key(account);
        clock.Now = clock.Now.AddHours(14);
        var view = gate.For(People.UseKey(secret)!.Viewer);
        for (int i = 0; i < 30; i++)
            view.Search($"name {i}");
        await gate.FlushReadLog();
        var chief = first with { Roles = [Role.ChiefAuditor] };
        Assert.Empty(gate.Audit.Unusual(chief, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue));
        // The same of a person is.
        var person = gate.For(second);
        for (int i = 0; i < 30; i++)
            person.Search($"name {i}");
        await gate.FlushReadLog();
        Assert.Equal([second.Name], Assert.Single(gate.Audit.Unusual(chief, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue)).Who);
    }

    private Person Make() => People.AddServiceAccount(first, "Contract system", "Checks bidders each night", "contract-system", Responsible);

    /// <summary>A key, agreed to by the second administrator where that is needed.</summary>
    private string Key(Person account, KeyScope scope = KeyScope.SearchAndRead)
    {
        var (secret, waits) = People.AskForKey(first, account.Id, [scope], Later, "Nightly");
        return secret ?? People.Approve(second, waits!.Id)!;
    }

    private void Give(Person account, RightKind kind, string value)
    {
        if (People.Give(first, account.Id, kind, value, Later, "Its work") is { } waits)
            People.Approve(second, waits.Id);
    }

    private Power[] Powers(string secret) => [.. Enum.GetValues<Power>().Where(p => People.UseKey(secret)!.Viewer.May(p))];

    private Viewer ComeIn(Person person, string secret)
    {
        People.ComeIn(secret, new Credentials(person.Id) { PasswordHash = "hash" });
        return People.ViewerOf(person.SignInName)!;
    }

    private Gate Open() => Gate.Open(folder, new GateOptions { Clock = clock, IdentifierKey = new byte[32] });

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Start;

        /// <summary>What happens just before the time is told; null for nothing.</summary>
        public Action? Asked { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            Asked?.Invoke();
            return Now;
        }
    }
}
