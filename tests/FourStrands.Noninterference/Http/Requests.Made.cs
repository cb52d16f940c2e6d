using FourStrands.Noninterference.Histories;

namespace FourStrands.Noninterference.Http;

/// <summary>What is asked for, and with which forms.</summary>
internal sealed partial class Requests
{
    private RecordId Record() => dice.Of(known.Records);

    private RecordId[] OwnPersons() => viewer.May(Power.Administer) ? [.. people.Of(viewer).Select(p => p.Id)] : [];

    /// <summary>Somebody: mostly of the own agency, else of any; never the one who asks, who goes on asking.</summary>
    private RecordId Person()
    {
        var own = OwnPersons();
        var person = own.Length > 0 && dice.Percent(70) ? dice.Of(own) : dice.Of(persons);
        return person == people.Self(viewer)?.Id ? default : person;
    }

    private RecordId Proposal()
    {
        var waiting = viewer.May(Power.Administer) ? people.Waiting(viewer) : [];
        return waiting.Count > 0 && dice.Percent(80) ? dice.Of([.. waiting]).Id : dice.Of(persons);
    }

    private RecordId Right()
    {
        RecordId[] rights = viewer.May(Power.Administer)
            ? [.. people.Of(viewer).Where(p => p.Id != people.Self(viewer)?.Id).SelectMany(p => p.Rights).Select(r => r.Id)]
            : [];
        return rights.Length > 0 ? dice.Of(rights) : default;
    }

    private IEnumerable<Request> OfPerson(string handler, params (string Name, string Value)[] fields)
    {
        // A page of the form first, for its token.
        yield return new Request("GET", "/people");
        yield return new Request("POST", $"/people/{Person()}?handler={handler}", new Form(fields));
    }

    /// <summary>A machine of the own agency with a key of it; not the one that asks the addresses for programs, which goes on asking.</summary>
    private (RecordId Account, RecordId Key) Machine()
    {
        Machine[] own = viewer.May(Power.Administer) ? [.. people.Machines(viewer).Where(m => m.Account.Name != $"machine-{viewer.ShortName}")] : [];
        if (own.Length == 0)
            return (dice.Of(persons), default);
        var one = dice.Of(own);
        return (one.Account.Id, one.Keys.Count > 0 ? one.Keys[0].Id : default);
    }

    private IEnumerable<Request> OfMachine(string handler, params (string Name, string Value)[] fields)
    {
        yield return new Request("GET", "/people/machines");
        yield return new Request("POST", $"/people/{Machine().Account}?handler={handler}", new Form(fields));
    }

    private static IEnumerable<Request> OfGroup(string handler, params (string Name, string Value)[] fields)
    {
        yield return new Request("GET", "/people/groups");
        yield return new Request("POST", $"/people/groups?handler={handler}", new Form(fields));
    }

    private RecordId Release() => releases.Length > 0 && dice.Percent(85) ? dice.Of(releases) : dice.Of(known.Others);

    private RecordId Letter() => letters.Length > 0 && dice.Percent(85) ? dice.Of(letters) : dice.Of(known.Others);

    private RecordId Emergency() => dice.Percent(85) ? dice.Of(emergencies) : dice.Of(known.Others);

    private IEnumerable<Request> Review()
    {
        var id = Emergency();
        yield return new Request("GET", $"/emergency-access/{id}");
        yield return new Request(
            "POST",
            $"/emergency-access/{id}",
            new Form([("finding", dice.Of(["yes", "no", ""])), ("words", dice.Of(["It could not wait", "It could not wait", ""]))])
        );
    }

    private RecordId Reviewed() => dice.Percent(85) ? dice.Of(reviews) : dice.Of(known.Others);

    private RecordId Schedule() => dice.Of(schedules);

    private IEnumerable<Request> OfReview(string handler, params (string Name, string Value)[] fields)
    {
        string of = Reviewed().ToString();
        yield return new Request("GET", $"/retention/review?of={of}");
        yield return new Request("POST", $"/retention/review?handler={handler}", new Form([("of", of), .. fields]));
    }

    private RecordView? Own() => mine.Length > 0 && dice.Percent(90) ? dice.Of(mine) : null;

    private IEnumerable<Request> OfErasing(string handler, params (string Name, string Value)[] fields)
    {
        var record = Own();
        string address = $"/erasures/new?record={record?.Id ?? Record()}";
        yield return new Request("GET", address);
        string value = record?.Statements is { Count: > 0 } said && dice.Percent(60) ? Mark(dice.Of([.. said])) : "";
        yield return new Request("POST", $"{address}&handler={handler}", new Form([.. fields, .. value.Length > 0 ? new[] { ("value", value) } : []]));
    }

    private IEnumerable<Request> Correction()
    {
        var record = Own();
        string address = $"/corrections/new?record={record?.Id ?? Record()}";
        yield return new Request("GET", address);
        List<(string, string)> fields =
        [
            ("reason", dice.Of(["Mixed up", "Mixed up", ""])),
            ("inReleases", dice.Of(["true", "false"])),
            ("sure", dice.Of(["true", "true", ""])),
        ];
        if (record?.Statements is { Count: > 0 } said && dice.Percent(70))
        {
            fields.Add(("value", Mark(dice.Of([.. said]))));
            fields.Add(("right", dice.Of(["", "Thorfinn Skua", "1980-04-06"])));
        }
        yield return new Request("POST", address, new Form(fields));
    }

