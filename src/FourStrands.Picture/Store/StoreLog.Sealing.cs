using System.Globalization;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture.Store;

/// <summary>How texts of the columns that <see cref="SealedColumns"/> lists are written and read.</summary>
internal sealed partial class StoreLog
{
    private byte[] Sealed(string column, int row, string text) => vault.Lock(text, column, Row(row));

    private byte[] Sealed(string column, RecordId row, string text) => vault.Lock(text, column, Row(row));

    private string Opened(string column, int row, object kept) => vault.Text(kept, column, Row(row));

    private string Opened(string column, RecordId row, object kept) => vault.Text(kept, column, Row(row));

    private Rejection ReadRejection(SqliteDataReader r, int import) =>
        new(
            r.GetInt64(0),
            Opened("reject.field", import, r.GetValue(1)),
            Opened("reject.reason", import, r.GetValue(2)),
            Opened("reject.excerpt", import, r.GetValue(3))
        );

    private static string Row(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>As SQLite's <c>hex(id)</c> has it.</summary>
    private static string Row(RecordId id) => Convert.ToHexString(Bytes(id));
}
