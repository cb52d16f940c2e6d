using FourStrands.Deter.Checks;
using FourStrands.Linkage;
using FourStrands.Picture;
using FourStrands.Workbench.Jobs;
using FourStrands.Workbench.Security;
using FourStrands.Workbench.Showing;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>Are two records the same subject? What speaks for it and against it, and a person's decision.</summary>
internal sealed class MatchModel(Gate gate, CheckJobs checks) : SignedInPage(gate)
{
    public const int LongestReason = 2000;

    public Entity LeftEntity { get; private set; } = null!;

    public Entity RightEntity { get; private set; } = null!;

    public RecordView Left { get; private set; } = null!;

    public RecordView Right { get; private set; } = null!;

    public Explanation? Explanation { get; private set; }

    /// <summary>What people decided of these two, newest first.</summary>
    public IReadOnlyList<Judgement> Judgements { get; private set; } = [];

    public bool Joined => LeftEntity.Id == RightEntity.Id;

    public double? Probability => Explanation?.Probability;

    /// <summary>The check that the person came from, to go back to; it need not exist.</summary>
    public RecordId? Check { get; private set; }

    /// <summary>True right after a decision was kept.</summary>
    public bool Kept { get; private set; }

    public bool MayJudge => BidderChecks.MayJudge(Viewer);

    public Verdict? Chosen { get; private set; }

    public string Reason { get; private set; } = "";

    private const string NoReason = "Give your reason, so that others can follow it";

    public IActionResult OnGet(RecordId left, RecordId right, string? check, string? kept, string? chosen)
    {
        if (!Load(left, right, check))
            return NotFound();
        if (left.CompareTo(right) > 0)
            return Redirect(Address(right, left, check, ReadVerdict(chosen) is null ? null : chosen));
        Kept = kept == "1";
        // From a form that a decision was made in without saying why.
        Chosen = ReadVerdict(chosen);
        if (Chosen is not null)
            ModelState.AddModelError("reason", NoReason);
        return Page();
    }

    public IActionResult OnPost(RecordId left, RecordId right, string? check, string? verdict, string? reason)
    {
        if (!Load(left, right, check))
            return NotFound();
        if (!MayJudge)
            HttpContext.Refuse();
        Reason = (reason ?? "").Trim();
        Chosen = ReadVerdict(verdict);
        if (Chosen is null)
            ModelState.AddModelError("verdict", "Say whether they are the same, different, or that you cannot say");
        if (Reason.Length == 0)
            ModelState.AddModelError("reason", NoReason);
        if (Reason.Length > LongestReason)
            ModelState.AddModelError("reason", $"Keep the reason to {LongestReason:N0} characters");
        if (!ModelState.IsValid || Chosen is not { } chosen || !MayJudge)
            return Page();
        try
        {
            BidderChecks.Judge(View, Left.Id, Right.Id, chosen, Reason);
        }
        catch (ArgumentException refused)
        {
            ModelState.AddModelError("reason", refused.Message);
            return Page();
        }

        checks.Forget(Viewer);
        string back = Address(Left.Id, Right.Id, check);
        return Redirect(back + (back.Contains('?', StringComparison.Ordinal) ? "&kept=1" : "?kept=1"));
    }

    /// <summary>Reads a verdict as forms send it.</summary>
    public static Verdict? ReadVerdict(string? verdict) =>
        verdict switch
        {
            "same" => Verdict.Same,
            "different" => Verdict.Different,
            "unsure" => Verdict.Unsure,
            _ => null,
        };

    /// <summary>The evidence as bars: where each begins and ends on one scale, in weights of evidence.</summary>
    public IEnumerable<(Evidence Evidence, Bar Bar)> Waterfall()
    {
        var (least, most) = Scale();
        double sum = Explanation!.PriorBits;
        foreach (var evidence in Explanation.Evidence)
        {
            yield return (evidence, new Bar(sum, sum + evidence.Bits, least, most, evidence.Bits >= 0 ? "for" : "against"));
            sum += evidence.Bits;
        }
    }

    public Bar StartBar()
    {
        var (least, most) = Scale();
        return new Bar(0, Explanation!.PriorBits, least, most, "start");
    }

    public Bar SumBar()
    {
        var (least, most) = Scale();
        return new Bar(0, Explanation!.PriorBits + Explanation.Evidence.Sum(e => e.Bits), least, most, "sum");
    }

    /// <summary>Properties that either record has, with both records' values.</summary>
    public IEnumerable<(Property Property, IReadOnlyList<Said> Left, IReadOnlyList<Said> Right)> SideBySide() =>
        Left
            .Statements.Concat(Right.Statements)
            .Select(s => s.Property)
            .Where(p => !p.Type.IsEntity && !p.IsHidden)
            .DistinctBy(p => p.Name)
            .OrderByDescending(p => p.IsFeatured)
            .ThenBy(p => p.Label, StringComparer.Ordinal)
            .Select(p => (p, (IReadOnlyList<Said>)[.. Of(Left, p)], (IReadOnlyList<Said>)[.. Of(Right, p)]));

    private static IEnumerable<Said> Of(RecordView record, Property property) => record.Statements.Where(s => s.Property.Name == property.Name);

    private (double Least, double Most) Scale()
    {
        double sum = Explanation!.PriorBits,
            least = Math.Min(0, sum),
            most = Math.Max(0, sum);
        foreach (var evidence in Explanation.Evidence)
        {
            sum += evidence.Bits;
            least = Math.Min(least, sum);
            most = Math.Max(most, sum);
        }

        return (least, most);
    }

    private bool Load(RecordId left, RecordId right, string? check)
    {
        if (left == right || View.Find(left) is not { } leftEntity || View.Find(right) is not { } rightEntity)
            return false;
        (LeftEntity, RightEntity) = (leftEntity, rightEntity);
        Left = leftEntity.Records.First(r => r.Id == left);
        Right = rightEntity.Records.First(r => r.Id == right);
        Check = RecordId.TryParse(check, null, out var id) ? id : null;
        Explanation = View.Explain(left, right);
        Judgements = [.. View.Judgements(leftEntity).Where(j => (j.Left == left && j.Right == right) || (j.Left == right && j.Right == left))];
        return true;
    }

    private static string Address(RecordId left, RecordId right, string? check, string? chosen = null)
    {
        string address = $"/match/{left}/{right}" + (RecordId.TryParse(check, null, out var id) ? $"?check={id}" : "");
        return chosen is null ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}chosen={chosen}";
    }
}
