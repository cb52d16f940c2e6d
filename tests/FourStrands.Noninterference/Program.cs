using System.Globalization;
using FourStrands.Noninterference.Differential;
using FourStrands.Noninterference.Mutants;

namespace FourStrands.Noninterference;

internal static class Program
{
    /// <summary>The tests; or, with <c>differ</c> as first argument, the differential test alone with as many cases as asked for.</summary>
    public static async Task<int> Main(string[] args)
    {
        if (args is ["differ", ..])
            return Differ(args.AsSpan(1));
        return args.Contains("--server", StringComparer.Ordinal) || args.Contains("--internal-msbuild-node", StringComparer.Ordinal)
            ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }

    /// <summary>0 if no answer differs, 1 if one does.</summary>
    internal static int Differ(ReadOnlySpan<string> args)
    {
        if (args is ["--assemblies", var folder, ..])
            return MutantContext.Differ(folder, args[2..].ToArray());
        if (args is ["--low-limits", ..])
            return WithLowLimits(args[1..].ToArray());
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

    /// <summary>As <see cref="Differ"/>, with every limit so low that short histories reach it.</summary>
    private static int WithLowLimits(string[] args)
    {
        string folder = Directory.CreateTempSubdirectory("fourstrands-limits-").FullName;
        try
        {
            if (new MutantCompiler(LowLimits.Edits).Compile(new Mutant("low limits"), folder) is not { } problem)
                return MutantContext.Differ(folder, args);
            Console.Error.WriteLine(problem);
            return 2;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
