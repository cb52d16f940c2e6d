using System.Globalization;
using FourStrands.Picture.Memory;
using FourStrands.Picture.Store;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture;

/// <summary>
/// Erasure: what a source of the own agency says, taken out of the store so that no byte of it is left; and holds, which forbid it. Whoever erases acts on
/// what they may see, and learns nothing of what rests on it elsewhere: that is told to those whose it is. That something was erased is kept for ever; what, is not.
/// </summary>
public sealed partial class Erasures
{
    /// <summary>The most characters of a reason.</summary>
    public const int LongestReason = 1000;

    /// <summary>The kind of document by which owners are told that something they quote was erased.</summary>
    public const string NoticeKind = "notice";

    private readonly Gate gate;

    internal Erasures(Gate gate) => this.gate = gate;

    /// <summary>
    /// Raised when something was erased, with who could see any of it: what was worked out for them and is held in memory is to be dropped. For nobody else may
    /// anything change.
    /// </summary>
    public event EventHandler<GoneEventArgs>? Erased;

    private Engine Engine => gate.Engine;

    /// <summary>What erasing would take, so far as the person may see it. Nothing is changed.</summary>
    /// <exception cref="UnauthorizedAccessException">The person's role does not erase.</exception>
    /// <exception cref="KeyNotFoundException">There is nothing of that kind that they may see.</exception>
    /// <exception cref="ErasureException">It is another agency's.</exception>
    public ErasurePreview Preview(Viewer by, ErasureTarget target)
    {
        Demand(by);
        try
        {
            // Without a turn: whoever only looks does not wait for somebody's import. What is erased is looked for again then.
            var found = Find(by, target);
            Log(by, "preview erasure", Said(target), found.Records);
            return PreviewOf(found);
        }
        catch (SqliteException problem)
        {
            throw Database.Explain(problem);
        }
    }

    /// <summary>
    /// Erases it, and all that was made of it so far as it is the person's agency's and they may see it. When this returns, no view shows it and no file of the store
    /// holds it, but where somebody else says the same.
    /// </summary>
    /// <param name="by">Who.</param>
    /// <param name="target">What.</param>
    /// <param name="reason">Why, in their words; it must not say what is erased.</param>
    /// <exception cref="UnauthorizedAccessException">The person's role does not erase.</exception>
    /// <exception cref="KeyNotFoundException">There is nothing of that kind that they may see.</exception>
    /// <exception cref="ErasureException">It is another agency's, it is held, or the reason will not do.</exception>
    /// <exception cref="StoreException">It could not be written (disk full …): do it again. What was asked may be gone from the log already.</exception>
    public Erasure Erase(Viewer by, ErasureTarget target, string reason)
    {
        Demand(by);
        reason = Checked(reason);
        gate.Changing.Enter();
        try
        {
            var found = Find(by, target);
            var preview = PreviewOf(found);
            if (preview.Holds is [var hold, ..])
                throw new ErasureException($"It is held since {hold.At:yyyy-MM-dd} by {hold.By}: {hold.Reason}. It can be erased once that is lifted.");
            if (found.Quotes.In(reason, Label.OfReader(by)).Count > 0 || (target.Value.Length > 0 && Quotes.Holds(reason, target.Value)))
                throw new ErasureException("The reason says what is to be erased, and would be kept. Say why without it.");
            var at = Now;
            var id = Engine.Identify(
                "erasure",
                by.Agency,
                by.Name,
                target.Kind.ToString(),
                target.Id.ToString(),
                at.UtcTicks.ToString(CultureInfo.InvariantCulture)
            );
            // Written down first: if it then fails, the log says too much, never too little.
            Log(by, "erase", $"{Said(target)}: {reason}", found.Records);
            var questions = gate.Log.Find(
                by.Agency,
                (question, label) => found.Quotes.In(question, label).Count + found.SaidInLog.In(question, label).Count > 0
            );
            var plan = new ErasurePlan(
                new ErasureRow(id, at, by.DisplayName, by.Agency, reason, target.Kind, Joined(found.Labels), null),
                found.Statements,
                [.. found.Documents.Select(d => d.Id).Concat(found.Delivered)],
                found.GoneJudgements,
                found.Reasons,
                found.Rejects,
                found.Files,
                [new ErasedQuestions(by.Agency, [.. questions])],
                Notices(by, found, id, at)
            );
            gate.Log.Erase(plan.Questions, by.Name);
            gate.Store.Erase(plan);
            Erased?.Invoke(this, new GoneEventArgs(found.Labels));
            bool finished = gate.Store.FinishErasing(gate.Log);
            return new Erasure(id, at, by.DisplayName, reason, target.Kind, preview.Statements, plan.Row.Label) { IsFinished = finished };
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

    /// <summary>What was erased for the person's agency, newest first, so far as they could see it.</summary>
    /// <exception cref="UnauthorizedAccessException">The person's role does not erase.</exception>
    public IReadOnlyList<Erasure> List(Viewer by)
    {
        Demand(by);
        Log(by, "list erasures", "", []);
        return
        [
            .. gate
                .Store.Erasures()
                .Where(e => e.Agency == by.Agency && by.MaySee(e.Label))
                .Select(e => new Erasure(e.Id, e.At, e.By, e.Reason, e.Kind, e.Places!.Statements.Sum(s => s.Count) - e.Places.Kinds, e.Label))
                .OrderByDescending(e => e.At)
                .ThenBy(e => e.Id),
        ];
    }

    private static void Demand(Viewer by)
    {
        if (!by.May(Power.Erase))
            throw new UnauthorizedAccessException("Your role does not erase. Ask an administrator of your agency for the role of an information manager.");
    }

    private static string Checked(string reason)
    {
        reason = reason.Trim();
        return reason.Length switch
        {
            0 => throw new ErasureException("There is no reason: say why in a few words, for whoever reads it later."),
            > LongestReason => throw new ErasureException($"The reason has {reason.Length} characters: {LongestReason} are kept."),
            _ => reason,
        };
    }

    private static string Said(ErasureTarget target) =>
        target.Kind switch
        {
            ErasureKind.Statement => $"a statement of record {target.Id}",
            ErasureKind.Record => $"record {target.Id}",
            _ => $"import {target.Id}",
        };

    /// <summary>As it is kept: to the millisecond.</summary>
    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(gate.Clock.GetUtcNow().ToUnixTimeMilliseconds());

    private static Label Joined(IEnumerable<Label> labels) => labels.Aggregate((a, b) => a.Join(b));

    private void Log(Viewer by, string act, string question, List<RecordId> records)
    {
        var bytes = new byte[records.Count * 16];
        int at = 0;
        foreach (var record in records)
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(16 * at++), record.Value);
        gate.Log.Add(new LoggedRead(gate.Clock.GetUtcNow(), by.Name, by.Agency, act, question, bytes, Label.OfReader(by)));
    }
}
