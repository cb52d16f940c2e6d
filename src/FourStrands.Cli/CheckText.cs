using FourStrands.Deter.Checks;

namespace FourStrands.Cli;

/// <summary>A check's result for people: one bidder after the other, then what joins them, then what was searched.</summary>
internal static class CheckText
{
    public static void Write(Terminal terminal, CheckResult result)
    {
        var output = terminal.Out;
        output.WriteLine($"{result.Check.Title}, {Wording.At(result.At)}, as {result.Reader} sees it ({result.Marking})");
        output.WriteLine(result.Summary);
        foreach (var bidder in result.Bidders)
            WriteBidder(output, bidder, result.Links);
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
                    ["  " + s.Source.Name, s.OwnerName, s.Updated?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? ""]
            )
        );
        if (result.HasPossible)
        {
            output.WriteLine();
            output.WriteLine("A match that nobody has judged is possible, not a finding: 'fourstrands judge LEFT RIGHT same|different|unsure --reason …'");
        }
    }

    private static void WriteBidder(TextWriter output, BidderResult bidder, IReadOnlyList<BidderLink> links)
    {
        output.WriteLine();
        string number = bidder.Bidder.CompanyNumber.Length > 0 && bidder.Bidder.CompanyNumber != bidder.Bidder.Name ? $" ({bidder.Bidder.CompanyNumber})" : "";
        output.WriteLine($"{Answers.OneLine(bidder.Bidder.Name)}{number}: {Answers.OneLine(bidder.Text)}");
        foreach (var match in bidder.Identity)
        {
            output.WriteLine(
                $"  {(!match.Joined ? "may be" : match.Match.State == MatchState.Same ? "is" : match.NumberAgrees && match.NameAgrees ? "taken to be" : "very likely")} {Answers.OneLine(match.Record.Caption)}, {match.Record.Source.Name} {match.Record.Key} ({Answers.OneLine(match.Match.StateText)})"
            );
            if (bidder.Identification is Identification.Unjudged or Identification.ByNumber && match.Match.State != MatchState.Same)
                output.WriteLine($"      judge {match.Match.Left.Id} {match.Match.Right.Id}");
        }
        foreach (var officer in bidder.Officers.Where(o => !o.Former))
            output.WriteLine(
                $"  run by {Answers.OneLine(officer.Subject.Caption)} ({officer.Role}{(officer.From.Length > 0 ? $" since {officer.From}" : "")})"
            );
        WriteOwners(output, bidder.Owners, "  ");
        foreach (var finding in bidder.Findings)
        {
            output.WriteLine(
                $"  {Mark(finding.Status, finding.Past)} {finding.What}: {Answers.OneLine(finding.About.Caption)}{(finding.When.Length > 0 ? $" ({finding.When})" : "")}"
            );
            if (finding.Ties > 0)
                output.WriteLine($"      {Wording.Chain(finding.Path.OfType<TieStep>(), Answers.OneLine)}");
            foreach (var detail in finding.Details)
                output.WriteLine($"      {detail.Name}: {Answers.OneLine(detail.Value)}");
            foreach (string source in finding.Sources.Select(s => s.Source.Name).Distinct(StringComparer.Ordinal))
                output.WriteLine($"      says {source}");
            WriteUnjudged(output, finding.Status, finding.Path);
        }
        foreach (var match in bidder.Dismissed)
            output.WriteLine($"  Not the same: {Answers.OneLine(match.Left.Caption)} and {Answers.OneLine(match.Right.Caption)} ({match.StateText})");
        foreach (var link in links.Where(l => bidder.Links.Contains(l.Id, StringComparer.Ordinal)))
            output.WriteLine(
                $"  {Mark(link.Status, link.Former)} {link.What}: {Answers.OneLine(link.Shared)}, with {string.Join(", ", link.Bidders.Where(b => b.Bidder != bidder.Bidder.Record).Select(b => Answers.OneLine(b.Name)))}"
            );
        foreach (string limit in bidder.Limits)
            output.WriteLine($"  {limit}");
    }

    private static void WriteOwners(TextWriter output, IReadOnlyList<Owner> owners, string indent)
    {
        foreach (var owner in owners.Where(o => !o.Former))
        {
            if (owner.Subject is not { } who)
            {
                // Nobody is named: why is all there is to say.
                output.WriteLine($"{indent}owner: {owner.EndText}");
                continue;
            }
            List<string> said = [owner.Held.Known ? owner.Held.Text : "how much is not stated"];
            if (owner.Control.Length > 0)
                said.Add(Answers.OneLine(owner.Control));
            if (owner.OfBidder.Known && owner.OfBidder != owner.Held)
                said.Add($"{owner.OfBidder.Text} of the bidder");
            if (owner.EndText.Length > 0)
                said.Add(Answers.OneLine(owner.EndText));
            output.WriteLine($"{indent}owned by {Answers.OneLine(who.Caption)} ({string.Join("; ", said)})");
            WriteOwners(output, owner.Owners, indent + "  ");
        }
    }

    private static void WriteUnjudged(TextWriter output, FindingStatus status, IEnumerable<PathPart> path)
    {
        if (status != FindingStatus.Possible)
            return;
        foreach (var match in path.OfType<MatchUse>().Where(m => m.State != MatchState.Same).DistinctBy(m => (m.Left.Id, m.Right.Id)))
            output.WriteLine(
                $"      judge {match.Left.Id} {match.Right.Id}   ({Wording.Likely(match.Probability)}: {Answers.OneLine(match.Left.Caption)}, {match.Left.Source.Name}; {Answers.OneLine(match.Right.Caption)}, {match.Right.Source.Name})"
            );
    }

    private static string Mark(FindingStatus status, bool past) =>
        past ? "[past]"
        : status == FindingStatus.Confirmed ? "[FOUND]"
        : "[possible]";
}
