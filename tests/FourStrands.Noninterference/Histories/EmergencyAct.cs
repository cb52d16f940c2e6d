namespace FourStrands.Noninterference.Histories;

/// <summary>
/// Somebody opens emergency access, looks at things, and ends it, or it runs out while others go on. Nothing of what they saw by it may be told to them afterwards, and
/// while it is open nothing beyond the profile that it gives (<see cref="Cast.InEmergency"/>).
/// </summary>
/// <param name="By">Who.</param>
/// <param name="Seed">What they look at.</param>
/// <param name="EndsIt">True if they end it themselves.</param>
internal record EmergencyAct(Viewer By, ulong Seed, bool EndsIt) : Act(By)
{
    /// <summary>For how long it is opened.</summary>
    public const int Minutes = 15;

    public Outcome Do(Stage stage, IReadOnlyDictionary<Act, Outcome> written)
    {
        Look(stage, stage.Gate.For(stage.InEmergency(By)), written);
        var (people, self) = (stage.Gate.People, Stage.Person(By));
        if (EndsIt)
            people.EndEmergency(self, people.OwnEmergencies(self)[0].Id);
        string answer = Written.Out(people.OwnEmergencies(self).Select(e => (e.At, e.Until, e.Ended, e.Reason)).ToArray());
        return With(stage, new Outcome(answer, null, null));
    }

    protected virtual Outcome With(Stage stage, Outcome outcome) => outcome;

    protected virtual void Look(Stage stage, View view, IReadOnlyDictionary<Act, Outcome> written)
    {
        var dice = new Dice(Seed);
        view.Sources();
        foreach (string agency in Cast.Agencies)
        {
            var record = Stage.IdOf(new Reference(agency, dice.Of(Cast.SourceNames), dice.Of(Cast.Subjects)));
            if (view.Find(record) is { } entity)
                view.Connections(entity);
            view.Search(Vocabulary.Typed(dice));
        }
    }

    public override string ToString() => $"{By.Name} opens emergency access{(EndsIt ? ", looks and ends it" : " and looks")}";
}
