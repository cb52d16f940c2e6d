namespace FourStrands.Noninterference.Histories;

/// <summary>What happens in some histories alone, each by dice of its own: all else stays as it was.</summary>
internal static class Seldom
{
    /// <summary>Those of a history of this seed among whose acts they are.</summary>
    public static List<Act> In(ulong seed, List<Act> acts) =>
        WithNotices(
            new Dice(seed ^ 0x401C_ED0F_0000_0004),
            WithAsking(new Dice(seed ^ 0xA5C1_0000_0F0F_008F), WithEmergencies(new Dice(seed ^ 0x0E3E_59E0_0C7A_11ED), acts))
        );

    /// <summary>One or two people open emergency access, somewhere on the way.</summary>
    private static List<Act> WithEmergencies(Dice dice, List<Act> acts)
    {
        for (int i = dice.Percent(12) ? dice.Between(1, 2) : 0; i > 0; i--)
        {
            int at = dice.Between(1, acts.Count);
            acts.Insert(at, new EmergencyAct(dice.Of(Cast.Viewers), dice.Next(), EndsIt: dice.Percent(40)) { Minute = acts[at - 1].Minute });
        }
        return acts;
    }

    /// <summary>
    /// Something comes in that another agency provided, more of it for fewer, and it is released: whoever orders that sees less than those who go on with it.
    /// </summary>
    private static List<Act> WithAsking(Dice dice, List<Act> acts)
    {
        // In none in which somebody looks around by emergency access: of that their desks are told, and it depends on what is found.
        for (int i = dice.Percent(24) && !acts.Exists(a => a is EmergencyAct) ? dice.Between(1, 2) : 0; i > 0; i--)
        {
            var by = dice.Of([.. Cast.Viewers.Where(v => v.ShortName is "constable" or "clerk" or "handler" or "colleague" or "glenbrae")]);
            Viewer[] others = [.. Cast.Viewers.Where(v => v.Agency == by.Agency && v.Name != by.Name)],
                more = [.. others.Where(o => Cast.Labels.Any(l => o.MaySee(l) && !by.MaySee(l)))];
            var originator = dice.Of([.. Cast.Viewers.Where(v => v.Agency != by.Agency && v.Clearance >= Classification.Official)]);
            var record = new Reference(by.Agency, Cast.Asked, Cast.Subjects[i]);
            string level = by.Clearance == Classification.OfficialSensitive && dice.Percent(30) ? "official-sensitive" : "official",
                condition = dice.Percent(75) ? $";handling={dice.Of(["S2", "H2"])};originators={originator.Agency}" : "";
            var said = Vocabulary.Subject(dice, record.Key, person: true);
            said = said with { Sayings = [new Saying("name", dice.Of(Vocabulary.People)), .. said.Sayings] };
            int first = dice.Between(1, acts.Count);
            Insert(ref first, Import(by, Label.Parse($"{level};agencies={by.Agency}{condition}"), said));
            // The same again, and what the first does not see, for fewer; under conditions of its own or none.
            if (more.Length > 0 && dice.Percent(75))
            {
                var one = dice.Of(more);
                Label[] narrower = [.. Cast.Labels.Where(l => one.MaySee(l) && !by.MaySee(l) && !originator.MaySee(l))];
                if (narrower.Length > 0)
                    Insert(ref first, Import(one, dice.Of(narrower), dice.Percent(50) ? said : Vocabulary.Subject(dice, record.Key, person: true)));
            }
            string[] audiences =
            [
                "official",
                "public",
                $"official;agencies={by.Agency},{originator.Agency}",
                $"official;agencies={by.Agency},{dice.Of([.. Cast.Agencies.Where(a => a != by.Agency)])}",
                $"{level};agencies={by.Agency},strathorn-council,visitors",
            ];
            Viewer[] whoever = more.Length > 0 && dice.Percent(75) ? more : others;
            Insert(
                ref first,
                new AskAct(
                    by,
                    record,
                    Label.Parse(dice.Of(audiences)),
                    originator,
                    dice.Of(whoever),
                    dice.Of(whoever),
                    dice.Percent(10) ? null : dice.Percent(50)
                )
                {
                    Minute = 0,
                    IsSanitised = dice.Percent(25),
                }
            );
        }
        return acts;

        // Each somewhere after the last.
        void Insert(ref int from, Act act)
        {
            int at = dice.Between(from, acts.Count);
            acts.Insert(at, act with { Minute = acts[at - 1].Minute });
            from = at + 1;
        }
    }

    /// <summary>
    /// Two agencies know the same companies under labels that somebody sees by emergency access alone, who knows one of them as well: they look at each. In no history in which
    /// somebody looks around by it: of that it is told too, and it depends on what is found.
    /// </summary>
    private static List<Act> WithNotices(Dice dice, List<Act> acts)
    {
        if (!dice.Percent(12) || acts.Exists(a => a is EmergencyAct))
            return acts;
        Label procurement = Label.Parse("official;purposes=procurement"),
            sensitive = Label.Parse("official-sensitive");
        bool byPolice = dice.Percent(60);
        var by = dice.Of([.. Cast.Viewers.Where(v => byPolice ? v.Agency == "national-police" : v.ShortName is "strathorn" or "colleague")]);
        List<(Viewer Owner, Label Label)> owners = byPolice
            ? [(Cast.Viewers.First(v => v.ShortName == "glenbrae"), procurement), (Cast.Viewers.First(v => v.ShortName == "strathorn"), procurement)]
            : [(Viewer.BuiltIn[0], sensitive)];
        if (dice.Percent(30))
            owners.RemoveAt(0);
        if (owners.Count == 0)
            return acts;
        int at = dice.Between(1, acts.Count);
        int minute = acts[at - 1].Minute;
        string[] keys = ["s4", "s5", "s6"];
        List<Reference> records = [];
        List<WriteAct> notes = [];
        foreach (var (owner, label) in owners)
        {
            var tie = new RecordSaid("t1", "Ownership", [new Saying("owner", "s4"), new Saying("asset", "s5")]);
            acts.Insert(at++, Import(owner, label, [.. keys.Select(Company), tie]) with { Minute = minute });
            var note = new WriteAct(owner, "note", $"{{\"by\":\"{owner.Name}\"}}", label, null) { Minute = minute };
            acts.Insert(at++, note);
            notes.Add(note);
            records.AddRange(keys.Append("t1").Select(k => new Reference(owner.Agency, Cast.Asked, k)));
        }
        // Sometimes not for the first time: how often before is no matter of those who are told.
        if (minute > acts[0].Minute && dice.Percent(40))
        {
            acts.Insert(1, new NoticedAct(by, dice.Next(), EndsIt: true, [], [], []) { Minute = acts[0].Minute });
            at++;
        }
        // What those who look know themselves of the same company, which its owner may not see.
        if (dice.Percent(70))
            acts.Insert(at++, Import(by, Label.OwnAgency(by), [Company("s4")]) with { Minute = minute });
        acts.Insert(at, new NoticedAct(by, dice.Next(), dice.Percent(50), owners, [.. records.OrderBy(_ => dice.Next())], notes) { Minute = minute });
        return acts;

        static RecordSaid Company(string key) =>
            new(key, "Company", [new Saying("name", $"Quuxwold {key} Fjordmark"), new Saying("registrationNumber", $"ZZ99887{key[^1]}")]);
    }

    private static ImportAct Import(Viewer by, Label label, params RecordSaid[] records) =>
        new(by, new ImportRequest(Cast.Asked, label, "asked.csv", "test") { DespiteRejections = true }, records, []) { Minute = 0 };
}
