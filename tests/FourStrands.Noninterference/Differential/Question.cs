using FourStrands.Deter.Checks;
using FourStrands.Linkage;
using FourStrands.Noninterference.Histories;
using Outcome = FourStrands.Noninterference.Histories.Outcome;

namespace FourStrands.Noninterference.Differential;

/// <summary>Something asked of a view.</summary>
/// <param name="Members">The members of <see cref="View"/> and <see cref="ImportSession"/> that it asks.</param>
/// <param name="Text">The question, for people.</param>
/// <param name="Ask">Asks it.</param>
internal sealed record Question(string Members, string Text, Func<View, object?> Ask)
{
    /// <summary>What the answer must be over any store; null if that depends on the store.</summary>
    public string? Must { get; init; }

    /// <summary>False if it waits for imports under way to end.</summary>
    public bool OnlyReads { get; init; } = true;

    public string Answer(View view)
    {
        try
        {
            return Written.Out(Ask(view));
        }
        catch (Exception problem)
        {
            return Written.Problem(problem);
        }
    }

    public override string ToString() => Text;
}

/// <summary>Makes random questions, of everything that was ever there and of what never was.</summary>
internal sealed class Asker
{
    private readonly Dice dice;
    private readonly RecordId[] records;
    private readonly RecordId[] others;
    private readonly RecordId[] sources;
    private readonly RecordId[] checks;
    private readonly (RecordId, string)[] tied;
    private readonly string[] texts;

    /// <summary>What a check looks for, or much like it: kept, as it is meant to be, for all questions.</summary>
    private static readonly Interest Adverse = new(
        Ontology.Default,
        [Ontology.Default["PublicBody"]],
        [Ontology.Default["Sanction"]["entity"], Ontology.Default["Risk"]["entity"]],
        [
            .. Ontology.Default.Properties.Where(p => p.Name == "topics").Select(p => (p, (Func<string, bool>)(value => value is "sanction" or "debarment"))),
            .. Ontology.Default.Properties.Where(p => p.Name == "status").Select(p => (p, (Func<string, bool>)(value => value == "in liquidation"))),
        ]
    );

    private static readonly TimeProvider Today = new StoppedClock();

    /// <param name="dice">Chance.</param>
    /// <param name="acts">The whole history.</param>
    /// <param name="outcomes">What came of it: identifiers of what is hidden are asked for too.</param>
    public Asker(Dice dice, IEnumerable<Act> acts, IReadOnlyDictionary<Act, Outcome> outcomes)
    {
        this.dice = dice;
        HashSet<RecordId> mentioned = [],
            made = [];
        foreach (var act in acts)
        {
            if (act is ImportAct import)
            {
                foreach (var record in import.Records)
                    mentioned.Add(Stage.IdOf(new Reference(import.By.Agency, import.Request.SourceName, record.Key)));
            }
            if (outcomes.GetValueOrDefault(act)?.Id is { } id)
                made.Add(id);
        }
        records = [.. mentioned.Order(), Stage.IdOf(new Reference("visitors", "Register", "s1"))];
        others = [.. made.Order(), default];
        texts = [.. acts.OfType<ImportAct>().SelectMany(a => a.Records).SelectMany(Searched).Distinct(StringComparer.Ordinal)];
        tied = [.. acts.OfType<ImportAct>().SelectMany(Tied).Append((default, "owns"))];
        checks = [.. outcomes.Where(o => o.Key is CheckAct).Select(o => o.Value.Id).OfType<RecordId>().Order()];
        sources = [.. outcomes.Values.Select(o => o.SourceId).OfType<RecordId>().Distinct().Order(), default];
    }

    /// <summary>Every kind of question, in turn; <see cref="QuestionTests"/> holds it against what a view offers.</summary>
    public static IReadOnlyList<Func<Asker, Question>> Kinds { get; } =
    [
        a => a.Search(),
        a => a.Search(),
        a => a.Search(),
        a => a.Suggest(),
        a => a.Suggest(),
        a => a.Pointers(),
        a => a.NoteLookedFor(),
        a => a.Find(),
        a => a.Find(),
        a => a.Find(),
        a => a.Summarise(),
        a => a.SummariseRecord(),
        a => a.Connections(),
        a => a.Connections(),
        a => a.PossibleMatches(),
        a => a.PossiblyAdverse(),
        a => a.Judgements(),
        a => a.Explain(),
        a => a.FindPath(),
        a => a.ScreenValues(),
        a => a.ScreenValues(),
        a => a.ScreenEntity(),
        a => a.ScreenAdverse(),
        a => a.Check(),
        a => a.Sources(),
        a => a.Rejections(),
        a => a.Export(),
        a => a.Read(),
        a => a.Documents(),
        a => a.BeginImport(),
        a => a.Judge(),
        a => a.Write(),
        a => a.Everything(),
        a => a.Without(),
        a => a.Loose(),
    ];

