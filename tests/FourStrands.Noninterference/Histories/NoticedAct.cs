namespace FourStrands.Noninterference.Histories;

/// <summary>
/// Somebody opens emergency access and looks at certain things of other agencies, one by one. What each owner is told of it depends on its own things alone: not on what others own,
/// or on what those who look know themselves of the same subjects.
/// </summary>
/// <param name="By">Who.</param>
/// <param name="Seed">Unused.</param>
/// <param name="EndsIt">True if they end it themselves.</param>
/// <param name="Owners">One of each agency whose things they look at, with the label that those bear.</param>
/// <param name="Records">The records, in the order in which they look at them.</param>
/// <param name="Notes">The acts that wrote what they read.</param>
internal sealed record NoticedAct(
    Viewer By,
    ulong Seed,
    bool EndsIt,
    IReadOnlyList<(Viewer Owner, Label Label)> Owners,
    IReadOnlyList<Reference> Records,
    IReadOnlyList<WriteAct> Notes
) : EmergencyAct(By, Seed, EndsIt)
{
    protected override void Look(Stage stage, View view, IReadOnlyDictionary<Act, Outcome> written)
    {
        RecordId? before = null;
        foreach (var id in Records.Select(Stage.IdOf))
        {
            if (view.Find(id) is { } entity)
            {
                view.Connections(entity);
                view.PossibleMatches(entity);
            }
            if (before is { } from)
                view.FindPath(from, id);
            before = id;
        }
        foreach (var note in Notes)
            view.Read(written.GetValueOrDefault(note)?.Id ?? default);
        stage.Gate.FlushReadLog().GetAwaiter().GetResult();
    }

    protected override Outcome With(Stage stage, Outcome outcome) =>
        outcome with
        {
            Seen = [.. Owners.Select(o => new Label(Classification.Public, [o.Owner.Agency]).Join(o.Label.WithoutHandling()))],
            Done =
            [
                .. Owners
                    .Where(o => stage.Gate.Requests.Notices(o.Owner).Any(n => n.At == Stage.TimeOf(Minute)))
                    .Select(_ => "an owner told of emergency access"),
            ],
        };

    public override string ToString() =>
        $"{By.Name} opens emergency access and looks at {string.Join(", ", Records)} and {Notes.Count} notes of {string.Join(", ", Owners.Select(o => o.Owner.Agency))}{(EndsIt ? ", and ends it" : "")}";
}
