using System.Globalization;
using FourStrands.Picture.Store;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture;

/// <summary>Holds: what must not be erased until whoever said so, or another information manager of the agency, lifts them.</summary>
public sealed partial class Erasures
{
    /// <summary>
    /// Holds a source, a record or an import of the own agency from erasure. A hold covers what bears a label that the person may see now; it is known to those of the agency who may
    /// see that, and so is the reason.
    /// </summary>
    /// <param name="by">Who.</param>
    /// <param name="kind">What is held.</param>
    /// <param name="target">The source, record or import.</param>
    /// <param name="reason">Why, in their words.</param>
    /// <param name="review">The day on which somebody is to look whether it must be held still; null for none.</param>
    /// <returns>The holds: one for each label.</returns>
    /// <exception cref="UnauthorizedAccessException">The person's role does not erase, and so does not hold.</exception>
    /// <exception cref="KeyNotFoundException">There is nothing of that kind that they may see.</exception>
    /// <exception cref="ErasureException">It is another agency's, there is no reason, or the day for its review has passed.</exception>
    public IReadOnlyList<Hold> Place(Viewer by, HoldKind kind, RecordId target, string reason, DateOnly? review = null)
    {
        Demand(by);
        reason = Checked(reason);
        gate.Retention.CheckReview(review);
        gate.Changing.Enter();
        try
        {
            var labels = HeldLabels(by, kind, target);
            var at = Now;
            List<Hold> placed = [];
            foreach (var label in labels.Select(l => l.Join(Agency(by))).Distinct().OrderBy(l => l.ToString(), StringComparer.Ordinal))
            {
                var id = Engine.Identify(
                    "hold",
                    by.Agency,
                    by.Name,
                    kind.ToString(),
                    target.ToString(),
                    label.ToString(),
                    at.UtcTicks.ToString(CultureInfo.InvariantCulture)
                );
                var row = new HoldRow(id, kind, target, label, by.Agency, by.DisplayName, at, reason, null, null, null);
                if (review is { } day)
                    gate.Retention.NoteHold(by, row, day);
                gate.Store.Keep(row);
                placed.Add(Shown(row));
            }
            Log(by, "write hold", $"{kind} {target}: {reason}", kind == HoldKind.Record ? [target] : []);
            return placed;
        }
        catch (SqliteException problem)
        {
            throw Database.Explain(problem);
        }
        finally
        {
            gate.Changing.Exit();
        }
    }

    /// <summary>Lifts a hold of the own agency.</summary>
    /// <exception cref="UnauthorizedAccessException">The person's role does not erase.</exception>
    /// <exception cref="KeyNotFoundException">There is no hold of that identifier that they may see, or it was lifted.</exception>
    /// <exception cref="ErasureException">There is no reason.</exception>
    public Hold Lift(Viewer by, RecordId hold, string reason)
    {
        Demand(by);
        reason = Checked(reason);
        gate.Changing.Enter();
        try
        {
            var row =
                gate.Store.Holds().Find(h => h.Id == hold && h.Agency == by.Agency && h.LiftedAt is null && by.MaySee(h.Label))
                ?? throw new KeyNotFoundException("There is no hold of that identifier.");
            row = row with { LiftedBy = by.DisplayName, LiftedAt = Now, LiftedReason = reason };
            gate.Store.Keep(row);
            Log(by, "write hold", $"lifted {hold}: {reason}", []);
            return Shown(row);
        }
        catch (SqliteException problem)
        {
            throw Database.Explain(problem);
        }
        finally
        {
            gate.Changing.Exit();
        }
    }

    /// <summary>The holds of the own agency that the person may know of, lifted ones among them, newest first.</summary>
    /// <exception cref="UnauthorizedAccessException">The person's role does not erase.</exception>
    public IReadOnlyList<Hold> Holds(Viewer by)
    {
        Demand(by);
        Log(by, "list holds", "", []);
        return [.. gate.Store.Holds().Where(h => h.Agency == by.Agency && by.MaySee(h.Label)).Select(Shown).OrderByDescending(h => h.At).ThenBy(h => h.Id)];
    }

    private List<Label> HeldLabels(Viewer by, HoldKind kind, RecordId target)
    {
        Engine.Lock.EnterReadLock();
        try
        {
            HashSet<Label> labels = [];
            string owner = "";
            if (kind == HoldKind.Record)
            {
                int record = Engine.Records.Find(target);
                if (record >= 0)
                {
                    owner = Engine.Sources[Engine.Records.Source[record]].Owner;
                    foreach (int s in Engine.Records.StatementsOf(record))
                    {
                        // What was withdrawn can be erased, and so be held.
                        if ((IsShown(s) || (owner == by.Agency && Engine.IsKept(s))) && by.MaySee(LabelOf(s)))
                            labels.Add(LabelOf(s));
                    }
                }
            }
            else
            {
                foreach (var import in Engine.Imports)
                {
                    bool isMeant = kind == HoldKind.Import ? import.Id == target : Engine.Sources[import.Source].Id == target;
                    if (!isMeant || !by.MaySee(Engine.Labels[import.Label]))
                        continue;
                    owner = Engine.Sources[import.Source].Owner;
                    labels.Add(Engine.Labels[import.Label]);
                }
            }
            if (labels.Count == 0)
                throw NotThere();
            if (owner != by.Agency)
                throw new ErasureException($"It is {gate.People.NameOf(owner)}'s: only their information managers hold it.");
            return [.. labels];
        }
        finally
        {
            Engine.Lock.ExitReadLock();
        }
    }

    internal static Hold Shown(HoldRow row) => new(row.Id, row.Kind, row.Target, row.Reason, row.By, row.At, row.LiftedBy, row.LiftedAt, row.LiftedReason);
}
