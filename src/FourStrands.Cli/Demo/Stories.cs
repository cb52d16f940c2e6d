using FourStrands.Picture;

namespace FourStrands.Cli.Demo;

/// <summary>
/// The scripted cases that the guided tour in README.md and the tests walk through, written into the same sources as
/// everything else. What each is about stands in <c>stories.txt</c>, which is also where its records are.
/// </summary>
/// <remarks>
/// A line <c>## source | label</c> says where the following records go. <c>Kind key = character</c> begins a record (the
/// character is who it truly is; ties and events have none) and <c>  property: value</c> adds to it.
/// </remarks>
internal sealed class Stories
{
    /// <summary>The bidder list that goes with the stories, as a council's procurement officer would have it.</summary>
    public const string BiddersFileName = "bidders.csv";

    private readonly Dictionary<(string Source, string Label), List<Entry>> entries = [];

    public Stories()
    {
        List<Entry> into = [];
        Entry? entry = null;
        var characters = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string line in Read("stories.txt").Split('\n'))
        {
            if (line.StartsWith('#') && !line.StartsWith("## ", StringComparison.Ordinal) || line.Trim().Length == 0)
                continue;
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                string[] parts = line[3..].Split(" | ");
                var label = Label.Parse(parts[1].Trim());
                into = entries[(parts[0].Trim(), label.ToString())] = [];
            }
            else if (line[0] == ' ')
            {
                int colon = line.IndexOf(": ", StringComparison.Ordinal);
                entry!.Values.Add((line[..colon].Trim(), line[(colon + 2)..].Trim()));
            }
            else
            {
                string[] sides = line.Split(" = ");
                string[] words = sides[0].Split(' ', 2);
                Subject who = default;
                if (sides.Length > 1)
                {
                    string name = sides[1].Trim();
                    if (!characters.TryGetValue(name, out int number))
                        characters.Add(name, number = characters.Count + 1);
                    who = Subject.Character(number);
                }
                entry = new Entry(words[0], words[1].Trim(), who, []);
                into.Add(entry);
            }
        }
    }

    /// <summary>The bidder list as a file's text.</summary>
    public static string Bidders => Read(BiddersFileName);

    public void Write(string source, string label, DemoRecords to)
    {
        if (!entries.TryGetValue((source, Label.Parse(label).ToString()), out var list))
            return;
        foreach (var entry in list)
        {
            to.Begin(entry.Kind, entry.Key, entry.Who);
            foreach (var (property, value) in entry.Values)
                to.Add(property, value);
            to.End();
        }
    }

    private static string Read(string name)
    {
        using var stream = typeof(Stories).Assembly.GetManifestResourceStream("demo/" + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private sealed record Entry(string Kind, string Key, Subject Who, List<(string Property, string Value)> Values);
}
