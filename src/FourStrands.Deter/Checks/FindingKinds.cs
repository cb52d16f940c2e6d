using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace FourStrands.Deter.Checks;

/// <summary>What a kind of finding is called, means, and what the law makes of it: from <c>finding-kinds.yaml</c>.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Label">"Sanctioned".</param>
/// <param name="Says">Said of somebody: "is on a sanctions list".</param>
/// <param name="Severity">How grave it is while it lasts.</param>
/// <param name="Meaning">What it means for a buyer, in plain words.</param>
/// <param name="Law">What the law makes of it.</param>
public sealed record FindingKindText(FindingKind Kind, string Label, string Says, Severity Severity, string Meaning, IReadOnlyList<LawNote> Law);

/// <summary>A note on the law.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Source">Where it is from.</param>
/// <param name="Verified">False if it has not been checked against the enactment: shown as such.</param>
public sealed record LawNote(string Text, string Source, bool Verified);

/// <summary>The kinds of finding, how they are recognised, and what is to be said of them.</summary>
public static class FindingKinds
{
    private static readonly Lazy<Loaded> _loaded = new(Load);

    /// <summary>All of them, in the order of the data file: gravest first.</summary>
    public static IReadOnlyList<FindingKindText> All => _loaded.Value.Texts;

    /// <summary>What holds for every result.</summary>
    public static IReadOnlyList<LawNote> General => _loaded.Value.General;

    /// <summary>One of them.</summary>
    public static FindingKindText Of(FindingKind kind) => _loaded.Value.ByKind[(int)kind];

    /// <summary>The kind that a topic means; a finer topic means what the nearest broader one does. Null if it is nothing adverse.</summary>
    internal static FindingKind? OfTopic(string topic)
    {
        var topics = _loaded.Value.Topics;
        if (_loaded.Value.NotAdverse.Contains(topic))
            return null;
        for (string part = topic; ; )
        {
            if (topics.TryGetValue(part, out var kind))
                return kind;
            int dot = part.LastIndexOf('.');
            if (dot < 0)
                return null;
            part = part[..dot];
        }
    }

    /// <summary>The kind that a record of this schema means when it names somebody, or is somebody; null if none. A Sanction can be several: see <see cref="OfWords"/>.</summary>
    internal static FindingKind? OfSchema(string schema) => _loaded.Value.Records.TryGetValue(schema, out var kind) ? kind : null;

    /// <summary>The kind that words in a Sanction's own text mean; null if they say nothing in particular.</summary>
    internal static FindingKind? OfWords(string text) => FirstIn(text, _loaded.Value.Words);

    /// <summary>The kind that a company's status means; null if none.</summary>
    internal static FindingKind? OfStatus(string status) =>
        _loaded.Value.NotAdverseStatus.Any(word => status.Contains(word, StringComparison.OrdinalIgnoreCase)) ? null : FirstIn(status, _loaded.Value.Status);

    /// <summary>Ties that lead on to the next subject.</summary>
    internal static IReadOnlySet<string> Followed => _loaded.Value.Followed;

    /// <summary>Ties that make somebody one of those who run a body.</summary>
    internal static IReadOnlySet<string> Officers => _loaded.Value.Officers;

