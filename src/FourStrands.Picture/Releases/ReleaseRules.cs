using System.Globalization;

namespace FourStrands.Picture;

/// <summary>What the conditions that come with a value allow, and who has to agree. Pure: no store, no clock.</summary>
internal static class ReleaseRules
{
    /// <summary>No more values than this in one release: nobody looks through more before they agree.</summary>
    public const int MostValues = 500;

    /// <summary>The longest reason, in characters.</summary>
    public const int LongestReason = 2000;

    /// <summary>What is refused of a day that will not do.</summary>
    public const string LastDay = "The last day must be in the future, and within ten years",
        LastDayOfAlert = "An alert has a last day, at most a year away";

    /// <summary>What is refused of an audience that will not do.</summary>
    public const string NotOwn = "You would not see it yourself under that label. Add your own agency, or choose a label of yours",
        NoGroups = "An alert names agencies, not sharing groups",
        NoOther = "Choose other agencies whose searches you are to be told of";

    /// <summary>What is refused of the name of a source.</summary>
    public const string SourceNeedsName = "Name the source that others are to see, on one line of at most 120 characters";

    /// <summary>The field of a form that a refusal is about; empty for none.</summary>
    public static string FieldOf(string refused) =>
        refused switch
        {
            LastDay or LastDayOfAlert => "until",
            NotOwn or NoGroups or NoOther => "audience",
            SourceNeedsName => "sourceName",
            _ => "",
        };

    /// <summary>What the release bears: the label asked for, and all conditions that what is released brings with it.</summary>
    public static Label Bears(ReleaseOrder order, IEnumerable<Label> released) =>
        order.Label.With(released.Aggregate(order.Label.Handling, static (handling, label) => handling.Join(label.Handling)));

    /// <summary>Conditions that forbid it.</summary>
    public static IEnumerable<string> Forbidden(ReleaseOrder order, Label bears)
    {
        string[] purposes = [.. bears.PurposesNeeded.Count == 0 ? [] : bears.PurposesNeeded[0]];
        bool permitted = order.Permission.Trim().Length > 0;
        if (bears.Handling.Has(HandlingCode.H0) && !(purposes.Length > 0 && purposes.All(p => p is "crime" or "prosecution")))
            yield return "H0: it is for preventing and combating crime only. Limit the release to the purposes of detecting crime or prosecution.";
        if (bears.Handling.Has(HandlingCode.H1) && !permitted && (purposes.Length == 0 || purposes.Contains("prosecution", StringComparer.Ordinal)))
            yield return "H1: it may not be used in court without the provider’s permission. Limit the release to purposes other than prosecution, or note the permission.";
        if (bears.Handling.Has(HandlingCode.A1) && order.Kind == ReleaseKind.Content && bears.Classification == Classification.Public)
            yield return "A1: it is for covert development only, and cannot be published.";
    }

    /// <summary>The longest that an alert lasts, in days: whether it is still needed is asked again then.</summary>
    public const int LongestAlert = 366;

    /// <summary>What stands in the way of an alert.</summary>
    public static IEnumerable<string> ForbiddenAlert(ReleaseOrder order, string agency, DateTimeOffset now)
    {
        if (order.Until is not { } until || until > now.AddDays(LongestAlert))
            yield return LastDayOfAlert;
        if (order.Label.Audiences.SelectMany(a => a).Any(Label.IsGroup))
            yield return NoGroups;
        if (order.Label.Audiences.Count > 0 && order.Label.Audiences.All(a => a.All(n => n == agency)))
            yield return NoOther;
        if (order.SourceName is not null)
            yield return "An alert shows nothing to anybody: there is nothing to sanitise";
    }

    /// <summary>Does a condition ask that whoever provided it is asked first?</summary>
    public static bool AsksOriginator(Handling handling) => handling.Has(HandlingCode.S2) || handling.Has(HandlingCode.H2);

    /// <summary>Why a second person has to agree.</summary>
    public static IEnumerable<string> SecondBecause(ReleaseOrder order, IReadOnlyCollection<Label> released, bool originatorIsOwn, bool always)
    {
        if (released.Any(l => l.Compartments.Any(c => !order.Label.Compartments.Contains(c, StringComparer.Ordinal))))
            yield return "It leaves a compartment.";
        if (released.Any(l => l.Classification == Classification.OfficialSensitive))
            yield return "It is OFFICIAL-SENSITIVE.";
        if (order.Label.Audiences.Count == 0)
            yield return order.Label.Classification == Classification.Public ? "Everybody sees it: it is published." : "Every agency sees it.";
        if (originatorIsOwn)
            yield return "A condition asks for the originator’s word, and the originator is your agency.";
        if (order.Permission.Trim().Length > 0)
            yield return "It rests on a permission that was given outside this system.";
        if (always)
            yield return "Your agency has every release agreed by a second person.";
    }

    /// <summary>Is somebody under 18 on that day, by a birth date in full or in part?</summary>
    public static bool IsChild(string birthDate, DateOnly today) =>
        birthDate.Length >= 4
        && int.TryParse(birthDate.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out int year)
        && (
            DateOnly.TryParseExact(birthDate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born)
                ? born.AddYears(18) > today
                : year + 18 >= today.Year
        );
}
