using System.Buffers.Binary;
using System.Collections.Concurrent;
using FourStrands.Picture.Memory;

namespace FourStrands.Picture.Search;

/// <summary>
/// The names that hold a frequent word, in order of their text: whoever wants the first few need not go through all of them.
/// Made when first asked for and kept; names that came since are left to be gone through one by one, until they are many. Like
/// the index it knows nothing of labels, and what is read from it depends on the order of texts and identifiers alone.
/// </summary>
internal sealed class OrderedPostings(Engine engine)
{
    /// <summary>Words with fewer values are gone through as they are.</summary>
    private const int Frequent = 2048;

    private readonly ConcurrentDictionary<int, Ordered> kept = [];

    /// <param name="Names">Statements that are names, by text and then by identifier of their record.</param>
    /// <param name="Covered">How many of the word's postings were looked at to make it.</param>
    public sealed record Ordered(int[] Names, int Covered);

    /// <summary>The ordered names of a word; null if it has too few to be worth it. Called under the engine's read lock.</summary>
    public Ordered? Of(int word)
    {
        int size = engine.Index.Size(word);
        if (size < Frequent)
            return null;
        if (kept.TryGetValue(word, out var known) && size - known.Covered <= Frequent + (known.Covered / 8))
            return known;
        // Two readers may both make it: they make the same.
        return kept[word] = Make(word, size);
    }

    /// <summary>Makes them anew when next asked for: something was erased. Called under the write lock.</summary>
    public void Forget() => kept.Clear();

    private Ordered Make(int word, int size)
    {
        List<int> names = new(size);
        foreach (int s in engine.Index.Of(word))
        {
            if (engine.Fields.IsName(engine.Statements[s].Property))
                names.Add(s);
        }
        int[] ordered = [.. names];
        var firsts = new ulong[ordered.Length];
        Span<byte> eight = stackalloc byte[8];
        for (int i = 0; i < ordered.Length; i++)
        {
            var text = engine.Texts[engine.Statements[ordered[i]].Value];
            eight.Clear();
            text[..Math.Min(8, text.Length)].CopyTo(eight);
            firsts[i] = BinaryPrimitives.ReadUInt64BigEndian(eight);
        }
        // Most names differ in their first eight bytes; only runs that do not are compared further.
        Array.Sort(firsts, ordered);
        for (int i = 0; i < ordered.Length; )
        {
            int j = i + 1;
            while (j < ordered.Length && firsts[j] == firsts[i])
                j++;
            if (j - i > 1)
                ordered.AsSpan(i, j - i).Sort(InOrder);
            i = j;
        }
        return new Ordered(ordered, size);
    }

    private int InOrder(int a, int b)
    {
        int order =
            engine.Statements[a].Value == engine.Statements[b].Value
                ? 0
                : engine.Texts[engine.Statements[a].Value].SequenceCompareTo(engine.Texts[engine.Statements[b].Value]);
        return order != 0 ? order : engine.Records.Id[engine.Statements[a].Record].CompareTo(engine.Records.Id[engine.Statements[b].Record]);
    }
}
