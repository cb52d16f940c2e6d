using FourStrands.Deter.Checks;

namespace FourStrands.Cli;

/// <summary>A check's result for people: one bidder after the other, then what joins them, then what was searched.</summary>
internal static class CheckText
{
    public static void Write(Terminal terminal, CheckResult result)
    {
        var output = terminal.Out;
        output.WriteLine($"{result.Check.Title}, {result.On:yyyy-MM-dd}, as {result.Reader} sees it ({result.Marking})");
        output.WriteLine(result.Summary);
        foreach (var bidder in result.Bidders)
            WriteBidder(output, bidder);
        if (result.Links.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("What joins bidders");
            foreach (var link in result.Links)
            {
                output.WriteLine(
                    $"  {Mark(link.Status, link.Former)} {link.What}: {Answers.OneLine(link.Shared)} ({string.Join(", ", link.Bidders.Select(b => Answers.OneLine(b.Name)))})"
                );
                WriteUnjudged(output, link.Status, link.Bidders.SelectMany(b => b.Path));
            }
        }
        output.WriteLine();
        output.WriteLine("Searched");
        output.Flush();
        terminal.WriteTable(
            ["Source", "Owner", "Brought in"],
            result.Searched.Select(s =>
                (IReadOnlyList<string>)
                    ["  " + s.Source.Name, s.Owner, s.Updated?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? ""]
            )
        );
        if (result.HasPossible)
        {
            output.WriteLine();
            output.WriteLine("A match that nobody has judged is possible, not a finding: 'fourstrands judge LEFT RIGHT same|different|unsure --reason …'");
        }
    }

    private static void WriteBidder(TextWriter output, BidderResult bidder)
    {
        output.WriteLine();
        string number = bidder.Bidder.CompanyNumber.Length > 0 ? $" ({bidder.Bidder.CompanyNumber})" : "";
        output.WriteLine($"{Answers.OneLine(bidder.Bidder.Name)}{number}: {bidder.Text}");
        foreach (var match in bidder.Identity)
        {
            output.WriteLine(
                $"  {(match.Joined ? "is" : "may be")} {Answers.OneLine(match.Record.Caption)}, {match.Record.Source.Name} {match.Record.Key} ({Answers.Percent(match.Match.Probability)}; {match.Match.StateText})"
            );
        }
        foreach (var officer in bidder.Officers.Where(o => !o.Former))
            output.WriteLine(
                $"  run by {Answers.OneLine(officer.Subject.Caption)} ({officer.Role}{(officer.From.Length > 0 ? $" since {officer.From}" : "")})"
            );
        WriteOwners(output, bidder.Owners, "  ");
        foreach (var finding in bidder.Findings)
        {
            output.WriteLine($"  {Mark(finding.Status, finding.Past)} {finding.What}: {Answers.OneLine(finding.About.Caption)}");
            if (finding.Ties > 0)
                output.WriteLine($"      {Way(finding.Path)}");
            foreach (var detail in finding.Details)
                output.WriteLine($"      {detail.Name}: {Answers.OneLine(detail.Value)}");
            foreach (string source in finding.Sources.Select(s => s.Source.Name).Distinct(StringComparer.Ordinal))
                output.WriteLine($"      says {source}");
            WriteUnjudged(output, finding.Status, finding.Path);
        }
        foreach (var match in bidder.Dismissed)
            output.WriteLine($"  Not the same: {Answers.OneLine(match.Left.Caption)} and {Answers.OneLine(match.Right.Caption)} ({match.StateText})");
        foreach (string limit in bidder.Limits)
            output.WriteLine($"  {limit}");
    }

    private static void WriteOwners(TextWriter output, IReadOnlyList<Owner> owners, string indent)
    {
        foreach (var owner in owners.Where(o => !o.Former))
        {
            string end = owner.EndText.Length > 0 ? $"; {owner.EndText}" : "";
            output.WriteLine(
                $"{indent}owned by {(owner.Subject is { } s ? Answers.OneLine(s.Caption) : "somebody not named")} ({owner.Held.Text}; of the bidder {owner.OfBidder.Text}{end})"
            );
            WriteOwners(output, owner.Owners, indent + "  ");
        }
    }

    private static void WriteUnjudged(TextWriter output, FindingStatus status, IEnumerable<PathPart> path)
    {
        if (status != FindingStatus.Possible)
            return;
        foreach (var match in path.OfType<MatchUse>().Where(m => m.State != MatchState.Same).DistinctBy(m => (m.Left.Id, m.Right.Id)))
            output.WriteLine(
                $"      judge {match.Left.Id} {match.Right.Id}   ({Answers.Percent(match.Probability)}: {Answers.OneLine(match.Left.Caption)}, {match.Left.Source.Name}; {Answers.OneLine(match.Right.Caption)}, {match.Right.Source.Name})"
            );
    }

    private static string Way(IReadOnlyList<PathPart> path)
    {
        var parts = path.OfType<TieStep>().Select(t => $"{t.Phrase} {Answers.OneLine(t.To.Caption)}{(t.Former ? " (former)" : "")}").ToList();
        return parts.Count == 0 ? "" : string.Join(", which ", parts);
    }

    private static string Mark(FindingStatus status, bool past) =>
        past ? "[past]"
        : status == FindingStatus.Confirmed ? "[FOUND]"
        : "[possible]";
}
