namespace FourStrands.Picture;

/// <summary>Dates of which a source may know the year or the month alone: <c>2026</c>, <c>2026-11</c>, <c>2026-11-22</c>.</summary>
public static class PartialDates
{
    /// <summary>Each date once, without those that only say less than another: of April 1963 and 17 April 1963 the day.</summary>
    public static IReadOnlyList<string> Narrowest(IEnumerable<string> dates)
    {
        // In order of text a year stands right before its months, and a month before its days.
        List<string> narrowest = [];
        foreach (string date in dates.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            while (narrowest.Count > 0 && date.StartsWith(narrowest[^1] + "-", StringComparison.Ordinal))
                narrowest.RemoveAt(narrowest.Count - 1);
            narrowest.Add(date);
        }
        return narrowest;
    }
}
