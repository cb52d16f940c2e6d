namespace FourStrands.Picture.Memory;

/// <summary>Finds a record's number by its identifier or by its source and key: open addressing over the record columns.</summary>
internal sealed class IdTable(Func<int, ulong> hashOf)
{
    private int[] slots = new int[1024];
    private int count;

    /// <summary>The candidates for a hash, one after another; the caller compares.</summary>
    public Probe Start(ulong hash) => new(slots, hash);

    public void Add(ulong hash, int number)
    {
        if (++count * 10L > slots.Length * 7L)
            Rehash();
        Put(slots, hash, number);
    }

    private static void Put(int[] table, ulong hash, int number)
    {
        int mask = table.Length - 1;
        int slot = (int)hash & mask;
        while (table[slot] != 0)
            slot = (slot + 1) & mask;
        table[slot] = number + 1;
    }

    private void Rehash()
    {
        var table = new int[slots.Length * 2];
        foreach (int entry in slots)
        {
            if (entry != 0)
                Put(table, hashOf(entry - 1), entry - 1);
        }
        slots = table;
    }

    public ref struct Probe(int[] slots, ulong hash)
    {
        private int slot = (int)hash & (slots.Length - 1);

        /// <summary>The next candidate, or -1.</summary>
        public int Next()
        {
            int number = slots[slot] - 1;
            slot = (slot + 1) & (slots.Length - 1);
            return number;
        }
    }
}
