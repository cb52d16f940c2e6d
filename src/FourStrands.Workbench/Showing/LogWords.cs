using FourStrands.Picture;

namespace FourStrands.Workbench.Showing;

/// <summary>The log in plain words.</summary>
internal static class LogWords
{
    /// <summary>How many records of an entry are named.</summary>
    public const int FirstRecords = 3;

    /// <summary>A kind of processing, as the Data Protection Act 2018 names it.</summary>
    public static string Kind(LogKind kind) =>
        kind switch
        {
            LogKind.Collection => "Collection",
            LogKind.Alteration => "Alteration",
            LogKind.Consultation => "Consultation",
            LogKind.Disclosure => "Disclosure",
            LogKind.Combination => "Combination",
            LogKind.Erasure => "Erasure",
            _ => "Signing in, and rights",
        };

    /// <summary>What was done: "Looked at".</summary>
    public static string Act(string act) =>
        act switch
        {
            "search" => "Searched for",
            "suggest" => "Typed",
            "pointers" => "Was shown whom to ask about",
            "release" => "Let others see",
            "watch" => "Set an alert on",
            "told of a search" => "The agency was told that another looked for it:",
            "take release back" => "Took a release back",
            "show in an emergency" => "Something of the agency was shown, in an emergency, to",
            "open emergency access" => "Opened emergency access",
            "end emergency access" => "Ended emergency access",
            "review emergency access" => "Reviewed emergency access",
            "consult" => "Looked at",
            "connections" => "Looked at the connections of",
            "possible matches" => "Looked at possible matches of",
            "judgements" => "Looked at decisions about",
            "explain" => "Compared",
            "path" => "Looked for a path between",
            "screen" => "Compared with the picture",
            "sources" => "Looked at the sources",
            "rejections" => "Looked at lines that could not be read",
            "preview erasure" => "Looked at what erasing would take:",
            "erase" => "Erased",
            "erase questions" => "Erased what was asked in entries",
            "judge" => "Decided on a match",
            "import" => "Brought in",
            "export" => "Took out",
            "disclose" => "Gave what is held to",
            "read log" => "Read the log",
            "export log" => "Took the log out",
            "read" => "Opened",
            "be refused" => "Was refused",
            _ when act.StartsWith("list ", StringComparison.Ordinal) => $"Listed: {act[5..]}",
            _ when act.StartsWith("write ", StringComparison.Ordinal) => $"Wrote: {act[6..]}",
            _ => char.ToUpperInvariant(act[0]) + act[1..],
        };

    /// <summary>What was asked, unless it only names the records that stand beside it.</summary>
    public static string? Says(LogEntry entry, Viewer viewer, People people) =>
        entry.Question is not { Length: > 0 } question || question.Split(' ').All(word => RecordId.TryParse(word, null, out _)) ? null
        : entry.Act is "release" or "watch" ? Released(entry, question, viewer, people)
        : question;

    /// <summary>Of a release or an alert: for whom, in words, and why.</summary>
    private static string Released(LogEntry entry, string question, Viewer viewer, People people)
    {
        if (question.Split(": ", 2) is not [var label, var why])
            return question;
        try
        {
            string whom = LabelWords.Audience(Label.Parse(label), viewer, people, entry.Agency);
            return $"{(entry.Act == "watch" ? "Whose searches" : "Who sees it")}: {whom} Why: {why}";
        }
        catch (FormatException)
        {
            // Some of the words were erased since.
            return question;
        }
    }

    /// <summary>The first few records; of an entity that was opened, the one that stands for it.</summary>
    public static IEnumerable<RecordId> First(LogEntry entry) => entry.Records.Distinct().Take(FirstRecords);

    /// <summary>Why reading is shown as unusual.</summary>
    public static string Why(UnusualReading found, string record) =>
        found.Kind switch
        {
            UnusualKind.OwnName => $"Looked for their own name: {found.Question}",
            UnusualKind.Sweep => $"Opened {Shown.Number(found.Count)} different records within an hour",
            UnusualKind.AfterHours => $"Asked {Shown.Number(found.Count)} questions outside working hours",
            _ => $"{Shown.Number(found.Count)} people opened {record}",
        };

    /// <summary>Where the entries are that it was made of.</summary>
    public static string Look(UnusualReading found)
    {
        string day = Shown.Day(found.At).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return found.Record is { } record ? $"/log?record={record}"
            : found.Kind == UnusualKind.OwnName ? $"/log?who={Uri.EscapeDataString(found.Who[0])}&text={Uri.EscapeDataString(found.Question)}"
            : $"/log?who={Uri.EscapeDataString(found.Who[0])}&from={day}";
    }
}
