using System.Globalization;

namespace FourStrands.Deter.Checks;

/// <summary>
/// A part of a whole in per cent, exactly or as a range: registers publish bands such as 25 to 50. Multiplied along a chain
/// of owners end by end: 75 to 100 of 50 is 37.5 to 50.
/// </summary>
/// <param name="From">At least this many per cent.</param>
/// <param name="To">At most this many per cent.</param>
/// <param name="Known">False if some source does not say how much: the range is then what it can be at most.</param>
public readonly record struct Share(decimal From, decimal To, bool Known)
{
    /// <summary>Nothing is said of how much.</summary>
    public static Share Unknown { get; } = new(0, 100, Known: false);

    /// <summary>None of it: adding it changes nothing.</summary>
    public static Share None { get; } = new(0, 0, Known: true);

    /// <summary>All of it: multiplying by it changes nothing.</summary>
    public static Share Whole { get; } = new(100, 100, Known: true);

    /// <summary>The same in words: "37.5% to 50%", "share not stated".</summary>
    public string Text
    {
        get
        {
            if (!Known)
                return To < 100 ? $"share not stated (at most {Upper(To)})" : "share not stated";
            if (From == To)
                return Exact(From);
            string lower = Lower(From),
                upper = Upper(To);
            return lower == "0%" ? $"up to {upper}" : $"{lower} to {upper}";
        }
    }

    /// <summary>
    /// Reads what a source says: <c>25.5</c>, <c>25.5 %</c>, <c>75-100</c>, <c>more than 25% but not more than 50%</c>,
    /// <c>ownership-of-shares-75-to-100-percent</c>; unknown if it is none of these.
    /// </summary>
    public static Share Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 200)
            return Unknown;
        Span<decimal> numbers = stackalloc decimal[2];
        int found = 0,
            place = 0,
            afterFirst = 0,
            beforeSecond = 0;
        while (place < text.Length)
        {
            if (!char.IsAsciiDigit(text[place]))
            {
                place++;
                continue;
            }
            int start = place;
            while (place < text.Length && (char.IsAsciiDigit(text[place]) || IsPoint(text, place)))
                place++;
            // A decimal comma is a point; anything longer than this is no percentage.
            string number = text[start..place].Replace(',', '.');
            if (
                found == 2
                || number.Length > 12
                || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
                || value > 100
            )
                return Unknown;
            if (found == 0)
                afterFirst = place;
            else
                beforeSecond = start;
            numbers[found++] = value;
        }
        if (found == 0)
            return Unknown;
        if (found == 2)
        {
            string between = text[afterFirst..beforeSecond];
            bool range = between.AsSpan().IndexOfAny('-', '–', '—') >= 0 || Says(between, "to") || Says(between, "and") || Says(between, "but");
            return range && numbers[0] <= numbers[1] ? new Share(numbers[0], numbers[1], Known: true) : Unknown;
        }
        decimal one = numbers[0];
        // "not more than" before "more than": the longer phrase decides.
        if (Says(text, "not more than", "no more than", "less than", "up to", "at most", "under", "<", "≤"))
            return new Share(0, one, Known: true);
        if (Says(text, "more than", "over", "at least", "or more", "minimum", ">", "≥", "+"))
            return new Share(one, 100, Known: true);
        if (text.TrimStart().StartsWith('-'))
            return Unknown;
        foreach (char letter in text)
        {
            if (char.IsLetter(letter) && !Says(text, "percent", "per cent"))
                return Unknown;
        }
        return new Share(one, one, Known: true);
    }

    /// <summary>This part of that part.</summary>
    public static Share operator *(Share left, Share right) =>
        new(Plain(left.From * right.From / 100, up: false), Plain(left.To * right.To / 100, up: true), left.Known && right.Known);

    /// <summary>Both together, never more than all.</summary>
    public static Share operator +(Share left, Share right) =>
        new(Plain(Math.Min(100, left.From + right.From), up: false), Plain(Math.Min(100, left.To + right.To), up: true), left.Known && right.Known);

    private static bool IsPoint(string text, int place) => text[place] is '.' or ',' && place + 1 < text.Length && char.IsAsciiDigit(text[place + 1]);

    private static bool Says(string text, params ReadOnlySpan<string> phrases)
    {
        foreach (string phrase in phrases)
        {
            if (text.Contains(phrase, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    // Equal shares must be written equally: 37.5, never 37.50. Twenty places hold any chain of whole and half per cents exactly; what they do
    // not hold is rounded outward, so that the range always holds the share.
    private static decimal Plain(decimal value, bool up) =>
        Math.Round(value, 20, up ? MidpointRounding.ToPositiveInfinity : MidpointRounding.ToNegativeInfinity) / 1.0000000000000000000000000000m;

    // Ends of a range are rounded outward: what is said to be the least is never more than the least.
    private static string Lower(decimal value) => Percent(Math.Round(value, 2, MidpointRounding.ToNegativeInfinity));

    private static string Upper(decimal value) => Percent(Math.Round(value, 2, MidpointRounding.ToPositiveInfinity));

    // A single share is said to four places, more than any register gives, and never as none or all if it is not.
    private static string Exact(decimal value) =>
        value switch
        {
            > 0 and < 0.0001m => "less than 0.0001%",
            > 99.9999m and < 100 => "more than 99.9999%",
            _ => Percent(Math.Round(value, 4, MidpointRounding.AwayFromZero)),
        };

    private static string Percent(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture) + "%";
}
