using System.Text.Json;
using FourStrands.Picture.Memory;
using FourStrands.Picture.Store;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture;

/// <summary>
/// Corrections: what a source of the own agency said and that was wrong is withdrawn, and what is right is said in its place, by the same source under the same label.
/// What was said stays in the store, seen by nobody; the correction keeps it for those of the agency who could see it. Whoever it was released to is told
/// (Data Protection Act 2018, section 38(5)).
/// </summary>
public sealed class Corrections
{
    /// <summary>The longest reason, in characters.</summary>
    public const int LongestReason = 1000;

    /// <summary>How many values a correction keeps by what they said.</summary>
    public const int MostKept = 500;

    internal const string Corrected = "corrected value";

    private readonly Gate gate;

    internal Corrections(Gate gate) => this.gate = gate;

    private Engine Engine => gate.Engine;

    /// <summary>What correcting would withdraw, and which releases show it. Nothing is changed.</summary>
    /// <exception cref="UnauthorizedAccessException">The person's role does not correct.</exception>
    /// <exception cref="KeyNotFoundException">There is nothing of that kind that they may see.</exception>
    /// <exception cref="CorrectionException">It is another agency's.</exception>
    public CorrectionPreview Preview(Viewer by, ErasureTarget target)
    {
        Demand(by);
        // Without a turn: whoever only looks does not wait for somebody's import. What is corrected is looked for again then.
        Wrong found;
        SourceRow source;
        int counted;
        Engine.Lock.EnterReadLock();
        try
        {
            found = Find(by, target);
            source = Engine.Sources[found.Source];
            counted = found.Statements.Count(Engine.IsCounted);
        }
        finally
        {
            Engine.Lock.ExitReadLock();
        }
        gate.For(by).Log("preview correction", "", found.Records());
        return new CorrectionPreview(
            new Source(source.Id, source.Name, source.Owner, ""),
            counted,
            [.. gate.Releases.Showing(by, found.Says).Select(r => new ReleaseToCorrect(r, Releases.EndsBecause(by, r)))]
        );
    }

