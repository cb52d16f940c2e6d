using Xunit;

namespace FourStrands.Picture.Tests.Matches;

public sealed class LinkingTests : IDisposable
{
    private readonly TemporaryStore store = new();

    public void Dispose() => store.Dispose();

    /// <summary>People who share a telling part of their names and a year, so that every two of them are compared.</summary>
    private static string[] Alike(int count) =>
        [.. Enumerable.Range(0, count).Select(i => $"p{i} Person name=Given{Letters(i)} Qwxyzian; birthDate=1970-0{1 + (i % 9)}-1{i % 10}")];

    private static string Letters(int number) => string.Concat(number.ToString("D4", null).Select(digit => (char)('a' + digit - '0')));

    [Fact]
    public void Linking_that_was_stopped_leaves_the_import_in_and_is_finished_later()
    {
        store.Import(TemporaryStore.Analyst, "Register", "public", "a Person name=Anna Testova; passportNumber=AB1234567");
        using (var import = store.As(TemporaryStore.Analyst).BeginImport(new ImportRequest("List", Label.Public, "test", "test")))
        {
            var person = Ontology.Default["Person"];
            import.Begin("b", person);
            import.Add(person["name"], "Anna Testova");
            import.Add(person["passportNumber"], "AB1234567");
            import.End();
            import.StopsLinking = new CancellationToken(canceled: true);
            Assert.Throws<OperationCanceledException>(() => import.Commit());
            Assert.True(import.IsCommitted);
        }
        Assert.Equal(1, store.Gate.NotLinked);
        Assert.Equal(2, store.As(TemporaryStore.Analyst).Search("testova").Records);
        Assert.Single(store.First(TemporaryStore.Analyst, "testova")!.Records);

        // It opens at once, and says that something is left to do.
        store.Reopen();
        Assert.Equal(1, store.Gate.NotLinked);
        Assert.Single(store.First(TemporaryStore.Analyst, "testova")!.Records);

        store.Gate.FinishLinking(cancel: TestContext.Current.CancellationToken);
        Assert.Equal(0, store.Gate.NotLinked);
        Assert.Equal(2, store.First(TemporaryStore.Analyst, "testova")!.Records.Count);
        store.Reopen();
        Assert.Equal(0, store.Gate.NotLinked);
        Assert.Equal(2, store.First(TemporaryStore.Analyst, "testova")!.Records.Count);
    }

    [Fact]
    public async Task Whoever_waits_is_let_in_while_a_large_import_is_linked()
    {
        store.Import(TemporaryStore.Analyst, "Register", "public", "a Person name=Anna Testova", "b Person name=Anna Testowa");
        var view = store.As(TemporaryStore.Analyst);
        var (left, right) = (store.First(TemporaryStore.Analyst, "testova")!.Id, store.First(TemporaryStore.Analyst, "testowa")!.Id);
        Task? judging = null;
        bool judgedMeanwhile = false;
        using var import = view.BeginImport(new ImportRequest("List", Label.Public, "test", "test"));
        var person = Ontology.Default["Person"];
        // Enough of one name and year for several steps of linking.
        for (int i = 0; i < 1_500; i++)
        {
            import.Begin($"p{i}", person);
            import.Add(person["name"], $"Given{Letters(i)} Qwxyzian");
            import.Add(person["birthDate"], "1970");
            import.End();
        }
        import.Commit(
            new Told(share =>
            {
                if (judging is null)
                {
                    judging = Task.Run(() => view.Judge(left, right, Verdict.Different, "Seen side by side."), TestContext.Current.CancellationToken);
                    SpinWait.SpinUntil(() => store.Gate.Changing.Waiting > 0, TimeSpan.FromSeconds(30));
                }
                judgedMeanwhile |= share < 1 && judging.IsCompleted;
            })
        );
        await judging!;
        Assert.True(judgedMeanwhile, "The judgement waited for the whole import to be linked.");
        Assert.Equal(0, store.Gate.NotLinked);
    }

    [Fact]
    public void What_is_found_in_steps_is_the_same_after_a_restart()
    {
        store.Import(TemporaryStore.Analyst, "Register", "public", Alike(60));
        var before = Matches();
        Assert.NotEmpty(before);
        store.Reopen();
        Assert.Equal(before, Matches());

        List<string> Matches()
        {
            var view = store.As(TemporaryStore.Analyst);
            return
            [
                .. view.Export()
                    .Select(r => view.Find(r.Id)!)
                    .SelectMany(e => view.PossibleMatches(e).Concat(e.Matches))
                    .Select(m => $"{m.Left} {m.Right} {m.Probability}")
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    private sealed class Told(Action<double> told) : IProgress<double>
    {
        public void Report(double value) => told(value);
    }
}
