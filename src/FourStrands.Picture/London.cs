namespace FourStrands.Picture;

/// <summary>The clock that people here live by. Days that are told, counted or asked for are those of London, and never those of coordinated universal time.</summary>
public static class London
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>That moment, by the clock in London.</summary>
    public static DateTimeOffset Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>The day in London at that moment.</summary>
    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Time(at).DateTime);

    /// <summary>When a day begins in London.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight));
    }
}
