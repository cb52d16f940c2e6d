using System.Globalization;

namespace FourStrands.Noninterference.Histories;

/// <summary>A random sequence of acts by several viewers.</summary>
internal sealed record History(ulong Seed, IReadOnlyList<Act> Acts)
{
    public static History Make(ulong seed)
    {
        var maker = new Maker(new Dice(seed), isOfKeeping: seed % 8 == 3);
        return new History(seed, Seldom.In(seed, maker.Acts()));
    }

    public override string ToString() => string.Join('\n', Acts.Select(a => string.Create(CultureInfo.InvariantCulture, $"  {a.Minute, 3}: {a}")));

    /// <param name="dice">What decides.</param>
    /// <param name="isOfKeeping">True for a history of what is kept, held, quoted, released and erased: among all that can be done, such acts seldom meet.</param>
    private sealed class Maker(Dice dice, bool isOfKeeping)
    {
        private readonly List<Act> acts = [];

        /// <summary>The viewers of this history: few, so that they meet often.</summary>
        private readonly Viewer[] players = [Viewer.BuiltIn[0], dice.Of(Cast.Viewers), dice.Of(Cast.Viewers), dice.Of(Cast.Viewers)];

        /// <summary>The sources' names of this history.</summary>
        private readonly string[] sources = [.. Cast.SourceNames.Take(dice.Between(1, 3))];

        private int minute;

        public List<Act> Acts()
        {
            (int Weight, Action Do)[] kinds =
            [
                (31, Import),
                (6, Spread),
                (8, Revise),
                (6, Repeat),
                (8, Reclassify),
                (4, Crowd),
                (8, Dossier),
                (9, Judge),
                (11, Write),
                (7, Retell),
                (9, Permuted),
                (5, Numbered),
                (6, Listed),
                (6, Hub),
                (6, Waiting),
                (6, Check),
                (12, Release),
                (4, TakeBack),
                (7, Erase),
                (5, Retain),
                (6, Correct),
                (4, () => acts.Add(new RestartAct { Minute = Minute() })),
                (8, () => acts.Add(new WarmAct(dice.Next()) { Minute = Minute() })),
            ];
            if (isOfKeeping)
                kinds =
                [
                    (12, Import),
                    (12, Quoted),
                    (12, Held),
                    (12, Filed),
                    (12, Sanitised),
                    (6, Release),
                    (6, Erase),
                    (6, Correct),
                    (6, Retain),
                    (3, TakeBack),
                ];
            // Often some kinds alone: those that are left then meet each other more than among all.
            if (dice.Percent(65))
                kinds = [.. kinds.Where((_, i) => i == 0 || dice.Percent(30))];
            int count = dice.Between(4, 14),
                whole = kinds.Sum(k => k.Weight);
            while (acts.Count < count)
            {
                int at = dice.Below(whole);
                kinds.First(k => (at -= k.Weight) < 0).Do();
            }
            return acts;
        }

        private void Import()
        {
            var by = dice.Of(players);
            List<RecordSaid> records = [];
            int subjects = dice.Between(1, 4),
                ties = dice.Percent(55) ? dice.Between(1, 2) : 0,
                measures = dice.Percent(15) ? 1 : 0;
            for (int i = 0; i < subjects; i++)
                records.Add(Vocabulary.Subject(dice, dice.Of(Cast.Subjects)));
            for (int i = 0; i < ties; i++)
                records.Add(Vocabulary.Tie(dice, dice.Of(Cast.Ties)));
            for (int i = 0; i < measures; i++)
                records.Add(Vocabulary.Measure(dice, dice.Of(Cast.Ties), dice.Of(Cast.Subjects)));
            var ending = dice.Below(100) switch
            {
                < 5 => Ending.GivenUp,
                < 9 => Ending.Failed,
                < 13 => Ending.NotLinked,
                _ => Ending.Committed,
            };
            Add(by, LabelFor(by), dice.Of(sources), records, complete: dice.Percent(20), ending);
        }

        /// <summary>One record, each of its values under another label.</summary>
        private void Spread()
        {
            var by = dice.Percent(60) ? players[0] : dice.Of(players);
            string source = dice.Of(sources),
                key = dice.Of(Cast.Subjects);
            var labels = Cast.Labels.Where(by.MaySee).OrderBy(_ => dice.Next()).Take(dice.Between(2, 8)).ToArray();
            var said = Vocabulary.Subject(dice, key);
            foreach (var label in labels)
            {
                var more = Vocabulary.Subject(dice, key);
                var sayings = said.Sayings.Concat(more.Schema == said.Schema ? more.Sayings : []).ToArray();
                Saying[] one = sayings.Length == 0 ? [] : [dice.Of(sayings)];
                Add(by, label, source, [dice.Percent(85) ? said with { Sayings = one } : more]);
            }
        }

