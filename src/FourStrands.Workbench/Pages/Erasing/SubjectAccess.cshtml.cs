using System.Text;
using FourStrands.Formats;
using FourStrands.Picture;
using FourStrands.Workbench.Showing;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Erasing;

/// <summary>
/// What the own agency holds on somebody who asks for it (Data Protection Act 2018, section 45; UK GDPR, article 15): each value, with what may speak against giving it. Software proposes;
/// the information manager decides on each, and nothing goes out that is not decided.
/// </summary>
[OnlyWith(Power.Erase)]
[RequestFormLimits(ValueCountLimit = 100_000)]
internal sealed class SubjectAccessModel(Gate gate) : SignedInPage(gate)
{
    /// <summary>The most characters of whom it is given to.</summary>
    public const int LongestTo = 200;

    /// <summary>What says who somebody is, and nothing that they may not know is known: how they are reached, where they live and what else they are called can show how they are watched.</summary>
    private static readonly HashSet<string> WhoTheyAre = new(StringComparer.Ordinal)
    {
        "name",
        "title",
        "firstName",
        "secondName",
        "middleName",
        "lastName",
        "birthDate",
        "birthCountry",
        "deathDate",
        "gender",
        "nationality",
        "citizenship",
        "passportNumber",
        "idNumber",
        "socialSecurityNumber",
        "taxNumber",
        "registrationNumber",
        "incorporationDate",
        "jurisdiction",
    };

    private SubjectAccessDecisions? decisions;

    /// <summary>Whom it is about.</summary>
    public EntitySummary Subject { get; private set; } = null!;

    /// <summary>What the agency's own sources say.</summary>
    public IReadOnlyList<SubjectAccessLine> Lines { get; private set; } = [];

    /// <summary>Other agencies whose sources say something of them that can be seen here: they answer for it themselves.</summary>
    public IReadOnlyList<string> Others { get; private set; } = [];

    /// <summary>How many are not decided.</summary>
    public int Open => Lines.Count(l => l.Decision is null);

    /// <summary>Which are ticked.</summary>
    public IReadOnlySet<string> Chosen { get; private set; } = new HashSet<string>();

    /// <summary>What is to be decided on them, as it was chosen so far: "give", "withhold" or "open".</summary>
    public string Decision { get; private set; } = "";

    public WithheldFor? Ground { get; private set; }

    public string Note { get; private set; } = "";

    /// <summary>To whom it is given, as it was written so far.</summary>
    public string To { get; private set; } = "";

    /// <summary>True if sources are to be named to the person.</summary>
    public bool NamesSources { get; private set; }

    /// <summary>The page, with all ticked that are open, or of them those against which nothing is known.</summary>
    public IActionResult OnGet(RecordId id, string? choose)
    {
        if (!Load(id))
            return NotFound();
        Chosen = Lines.Where(l => l.Decision is null && (choose == "open" || (choose == "proposed" && l.Why.Count == 0))).Select(l => l.Mark).ToHashSet();
        return Page();
    }

    public IActionResult OnPostDecide(RecordId id, string[]? chosen, string? decision, string? ground, string? note)
    {
        if (!Load(id))
            return NotFound();
        Chosen = (chosen ?? []).Intersect(Lines.Select(l => l.Mark)).ToHashSet();
        (Decision, Note) = (decision ?? "", (note ?? "").Trim());
        Ground = Enum.TryParse<WithheldFor>(ground, out var parsed) && Enum.IsDefined(parsed) ? parsed : null;
        if (Chosen.Count == 0)
            ModelState.AddModelError("chosen", "Tick what you decide on");
        if (Decision is not ("give" or "withhold" or "open"))
            ModelState.AddModelError("decision", "Choose whether it is given");
        if (Decision == "withhold" && Ground is null)
            ModelState.AddModelError("ground", "Choose why it is withheld: the law knows no other grounds");
        if (Decision == "withhold" && Note.Length == 0)
            ModelState.AddModelError("note", "Say why in a few words: the reasons are to be kept, and shown to the Information Commissioner if asked for");
        if (Note.Length > SubjectAccessDecisions.LongestNote)
            ModelState.AddModelError("note", $"Keep it to {SubjectAccessDecisions.LongestNote} characters");
        if (!ModelState.IsValid)
            return Page();
        bool? given = Decision == "open" ? null : Decision == "give";
        foreach (var line in Lines.Where(l => Chosen.Contains(l.Mark)))
            decisions!.Decide(line.Said, line.Of, given, given == false ? Ground : null, Note);
        return LocalRedirect($"/subject-access/{id}");
    }

