namespace FourStrands.Picture.Matches;

/// <summary>
/// From a blocking key to the records that have it: sorted runs of key and record packed into 64 bits, merged as they grow.
/// Holds the keys of everything; who reads it tests that the key is made of what is seen.
/// </summary>
internal sealed class KeyIndex
{
    private const int RecordBits = 28;
    private const ulong RecordMask = (1UL << RecordBits) - 1;

    private readonly List<ulong[]> runs = [];

    public static ulong Pack(ulong hash, int record) => (hash & ~RecordMask) | (uint)record;

    public static int RecordOf(ulong entry) => (int)(entry & RecordMask);

    public static bool SameKey(ulong left, ulong right) => (left & ~RecordMask) == (right & ~RecordMask);

    public IReadOnlyList<ulong[]> Runs => runs;

    /// <summary>Adds a sorted run without repeats.</summary>
    public void Add(ulong[] run)
    {
        if (run.Length == 0)
            return;
        runs.Add(run);
        while (runs.Count > 1 && runs[^2].Length < runs[^1].Length * 4L)
        {
            var merged = Merge(runs[^2], runs[^1]);
            runs.RemoveRange(runs.Count - 2, 2);
            runs.Add(merged);
        }
    }

    /// <summary>Takes out all keys of some records.</summary>
    public void Take(Func<int, bool> record)
    {
        for (int i = runs.Count - 1; i >= 0; i--)
        {
            runs[i] = Without(runs[i], record);
            if (runs[i].Length == 0)
                runs.RemoveAt(i);
        }
    }

    /// <summary>A run without the keys of some records; the same one if it has none of them.</summary>
    public static ulong[] Without(ulong[] run, Func<int, bool> record) =>
        Array.Exists(run, entry => record(RecordOf(entry))) ? Array.FindAll(run, entry => !record(RecordOf(entry))) : run;

    /// <summary>The entries of a key in one of the runs, by record. A record linked again may be in several runs.</summary>
    public static ReadOnlySpan<ulong> Of(ulong hash, ulong[] run)
    {
        ulong first = hash & ~RecordMask;
        int start = LowerBound(run, first),
            end = start;
        while (end < run.Length && (run[end] & ~RecordMask) == first)
            end++;
        return run.AsSpan(start, end - start);
    }

    public static int LowerBound(ReadOnlySpan<ulong> run, ulong value)
    {
        int low = 0,
            high = run.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (run[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    public static ulong[] Merge(ulong[] left, ulong[] right)
    {
        var merged = GC.AllocateUninitializedArray<ulong>(left.Length + right.Length);
        int i = 0,
            j = 0,
            to = 0;
        while (i < left.Length && j < right.Length)
        {
            ulong a = left[i],
                b = right[j];
            merged[to++] = a <= b ? a : b;
            if (a <= b)
                i++;
            if (b <= a)
                j++;
        }
        while (i < left.Length)
            merged[to++] = left[i++];
        while (j < right.Length)
            merged[to++] = right[j++];
        if (to < merged.Length)
            Array.Resize(ref merged, to);
        return merged;
    }
}
