using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using FourStrands.Picture.Memory;
using FourStrands.Picture.Store;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture;

/// <summary>
/// Tells other agencies that something of theirs was shown to somebody only because emergency access was open: at once in their log, and at their desk before the
/// answer is sent. Of each thing it is told apart, under the label that it bears: those learn of it who see that.
/// </summary>
/// <param name="gate">The store.</param>
internal sealed class EmergencyReads(Gate gate)
{
    /// <summary>What stands before an act in the log that was done under emergency access.</summary>
    public const string Mark = "in an emergency: ";

    /// <summary>The act by which an owner's log says so.</summary>
    public const string ToldOwner = "show in an emergency";

    /// <summary>Of more than so many it is told anew.</summary>
    private const int MostTold = 100_000;

    private readonly Lock telling = new();

    /// <summary>Apart from the other: whoever reads the picture may wait for that one, and whoever writes waits for those who read.</summary>
    private readonly Lock writing = new();
    private readonly Dictionary<string, HashSet<(RecordId Emergency, RecordId Shown, Label Label)>> told = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(RecordId Emergency, string Owner, string Agency, Label Label, DateTimeOffset At)> notices = [];
    private readonly HashSet<(RecordId Emergency, string Owner, Label Label)> noticed = [];

    /// <summary>Records were shown, and with each all that is taken to be the same subject; with a tie that is titled by its ends, those too.</summary>
    /// <param name="viewer">Who was shown them.</param>
    /// <param name="reader">What they see.</param>
    /// <param name="otherwise">What they see without emergency access.</param>
    /// <param name="records">The records.</param>
    public void Shown(Viewer viewer, Reader<ClassSight> reader, ulong[] otherwise, IEnumerable<RecordId> records)
    {
        var engine = gate.Engine;
        var without = new ClassSight(otherwise);
        List<(string, Label, RecordId)> shown = [];
        foreach (var id in records)
        {
            int found = reader.Find(id);
            if (found < 0)
                continue;
            int[] members = reader.Cluster(found);
            foreach (int member in members)
                Add(member);
            foreach (int end in reader.EndsInTitle(members))
            {
                foreach (int member in reader.Cluster(end))
                    Add(member);
            }
        }
        Shown(viewer, shown);

        void Add(int member)
        {
            string owner = engine.Sources[engine.Records.Source[member]].Owner;
            if (owner == viewer.Agency)
                return;
            foreach (int statement in engine.Records.StatementsOf(member))
            {
                int label = engine.Statements[statement].Label;
                if (reader.SeesLabel(label) && !without.Sees(label))
                    shown.Add((owner, engine.Labels[label], reader.IdOf(member)));
            }
        }
    }

    /// <summary>Things were shown that agencies own, each under its label. Nothing is told of what the viewer sees without emergency access.</summary>
    public void Shown(Viewer viewer, IEnumerable<(string Owner, Label Label, RecordId Id)> things)
    {
        if (viewer.Emergency is not { } emergency)
            return;
        // To the minute: the same moment would say which of them stood in one answer.
        var now = gate.Clock.GetUtcNow();
        var at = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        lock (telling)
        {
            var others = things.Where(t => t.Owner != viewer.Agency && !emergency.Otherwise.MaySee(t.Label));
            foreach (
                var (owner, label, id) in others
                    .OrderBy(t => t.Owner, StringComparer.Ordinal)
                    .ThenBy(t => t.Id)
                    .ThenBy(t => t.Label.ToString(), StringComparer.Ordinal)
            )
            {
                // For each owner by itself: what others are told is no matter of theirs.
                ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(told, owner, out _);
                known ??= [];
                if (known.Count >= MostTold)
                    known.Clear();
                if (!known.Add((emergency.Id, id, label)))
                    continue;
                var tells = KnownTo(owner, label);
                var bytes = new byte[16];
                BinaryPrimitives.WriteUInt128BigEndian(bytes, id.Value);
                gate.Log.Add(new LoggedRead(at, "FourStrands", owner, ToldOwner, viewer.Agency, bytes, tells ?? ReadLog.OfTheWhole(owner)));
                if (tells is not null && noticed.Add((emergency.Id, owner, tells)))
                    notices.Enqueue((emergency.Id, owner, viewer.AgencyName, tells, at));
            }
        }
    }

    /// <summary>Puts down for the desks what they are to be told. Called before an answer is sent, and not while the picture is read.</summary>
    /// <exception cref="StoreException">It cannot be put down: what was read must not be shown.</exception>
    public void Tell()
    {
        lock (writing)
        {
            while (notices.TryPeek(out var next))
            {
                string content = JsonSerializer.Serialize(
                    new
                    {
                        about = "emergency",
                        by = next.Agency,
                        text = $"In an emergency, somebody of {next.Agency} was shown something of yours that they may not see otherwise. Your log says which records, to your auditors who may see them.",
                    }
                );
                var id = gate.Engine.Identify("notice", next.Emergency.ToString(), next.Owner, next.Label.ToString());
                try
                {
                    var notice = new Document(id, Erasures.NoticeKind, next.Label, next.Agency, next.At, content);
                    gate.Store.Write(notice, gate.Store.Label(next.Label), next.Owner);
                }
                catch (SqliteException problem)
                {
                    throw Database.Explain(problem);
                }
                notices.TryDequeue(out _);
            }
        }
    }

    /// <summary>The label under which the owner's people are told of what bears another; null if none of them sees that.</summary>
    private static Label? KnownTo(string owner, Label label)
    {
        try
        {
            return ReadLog.OwnLabel(owner).Join(label.WithoutHandling());
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