    /// <summary>Corrects it: at once for everybody, with notices to those to whom it was released.</summary>
    /// <param name="by">Who.</param>
    /// <param name="order">What is wrong, and what is right.</param>
    /// <returns>The corrections: one for each label under which it was said.</returns>
    /// <exception cref="UnauthorizedAccessException">The person's role does not correct.</exception>
    /// <exception cref="KeyNotFoundException">There is nothing of that kind that they may see.</exception>
    /// <exception cref="CorrectionException">It is another agency's, the right value is none, or there is no reason.</exception>
    /// <exception cref="StoreException">It could not be written (disk full …): do it again.</exception>
    public IReadOnlyList<Correction> Correct(Viewer by, CorrectionOrder order)
    {
        Demand(by);
        string reason = order.Reason.Trim();
        if (reason.Length is 0 or > LongestReason)
            throw new CorrectionException($"Say what is wrong with it, in at most {LongestReason:N0} characters", "reason");
        gate.Changing.Enter();
        try
        {
            var found = Find(by, order.Target);
            string? right = order.Right is null ? null : Right(order, found);
            // What cannot be said is refused before anything is.
            foreach (int s in right is null ? [] : found.Statements)
                KindOf(s);
            var view = gate.For(by);
            List<Correction> corrections = [];
            List<RecordId> imports = [];
            view.Log("write correction", reason, found.Records());
            // Those to whom it was released first: if this is broken off, they see too little, know why, and what is still said can be corrected again.
            var ended = gate.Releases.EndWrong(
                by,
                found.Says,
                v => right is not null && order.InReleases ? v with { Value = right } : null,
                order.InReleases,
                reason
            );
            imports.AddRange(ended.SelectMany(e => e.Release.Imports));
            foreach (
                var together in found
                    .Statements.GroupBy(OneImport)
                    .OrderBy(g => Engine.Labels[g.Key.Label], Comparer<Label>.Create((one, other) => Label.InOrderFor(by, one, other)))
                    .ThenBy(g => Engine.Labels[g.Key.Label].ToString(), StringComparer.Ordinal)
                    .ThenBy(g => g.Key.Grade, StringComparer.Ordinal)
                    .ThenBy(g => g.Key.Kind)
            )
            {
                var (label, grade, kind) = together.Key;
                List<int> wrong = [.. together];
                corrections.Add(Say(view, found, wrong, label, grade, kind, order.Target, right, reason));
                imports.Add(corrections[^1].Import);
            }
            imports.AddRange(gate.Releases.PutOutAgain(by, ended, reason));
            gate.Releases.CompareInTurn(imports);
            return corrections;
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

    /// <summary>The corrections of the own agency that the person may know of, newest first.</summary>
    /// <exception cref="UnauthorizedAccessException">The person's role does not correct.</exception>
    public IReadOnlyList<Correction> All(Viewer by)
    {
        Demand(by);
        gate.For(by).Log("list corrections", "", []);
        return
        [
            .. gate
                .Store.Documents(Corrected, null)
                .Where(d => d.Agency == by.Agency && by.MaySee(d.Document.Label))
                .Select(d =>
                    JsonSerializer.Deserialize<Correction>(d.Document.Content, StoredJson.Options)! with
                    {
                        Id = d.Document.Id,
                        Label = d.Document.Label,
                    }
                )
                .OrderByDescending(c => c.At)
                .ThenBy(c => c.Id),
        ];
    }

    /// <summary>What is shown of it now, what is released of it apart: that ends, or is said anew, with its release. By labels alone, as in erasing.</summary>
    private Wrong Find(Viewer by, ErasureTarget target)
    {
        var (source, statements) = gate.Erasures.ShownOf(by, target);
        if (source.Owner != by.Agency)
            throw new CorrectionException($"It is {gate.People.NameOf(source.Owner)}'s: tell them what is wrong, under Requests.");
        return new Wrong(source.Number, statements, gate.Erasures.SaidBy(statements));
    }

    /// <summary>What one import can say is of one label, grade and kind.</summary>
    private (int Label, string Grade, StatementKind Kind) OneImport(int statement)
    {
        var import = Engine.Imports[Engine.ImportOf(statement)];
        return (import.Label, import.Request.Grade, import.Request.Kind);
    }

    /// <summary>The right value as kept.</summary>
    private string Right(CorrectionOrder order, Wrong found)
    {
        // By what says it, not by its name: several kinds of record have a property of that name, of types of their own.
        var properties = found.Statements.Select(s => Engine.Statements[s].Property).Distinct().ToList();
        if (order.Target.Kind != ErasureKind.Statement || properties.Count != 1)
            throw new CorrectionException("Only one value can be put right at a time: withdraw the rest, and bring what is right in", "right");
        var property = Engine.Ontology.Properties[properties[0]];
        if (property.Type.IsEntity)
            throw new CorrectionException("A tie can be withdrawn, and the right one brought in", "right");
        if (order.Right!.Length > ImportSession.LongestValue || property.Type.Clean(order.Right) is not { Length: > 0 } right)
            throw new CorrectionException($"“{order.Right}” is not a {property.Label.ToLowerInvariant()}", "right");
        return right == order.Target.Value ? throw new CorrectionException("That is what is said now", "right") : right;
    }

    /// <summary>The source says it no more, and what is right instead: as one import, under the same label. What was wrong is kept with it, or neither.</summary>
    private Correction Say(
        View view,
        Wrong found,
        List<int> wrong,
        int label,
        string grade,
        StatementKind kind,
        ErasureTarget target,
        string? right,
        string reason
    )
    {
        var request = new ImportRequest(Engine.Sources[found.Source].Name, Engine.Labels[label], "Correction", "correction") { Grade = grade, Kind = kind };
        using var session = view.Bring(request, view.Viewer.DisplayName);
        session.Withdraws = wrong;
        Correction? correction = null;
        // What it withdraws is in the file that said it; what it says in place of that is kept as long, and no longer.
        var corrected = Engine.Imports[Engine.ImportOf(wrong[0])];
        session.Noting = import =>
        {
            correction = Of(view, target, found, wrong, right, reason, import) with { Label = Under(view, label) };
            return
            [
                .. right is null ? [] : gate.Retention.NotesOf(view.Viewer, import, corrected),
                new Document(
                    correction.Id,
                    Corrected,
                    correction.Label,
                    view.Viewer.DisplayName,
                    correction.At,
                    JsonSerializer.Serialize(correction, StoredJson.Options)
                ),
            ];
        };
        if (right is not null)
        {
            var said = Engine.Statements[wrong[0]];
            session.Begin(Engine.Texts.Text(Engine.Records.Key[said.Record]), KindOf(wrong[0]));
            session.Add(Engine.Ontology.Properties[said.Property], right);
            session.End();
        }
        session.CommitUnlinked();
        view.Log($"write {Corrected}", "", [correction!.Id]);
        return correction;
    }

    /// <summary>As what kind of record something is said, under its label: one that has the property, the most specific.</summary>
    private Schema KindOf(int statement)
    {
        var property = Engine.Ontology.Properties[Engine.Statements[statement].Property];
        int label = Engine.Statements[statement].Label;
        List<Schema> kinds = [];
        foreach (int s in Engine.Records.StatementsOf(Engine.Statements[statement].Record))
        {
            if (Engine.Statements[s].Property == Statements.KindProperty && Engine.Statements[s].Label == label)
                kinds.Add(Engine.Ontology.Schemata[Engine.Statements[s].Value]);
        }
        return kinds.Where(k => k.Is(property.Schema)).OrderByDescending(k => kinds.Count(k.Is)).ThenBy(k => k.Name, StringComparer.Ordinal).FirstOrDefault()
            ?? throw new CorrectionException(
                $"The record is no {property.Schema.Label.ToLowerInvariant()} under that label: withdraw the value, and bring the right one in",
                "right"
            );
    }

    private Correction Of(View view, ErasureTarget target, Wrong found, List<int> wrong, string? right, string reason, ImportRow import)
    {
        var values = wrong
            .Where(Engine.IsCounted)
            .Select(s => found.Says[s])
            .Select(v => new CorrectedValue(v.Value.Record, v.Value.Property, v.Value.Value, right))
            .Distinct()
            .OrderBy(v => v.Record)
            .ThenBy(v => v.Property, StringComparer.Ordinal)
            .ThenBy(v => v.Was, StringComparer.Ordinal)
            .Take(MostKept);
        return new Correction(target.Kind, target.Id, [.. values], wrong.Count(Engine.IsCounted), reason, view.Viewer.DisplayName, import.At, import.Id)
        {
            Id = Engine.Identify(Corrected, import.Id.ToString()),
        };
    }

    /// <summary>Known to those of the agency who could see what was wrong.</summary>
    private Label Under(View view, int label) => Engine.Labels[label].WithoutHandling().Join(new Label(Classification.Public, [view.Viewer.Agency]));

    private static void Demand(Viewer by)
    {
        if (!by.May(Power.Erase))
            throw new UnauthorizedAccessException(
                "Your role does not correct what is held. Ask an administrator of your agency for the role of an information manager."
            );
    }

    /// <summary>What was found to be wrong.</summary>
    /// <param name="Source">The number of its source.</param>
    /// <param name="Statements">The statements, oldest first.</param>
    /// <param name="Says">What each says, and under which label; of a kind of record nothing.</param>
    private sealed record Wrong(int Source, IReadOnlyList<int> Statements, IReadOnlyDictionary<int, (ReleasedValue Value, Label Label)> Says)
    {
        public IEnumerable<RecordId> Records() => Says.Values.Select(v => v.Value.Record).Distinct();
    }
}
