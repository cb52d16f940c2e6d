using FourStrands.Picture;

namespace FourStrands.Cli.Demo;

/// <summary>Brings the demo world into a store. Can be interrupted and done again: what is there already is not brought in twice.</summary>
internal static class DemoMaker
{
    // So many of the nominals in the NIGHTJAR compartment have been identified by the analyst.
    private const int JudgedNominals = 20;

    /// <summary>Makes it, and returns what to remember of it.</summary>
    public static DemoMark Make(Terminal terminal, Gate gate, string folder, int records, long seed, CancellationToken interrupted)
    {
        var mark = new DemoMark(records, seed, Complete: false);
        mark.Write(folder);
        if (!gate.People.IsSetUp)
            gate.People.Invent(Viewer.BuiltIn);
        var started = terminal.Clock.GetTimestamp();
        var world = new DemoWorld(records, seed);
        long made = Progress.Share(terminal, "Making the demo world", share => Import(gate, world, share, interrupted));
        File.WriteAllText(Path.Combine(folder, Stories.BiddersFileName), Stories.Bidders);
        mark = mark with { Complete = true };
        mark.Write(folder);
        terminal.Say(
            $"Made a fictional world of {Answers.Number(made)} records from {world.Parts.Select(p => (p.Owner.Agency, p.Request.SourceName)).Distinct().Count()} sources (seed {seed}) in {terminal.Clock.GetElapsedTime(started).TotalSeconds:0.0} s. Nobody in it is real."
        );
        return mark;
    }

    private static long Import(Gate gate, DemoWorld world, IProgress<double> share, CancellationToken interrupted)
    {
        long made = 0;
        var judged = new Dictionary<(string Source, string Key), RecordId>();
        var decisions = world.Decisions(JudgedNominals);
        foreach (var decision in decisions)
            judged[decision.Left] = judged[decision.Right] = default;
        foreach (var part in world.Parts)
        {
            interrupted.ThrowIfCancellationRequested();
            using var session = gate.For(part.Owner).BeginImport(part.Request);
            part.Write(new DemoRecords(session, Ontology.Default, interrupted: interrupted));
            foreach (var (source, key) in judged.Keys.ToList())
            {
                if (source == part.Request.SourceName)
                    judged[(source, key)] = session.IdentifierOf(key);
            }
            long before = made;
            made += session.Records;
            session.Commit(new Linking(done => share.Report(Math.Min(1, (before + (done * (made - before))) / Math.Max(1.0, world.Records)))));
            share.Report(Math.Min(1, made / (double)world.Records));
        }
        var analyst = gate.For(DemoWorld.Police);
        foreach (var decision in decisions)
            analyst.Judge(judged[decision.Left], judged[decision.Right], decision.Verdict, decision.Reason);
        return made;
    }

    private sealed class Linking(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}
