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
    public void Read(Stream content, IRecordSink sink, ReadOptions options, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default)
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
        // Whoever has a row here is on the list, even if the main file is of another day and does not hold them.
        writer.Add("topics", "sanction");
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
            writer.Record(place, "Address", ("full", full), ("street", street), ("city", city), ("country", country), ("remarks", remarks));
        }
    }
}
