using System.Globalization;
using FourStrands.Picture.Store;

namespace FourStrands.Picture;

/// <summary>What an auditor asks of the log.</summary>
public sealed record LogQuestion
{
    /// <summary>Only what was done by somebody whose name to sign in with holds this; empty for everybody.</summary>
    public string Who { get; init; } = "";

    /// <summary>Only what was of this kind; null for every kind.</summary>
    public LogKind? Kind { get; init; }

    /// <summary>Only where what was asked holds this, whatever the case; empty for everything.</summary>
    public string Text { get; init; } = "";

    /// <summary>Only where this record was shown or changed; null for all.</summary>
    public RecordId? Record { get; init; }

    /// <summary>Only what was done under emergency access.</summary>
    public bool InEmergency { get; init; }

    /// <summary>From this time on.</summary>
    public DateTimeOffset From { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Until before this time.</summary>
    public DateTimeOffset Until { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>How many of the latest to leave out: those of the pages before.</summary>
    public int Offset { get; init; }

    /// <summary>How many entries at most.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>Entries of the log, the latest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="More">True if there are more that the reader may see.</param>
/// <param name="EndedAt">Where looking ended, because very many entries that the reader may see did not fit; null if it went through all of them.</param>
public sealed record LogPage(IReadOnlyList<LogEntry> Entries, bool More, DateTimeOffset? EndedAt = null);

/// <summary>
/// The log of who did what, for auditors of an agency. They read the entries of those of whom they may see all that these may; only a chief
/// auditor reads all, and learns how long the log is. Reading it is logged too.
/// </summary>
public sealed class AuditLog
{
    /// <summary>How many entries that the reader may see are looked through for one answer.</summary>
    public const int MostLookedThrough = 1_000_000;

    private readonly Gate gate;

    internal AuditLog(Gate gate) => this.gate = gate;

    /// <summary>What was done in the auditor's own agency, the latest first.</summary>
    /// <exception cref="UnauthorizedAccessException">The viewer is no auditor.</exception>
    public LogPage Search(Viewer by, LogQuestion question)
    {
        Demand(by, Power.Audit);
        List<LogEntry> found = [];
        bool more = false;
        int before = question.Offset,
            looked = 0;
        DateTimeOffset? endedAt = null;
        Each(
            by,
            question.From,
            question.Until,
            entry =>
            {
                if (++looked > MostLookedThrough)
                {
                    endedAt = entry.At;
                    return false;
                }
                if (!Fits(entry, question))
                    return true;
                if (before > 0)
                {
                    before--;
                    return true;
                }
                more = found.Count == question.Limit;
                if (!more)
                    found.Add(entry);
                return !more;
            }
        );
        Log(by, "read log", Said(question));
        return new LogPage(found, more, endedAt);
    }

    /// <summary>What in a time looks unusual: to be asked about, and no more than that.</summary>
    /// <exception cref="UnauthorizedAccessException">The viewer is no auditor.</exception>
    public IReadOnlyList<UnusualReading> Unusual(Viewer by, DateTimeOffset from, DateTimeOffset until)
    {
        Demand(by, Power.Audit);
        var search = new UnusualReadings(gate.People.NamesIn(by.Agency), gate.People.MachinesIn(by.Agency), ReadingLimits.Default);
        Each(by, from, until, search.Take);
        Log(by, "read log", $"unusual reading from {from:yyyy-MM-dd} until {until:yyyy-MM-dd}");
        return search.Found();
    }

    /// <summary>How far the own agency's log has come; null if nothing was ever done.</summary>
    /// <exception cref="UnauthorizedAccessException">The viewer is no chief auditor.</exception>
    public Checkpoint? Checkpoint(Viewer by)
    {
        Demand(by, Power.AuditAll);
        return gate.Log.CheckpointOf(by.Agency);
    }

    /// <summary>What checkpoints are signed with, in short: the first half of the SHA-256 of the public key, in hexadecimal digits.</summary>
    public string KeyInShort => LogFile.InShort(gate.Log.PublicKey);

    /// <summary>Writes the own agency's whole log, with the checkpoint that covers it.</summary>
    /// <exception cref="UnauthorizedAccessException">The viewer is no chief auditor.</exception>
    public void Export(Viewer by, Stream to)
    {
        Demand(by, Power.AuditAll);
        Export(by.Agency, to);
        Log(by, "export log", "");
    }

    /// <summary>Writes an agency's whole log, for whoever runs the program on this machine; it is logged.</summary>
    /// <returns>The checkpoint; null if the agency has no log.</returns>
    public Checkpoint? ExportFromMachine(string agency, Viewer by, Stream to)
    {
        var checkpoint = Export(agency, to);
        if (checkpoint is not null)
            gate.Log.Add(
                new LoggedRead(
                    gate.Clock.GetUtcNow(),
                    by.DisplayName,
                    agency,
                    "export log",
                    "from the machine",
                    [],
                    agency.Length == 0 ? Label.Public : ReadLog.OwnLabel(agency)
                )
            );
        return checkpoint;
    }

    /// <summary>The agencies that have a log, for whoever runs the program on this machine.</summary>
    public IReadOnlyList<string> AgenciesOnMachine => gate.Log.Agencies;

    private Checkpoint? Export(string agency, Stream to)
    {
        gate.FlushReadLog().GetAwaiter().GetResult();
        using var file = new LogFile.Writer(to);
        return gate.Log.Whole(agency, checkpoint => file.Begin(checkpoint, gate.Log.PublicKey), file.Add);
    }

    private void Each(Viewer by, DateTimeOffset from, DateTimeOffset until, Func<LogEntry, bool> take) =>
        gate.Log.Each(by.Agency, label => by.May(Power.AuditAll) || by.MaySee(label), from, until, take);

    private static bool Fits(LogEntry entry, LogQuestion question) =>
        (question.Who.Length == 0 || entry.Who.Contains(question.Who, StringComparison.OrdinalIgnoreCase))
        && (question.Kind is not { } kind || entry.Kind == kind)
        && (question.Text.Length == 0 || entry.Question?.Contains(question.Text, StringComparison.OrdinalIgnoreCase) == true)
        && (question.Record is not { } record || entry.Records.Contains(record))
        && (!question.InEmergency || entry.InEmergency);

    private static string Said(LogQuestion question)
    {
        List<string> said = [];
        if (question.Who.Length > 0)
            said.Add($"who: {question.Who}");
        if (question.Kind is { } kind)
            said.Add($"kind: {kind}");
        if (question.Text.Length > 0)
            said.Add($"text: {question.Text}");
        if (question.Record is { } record)
            said.Add($"record: {record}");
        if (question.InEmergency)
            said.Add("under emergency access");
        if (question.From > DateTimeOffset.UnixEpoch)
            said.Add(string.Create(CultureInfo.InvariantCulture, $"from {question.From:yyyy-MM-dd}"));
        if (question.Until < DateTimeOffset.MaxValue)
            said.Add(string.Create(CultureInfo.InvariantCulture, $"until {question.Until:yyyy-MM-dd}"));
        return string.Join(", ", said);
    }

    /// <summary>Takes note that somebody asked for what their roles do not let them do, and was refused.</summary>
    /// <param name="by">Who.</param>
    /// <param name="what">What they asked for, without what they wrote.</param>
    public void Refused(Viewer by, string what) => Log(by, "be refused", what);

    /// <summary>
    /// Takes note that somebody took records away to give them to a person or a body outside: a disclosure. To whom is what they wrote, and can be erased as all that
    /// is asked can be.
    /// </summary>
    /// <param name="by">Who gives it.</param>
    /// <param name="to">To whom, in their words.</param>
    /// <param name="records">Of which records.</param>
    public void Disclosed(Viewer by, string to, IEnumerable<RecordId> records) => gate.For(by).Log("disclose", to, records);

    private static void Demand(Viewer by, Power power)
    {
        if (!by.May(power))
            throw new UnauthorizedAccessException("Only an auditor may do that.");
    }

    private void Log(Viewer by, string act, string question)
    {
        // What a chief auditor asks may name what no other may see.
        var label = by.May(Power.AuditAll) ? ReadLog.OfTheWhole(by.Agency) : Label.OfReader(by);
        gate.Log.Add(new LoggedRead(gate.Clock.GetUtcNow(), by.Name, by.Agency, act, question, [], label));
    }
}
