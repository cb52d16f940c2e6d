using System.Text.Json;
using FourStrands.Picture.Memory;
using FourStrands.Picture.Store;

namespace FourStrands.Picture;

/// <summary>
/// Releases: a named person's recorded acts by which others see more of what the own agency knows. Together with rights that are given, the only way
/// in which anything ever becomes wider. Each is kept under a label that those satisfy who see all that it is made of.
/// </summary>
public sealed partial class Releases
{
    /// <summary>The longest reason, in characters.</summary>
    public const int LongestReason = ReleaseRules.LongestReason;

    private const string Kept = "release",
        SecondAgreed = "Agreed",
        OriginatorAgreed = "Went on, as the originator agreed";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(10 * 366);

    private readonly Gate gate;
    private readonly Pointers pointers = new();
    private readonly Lock changing = new();
    private readonly Lock counting = new();
    private readonly PriorityQueue<RecordId, DateTimeOffset> ending = new();
    private long nextEnd = long.MaxValue;

    internal Releases(Gate gate)
    {
        this.gate = gate;
        foreach (var (document, _, _) in gate.Store.Documents(Kept, null))
        {
            var release = Read(document);
            if (release.State == ReleaseState.Out)
                Follow(release);
        }
        EndUnclaimed();
        // A release that quoted what was erased is gone with it, and so is what it carried, or pointed at. Within the turn of whoever erases.
        gate.Erasures.Erased += (_, _) =>
        {
            pointers.Keep([.. gate.Store.Documents(Kept, null).Select(d => d.Document.Id)]);
            Link(EndUnclaimed());
        };
    }

    /// <summary>Raised when what was released is seen no more, with the label that it bore: what was worked out from it for those who saw it is to be dropped.</summary>
    public event EventHandler<GoneEventArgs>? Ended;

    /// <summary>The releases of the own agency that the viewer may know of, newest first.</summary>
    public IReadOnlyList<Release> All(Viewer by)
    {
        Demand(by);
        TryKeepLookedFor();
        return [.. gate.For(by).Documents(Kept).Where(d => IsOwn(d, by)).Select(Read)];
    }

    /// <summary>One of them; null if there is none of that identifier.</summary>
    public Release? Find(Viewer by, RecordId id)
    {
        Demand(by);
        TryKeepLookedFor();
        return gate.For(by).Read(id) is { Kind: Kept } document && IsOwn(document, by) ? Read(document) : null;
    }

    /// <summary>Orders a release. It is out at once, unless an originator or a second person has to agree first.</summary>
    /// <param name="by">Who orders it.</param>
    /// <param name="order">What.</param>
    /// <param name="looked">What they were shown that it does: if it does anything else by now, it is not ordered. Null if they were shown nothing.</param>
    /// <exception cref="ReleaseException">It cannot be done; the message says why.</exception>
    public Release Order(Viewer by, ReleaseOrder order, ReleasePreview? looked = null)
    {
        Demand(by);
        if (order.Reason.Trim().Length == 0)
            throw new ReleaseException("Say why: it is kept with the release", "reason");
        if (order.Reason.Length > ReleaseRules.LongestReason)
            throw new ReleaseException($"Keep the reason to {ReleaseRules.LongestReason:N0} characters", "reason");
        return InTurn(() =>
        {
            var view = gate.For(by);
            var preview = Preview(by, order);
            if (preview.Refused.Count > 0)
                throw new ReleaseException(preview.Refused[0], ReleaseRules.FieldOf(preview.Refused[0]));
            if (looked is not null && !preview.SaysSameAs(looked))
                throw new ReleaseException("What it does has changed since you looked at it. Look again");
            if (preview.Originators.Count > 0 && order.ToProvider.Trim().Length == 0)
                throw new ReleaseException("Say what those who provided it are told: they are asked first", "toProvider");
            // What cannot go with it is no part of it, and not kept with it.
            order = order with
            {
                Label = preview.Label,
                Values = [.. preview.Records.SelectMany(r => r.Shown.Concat(r.Known))],
            };
            var now = gate.Clock.GetUtcNow();
            var release = new Release(order, by.Name, by.DisplayName, by.Agency, now, ReleaseState.WaitsForSecond, [], [], [])
            {
                KeptUnder = LabelOf(by, order, preview),
            };
            release = With(release, by.DisplayName, "Ordered it");
            List<RecordId> requests = [];
            foreach (string originator in preview.Originators)
                requests.Add(gate.Requests.AskOriginator(by, originator, preview, order.ToProvider).Id);
            release = release with { Requests = requests, State = requests.Count > 0 ? ReleaseState.WaitsForOriginator : ReleaseState.WaitsForSecond };
            release = Keep(view, release);
            return requests.Count == 0 && preview.SecondBecause.Count == 0 ? PutOut(view, release) : release;
        });
    }