    /// <summary>What is given, for the person: nothing in it tells that there is more.</summary>
    public IActionResult OnPostSheet(RecordId id, string? to, bool sources)
    {
        if (!Load(id))
            return NotFound();
        (To, NamesSources) = ((to ?? "").Trim(), sources);
        if (To.Length is 0 or > LongestTo || To.Any(char.IsControl))
            ModelState.AddModelError("to", "Say to whom it is given: the log keeps that");
        if (Open > 0)
            ModelState.AddModelError("chosen", $"{Shown.Count(Open, "value is", "values are")} not decided: nothing goes out before all are");
        if (!ModelState.IsValid)
            return Page();
        var given = Lines.Where(l => l.Decision!.Given == true).ToList();
        Gate.Audit.Disclosed(Viewer, To, given.Select(l => l.Said.Record).Append(Subject.Id).Distinct());
        string[] head = ["What", "Value", "Fact or opinion"];
        return Sheet(
            "what-is-held.csv",
            sources ? [.. head, "Source"] : head,
            given
                .Select(l =>
                    (string[])
                        [
                            l.Said.Property.Label,
                            l.Value,
                            l.Said.Kind == StatementKind.Opinion ? "Opinion" : "Fact",
                            .. sources ? [l.Said.Source.Name] : (string[])[],
                        ]
                )
                // What two records say is given once.
                .DistinctBy(cells => string.Join('\0', cells))
        );
    }

    /// <summary>All of it with what was decided, for the agency's own file on the request.</summary>
    public IActionResult OnPostFile(RecordId id)
    {
        if (!Load(id))
            return NotFound();
        Gate.Audit.Disclosed(Viewer, "the agency’s own file on a request for access", Lines.Select(l => l.Said.Record).Append(Subject.Id).Distinct());
        return Sheet(
            "subject-access-file.csv",
            ["What", "Value", "Fact or opinion", "Source", "Its grade", "Came in on", "To look at", "Decision", "Ground", "Note", "Decided by", "Decided on"],
            Lines.Select(l =>
                (string[])
                    [
                        l.Said.Property.Label,
                        l.Value,
                        l.Said.Kind == StatementKind.Opinion ? "Opinion" : "Fact",
                        l.Said.Source.Name,
                        l.Said.Source.Grade,
                        Shown.Date(l.Said.Date),
                        string.Join(" ", l.Why),
                        l.Decision is null ? "Not decided"
                        : l.Decision.Given == true ? "Given"
                        : "Withheld",
                        l.Decision?.Ground is { } ground ? GroundInWords(ground) : "",
                        l.Decision?.Note ?? "",
                        l.Decision?.Document.By ?? "",
                        l.Decision is { } decided ? Shown.Time(decided.Document.At) : "",
                    ]
            )
        );
    }

    /// <summary>A ground in words: those of section 45(4), shortened.</summary>
    public static string GroundInWords(WithheldFor ground) =>
        ground switch
        {
            WithheldFor.Inquiry => "It would obstruct an inquiry, investigation or procedure",
            WithheldFor.Crime => "It would prejudice preventing, detecting or prosecuting crime, or carrying out penalties",
            WithheldFor.PublicSecurity => "To protect public security",
            WithheldFor.NationalSecurity => "To protect national security",
            _ => "To protect the rights and freedoms of others",
        };

