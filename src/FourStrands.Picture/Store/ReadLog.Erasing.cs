using Microsoft.Data.Sqlite;

namespace FourStrands.Picture.Store;

/// <summary>How what was asked is erased from the log: text and salt go, and what stands for them in the tree takes their place.</summary>
internal sealed partial class ReadLog
{
    /// <summary>Finds entries of an agency whose question is to be erased. Everything asked before is looked at.</summary>
    public IReadOnlyList<long> Find(string agency, Func<string, Label, bool> isMeant)
    {
        Flush().GetAwaiter().GetResult();
        List<long> positions = [];
        lock (looking)
        {
            using var command = reading.CreateCommand();
            command.CommandText = """
                SELECT at, who, act, question, salt, commitment, records, label.text, label, tree, position FROM entry JOIN label ON label.number=label JOIN tree ON tree.number=tree
                WHERE agency=$agency AND question IS NOT NULL ORDER BY position
                """;
            command.Parameters.AddWithValue("$agency", agency);
            Dictionary<string, Label> known = new(StringComparer.Ordinal);
            var entries = new Entries(vault);
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                var row = entries.Read(rows);
                if (row.Question!.Length == 0)
                    continue;
                if (!known.TryGetValue(row.Label, out var label))
                    known.Add(row.Label, label = Label.Parse(row.Label));
                if (isMeant(row.Question, label))
                    positions.Add(rows.GetInt64(10));
            }
        }
        return positions;
    }

    /// <summary>Erases the questions of entries. What is not there, or was erased before, is passed over.</summary>
    /// <exception cref="StoreException">It could not be written.</exception>
    public void Erase(IReadOnlyList<ErasedQuestions> questions)
    {
        if (questions.All(q => q.Positions.Length == 0))
            return;
        InTurn(() =>
        {
            using var transaction = connection.BeginTransaction();
            foreach (var (agency, positions) in questions)
            {
                foreach (long position in positions)
                    Erase(transaction, agency, position);
            }
            transaction.Commit();
            return true;
        });
    }

    /// <summary>Removes what is left of erased questions in the file's pages and its journal.</summary>
    /// <returns>False if somebody is reading an older state, such as a backup: it is to be done again.</returns>
    public bool LeaveNothingBehind() =>
        InTurn(() =>
        {
            long bytes = Rows("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()", r => r.GetInt64(0))[0];
            Execute(Database.TempStoreFor(bytes));
            Execute("VACUUM");
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            for (int attempt = 0; attempt < 20; attempt++)
            {
                if (command.ExecuteScalar() is 0L)
                    return true;
                Thread.Sleep(100);
            }
            return false;
        });

    private bool InTurn(Func<bool> work)
    {
        var erasing = new Erasing(work, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!queue.Writer.TryWrite(erasing))
            throw new StoreException("The log is closed.");
        // As in Flush: nobody may wait for a writing that has ended.
        if (Task.WhenAny(erasing.Done.Task, writer).GetAwaiter().GetResult() == writer && !erasing.Done.Task.IsCompleted)
            throw Ended();
        return erasing.Done.Task.GetAwaiter().GetResult();
    }

    /// <summary>On the thread that writes, between two groups of entries.</summary>
    private void Do(Erasing work)
    {
        try
        {
            bool done;
            lock (looking)
                done = work.Work();
            work.Done.SetResult(done);
        }
        catch (SqliteException problem)
        {
            work.Done.SetException(Database.Explain(problem));
        }
        // Whatever it is, whoever waits is told, and the log goes on.
        catch (Exception problem)
        {
            work.Done.SetException(problem);
        }
    }

    private void Erase(SqliteTransaction transaction, string agency, long position)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            SELECT at, who, act, question, salt, commitment, records, label.text, label, tree, position FROM entry JOIN label ON label.number=label JOIN tree ON tree.number=tree
            WHERE agency=$agency AND position=$position AND question IS NOT NULL
            """;
        command.Parameters.AddWithValue("$agency", agency);
        command.Parameters.AddWithValue("$position", position);
        byte[] commitment;
        using (var row = command.ExecuteReader())
        {
            if (!row.Read())
                return;
            var entry = new Entries(vault).Read(row);
            commitment = LogHash.Commitment(entry.Salt, entry.Question!);
        }
        command.CommandText = """
            UPDATE entry SET question=NULL, commitment=$commitment
            WHERE position=$position AND tree=(SELECT number FROM tree WHERE agency=$agency)
            """;
        command.Parameters.AddWithValue("$commitment", commitment);
        command.ExecuteNonQuery();
    }

    private sealed record Erasing(Func<bool> Work, TaskCompletionSource<bool> Done);
}
