using Xunit;

namespace FourStrands.Picture.Tests.Store;

/// <summary>A store in which all that may name a source holds one word, wherever people write it.</summary>
internal static class SourceWords
{
    public const string Word = "wryneck";

    public const string File = "wryneck list.csv";

    public static readonly Viewer Officer = Person("wryneck.officer", "police", "Wryneck Officer"),
        Callum = Person("callum", "council", "Callum Wryneck");

    /// <summary>Sources, imports, what was rejected, judgements, documents, holds, what was erased, people, and what was asked.</summary>
    public static void Put(Gate gate)
    {
        gate.People.SetUp(gate.People.NewSetUpLink(), "Police", "Wryneck House, first floor", "Wryneck Admin", "wryneck.admin");
        gate.People.Invent([Callum]);
        var kept = Bring(gate, "Wryneck Register", File, "Ada Quist", "Bo Lind");
        var other = Bring(gate, "Wryneck Notes", "wryneck notes.csv", "Ada Quist", "Cy Marr");
        var police = gate.For(Officer);
        police.Judge(kept[0], other[0], Verdict.Same, "Wryneck says so");
        police.Write("note", "{\"text\":\"By Wryneck\"}", Label.Parse("official;agencies=police"));
        gate.Erasures.Place(Officer, HoldKind.Record, kept[0], "Wryneck asks for it");
        var hold = gate.Erasures.Place(Officer, HoldKind.Record, kept[1], "Wryneck asked for it").First(h => h.LiftedAt is null && h.Target == kept[1]);
        gate.Erasures.Lift(Officer, hold.Id, "Wryneck does not mind");
        gate.Erasures.Erase(Officer, ErasureTarget.OfRecord(other[1]), "Wryneck wants it gone");
        gate.Releases.Order(
            Officer,
            new ReleaseOrder([new ReleasedValue(kept[0], "name", "Ada Quist")], Label.Parse("official;agencies=council,police"), "Wryneck agreed")
        );
        gate.Requests.Ask(Callum, new Request(RequestKind.Access, "council", "police", "", default, "Was it Wryneck?"));
        police.Search("wryneck");
        gate.FlushReadLog().GetAwaiter().GetResult();
    }

    /// <summary>Is all of it there still, for those who may see it?</summary>
    public static void Check(Gate gate)
    {
        var police = gate.For(Officer);
        Assert.Equal(["Wryneck Notes", "Wryneck Register"], police.Sources().Select(s => s.Source.Name).Order(StringComparer.Ordinal));
        Assert.Equal("Wryneck House, first floor", gate.People.Agencies.Single(a => a.Name == "police").Desk);
        Assert.Contains(gate.Erasures.Holds(Officer), h => h is { Reason: "Wryneck asks for it", By: "Wryneck Officer", LiftedBy: null });
        Assert.Contains(gate.Erasures.Holds(Officer), h => h is { LiftedReason: "Wryneck does not mind", LiftedBy: "Wryneck Officer" });
        Assert.Equal("Wryneck wants it gone", Assert.Single(gate.Erasures.List(Officer)).Reason);
        Assert.Equal("Wryneck agreed", Assert.Single(gate.Releases.All(Officer)).Order.Reason);
        Assert.Equal("Was it Wryneck?", Assert.Single(gate.Requests.All(Officer)).Text);
        var note = Assert.Single(police.Documents("note"));
        Assert.Equal(("{\"text\":\"By Wryneck\"}", "Wryneck Officer"), (note.Content, note.By));
        var ada = police.Find(police.Search("quist").Hits[0].Entity.Id)!;
        Assert.Equal("Wryneck says so", Assert.Single(police.Judgements(ada)).Reason);
        var file = Assert.Single(police.Sources().SelectMany(s => s.Imports), i => i.FileName == File);
        Assert.Equal("Wryneck Officer", file.By);
        Assert.Equal(new Rejection(7, "Wryneck field", "Wryneck is no date", "Wryneck, 31 June"), Assert.Single(police.Rejections(file.Id)));
        var chief = Officer with { Roles = [Role.ChiefAuditor] };
        var asked = gate.Audit.Search(chief, new LogQuestion { Text = "wryneck list.csv into wryneck register", Kind = LogKind.Collection });
        Assert.Equal((Officer.Name, "import"), (Assert.Single(asked.Entries).Who, asked.Entries[0].Act));
    }

    private static RecordId[] Bring(Gate gate, string source, string file, params string[] names)
    {
        var label = Label.Parse("official;agencies=police;originators=wryneck-bureau");
        using var import = gate.For(Officer).BeginImport(new ImportRequest(source, label, file, "test"));
        var schema = Ontology.Default["Person"];
        foreach (string name in names)
        {
            import.Begin(name, schema);
            import.Add(schema["name"], name);
            import.End();
        }
        import.Reject(new Rejection(7, "Wryneck field", "Wryneck is no date", "Wryneck, 31 June"));
        RecordId[] records = [.. names.Select(n => import.IdentifierOf(n))];
        import.Commit();
        return records;
    }

    private static Viewer Person(string name, string agency, string shown) =>
        new($"{name}@{agency}", shown, agency, char.ToUpperInvariant(agency[0]) + agency[1..], "officer", Classification.Official, [])
        {
            Roles = [Role.Contributor, Role.Evaluator, Role.Liaison, Role.InformationManager],
        };
}
