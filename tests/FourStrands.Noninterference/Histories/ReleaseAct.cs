namespace FourStrands.Noninterference.Histories;

/// <summary>
/// Somebody releases what they see of a record. Those who see the release and not what it was made of see the same as over a store in which nothing but
/// what was released had ever been known.
/// </summary>
/// <param name="By">Who orders it; a colleague of the same rights agrees, where one has to.</param>
/// <param name="Record">The record.</param>
/// <param name="Label">Who is to see it.</param>
/// <param name="Seed">Which of its values.</param>
internal sealed record ReleaseAct(Viewer By, Reference Record, Label Label, ulong Seed) : Act(By)
{
    public bool IsPointer { get; init; }

    public bool IsSanitised { get; init; }

    /// <summary>The minute at which it runs out; null for never.</summary>
    public int? Until { get; init; }

    public override string ToString() =>
        $"{By.Name} releases {(IsPointer ? "a pointer to " : IsSanitised ? "sanitised " : "")}{Record} under {Label}{(Until is { } u ? $", until minute {u}" : "")}";

    /// <summary>Does it over a store.</summary>
    /// <param name="stage">The store.</param>
    /// <param name="given">What was released over the whole store; null to choose.</param>
    public Outcome Do(Stage stage, ReleaseOrder? given)
    {
        var id = Stage.IdOf(Record);
        var order = given ?? Choose(stage, id);
        var preview = stage.Gate.Releases.Preview(By, order);
        // What would be left out is not chosen: a second time, nothing of it is there to be chosen.
        order = order with
        {
            Values = [.. preview.Records.SelectMany(r => r.Shown.Concat(r.Known))],
        };
        preview = stage.Gate.Releases.Preview(By, order);
        var inputs = preview.Records.SelectMany(r => r.Shown.Zip(r.Says).Select(v => Input.Of(stage.As(By), r, v.First, v.Second))).ToArray();
        var release = stage.Gate.Releases.Order(By, order);
        try
        {
            if (release.State == ReleaseState.WaitsForSecond)
                release = stage.Gate.Releases.Agree(By with { Name = "second-" + By.Name }, release.Id);
        }
        catch (ReleaseException refused)
        {
            // It goes on waiting: nobody sees it but those who know of it.
            return new Outcome(Written.Out(preview) + Written.Problem(refused), release.KeptUnder, release.Id) { Kept = release.KeptUnder };
        }
        return new Outcome(Written.Out((preview, release)), release.Order.Label, release.Id)
        {
            Kept = release.KeptUnder,
            Order = order,
            Inputs = inputs,
        };
    }

    /// <summary>Before it is done again for somebody who sees it and not what it was made of: makes that, and nothing else, known to those who did it.</summary>
    public void Prepare(Stage stage, Outcome whole)
    {
        stage.SetMinute(Minute);
        Input.Bring(stage, By, whole.Kept!.With(whole.Label!.Handling), whole.Inputs);
    }

    private ReleaseOrder Choose(Stage stage, RecordId id)
    {
        var dice = new Dice(Seed);
        var said = stage.As(By).Find(id)?.Records.First(r => r.Id == id).Statements ?? [];
        ReleasedValue[] values = [.. said.Select(s => new ReleasedValue(id, s.Property.Name, s.Value)).Distinct().Where(_ => dice.Percent(70))];
        return new ReleaseOrder(values, Label, $"They need it, {Minute}")
        {
            Kind = IsPointer ? ReleaseKind.Pointer : ReleaseKind.Content,
            SourceName = IsSanitised && !IsPointer ? $"Released by {By.AgencyName}" : null,
            Until = Until is { } minute ? Stage.TimeOf(minute) : null,
            Permission = dice.Percent(30) ? "The provider's desk, by phone" : "",
        };
    }
}

/// <summary>A value that was released, as its source says it.</summary>
internal sealed record Input(string Source, string Grade, StatementKind Kind, string Key, Schema Schema, string Property, string Value)
{
    public static Input Of(View view, PreviewedRecord previewed, ReleasedValue value, Said said)
    {
        var record = previewed.Record;
        string text = value.Value;
        if (said.Property.Type.IsEntity)
        {
            var end = RecordId.Parse(value.Value, null);
            text = view.Find(end)!.Records.First(r => r.Id == end).Key;
        }
        return new Input(record.Source.Name, said.Source.Grade, said.Kind, record.Key, previewed.Kind, value.Property, text);
    }

    /// <summary>Makes these, and nothing else, known to those who released them.</summary>
    public static void Bring(Stage stage, Viewer by, Label label, IReadOnlyList<Input> inputs)
    {
        foreach (var together in inputs.GroupBy(i => (i.Source, i.Grade, i.Kind)))
        {
            // Whoever released it need not be one who brings in.
            using var session = stage
                .As(by with { Roles = Roles.Working })
                .BeginImport(
                    new ImportRequest(together.Key.Source, label, $"only what is released, {together.Key}", "test")
                    {
                        Grade = together.Key.Grade,
                        Kind = together.Key.Kind,
                    }
                );
            foreach (var record in together.GroupBy(i => i.Key))
            {
                session.Begin(record.Key, record.First().Schema);
                foreach (var input in record)
                    session.Add(input.Schema[input.Property], input.Value);
                session.End();
            }
            session.Commit();
        }
    }
}

/// <summary>Somebody takes back what was released.</summary>
internal sealed record TakeBackAct(Viewer By, ReleaseAct Release) : Act(By)
{
    public override string ToString() => $"{By.Name} takes back the release of minute {Release.Minute}";
}
