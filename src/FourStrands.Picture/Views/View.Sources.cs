using System.Globalization;
using System.Text;
using FourStrands.Picture.Memory;

namespace FourStrands.Picture;

/// <summary>Sources, imports and what users write.</summary>
public sealed partial class View
{
    /// <summary>The sources of which anything is visible, by name.</summary>
    public IReadOnlyList<SourceSummary> Sources()
    {
        using var reading = Read();
        var reader = reading.Reader;
        Dictionary<int, List<ImportSummary>> imports = [];
        foreach (var import in Engine.Imports)
        {
            if (!reader.SeesLabel(import.Label))
                continue;
            if (!imports.TryGetValue(import.Source, out var list))
                imports.Add(import.Source, list = []);
            list.Add(AsListed(import));
        }
        List<SourceSummary> sources = [];
        foreach (var (number, list) in imports)
        {
            list.Sort(static (a, b) => a.At != b.At ? b.At.CompareTo(a.At) : a.Id.CompareTo(b.Id));
            int records = 0,
                statements = 0;
            foreach (var ((source, label), count) in Engine.Counts)
            {
                if (source != number || !reader.SeesLabel(label))
                    continue;
                records += count.Records;
                statements += count.Statements;
            }
            if (Engine.Mixed.TryGetValue(number, out var mixed))
            {
                foreach (int record in mixed)
                {
                    if (reader.Exists(record))
                        records++;
                }
            }
            sources.Add(new SourceSummary(list[0].Source, records, statements, list));
        }
        sources.Sort(
            static (a, b) =>
            {
                int order = string.CompareOrdinal(a.Source.Name, b.Source.Name);
                return order != 0 ? order : a.Source.Id.CompareTo(b.Source.Id);
            }
        );
        Log("sources", "", []);
        return sources;
    }

    /// <summary>What an import rejected, by line; empty if there is no such import.</summary>
    public IReadOnlyList<Rejection> Rejections(RecordId import, int limit = 1000)
    {
        ImportRow? row;
        using (var reading = Read())
        {
            row = Engine.Imports.Find(i => i.Id == import);
            if (row is null || !reading.Reader.SeesLabel(row.Label))
                return [];
        }
        Log("rejections", import.ToString(), []);
        gate.EmergencyReads.Shown(Viewer, [(Engine.Sources[row.Source].Owner, Engine.Labels[row.Label], row.Id)]);
        return gate.Store.Rejections(row, limit);
    }

    /// <summary>
    /// Begins to bring records in. Nothing is visible, and nothing kept, before <see cref="ImportSession.Commit"/>.
    /// One import runs at a time; others wait.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The viewer may not see what they are about to write.</exception>
    /// <exception cref="RetentionException">The agency has no such retention schedule, or the source's date will not do.</exception>
    public ImportSession BeginImport(ImportRequest request)
    {
        DemandNoEmergency();
        if (!Viewer.May(Power.BringIn))
            throw new UnauthorizedAccessException("Your role does not bring files in. Ask an administrator of your agency for the role of a contributor.");
        if (!Viewer.MaySee(request.Label))
            throw new UnauthorizedAccessException($"You cannot bring in what you may not see yourself: the label '{request.Label}' is not one of yours.");
        if (string.IsNullOrWhiteSpace(request.SourceName))
            throw new ArgumentException("The source needs a name.", nameof(request));
        // Identifiers are made of names: two that differ only in what cannot be written would be one.
        if (request.SourceName.EnumerateRunes().Any(r => Rune.IsControl(r) || r == Rune.ReplacementChar))
            throw new ArgumentException("The source's name holds control characters, or letters cut in half: leave them out.", nameof(request));
        gate.Retention.Check(Viewer, request);
        gate.Changing.Enter();
        try
        {
            return Begin(request, Viewer.DisplayName, isWithinTurn: false);
        }
        catch (Exception problem)
        {
            gate.Changing.Exit();
            if (problem is Microsoft.Data.Sqlite.SqliteException sqlite)
                throw Store.Database.Explain(sqlite);
            throw;
        }
    }

    /// <summary>Begins to bring in what a named person released, whatever their role; for whoever has a turn, and keeps it.</summary>
    internal ImportSession Bring(ImportRequest request, string by) => Begin(request, by, isWithinTurn: true);

