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
    /// <summary>A statement cannot be held, and is erased.</summary>
    private bool IsHold => Holds && Kind != ErasureKind.Statement;

    private Viewer Manager => By with { Roles = [Role.InformationManager] };

    public Outcome Do(Stage stage, RecordId? import)
    {
        var target = Kind switch
        {
            ErasureKind.Record => ErasureTarget.OfRecord(Stage.IdOf(Of)),
            ErasureKind.Import => ErasureTarget.OfImport(import ?? default),
            _ => ErasureTarget.OfStatement(Stage.IdOf(Of), Said.Property, Value),
        };
        var erasures = stage.Gate.Erasures;
        string said;
        if (IsHold)
        {
            var placed = erasures.Place(Manager, Kind == ErasureKind.Record ? HoldKind.Record : HoldKind.Import, target.Id, "Inquiry");
            said = Written.Out((placed, erasures.Holds(Manager)));
        }
        else
        {
            var preview = erasures.Preview(Manager, target);
            said = Written.Out((preview, erasures.Erase(Manager, target, "Retention"), erasures.List(Manager)));
        }
        // Whoever sees any of it sees that it goes: over what they see alone, the same is ordered, and finds what is there. A hold is known to the own agency alone.
        return new Outcome(said, null, null) { Seen = [IsHold ? new Label(Classification.Public, [By.Agency]) : Label.Public] };
    }

    public override string ToString() =>
        $"{By.Name} {(IsHold ? "holds" : "erases")} {Kind} {(Kind == ErasureKind.Import ? $"of minute {Import!.Minute}" : Of)} {(Kind == ErasureKind.Statement ? $"{Said.Property}={Said.Value}" : "")}";

    private string Value => Kind == ErasureKind.Statement && IsEntity ? Stage.IdOf(Of with { Key = Said.Value }).ToString() : Said.Value;

    /// <summary>Is it said of another record?</summary>
    public bool IsEntity { get; init; }
}
