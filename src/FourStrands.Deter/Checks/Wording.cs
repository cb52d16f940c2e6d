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

    /// <summary>"from 1 March 2020 to 28 February 2025".</summary>
    public static string When(string from, string until) =>
        (from.Length > 0, until.Length > 0) switch
        {
            (true, true) => $"from {from} to {until}",
            (true, false) => $"since {from}",
            (false, true) => $"until {until}",
            _ => "",
        };

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
