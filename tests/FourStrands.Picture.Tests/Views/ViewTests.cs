using Xunit;
using static FourStrands.Picture.Tests.TemporaryStore;

namespace FourStrands.Picture.Tests.Views;

public sealed class ViewTests : IDisposable
{
    private readonly TemporaryStore store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public void A_visitor_without_clearance_sees_an_empty_store()
    {
        store.Import(Analyst, "Register", "public", "1 Company name=Glenbrae Haulage Ltd; registrationNumber=FX000001");
        var view = store.As(Visitor);
        Assert.Empty(view.Search("glenbrae").Hits);
        Assert.Empty(view.Suggest("glen"));
        Assert.Empty(view.Sources());
        Assert.Empty(view.Export());
        Assert.Null(view.Find(store.First(Analyst, "glenbrae")!.Id));
    }

    [Fact]
    public void What_one_council_notes_the_other_does_not_see()
    {
        store.Import(Analyst, "Register", "public", "1 Company name=Glenbrae Haulage Ltd; registrationNumber=FX000001");
        store.Import(Glenbrae, "Notes", "official;agencies=glenbrae-council", "n Company name=Glenbrae Haulage Ltd; phone=+441314960123");
        Assert.Equal(2, store.As(Glenbrae).Search("glenbrae haulage").Records);
        Assert.Equal(1, store.As(Strathorn).Search("glenbrae haulage").Records);
        Assert.Equal(1, store.As(Analyst).Search("glenbrae haulage").Records);
        Assert.Empty(store.As(Strathorn).Search("01314960123").Hits);
        Assert.Single(store.As(Strathorn).Sources());
        Assert.Equal(2, store.As(Glenbrae).Sources().Count);
    }

    /// <summary>Whom else a label names is not for everybody who sees what bears it: neither is the order that those names would give.</summary>
    [Theory]
    [InlineData("aaa", "zzz")]
    [InlineData("zzz", "aaa")]
    public void The_order_of_values_says_nothing_of_whom_else_their_labels_name(string first, string second)
    {
        Bring("1 reliable", $"official;agencies=national-police,strathorn-council,{first}");
        Bring("2 untested", $"official;agencies=national-police,strathorn-council,{second}");
        Bring("0 always", "official");
        Bring("3 not reliable", "official;agencies=national-police,strathorn-council");
        // By what is said of the labels alone: first what every agency sees; of those for named ones, in the order of the grades.
        string[] expected = ["0 always", "1 reliable", "2 untested", "3 not reliable"];
        Assert.Equal(expected, store.First(Strathorn, "merganser")!.Records[0].Statements.Select(s => s.Source.Grade));
        Assert.Equal(expected, store.First(Strathorn, "merganser")!.Properties.Single().Select(s => s.Source.Grade));

        void Bring(string grade, string label) =>
            store.Import(Analyst, new ImportRequest("Notes", Label.Parse(label), "test", "test") { Grade = grade }, "1 Company name=Merganser Ltd");
    }

    [Fact]
    public void A_restart_changes_no_answer()
    {
        store.Import(
            Analyst,
            "Register",
            "public",
            "1 Company name=Glenbrae Haulage Ltd; registrationNumber=FX000001; jurisdiction=gb",
            "2 Person name=Fiona Macrae; birthDate=1980-04-05",
            "3 Directorship director=2; organization=1; role=director"
        );
        store.Import(
            Analyst,
            "Intelligence",
            "official-sensitive;agencies=national-police;compartments=nightjar",
            "x Person name=Fiona MacRae; birthDate=1980-04-05; alias=Fi"
        );
        var before = store.First(Analyst, "macrae")!;
        Assert.Equal(2, before.Records.Count);
        string[] ties = [.. store.As(Analyst).Connections(before).Select(c => c.Phrase + " " + c.Other.Caption)];
        Assert.NotEmpty(ties);
        store.Reopen();
        var after = store.First(Analyst, "macrae")!;
        Assert.Equal(before.Id, after.Id);
        Assert.Equal(before.Records.Select(r => r.Id), after.Records.Select(r => r.Id));
        Assert.Equal(ties, store.As(Analyst).Connections(after).Select(c => c.Phrase + " " + c.Other.Caption));
        Assert.Single(store.First(Glenbrae, "macrae")!.Records);
    }

