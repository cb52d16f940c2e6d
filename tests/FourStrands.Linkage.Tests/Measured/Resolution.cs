using System.Diagnostics;

namespace FourStrands.Linkage.Measured;

/// <summary>Links files of people of whom it is known who is who.</summary>
internal sealed class Resolution
{
    private readonly List<Subject> subjects = [];
    private readonly List<string> truth = [];
    private readonly Dictionary<ulong, List<int>> blocks = [];
    private long keyCount;

    public sealed record Figures(
        int Rows,
        double KeysPerRow,
        long Pairs,
        double BlockingRecall,
        double F1,
        double Threshold,
        double AtSame,
        double AtPossible,
        long Joined,
        long JoinedWrongly,
        double PrepareSeconds,
        double CompareSeconds,
        long Bytes
    )
    {
        /// <summary>Of a thousand pairs joined without anybody's looking, how many are two people.</summary>
        public double WrongOfThousand => 1000.0 * JoinedWrongly / Math.Max(1, Joined);

        public override string ToString() =>
            FormattableString.Invariant(
                $"{Rows} rows, {KeysPerRow:F1} keys each, {Pairs} pairs, blocking recall {BlockingRecall:F4}, pair F1 {F1:F4} at {Threshold:F3} ({AtSame:F4} at .95, {AtPossible:F4} at .50), {Joined} joined at .95, {WrongOfThousand:F2} of 1,000 wrongly, keys and preparing {PrepareSeconds:F1} s, comparing {CompareSeconds:F1} s ({Pairs / CompareSeconds:F0}/s), {Bytes / (double)Rows:F0} bytes a subject"
            );
    }

    public List<(int Left, int Right, float Score)> Scored { get; } = [];

    public static IEnumerable<(string Truth, FieldValue[] Values)> Febrl(string file) =>
        SharedData
            .Rows(file)
            .Select(r =>
                (
                    r["rec_id"].Split('-')[1],
                    Values(
                        (Field.FirstName, r["given_name"]),
                        (Field.LastName, r["surname"]),
                        (Field.Date, r["date_of_birth"]),
                        (Field.Postcode, r["postcode"]),
                        (Field.Address, string.Join(' ', new[] { r["street_number"], r["address_1"], r["suburb"] }).Trim()),
                        (Field.NationalIdentifier, r["soc_sec_id"])
                    )
                )
            );

    public static IEnumerable<(string Truth, FieldValue[] Values)> Historical(string file) =>
        SharedData
            .Rows(file)
            .Select(r =>
                (
                    r["cluster"],
                    Values(
                        (Field.Name, r["full_name"]),
                        (Field.Name, r["first_and_surname"]),
                        (Field.Date, r["dob"]),
                        (Field.BirthPlace, r["birth_place"]),
                        (Field.Postcode, r["postcode_fake"]),
                        (Field.Gender, r["gender"])
                    )
                )
            );

    public static IEnumerable<(string Truth, FieldValue[] Values)> People(string file) =>
        SharedData
            .Rows(file)
            .Select(r =>
                (
                    r["cluster"],
                    Values(
                        (Field.FirstName, r["given_name"]),
                        (Field.LastName, r["surname"]),
                        (Field.Date, r["dob"]),
                        (Field.Postcode, r["postcode"]),
                        (Field.Address, string.Join(' ', new[] { r["street_no"], r["street"], r["town"] }).Trim()),
                        (Field.Phone, r["phone"]),
                        (Field.Email, r["email"]),
                        (Field.NationalIdentifier, r["nino"])
                    )
                )
            );

    public Figures Run(IEnumerable<(string Truth, FieldValue[] Values)> rows)
    {
        var data = rows.ToList();
        var keys = new List<BlockingKey>();
        var watch = Stopwatch.StartNew();
        var held = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var (who, values) in data)
        {
            truth.Add(who);
            subjects.Add(Subject.Prepare(SubjectKind.Person, values));
        }

        held = GC.GetTotalMemory(forceFullCollection: true) - held;
        for (var i = 0; i < data.Count; i++)
        {
            keys.Clear();
            Blocking.LinkKeys(SubjectKind.Person, data[i].Values, keys);
            keyCount += keys.Count;
            foreach (var key in keys)
            {
                if (!blocks.TryGetValue(key.Hash, out var list))
                    blocks.Add(key.Hash, list = []);
                if (list.Count == 0 || list[^1] != i)
                    list.Add(i);
            }
        }

        var prepared = watch.Elapsed.TotalSeconds;
        watch.Restart();
        var seen = new List<long>();
        foreach (var block in blocks.Values)
        {
            for (var a = 0; a < block.Count; a++)
            {
                for (var b = a + 1; b < block.Count; b++)
                    seen.Add(((long)block[a] << 32) | (uint)block[b]);
            }
        }

        seen.Sort();
        watch.Restart();
        long last = -1;
        foreach (var pair in seen)
        {
            if (pair == last)
                continue;
            last = pair;
            int a = (int)(pair >> 32),
                b = (int)pair;
            Scored.Add((a, b, Comparison.Score(subjects[a], subjects[b])));
        }

        return Judge(data.Count, prepared, watch.Elapsed.TotalSeconds, held);
    }

    public IEnumerable<(int Left, int Right, float Score, bool Same)> Errors(double threshold) =>
        Scored.Select(s => (s.Left, s.Right, s.Score, truth[s.Left] == truth[s.Right])).Where(s => s.Item4 != s.Score >= threshold);

    public IEnumerable<(int Left, int Right)> Unblocked()
    {
        var seen = Scored.Select(s => (s.Left, s.Right)).ToHashSet();
        foreach (var group in Enumerable.Range(0, truth.Count).GroupBy(i => truth[i], StringComparer.Ordinal))
        {
            var list = group.ToList();
            for (var a = 0; a < list.Count; a++)
            {
                for (var b = a + 1; b < list.Count; b++)
                {
                    if (!seen.Contains((list[a], list[b])))
                        yield return (list[a], list[b]);
                }
            }
        }
    }

    public Explanation Explain(int left, int right) => Comparison.Explain(subjects[left], subjects[right]);

    private Figures Judge(int rows, double prepared, double compared, long held)
    {
        var all = truth.GroupBy(t => t, StringComparer.Ordinal).Sum(g => (long)g.Count() * (g.Count() - 1) / 2);
        Scored.Sort((x, y) => y.Score.CompareTo(x.Score));
        long right = 0,
            n = 0,
            joined = 0,
            wrong = 0;
        double best = 0,
            threshold = 1,
            atSame = 0,
            atPossible = 0;
        for (var i = 0; i < Scored.Count; i++)
        {
            n++;
            if (truth[Scored[i].Left] == truth[Scored[i].Right])
                right++;
            var f1 = 2.0 * right / (n + all);
            if (Scored[i].Score >= Comparison.SameAt)
                (atSame, joined, wrong) = (f1, n, n - right);
            if (Scored[i].Score >= Comparison.PossibleAt)
                atPossible = f1;
            if ((i + 1 == Scored.Count || Scored[i + 1].Score < Scored[i].Score) && f1 > best)
                (best, threshold) = (f1, Scored[i].Score);
        }

        return new Figures(
            rows,
            keyCount / (double)rows,
            Scored.Count,
            right / (double)all,
            best,
            threshold,
            atSame,
            atPossible,
            joined,
            wrong,
            prepared,
            compared,
            held
        );
    }

    private static FieldValue[] Values(params (Field Field, string Value)[] values) =>
        [.. values.Where(v => v.Value.Length > 0).Select(v => new FieldValue(v.Field, v.Value))];
}