        /// <summary>One record whose kind is said several times, each time another.</summary>
        private void Reclassify()
        {
            var by = dice.Percent(60) ? players[0] : dice.Of(players);
            string source = dice.Of(sources),
                key = dice.Of(Cast.Subjects);
            var wide = dice.Percent(50) ? Label.Public : LabelFor(by);
            for (int i = dice.Between(3, 6); i > 0; i--)
            {
                // What others say in between moves where it is stored.
                bool same = dice.Percent(62);
                Add(by, same ? wide : LabelFor(by), source, [Vocabulary.Kind(dice, same ? key : dice.Of(Cast.Subjects))]);
            }
        }

        /// <summary>
        /// Two people who are alike, of whom the second waits to be compared; then more about one of them, for fewer, which is compared at once.
        /// </summary>
        private void Waiting()
        {
            var by = dice.Percent(60) ? players[0] : dice.Of(players);
            string source = dice.Of(sources);
            string[] keys = [.. Cast.Subjects.OrderBy(_ => dice.Next()).Take(2)];
            var wide = dice.Percent(60) ? Label.Public : LabelFor(by);
            var one = new RecordSaid(keys[0], "Person", [new Saying("name", dice.Of(Vocabulary.People)), new Saying("birthDate", "1980-04-05")]);
            Add(by, wide, source, [one]);
            Add(by, wide, source, [one with { Key = keys[1] }], ending: Ending.NotLinked);
            Add(by, LabelFor(by), source, [Vocabulary.Subject(dice, dice.Of(keys), person: true)]);
        }

        /// <summary>
        /// So many of alike names that lists of them are cut off; some of them under another label, or come once somebody has asked for the others.
        /// </summary>
        private void Crowd()
        {
            var by = dice.Of(players);
            string source = dice.Of(sources);
            // Few names, and each is borne by many.
            string[] names = dice.Percent(50) ? Vocabulary.Crowd : [.. Vocabulary.Crowd.OrderBy(_ => dice.Next()).Take(2)];
            for (int i = dice.Between(1, 3); i > 0; i--)
            {
                Add(by, LabelFor(by), source, [.. Cast.Crowd.Take(dice.Between(5, 9)).Select(k => Vocabulary.OneOfMany(dice, k, names))]);
                if (dice.Percent(60))
                    acts.Add(new WarmAct(dice.Next()) { Minute = Minute() });
            }
        }

        /// <summary>
        /// One record told as several kinds that name the same end, with or without somebody else's import in between: whether
        /// what is said of it is stored together depends on that, and nothing may show it.
        /// </summary>
        private void Retell()
        {
            var by = dice.Percent(60) ? players[0] : dice.Of(players);
            string source = dice.Of(sources),
                key = dice.Of(Cast.Ties),
                end = dice.Of(Cast.Subjects);
            var wide = dice.Percent(60) ? Label.Public : LabelFor(by);
            Add(by, wide, source, [Vocabulary.Subject(dice, end)]);
            foreach (var told in Vocabulary.ToldAgain(dice, key, end))
            {
                Add(by, wide, source, [told]);
                if (dice.Percent(50))
                    Import();
            }
        }

        /// <summary>
        /// Two people with more spellings of their names than are all compared; a tie that not everybody sees may name the second
        /// before the first is heard of, so that they are stored the other way round.
        /// </summary>
        private void Permuted()
        {
            var by = dice.Percent(60) ? players[0] : dice.Of(players);
            string source = dice.Of(sources),
                first = dice.Of(Cast.Subjects),
                second = dice.Of(Cast.Subjects);
            var wide = dice.Percent(60) ? Label.Public : LabelFor(by);
            if (dice.Percent(70))
                Add(
                    by,
                    LabelFor(by),
                    source,
                    [new RecordSaid(dice.Of(Cast.Ties), "Associate", [new Saying("person", second), new Saying("associate", first)])]
                );
            var (one, other) = Vocabulary.Permuted(dice, first, second);
            Add(by, wide, source, [one]);
            Add(by, wide, source, [other]);
        }

