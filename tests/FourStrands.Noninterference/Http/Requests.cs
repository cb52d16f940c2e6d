using System.Text.RegularExpressions;
using FourStrands.Noninterference.Differential;
using FourStrands.Noninterference.Histories;

namespace FourStrands.Noninterference.Http;

/// <summary>Makes random requests: for every route of the workbench, by the name that <see cref="HttpTests"/> finds it under.</summary>
internal sealed partial class Requests
{
    private readonly Dice dice;
    private readonly Asker known;
    private readonly List<RecordId> checks;
    private readonly string asker;
    private readonly RecordId[] there;
    private readonly Viewer viewer;
    private readonly People people;
    private readonly RecordId[] persons;
    private readonly (RecordId Record, string Phrase)[] ties;
    private readonly RecordId[] releases;
    private readonly RecordId[] letters;
    private readonly RecordView[] mine;
    private readonly string[] groups;
    private readonly RecordId[] holds;
    private readonly RecordId[] schedules;
    private readonly RecordId[] reviews;
    private readonly RecordId[] notices;
    private readonly RecordId[] emergencies;

    /// <param name="dice">Chance.</param>
    /// <param name="view">The view of whoever asks, to know what there is to ask for; of what is not there as well as of what is.</param>
    /// <param name="known">All that was ever there.</param>
    /// <param name="checkIds">Checks that were started.</param>
    /// <param name="gate">The whole store: people, releases and requests of others are asked for too.</param>
    public Requests(Dice dice, View view, Gate gate, Asker known, IEnumerable<RecordId> checkIds)
    {
        asker = view.Viewer.Name;
        viewer = view.Viewer;
        people = gate.People;
        persons = [.. Viewer.BuiltIn.Where(v => v.May(Power.Administer)).SelectMany(people.Of).Select(p => p.Id).Distinct(), default];
        there = [.. known.Records.Where(r => view.Find(r) is not null)];
        ties = [.. known.Ends.Where(e => view.Find(e.Record) is { } there && view.Connections(there).Any(c => c.Phrase == e.Phrase)), dice.Of(known.Ends)];
        this.dice = dice;
        this.known = known;
        checks = [.. checkIds, default];
        releases = viewer.May(Power.Release) ? [.. gate.Releases.All(viewer).Select(r => r.Id)] : [];
        letters = [.. gate.Requests.All(viewer).Select(r => r.Id)];
        mine = [.. there.Select(r => view.Find(r)!.Records.First(x => x.Id == r)).Where(r => r.Source.Owner == viewer.Agency)];
        holds = viewer.May(Power.Erase) ? [.. gate.Erasures.Holds(viewer).Select(h => h.Id), default] : [default];
        notices = [.. gate.Requests.Notices(viewer).Select(n => n.Id), default];
        emergencies = [.. (People.MayKnowOfEmergencies(viewer) ? people.Emergencies(viewer) : people.OwnEmergencies(viewer)).Select(e => e.Id), default];
        schedules = [.. gate.Retention.Schedules(viewer).Select(s => s.Id), default];
        reviews = viewer.May(Power.Erase) ? [.. gate.Retention.Reviews(viewer).Select(r => r.Id), default] : [default];
        groups = viewer.May(Power.Administer) ? [.. people.Groups(viewer).Select(g => g.Name), "national-police.nothing"] : ["national-police.redwater"];
    }

