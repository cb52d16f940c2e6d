using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FourStrands.Formats;
using FourStrands.Picture;

namespace FourStrands.Workbench.Jobs;

/// <summary>Brings uploaded files in behind the pages: one import at a time for each person.</summary>
internal sealed class ImportJobs(Gate gate, CheckJobs checks, TimeProvider clock, ILogger<ImportJobs> log) : IDisposable
{
    /// <summary>Why another file is not taken.</summary>
    public const string LastOneRuns = "Your last file is still being read. Wait until it is in";

    /// <summary>How many of one person's are remembered: a program may come back for one after it began others.</summary>
    private const int KeptEach = 16;

    /// <summary>A person is asked before more of a source than this is withdrawn.</summary>
    private const double MuchOfASource = 0.1;

    private readonly Lock gatekeeper = new();
    private readonly Dictionary<string, List<ImportJob>> jobs = new(StringComparer.Ordinal);
    private readonly Turns turns = new();
    private readonly CancellationTokenSource stopping = new();

    /// <summary>What the viewer last began, or null.</summary>
    public ImportJob? Of(Viewer viewer)
    {
        lock (gatekeeper)
            return Last(viewer);
    }

    /// <summary>One that the viewer began, by its identifier; null if it is not remembered, or somebody else's.</summary>
    public ImportJob? Find(Viewer viewer, RecordId id)
    {
        lock (gatekeeper)
            return jobs.GetValueOrDefault(viewer.Name)?.Find(j => j.Id == id);
    }

    /// <summary>
    /// The viewer's turn to send a file, for as long as it is sent; null if their last one still runs, or another is being sent. Asked before anything is read, so that no
    /// more than one file of each waits on the disk.
    /// </summary>
    public IDisposable? Turn(Viewer viewer)
    {
        lock (gatekeeper)
            return Last(viewer) is { Runs: true } ? null : turns.Take(viewer);
    }

    /// <summary>Begins; null if the viewer's last one still runs. The files are removed when they are in, or will not be.</summary>
    /// <param name="viewer">Who brings in.</param>
    /// <param name="order">What.</param>
    /// <param name="key">The key that they asked with: nothing is kept once it has ended. Null for a person.</param>
    public ImportJob? Start(Viewer viewer, ImportOrder order, RecordId? key = null)
    {
        lock (gatekeeper)
        {
            if (!jobs.TryGetValue(viewer.Name, out var own))
                jobs.Add(viewer.Name, own = []);
            if (own is [.., var last])
            {
                if (last.Runs)
                    return null;
                last.Order.Dispose();
                if (!last.Finished)
                    own.Remove(last);
            }
            if (own.Count == KeptEach)
                own.RemoveAt(0);
            var job = new ImportJob(Identify(viewer, own), order) { Key = key };
            own.Add(job);
            Begin(job, viewer);
            return job;
        }
    }

