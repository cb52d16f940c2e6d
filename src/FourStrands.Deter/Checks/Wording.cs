using System.Globalization;
using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>Parts of a result in sentences, for the table and the printed record.</summary>
public static class Wording
{
    /// <summary>"Finding", "Possible: to be judged", "Past".</summary>
    public static string Status(FindingStatus status, bool past) =>
        (status, past) switch
        {
            (FindingStatus.Confirmed, false) => "Finding",
            (FindingStatus.Confirmed, true) => "Past",
            (_, false) => "Possible: to be judged",
            (_, true) => "Possible, past",
        };

    /// <summary>A short name for what is to be said of a bidder as a whole.</summary>
    public static string Name(Outcome outcome) =>
        outcome switch
        {
            Outcome.Findings => "Findings",
            Outcome.Possible => "To be judged",
            Outcome.Linked => "Linked to another bidder",
            Outcome.Unconfirmed => "Who it is: to be judged",
            Outcome.NotIdentified => "Not identified",
            Outcome.CutShort => "Not looked at in full",
            Outcome.PastOnly => "Past matters",
            Outcome.NothingFound => "Nothing found",
            _ => "Not searched",
        };

    /// <summary>"from 1 March 2020 to 28 February 2025".</summary>
    public static string When(string from, string until) =>
        (from.Length > 0, until.Length > 0) switch
        {
            (true, true) => $"from {from} to {until}",
            (true, false) => $"since {from}",
            (false, true) => $"until {until}",
            _ => "",
        };

