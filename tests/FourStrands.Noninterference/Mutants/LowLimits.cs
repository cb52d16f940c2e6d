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
        Lower("Views/Reader.Search.cs", "private const int MostCompared = 200;", 4),
        Lower("Views/Reader.Search.cs", "private const int FewValues = 4096;", 4),
        Lower("Search/OrderedPostings.cs", "private const int Frequent = 2048;", 3),
        Lower("Views/Reader.Paths.cs", "public const int MostVisited = 200_000;", 6),
        Lower("Views/Reader.Entities.cs", "const int Most = 16;", 2),
        Lower("Views/View.cs", "public const int CountLimit = 10_000;", 3),
        new("Views/View.cs", "(2 * (offset + limit)) + 50", "offset + limit + 1"),
        Lower("Matches/MatchTable.cs", "public const int MostLabels = 6;", 3),
        Lower("Matches/Linker.cs", "private const int ChunkOfPairs = 1 << 20;", 2),
        Lower("Matches/PreparedSubjects.cs", "private const int MostKept = 200_000;", 2),
        Lower("Memory/Engine.cs", "const int Step = 1024;", 2),
        Lower("Memory/InterestIndex.cs", "const int MostKnown = 10_000;", 2),
        Lower("Imports/Batch.cs", "public const int Full = 1 << 20;", 96),
        Lower("Imports/ImportSession.cs", "private const int BlockBytes = 1 << 20;", 64),
        Lower(Deter + "Neighbours.cs", "public const int MostTies = 200;", 3),
        Lower(Deter + "Neighbours.cs", "public const int MostPossible = 10;", 1),
        Lower(Deter + "BidderInquiry.cs", "private const int MostEntities = 400;", 6),
        Lower(Deter + "BidderInquiry.cs", "private const int MostCandidates = 5;", 2),
        Lower(Deter + "BidderInquiry.cs", "private const int MostFindings = 200;", 2),
        Lower(Deter + "OwnerChain.cs", "public const int MostLinks = 12;", 2),
        Lower(Deter + "OwnerChain.cs", "private const int MostOwners = 200;", 2),
        Lower(Deter + "BidderLinks.cs", "private const int MostLinks = 2000;", 1),
    ];

    private static Edit Lower(string file, string constant, int to) =>
        new(
            file,
            constant,
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{constant[..constant.IndexOf('=', StringComparison.Ordinal)]}= {to};")
        );
}
