using Xunit;
using static FourStrands.Picture.Tests.TemporaryStore;

namespace FourStrands.Picture.Tests.Erasure;

/// <summary>Whoever only looks at what erasing or correcting would take does not wait for somebody who brings something in, and sees nothing of that.</summary>
public sealed class PreviewTests : IDisposable
{
    private static readonly Viewer Manager = Analyst with { Name = "records@national-police", Roles = [Role.InformationManager] };

    private readonly TemporaryStore store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Looking_first_does_not_wait_for_an_import_and_counts_nothing_of_it()
    {
        store.Import(Analyst, "Notes", "official", "p1 Person name=Zebulon Quistgaard");
        var target = ErasureTarget.OfRecord(store.As(Analyst).Export().Single().Id);
        using var import = store.As(Analyst).BeginImport(new ImportRequest("Notes", Label.Parse("official"), "test", "test"));
        var person = Ontology.Default["Person"];
        import.Begin("p1", person);
        import.Add(person["name"], "Zeb Quistgaard");
        import.Add(person["nationality"], "gb");
        import.End();
        // All of it is in the memory by then, and seen by nobody.
        import.Preview();
        var erasing = await Within(() => store.Gate.Erasures.Preview(Manager, target));
        var correcting = await Within(() => store.Gate.Corrections.Preview(Manager, target));
        Assert.Equal((1, 1), (erasing.Statements, correcting.Statements));
        import.Commit();
        Assert.Equal(3, store.Gate.Erasures.Preview(Manager, target).Statements);
        Assert.Equal(3, store.Gate.Corrections.Preview(Manager, target).Statements);
    }

    private static Task<T> Within<T>(Func<T> look) =>
        Task.Run(look, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
}