    private FileContentResult Sheet(string name, string[] head, IEnumerable<string[]> rows)
    {
        using var file = new MemoryStream();
        using (var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        {
            var sheet = new SpreadsheetCsv(text);
            sheet.Write(head);
            foreach (string[] row in rows)
                sheet.Write(row);
        }
        return File(file.ToArray(), "text/csv; charset=utf-8", name);
    }

    private bool Load(RecordId id)
    {
        if (View.Find(id) is not { } entity)
            return false;
        Subject = View.Summarise(entity);
        decisions = new SubjectAccessDecisions(View);
        var records = entity.Records.Select(r => r.Id.ToString()).ToHashSet(StringComparer.Ordinal);
        Lines =
        [
            .. entity
                .Records.Where(r => r.Source.Owner == Viewer.Agency)
                .SelectMany(r => r.Statements.Select(s => (Said: s, Of: (Said?)null)))
                .Concat(
                    // Ties to others are said by records of their own.
                    View.Connections(entity)
                        .Where(c => c.Tie.Source.Owner == Viewer.Agency && c.Tie.Schema.Tie is not null)
                        .SelectMany(c => c.Tie.Statements.Select(s => (Said: s, Of: c.Tie.Statements.FirstOrDefault(p => records.Contains(p.Value)))))
                )
                // What is decided on together is one line, with all that may speak against it.
                .GroupBy(l => decisions.KeyOf(l.Said, l.Of))
                .Select(same => (same.First().Said, same.First().Of, Why: same.SelectMany(l => Why(l.Said, l.Of is not null, records)).Distinct().ToList()))
                .OrderBy(l => l.Said.Property.Label, StringComparer.Ordinal)
                .ThenBy(l => l.Said.Value, StringComparer.Ordinal)
                .ThenBy(l => l.Said.Record)
                .ThenBy(l => l.Said.Label, Comparer<Label>.Create((a, b) => Label.InOrderFor(Viewer, a, b)))
                .GroupBy(l => Subjects.Mark(l.Said))
                .SelectMany(same => same.Select((l, place) => (l.Said, l.Of, l.Why, Mark: $"{same.Key}-{place}")))
                .Select(l => new SubjectAccessLine(
                    l.Said,
                    l.Of,
                    // What they are called elsewhere is a value of its own, and decided on there.
                    l.Said.Property.Type.IsEntity && records.Contains(l.Said.Value)
                        ? "The person themselves"
                        : ReleaseWords.Value(new ReleasedValue(l.Said.Record, l.Said.Property.Name, l.Said.Value), View),
                    l.Mark,
                    l.Why,
                    decisions.Of(l.Said, l.Of)
                )),
        ];
        Others =
        [
            .. entity
                .Records.Select(r => r.Source.Owner)
                .Where(o => o != Viewer.Agency)
                .Distinct(StringComparer.Ordinal)
                .Select(View.AgencyName)
                .Order(StringComparer.Ordinal),
        ];
        return true;
    }

    /// <summary>What may speak against giving it to the person, so far as a program can see it. Only what says who they are is proposed, and only where nothing marks it.</summary>
    private static IEnumerable<string> Why(Said said, bool isTie, HashSet<string> records)
    {
        if (said.Label.Compartments.Count > 0)
            yield return "It is in a compartment: giving it may prejudice an inquiry.";
        if (said.Label.Classification == Classification.OfficialSensitive)
            yield return "It is OFFICIAL-SENSITIVE.";
        if (said.Label.Handling.IsConditional)
            yield return $"Conditions on its use: {string.Join(", ", said.Label.Handling.Codes)}.";
        if (said.Source.Grade.Length > 0)
            yield return "It is graded intelligence: it may point at who gave it.";
        if (said.Kind == StatementKind.Opinion)
            yield return "It is an opinion: it may point at whose.";
        if (isTie || said.Property.Type.IsEntity)
        {
            if (!records.Contains(said.Value))
                yield return "It is of a tie to somebody else, whose rights count too.";
        }
        else if (said.Property.Type.Name is "text" or "html" or "string" or "json")
            yield return "It is written text: read it to its end.";
        else if (!WhoTheyAre.Contains(said.Property.Name))
            yield return "It says more than who they are: read it.";
    }
}

/// <summary>One value, and what becomes of it.</summary>
/// <param name="Said">The statement.</param>
/// <param name="Of">Of a tie, what points at the person; null otherwise.</param>
/// <param name="Value">The value as shown.</param>
/// <param name="Mark">What stands for it in a form.</param>
/// <param name="Why">What may speak against giving it; empty if nothing is known.</param>
/// <param name="Decision">What was decided; null if it is open.</param>
internal sealed record SubjectAccessLine(Said Said, Said? Of, string Value, string Mark, IReadOnlyList<string> Why, SubjectAccessDecision? Decision);