    /// <summary>Every record ever mentioned, and one that never was.</summary>
    public IReadOnlyList<RecordId> Records => records;

    /// <summary>Every end of a tie that was ever told, with how the tie is worded from there.</summary>
    public IReadOnlyList<(RecordId Record, string Phrase)> Ends => tied;

    /// <summary>Everything else that was ever made, and nothing.</summary>
    public IReadOnlyList<RecordId> Others => others;

    /// <summary>Every source that was ever brought in, and nothing.</summary>
    public IReadOnlyList<RecordId> SourceIds => sources;

    public IEnumerable<Question> Questions(int count)
    {
        int first = dice.Below(Kinds.Count);
        for (int i = 0; i < count; i++)
            yield return Kinds[(first + i) % Kinds.Count](this);
    }

    private static IEnumerable<string> Searched(RecordSaid record) =>
        record
            .Sayings.Where(s => Ontology.Default[record.Schema][s.Property].Type.Name is "name" or "identifier" or "phone" or "email" or "address")
            .Select(s => s.Value);

    /// <summary>Something typed into a search box: often a word or two of what was said, or their beginnings.</summary>
    private string Typed()
    {
        if (texts.Length == 0 || dice.Percent(50))
            return Vocabulary.Typed(dice);
        string[] words = dice.Of(texts).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return string.Join(
            ' ',
            Enumerable.Range(0, dice.Between(1, 2)).Select(_ => dice.Of(words)).Select(w => dice.Percent(50) ? w : w[..dice.Between(1, w.Length)])
        );
    }

    private static IEnumerable<(RecordId, string)> Tied(ImportAct import)
    {
        foreach (var record in import.Records)
        {
            if (Ontology.Default[record.Schema].Tie is not { } tie)
                continue;
            foreach (var (property, value) in record.Sayings)
            {
                if (property == tie.Source.Name || property == tie.Target.Name)
                    yield return (
                        Stage.IdOf(new Reference(import.By.Agency, import.Request.SourceName, value)),
                        property == tie.Source.Name ? tie.Label : tie.Reverse
                    );
            }
        }
    }

    private RecordId Record() => dice.Percent(96) ? dice.Of(records) : dice.Of(others);

    private RecordId Other() => dice.Percent(92) ? dice.Of(others) : dice.Of(records);

    private Question Search()
    {
        string text = Typed();
        string? schema = dice.Percent(30) ? dice.Of(["Person", "Company", "LegalEntity", "Thing", "Asset", "Vehicle"]) : null;
        int offset = dice.Percent(40) ? dice.Between(0, 4) : 0,
            limit = dice.Percent(60) ? dice.Between(1, 4) : 20;
        return new Question(
            nameof(View.Search),
            $"Search '{text}' {schema} from {offset}, {limit}",
            v => v.Search(text, schema is null ? null : Ontology.Default[schema], offset, limit)
        );
    }

    private Question Suggest()
    {
        string text = Typed();
        int limit = dice.Percent(60) ? dice.Between(1, 3) : 8;
        return new Question(nameof(View.Suggest), $"Suggest '{text}', {limit}", v => v.Suggest(text, limit));
    }

    /// <summary>Exactly what was said of somebody, for the most part.</summary>
    private Question Pointers()
    {
        string text = texts.Length > 0 && dice.Percent(85) ? dice.Of(texts) : Typed();
        return new Question(nameof(View.Pointers), $"Pointers for '{text}'", v => v.Pointers(text));
    }

    private Question NoteLookedFor()
    {
        string text = texts.Length > 0 ? dice.Of(texts) : Typed();
        return new Question(
            nameof(View.NoteLookedFor),
            $"Look for '{text}'",
            v =>
            {
                v.NoteLookedFor([text]);
                return null;
            }
        );
    }

    private Question Find()
    {
        var id = Record();
        return new Question(nameof(View.Find), $"Find {id}", v => v.Find(id));
    }

    private Question Summarise() => OfEntity(nameof(View.Summarise), (v, e) => v.Summarise(e));

    private Question SummariseRecord()
    {
        var id = Record();
        return new Question(nameof(View.Summarise), $"Summarise {id}", v => v.Summarise(id));
    }

    private Question Connections() => OfEntity(nameof(View.Connections), (v, e) => v.Connections(e));

