namespace FourStrands.Deter.Checks;

/// <summary>
/// A part of a whole in per cent, exactly or as a range: registers publish bands such as 25 to 50. Multiplied along a chain
/// of owners end by end: 75 to 100 of 50 is 37.5 to 50.
/// </summary>
/// <param name="From">At least this many per cent.</param>
/// <param name="To">At most this many per cent.</param>
/// <param name="Known">False if no source says how much.</param>
public readonly record struct Share(decimal From, decimal To, bool Known)
{
    /// <summary>Nothing is said of how much.</summary>
    public static Share Unknown { get; } = new(0, 100, Known: false);

    /// <summary>All of it.</summary>
    public static Share Whole { get; } = new(100, 100, Known: true);

    /// <summary>The same in words: "37.5% to 50%", "share not stated".</summary>
    public string Text => throw new NotSupportedException();

    /// <summary>Reads what a source says: <c>25.5</c>, <c>25.5 %</c>, <c>75-100</c>, <c>more than 25% but not more than 50%</c>; unknown if it is none of these.</summary>
    public static Share Parse(string? text) => throw new NotSupportedException();

    /// <summary>This part of that part.</summary>
    public static Share operator *(Share left, Share right) => throw new NotSupportedException();

    /// <summary>Both together, never more than all.</summary>
    public static Share operator +(Share left, Share right) => throw new NotSupportedException();
}