    /// <summary>Goes on with a release of which all originators have agreed.</summary>
    /// <exception cref="ReleaseException">They have not, or it does not wait for them.</exception>
    public Release GoOn(Viewer by, RecordId id) =>
        InTurn(() =>
        {
            var view = gate.For(by);
            var release = Waiting(by, id, ReleaseState.WaitsForOriginator);
            foreach (var answer in release.Requests.Select(r => gate.Requests.Find(by, r)?.Answer))
            {
                if (answer is null)
                    throw new ReleaseException("The originator has not answered yet");
                if (!answer.Agreed)
                    return Keep(view, With(release, by.DisplayName, $"The originator did not agree: {answer.Text}") with { State = ReleaseState.Refused });
            }
            release = With(release, by.DisplayName, OriginatorAgreed);
            var preview = PreviewForAll(release, by, view);
            return preview.SecondBecause.Count > 0 ? Keep(view, release with { State = ReleaseState.WaitsForSecond }) : PutOut(view, release);
        });

    /// <summary>Agrees to a release as the second person: it is out.</summary>
    /// <exception cref="ReleaseException">It does not wait for that, or the same person ordered it.</exception>
    public Release Agree(Viewer by, RecordId id) =>
        InTurn(() =>
        {
            var release = Waiting(by, id, ReleaseState.WaitsForSecond);
            if (release.By == by.Name)
                throw new ReleaseException("You ordered it: somebody else has to agree");
            return PutOut(gate.For(by), With(release, by.DisplayName, SecondAgreed));
        });

    /// <summary>Refuses a release that waits, or takes back what one ordered before it is out.</summary>
    public Release Refuse(Viewer by, RecordId id, string reason)
    {
        reason = Reason(reason);
        lock (changing)
        {
            var release = Waiting(by, id, ReleaseState.WaitsForSecond, ReleaseState.WaitsForOriginator);
            return Keep(gate.For(by), With(release, by.DisplayName, $"Refused it: {reason}") with { State = ReleaseState.Refused });
        }
    }

    /// <summary>Takes back a release that is out: its audience sees it no more, and is told that it was taken back, and why.</summary>
    public Release TakeBack(Viewer by, RecordId id, string reason)
    {
        reason = Reason(reason);
        Release release;
        List<ImportRow> ended;
        lock (changing)
        {
            var view = gate.For(by);
            release = Waiting(by, id, ReleaseState.Out);
            ended = End(release, gate.Clock.GetUtcNow());
            release = Keep(view, With(release, by.DisplayName, $"Took it back: {reason}") with { State = ReleaseState.TakenBack });
            view.Log("take release back", reason, release.Order.Values.Select(v => v.Record).Distinct());
            gate.Requests.Notify(by, release, reason);
        }
        // Not under the lock: comparing passes the turn on to others, who may want it.
        CompareAnew(ended);
        return release;
    }

