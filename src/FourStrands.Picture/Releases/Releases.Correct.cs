namespace FourStrands.Picture;

/// <summary>What becomes of a release when what it shows was wrong.</summary>
public sealed partial class Releases
{
    /// <summary>The releases that are out, that the person may know of, and that show any of it: of what is said under a label that everybody sees who knows of the release.</summary>
    internal IReadOnlyList<Release> Showing(Viewer by, IReadOnlyDictionary<int, (ReleasedValue Value, Label Label)> said)
    {
        var labels = LabelsOf(said);
        return [.. Out(by).Where(r => by.MaySee(r.KeptUnder) && Shown(r, labels).Any()).OrderBy(r => r.At).ThenBy(r => r.Id)];
    }

    /// <summary>
    /// Why a release cannot be put right by this person alone; empty if it can, as far as it shows before it is done. Nobody gets by that way around those who have to agree.
    /// </summary>
    internal static string EndsBecause(Viewer by, Release release) =>
        !by.May(Power.Release) ? "Your role does not release"
        : release.Steps.Any(s => s.What is SecondAgreed or OriginatorAgreed) ? "Somebody else had to agree to it"
        : release.Order.Values.Any(v => v.As is not null) ? "It was put in other words"
        : "";

    /// <summary>
    /// Ends what shows something wrong, for whoever has the turn, and tells its audience: before it is said no more, so that nobody goes on seeing it, or is not told, if that is broken off.
    /// The desk is told of releases that whoever corrects may not know of; those stay.
    /// </summary>
    /// <param name="by">Who corrects.</param>
    /// <param name="said">The statements that are wrong, with what they say under which label.</param>
    /// <param name="right">What takes a value's place; null for nothing.</param>
    /// <param name="replaces">False if every release ends for good that showed any of it.</param>
    /// <param name="reason">What is wrong.</param>
    /// <returns>What ended, for <see cref="PutOutAgain"/>.</returns>
    internal IReadOnlyList<EndedWrong> EndWrong(
        Viewer by,
        IReadOnlyDictionary<int, (ReleasedValue Value, Label Label)> said,
        Func<ReleasedValue, ReleasedValue?> right,
        bool replaces,
        string reason
    )
    {
        List<EndedWrong> ended = [];
        lock (changing)
        {
            var view = gate.For(by);
            var labels = LabelsOf(said);
            foreach (var release in Out(by).Where(r => Shown(r, labels).Any()).OrderBy(r => r.At).ThenBy(r => r.Id).ToList())
            {
                if (!by.MaySee(release.KeptUnder))
                {
                    gate.Requests.TellDesk(by, release, Shown(release, labels).First());
                    continue;
                }
                List<ReleasedValue> values = [];
                List<ReleasedChange> changes = [];
                foreach (var value in release.Order.Values)
                {
                    var now = Shown(release, value, labels).Any() ? right(value) : value;
                    if (now != value)
                        changes.Add(new ReleasedChange(value, now, IsTie(said, value)));
                    if (now is not null)
                        values.Add(now);
                }
                bool stays = replaces && values.Count > 0 && EndsBecause(by, release).Length == 0;
                var notice = gate.Requests.Notify(by, release, reason, changes.ConvertAll(c => c with { Now = null }));
                var over = Keep(view, With(release, by.DisplayName, $"What it showed was wrong: {reason}") with { State = ReleaseState.TakenBack });
                End(over, gate.Clock.GetUtcNow());
                ended.Add(new EndedWrong(over, values, changes, stays, notice));
            }
        }
        return ended;
    }

    /// <summary>
    /// Lets out again, for whoever has the turn, what ended because it was wrong and now says what is right. By the same rules as when it was ordered: what would need others' word now
    /// stays ended.
    /// </summary>
    /// <param name="by">Who corrects.</param>
    /// <param name="ended">What ended.</param>
    /// <param name="reason">What was wrong.</param>
    /// <returns>Imports that are to be compared with the others.</returns>
    internal IReadOnlyList<RecordId> PutOutAgain(Viewer by, IReadOnlyList<EndedWrong> ended, string reason)
    {
        List<RecordId> changed = [];
        lock (changing)
        {
            var view = gate.For(by);
            foreach (var wrong in ended.Where(e => e.Stays))
                changed.AddRange(PutOutCorrected(view, wrong, reason));
        }
        return changed;
    }

