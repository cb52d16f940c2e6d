using FourStrands.Deter.Checks;
using FourStrands.Picture;

namespace FourStrands.Workbench.Showing;

/// <summary>How the results of a check are marked on pages. The words come with the result; this gives them their colour and short names.</summary>
internal static class Findings
{
    /// <summary>The colour of its tag: green is only who is known and of whom nothing was found.</summary>
    public static string Tag(Outcome outcome) =>
        outcome switch
        {
            Outcome.Findings => "ds_tag--red",
            Outcome.Possible or Outcome.Linked or Outcome.Unconfirmed or Outcome.CutShort => "ds_tag--orange",
            Outcome.NotIdentified => "ds_tag--purple",
            Outcome.NothingFound => "ds_tag--green",
            _ => "ds_tag--grey",
        };

    /// <summary>What is said of a bidder, beside the tag that says its first words already.</summary>
    public static string Said(BidderResult bidder)
    {
        string tag = Wording.Name(bidder.Outcome) + ": ";
        return bidder.Text.StartsWith(tag, StringComparison.Ordinal) ? Subjects.Heading(bidder.Text[tag.Length..]) : bidder.Text;
    }

    /// <summary>The class of its box.</summary>
    public static string Class(Outcome outcome) =>
        outcome switch
        {
            Outcome.Findings => "findings",
            Outcome.Possible or Outcome.Linked or Outcome.Unconfirmed or Outcome.CutShort => "possible",
            Outcome.NotIdentified => "unidentified",
            Outcome.NothingFound => "clear",
            _ => "unknown",
        };

    /// <summary>The class of the box of a whole check.</summary>
    public static string Class(CheckResult result) =>
        result.HasFindings ? "findings"
        : result.HasPossible ? "possible"
        : result.HasUnidentified ? "unidentified"
        : result.IsClear ? "clear"
        : "unknown";

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
/// <param name="Result">What was found of it.</param>
/// <param name="Number">Its place in the list; the first is 1.</param>
/// <param name="Viewer">Who looks.</param>
/// <param name="Check">The check.</param>
/// <param name="Links">What joins it to other bidders.</param>
/// <param name="Sources">How many sources were searched.</param>
/// <param name="Part">The part of the page, such as <c>judge</c>, where a decision leads back to.</param>
internal sealed record BidderSection(BidderResult Result, int Number, Viewer Viewer, Check Check, IReadOnlyList<BidderLink> Links, int Sources, CheckPart Part);

/// <summary>A part of a check's result: the bidders that have something in common, and the page of them.</summary>
/// <param name="Key">As it stands in an address; empty for all.</param>
/// <param name="Name">As it is called: "To be judged".</param>
/// <param name="Count">How many there are.</param>
/// <param name="Class">The class of its mark.</param>
internal sealed record CheckPart(string Key, string Name, int Count, string Class);

/// <summary>A link between bidders on the page.</summary>
internal sealed record LinkSection(BidderLink Link, Viewer Viewer, RecordId Check);

/// <summary>What a match is and whether somebody decided on it; with a form if a person may decide here.</summary>
/// <param name="Match">The match.</param>
/// <param name="Check">The check.</param>
/// <param name="FormId">Names the form; null for none.</param>
/// <param name="SuggestedReason">What to fill in as the reason.</param>
/// <param name="Back">Where on the page of the check the decision leads back to: "&amp;show=judge&amp;at=3".</param>
internal sealed record MatchDecision(MatchUse Match, RecordId Check, string? FormId, string SuggestedReason, string Back = "");
