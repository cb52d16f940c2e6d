using System.Buffers.Binary;
using FourStrands.Picture.Memory;

namespace FourStrands.Picture.Search;

/// <summary>
/// From a word to the statements whose value holds it. It knows nothing of labels: who reads it tests each statement before
/// it scores, counts, sorts or limits anything.
/// </summary>
internal sealed class TextIndex
{
    private const int End = -1;

    private readonly TextTable words = new();
    private readonly GrowingArray<int> head = new(256);
    private readonly GrowingArray<int> tail = new(256);
    private readonly GrowingArray<int> total = new(256);

    /// <summary>Runs of postings: capacity, used, next run, then the statements. A word's runs double in length.</summary>
    private readonly GrowingArray<int> runs = new(1024);

    private int[] sorted = [];

    /// <summary>How many words have been put in order, wiped ones among them.</summary>
    private int ordered;

    /// <summary>How many postings a word has, seen or not: for choosing where to start, never for an answer.</summary>
    public int Size(int word) => total[word];

    public void Add(ReadOnlySpan<byte> word, int statement)
    {
        int number = words.Intern(word, out bool added);
        if (added)
        {
            head.Add(End);
            tail.Add(End);
            total.Add(0);
        }
        int run = tail[number];
        // The same word twice in one value counts once.
        if (run != End && runs[run + 2 + runs[run + 1]] == statement)
            return;
        if (run == End || runs[run + 1] == runs[run])
        {
            int capacity = run == End ? 1 : Math.Min(runs[run] * 2, 4096);
            int next = runs.Extend(3 + capacity);
            runs[next] = capacity;
            runs[next + 2] = End;
            if (run == End)
                head[number] = next;
            else
                runs[run + 2] = next;
            tail[number] = run = next;
        }
        runs[run + 3 + runs[run + 1]++] = statement;
        total[number]++;
    }

    /// <summary>The statements of one word; of those the ones <paramref name="after"/> so many.</summary>
    public Postings Of(int word, int after = 0) => new(runs, head[word], after);

    public int Find(ReadOnlySpan<byte> word) => words.Find(word);

    public ReadOnlySpan<byte> Word(int number) => words[number];

    /// <summary>The words that begin with <paramref name="prefix"/>, in ordinal order.</summary>
    public ReadOnlySpan<int> Beginning(ReadOnlySpan<byte> prefix)
    {
        int from = LowerBound(prefix),
            low = from,
            high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (words[sorted[middle]].StartsWith(prefix))
                low = middle + 1;
            else
                high = middle;
        }
        return sorted.AsSpan(from, low - from);
    }

    /// <summary>Puts the words that came since the last time into order.</summary>
    public void Sort()
    {
        int known = sorted.Length;
        int fresh = words.Count - ordered;
        if (fresh == 0)
            return;
        var added = new int[fresh];
        var firsts = new ulong[fresh];
        Span<byte> eight = stackalloc byte[8];
        for (int i = 0; i < fresh; i++)
        {
            added[i] = ordered + i;
            var word = words[ordered + i];
            eight.Clear();
            word[..Math.Min(8, word.Length)].CopyTo(eight);
            firsts[i] = BinaryPrimitives.ReadUInt64BigEndian(eight);
        }
        // Most words differ in their first eight bytes; only runs that do not are compared further.
        Array.Sort(firsts, added);
        for (int i = 0; i < fresh; )
        {
            int j = i + 1;
            while (j < fresh && firsts[j] == firsts[i])
                j++;
            if (j - i > 1)
                added.AsSpan(i, j - i).Sort((a, b) => words[a].SequenceCompareTo(words[b]));
            i = j;
        }
        ordered = words.Count;
        var merged = new int[known + fresh];
        int left = 0,
            right = 0;
        for (int i = 0; i < merged.Length; i++)
        {
            merged[i] = right == fresh || (left < known && words[sorted[left]].SequenceCompareTo(words[added[right]]) < 0) ? sorted[left++] : added[right++];
        }
        sorted = merged;
    }

    /// <summary>Overwrites a word if no statement that counts holds it any more. Called under the write lock.</summary>
    /// <param name="word">The word.</param>
    /// <param name="isGone">Was that statement erased?</param>
    public void Wipe(ReadOnlySpan<byte> word, Func<int, bool> isGone)
    {
        int number = words.Find(word);
        if (number < 0)
            return;
        foreach (int s in Of(number))
        {
            if (!isGone(s))
                return;
        }
        // Out of the order first, which its bytes would disturb.
        int at = Array.IndexOf(sorted, number);
        if (at >= 0)
            sorted = [.. sorted[..at], .. sorted[(at + 1)..]];
        words.Wipe(number);
    }

    private int LowerBound(ReadOnlySpan<byte> prefix)
    {
        int low = 0,
            high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (words[sorted[middle]].SequenceCompareTo(prefix) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>The statements of one word, in order of number.</summary>
    public ref struct Postings
    {
        private readonly GrowingArray<int> runs;
        private int run;
        private int at;

        public Postings(GrowingArray<int> runs, int run, int skip)
        {
            while (run != End && skip >= runs[run + 1])
            {
                skip -= runs[run + 1];
                run = runs[run + 2];
            }
            (this.runs, this.run, at) = (runs, run, skip);
        }

        public int Current { get; private set; }

        public readonly Postings GetEnumerator() => this;

        public bool MoveNext()
        {
            while (run != End)
            {
                if (at < runs[run + 1])
                {
                    Current = runs[run + 3 + at++];
                    return true;
                }
                run = runs[run + 2];
                at = 0;
            }
            return false;
        }
    }
}
