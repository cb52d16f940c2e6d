using FourStrands.Picture;

namespace FourStrands.Workbench.Showing;

/// <summary>Emergency access in plain words.</summary>
internal static class EmergencyWords
{
    /// <summary>Where it stands.</summary>
    public static string State(EmergencyAccess access, DateTimeOffset now) =>
        access.Review is { } review
            ? review.Justified
                ? "Reviewed: justified"
                : "Reviewed: not justified"
            : access.IsOverdue(now)
                ? "Overdue: not reviewed within 24 hours"
                : access.IsOpen(now)
                    ? "Open now"
                    : $"To be reviewed by {Shown.Time(access.Due)}";

    /// <summary>Whole minutes that are left, the one that has begun included.</summary>
    public static int MinutesLeft(DateTimeOffset until, DateTimeOffset now) => Math.Max(0, (int)Math.Ceiling((until - now).TotalMinutes));

    /// <summary>"1 minute", "23 minutes".</summary>
    public static string Left(DateTimeOffset until, DateTimeOffset now) => Shown.Count(MinutesLeft(until, now), "minute", "minutes");

    /// <summary>By whom it was ended.</summary>
    public static string EndedBy(EmergencyAccess access) =>
        access.EndedBy.Length == 0 ? "by itself"
        : access.EndedBy == access.SignInName ? "by whoever opened it"
        : $"by {access.EndedBy}";

    /// <summary>Where the log is that says what was read.</summary>
    public static string Log(EmergencyAccess access)
    {
        string Day(DateTimeOffset at) => Shown.Day(at).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return $"/log?who={Uri.EscapeDataString(access.SignInName)}&emergency=true&from={Day(access.At)}&to={Day(access.Ended ?? access.Until)}";
    }

    /// <summary>What administrators and auditors are told on every page; empty if there is nothing.</summary>
    public static IReadOnlyList<string> Notices(IReadOnlyList<EmergencyAccess> all, DateTimeOffset now)
    {
        List<string> said = [.. all.Where(e => e.IsOpen(now)).Select(e => $"{e.DisplayName} has emergency access open until {Shown.Time(e.Until)}.")];
        int overdue = all.Count(e => e.IsOverdue(now)),
            waiting = all.Count(e => e.Review is null && !e.IsOpen(now)) - overdue;
        if (waiting > 0)
            said.Add(waiting == 1 ? "One emergency access waits for its review." : $"{Shown.Number(waiting)} emergency accesses wait for their review.");
        if (overdue > 0)
            said.Add("A review of emergency access is overdue: nobody of your agency can open it until that is done.");
        return said;
    }
}
