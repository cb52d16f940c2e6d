using System.Globalization;
using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>Dates as sources give them: a day, a month or a year.</summary>
internal static class Dates
{
    /// <summary>22 November 2026 at 14:05, London time.</summary>
    public static string Show(DateTimeOffset at) => London.Time(at).ToString("d MMMM yyyy 'at' HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The last day that a date can mean: 2026 is 31 December 2026. Null if it is no date.</summary>
    public static DateOnly? LastDay(string date)
    {
        if (DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        if (DateOnly.TryParseExact(date, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            return new DateOnly(month.Year, month.Month, DateTime.DaysInMonth(month.Year, month.Month));
        if (date.Length == 4 && int.TryParse(date, NumberStyles.None, CultureInfo.InvariantCulture, out int year) && year is > 0 and < 10000)
            return new DateOnly(year, 12, 31);
        return null;
    }

    /// <summary>True if there are dates and even the latest of them lies before today. Where sources differ the later one counts, so that nothing is called past too soon.</summary>
    public static bool AllPassed(IEnumerable<string> dates, DateOnly today)
    {
        bool any = false;
        foreach (string date in dates)
        {
            if (LastDay(date) is not { } last)
                continue;
            if (last >= today)
                return false;
            any = true;
        }
        return any;
    }

    /// <summary>As shown to a person: 22 November 2026, November 2026, 2026. What is no date is shown as it is.</summary>
    public static string Show(string date)
    {
        if (DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Show(day);
        if (DateOnly.TryParseExact(date, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            return month.ToString("MMMM yyyy", CultureInfo.InvariantCulture);
        return date;
    }

    /// <summary>22 November 2026.</summary>
    public static string Show(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The earliest of the dates, as shown; empty if there is none.</summary>
    public static string ShowFirst(IEnumerable<string> dates) => dates.Order(StringComparer.Ordinal).FirstOrDefault() is { } first ? Show(first) : "";

    /// <summary>The latest of the dates, as shown; empty if there is none.</summary>
    public static string ShowLast(IEnumerable<string> dates) => dates.OrderDescending(StringComparer.Ordinal).FirstOrDefault() is { } last ? Show(last) : "";
}
