using System.Globalization;

namespace FourStrands.Linkage;

/// <summary>A whole or partial date as one number, yyyymmdd with zeros for what is not known; 0 is no date.</summary>
internal static class PartialDate
{
    /// <summary>As many years as can lie between a parent and a child of one name.</summary>
    private const int Generation = 15;

    /// <summary>No parent is so much older than the child: one of the years is wrong.</summary>
    private const int Lifetime = 80;

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
    public static int Compare(int a, int b, out string finding, out DateMatch match)
    {
        int ay = a / 10000,
            am = a / 100 % 100,
            ad = a % 100;
        int by = b / 10000,
            bm = b / 100 % 100,
            bd = b % 100;
        var years = Math.Abs(ay - by);
        if (am == 0 || bm == 0)
            return RoughYears(years, am == bm, out finding, out match);
        if (ad == 0 || bd == 0)
        {
            if (years == 0 && am == bm)
                return Say(Weights.DateMonth, "same year and month", DateMatch.Month, out finding, out match);
            return years == 0
                ? Say(Weights.DateSameYear, "same year, another month", DateMatch.Differs, out finding, out match)
                : Years(years, out finding, out match);
        }

        if (a == b)
            return Same(am, ad, ay, out finding, out match);
        // Of two New Year's Days no more than the years was known.
        if (a % 10000 == 101 && b % 10000 == 101)
            return RoughYears(years, true, out finding, out match);
        if (years == 0 && am == bd && ad == bm)
            return Say(Weights.DateSwapped, "same date with day and month exchanged", DateMatch.Slip, out finding, out match);
        if (years >= Generation)
        {
            if (am != bm || ad != bd)
                return Years(years, out finding, out match);
            return years >= Lifetime
                ? Say(Weights.DateDayAndMonth, "same day and month, and years so far apart that one of them is wrong", DateMatch.Slip, out finding, out match)
                : Say(Weights.DateGeneration, "same day and month, a generation apart", DateMatch.Differs, out finding, out match);
        }

        if (Digits(a, b) == 1 || NeighboursSwapped(a, b))
        {
            if (years == 0)
                return Say(Weights.DateDigit, "same date but for one digit", DateMatch.Slip, out finding, out match);
            if (ay / 10 != by / 10)
                return Say(Weights.DateDayAndMonthFar, "same day and month, another decade", DateMatch.Slip, out finding, out match);
            return Say(
                years == 1 ? Weights.DateDigit : Weights.DateDayAndMonth,
                "same date but for the last digit of the year",
                DateMatch.Slip,
                out finding,
                out match
            );
        }

        if (years == 0 && (a % 10000 == 101 || b % 10000 == 101))
        {
            return Say(
                Weights.DatePlaceholder,
                "same year; one is 1 January, which often means that only the year was known",
                DateMatch.Year,
                out finding,
                out match
            );
        }

        if (years == 0)
            return Say(Weights.DateSameYear, "same year, another day", DateMatch.Differs, out finding, out match);
        if (am == bm && ad == bd)
        {
            return years == 1
                ? Say(Weights.DateDayAndMonth, "same day and month, years apart by one", DateMatch.Slip, out finding, out match)
                : Say(Weights.DateDayAndMonthFar, "same day and month, another year", DateMatch.Differs, out finding, out match);
        }

        return Years(years, out finding, out match);
    }

    /// <summary>Days that forms are filled in with when the day is not known say little more than the year.</summary>
    private static int Same(int month, int day, int year, out string finding, out DateMatch match) =>
        (month, day) switch
        {
            (1, 1) when year is 1900 or 1970 => Say(
                Weights.DatePlaceholder,
                "same date, but one that stands where none was given",
                DateMatch.Year,
                out finding,
                out match
            ),
            (1, 1) => Say(Weights.DateNewYear, "same date, but 1 January often means that only the year was known", DateMatch.Year, out finding, out match),
            (7, 1) or (12, 31) => Say(
                Weights.DateMonth,
                "same date, but one that often means that only the year was known",
                DateMatch.Month,
                out finding,
                out match
            ),
            _ => Say(Weights.DateSame, "same date", DateMatch.Whole, out finding, out match),
        };

    private static int Say(int weight, string words, DateMatch how, out string finding, out DateMatch match)
    {
        finding = words;
        match = how;
        return weight;
    }

    private static int Years(int years, out string finding, out DateMatch match) =>
        years switch
        {
            <= 1 => Say(Weights.DateNearYear, "years apart by one", DateMatch.Differs, out finding, out match),
            <= 5 => Say(Weights.DateFewYears, "a few years apart", DateMatch.Differs, out finding, out match),
            _ => Say(Weights.DateFarYears, "years far apart", DateMatch.Differs, out finding, out match),
        };

    private static int RoughYears(int years, bool bothRough, out string finding, out DateMatch match) =>
        years switch
        {
            0 => Say(Weights.DateYear, bothRough ? "same year" : "same year; only one says the day", DateMatch.Year, out finding, out match),
            1 => Say(Weights.DateRoughNear, "years apart by one, and only the year is known", DateMatch.Near, out finding, out match),
            <= 5 => Say(Weights.DateRoughFew, "a few years apart, and only the year is known", DateMatch.Near, out finding, out match),
            < Generation => Say(Weights.DateRoughFar, "years far apart", DateMatch.Differs, out finding, out match),
            >= Lifetime => Say(Weights.DateRoughFar, "years so far apart that one of them is wrong", DateMatch.Near, out finding, out match),
            _ => Say(Weights.DateFarYears, "a generation apart", DateMatch.Differs, out finding, out match),
        };

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

/// <summary>How far two dates are one.</summary>
internal enum DateMatch
{
    /// <summary>They are two dates.</summary>
    Differs,

    /// <summary>About the same year, no more being known.</summary>
    Near,

    /// <summary>One year, or no more than that can be relied on.</summary>
    Year,

    /// <summary>One month.</summary>
    Month,

    /// <summary>One date but for a slip of the pen.</summary>
    Slip,

    /// <summary>One date.</summary>
    Whole,
}
