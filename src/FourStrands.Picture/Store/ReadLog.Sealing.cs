using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture.Store;

/// <summary>
/// How entries are encrypted: who did it, what they asked with its salt, and the label's text, each bound to its row. The tree is of what they say and stays as it is.
/// </summary>
internal sealed partial class ReadLog
{
    /// <summary>The format from which on they are.</summary>
    public const int SealedSince = 3;

    /// <summary>What a label's text is kept as: not as the picture's, which numbers other labels alike.</summary>
    private const string LabelText = "reads.label.text";

    /// <summary>Encrypts what an older program kept in plain. What is left of it in the file's pages is removed with what is left of the picture's.</summary>
    private void Seal() => Change(plain: true, "PRAGMA user_version=3");

    /// <summary>Encrypts all of it anew with the newest key, or nothing. What was altered in the file stays as it is: it cannot be read, and says so where it is shown.</summary>
    /// <returns>How many values.</returns>
    public int Renew()
    {
        int values = 0;
        InTurn(() =>
        {
            values = Change(plain: false, "");
            return true;
        });
        return values;
    }

    private int Change(bool plain, string then)
    {
        int values = 0;
        using var transaction = connection.BeginTransaction();
        foreach (var (number, text) in Rows("SELECT number, text FROM label", r => (r.GetInt64(0), r.GetValue(1))))
        {
            Execute("UPDATE label SET text=$text WHERE number=$number", ("$text", Changed(text, LabelText, Name(number))), ("$number", number));
            values++;
        }
        List<(long Number, string Place, object Who, object Question, object Salt)> batch;
        long last = 0;
        do
        {
            batch = Rows(
                "SELECT rowid, tree, position, who, question, salt FROM entry WHERE rowid>$last ORDER BY rowid LIMIT 1000",
                r => (r.GetInt64(0), Place(r.GetInt64(1), r.GetInt64(2)), r.GetValue(3), r.GetValue(4), r.GetValue(5)),
                ("$last", last)
            );
            foreach (var (number, place, who, question, salt) in batch)
            {
                object asked = plain && question is string text ? Asked((byte[])salt, text) : question;
                Execute(
                    "UPDATE entry SET who=$who, question=$question, salt=NULL WHERE rowid=$number",
                    ("$who", Changed(who, "entry.who", place)),
                    ("$question", asked is DBNull ? asked : Changed(asked, "entry.question", place)),
                    ("$number", number)
                );
                values += asked is byte[] ? 2 : 1;
                last = number;
            }
        } while (batch.Count > 0);
        if (then.Length > 0)
            Execute(then);
        transaction.Commit();
        return values;

        object Changed(object value, string column, string row)
        {
            byte[] keptAs = Vault.KeptAs(column, row),
                bytes = value as byte[] ?? Encoding.UTF8.GetBytes((string)value);
            if (plain)
                return vault.Lock(bytes, keptAs);
            try
            {
                return vault.Lock(vault.Unlock(bytes, keptAs), keptAs);
            }
            catch (StoreException)
            {
                return value;
            }
        }
    }

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this file; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }

    /// <summary>What was asked, as it is encrypted: without its salt it could be guessed at from the tree.</summary>
    private static byte[] Asked(byte[] salt, string question) => [.. salt, .. Encoding.UTF8.GetBytes(question)];

    private static string Place(long tree, long position) => string.Create(CultureInfo.InvariantCulture, $"{tree}/{position}");

    private static string Name(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads rows of entries.</summary>
    /// <param name="vault">Null for a file of an older format, in which they stand in plain.</param>
    public sealed class Entries(Vault? vault)
    {
        /// <summary>What stands for what cannot be decrypted.</summary>
        public const string Altered = "(cannot be read: it was altered in the file)";

        private readonly Dictionary<long, string> labels = [];

        /// <summary>
        /// An entry, from its columns at, who, act, question, salt, commitment and records, the text and number of its label, its tree and its position. What was altered in the file says so, in its place: the rest of the log is read all the same, and the tree tells that it is not what was signed.
        /// </summary>
        public LoggedRow Read(SqliteDataReader rows)
        {
            string place = Place(rows.GetInt64(9), rows.GetInt64(10));
            var (question, salt) = Question(rows, place);
            return new LoggedRow(
                rows.GetInt64(0),
                Who(rows, place),
                rows.GetString(2),
                question,
                salt,
                rows.IsDBNull(5) ? null : (byte[])rows.GetValue(5),
                (byte[])rows.GetValue(6),
                Label(rows)
            );
        }

        private string Who(SqliteDataReader rows, string place)
        {
            if (vault is null)
                return rows.GetString(1);
            try
            {
                return vault.Text(rows.GetValue(1), "entry.who", place);
            }
            catch (StoreException)
            {
                return Altered;
            }
        }

        private (string? Question, byte[]? Salt) Question(SqliteDataReader rows, string place)
        {
            if (rows.IsDBNull(3))
                return (null, null);
            if (vault is null)
                return (rows.GetString(3), rows.IsDBNull(4) ? null : (byte[])rows.GetValue(4));
            try
            {
                byte[] asked = vault.Unlock(rows.GetValue(3) as byte[], Vault.KeptAs("entry.question", place));
                return (Encoding.UTF8.GetString(asked.AsSpan(LogHash.SaltBytes)), asked[..LogHash.SaltBytes]);
            }
            catch (StoreException)
            {
                return (Altered, new byte[LogHash.SaltBytes]);
            }
        }

        /// <summary>The text of its label.</summary>
        public string Label(SqliteDataReader rows)
        {
            long number = rows.GetInt64(8);
            if (!labels.TryGetValue(number, out string? text))
                labels.Add(number, text = vault is null ? rows.GetString(7) : vault.Text(rows.GetValue(7), LabelText, Name(number)));
            return text;
        }
    }
}