        /// <summary>A number that is somebody's name as well, openly; and, for fewer, many whose names hold parts of it.</summary>
        private void Numbered()
        {
            var by = dice.Percent(60) ? players[0] : dice.Of(players);
            string source = dice.Of(sources);
            Saying[] said = Vocabulary.Numbered(dice);
            Add(by, dice.Percent(60) ? Label.Public : LabelFor(by), source, [new RecordSaid(dice.Of(Cast.Subjects), "Company", said)]);
            Add(by, LabelFor(by), source, [.. Cast.Crowd.Take(dice.Between(3, 9)).Select(k => Vocabulary.PartOfNumber(dice, k))]);
        }

        /// <summary>Some people known to all, and a measure against one of them, or somebody else who is named nearly alike, known to fewer.</summary>
        private void Listed()
        {
            var by = dice.Percent(60) ? players[0] : dice.Of(players);
            string source = dice.Of(sources);
            var wide = dice.Percent(70) ? Label.Public : LabelFor(by);
            string[] keys = [.. Cast.Subjects.OrderBy(_ => dice.Next()).Take(3)];
            Add(by, wide, source, [.. keys.Select(k => Vocabulary.Subject(dice, k, person: dice.Percent(70)))]);
            Add(by, dice.Percent(75) ? LabelFor(by) : wide, source, [Vocabulary.Measure(dice, dice.Of(Cast.Ties), dice.Of(keys))]);
            if (dice.Percent(40))
                Add(by, LabelFor(by), source, [new RecordSaid(dice.Of(keys), "Person", [new Saying("topics", dice.Of(["sanction", "debarment"]))])]);
        }

        /// <summary>A subject with more ties than are sorted at once, some of them for fewer; two records may say the same tie.</summary>
        private void Hub()
        {
            var by = dice.Of(players);
            string source = dice.Of(sources),
                centre = dice.Of(Cast.Subjects);
            var wide = dice.Percent(60) ? Label.Public : LabelFor(by);
            Add(by, wide, source, [Vocabulary.Subject(dice, centre), .. Cast.Crowd.Select(k => Vocabulary.OneOfMany(dice, k, Vocabulary.Crowd))]);
            foreach (string tie in Cast.Ties.Take(dice.Between(2, 3)))
            {
                string[] ends = [.. Cast.Crowd.Concat(Cast.Subjects).OrderBy(_ => dice.Next()).Take(dice.Between(6, 12))];
                Add(by, dice.Percent(65) ? wide : LabelFor(by), source, [Vocabulary.ManyEnds(dice, tie, centre, ends)]);
            }
        }

        /// <summary>Something that somebody of the players brought in, for others to see.</summary>
        private void Release()
        {
            var brought = acts.OfType<ImportAct>().SelectMany(a => a.Records, (a, r) => (Act: a, Record: r)).ToArray();
            if (brought.Length == 0)
                return;
            var (act, record) = dice.Of(brought);
            var by = dice.Percent(80) ? act.By : dice.Of(players);
            acts.Add(
                new ReleaseAct(by, new Reference(act.By.Agency, act.Request.SourceName, record.Key), LabelFor(by), dice.Next())
                {
                    Minute = Minute(),
                    IsPointer = dice.Percent(25),
                    IsSanitised = dice.Percent(35),
                    Until = dice.Percent(30) ? minute + dice.Between(1, 6) : null,
                }
            );
        }

        private void TakeBack()
        {
            if (Earlier<ReleaseAct>() is { } release)
                acts.Add(new TakeBackAct(dice.Percent(80) ? release.By : dice.Of(players), release) { Minute = Minute() });
        }

        /// <summary>Something that came in is erased, or held, by somebody of the agency whose it is; sometimes it comes in again.</summary>
        private void Erase()
        {
            if (Earlier<ImportAct>() is not { Records.Count: > 0 } import)
                return;
            var by = dice.Percent(70) ? import.By : dice.Of([.. Cast.Viewers.Where(v => v.Agency == import.By.Agency)]);
            var record = dice.Of([.. import.Records]);
            var said = record.Sayings.Count == 0 ? default : dice.Of([.. record.Sayings]);
            var kind =
                dice.Percent(20) ? ErasureKind.Import
                : said.Property is null || dice.Percent(50) ? ErasureKind.Record
                : ErasureKind.Statement;
            acts.Add(
                new EraseAct(by, kind, new Reference(import.By.Agency, import.Request.SourceName, record.Key), said, import, Holds: dice.Percent(15))
                {
                    Minute = Minute(),
                    IsEntity = said.Property is not null && Ontology.Default[record.Schema][said.Property].Type.IsEntity,
                }
            );
            if (dice.Percent(30))
                acts.Add(import with { Minute = Minute() });
        }