    /// <summary>Compares records of these imports with the others, for whoever has the turn.</summary>
    internal void CompareInTurn(IReadOnlyCollection<RecordId> imports) => Link(ImportsOf(i => imports.Contains(i.Id)));

    private IReadOnlyList<RecordId> PutOutCorrected(View view, EndedWrong wrong, string reason)
    {
        var order = wrong.Release.Order with { Values = wrong.Values };
        var preview = PreviewForAll(wrong.Release with { Order = order }, view.Viewer, view);
        if (
            preview.Refused.Count > 0
            || preview.SecondBecause.Count > 0
            || preview.Originators.Count > 0
            || !preview.Label.Equals(order.Label)
            || !wrong.Release.KeptUnder.Implies(LabelOf(view.Viewer, order, preview))
            || (order.Kind == ReleaseKind.Content && preview.Records.All(r => r.Shown.Count == 0))
        )
            return [];
        var release = wrong.Release with { Order = order };
        try
        {
            IReadOnlyList<RecordId> imports = order.Kind == ReleaseKind.Content ? Carry(view, release, preview) : [];
            release = Keep(view, With(release, view.Viewer.DisplayName, "It is out again, corrected") with { State = ReleaseState.Out, Imports = imports });
        }
        catch
        {
            EndUnclaimed();
            throw;
        }
        Follow(release);
        view.Log(order.Kind == ReleaseKind.Alert ? "watch" : "release", $"{order.Label}: corrected, {reason}", wrong.Values.Select(v => v.Record).Distinct());
        gate.Requests.Notify(view.Viewer, release, reason, wrong.Changes, wrong.Notice);
        return release.Imports;
    }

    /// <summary>By what said it: names of properties are not unique.</summary>
    private bool IsTie(IReadOnlyDictionary<int, (ReleasedValue Value, Label Label)> said, ReleasedValue value) =>
        said.Any(s => s.Value.Value == value with { As = null } && gate.Engine.IsPointer(s.Key));

    private IEnumerable<Release> Out(Viewer by) =>
        gate.Store.Documents(Kept, null).Where(d => d.Agency == by.Agency).Select(d => Read(d.Document)).Where(r => r.State == ReleaseState.Out);

    /// <summary>Under which labels each value is said that is wrong.</summary>
    private static ILookup<ReleasedValue, Label> LabelsOf(IReadOnlyDictionary<int, (ReleasedValue Value, Label Label)> said) =>
        said.Values.ToLookup(s => s.Value, s => s.Label);

    /// <summary>The labels of what is wrong that a release shows.</summary>
    private static IEnumerable<Label> Shown(Release release, ILookup<ReleasedValue, Label> labels) =>
        release.Order.Values.SelectMany(v => Shown(release, v, labels));

    /// <summary>A statement that not all see who know of the release is no matter of it: that it was wrong must not show there.</summary>
    private static IEnumerable<Label> Shown(Release release, ReleasedValue value, ILookup<ReleasedValue, Label> labels) =>
        labels[value with { As = null }].Where(release.KeptUnder.Implies);

    /// <summary>A release that ended because what it showed was wrong.</summary>
    /// <param name="Release">The release, taken back.</param>
    /// <param name="Values">What it would show in place of what it showed.</param>
    /// <param name="Changes">What was wrong of it, and what is right; null for nothing.</param>
    /// <param name="Stays">True if it may be let out again, so far as shows before it is done.</param>
    /// <param name="Notice">What its audience was told by.</param>
    internal sealed record EndedWrong(Release Release, List<ReleasedValue> Values, List<ReleasedChange> Changes, bool Stays, RecordId Notice);
}

/// <summary>A value that was wrong of what was released.</summary>
/// <param name="Was">What was said.</param>
/// <param name="Now">What is said now; null for nothing.</param>
/// <param name="IsTie">True if it was a tie to another record.</param>
internal sealed record ReleasedChange(ReleasedValue Was, ReleasedValue? Now, bool IsTie);
