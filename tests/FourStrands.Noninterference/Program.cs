using System.Globalization;
using FourStrands.Noninterference.Differential;
using FourStrands.Noninterference.Http;
using FourStrands.Noninterference.Mutants;

namespace FourStrands.Noninterference;

internal static class Program
{
    /// <summary>
    /// The tests; or, with <c>differ</c> as first argument, the differential test alone with as many cases as asked for, or, with <c>pages</c>, that of the pages with as many histories.
    /// </summary>
    public static async Task<int> Main(string[] args)
    {
        if (args is ["differ" or "pages", ..])
            return Run(args);
        return args.Contains("--server", StringComparer.Ordinal) || args.Contains("--internal-msbuild-node", StringComparer.Ordinal)
            ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }

    /// <summary>0 if no answer differs, 1 if one does.</summary>
    internal static int Run(string[] args) =>
        args switch
        {
            [var what, "--assemblies", var folder, .. var more] => MutantContext.Run(folder, [what, .. more]),
            [var what, "--low-limits", .. var more] => WithLowLimits([what, .. more]),
            ["pages", .. var more] => Pages(more),
            [_, .. var more] => Differ(more),
            [] => 2,
        };

    private static int Pages(string[] args)
    {
        if (args is not ["--histories", var histories, "--seed", var seed])
        {
            Console.Error.WriteLine("Usage: pages [--low-limits] --histories N --seed S");
            return 2;
        }
        int most = int.Parse(histories, CultureInfo.InvariantCulture);
        var (cases, done, difference) = HttpTrial.Many(ulong.Parse(seed, CultureInfo.InvariantCulture), [], (_, done) => done < most).GetAwaiter().GetResult();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{cases:N0} requests over {done} histories, seed {seed}: {(difference is null ? "no difference" : "a difference")}"
            )
        );
        Console.WriteLine(difference);
        return difference is null ? 0 : 1;
    }

    private static int Differ(ReadOnlySpan<string> args)
    {
        int cases = 1_000_000;
        ulong seed = 1;
        bool shrink = true;
        ulong? first = null;
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            switch (args[i])
            {
                case "--cases":
                    cases = int.Parse(args[i + 1], CultureInfo.InvariantCulture);
                    break;
                case "--seed":
                    seed = ulong.Parse(args[i + 1], CultureInfo.InvariantCulture);
                    break;
                case "--first":
                    first = ulong.Parse(args[i + 1], CultureInfo.InvariantCulture);
                    break;
                case "--shrink":
                    shrink = args[i + 1] != "no";
                    break;
                case "--history":
                    var one = Campaign.Repeat(ulong.Parse(args[i + 1], CultureInfo.InvariantCulture));
                    Console.WriteLine(one);
                    Console.WriteLine(one.Difference);
                    return one.Difference is null ? 0 : 1;
                default:
                    Console.Error.WriteLine("Usage: differ [--low-limits] [--cases N] [--seed S] [--first HISTORY] | differ [--low-limits] --history SEED");
                    return 2;
            }
        }
        var findings = Campaign.Run(seed, cases, shrink, Console.Error.WriteLine, first);
        Console.WriteLine(findings);
        Console.WriteLine(findings.Difference);
        return findings.Difference is null ? 0 : 1;
    }

    /// <summary>The same, with every limit so low that short histories reach it.</summary>
    private static int WithLowLimits(string[] args)
    {
        string folder = Directory.CreateTempSubdirectory("fourstrands-limits-").FullName;
        try
        {
            if (new MutantCompiler(LowLimits.Edits).Compile(new Mutant("low limits"), folder) is not { } problem)
                return MutantContext.Run(folder, args);
            Console.Error.WriteLine(problem);
            return 2;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
