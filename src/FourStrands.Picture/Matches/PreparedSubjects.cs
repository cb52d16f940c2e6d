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
    /// <summary>So many are kept, some 400 bytes each; while records are linked, all that this needs.</summary>
    private const int MostKept = 200_000;

    private const int PageBits = 12;
    private const int PageMask = (1 << PageBits) - 1;

    private Subject?[]?[] pages = [];
    private int count;
    private int linking;

    /// <summary>The record's values as they are seen.</summary>
    public Subject Get<TSight>(TSight sight, int record)
        where TSight : struct, ISight
    {
        if (engine.Records.Uniform[record] <= LabelTable.Nobody)
            return Prepare(sight, record);
        var kept = pages;
        if (record >> PageBits >= kept.Length)
            return Prepare(sight, record);
        // Two readers may both make a page, or a subject: they make the same, and what is lost is made again.
        var page = kept[record >> PageBits] ??= new Subject?[1 << PageBits];
        if (page[record & PageMask] is { } known)
            return known;
        if (Interlocked.Increment(ref count) > MostKept && Volatile.Read(ref linking) == 0)
            Drop();
        return page[record & PageMask] = Prepare(sight, record);
    }

    /// <summary>Forgets a record that has changed. Called under the write lock.</summary>
    public void Forget(int record)
    {
        if (record >> PageBits < pages.Length && pages[record >> PageBits] is { } page)
            page[record & PageMask] = null;
    }

    /// <summary>From now on all are kept.</summary>
    public void BeginLinking() => Interlocked.Increment(ref linking);

    /// <summary>From now on only so many are kept, unless somebody else still links. Called under the write lock.</summary>
    public void EndLinking()
    {
        if (Interlocked.Decrement(ref linking) == 0 && count > MostKept)
            Drop();
    }

    /// <summary>Makes room for all records. Called under the write lock.</summary>
    public void Grow() => Array.Resize(ref pages, (engine.Records.Count + PageMask) >> PageBits);

    /// <summary>Forgets them all. Who is reading meanwhile may write into what is forgotten.</summary>
    public void Drop()
    {
        pages = new Subject?[pages.Length][];
        Volatile.Write(ref count, 0);
    }

    private Subject Prepare<TSight>(TSight sight, int record)
        where TSight : struct, ISight
    {
        List<FieldValue> values = [];
        var kind = Profiles.Gather(engine, sight, record, values);
        return Subject.Prepare(kind, CollectionsMarshal.AsSpan(values));
    }
}
