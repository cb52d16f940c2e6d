using FourStrands.Deter.Checks;
using FourStrands.Picture;

namespace FourStrands.Cli;

/// <summary>Finds whom a person means on the command line: by identifier, or by a name that only one entity has.</summary>
internal static class Subjects
{
    /// <summary>Of so many of one name it is looked at where their records come from.</summary>
    private const int MostLookedAt = 20;

    public static Entity Named(View view, string given)
    {
        if (RecordId.TryParse(given, out var id))
        {
            return view.Find(id)
                ?? throw ProblemException.Input($"There is nothing with the identifier {given} that you can see. 'fourstrands search NAME' finds identifiers.");
        }
        var results = view.Search(given, limit: 200);
        var exact = results
            .Hits.Where(h => h.Matched.Equals(given, StringComparison.OrdinalIgnoreCase) || h.Entity.Caption.Equals(given, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var hits = exact.Count > 0 ? exact : [.. results.Hits];
        var found = hits.Select(h => h.Entity).DistinctBy(e => e.Id).ToList();
        // Bidders that were checked are records too; what a register says of them is what is meant.
        if (found.Count is > 1 and <= MostLookedAt && !results.More)
        {
            var said = found.Where(e => view.Find(e.Id)!.Records.Any(r => !BidderChecks.IsBiddersList(r.Source))).ToList();
            if (said.Count == 1)
                found = said;
        }
        if (found.Count == 0)
            throw ProblemException.Input($"Nothing that you can see is called '{given}'. 'fourstrands search' finds names that are spelt otherwise.");
        if (found.Count > 1)
        {
            var lines = found.Take(10).Select(e => $"  {e.Id}  {e.Schema.Label}  {Answers.OneLine(e.Caption)}  {Answers.OneLine(e.Summary)}");
            throw ProblemException.Input(
                $"'{given}' may be any of {(results.More || found.Count > 10 ? "these and others" : "these")}; say which by its identifier:\n{string.Join('\n', lines)}"
            );
        }
        return view.Find(found[0].Id)!;
    }

    /// <summary>The record of that identifier, as judgements are about records.</summary>
    public static RecordId Record(string given) =>
        RecordId.TryParse(given, out var id)
            ? id
            : throw ProblemException.Input(
                $"'{given}' is not an identifier: 26 letters and digits are expected. 'fourstrands show NAME' lists those of records, 'fourstrands sources' those of imports."
            );
}