    public static IReadOnlyDictionary<string, Func<Requests, IEnumerable<Request>>> Routes { get; } =
        new Dictionary<string, Func<Requests, IEnumerable<Request>>>(StringComparer.Ordinal)
        {
            ["GET /"] = _ => [new("GET", "/")],
            ["GET /help"] = _ => [new("GET", "/help")],
            ["GET /accessibility"] = _ => [new("GET", "/accessibility")],
            ["GET /sign-in"] = r => [new("GET", $"/sign-in?next=/entity/{r.Record()}")],
            // Once more as oneself: who asks stays the same.
            ["POST /sign-in"] = r =>
                [
                    new("GET", "/sign-in"),
                    new(
                        "POST",
                        "/sign-in",
                        new Form([("name", r.dice.Of([r.asker, "nobody@visitors"])), ("password", "x"), ("code", r.dice.Of(["123456", ""]))])
                    ),
                ],
            ["POST /sign-in?handler=As"] = r =>
                [
                    new("GET", "/sign-in"),
                    new("POST", "/sign-in?handler=As", new Form([("viewer", r.dice.Of([r.asker, r.asker, "nobody"])), ("next", $"/entity/{r.Record()}")])),
                ],
            ["POST /sign-in?handler=Challenge"] = _ => [new("GET", "/sign-in"), new("POST", "/sign-in?handler=Challenge", new Form([]))],
            ["POST /sign-in?handler=Passkey"] = _ =>
                [
                    new("GET", "/sign-in"),
                    new("POST", "/sign-in?handler=Challenge", new Form([])),
                    new("POST", "/sign-in?handler=Passkey", new Form([("credential", "{}")])),
                ],
            ["GET /sign-in/agency"] = r => [new("GET", $"/sign-in/agency?next=/entity/{r.Record()}"), new("GET", "/sign-in/agency?refused=true")],
            // There is no provider here: nobody is sent anywhere.
            ["POST /sign-in/agency"] = _ => [new("GET", "/sign-in"), new("POST", "/sign-in/agency", new Form([("agency", "national-police")]))],
            ["GET /sign-out"] = _ => [new("GET", "/sign-out")],
            ["POST /sign-out"] = _ => [new("POST", "/sign-out", new Form([], Token: false))],
            ["GET /set-up"] = _ => [new("GET", "/set-up?link=nothing")],
            ["POST /set-up"] = _ => [new("GET", "/set-up"), new("POST", "/set-up", new Form([("link", "nothing"), ("agency", "Council")]))],
            ["GET /come-in"] = _ => [new("GET", "/come-in?link=nothing")],
            ["POST /come-in"] = _ => [new("GET", "/come-in"), new("POST", "/come-in", new Form([("link", "nothing"), ("password", "kettle otter drizzle")]))],
            ["GET /account"] = _ => [new("GET", "/account")],
            ["POST /account?handler=End"] = r => [new("GET", "/account"), new("POST", "/account?handler=End", new Form([("session", r.Record().ToString())]))],
            ["POST /account?handler=EndOthers"] = _ => [new("GET", "/account"), new("POST", "/account?handler=EndOthers", new Form([]))],
            ["POST /account?handler=Anew"] = _ =>
                [new("GET", "/account"), new("POST", "/account?handler=Anew", new Form([("password", "x"), ("code", "123456")]))],
            ["POST /account?handler=NewPasskey"] = r =>
                [
                    new("GET", "/account"),
                    new(
                        "POST",
                        "/account?handler=NewPasskey",
                        new Form([("passkeyName", r.dice.Of(["Laptop", ""])), ("passkeyPassword", "x"), ("passkeyCode", "123456")])
                    ),
                ],
            ["POST /account?handler=AddPasskey"] = _ =>
                [new("GET", "/account"), new("POST", "/account?handler=AddPasskey", new Form([("passkeyName", "Laptop"), ("credential", "{}")]))],
            ["POST /account?handler=RemovePasskey"] = _ =>
                [new("GET", "/account"), new("POST", "/account?handler=RemovePasskey", new Form([("passkey", "AAAA"), ("removalProof", "x")]))],
            ["GET /emergency-access"] = _ => [new("GET", "/emergency-access")],
            // Nobody who asks has the right: with it open, they would be asked about as somebody else (Histories/EmergencyAct.cs).
            ["POST /emergency-access?handler=Open"] = r =>
                [
                    new("GET", "/emergency-access"),
                    new(
                        "POST",
                        "/emergency-access?handler=Open",
                        new Form([("minutes", r.dice.Of(["15", "60", "61", ""])), ("reason", r.dice.Of(["A life is at risk", ""]))])
                    ),
                ],
            ["POST /emergency-access?handler=End"] = r =>
                [new("GET", "/emergency-access"), new("POST", "/emergency-access?handler=End", new Form([("access", r.Emergency().ToString())]))],
            ["GET /emergency-access/{id:id}"] = r => [new("GET", $"/emergency-access/{r.Emergency()}")],
            ["POST /emergency-access/{id:id}"] = r => r.Review(),
            ["GET /agencies"] = _ => [new("GET", "/agencies")],
            ["POST /agencies"] = r =>
                [
                    new("GET", "/agencies"),
                    new(
                        "POST",
                        "/agencies",
                        new Form([
                            ("agency", r.dice.Of(["Northern Council", "Southern Council", "Glenbrae Council", ""])),
                            ("desk", r.dice.Of(["01234 567891", "01234 567891", ""])),
                            ("administrator", "Morag Hay"),
                            ("signInName", "morag.hay"),
                            ("reason", "A partner"),
                        ])
                    ),
                ],
            ["POST /agencies?handler=Desk"] = r =>
                [new("GET", "/agencies"), new("POST", "/agencies?handler=Desk", new Form([("ownDesk", r.dice.Of(["01234 567892", "0141 496 0000", ""]))]))],
            ["GET /people"] = _ => [new("GET", "/people")],
            ["POST /people?handler=Invite"] = r =>
                [
                    new("GET", "/people"),
                    new(
                        "POST",
                        "/people?handler=Invite",
                        new Form([("name", r.dice.Of(Vocabulary.People)), ("job", "clerk"), ("signInName", $"person{r.dice.Below(1_000_000)}")])
                    ),
                ],
            ["POST /people?handler=Approve"] = r =>
                [new("GET", "/people"), new("POST", "/people?handler=Approve", new Form([("proposal", r.Proposal().ToString())]))],
            ["POST /people?handler=Refuse"] = r =>
                [new("GET", "/people"), new("POST", "/people?handler=Refuse", new Form([("proposal", r.Proposal().ToString())]))],
            ["GET /people/machines"] = _ => [new("GET", "/people/machines")],
            ["POST /people/machines?handler=Make"] = r =>
                [
                    new("GET", "/people/machines"),
                    new(
                        "POST",
                        "/people/machines?handler=Make",
                        new Form([
                            ("name", "Night desk"),
                            ("purpose", r.dice.Of(["Looks names up", ""])),
                            ("signInName", $"desk{r.dice.Below(1_000_000)}"),
                            ("responsible", r.Person().ToString()),
                        ])
                    ),
                ],
            ["POST /people/machines?handler=End"] = r =>
                r.Machine() is var (account, key)
                    ?
                    [
                        new("GET", "/people/machines"),
                        new("POST", "/people/machines?handler=End", new Form([("account", account.ToString()), ("key", key.ToString())])),
                    ]
                    : [],
            ["POST /people/{id:id}?handler=Key"] = r =>
                r.OfMachine(
                    "Key",
                    ("scopes", r.dice.Of(["SearchAndRead", "BringIn", "Nothing"])),
                    ("keyUntil", r.dice.Of(["2026-06-30", "2020-01-01"])),
                    ("keyReason", r.dice.Of(["Nightly", ""]))
                ),
            ["POST /people/{id:id}?handler=EndKey"] = r => r.OfMachine("EndKey", ("key", r.Machine().Key.ToString())),
            ["POST /people/{id:id}?handler=Entrust"] = r => r.OfMachine("Entrust", ("responsible", r.Person().ToString())),
            ["GET /people/compartments"] = _ => [new("GET", "/people/compartments")],
            ["POST /people/compartments"] = r =>
                [
                    new("GET", "/people/compartments"),
                    new("POST", "/people/compartments", new Form([("compartment", r.dice.Of(["nightjar", "redstart", "a b"])), ("title", "An operation")])),
                ],
            ["GET /people/{id:id}"] = r => [new("GET", $"/people/{r.Person()}")],
            ["POST /people/{id:id}?handler=Give"] = r =>
                r.OfPerson(
                    "Give",
                    (
                        "value",
                        r.dice.Of(["Role Analyst", "Role Auditor", "Clearance Official", "Compartment nightjar", "Compartment glenbrae-council.nightjar", ""])
                    ),
                    ("until", "2026-06-30"),
                    ("reason", r.dice.Of(["Their job", ""]))
                ),
            ["POST /people/{id:id}?handler=TakeBack"] = r => r.OfPerson("TakeBack", ("right", r.Right().ToString())),
            ["POST /people/{id:id}?handler=Invite"] = r => r.OfPerson("Invite"),
            ["POST /people/{id:id}?handler=WayIn"] = r => r.OfPerson("WayIn", ("wayIn", r.dice.Of(["Lost their phone", ""]))),
            ["POST /people/{id:id}?handler=SignOut"] = r => r.OfPerson("SignOut"),
            ["POST /people/{id:id}?handler=Close"] = r => r.OfPerson("Close"),
            ["POST /people/{id:id}?handler=Open"] = r => r.OfPerson("Open"),
            ["GET /erasures"] = _ => [new("GET", "/erasures")],
            ["POST /erasures?handler=Lift"] = r =>
                [
                    new("GET", "/erasures"),
                    new("POST", "/erasures?handler=Lift", new Form([("hold", r.dice.Of(r.holds).ToString()), ("reason", r.dice.Of(["It is over", ""]))])),
                ],
            ["GET /erasures/new"] = r => [new("GET", $"/erasures/new?record={r.Own()?.Id ?? r.Record()}{r.dice.Of(["", "&value=x"])}")],
            ["POST /erasures/new?handler=Erase"] = r =>
                r.OfErasing("Erase", ("reason", r.dice.Of(["Retention", ""])), ("sure", r.dice.Of(["true", "true", ""]))),
            ["POST /erasures/new?handler=Hold"] = r =>
                r.OfErasing("Hold", ("holdReason", r.dice.Of(["Inquiry", ""])), ("review", r.dice.Of(["", "2027-02-03", "x"]))),
            ["GET /corrections"] = _ => [new("GET", "/corrections")],
            ["GET /corrections/new"] = r => [new("GET", $"/corrections/new?record={r.Own()?.Id ?? r.Record()}{r.dice.Of(["", "&value=x"])}")],
            ["POST /corrections/new"] = r => r.Correction(),
            ["GET /retention"] = _ => [new("GET", "/retention")],
            ["POST /retention?handler=Examples"] = _ => [new("GET", "/retention"), new("POST", "/retention?handler=Examples", new Form([]))],
            ["POST /retention?handler=Default"] = r =>
                [new("GET", "/retention"), new("POST", "/retention?handler=Default", new Form([("schedule", r.Schedule().ToString())]))],
            ["GET /retention/schedule"] = r => [new("GET", $"/retention/schedule{r.dice.Of(["", "", $"?schedule={r.Schedule()}"])}")],
            ["POST /retention/schedule"] = r =>
                [
                    new("GET", "/retention/schedule"),
                    new(
                        "POST",
                        "/retention/schedule",
                        new Form([
                            .. r.dice.Percent(40) ? new[] { ("schedule", r.Schedule().ToString()) } : [],
                            ("name", r.dice.Of(["Intelligence", "Registers", ""])),
                            ("basis", "The law"),
                            ("period", r.dice.Of(["1", "72", "0", "x"])),
                            ("from", r.dice.Of(["BroughtIn", "SourceDate"])),
                            ("end", r.dice.Of(["Review", "Erasure"])),
                            ("review", "12"),
                            ("closed", r.dice.Of(["false", "false", "true"])),
                        ])
                    ),
                ],
            ["GET /retention/reviews"] = r => [new("GET", $"/retention/reviews{r.dice.Of(["", "?page=2"])}")],
            ["GET /retention/review"] = r => [new("GET", $"/retention/review?of={r.Reviewed()}")],
            ["POST /retention/review?handler=Keep"] = r =>
                r.OfReview("Keep", ("until", r.dice.Of(["2027-01-01", "2027-01-01", "2020-01-01", ""])), ("reason", r.dice.Of(["Needed", "Needed", ""]))),
            ["POST /retention/review?handler=Put"] = r =>
                r.OfReview("Put", ("schedule", r.Schedule().ToString()), ("dated", r.dice.Of(["2025-01-01", ""])), ("why", r.dice.Of(["Wrong one", ""]))),
            ["GET /subject-access/{id:id}"] = r =>
                [new("GET", $"/subject-access/{r.Own()?.Id ?? r.Record()}{r.dice.Of(["", "?choose=open", "?choose=proposed"])}")],
            ["POST /subject-access/{id:id}?handler=Decide"] = r => r.SubjectAccess("Decide"),
            ["POST /subject-access/{id:id}?handler=Sheet"] = r => r.SubjectAccess("Sheet"),
            ["POST /subject-access/{id:id}?handler=File"] = r => r.SubjectAccess("File"),
            ["GET /people/groups"] = _ => [new("GET", "/people/groups")],
            ["POST /people/groups?handler=Make"] = r =>
                OfGroup("Make", ("group", r.dice.Of(["redwater", "bluewater", "a b"])), ("title", "Partners"), ("open", r.dice.Of(["true", "false"]))),
            ["POST /people/groups?handler=Ask"] = r =>
                OfGroup(
                    "Ask",
                    ("group", r.dice.Of(r.groups)),
                    ("agency", r.dice.Of(["strathorn-council", "visitors", "nobody"])),
                    ("reason", r.dice.Of(["They share", ""]))
                ),
            ["POST /people/groups?handler=Remove"] = r =>
                OfGroup("Remove", ("group", r.dice.Of(r.groups)), ("agency", r.dice.Of(["strathorn-council", "visitors", "national-police"]))),
            ["POST /people/groups?handler=Tell"] = r =>
                OfGroup("Tell", ("told", r.dice.Of(["strathorn-council", "national-police", "nobody"])), ("tellReason", r.dice.Of(["They watch", ""]))),
            ["POST /people/groups?handler=StopTelling"] = r => OfGroup("StopTelling", ("told", r.dice.Of(["strathorn-council", "national-police", "nobody"]))),
            ["POST /people/groups?handler=Second"] = r => OfGroup("Second", ("every", r.dice.Of(["true", "false"]))),
            ["GET /records/{id:id}"] = r => [new("GET", $"/records/{r.Record()}")],
            ["GET /releases"] = r => [new("GET", $"/releases{r.dice.Of(["", "?page=2"])}")],
            ["GET /releases/{id:id}"] = r => [new("GET", $"/releases/{r.Release()}")],
            ["POST /releases/{id:id}?handler=Agree"] = r => r.OfRelease("Agree"),
            ["POST /releases/{id:id}?handler=GoOn"] = r => r.OfRelease("GoOn"),
            ["POST /releases/{id:id}?handler=Refuse"] = r => r.OfRelease("Refuse"),
            ["POST /releases/{id:id}?handler=TakeBack"] = r => r.OfRelease("TakeBack"),
            ["GET /releases/new"] = r => [new("GET", $"/releases/new?record={r.Own()?.Id ?? r.Record()}")],
            ["POST /releases/new?handler=Preview"] = r => r.NewRelease("Preview"),
            ["POST /releases/new?handler=Edit"] = r => r.NewRelease("Edit"),
            ["POST /releases/new?handler=Order"] = r => r.NewRelease("Order"),
            ["GET /requests"] = _ => [new("GET", "/requests")],
            ["POST /requests?handler=Acknowledge"] = r =>
                [new("GET", "/requests"), new("POST", "/requests?handler=Acknowledge", new Form([("notice", r.dice.Of(r.notices).ToString())]))],
            ["GET /requests/{id:id}"] = r => [new("GET", $"/requests/{r.Letter()}")],
            ["POST /requests/{id:id}"] = r =>
                r.Letter() is var id
                    ?
                    [
                        new("GET", $"/requests/{id}"),
                        new("POST", $"/requests/{id}", new Form([("agreed", r.dice.Of(["yes", "no", ""])), ("text", r.dice.Of(["We may not say", ""]))])),
                    ]
                    : [],
            ["GET /requests/new"] = r => [new("GET", $"/requests/new{r.dice.Of(["", $"?record={r.Record()}", $"?to=national-police&text={r.Typed()}"])}")],
            ["POST /requests/new"] = r =>
                [
                    new("GET", "/requests/new"),
                    new(
                        "POST",
                        "/requests/new",
                        new Form([
                            ("to", r.dice.Of(["national-police", "glenbrae-council", "strathorn-council", "nobody"])),
                            ("text", r.dice.Of(["What of them?", ""])),
                            ("purpose", r.dice.Of(["crime", ""])),
                            ("record", r.dice.Percent(40) ? r.RecordThere().ToString() : ""),
                            ("wanted", r.dice.Of(["", "the council"])),
                        ])
                    ),
                ],
            ["GET /log"] = r =>
                [
                    new(
                        "GET",
                        $"/log?who={r.dice.Of(["", "", "analyst", "glenbrae", "administrator"])}&kind={r.dice.Of(["", "", "Consultation", "Combination", "Nothing"])}"
                            + $"&text={r.dice.Of(["", "", "name", "a"])}&record={(r.dice.Percent(20) ? r.Record().ToString() : "")}"
                            + $"&from={r.dice.Of(["", "", "2026-01-01", "no day"])}&to={r.dice.Of(["", "", "2026-12-31"])}&page={r.dice.Of(["", "", "2"])}"
                    ),
                ],
            ["GET /log/unusual"] = r => [new("GET", $"/log/unusual{r.dice.Of(["", "?from=2026-01-01&to=2026-12-31", "?from=2020-01-01"])}")],
            ["GET /log/file"] = _ => [new("GET", "/log/file")],
            ["GET /log/checkpoint"] = _ => [new("GET", "/log/checkpoint")],
            ["GET /error/{code:int}"] = r => [new("GET", $"/error/{r.dice.Of([400, 404, 405, 413, 500, 999])}")],
            ["POST /error/{code:int}"] = r => [new("POST", $"/error/{r.dice.Of([400, 404, 500])}", new Form([]))],
            ["PUT /error/{code:int}"] = _ => [new("PUT", "/error/404")],
            ["DELETE /error/{code:int}"] = r => [new("DELETE", $"/entity/{r.Record()}")],
            ["PATCH /error/{code:int}"] = _ => [new("PATCH", "/error/404")],
            ["OPTIONS /error/{code:int}"] = r => [new("OPTIONS", $"/entity/{r.Record()}")],
            ["GET /assets/{name}"] = r => [new("GET", $"/assets/{r.dice.Of(["workbench.css", "design-system.css", "logo.svg", "nothing.css"])}")],
            ["GET /search"] = r =>
                [new("GET", $"/search?q={r.Typed()}{r.dice.Of(["", "", "&kind=Person", "&kind=Company", "&kind=Nothing"])}{r.dice.Of(["", "", "&page=2"])}")],
            ["GET /search/suggest"] = r => [new("GET", $"/search/suggest?q={r.Typed()}")],
            ["GET /api/v1/openapi.json"] = _ => [new("GET", "/api/v1/openapi.json")],
            ["GET /api/v1/search"] = r =>
                [
                    new(
                        "GET",
                        $"/api/v1/search?q={r.Typed()}{r.dice.Of(["", "", "&kind=Person", "&kind=Company", "&kind=Nothing"])}{r.dice.Of(["", "", "&page=2"])}"
                    ),
                ],
            ["GET /api/v1/entities/{id:id}"] = r => [new("GET", $"/api/v1/entities/{r.Record()}{r.dice.Of(["", "", "", "?page=2"])}")],
            ["POST /api/v1/checks"] = r =>
                [
                    new(
                        "POST",
                        $"/api/v1/checks{r.dice.Of(["?title=Haulage", "?title=Haulage&depth=3", ""])}",
                        Body: (
                            r.dice.Of(["application/json", "application/json", "text/csv"]),
                            $$"""{"title":"Grounds","bidders":["{{r.dice.Of(Vocabulary.Bodies)}}","{{r.dice.Of(Vocabulary.People)}}"]}"""
                        )
                    ),
                ],
            ["GET /api/v1/checks/{id:id}"] = r => [new("GET", $"/api/v1/checks/{r.Check()}")],
            ["POST /api/v1/imports"] = r => [new("POST", "/api/v1/imports", r.Import(forProgram: true))],
            ["GET /api/v1/imports/{id:id}"] = r => [new("GET", $"/api/v1/imports/{r.dice.Of(r.known.Others)}")],
            ["GET /entity/{id:id}"] = r => [new("GET", $"/entity/{r.Record()}")],
            ["GET /entity/{id:id}/connections"] = r =>
                r.dice.Of(r.ties) is var (record, phrase)
                    ? [new("GET", $"/entity/{(r.dice.Percent(80) ? record : r.Record())}/connections?phrase={Uri.EscapeDataString(phrase)}")]
                    : [],
            ["GET /entity/{id:id}/values"] = r =>
                [new("GET", $"/entity/{r.Record()}/values?of={r.dice.Of(["name", "name", "Thing:name", "birthDate", "phone", "nothing"])}")],
            ["GET /match/{left:id}/{right:id}"] = r => [new("GET", $"/match/{r.Record()}/{r.Record()}{r.dice.Of(["", $"?check={r.Check()}", "?kept=1"])}")],
            ["POST /match/{left:id}/{right:id}"] = r =>
                [
                    new(
                        "POST",
                        $"/match/{r.RecordThere()}/{r.RecordThere()}",
                        new Form([("verdict", r.Verdict()), ("reason", r.dice.Of(["", "because of the papers"]))])
                    ),
                ],
            ["GET /path"] = r =>
                [new("GET", r.dice.Percent(70) ? $"/path?from={r.Record()}&to={r.Record()}" : $"/path?fromName={r.Typed()}&toName={r.Typed()}")],
            ["GET /sources"] = _ => [new("GET", "/sources")],
            ["GET /sources/{id:id}"] = r => [new("GET", $"/sources/{r.dice.Of(r.known.SourceIds)}")],
            ["GET /sources/import"] = _ => [new("GET", "/sources/import")],
            ["POST /sources/import"] = r => [new("POST", "/sources/import", r.Import())],
            ["GET /sources/import/progress"] = _ => [new("GET", "/sources/import/progress")],
            ["POST /sources/import/progress"] = r =>
                [new("POST", "/sources/import/progress", new Form([("choice", r.dice.Of(["yes", "add", "no", ""]))])), new("GET", "/sources/import/progress")],
            // After one that is in, so that how far it has come is no matter of timing.
            // Several, since the form refuses most.
            ["GET /sources/import/status"] = r =>
                [.. Enumerable.Range(0, 4).Select(_ => new Request("POST", "/sources/import", r.Import())), new("GET", "/sources/import/status")],
            ["GET /imports/{id:id}"] = r => [new("GET", $"/imports/{r.dice.Of(r.known.Others)}")],
            ["GET /checks"] = r => [new("GET", $"/checks{r.dice.Of(["", "?page=2"])}")],
            ["GET /checks/new"] = r => [new("GET", $"/checks/new?bidder={r.Typed()}")],
            ["POST /checks/new"] = r => [new("POST", "/checks/new", r.NewCheck())],
            ["GET /checks/{id:id}"] = r =>
                [
                    new(
                        "GET",
                        $"/checks/{r.Check()}{r.dice.Of(["", "", "", "?show=judge", "?show=links", "?show=findings", "?show=clear&page=2", "?show=nothing"])}"
                    ),
                ],
            ["POST /checks/{id:id}?handler=Again"] = r => [new("POST", $"/checks/{r.Check()}?handler=Again", new Form([]))],
            ["POST /checks/{id:id}?handler=Judge"] = r =>
                [
                    new(
                        "POST",
                        $"/checks/{r.Check()}?handler=Judge",
                        new Form([
                            ("left", r.RecordThere().ToString()),
                            ("right", r.RecordThere().ToString()),
                            ("verdict", r.Verdict()),
                            ("reason", "seen in the file"),
                        ])
                    ),
                ],
            ["GET /checks/{id:id}/table"] = r => [new("GET", $"/checks/{r.Check()}/table")],
            ["GET /checks/{id:id}/record"] = r => [new("GET", $"/checks/{r.Check()}/record")],
            ["GET /checks/{id:id}/json"] = r => [new("GET", $"/checks/{r.Check()}/json")],
            ["GET /checks/{id:id}/csv"] = r => [new("GET", $"/checks/{r.Check()}/csv")],
            // After the result, so that how far the work has come is no matter of timing.
            ["GET /checks/{id:id}/status"] = r => r.Check() is var id ? [new("GET", $"/checks/{id}/json"), new("GET", $"/checks/{id}/status")] : [],
        };

