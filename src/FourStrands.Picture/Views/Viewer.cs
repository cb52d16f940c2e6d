namespace FourStrands.Picture;

/// <summary>
/// Somebody who asks, with the rights they ask with. All viewers with the same rights form one permission class and get the same answers.
/// </summary>
/// <param name="Name">What they sign in with, unique: letters, digits and hyphens.</param>
/// <param name="DisplayName">Their name as shown: "Isla Munro".</param>
/// <param name="Agency">The agency they act for, in the form labels name it: <c>glenbrae-council</c>.</param>
/// <param name="AgencyName">The agency's name as shown: "Glenbrae Council".</param>
/// <param name="Role">Their job in plain words: "procurement officer".</param>
/// <param name="Clearance">The highest classification they may see; null sees nothing at all.</param>
/// <param name="Compartments">The compartments they are in.</param>
public sealed record Viewer(
    string Name,
    string DisplayName,
    string Agency,
    string AgencyName,
    string Role,
    Classification? Clearance,
    IReadOnlyList<string> Compartments
)
{
    /// <summary>The people of the demo world, until sign-in and agencies are administered. All fictional.</summary>
    public static IReadOnlyList<Viewer> BuiltIn { get; } =
    [
        new("analyst", "Isla Munro", "national-police", "National Police", "intelligence analyst", Classification.OfficialSensitive, ["nightjar", "redstart"]),
        new("glenbrae", "Callum Reid", "glenbrae-council", "Glenbrae Council", "procurement officer", Classification.Official, []),
        new("strathorn", "Morag Sinclair", "strathorn-council", "Strathorn Council", "procurement officer", Classification.Official, []),
        new("visitor", "Ewan Baird", "visitors", "No agency", "visitor without clearance", null, []),
    ];

    /// <summary>May this viewer see what bears <paramref name="label"/>? The one rule; everything else asks it.</summary>
    public bool MaySee(Label label) =>
        Clearance is { } clearance
        && clearance >= label.Classification
        && (label.Agencies.Count == 0 || label.Agencies.Contains(Agency, StringComparer.Ordinal))
        && label.Compartments.All(c => Compartments.Contains(c, StringComparer.Ordinal));

    /// <summary>What their permission class is called: equal for viewers whose rights are equal, different otherwise.</summary>
    public string PermissionClass => $"{(Clearance is { } c ? c.ToString() : "none")}|{Agency}|{string.Join(',', Compartments.Order(StringComparer.Ordinal))}";
}
