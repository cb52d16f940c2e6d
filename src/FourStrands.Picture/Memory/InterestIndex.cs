namespace FourStrands.Picture.Memory;

/// <summary>
/// One bit for each record: may it be of interest to somebody? It knows nothing of labels, so a set bit says only that it is worth
/// looking whether the record is of interest in a view; a clear one, that it is in none.
/// </summary>
internal sealed class InterestIndex(Engine engine, Interest interest)
{
    private readonly Lock growing = new();
    private readonly Dictionary<(ushort Property, int Value), bool> known = [];
    private ulong[] bits = [];
    private volatile int covered;

    /// <summary>The bits of now. Called under the engine's read lock.</summary>
    public ulong[] Now()
    {
        if (covered == engine.Statements.Count && bits.Length << 6 >= engine.Records.Count)
            return bits;
        lock (growing)
        {
            int length = (engine.Records.Count + 63) >> 6;
            if (bits.Length < length)
                Array.Resize(ref bits, length + (length >> 3));
            for (int s = covered; s < engine.Statements.Count; s++)
            {
                ref var statement = ref engine.Statements[s];
                int record =
                    statement.Property == Statements.KindProperty ? (interest.Is(statement.Value) ? statement.Record : -1)
                    : interest.Names(statement.Property) ? statement.Value
                    : interest.Says(statement.Property) is { } decide && Decide(decide, statement.Property, statement.Value) ? statement.Record
                    : -1;
                if (record >= 0)
                    bits[record >> 6] |= 1UL << record;
            }
            covered = engine.Statements.Count;
            return bits;
        }
    }

    private bool Decide(Func<string, bool> decide, ushort property, int value)
    {
        // A few topics and statuses are said of a great many records; dates and the like are not worth remembering.
        const int MostKnown = 10_000;
        if (known.TryGetValue((property, value), out bool decided))
            return decided;
        decided = decide(engine.Texts.Text(value));
        if (known.Count < MostKnown)
            known.Add((property, value), decided);
        return decided;
    }
}
