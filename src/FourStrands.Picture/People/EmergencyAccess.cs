namespace FourStrands.Picture;

/// <summary>
/// Some minutes in which somebody sees more than they otherwise may, because waiting would do harm ("break-glass"): all compartments of their own agency, all
/// purposes, the highest classification. It is told of at once, and somebody else looks afterwards whether it was needed.
/// </summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Person">Who opened it.</param>
/// <param name="SignInName">What they sign in with.</param>
/// <param name="DisplayName">Their name as shown.</param>
/// <param name="Agency">Their agency, as labels name it.</param>
/// <param name="Session">The session that it was opened in; it holds in no other.</param>
/// <param name="At">When it was opened.</param>
/// <param name="Until">When it ends by itself. The moment itself is the first at which it does not hold.</param>
/// <param name="Reason">Why it was opened, in their words.</param>
public sealed record EmergencyAccess(
    RecordId Id,
    RecordId Person,
    string SignInName,
    string DisplayName,
    string Agency,
    RecordId Session,
    DateTimeOffset At,
    DateTimeOffset Until,
    string Reason
)
{
    /// <summary>What the right to open it is called where rights are kept: there is one of them.</summary>
    public const string ToOpenIt = "Open";

    /// <summary>For how many minutes it may be opened.</summary>
    public static IReadOnlyList<int> Minutes { get; } = [15, 30, 60];

    /// <summary>Within which time somebody else has to review it.</summary>
    public static readonly TimeSpan ReviewedWithin = TimeSpan.FromHours(24);

    /// <summary>So many of one person may wait for their review: with these they open no other.</summary>
    public const int MostWaiting = 3;

    /// <summary>The most characters of a reason, and of a finding.</summary>
    public const int LongestText = 1000;

    /// <summary>When it ended; null while it is open.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Who ended it: a name to sign in with; empty if it ended by itself, with its session or its right.</summary>
    public string EndedBy { get; init; } = "";

    /// <summary>What somebody else found; null as long as nobody looked.</summary>
    public EmergencyReview? Review { get; init; }

    /// <summary>Until when it has to be reviewed.</summary>
    public DateTimeOffset Due => At + ReviewedWithin;

    /// <summary>Is it open at that time?</summary>
    public bool IsOpen(DateTimeOffset at) => Ended is null && at < Until;

    /// <summary>Has nobody reviewed it in time?</summary>
    public bool IsOverdue(DateTimeOffset at) => Review is null && Due <= at;
}

/// <summary>What somebody found who looked whether emergency access was needed.</summary>
/// <param name="By">Who: a name to sign in with.</param>
/// <param name="ByName">Their name as shown.</param>
/// <param name="At">When.</param>
/// <param name="Justified">Was it needed, and used for what it was opened for?</param>
/// <param name="Words">Why, in their words.</param>
public sealed record EmergencyReview(string By, string ByName, DateTimeOffset At, bool Justified, string Words);

/// <summary>Emergency access as it is part of whoever asks.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="Otherwise">They, as they are without it.</param>
public sealed record OpenEmergency(RecordId Id, DateTimeOffset Until, Viewer Otherwise);
