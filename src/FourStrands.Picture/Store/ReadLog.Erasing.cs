using Microsoft.Data.Sqlite;

namespace FourStrands.Picture.Store;

/// <summary>How what was asked is erased from the log: text and salt go, and what stands for them in the tree takes their place.</summary>
internal sealed partial class ReadLog
{
    /// <summary>The format from which on the log tells which of its questions were erased.</summary>
    public const int TellsErasedSince = 4;

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
                WHERE agency=$agency AND question IS NOT NULL AND act<>$told ORDER BY position
                """;
            command.Parameters.AddWithValue("$agency", agency);
            command.Parameters.AddWithValue("$told", ErasedEntries.Act);
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

    /// <summary>Erases the questions of entries, and tells in the log of which. What is not there, or was erased before, is passed over.</summary>
    /// <param name="questions">Which.</param>
    /// <param name="by">Who erases them.</param>
    /// <exception cref="StoreException">It could not be written.</exception>
    public void Erase(IReadOnlyList<ErasedQuestions> questions, string by)
    {
        questions = [.. questions.Where(q => q.Positions.Length > 0)];
        if (questions.Count == 0)
            return;
        InTurn(() =>
        {
            // First: if it is broken off then, more is told than is gone, and nothing is gone that is not told.
            Keep([.. questions.Select(q => Told(q, by))]);
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
            WHERE agency=$agency AND position=$position AND question IS NOT NULL AND act<>$told
            """;
        command.Parameters.AddWithValue("$agency", agency);
        command.Parameters.AddWithValue("$position", position);
        // An older state that is restored goes on otherwise: what stood at a position can be what is told of another erasure.
        command.Parameters.AddWithValue("$told", ErasedEntries.Act);
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

    /// <summary>What an older program erased without telling is told once.</summary>
    private void TellErasedEarlier()
    {
        if (Rows("PRAGMA user_version", r => r.GetInt64(0))[0] >= TellsErasedSince)
            return;
        var erased = Rows(
                "SELECT agency, position FROM entry JOIN tree ON tree.number=tree WHERE question IS NULL",
                r => (Agency: r.GetString(0), Position: r.GetInt64(1))
            )
            .GroupBy(e => e.Agency, e => e.Position, StringComparer.Ordinal);
        Keep([.. erased.Select(e => Told(new ErasedQuestions(e.Key, [.. e]), ""))]);
        Execute("PRAGMA user_version=4");
    }

    /// <summary>For those who may read the whole log: where entries stand in it only they learn.</summary>
    private LoggedRead Told(ErasedQuestions questions, string by) =>
        new(clock.GetUtcNow(), by, questions.Agency, ErasedEntries.Act, ErasedEntries.Write(questions.Positions), [], OfTheWhole(questions.Agency));

    private sealed record Erasing(Func<bool> Work, TaskCompletionSource<bool> Done);
}