        /// <summary>Something that came in was wrong: somebody of the agency whose it is withdraws it, or says what is right, in what was released as well or not.</summary>
        private void Correct()
        {
            if (Earlier<ImportAct>() is not { Records.Count: > 0 } import)
                return;
            // Often what was released: then its audience sees a correction.
            var release = dice.Percent(60) ? Earlier<ReleaseAct>() : null;
            if (release is not null)
                import =
                    acts.OfType<ImportAct>()
                        .FirstOrDefault(a =>
                            a.By.Agency == release.Record.Agency
                            && a.Request.SourceName == release.Record.Source
                            && a.Records.Any(r => r.Key == release.Record.Key)
                        )
                    ?? import;
            var record = release is null
                ? dice.Of([.. import.Records])
                : import.Records.FirstOrDefault(r => r.Key == release.Record.Key) ?? dice.Of([.. import.Records]);
            var by = dice.Percent(70) ? import.By : dice.Of([.. Cast.Viewers.Where(v => v.Agency == import.By.Agency)]);
            var said = record.Sayings.Count == 0 ? default : dice.Of([.. record.Sayings]);
            // What is released is told of as values: over a store where nothing else was ever known there is no such file to withdraw.
            bool file = dice.Percent(15) && !acts.Exists(a => a is ReleaseAct);
            var kind =
                file ? ErasureKind.Import
                : said.Property is null || dice.Percent(25) ? ErasureKind.Record
                : ErasureKind.Statement;
            acts.Add(
                new CorrectAct(by, kind, new Reference(import.By.Agency, import.Request.SourceName, record.Key), said, import)
                {
                    Minute = Minute(),
                    Right = dice.Percent(60) ? Vocabulary.Subject(dice, record.Key).Sayings.Select(s => s.Value).FirstOrDefault() : null,
                    InReleases = dice.Percent(60),
                    IsEntity = said.Property is not null && Ontology.Default[record.Schema][said.Property].Type.IsEntity,
                }
            );
        }

        /// <summary>An information manager makes a schedule that what comes in next is under, or decides how long something is kept.</summary>
        private void Retain()
        {
            var import = dice.Percent(60) ? Earlier<ImportAct>() : null;
            var by = import is null ? dice.Of(players) : dice.Of([.. Cast.Viewers.Where(v => v.Agency == import.By.Agency)]);
            acts.Add(new RetentionAct(by, import, dice.Between(1, 3), Puts: dice.Percent(50)) { Minute = Minute() });
        }

        /// <summary>Something that is known to some, a paper for others that quotes it, and then it is erased.</summary>
        private void Quoted()
        {
            var by = dice.Percent(60) ? players[0] : dice.Of(players);
            var record = Named(dice.Of(Cast.Subjects));
            Add(by, LabelFor(by), dice.Of(sources), [record]);
            var import = (ImportAct)acts[^1];
            string quoting = System.Text.Json.JsonSerializer.Serialize(new { by = by.Name, says = record.Sayings[0].Value });
            acts.Add(new WriteAct(by, dice.Of(Vocabulary.Papers), quoting, LabelFor(by), null) { Minute = Minute() });
            Erase(dice.Percent(70) ? by : Colleague(by), import, holds: false);
        }

        /// <summary>A record of which some is known to fewer; one who sees all of it holds it, and somebody of their agency erases it.</summary>
        private void Held()
        {
            var by = dice.Percent(60) ? players[0] : dice.Of(players);
            string source = dice.Of(sources),
                key = dice.Of(Cast.Subjects);
            Add(by, LabelFor(by), source, [Named(key)]);
            var import = (ImportAct)acts[^1];
            Add(by, LabelFor(by), source, [Named(key)]);
            Erase(dice.Percent(70) ? by : Colleague(by), dice.Percent(50) ? import : (ImportAct)acts[^1], holds: true);
            Erase(Colleague(by), import, holds: false);
        }

