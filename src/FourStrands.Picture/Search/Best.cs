namespace FourStrands.Picture.Search;

/// <summary>Keeps the first so many of what it is given, in order, without sorting the rest.</summary>
internal sealed class Best<T>(int capacity, Comparison<T> order)
{
    private readonly List<T> kept = new(capacity + 1);

    /// <summary>What is kept, first first.</summary>
    public IReadOnlyList<T> Kept => kept;

    public void Add(T item)
    {
        if (kept.Count == capacity && order(item, kept[^1]) >= 0)
            return;
        int low = 0,
            high = kept.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (order(item, kept[middle]) < 0)
                high = middle;
            else
                low = middle + 1;
        }
        kept.Insert(low, item);
        if (kept.Count > capacity)
            kept.RemoveAt(capacity);
    }
}
