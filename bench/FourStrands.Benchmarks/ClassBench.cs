using FourStrands.Picture;
using FourStrands.Picture.Matches;

namespace FourStrands.Benchmarks;

/// <summary>
/// What somebody waits for whose rights nobody else has, and what is kept for them, in a large picture: records in groups of eleven, each of which may be the
/// same subject as any other of its group, by what is public, or by what fewer see. The matches are made, not found: finding them is measured elsewhere.
/// </summary>
internal static class ClassBench
{
    private const int Group = 11;
    private const int Classes = 20;

    private static readonly string[] Forenames = ["Ada", "Bo", "Callum", "Dora", "Ewan", "Fiona", "Gregor", "Hamish", "Isla", "Jean"];

    /// <summary>Runs it.</summary>
    /// <param name="records">How many records; five times as many matches.</param>
    public static void Run(int records) => Measured.InFolder(folder => Run(records, folder));

    private static void Run(int records, string folder)
    {
        using var gate = Gate.Open(folder);
        records -= records % Group;
        var writer = Viewer.BuiltIn.Single(v => v.ShortName == "analyst") with { Compartments = ["nightjar"] };
        Label[] labels =
        [
            Label.Public,
            new(Classification.Official),
            new(Classification.OfficialSensitive, [writer.Agency]),
            new(Classification.Official, [writer.Agency], ["nightjar"]),
        ];
        Bring(gate.For(writer), Label.Public, records, 1);
        // Restricted statements touch 15% of the records.
        foreach (var label in labels.Skip(1))
            Bring(gate.For(writer), label, records, 20);
        int matches = Match(gate, labels, records);
        GC.Collect();
        Measured.Say($"class: {records:N0} records, {matches:N0} matches; whole process {Measured.Megabytes:N0} MB");
        var dice = new Random(20261127);
        int made = 0;
        Measured.Percentiles("class: the first answer of a new permission class, an entity", 200, () => Ask(gate.For(Newcomer()).Find(Id())));
        Measured.Percentiles(
            "class: the first answer of a new permission class, a suggestion",
            50,
            () => Ask(gate.For(Newcomer()).Suggest($"Ada Person{dice.Next(records)}"))
        );
        Measured.Percentiles(
            "class: the first answer of a new permission class, a search for a name",
            50,
            () => Ask(gate.For(Newcomer()).Search($"Person{dice.Next(records)}"))
        );
        Measured.Percentiles("class: its later answers, an entity", 2000, () => Ask(gate.For(writer).Find(Id())));
        // Looked at without what all classes share.
        long before = Kept(),
            most = 0;
        int asked = Math.Min(records, 300_000) / Classes;
        for (int i = 0; i < Classes; i++)
        {
            Read(Newcomer(), asked);
            long now = Kept();
            most = Math.Max(most, now - before);
            before = now;
        }
        Measured.Say($"class: of {Classes} classes, {asked:N0} questions of each, at most {most / 1e6:F1} MB are kept for one");

        long Kept()
        {
            gate.Engine.Prepared.Drop();
            return GC.GetTotalMemory(forceFullCollection: true);
        }

        void Read(Viewer viewer, int times)
        {
            var view = gate.For(viewer);
            for (int i = 0; i < times; i++)
                view.Summarise(Id());
            gate.FlushReadLog().GetAwaiter().GetResult();
        }

        RecordId Id() => new(gate.Engine.Records.Id[dice.Next(records)]);

        Viewer Newcomer() => writer with { Name = $"new{++made}@{writer.Agency}", Compartments = [$"c{made}", "nightjar"] };

        static void Ask(object? answer) => ArgumentNullException.ThrowIfNull(answer);
    }

    private static void Bring(View view, Label label, int records, int every)
    {
        var person = Ontology.Default["Person"];
        using var session = view.BeginImport(new ImportRequest("Register", label, "made", "bench"));
        for (int i = 0; i < records; i += every)
        {
            session.Begin($"r{i}", person);
            if (every == 1)
                session.Add(person["name"], $"{Forenames[i % Forenames.Length]} Person{i / Group}");
            else
                session.Add(person["notes"], "Known to us.");
            session.End();
        }
        session.CommitUnlinked();
    }

    private static int Match(Gate gate, Label[] labels, int records)
    {
        var engine = gate.Engine;
        int[] numbers = [.. labels.Select(gate.Store.Label)];
        int[] verdicts = new int[8];
        for (int v = 0; v < verdicts.Length; v++)
        {
            // Alike by what is public, or only with what a second label adds.
            int second = numbers[1 + (v % 3)];
            int[] pair = numbers[0] < second ? [numbers[0], second] : [second, numbers[0]];
            byte one = (byte)(v % 2 == 0 ? 250 : 140);
            byte[] table =
                v < 4 ? [0, 0, 0, one]
                : numbers[0] < second ? [0, one, 0, 250]
                : [0, 0, one, 250];
            verdicts[v] = engine.Matches.Intern(new VerdictRow(pair, table), out _);
        }
        int made = 0;
        engine.Lock.EnterWriteLock();
        try
        {
            List<Linker.Found> pairs = [];
            for (int first = 0; first < records; first += Group)
            {
                for (int a = 0; a < Group; a++)
                {
                    for (int b = a + 1; b < Group; b++)
                        pairs.Add(new Linker.Found(first + a, first + b, verdicts[(first + a + (b * 3)) % verdicts.Length]));
                }
                if (pairs.Count > 1_000_000 || first + Group >= records)
                {
                    engine.Matches.Set(pairs);
                    made += pairs.Count;
                    pairs.Clear();
                }
            }
            engine.Changed();
        }
        finally
        {
            engine.Lock.ExitWriteLock();
        }
        return made;
    }
}
