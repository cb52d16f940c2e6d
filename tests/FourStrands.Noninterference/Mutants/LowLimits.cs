using System.Globalization;

namespace FourStrands.Noninterference.Mutants;

/// <summary>
/// The limits of the gate and of checks, so low that short histories reach them, and short cuts for the frequent taken for the rare:
/// what is counted towards a limit must be what is seen.
/// </summary>
internal static class LowLimits
{
    private const string Deter = "FourStrands.Deter/Checks/";

    public static IReadOnlyList<Edit> Edits { get; } =
    [
        Lower("Views/Reader.Search.cs", "MostCompared", 4),
        Lower("Views/Reader.Search.cs", "FewValues", 4),
        Lower("Search/OrderedPostings.cs", "Frequent", 3),
        Lower("Views/Reader.Paths.cs", "MostVisited", 6),
        Lower("Views/Reader.Entities.cs", "Most", 2),
        Lower("Views/View.cs", "CountLimit", 3),
        new("Views/View.cs", "(2 * (offset + limit)) + 50", "offset + limit + 1"),
        new("Views/View.cs", "QueryWords(text), limit * 4", "QueryWords(text), limit"),
        Lower("Matches/MatchTable.cs", "MostLabels", 3),
        Lower("Matches/Linker.cs", "ChunkOfPairs", 2),
        Lower("Matches/PreparedSubjects.cs", "MostKept", 2),
        Lower("Memory/Engine.cs", "Step", 2),
        Lower("Memory/InterestIndex.cs", "MostKnown", 2),
        Lower("Imports/Batch.cs", "Full", 96),
        Lower("Imports/ImportSession.cs", "BlockBytes", 64),
        Lower(Deter + "Neighbours.cs", "MostTies", 3),
        Lower(Deter + "Neighbours.cs", "MostPossible", 1),
        Lower(Deter + "BidderInquiry.cs", "MostEntities", 6),
        Lower(Deter + "BidderInquiry.cs", "MostOwnersMore", 2),
        Lower(Deter + "BidderInquiry.cs", "MostAlike", 1),
        Lower(Deter + "BidderInquiry.cs", "MostCandidates", 2),
        Lower(Deter + "BidderInquiry.cs", "MostFindings", 2),
        Lower(Deter + "OwnerChain.cs", "MostLinks", 2),
        Lower(Deter + "OwnerChain.cs", "MostOwners", 2),
        Lower(Deter + "BidderLinks.cs", "MostLinks", 1),
    ];

    /// <summary>What the constant was stays beside it, whatever it was: to change a limit breaks nothing here.</summary>
    private static Edit Lower(string file, string constant, int to) =>
        new(file, $"const int {constant} =", string.Create(CultureInfo.InvariantCulture, $"const int {constant} = {to}, {constant}AsItIs ="));
}
