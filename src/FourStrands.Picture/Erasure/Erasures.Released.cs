using FourStrands.Picture.Memory;

namespace FourStrands.Picture;

/// <summary>What releases repeat of what is erased, and goes with it.</summary>
public sealed partial class Erasures
{
    /// <summary>
    /// What a file says and a release repeats goes with the file, unless another file says it still under a label that all see who see this one's: then the release rests on that.
    /// </summary>
    private void AddReleased(Viewer by, HashSet<int> statements)
    {
        HashSet<int> released = [];
        foreach (int s in statements)
        {
            var said = Engine.Statements[s];
            if (said.Property == Statements.KindProperty)
                continue;
            if (IsSaidElsewhere(s, statements))
                continue;
            foreach (int other in Engine.Records.StatementsOf(said.Record))
            {
                if (
                    IsSame(s, other)
                    && !statements.Contains(other)
                    && Engine.IsKept(other)
                    && Engine.Imports[Engine.ImportOf(other)].IsRelease
                    && by.MaySee(LabelOf(other))
                )
                    released.Add(other);
            }
        }
        statements.UnionWith(released);
        // A kind that was released with nothing else left beside it.
        foreach (int record in released.Select(s => Engine.Statements[s].Record).Distinct().ToList())
        {
            List<int> left = [];
            foreach (int s in Engine.Records.StatementsOf(record))
            {
                if (!statements.Contains(s) && Engine.IsKept(s) && Engine.Imports[Engine.ImportOf(s)].IsRelease && by.MaySee(LabelOf(s)))
                    left.Add(s);
            }
            var says = left.Where(s => Engine.Statements[s].Property != Statements.KindProperty).Select(Engine.ImportOf).ToHashSet();
            statements.UnionWith(left.Where(s => !says.Contains(Engine.ImportOf(s))));
        }
    }

    /// <summary>Does something else that is shown, and is no release, say the same under a label that all see who see this one's?</summary>
    private bool IsSaidElsewhere(int statement, HashSet<int> erased)
    {
        foreach (int other in Engine.Records.StatementsOf(Engine.Statements[statement].Record))
        {
            if (
                IsSame(statement, other)
                && !erased.Contains(other)
                && IsShown(other)
                && !Engine.Imports[Engine.ImportOf(other)].IsRelease
                && Quotes.Covers(LabelOf(statement), LabelOf(other))
            )
                return true;
        }
        return false;
    }

    private bool IsSame(int statement, int other) =>
        Engine.Statements[other].Property == Engine.Statements[statement].Property && Engine.Statements[other].Value == Engine.Statements[statement].Value;

    /// <summary>
    /// What was made of it for others by a sanitised release goes with it: what it says there, in whatever words, and what it said there before it was corrected, which the release names no
    /// more. Of releases that are over all goes that they carried: once they are gone, nothing tells any more what it was made of.
    /// </summary>
    private void AddSanitised(Viewer by, ErasureKind kind, HashSet<int> statements, Kept kept, List<Release> releases, HashSet<RecordId> over)
    {
        HashSet<(RecordId Record, string Property, string Value)> erased = [];
        foreach (int s in statements)
        {
            if (Engine.Statements[s].Property != Statements.KindProperty && !(kind == ErasureKind.Import && IsSaidElsewhere(s, statements)))
                erased.Add((new RecordId(Engine.Records.Id[Engine.Statements[s].Record]), NameOf(s), ValueOf(s)));
        }
        HashSet<int> sanitised = [.. CarriedFrom(by, erased, releases)];
        if (over.Count > 0)
        {
            // Records that a release shows no more since it was corrected are named by what is kept of the correction.
            List<RecordId> named =
            [
                .. erased.Select(e => e.Record),
                .. kept
                    .Documents.Where(d => d.Document.Kind == Corrections.Corrected && d.Agency == by.Agency && by.MaySee(d.Document.Label))
                    .SelectMany(d => Claims.In(d.Document.Content))
                    .Select(c => c.Record),
            ];
            foreach (var release in releases.Where(r => over.Contains(r.Id)))
            {
                foreach (var of in release.Order.Values.Select(v => v.Record).Concat(named).Distinct())
                {
                    if (Engine.Records.Find(gate.Releases.SeenAs(release, of)) is >= 0 and var carried)
                        AddSaid(carried);
                }
            }
        }
        foreach (var (id, property, value) in gate.Releases.SanitisedFrom(releases, v => erased.Contains((v.Record, v.Property, v.Value))))
        {
            int record = Engine.Records.Find(id);
            if (record < 0)
                continue;
            foreach (int s in Engine.Records.StatementsOf(record))
            {
                if (IsSaid(s) && NameOf(s) == property && ValueOf(s) == value)
                    sanitised.Add(s);
            }
        }
        statements.UnionWith(sanitised);
        // Kinds of a record of which nothing else is left.
        foreach (int record in sanitised.Select(s => Engine.Statements[s].Record).Distinct().ToList())
        {
            List<int> left = [];
            foreach (int s in Engine.Records.StatementsOf(record))
            {
                if (!statements.Contains(s) && Engine.IsKept(s) && by.MaySee(LabelOf(s)))
                    left.Add(s);
            }
            if (left.TrueForAll(s => Engine.Statements[s].Property == Statements.KindProperty))
                statements.UnionWith(left);
        }

        bool IsSaid(int s) => Engine.Statements[s].Property != Statements.KindProperty && Engine.IsKept(s) && by.MaySee(LabelOf(s));

        void AddSaid(int record)
        {
            foreach (int s in Engine.Records.StatementsOf(record))
            {
                if (IsSaid(s))
                    sanitised.Add(s);
            }
        }
    }

    /// <summary>What sanitised releases carried word for word, those of before a correction among them, by the references that they made for what they show.</summary>
    private IEnumerable<int> CarriedFrom(Viewer by, HashSet<(RecordId Record, string Property, string Value)> erased, List<Release> releases)
    {
        if (releases.Count == 0)
            yield break;
        var bySource = releases.ToLookup(r => r.Order.SourceName!.Trim(), StringComparer.Ordinal);
        var byWord = erased.ToLookup(e => (e.Property, e.Value));
        var byProperty = erased.ToLookup(e => e.Property, StringComparer.Ordinal);
        foreach (var import in Engine.Imports.Where(i => i.IsRelease && Engine.Sources[i.Source].Owner == by.Agency && by.MaySee(Engine.Labels[i.Label])))
        {
            foreach (var release in bySource[Engine.Sources[import.Source].Name])
            {
                for (int s = import.First; s < import.End; s++)
                {
                    var said = Engine.Statements[s];
                    if (said.Property == Statements.KindProperty || Engine.IsErased(s))
                        continue;
                    string value = ValueOf(s);
                    var id = new RecordId(Engine.Records.Id[said.Record]);
                    bool isTie = Engine.IsEntity[said.Property];
                    var from = isTie ? byProperty[NameOf(s)] : byWord[(NameOf(s), value)];
                    if (
                        from.Any(e =>
                            gate.Releases.SeenAs(release, e.Record) == id
                            && (!isTie || (RecordId.TryParse(e.Value, null, out var end) && gate.Releases.SeenAs(release, end).ToString() == value))
                        )
                    )
                        yield return s;
                }
            }
        }
    }
}
