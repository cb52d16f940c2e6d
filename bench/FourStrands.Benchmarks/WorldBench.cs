using System.Diagnostics;
using System.Runtime.CompilerServices;
using FourStrands.Cli.Demo;
using FourStrands.Deter.Checks;
using FourStrands.Picture;

namespace FourStrands.Benchmarks;

/// <summary>The workbench's questions against a demo world of a million records.</summary>
internal static class WorldBench
{
    /// <summary>Runs it.</summary>
    /// <param name="records">How large a world.</param>
    /// <param name="keptIn">A folder where the world is made once and kept; null for one that is removed at the end.</param>
    /// <param name="only">"suggest", "entities" or "checks" for that alone; null for all.</param>
    public static void Run(int records, string? keptIn, string? only)
    {
        if (keptIn is null)
            Measured.InFolder(folder => Run(new DemoWorld(records), records, folder, only));
        else
            Run(new DemoWorld(records), records, keptIn, only);
    }

    private static void Run(DemoWorld world, int records, string folder, string? only)
    {
        if (!File.Exists(Path.Combine(folder, "picture.db")))
            Make(world, records, folder);
        // What the first store held is not this one's.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        long opening = Stopwatch.GetTimestamp();
        using var again = Gate.Open(folder);
        var view = again.For(Viewer.BuiltIn.Single(v => v.ShortName == "glenbrae"));
        var first = view.Search("haulage");
        Measured.Say(
            $"world: start to first answer {Stopwatch.GetElapsedTime(opening).TotalSeconds:F1} s; whole process {Measured.Megabytes} MB; the search finds {first.Records} records"
        );
        if (again.NotLinked > 0)
            again.FinishLinking();
        if (only is null or "suggest")
            Suggest(view);
        if (only is null or "entities")
            Entities(view);
        if (only is null or "checks")
            Checks(view, world);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Make(DemoWorld world, int records, string folder)
    {
        using var gate = Gate.Open(folder);
        long start = Stopwatch.GetTimestamp();
        double cpu = Measured.Cpu;
        Fill(gate, world);
        Measured.Say(
            $"world: {records:N0} records made, imported and linked in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s ({Measured.Cpu - cpu:F1} CPU s); whole process {Measured.Megabytes} MB, peak {Measured.PeakMegabytes} MB"
        );
    }

    public static void Fill(Gate gate, DemoWorld world)
    {
        foreach (var part in world.Parts)
        {
            using var session = gate.For(part.Owner).BeginImport(part.Request);
            part.Write(new DemoRecords(session, Ontology.Default));
            session.Commit();
        }
    }

    private static void Suggest(View view)
    {
        string[] typed = ["m", "ma", "mac", "macd", "jo", "john", "j s", "glen", "glen h", "ha", "haulage", "st", "isla m", "a", "an", "west sc"];
        int at = 0;
        Measured.Percentiles("world: suggestion", 2000, () => view.Suggest(typed[at++ % typed.Length]));
        at = 0;
        Measured.Percentiles("world: search", 300, () => view.Search(typed[at++ % typed.Length]));
    }

    private static void Entities(View view)
    {
        RecordId[] ids = [.. view.Search("ma", limit: 500).Hits.Select(h => h.Entity.Id)];
        int at = 0;
        Measured.Percentiles(
            "world: entity with its ties and possible matches",
            2000,
            () =>
            {
                var entity = view.Find(ids[at++ * 7 % ids.Length])!;
                view.Connections(entity);
                view.PossibleMatches(entity);
            }
        );
    }

    private static void Checks(View view, DemoWorld world)
    {
        var checks = new BidderChecks(TimeProvider.System);
        var companies = Enumerable.Range(0, 1000).Select(i => world.Company(i * (world.Companies / 1000))).ToArray();
        int at = 0;
        List<Document> started = [];
        for (int i = 0; i < 200; i++)
            started.Add(checks.Start(view, new CheckRequest($"Single {i}"), List([companies[i * 5]])));
        // Some bidders are connected with two people, some with hundreds: those with about twenty are what is asked for.
        int[] connected = [.. started.Select(s => Connected(view, BidderChecks.Read(s).Bidders[0].Record))];
        Document[] twenty = [.. started.Where((_, i) => connected[i] is >= 15 and <= 25)];
        Measured.Say($"world: people and bodies within two ties of a bidder: median {connected.Order().ElementAt(100)}, most {connected.Max()}");
        Measured.Percentiles("world: check of one bidder, of any", 200, () => checks.Run(view, started[at++]));
        at = 0;
        Measured.Percentiles("world: check of one bidder, of any, again", 200, () => checks.Run(view, started[at++]));
        at = 0;
        Measured.Percentiles("world: check of one bidder with 15 to 25 connected", 300, () => checks.Run(view, twenty[at++ % twenty.Length]));
        long start = Stopwatch.GetTimestamp();
        double cpu = Measured.Cpu;
        var batch = checks.Start(view, new CheckRequest("Thousand bidders"), List(companies));
        double linked = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var result = checks.Run(view, batch);
        Measured.Say(
            $"world: 1,000 bidders taken in {linked:F1} s and checked in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s all told ({Measured.Cpu - cpu:F1} CPU s); {result.Bidders.Count} results"
        );
    }

    private static int Connected(View view, RecordId bidder)
    {
        HashSet<RecordId> met = [];
        List<RecordId> level = [bidder];
        for (int tie = 0; tie < 2; tie++)
        {
            List<RecordId> next = [];
            foreach (var id in level)
            {
                foreach (var connection in view.Connections(view.Find(id)!))
                {
                    if (connection.Other.Schema.Is("LegalEntity") && met.Add(connection.Other.Id))
                        next.Add(connection.Other.Id);
                }
            }
            level = next;
        }
        return met.Count;
    }

    private static BidderList List(IReadOnlyList<DemoCompany> companies)
    {
        string csv = "name,company number\n" + string.Concat(companies.Select(c => $"\"{c.Name}\",{c.RegistrationNumber}\n"));
        return BidderList.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv)), "bidders.csv");
    }
}
