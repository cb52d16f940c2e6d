using System.Globalization;
using FourStrands.Picture;
using FourStrands.Workbench.Showing;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Access;

/// <summary>Somebody of the own agency: what they may do and see, and their account.</summary>
internal sealed class SomebodyModel(Gate gate, TimeProvider clock) : AdministratorPage(gate)
{
    public Person Person { get; private set; } = null!;

    /// <summary>The keys of a machine; none of a person.</summary>
    public IReadOnlyList<ApiKey> Keys { get; private set; } = [];

    /// <summary>The people of the agency, of whom one answers for a machine; none where the page is a person's.</summary>
    public IReadOnlyList<Person> Everybody { get; private set; } = [];

    public IReadOnlyList<string> Scopes { get; private set; } = [];

    public string KeyUntil { get; private set; } = "";

    public string KeyReason { get; private set; } = "";

    /// <summary>What waits for them, in words.</summary>
    public IReadOnlyList<string> Waiting { get; private set; } = [];

    public string Value { get; private set; } = "";

    public string Until { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The rights there are to give, under headings: each as the form sends it, and in words.</summary>
    public IReadOnlyList<(string Heading, IReadOnlyList<(string Value, string Text)> Rights)> Choices =>
        [
            (
                "Roles",
                [
                    .. Enum.GetValues<Role>()
                        .Where(r => Person.Service is null || !r.IsForPeopleAlone())
                        .Select(r => ($"{RightKind.Role} {r}", $"{r.Name()}: {r.Purpose().ToLowerInvariant()}")),
                ]
            ),
            ("Sees up to", [.. Enum.GetValues<Classification>().Select(c => ($"{RightKind.Clearance} {c}", Shown.Classification(c)))]),
            ("Works for", [.. Enum.GetValues<Purpose>().Select(p => ($"{RightKind.Purpose} {p}", p.Words()))]),
            .. Person.Service is null
                ? new (string, IReadOnlyList<(string, string)>)[]
                {
                    ("In an emergency", [($"{RightKind.Emergency} {EmergencyAccess.ToOpenIt}", "emergency access: open all of the agency, for up to an hour")]),
                }
                : [],
            .. People.Compartments(Viewer) is { Count: > 0 } kept
                ? new (string, IReadOnlyList<(string, string)>)[]
                {
                    ("Compartments", [.. kept.Select(c => ($"{RightKind.Compartment} {c.Name}", $"{Rights.Compartment(c.Name)}: {c.Title}"))]),
                }
                : [],
        ];

    public IActionResult OnGet(RecordId id) => Show(id);

    public IActionResult OnPostGive(RecordId id, string? value, string? until, string? reason)
    {
        (Value, Until, Reason) = (value ?? "", until ?? "", reason ?? "");
        if (Value.Split(' ') is not [var kindName, var of] || !Enum.TryParse<RightKind>(kindName, out var kind))
            ModelState.AddModelError("value", "Choose what to give");
        else if (Read(Until, "until") is { } last)
        {
            Try(() =>
            {
                var waits = People.Give(Viewer, id, kind, of, EndOf(last), Reason);
                Done = waits is null ? $"Given. {Rights.Says(kind, of)}, until {Shown.Date(last)}." : $"It waits for a second administrator. {Finds(".")}";
                (Value, Until, Reason) = ("", "", "");
            });
        }
        return Show(id);
    }

    public IActionResult OnPostKey(RecordId id, string[]? scopes, string? keyUntil, string? keyReason)
    {
        (Scopes, KeyUntil, KeyReason) = (scopes ?? [], keyUntil ?? "", keyReason ?? "");
        if (Read(KeyUntil, "keyUntil") is { } last)
        {
            Try(() =>
            {
                KeyScope[] wanted = [.. Scopes.SelectMany(s => Enum.TryParse<KeyScope>(s, out var scope) ? [scope] : Array.Empty<KeyScope>())];
                var (secret, _) = People.AskForKey(Viewer, id, wanted, EndOf(last), KeyReason);
                if (secret is not null)
                    ShowKey(secret, NameOf(id));
                Done = secret is not null ? "The key works from now on." : $"It waits for a second administrator. {Finds(", and the key is shown to them.")}";
                (Scopes, KeyUntil, KeyReason) = ([], "", "");
            });
        }
        return Show(id);
    }

    public IActionResult OnPostEndKey(RecordId id, RecordId key) =>
        Then(id, "The key has ended. Whoever asks with it is refused from now on.", () => People.EndKey(Viewer, id, key));

    public IActionResult OnPostEntrust(RecordId id, RecordId responsible) => Then(id, "Entrusted.", () => People.Entrust(Viewer, id, responsible));

    public IActionResult OnPostTakeBack(RecordId id, RecordId right) => Then(id, "Taken back. It ended at once.", () => People.TakeBack(Viewer, id, right));

    public IActionResult OnPostInvite(RecordId id) => Then(id, "", () => Show(People.InviteAgain(Viewer, id), NameOf(id)));

    public IActionResult OnPostWayIn(RecordId id, string? wayIn)
    {
        Try(() =>
        {
            People.AskForWayIn(Viewer, id, wayIn ?? "");
            Done = $"It waits for a second administrator. {Finds(", and the link is shown to them.")} Until then nothing changes for {NameOf(id)}.";
        });
        // The form's own field, where the gate speaks of a reason.
        if (ModelState.TryGetValue("reason", out var said) && said.Errors is [var error, ..])
        {
            ModelState.Remove("reason");
            ModelState.AddModelError("wayIn", error.ErrorMessage);
        }
        return Show(id);
    }

    public IActionResult OnPostSignOut(RecordId id) => Then(id, "They are signed out everywhere.", () => People.SignOutEverywhere(Viewer, id));

    public IActionResult OnPostClose(RecordId id) => Then(id, "The account is closed.", () => People.Close(Viewer, id));

    public IActionResult OnPostOpen(RecordId id) => Then(id, "The account is open again, without rights.", () => Show(People.Open(Viewer, id), NameOf(id)));

    /// <summary>A day as it was written; null, with the reason among the errors, if it is none.</summary>
    private DateOnly? Read(string day, string field)
    {
        if (DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) && read.Year is >= 2000 and <= 2200)
            return read;
        ModelState.AddModelError(field, "Enter the last day as year-month-day, such as 2027-03-31");
        return null;
    }

