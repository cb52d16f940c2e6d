using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;

namespace FourStrands.Picture;

/// <summary>
/// Which passwords may be chosen. Length counts, mixtures do not (NCSC, NIST SP 800-63B): any characters in any mixture, no change at
/// intervals; but not what others try first.
/// </summary>
public static class Passwords
{
    /// <summary>The least and the most characters of a password.</summary>
    public const int Shortest = 12,
        Longest = 200;

    /// <summary>How many characters there must be beside words that others try first.</summary>
    private const int Beside = 8;

    private static readonly Lazy<FrozenSet<string>> Common = new(ReadCommon);

    /// <summary>
    /// Words of the place and the trade, on which a password is not built: docs/security/accounts.md lists them. The words of the person's own name, agency
    /// and compartments come to them.
    /// </summary>
    public static IReadOnlyList<string> ContextWords { get; } =
    [
        "password",
        "passphrase",
        "welcome",
        "letmein",
        "fourstrands",
        "workbench",
        "taskforce",
        "divert",
        "deter",
        "detect",
        "disrupt",
        "scotland",
        "scottish",
        "police",
        "council",
        "crime",
        "intelligence",
        "procurement",
        "official",
        "sensitive",
        "contributor",
        "analyst",
        "evaluator",
        "officer",
        "practitioner",
        "prosecutor",
        "liaison",
        "auditor",
        "administrator",
    ];

    /// <summary>How many of the most common passwords are known.</summary>
    public static int CommonCount => Common.Value.Count;

    /// <summary>What is wrong with a password; null if nothing is.</summary>
    /// <param name="password">The password, exactly as it was typed.</param>
    /// <param name="person">Whose it is to be.</param>
    public static string? WhyNot(string password, Person person)
    {
        if (password.Length < Shortest)
            return $"Use at least {Shortest} characters. Three words that have nothing to do with each other make a good password";
        if (password.Length > Longest)
            return $"Use at most {Longest} characters";
        if (password.Distinct().Count() < 5)
            return "Use more than a few different characters";
        string plain = Plain(password);
        string rest = plain;
        string? first = null;
        foreach (string word in WordsOf(person).Concat(ContextWords).OrderByDescending(w => w.Length).ThenBy(w => w, StringComparer.Ordinal))
        {
            if (!plain.Contains(Plain(word), StringComparison.Ordinal))
                continue;
            first ??= word;
            rest = rest.Replace(Plain(word), "", StringComparison.Ordinal);
        }
        if (first is not null && rest.Length < Beside)
            return $"Do not build it on “{first}”: that is what others try first";
        return Common.Value.Contains(password.ToLowerInvariant())
            ? "Many people chose this one, so it is among the first that others try. Choose another"
            : null;
    }

    /// <summary>The words of somebody's own name, agency and compartments, with four letters or more.</summary>
    private static IEnumerable<string> WordsOf(Person person) =>
        ((string[])[person.Name, person.Agency, person.DisplayName, .. person.Rights.Where(r => r.Kind == RightKind.Compartment).Select(r => r.Value)])
            .SelectMany(name => name.Split([' ', '.', '-', '\'', '’'], StringSplitOptions.RemoveEmptyEntries).Append(name))
            .Where(word => word.Length > 3)
            .Select(word => word.ToLowerInvariant())
            .Distinct(StringComparer.Ordinal);

    /// <summary>In small letters, with the digits and signs that stand for letters as those letters.</summary>
    private static string Plain(string text) =>
        string.Create(
            text.Length,
            text,
            static (letters, from) =>
            {
                for (int i = 0; i < from.Length; i++)
                {
                    letters[i] = from[i] switch
                    {
                        '0' => 'o',
                        '1' or '!' => 'i',
                        '3' => 'e',
                        '4' or '@' => 'a',
                        '5' or '$' => 's',
                        '7' => 't',
                        var other => char.ToLowerInvariant(other),
                    };
                }
            }
        );

    private static FrozenSet<string> ReadCommon()
    {
        using var packed = Assembly.GetExecutingAssembly().GetManifestResourceStream("common-passwords.txt.gz")!;
        using var text = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        List<string> all = [];
        while (text.ReadLine() is { } line)
            all.Add(line);
        return all.ToFrozenSet(StringComparer.Ordinal);
    }
}
