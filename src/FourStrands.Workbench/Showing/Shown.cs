using System.Globalization;
using FourStrands.Picture;

namespace FourStrands.Workbench.Showing;

/// <summary>How dates, numbers, likelihoods and labels are written on pages.</summary>
internal static class Shown
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>22 November 2026.</summary>
    public static string Date(DateOnly date) => date.ToString("d MMMM yyyy", British);

    /// <summary>The day in London at that moment.</summary>
    public static string Date(DateTimeOffset at) => Date(Day(at));

    /// <summary>22 November 2026 at 14:05, London time.</summary>
    public static string Time(DateTimeOffset at) => London.Time(at).ToString("d MMMM yyyy 'at' HH:mm", British);

    /// <summary>22 November 2026 at 14:05:09, London time.</summary>
    public static string Second(DateTimeOffset at) => London.Time(at).ToString("d MMMM yyyy 'at' HH:mm:ss", British);

    /// <summary>The day in London at that moment.</summary>
    public static DateOnly Day(DateTimeOffset at) => London.Day(at);

    /// <summary>When a day begins in London.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => London.StartOf(day);

    /// <summary>For the <c>datetime</c> attribute.</summary>
    public static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>12,345.</summary>
    public static string Number(long number) => number.ToString("N0", British);

    /// <summary>A count of something visible, which is exact only so far.</summary>
    public static string Count(int count) => count > View.CountLimit ? $"more than {Number(View.CountLimit)}" : Number(count);

    /// <summary>"1 record", "2,345 records".</summary>
    public static string Count(long count, string one, string many) => count == 1 ? $"1 {one}" : $"{Number(count)} {many}";

    /// <summary>"92%"; never rounded to a certainty that it is not.</summary>
    public static string Percent(double probability) =>
        probability switch
        {
            > 0.999 => "more than 99.9%",
            >= 0.99 => (Math.Floor(probability * 1000) / 10).ToString("0.0", British) + "%",
            < 0.001 => "less than 0.1%",
            < 0.01 => (Math.Ceiling(probability * 1000) / 10).ToString("0.0", British) + "%",
            _ => Math.Round(probability * 100).ToString("0", British) + "%",
        };

    /// <summary>A likelihood in words.</summary>
    public static string Likelihood(double probability) =>
        probability switch
        {
            >= 0.999 => "almost certainly the same",
            >= 0.95 => "very likely the same",
            >= 0.80 => "likely the same",
            >= 0.50 => "possibly the same",
            >= 0.20 => "unlikely to be the same",
            _ => "very unlikely to be the same",
        };

    /// <summary>A weight of evidence: "+3.2", "−1.0".</summary>
    public static string Weight(double bits) =>
        bits switch
        {
            >= 0.05 => "+" + bits.ToString("0.0", British),
            <= -0.05 => "−" + (-bits).ToString("0.0", British),
            _ => "0.0",
        };

    /// <summary>A weight of evidence in words.</summary>
    public static string WeightInWords(double bits) =>
        Math.Abs(bits) switch
        {
            < 0.5 => "says little either way",
            < 3 => bits > 0 ? "speaks for the same, weakly" : "speaks against, weakly",
            < 7 => bits > 0 ? "speaks for the same" : "speaks against",
            _ => bits > 0 ? "speaks strongly for the same" : "speaks strongly against",
        };

    /// <summary>
    /// A label in words. Whoever reads it satisfies it, so their own agency and compartments are no news to them;
    /// other agencies on the same list are not named.
    /// </summary>
    public static string Label(Label label, Viewer viewer)
    {
        string words = Classification(label.Classification);
        if (label.Audiences is [[_], ..] && label.Audiences[0][0] == viewer.Agency)
            words += $", {viewer.AgencyName} only";
        else if (label.Audiences.Any(a => a.Contains(viewer.Agency, StringComparer.Ordinal)))
            words += $", {viewer.AgencyName} and others that were named";
        else if (label.Audiences.Count > 0)
            words += ", a sharing group";
        foreach (var needed in label.PurposesNeeded)
            words += ", for " + string.Join(" or ", needed.Select(Purpose));
        if (label.Compartments.Count > 0)
            words += ", " + string.Join(" and ", label.Compartments.Select(Rights.Compartment));
        if (label.Handling.IsConditional)
            words += ", handling " + string.Join(", ", label.Handling.Codes);
        return words;
    }

    /// <summary>A purpose, as labels name it, in words.</summary>
    public static string Purpose(string name) => Purposes.TryParse(name, out var purpose) ? purpose.Words() : name;

    /// <summary>Conditions on use in short: "C: A1, S2"; "P" for none, as in the 3x5x2 system.</summary>
    public static string Handling(Handling handling) => handling.IsConditional ? "C: " + string.Join(", ", handling.Codes) : "P";

    /// <summary>A classification as it is written.</summary>
    public static string Classification(Classification classification) =>
        classification switch
        {
            Picture.Classification.Public => "Public",
            Picture.Classification.Official => "OFFICIAL",
            _ => "OFFICIAL-SENSITIVE",
        };

    /// <summary>A topic, such as <c>sanction</c>, in plain words.</summary>
    public static string Topic(string topic) => Ontology.Default["Thing"]["topics"].Type.Show(topic);

    /// <summary>The colour of a topic's tag; the words alone carry the meaning.</summary>
    public static string TopicTag(string topic) =>
        topic.Split('.')[0] switch
        {
            "sanction" or "crime" or "wanted" or "debarment" or "asset" => "ds_tag--red",
            "corp" or "reg" or "mare" or "export" or "poi" or "role" => "ds_tag--orange",
            _ => "ds_tag--grey",
        };

    /// <summary>What was decided, in words.</summary>
    public static string Verdict(Verdict verdict) =>
        verdict switch
        {
            Picture.Verdict.Same => "The same",
            Picture.Verdict.Different => "Different",
            _ => "Cannot say",
        };

    /// <summary>A group of kinds, as pages head it.</summary>
    public static string Group(SubjectGroup group) =>
        group switch
        {
            SubjectGroup.Person => "People",
            SubjectGroup.Organisation => "Organisations",
            SubjectGroup.Object => "Things",
            SubjectGroup.Location => "Places",
            SubjectGroup.Event => "Events and orders",
            _ => "Ties",
        };
}