    /// <summary>Routes in which most of the picture shows are asked more often.</summary>
    /// <param name="count">How many besides one of every route.</param>
    /// <param name="shown">Routes that have shown something: one that has not is asked for more often.</param>
    public IEnumerable<(string Route, Request Request)> Some(int count, IReadOnlySet<string> shown)
    {
        string[] telling =
        [
            "GET /entity/{id:id}",
            "GET /entity/{id:id}/connections",
            "GET /entity/{id:id}/values",
            "GET /search",
            "GET /search/suggest",
            "GET /match/{left:id}/{right:id}",
            "GET /path",
            "GET /checks/{id:id}",
            "GET /checks/{id:id}/json",
            "GET /sources",
            "GET /imports/{id:id}",
            "GET /records/{id:id}",
            "GET /requests",
            "GET /releases",
            "POST /releases/new?handler=Preview",
            "GET /api/v1/search",
            "GET /api/v1/entities/{id:id}",
            "GET /api/v1/checks/{id:id}",
            "GET /api/v1/imports/{id:id}",
        ];
        string[] all = [.. Routes.Keys],
            rest = [.. all.Where(r => !shown.Contains(r) && !Declared.ShowsNothing.Contains(r))];
        for (int i = 0; i < all.Length + count; i++)
        {
            string route =
                i < all.Length ? all[i]
                : dice.Percent(75) ? dice.Of(telling)
                : rest.Length > 0 && dice.Percent(70) ? dice.Of(rest)
                : dice.Of(all);
            // Those of another kind prepare what the route is asked, or look at what came of it.
            foreach (var request in Routes[route](this))
                yield return (route.StartsWith(request.Method + " ", StringComparison.Ordinal) ? route : "", request);
        }
    }

