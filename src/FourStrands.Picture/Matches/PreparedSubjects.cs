using System.Runtime.InteropServices;
using FourStrands.Linkage;
using FourStrands.Picture.Memory;

namespace FourStrands.Picture.Matches;

/// <summary>
/// Records made ready for comparison, kept for those whose statements all bear one label: whoever sees such a record sees all of
/// it, so that what is kept is the same in every view. Others are made ready anew in each view.
/// </summary>
internal sealed class PreparedSubjects(Engine engine)
{
    /// <summary>So many are kept from one import to the next, some 400 bytes each; linking keeps all it needs until it is done.</summary>
    private const int MostKept = 200_000;

    private Subject?[] subjects = [];
    private int count;

    /// <summary>The record's values as they are seen.</summary>
    public Subject Get<TSight>(TSight sight, int record)
        where TSight : struct, ISight
    {
        if (engine.Records.Uniform[record] <= LabelTable.Nobody)
            return Prepare(sight, record);
        var kept = subjects;
        if (record >= kept.Length)
            return Prepare(sight, record);
        // Two readers may both make it: they make the same.
        if (kept[record] is { } known)
            return known;
        Interlocked.Increment(ref count);
        return kept[record] = Prepare(sight, record);
    }

    /// <summary>Forgets a record that has changed. Called under the write lock.</summary>
    public void Forget(int record)
    {
        if (record < subjects.Length)
            subjects[record] = null;
    }

    /// <summary>Forgets them all if they have become too many. Called under the write lock.</summary>
    public void Trim()
    {
        if (count <= MostKept)
            return;
        Array.Clear(subjects);
        count = 0;
    }

    /// <summary>Makes room for all records, and some to come: each check brings a few in. Called under the write lock.</summary>
    public void Grow()
    {
        int needed = engine.Records.Count;
        if (subjects.Length < needed)
            Array.Resize(ref subjects, needed + (needed >> 2));
    }

    private Subject Prepare<TSight>(TSight sight, int record)
        where TSight : struct, ISight
    {
        List<FieldValue> values = [];
        var kind = Profiles.Gather(engine, sight, record, values);
        return Subject.Prepare(kind, CollectionsMarshal.AsSpan(values));
    }
}
