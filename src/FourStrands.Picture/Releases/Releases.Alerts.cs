using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text.Json;
using FourStrands.Picture.Store;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture;

/// <summary>
/// Alerts: that an agency is told when another looks for what it watches. Whoever looks learns nothing, and is answered no later: what was looked for is put
/// down beside the answer.
/// </summary>
public sealed partial class Releases
{
    /// <summary>The act by which the log of whoever watches says that somebody looked.</summary>
    internal const string ToldOfSearch = "told of a search";

    private readonly ConcurrentQueue<(RecordId Alert, LookedFor Looked)> lookedFor = new();
    private int isKeeping;

    /// <summary>
    /// Called with what somebody looks for by name or number. Agencies that watch it are told, if the searcher's agency agreed to that, and the searcher is
    /// in no compartment whose work is not to be known.
    /// </summary>
    internal void NoteLookedFor(Viewer by, string text)
    {
        var told = gate.People.ToldOfSearches(by);
        if (told.Count == 0)
            return;
        var day = London.Day(gate.Clock.GetUtcNow());
        foreach (var alert in pointers.Alerts(by.Agency, told, text))
            lookedFor.Enqueue((alert, new LookedFor(day, by.Agency)));
        if (!lookedFor.IsEmpty && Interlocked.Exchange(ref isKeeping, 1) == 0)
        {
            _ = Task.Run(() =>
            {
                Volatile.Write(ref isKeeping, 0);
                TryKeepLookedFor();
            });
        }
    }

    /// <summary>
    /// Puts down what was looked for, with the alerts that were set on it. What cannot be put down, because the disk is full, stays in the queue for the next who looks
    /// or asks: nobody else's answer depends on it.
    /// </summary>
    internal void TryKeepLookedFor()
    {
        if (lookedFor.IsEmpty)
            return;
        try
        {
            lock (changing)
            {
                while (lookedFor.TryPeek(out var next))
                {
                    // Not while it is being ended.
                    lock (counting)
                        Keep(next.Alert, next.Looked);
                    lookedFor.TryDequeue(out _);
                }
            }
        }
        catch (Exception problem) when (problem is SqliteException or StoreException or ObjectDisposedException or InvalidOperationException)
        {
            // The store is closed, or cannot be written.
        }
    }

    private void Keep(RecordId alert, LookedFor looked)
    {
        foreach (var (document, _, agency) in gate.Store.Documents(Kept, alert))
        {
            var release = Read(document);
            if (release.State != ReleaseState.Out || release.LookedFor.Contains(looked))
                continue;
            release = release with { LookedFor = [.. release.LookedFor.Append(looked).OrderBy(l => l.Day).ThenBy(l => l.Agency, StringComparer.Ordinal)] };
            gate.Store.Rewrite(document with { Content = JsonSerializer.Serialize(release, StoredJson.Options) });
            // In the log of those who are told alone: in the searcher's it would say that somebody watches.
            var records = release.Order.Values.Select(v => v.Record).Distinct().ToArray();
            var bytes = new byte[records.Length * 16];
            for (int i = 0; i < records.Length; i++)
                BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(i * 16), records[i].Value);
            // With the day alone, as the alert says it: the moment is the searcher's.
            var day = London.StartOf(looked.Day);
            gate.Log.Add(new LoggedRead(day, "FourStrands", agency, ToldOfSearch, looked.Agency, bytes, release.KeptUnder));
        }
    }
}
