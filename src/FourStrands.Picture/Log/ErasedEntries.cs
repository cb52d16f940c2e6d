using System.Globalization;
using System.Text;
using FourStrands.Picture.Store;

namespace FourStrands.Picture;

/// <summary>
/// Which entries of a log lost their question to an erasure. Each erasure says so in an entry of its own, which stands in the tree: so a question that somebody
/// merely took out of a file, or of the store, is not taken for an erased one.
/// </summary>
internal sealed class ErasedEntries
{
    /// <summary>What such an entry says was done. Its own question is never erased: it holds numbers of entries and nothing else.</summary>
    public const string Act = "erase questions";

    private readonly List<(long From, long To)> told = [];
    private readonly List<long> blank = [];
    private long read;

    /// <summary>How many of the entries read so far have no question.</summary>
    public long Count => blank.Count;

    /// <summary>Entries by their numbers, the first of a log being 1: "4, 18-21".</summary>
    /// <param name="positions">Their positions in the tree, the first being 0, in any order.</param>
    public static string Write(IEnumerable<long> positions)
    {
        var text = new StringBuilder();
        long from = -1,
            to = -1;
        foreach (long position in positions.Distinct().Order())
        {
            if (from >= 0 && position == to + 1)
            {
                to = position;
                continue;
            }
            End();
            (from, to) = (position, position);
        }
        End();
        return text.ToString();

        void End()
        {
            if (from < 0)
                return;
            if (text.Length > 0)
                text.Append(", ");
            text.Append(CultureInfo.InvariantCulture, $"{from + 1}");
            if (to > from)
                text.Append(CultureInfo.InvariantCulture, $"-{to + 1}");
        }
    }

    /// <summary>Takes the next entry in its order. One that was altered tells nothing: that it was altered the tree says.</summary>
    public void Take(LoggedRow entry)
    {
        long position = read++;
        if (entry.Question is null)
        {
            blank.Add(position);
            return;
        }
        if (entry.Act != Act)
            return;
        foreach (string part in entry.Question.Split(", "))
        {
            int dash = part.IndexOf('-', StringComparison.Ordinal);
            // Nothing is erased before it is there.
            if (IsNumber(dash < 0 ? part : part[..dash], out long from) && IsNumber(part[(dash + 1)..], out long to) && from <= position)
                told.Add((from - 1, Math.Min(to, position) - 1));
        }
    }

    /// <summary>The position of the first entry that has no question though no erasure is told of it; null if there is none.</summary>
    public long? Unexplained()
    {
        told.Sort();
        int next = 0;
        long until = -1;
        foreach (long position in blank)
        {
            while (next < told.Count && told[next].From <= position)
                until = Math.Max(until, told[next++].To);
            if (until < position)
                return position;
        }
        return null;
    }

    private static bool IsNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
