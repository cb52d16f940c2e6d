using System.Text.Json;
using FourStrands.Picture.Store;

namespace FourStrands.Picture;

/// <summary>
/// What agencies ask of each other and tell each other. A request is delivered whether or not there is anything to say, and looks the same to whoever
/// asks until somebody answers.
/// </summary>
public sealed class Requests
{
    /// <summary>The longest text, in characters.</summary>
    public const int LongestText = 4000;

    /// <summary>The kind of document that a request is.</summary>
    internal const string Asked = "request";

    private const string Answered = "answer",
        Received = "receipt";

    /// <summary>The kind of document by which the audience of a release is told that it was taken back, or was wrong.</summary>
    internal const string Noticed = "correction";

    private readonly Gate gate;

    internal Requests(Gate gate) => this.gate = gate;

    /// <summary>What the viewer's agency was asked or has asked, newest first, each with its answer.</summary>
    public IReadOnlyList<Request> All(Viewer by)
    {
        var view = gate.For(by);
        var answers = Answers(view);
        return [.. view.Documents(Asked).Select(d => With(Read<Request>(d) with { Id = d.Id }, answers)).Where(r => r.From == by.Agency || r.To == by.Agency)];
    }

    /// <summary>One of them; null if there is none of that identifier.</summary>
    public Request? Find(Viewer by, RecordId id)
    {
        var view = gate.For(by);
        if (view.Read(id) is not { Kind: Asked } document)
            return null;
        var request = With(Read<Request>(document) with { Id = id }, Answers(view));
        return request.From == by.Agency || request.To == by.Agency ? request : null;
    }

    /// <summary>Asks another agency. The answer comes from a person there, and until then nothing is said.</summary>
    /// <exception cref="ReleaseException">Something is missing; the message says what.</exception>
    public Request Ask(Viewer by, Request request)
    {
        if (by.Emergency is not null)
            throw new ReleaseException("While emergency access is open nothing is sent to other agencies from here. End it first, or ring them");
        string text = Text(request.Text, "text", "Say what you ask for");
        if (request.To == by.Agency || gate.People.Agency(request.To) is null)
            throw new ReleaseException("Choose another agency to ask", "to");
        if (request.Purpose.Length > 0 && !Purposes.TryParse(request.Purpose, out _))
            throw new ReleaseException("Choose what it is for", "purpose");
        // Only of what the viewer sees: of anything else it would be a question whether it is there.
        var about = request.Record is { } record ? gate.For(by).Find(record)?.Records.FirstOrDefault(r => r.Id == record) : null;
        if (request.Record is not null && about?.Source.Owner != request.To)
            throw new ReleaseException("There is no such record of theirs");
        return Put(
            by,
            request with
            {
                From = by.Agency,
                ByName = by.DisplayName,
                At = gate.Clock.GetUtcNow(),
                Text = text,
                Kind = request.Kind == RequestKind.Originator ? RequestKind.Access : request.Kind,
            },
            new Label(Classification.Official, [by.Agency, request.To])
        );
    }

    /// <summary>Answers for the agency that was asked. An answer stands; another person's later one replaces it for both.</summary>
    /// <exception cref="ReleaseException">There is no such request, or something is missing.</exception>
    public void Answer(Viewer by, RecordId id, bool agreed, string text)
    {
        if (!by.May(Power.Release))
            throw new UnauthorizedAccessException("Your role does not answer other agencies. Ask a liaison officer of your agency.");
        text = Text(text, "text", "Say something to those who asked");
        var view = gate.For(by);
        if (view.Read(id) is not { Kind: Asked } document || Read<Request>(document) is not { } request || request.To != by.Agency)
            throw new ReleaseException("There is no such request");
        var answer = new Answer(agreed, text, by.DisplayName, gate.Clock.GetUtcNow());
        view.Write(Answered, JsonSerializer.Serialize(new KeptAnswer(id, answer), StoredJson.Options), document.Label);
        // By the gate: whoever answers may not see what those bear who asked.
        if (request.Other is not { } other)
            return;
        foreach (var (asked, label, agency) in gate.Store.Documents(Asked, other))
        {
            string content = JsonSerializer.Serialize(new KeptAnswer(other, answer), StoredJson.Options);
            var copy = gate.Engine.Identify("answer", other.ToString(), by.Name, $"{answer.At.UtcTicks}", content);
            Write(new Document(copy, Answered, asked.Label, by.DisplayName, answer.At, content), label, agency);
        }
    }

