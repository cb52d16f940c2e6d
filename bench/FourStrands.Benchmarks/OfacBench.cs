using System.Diagnostics;
using FourStrands.Formats;
using FourStrands.Picture;

namespace FourStrands.Benchmarks;

/// <summary>The real US list: imported, linked and searchable.</summary>
internal static class OfacBench
{
    public static void Run()
    {
        if (Measured.SharedData("registers/ofac") is not { } lists)
        {
            Measured.Say($"ofac: left out, as the real files are not here.");
            return;
        }
        Measured.InFolder(folder =>
        {
            long start = Stopwatch.GetTimestamp();
            double cpu = Measured.Cpu;
            using var gate = Gate.Open(folder);
            var view = gate.For(Viewer.BuiltIn[0]);
            long records = 0,
                statements = 0;
            foreach (string file in (string[])["sdn.csv", "alt.csv", "add.csv"])
            {
                using var session = view.BeginImport(new ImportRequest("US Treasury: Specially Designated Nationals", Label.Public, file, "OFAC"));
                double before = Measured.Cpu;
                ImportFile.Read(Path.Combine(lists, file), session);
                double read = Measured.Cpu;
                var summary = session.Commit();
                Measured.Say($"ofac: {file}: {read - before:F1} CPU s to read, {Measured.Cpu - read:F1} to commit and link {summary.Statements:N0} statements");
                records += summary.Records;
                statements += summary.Statements;
            }
            var found = view.Search("putin");
            Measured.Say(
                $"ofac: SDN, ALT and ADD, {records:N0} records begun, {statements:N0} statements, imported, linked and searchable in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s ({Measured.Cpu - cpu:F1} CPU s); a search finds {found.Records} records"
            );
        });
    }
}
