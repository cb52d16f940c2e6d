using System.Globalization;

namespace FourStrands.Noninterference.Histories;

/// <summary>What came of an act.</summary>
/// <param name="Answer">All that its actor was told.</param>
/// <param name="Label">The label of what it left behind; null if nothing.</param>
/// <param name="Id">The identifier of what it left behind.</param>
/// <param name="SourceId">The source it went into.</param>
internal sealed record Outcome(string Answer, Label? Label, RecordId? Id, RecordId? SourceId = null)
{
    /// <summary>Of a release: who knows of it and of all that it was made of.</summary>
    public Label? Kept { get; init; }

    /// <summary>Of a release: what was ordered.</summary>
    public ReleaseOrder? Order { get; init; }

    /// <summary>Of a release: what it showed.</summary>
    public IReadOnlyList<Input> Inputs { get; init; } = [];

    /// <summary>Of an act on what is there: the labels of what it changed. Whoever may see one of them sees that it was done.</summary>
    public IReadOnlyList<Label>? Seen { get; init; }

    /// <summary>What of an act that seldom succeeds was done, to be counted.</summary>
    public IReadOnlyList<string> Done { get; init; } = [];
}

/// <summary>A real store in a temporary folder on which a history is played.</summary>
internal sealed class Stage : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly string Root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
    private static readonly Lazy<Dictionary<Reference, RecordId>> Identifiers = new(AllIdentifiers);
    private static int _stages;

    private readonly string folder = Path.Combine(
        Root,
        string.Create(CultureInfo.InvariantCulture, $"fourstrands-{Environment.ProcessId}-{Interlocked.Increment(ref _stages)}")
    );
    private readonly SetClock clock = new();
    private readonly Dictionary<string, RecordId> sessions = new(StringComparer.Ordinal);

    /// <param name="withPeople">True if those who act and ask are people of the store, as they must be to open emergency access.</param>
    public Stage(bool withPeople = false)
    {
        Gate = Open();
        // The police last: the compartments are theirs.
        if (withPeople)
            Gate.People.Invent([.. Cast.Viewers.OrderBy(v => v.Agency == "national-police")]);
    }

    public Gate Gate { get; private set; }

    public string Folder => folder;

    /// <summary>The time of the act that is being done.</summary>
    public TimeProvider Clock => clock;

    /// <summary>The identifier of a record, whether it is there or not: it depends on source and key alone.</summary>
    public static RecordId IdOf(Reference reference) => Identifiers.Value[reference];

    public View As(Viewer viewer) => Gate.For(viewer);

    /// <summary>
    /// What somebody sees who asks: with emergency access if that is meant; else as they are signed in, where they once had it, so that nothing of it may be left.
    /// </summary>
    public View Asking(Viewer viewer) =>
        viewer.Emergency is { } emergency ? Gate.For(InEmergency(emergency.Otherwise))
        : sessions.TryGetValue(Person(viewer).Name, out var session) && Gate.People.Use(session) is { } signedIn ? Gate.For(signedIn)
        : Gate.For(viewer);

    /// <summary>Somebody with emergency access: given the right by two, and opened, where they do not have it yet.</summary>
    public Viewer InEmergency(Viewer viewer)
    {
        var people = Gate.People;
        viewer = Person(viewer);
        if (!people.MayOpenEmergency(viewer))
        {
            var administrator = viewer with { Name = $"first@{viewer.Agency}", Roles = [Role.Administrator] };
            var person = people.Self(viewer)!.Id;
            var waits = people.Give(administrator, person, RightKind.Emergency, EmergencyAccess.ToOpenIt, clock.Now.AddDays(300), "On call");
            people.Approve(administrator with { Name = $"second@{viewer.Agency}" }, waits!.Id);
        }
        if (!sessions.TryGetValue(viewer.Name, out var session) || people.Use(session) is null)
            sessions[viewer.Name] = session = people.Begin(viewer.Name, "");
        if (people.Use(session)!.Emergency is not null)
            return people.Use(session)!;
        // So many may wait for their review.
        var waiting = people.OwnEmergencies(viewer).Where(e => e.Review is null).ToList();
        if (waiting.Count == EmergencyAccess.MostWaiting)
        {
            var auditor = viewer with { Name = $"reviewer@{viewer.Agency}", Roles = [Role.Auditor] };
            waiting.ForEach(e => people.ReviewEmergency(auditor, e.Id, justified: true, "It could not wait"));
        }
        people.OpenEmergency(viewer, session, EmergencyAct.Minutes, "It cannot wait");
        return people.Use(session)!;
    }

    /// <summary>Somebody by the name that they sign in with, where they are a person of the store.</summary>
    public static Viewer Person(Viewer viewer) => viewer with { Name = $"{viewer.ShortName}@{viewer.Agency}" };

    /// <summary>Sets the clock to an act's time.</summary>
    public void SetMinute(int minute) => clock.Now = TimeOf(minute);

    public static DateTimeOffset TimeOf(int minute) => Start.AddMinutes(minute);

    /// <summary>Does an act; what goes wrong is part of what its actor is told.</summary>
    /// <param name="act">The act.</param>
    /// <param name="written">The identifiers of what earlier acts wrote in the whole history.</param>
    /// <param name="within">Called in the middle of an import that asks for it.</param>
    /// <param name="given">Of a release: what is released; null to choose.</param>
    public Outcome Do(Act act, IReadOnlyDictionary<Act, Outcome> written, Action? within = null, ReleaseOrder? given = null)
    {
        SetMinute(act.Minute);
        try
        {
            switch (act)
            {
                case ImportAct import:
                    return Import(import, within);
                case JudgeAct judge:
                    var view = As(judge.By);
                    var (left, right) = (IdOf(judge.Left), IdOf(judge.Right));
                    // People decide by what they see, and say so.
                    var judgement = view.Judge(left, right, judge.Verdict, $"{judge.Reason}: {Written.Out(view.Explain(left, right))}");
                    return new Outcome(Written.Out(judgement), judgement.Label, judgement.Id);
                case WriteAct write:
                    var replaces = write.Replaces is { } earlier ? written.GetValueOrDefault(earlier)?.Id ?? default(RecordId) : (RecordId?)null;
                    var document = As(write.By).Write(write.Kind, write.Content, write.Label, replaces);
                    return new Outcome(Written.Out(document), document.Label, document.Id);
                case EraseAct erase:
                    return erase.Do(this, erase.Import is { } of ? written.GetValueOrDefault(of)?.Id : null);
                case CorrectAct correct:
                    return correct.Do(this, correct.Import is { } wrong ? written.GetValueOrDefault(wrong)?.Id : null);
                case RetentionAct retention:
                    return retention.Do(this, retention.Import is { } kept ? written.GetValueOrDefault(kept)?.Id : null);
                case EmergencyAct emergency:
                    return emergency.Do(this, written);
                case JobAct job:
                    return job.Do(As(job.By), clock);
                case ReleaseAct release:
                    return release.Do(this, given);
                case AskAct ask:
                    return ask.Do(this, given);
                case TakeBackAct back:
                    var whole = written.GetValueOrDefault(back.Release);
                    var taken = Gate.Releases.TakeBack(back.By, whole?.Id ?? default, $"Wrong, {back.Minute}");
                    return new Outcome(Written.Out(taken), whole?.Label, null) { Kept = whole?.Kept };
                case RestartAct:
                    Restart();
                    return new Outcome("", null, null);
                default:
                    return new Outcome("", null, null);
            }
        }
        catch (Exception problem) when (act is not RestartAct)
        {
            return new Outcome(Written.Problem(problem), null, null);
        }
    }

    /// <summary>Ends the program and starts it again: nothing is kept but what is on the disk.</summary>
    public void Restart()
    {
        Gate.Dispose();
        Gate = Open();
        Gate.FinishLinking();
    }

    public void Dispose()
    {
        Gate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private Outcome Import(ImportAct act, Action? within)
    {
        using var session = As(act.By).BeginImport(act.Request);
        foreach (var record in act.Records)
        {
            var schema = Ontology.Default[record.Schema];
            session.Begin(record.Key, schema);
            foreach (var (property, value) in record.Sayings)
                session.Add(schema[property], value);
            session.End();
        }
        foreach (var rejection in act.Rejections)
            session.Reject(rejection);
        if (act.Ending == Ending.Failed)
        {
            session.Begin("broken", Ontology.Default["Person"]);
            session.Add(Ontology.Default["Company"]["registrationNumber"], "of no person");
        }
        string said = Written.Out((session.Records, session.Statements, session.Rejected, act.Records.Select(r => session.IdentifierOf(r.Key)).ToArray()));
        if (act.Ending == Ending.GivenUp)
            return new Outcome(said, null, null);
        var told = new Told(within);
        if (act.Ending == Ending.NotLinked)
            session.StopsLinking = new CancellationToken(canceled: true);
        ImportSummary summary;
        try
        {
            summary = session.Commit(told);
        }
        catch (OperationCanceledException stopped) when (session.IsCommitted)
        {
            return new Outcome($"{said}{stopped.Message} {Written.Out(told.Shares)}", act.Request.Label, null);
        }
        return new Outcome($"{said}{Written.Out(summary)} {Written.Out(told.Shares)}", summary.Label, summary.Id, summary.Source.Id);
    }

    private Gate Open() => Gate.Open(folder, new GateOptions { IdentifierKey = [.. Enumerable.Range(1, 32).Select(i => (byte)i)], Clock = clock });

    private static Dictionary<Reference, RecordId> AllIdentifiers()
    {
        Dictionary<Reference, RecordId> all = [];
        using var stage = new Stage();
        foreach (string agency in Cast.Agencies)
        {
            var viewer = Viewer.BuiltIn[0] with { Agency = agency };
            foreach (string source in Cast.SourceNames.Append(Cast.Asked))
            {
                using var session = stage.As(viewer).BeginImport(new ImportRequest(source, Label.Public, "", ""));
                foreach (string key in Cast.Subjects.Concat(Cast.Ties).Concat(Cast.Crowd))
                    all.Add(new Reference(agency, source, key), session.IdentifierOf(key));
            }
        }
        return all;
    }

    /// <summary>All that an import says of how far it has come: its actor is told it too.</summary>
    private sealed class Told(Action? within) : IProgress<double>
    {
        public List<double> Shares { get; } = [];

        public void Report(double value)
        {
            if (Shares.Count == 0)
                within?.Invoke();
            Shares.Add(value);
        }
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
