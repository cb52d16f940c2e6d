namespace FourStrands.Noninterference.Histories;

/// <summary>
/// Something that was said was wrong: it is withdrawn, or what is right is said in its place, and what was released of it ends or is put right. Those who saw the release, and not what it was made of,
/// see what they would see if nothing else had ever been known.
/// </summary>
/// <param name="By">Who.</param>
/// <param name="Kind">A statement, a record or an import.</param>
/// <param name="Of">The record.</param>
/// <param name="Said">Of a statement: the value; for an entity property the other's key.</param>
/// <param name="Import">Of an import: the act that brought it in.</param>
internal sealed record CorrectAct(Viewer By, ErasureKind Kind, Reference Of, Saying Said, ImportAct Import) : Act(By)
{
    /// <summary>Of a statement: what is right; null to withdraw it.</summary>
    public string? Right { get; init; }

    /// <summary>Is it put right in what was released as well?</summary>
    public bool InReleases { get; init; }

    /// <summary>Is it said of another record?</summary>
    public bool IsEntity { get; init; }

    private Viewer Manager => By with { Roles = [Role.InformationManager, Role.Liaison] };

    public Outcome Do(Stage stage, RecordId? import)
    {
        var record = Stage.IdOf(Of);
        var target = Kind switch
        {
            ErasureKind.Record => ErasureTarget.OfRecord(record),
            ErasureKind.Import => ErasureTarget.OfImport(import ?? default),
            _ => ErasureTarget.OfStatement(record, Said.Property, IsEntity ? Stage.IdOf(Of with { Key = Said.Value }).ToString() : Said.Value),
        };
        var corrections = stage.Gate.Corrections;
        var before = stage.Gate.Releases.All(Manager).ToDictionary(r => r.Id, r => r.Steps.Count);
        var preview = corrections.Preview(Manager, target);
        var made = corrections.Correct(
            Manager,
            new CorrectionOrder(target, $"Mixed up, {Minute}") { Right = Kind == ErasureKind.Statement ? Right : null, InReleases = InReleases }
        );
        var imports = stage.As(By).Sources().SelectMany(s => s.Imports).ToDictionary(i => i.Id, i => i.Label);
        // Whoever sees any of it sees that it was corrected, and so does whoever saw what was released of it.
        Label[] seen =
        [
            .. made.Select(c => imports[c.Import]),
            .. stage.Gate.Releases.All(Manager).Where(r => r.Steps.Count != before.GetValueOrDefault(r.Id)).Select(r => r.Order.Label),
        ];
        return new Outcome(Written.Out((preview, made, corrections.All(Manager), stage.Gate.Requests.Notices(Manager))), null, null) { Seen = seen };
    }

    public override string ToString() =>
        $"{By.Name} corrects {Kind} {(Kind == ErasureKind.Import ? $"of minute {Import.Minute}" : Of)} {(Kind == ErasureKind.Statement ? $"{Said.Property}={Said.Value} to {Right ?? "nothing"}" : "")}{(InReleases ? ", in releases too" : "")}";
}
