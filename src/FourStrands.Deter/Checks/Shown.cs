using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>Turns what the picture answers into what a result shows, and notes the label of all that is shown.</summary>
internal static class Shown
{
    /// <summary>An entity by name.</summary>
    public static SubjectRef Subject(Neighbours run, Neighbour subject)
    {
        foreach (var record in subject.Entity.Records)
        {
            foreach (var said in record.Statements)
                run.Labels.Add(said.Label);
        }
        return subject.Ref;
    }

    /// <summary>A tie.</summary>
    public static TieStep Tie(Neighbours run, TieUse tie)
    {
        foreach (var said in tie.Tie.Statements)
            run.Labels.Add(said.Label);
        var from = run.Find(tie.Near);
        var to = run.Find(tie.Far);
        return new TieStep(
            from is null ? Missing(tie.Near) : Subject(run, from),
            Wording.Verb(tie.Connection.Phrase),
            to is null ? Of(tie.Other) : Subject(run, to),
            tie.Role,
            tie.Since,
            tie.Until,
            tie.Former,
            tie.Tie.Id,
            Basis(run, tie.Says, $"{tie.Tie.Schema.Label}: {tie.Says.Property.Label}")
        );
    }

    /// <summary>A statement that something rests on.</summary>
    public static Basis Basis(Neighbours run, Said said, string? says = null)
    {
        run.Labels.Add(said.Label);
        return new Basis(
            new SourceRef(said.Source.Id, said.Source.Name),
            said.Record,
            says ?? $"{said.Property.Label}: {Wording.Plain(said)}",
            said.Date,
            said.Label.KnownTo(run.View.Viewer).ToString(),
            said.Kind == StatementKind.Opinion
        );
    }

    /// <summary>An entity of which only the title line is known.</summary>
    public static SubjectRef Of(EntitySummary summary) => new(summary.Id, summary.Caption, summary.Schema.Name, summary.Summary);

    private static SubjectRef Missing(RecordId id) => new(id, "not there any more", "", "");
}