    /// <summary>The last moment of a day in London.</summary>
    private static DateTimeOffset EndOf(DateOnly day) => London.StartOf(day.AddDays(1)).AddSeconds(-1).ToUniversalTime();

    /// <summary>Where a second administrator finds what waits; or that there is none.</summary>
    private string Finds(string then) =>
        People.AdministratorsOf(Viewer).Now.Any(a => a.SignInName != Viewer.Name)
            ? $"They find it on the page “People”{then}"
            : "There is none now: the page “People” says what to do.";

    private string NameOf(RecordId id) => People.Find(Viewer, id)?.DisplayName ?? "";

    private IActionResult Then(RecordId id, string done, Action act)
    {
        if (Try(act))
            Done = done;
        return Show(id);
    }

    private IActionResult Show(RecordId id)
    {
        if (!Viewer.May(Power.Administer) || People.Find(Viewer, id) is not { } person)
            return NotFound();
        Person = person;
        Waiting = [.. People.Waiting(Viewer).Where(p => p.Person == id).Select(p => Rights.Words([person], p))];
        if (person.Service is not null)
        {
            Keys = People.Keys(Viewer, id);
            Everybody = [.. People.Of(Viewer).Where(p => p.Service is null)];
        }
        if (KeyUntil.Length == 0)
            KeyUntil = London.Day(Now + People.KeyLasts).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (Until.Length == 0)
            Until = London.Day(Now).AddMonths(6).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Page();
    }
}
