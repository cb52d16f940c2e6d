using FourStrands.Formats.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.Sanctions;

/// <summary>OFAC's comments: what did not fit into the remarks of the primary file.</summary>
public sealed class OfacCommentReader : IFormatReader
{
    private const int Columns = 2;

    private static readonly string[] _signs =
    [
        "Linked To:",
        "a.k.a.",
        "DOB ",
        "Tax ID No.",
        "Registration Number",
        "Executive Order",
        "Sanctions",
        "Passport",
        "Digital Currency Address",
    ];

    /// <inheritdoc />
    public string Name => "ofac-comments";

    /// <inheritdoc />
    public string Description => "US Treasury SDN_COMMENTS.CSV or CONS_COMMENTS.CSV, remarks that went on";

    /// <inheritdoc />
    public bool Recognises(FormatSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return OfacTable.Fits(sample, Columns, 1)
            && sample.Rows.Any(row => row.Length == Columns && _signs.Any(sign => row[1].Contains(sign, StringComparison.Ordinal)));
    }

    /// <inheritdoc />
    public void Read(Stream content, IRecordSink sink, ReadOptions options, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default)
    {
        var writer = new RecordWriter(sink, options);
        OfacTable.Read(content, writer, Columns, 1, progress, row => Write(row, writer), cancellation);
    }

    private static void Write(CsvRows row, RecordWriter writer)
    {
        var number = row.Text(0).Trim();
        var key = OfacTable.Key(number);
        var schema = OfacTable.KindOf(writer, key);
        var remarks = new OfacRemarkWriter(writer, key, schema.Name, links: null);
        writer.Begin(key, schema);
        remarks.WriteFacts(OfacTable.Value(row, 1), isCutAtStart: true, isCutAtEnd: false);
        writer.End();
        writer.Begin($"ofac-{number}-sanction", "Sanction");
        writer.Add("entity", key);
        remarks.WriteSanction();
        writer.End();
        remarks.WriteOthers();
    }
}
