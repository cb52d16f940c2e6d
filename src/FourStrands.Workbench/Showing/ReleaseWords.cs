using FourStrands.Picture;

namespace FourStrands.Workbench.Showing;

/// <summary>Releases in plain words.</summary>
internal static class ReleaseWords
{
    /// <summary>Where a release stands.</summary>
    public static string State(ReleaseState state) =>
        state switch
        {
            ReleaseState.WaitsForOriginator => "Waits for who provided it",
            ReleaseState.WaitsForSecond => "Waits for a second person",
            ReleaseState.Out => "Out",
            ReleaseState.Refused => "Refused",
            ReleaseState.Ended => "Ended",
            _ => "Taken back",
        };

    /// <summary>The colour of a state's tag; the words alone carry the meaning.</summary>
    public static string Tag(ReleaseState state) =>
        state switch
        {
            ReleaseState.Out => "ds_tag--green",
            ReleaseState.WaitsForOriginator or ReleaseState.WaitsForSecond => "ds_tag--orange",
            _ => "ds_tag--grey",
        };

    /// <summary>Of an alert: who looked last.</summary>
    public static string Looked(Release release, View view) =>
        release.LookedFor.Count == 0
            ? "An alert: nobody looked so far"
            : $"An alert: {view.AgencyName(release.LookedFor[^1].Agency)} looked on {Shown.Date(release.LookedFor[^1].Day)}";

    /// <summary>A property as pages name it.</summary>
    public static string Property(string name) => Ontology.Default.Properties.FirstOrDefault(p => p.Name == name)?.Label ?? name;

    /// <summary>A value that is no tie, as shown.</summary>
    public static string Words(string property, string value) => Ontology.Default.Properties.FirstOrDefault(p => p.Name == property)?.Type.Show(value) ?? value;

    /// <summary>A value as shown: of a tie, the other's name if it can be seen.</summary>
    public static string Value(ReleasedValue value, View view)
    {
        var property = Ontology.Default.Properties.FirstOrDefault(p => p.Name == value.Property);
        if (property?.Type.IsEntity != true)
            return value.As ?? property?.Type.Show(value.Value) ?? value.Value;
        return RecordId.TryParse(value.Value, null, out var end) && view.Summarise(end) is { } other ? other.Caption : "another subject";
    }
}
