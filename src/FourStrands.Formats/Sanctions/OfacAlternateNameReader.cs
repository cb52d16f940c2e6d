using FourStrands.Formats.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.Sanctions;

/// <summary>OFAC's other names: ALT.CSV and CONS_ALT.CSV.</summary>
public sealed class OfacAlternateNameReader : IFormatReader
{
    private const int Columns = 5;

    /// <inheritdoc />
    public string Name => "ofac-alt";

    /// <inheritdoc />
    public string Description => "US Treasury ALT.CSV or CONS_ALT.CSV, other names of listed subjects";

    /// <inheritdoc />
    public bool Recognises(FormatSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return OfacTable.Fits(sample, Columns, 2, row => row[2].Trim() is "aka" or "fka" or "nka");
    }

    /// <inheritdoc />
    public void Read(Stream content, IRecordSink sink, ReadOptions options, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default)
    {
        var writer = new RecordWriter(sink, options);
        OfacTable.Read(content, writer, Columns, 2, progress, row => Write(row, writer), cancellation);
    }

    private static void Write(CsvRows row, RecordWriter writer)
    {
        var key = OfacTable.Key(row.Text(0).Trim());
        var kind = OfacTable.Value(row, 2);
        if (OfacTable.Value(row, 3) is not { } name)
        {
            writer.Reject("column 4", "The name is missing.", row.Excerpt);
            return;
        }
        if (kind is not ("aka" or "fka" or "nka"))
        {
            writer.Reject("column 3", "The kind of name should be aka, fka or nka.", row.Excerpt);
            return;
        }
        writer.Begin(key, OfacTable.KindOf(writer, key));
        // Whoever has a row here is on the list, even if the main file is of another day and does not hold them.
        writer.Add("topics", "sanction");
        writer.Add(kind == "fka" ? "previousName" : "alias", name);
        writer.Note($"Remarks on the name {name}", OfacTable.Value(row, 4));
        writer.End();
    }
}
