using System.Diagnostics;
using System.Text;
using FourStrands.Formats;
using FourStrands.Picture;

namespace FourStrands.Benchmarks;

/// <summary>How fast a large FollowTheMoney file becomes searchable, and what it takes in memory.</summary>
internal static class ImportBench
{
    public static void Run(int statements) =>
        Measured.InFolder(folder =>
        {
            string file = Path.Combine(folder, "entities.ftm.json");
            Write(file, statements);
            Measured.Say($"import: a file of {new FileInfo(file).Length >> 20} MB");
            using var gate = Gate.Open(Path.Combine(folder, "store"));
            var view = gate.For(Viewer.BuiltIn[0]);
            long start = Stopwatch.GetTimestamp();
            double cpu = Measured.Cpu;
            using var session = view.BeginImport(new ImportRequest("Register", Label.Public, "entities.ftm.json", "FollowTheMoney"));
            ImportFile.Read(file, session);
            long count = session.Statements;
            Measured.Say($"import: {session.Records:N0} records, {count:N0} statements read by {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
            session.Commit(
                new FirstReport(() =>
                {
                    double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                    Measured.Say($"import: committed and searchable after {seconds:F1} s ({Measured.Cpu - cpu:F1} CPU s): {count / seconds:N0} statements/s");
                    GC.Collect();
                    Measured.Say(
                        $"import: whole process {Measured.Megabytes} MB; managed {GC.GetTotalMemory(true) / (double)count:F0} bytes a statement, indexes for search included"
                    );
                    start = Stopwatch.GetTimestamp();
                    cpu = Measured.Cpu;
                })
            );
            Measured.Say(
                $"import: linking took {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s more ({Measured.Cpu - cpu:F1} CPU s); whole process {Measured.Megabytes} MB, peak {Measured.PeakMegabytes} MB"
            );
        });

    /// <summary>Companies, people and directorships with made-up names: seven, five and five statements each.</summary>
    private static void Write(string file, int statements)
    {
        using var writer = new StreamWriter(file, append: false, new UTF8Encoding(false), 1 << 16);
        var random = new Dice(7);
        string[] given = Names(600, 1),
            family = Names(40_000, 2),
            trade = Names(80_000, 3),
            towns = Names(500, 4);
        for (int i = 0, written = 0; written < statements; i++)
        {
            writer.Write(
                $$$"""{"id":"c{{{i}}}","schema":"Company","properties":{"name":["{{{trade[random.Next(trade.Length)]}}} {{{trade[random.Next(trade.Length)]}}} Ltd"],"registrationNumber":["FX{{{i:0000000}}}"],"jurisdiction":["gb"],"incorporationDate":["{{{1970 + random.Next(55)}}}-{{{1 + random.Next(12):00}}}-{{{1 + random.Next(28):00}}}"],"status":["Active"],"address":["{{{1 + random.Next(200)}}} {{{family[random.Next(family.Length)]}}} Street, {{{towns[random.Next(towns.Length)]}}}"],"classification":["49410 Freight transport by road"]}}"""
            );
            writer.Write('\n');
            writer.Write(
                $$$"""{"id":"p{{{i}}}","schema":"Person","properties":{"name":["{{{given[random.Skewed(given.Length)]}}} {{{family[random.Skewed(family.Length)]}}}"],"birthDate":["{{{1940 + random.Next(65)}}}-{{{1 + random.Next(12):00}}}-{{{1 + random.Next(28):00}}}"],"nationality":["gb"],"address":["{{{1 + random.Next(200)}}} {{{family[random.Next(family.Length)]}}} Road, {{{towns[random.Next(towns.Length)]}}}"],"country":["gb"]}}"""
            );
            writer.Write('\n');
            writer.Write(
                $$$"""{"id":"d{{{i}}}","schema":"Directorship","properties":{"director":["p{{{i}}}"],"organization":["c{{{random.Next(i + 1)}}}"],"role":["director"],"startDate":["{{{1990 + random.Next(30)}}}-01-01"],"status":["current"]}}"""
            );
            writer.Write('\n');
            written += 17;
        }
    }

    private static string[] Names(int count, ulong seed)
    {
        string[] syllables =
        [
            "ba",
            "be",
            "bo",
            "da",
            "de",
            "do",
            "fa",
            "fi",
            "ga",
            "go",
            "ha",
            "he",
            "ja",
            "ka",
            "ki",
            "la",
            "le",
            "lo",
            "ma",
            "me",
            "mi",
            "na",
            "ni",
            "no",
            "pa",
            "pe",
            "ra",
            "ri",
            "ro",
            "sa",
            "se",
            "sha",
            "ta",
            "te",
            "to",
            "va",
            "ve",
            "wa",
            "ya",
            "za",
            "mac",
            "don",
            "bru",
            "gor",
            "ian",
            "ell",
            "wyn",
        ];
        var random = new Dice(seed);
        var names = new string[count];
        for (int i = 0; i < count; i++)
        {
            var name = new StringBuilder();
            for (int s = 2 + random.Next(3); s > 0; s--)
                name.Append(syllables[random.Next(syllables.Length)]);
            name[0] = char.ToUpperInvariant(name[0]);
            names[i] = name.ToString();
        }
        return names;
    }

    private sealed class FirstReport(Action work) : IProgress<double>
    {
        private bool done;

        public void Report(double value)
        {
            if (done)
                return;
            done = true;
            work();
        }
    }

    /// <summary>SplitMix64: the same numbers on every machine.</summary>
    private sealed class Dice(ulong seed)
    {
        private ulong state = seed;

        public int Next(int below)
        {
            ulong z = state += 0x9E37_79B9_7F4A_7C15;
            z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
            z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
            return (int)((z ^ (z >> 31)) % (ulong)below);
        }

        /// <summary>Small numbers more often, as names are.</summary>
        public int Skewed(int below) => (int)((long)Next(below) * Next(below) / below);
    }
}