    private IEnumerable<Request> OfRelease(string handler)
    {
        var id = Release();
        yield return new Request("GET", $"/releases/{id}");
        yield return new Request("POST", $"/releases/{id}?handler={handler}", new Form([("reason", dice.Of(["It was wrong", "It was wrong", ""]))]));
    }

    private IEnumerable<Request> NewRelease(string handler)
    {
        var record = Own();
        string id = (record?.Id ?? Record()).ToString();
        yield return new Request("GET", $"/releases/new?record={id}");
        List<(string, string)> fields =
        [
            ("record", id),
            .. Audience(),
            .. dice.Percent(30) ? [("purposes", dice.Of(["crime", "procurement", "nothing"]))] : Array.Empty<(string, string)>(),
            .. dice.Percent(50) ? [("handling", dice.Of(["A2", "H1", "S2"]))] : Array.Empty<(string, string)>(),
            ("kind", dice.Of(["content", "content", "pointer", "alert"])),
            ("sanitise", dice.Of(["true", "false"])),
            ("sourceName", dice.Of(["Told", ""])),
            ("until", dice.Of(["", "", "2026-12-31", "2020-01-01"])),
            ("reason", dice.Of(["They need it", "They need it", ""])),
        ];
        foreach (var said in record?.Statements ?? [])
        {
            if (dice.Percent(80))
                fields.Add(("values", Mark(said)));
        }
        if (handler == "Order" && dice.Percent(90))
            yield return new Request("POST", "/releases/new?handler=Preview", new Form(fields));
        yield return new Request("POST", $"/releases/new?handler={handler}", new Form(fields));
    }

    /// <summary>For whom it is; now and then with agencies that contradict it, which is refused.</summary>
    private IEnumerable<(string, string)> Audience()
    {
        string audience = dice.Of(["own", "named", "official", "public", "group-national-police.redwater"]);
        yield return ("audience", audience);
        if (audience == "named" || dice.Percent(10))
            yield return ("agencies", dice.Of(["strathorn-council", "glenbrae-council"]));
    }

    /// <summary>What stands for a value in the form, as the page writes it.</summary>
    /// <summary>Decides on some or on all of what is held, then takes a sheet: the person's comes out only once all is decided.</summary>
    private IEnumerable<Request> SubjectAccess(string handler)
    {
        var record = Own();
        var id = record?.Id ?? Record();
        yield return new Request("GET", $"/subject-access/{id}");
        int share = dice.Of([30, 100]);
        List<(string, string)> decided =
        [
            .. (record?.Statements ?? []).Select(Mark).Distinct().Where(_ => dice.Percent(share)).Select(m => ("chosen", $"{m}-0")),
            ("decision", dice.Of(["give", "give", "withhold", "open", ""])),
            ("ground", dice.Of(["Others", "Crime", ""])),
            ("note", dice.Of(["It names a neighbour", "It names a neighbour", ""])),
        ];
        yield return new Request("POST", $"/subject-access/{id}?handler=Decide", new Form([.. decided]));
        if (handler == "Sheet")
            yield return new Request(
                "POST",
                $"/subject-access/{id}?handler=Sheet",
                new Form([("to", dice.Of(["The person themselves", "Their solicitor", ""])), ("sources", dice.Of(["true", "false"]))])
            );
        else if (handler == "File")
            yield return new Request("POST", $"/subject-access/{id}?handler=File", new Form([]));
    }

    private static string Mark(Said said) =>
        $"{said.Record}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{said.Property.Name}\0{said.Value}")).AsSpan(0, 10))}";

    private RecordId RecordThere() => there.Length > 0 && dice.Percent(70) ? dice.Of(there) : Record();

    private RecordId Check() => dice.Of(checks);

    private string Typed() => Uri.EscapeDataString(Vocabulary.Typed(dice));

    private string Verdict() => dice.Of(["same", "different", "unsure", ""]);

    /// <param name="forProgram">True for what a program sends: it says beforehand what it agrees to.</param>
    private Form Import(bool forProgram = false)
    {
        string name = dice.Of(Vocabulary.People),
            body = dice.Of(Vocabulary.Bodies);
        string lines = $$$"""
            {"id":"h1","schema":"Person","properties":{"name":["{{{name}}}"],"birthDate":["1980-04-05"]}}
            {"id":"h2","schema":"Company","properties":{"name":["{{{body}}}"]}}
            {"id":"h3","schema":"Ownership","properties":{"owner":["h1"],"asset":["h2"]}}
            not a line
            """;
        return new Form(
            [
                ("source", dice.Of(["Register", "Uploads", ""])),
                ("audience", dice.Of(["own", "own-sensitive", "official", "public", "other"])),
                ("grade", "2 untested"),
                .. dice.Percent(70) ? Array.Empty<(string, string)>() : [("compartments", dice.Of(["nightjar", "other"]))],
                .. forProgram ? [("agree", dice.Of(["", "yes", "add"]))] : Array.Empty<(string, string)>(),
                ("complete", dice.Of(["true", "false"])),
                ("schedule", dice.Of(["", "", dice.Of(schedules).ToString()])),
                ("dated", dice.Of(["", "2025-06-01"])),
            ],
            dice.Percent(90) ? ("file", "entities.ftm.json", lines) : null,
            // A program has none, and what is no field is refused.
            Token: !forProgram
        );
    }

    private Form NewCheck() =>
        new([
            ("title", dice.Of(["Grounds maintenance", "Haulage", ""])),
            ("reference", "T-1"),
            ("bidders", $"{dice.Of(Vocabulary.Bodies)}\n{dice.Of(Vocabulary.People)}"),
            ("depth", dice.Of(["1", "3"])),
        ]);
}
