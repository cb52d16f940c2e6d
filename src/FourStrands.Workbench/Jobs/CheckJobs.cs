using FourStrands.Deter.Checks;
using FourStrands.Picture;

namespace FourStrands.Workbench.Jobs;

/// <summary>
/// Works checks out behind the pages. A result belongs to the person it was worked out for, with the rights they had: it is
/// kept in memory alone, for a short while, and worked out anew when they decide on a match or bring something in.
/// </summary>
internal sealed class CheckJobs(Gate gate, BidderChecks checks, TimeProvider clock) : IDisposable
{
    /// <summary>How long a result is shown before it is worked out again.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>Results kept for one person. The bound is each person's own, so that what others do changes nothing here.</summary>
    private const int KeptEach = 8;

    private readonly Lock gatekeeper = new();
    private readonly Dictionary<string, List<CheckJob>> jobs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim slots = new(2);
    private readonly CancellationTokenSource stopping = new();

    /// <summary>The viewer's job for a check: the one that runs or holds a fresh result, or a new one.</summary>
    public CheckJob For(Viewer viewer, Document document)
    {
        lock (gatekeeper)
        {
            var own = Own(viewer);
            var job = own.Find(j => j.Check == document.Id);
            if (job is not null && (!job.Finished || (job.Result is not null && clock.GetUtcNow() - job.At < Fresh)))
                return job;
            if (job is not null)
                own.Remove(job);
            if (own.Count >= KeptEach && own.Find(j => j.Finished) is { } oldest)
                own.Remove(oldest);
            job = new CheckJob(document.Id, BidderChecks.Read(document).Bidders.Count);
            own.Add(job);
            job.Running = Task.Run(() => Run(job, viewer, document), stopping.Token);
            return job;
        }
    }

    /// <summary>Drops the viewer's results: what they rest on has changed.</summary>
    public void Forget(Viewer viewer)
    {
        lock (gatekeeper)
            jobs.Remove(KeyOf(viewer));
    }

    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
        slots.Dispose();
    }

    private async Task Run(CheckJob job, Viewer viewer, Document document)
    {
        await slots.WaitAsync(stopping.Token);
        try
        {
            job.Result = checks.Run(gate.For(viewer), document, new Count(job), stopping.Token);
        }
        finally
        {
            job.At = clock.GetUtcNow();
            job.Finished = true;
            slots.Release();
        }
    }

    private List<CheckJob> Own(Viewer viewer)
    {
        string key = KeyOf(viewer);
        if (!jobs.TryGetValue(key, out var own))
            jobs.Add(key, own = []);
        return own;
    }

    private static string KeyOf(Viewer viewer) => $"{viewer.Name}|{viewer.PermissionClass}";

    private sealed class Count(CheckJob job) : IProgress<int>
    {
        public void Report(int value) => job.Done = value;
    }
}

/// <summary>A check being worked out for one person, or its result.</summary>
internal sealed class CheckJob(RecordId check, int bidders)
{
    private volatile CheckResult? result;
    private volatile bool finished;
    private volatile int done;

    public RecordId Check => check;

    public int Bidders => bidders;

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

    /// <summary>The result; null while it is worked out, or if that failed.</summary>
    public CheckResult? Result
    {
        get => result;
        set => result = value;
    }

    public DateTimeOffset At { get; set; }

    public Task Running { get; set; } = Task.CompletedTask;

    public string Words => Finished ? "Done" : $"{Done:N0} of {Bidders:N0} bidders looked at";

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
