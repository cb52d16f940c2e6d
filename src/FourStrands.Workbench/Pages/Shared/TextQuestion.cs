namespace FourStrands.Workbench.Pages;

/// <summary>A question with one line for its answer.</summary>
/// <param name="Name">Its name in the form.</param>
/// <param name="Label">What is asked.</param>
/// <param name="Hint">What helps to answer; empty for nothing.</param>
/// <param name="Value">What was answered so far.</param>
/// <param name="Longest">The most characters that are taken.</param>
internal sealed record TextQuestion(string Name, string Label, string Hint = "", string? Value = null, int Longest = 120)
{
    /// <summary>The kind of input.</summary>
    public string Type { get; init; } = "text";

    /// <summary>What a browser may fill in.</summary>
    public string Complete { get; init; } = "off";

    /// <summary>True if the answer is made of digits, mostly.</summary>
    public bool Numbers { get; init; }

    /// <summary>How wide it is, as the design system names widths: "fixed-10"; empty for all the room there is.</summary>
    public string Width { get; init; } = "";
}
