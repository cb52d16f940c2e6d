namespace FourStrands.Noninterference.Histories;

/// <summary>An information manager erases something, or holds it from being erased; before that they look at what would go, and after it at what is listed.</summary>
/// <param name="By">Who.</param>
/// <param name="Kind">A statement, a record or an import.</param>
/// <param name="Of">The record.</param>
/// <param name="Said">Of a statement: the value; for an entity property the other's key.</param>
/// <param name="Import">Of an import: the act that brought it in.</param>
/// <param name="Holds">True to hold it; then nothing is erased.</param>
internal sealed record EraseAct(Viewer By, ErasureKind Kind, Reference Of, Saying Said, ImportAct? Import, bool Holds) : Act(By)
{
    private Viewer Manager => By with { Roles = [Role.InformationManager] };

    public Outcome Do(Stage stage, RecordId? import)
    {
        var view = stage.As(By);
        var record = Stage.IdOf(Of);
        var target = Kind switch
        {
            ErasureKind.Record => ErasureTarget.OfRecord(record),
            ErasureKind.Import => ErasureTarget.OfImport(import ?? default),
            _ => ErasureTarget.OfStatement(record, Said.Property, Value),
        };
        // Whoever sees any of it sees that it goes.
        var labels =
            Kind == ErasureKind.Import
                ? [Import!.Request.Label]
                : (view.Find(record)?.Records.Single(r => r.Id == record).Statements.Select(s => s.Label) ?? [])
                    .Append(Kinds(view, record))
                    .OfType<Label>()
                    .Distinct()
                    .ToArray();
        // And whoever sees what was released of it.
        labels =
        [
            .. labels,
            .. stage.Gate.Releases.All(By with { Roles = [Role.Liaison] }).Where(r => r.Order.Values.Any(v => v.Record == record)).Select(r => r.Order.Label),
        ];
        var erasures = stage.Gate.Erasures;
        string said;
        if (Holds && Kind != ErasureKind.Statement)
        {
            var placed = erasures.Place(Manager, Kind == ErasureKind.Record ? HoldKind.Record : HoldKind.Import, target.Id, "Inquiry");
            said = Written.Out((placed, erasures.Holds(Manager)));
            // Known to their own agency alone.
            labels = [.. labels.Select(l => l.Join(new Label(Classification.Public, [By.Agency])))];
        }
        else
        {
            var preview = erasures.Preview(Manager, target);
            said = Written.Out((preview, erasures.Erase(Manager, target, "Retention"), erasures.List(Manager)));
        }
        return new Outcome(said, null, null) { Seen = labels };
    }

    public override string ToString() =>
        $"{By.Name} {(Holds ? "holds" : "erases")} {Kind} {(Kind == ErasureKind.Import ? $"of minute {Import!.Minute}" : Of)} {(Kind == ErasureKind.Statement ? $"{Said.Property}={Said.Value}" : "")}";

    /// <summary>A record that says nothing but its kind bears that label.</summary>
    private static Label? Kinds(View view, RecordId record) =>
        view.Find(record) is { } entity && entity.Records.Single(r => r.Id == record).Statements.Count == 0 ? Label.Public : null;

    private string Value => Kind == ErasureKind.Statement && IsEntity ? Stage.IdOf(Of with { Key = Said.Value }).ToString() : Said.Value;

    /// <summary>Is it said of another record?</summary>
    public bool IsEntity { get; init; }
}
