using System.Collections.Frozen;
using System.Text;

namespace FourStrands.Picture;

/// <summary>A value from a list in <c>Ontology/Values</c>: a country, a language, a gender. Kept as its code, shown by its name.</summary>
internal sealed class CodeType(string name, string file) : PropertyType
{
    private readonly Lazy<Codes> _codes = new(() => Codes.Read(file));

    public override string Name => name;

    public override string? Clean(string value) => _codes.Value.CodeOf(value);

    public override string Show(string value) => _codes.Value.NameOf(value) ?? value;

    /// <summary>A code list: what each code is called, and which codes a name can mean.</summary>
    private sealed class Codes
    {
        private readonly Dictionary<string, string> _names = [];
        private readonly Dictionary<string, string> _byName = [];

        public static Codes Read(string file)
        {
            var codes = new Codes();
            var text = OntologyFiles.Embedded($"Values/{file}.yaml").Single().Text;
            foreach (var (code, said) in OrderedYaml.Parse(text, file).Children)
            {
                var names = said.Items ?? [said.Text()];
                codes._names[code] = names[0];
                codes._byName[Key(code)] = code;
                foreach (var name in names)
                    codes._byName.TryAdd(Key(name), code);
            }
            return codes;
        }

        public string? NameOf(string code) => _names.GetValueOrDefault(code);

        public string? CodeOf(string value) => _names.ContainsKey(value) ? value : _byName.GetValueOrDefault(Key(value));

        // Names are compared without case, accents and punctuation.
        private static string Key(string name)
        {
            var kept = new StringBuilder(name.Length);
            foreach (var letter in Spacing.OneLine(name).Normalize(NormalizationForm.FormD))
            {
                if (char.IsLetterOrDigit(letter))
                    kept.Append(char.ToLowerInvariant(letter));
                else if (letter == '&')
                    kept.Append("and");
            }
            return kept.ToString();
        }
    }
}

/// <summary>
/// Why a subject is of interest: sanctioned, debarred, a politician. The list is FollowTheMoney's with a few of ours; a finer
/// topic of a known one (<c>crime.arson</c>) is taken as it is, so that newer data loads.
/// </summary>
internal sealed class TopicType : PropertyType
{
    private readonly CodeType _known = new("topic", "topics");
    private static readonly FrozenSet<string> _roots = FrozenSet.Create(
        "asset",
        "corp",
        "crime",
        "export",
        "fin",
        "gov",
        "mare",
        "pol",
        "reg",
        "role",
        "sanction"
    );

    public override string Name => "topic";

    public override string? Clean(string value)
    {
        if (_known.Clean(value) is { } known)
            return known;
        var text = value.Trim();
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var valid =
            dot > 0
            && _roots.Contains(text[..dot])
            && text.Length <= 64
            && !text.EndsWith('.')
            && text.All(letter => char.IsAsciiLetterLower(letter) || letter == '.');
        return valid ? text : null;
    }

    public override string Show(string value)
    {
        for (var part = value; ; )
        {
            if (_known.Show(part) is var shown && shown != part)
                return part == value ? shown : $"{shown} ({value[(part.Length + 1)..].Replace('.', ' ')})";
            var dot = part.LastIndexOf('.');
            if (dot < 0)
                return value;
            part = part[..dot];
        }
    }
}
