using FourStrands.Picture.Search;

namespace FourStrands.Picture.Memory;

/// <summary>
/// What was erased keeps its place, so that everything that speaks of statements by place still does, and nothing else: an empty value under a
/// property that says nothing, and nobody's label.
/// </summary>
internal sealed partial class Engine
{
    private readonly ushort erasedProperty;
    private readonly int erasedValue;

    /// <summary>The property under which what was erased stands in a block, with an empty value; no other statement has one.</summary>
    public ushort ErasedProperty => erasedProperty;

    public bool IsErased(int statement) => Statements[statement].Value == erasedValue && Statements[statement].Property == erasedProperty;

    /// <summary>
    /// The records that say nothing more once these statements are erased, and that nothing points at: neither they nor their keys remain. Among them those
    /// that were only ever pointed at.
    /// </summary>
    /// <param name="gone">Statements that are to be erased.</param>
    public List<int> Emptied(IReadOnlyCollection<int> gone)
    {
        var erased = gone as HashSet<int> ?? [.. gone];
        SortedSet<int> touched = [];
        foreach (int s in erased)
        {
            touched.Add(Statements[s].Record);
            if (IsPointer(s))
                touched.Add(Statements[s].Value);
        }
        List<int> emptied = [];
        foreach (int record in touched)
        {
            bool says = false;
            foreach (int s in Records.StatementsOf(record))
                says |= !erased.Contains(s) && !IsErased(s);
            foreach (int s in Records.PointingAt(record))
                says |= !erased.Contains(s) && IsPointer(s) && Statements[s].Value == record;
            if (!says)
                emptied.Add(record);
        }
        return emptied;
    }

    /// <summary>Does it say that a record has to do with another?</summary>
    public bool IsPointer(int statement) => Statements[statement].Property != Statements.KindProperty && IsEntity[Statements[statement].Property];

    /// <summary>Erases statements, and makes records that say nothing more ones that are not there. Called under the write lock, once it is kept.</summary>
    public void Erase(IReadOnlyCollection<int> statements, IReadOnlyList<int> emptied)
    {
        HashSet<int> texts = [];
        List<byte[]> words = [];
        foreach (int s in statements)
        {
            var statement = Statements[s];
            if (statement.Label != LabelTable.Nobody)
                Withdraw(s);
            else
                Prepared.Forget(statement.Record);
            if (statement.Property != Statements.KindProperty && !IsEntity[statement.Property])
            {
                texts.Add(statement.Value);
                if (Fields.IsSearched(statement.Property))
                    WordsOf(statement.Property, Texts[statement.Value], words);
            }
            Statements[s].Property = erasedProperty;
            Statements[s].Value = erasedValue;
        }
        foreach (int record in emptied)
        {
            texts.Add(Records.Key[record]);
            Records.Wipe(record);
        }
        foreach (byte[] word in words)
            Index.Wipe(word, IsErased);
        Ordered.Forget();
        WipeUnused(texts);
        Changed();
    }

    private void WordsOf(ushort property, ReadOnlySpan<byte> text, List<byte[]> words)
    {
        Words.Cut(text, words, static (word, to) => to.Add(word.ToArray()));
        if (!Fields.IsIdentifier(property))
            return;
        Span<byte> compact = stackalloc byte[Words.Longest];
        int length = Words.Compact(text, compact);
        if (length > 0)
            words.Add(compact[..length].ToArray());
    }

    /// <summary>Overwrites those of the texts that neither a statement nor a key is any more.</summary>
    private void WipeUnused(HashSet<int> texts)
    {
        texts.Remove(erasedValue);
        for (int s = 0; s < Statements.Count && texts.Count > 0; s++)
        {
            ushort property = Statements[s].Property;
            if (property != Statements.KindProperty && !IsEntity[property])
                texts.Remove(Statements[s].Value);
        }
        for (int r = 0; r < Records.Count && texts.Count > 0; r++)
            texts.Remove(Records.Key[r]);
        foreach (int text in texts)
            Texts.Wipe(text);
    }
}
