using FourStrands.Picture.Memory;

namespace FourStrands.Picture;

/// <summary>Erasures taken out, and done again to an older state of the store.</summary>
public sealed partial class Erasures
{
    /// <summary>Writes all erasures of the store, of every agency, for whoever runs the program: <see cref="StoreBackup.Restore"/> does them again. It says nothing of what was erased.</summary>
    /// <returns>How many there are.</returns>
    public int ExportFromMachine(Viewer by, Stream to)
    {
        var rows = gate.Store.Erasures();
        to.Write(ErasureList.Of(rows, gate.Clock.GetUtcNow(), Engine.IdentifierKey).Write());
        gate.Log.NoteInEach("export erasures", "from the machine", by.DisplayName);
        return rows.Count;
    }

    /// <summary>Does erasures again that this state of the store does not know of.</summary>
    /// <returns>How many were done.</returns>
    /// <exception cref="BackupException">The list is of another store, damaged, or older than this state.</exception>
    internal int Replay(string path, string? keys)
    {
        var list = ErasureList.From(path, keys, Engine.IdentifierKey);
        var known = gate.Store.Erasures().Select(e => e.Id).ToHashSet();
        var rows = list.Erasures.Select(e => e.Row()).ToList();
        int missing = known.Except(rows.Select(r => r.Id)).Count();
        if (missing > 0)
            throw new BackupException(
                $"{path} is older than the backup: it lacks erasures that the backup has. Export the erasures of the newest store there is."
            );
        int done = 0;
        gate.Changing.Enter();
        try
        {
            foreach (var row in rows.Where(r => !known.Contains(r.Id)))
            {
                var plan = PlanOf(row);
                gate.Log.Erase(plan.Questions, row.By);
                gate.Store.Erase(plan);
                done++;
            }
            if (done > 0 && !gate.Store.FinishErasing(gate.Log))
                throw new StoreException("What was erased is still in the journal of the restored store. Do it again.");
        }
        finally
        {
            gate.Changing.Exit();
        }
        return done;
    }

    private ErasurePlan PlanOf(ErasureRow row)
    {
        var places = row.Places!;
        var imports = Engine.Imports.ToDictionary(i => i.Id);
        HashSet<int> statements = [];
        foreach (var (import, first, count) in places.Statements)
        {
            if (!imports.TryGetValue(RecordId.Parse(import, null), out var of))
                continue;
            for (int s = of.First + first; s < of.First + first + count; s++)
            {
                if (first < 0 || s >= of.End)
                    throw new BackupException("The list of erasures does not fit the backup: it names places that are not there.");
                if (!Engine.IsErased(s))
                    statements.Add(s);
            }
        }
        return new ErasurePlan(
            row,
            statements,
            Ids(places.Documents),
            Ids(places.Judgements).ToHashSet(),
            Ids(places.Reasons),
            [.. places.Rejects.Select(r => (Of(r.Import), r.Place)).Where(r => r.Item1 is not null).Select(r => (r.Item1!.Number, r.Place))],
            [.. places.Files.Select(Of).OfType<ImportRow>().Select(i => i.Number)],
            places.Questions,
            []
        );

        ImportRow? Of(string id) => imports.GetValueOrDefault(RecordId.Parse(id, null));

        static List<RecordId> Ids(IReadOnlyList<string> texts) => [.. texts.Select(t => RecordId.Parse(t, null))];
    }
}
