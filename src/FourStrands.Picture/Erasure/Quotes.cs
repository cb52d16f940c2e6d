using System.Text.Json;

namespace FourStrands.Picture;

/// <summary>Finds where a text quotes what is erased. What is quoted must be told from what anybody may happen to write.</summary>
internal sealed class Quotes
{
    /// <summary>Shorter values ("gb", "M", a year) stand in many texts that have nothing to do with them.</summary>
    public const int Shortest = 5;

    private readonly List<(string Value, int Offset, List<Label> Erased, List<Label> Stays)> values = [];

    /// <summary>By the first word of a value, whatever its case: a text is gone through once, however many values there are.</summary>
    private readonly Dictionary<string, List<int>> byFirstWord = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="erased">Labels under which it is erased.</param>
    /// <param name="stays">Labels under which others go on saying it.</param>
    public void Add(string value, IEnumerable<Label> erased, IEnumerable<Label> stays)
    {
        string trimmed = value.Trim();
        int start = NextWord(trimmed, 0);
        if (trimmed.Length < Shortest || start == trimmed.Length)
            return;
        string first = trimmed[start..EndOfWord(trimmed, start)];
        if (!byFirstWord.TryGetValue(first, out var list))
            byFirstWord.Add(first, list = []);
        list.Add(values.Count);
        values.Add((trimmed, start, [.. erased], [.. stays]));
    }

    /// <summary>
    /// The labels of what is erased that a text quotes and whoever may read the text may see: then it may come from there. None where they may see that it is
    /// said elsewhere too, nor for a text whose readers may not all see what is erased, which cannot come from it.
    /// </summary>
    public List<Label> In(string text, Label readers)
    {
        List<Label> quoted = [];
        var words = byFirstWord.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int at = NextWord(text, 0); at < text.Length; at = NextWord(text, EndOfWord(text, at)))
        {
            if (!words.TryGetValue(text.AsSpan(at, EndOfWord(text, at) - at), out var candidates))
                continue;
            foreach (int candidate in candidates)
            {
                var (value, offset, erased, stays) = values[candidate];
                if (StandsAt(text, at - offset, value) && !stays.Exists(s => Covers(readers, s)))
                    quoted.AddRange(erased.Where(e => Covers(readers, e)));
            }
        }
        return quoted;
    }

    /// <summary>The texts that a document of JSON holds, names of members and numbers among them; of another, its own text.</summary>
    public static List<string> Texts(string content)
    {
        List<string> texts = [];
        try
        {
            using var json = JsonDocument.Parse(content);
            Collect(json.RootElement, texts);
        }
        catch (JsonException)
        {
            texts = [content];
        }
        return texts;
    }

    /// <summary>May everybody who may see what bears the one label see what bears the other?</summary>
    public static bool Covers(Label narrow, Label wide) => narrow.Implies(wide);

    /// <summary>Does a text hold a value, as words of their own and whatever the case?</summary>
    public static bool Holds(string text, string value)
    {
        for (int at = 0; (at = text.IndexOf(value, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            if (StandsAt(text, at, value))
                return true;
        }
        return false;
    }

    private static bool StandsAt(string text, int at, string value)
    {
        int end = at + value.Length;
        return at >= 0
            && end <= text.Length
            && text.AsSpan(at, value.Length).Equals(value, StringComparison.OrdinalIgnoreCase)
            && (at == 0 || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(value[0]))
            && (end == text.Length || !char.IsLetterOrDigit(text[end]) || !char.IsLetterOrDigit(value[^1]));
    }

    private static int NextWord(string text, int at)
    {
        while (at < text.Length && !char.IsLetterOrDigit(text[at]))
            at++;
        return at;
    }

    private static int EndOfWord(string text, int at)
    {
        while (at < text.Length && char.IsLetterOrDigit(text[at]))
            at++;
        return at;
    }

    private static void Collect(JsonElement element, List<string> texts)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    texts.Add(member.Name);
                    Collect(member.Value, texts);
                }
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    Collect(item, texts);
                break;
            case JsonValueKind.String:
                texts.Add(element.GetString()!);
                break;
            case JsonValueKind.Number:
                texts.Add(element.GetRawText());
                break;
        }
    }
}
