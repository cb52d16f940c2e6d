using FourStrands.Deter.Checks;
using FourStrands.Picture;

namespace FourStrands.Workbench.Jobs;

/// <summary>
/// Works checks out behind the pages. A result belongs to the person it was worked out for, with the rights they had. It is kept in memory
/// alone, and shown with its date and time until they ask for it again, decide on a match or bring something in: nothing that somebody
/// else does makes it older or newer.
/// </summary>
internal sealed class CheckJobs : IDisposable
{
    /// <summary>A result of yesterday is worked out again: what was current then may be past.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(12);

    /// <summary>Results kept for one person. The bound is each person's own, so that what others do changes nothing here.</summary>
    private const int KeptEach = 8;

    private readonly Gate gate;
    private readonly BidderChecks checks;
    private readonly TimeProvider clock;
    private readonly Lock gatekeeper = new();
    private readonly Dictionary<string, List<CheckJob>> jobs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim slots = new(2);
    private readonly Dictionary<string, SemaphoreSlim> oneEach = new(StringComparer.Ordinal);
    private readonly Turns turns = new();
    private readonly Dictionary<string, Viewer> people = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();

    public CheckJobs(Gate gate, BidderChecks checks, TimeProvider clock)
    {
        (this.gate, this.checks, this.clock) = (gate, checks, clock);
        gate.Erasures.Erased += ForgetErased;
        gate.Releases.Ended += ForgetErased;
    }

    /// <summary>
    /// The viewer's turn to have a program begin a check, for as long as that takes; null if one of theirs is not worked out yet, or another is being sent.
    /// </summary>
    public IDisposable? Turn(Viewer viewer)
    {
        lock (gatekeeper)
        {
            bool isBusy = jobs.Any(own => people[own.Key].Name == viewer.Name && own.Value.Exists(j => !j.Finished));
            return isBusy ? null : turns.Take(viewer);
        }
    }

    /// <summary>The viewer's job for a check: the one that runs or holds a result, or a new one.</summary>
    /// <param name="viewer">Whose result it is.</param>
    /// <param name="document">The check.</param>
    /// <param name="key">The key that they ask with: a new one gives no result once it has ended. Null for a person.</param>
    public CheckJob For(Viewer viewer, Document document, RecordId? key = null)
    {
        lock (gatekeeper)
        {
            var own = Own(viewer);
            var job = own.Find(j => j.Check == document.Id);
            if (job is not null && !job.Overtaken && (!job.Finished || (job.Result is not null && clock.GetUtcNow() - job.At < Kept)))
                return job;
            if (job is not null)
                own.Remove(job);
            if (own.Count >= KeptEach && own.Find(j => j.Finished) is { } oldest)
                own.Remove(oldest);
            // What they decided on is being taken in; what was found before is shown until then.
            var before =
                job is not { Overtaken: true } ? null
                : job.Result is not null ? job
                : job.Before;
            job = new CheckJob(document.Id, BidderChecks.Read(document).Bidders.Count, before, stopping.Token);
            own.Add(job);
            var started = job;
            job.Running = Task.Run(() => Run(started, viewer, document, key), CancellationToken.None);
            return job;
        }
    }

    /// <summary>The viewer's result for a check, waited for; null if it could not be worked out.</summary>
    public async Task<CheckResult?> Result(Viewer viewer, Document document, CancellationToken cancellation)
    {
        while (true)
        {
            var job = For(viewer, document);
            if (await job.Wait(Timeout.InfiniteTimeSpan, cancellation) is { } result)
                return result;
            if (!job.Overtaken)
                return null;
        }
    }

    /// <summary>What the viewer's results rest on has changed by something they did: each is worked out again when they next look.</summary>
    public void Forget(Viewer viewer)
    {
        lock (gatekeeper)
        {
            foreach (var job in Own(viewer))
                job.Overtake();
        }
    }

    /// <summary>The viewer asks to have a check worked out again: nothing of what was found before is shown meanwhile.</summary>
    public void Again(Viewer viewer, RecordId check)
    {
        lock (gatekeeper)
        {
            foreach (var job in Own(viewer).Where(j => j.Check == check))
                job.Overtake();
            Own(viewer).RemoveAll(j => j.Check == check);
        }
    }

    public void Dispose()
    {
        gate.Erasures.Erased -= ForgetErased;
        gate.Releases.Ended -= ForgetErased;
        stopping.Cancel();
        stopping.Dispose();
        slots.Dispose();
        foreach (var own in oneEach.Values)
            own.Dispose();
    }

