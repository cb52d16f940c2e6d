using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FourStrands.Picture.Store;

/// <summary>
/// What of picture.db is encrypted: what names a source, who brought it in, and words of people that may name either. Each value is bound to its table, column and
/// row. What people and agencies are is kept encrypted too, by <see cref="PeopleStore"/>.
/// </summary>
internal static class SealedColumns
{
    /// <summary>The format of a store from which on these are encrypted.</summary>
    public const int Since = 5;

    public static IReadOnlyList<SealedTable> Tables { get; } =
    [
        // With it, who guesses a source's name could try whether identifiers are made of it.
        new(
            "setting",
            ["value"],
            "SELECT name FROM setting WHERE name='identifier-key'",
            "SELECT name, value FROM setting WHERE name=$key",
            "UPDATE setting SET value=$value WHERE name=$key"
        ),
        new("label", ["text"], "SELECT number FROM label", "SELECT number, text FROM label WHERE number=$key", "UPDATE label SET text=$text WHERE number=$key"),
        new(
            "source",
            ["name"],
            "SELECT number FROM source",
            "SELECT number, name FROM source WHERE number=$key",
            "UPDATE source SET name=$name WHERE number=$key"
        ),
        new(
            "import",
            ["file", "by", "content"],
            "SELECT number FROM import",
            "SELECT number, file, by, content FROM import WHERE number=$key",
            "UPDATE import SET file=$file, by=$by, content=$content WHERE number=$key"
        ),
        // Its row numbers may change when the file is written anew.
        new(
            "reject",
            ["field", "reason", "excerpt"],
            "SELECT rowid FROM reject",
            "SELECT import, field, reason, excerpt FROM reject WHERE rowid=$key",
            "UPDATE reject SET field=$field, reason=$reason, excerpt=$excerpt WHERE rowid=$key"
        ),
        new(
            "judgement",
            ["reason", "by"],
            "SELECT number FROM judgement",
            "SELECT hex(id), reason, by FROM judgement WHERE number=$key",
            "UPDATE judgement SET reason=$reason, by=$by WHERE number=$key"
        ),
        new(
            "document",
            ["by", "content"],
            "SELECT id FROM document",
            "SELECT hex(id), by, content FROM document WHERE id=$key",
            "UPDATE document SET by=$by, content=$content WHERE id=$key"
        ),
        new(
            "erasure",
            ["by", "reason"],
            "SELECT number FROM erasure",
            "SELECT hex(id), by, reason FROM erasure WHERE number=$key",
            "UPDATE erasure SET by=$by, reason=$reason WHERE number=$key"
        ),
        new(
            "hold",
            ["by", "reason", "lifted_by", "lifted_reason"],
            "SELECT number FROM hold",
            "SELECT hex(id), by, reason, lifted_by, lifted_reason FROM hold WHERE number=$key",
            "UPDATE hold SET by=$by, reason=$reason, lifted_by=$lifted_by, lifted_reason=$lifted_reason WHERE number=$key"
        ),
    ];

    /// <param name="Name">The table.</param>
    /// <param name="Columns">Those that are encrypted.</param>
    /// <param name="Keys">By what each row is found.</param>
    /// <param name="Read">What a row's values are bound to besides their columns, and the values.</param>
    /// <param name="Write">Puts others in their place.</param>
    public sealed record SealedTable(string Name, string[] Columns, string Keys, string Read, string Write);

    /// <summary>Must the key be there? So it must if something in the store is encrypted.</summary>
    public static bool AreUsed(Database database) =>
        database.FormatNow >= Since
        || database.Scalar("SELECT 1 FROM people WHERE kind IN ('credentials', 'link', 'session', 'key', 'emergency') LIMIT 1") is not null;

    /// <summary>
    /// Encrypts what stands in plain in a store that an older program made, all of it or nothing. What is left of it in the file's pages and its journal is removed as what
    /// is left of something erased.
    /// </summary>
    public static void Begin(Database database, Vault vault)
    {
        if (database.FormatNow >= Since)
            return;
        database.Transaction(() =>
        {
            int values = Each(database, (value, keptAs) => vault.Lock(value as byte[] ?? Encoding.UTF8.GetBytes((string)value), keptAs));
            values += PeopleStore.Seal(database, vault);
            if (values > 0)
                StoreLog.MarkUnfinished(database);
            database.Execute("PRAGMA user_version=5");
        });
    }

    /// <summary>Encrypts all of it anew with the newest key, or nothing.</summary>
    /// <returns>How many values.</returns>
    public static int Renew(Database database, Vault vault)
    {
        int values = 0;
        database.Transaction(() =>
        {
            values = Each(database, (value, keptAs) => vault.Lock(vault.Unlock(value as byte[], keptAs), keptAs));
            StoreLog.MarkUnfinished(database);
        });
        return values;
    }

    /// <summary>The key that identifiers are made with; a new store gets the one given, or a random one.</summary>
    public static byte[] IdentifierKey(Database database, Vault vault, byte[]? given)
    {
        byte[] keptAs = Vault.KeptAs("setting.value", "identifier-key");
        if (database.Scalar("SELECT value FROM setting WHERE name='identifier-key'") is byte[] kept)
            return vault.Unlock(kept, keptAs);
        byte[] key = given ?? RandomNumberGenerator.GetBytes(32);
        database.Execute("INSERT INTO setting(name, value) VALUES('identifier-key', $key)", ("$key", vault.Lock(key, keptAs)));
        return key;
    }

    private static int Each(Database database, Func<object, byte[], byte[]> change)
    {
        int values = 0;
        foreach (var table in Tables)
        {
            foreach (object key in database.Rows(table.Keys, r => r.GetValue(0)))
            {
                var now = database.Rows(
                    table.Read,
                    r =>
                    {
                        string row = Convert.ToString(r.GetValue(0), CultureInfo.InvariantCulture)!;
                        return table
                            .Columns.Select((c, i) => r.IsDBNull(i + 1) ? null : change(r.GetValue(i + 1), Vault.KeptAs($"{table.Name}.{c}", row)))
                            .ToList();
                    },
                    ("$key", key)
                )[0];
                database.Execute(table.Write, [.. table.Columns.Select((c, i) => ($"${c}", (object?)now[i])), ("$key", key)]);
                values += now.Count(n => n is not null);
            }
        }
        return values;
    }
}
