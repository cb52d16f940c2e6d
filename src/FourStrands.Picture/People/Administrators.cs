namespace FourStrands.Picture;

/// <summary>Somebody who is administrator now.</summary>
/// <param name="Id">Their identifier.</param>
/// <param name="SignInName">What they sign in with.</param>
/// <param name="DisplayName">Their name as shown.</param>
/// <param name="Right">What makes them administrator, and until when.</param>
public sealed record Administrator(RecordId Id, string SignInName, string DisplayName, Right Right)
{
    /// <summary>Were they made so by whoever runs the program, and not by an administrator?</summary>
    public bool IsFromMachine => Right.By == People.WhoeverRunsIt;
}

/// <summary>The administrators that an agency has now.</summary>
/// <param name="Now">They, those whose role ends first before others.</param>
/// <param name="HadTwo">Did it ever have two who came in? Then what widens anything needs two for good.</param>
public sealed record Administrators(IReadOnlyList<Administrator> Now, bool HadTwo)
{
    /// <summary>How long before it is told that too few will be left.</summary>
    public static readonly TimeSpan ToldBefore = TimeSpan.FromDays(30);

    /// <summary>When only one will be left, if that is soon; null if it is not, or only one is there now.</summary>
    public DateTimeOffset? OneLeft(DateTimeOffset now) =>
        Now is [.., var beforeLast, _] && beforeLast.Right.Until <= now + ToldBefore ? beforeLast.Right.Until : null;

    /// <summary>When none will be left, if that is soon; else null.</summary>
    public DateTimeOffset? NoneLeft(DateTimeOffset now) => Now is [.., var last] && last.Right.Until <= now + ToldBefore ? last.Right.Until : null;
}
