namespace FourStrands.Noninterference.Histories;

/// <summary>
/// An information manager makes or changes a schedule, which what comes in next is under; or decides on something that came in. Then they look at all that is
/// kept: whatever others brought in may have put it under a schedule, and only what they see of that may count.
/// </summary>
/// <param name="By">Who.</param>
/// <param name="Import">The act that brought in what is decided on; null to make a schedule.</param>
/// <param name="Number">Which schedule, or how long.</param>
/// <param name="Puts">True to put it under another schedule, false to keep it until another day.</param>
internal sealed record RetentionAct(Viewer By, ImportAct? Import, int Number, bool Puts) : Act(By)
{
    private Viewer Manager => By with { Roles = [Role.InformationManager] };

    public Outcome Do(Stage stage, RecordId? import)
    {
        var retention = stage.Gate.Retention;
        var own = new Label(Classification.Public, [By.Agency]);
        string name = $"Schedule {Number}";
        var there = retention.Schedules(Manager).FirstOrDefault(s => s.Name == name);
        object said;
        if (Import is null)
        {
            var schedule = new RetentionSchedule(name, "The law", Number, RetentionStart.SourceDate, RetentionEnd.Review, 12);
            var made = retention.Write(Manager, schedule, there?.Id);
            retention.MakeDefault(Manager, made.Id);
            said = made;
        }
        else if (Puts)
            said = retention.Put(Manager, import ?? default, there?.Id ?? default, new DateOnly(2020, 1, Number), $"Wrong one, {Minute}");
        else
            said = retention.Keep(Manager, import ?? default, new DateOnly(2030, 1, Number), $"Needed, {Minute}");
        string answer = Written.Out((said, retention.Schedules(Manager), retention.Reviews(Manager), retention.Due(Manager)));
        return new Outcome(answer, null, null) { Seen = [Import is null ? own : Import.Request.Label.WithoutHandling().Join(own)] };
    }

    public override string ToString() =>
        Import is null ? $"{By.Name} makes schedule {Number} the default"
        : Puts ? $"{By.Name} puts the import of minute {Import.Minute} under schedule {Number}"
        : $"{By.Name} keeps the import of minute {Import.Minute}";
}
