using System.Globalization;
using FourStrands.Linkage;
using FourStrands.Linkage.Measured;

// Prints the figures of linkage. Usage: names [all] | screen | febrl3 | febrl4 | historical | people FILE; nothing: all that the shared data allows.
// "errors" after them shows what was missed and what is wrong at .50, "joins" at .95.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var what = args.Length > 0 ? args[0] : "";
var errors = args.Length > 1 && args[^1] is "errors" or "joins";
var threshold = args.Length > 1 && args[^1] == "joins" ? Comparison.SameAt : Comparison.PossibleAt;

if (what is "" or "names" && SharedData.Find(NamePairs.File) is { } names)
    Names(NamePairs.Read(names), errors);
if (what is "" or "screen" && SharedData.Find(Screening.List) is { } list)
    Screen(list, errors);
if (what is "" or "febrl3" && SharedData.Find("data/er/febrl/dataset3.csv") is { } febrl3)
    People("Febrl 3", threshold, Resolution.Febrl(febrl3), errors);
if (what is "" or "febrl4" && SharedData.Find("data/er/febrl/dataset4a.csv") is { } febrl4)
    People("Febrl 4", threshold, Resolution.Febrl(febrl4).Concat(Resolution.Febrl(febrl4.Replace("4a", "4b", StringComparison.Ordinal))), errors);
if (what is "" or "historical" && SharedData.Find("data/er/splink/historical_50k.csv") is { } historical)
    People("Historical", threshold, Resolution.Historical(historical), errors);
if (what is "people" && args.Length > 1)
    People(args[1], threshold, Resolution.People(args[1]), errors);

static void Names(List<NamePairs.Case> cases, bool errors)
{
    NamePairs.Judge(cases);
    foreach (var threshold in (ReadOnlySpan<double>)[0.5, 0.55, 0.6, 0.65, 0.68, 0.7, 0.72, 0.75, 0.78, 0.8, 0.85, 0.9])
    {
        var (f1, precision, recall) = NamePairs.At(cases, threshold);
        Console.WriteLine($"names at {threshold:F2}: F1 {f1:F4} precision {precision:F3} recall {recall:F3}");
    }

    foreach (var kind in cases.Select(c => c.Kind).Distinct())
        Console.WriteLine($"names {kind}: F1 {NamePairs.At([.. cases.Where(c => c.Kind == kind)], NameComparison.SameNameAt).F1:F4}");
    NamePairs.PairsPerSecond(cases);
    Console.WriteLine(
        $"names: {NamePairs.PairsPerSecond(cases):F0} pairs/s from text, {NamePairs.ScoresPerSecond(cases):F0} scores/s of prepared names, one core"
    );
    if (!errors)
        return;
    foreach (var c in cases.Where(c => c.Same != c.Score >= NameComparison.SameNameAt).OrderBy(c => c.Same).ThenBy(c => c.Score))
        Console.WriteLine($"{(c.Same ? "missed" : "wrong ")} {c.Score:F3} {c.Kind} {c.Left} | {c.Right} | {c.Notes}");
}

static void Screen(string list, bool errors)
{
    var screening = new Screening(list);
    foreach (var file in (ReadOnlySpan<string>)[Screening.Untreated, Screening.Positives])
    {
        var rows = SharedData.Rows(SharedData.Find(file)!).ToList();
        var best = rows.Select(r => (Row: r, Best: screening.Best(r))).ToList();
        Console.WriteLine(
            $"screen {Path.GetFileName(file)}: recall {best.Count(b => b.Best.Score >= 0.5) / (double)rows.Count:F4} at .50, {best.Count(b => b.Best.Score >= 0.7) / (double)rows.Count:F4} at .70, {best.Count(b => b.Best.Score >= 0.95) / (double)rows.Count:F4} at .95"
        );
        if (errors)
        {
            foreach (var (row, b) in best.Where(b => b.Best.Score < 0.5))
                Console.WriteLine($"missed {b.Score:F3} {string.Join('|', row.Values)} ~ {(b.Who < 0 ? "nobody" : screening.Names[b.Who])}");
        }
    }

    var watch = System.Diagnostics.Stopwatch.StartNew();
    var negatives = SharedData.Rows(SharedData.Find(Screening.Negatives)!).ToList();
    var scores = negatives.Select(r => (Row: r, Best: screening.Best(r))).ToList();
    Console.WriteLine(
        $"screen negatives: of {scores.Count}: {scores.Count(s => s.Best.Score >= 0.5)} at .50, {scores.Count(s => s.Best.Score >= 0.7)} at .70, {scores.Count(s => s.Best.Score >= 0.95)} at .95; {screening.Compared / (double)screening.Queries:F1} compared a query, {scores.Count / watch.Elapsed.TotalSeconds:F0} queries/s"
    );
    if (errors)
    {
        foreach (var (row, b) in scores.Where(s => s.Best.Score >= 0.5).Take(40))
            Console.WriteLine(
                $"alarm {b.Score:F3} {string.Join('|', row.Values)} ~ {string.Join("; ", screening.Explain(row, b.Who).Evidence.Select(e => $"{e.Field} {e.Right} {e.Finding} {e.Bits:F1}"))}"
            );
    }
}

static void People(string name, double threshold, IEnumerable<(string Truth, FieldValue[] Values)> rows, bool errors)
{
    var resolution = new Resolution();
    var data = rows.ToList();
    Console.WriteLine($"{name}: {resolution.Run(data)}");
    if (!errors)
        return;
    foreach (var (l, r, score, same) in resolution.Errors(threshold).OrderBy(e => e.Left * 7919 % 1000).Take(200))
        Console.WriteLine(
            $"{(same ? "missed" : "wrong ")} {score:F3} {string.Join("; ", resolution.Explain(l, r).Evidence.Select(e => $"{e.Field} {e.Left} ~ {e.Right} {e.Bits:F1}"))}"
        );
    foreach (var (l, r) in resolution.Unblocked().OrderBy(e => e.Left * 7919 % 1000).Take(25))
        Console.WriteLine($"unblocked {string.Join('|', data[l].Values.Select(v => v.Value))} ~ {string.Join('|', data[r].Values.Select(v => v.Value))}");
}