        /// <summary>Two files of one source, the first of them put under a schedule; somebody of the agency decides on the second, and looks at all.</summary>
        private void Filed()
        {
            var by = dice.Percent(60) ? players[0] : dice.Of(players);
            string source = dice.Of(sources);
            int schedule = dice.Between(1, 3);
            Add(by, LabelFor(by), source, [Named(dice.Of(Cast.Subjects))]);
            var first = (ImportAct)acts[^1];
            acts.Add(new RetentionAct(by, null, schedule, Puts: false) { Minute = Minute() });
            acts.Add(new RetentionAct(by, first, schedule, Puts: true) { Minute = Minute() });
            Add(by, LabelFor(by), source, [Named(dice.Of(Cast.Subjects))]);
            var second = (ImportAct)acts[^1];
            acts.Add(new RetentionAct(Colleague(by), second, schedule, Puts: false) { Minute = Minute() });
        }

        /// <summary>A record of which some is known to fewer, released in other words.</summary>
        private void Sanitised()
        {
            var by = dice.Percent(60) ? players[0] : dice.Of(players);
            string source = dice.Of(sources),
                key = dice.Of(Cast.Subjects);
            Add(by, dice.Percent(60) ? Label.Public : LabelFor(by), source, [Named(key)]);
            Add(by, LabelFor(by), source, [Named(key)]);
            acts.Add(new ReleaseAct(by, new Reference(by.Agency, source, key), LabelFor(by), dice.Next()) { Minute = Minute(), IsSanitised = true });
        }

        private RecordSaid Named(string key) => new(key, "Person", [new Saying("name", dice.Of(Vocabulary.People))]);

        private Viewer Colleague(Viewer of) => dice.Of([.. Cast.Viewers.Where(v => v.Agency == of.Agency)]);

        private void Erase(Viewer by, ImportAct import, bool holds)
        {
            var record = import.Records[0];
            var kind =
                dice.Percent(60) ? ErasureKind.Record
                : dice.Percent(50) && !holds ? ErasureKind.Statement
                : ErasureKind.Import;
            acts.Add(
                new EraseAct(by, kind, new Reference(import.By.Agency, import.Request.SourceName, record.Key), record.Sayings[0], import, holds)
                {
                    Minute = Minute(),
                }
            );
        }

        private void Check()
        {
            var by = dice.Of(players);
            string[] bidders = [.. Enumerable.Range(0, dice.Between(1, 3)).Select(_ => dice.Of(dice.Percent(60) ? Vocabulary.Bodies : Vocabulary.People))];
            acts.Add(new CheckAct(by, $"Check of {by.Name}", string.Join('\n', bidders), dice.Between(1, 3)) { Minute = Minute() });
        }

        /// <summary>Two records said openly, more of them said to fewer, and a decision by somebody who sees all of that.</summary>
        private void Dossier()
        {
            var by = dice.Percent(70) ? players[0] : dice.Of(players);
            var left = new Reference(by.Agency, dice.Of(sources), dice.Of(Cast.Subjects));
            var right = new Reference(by.Agency, dice.Of(sources), dice.Of(Cast.Subjects));
            var wide = dice.Percent(60) ? Label.Public : LabelFor(by);
            foreach (var (record, label) in new[] { (left, wide), (right, wide), (dice.Percent(50) ? left : right, LabelFor(by)) })
            {
                Add(by, label, record.Source, [Vocabulary.Subject(dice, record.Key, person: true)]);
            }
            acts.Add(new JudgeAct(by, left, right, dice.Of([Verdict.Same, Verdict.Different]), $"{by.Name} knows, {minute}") { Minute = Minute() });
        }

        /// <summary>An earlier import's source again, complete, with something left out or changed.</summary>
        private void Revise()
        {
            if (Earlier<ImportAct>() is not { } earlier)
                return;
            List<RecordSaid> records = [];
            foreach (var record in earlier.Records)
            {
                if (dice.Percent(35))
                    continue;
                records.Add(dice.Percent(60) ? record : record with { Sayings = [.. record.Sayings.Where(_ => dice.Percent(60))] });
            }
            if (dice.Percent(40))
                records.Add(Vocabulary.Subject(dice, dice.Of(Cast.Subjects)));
            Add(earlier.By, earlier.Request.Label, earlier.Request.SourceName, records, complete: true);
        }

        /// <summary>An earlier import's file again: by the same person or another, under the same label or another.</summary>
        private void Repeat()
        {
            if (Earlier<ImportAct>() is not { } earlier)
                return;
            var by = dice.Percent(50) ? earlier.By : dice.Of(players);
            var label = dice.Percent(50) && by.MaySee(earlier.Request.Label) ? earlier.Request.Label : LabelFor(by);
            acts.Add(
                earlier with
                {
                    By = by,
                    Minute = Minute(),
                    Ending = Ending.Committed,
                    AskedWithin = null,
                    Request = earlier.Request with { Label = label },
                }
            );
        }

