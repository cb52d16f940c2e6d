using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture.Store;

/// <param name="At">When.</param>
/// <param name="Viewer">Who asked.</param>
/// <param name="Agency">For which agency.</param>
/// <param name="Act">What they did: search, consult, path, screen, judge, import, export …</param>
/// <param name="Question">What they asked.</param>
/// <param name="Records">The identifiers of the records they were shown, 16 bytes each.</param>
internal sealed record LoggedRead(DateTimeOffset At, string Viewer, string Agency, string Act, string Question, byte[] Records);

/// <summary>
/// Who read what, when (Data Protection Act 2018, section 62): in a file of its own, written by one thread in groups, so that
/// reading does not wait for the disk one row at a time. <see cref="Flush"/> waits until all that was read so far is kept.
/// </summary>
internal sealed class ReadLog : IDisposable
{
    private readonly Channel<object> queue = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteConnection connection;
    private readonly Task writer;

    public ReadLog(string file)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA journal_mode=WAL;
            PRAGMA synchronous=NORMAL;
            CREATE TABLE IF NOT EXISTS read(
                number INTEGER PRIMARY KEY, at INTEGER NOT NULL, viewer TEXT NOT NULL, agency TEXT NOT NULL, act TEXT NOT NULL, question TEXT NOT NULL, records BLOB NOT NULL);
            """;
        command.ExecuteNonQuery();
        writer = Task.Run(Write);
    }

    public void Add(LoggedRead read) => queue.Writer.TryWrite(read);

    /// <summary>Returns once everything added before is kept.</summary>
    /// <exception cref="StoreException">The log could not be written: what was read must not be shown.</exception>
    public async Task Flush()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!queue.Writer.TryWrite(done))
            throw new StoreException("The read log is closed.");
        await done.Task;
    }

    public void Dispose()
    {
        queue.Writer.TryComplete();
        writer.GetAwaiter().GetResult();
        connection.Dispose();
    }

    private async Task Write()
    {
        List<LoggedRead> batch = [];
        List<TaskCompletionSource> waiting = [];
        while (batch.Count > 0 || await queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < 1000 && queue.Reader.TryRead(out object? item))
            {
                if (item is LoggedRead read)
                    batch.Add(read);
                else
                    waiting.Add((TaskCompletionSource)item);
            }
            StoreException? problem = null;
            try
            {
                Keep(batch);
                batch.Clear();
            }
            catch (SqliteException failed)
            {
                problem = Database.Explain(failed);
            }
            foreach (var done in waiting)
            {
                if (problem is null)
                    done.SetResult();
                else
                    done.SetException(problem);
            }
            waiting.Clear();
            if (problem is null)
                continue;
            // What could not be kept is tried again; at the end of the program there is no later.
            if (queue.Reader.Completion.IsCompleted)
                break;
            await Task.Delay(200);
        }
    }

    private void Keep(List<LoggedRead> batch)
    {
        if (batch.Count == 0)
            return;
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO read(at, viewer, agency, act, question, records) VALUES($at, $viewer, $agency, $act, $question, $records)";
        foreach (string name in (string[])["$at", "$viewer", "$agency", "$act", "$question", "$records"])
            command.Parameters.Add(new SqliteParameter(name, null));
        foreach (var read in batch)
        {
            command.Parameters[0].Value = read.At.ToUnixTimeMilliseconds();
            command.Parameters[1].Value = read.Viewer;
            command.Parameters[2].Value = read.Agency;
            command.Parameters[3].Value = read.Act;
            command.Parameters[4].Value = read.Question;
            command.Parameters[5].Value = read.Records;
            command.ExecuteNonQuery();
        }
        transaction.Commit();
    }
}
