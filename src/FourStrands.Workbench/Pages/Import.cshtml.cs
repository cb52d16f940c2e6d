using FourStrands.Picture;
using FourStrands.Workbench.Jobs;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>Bring in a file: a register, a list, one's own spreadsheet.</summary>
[RequestSizeLimit(Largest)]
[RequestFormLimits(MultipartBodyLengthLimit = Largest, ValueLengthLimit = 4096, ValueCountLimit = 64)]
internal sealed class ImportModel(Gate gate, ImportJobs jobs, Uploads uploads, WorkbenchOptions options) : SignedInPage(gate)
{
    private const long Largest = 2L << 30;
    private const int LongestName = 120;

    public string SourceName { get; private set; } = "";

    public string Audience { get; private set; } = "";

    public string Grade { get; private set; } = "";

    public bool Complete { get; private set; }

    public bool Opinion { get; private set; }

    public IReadOnlyList<string> Chosen { get; private set; } = [];

    /// <summary>Who may see what is brought in: only choices under which the person sees it themselves.</summary>
    public IReadOnlyList<(string Value, string Text, string Hint, Label Label)> Audiences =>
        [
            .. new (string Value, string Text, string Hint, Label Label)[]
            {
                ("own", $"{Viewer.AgencyName} only", "OFFICIAL. Nobody in another agency sees it, or anything of it.", Label.OwnAgency(Viewer)),
                (
                    "own-sensitive",
                    $"{Viewer.AgencyName} only, sensitive",
                    "OFFICIAL-SENSITIVE. Within the agency, only those cleared for it.",
                    new Label(Classification.OfficialSensitive, [Viewer.Agency])
                ),
                ("official", "Every agency", "OFFICIAL. Everyone with a clearance for it.", new Label(Classification.Official)),
                ("public", "Everybody", "It is published: a register, a sanctions list.", Label.Public),
            }.Where(a => Viewer.MaySee(a.Label)),
        ];

    /// <summary>Sources of their own agency, to add to.</summary>
    public IEnumerable<string> OwnSources => View.Sources().Where(s => s.Source.Owner == Viewer.Agency).Select(s => s.Source.Name);

    public IActionResult OnGet()
    {
        if (Audiences.Count > 0)
            Audience = Audiences[0].Value;
        return Page();
    }

    public async Task<IActionResult> OnPost(
        IFormFile? file,
        string? source,
        string? audience,
        string[]? compartments,
        string? grade,
        bool complete,
        bool opinion,
        CancellationToken cancellation
    )
    {
        SourceName = (source ?? "").Trim();
        Audience = audience ?? "";
        Grade = grade is "1 reliable" or "2 untested" or "3 not reliable" ? grade : "";
        Complete = complete;
        Opinion = opinion;
        Chosen = [.. (compartments ?? []).Where(c => Viewer.Compartments.Contains(c, StringComparer.Ordinal))];
        var chosen = Audiences.FirstOrDefault(a => a.Value == Audience);

        if (file is null || file.Length == 0)
            ModelState.AddModelError("file", file is null ? "Choose a file" : "The file is empty. Choose another");
        else if (file.Length > options.LargestImport)
            ModelState.AddModelError("file", "The file is too large to bring in here. Use the command line");
        if (SourceName.Length == 0)
            ModelState.AddModelError("source", "Name the source");
        else if (SourceName.Length > LongestName)
            ModelState.AddModelError("source", $"Keep the source's name to {LongestName} characters");
        else if (SourceName.Any(char.IsControl))
            ModelState.AddModelError("source", "Write the source's name on one line");
        if (chosen.Label is null)
            ModelState.AddModelError("audience", "Choose who may see it");
        if (!ModelState.IsValid || file is null || chosen.Label is null)
            return Page();

        var label = new Label(chosen.Label.Classification, chosen.Label.Agencies, Chosen);
        var kept = await uploads.Keep(file, cancellation);
        var request = new ImportRequest(SourceName, label, kept.Name, "")
        {
            Complete = complete,
            Kind = opinion ? StatementKind.Opinion : StatementKind.Fact,
            Grade = Grade,
        };
        if (jobs.Start(Viewer, request, kept) is not { } job)
        {
            kept.Dispose();
            ModelState.AddModelError("file", "Your last file is still being read. Wait until it is in");
            return Page();
        }

        await Task.WhenAny(job.Running, Task.Delay(options.WaitForWork, cancellation));
        return Redirect("/sources/import/progress");
    }
}
