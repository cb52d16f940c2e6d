using System.Diagnostics;
using FourStrands.Cli.Demo;
using FourStrands.Picture;
using FourStrands.Picture.Memory;

namespace FourStrands.Benchmarks;

/// <summary>
/// What the gate costs: traversal and search, against the same code compiled without label tests, by turns in one run. Restricted
/// statements touch about 15% of the records: the demo world's own, and notes on every eleventh of the others. The viewer sees every label, so that both do the same work.
/// </summary>
internal static class GateBench
{
    private static readonly string[] Queries = ["ma", "haulage", "st", "john", "glen ha", "strathorn", "an"];

    public static void Run(int records) =>
        Measured.InFolder(folder =>
        {
            using var gate = Gate.Open(folder);
            var world = new DemoWorld(records);
            WorldBench.Fill(gate, world);
            Restrict(gate, world);
            var engine = gate.Engine;
            var everything = new ulong[(engine.Labels.Count + 63) / 64];
            Array.Fill(everything, ulong.MaxValue);
            everything[0] &= ~1UL;
            var gated = new Reader<ClassSight>(engine, new ClassSight(everything), Viewer.BuiltIn[0], new());
            var open = new Reader<OpenSight>(engine, default, Viewer.BuiltIn[0], new());
            int touched = 0,
                present = 0;
            for (int r = 0; r < engine.Records.Count; r++)
            {
                if (engine.Records.Uniform[r] == LabelTable.Nobody)
                    continue;
                present++;
                if (engine.Records.Uniform[r] == Records.Mixed || engine.Labels[engine.Records.Uniform[r]].Classification != Classification.Public)
                    touched++;
            }
            Measured.Say($"gate: {present:N0} records, {100.0 * touched / present:F0}% of them with restricted statements");
            int[] starts = [.. Enumerable.Range(0, 2000).Select(i => (int)((long)i * 7919 % engine.Records.Count))];
            List<byte[]>[] words = [.. Queries.Select(Reader<ClassSight>.QueryWords)];
            Compare("traversal over three ties", () => Walk(gated, starts), () => Walk(open, starts));
            Compare("search", () => Search(gated, words), () => Search(open, words));
        });

    /// <summary>Each source's owner notes something for its own agency alone on every so many of its records.</summary>
    private static void Restrict(Gate gate, DemoWorld world)
    {
        const int Every = 11;
        foreach (var part in world.Parts.DistinctBy(p => p.Request.SourceName))
        {
            // A register publishes; its notes to itself are its own.
            var view = gate.For(
                part.Owner with
                {
                    Clearance = part.Owner.Clearance > Classification.Official ? part.Owner.Clearance : Classification.Official,
                }
            );
            var source = view.Sources().Single(s => s.Source.Name == part.Request.SourceName && s.Source.Owner == part.Owner.Agency);
            using var notes = view.BeginImport(new ImportRequest(source.Source.Name, Label.OwnAgency(view.Viewer), "notes", "bench"));
            int at = 0;
            foreach (var record in view.Export(source.Source.Id))
            {
                var note = record.Schema.Properties.Values.FirstOrDefault(p => p.Name is "notes" or "summary" or "description");
                if (note is null || at++ % Every != 0)
                    continue;
                notes.Begin(record.Key, record.Schema);
                notes.Add(note, "Known to us.");
                notes.End();
            }
            notes.Commit();
        }
    }

    private static void Compare(string what, Func<long> gated, Func<long> open)
    {
        List<double> ratios = [];
        double with = 0,
            without = 0;
        if (gated() != open())
            Measured.Say($"gate: {what}: the two saw different things");
        for (int i = 0; i < 41; i++)
        {
            double a,
                b;
            if (i % 2 == 0)
            {
                a = Time(gated);
                b = Time(open);
            }
            else
            {
                b = Time(open);
                a = Time(gated);
            }
            if (i < 6)
                continue;
            ratios.Add(a / b);
            with += a;
            without += b;
        }
        ratios.Sort();
        Measured.Say(
            $"gate: {what}: {100 * (ratios[ratios.Count / 2] - 1):F1}% slower with label tests (median of {ratios.Count} turns; {with:F2} s against {without:F2} s in all)"
        );
    }

    private static double Time(Func<long> work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static long Walk<TSight>(Reader<TSight> reader, int[] starts)
        where TSight : struct, ISight
    {
        long reached = 0;
        List<Reader<TSight>.Step> steps = [];
        HashSet<int> seen = [];
        List<int> level = [],
            next = [];
        foreach (int start in starts)
        {
            seen.Clear();
            level.Clear();
            level.Add(start);
            for (int tie = 0; tie < 3; tie++)
            {
                next.Clear();
                foreach (int record in level)
                {
                    steps.Clear();
                    reader.StepsFrom(record, steps);
                    foreach (var step in steps)
                    {
                        if (seen.Count < 2000 && seen.Add(step.Other))
                            next.Add(step.Other);
                    }
                }
                (level, next) = (next, level);
            }
            reached += seen.Count;
        }
        return reached;
    }

    private static long Search<TSight>(Reader<TSight> reader, List<byte[]>[] queries)
        where TSight : struct, ISight
    {
        long found = 0;
        for (int turn = 0; turn < 5; turn++)
        {
            foreach (var words in queries)
                found += reader.Match(words, null, namesOnly: false).Count;
        }
        return found;
    }
}
