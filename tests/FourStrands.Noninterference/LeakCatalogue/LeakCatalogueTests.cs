using FourStrands.Noninterference.Histories;

namespace FourStrands.Noninterference.LeakCatalogue;

/// <summary>
/// The ways in which other systems were seen to tell people what they may not see, each as a case of its own: what a council's officer is told is the same, to the
/// letter, as if the police had never brought their intelligence in; and the police are told something else, or the case would prove nothing.
/// </summary>
public sealed class LeakCatalogueTests : IDisposable
{
    private const string Secret = "official-sensitive;agencies=national-police;compartments=nightjar";

    private static readonly Viewer Police = Viewer.BuiltIn.Single(v => v.ShortName == "analyst");
    private static readonly Viewer Council = Viewer.BuiltIn.Single(v => v.ShortName == "glenbrae");
    private static readonly Viewer Auditor = Viewer.BuiltIn.Single(v => v.ShortName == "auditor");

    private readonly Stage whole = new();
    private readonly Stage without = new();

    /// <summary>What everybody sees, in both stores; and in one of them what the police know.</summary>
    public LeakCatalogueTests()
    {
        foreach (var stage in (Stage[])[whole, without])
        {
            stage.Gate.People.Invent(Viewer.BuiltIn);
            Bring(
                stage,
                Police,
                "Register",
                "public",
                "heron Company name=Heron Haulage Ltd",
                "puffin Company name=Puffin Freight Ltd",
                "mairi Person name=Mairi Gunn; birthDate=1970-01-02"
            );
        }
        Bring(
            whole,
            Police,
            "Intelligence",
            Secret,
            "one Person name=Mairi Gunn; birthDate=1970-01-02; topics=crime; notes=The Ferrywoman",
            "two Company name=Heron Haulage Ltd; phone=+44 131 496 0123",
            "three Company name=Tystie Trading Ltd"
        );
        // In the register's own terms, and under the secret label: an edge between two companies that everybody sees.
        Bring(whole, Police, "Register", Secret, "owns Ownership owner=puffin; asset=heron; percentage=100", "mairi Person alias=The Ferrywoman; topics=crime");
    }

    public void Dispose()
    {
        whole.Dispose();
        without.Dispose();
    }

    /// <summary>OpenCTI #6785, #2869; IRIS #583: a history that names what its reader may not see.</summary>
    [Fact]
    public async Task History_and_log()
    {
        whole.As(Police).Judge(Register("mairi"), Known("Intelligence", "one"), Verdict.Same, "One woman");
        Same(view => view.Judgements(view.Find(Register("mairi"))!));
        foreach (var stage in (Stage[])[whole, without])
        {
            stage.As(Council).Search("heron");
            await stage.Gate.FlushReadLog();
        }
        Assert.Equal(Log(without), Log(whole));
        Assert.Contains("heron", Log(whole), StringComparison.Ordinal);

        static string Log(Stage stage) => Written.Out(stage.Gate.Audit.Search(Auditor, new LogQuestion { Text = "heron" }));
    }

    /// <summary>OpenCTI #11496: an edge that one may not see, between two things that one may.</summary>
    [Fact]
    public void An_edge_between_two_that_are_seen() =>
        Same(view => (view.Connections(view.Find(Register("heron"))!), view.FindPath(Register("puffin"), Register("heron"))));

    /// <summary>OpenCTI #3319; Aleph #92; CRITs #62: counts and facets over what is hidden.</summary>
    [Fact]
    public void Counts()
    {
        Same(view => view.Search("heron"));
        Same(view => view.Sources());
        Same(view => view.Suggest("tys"));
    }

    /// <summary>Aleph #1429: a container that lists what one may not see.</summary>
    [Fact]
    public void What_a_container_holds()
    {
        whole.As(Police).Write("list", "Tystie Trading Ltd", Label.Parse(Secret));
        foreach (var stage in (Stage[])[whole, without])
            stage.As(Police).Write("list", "Heron Haulage Ltd", Label.Parse("official"));
        Same(view => view.Documents("list"));
    }

    /// <summary>OpenCTI #2700, #8740, #7156: creating what is there already, hidden.</summary>
    [Fact]
    public void Creating_a_hidden_twin()
    {
        string one = Created(whole),
            other = Created(without);
        Assert.Equal(other, one);
        Assert.Contains("Tystie", one, StringComparison.Ordinal);

        static string Created(Stage stage)
        {
            var import = Bring(stage, Council, "Own list", "official;agencies=glenbrae-council", "three Company name=Tystie Trading Ltd");
            return Written.Out((import, stage.As(Council).Search("tystie")));
        }
    }

    /// <summary>OpenCTI #7348, #6745, #5797: identifiers of what is hidden in a file that leaves.</summary>
    [Fact]
    public void Export() => Same(view => view.Export().OrderBy(r => r.Id).ToArray());

    /// <summary>OpenCTI #7485, #7043: a merge that widens or narrows, or that shows it was made.</summary>
    [Fact]
    public void Merge()
    {
        whole.As(Police).Judge(Register("heron"), Known("Intelligence", "two"), Verdict.Same, "One company");
        whole.As(Police).Judge(Register("heron"), Register("puffin"), Verdict.Same, "One owner, one yard");
        Same(view => (view.Find(Register("heron")), view.PossibleMatches(view.Find(Register("heron"))!), view.Explain(Register("heron"), Register("puffin"))));
    }

