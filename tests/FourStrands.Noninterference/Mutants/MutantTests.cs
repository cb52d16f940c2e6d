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
    private static readonly Mutant None = new("no fault");
    private static readonly Mutant NoneAsItIs = new("no fault, limits as they are");

    [Fact]
    public async Task Every_seeded_fault_is_found_and_the_gate_itself_passes()
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
                Chosen().Prepend(None).Prepend(NoneAsItIs).Index(),
                options,
                async (item, cancel) =>
                {
                    var (number, mutant) = item;
                    var taken = Stopwatch.StartNew();
                    bool sound = mutant == None || mutant == NoneAsItIs;
                    string assemblies = Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture));
                    string? problem = (mutant == NoneAsItIs ? asItIs : compiler).Compile(mutant, assemblies);
                    if (problem is not null)
                        reports.Add((mutant.Name, problem, false));
                    else
                    {
                        var (exit, said) = await Differ(assemblies, sound ? CasesWithoutFault : MostCases, mutant.History, cancel);
                        reports.Add(
                            (mutant.Name, string.Create(CultureInfo.InvariantCulture, $"{said} ({taken.Elapsed.TotalSeconds:F0} s)"), exit == (sound ? 0 : 1))
                        );
                    }
                }
            );
            foreach (var (mutant, report, good) in reports.OrderBy(r => r.Mutant, StringComparer.Ordinal))
                output.WriteLine($"{(good ? "found" : "NOT FOUND"), -9} {mutant}: {report}");
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

    /// <summary>All, or, while one is being written, those whose name holds the text in an environment variable.</summary>
    private static IEnumerable<Mutant> Chosen() =>
        Environment.GetEnvironmentVariable("FOURSTRANDS_MUTANT") is { Length: > 0 } word
            ? MutantList.All.Where(m => m.Name.Contains(word, StringComparison.Ordinal))
            : MutantList.All;

    /// <summary>Runs the differential test against the assemblies in a folder, in a process of its own.</summary>
    private static async Task<(int Exit, string Said)> Differ(string assemblies, int cases, ulong? history, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            string argument in (string[])
                [
                    typeof(Program).Assembly.Location,
                    "differ",
                    "--assemblies",
                    assemblies,
                    "--cases",
                    cases.ToString(CultureInfo.InvariantCulture),
                    "--seed",
                    "20260105",
                    "--shrink",
                    "no",
                    .. history is { } played ? ["--first", played.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
                ]
        )
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(15));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            string said = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            string first = said.Split('\n')[0];
            return (process.ExitCode, process.ExitCode is 0 or 1 ? first : $"exit {process.ExitCode}: {first} {await errors}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return (-1, "not done after fifteen minutes");
        }
    }
}
