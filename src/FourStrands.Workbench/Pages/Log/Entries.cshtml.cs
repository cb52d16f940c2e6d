using System.Globalization;
using FourStrands.Picture;

namespace FourStrands.Workbench.Pages.Log;

/// <summary>Who did what in the own agency.</summary>
internal sealed class EntriesModel(Gate gate) : AuditorPage(gate)
{
    private const int PageSize = 50;

    /// <summary>The most characters of what is looked for.</summary>
    public const int LongestText = 200;

    public string Who { get; private set; } = "";

    public LogKind? Kind { get; private set; }

    public string Text { get; private set; } = "";

    public RecordId? Record { get; private set; }

    /// <summary>True for what was done under emergency access alone.</summary>
    public bool InEmergency { get; private set; }

    public LogPage Found { get; private set; } = new([], false);

    public int Number { get; private set; }

    /// <summary>Further pages go on from when the first was asked for, in milliseconds since 1970: what came since, their own asking among it, moves nothing.</summary>
    private long? before;

    /// <summary>How far the whole log has come, for those who may know.</summary>
    public Checkpoint? Checkpoint { get; private set; }

    /// <summary>True if the list is not of everything.</summary>
    public bool IsNarrowed => Who.Length > 0 || Kind is not null || Text.Length > 0 || Record is not null || InEmergency || From is not null || To is not null;

    public People People => Gate.People;

    public string KeyInShort => Gate.Audit.KeyInShort;

    public void OnGet(string? who, string? kind, string? text, string? record, string? emergency, string? from, string? to, string? before)
    {
        Number = AskedPage();
        Who = Cut(who);
        Text = Cut(text);
        Kind = Enum.GetNames<LogKind>().Contains(kind, StringComparer.Ordinal) ? Enum.Parse<LogKind>(kind!) : null;
        Record = RecordId.TryParse(record, null, out var id) ? id : null;
        InEmergency = emergency == "true";
        TakeDays(from, to);
        this.before = long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out long at) && at is > 0 and < 253_000_000_000_000 ? at : null;
        if (Viewer.May(Power.AuditAll))
            Checkpoint = Gate.Audit.Checkpoint(Viewer);
        if (!ModelState.IsValid)
            return;
        Found = Gate.Audit.Search(
            Viewer,
            new LogQuestion
            {
                Who = Who,
                Kind = Kind,
                Text = Text,
                Record = Record,
                InEmergency = InEmergency,
                From = Begins,
                Until = this.before is { } end && DateTimeOffset.FromUnixTimeMilliseconds(end) < Ends ? DateTimeOffset.FromUnixTimeMilliseconds(end) : Ends,
                Offset = (Number - 1) * PageSize,
                Limit = PageSize,
            }
        );
    }

    public string AddressOf(int number)
    {
        before ??= Found.Entries.Count > 0 ? Found.Entries[0].At.ToUnixTimeMilliseconds() + 1 : null;
        return $"/log?who={Uri.EscapeDataString(Who)}&kind={Kind}&text={Uri.EscapeDataString(Text)}&record={Record}{(InEmergency ? "&emergency=true" : "")}&from={From:yyyy-MM-dd}&to={To:yyyy-MM-dd}{(number > 1 ? string.Create(CultureInfo.InvariantCulture, $"&before={before}&page={number}") : "")}";
    }

    private static string Cut(string? text)
    {
        text = (text ?? "").Trim();
        return text.Length <= LongestText ? text : text[..LongestText];
    }
}
