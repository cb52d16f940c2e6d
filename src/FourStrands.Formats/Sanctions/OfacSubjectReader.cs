using FourStrands.Formats.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.Sanctions;

/// <summary>OFAC's primary files: the Specially Designated Nationals (SDN.CSV) and the consolidated list (CONS_PRIM.CSV).</summary>
public sealed class OfacSubjectReader : IFormatReader
{
    private const int Columns = 12;

    /// <inheritdoc />
    public string Name => "ofac-sdn";

    /// <inheritdoc />
    public string Description => "US Treasury SDN.CSV or CONS_PRIM.CSV";

    /// <inheritdoc />
    public bool Recognises(FormatSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return OfacTable.Fits(sample, Columns, 1, row => row[2].Trim() is "-0-" or "individual" or "entity" or "vessel" or "aircraft")
            && OfacTable.SaysNothingAsOfacDoes(sample);
    }

    /// <inheritdoc />
    public void Read(Stream content, IRecordSink sink, ReadOptions options, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default)
    {
        var writer = new RecordWriter(sink, options);
        var links = new OfacLinks();
        OfacTable.Read(content, writer, Columns, 1, progress, row => Write(row, writer, links), cancellation);
        links.Write(writer);
    }

    private static void Write(CsvRows row, RecordWriter writer, OfacLinks links)
    {
        var number = row.Text(0).Trim();
        var key = OfacTable.Key(number);
        if (OfacTable.Value(row, 1) is not { } name)
        {
            writer.Reject("column 2", "The name is missing.", row.Excerpt);
            return;
        }
        var type = OfacTable.Value(row, 2);
        var schema = type switch
        {
            "individual" => "Person",
            "vessel" => "Vessel",
            "aircraft" => "Airplane",
            _ => "Organization",
        };
        writer.Options.KindOf[key] = writer.Ontology[schema];
        links.Know(name, key);
        writer.Begin(key, schema);
        WriteName(writer, schema, name);
        writer.Add("topics", "sanction");
        if (type is not (null or "individual" or "vessel" or "aircraft" or "entity"))
            writer.Note("Type", type);
        writer.Add("position", OfacTable.Value(row, 4), "Title");
        writer.Add("callSign", OfacTable.Value(row, 5), "Call sign");
        writer.Add("type", OfacTable.Value(row, 6), "Vessel type");
        writer.Add("deadweightTonnage", OfacTable.Value(row, 7), "Tonnage");
        writer.Add("grossRegisteredTonnage", OfacTable.Value(row, 8), "Gross registered tonnage");
        writer.Add("flag", OfacTable.Value(row, 9), "Vessel flag");
        writer.Note("Vessel owner", OfacTable.Value(row, 10));
        var remarks = new OfacRemarkWriter(writer, key, schema, links);
        // A remark of a thousand letters goes on in the comments file, mid-word: its last fact is not one.
        var text = OfacTable.Value(row, 11);
        remarks.WriteFacts(text, isCutAtStart: false, isCutAtEnd: text is { Length: >= 995 } && !text.EndsWith('.'));
        writer.End();

        writer.Begin($"ofac-{number}-sanction", "Sanction");
        writer.Add("entity", key);
        writer.Add("authority", OfacTable.Authority);
        writer.Add("country", "us");
        foreach (var program in (OfacTable.Value(row, 3) ?? "").Split("] ["))
            writer.Add("program", program.Trim('[', ']', ' '));
        remarks.WriteSanction();
        writer.End();
        remarks.WriteOthers();
    }

    // SURNAME, Given names
    private static void WriteName(RecordWriter writer, string schema, string name)
    {
        var comma = name.IndexOf(", ", StringComparison.Ordinal);
        if (schema != "Person" || comma <= 0)
        {
            writer.Add("name", name);
            return;
        }
        var last = name[..comma];
        var first = name[(comma + 2)..];
        writer.Add("name", $"{first} {last}");
        writer.Add("firstName", first);
        writer.Add("lastName", last);
    }
}

/// <summary>
/// The names that remarks link subjects to. A name is resolved only when the whole file is read, and only if one subject of it bears it.
/// </summary>
internal sealed class OfacLinks
{
    private readonly Dictionary<string, string?> _keys = [];
    private readonly List<(string Key, string Name)> _links = [];

    public void Know(string name, string key)
    {
        if (!_keys.TryAdd(name, key) && _keys[name] != key)
            _keys[name] = null;
    }

    public void Add(string key, string name) => _links.Add((key, name));

    public void Write(RecordWriter writer)
    {
        foreach (var (key, name) in _links)
        {
            if (_keys.GetValueOrDefault(name) is { } other && other != key)
                writer.Record($"{key}-linked-{other[5..]}", "UnknownLink", ("subject", key), ("object", other), ("role", "linked to"));
        }
    }
}
