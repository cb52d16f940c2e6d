using System.Globalization;
using FourStrands.Noninterference.Differential;

namespace FourStrands.Noninterference;

internal static class Program
{
    /// <summary>The tests; or, with <c>differ</c> as first argument, the differential test alone with as many cases as asked for.</summary>
    public static async Task<int> Main(string[] args)
    {
        if (args is ["differ", ..]) return Differ(args.AsSpan(1));
        return args.Contains("--server", StringComparer.Ordinal) || args.Contains("--internal-msbuild-node", StringComparer.Ordinal)
            ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }

    /// <summary>0 if no answer differs, 1 if one does.</summary>
    private static int Differ(ReadOnlySpan<string> args)
    {
        int cases = 1_000_000;
        ulong seed = 1;
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            switch (args[i])
            {
                case "--cases": cases = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
                case "--seed": seed = ulong.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
                case "--history":
                    var one = Campaign.Repeat(ulong.Parse(args[i + 1], CultureInfo.InvariantCulture));
                    Console.WriteLine(one);
                    Console.WriteLine(one.Difference);
                    return one.Difference is null ? 0 : 1;
                default:
                    Console.Error.WriteLine("Usage: differ [--cases N] [--seed S] | differ --history SEED");
                    return 2;
            }
        }
        var findings = Campaign.Run(seed, cases);
        Console.WriteLine(findings);
        Console.WriteLine(findings.Difference);
        return findings.Difference is null ? 0 : 1;
    }
}
