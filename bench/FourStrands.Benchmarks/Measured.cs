using System.Diagnostics;
using System.Globalization;

namespace FourStrands.Benchmarks;

/// <summary>Timing, said in one form.</summary>
internal static class Measured
{
    public static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    public static double Cpu => Environment.CpuUsage.TotalTime.TotalSeconds;

    public static long Megabytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.WorkingSet64 >> 20;
        }
    }

    public static long PeakMegabytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64 >> 20;
        }
    }

    /// <summary>
    /// Runs something many times and says its percentiles in milliseconds of wall time, and of the process's CPU time, which a busy machine
    /// lengthens less.
    /// </summary>
    public static void Percentiles(string what, int times, Action work)
    {
        var taken = new double[times];
        var worked = new double[times];
        for (int i = 0; i < times; i++)
        {
            double cpu = Cpu;
            long start = Stopwatch.GetTimestamp();
            work();
            worked[i] = (Cpu - cpu) * 1000;
            taken[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(taken);
        Array.Sort(worked);
        Say(
            $"{what}: p50 {taken[times / 2]:F2} ms, p95 {taken[times * 95 / 100]:F2}, p99 {taken[times * 99 / 100]:F2}, longest {taken[^1]:F1}; CPU p50 {worked[times / 2]:F2}, p99 {worked[times * 99 / 100]:F2} ({times} times)"
        );
    }

    /// <summary>A new folder, removed at the end.</summary>
    public static void InFolder(Action<string> work)
    {
        string folder = Directory.CreateTempSubdirectory("fourstrands-bench-").FullName;
        try
        {
            work(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The real files beside the project, or null.</summary>
    public static string? SharedData(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string found = Path.Combine(folder.FullName, "shared", "data", path);
            if (Path.Exists(found))
                return found;
        }
        return null;
    }
}
