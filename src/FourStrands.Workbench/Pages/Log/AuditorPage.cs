using System.Globalization;
using FourStrands.Picture;
using FourStrands.Workbench.Showing;

namespace FourStrands.Workbench.Pages.Log;

/// <summary>A page for auditors, over the days that they ask for.</summary>
[OnlyWith(Power.Audit)]
internal abstract class AuditorPage(Gate gate) : SignedInPage(gate)
{
    /// <summary>The first day; null for no limit.</summary>
    public DateOnly? From { get; private set; }

    /// <summary>The last day, itself included; null for no limit.</summary>
    public DateOnly? To { get; private set; }

    /// <summary>When the first day begins in London.</summary>
    protected DateTimeOffset Begins => From is { } day ? Shown.StartOf(day) : DateTimeOffset.UnixEpoch;

    /// <summary>When the last day has ended in London.</summary>
    protected DateTimeOffset Ends => To is { } day && day < DateOnly.MaxValue ? Shown.StartOf(day.AddDays(1)) : DateTimeOffset.MaxValue;

    /// <summary>Takes the days from the address; what is no day is said, and left out.</summary>
    protected void TakeDays(string? from, string? to)
    {
        From = Day(from, "from");
        To = Day(to, "to");
        if (From > To)
            ModelState.AddModelError("to", "The last day is before the first");
    }

    /// <summary>What a record is called, as far as the reader may see it themselves.</summary>
    public string? NameOf(RecordId record) => View.Summarise(record)?.Caption;

    private DateOnly? Day(string? text, string field)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1970 and <= 9000)
            return day;
        ModelState.AddModelError(field, "Enter a day as year, month and day: 2026-11-22");
        return null;
    }
}