    /// <summary>The agencies that ask to be contacted about what the viewer looked for.</summary>
    internal IReadOnlyList<Pointer> PointersTo(Viewer viewer, string text)
    {
        var found = pointers.Find(viewer, text);
        if (viewer.Emergency is { } emergency)
        {
            // Of an agency that is named to them anyway no more is said.
            var named = pointers.Find(emergency.Otherwise, text).Select(p => p.Agency).ToHashSet(StringComparer.Ordinal);
            gate.EmergencyReads.Shown(viewer, found.Where(p => !named.Contains(p.Agency)).Select(p => (p.Agency, p.Label, p.Release)));
        }
        return
        [
            .. found
                .Select(p => p.Agency)
                .Distinct(StringComparer.Ordinal)
                .Select(a => new Pointer(a, gate.People.NameOf(a), gate.People.Agency(a)?.Desk ?? ""))
                .OrderBy(p => p.AgencyName, StringComparer.Ordinal)
                .ThenBy(p => p.Agency, StringComparer.Ordinal),
        ];
    }

    /// <summary>Ends what has run out. Called before every view, so that nobody sees it a moment longer.</summary>
    internal void EndWhatRanOut()
    {
        var now = gate.Clock.GetUtcNow();
        if (now.UtcTicks < Volatile.Read(ref nextEnd))
            return;
        List<ImportRow> ended = [];
        // Not the lock of those who order releases: they may wait for somebody's import to end.
        lock (counting)
        {
            while (ending.TryPeek(out var id, out var until) && until <= now)
            {
                foreach (var (document, _, _) in gate.Store.Documents(Kept, id))
                {
                    var release = Read(document);
                    // It may have been taken back meanwhile.
                    if (release.State != ReleaseState.Out)
                        continue;
                    // The time that was given it, not that at which somebody happened to ask: who asks is no matter of its readers.
                    ended.AddRange(End(release, until));
                    release = With(release, "FourStrands", "It ran out", until) with { State = ReleaseState.Ended };
                    gate.Store.Rewrite(document with { Content = JsonSerializer.Serialize(release, StoredJson.Options), At = until });
                }
                // Last: what could not be written is done the next time that somebody asks.
                ending.Dequeue();
            }
            Volatile.Write(ref nextEnd, ending.TryPeek(out _, out var next) ? next.UtcTicks : long.MaxValue);
        }
        CompareAnew(ended);
    }

    /// <summary>
    /// What it would do, over what all see who know of it: what whoever goes on with it sees besides must not decide whether it goes out, which the others see.
    /// </summary>
    private ReleasePreview PreviewForAll(Release release, Viewer by, View view) => Preview(by, view.AsSeenUnder(release.KeptUnder), release.Order);

    /// <summary>Makes it seen, or puts the pointer out.</summary>
    private Release PutOut(View view, Release release)
    {
        var now = gate.Clock.GetUtcNow();
        if (release.Order.Until <= now)
            throw new ReleaseException("The day on which it was to end has passed. Refuse it, and order it anew");
        var preview = PreviewForAll(release, view.Viewer, view);
        if (preview.Refused.Count > 0)
            throw new ReleaseException(preview.Refused[0]);
        // What was agreed to is what goes out, or nothing.
        if (
            !preview.Label.Equals(release.Order.Label)
            || !release.KeptUnder.Implies(LabelOf(view.Viewer, release.Order, preview))
            || (preview.Originators.Count > 0 && !release.Requests.All(r => gate.Requests.Find(view.Viewer, r)?.Answer is { Agreed: true }))
            || preview.Originators.Count > release.Requests.Count
            || (release.Order.Kind == ReleaseKind.Content && preview.Records.Sum(r => r.Shown.Count + r.Known.Count) != release.Order.Values.Count)
        )
            throw new ReleaseException("It has changed since it was ordered, or who provided it does not agree any more. Refuse it, and order it anew");
        try
        {
            IReadOnlyList<RecordId> imports = release.Order.Kind == ReleaseKind.Content ? Carry(view, release, preview) : [];
            release = Keep(
                view,
                With(
                    release,
                    view.Viewer.DisplayName,
                    release.Order.Kind switch
                    {
                        ReleaseKind.Content => "It is out",
                        ReleaseKind.Pointer => "The pointer is out",
                        _ => "The alert is set",
                    }
                ) with
                {
                    State = ReleaseState.Out,
                    Imports = imports,
                }
            );
        }
        catch (Exception problem)
        {
            EndUnclaimed();
            if (problem is KeyNotFoundException)
                throw new ReleaseException("It was erased meanwhile");
            throw;
        }
        Follow(release);
        // Of an alert nobody is shown anything.
        view.Log(
            release.Order.Kind == ReleaseKind.Alert ? "watch" : "release",
            $"{release.Order.Label}: {release.Order.Reason}",
            release.Order.Values.Select(v => v.Record).Distinct()
        );
        return release;
    }