    [Fact]
    public void A_judgement_joins_and_parts()
    {
        store.Import(Analyst, "Register", "public", "2 Person name=Fiona Macrae; birthDate=1980-04-05");
        store.Import(Analyst, "List", "public", "x Person name=Fiona MacRae; birthDate=1980-04-05");
        var entity = store.First(Glenbrae, "macrae")!;
        Assert.Equal(2, entity.Records.Count);
        store.As(Glenbrae).Judge(entity.Records[0].Id, entity.Records[1].Id, Verdict.Different, "Different addresses");
        Assert.Single(store.First(Glenbrae, "macrae")!.Records);
        Assert.Equal(2, store.First(Strathorn, "macrae")!.Records.Count);
        store.Reopen();
        Assert.Single(store.First(Glenbrae, "macrae")!.Records);
    }

    [Fact]
    public void A_path_is_found_over_ties()
    {
        store.Import(
            Analyst,
            "Register",
            "public",
            "a Company name=Alpha Ltd",
            "b Company name=Beta Ltd",
            "p Person name=Hamish Dow",
            "o Ownership owner=p; asset=a; percentage=60",
            "d Directorship director=p; organization=b"
        );
        var path = store.As(Glenbrae).FindPath(store.First(Glenbrae, "alpha")!.Id, store.First(Glenbrae, "beta")!.Id);
        Assert.NotNull(path);
        Assert.Equal(["Hamish Dow", "Beta Ltd"], path.Steps.Select(s => s.Connection.Other.Caption));
    }

    [Fact]
    public void The_same_file_twice_changes_nothing()
    {
        string[] records = ["1 Company name=Glenbrae Haulage Ltd; registrationNumber=FX000001"];
        var first = store.Import(Analyst, "Register", "public", records);
        var second = store.Import(Analyst, "Register", "public", records);
        Assert.Equal(first.Id, second.Id);
        Assert.Single(store.As(Analyst).Sources()[0].Imports);
        Assert.Equal(2, store.As(Analyst).Sources()[0].Statements);
    }

    [Fact]
    public void A_complete_import_withdraws_what_it_no_longer_says()
    {
        var request = new ImportRequest("List", Label.Public, "list", "test") { Complete = true };
        store.Import(Analyst, request, "1 Person name=Angus Gow; topics=sanction", "2 Person name=Elspeth Orr; topics=sanction");
        var second = store.Import(Analyst, request, "2 Person name=Elspeth Orr; topics=sanction");
        Assert.Equal(2, second.Withdrawn);
        Assert.Empty(store.As(Glenbrae).Search("angus gow").Hits);
        store.Reopen();
        Assert.Empty(store.As(Glenbrae).Search("angus gow").Hits);
        Assert.Equal("Elspeth Orr", store.First(Glenbrae, "elspeth")!.Caption);
        var third = store.Import(Analyst, request, "1 Person name=Angus Gow; topics=sanction", "2 Person name=Elspeth Orr; topics=sanction");
        Assert.Equal(2, third.Statements);
        Assert.Equal("Angus Gow", store.First(Glenbrae, "angus")!.Caption);
    }

    [Fact]
    public void An_import_that_is_not_committed_leaves_no_trace()
    {
        using (var import = store.As(Analyst).BeginImport(new ImportRequest("Register", Label.Public, "f", "t")))
        {
            import.Begin("1", Ontology.Default["Company"]);
            import.Add(Ontology.Default["Company"]["name"], "Nothing Ltd");
            import.End();
        }
        Assert.Empty(store.As(Analyst).Search("nothing").Hits);
        Assert.Empty(store.As(Analyst).Sources());
        store.Import(Analyst, "Register", "public", "1 Company name=Nothing Ltd");
        Assert.Equal(1, store.As(Analyst).Search("nothing").Records);
    }

    [Fact]
    public void Two_programs_cannot_open_one_store()
    {
        var problem = Assert.Throws<StoreException>(() => Gate.Open(store.Folder));
        Assert.Contains("in use", problem.Message, StringComparison.Ordinal);
    }
}
