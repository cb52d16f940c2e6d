using Xunit;
using static FourStrands.Picture.Tests.TemporaryStore;

namespace FourStrands.Picture.Tests.Imports;

/// <summary>What a source no longer says is withdrawn only by a file that was read to its end.</summary>
public sealed class CompleteImportTests : IDisposable
{
    private static readonly ImportRequest Whole = new("List", Label.Public, "list", "test") { Complete = true };

    private readonly TemporaryStore store = new();

    public CompleteImportTests() =>
        store.Import(Analyst, Whole, "1 Person name=Angus Gow; topics=sanction", "2 Person name=Elspeth Orr; topics=sanction", "3 Person name=Una Ross");

    public void Dispose() => store.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_complete_import_of_which_a_part_could_not_be_used_is_refused_and_leaves_no_trace(bool cutOff)
    {
        using (var import = Begin(Whole, new Rejection(2, "", "It is damaged.", "") { EndsReading = cutOff }))
        {
            Assert.Equal(cutOff, import.EndedEarly);
            var refused = Assert.Throws<IncompleteImportException>(() => import.Commit());
            Assert.Equal((1, cutOff, new Withdrawal(3, 5)), (refused.Rejected, refused.EndedEarly, refused.Withdrawal));
            Assert.Contains("3 of the source's 5 statements", refused.Message, StringComparison.Ordinal);
        }
        AllAreThere();
        store.Reopen();
        AllAreThere();
        Assert.Equal(3, store.Import(Analyst, Whole, "2 Person name=Elspeth Orr; topics=sanction").Withdrawn);
    }

    [Fact]
    public void It_is_refused_too_where_there_is_nothing_to_withdraw()
    {
        using var import = Begin(Whole with { SourceName = "Another list" }, new Rejection(2, "", "It is damaged.", ""));
        Assert.Throws<IncompleteImportException>(() => import.Commit());
        Assert.Single(store.As(Analyst).Sources());
    }

    [Fact]
    public void Who_says_so_withdraws_all_the_same()
    {
        using var import = Begin(Whole with { DespiteRejections = true }, new Rejection(2, "", "It is damaged.", ""));
        Assert.Equal(3, import.Commit().Withdrawn);
        Assert.Empty(store.As(Analyst).Search("angus gow").Hits);
    }

    [Fact]
    public void An_import_that_is_not_complete_takes_what_can_be_used()
    {
        using var import = Begin(Whole with { Complete = false }, new Rejection(2, "", "It is damaged.", "") { EndsReading = true });
        Assert.Equal((0, 1), (import.Preview().Statements, import.Commit().Rejected));
        AllAreThere();
    }

    [Fact]
    public void What_would_be_withdrawn_is_said_before_it_is()
    {
        using (var import = Begin(Whole))
        {
            Assert.Equal(new Withdrawal(3, 5), import.Preview());
            Assert.Equal(0.6, import.Preview().Share);
            Assert.Throws<InvalidOperationException>(() => import.Begin("late", Ontology.Default["Person"]));
        }
        AllAreThere();
        using (var import = Begin(Whole))
        {
            import.Preview();
            Assert.Equal(3, import.Commit().Withdrawn);
        }
    }

    private void AllAreThere()
    {
        Assert.Equal(3, store.As(Glenbrae).Export().Count());
        Assert.Equal(5, store.As(Glenbrae).Sources()[0].Statements);
    }

    private ImportSession Begin(ImportRequest request, params Rejection[] rejections)
    {
        var person = Ontology.Default["Person"];
        var import = store.As(Analyst).BeginImport(request);
        import.Begin("2", person);
        import.Add(person["name"], "Elspeth Orr");
        import.Add(person["topics"], "sanction");
        import.End();
        foreach (var rejection in rejections)
            import.Reject(rejection);
        return import;
    }
}
