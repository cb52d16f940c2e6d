using System.Collections.Frozen;

namespace FourStrands.Linkage;

/// <summary>
/// Words of names in Arabic letters as they are spelt in Latin ones: common names and small words, of which the vowels are not written; and
/// the article, which Arabic writes as one word with the next.
/// </summary>
internal static class Arabic
{
    private const string Article = "ال";

    /// <summary>Fewer letters behind it, and it is the beginning of the word.</summary>
    private const int FewestBehindArticle = 3;

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Words = ReferenceTables
        .Pairs("arabic")
        .SelectMany(p => p.Value.Split(' '), (p, word) => (word, p.Key))
        .ToFrozenDictionary(w => w.word, w => w.Key, StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Is(char c) => c is >= '\u0621' and <= '\u064A' or >= '\u0671' and <= '\u06D3';

    /// <summary>What the beginning of a word is written as, and how many of its letters that are; 0 letters where it is written letter by letter.</summary>
    public static (string Latin, int Letters) Beginning(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && Is(text[length]))
            length++;
        var word = text[..length];
        if (Words.TryGetValue(word, out var latin))
            return (latin, length);
        if (!word.StartsWith(Article, StringComparison.Ordinal) || length - Article.Length < FewestBehindArticle)
            return ("", 0);
        return Words.TryGetValue(word[Article.Length..], out latin) ? ("al " + latin, length) : ("al ", Article.Length);
    }
}
