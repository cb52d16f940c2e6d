using System.Globalization;
using FourStrands.Picture;

namespace FourStrands.Workbench.Showing;

/// <summary>How long things are kept, in words.</summary>
internal static class RetentionWords
{
    /// <summary>From when a period is counted.</summary>
    public static string From(RetentionStart from) => from == RetentionStart.BroughtIn ? "the day it was brought in" : "the source’s own date";

    /// <summary>What is done when a period has ended.</summary>
    public static string End(RetentionEnd end) => end == RetentionEnd.Review ? "Somebody reviews it" : "It is proposed for erasure";

    /// <summary>"6 years from the day it was brought in".</summary>
    public static string Period(RetentionSchedule schedule) => $"{schedule.Period} from {From(schedule.From)}";

    /// <summary>What a review is of.</summary>
    public static string Title(RetentionReview review) =>
        review.Import is { } import
            ? import.FileName.Length > 0
                ? import.FileName
                : "A file"
            : $"A hold on {Held(review.Hold!.Kind)}";

    /// <summary>Why it is, or will be, due.</summary>
    public static string Why(RetentionReview review) =>
        review.Kept is { } kept ? $"Kept until {Shown.Date(kept.Until!.Value)}: {kept.Reason}"
        : review.Schedule is not { } schedule ? "Nothing says how long it is kept: put it under a schedule."
        : $"{schedule.Name}: {Period(schedule)}{(schedule.From == RetentionStart.SourceDate ? review.Dated is { } dated ? $", {Shown.Date(dated)}" : ", which is not known: counted from the day it was brought in" : "")}. "
            + $"{End(schedule.End)}.";

    /// <summary>Where it stands.</summary>
    public static string State(RetentionReview review) =>
        review.IsUnsettled ? "To settle"
        : !review.IsDue ? "Later"
        : review is { Schedule.End: RetentionEnd.Erasure, Kept: null } ? "Proposed for erasure"
        : "Due";

    /// <summary>The colour of its tag; the words alone carry the meaning.</summary>
    public static string Tag(RetentionReview review) =>
        review.IsUnsettled ? "ds_tag--orange"
        : review.IsDue ? "ds_tag--red"
        : "ds_tag--grey";

    /// <summary>A decision, in words.</summary>
    public static string Decision(RetentionDecision decision, IReadOnlyList<RetentionSchedule> schedules) =>
        decision.Act == RetentionAct.Kept
            ? $"Kept until {Shown.Date(decision.Until!.Value)}"
            : $"Put under {(schedules.FirstOrDefault(s => s.Id == decision.Schedule) is { } schedule ? $"“{schedule.Name}”" : "no schedule")}"
                + (decision.Dated is { } dated ? $", dated {Shown.Date(dated)}" : "");

    /// <summary>A day as a form's date field writes it; null if it is none.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A day for a form's date field; empty for none.</summary>
    public static string Field(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Held(HoldKind kind) =>
        kind switch
        {
            HoldKind.Source => "a source",
            HoldKind.Record => "a record",
            _ => "a file",
        };
}
