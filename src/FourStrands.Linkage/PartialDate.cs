using System.Globalization;

namespace FourStrands.Linkage;

/// <summary>A whole or partial date as one number, yyyymmdd with zeros for what is not known; 0 is no date.</summary>
internal static class PartialDate
{
    public static int Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        Span<int> numbers = stackalloc int[3];
        if (text.Length == 8 && text.IndexOfAnyExceptInRange('0', '9') < 0)
            return Of(
                int.Parse(text[..4], CultureInfo.InvariantCulture),
                int.Parse(text[4..6], CultureInfo.InvariantCulture),
                int.Parse(text[6..], CultureInfo.InvariantCulture)
            );
        var n = 0;
        var i = 0;
        while (i < text.Length && n < 3)
        {
            var start = i;
            var value = 0;
            while (i < text.Length && char.IsAsciiDigit(text[i]) && i - start < 4)
                value = (value * 10) + (text[i++] - '0');
            if (i == start || (n == 0 && i - start != 4))
                return n == 0 ? 0 : Of(numbers[0], numbers[1], 0);
            numbers[n++] = value;
            if (i < text.Length && text[i] is not ('-' or '/' or '.'))
                break;
            i++;
        }

        return Of(numbers[0], numbers[1], numbers[2]);
    }

    public static string Text(int date) =>
        date % 100 != 0 ? string.Create(CultureInfo.InvariantCulture, $"{date / 10000:D4}-{date / 100 % 100:D2}-{date % 100:D2}")
        : date / 100 % 100 != 0 ? string.Create(CultureInfo.InvariantCulture, $"{date / 10000:D4}-{date / 100 % 100:D2}")
        : string.Create(CultureInfo.InvariantCulture, $"{date / 10000:D4}");

    private static int Of(int year, int month, int day)
    {
        if (year is < 1000 or > 2999)
            return 0;
        if (month is < 1 or > 12)
            return year * 10000;
        return (year * 10000) + (month * 100) + (day is < 1 or > 31 ? 0 : day);
    }

    /// <summary>What two dates say, in thousandths of a bit, and why.</summary>
    public static int Compare(int a, int b, out string finding)
    {
        int ay = a / 10000,
            am = a / 100 % 100,
            ad = a % 100;
        int by = b / 10000,
            bm = b / 100 % 100,
            bd = b % 100;
        var years = Math.Abs(ay - by);
        if (am == 0 || bm == 0)
            return RoughYears(years, am == bm, out finding);
        if (ad == 0 || bd == 0)
        {
            if (years == 0 && am == bm)
            {
                finding = "same year and month";
                return Weights.DateMonth;
            }

            return years == 0 ? Differ("same year, another month", Weights.DateSameYear, out finding) : Years(years, out finding);
        }

        if (a == b)
        {
            finding = "same date";
            return Weights.DateSame;
        }

        if (years == 0 && am == bd && ad == bm)
        {
            finding = "same date with day and month exchanged";
            return Weights.DateSwapped;
        }

        if (Digits(a, b) == 1 || NeighboursSwapped(a, b))
        {
            finding = years == 0 ? "same date but for one digit" : "same date but for one digit of the year";
            return years is 0 or 1 or 10 ? Weights.DateDigit : Weights.DateDayAndMonth;
        }

        if (years == 0 && (a % 10000 == 101 || b % 10000 == 101))
        {
            finding = "same year; one is 1 January, which often means that only the year was known";
            return Weights.DatePlaceholder;
        }

        if (years == 0)
            return Differ("same year, another day", Weights.DateSameYear, out finding);
        if (am == bm && ad == bd && years <= 2)
        {
            finding = "same day and month, years apart by one or two";
            return Weights.DateDayAndMonth;
        }

        if (am == bm && ad == bd)
        {
            finding = "same day and month, another year";
            return Weights.DateDayAndMonthFar;
        }

        return Years(years, out finding);
    }

    private static int Differ(string words, int weight, out string finding)
    {
        finding = words;
        return weight;
    }

    private static int Years(int years, out string finding)
    {
        finding =
            years <= 1 ? "years apart by one"
            : years <= 5 ? "a few years apart"
            : "years far apart";
        return years <= 1 ? Weights.DateNearYear
            : years <= 5 ? Weights.DateFewYears
            : Weights.DateFarYears;
    }

    private static int RoughYears(int years, bool bothRough, out string finding)
    {
        switch (years)
        {
            case 0:
                finding = bothRough ? "same year" : "same year; only one says the day";
                return Weights.DateYear;
            case 1:
                finding = "years apart by one, and only the year is known";
                return Weights.DateRoughNear;
            case <= 5:
                finding = "a few years apart, and only the year is known";
                return Weights.DateRoughFew;
            default:
                finding = "years far apart";
                return Weights.DateRoughFar;
        }
    }

    private static int Digits(int a, int b)
    {
        var differing = 0;
        for (; a > 0 || b > 0; a /= 10, b /= 10)
        {
            if (a % 10 != b % 10)
                differing++;
        }

        return differing;
    }

    private static bool NeighboursSwapped(int a, int b)
    {
        for (var unit = 1; unit < 10000000; unit *= 10)
        {
            int low = a / unit % 10,
                high = a / (unit * 10) % 10;
            if (low != high && a + ((low - high) * unit * 9) == b)
                return true;
        }

        return false;
    }
}
