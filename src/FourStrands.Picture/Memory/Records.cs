using System.Runtime.CompilerServices;

namespace FourStrands.Picture.Memory;

/// <summary>The records as packed columns.</summary>
internal sealed class Records
{
    /// <summary><see cref="Uniform"/> of a record whose statements bear more than one label.</summary>
    public const int Mixed = -1;

    public readonly GrowingArray<UInt128> Id = new(256);
    public readonly GrowingArray<int> Source = new(256);

    /// <summary>Text number of the source's own key.</summary>
    public readonly GrowingArray<int> Key = new(256);

    /// <summary>The one label that all published statements bear; <see cref="Mixed"/>; 0 while none is published.</summary>
    public readonly GrowingArray<int> Uniform = new(256);

    /// <summary>
    /// 1 if the key index may hold keys of this record that are made of what it no longer says, or of what only some see: then a
    /// key found there must be checked against the record as it is seen.
    /// </summary>
    public readonly GrowingArray<byte> KeysToCheck = new(256);

    /// <summary>First triple of <see cref="extents"/>: where its statements start, how many; -1 while there are none.</summary>
    private readonly GrowingArray<int> firstExtent = new(256);

    /// <summary>Newest entry of the chain of statements that point at it, or -1.</summary>
    private readonly GrowingArray<int> pointedAt = new(256);

    /// <summary>Triples: start, count, next triple or -1. A record's statements of one import mostly lie together.</summary>
    private readonly GrowingArray<int> extents = new(256);

    /// <summary>Pairs: statement, next pair or -1.</summary>
    private readonly GrowingArray<int> pointers = new(256);

    private readonly IdTable byId;
    private readonly IdTable byKey;

    public Records()
    {
        byId = new IdTable(n => (ulong)Id[n]);
        byKey = new IdTable(n => KeyHash(Source[n], Key[n]));
    }

    public int Count => Id.Count;

    public int Find(RecordId id)
    {
        var probe = byId.Start((ulong)id.Value);
        int number;
        while ((number = probe.Next()) >= 0)
        {
            if (Id[number] == id.Value)
                return number;
        }
        return -1;
    }

    public int Find(int source, int key)
    {
        var probe = byKey.Start(KeyHash(source, key));
        int number;
        while ((number = probe.Next()) >= 0)
        {
            if (Key[number] == key && Source[number] == source)
                return number;
        }
        return -1;
    }

    public int Add(RecordId id, int source, int key)
    {
        Source.Add(source);
        Key.Add(key);
        Uniform.Add(LabelTable.Nobody);
        KeysToCheck.Add(0);
        firstExtent.Add(-1);
        pointedAt.Add(-1);
        int number = Id.Add(id.Value);
        byId.Add((ulong)id.Value, number);
        byKey.Add(KeyHash(source, key), number);
        return number;
    }

    /// <summary>Makes a record that says nothing any more one that no identifier and no key finds: what comes in under its key later is a new one.</summary>
    public void Wipe(int record) => (Id[record], Key[record]) = (0, Nothing);

    /// <summary>The number of the empty text, which is no record's key.</summary>
    private const int Nothing = 0;

    /// <summary>Notes that a statement belongs to a record. Statements must be attached in order of number.</summary>
    public void Attach(int record, int statement)
    {
        int extent = firstExtent[record];
        if (extent >= 0 && extents[extent] + extents[extent + 1] == statement)
        {
            extents[extent + 1]++;
            return;
        }
        int added = extents.Add(statement);
        extents.Add(1);
        extents.Add(extent);
        firstExtent[record] = added;
    }

    /// <summary>True if the record has statements before this one.</summary>
    public bool HasBefore(int record, int statement)
    {
        int extent = firstExtent[record];
        if (extent < 0)
            return false;
        while (extents[extent + 2] >= 0)
            extent = extents[extent + 2];
        return extents[extent] < statement;
    }

    /// <summary>Notes that a statement's value is this record.</summary>
    public void PointAt(int record, int statement)
    {
        int added = pointers.Add(statement);
        pointers.Add(pointedAt[record]);
        pointedAt[record] = added;
    }

    public StatementRange StatementsOf(int record) => new(extents, firstExtent[record]);

    public PointerChain PointingAt(int record) => new(pointers, pointedAt[record]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong KeyHash(int source, int key)
    {
        ulong h = ((ulong)(uint)source << 32 | (uint)key) * 0x9E37_79B9_7F4A_7C15;
        return h ^ (h >> 29);
    }

    /// <summary>
    /// The statements of a record, newest first. Whether two imports' statements lie in one extent or in two depends on what came in
    /// between, seen or not: the order must not.
    /// </summary>
    public ref struct StatementRange(GrowingArray<int> extents, int extent)
    {
        private int at;
        private int left;

        public int Current { get; private set; }

        public readonly StatementRange GetEnumerator() => this;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext()
        {
            if (left == 0)
            {
                if (extent < 0)
                    return false;
                left = extents[extent + 1];
                at = extents[extent] + left - 1;
                extent = extents[extent + 2];
            }
            Current = at--;
            left--;
            return true;
        }
    }

    /// <summary>The statements that point at a record, newest first.</summary>
    public ref struct PointerChain(GrowingArray<int> pointers, int entry)
    {
        public int Current { get; private set; }

        public readonly PointerChain GetEnumerator() => this;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext()
        {
            if (entry < 0)
                return false;
            Current = pointers[entry];
            entry = pointers[entry + 1];
            return true;
        }
    }
}
