using FourStrands.Deter.Checks;
using FourStrands.Picture;
using Xunit;

namespace FourStrands.Deter.Tests.Checks;

/// <summary>A real store in a temporary folder with a fixed clock, and a short way to put registers and lists in.</summary>
internal sealed class World : IDisposable
{
    public static readonly Viewer Analyst = Viewer.BuiltIn[0],
        Glenbrae = Viewer.BuiltIn[1],
        Strathorn = Viewer.BuiltIn[2],
        Visitor = Viewer.BuiltIn[3];

    private readonly string _folder = Directory.CreateTempSubdirectory("fourstrands-checks-").FullName;

    public World()
    {
        Gate = Gate.Open(_folder, new GateOptions { Clock = Clock, IdentifierKey = new byte[32] });
        Checks = new BidderChecks(Clock);
    }

    public SetClock Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));

    public Gate Gate { get; }

    public BidderChecks Checks { get; }

    public View As(Viewer viewer) => Gate.For(viewer);

    /// <summary>Brings public records in, each written as "key Schema property=value; property=value".</summary>
    public void Register(string source, params string[] records) => Import(Analyst, source, "public", records);

    public void Import(Viewer viewer, string source, string label, params IEnumerable<string> records)
    {
        using var import = As(viewer).BeginImport(new ImportRequest(source, Label.Parse(label), "test", "test"));
        foreach (string record in records)
        {
            string[] head = record.Split(' ', 3);
            var schema = Ontology.Default[head[1]];
            import.Begin(head[0], schema);
            foreach (string said in head.Length < 3 ? [] : head[2].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                int equals = said.IndexOf('=', StringComparison.Ordinal);
                import.Add(schema[said[..equals]], said.AsSpan(equals + 1));
            }
            import.End();
        }
        import.Commit();
    }

    public Document Start(Viewer viewer, string bidders, int depth = 2)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        return Checks.Start(As(viewer), new CheckRequest("Grounds maintenance") { TenderReference = "T-1", Depth = depth }, BidderList.Typed(bidders));
    }

    public CheckResult Run(Viewer viewer, Document check) => Checks.Run(As(viewer), check, cancellation: TestContext.Current.CancellationToken);

    public CheckResult Run(Viewer viewer, string bidders, int depth = 2) => Run(viewer, Start(viewer, bidders, depth));

    /// <summary>Judges every unjudged match that the result's identities rest on to be the same.</summary>
    public void ConfirmIdentities(Viewer viewer, CheckResult result)
    {
        foreach (var identity in result.Bidders.SelectMany(b => b.Identity).Where(i => i.Joined && i.Match.State == MatchState.Unjudged))
            BidderChecks.Judge(As(viewer), identity.Match.Left.Id, identity.Match.Right.Id, Verdict.Same, identity.SuggestedReason ?? "Same name and number.");
    }

    /// <summary>Judges the first open match on the way to a finding.</summary>
    public void Judge(Viewer viewer, Finding finding, Verdict verdict, string reason = "Looked at both.")
    {
        var open = finding.Path.OfType<MatchUse>().First(m => m.State != MatchState.Same);
        Clock.Advance(TimeSpan.FromMinutes(1));
        BidderChecks.Judge(As(viewer), open.Left.Id, open.Right.Id, verdict, reason);
    }

    public void Dispose()
    {
        Gate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
