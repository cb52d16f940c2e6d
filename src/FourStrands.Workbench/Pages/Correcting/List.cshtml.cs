using FourStrands.Picture;
using FourStrands.Workbench.Showing;

namespace FourStrands.Workbench.Pages.Correcting;

/// <summary>What the own agency corrected.</summary>
[OnlyWith(Power.Erase)]
internal sealed class ListModel(Gate gate) : SignedInPage(gate)
{
    /// <summary>How many of a correction's values are named.</summary>
    public const int ValuesShown = 10;

    private const int Most = 200;

    public IReadOnlyList<Correction> Corrections { get; private set; } = [];

    public void OnGet() => Corrections = [.. Gate.Corrections.All(Viewer).Take(Most)];

    /// <summary>A value as it is shown.</summary>
    public static string Words(string property, string value) => ReleaseWords.Words(property, value);
}
