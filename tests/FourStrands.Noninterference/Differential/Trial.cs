using System.Globalization;
using FourStrands.Noninterference.Histories;

namespace FourStrands.Noninterference.Differential;

/// <summary>An answer that depends on what the viewer may not see.</summary>
internal sealed record Difference(History History, Viewer Viewer, string Question, string Whole, string Without, int Case)
{
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Seed {History.Seed}: {Viewer.Name} ({Viewer.PermissionClass}) is told of what they may not see.
            The history (the least of it that still shows this):
            {History}
            They ask: {Question}
            --- answer over the whole store
            {Whole}
            --- answer over a store that never held what they may not see
            {Without}
            """
        );
}

/// <summary>What somebody asked while an act was being done, and was told.</summary>
internal sealed record Within(Viewer Viewer, Question Question, string Answer);

/// <summary>What came of a history's acts.</summary>
internal sealed record Played(Dictionary<Act, Outcome> Outcomes, Dictionary<Act, List<Within>> Within);

/// <summary>When a store is started again: what is kept ready is then warm in the one and cold in the other.</summary>
internal enum Restarts
{
    None,

    /// <summary>And what waits to be compared goes on waiting.</summary>
    NoneAndNotLinked,
    WholeBeforeQuestions,
    OtherBeforeQuestions,

    /// <summary>The whole store is asked, started again, and asked the same once more.</summary>
    WholeBetweenQuestions,
}

/// <summary>One history played twice for one viewer: whole, and without the acts that the viewer may not see.</summary>
internal sealed class Trial
{
    private readonly History history;
    private readonly int questions;
    private readonly bool shrink;
    private Restarts restarts;

    private static readonly Restarts[] Restarting =
    [
        Restarts.None,
        Restarts.NoneAndNotLinked,
        Restarts.NoneAndNotLinked,
        Restarts.WholeBeforeQuestions,
        Restarts.OtherBeforeQuestions,
        Restarts.WholeBetweenQuestions,
    ];

    public Trial(History history, int questions, bool shrink)
    {
        this.history = history;
        this.questions = questions;
        this.shrink = shrink;
    }

    /// <summary>Cases compared so far: (history, viewer, question).</summary>
    public int Cases { get; private set; }

    /// <summary>Of those, cases in which the viewer may not see some of the history.</summary>
    public int WithHidden { get; private set; }

    /// <summary>How often was done what seldom succeeds.</summary>
    public Dictionary<string, int> Done { get; } = new(StringComparer.Ordinal);

    /// <summary>Plays the history for some viewers.</summary>
    /// <returns>The first difference; null if there is none.</returns>
    public Difference? Run(int viewers)
    {
        var dice = new Dice(history.Seed ^ 0xA5A5_5A5A_1234_4321);
        using var whole = new Stage(WithPeople(history));
        var played = PlayAll(whole, history.Acts);
        var outcomes = played.Outcomes;
        foreach (string done in outcomes.Values.SelectMany(o => o.Done))
            Done[done] = Done.GetValueOrDefault(done) + 1;
        // Whoever opened emergency access is asked what they see after it; then, as they open it once more, what they see by it.
        Viewer[] urgent = [.. history.Acts.OfType<EmergencyAct>().Select(a => a.By).DistinctBy(v => v.Name)],
            concerned = [.. history.Acts.SelectMany(Concerned).DistinctBy(v => v.Name)];
        var inTurn = urgent.Concat(urgent.Select(Cast.InEmergency));
        var others = Cast.Viewers.OrderByDescending(v => v.Clearance is not null && history.Acts.Any(a => IsHidden(a, v, outcomes))).ThenBy(_ => dice.Next());
        // Where it is looked at what others are told, they last: what they ask by it is told as well.
        bool areLast = history.Acts.Any(a => a is NoticedAct);
        var classes = concerned
            .Concat(areLast ? others.Take(1).Concat(inTurn) : inTurn.Concat(others))
            .DistinctBy(v => (v.Name, v.Emergency is null))
            .Take(viewers + concerned.Length)
            .ToArray();
        foreach (var viewer in classes)
        {
            Question[] asked = [.. new Asker(dice.Fork(), history.Acts, outcomes).Questions(questions)];
            restarts = dice.Of(Restarting);
            // One store answers all of them: after the first nothing waits any more.
            if (restarts == Restarts.NoneAndNotLinked && viewer != classes[0])
                restarts = Restarts.None;
            if (Compare(whole, played, history, viewer, asked) is { } difference)
                return shrink ? Shrink(difference, asked) : difference;
        }
        return null;
    }

    /// <summary>Would the act not be there if what the viewer may not see had never been?</summary>
    internal static bool IsHidden(Act act, Viewer viewer, Dictionary<Act, Outcome> outcomes) =>
        act switch
        {
            WarmAct => true,
            RestartAct => false,
            // It is told of on purpose to the owners of what was looked at.
            EmergencyAct when outcomes[act].Seen is { } told && told.Any(viewer.MaySee) => false,
            EmergencyAct => act.By.PermissionClass != viewer.PermissionClass,
            ReleaseAct or TakeBackAct when outcomes[act] is { Kept: { } kept, Label: { } label } => !viewer.MaySee(kept) && !viewer.MaySee(label),
            // What was given up or refused left nothing behind; its actor's own view is compared all the same.
            _ when outcomes[act].Label is { } label => !viewer.MaySee(label),
            _ when outcomes[act].Seen is { } labels => !labels.Any(viewer.MaySee),
            ImportAct import => !viewer.MaySee(import.Request.Label) && import.By.PermissionClass != viewer.PermissionClass,
            _ => act.By.PermissionClass != viewer.PermissionClass,
        };

    /// <summary>Does an act over the store that never held what the viewer may not see.</summary>
    internal static Outcome Again(Stage without, Act act, Viewer viewer, Dictionary<Act, Outcome> outcomes)
    {
        // Who sees a release and not what it was made of is owed what it says, and no more.
        if (act is ReleaseAct release && outcomes[act] is { Kept: { } kept, Order: not null } whole && !viewer.MaySee(kept))
            release.Prepare(without, whole);
        if (act is AskAct ask && outcomes[act] is { Kept: { } keptUnder, Order: not null } all && !viewer.MaySee(keptUnder))
            ask.Prepare(without, all);
        return without.Do(act, outcomes, given: outcomes[act].Order);
    }

    internal static Played PlayAll(Stage stage, IReadOnlyList<Act> acts)
    {
        var played = new Played(new(ReferenceEqualityComparer.Instance), new(ReferenceEqualityComparer.Instance));
        var outcomes = played.Outcomes;
        foreach (var act in acts)
        {
            if (act is WarmAct warm)
                Warm(stage, warm, acts, outcomes);
            outcomes.Add(act, stage.Do(act, outcomes, act is ImportAct { AskedWithin: { } seed } import ? () => Ask(import, seed) : null));
        }
        return played;

        // Those who may not see it: for them the picture is what it was before.
        void Ask(ImportAct import, ulong seed)
        {
            var asker = new Asker(new Dice(seed), acts.Where(a => a == import || outcomes.ContainsKey(a)), outcomes);
            Question[] asked = [.. asker.Questions(8).Where(q => q.OnlyReads)];
            played.Within.Add(
                import,
                [
                    .. Cast
                        .Viewers.Where(v => v.Clearance is not null && !v.MaySee(import.Request.Label))
                        .SelectMany(v => asked.Select(q => new Within(v, q, q.Answer(stage.As(v))))),
                ]
            );
        }
    }

    private static void Warm(Stage stage, WarmAct warm, IReadOnlyList<Act> acts, Dictionary<Act, Outcome> outcomes)
    {
        stage.SetMinute(warm.Minute);
        var asker = new Asker(new Dice(warm.Seed), acts.Where(outcomes.ContainsKey), outcomes);
        Question[] asked = [.. asker.Questions(12)];
        foreach (var viewer in Cast.Viewers.Take(7))
        {
            foreach (var question in asked)
                question.Answer(stage.As(viewer));
        }
    }

    private Difference? Compare(Stage whole, Played played, History history, Viewer viewer, Question[] asked)
    {
        var outcomes = played.Outcomes;
        int last = history.Acts.Count == 0 ? 0 : history.Acts[^1].Minute + 1;
        // The first moment at which no emergency access is open any more.
        foreach (var emergency in history.Acts.OfType<EmergencyAct>())
            last = Math.Max(last, emergency.Minute + EmergencyAct.Minutes);
        bool hidden = history.Acts.Any(a => a is not WarmAct && IsHidden(a, viewer, outcomes));
        using var without = new Stage(WithPeople(history, viewer));
        foreach (var act in history.Acts)
        {
            if (IsHidden(act, viewer, outcomes))
            {
                without.SetMinute(act.Minute);
                foreach (var (who, question, told) in played.Within.GetValueOrDefault(act) ?? [])
                {
                    if (who != viewer)
                        continue;
                    Count(hidden);
                    string now = question.Answer(without.As(viewer));
                    if (now != told)
                        return new Difference(
                            history,
                            viewer,
                            $"(in the middle of what they may not see, minute {act.Minute}) {question.Text}",
                            told,
                            now,
                            Cases
                        );
                }
                continue;
            }
            var outcome = Again(without, act, viewer, outcomes);
            if (act is RestartAct || act.By.PermissionClass != viewer.PermissionClass)
                continue;
            Count(hidden);
            if (outcome.Answer != outcomes[act].Answer)
                return new Difference(history, viewer, $"(their own act) {act}", outcomes[act].Answer, outcome.Answer, Cases);
        }
        whole.SetMinute(last);
        without.SetMinute(last);
        // What waits to be linked is linked by the next start, which only one of the two may have; without one it may go on waiting.
        if (restarts != Restarts.NoneAndNotLinked)
        {
            whole.Gate.FinishLinking();
            without.Gate.FinishLinking();
        }
        if (restarts == Restarts.WholeBeforeQuestions)
            whole.Restart();
        else if (restarts == Restarts.OtherBeforeQuestions)
            without.Restart();
        if (history.Acts.Any(a => a is AskAct or NoticedAct) && viewer.Emergency is null)
        {
            Count(hidden);
            var (here, there) = (Told(whole, viewer), Told(without, viewer));
            if (here != there)
                return new Difference(history, viewer, "(what they are told, and what they are asked)", here, there, Cases);
        }
        string[] answers = [.. asked.Select(q => q.Answer(whole.Asking(viewer)))];
        // The other store is asked in the opposite order: no answer may depend on what was asked before.
        for (int i = asked.Length - 1; i >= 0; i--)
        {
            Count(hidden);
            string answer = asked[i].Answer(without.Asking(viewer));
            // With emergency access some are refused, whatever the store holds.
            if (viewer.Emergency is null && asked[i].Must is { } must && answers[i] != must)
                return new Difference(history, viewer, asked[i].Text, answers[i], must, Cases);
            if (answer != answers[i])
                return new Difference(history, viewer, $"{asked[i].Text} (started again: {restarts})", answers[i], answer, Cases);
        }
        if (restarts != Restarts.WholeBetweenQuestions)
            return null;
        whole.Restart();
        for (int i = 0; i < asked.Length; i++)
        {
            Count(hidden);
            string again = asked[i].Answer(whole.Asking(viewer));
            if (again != answers[i])
                return new Difference(history, viewer, asked[i].Text, $"(after a restart) {again}", answers[i], Cases);
        }
        return null;
    }

    private static bool WithPeople(History history, Viewer? viewer = null) =>
        viewer?.Emergency is not null || history.Acts.Any(a => a is EmergencyAct or AskAct);

    /// <summary>Who sees something of what others do in their agency, or to it.</summary>
    private static IEnumerable<Viewer> Concerned(Act act) =>
        act switch
        {
            AskAct ask => [ask.By, ask.Originator],
            NoticedAct noticed => noticed.Owners.Select(o => o.Owner),
            _ => [],
        };

    /// <summary>All that somebody's agency was asked or told by others, and what it released: at their desk, and in the log as an auditor reads it who sees no more than they.</summary>
    private static string Told(Stage stage, Viewer viewer)
    {
        stage.Gate.FlushReadLog().GetAwaiter().GetResult();
        var log = stage.Gate.Audit.Search(viewer with { Roles = [Role.Auditor] }, new LogQuestion { Kind = LogKind.Disclosure, Limit = 1_000 });
        var view = stage.As(viewer);
        return Written.Out(
            (
                stage.Gate.Requests.All(viewer),
                stage.Gate.Requests.Notices(viewer),
                stage.Gate.Releases.All(viewer with { Roles = [Role.Liaison] }),
                ((string[])["request", "answer", "release", "notice", "correction"]).Select(view.Documents).ToArray(),
                log.Entries.Where(e => e.Act == "show in an emergency").ToArray()
            )
        );
    }

    private void Count(bool hidden)
    {
        Cases++;
        if (hidden)
            WithHidden++;
    }

    /// <summary>Leaves out acts, then records, then values, for as long as the answers still differ.</summary>
    private Difference Shrink(Difference found, Question[] asked)
    {
        if (found.Question.StartsWith('('))
            asked = [];
        else
            asked = [.. asked.Where(q => found.Question.StartsWith(q.Text, StringComparison.Ordinal)).Take(1)];
        int tries = 400;
        for (bool smaller = true; smaller && tries > 0; )
        {
            smaller = false;
            foreach (var less in Smaller(found.History.Acts))
            {
                if (tries-- == 0)
                    break;
                if (Again(new History(found.History.Seed, less), found.Viewer, asked) is not { } still)
                    continue;
                found = still with { Case = found.Case };
                smaller = true;
                break;
            }
        }
        return found;
    }

    private Difference? Again(History less, Viewer viewer, Question[] asked)
    {
        var (cases, withHidden) = (Cases, WithHidden);
        try
        {
            using var whole = new Stage(WithPeople(less, viewer));
            return Compare(whole, PlayAll(whole, less.Acts), less, viewer, asked);
        }
        finally
        {
            (Cases, WithHidden) = (cases, withHidden);
        }
    }

    private static IEnumerable<IReadOnlyList<Act>> Smaller(IReadOnlyList<Act> acts)
    {
        for (int i = acts.Count - 1; i >= 0; i--)
            yield return [.. acts.Where((_, at) => at != i)];
        for (int i = 0; i < acts.Count; i++)
        {
            if (acts[i] is not ImportAct import)
                continue;
            for (int r = 0; r < import.Records.Count; r++)
            {
                var record = import.Records[r];
                if (import.Records.Count > 1)
                    yield return With(i, import with { Records = [.. import.Records.Where((_, at) => at != r)] });
                for (int s = 0; s < record.Sayings.Count; s++)
                {
                    var fewer = record with { Sayings = [.. record.Sayings.Where((_, at) => at != s)] };
                    yield return With(i, import with { Records = [.. import.Records.Select((x, at) => at == r ? fewer : x)] });
                }
            }
        }

        IReadOnlyList<Act> With(int at, Act changed) => [.. acts.Select((a, i) => i == at ? changed : a)];
    }
}
