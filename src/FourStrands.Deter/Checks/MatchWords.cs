using FourStrands.Linkage;
using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>What is to be said of a match between two records, and whether something that rests on it may be called a finding.</summary>
internal static class MatchWords
{
    /// <summary>What people have said of it: only if all who judged it say "same" is it the same.</summary>
    public static MatchState StateOf(Match match)
    {
        if (match.Judgements.Count == 0)
            return MatchState.Unjudged;
        bool same = false,
            different = false,
            unsure = false;
        foreach (var judgement in Standing(match.Judgements))
        {
            switch (judgement.Verdict)
            {
                case Verdict.Same:
                    same = true;
                    break;
                case Verdict.Different:
                    different = true;
                    break;
                default:
                    unsure = true;
                    break;
            }
        }
        if (same && (different || unsure))
            return MatchState.Disputed;
        if (different)
            return unsure ? MatchState.Disputed : MatchState.Different;
        return unsure ? MatchState.Unsure : MatchState.Same;
    }

    /// <summary>The newest judgement of each agency: a later one replaces an earlier one.</summary>
    public static IEnumerable<Judgement> Standing(IEnumerable<Judgement> newestFirst) => newestFirst.DistinctBy(j => j.Agency, StringComparer.Ordinal);

    /// <summary>A match as a result shows it.</summary>
    public static MatchUse Use(Match match, RecordView near, RecordView far, IReadOnlyList<EvidenceLine> evidence, Func<string, string> agencyName)
    {
        var state = StateOf(match);
        return new MatchUse(
            RefOf(near),
            RefOf(far),
            Math.Round(match.Probability, 4),
            state,
            Text(state, Standing(match.Judgements), match.Probability, agencyName),
            [.. match.Judgements.Select(j => new JudgementRef(j.Verdict, j.Reason, j.By, j.Agency, j.At))],
            evidence
        );
    }

    /// <summary>A record as named in a result.</summary>
    public static RecordRef RefOf(RecordView record) => new(record.Id, CaptionOf(record), record.Key, new SourceRef(record.Source.Id, record.Source.Name));

    /// <summary>The record's own title: its first visible value of the properties that its kind is called by.</summary>
    public static string CaptionOf(RecordView record)
    {
        foreach (var property in record.Schema.Caption)
        {
            foreach (var said in record.Statements)
            {
                if (said.Property.Name == property.Name)
                    return said.Shown;
            }
        }
        return record.Schema.Label;
    }

    /// <summary>Plain words for what rests on these matches.</summary>
    public static (FindingStatus Status, string Text) StatusOf(IEnumerable<PathPart> path)
    {
        int matches = 0,
            unjudged = 0;
        MatchUse? open = null;
        foreach (var match in path.OfType<MatchUse>())
        {
            matches++;
            if (match.State == MatchState.Same)
                continue;
            unjudged++;
            if (open is null || Rank(match.State) > Rank(open.State))
                open = match;
        }
        if (open is null)
            return (
                FindingStatus.Confirmed,
                matches == 0 ? "Rests on no match between records."
                : matches == 1 ? "The match it rests on was judged to be the same."
                : "Every match it rests on was judged to be the same."
            );
        string pair = $"“{open.Left.Caption}” ({open.Left.Source.Name}) and “{open.Right.Caption}” ({open.Right.Source.Name})";
        string text = open.State switch
        {
            MatchState.Unsure => $"Possible, not a finding: somebody looked whether {pair} are the same and could not say. {open.StateText}",
            MatchState.Disputed => $"Possible, not a finding: people disagree whether {pair} are the same. {open.StateText}",
            _ => $"Possible, not a finding: nobody has judged whether {pair} are the same.",
        };
        string more = unjudged switch
        {
            1 => "",
            2 => " Another match on the way is to be judged too.",
            _ => $" {unjudged - 1} other matches on the way are to be judged too.",
        };
        return (FindingStatus.Possible, text + more);
    }

    /// <summary>The field's name in plain words.</summary>
    public static string FieldName(Field field) =>
        field switch
        {
            Field.WeakName => "Weak alias",
            Field.FirstName => "First name",
            Field.LastName => "Surname",
            Field.Email => "E-mail",
            Field.RegistrationNumber => "Registration number",
            Field.TaxNumber => "Tax number",
            Field.NationalIdentifier => "National identifier",
            Field.Iban => "IBAN",
            Field.Lei => "Legal entity identifier",
            Field.VesselNumber => "Vessel number",
            Field.BirthPlace => "Place of birth",
            _ => field.ToString(),
        };

    private static int Rank(MatchState state) =>
        state switch
        {
            MatchState.Disputed => 3,
            MatchState.Unsure => 2,
            _ => 1,
        };

    private static string Text(MatchState state, IEnumerable<Judgement> judgements, double probability, Func<string, string> agencyName)
    {
        string percent = Wording.Likely(probability);
        if (state == MatchState.Unjudged)
            return $"Nobody has judged it. Their values make it {percent} likely that they are the same.";
        return string.Join(
            ' ',
            judgements.Select(j => $"{Said(j.Verdict)} by {j.By} ({agencyName(j.Agency)}) on {Dates.Show(London.Day(j.At))}: {Sentence(j.Reason)}")
        );
    }

    private static string Said(Verdict verdict) =>
        verdict switch
        {
            Verdict.Same => "Judged the same",
            Verdict.Different => "Judged different",
            _ => "Left unsure",
        };

    private static string Sentence(string reason) => reason.Length > 0 && reason[^1] is '.' or '!' or '?' ? reason : reason + ".";
}
