namespace FourStrands.Deter.Checks;

/// <summary>
/// A result as JSON. The shape is that of <see cref="CheckResult"/>: names in camelCase, kinds and states as words,
/// identifiers as 26 characters, dates as 2026-11-22; a path's parts bear <c>"part": "tie"</c> or <c>"part": "match"</c>.
/// The same result is the same bytes.
/// </summary>
public static class CheckJson
{
    /// <summary>The result as UTF-8.</summary>
    public static byte[] Write(CheckResult result, bool indented = false) => throw new NotSupportedException();
}
