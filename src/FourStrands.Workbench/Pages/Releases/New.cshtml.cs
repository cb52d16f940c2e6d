using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FourStrands.Picture;
using FourStrands.Workbench.Showing;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Releases;

/// <summary>Let others see what the own agency knows: choose what, for whom and why; see what it does; order it.</summary>
[OnlyWith(Power.Release)]
[RequestSizeLimit(1024 * 1024)]
[RequestFormLimits(ValueCountLimit = 8192, ValueLengthLimit = 256 * 1024)]
internal sealed class NewModel(Gate gate) : SignedInPage(gate)
{
    /// <summary>Values of a record that are offered; longer lists are released from the command line of their source, as an import.</summary>
    public const int MostOffered = 200;

    private const int LongestValue = 4000;

    /// <summary>The fields that say, with an order, what was shown that it does.</summary>
    private const string Previewed = "previewed";

    private LabelForm? labels;
    private readonly HashSet<string> chosen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> instead = new(StringComparer.Ordinal);

    public RecordView Record { get; private set; } = null!;

    /// <summary>The record, and others of the own agency's that are taken to be the same subject.</summary>
    public IReadOnlyList<RecordView> Records { get; private set; } = [];

    public LabelForm Labels => labels ??= Asking();

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

    /// <summary>What is previewed.</summary>
    public ReleaseOrder? Ordered { get; private set; }

    /// <summary>What is different from what was previewed when it was ordered; then nothing was ordered.</summary>
    public IReadOnlyList<string> Changed { get; private set; } = [];

    /// <summary>True if something that was chosen is not there any more.</summary>
    public bool IsMissing => chosen.Except(Records.SelectMany(Offered).Select(Subjects.Mark), StringComparer.Ordinal).Any();

    /// <summary>The form as it was sent, to be sent again with the order.</summary>
    public IEnumerable<(string Name, string Value)> Sent =>
        Request.Form.Where(f => f.Key is not ("form-token" or Previewed)).SelectMany(f => f.Value.OfType<string>().Select(v => (f.Key, v)));

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
            Look(order);
        return Page();
    }

    public async Task<IActionResult> OnPostEdit(RecordId record, CancellationToken cancellation) => await Read(record, cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostOrder(RecordId record, CancellationToken cancellation)
    {
        if (!await Read(record, cancellation))
            return NotFound();
        if (Order() is not { } order || !Look(order))
            return Page();
        // What they agreed to by pressing the button is what they were shown, and nothing else.
        Changed = Differences([.. Request.Form[Previewed].OfType<string>()], Marked(ReleaseWords.Lines(order, Preview!, View, People)));
        if (Changed.Count > 0)
            return Page();
        try
        {
            return Redirect($"/releases/{Gate.Releases.Order(Viewer, order, Preview).Id}");
        }
        catch (ReleaseException problem)
        {
            ModelState.AddModelError(problem.Field.Length > 0 ? problem.Field : "values", problem.Message);
            Preview = null;
            return Page();
        }
    }

    /// <summary>Lines of a preview as the form keeps them: each with a mark of all of it, and as much of it as is shown again if it has changed.</summary>
    public static IReadOnlyList<string> Marked(IEnumerable<string> lines) =>
        [.. lines.Select(l => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(l)).AsSpan(0, 8))} {(l.Length <= 200 ? l : $"{l[..200]}…")}")];

    private static IReadOnlyList<string> Differences(IReadOnlyList<string> before, IReadOnlyList<string> now)
    {
        if (before.Count == 0)
            return ["Look at what it does first. This is it."];
        var (was, lost) = (Counted(before), new List<string>());
        List<string> come = [];
        foreach (string line in now)
        {
            if (was.TryGetValue(Mark(line), out var known) && known.Count > 0)
                known.Dequeue();
            else
                come.Add($"New since you looked. {Words(line)}");
        }
        foreach (string line in was.Values.SelectMany(l => l))
            lost.Add($"Not so any more. {Words(line)}");
        return [.. lost, .. come];

        static string Mark(string line) => line.Split(' ', 2)[0];
        static string Words(string line) => line.Split(' ', 2)[^1];
        static Dictionary<string, Queue<string>> Counted(IEnumerable<string> lines) =>
            lines.GroupBy(Mark, StringComparer.Ordinal).ToDictionary(g => g.Key, g => new Queue<string>(g), StringComparer.Ordinal);
    }

    /// <summary>Works out what it does.</summary>
    /// <returns>False, with the reasons among the errors, if it cannot be done.</returns>
    private bool Look(ReleaseOrder order)
    {
        var preview = Gate.Releases.Preview(Viewer, order);
        foreach (string why in preview.Refused)
            ModelState.AddModelError(ReleasePreview.FieldOf(why) is { Length: > 0 } field ? field : "values", why);
        if (preview.Refused.Count > 0)
            return false;
        (Ordered, Preview) = (order, preview);
        return true;
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

    private LabelForm Asking()
    {
        var form = new LabelForm(Viewer, Gate.People)
        {
            Question = "Who may see it, or whose searches are you to be told of?",
            Hint = "For an alert, the agencies whose searches you are to be told of: they see nothing.",
        };
        form.ChooseNothing();
        return form;
    }

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
        if (Reason.Length > Picture.Releases.LongestReason)
            ModelState.AddModelError("reason", $"Keep it to {Shown.Number(Picture.Releases.LongestReason)} characters: it has {Shown.Number(Reason.Length)}");
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
