using System.Text;
using FourStrands.Formats;
using FourStrands.Picture;
using FourStrands.Workbench.Showing;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Erasing;

/// <summary>
/// What the own agency holds on somebody who asks for it (Data Protection Act 2018, section 45; UK GDPR, article 15): each statement, with what may have to
/// be withheld marked and why. Software proposes; the information manager decides.
/// </summary>
[OnlyWith(Power.Erase)]
internal sealed class SubjectAccessModel(Gate gate) : SignedInPage(gate)
{
    /// <summary>The most characters of whom it is given to.</summary>
    public const int LongestTo = 200;

    /// <summary>Whom it is about.</summary>
    public EntitySummary Subject { get; private set; } = null!;

    /// <summary>What the agency's own sources say.</summary>
    public IReadOnlyList<SubjectAccessLine> Lines { get; private set; } = [];

    /// <summary>Other agencies whose sources say something of them that can be seen here: they answer for it themselves.</summary>
    public IReadOnlyList<string> Others { get; private set; } = [];

    public IActionResult OnGet(RecordId id) => Load(id) ? Page() : NotFound();

    /// <summary>To whom it is given, as it was written so far.</summary>
    public string To { get; private set; } = "";

    public IActionResult OnPostSheet(RecordId id, string? to)
    {
        if (!Load(id))
            return NotFound();
        To = (to ?? "").Trim();
        if (To.Length is 0 or > LongestTo || To.Any(char.IsControl))
        {
            ModelState.AddModelError("to", "Say to whom it is given: the log keeps that");
            return Page();
        }
        Gate.Audit.Disclosed(Viewer, To, Lines.Select(l => l.Said.Record).Append(Subject.Id).Distinct());
        using var file = new MemoryStream();
        using (var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        {
            var sheet = new SpreadsheetCsv(text);
            sheet.Write(["What", "Value", "Fact or opinion", "Source", "Its grade", "Came in on", "Proposal", "Why"]);
            foreach (var line in Lines)
            {
                sheet.Write([
                    line.Said.Property.Label,
                    line.Value,
                    line.Said.Kind == StatementKind.Opinion ? "Opinion" : "Fact",
                    line.Said.Source.Name,
                    line.Said.Source.Grade,
                    Shown.Date(line.Said.Date),
                    line.Why.Count == 0 ? "Give" : "Look before giving",
                    string.Join(" ", line.Why),
                ]);
            }
        }
        return File(file.ToArray(), "text/csv; charset=utf-8", "subject-access.csv");
    }

    private bool Load(RecordId id)
    {
        if (View.Find(id) is not { } entity)
            return false;
        Subject = View.Summarise(entity);
        Lines =
        [
            .. entity
                .Records.Where(r => r.Source.Owner == Viewer.Agency)
                .SelectMany(r => r.Statements)
                .Concat(
                    // Ties to others are said by records of their own.
                    View.Connections(entity).Where(c => c.Tie.Source.Owner == Viewer.Agency && c.Tie.Schema.Tie is not null).SelectMany(c => c.Tie.Statements)
                )
                .DistinctBy(s => (s.Record, s.Property.Name, s.Value, s.Label))
                .OrderBy(s => s.Property.Label, StringComparer.Ordinal)
                .ThenBy(s => s.Value, StringComparer.Ordinal)
                .ThenBy(s => s.Record)
                .ThenBy(s => s.Label.ToString(), StringComparer.Ordinal)
                .Select(s => new SubjectAccessLine(s, ReleaseWords.Value(new ReleasedValue(s.Record, s.Property.Name, s.Value), View), [.. Why(s, entity)])),
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

    /// <summary>What may speak against giving it to the person: the grounds of section 45(4), as far as a program can see them.</summary>
    private static IEnumerable<string> Why(Said said, Entity about)
    {
        if (said.Label.Compartments.Count > 0)
            yield return "It is in a compartment: giving it may prejudice an inquiry.";
        if (said.Label.Classification == Classification.OfficialSensitive)
            yield return "It is OFFICIAL-SENSITIVE.";
        if (said.Label.Handling.IsConditional)
            yield return $"Conditions on its use: {string.Join(", ", said.Label.Handling.Codes)}.";
        if (said.Source.Grade.Length > 0)
            yield return "It is graded intelligence: it may point at who gave it.";
        if (said.Property.Type.IsEntity && !about.Records.Any(r => r.Id.ToString() == said.Value))
            yield return "It names somebody else, whose rights count too.";
        if (said.Property.Type.Name == "text" && said.Value.Length > 40)
            yield return "It is written text: read it to its end.";
    }
}

/// <summary>One statement, as it would be given.</summary>
/// <param name="Said">The statement.</param>
/// <param name="Value">The value as shown.</param>
/// <param name="Why">What may speak against giving it; empty if nothing is known.</param>
internal sealed record SubjectAccessLine(Said Said, string Value, IReadOnlyList<string> Why);
