using System.Runtime.CompilerServices;

namespace FourStrands.Picture.Memory;

/// <summary>A packed column that grows by half. Not safe for concurrent writing: the engine's lock guards it.</summary>
internal sealed class GrowingArray<T>(int capacity = 16)
    where T : unmanaged
{
    private T[] items = new T[capacity];

    public int Count { get; private set; }

    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => items[index];
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => items[index] = value;
    }

    public ReadOnlySpan<T> Span => items.AsSpan(0, Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Add(T item)
    {
        if (Count == items.Length)
            Grow(Count + 1);
        items[Count] = item;
        return Count++;
    }

    /// <summary>Appends default values and returns where they start.</summary>
    public int Extend(int count)
    {
        int start = Count;
        if (start + count > items.Length)
            Grow(start + count);
        items.AsSpan(start, count).Clear();
        Count = start + count;
        return start;
    }

    private void Grow(int least) => Array.Resize(ref items, (int)Math.Min(Array.MaxLength, Math.Max(least, items.Length + (long)(items.Length >> 1) + 16)));
}
