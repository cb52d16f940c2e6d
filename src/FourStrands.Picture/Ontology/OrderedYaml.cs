using System.Text;

namespace FourStrands.Picture;

/// <summary>
/// Reads the small part of YAML that the ontology's files are written in: nested keys by indentation, plain or
/// double-quoted scalars, lists in brackets, whole-line comments. A general YAML reader takes longer to start than
/// to read these files; a test holds this one to the general reader's answer for every file.
/// </summary>
internal sealed class OrderedYaml
{
    private readonly List<KeyValuePair<string, OrderedYaml>> _children = [];

    /// <summary>The scalar, or null where the value is a list or nested keys.</summary>
    public string? Scalar { get; private init; }

    /// <summary>The list, or null.</summary>
    public IReadOnlyList<string>? Items { get; private init; }

    /// <summary>The nested keys in the order they are written.</summary>
    public IReadOnlyList<KeyValuePair<string, OrderedYaml>> Children => _children;

    public OrderedYaml? this[string key]
    {
        get
        {
            foreach (var child in _children)
            {
                if (child.Key == key)
                    return child.Value;
            }
            return null;
        }
    }

    public string Text(string key) => this[key]?.Scalar ?? throw new FormatException($"“{key}” is missing.");

    public string Text() => Scalar ?? throw new FormatException("A single value is meant here.");

    public string? OptionalText(string key) => this[key]?.Scalar;

    public bool Flag(string key) => this[key]?.Scalar == "true";

    public IReadOnlyList<string> List(string key) => this[key]?.Items ?? [];

    public static OrderedYaml Parse(string text, string fileName)
    {
        var root = new OrderedYaml();
        var open = new Stack<(int Indent, OrderedYaml Node)>();
        open.Push((-1, root));
        var number = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var line = text.AsSpan()[range].TrimEnd();
            var indent = line.Length - line.TrimStart(' ').Length;
            var content = line[indent..];
            if (content.IsEmpty || content[0] == '#')
                continue;
            while (open.Peek().Indent >= indent)
                open.Pop();
            try
            {
                var (key, node) = Entry(content);
                open.Peek().Node._children.Add(new(key, node));
                if (node.Scalar is null && node.Items is null)
                    open.Push((indent, node));
            }
            catch (FormatException wrong)
            {
                throw new FormatException($"{fileName}, line {number}: {wrong.Message}", wrong);
            }
        }
        return root;
    }

    private static (string Key, OrderedYaml Node) Entry(ReadOnlySpan<char> content)
    {
        var place = 0;
        var key = content[0] == '"' ? Quoted(content, ref place) : Until(content, ref place, ':');
        if (place >= content.Length || content[place] != ':')
            throw new FormatException("a key must be followed by a colon.");
        var rest = content[(place + 1)..].TrimStart(' ');
        if (rest.IsEmpty)
            return (key, new OrderedYaml());
        if (rest[0] == '[')
            return (key, new OrderedYaml { Items = ItemsOf(rest) });
        place = 0;
        return (key, new OrderedYaml { Scalar = rest[0] == '"' ? Quoted(rest, ref place) : rest.ToString() });
    }

    private static List<string> ItemsOf(ReadOnlySpan<char> list)
    {
        var items = new List<string>();
        var place = 1;
        while (true)
        {
            while (place < list.Length && list[place] is ' ' or ',')
                place++;
            if (place >= list.Length)
                throw new FormatException("a list must end with a bracket on the same line.");
            if (list[place] == ']')
                return items;
            items.Add(list[place] == '"' ? Quoted(list, ref place) : UntilListMark(list, ref place));
        }
    }

    private static string UntilListMark(ReadOnlySpan<char> list, ref int place)
    {
        var start = place;
        while (place < list.Length && list[place] is not (',' or ']'))
            place++;
        return list[start..place].TrimEnd().ToString();
    }

    private static string Until(ReadOnlySpan<char> text, ref int place, char mark)
    {
        var start = place;
        while (place < text.Length && text[place] != mark)
            place++;
        return text[start..place].ToString();
    }

    private static string Quoted(ReadOnlySpan<char> text, ref int place)
    {
        var value = new StringBuilder();
        for (place++; place < text.Length; place++)
        {
            if (text[place] == '"')
            {
                place++;
                return value.ToString();
            }
            if (text[place] == '\\' && place + 1 < text.Length)
                place++;
            value.Append(text[place]);
        }
        throw new FormatException("a quotation mark is missing.");
    }
}
