using System.Text;
using FourStrands.Picture.Store;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture.Tests.Store;

/// <summary>What a store holds encrypted, as whoever has its key reads it: what is not to be in a store is not to be there either.</summary>
internal static class Unsealed
{
    /// <summary>Does a text stand in anything that is encrypted in the store?</summary>
    public static bool Holds(string folder, string text) => Texts(folder).Any(t => t.Contains(text, StringComparison.Ordinal));

    /// <summary>All of it.</summary>
    public static List<string> Texts(string folder)
    {
        var vault = new Vault(StoreKeys.Of(folder), isUsed: true);
        List<string> texts = [];
        using (var picture = Open(folder, "picture.db"))
        {
            foreach (var table in SealedColumns.Tables)
            {
                List<object> keys = [];
                Each(picture, table.Keys, r => keys.Add(r.GetValue(0)));
                foreach (object key in keys)
                    Each(picture, table.Read, r => texts.AddRange(Row(table, r, vault)), key);
            }
            Each(picture, "SELECT kind, id, content FROM people", r => texts.Add(vault.Text(r.GetValue(2), r.GetString(0), r.GetString(1))));
        }
        foreach (var row in Entries(folder))
            texts.AddRange([row.Who, row.Label, row.Question ?? "", Encoding.UTF8.GetString(row.Salt ?? [])]);
        return texts;
    }

    /// <summary>The entries of the log.</summary>
    public static List<LoggedRow> Entries(string folder)
    {
        using var reads = Open(folder, "reads.db");
        var entries = new ReadLog.Entries(new Vault(StoreKeys.Of(folder), isUsed: true));
        List<LoggedRow> found = [];
        Each(
            reads,
            "SELECT at, who, act, question, salt, commitment, records, label.text, label, tree, position FROM entry JOIN label ON label.number=label",
            r => found.Add(entries.Read(r))
        );
        return found;
    }

    private static IEnumerable<string> Row(SealedColumns.SealedTable table, SqliteDataReader r, Vault vault) =>
        Enumerable
            .Range(0, table.Columns.Length)
            .Where(i => !r.IsDBNull(i + 1))
            .Select(i => vault.Text(r.GetValue(i + 1), $"{table.Name}.{table.Columns[i]}", $"{r.GetValue(0)}"));

    private static SqliteConnection Open(string folder, string file)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, file)};Pooling=False;Mode=ReadOnly");
        connection.Open();
        return connection;
    }

    private static void Each(SqliteConnection connection, string sql, Action<SqliteDataReader> row, object? key = null)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of the store's own tables.
        command.CommandText = sql;
#pragma warning restore CA2100
        if (key is not null)
            command.Parameters.AddWithValue("$key", key);
        using var rows = command.ExecuteReader();
        while (rows.Read())
            row(rows);
    }
}