    /// <summary>Something was erased, or a release ended: nothing is shown any more that was found by somebody who could see it.</summary>
    private void ForgetErased(object? sender, GoneEventArgs erased)
    {
        lock (gatekeeper)
        {
            foreach (var (key, own) in jobs)
            {
                if (!erased.WasSeenBy(people[key]))
                    continue;
                foreach (var job in own)
                    job.Overtake();
                own.Clear();
            }
        }
    }

    private async Task Run(CheckJob job, Viewer viewer, Document document, RecordId? key)
    {
        try
        {
            // One of each person's first: however many somebody begins, the next of somebody else does not wait for them all.
            var own = OneOf(viewer);
            await own.WaitAsync(job.Stop);
            try
            {
                await slots.WaitAsync(job.Stop);
                try
                {
                    // With the rights of now, both before the picture is looked at and before anybody is told what is in it.
                    if (!IsStill(viewer, key))
                        return;
                    var result = checks.Run(gate.For(viewer), document, new Count(job), job.Stop);
                    if (IsStill(viewer, key))
                        job.Result = result;
                }
                finally
                {
                    slots.Release();
                }
            }
            finally
            {
                own.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // Overtaken, or the workbench stops: there is no result.
        }
        finally
        {
            job.At = clock.GetUtcNow();
            job.Finished = true;
        }
    }

    /// <summary>Would whoever began it be let in still, with the rights they had?</summary>
    private bool IsStill(Viewer began, RecordId? key) =>
        gate.People.Again(began, key) is { } now && now.PermissionClass == began.PermissionClass && BidderChecks.MayStart(now) == BidderChecks.MayStart(began);

    private SemaphoreSlim OneOf(Viewer viewer)
    {
        lock (gatekeeper)
        {
            if (!oneEach.TryGetValue(viewer.Name, out var own))
                oneEach.Add(viewer.Name, own = new SemaphoreSlim(1));
            return own;
        }
    }

    private List<CheckJob> Own(Viewer viewer)
    {
        string key = $"{viewer.Name}|{viewer.PermissionClass}";
        if (!jobs.TryGetValue(key, out var own))
        {
            jobs.Add(key, own = []);
            people.Add(key, viewer);
        }
        return own;
    }

    private sealed class Count(CheckJob job) : IProgress<int>
    {
        public void Report(int value) => job.Done = value;
    }
}

/// <summary>A check being worked out for one person, or its result.</summary>
internal sealed class CheckJob
{
    private readonly CancellationTokenSource stop;
    private volatile CheckResult? result;
    private volatile bool finished;
    private volatile bool overtaken;
    private volatile int done;

    public CheckJob(RecordId check, int bidders, CheckJob? before, CancellationToken stopping)
    {
        Check = check;
        Bidders = bidders;
        Before = before is null ? null : new CheckJob(before);
        stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Stop = stop.Token;
    }

    // What is left of a job when another follows it: its result.
    private CheckJob(CheckJob finished)
    {
        Check = finished.Check;
        Bidders = finished.Bidders;
        stop = finished.stop;
        result = finished.result;
        this.finished = true;
        At = finished.At;
    }

    public RecordId Check { get; }

    public int Bidders { get; }

    /// <summary>What was found before, to be shown until this is done; null if nothing is.</summary>
    public CheckJob? Before { get; }

    public CancellationToken Stop { get; }

    public int Done
    {
        get => done;
        set => done = value;
    }

    public bool Finished
    {
        get => finished;
        set => finished = value;
    }

    /// <summary>True if what it rests on has changed since it began.</summary>
    public bool Overtaken => overtaken;

    /// <summary>The result; null while it is worked out, or if that failed.</summary>
    public CheckResult? Result
    {
        get => result;
        set => result = value;
    }

    public DateTimeOffset At { get; set; }

    public Task Running { get; set; } = Task.CompletedTask;

    public string Words => Finished ? "Done" : $"{Done:N0} of {Bidders:N0} bidders looked at";

    /// <summary>Its result is of yesterday's view, so to say; if it still runs it stops.</summary>
    public void Overtake()
    {
        overtaken = true;
        if (!finished)
            stop.Cancel();
    }

    /// <summary>Waits for the result, at most so long; a failure shows as one.</summary>
    public async Task<CheckResult?> Wait(TimeSpan atMost, CancellationToken cancellation)
    {
        try
        {
            await Running.WaitAsync(atMost, cancellation);
        }
        catch (TimeoutException)
        {
            return null;
        }

        return Result;
    }
}