    private Question PossibleMatches() => OfEntity(nameof(View.PossibleMatches), (v, e) => v.PossibleMatches(e));

    private Question PossiblyAdverse() => OfEntity($"{nameof(View.PossibleMatches)}/{nameof(Interest)}", (v, e) => v.PossibleMatches(e, Adverse));

    private Question ScreenAdverse()
    {
        int limit = dice.Percent(40) ? dice.Between(1, 3) : 20;
        double threshold = dice.Of([0, 0.2, 0.5]);
        return OfEntity($"{nameof(View.Screen)}/{nameof(Interest)}", (v, e) => v.Screen(e, threshold, limit, Adverse));
    }

    /// <summary>All that a check finds of its bidders: many questions asked after each other, with limits of their own.</summary>
    private Question Check()
    {
        var id = checks.Length == 0 ? default : dice.Of(checks);
        return new Question(nameof(View.Read), $"Run the check {id}", v => v.Read(id) is { } check ? new BidderChecks(Today).Run(v, check) : null);
    }

    /// <summary>The view as if the records of a source were not, but for a few: everything that it answers of records.</summary>
    private Question Without()
    {
        RecordId left = dice.Of(sources);
        var kind = dice.Percent(50) ? null : Ontology.Default[dice.Of(["Thing", "LegalEntity", "Interest"])];
        RecordId[] but = [.. records.Where(_ => dice.Percent(25))];
        var id = Record();
        var other = Record();
        string text = Typed();
        return new Question(
            nameof(View.Without),
            $"Without {kind?.Name} of {left}, but for {but.Length} records: '{text}', {id}, {other}",
            v =>
            {
                var view = v.Without(left, kind, but);
                var entity = view.Find(id);
                return (
                    entity,
                    view.Search(text),
                    view.Suggest(text),
                    view.Explain(id, other),
                    view.FindPath(id, other),
                    entity is null
                        ? null
                        : new object[]
                        {
                            view.Connections(entity),
                            view.PossibleMatches(entity),
                            view.PossibleMatches(entity, Adverse),
                            view.Screen(entity, 0.2),
                            view.Screen(entity, 0.2, only: Adverse),
                            view.Judgements(entity),
                            view.Summarise(entity),
                        }
                );
            }
        );
    }

    private Question Judgements() => OfEntity(nameof(View.Judgements), (v, e) => v.Judgements(e));

    private Question ScreenEntity()
    {
        int limit = dice.Percent(40) ? dice.Between(1, 3) : 20;
        double threshold = dice.Percent(50) ? 0 : 0.5;
        return OfEntity(nameof(View.Screen), (v, e) => v.Screen(e, threshold, limit));
    }

    private Question OfEntity(string member, Func<View, Entity, object?> ask)
    {
        var id = Record();
        return new Question(member, $"{member} of the entity of {id}", v => v.Find(id) is { } entity ? ask(v, entity) : null);
    }

    private Question Explain()
    {
        RecordId left = Record(),
            right = Record();
        return new Question(nameof(View.Explain), $"Explain {left} {right}", v => v.Explain(left, right));
    }

    private Question FindPath()
    {
        RecordId from = Record(),
            to = Record();
        int ties = dice.Between(1, 6);
        // From one to every other, and the other way, as often as between two.
        if (dice.Percent(50))
            return new Question(
                nameof(View.FindPath),
                $"Paths {from} in {ties}",
                v => v.Find(from) is null ? null : records.Select(r => (v.FindPath(from, r, ties), v.FindPath(r, from, ties))).ToArray()
            );
        return new Question(nameof(View.FindPath), $"Path {from} {to} in {ties}", v => v.FindPath(from, to, ties));
    }

    private Question ScreenValues()
    {
        var kind = dice.Of([SubjectKind.Person, SubjectKind.Organisation, SubjectKind.Legal, SubjectKind.Vessel]);
        List<FieldValue> values = [];
        if (!dice.Percent(15))
            values.Add(
                new FieldValue(
                    Field.Name,
                    dice.Percent(30) ? Vocabulary.Typed(dice) : dice.Of(kind == SubjectKind.Person ? Vocabulary.People : Vocabulary.Bodies)
                )
            );
        if (dice.Percent(35))
            values.Add(new FieldValue(Field.Date, dice.Of(["1980-04-05", "1980", "1999"])));
        if (dice.Percent(25))
            values.Add(new FieldValue(Field.Phone, "+441314960123"));
        if (dice.Percent(25))
            values.Add(new FieldValue(Field.RegistrationNumber, dice.Of(["SC123456", "gb:SC123456"])));
        if (dice.Percent(15))
            values.Add(new FieldValue(Field.Passport, "925665123"));
        double threshold = dice.Of([0, 0.2, 0.5, 0.95]);
        int limit = dice.Percent(40) ? dice.Between(1, 3) : 20;
        return new Question(
            nameof(View.Screen),
            $"Screen {kind} {string.Join("; ", values)} from {threshold}, {limit}",
            v => v.Screen(kind, values, threshold, limit)
        );
    }