    /// <summary>"on 20 February 2024", "on 3 May 2019 and 20 February 2024": of what happened and does not last.</summary>
    internal static string On(IReadOnlyList<string> days, string until)
    {
        List<string> shown = [.. days.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Dates.Show)];
        if (shown.Count == 0)
            return until.Length > 0 ? $"until {until}" : "";
        string on = shown.Count == 1 ? shown[0] : $"{string.Join(", ", shown[..^1])} and {shown[^1]}";
        return $"on {on}{(until.Length > 0 ? $", until {until}" : "")}";
    }

    /// <summary>A moment by the clock in London: "22 November 2026 at 14:05".</summary>
    public static string At(DateTimeOffset at) => Dates.Show(at);

    /// <summary>How likely a match is, never rounded to a certainty that it is not: "93%", "more than 99%".</summary>
    public static string Likely(double probability) =>
        probability switch
        {
            > 0.99 => "more than 99%",
            < 0.01 => "less than 1%",
            _ => (Math.Floor(probability * 100) / 100).ToString("0%", CultureInfo.InvariantCulture),
        };

    /// <summary>What joins two subjects as the verb of a sentence: "is related to".</summary>
    public static string Verb(string phrase)
    {
        ArgumentNullException.ThrowIfNull(phrase);
        return phrase is "related to" or "associated with" or "linked to" or "associate of" or "director of" or "owner of" or "member of" or "employee of"
            ? "is " + phrase
            : phrase;
    }

    /// <summary>A way as one sentence goes on: "is directed by Jo Bloggs, who directs Acme Ltd, which …"; the names made fit by the caller.</summary>
    public static string Chain(IEnumerable<TieStep> ties, Func<string, string> name)
    {
        ArgumentNullException.ThrowIfNull(ties);
        ArgumentNullException.ThrowIfNull(name);
        var text = new System.Text.StringBuilder();
        string before = "";
        foreach (var tie in ties)
        {
            if (text.Length > 0)
                text.Append(before == "Person" ? ", who " : ", which ");
            text.Append(CultureInfo.InvariantCulture, $"{tie.Phrase} {name(tie.To.Caption)}{(tie.Former ? " (former)" : "")}");
            before = tie.To.Schema;
        }
        return text.ToString();
    }

    /// <summary>What registers write of an owner's control, in plain words: "ownership-of-shares-50-to-75-percent" is "50% to 75% of the shares".</summary>
    public static string Role(string role)
    {
        ArgumentNullException.ThrowIfNull(role);
        if (role.Contains(' ', StringComparison.Ordinal) || !role.Contains('-', StringComparison.Ordinal))
            return role;
        string words = role.Replace('-', ' '),
            by = "";
        foreach (
            var (ending, says) in (ReadOnlySpan<(string, string)>)
                [
                    (" registered overseas entity", ""),
                    (" limited liability partnership", ""),
                    (" as control over trust", ", by control over a trust"),
                    (" as control over firm", ", by control over a firm"),
                    (" as trust", ", as trustee of a trust"),
                    (" as firm", ", as a member of a firm"),
                ]
        )
        {
            if (!words.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                continue;
            words = words[..^ending.Length];
            by = says + by;
        }
        foreach (
            var (head, says) in (ReadOnlySpan<(string, string)>)
                [
                    ("ownership of shares ", "of the shares"),
                    ("voting rights ", "of the votes"),
                    ("right to share surplus assets ", "of the surplus assets"),
                    ("part right to share surplus assets ", "of the surplus assets"),
                ]
        )
        {
            if (!words.StartsWith(head, StringComparison.OrdinalIgnoreCase) || !words.EndsWith(" percent", StringComparison.OrdinalIgnoreCase))
                continue;
            string range = words[head.Length..^" percent".Length];
            var share = Share.Parse(range);
            return share.Known ? $"{(range.StartsWith("more than", StringComparison.OrdinalIgnoreCase) ? range + "%" : share.Text)} {says}{by}" : words + by;
        }
        if (words.StartsWith("right to appoint and remove ", StringComparison.OrdinalIgnoreCase))
            return $"may appoint and remove {words["right to appoint and remove ".Length..]}{by}";
        return words.StartsWith("significant influence or control", StringComparison.OrdinalIgnoreCase) ? "significant influence or control" + by : role;
    }

    /// <summary>A value in plain words: shares and kinds of control are not shown as registers write them.</summary>
    internal static string Plain(Said said) =>
        said.Property.Name switch
        {
            "percentage" when Share.Parse(said.Value) is { Known: true } share => share.Text,
            "role" or "ownershipType" => Role(said.Shown),
            _ => said.Shown,
        };

    /// <summary>What somebody holds of something, as a sentence goes on: "holds 50% to 75% of it".</summary>
    public static string Holds(Share share) =>
        share.Known ? $"holds {share.Text} of it"
        : share.To < 100 ? $"holds part of it; how much is not stated, at most {new Share(share.To, share.To, Known: true).Text}"
        : "holds part of it; how much is not stated";

    /// <summary>A way in one line: "Acme Ltd is directed by Jo Bloggs (director); Jo Bloggs may be the one on the list …".</summary>
    public static string Way(IReadOnlyList<PathPart> path) => path.Count == 0 ? "the bidder itself" : string.Join("; ", path.Select(Step));

    /// <summary>One part of a way, in words.</summary>
    public static string Step(PathPart part) =>
        part switch
        {
            TieStep tie =>
                $"{tie.From.Caption} {tie.Phrase} {tie.To.Caption}{(tie.Role.Length > 0 ? $" ({tie.Role})" : "")}{(tie.Former ? $", ended{(tie.Until.Length > 0 ? " " + tie.Until : "")}" : "")} [{tie.Basis.Source.Name}, {Dates.Show(tie.Basis.Date)}]",
            MatchUse match =>
                $"“{match.Left.Caption}” ({match.Left.Source.Name}) {Said(match.State)} “{match.Right.Caption}” ({match.Right.Source.Name}){Doubt(match.State)}",
            _ => "",
        };

    /// <summary>The sources of something, each once, with their dates.</summary>
    public static string Sources(IReadOnlyList<Basis> sources) =>
        string.Join("; ", sources.Select(s => $"{s.Source.Name}, {Dates.Show(s.Date)}").Distinct(StringComparer.Ordinal));

    /// <summary>Details in one line.</summary>
    public static string Details(IReadOnlyList<Detail> details) => string.Join("; ", details.Select(d => $"{d.Name}: {d.Value}"));

    /// <summary>The sources that were searched, in one line.</summary>
    public static string Searched(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Searched.Count == 0 ? CheckResult.NothingSearched : string.Join("; ", result.Searched.Select(Searched));
    }

    /// <summary>A source that was searched, with its date.</summary>
    public static string Searched(SearchedSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Updated is { } day ? $"{source.Source.Name}, {Dates.Show(day)}" : $"{source.Source.Name}, date not known";
    }

    private static string Said(MatchState state) =>
        state switch
        {
            MatchState.Same => "was judged the same as",
            MatchState.Different => "was judged different from",
            _ => "may be the same as",
        };

    private static string Doubt(MatchState state) =>
        state switch
        {
            MatchState.Unsure => ", of which people were unsure",
            MatchState.Disputed => ", of which people disagree",
            MatchState.Unjudged => ", which nobody has judged",
            _ => "",
        };
}