        private void Add(Viewer by, Label label, string source, IReadOnlyList<RecordSaid> records, bool complete = false, Ending ending = Ending.Committed)
        {
            // A complete import of which some was rejected is refused: now and then.
            Rejection[] rejections = dice.Percent(complete ? 5 : 20) ? [new Rejection(dice.Between(1, 9), "birthDate", "Not a date.", $"31/31/{by.Name}")] : [];
            var request = new ImportRequest(source, label, $"{source}-{dice.Below(3)}.csv", "test")
            {
                Complete = complete,
                DespiteRejections = true,
                Grade = dice.Of(["", "1 reliable", "2 untested", "3 not reliable"]),
                Kind = dice.Percent(20) ? StatementKind.Opinion : StatementKind.Fact,
            };
            acts.Add(
                new ImportAct(by, request, records, rejections)
                {
                    Minute = Minute(),
                    Ending = ending,
                    // What runs out in the middle of an import is compared anew after it, which is timing.
                    AskedWithin = dice.Percent(5) && !acts.Exists(a => a is ReleaseAct { Until: not null }) ? dice.Next() : null,
                }
            );
        }

        private void Judge()
        {
            var mentioned = acts.OfType<ImportAct>()
                .SelectMany(a => a.Records, (a, r) => (new Reference(a.By.Agency, a.Request.SourceName, r.Key), a.Request.Label))
                .ToArray();
            if (mentioned.Length < 2)
                return;
            var by = dice.Of(players);
            var seen = mentioned.Where(m => by.MaySee(m.Label)).ToArray();
            if (seen.Length >= 2 && !dice.Percent(6))
                mentioned = seen;
            // Often a pair that was judged before, so that decisions replace each other and conflict.
            if (dice.Percent(35) && Earlier<JudgeAct>() is { } before)
                acts.Add(new JudgeAct(by, before.Left, before.Right, Verdict(), Reason(by)) { Minute = Minute() });
            else
                acts.Add(new JudgeAct(by, dice.Of(mentioned).Item1, dice.Of(mentioned).Item1, Verdict(), Reason(by)) { Minute = Minute() });

            Verdict Verdict() => dice.Of([Picture.Verdict.Same, Picture.Verdict.Same, Picture.Verdict.Different, Picture.Verdict.Unsure]);

            string Reason(Viewer viewer) => $"{viewer.Name} says so, {minute}";
        }

        private void Write()
        {
            var earlier = dice.Percent(55) ? Earlier<WriteAct>() : null;
            var by = earlier is not null && dice.Percent(75) ? earlier.By : dice.Of(players);
            var label = earlier is not null && dice.Percent(50) ? earlier.Label : LabelFor(by);
            var written = new WriteAct(by, earlier?.Kind ?? dice.Of(Vocabulary.Papers), Paper(by), label, earlier) { Minute = Minute() };
            acts.Add(written);
            // The same once more in the same moment, for others to see.
            if (earlier is null && dice.Percent(25))
                acts.Add(written with { Label = LabelFor(by) });
        }

        /// <summary>Mostly the next; what different people do, and one does twice, may fall into one moment.</summary>
        private int Minute() => dice.Percent(12) ? Math.Max(1, minute) : ++minute;

        /// <summary>Sometimes it quotes what somebody said, or speaks of a record.</summary>
        private string Paper(Viewer by)
        {
            if (dice.Percent(60) || Earlier<ImportAct>() is not { Records.Count: > 0 } import)
                return $$"""{"by":"{{by.Name}}","n":{{dice.Below(3)}}}""";
            var record = dice.Of([.. import.Records]);
            string text =
                record.Sayings.Count == 0 || dice.Percent(30)
                    ? Stage.IdOf(new Reference(import.By.Agency, import.Request.SourceName, record.Key)).ToString()
                    : dice.Of([.. record.Sayings]).Value;
            return System.Text.Json.JsonSerializer.Serialize(new { by = by.Name, says = text });
        }

        private T? Earlier<T>()
            where T : Act
        {
            var found = acts.OfType<T>().ToArray();
            return found.Length == 0 ? null : dice.Of(found);
        }

        private Label LabelFor(Viewer by)
        {
            var own = Cast.Labels.Where(by.MaySee).ToArray();
            if (own.Length == 0 || dice.Percent(4))
                return dice.Of(Cast.Labels);
            return dice.Percent(35) ? own[0] : dice.Of(own);
        }
    }
}
