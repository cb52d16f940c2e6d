using System.Text;

namespace FourStrands.Deter.Checks;

/// <summary>
/// When two addresses are one. British ones by postcode and the numbers before it ("Flat 2, 12 High Street, Glasgow G1 1AA" and
/// "2/12 High St, G11AA"); others by all their words. An address that names no building is none.
/// </summary>
internal static class AddressKey
{
    /// <summary>Equal for addresses that are the same; null for one too vague to say.</summary>
    public static string? Of(string address)
    {
        List<string> words = Words(address);
        for (int i = words.Count - 1; i >= 0; i--)
        {
            int used = PostcodeAt(words, i, out string postcode);
            if (used == 0)
                continue;
            List<string> before = [.. words.Take(i)];
            string numbers = string.Join('/', before.Where(w => w.AsSpan().IndexOfAnyInRange('0', '9') >= 0));
            // A building with a name instead of a number is told by its first words.
            if (numbers.Length == 0)
                numbers = string.Join(' ', before.Take(2));
            return numbers.Length == 0 ? null : $"{postcode}|{numbers}";
        }
        bool building = words.Any(w => w.AsSpan().IndexOfAnyInRange('0', '9') >= 0);
        return building && words.Count >= 4 ? string.Join(' ', words) : null;
    }

    // "G1 1AA" as two words, or "G11AA" as one. Returns how many words it takes.
    private static int PostcodeAt(List<string> words, int i, out string postcode)
    {
        postcode = words[i];
        if (postcode.Length is >= 5 and <= 7 && IsOutward(postcode[..^3]) && IsInward(postcode[^3..]))
            return 1;
        if (i + 1 < words.Count && IsOutward(words[i]) && IsInward(words[i + 1]))
        {
            postcode = words[i] + words[i + 1];
            return 2;
        }
        return 0;
    }

    private static bool IsOutward(string part) =>
        part.Length is >= 2 and <= 4 && char.IsAsciiLetterUpper(part[0]) && part.AsSpan().IndexOfAnyInRange('0', '9') is 1 or 2;

    private static bool IsInward(string part) =>
        part.Length == 3 && char.IsAsciiDigit(part[0]) && char.IsAsciiLetterUpper(part[1]) && char.IsAsciiLetterUpper(part[2]);

    private static List<string> Words(string address)
    {
        List<string> words = [];
        var word = new StringBuilder();
        foreach (char c in address.Normalize(NormalizationForm.FormKC).ToUpperInvariant() + " ")
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(c);
            }
            else if (c is not ('\'' or '’' or '.') && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
        return words;
    }
}
