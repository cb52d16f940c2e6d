using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace FourStrands.Noninterference.Mutants;

/// <summary>The differential test bites: each of these faults is live, and each is found.</summary>
public sealed class MutantTests(ITestOutputHelper output)
{
    /// <summary>Most faults are found among the first thousand; the rarest need tens of thousands.</summary>
    private const int MostCases = 400_000;

    private const int CasesWithoutFault = 10_000;

    /// <summary>Of the pages: they take longer.</summary>
    private const int MostHistories = 25;

    private const int HistoriesWithoutFault = 5;
    private static readonly Mutant None = new("no fault");
    private static readonly Mutant NoneAsItIs = new("no fault, limits as they are");

    [Fact]
    public Task Every_seeded_fault_is_found_and_the_gate_itself_passes() =>
        FindAmongAnswers(Chosen(MutantList.All.Where(m => !m.IsRare)).Prepend(None).Prepend(NoneAsItIs));

    /// <summary>Those of which no history is known that shows them; it takes a quarter of an hour for each.</summary>
    [Fact(Explicit = true)]
    public Task Rare_faults_are_found() => FindAmongAnswers(MutantList.All.Where(m => m.IsRare));

    private Task FindAmongAnswers(IEnumerable<Mutant> chosen) =>
        Find(
            chosen,
            mutant =>
                [
                    "differ",
                    "--cases",
                    IsSound(mutant) ? CasesWithoutFault : MostCases,
                    "--seed",
                    20260105,
                    "--shrink",
                    "no",
                    .. mutant.History is { } history ? ["--first", history] : Array.Empty<object>(),
                ]
        );

    /// <summary>The workbench is no place where a fault of the gate stays unseen.</summary>
    [Fact]
    public Task Seeded_faults_are_found_in_the_pages_too_and_those_themselves_pass() =>
        Find(
            Chosen(MutantList.OnPages).Prepend(None),
            mutant => ["pages", "--histories", IsSound(mutant) ? HistoriesWithoutFault : MostHistories, "--seed", 1]
        );

    private static bool IsSound(Mutant mutant) => mutant == None || mutant == NoneAsItIs;

    private async Task Find(IEnumerable<Mutant> chosen, Func<Mutant, object[]> run)
    {
        string folder = Directory.CreateTempSubdirectory("fourstrands-mutants-").FullName;
        try
        {
            var compiler = new MutantCompiler(LowLimits.Edits);
            var asItIs = new MutantCompiler([]);
            ConcurrentBag<(string Mutant, string Report, bool Good)> reports = [];
            var options = new ParallelOptions
            {
                MaxDegreeOfParallelism = Math.Min(4, Environment.ProcessorCount),
                CancellationToken = TestContext.Current.CancellationToken,
            };
            var clock = Stopwatch.StartNew();
            await Parallel.ForEachAsync(
                chosen.Index(),
                options,
                async (item, cancel) =>
                {
                    var (number, mutant) = item;
                    var taken = Stopwatch.StartNew();
                    string assemblies = Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture));
                    string? problem = (mutant == NoneAsItIs ? asItIs : compiler).Compile(mutant, assemblies);
                    var (good, report) = (false, problem);
                    if (report is null)
                    {
                        var (exit, said) = await Run(assemblies, run(mutant), cancel);
                        good = exit == (IsSound(mutant) ? 0 : 1);
                        report = string.Create(CultureInfo.InvariantCulture, $"{said} ({taken.Elapsed.TotalSeconds:F0} s)");
                    }
                    output.WriteLine($"{(good ? "found" : "NOT FOUND"), -9} {mutant}: {report}");
                    reports.Add((mutant.Name, report, good));
                }
            );
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reports.Count} runs, {clock.Elapsed.TotalSeconds:F0} s"));
            Assert.Empty(reports.Where(r => !r.Good).Select(r => $"{r.Mutant}: {r.Report}"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void There_are_enough_of_them_and_each_is_a_fault_of_its_own()
    {
        Assert.InRange(MutantList.All.Count, 14, int.MaxValue);
        Assert.Equal(5, MutantList.OnPages.Count);
        Assert.Equal(MutantList.All.Count, MutantList.All.Select(m => m.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(MutantList.All.Count, MutantList.All.Select(m => string.Join('\n', m.Edits)).Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>Seen at once, before any is looked for.</summary>
    [Fact]
    public void Each_finds_the_text_that_it_changes()
    {
        var compiler = new MutantCompiler(LowLimits.Edits);
        Assert.All(MutantList.All, m => Assert.Null(compiler.Misses(m)));
    }

    /// <summary>All, or, while some are being written, those whose names hold one of the texts in an environment variable, between semicolons.</summary>
    private static IEnumerable<Mutant> Chosen(IEnumerable<Mutant> of) =>
        Environment.GetEnvironmentVariable("FOURSTRANDS_MUTANT") is { Length: > 0 } words
            ? of.Where(m => words.Split(';').Any(w => m.Name.Contains(w, StringComparison.Ordinal)))
            : of;

    /// <summary>Runs a differential test against the assemblies in a folder, in a process of its own.</summary>
    private static async Task<(int Exit, string Said)> Run(string assemblies, object[] arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (object argument in (object[])[arguments[0], "--assemblies", assemblies, .. arguments[1..]])
            start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(15));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            string said = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            // The workbench says what goes wrong in it before.
            string first = Array.Find(said.Split('\n'), l => l.Contains(", seed ", StringComparison.Ordinal)) ?? said;
            return (process.ExitCode, process.ExitCode is 0 or 1 ? first : $"exit {process.ExitCode}: {first} {await errors}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return (-1, "not done after fifteen minutes");
        }
    }
}