    /// <summary>OpenCTI #4490, #3133, #6514: any one of the agencies named, but every compartment.</summary>
    [Theory]
    [InlineData("official;agencies=glenbrae-council,national-police", true, true)]
    [InlineData("official-sensitive;agencies=glenbrae-council,national-police", false, true)]
    [InlineData("official;compartments=nightjar", false, true)]
    [InlineData("official;compartments=nightjar,redstart", false, true)]
    [InlineData("official;compartments=nightjar,kittiwake", false, false)]
    [InlineData("public", true, true)]
    public void Any_agency_and_every_compartment(string label, bool council, bool police) =>
        Assert.Equal((council, police), (Council.MaySee(Label.Parse(label)), Police.MaySee(Label.Parse(label))));

    /// <summary>OpenCTI #6856: the names of markings, compartments and operations.</summary>
    [Fact]
    public void Names_of_compartments()
    {
        var own = Viewer.BuiltIn.Single(v => v.ShortName == "council");
        whole.Gate.People.AddCompartment(Viewer.BuiltIn.Single(v => v.ShortName == "administrator"), "tystie", "Operation Tystie");
        Assert.Equal(Written.Out(without.Gate.People.Compartments(own)), Written.Out(whole.Gate.People.Compartments(own)));
        // One of the same name, in another agency, is another, and nobody is told that there are two.
        Assert.Equal(
            Written.Out(without.Gate.People.AddCompartment(own, "tystie", "Operation Tystie")),
            Written.Out(whole.Gate.People.AddCompartment(own, "tystie", "Operation Tystie"))
        );
    }

    /// <summary>MISP #1668, OpenCTI #2442, #10019: who else is in a group, an agency, a compartment.</summary>
    [Fact]
    public void Rosters()
    {
        var own = Viewer.BuiltIn.Single(v => v.ShortName == "council");
        var (hidden, _) = whole.Gate.People.Invite(Viewer.BuiltIn.Single(v => v.ShortName == "administrator"), "Morag Hay", "analyst", "morag.hay");
        Assert.Equal(Written.Out(without.Gate.People.Of(own)), Written.Out(whole.Gate.People.Of(own)));
        Assert.Null(whole.Gate.People.Find(own, hidden.Id));
        Assert.Equal(
            Written.Out(without.Gate.People.Invite(own, "Morag Hay", "clerk", "morag.hay").Person),
            Written.Out(whole.Gate.People.Invite(own, "Morag Hay", "clerk", "morag.hay").Person)
        );
    }

    /// <summary>MISP #6383: a tag on what one sees, that one may not see.</summary>
    [Fact]
    public void Tags() => Same(view => (view.Find(Register("mairi")), view.Search("ferrywoman")));

    /// <summary>MISP #10940, CVE-2026-56424, IRIS #1034: let in by one object, and changing another.</summary>
    [Fact]
    public void One_object_authorised_and_another_changed()
    {
        var never = new RecordId(1);
        var hidden = Known("Intelligence", "three");
        var document = whole.As(Police).Write("note", "Tystie", Label.Parse(Secret));
        Assert.Equal(Refused(never, never), Refused(hidden, document.Id));
        Assert.NotNull(whole.As(Police).Read(document.Id));

        string Refused(RecordId record, RecordId replaced)
        {
            List<string> said = [];
            foreach (
                var act in (Action<View>[])
                    [
                        view => view.Judge(Register("heron"), record, Verdict.Same, "A guess"),
                        view => view.Write("note", "Mine", Label.OwnAgency(Council), replaced),
                        view => said.Add(Written.Out((view.Read(replaced), view.Find(record), view.Explain(Register("heron"), record)))),
                    ]
            )
            {
                try
                {
                    act(whole.As(Council));
                }
                catch (Exception problem)
                {
                    said.Add(
                        Written
                            .Problem(problem)
                            .Replace(record.ToString(), "…", StringComparison.Ordinal)
                            .Replace(replaced.ToString(), "…", StringComparison.Ordinal)
                    );
                }
            }
            return string.Join('\n', said);
        }
    }

    /// <summary>The council is told the same of both stores, and the police are not.</summary>
    private void Same(Func<View, object?> question)
    {
        Assert.Equal(Written.Out(question(without.As(Council))), Written.Out(question(whole.As(Council))));
        Assert.NotEqual(Written.Out(question(without.As(Police))), Written.Out(question(whole.As(Police))));
    }

    private RecordId Register(string key) => Known("Register", key);

    private RecordId Known(string source, string key)
    {
        using var import = whole.As(Police).BeginImport(new ImportRequest(source, Label.Public, "", ""));
        return import.IdentifierOf(key);
    }

    /// <summary>Brings records in, each written as "key Schema property=value; property=value".</summary>
    private static ImportSummary Bring(Stage stage, Viewer by, string source, string label, params string[] records)
    {
        using var import = stage.As(by).BeginImport(new ImportRequest(source, Label.Parse(label), "test", "test"));
        foreach (string record in records)
        {
            string[] head = record.Split(' ', 3);
            var schema = Ontology.Default[head[1]];
            import.Begin(head[0], schema);
            foreach (string said in head[2].Split("; "))
            {
                int equals = said.IndexOf('=', StringComparison.Ordinal);
                import.Add(schema[said[..equals]], said.AsSpan(equals + 1));
            }
            import.End();
        }
        return import.Commit();
    }
}
