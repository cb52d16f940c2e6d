using FourStrands.Formats;
using FourStrands.Picture;
using FourStrands.Workbench.Jobs;
using FourStrands.Workbench.Showing;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FourStrands.Workbench.Pages;

/// <summary>What somebody says of files that they bring in, and the order that comes of it: asked on a page, or sent by a program.</summary>
internal sealed class ImportForm(Viewer viewer, Gate gate, WorkbenchOptions options)
{
    /// <summary>The largest request that brings files in.</summary>
    public const long Largest = 2L << 30;

    /// <summary>No more files than this at once.</summary>
    public const int MostFiles = 20;

    /// <summary>The longest value of a field.</summary>
    public const int LongestValue = 4096;

    /// <summary>The most fields.</summary>
    public const int MostValues = 64;

    private const int LongestName = 120;
    private const long LargestMapping = 64 * 1024;
    private LabelForm? labels;
    private IReadOnlyList<RetentionSchedule>? schedules;
    private bool isNoGrade;

    public string SourceName { get; private set; } = "";

    public string Grade { get; private set; } = "";

    public bool Complete { get; private set; }

    public bool Opinion { get; private set; }

    /// <summary>The agency's schedules that things may be put under.</summary>
    public IReadOnlyList<RetentionSchedule> Schedules => schedules ??= [.. gate.Retention.Schedules(viewer).Where(s => !s.IsClosed)];

    /// <summary>The schedule that was chosen; null to leave it to the source's last file, or the agency.</summary>
    public RecordId? Schedule { get; private set; }

    /// <summary>The source's own date; empty if it is not known.</summary>
    public string Dated { get; private set; } = "";

    /// <summary>Who may see it.</summary>
    public LabelForm Labels => labels ??= new LabelForm(viewer, gate.People);

    public bool MayBringIn => viewer.May(Power.BringIn) && Labels.Choices.Count > 0;

    /// <summary>Begins with a source that more is to be added to, and how it was labelled the last time.</summary>
    public void Begin(SourceSummary known)
    {
        SourceName = known.Source.Name;
        Grade = known.Source.Grade;
        if (known.Imports.FirstOrDefault(i => i.Format != "release") is { } last)
            Labels.Begin(last.Label);
    }

    /// <summary>Takes what was sent of the source.</summary>
    public void Read(string? source, string? grade, bool complete, bool opinion, string? schedule, string? dated)
    {
        SourceName = (source ?? "").Trim();
        Grade = grade is "1 reliable" or "2 untested" or "3 not reliable" ? grade : "";
        // Left out, what nobody vouches for would stand as published.
        isNoGrade = Grade.Length == 0 && !string.IsNullOrEmpty(grade);
        Complete = complete;
        Opinion = opinion;
        // What is no schedule is refused, and not left out.
        Schedule =
            string.IsNullOrWhiteSpace(schedule) ? null
            : RecordId.TryParse(schedule.Trim(), null, out var chosen) ? chosen
            : default(RecordId);
        Dated = (dated ?? "").Trim();
    }

    /// <summary>The order, its files kept until they are read; null, with the reasons among the errors, if something is missing or wrong.</summary>
    public async Task<ImportOrder?> Order(
        Uploads uploads,
        IReadOnlyList<IFormFile> files,
        IFormFile? mapping,
        IFormCollection form,
        ModelStateDictionary errors,
        CancellationToken cancellation
    )
    {
        Labels.Read(form);
        CheckFiles(files, errors);
        var columns = await ReadMapping(mapping, errors, cancellation);
        if (SourceName.Length == 0)
            errors.AddModelError("source", "Name the source");
        else if (SourceName.Length > LongestName)
            errors.AddModelError("source", $"Keep the source's name to {LongestName} characters");
        else if (SourceName.Any(char.IsControl))
            errors.AddModelError("source", "Write the source's name on one line");
        if (isNoGrade)
            errors.AddModelError("grade", "Choose how reliable the source is from the list");
        if (Schedule is { } under && !Schedules.Any(s => s.Id == under))
            errors.AddModelError("schedule", "That schedule is closed, or not there any more. Choose another");
        if (Dated.Length > 0 && RetentionWords.Day(Dated) is not { Year: >= 1800 and <= 2200 })
            errors.AddModelError("dated", "Enter the date as year-month-day, such as 2026-03-31");
        else if (RetentionWords.Day(Dated) > Shown.Day(options.Clock.GetUtcNow()))
            errors.AddModelError("dated", "The source’s own date cannot be in the future: it is the day on which what it says was written down");
        var label = Labels.Chosen(errors);
        if (!errors.IsValid || label is null)
            return null;

        var kept = await uploads.Keep(files, cancellation);
        var request = new ImportRequest(SourceName, label, string.Join(", ", kept.Select(k => k.Name)), "")
        {
            Complete = Complete,
            Kind = Opinion ? StatementKind.Opinion : StatementKind.Fact,
            Grade = Grade,
            Schedule = Schedule,
            Dated = RetentionWords.Day(Dated),
        };
        return new ImportOrder(request, kept, columns);
    }

    private void CheckFiles(IReadOnlyList<IFormFile> files, ModelStateDictionary errors)
    {
        if (files.Count == 0)
            errors.AddModelError("file", "Choose a file");
        else if (files.FirstOrDefault(f => f.Length == 0) is { } empty)
            errors.AddModelError("file", files.Count == 1 ? "The file is empty. Choose another" : $"{Uploads.NameOf(empty)} is empty. Choose the others");
        else if (files.Count > MostFiles)
            errors.AddModelError("file", $"Choose at most {MostFiles} files. More can be brought in from the command line, or packed as a zip");
        else if (files.Sum(f => f.Length) > options.LargestImport)
            errors.AddModelError("file", $"{(files.Count == 1 ? "The file is" : "The files are")} too large to bring in here. Use the command line");
    }

    private static async Task<TableMapping?> ReadMapping(IFormFile? file, ModelStateDictionary errors, CancellationToken cancellation)
    {
        if (file is null || file.Length == 0)
            return null;
        if (file.Length > LargestMapping)
        {
            errors.AddModelError("mapping", "The mapping is too large to be one: it is a short text, not the table itself");
            return null;
        }
        using var text = new StreamReader(file.OpenReadStream());
        try
        {
            return TableMapping.Parse(await text.ReadToEndAsync(cancellation));
        }
        catch (FormatException wrong)
        {
            errors.AddModelError("mapping", wrong.Message);
            return null;
        }
    }
}
