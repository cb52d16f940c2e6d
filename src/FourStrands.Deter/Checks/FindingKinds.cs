namespace FourStrands.Deter.Checks;

/// <summary>What a kind of finding is called, means, and what the law makes of it: from <c>finding-kinds.yaml</c>.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Label">"Sanctioned".</param>
/// <param name="Says">Said of somebody: "is on a sanctions list".</param>
/// <param name="Severity">How grave it is while it lasts.</param>
/// <param name="Meaning">What it means for a buyer, in plain words.</param>
/// <param name="Law">What the law makes of it.</param>
public sealed record FindingKindText(FindingKind Kind, string Label, string Says, Severity Severity, string Meaning, IReadOnlyList<LawNote> Law);

/// <summary>A note on the law.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Source">Where it is from.</param>
/// <param name="Verified">False if it has not been checked against the enactment: shown as such.</param>
public sealed record LawNote(string Text, string Source, bool Verified);

/// <summary>The kinds of finding and what is to be said of them.</summary>
public static class FindingKinds
{
    /// <summary>All of them, gravest first.</summary>
    public static IReadOnlyList<FindingKindText> All => throw new NotSupportedException();

    /// <summary>One of them.</summary>
    public static FindingKindText Of(FindingKind kind) => throw new NotSupportedException();

    /// <summary>What holds for every result.</summary>
    public static IReadOnlyList<LawNote> General => throw new NotSupportedException();
}
