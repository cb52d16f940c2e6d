using System.Diagnostics;

namespace FourStrands.Linkage.Measured;

/// <summary>Judges pairs of names that people have judged.</summary>
internal static class NamePairs
{
    public const string File = "data/names/nk_name_bench_cases.csv";

    public sealed record Case(SubjectKind Kind, string Left, string Right, bool Same, string Notes)
    {
        public double Score { get; set; }
    }

    public static List<Case> Read(string file) =>
        [.. SharedData.Rows(file).Select(r => new Case(Kind(r["schema"]), r["name1"], r["name2"], r["is_match"] == "true", $"{r["case_group"]} {r["notes"]}"))];

    public static void Judge(List<Case> cases)
    {
        foreach (var c in cases)
            c.Score = NameComparison.Similarity(c.Kind, c.Left, c.Right);
    }

    public static (double F1, double Precision, double Recall) At(List<Case> cases, double threshold)
    {
        int right = cases.Count(c => c.Same && c.Score >= threshold),
            wrong = cases.Count(c => !c.Same && c.Score >= threshold),
            all = cases.Count(c => c.Same);
        var precision = right / Math.Max(1.0, right + wrong);
        var recall = right / (double)all;
        return (2 * precision * recall / Math.Max(1e-9, precision + recall), precision, recall);
    }

    public static double PairsPerSecond(List<Case> cases)
    {
        var start = Processor();
        var n = 0;
        while (Processor() - start < 1)
        {
            Judge(cases);
            n += cases.Count;
        }

        return n / (Processor() - start);
    }

    public static double ScoresPerSecond(List<Case> cases)
    {
        var pairs = cases.Select(c => (Subject.Prepare(c.Kind, [new(Field.Name, c.Left)]), Subject.Prepare(c.Kind, [new(Field.Name, c.Right)]))).ToList();
        var start = Processor();
        var n = 0;
        float sum = 0;
        while (Processor() - start < 1)
        {
            foreach (var (a, b) in pairs)
                sum += Comparison.Score(a, b);
            n += pairs.Count;
        }

        return sum < 0 ? 0 : n / (Processor() - start);
    }

    /// <summary>Seconds of processor time: others may be using the machine.</summary>
    private static double Processor() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    private static SubjectKind Kind(string schema) =>
        schema switch
        {
            "Person" => SubjectKind.Person,
            "Company" or "Organization" => SubjectKind.Organisation,
            "Vessel" => SubjectKind.Vessel,
            _ => SubjectKind.Legal,
        };
}
