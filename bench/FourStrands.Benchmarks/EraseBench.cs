using System.Diagnostics;
using FourStrands.Cli.Demo;
using FourStrands.Picture;

namespace FourStrands.Benchmarks;

/// <summary>How long it takes to erase a record from a store of some size: mostly, to write its file anew.</summary>
internal static class EraseBench
{
    /// <summary>Runs it.</summary>
    /// <param name="records">How large a demo world.</param>
    public static void Run(int records) => Measured.InFolder(folder => Run(records, folder));

    private static void Run(int records, string folder)
    {
        using var gate = Gate.Open(Path.Combine(folder, "store"));
        WorldBench.Fill(gate, new DemoWorld(records));
        var analyst = Viewer.BuiltIn.Single(v => v.ShortName == "analyst");
        var source = gate.For(analyst).Sources().OrderByDescending(s => s.Statements).First().Source;
        var manager = analyst with { Agency = source.Owner, Roles = [Role.InformationManager] };
        RecordId[] ids =
        [
            .. gate.For(analyst)
                .Search("ma", limit: 200)
                .Hits.Select(h => h.Entity.Id)
                .Where(id => gate.For(analyst).Find(id)!.Records[0].Source.Owner == source.Owner),
        ];
        List<double> seconds = [];
        double cpu = Measured.Cpu;
        foreach (var id in ids.Take(5))
        {
            long start = Stopwatch.GetTimestamp();
            gate.Erasures.Erase(manager, ErasureTarget.OfRecord(gate.For(analyst).Find(id)!.Records.First(r => r.Source.Owner == source.Owner).Id), "Measured");
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        Measured.Say(
            $"erase: a record of {records:N0}: median {seconds.Order().ElementAt(seconds.Count / 2):F2} s, most {seconds.Max():F2} s ({(Measured.Cpu - cpu) / seconds.Count:F2} CPU s each)"
        );
    }
}
