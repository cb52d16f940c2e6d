namespace FourStrands.Noninterference.Mutants;

/// <summary>The seeded faults. Each must compile, and each must be found.</summary>
internal static class MutantList
{
    private const string Entities = "Views/Reader.Entities.cs",
        Records = "Views/Reader.Records.cs",
        Search = "Views/Reader.Search.cs",
        Ties = "Views/Reader.Ties.cs",
        Paths = "Views/Reader.Paths.cs",
        Reader = "Views/Reader.cs";
    private const string Find = "Erasure/Erasures.Find.cs";
    private const string View = "Views/View.cs",
        Sources = "Views/View.Sources.cs",
        Engine = "Memory/Engine.cs",
        Releases = "Releases/Releases.cs",
        Carry = "Releases/Releases.Preview.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "what is pending or withdrawn is seen",
            new Edit(
                "Memory/LabelTable.cs",
                "var bits = new ulong[(labels.Count + 63) / 64];",
                "var bits = new ulong[(labels.Count + 63) / 64]; bits[0] = viewer.Clearance is null ? 0UL : 1UL;"
            ),
            new Edit(
                "Memory/LabelTable.cs",
                "labels[number] ?? throw new InvalidOperationException(\"What nobody may see has no label to show.\")",
                "labels[number] ?? Label.Public"
            )
        ),
        new("a reference to an unseen record is seen", new Edit(Reader, "|| Exists(engine.Statements[statement].Value)", "|| statement >= 0")),
        new("a record of several labels is there for everybody", new Edit(Reader, "uniform == Records.Mixed && AnySeen(record)", "uniform == Records.Mixed")),
        new(
            "an entity page shows every value of a visible record",
            new Edit(Records, "if (!Sees(s)) continue; var from = SourceOf(s);", "var from = SourceOf(s);")
        ),
        new(
            "a source's grade is the best of any import",
            new Edit(Records, "if (!Sees(s)) continue; var from = SourceOf(s);", "var from = SourceOf(s);"),
            new Edit(
                Records,
                "if (property == Statements.KindProperty) continue; var import",
                "if (property == Statements.KindProperty || !Sees(s)) continue; var import"
            )
        ),
        new(
            "a caption is chosen among hidden values too",
            new Edit(Records, "engine.IsEntity[number] || !Sees(s)) continue; int rank", "engine.IsEntity[number]) continue; int rank")
        ),
        new(
            "a summary is made of hidden values too",
            new Edit(Records, "engine.IsEntity[number] || !Sees(s)) continue; var property", "engine.IsEntity[number]) continue; var property")
        ),
        new(
            "an entity is named by its smallest member, seen or not",
            new Edit(Records, "new Entity(IdOf(members[0]),", "new Entity(Least(members[0]),"),
            new Edit(
                Records,
                "public Entity Entity(int record)",
                """
                    private RecordId Least(int record)
                    {
                        var least = IdOf(record);
                        foreach (var edge in engine.Matches.EdgesOf(record))
                        {
                            if (Matches.Linker.IsSame(engine.Matches[edge.Verdict].Seen(engine, default(Matches.PublishedSight), record, edge.Other)) && IdOf(edge.Other).CompareTo(least) < 0) least = IdOf(edge.Other);
                        }
                        return least;
                    }

                    public Entity Entity(int record)

                """
            )
        ),
        new(
            "a match's table is read as if every label were seen",
            new Edit(Entities, ".Seen(engine, sight, record, other);", ".Seen(engine, default(PublishedSight), record, other);")
        ),
        new(
            "entities are resolved over everything and then filtered",
            new Edit(Entities, "int[] members = Resolve(record);", "var me = this; int[] members = Array.FindAll(Resolve(record), m => me.Exists(m));"),
            new Edit(Entities, "if (!Exists(other)) continue;", ""),
            new Edit(Entities, ".Seen(engine, sight, record, other);", ".Seen(engine, default(PublishedSight), record, other);")
        ),
        new(
            "a judgement counts whoever may see it",
            new Edit(
                Entities,
                "(row.Left == right || row.Right == right) && sight.Sees(row.Label) && (agencies",
                "(row.Left == right || row.Right == right) && (agencies"
            )
        ),
        new("judgements are listed whoever may see them", new Edit(View, "reader.SeesLabel(row.Label) && reader.Exists(row.Left)", "reader.Exists(row.Left)")),
        new(
            "a judgement's label forgets compartments",
            new Edit(
                View,
                "label = under ?? reading.Reader.LabelOf([a, b]).Join(Label.OwnAgency(Viewer));",
                "label = reading.Reader.LabelOf([a, b]).Join(Label.OwnAgency(Viewer)); label = under ?? new Label(label.Classification, label.Audiences.FirstOrDefault());"
            )
        )
        {
            History = 6899012695089348777,
        },
        new(
            "a judgement bears its agency's label alone",
            new Edit(View, "label = under ?? reading.Reader.LabelOf([a, b]).Join(Label.OwnAgency(Viewer));", "label = under ?? Label.OwnAgency(Viewer);")
        )
        {
            History = 6899012695089348777,
        },
        new(
            "the refusal to judge tells hidden from missing",
            new Edit(
                View,
                "if (a < 0 || b < 0) throw new KeyNotFoundException(\"There is no such record.\");",
                "if (a < 0 || b < 0) throw new KeyNotFoundException(Engine.Records.Find(left) >= 0 && Engine.Records.Find(right) >= 0 ? \"A record is restricted.\" : \"There is no such record.\");"
            )
        ),
        new(
            "all records of a source are counted",
            new Edit(Sources, "if (source != number || !reader.SeesLabel(label)) continue;", "if (source != number) continue;")
        ),
        new("all imports of a source are listed", new Edit(Sources, "if (!reader.SeesLabel(import.Label)) continue;", "")),
        new(
            "anybody reads what an import rejected",
            new Edit(Sources, "if (row is null || !reading.Reader.SeesLabel(row.Label)) return [];", "if (row is null) return [];")
        ),
        new(
            "documents are listed whoever may see them",
            new Edit(Sources, "if (reading.Reader.SeesLabel(label)) visible.Add((document, agency));", "visible.Add((document, agency));"),
            new Edit(Sources, "gate.Store.Documents(null, document, Viewer.MaySee)", "gate.Store.Documents(null, document)"),
            new Edit(Sources, "gate.Store.Documents(kind, null, Viewer.MaySee)", "gate.Store.Documents(kind, null)")
        ),
        new("a document takes another label when it is replaced", new Edit(Sources, "if (!kept.Label.Equals(label)) throw", "if (kept.Label is null) throw"))
        {
            History = 15595484536729022425,
        },
        new(
            "search stops after so many postings, seen or not",
            new Edit(Search, "List<Found> found = [];", "List<Found> found = []; int looked = 0;"),
            new Edit(
                Search,
                "if (!SeesPlain(s) || (namesOnly && !engine.Fields.IsName(engine.Statements[s].Property))) continue; int rank = exact",
                "if (++looked > 5) return found; if (!SeesPlain(s) || (namesOnly && !engine.Fields.IsName(engine.Statements[s].Property))) continue; int rank = exact"
            )
        ),
        new(
            "of the values that may hold several words the first so many are tested, seen or not",
            new Edit(
                Search,
                "candidates.RemoveRange(distinct, candidates.Count - distinct);",
                "distinct = Math.Min(distinct, 3); candidates.RemoveRange(distinct, candidates.Count - distinct);"
            )
        ),
        new(
            "of frequent words those alone count that are typed to their end",
            new Edit(
                Search,
                "foreach (int s in engine.Index.Of(word)) has[s >> 6]",
                "if (engine.Index.Word(word).Length == sizes[i].Word.Length) foreach (int s in engine.Index.Of(word)) has[s >> 6]"
            )
        ),
        new(
            "hits are counted in the index",
            new Edit(
                View,
                "int records = Math.Min(found.Count, CountLimit + 1);",
                "int records = Math.Min(words.Count == 1 && Engine.Index.Find(words[0]) is var word and >= 0 ? Math.Max(found.Count, Engine.Index.Size(word)) : found.Count, CountLimit + 1);"
            )
        ),
        new(
            "suggestions stop after so many names, seen or not",
            new Edit(
                Search,
                "if (!SeesPlain(s) || !engine.Fields.IsName(engine.Statements[s].Property)) continue; seen++;",
                "seen++; if (!SeesPlain(s) || !engine.Fields.IsName(engine.Statements[s].Property)) continue;"
            )
        )
        {
            History = 3285708351799749208,
        },
        new(
            "of names in order the first so many are tested",
            new Edit(Search, "foreach (int s in ordered.Names)", "foreach (int s in ordered.Names.Take(limit))")
        ),
        new(
            "names that came after those in order were made are left out",
            new Edit(Search, "engine.Index.Of(word, after: ordered?.Covered ?? 0)", "engine.Index.Of(word, after: ordered is null ? 0 : int.MaxValue)")
        )
        {
            History = 13004208896954937141,
        },
        new(
            "suggestions are of everything",
            new Edit(Search, "if (!SeesPlain(s) || !engine.Fields.IsName(", "if (!engine.Fields.IsName("),
            new Edit(Search, "if (!SeesPlain(s)) continue; best.Add", "best.Add")
        ),
        new(
            "a title line is given of what is hidden",
            new Edit(View, "int number = reading.Reader.Find(record); return number", "int number = Engine.Records.Find(record); return number")
        ),
        new(
            "a record is of interest by what it says to others",
            new Edit(Entities, "if (!sight.Sees(engine.Statements[s].Label)) continue; var (property, value)", "var (property, value)")
        ),
        new(
            "a hidden measure makes of interest whom it names",
            new Edit(
                Entities,
                "&& sight.Sees(engine.Statements[s].Label) && Exists(engine.Statements[s].Record)) return true;",
                "&& engine.Statements[s].Label != LabelTable.Nobody) return true;"
            )
        )
        {
            History = 6546882551254358298,
        },
        new("what may be of interest to somebody is", new Edit(Search, "|| (only is not null && !SaysOrIsNamed(record, only))", "")),
        new(
            "a key that both indexes hold counts once, unless it has to be checked",
            new Edit(Search, "ulong here = packed | (uint)worth;", "ulong here = packed;")
        )
        {
            History = 8308001988591700637,
        },
        new(
            "screening compares the first so many, seen or not",
            new Edit(Search, "List<(int, double)> found = [];", "List<(int, double)> found = []; int tested = 0;"),
            new Edit(Search, "foreach (int record in records) {", "foreach (int record in records) { if (++tested > MostCompared) break;")
        ),
        new(
            "a path looks at so many ties, seen or not",
            new Edit(Paths, "List<int> front = [start],", "int looked = 0; List<int> front = [start],"),
            new Edit(
                Paths,
                "foreach (int node in level) {",
                "foreach (int node in level) { foreach (int s in engine.Records.PointingAt(node)) looked++; if (looked > MostVisited) return null;"
            )
        ),
        new(
            "a pair of many labels is scored over all of them",
            new Edit(
                "Matches/Linker.cs",
                "before with { Asked = [.. before.Asked.Append(label).Distinct().Order()] }",
                "new VerdictRow([labels[0]], [0, Seen(engine, default(PublishedSight), left, right)])"
            )
        )
        {
            History = 4848977185652106082,
        },
        new(
            "comparing an import's records changes what those see who may not see it",
            new Edit("Matches/Linker.cs", "bool seesImport = own >= 0 && ((mask >> own) & 1) != 0;", "bool seesImport = true;")
        )
        {
            History = 7952430966021399628,
        },
        new(
            "which of two records stands left decides how alike they are",
            new Edit("FourStrands.Linkage/Weighing.Names.cs", "var turned = left.Text.SequenceCompareTo(right.Text) > 0;", "var turned = false;")
        )
        {
            History = 1579653582803549109,
        },
        new(
            "what came in between turns what is said round",
            new Edit("Memory/Records.cs", "at = extents[extent] + left - 1;", "at = extents[extent];"),
            new Edit("Memory/Records.cs", "Current = at--;", "Current = at++;"),
            new Edit(Ties, "steps.Sort(InOrder); var own", "var own")
        ),
        new(
            "what came in between turns a path's steps round",
            new Edit("Memory/Records.cs", "at = extents[extent] + left - 1;", "at = extents[extent];"),
            new Edit("Memory/Records.cs", "Current = at--;", "Current = at++;"),
            new Edit(Paths, "steps.Sort(InOrder);", "var all = engine; steps.Sort((a, b) => all.Records.Id[a.Other].CompareTo(all.Records.Id[b.Other]));")
        ),
        new(
            "progress is told as often as there are pairs to compare",
            new Edit(
                "Matches/Linker.cs",
                "if (pairs.Count >= ChunkOfPairs) { Flush(proposed: true); }",
                "if (pairs.Count >= ChunkOfPairs) { Flush(proposed: true); progress?.Report((double)i / keys.Length); }"
            )
        ),
        new("a document's identifier leaves out who may see it", new Edit(Sources, "Viewer.Name, label.ToString(), kind,", "Viewer.Name, kind,"))
        {
            History = 4428415922199416490,
        },
        new(
            "what was withdrawn is back after a restart",
            new Edit("Store/StoreLog.Load.cs", "engine.Publish(import, withdrawn, sort: false);", "engine.Publish(import, null, sort: false);")
        ),
        new(
            "screening proposes by keys of what is hidden or past",
            new Edit(Search, "if (engine.Records.KeysToCheck[record] != 0)", "if (engine.Records.KeysToCheck[record] > 1)")
        ),
        new("keys of a record that was changed are not checked", new Edit(Engine, "if (Records.HasBefore(", "if (import.First < 0 && Records.HasBefore("))
        {
            History = 15582487863667841248,
        },
        new(
            "a path goes over a hidden tie",
            new Edit(Ties, "if (!sight.Sees(engine.Statements[s].Label) || !Exists(tie)) continue;", "if (!Exists(tie)) continue;")
        ),
        new(
            "a record that points here is there because it points",
            new Edit(Ties, "== other.Number && Sees(t)", "== other.Number && sight.Sees(engine.Statements[t].Label)")
        ),
        new(
            "what is kept is shared by an agency's people",
            new Edit("Gate.cs", "classes.TryGetValue(viewer.PermissionClass,", "classes.TryGetValue(viewer.Agency,"),
            new Edit("Gate.cs", "classes.GetOrAdd(viewer.PermissionClass,", "classes.GetOrAdd(viewer.Agency,")
        ),
        new(
            "what is kept outlives a change",
            new Edit(
                "Views/ClassState.cs",
                "if (now.Version == engine.Version) return now;",
                "if (now.Version >= 0 && now.Sight.Length * 64 > engine.Labels.Count) return now;"
            )
        ),
        new(
            "what is made ready for comparison is kept for records of several labels",
            new Edit(
                "Matches/PreparedSubjects.cs",
                "if (engine.Records.Uniform[record] <= LabelTable.Nobody)",
                "if (engine.Records.Uniform[record] == LabelTable.Nobody)"
            )
        ),
        new(
            "identifiers follow the order of arrival",
            new Edit(
                Engine,
                "Records.Add(IdentifyRecord(Sources[source], Encoding.UTF8.GetString(key)), source, text)",
                "Records.Add(new RecordId(IdentifyRecord(Sources[source], Encoding.UTF8.GetString(key)).Value + (UInt128)Records.Count), source, text)"
            )
        ),
        new(
            "a file is recognised under any label",
            new Edit(
                "Imports/ImportSession.cs",
                "FindLast(i => i.Source == import.Source && i.Label == import.Label && !i.IsRelease)",
                "FindLast(i => i.Source == import.Source && !i.IsRelease)"
            )
        )
        {
            History = 4861861808809691205,
        },
        new(
            "a statement is kept once, whatever its label",
            new Edit(Engine, "if (label != import.Label || import.IsRelease ||", "if (label == LabelTable.Nobody || import.IsRelease ||")
        ),
        new(
            "a complete import withdraws what stands under other labels",
            new Edit(
                Engine,
                "if (earlier.Source != import.Source || earlier.Label != import.Label || earlier.IsRelease) continue;",
                "if (earlier.Source != import.Source || earlier.IsRelease) continue;"
            )
        ),
        new(
            "who erases a record erases what they may not see of it",
            new Edit(
                Find,
                "if (!Engine.IsKept(s) || !by.MaySee(LabelOf(s)) || (target.Kind == ErasureKind.Statement && !IsMeant(s, target)))",
                "if (!Engine.IsKept(s) || (target.Kind == ErasureKind.Statement && !IsMeant(s, target)))"
            )
        )
        {
            History = 16569796760382698038,
        },
        new(
            "what rests on something erased goes whoever may read it",
            new Edit("Erasure/Quotes.cs", "quoted.AddRange(erased.Where(e => Covers(readers, e)));", "quoted.AddRange(erased);")
        )
        {
            History = 4507522548567542859,
        },
        new(
            "a hold that one may not know of refuses",
            new Edit(Find, "h.LiftedAt is null && h.Agency == by.Agency && by.MaySee(h.Label)", "h.LiftedAt is null && h.Agency == by.Agency"),
            new Edit(
                Find,
                "if (isOn && Quotes.Covers(Engine.Labels[import.Label].Join(Agency(by)), hold.Label) && met.Add(hold))",
                "if (isOn && met.Add(hold))"
            )
        )
        {
            IsRare = true,
        },
        new(
            "suggestions of several words stop where the rarest word says",
            new Edit(
                Search,
                "best.Add((found.Record, found.Statement, found.Rank));",
                "{ best.Add((found.Record, found.Statement, found.Rank)); if (best.Kept.Count == 2) break; }"
            ),
            new Edit(Search, "candidates.Sort(); int distinct", "int distinct")
        )
        {
            History = 15204285341542288960,
        },
        new(
            "release: it is seen by more than its label says",
            new Edit(
                Carry,
                "new ImportRequest(together.Key.Source, order.Label,",
                "new ImportRequest(together.Key.Source, order.Label.Audiences.Count > 0 ? new Label(order.Label.Classification, purposes: order.Label.PurposesNeeded.Count > 0 ? [Purpose.Crime] : null) : order.Label,"
            )
        ),
        new(
            "release: all of the record goes with it",
            new Edit(
                Carry,
                "from one in record.Shown.Zip(record.Says) group",
                "from one in record.Record.Statements.Where(s => !s.Property.Type.IsEntity && record.Kind.Is(s.Property.Schema)).Select(s => (First: new ReleasedValue(s.Record, s.Property.Name, s.Value), Second: s)) group"
            )
        ),
        new(
            "release: who sees a part of what it was made of knows of it",
            new Edit(
                Carry,
                "label = label.Join(said.Label.WithoutHandling());",
                "label = said.Label.Audiences.Count > 0 ? label : label.Join(said.Label.WithoutHandling());"
            )
        ),
        new(
            "release: its end is told by the time at which somebody asked",
            new Edit(Releases, "ended.AddRange(End(release, until));", "until = now; ended.AddRange(End(release, until));")
        )
        {
            History = 18274461427251043986,
        },
        new(
            "release: what ran out is back after a restart",
            new Edit("Store/StoreLog.Load.cs", "foreach (var ended in engine.Imports.Where(i => i.Ended is not null)) WithdrawAll(ended);", "")
        ),
        new(
            "release: that two are one is told to whoever sees one of them",
            new Edit(
                Carry,
                "$\"Sanitised in a release: {order.Reason}\", release.KeptUnder);",
                "$\"Sanitised in a release: {order.Reason}\", new Label(Classification.Public, [release.Agency]));"
            )
        )
        {
            IsRare = true,
        },
        new(
            "release: a pointer is told to everybody",
            new Edit("Releases/Pointers.cs", "agency != viewer.Agency && viewer.MaySee(label)", "agency != viewer.Agency && viewer.Clearance is not null")
        )
        {
            History = 14954006172957540276,
        },
        new(
            "release: a correction is told to every agency",
            new Edit(
                "Releases/Requests.cs",
                "var label = release.Order.Label.WithoutHandling();",
                "var label = new Label(release.Order.Label.Classification, release.Order.Label.Audiences.Count > 0 ? [by.Agency, \"glenbrae-council\", \"strathorn-council\"] : null);"
            )
        )
        {
            History = 18274461427251043986,
        },
        new(
            "release: what whoever goes on with it sees besides decides whether it goes out",
            new Edit(Releases, "Preview(by, view.AsSeenUnder(release.KeptUnder), release.Order)", "Preview(by, release.Order)")
        ),
        new(
            "release: what an originator is asked is told to every agency",
            new Edit("Releases/Requests.cs", "new Label(label.Classification, [originator])", "new Label(label.Classification)")
        ),
        new(
            "emergency access: an owner is told how much else was shown",
            new Edit("Log/EmergencyReads.cs", "ToldOwner, viewer.Agency, bytes,", "ToldOwner, $\"{viewer.Agency} {things.Count()}\", bytes,")
        ),
        new(
            "emergency access: an owner is told by a number of what was opened before",
            new Edit("People/People.Emergency.cs", "e.SignInName == by.Name && e.At == Now).ToString", "e.SignInName == by.Name).ToString")
        ),
        new(
            "retention: a file follows one that fewer see into its schedule",
            new Edit("Retention/Retention.Reviews.cs", "&& label.Implies(gate.Engine.Labels[i.Label])", "")
        )
        {
            IsRare = true,
        },
        new(
            "retention: files are listed whoever may see them",
            new Edit("Retention/Retention.Reviews.cs", "&& by.MaySee(label) && HoldsAnything(import)", "&& HoldsAnything(import)")
        )
        {
            History = 10442331166069340755,
        },
        new(
            "correction: a release ends for what not all see who know of it",
            new Edit("Releases/Releases.Correct.cs", "labels[value with { As = null }].Where(release.KeptUnder.Implies);", "labels[value with { As = null }];")
        )
        {
            IsRare = true,
        },
        // Not in Viewer.MaySee, by which it is known what is hidden: that is held against a rule of its own in LabelTests.
        new(
            "a sharing group is everybody's",
            new Edit(
                "Memory/LabelTable.cs",
                "if (viewer.MaySee(labels[i]!)",
                "if ((viewer with { Groups = [\"national-police.redwater\"] }).MaySee(labels[i]!)"
            )
        ),
        new("emergency access does not end", new Edit("People/EmergencyAccess.cs", "Ended is null && at < Until;", "At <= at;")),
        new(
            "emergency access opens other agencies' records",
            new Edit(
                "Memory/LabelTable.cs",
                "if (viewer.MaySee(labels[i]!)",
                "if ((viewer.Emergency is null ? viewer.MaySee(labels[i]!) : viewer.Clearance >= labels[i]!.Classification)"
            )
        ),
        new(
            "emergency access opens other agencies' compartments",
            new Edit(
                "People/People.Emergency.cs",
                "store.Compartments.All.Where(c => c.Agency == viewer.Agency).Select(c => c.Name)",
                "store.Compartments.All.Select(c => c.Name)"
            )
        )
        {
            History = 17546572228516340482,
        },
        new(
            "purposes are not asked for",
            new Edit("Memory/LabelTable.cs", "if (viewer.MaySee(labels[i]!)", "if ((viewer with { Purposes = Enum.GetValues<Purpose>() }).MaySee(labels[i]!)")
        ),
    ];

    /// <summary>Those that are looked for in the pages too: they show within a dozen histories.</summary>
    public static IReadOnlyList<Mutant> OnPages { get; } =
    [
        .. All.Where(m =>
            m.Name
                is "entities are resolved over everything and then filtered"
                    or "hits are counted in the index"
                    or "all imports of a source are listed"
                    or "all records of a source are counted"
                    or "identifiers follow the order of arrival"
        ),
    ];
}
