using FourStrands.Picture;

namespace FourStrands.Workbench.Showing;

/// <summary>Releases in plain words.</summary>
internal static class ReleaseWords
{
    /// <summary>Over what the audience sees already.</summary>
    public const string Known = "They see it already";

    /// <summary>Where a release stands.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="isAnswered">True if those who provided it have answered all.</param>
    public static string State(ReleaseState state, bool isAnswered) =>
        state switch
        {
            ReleaseState.WaitsForOriginator when isAnswered => "Who provided it has answered",
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

    /// <summary>What its audience gets. That it is from this agency they always see; of which of its people, never.</summary>
    public static string Gets(ReleaseOrder order, Viewer viewer) =>
        order.Kind switch
        {
            ReleaseKind.Alert =>
                "Nothing. You are told on which day somebody of another agency looked for exactly one of the names or numbers, if that agency agreed to have you told. They never learn of it",
            ReleaseKind.Pointer =>
                $"A pointer: whoever looks for exactly one of the names or numbers is told to contact the desk of {viewer.AgencyName}, and nothing else",
            _ when order.SourceName is { } name =>
                $"The values, as a record of “{name}”, which belongs to {viewer.AgencyName}. They see that it comes from {viewer.AgencyName}, and cannot tell which of its records it is",
            _ => $"The values, as they are, under their source’s own name. They see that it comes from {viewer.AgencyName}, and not who released it",
        };

    /// <summary>How long it is seen.</summary>
    public static string Until(ReleaseOrder order) => order.Until is { } until ? $"{Shown.Date(until.AddSeconds(-1))}, to its end" : "No end";

    /// <summary>Over what is shown, found or watched.</summary>
    public static string Becomes(ReleaseKind kind) =>
        kind switch
        {
            ReleaseKind.Content => "Becomes visible",
            ReleaseKind.Pointer => "Found by",
            _ => "Watched",
        };

    /// <summary>Over what is left out.</summary>
    public static string LeftOut(ReleaseKind kind) =>
        kind == ReleaseKind.Content
            ? "Left out: they cannot see what it points at, or it belongs to another kind of record"
            : "Left out: nobody looks for it by name or number";

    /// <summary>All that a preview says, a line for each thing: by them it is known whether it still says the same.</summary>
    public static IEnumerable<string> Lines(ReleaseOrder order, ReleasePreview preview, View view, People people)
    {
        yield return $"Who will see it: {LabelWords.Audience(preview.Label, view.Viewer, people, view.Viewer.Agency)}";
        foreach (string condition in LabelWords.Conditions(preview.Label, people))
            yield return $"Condition: {condition}";
        foreach (string originator in preview.Originators)
            yield return $"{view.AgencyName(originator)} is asked first";
        foreach (string because in preview.SecondBecause)
            yield return $"A second person has to agree: {because}";
        foreach (string caution in preview.Cautions)
            yield return $"Think of this: {caution}";
        foreach (var record in preview.Records)
        {
            string of = preview.Records.Count == 1 ? "" : $"{Subjects.Title(record.Record)}, ";
            foreach (var value in record.Shown)
                yield return $"{Becomes(order.Kind)}: {of}{Line(value)}{(value.As is null ? "" : $" in place of {Words(value.Property, value.Value)}")}";
            foreach (var value in record.Known)
                yield return $"{Known}: {of}{Line(value)}";
            foreach (var value in record.Dropped)
                yield return $"{LeftOut(order.Kind)}: {of}{Line(value)}";
        }
        foreach (var join in preview.Joins)
            yield return $"They would join it to: {join.Caption}";

        string Line(ReleasedValue value) => $"{Property(value.Property)}: {Value(value, view)}";
    }

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
