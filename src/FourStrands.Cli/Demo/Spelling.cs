using System.Globalization;
using System.Text;

namespace FourStrands.Cli.Demo;

/// <summary>The ways in which one name comes to be written differently: slips of the keyboard, lost accents, other letters.</summary>
internal static class Spelling
{
    private const string Cyrillic = "абвгдежзийклмнопрстуфхцчшщъыьэюяё";

    // Three customs that are met side by side: English, passports of the 2010s, and German-leaning.
    private static readonly string[][] Latin =
    [
        "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya yo".Split(' '),
        "a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y _ e iu ia e".Split(' '),
        "a b w g d je sch s i j k l m n o p r s t u f ch z tsch sch schtsch _ y _ e ju ja jo".Split(' '),
    ];

    /// <summary>Writes a Cyrillic name in Latin letters; names in other letters stay as they are.</summary>
    public static string Romanise(string name, int custom)
    {
        if (name.Length == 0 || name[0] < 'А' || name[0] > 'я' + 16)
            return name;
        var text = new StringBuilder(name.Length + 8);
        bool upper = true;
        foreach (char letter in name)
        {
            int place = Cyrillic.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal);
            string latin = place < 0 ? letter.ToString() : Latin[custom][place];
            if (latin == "_")
                continue;
            text.Append(upper ? char.ToUpperInvariant(latin[0]) + latin[1..] : latin);
            upper = place < 0;
        }
        return text.ToString();
    }

    /// <summary>Wałęsa becomes Walesa, as on a keyboard without the marks.</summary>
    public static string WithoutMarks(string name)
    {
        bool plain = true;
        foreach (char c in name)
            plain &= c < 128;
        if (plain)
            return name;
        var text = new StringBuilder(name.Length);
        foreach (char c in name.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                text.Append(
                    c switch
                    {
                        'ł' => 'l',
                        'Ł' => 'L',
                        _ => c,
                    }
                );
        }
        return text.ToString();
    }

    /// <summary>One slip: two letters changed round, one lost, one doubled, or one beside it hit. Never in the first letter.</summary>
    public static string Slip(string text, ref Dice dice)
    {
        if (text.Length < 4)
            return text;
        int at = dice.Between(1, text.Length - 2);
        if (!char.IsLetter(text[at]) || !char.IsLetter(text[at + 1]))
            return text;
        return dice.Below(4) switch
        {
            0 => string.Concat(text.AsSpan(0, at), text.AsSpan(at + 1, 1), text.AsSpan(at, 1), text.AsSpan(at + 2)),
            1 => text.Remove(at, 1),
            2 => text.Insert(at, text[at].ToString()),
            _ => string.Concat(text.AsSpan(0, at), Beside(text[at]).ToString(), text.AsSpan(at + 1)),
        };
    }

    private static char Beside(char letter)
    {
        const string rows = "qwertyuiop asdfghjkl zxcvbnm";
        int place = rows.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal);
        return place < 0 || place + 1 >= rows.Length || rows[place + 1] == ' ' ? 'e' : rows[place + 1];
    }
}
