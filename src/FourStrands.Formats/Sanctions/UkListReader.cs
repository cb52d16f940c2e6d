using FourStrands.Formats.Content;
using FourStrands.Formats.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.Sanctions;

/// <summary>
/// The consolidated list of financial sanctions targets that HM Treasury published until January 2026, in the layouts of 29 and 36 columns:
/// one row a name and address, rows of one subject under one Group ID.
/// </summary>
public sealed class OfsiReader : UkListReader
{
    /// <inheritdoc />
    public override string Name => "uk-ofsi";

    /// <inheritdoc />
    public override string Description => "HM Treasury consolidated list of financial sanctions targets, CSV";

    private protected override UkList List { get; } = new("uk-ofsi", "HM Treasury", ["Name 6", "Name 1", "Group Type", "Group ID", "Regime"], []);
}

/// <summary>
/// The UK Sanctions List of the Foreign, Commonwealth and Development Office, CSV: since January 2026 the only UK list. One row a name and
/// address, rows of one subject under one Unique ID.
/// </summary>
public sealed class UkSanctionsListReader : UkListReader
{
    /// <inheritdoc />
    public override string Name => "uk-sanctions-list";

    /// <inheritdoc />
    public override string Description => "UK Sanctions List (FCDO), CSV";

    private protected override UkList List { get; } =
        new(
            "uk-sl",
            "Foreign, Commonwealth and Development Office",
            ["Name 6", "Name 1", "Unique ID", "Designation Type", "Regime Name"],
            new Dictionary<string, string>
            {
                ["Group ID"] = "Unique ID",
                ["Group Type"] = "Designation Type",
                ["Alias Type"] = "Name type",
                ["Alias Quality"] = "Alias strength",
                ["Regime"] = "Regime Name",
                ["Address 1"] = "Address Line 1",
                ["Address 2"] = "Address Line 2",
                ["Address 3"] = "Address Line 3",
                ["Address 4"] = "Address Line 4",
                ["Address 5"] = "Address Line 5",
                ["Address 6"] = "Address Line 6",
                ["Post/Zip Code"] = "Address Postal Code",
                ["Country"] = "Address Country",
                ["DOB"] = "D.O.B",
                ["Nationality"] = "Nationality(/ies)",
                ["National Identification Number"] = "National Identifier number",
            }
        );
}

/// <summary>What one of the UK's lists calls itself and its columns.</summary>
/// <param name="Prefix">What its keys begin with.</param>
/// <param name="Authority">Who publishes it.</param>
/// <param name="Signs">Columns by which it is told.</param>
/// <param name="Columns">What it calls the columns that the older list has under another name.</param>
internal sealed record UkList(string Prefix, string Authority, string[] Signs, Dictionary<string, string> Columns);

/// <summary>The UK's lists of sanctioned subjects, which are laid out alike.</summary>
public abstract class UkListReader : IFormatReader
{
    private protected UkListReader() { }

    /// <inheritdoc />
    public abstract string Name { get; }

    /// <inheritdoc />
    public abstract string Description { get; }

    private protected abstract UkList List { get; }

    /// <inheritdoc />
    public bool Recognises(FormatSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return sample.Rows.Take(2).Any(IsHeader);
    }

    /// <inheritdoc />
    public void Read(Stream content, IRecordSink sink, ReadOptions options, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var watched = new WatchedStream(content, null, progress, cancellation);
        var writer = new RecordWriter(sink, options);
        using var lines = new ByteLines(watched, options.MaxLineBytes, writer.Reject);
        var rows = new CsvRows(lines, (byte)',', writer.Reject);
        NamedColumns? columns = null;
        while (rows.Next())
        {
            writer.Line = rows.Line;
            if (columns is null)
            {
                // The line before the header says when the list was made.
                var names = Enumerable.Range(0, rows.Count).Select(rows.Text).ToArray();
                if (IsHeader(names))
                    columns = new NamedColumns(rows, writer.Reject);
                continue;
            }
            if (rows.Has(columns.Count))
                new UkListRow(rows, columns, List, writer).Write();
        }
    }

    private bool IsHeader(string[] row)
    {
        var names = row.Select(name => name.Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return names.IsSupersetOf(List.Signs);
    }
}
