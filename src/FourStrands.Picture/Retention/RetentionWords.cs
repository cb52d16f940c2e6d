using System.Text.Json.Serialization;

namespace FourStrands.Picture;

/// <summary>From when a period is counted.</summary>
public enum RetentionStart
{
    /// <summary>The day on which it was brought in.</summary>
    BroughtIn,

    /// <summary>The source's own date, as whoever brought it in gave it; if they gave none, the day on which it was brought in.</summary>
    SourceDate,
}

/// <summary>What is done when a period has ended. Nothing is ever erased without a person.</summary>
public enum RetentionEnd
{
    /// <summary>An information manager looks whether it is still needed.</summary>
    Review,

    /// <summary>It is proposed for erasure: an information manager erases it, or says why it is kept.</summary>
    Erasure,
}

/// <summary>That a schedule was made or changed.</summary>
/// <param name="At">When.</param>
/// <param name="By">Display name of who did it.</param>
/// <param name="What">What it then said, in words.</param>
public sealed record RetentionChange(DateTimeOffset At, string By, string What);

/// <summary>How long an agency keeps things of a kind, and why. Everybody of the agency who may see anything may see it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Basis">The legal basis, or why it is so long and no longer.</param>
/// <param name="Months">The period, in calendar months: 1 to <see cref="Retention.MostMonths"/>.</param>
/// <param name="From">From when it is counted.</param>
/// <param name="End">What is done when it has ended.</param>
/// <param name="ReviewMonths">How much longer something is kept when it is reviewed, unless another day is given; in calendar months.</param>
public sealed record RetentionSchedule(string Name, string Basis, int Months, RetentionStart From, RetentionEnd End, int ReviewMonths)
{
    /// <summary>True for one of the examples that come with the program, until somebody of the agency has changed it: its figures are not verified.</summary>
    public bool IsExample { get; init; }

    /// <summary>True if nothing new is put under it any more; what is under it stays.</summary>
    public bool IsClosed { get; init; }

    /// <summary>How it came to what it is, oldest first.</summary>
    public IReadOnlyList<RetentionChange> Changes { get; init; } = [];

    /// <summary>Its identifier.</summary>
    [JsonIgnore]
    public RecordId Id { get; init; }

    /// <summary>True if what comes in under no other is put under it.</summary>
    [JsonIgnore]
    public bool IsDefault { get; init; }

    /// <summary>The period in words: "6 years", "18 months".</summary>
    [JsonIgnore]
    public string Period => InWords(Months);

    /// <summary>A number of months in words: "6 years", "1 month".</summary>
    public static string InWords(int months) =>
        months % 12 == 0
            ? months == 12
                ? "1 year"
                : $"{months / 12} years"
            : months == 1
                ? "1 month"
                : $"{months} months";
}

/// <summary>What somebody decided on how long something is kept.</summary>
public enum RetentionAct
{
    /// <summary>It was put under a schedule when it came in, or later.</summary>
    Scheduled,

    /// <summary>It is kept until another day.</summary>
    Kept,
}

/// <summary>A decision on how long a file, or a hold, is kept. The last one of a kind is what counts; all stay.</summary>
/// <param name="Act">What was decided.</param>
/// <param name="Target">The import or the hold.</param>
/// <param name="Schedule">The schedule that it was put under; null for none, and for a day that was given.</param>
/// <param name="Dated">The source's own date, if it was given.</param>
/// <param name="Until">The day on which it is looked at again; null if the schedule says.</param>
/// <param name="Reason">Why, in the person's words; empty when it came in.</param>
/// <param name="By">Display name of who decided.</param>
/// <param name="At">When.</param>
public sealed record RetentionDecision(
    RetentionAct Act,
    RecordId Target,
    RecordId? Schedule,
    DateOnly? Dated,
    DateOnly? Until,
    string Reason,
    string By,
    DateTimeOffset At
)
{
    /// <summary>Of a correction: the day on which what it puts right was brought in, from which its period runs; null for any other.</summary>
    public DateOnly? BroughtIn { get; init; }
}

/// <summary>A file or a hold of the own agency, and how long it is kept.</summary>
/// <param name="Id">The import's or the hold's identifier.</param>
/// <param name="Import">The file; null for a hold.</param>
/// <param name="Hold">The hold; null for a file.</param>
/// <param name="Schedule">The schedule that it is under; null for none, and for a hold.</param>
/// <param name="Dated">The source's own date; null if it is not known.</param>
/// <param name="Due">The day from which it is to be looked at; null if nothing says when.</param>
/// <param name="IsDue">True from that day on.</param>
/// <param name="Holds">What holds the file from erasure.</param>
/// <param name="Decisions">What was decided on it, newest first.</param>
public sealed record RetentionReview(
    RecordId Id,
    ImportSummary? Import,
    Hold? Hold,
    RetentionSchedule? Schedule,
    DateOnly? Dated,
    DateOnly? Due,
    bool IsDue,
    IReadOnlyList<Hold> Holds,
    IReadOnlyList<RetentionDecision> Decisions
)
{
    /// <summary>True for a file of which nothing says how long it is kept: that is to be settled.</summary>
    public bool IsUnsettled => Due is null;

    /// <summary>The day that somebody gave, which then counts in place of the schedule's; null if none was given since it was put under that.</summary>
    public RetentionDecision? Kept => Decisions is [{ Act: RetentionAct.Kept } last, ..] ? last : null;
}

/// <summary>A schedule or a decision cannot be kept so; the message is for people and says why.</summary>
public sealed class RetentionException(string message, string field = "") : Exception(message)
{
    /// <summary>The field of a form that it is about; empty for none.</summary>
    public string Field { get; } = field;
}
