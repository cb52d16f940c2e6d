using System.Collections.Concurrent;

namespace FourStrands.Picture;

/// <summary>
/// Records that were resolved already for a class of viewers, each with the members of its entity. Only so many are kept: what a class asks must not fill the
/// memory, and whatever is dropped is worked out again in microseconds.
/// </summary>
internal sealed class Clusters
{
    /// <summary>How many records are kept: about 25 MB, at some 120 bytes each.</summary>
    public const int Most = 200_000;

    private volatile ConcurrentDictionary<int, int[]> kept = new();
    private int count;

    /// <summary>The members of a record's entity, if they are kept.</summary>
    public int[]? Find(int record) => kept.GetValueOrDefault(record);

    /// <summary>Keeps the members of an entity.</summary>
    public void Add(int[] members)
    {
        if (Interlocked.Add(ref count, members.Length) > Most)
        {
            kept = new ConcurrentDictionary<int, int[]>();
            Volatile.Write(ref count, members.Length);
        }
        // An entity that is larger than all that is kept is not kept.
        if (members.Length > Most)
            return;
        var into = kept;
        foreach (int member in members)
            into[member] = members;
    }
}