    private void Follow(Release release)
    {
        if (release.Order.Kind != ReleaseKind.Content)
            pointers.Add(release, gate.Engine);
        if (release.Order.Until is not { } until)
            return;
        lock (counting)
        {
            ending.Enqueue(release.Id, until);
            Volatile.Write(ref nextEnd, ending.TryPeek(out _, out var next) ? next.UtcTicks : long.MaxValue);
        }
    }

    /// <summary>The sanitised releases, of those that the viewer may know of: what they show is a record of their own.</summary>
    internal static IEnumerable<Release> Sanitised(Viewer by, IEnumerable<(Document Document, int Label, string Agency)> documents) =>
        documents
            .Where(d => d.Document.Kind == Kept && d.Agency == by.Agency && by.MaySee(d.Document.Label))
            .Select(d => Read(d.Document))
            .Where(r => r.Order.SourceName is not null);

    /// <summary>Did one of these sanitised releases make that judgement by itself, of a record and what it shows in its place? Then nobody judged a match.</summary>
    internal bool IsOfSanitising(Judgement judgement, IEnumerable<Release> releases) =>
        judgement.Reason.StartsWith(SanitisedBecause, StringComparison.Ordinal)
        && releases.Any(r => SeenAs(r, judgement.Left) == judgement.Right || SeenAs(r, judgement.Right) == judgement.Left);

    /// <summary>What such releases say elsewhere in place of some values.</summary>
    internal IEnumerable<(RecordId Record, string Property, string Value)> SanitisedFrom(IEnumerable<Release> releases, Predicate<ReleasedValue> among)
    {
        foreach (var release in releases)
        {
            foreach (var value in release.Order.Values.Where(v => among(v)))
            {
                string said = RecordId.TryParse(value.Value, null, out var end) ? SeenAs(release, end).ToString() : value.As ?? value.Value;
                yield return (SeenAs(release, value.Record), value.Property, said);
            }
        }
    }

    /// <summary>The record as which those see one of its records whom it is released to.</summary>
    internal RecordId SeenAs(Release release, RecordId record) =>
        release.Order.SourceName is { } name ? gate.Engine.IdentifyRecord(release.Agency, name.Trim(), KeyOf(release, record)) : record;

    /// <summary>The reference under which a sanitised release shows a record: it tells nothing of it.</summary>
    private string KeyOf(Release release, RecordId record) => gate.Engine.Identify("released", release.Id.ToString(), record.ToString()).ToString();

    /// <summary>
    /// What was carried into the picture by a release that is not out: it was broken off before it was kept as being out, or before all of it had ended, by a fault or
    /// because the program ended. It is taken out again.
    /// </summary>
    private List<ImportRow> EndUnclaimed()
    {
        HashSet<RecordId> claimed =
        [
            .. gate.Store.Documents(Kept, null).Select(d => Read(d.Document)).Where(r => r.State == ReleaseState.Out).SelectMany(r => r.Imports),
        ];
        var unclaimed = ImportsOf(i => i is { Ended: null, IsRelease: true } && !claimed.Contains(i.Id));
        foreach (var import in unclaimed)
            gate.Store.End(import, gate.Clock.GetUtcNow());
        return unclaimed;
    }