    /// <summary>Does this status say that a tie has ended?</summary>
    internal static bool IsEnded(string status) => _loaded.Value.Ended.Any(word => status.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is to be said where a company's record says that an owner is not known; null if it does not.</summary>
    internal static string? UnidentifiedOwner(string text, DateOnly today)
    {
        if (text.Length > 10_000)
            return null;
        string words = text.Replace('-', ' ');
        foreach (var (mark, says) in _loaded.Value.Unidentified)
        {
            int place = words.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (place >= 0 && !IsOver(text[place..], today))
                return says;
        }
        return null;
    }

    // "… (from 2016-04-06 to 2018-01-01)": the period's end, if the statement has one; "… (ceased)" where the register gives no day.
    private static bool IsOver(string statement, DateOnly today)
    {
        int open = statement.IndexOf('(', StringComparison.Ordinal);
        int close = statement.IndexOf(')', StringComparison.Ordinal);
        if (open < 0 || close < open)
            return false;
        if (statement.AsSpan(open, close - open).Contains("ceased", StringComparison.OrdinalIgnoreCase))
            return true;
        int to = statement.AsSpan(open, close - open).LastIndexOf("to ");
        return to >= 0 && Dates.AllPassed([statement[(open + to + 3)..close].Trim()], today);
    }

    private static FindingKind? FirstIn(string text, List<(string Word, FindingKind Kind)> words)
    {
        foreach (var (word, kind) in words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                return kind;
        }
        return null;
    }

    private static Loaded Load()
    {
        using var stream =
            typeof(FindingKinds).Assembly.GetManifestResourceStream("finding-kinds.yaml")
            ?? throw new InvalidOperationException("finding-kinds.yaml is not in the program.");
        using var reader = new StreamReader(stream);
        var file = new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).Build().Deserialize<KindsFile>(reader);
        var loaded = new Loaded();
        foreach (var (name, entry) in file.Kinds)
        {
            if (!Enum.TryParse(name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out FindingKind kind))
                throw new InvalidOperationException($"finding-kinds.yaml: “{name}” is not a kind of finding.");
            if (!Enum.TryParse(entry.Severity, ignoreCase: true, out Severity severity))
                throw new InvalidOperationException($"finding-kinds.yaml: “{entry.Severity}” is not a severity.");
            var text = new FindingKindText(kind, entry.Label, entry.Says, severity, entry.Meaning, Notes(entry.Law));
            loaded.Texts.Add(text);
            loaded.ByKind[(int)kind] = text;
            foreach (string topic in entry.Topics)
                loaded.Topics.Add(topic, kind);
            foreach (string schema in entry.Records)
                loaded.Records.Add(schema, kind);
            loaded.Words.AddRange(entry.Words.Select(word => (word, kind)));
            loaded.Status.AddRange(entry.Status.Select(word => (word, kind)));
        }
        if (loaded.ByKind.Any(text => text is null))
            throw new InvalidOperationException("finding-kinds.yaml does not say what every kind of finding is.");
        loaded.General = Notes(file.General);
        loaded.Followed = file.Followed.ToHashSet(StringComparer.Ordinal);
        loaded.Officers = file.Officers.ToHashSet(StringComparer.Ordinal);
        loaded.Ended = file.Ended;
        loaded.NotAdverseStatus = file.NotAdverseStatus;
        loaded.NotAdverse = file.NotAdverse.ToHashSet(StringComparer.Ordinal);
        loaded.Unidentified.AddRange(file.UnidentifiedOwners.SelectMany(s => s.Marks.Select(mark => (mark.Replace('-', ' '), s.Says))));
        return loaded;
    }

    private static List<LawNote> Notes(List<LawEntry> entries) => [.. entries.Select(e => new LawNote(e.Text, e.Source, e.Verified))];

    private sealed class Loaded
    {
        public List<FindingKindText> Texts { get; } = [];
        public FindingKindText[] ByKind { get; } = new FindingKindText[Enum.GetValues<FindingKind>().Length];
        public Dictionary<string, FindingKind> Topics { get; } = new(StringComparer.Ordinal);
        public Dictionary<string, FindingKind> Records { get; } = new(StringComparer.Ordinal);
        public List<(string Word, FindingKind Kind)> Words { get; } = [];
        public List<(string Word, FindingKind Kind)> Status { get; } = [];
        public List<(string Mark, string Says)> Unidentified { get; } = [];
        public List<string> Ended { get; set; } = [];
        public List<string> NotAdverseStatus { get; set; } = [];
        public IReadOnlyList<LawNote> General { get; set; } = [];
        public HashSet<string> Followed { get; set; } = [];
        public HashSet<string> Officers { get; set; } = [];
        public HashSet<string> NotAdverse { get; set; } = [];
    }

    // The file's shape.
    private sealed class KindsFile
    {
        public Dictionary<string, KindEntry> Kinds { get; set; } = [];
        public List<LawEntry> General { get; set; } = [];
        public List<string> Followed { get; set; } = [];
        public List<string> Officers { get; set; } = [];
        public List<string> Ended { get; set; } = [];
        public List<string> NotAdverseStatus { get; set; } = [];
        public List<string> NotAdverse { get; set; } = [];
        public List<UnidentifiedEntry> UnidentifiedOwners { get; set; } = [];
    }

    private sealed class KindEntry
    {
        public string Label { get; set; } = "";
        public string Says { get; set; } = "";
        public string Severity { get; set; } = "";
        public List<string> Topics { get; set; } = [];
        public List<string> Records { get; set; } = [];
        public List<string> Words { get; set; } = [];
        public List<string> Status { get; set; } = [];
        public string Meaning { get; set; } = "";
        public List<LawEntry> Law { get; set; } = [];
    }

    private sealed class LawEntry
    {
        public string Text { get; set; } = "";
        public string Source { get; set; } = "";
        public bool Verified { get; set; }
    }

    private sealed class UnidentifiedEntry
    {
        public List<string> Marks { get; set; } = [];
        public string Says { get; set; } = "";
    }
}
