using System.Globalization;

namespace FourStrands.Picture;

/// <summary>What a complete import takes back.</summary>
/// <param name="Statements">How many statements the source no longer makes, ties to other records apart.</param>
/// <param name="Of">How many it makes now, under the same label.</param>
public readonly record struct Withdrawal(long Statements, long Of)
{
    /// <summary>The share of the source that would go, 0 to 1.</summary>
    public double Share => Of == 0 ? 0 : (double)Statements / Of;
}

/// <summary>
/// A complete import of which parts could not be used: what those parts say would be withdrawn as if the source said it no more, so nothing of the
/// import is kept. The message is for people.
/// </summary>
public sealed class IncompleteImportException : Exception
{
    internal IncompleteImportException(long rejected, bool endedEarly, Withdrawal withdrawal)
        : base(Say(rejected, endedEarly, withdrawal))
    {
        Rejected = rejected;
        EndedEarly = endedEarly;
        Withdrawal = withdrawal;
    }

    /// <summary>How many parts could not be used.</summary>
    public long Rejected { get; }

    /// <summary>True if a file ended early, is damaged, or passed a limit.</summary>
    public bool EndedEarly { get; }

    /// <summary>What would have been withdrawn.</summary>
    public Withdrawal Withdrawal { get; }

    private static string Say(long rejected, bool endedEarly, Withdrawal withdrawal)
    {
        string why =
            endedEarly ? "a file was cut off, damaged or could not be read"
            : rejected == 1 ? "1 part could not be used"
            : $"{Number(rejected)} parts could not be used";
        string what =
            withdrawal.Statements > 0
                ? $"{Number(withdrawal.Statements)} of the source's {Number(withdrawal.Of)} statements would have been withdrawn, perhaps only because they could not be read."
                : "What it does not say cannot be told from what could not be read.";
        return $"This cannot be all that the source says: {why}. {what} Nothing was brought in and nothing withdrawn.";
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
