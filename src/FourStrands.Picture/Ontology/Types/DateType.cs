using System.Globalization;

namespace FourStrands.Picture;

/// <summary>A year, a month or a day: <c>2026</c>, <c>2026-11</c>, <c>2026-11-22</c>. A time of day is cut off.</summary>
internal sealed class DateType : PropertyType
{
    public override string Name => "date";

    public override string? Clean(string value)
    {
        var text = value.AsSpan().Trim();
        var time = text.IndexOfAny('T', ' ');
        if (time >= 0)
        {
            // Only a whole day can have a time of day.
            if (time < 8 || time + 1 >= text.Length || !char.IsAsciiDigit(text[time + 1]))
                return null;
            text = text[..time];
        }
        if (text.Length < 4 || !Digits(text[..4], out var year) || year == 0)
            return null;
        if (text.Length == 4)
            return text.ToString();
        if (text[4] != '-')
            return null;
        var rest = text[5..];
        var dash = rest.IndexOf('-');
        if (!Digits(dash < 0 ? rest : rest[..dash], out var month) || month is < 1 or > 12)
            return null;
        if (dash < 0)
            return string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}");
        if (!Digits(rest[(dash + 1)..], out var day) || day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;
        return string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}");
    }

    public override string Show(string value)
    {
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        if (DateOnly.TryParseExact(value, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            return month.ToString("MMMM yyyy", CultureInfo.InvariantCulture);
        return value;
    }

    private static bool Digits(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        return text.Length is 1 or 2 or 4
            && text.IndexOfAnyExceptInRange('0', '9') < 0
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
