using FourStrands.Formats.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.Sanctions;

/// <summary>OFAC's addresses: ADD.CSV and CONS_ADD.CSV.</summary>
public sealed class OfacAddressReader : IFormatReader
{
    private const int Columns = 6;

    /// <inheritdoc />
    public string Name => "ofac-add";

    /// <inheritdoc />
    public string Description => "US Treasury ADD.CSV or CONS_ADD.CSV, addresses of listed subjects";

    /// <inheritdoc />
    public bool Recognises(FormatSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return OfacTable.Fits(sample, Columns, 2) && OfacTable.SaysNothingAsOfacDoes(sample);
    }

    /// <inheritdoc />
    public void Read(
        Stream content,
        IRecordSink sink,
        ReadOptions options,
        IProgress<ReadProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var writer = new RecordWriter(sink, options);
        OfacTable.Read(content, writer, Columns, 2, progress, row => Write(row, writer), cancellation);
    }

    private static void Write(CsvRows row, RecordWriter writer)
    {
        var key = OfacTable.Key(row.Text(0).Trim());
        var street = OfacTable.Value(row, 2);
        var city = OfacTable.Value(row, 3);
        var country = OfacTable.Value(row, 4);
        var remarks = OfacTable.Value(row, 5);
        // Many subjects have a row that says nothing.
        if (street is null && city is null && country is null && remarks is null)
            return;
        var place = $"ofac-address-{row.Text(1).Trim()}";
        var hasPlace = street is not null || city is not null;
        var full = string.Join(", ", new[] { street, city, country }.Where(part => part is not null));
        writer.Begin(key, OfacTable.KindOf(writer, key));
        writer.Add("country", country, "Country");
        if (hasPlace)
        {
            writer.Add("address", full);
            writer.Add("addressEntity", place);
        }
        else
        {
            writer.Note("Address remarks", remarks);
        }
        writer.End();
        if (hasPlace)
        {
            writer.Record(
                place,
                "Address",
                ("full", full),
                ("street", street),
                ("city", city),
                ("country", country),
                ("remarks", remarks)
            );
        }
    }
}

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
    public void Read(
        Stream content,
        IRecordSink sink,
        ReadOptions options,
        IProgress<ReadProgress>? progress = null,
        CancellationToken cancellation = default
    )
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
        writer.Add(kind == "fka" ? "previousName" : "alias", name);
        writer.Note($"Remarks on the name {name}", OfacTable.Value(row, 4));
        writer.End();
    }
}

/// <summary>OFAC's comments: what did not fit into the remarks of the primary file.</summary>
public sealed class OfacCommentReader : IFormatReader
{
    private const int Columns = 2;

    private static readonly string[] _signs = ["Linked To:", "a.k.a.", "DOB ", "Tax ID No.", "Registration Number", "Executive Order", "Sanctions", "Passport", "Digital Currency Address"];

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
    public void Read(
        Stream content,
        IRecordSink sink,
        ReadOptions options,
        IProgress<ReadProgress>? progress = null,
        CancellationToken cancellation = default
    )
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