    /// <summary>Its audience sees it no more.</summary>
    /// <returns>The imports that ended, whose records are to be compared anew.</returns>
    private List<ImportRow> End(Release release, DateTimeOffset at)
    {
        pointers.Remove(release.Id);
        var ended = ImportsOf(i => i.Ended is null && release.Imports.Contains(i.Id));
        try
        {
            foreach (var import in ended)
                gate.Store.End(import, at);
        }
        catch (Microsoft.Data.Sqlite.SqliteException problem)
        {
            throw Database.Explain(problem);
        }
        finally
        {
            if (release.Order.Kind == ReleaseKind.Content)
                Ended?.Invoke(this, new GoneEventArgs([release.Order.Label]));
        }
        return ended;
    }

    /// <summary>
    /// Does something that may put a release out: within a turn, so that nothing is erased or brought in between what is looked at and what is done; and compares its records
    /// with the others once the lock is given back, which may take longer.
    /// </summary>
    private Release InTurn(Func<Release> act)
    {
        gate.Changing.Enter();
        try
        {
            Release done;
            lock (changing)
                done = act();
            Link(ImportsOf(i => done.Imports.Contains(i.Id)));
            return done;
        }
        finally
        {
            gate.Changing.Exit();
        }
    }

    private List<ImportRow> ImportsOf(Func<ImportRow, bool> wanted)
    {
        gate.Engine.Lock.EnterReadLock();
        try
        {
            return [.. gate.Engine.Imports.Where(wanted)];
        }
        finally
        {
            gate.Engine.Lock.ExitReadLock();
        }
    }

    /// <summary>Compares records of these imports, and of no others: what waits of somebody else's goes on waiting. For whoever has the turn.</summary>
    private void Link(List<ImportRow> imports)
    {
        try
        {
            foreach (var import in imports)
                gate.Store.Link(import, null, CancellationToken.None);
        }
        catch (Microsoft.Data.Sqlite.SqliteException problem)
        {
            throw Database.Explain(problem);
        }
    }

    /// <summary>What rested on what ended is compared anew: at once, or as soon as nobody else changes the picture.</summary>
    private void CompareAnew(List<ImportRow> ended)
    {
        if (ended.Count == 0)
            return;
        if (gate.Changing.TryEnter())
        {
            Compare();
            return;
        }
        _ = Task.Run(() =>
        {
            try
            {
                gate.Changing.Enter();
                Compare();
            }
            catch (Exception problem) when (problem is StoreException or ObjectDisposedException or InvalidOperationException)
            {
                // The store was closed meanwhile: it is done at the next start.
            }
        });

        void Compare()
        {
            try
            {
                Link(ended);
            }
            finally
            {
                gate.Changing.Exit();
            }
        }
    }

    private static Release Keep(View view, Release release)
    {
        string content = JsonSerializer.Serialize(release, StoredJson.Options);
        var document = view.Write(Kept, content, release.KeptUnder, release.Id == default ? null : release.Id);
        return release with { Id = document.Id };
    }

    private static Release Read(Document document) =>
        JsonSerializer.Deserialize<Release>(document.Content, StoredJson.Options)! with
        {
            Id = document.Id,
            KeptUnder = document.Label,
        };

    private static Release With(Release release, string by, string what, DateTimeOffset at) =>
        release with
        {
            Steps = [.. release.Steps, new ReleaseStep(at, by, what)],
        };

    private Release With(Release release, string by, string what) => With(release, by, what, gate.Clock.GetUtcNow());

    private static bool IsOwn(Document document, Viewer by) => Read(document).Agency == by.Agency;

    private Release Waiting(Viewer by, RecordId id, params ReadOnlySpan<ReleaseState> states)
    {
        var release = Find(by, id) ?? throw new ReleaseException("There is no such release");
        return states.Contains(release.State) ? release : throw new ReleaseException("Somebody has decided on it meanwhile");
    }

    private static string Reason(string reason)
    {
        reason = reason.Trim();
        if (reason.Length is 0 or > ReleaseRules.LongestReason)
            throw new ReleaseException($"Say why, in at most {ReleaseRules.LongestReason:N0} characters", "reason");
        return reason;
    }

    private static void Demand(Viewer by)
    {
        if (!by.May(Power.Release))
            throw new UnauthorizedAccessException("Your role does not release what the agency knows. Ask a liaison officer of your agency.");
    }
}
