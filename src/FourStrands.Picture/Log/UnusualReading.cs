using System.Globalization;
using System.Text;

namespace FourStrands.Picture;

/// <summary>Why somebody's reading may be worth a question.</summary>
public enum UnusualKind
{
    /// <summary>Somebody looked for their own name.</summary>
    OwnName,

    /// <summary>Somebody looked at very many records within an hour.</summary>
    Sweep,

    /// <summary>Somebody read at night or at a weekend.</summary>
    AfterHours,

    /// <summary>Many people looked at one record.</summary>
    MuchLookedAt,
}

/// <summary>From how much on reading is called unusual. Not from any standard: each agency has to find its own.</summary>
/// <param name="SweepRecords">So many different records opened within one hour.</param>
/// <param name="AfterHoursReads">So many questions in one night, or on one day of a weekend.</param>
/// <param name="DayBegins">The hour at which the working day begins, in the United Kingdom.</param>
/// <param name="DayEnds">The hour at which it ends.</param>
/// <param name="Readers">So many different people opened one record.</param>
public sealed record ReadingLimits(int SweepRecords, int AfterHoursReads, int DayBegins, int DayEnds, int Readers)
{
    /// <summary>100 records in an hour; 10 questions between 20:00 and 6:00 or at a weekend; 5 readers.</summary>
    public static ReadingLimits Default { get; } = new(100, 10, 6, 20, 5);
}

/// <summary>Reading that may be worth a question. It is a prompt to ask, and says nothing against anybody: most of it has a good reason.</summary>
/// <param name="Kind">Why it is shown.</param>
/// <param name="Who">Whose reading it was; of several, in order of name.</param>
/// <param name="At">When it began.</param>
/// <param name="Count">How much there was: questions, records or readers.</param>
/// <param name="Record">The record that it was about; null if about none in particular.</param>
/// <param name="Question">What was looked for, where that is what is unusual; empty otherwise.</param>
public sealed record UnusualReading(UnusualKind Kind, IReadOnlyList<string> Who, DateTimeOffset At, int Count, RecordId? Record, string Question);

/// <summary>Looks through entries, the latest first, for what is unusual.</summary>
/// <param name="names">What people are called, by what they sign in with.</param>
/// <param name="machines">Those of them that are machines: they work at night, and are no people who look.</param>
/// <param name="limits">From how much on it is unusual.</param>
internal sealed class UnusualReadings(IReadOnlyDictionary<string, string> names, IReadOnlySet<string> machines, ReadingLimits limits)
{
    private readonly Dictionary<string, string[]> wordsOf = names.ToDictionary(n => n.Key, n => Words(n.Value), StringComparer.Ordinal);
    private readonly Dictionary<(string Who, DateTime Hour), (DateTimeOffset At, HashSet<RecordId> Records)> hours = [];
    private readonly Dictionary<(string Who, DateOnly Night), (DateTimeOffset At, int Count)> nights = [];
    private readonly Dictionary<RecordId, (DateTimeOffset At, SortedSet<string> Who)> readers = [];
    private readonly Dictionary<(string Who, string Question), (DateTimeOffset At, int Count)> ownNames = [];

    /// <summary>Takes one entry; always goes on.</summary>
    public bool Take(LogEntry entry)
    {
        // That the agency was told of something is nobody's reading.
        if (entry.Kind is not (LogKind.Consultation or LogKind.Disclosure) || entry.Act is EmergencyReads.ToldOwner or Releases.ToldOfSearch)
            return true;
        var local = London.Time(entry.At);
        if (entry.Act == "consult")
        {
            var hour = (entry.Who, local.DateTime.Date.AddHours(local.Hour));
            if (!hours.TryGetValue(hour, out var opened))
                opened.Records = [];
            opened.Records.UnionWith(entry.Records.Take(1));
            hours[hour] = (entry.At, opened.Records);
            // An entity opened is all of its records: the first stands for it.
            foreach (var record in machines.Contains(entry.Who) ? [] : entry.Records.Take(1))
            {
                if (!readers.TryGetValue(record, out var read))
                    read.Who = new SortedSet<string>(StringComparer.Ordinal);
                read.Who.Add(entry.Who);
                readers[record] = (entry.At, read.Who);
            }
        }
        bool weekend = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        if (!machines.Contains(entry.Who) && (weekend || local.Hour < limits.DayBegins || local.Hour >= limits.DayEnds))
        {
            // What is done before the morning belongs to the night before.
            var night = (entry.Who, DateOnly.FromDateTime(local.Hour < limits.DayBegins ? local.DateTime.AddDays(-1) : local.DateTime));
            nights[night] = (entry.At, nights.GetValueOrDefault(night).Count + 1);
        }
        if (entry.Act is "search" or "suggest" or "screen" && entry.Question is { } question && wordsOf.TryGetValue(entry.Who, out var own) && own.Length > 1)
        {
            string[] asked = Words(question);
            if (own.All(word => asked.Contains(word, StringComparer.Ordinal)))
            {
                var key = (entry.Who, question);
                ownNames[key] = (entry.At, ownNames.GetValueOrDefault(key).Count + 1);
            }
        }
        return true;
    }

    /// <summary>What was found, the latest first.</summary>
    public IReadOnlyList<UnusualReading> Found() =>
        [
            .. ownNames
                .Select(o => new UnusualReading(UnusualKind.OwnName, [o.Key.Who], o.Value.At, o.Value.Count, null, o.Key.Question))
                .Concat(
                    hours
                        .Where(h => h.Value.Records.Count >= limits.SweepRecords)
                        .Select(h => new UnusualReading(UnusualKind.Sweep, [h.Key.Who], h.Value.At, h.Value.Records.Count, null, ""))
                )
                .Concat(
                    nights
                        .Where(n => n.Value.Count >= limits.AfterHoursReads)
                        .Select(n => new UnusualReading(UnusualKind.AfterHours, [n.Key.Who], n.Value.At, n.Value.Count, null, ""))
                )
                .Concat(
                    readers
                        .Where(r => r.Value.Who.Count >= limits.Readers)
                        .Select(r => new UnusualReading(UnusualKind.MuchLookedAt, [.. r.Value.Who], r.Value.At, r.Value.Who.Count, r.Key, ""))
                )
                .OrderByDescending(f => f.At)
                .ThenBy(f => f.Kind)
                .ThenBy(f => f.Who[0], StringComparer.Ordinal)
                .ThenBy(f => f.Record ?? default)
                .ThenBy(f => f.Question, StringComparer.Ordinal),
        ];

    private static string[] Words(string text) =>
        [
            .. new string([
                .. text.Normalize(NormalizationForm.FormD)
                    .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                    .Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' '),
            ]).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ];
}