    /// <summary>Goes on as the person decided, or gives up; null if nothing was asked of them, or they may not bring in now: then the question stays as it was.</summary>
    public ImportJob? Answer(Viewer viewer, ImportAnswer answer)
    {
        // Before anything is looked at: under emergency access more is seen than may be kept with the question.
        if (!viewer.May(Power.BringIn))
            return null;
        lock (gatekeeper)
        {
            if (Last(viewer) is not { Question: { } question } job)
                return null;
            if (answer == ImportAnswer.GiveUp)
            {
                jobs.Remove(viewer.Name);
                job.Order.Dispose();
                return job;
            }
            job.GoOn(question.Answered(job.Order, answer));
            Begin(job, viewer);
            return job;
        }
    }

    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
    }

    private ImportJob? Last(Viewer viewer) => jobs.GetValueOrDefault(viewer.Name) is [.., var last] ? last : null;

    /// <summary>Of the viewer's own doings alone, so that nothing that others do changes it.</summary>
    private RecordId Identify(Viewer viewer, List<ImportJob> own)
    {
        string before = own is [.., var last] ? last.Id.ToString() : "";
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"import job\n{viewer.Name}\n{clock.GetUtcNow().UtcTicks}\n{before}"));
        return new RecordId(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    private void Begin(ImportJob job, Viewer viewer) => job.Running = Task.Run(() => Run(job, viewer), stopping.Token);

    private void Run(ImportJob job, Viewer viewer)
    {
        ImportQuestion? question = null;
        try
        {
            question = Import(job, gate.For(viewer));
            while (question is { } asked && job.Order.IfAsked is { } decided)
            {
                question = null;
                if (decided == ImportAnswer.GiveUp)
                {
                    job.Fail($"{asked.Words} Nothing was brought in.", asked is RejectionsQuestion parts ? parts.Rejections : []);
                }
                else
                {
                    job.GoOn(asked.Answered(job.Order, decided));
                    question = Import(job, gate.For(viewer));
                }
            }
            checks.Forget(viewer);
        }
        catch (UnauthorizedAccessException)
        {
            job.Fail("Whoever began this may not bring it in any more. Nothing of it was kept.", []);
        }
        catch (StoreException refused)
        {
            job.Fail(refused.Message, []);
        }
        catch (OperationCanceledException)
        {
            job.Fail("The workbench was stopped before this was in. Nothing of it was kept: bring it in again.", []);
        }
        catch (Exception fault)
        {
            log.LogError(fault, "An import failed");
            job.Fail("Something went wrong while this was read. Nothing of it was kept.", []);
        }
        finally
        {
            // Asked last: the answer may come at once, and needs the files and the store.
            if (question is null)
                job.Order.Dispose();
            else
                job.Ask(question);
        }
    }

    /// <summary>Brings it in, unless something must be decided first: then nothing is kept.</summary>
    private ImportQuestion? Import(ImportJob job, View view)
    {
        var order = job.Order;
        if (!order.NameIsAgreed && OthersOfThatName(view, order.Request.SourceName) is { Count: > 0 } owners)
            return new SameNameQuestion(order.Request.SourceName, owners);

        // Read once to see what it is and that there is something in it: the format is part of the import's own record.
        var first = new FirstLook();
        List<(UploadedFile File, string? Format)> files = [];
        long records = 0;
        for (int i = 0; i < order.Files.Count; i++)
        {
            var seen = Read(order, order.Files[i], new ReadOptions { Mapping = order.Mapping }, first, job, 0.3, i);
            records += seen.Records;
            files.Add((order.Files[i], seen.Files.Select(f => f.Format).FirstOrDefault(f => f is not null)));
            job.IsUnknown |= seen.Files.Any(f => f.Format is null);
        }
        if (records == 0)
        {
            job.Fail($"Nothing in {(files.Count == 1 ? "this file" : "these files")} could be used, so nothing was brought in.", first.Rejections);
            return null;
        }

        string format = string.Join(", ", files.Select(f => f.Format).OfType<string>().Distinct(StringComparer.Ordinal));
        using var session = view.BeginImport(order.Request with { Format = format });
        // Others' may have been brought in first, which takes as long as it takes.
        DemandStill(job, view.Viewer);
        var together = new ReadOptions { Mapping = order.Mapping };
        int place = 0;
        foreach (var (file, _) in files.OrderBy(f => FormatReaders.Place(f.Format)))
            Read(order, file, together, session, job, 0.4, place++, 0.3);
        if (order.Request.Complete)
        {
            var withdrawal = session.Preview();
            if (session.Rejected > 0 && !order.Request.DespiteRejections)
                return new RejectionsQuestion(order.Request.SourceName, withdrawal, session.Rejected, session.EndedEarly, first.Rejections);
            if (withdrawal.Share > MuchOfASource && !(order.Agreed is { } agreed && withdrawal.Statements <= agreed.Statements))
                return new WithdrawalQuestion(order.Request.SourceName, withdrawal);
        }
        job.Step("Keeping it and looking for matches", 0.7);
        DemandStill(job, view.Viewer);
        job.Done(session.Commit(new Share(job)));
        return null;
    }

    /// <summary>Demands that whoever began may bring it in still: what was taken back meanwhile ends at once here as well.</summary>
    private void DemandStill(ImportJob job, Viewer began)
    {
        if (gate.People.Again(began, job.Key) is not { } now || !now.May(Power.BringIn) || !now.MaySee(job.Order.Request.Label))
            throw new UnauthorizedAccessException("They may not bring it in any more.");
    }

    /// <summary>The agencies that have a source of that name, if the viewer's own has none. Only what the viewer sees is asked.</summary>
    private static List<string> OthersOfThatName(View view, string name)
    {
        var alike = view.Sources().Where(s => s.Source.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(s => s.Source.Owner).ToList();
        return alike.Contains(view.Viewer.Agency, StringComparer.Ordinal) ? [] : alike;
    }

    private ReadSummary Read(
        ImportOrder order,
        UploadedFile file,
        ReadOptions options,
        IRecordSink sink,
        ImportJob job,
        double room,
        int place,
        double from = 0
    )
    {
        double each = room / order.Files.Count,
            start = from + (each * place);
        job.Step(from == 0 ? "Looking at what it is" : "Reading", start);
        using var content = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return ImportFile.Read(content, sink, options, new Bytes(job, start, each), file.Name, stopping.Token);
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

    private sealed class Bytes(ImportJob job, double from, double room) : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value)
        {
            if (value.BytesTotal is > 0 and var total)
                job.Share = from + (room * Math.Min(1, (double)value.BytesRead / total));
        }
    }

    private sealed class Share(ImportJob job) : IProgress<double>
    {
        public void Report(double value) => job.Share = 0.7 + (0.3 * value);
    }
}