    private ImportSession Begin(ImportRequest request, string by, bool isWithinTurn)
    {
        int label = gate.Store.Label(request.Label);
        int source = gate.Store.Source(request.SourceName.Trim(), Viewer.Agency);
        var import = gate.Store.Begin(request, source, label, by, gate.Clock.GetUtcNow());
        return new ImportSession(gate, import, row => Log("import", $"{row.Request.FileName} into {row.Request.SourceName}", [row.Id]))
        {
            IsWithinTurn = isWithinTurn,
            Noting = row => gate.Retention.NoteOf(Viewer, row) is { } note ? [note] : [],
        };
    }

    /// <summary>Keeps something the viewer wrote; with the identifier of one of their agency's kept before, replaces it.</summary>
    /// <exception cref="KeyNotFoundException">There is nothing of that identifier to replace.</exception>
    /// <exception cref="ArgumentException">What it replaces bears another label.</exception>
    public Document Write(string kind, string content, Label label, RecordId? replaces = null)
    {
        DemandNoEmergency();
        if (!Viewer.MaySee(label))
            throw new UnauthorizedAccessException($"You cannot keep what you may not see yourself: the label '{label}' is not one of yours.");
        if (replaces is { } old)
        {
            var kept = Own(old) ?? throw new KeyNotFoundException("There is no such document.");
            // Under another label the old one would vanish before those who saw it, or appear to those who did not.
            if (!kept.Label.Equals(label))
                throw new ArgumentException($"What is written in place of another keeps its label, '{kept.Label}'. Write a new one instead.", nameof(label));
        }
        var at = gate.Clock.GetUtcNow();
        var id =
            replaces
            ?? Engine.Identify("document", Viewer.Agency, Viewer.Name, label.ToString(), kind, at.UtcTicks.ToString(CultureInfo.InvariantCulture), content);
        var document = new Document(id, kind, label, Viewer.DisplayName, at, content);
        try
        {
            gate.Store.Write(document, gate.Store.Label(label), Viewer.Agency);
        }
        catch (Microsoft.Data.Sqlite.SqliteException problem)
        {
            throw Store.Database.Explain(problem);
        }
        Log("write " + kind, "", [id]);
        return document;
    }

    /// <summary>Reads it back; null if there is none.</summary>
    public Document? Read(RecordId document)
    {
        var found = Visible(gate.Store.Documents(null, document, Viewer.MaySee));
        Log("read", document.ToString(), found.Select(d => d.Document.Id));
        return found.Count > 0 ? found[0].Document : null;
    }

    /// <summary>What was written of a kind, newest first.</summary>
    public IReadOnlyList<Document> Documents(string kind)
    {
        var found = Visible(gate.Store.Documents(kind, null, Viewer.MaySee));
        Log("list " + kind, "", found.Select(d => d.Document.Id));
        return [.. found.Select(d => d.Document).OrderByDescending(d => d.At).ThenBy(d => d.Id)];
    }

    /// <summary>As it is listed for the viewer: of what another agency released, which one, and not who of its people did.</summary>
    private ImportSummary AsListed(ImportRow import)
    {
        var listed = Summarise(Engine, import);
        return import.IsRelease && listed.Source.Owner != Viewer.Agency ? listed with { By = AgencyName(listed.Source.Owner) } : listed;
    }

    internal static ImportSummary Summarise(Engine engine, ImportRow import)
    {
        var source = engine.Sources[import.Source];
        var request = import.Request;
        return new ImportSummary(
            import.Id,
            new Source(source.Id, source.Name, source.Owner, request.Grade),
            request.FileName,
            request.Format,
            import.By,
            import.At,
            engine.Labels[import.Label],
            import.Records,
            import.Added,
            import.Unchanged,
            import.Withdrawn,
            import.Rejected
        )
        {
            IsFirst = engine.FirstImport.GetValueOrDefault((import.Source, import.Label)) == import.Number,
            Ended = import.Ended,
        };
    }

    private Document? Own(RecordId id) =>
        Visible(gate.Store.Documents(null, id, Viewer.MaySee)) is [var (document, agency)] && agency == Viewer.Agency ? document : null;

    private List<(Document Document, string Agency)> Visible(List<(Document Document, int Label, string Agency)> documents)
    {
        using var reading = Read();
        List<(Document, string)> visible = [];
        foreach (var (document, label, agency) in documents)
        {
            if (reading.Reader.SeesLabel(label))
                visible.Add((document, agency));
        }
        gate.EmergencyReads.Shown(Viewer, visible.Select(d => (d.Item2, d.Item1.Label, d.Item1.Id)));
        return visible;
    }
}
