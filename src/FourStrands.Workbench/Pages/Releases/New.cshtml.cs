using System.Globalization;
using FourStrands.Picture;
using FourStrands.Workbench.Showing;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Releases;

/// <summary>Let others see what the own agency knows: choose what, for whom and why; see what it does; order it.</summary>
[OnlyWith(Power.Release)]
[RequestFormLimits(ValueCountLimit = 4096, ValueLengthLimit = 16 * 1024)]
internal sealed class NewModel(Gate gate) : SignedInPage(gate)
{
    /// <summary>Values of a record that are offered; longer lists are released from the command line of their source, as an import.</summary>
    public const int MostOffered = 200;

    private const int LongestValue = 4000;

    private LabelForm? labels;
    private readonly HashSet<string> chosen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> instead = new(StringComparer.Ordinal);

    public RecordView Record { get; private set; } = null!;

    /// <summary>The record, and others of the own agency's that are taken to be the same subject.</summary>
    public IReadOnlyList<RecordView> Records { get; private set; } = [];

    public LabelForm Labels => labels ??= new LabelForm(Viewer, Gate.People);

    public People People => Gate.People;

    public ReleaseKind Kind { get; private set; }

    public bool IsPointer => Kind == ReleaseKind.Pointer;

    public bool IsAlert => Kind == ReleaseKind.Alert;

    public bool IsSanitised { get; private set; }

    public string SourceName { get; private set; } = "";

    public string Until { get; private set; } = "";

    public string Permission { get; private set; } = "";

    public string ToProvider { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public ReleasePreview? Preview { get; private set; }

    /// <summary>The form as it was sent, to be sent again with the order.</summary>
    public IEnumerable<(string Name, string Value)> Sent =>
        Request.Form.Where(f => f.Key != "form-token").SelectMany(f => f.Value.OfType<string>().Select(v => (f.Key, v)));

    public IActionResult OnGet(RecordId record)
    {
        if (!Load(record))
            return NotFound();
        // All of the record to begin with, but what is long.
        foreach (var said in Offered(Record))
            chosen.Add(Subjects.Mark(said));
        SourceName = $"Released by {Viewer.AgencyName}";
        return Page();
    }

    public async Task<IActionResult> OnPostPreview(RecordId record, CancellationToken cancellation)
    {
        if (!await Read(record, cancellation))
            return NotFound();
        if (Order() is { } order)
        {
            Preview = Gate.Releases.Preview(Viewer, order);
            foreach (string why in Preview.Refused)
                ModelState.AddModelError("values", why);
            if (Preview.Refused.Count > 0)
                Preview = null;
        }
        return Page();
    }

    public async Task<IActionResult> OnPostEdit(RecordId record, CancellationToken cancellation) => await Read(record, cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostOrder(RecordId record, CancellationToken cancellation)
    {
        if (!await Read(record, cancellation))
            return NotFound();
        if (Order() is not { } order)
            return Page();
        try
        {
            return Redirect($"/releases/{Gate.Releases.Order(Viewer, order).Id}");
        }
        catch (ReleaseException problem)
        {
            ModelState.AddModelError(problem.Field.Length > 0 ? problem.Field : "values", problem.Message);
            return Page();
        }
    }

    /// <summary>What of a record is offered: each value once.</summary>
    public static IEnumerable<Said> Offered(RecordView record) =>
        record
            .Statements.Where(s => s.Value.Length <= LongestValue)
            .DistinctBy(s => (s.Property.Name, s.Value))
            .OrderByDescending(s => record.Schema.Caption.Contains(s.Property))
            .ThenByDescending(s => s.Property.IsFeatured)
            .ThenBy(s => s.Property.Label, StringComparer.Ordinal)
            .ThenBy(s => s.Value, StringComparer.Ordinal)
            .Take(MostOffered);

    public bool IsChosen(Said said) => chosen.Contains(Subjects.Mark(said));

    public string Instead(Said said) => instead.GetValueOrDefault(Subjects.Mark(said), "");

    /// <summary>A tie's end by name.</summary>
    public string Words(Said said) => ReleaseWords.Value(new ReleasedValue(said.Record, said.Property.Name, said.Value), View);

    private bool Load(RecordId record)
    {
        if (View.Find(record) is not { } entity)
            return false;
        Record = entity.Records.First(r => r.Id == record);
        if (Record.Source.Owner != Viewer.Agency)
            return false;
        Records = [Record, .. entity.Records.Where(r => r.Id != record && r.Source.Owner == Viewer.Agency).Take(9)];
        return true;
    }

    private async Task<bool> Read(RecordId record, CancellationToken cancellation)
    {
        if (!Load(record))
            return false;
        var form = await Request.ReadFormAsync(cancellation);
        Labels.Read(form);
        chosen.UnionWith(form["values"].OfType<string>());
        foreach (var (name, value) in form)
        {
            if (name.StartsWith("as-", StringComparison.Ordinal) && value.ToString().Trim() is { Length: > 0 } text)
                instead[name[3..]] = text;
        }
        Kind =
            form["kind"] == "pointer" ? ReleaseKind.Pointer
            : form["kind"] == "alert" ? ReleaseKind.Alert
            : ReleaseKind.Content;
        IsSanitised = form["sanitise"] == "true";
        SourceName = form["sourceName"].ToString().Trim();
        Until = form["until"].ToString().Trim();
        Permission = form["permission"].ToString().Trim();
        ToProvider = form["toProvider"].ToString().Trim();
        Reason = form["reason"].ToString().Trim();
        return true;
    }

    private ReleaseOrder? Order()
    {
        var label = Labels.Chosen(ModelState);
        DateTimeOffset? until = null;
        if (Until.Length > 0)
        {
            if (DateOnly.TryParseExact(Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2200)
                until = Shown.StartOf(day.AddDays(1)).ToUniversalTime();
            else
                ModelState.AddModelError("until", "Enter the last day as year-month-day, such as 2027-03-31");
        }
        if (Reason.Length == 0)
            ModelState.AddModelError("reason", "Say why: it is kept with the release");
        if (ToProvider.Length > 1000)
            ModelState.AddModelError("toProvider", "Keep it to 1,000 characters");
        if (Permission.Length > 1000)
            ModelState.AddModelError("permission", "Keep it to 1,000 characters");
        List<ReleasedValue> values = [];
        foreach (var said in Records.SelectMany(Offered).Where(IsChosen))
        {
            string other = IsSanitised && Kind == ReleaseKind.Content && !said.Property.Type.IsEntity ? Instead(said) : "";
            if (other.Length > 0 && said.Property.Type.Clean(other) is not { Length: > 0 })
                ModelState.AddModelError($"as-{Subjects.Mark(said)}", $"“{other}” is not a {said.Property.Label.ToLowerInvariant()}");
            values.Add(new ReleasedValue(said.Record, said.Property.Name, said.Value) { As = other.Length > 0 ? said.Property.Type.Clean(other) : null });
        }
        if (!ModelState.IsValid || label is null)
            return null;
        return new ReleaseOrder(values, label, Reason)
        {
            Kind = Kind,
            Until = until,
            SourceName = IsSanitised && Kind == ReleaseKind.Content ? SourceName : null,
            Permission = Permission,
            ToProvider = ToProvider,
        };
    }
}
