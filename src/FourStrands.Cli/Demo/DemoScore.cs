using FourStrands.Picture;

namespace FourStrands.Cli.Demo;

/// <summary>How well the entities of a view agree with who the records truly are about, counted over pairs of records.</summary>
/// <param name="Records">Records about somebody that the viewer sees.</param>
/// <param name="Entities">Entities that they are joined to.</param>
/// <param name="Subjects">Subjects that they are truly about.</param>
/// <param name="Joined">Pairs joined.</param>
/// <param name="Same">Pairs that are truly the same subject.</param>
/// <param name="Right">Pairs joined that are truly the same.</param>
internal sealed record DemoScore(int Records, int Entities, int Subjects, long Joined, long Same, long Right)
{
    public double Precision => Joined == 0 ? 1 : (double)Right / Joined;

    public double Recall => Same == 0 ? 1 : (double)Right / Same;

    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    /// <summary>Scores what a view shows. <paramref name="wrong"/>, if given, receives examples of records wrongly joined or apart.</summary>
    public static DemoScore Of(View view, DemoTruth truth, IProgress<double> share, ICollection<string>? wrong = null)
    {
        var entities = new Dictionary<RecordId, int>();
        var subjects = new Dictionary<Subject, int>();
        var both = new Dictionary<(RecordId, Subject), (int Count, string Example)>();
        int records = 0;
        foreach (var record in view.Export())
        {
            var subject = truth[record.Source.Owner, record.Source.Name, record.Key];
            if (!subject.IsSomebody || view.Find(record.Id) is not { } entity)
                continue;
            if (++records % 500 == 0)
                share.Report(Math.Min(1, (double)records / truth.Count));
            Add(entities, entity.Id);
            Add(subjects, subject);
            var seen = both.GetValueOrDefault((entity.Id, subject));
            both[(entity.Id, subject)] = (seen.Count + 1, seen.Example ?? $"{record.Source.Name} {record.Key} '{record.Values("name").FirstOrDefault()}'");
        }
        if (wrong is not null)
            Explain(both, wrong);
        return new DemoScore(
            records,
            entities.Count,
            subjects.Count,
            entities.Values.Sum(Pairs),
            subjects.Values.Sum(Pairs),
            both.Values.Sum(n => Pairs(n.Count))
        );
    }

    private static void Explain(Dictionary<(RecordId Entity, Subject Subject), (int Count, string Example)> both, ICollection<string> wrong)
    {
        foreach (var entity in both.GroupBy(b => b.Key.Entity).Where(g => g.Count() > 1).OrderBy(g => g.Key).Take(20))
            wrong.Add($"joined, but different: {string.Join("; ", entity.Take(4).Select(e => e.Value.Example))}");
        foreach (var subject in both.GroupBy(b => b.Key.Subject).Where(g => g.Count() > 1).OrderBy(g => g.Key.Number).Take(20))
            wrong.Add($"apart, but the same: {string.Join("; ", subject.Take(4).Select(e => e.Value.Example))}");
    }

    private static long Pairs(int count) => (long)count * (count - 1) / 2;

    private static void Add<T>(Dictionary<T, int> counts, T key)
        where T : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}