    /// <summary>What other agencies told the viewer's, and their own what it told: corrections and withdrawals, newest first.</summary>
    public IReadOnlyList<Notice> Notices(Viewer by)
    {
        var view = gate.For(by);
        var receipts = view.Documents(Received)
            .Select(d => (Kept: Read<KeptReceipt>(d), d.Id))
            .OrderBy(r => r.Kept.Receipt.At)
            .ThenBy(r => r.Id)
            .GroupBy(r => r.Kept.Notice)
            .ToDictionary(g => g.Key, g => g.Select(r => r.Kept.Receipt).DistinctBy(r => r.Agency).ToList());
        return
        [
            .. view.Documents(Noticed)
                .Select(d => Read<Notice>(d) with { Id = d.Id, Receipts = receipts.GetValueOrDefault(d.Id) ?? [] })
                .Concat(view.Documents(Erasures.NoticeKind).Select(Erased))
                .OrderByDescending(n => n.At)
                .ThenBy(n => n.Id),
        ];
    }

    /// <summary>Says, for the own agency, that a notice was read and is acted on: whoever gave it sees that, and nobody else.</summary>
    /// <exception cref="UnauthorizedAccessException">The person's role does not speak to other agencies.</exception>
    /// <exception cref="ReleaseException">There is no such notice to them, or somebody of the agency said so already.</exception>
    public void Acknowledge(Viewer by, RecordId notice)
    {
        if (!by.May(Power.Release))
            throw new UnauthorizedAccessException("Your role does not answer other agencies. Ask a liaison officer of your agency.");
        var view = gate.For(by);
        if (view.Read(notice) is not { Kind: Noticed } document || Read<Notice>(document).Agency == by.Agency)
            throw new ReleaseException("There is no such notice");
        if (Notices(by).Single(n => n.Id == notice).Receipts.Any(r => r.Agency == by.Agency))
            throw new ReleaseException("Somebody of your agency has acknowledged it already");
        var receipt = new KeptReceipt(notice, new Receipt(by.Agency, by.DisplayName, gate.Clock.GetUtcNow()));
        var label = document.Label.Join(new Label(Classification.Public, [by.Agency, Read<Notice>(document).Agency]));
        view.Write(Received, JsonSerializer.Serialize(receipt, StoredJson.Options), label);
    }

    /// <summary>A notice that something was erased on which one's own documents rest.</summary>
    private static Notice Erased(Document document)
    {
        using var told = JsonDocument.Parse(document.Content);
        string Of(string name) => told.RootElement.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
        return new Notice(Of("by"), document.At, [], [], Of("text")) { Id = document.Id, IsErasure = true };
    }

    /// <summary>
    /// Asks whoever gave it whether it may be passed on. Each agency has the request under a label of its own: whoever asks, under those of the values that it quotes, so that nobody there reads of
    /// them who may not see them; whoever gave the values, under no more than their classification, since neither compartments nor purposes of others are theirs to know.
    /// </summary>
    /// <returns>The request as those see it who ask.</returns>
    internal Request AskOriginator(Viewer by, string originator, ReleasePreview preview, string text)
    {
        var said = preview
            .Records.SelectMany(r => r.Says.Select(s => (Record: r.Record.Id, Said: s)))
            .Where(s => ReleaseRules.AsksOriginator(s.Said.Label.Handling) && s.Said.Label.Handling.Originators.Contains(originator, StringComparer.Ordinal))
            .ToList();
        var request = new Request(RequestKind.Originator, by.Agency, originator, by.DisplayName, gate.Clock.GetUtcNow(), text)
        {
            Wanted = Audience(preview.Label),
            Values = [.. said.Select(s => $"{s.Said.Property.Label}: {s.Said.Shown}").Distinct(StringComparer.Ordinal)],
        };
        var label = said.Aggregate(Picture.Label.OwnAgency(by), static (label, s) => label.Join(s.Said.Label.WithoutHandling()));
        var theirs = gate.Engine.Identify("request", by.Name, label.ToString(), JsonSerializer.Serialize(request, StoredJson.Options));
        var ours = Put(
            by,
            request with
            {
                Quoted = [.. said.Select(s => new ReleasedValue(s.Record, s.Said.Property.Name, s.Said.Value))],
                Other = theirs,
            },
            label
        );
        // Without the records that say it, which are not theirs.
        string content = JsonSerializer.Serialize(request with { Other = ours.Id }, StoredJson.Options);
        var document = new Document(theirs, Asked, new Label(label.Classification, [originator]), by.DisplayName, request.At, content);
        Write(document, gate.Store.Label(document.Label), by.Agency);
        return ours;
    }