    /// <summary>Takes note of a check that was started.</summary>
    public void Started(string? location)
    {
        if (location is not null && Regex.Match(location, "^(?:/api/v1)?/checks/([0-9a-z]{26})$", RegexOptions.NonBacktracking) is { Success: true } found)
            checks.Add(RecordId.Parse(found.Groups[1].Value, null));
    }

    /// <summary>Routes that name something by identifier, with every identifier there ever was and one that never was.</summary>
    public static IEnumerable<Func<RecordId, string>> ByIdentifier { get; } =
    [
        id => $"/entity/{id}",
        id => $"/entity/{id}/connections?phrase=owns",
        id => $"/entity/{id}/values?of=name",
        id => $"/sources/{id}",
        id => $"/imports/{id}",
        id => $"/checks/{id}",
        id => $"/checks/{id}/table",
        id => $"/checks/{id}/record",
        id => $"/checks/{id}/json",
        id => $"/checks/{id}/csv",
        id => $"/checks/{id}/status",
        id => $"/people/{id}",
        id => $"/records/{id}",
        id => $"/releases/{id}",
        id => $"/releases/new?record={id}",
        id => $"/requests/{id}",
        id => $"/requests/new?record={id}",
        id => $"/erasures/new?record={id}",
        id => $"/subject-access/{id}",
        id => $"/erasures/new?import={id}",
        id => $"/retention/review?of={id}",
        id => $"/api/v1/entities/{id}",
        id => $"/api/v1/checks/{id}",
        id => $"/api/v1/imports/{id}",
        id => $"/emergency-access/{id}",
        id => $"/corrections/new?record={id}",
        id => $"/corrections/new?import={id}",
    ];
}
