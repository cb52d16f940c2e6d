namespace FourStrands.Noninterference.Histories;

/// <summary>
/// Somebody orders a release of which whoever provided it is asked first; they answer, somebody of the agency who may see more goes on with it, and another who may see more
/// agrees. What those see besides decides nothing; and the originator, who may not see the record, sees what they are asked and no more.
/// </summary>
/// <param name="By">Who orders it.</param>
/// <param name="Record">A record of which nothing else is said.</param>
/// <param name="Label">Who is to see it.</param>
/// <param name="Originator">Of those who are asked, if they are.</param>
/// <param name="GoesOn">Goes on with it.</param>
/// <param name="Agrees">Agrees to it.</param>
/// <param name="Says">What the originator says; null if they say nothing.</param>
internal sealed record AskAct(Viewer By, Reference Record, Label Label, Viewer Originator, Viewer GoesOn, Viewer Agrees, bool? Says) : Act(By)
{
    public bool IsSanitised { get; init; }

    private string Question => $"May we, {Minute}, of {Record.Key}?";

    /// <summary>Does it over a store.</summary>
    /// <param name="stage">The store.</param>
    /// <param name="given">What was ordered over the whole store; null to choose.</param>
    public Outcome Do(Stage stage, ReleaseOrder? given)
    {
        var (releases, requests, by) = (stage.Gate.Releases, stage.Gate.Requests, Officer(By));
        var preview = releases.Preview(by, given ?? Choose(stage));
        var order = (given ?? Choose(stage)) with { Values = [.. preview.Records.SelectMany(r => r.Shown.Concat(r.Known))] };
        preview = releases.Preview(by, order);
        var inputs = preview.Records.SelectMany(r => r.Shown.Zip(r.Says).Select(v => Input.Of(stage.As(by), r, v.First, v.Second))).ToArray();
        var release = releases.Order(by, order);
        List<string> said = [Written.Out((preview, release))],
            done = [];
        List<Label> seen = [release.KeptUnder];
        if (release.State == ReleaseState.WaitsForOriginator)
        {
            done.Add("asked");
            seen.Add(new Label(release.KeptUnder.Classification, [Originator.Agency]));
            if (Says is { } agreed)
                Try(
                    agreed ? "answered yes" : "answered no",
                    () =>
                        requests.Answer(
                            Officer(Originator),
                            requests.All(Officer(Originator)).FirstOrDefault(r => r.Text == Question)?.Id ?? default,
                            agreed,
                            "So we say"
                        )
                );
            Try(SeesMore(GoesOn) ? "gone on by one who sees more" : "gone on", () => release = releases.GoOn(Officer(GoesOn), release.Id));
        }
        if (release.State == ReleaseState.WaitsForSecond)
            Try(SeesMore(Agrees) ? "agreed by one who sees more" : "agreed", () => release = releases.Agree(Officer(Agrees), release.Id));
        if (release.State == ReleaseState.Out)
            seen.Add(release.Order.Label);
        said.Add(Written.Out((releases.Find(by, release.Id), requests.All(by))));
        return new Outcome(string.Concat(said), null, release.Id)
        {
            Kept = release.KeptUnder,
            Order = release.Order,
            Inputs = inputs,
            Seen = seen,
            Done = [.. done, $"a release {release.State}"],
        };

        // What is refused on the way is told to whoever ordered it; what was done before stays.
        void Try(string what, Action act)
        {
            try
            {
                act();
                done.Add(what);
            }
            catch (ReleaseException refused)
            {
                said.Add($"{what}: {refused.Message}");
            }
        }
    }

    /// <summary>Before it is done again for somebody who may not see the record: makes what was released of it, and nothing else, known to those who did it.</summary>
    public void Prepare(Stage stage, Outcome whole)
    {
        stage.SetMinute(Minute);
        Input.Bring(stage, By, whole.Kept!.With(whole.Order!.Label.Handling), whole.Inputs);
    }

    public override string ToString() =>
        $"{By.Name} asks {Originator.Agency} and releases {(IsSanitised ? "sanitised " : "")}{Record} under {Label}: {(Says is { } agreed ? agreed ? "yes" : "no" : "no answer")}, {GoesOn.Name} goes on, {Agrees.Name} agrees";

    /// <summary>Is there anything that they may see and whoever ordered it may not?</summary>
    private bool SeesMore(Viewer other) => Cast.Labels.Any(l => other.MaySee(l) && !By.MaySee(l));

    private ReleaseOrder Choose(Stage stage)
    {
        var id = Stage.IdOf(Record);
        var said = stage.As(By).Find(id)?.Records.First(r => r.Id == id).Statements ?? [];
        return new ReleaseOrder([.. said.Select(s => new ReleasedValue(id, s.Property.Name, s.Value)).Distinct()], Label, $"They need it, {Minute}")
        {
            SourceName = IsSanitised ? $"Released by {By.AgencyName}" : null,
            ToProvider = Question,
        };
    }

    private static Viewer Officer(Viewer viewer) => Stage.Person(viewer) with { Roles = Roles.Working };
}
