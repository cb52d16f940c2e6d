using FourStrands.Deter.Checks;
using FourStrands.Picture;

namespace FourStrands.Workbench.Showing;

/// <summary>How the results of a check are marked on pages. The words come with the result; this gives them their colour and short names.</summary>
internal static class Findings
{
    /// <summary>A short name for what is to be said of a bidder.</summary>
    public static string Name(Outcome outcome) =>
        outcome switch
        {
            Outcome.Findings => "Findings",
            Outcome.Possible => "To be judged",
            Outcome.PastOnly => "Past matters",
            Outcome.NothingFound => "Nothing found",
            _ => "Not searched",
        };

    /// <summary>The colour of its tag.</summary>
    public static string Tag(Outcome outcome) =>
        outcome switch
        {
            Outcome.Findings => "ds_tag--red",
            Outcome.Possible => "ds_tag--orange",
            Outcome.NothingFound => "ds_tag--green",
            _ => "ds_tag--grey",
        };

    /// <summary>The class of its box.</summary>
    public static string Class(Outcome outcome) =>
        outcome switch
        {
            Outcome.Findings => "findings",
            Outcome.Possible => "possible",
            Outcome.NothingFound => "clear",
            _ => "unknown",
        };

    /// <summary>A label as results carry it, in words.</summary>
    public static string Label(string written, Viewer viewer)
    {
        try
        {
            return Shown.Label(Picture.Label.Parse(written), viewer);
        }
        catch (FormatException)
        {
            return written;
        }
    }

    /// <summary>What a tie states of itself: a role, or a share, which sources write as a bare number.</summary>
    public static string Role(string role) => role.Length > 0 && role.All(c => char.IsAsciiDigit(c) || c == '.') ? role + "%" : role;

    /// <summary>"since 3 May 2019", "3 May 2019 to 8 June 2021".</summary>
    public static string When(string from, string until) =>
        (from.Length, until.Length) switch
        {
            (0, 0) => "",
            (_, 0) => $"since {from}",
            (0, _) => $"until {until}",
            _ => $"{from} to {until}",
        };

    /// <summary>The same in brackets, with what the tie states of itself.</summary>
    public static string Details(params string[] parts)
    {
        string joined = string.Join(", ", parts.Where(p => p.Length > 0));
        return joined.Length == 0 ? "" : $" ({joined})";
    }
}

/// <summary>A way from a bidder to somebody, on the page of a check.</summary>
internal sealed record Way(IReadOnlyList<PathPart> Parts, Viewer Viewer, RecordId Check);

/// <summary>Statements that something rests on.</summary>
internal sealed record BasisList(IReadOnlyList<Basis> Sources, Viewer Viewer);

/// <summary>An owner and those above it.</summary>
internal sealed record OwnerBranch(IReadOnlyList<Owner> Owners, Viewer Viewer, RecordId Check);

/// <summary>A bidder's part of the page.</summary>
internal sealed record BidderSection(BidderResult Result, int Number, Viewer Viewer, Check Check, IReadOnlyList<SearchedSource> Searched);

/// <summary>A link between bidders on the page.</summary>
internal sealed record LinkSection(BidderLink Link, Viewer Viewer, RecordId Check);

/// <summary>What a match is and whether somebody decided on it; with a form if a person may decide here.</summary>
internal sealed record MatchDecision(MatchUse Match, RecordId Check, string? FormId, string SuggestedReason);