    /// <summary>Of a request to an originator, as those keep it who ask: the one that the originator has.</summary>
    internal static RecordId? Delivered(Document document) => Read<Request>(document) is { Quoted.Count: > 0 } request ? request.Other : null;

    /// <summary>What a request repeats in texts alone: those that were kept before they named the records.</summary>
    internal static IReadOnlyList<string> OnlyTexts(Document document) => Read<Request>(document) is { Other: null } request ? request.Values : [];

    /// <summary>
    /// Who is to see it, for somebody of another agency: neither compartments nor groups by name, which they may not know of.
    /// </summary>
    private string Audience(Label label)
    {
        string[] named = [.. label.Audiences.SelectMany(a => a).Where(a => !Picture.Label.IsGroup(a)).Select(gate.People.NameOf)];
        bool groups = label.Audiences.SelectMany(a => a).Any(Picture.Label.IsGroup);
        if (label.Audiences.Count == 0 && label.Classification == Classification.Public)
            return label.Compartments.Count > 0 ? "PUBLIC: only a closed circle of people" : "Everybody: it is published";
        string who =
            label.Audiences.Count == 0 ? "every agency"
            : named.Length == 0 ? "the agencies of a sharing group"
            : string.Join(", ", named) + (groups ? ", and the agencies of a sharing group" : "");
        return $"{label.ToString().Split(';')[0].ToUpperInvariant()}: {who}{(label.Compartments.Count > 0 ? ", and there only a closed circle of people" : "")}";
    }

    /// <summary>
    /// Tells the own desk that a release, which whoever corrects may not know of, shows what was wrong: under a label of those alone who know of the release and see what was wrong.
    /// </summary>
    internal void TellDesk(Viewer by, Release release, Label wrong)
    {
        var at = gate.Clock.GetUtcNow();
        string content = JsonSerializer.Serialize(
            new
            {
                about = "correction",
                what = "release",
                id = release.Id.ToString(),
                by = by.Agency,
                text = "What one of your agency’s releases shows was wrong, and was corrected at its source by somebody who may not know of the release. Look whether it must be taken back.",
            }
        );
        var id = gate.Engine.Identify("notice", release.Id.ToString(), by.Name, $"{at.UtcTicks}");
        var label = release.KeptUnder.Join(wrong.WithoutHandling());
        gate.Store.Write(new Document(id, Erasures.NoticeKind, label, by.AgencyName, at, content), gate.Store.Label(label), by.Agency);
    }

