using FourStrands.Formats;
using FourStrands.Picture;

namespace FourStrands.Workbench.Jobs;

/// <summary>Brings uploaded files in behind the pages: one at a time for each person.</summary>
internal sealed class ImportJobs(Gate gate, CheckJobs checks, ILogger<ImportJobs> log) : IDisposable
{
    private readonly Lock gatekeeper = new();
    private readonly Dictionary<string, ImportJob> jobs = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();

    /// <summary>What the viewer last began, or null.</summary>
    public ImportJob? Of(Viewer viewer)
    {
        lock (gatekeeper)
            return jobs.GetValueOrDefault(viewer.Name);
    }

    /// <summary>Begins; null if the viewer's last one still runs. The file is removed when it is done.</summary>
    public ImportJob? Start(Viewer viewer, ImportRequest request, UploadedFile file)
    {
        lock (gatekeeper)
        {
            if (jobs.TryGetValue(viewer.Name, out var last) && !last.Finished)
                return null;
            var job = new ImportJob(request.FileName);
            jobs[viewer.Name] = job;
            job.Running = Task.Run(() => Run(job, viewer, request, file), stopping.Token);
            return job;
        }
    }

    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
    }

    private void Run(ImportJob job, Viewer viewer, ImportRequest request, UploadedFile file)
    {
        try
        {
            using var _ = file;
            // Read once to see what it is and that there is something in it: the format is part of the import's own record.
            var first = new FirstLook();
            var seen = Read(file, request, first, job, 0, 0.3);
            job.Format = string.Join(", ", seen.Files.Select(f => f.Format).OfType<string>().Distinct(StringComparer.Ordinal));
            if (seen.Records == 0)
            {
                job.Fail("Nothing in this file could be used, so nothing was brought in.", first.Rejections);
                return;
            }

            using var session = gate.For(viewer).BeginImport(request with { Format = job.Format });
            Read(file, request, session, job, 0.3, 0.7);
            job.Step("Keeping it and looking for matches", 0.7);
            job.Done(session.Commit(new Share(job)));
            checks.Forget(viewer);
        }
        catch (StoreException refused)
        {
            job.Fail(refused.Message, []);
        }
        catch (OperationCanceledException)
        {
            job.Fail("The workbench was stopped before the file was in. Nothing of it was kept: bring it in again.", []);
        }
        catch (Exception fault)
        {
            log.LogError(fault, "An import failed");
            job.Fail("Something went wrong while the file was read. Nothing of it was kept.", []);
        }
    }

    private ReadSummary Read(UploadedFile file, ImportRequest request, IRecordSink sink, ImportJob job, double from, double to)
    {
        job.Step(from == 0 ? "Looking at what it is" : "Reading", from);
        using var content = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return ImportFile.Read(content, sink, progress: new Bytes(job, from, to), cancellation: stopping.Token, name: request.FileName);
    }

    /// <summary>Reads along without keeping anything but the first rejections.</summary>
    private sealed class FirstLook : IRecordSink
    {
        public List<Rejection> Rejections { get; } = [];

        public void Begin(ReadOnlySpan<char> key, Schema schema) { }

        public void Add(Property property, ReadOnlySpan<char> value) { }

        public void AddUtf8(Property property, ReadOnlySpan<byte> value) { }

        public void End() { }

        public void Reject(Rejection rejection)
        {
            if (Rejections.Count < 100)
                Rejections.Add(rejection);
        }
    }

    private sealed class Bytes(ImportJob job, double from, double to) : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value)
        {
            if (value.BytesTotal is > 0 and var total)
                job.Share = from + ((to - from) * Math.Min(1, (double)value.BytesRead / total));
        }
    }

    private sealed class Share(ImportJob job) : IProgress<double>
    {
        public void Report(double value) => job.Share = 0.7 + (0.3 * value);
    }
}

/// <summary>A file being brought in for one person, or what came of it.</summary>
internal sealed class ImportJob(string fileName)
{
    private volatile string words = "Waiting";
    private volatile bool finished;
    private double share;

    public string FileName => fileName;

    public string Format { get; set; } = "";

    public string Words => words;

    public double Share
    {
        get => Volatile.Read(ref share);
        set => Volatile.Write(ref share, value);
    }

    public bool Finished => finished;

    /// <summary>The import; null unless it is in.</summary>
    public ImportSummary? Summary { get; private set; }

    /// <summary>Why it is not in.</summary>
    public string Problem { get; private set; } = "";

    public IReadOnlyList<Rejection> Rejections { get; private set; } = [];

    public Task Running { get; set; } = Task.CompletedTask;

    public void Step(string what, double from)
    {
        Share = from;
        words = what;
    }

    public void Done(ImportSummary summary)
    {
        Summary = summary;
        finished = true;
    }

    public void Fail(string problem, IReadOnlyList<Rejection> rejections)
    {
        Problem = problem;
        Rejections = rejections;
        finished = true;
    }
}
