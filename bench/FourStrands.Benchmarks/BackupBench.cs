using System.Diagnostics;
using System.Security.Cryptography;
using FourStrands.Cli.Demo;
using FourStrands.Picture;

namespace FourStrands.Benchmarks;

/// <summary>How long a backup of an open store takes, and restoring it.</summary>
internal static class BackupBench
{
    /// <summary>Runs it.</summary>
    /// <param name="records">How large a demo world.</param>
    public static void Run(int records) => Measured.InFolder(folder => Run(records, folder));

    private static void Run(int records, string folder)
    {
        string store = Path.Combine(folder, "store"),
            file = Path.Combine(folder, "backup.fsb"),
            restored = Path.Combine(folder, "restored");
        var key = BackupKey.FromKeyFile(RandomNumberGenerator.GetBytes(32));
        using var gate = Gate.Open(store);
        WorldBench.Fill(gate, new DemoWorld(records));
        var read = new BytesRead();
        long start = Stopwatch.GetTimestamp();
        double cpu = Measured.Cpu;
        var manifest = StoreBackup.Take(store, file, key, TimeProvider.System, read);
        double megabytes = read.Bytes / 1e6;
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Measured.Say(
            $"backup: {records:N0} records, rows of {megabytes:N0} MB, open meanwhile: {seconds:F1} s ({Measured.Cpu - cpu:F1} CPU s), {megabytes / seconds:F0} MB/s; the file has {new FileInfo(file).Length / 1e6:N0} MB; {manifest.Rows:N0} rows"
        );
        start = Stopwatch.GetTimestamp();
        cpu = Measured.Cpu;
        StoreBackup.Restore(file, key, restored, new RestoreOptions { NothingErasedSince = true });
        seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Measured.Say($"backup: restored, proved and opened once: {seconds:F1} s ({Measured.Cpu - cpu:F1} CPU s), {megabytes / seconds:F0} MB/s");
    }

    private sealed class BytesRead : IProgress<long>
    {
        public long Bytes { get; private set; }

        public void Report(long value) => Bytes = value;
    }
}