    /// <summary>Tells the audience of a release that it was taken back, or that what it showed was wrong.</summary>
    /// <param name="by">Who took it back, or corrected it.</param>
    /// <param name="release">The release, as it was.</param>
    /// <param name="reason">What they are told.</param>
    /// <param name="changes">What was wrong of what they saw, and what they see now; none if it was taken back as it was.</param>
    /// <param name="replaces">The notice that they see no more of it, in whose place comes that they see it corrected; null if they see no more of it.</param>
    /// <returns>The notice; nothing if nobody is to be told.</returns>
    internal RecordId Notify(Viewer by, Release release, string reason, IReadOnlyList<ReleasedChange>? changes = null, RecordId? replaces = null)
    {
        // A pointer was seen by those alone who looked: there is nothing to correct. Of an alert nobody ever knew.
        if (release.Order.Kind != ReleaseKind.Content)
            return default;
        List<string> sources = [],
            subjects = [];
        foreach (var id in release.Order.Values.Concat(changes?.Select(c => c.Was) ?? []).Select(v => v.Record).Distinct())
        {
            if (SourceOf(id) is not { } source)
                continue;
            sources.Add(release.Order.SourceName ?? source);
            // What its audience saw of it, and no other name.
            subjects.AddRange(release.Order.Values.Where(v => v.Record == id && v.Property == "name").Select(v => v.As ?? v.Value).Take(1));
        }
        var notice = new Notice(
            by.Agency,
            gate.Clock.GetUtcNow(),
            [.. sources.Distinct(StringComparer.Ordinal)],
            [.. subjects.Distinct(StringComparer.Ordinal)],
            reason
        )
        {
            Changes =
            [
                .. (changes ?? []).Select(c => new NoticeChange(
                    c.Was.Property,
                    // Of a tie, that it was wrong: whom it was to may be known to fewer.
                    c.IsTie
                        ? ""
                        : c.Was.As ?? c.Was.Value,
                    c.IsTie ? null : c.Now?.As ?? c.Now?.Value
                )
                {
                    Record = gate.Releases.SeenAs(release, c.Was.Record),
                }),
            ],
            Ended = replaces is null,
        };
        // By the gate: whoever takes a release back need not see all that its audience does.
        var label = release.Order.Label.WithoutHandling();
        string content = JsonSerializer.Serialize(notice, StoredJson.Options);
        var named = replaces ?? gate.Engine.Identify("correction", by.Agency, by.Name, label.ToString(), release.Id.ToString(), content);
        Write(new Document(named, Noticed, label, by.AgencyName, notice.At, content), gate.Store.Label(label), by.Agency);
        return named;
    }

    /// <summary>The name of a record's source, whether or not the record says anything still.</summary>
    private string? SourceOf(RecordId id)
    {
        gate.Engine.Lock.EnterReadLock();
        try
        {
            int record = gate.Engine.Records.Find(id);
            return record < 0 ? null : gate.Engine.Sources[gate.Engine.Records.Source[record]].Name;
        }
        finally
        {
            gate.Engine.Lock.ExitReadLock();
        }
    }

    private Request Put(Viewer by, Request request, Label label)
    {
        if (!by.MaySee(label))
            throw new ReleaseException($"To ask others you need a clearance for {label.ToString().Split(';')[0].ToUpperInvariant()}");
        var document = gate.For(by).Write(Asked, JsonSerializer.Serialize(request, StoredJson.Options), label);
        return request with { Id = document.Id };
    }

    private void Write(Document document, int label, string agency)
    {
        try
        {
            gate.Store.Write(document, label, agency);
        }
        catch (Microsoft.Data.Sqlite.SqliteException problem)
        {
            throw Database.Explain(problem);
        }
    }

    private static Dictionary<RecordId, Answer> Answers(View view)
    {
        Dictionary<RecordId, Answer> answers = [];
        // Newest first: the first that is met stands.
        foreach (var document in view.Documents(Answered))
        {
            var kept = Read<KeptAnswer>(document);
            answers.TryAdd(kept.Request, kept.Answer);
        }
        return answers;
    }

    private static Request With(Request request, Dictionary<RecordId, Answer> answers) => request with { Answer = answers.GetValueOrDefault(request.Id) };

    private static string Text(string text, string field, string missing)
    {
        text = text.Trim();
        return text.Length == 0 ? throw new ReleaseException(missing, field)
            : text.Length > LongestText ? throw new ReleaseException($"Keep it to {LongestText:N0} characters", field)
            : text;
    }

    private static T Read<T>(Document document) => JsonSerializer.Deserialize<T>(document.Content, StoredJson.Options)!;

    /// <param name="Notice">The notice.</param>
    /// <param name="Receipt">Who acknowledged it.</param>
    private sealed record KeptReceipt(RecordId Notice, Receipt Receipt);

    /// <param name="Request">The request.</param>
    /// <param name="Answer">What was answered.</param>
    private sealed record KeptAnswer(RecordId Request, Answer Answer);
}
