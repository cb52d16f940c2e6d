namespace FourStrands.Picture;

/// <summary>What becomes of a release when what it shows was wrong.</summary>
public sealed partial class Releases
{
    /// <summary>The releases that are out, that the person may know of, and that show any of it: of what is said under a label that everybody sees who knows of the release.</summary>
    internal IReadOnlyList<Release> Showing(Viewer by, IReadOnlyDictionary<int, (ReleasedValue Value, Label Label)> said) =>
        [.. Out(by).Where(r => by.MaySee(r.KeptUnder) && IsShown(r, said.Values)).OrderBy(r => r.At).ThenBy(r => r.Id)];

    /// <summary>
    /// Why a release cannot be put right by this person alone; empty if it can, as far as it shows before it is done. Nobody gets by that way around those who have to agree.
    /// </summary>
    internal static string EndsBecause(Viewer by, Release release) =>
        !by.May(Power.Release) ? "Your role does not release"
        : release.Steps.Any(s => s.What is SecondAgreed or OriginatorAgreed) ? "Somebody else had to agree to it"
        : release.Order.Values.Any(v => v.As is not null) ? "It was put in other words"
        : "";

    /// <summary>
    /// Corrects what was released, for whoever has the turn: the right value takes the wrong one's place, or the release ends; and its audience is told. The desk is told
    /// of releases that whoever corrects may not know of.
    /// </summary>
    /// <param name="by">Who corrects.</param>
    /// <param name="said">The statements that were wrong, with what they said under which label.</param>
    /// <param name="right">What takes a value's place; null for nothing.</param>
    /// <param name="replaces">False if every release ends that showed any of it.</param>
    /// <param name="reason">What was wrong.</param>
    /// <returns>Imports that are to be compared with the others.</returns>
    internal IReadOnlyList<RecordId> Correct(
        Viewer by,
        IReadOnlyDictionary<int, (ReleasedValue Value, Label Label)> said,
        Func<ReleasedValue, ReleasedValue?> right,
        bool replaces,
        string reason
    )
    {
        List<RecordId> changed = [];
        lock (changing)
        {
            var view = gate.For(by);
            foreach (var release in Out(by).Where(r => IsShown(r, said.Values)).OrderBy(r => r.At).ThenBy(r => r.Id).ToList())
            {
                if (!by.MaySee(release.KeptUnder))
                {
                    gate.Requests.TellDesk(by, release, said.Values.First(v => IsShown(release, [v])).Label);
                    continue;
                }
                List<ReleasedValue> values = [];
                List<(ReleasedValue Was, ReleasedValue? Now)> changes = [];
                foreach (var value in release.Order.Values)
                {
                    var now = IsShown(release, value, said.Values) ? right(value) : value;
                    if (now != value)
                        changes.Add((value, now));
                    if (now is not null)
                        values.Add(now);
                }
                bool stays = replaces && values.Count > 0 && EndsBecause(by, release).Length == 0;
                changed.AddRange(release.Imports);
                changed.AddRange(Correct(view, release, values, changes, stays, reason));
            }
        }
        return changed;
    }

    /// <summary>Compares records of these imports with the others, for whoever has the turn.</summary>
    internal void CompareInTurn(IReadOnlyCollection<RecordId> imports) => Link(ImportsOf(i => imports.Contains(i.Id)));

    /// <summary>It ends first, and is out again once it says what is right: if that is broken off, its audience sees too little and never what was wrong.</summary>
    private IReadOnlyList<RecordId> Correct(
        View view,
        Release release,
        List<ReleasedValue> values,
        List<(ReleasedValue Was, ReleasedValue? Now)> changes,
        bool stays,
        string reason
    )
    {
        string by = view.Viewer.DisplayName;
        release = Keep(view, With(release, by, $"What it showed was wrong: {reason}") with { State = ReleaseState.TakenBack });
        End(release, gate.Clock.GetUtcNow());
        IReadOnlyList<RecordId> imports = [];
        if (stays)
        {
            var order = release.Order with { Values = values };
            var preview = Preview(view.Viewer, order);
            // The same rules as when it was ordered: what would need others' word now is not let out again.
            stays =
                preview.Refused.Count == 0
                && preview.SecondBecause.Count == 0
                && preview.Originators.Count == 0
                && preview.Label.Equals(release.Order.Label)
                && (order.Kind != ReleaseKind.Content || preview.Records.Any(r => r.Shown.Count > 0));
            if (stays)
            {
                imports = order.Kind == ReleaseKind.Content ? Carry(view, release with { Order = order }, preview) : [];
                release = Keep(view, With(release, by, "It is out again, corrected") with { State = ReleaseState.Out, Order = order, Imports = imports });
                Follow(release);
                view.Log("release", $"{release.Order.Label}: corrected, {reason}", values.Select(v => v.Record).Distinct());
            }
        }
        gate.Requests.Notify(view.Viewer, release, reason, stays ? changes : changes.ConvertAll(c => (c.Was, (ReleasedValue?)null)), ended: !stays);
        return imports;
    }

    private IEnumerable<Release> Out(Viewer by) =>
        gate.Store.Documents(Kept, null).Where(d => d.Agency == by.Agency).Select(d => Read(d.Document)).Where(r => r.State == ReleaseState.Out);

    private static bool IsShown(Release release, IEnumerable<(ReleasedValue Value, Label Label)> said) =>
        release.Order.Values.Any(v => IsShown(release, v, said));

    /// <summary>A statement that not all see who know of the release is no matter of it: that it was wrong must not show there.</summary>
    private static bool IsShown(Release release, ReleasedValue value, IEnumerable<(ReleasedValue Value, Label Label)> said) =>
        said.Any(s =>
            s.Value.Record == value.Record && s.Value.Property == value.Property && s.Value.Value == value.Value && release.KeptUnder.Implies(s.Label)
        );
}
