using FourStrands.Formats;
using FourStrands.Picture;
using FourStrands.Workbench.Jobs;
using FourStrands.Workbench.Security;
using FourStrands.Workbench.Showing;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>Bring in a file: a register, a list, one's own spreadsheet.</summary>
[RequestSizeLimit(Largest)]
[RequestFormLimits(MultipartBodyLengthLimit = Largest, ValueLengthLimit = 4096, ValueCountLimit = 64)]
internal sealed class ImportModel(Gate gate, ImportJobs jobs, Uploads uploads, WorkbenchOptions options) : SignedInPage(gate)
{
    private const long Largest = 2L << 30;
    private const int LongestName = 120;
    private LabelForm? labels;
    private IReadOnlyList<RetentionSchedule>? schedules;
    private const long LargestMapping = 64 * 1024;

    /// <summary>No more files than this at once.</summary>
    public const int MostFiles = 20;

    public string SourceName { get; private set; } = "";

    public string Grade { get; private set; } = "";

    public bool Complete { get; private set; }

    public bool Opinion { get; private set; }

    /// <summary>The agency's schedules that things may be put under.</summary>
    public IReadOnlyList<RetentionSchedule> Schedules => schedules ??= [.. Gate.Retention.Schedules(Viewer).Where(s => !s.IsClosed)];

    /// <summary>The schedule that was chosen; null to leave it to the source's last file, or the agency.</summary>
    public RecordId? Schedule { get; private set; }

    /// <summary>The source's own date; empty if it is not known.</summary>
    public string Dated { get; private set; } = "";

    /// <summary>Who may see it.</summary>
    public LabelForm Labels => labels ??= new LabelForm(Viewer, Gate.People);

    public bool MayBringIn => Viewer.May(Power.BringIn) && Labels.Choices.Count > 0;

    /// <summary>Sources of their own agency, to add to.</summary>
    public IEnumerable<string> OwnSources => View.Sources().Where(s => s.Source.Owner == Viewer.Agency).Select(s => s.Source.Name);

    /// <param name="source">A source of the own agency that more is to be added to: it begins as it was labelled the last time.</param>
    public IActionResult OnGet(string? source)
    {
        if (MayBringIn && View.Sources().FirstOrDefault(s => s.Source.Owner == Viewer.Agency && s.Source.Name == source) is { } known)
        {
            SourceName = known.Source.Name;
            Grade = known.Source.Grade;
            if (known.Imports.FirstOrDefault(i => i.Format != "release") is { } last)
                Labels.Begin(last.Label);
        }
        return Page();
    }

    public async Task<IActionResult> OnPost(
        List<IFormFile>? file,
        IFormFile? mapping,
        string? source,
        string? grade,
        bool complete,
        bool opinion,
        string? schedule,
        string? dated,
        CancellationToken cancellation
    )
    {
        if (!Viewer.May(Power.BringIn))
            HttpContext.Refuse();
        SourceName = (source ?? "").Trim();
        Grade = grade is "1 reliable" or "2 untested" or "3 not reliable" ? grade : "";
        Complete = complete;
        Opinion = opinion;
        Schedule = RecordId.TryParse(schedule, null, out var chosen) ? chosen : null;
        Dated = (dated ?? "").Trim();
        if (!MayBringIn)
            return Page();
        Labels.Read(await Request.ReadFormAsync(cancellation));

        CheckFiles(file);
        var columns = await ReadMapping(mapping, cancellation);
        if (SourceName.Length == 0)
            ModelState.AddModelError("source", "Name the source");
        else if (SourceName.Length > LongestName)
            ModelState.AddModelError("source", $"Keep the source's name to {LongestName} characters");
        else if (SourceName.Any(char.IsControl))
            ModelState.AddModelError("source", "Write the source's name on one line");
        if (Schedule is { } under && !Schedules.Any(s => s.Id == under))
            ModelState.AddModelError("schedule", "That schedule is closed, or not there any more. Choose another");
        if (Dated.Length > 0 && RetentionWords.Day(Dated) is not { Year: >= 1800 and <= 2200 })
            ModelState.AddModelError("dated", "Enter the date as year-month-day, such as 2026-03-31");
        var label = Labels.Chosen(ModelState);
        if (!ModelState.IsValid || file is null || label is null)
            return Page();

        var kept = await uploads.Keep(file, cancellation);
        var request = new ImportRequest(SourceName, label, string.Join(", ", kept.Select(k => k.Name)), "")
        {
            Complete = complete,
            Kind = opinion ? StatementKind.Opinion : StatementKind.Fact,
            Grade = Grade,
            Schedule = Schedule,
            Dated = RetentionWords.Day(Dated),
        };
        var order = new ImportOrder(request, kept, columns);
        if (jobs.Start(Viewer, order) is not { } job)
        {
            order.Dispose();
            ModelState.AddModelError("file", "Your last file is still being read. Wait until it is in");
            return Page();
        }

        await Task.WhenAny(job.Running, Task.Delay(options.WaitForWork, cancellation));
        return Redirect("/sources/import/progress");
    }

    private void CheckFiles(List<IFormFile>? files)
    {
        if (files is null or [])
            ModelState.AddModelError("file", "Choose a file");
        else if (files.Find(f => f.Length == 0) is { } empty)
            ModelState.AddModelError("file", files.Count == 1 ? "The file is empty. Choose another" : $"{Uploads.NameOf(empty)} is empty. Choose the others");
        else if (files.Count > MostFiles)
            ModelState.AddModelError("file", $"Choose at most {MostFiles} files. More can be brought in from the command line, or packed as a zip");
        else if (files.Sum(f => f.Length) > options.LargestImport)
            ModelState.AddModelError("file", $"{(files.Count == 1 ? "The file is" : "The files are")} too large to bring in here. Use the command line");
    }

    private async Task<TableMapping?> ReadMapping(IFormFile? file, CancellationToken cancellation)
    {
        if (file is null || file.Length == 0)
            return null;
        if (file.Length > LargestMapping)
        {
            ModelState.AddModelError("mapping", "The mapping is too large to be one: it is a short text, not the table itself");
            return null;
        }
        using var text = new StreamReader(file.OpenReadStream());
        try
        {
            return TableMapping.Parse(await text.ReadToEndAsync(cancellation));
        }
        catch (FormatException wrong)
        {
            ModelState.AddModelError("mapping", wrong.Message);
            return null;
        }
    }
}
