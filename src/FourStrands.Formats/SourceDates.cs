using System.Globalization;

namespace FourStrands.Formats;

/// <summary>
/// Brings the dates of sources into the form they are kept in. Each source writes them in one way, and its reader asks for that way by name: nothing
/// is guessed between day and month.
/// </summary>
public static class SourceDates
{
    private static readonly string[] _dayMonthName = ["d MMM yyyy", "d MMMM yyyy"];
    private static readonly string[] _monthName = ["MMM yyyy", "MMMM yyyy"];

    /// <summary><c>22/11/2026</c>, or with nought or nothing for what is not known: <c>00/11/2026</c>, <c>11/2026</c>. Null if it is not such a date.</summary>
    public static string? DayMonthYear(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var parts = value.Trim().Split('/', '-', '.');
        return parts.Length switch
        {
            3 => Date(parts[2], parts[1], parts[0]),
            2 => Date(parts[1], parts[0], "0"),
            _ => Date(parts[0], "0", "0"),
        };
    }

    /// <summary><c>22 Nov 2026</c>, <c>Nov 2026</c> or <c>2026</c>. Null if it is not such a date.</summary>
    public static string? DayMonthName(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = value.Trim();
        if (DateOnly.TryParseExact(text, _dayMonthName, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (DateOnly.TryParseExact(text, _monthName, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            return month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        return IsYear(text) ? text : null;
    }

    /// <summary>
    /// The year of a date that is not quite known: <c>circa 1962</c>, <c>01 Jan 1962 to 31 Dec 1962</c>. Null where more than one year is possible.
    /// </summary>
    public static string? AboutYear(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var years = value.Split([' ', '-', '/', ','], StringSplitOptions.RemoveEmptyEntries).Where(IsYear).Distinct().ToArray();
        return years is [var year] ? year : null;
    }

    private static string? Date(string year, string month, string day)
    {
        if (!IsYear(year) || !Number(month, out var monthNumber) || !Number(day, out var dayNumber))
            return null;
        if (monthNumber == 0)
            return year;
        if (monthNumber > 12)
            return null;
        if (dayNumber == 0)
            return string.Create(CultureInfo.InvariantCulture, $"{year}-{monthNumber:00}");
        return dayNumber <= DateTime.DaysInMonth(int.Parse(year, CultureInfo.InvariantCulture), monthNumber)
            ? string.Create(CultureInfo.InvariantCulture, $"{year}-{monthNumber:00}-{dayNumber:00}")
            : null;
    }

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool IsYear(string text) => text.Length == 4 && text.All(char.IsAsciiDigit) && text != "0000";
}
