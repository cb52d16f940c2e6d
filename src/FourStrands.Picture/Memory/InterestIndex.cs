using FourStrands.Picture.Matches;

namespace FourStrands.Picture.Memory;

/// <summary>
/// Which records may be of interest to somebody, and the keys of those alone. It knows nothing of labels, so that a record is here says
/// only that it is worth looking whether it is of interest in a view; that it is not, that it is so in none.
/// </summary>
/// <remarks>It does not hold the engine: an interest is for ever, and would keep every engine that was ever asked.</remarks>
internal sealed class InterestIndex(Interest interest)
{
    private readonly Lock growing = new();
    private readonly Dictionary<(ushort Property, int Value), bool> known = [];
    private ulong[] bits = [];
    private int covered;
    private int changes;
    private readonly Taken link = new();
    private readonly Taken screening = new();

    /// <summary>The link keys of records that may be of interest, in sorted runs. Called under the engine's read lock.</summary>
    public IReadOnlyList<ulong[]> LinkKeys(Engine engine) => Of(engine, engine.Linker.LinkKeys, link);

    /// <summary>Their screening keys.</summary>
    public IReadOnlyList<ulong[]> ScreeningKeys(Engine engine) => Of(engine, engine.Linker.ScreeningKeys, screening);

    private ulong[][] Of(Engine engine, KeyIndex index, Taken taken)
    {
        var now = taken.Now;
        if (now.Covered == engine.Statements.Count && now.Source.SequenceEqual(index.Runs))
            return now.Runs;
        lock (growing)
        {
            Grow(engine);
            now = taken.Now;
            ulong[][] source = [.. index.Runs];
            var runs = new ulong[source.Length][];
            for (int i = 0; i < source.Length; i++)
            {
                // A run that is there still holds the same keys; which of them are wanted changes when a record becomes of interest.
                int at = now.Changes == changes ? Array.IndexOf(now.Source, source[i]) : -1;
                runs[i] = at >= 0 ? now.Runs[at] : Array.FindAll(source[i], entry => IsSet(KeyIndex.RecordOf(entry)));
            }
            taken.Now = new Kept(engine.Statements.Count, changes, source, runs);
            return runs;
        }
    }

    private bool IsSet(int record) => (bits[record >> 6] & (1UL << record)) != 0;

    private void Grow(Engine engine)
    {
        int length = (engine.Records.Count + 63) >> 6;
        if (bits.Length < length)
            Array.Resize(ref bits, length + (length >> 3));
        for (; covered < engine.Statements.Count; covered++)
        {
            ref var statement = ref engine.Statements[covered];
            int record =
                statement.Property == Statements.KindProperty ? (interest.Is(statement.Value) ? statement.Record : -1)
                : interest.Names(statement.Property) ? statement.Value
                : interest.Says(statement.Property) is { } decide && Decide(engine, decide, statement.Property, statement.Value) ? statement.Record
                : -1;
            if (record < 0 || IsSet(record))
                continue;
            bits[record >> 6] |= 1UL << record;
            changes++;
        }
    }

    private bool Decide(Engine engine, Func<string, bool> decide, ushort property, int value)
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

    private sealed class Taken
    {
        public volatile Kept Now = Kept.None;
    }

    /// <param name="Covered">How many statements were looked at to make it.</param>
    /// <param name="Changes">How many records were of interest then.</param>
    /// <param name="Source">The whole runs.</param>
    /// <param name="Runs">What was taken from each.</param>
    private sealed record Kept(int Covered, int Changes, ulong[][] Source, ulong[][] Runs)
    {
        public static Kept None { get; } = new(-1, -1, [], []);
    }
}
