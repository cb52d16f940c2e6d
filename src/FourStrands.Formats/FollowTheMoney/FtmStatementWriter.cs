using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FourStrands.Formats.Text;

namespace FourStrands.Formats;

/// <summary>
/// Writes FollowTheMoney statements, one value a row of CSV with a header. They are data for programs: values stand as they are. For a
/// spreadsheet use <see cref="SpreadsheetCsv"/>.
/// </summary>
public sealed class FtmStatementWriter
{
    private readonly TextWriter _target;
    private bool _hasHeader;

    /// <summary>Writes to text, which is left open. It should not turn line ends into others.</summary>
    public FtmStatementWriter(TextWriter target)
    {
        ArgumentNullException.ThrowIfNull(target);
        _target = target;
    }

    /// <summary>Writes the statements of one record.</summary>
    public void Write(ExportedRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (!_hasHeader)
            _target.Write("canonical_id,entity_id,prop,prop_type,schema,value,dataset,lang,original_value,external,first_seen,last_seen,id\n");
        _hasHeader = true;
        var first = record.FirstSeen is { } from ? Moment.Written(from) : "";
        var last = record.LastSeen is { } to ? Moment.Written(to) : "";
        foreach (var (property, value) in record.Values)
        {
            CsvField.Write(_target, record.CanonicalId ?? record.Id);
            Next(record.Id);
            Next(property.Name);
            Next(property.Type.Name);
            Next(record.Schema.Name);
            Next(value);
            Next(record.Dataset);
            _target.Write(",,,f,");
            _target.Write(first);
            Next(last);
            Next(StatementId(record, property.Name, value));
            _target.Write('\n');
        }
    }

    // The same statement has the same identifier wherever it is written: FollowTheMoney's own way of making it.
    private static string StatementId(ExportedRecord record, string property, string value)
    {
#pragma warning disable CA5350 // It names a statement; it protects nothing.
        var hash = SHA1.HashData(Encoding.UTF8.GetBytes($"{record.Dataset}.{record.Id}.{property}.{value}"));
#pragma warning restore CA5350
        return Convert.ToHexStringLower(hash);
    }

    private void Next(string field)
    {
        _target.Write(',');
        CsvField.Write(_target, field);
    }
}

/// <summary>A moment as FollowTheMoney writes it: universal time, to the second, without a zone.</summary>
internal static class Moment
{
    public static string Written(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}