    private Question Sources() => new(nameof(View.Sources), $"Sources ({sources.Length - 1} ever)", v => v.Sources());

    private Question Rejections()
    {
        var id = Other();
        return new Question(nameof(View.Rejections), $"Rejections of {id}", v => v.Rejections(id));
    }

    private Question Export()
    {
        var source = dice.Percent(50) ? dice.Of(sources) : (RecordId?)null;
        return new Question(nameof(View.Export), $"Export {source}", v => v.Export(source).ToArray());
    }

    private Question Read()
    {
        var id = Other();
        return new Question(nameof(View.Read), $"Read {id}", v => v.Read(id));
    }

    private Question Documents()
    {
        string kind = dice.Of([BidderChecks.DocumentKind, "release", "correction", "notice", .. Vocabulary.Papers]);
        return new Question(nameof(View.Documents), $"Documents {kind}", v => v.Documents(kind));
    }

    /// <summary>Begun and given up: what the session says before anything is kept, and what is refused.</summary>
    private Question BeginImport()
    {
        var label = dice.Of(Cast.Labels);
        string source = dice.Percent(95) ? dice.Of(Cast.SourceNames) : " ",
            key = dice.Of(Cast.Subjects);
        return new Question(
            "BeginImport IdentifierOf Records Statements Rejected EndedEarly Preview IsCommitted Begin Add End",
            $"Begin an import into '{source}' under {label}",
            v =>
            {
                using var session = v.BeginImport(new ImportRequest(source, label, "again.csv", "test") { Complete = true });
                session.Begin(key, Ontology.Default["Person"]);
                session.Add(Ontology.Default["Person"]["name"], "Fiona Macrae");
                session.End();
                return (
                    session.IdentifierOf(key),
                    session.Records,
                    session.Statements,
                    session.Rejected,
                    session.EndedEarly,
                    session.Preview(),
                    session.IsCommitted
                );
            }
        )
        {
            OnlyReads = false,
        };
    }

    /// <summary>What cannot be judged: refused alike whether it is hidden or not there. (What can be is among the acts.)</summary>
    private Question Judge()
    {
        RecordId left = Record(),
            right = Record();
        return new Question(
            nameof(View.Judge),
            $"Judge {left} {right} if either is not there",
            v => v.Find(left) is null || v.Find(right) is null || left == right ? v.Judge(left, right, Verdict.Same, "why") : null
        )
        {
            OnlyReads = false,
        };
    }

    private Question Write()
    {
        var label = dice.Of(Cast.Labels);
        var replaces = Other();
        return new Question(
            nameof(View.Write),
            $"Write under {label} in place of {replaces} if it is not there",
            v => v.Read(replaces) is null || !v.Viewer.MaySee(label) ? v.Write("note", "{}", label, replaces) : null
        );
    }

    /// <summary>All entities with all that is around them: one question that covers much.</summary>
    private Question Everything() =>
        new(
            nameof(View.Find),
            "Find every record ever mentioned",
            v =>
                records
                    .Select(id =>
                        v.Find(id) is { } e
                            ? (
                                e.Id,
                                v.Summarise(e),
                                e.Matches,
                                v.PossibleMatches(e),
                                v.Connections(e).Select(c => (c.Phrase, c.Other.Id, c.Tie.Id, c.Outgoing)).ToArray()
                            )
                            : default
                    )
                    .ToArray()
        );

    /// <summary>What answers name and yet is not there: a statement that points at an unseen record is unseen.</summary>
    private Question Loose() =>
        new(
            "Export",
            "Name what answers point at and is not there",
            v =>
            {
                var said = v.Export().SelectMany(r => r.Statements).Where(s => s.Property.Type.IsEntity).Select(s => RecordId.Parse(s.Value, null));
                var around = records.Select(v.Find).OfType<Entity>().SelectMany(v.Connections).SelectMany(c => new[] { c.Other.Id, c.Tie.Id });
                return said.Concat(around).Distinct().Where(id => v.Find(id) is null).Order().ToArray();
            }
        )
        {
            Must = "[]",
        };

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 6, 9, 0, 0, TimeSpan.Zero);

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }
}
