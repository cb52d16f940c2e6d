using FourStrands.Picture.Matches;
using Microsoft.Data.Sqlite;
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
    public void Keys_of_a_large_import_are_kept_in_several_rows_and_read_as_one()
    {
        using (var import = store.As(TemporaryStore.Analyst).BeginImport(new ImportRequest("Register", Label.Public, "test", "test")))
        {
            var person = Ontology.Default["Person"];
            for (int i = 0; i < 30_000; i++)
            {
                import.Begin($"p{i}", person);
                import.Add(person["name"], $"Given{Letters(i % 10_000)} Family{Letters((i * 7919) % 10_000)}");
                import.Add(person["birthDate"], $"{1950 + (i % 50)}-0{1 + (i % 9)}-1{i % 10}");
                import.End();
            }
            import.CommitUnlinked();
        }
        ulong[] link = Together(store.Gate.Engine.Linker.LinkKeys),
            screening = Together(store.Gate.Engine.Linker.ScreeningKeys);
        Assert.InRange(link.Length, 140_000, int.MaxValue);
        Assert.InRange(screening.Length, 140_000, int.MaxValue);
        store.Reopen(folder => Assert.InRange(Rows(folder), 3, 100));
        Assert.Equal(link, Together(store.Gate.Engine.Linker.LinkKeys));
        Assert.Equal(screening, Together(store.Gate.Engine.Linker.ScreeningKeys));

        static ulong[] Together(KeyIndex index) => [.. index.Runs.SelectMany(r => r).Order()];

        static long Rows(string folder)
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "picture.db")};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM key_run";
            return (long)command.ExecuteScalar()!;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void An_import_that_waits_is_not_compared_by_another_for_those_who_may_not_see_that(int labels)
    {
        store.Import(TemporaryStore.Analyst, "Register", "public", "a Person name=Anna Testova; passportNumber=AB1234567");
        using (var import = store.As(TemporaryStore.Analyst).BeginImport(new ImportRequest("Register", Label.Public, "test", "test")))
        {
            var person = Ontology.Default["Person"];
            import.Begin("b", person);
            import.Add(person["name"], "Anna Testova");
            import.Add(person["passportNumber"], "AB1234567");
            import.End();
            import.StopsLinking = new CancellationToken(canceled: true);
            Assert.Throws<OperationCanceledException>(() => import.Commit());
        }

        // More of both than a table of labels is made for, none of it for the council.
        string[] compartments = ["nightjar", "redstart", "nightjar,redstart"];
        for (int i = 0; i < labels; i++)
        {
            string label = $"{(i % 2 == 0 ? "official" : "official-sensitive")};agencies={(i < 4 ? "" : "glenbrae-council,")}national-police";
            store.Import(
                TemporaryStore.Analyst,
                "Register",
                $"{label};compartments={compartments[i % 3]}",
                $"{(i % 2 == 0 ? "b" : "a")} Person phone=+44131496012{i}"
            );
        }

        for (int start = 0; start < 2; start++)
        {
            Assert.Equal(1, store.Gate.NotLinked);
            Assert.Single(store.First(TemporaryStore.Glenbrae, "testova")!.Records);
            Assert.Equal(2, store.First(TemporaryStore.Analyst, "testova")!.Records.Count);
            store.Reopen();
        }

        store.Gate.FinishLinking(cancel: TestContext.Current.CancellationToken);
        Assert.Equal(2, store.First(TemporaryStore.Glenbrae, "testova")!.Records.Count);
        store.Reopen();
        Assert.Equal(2, store.First(TemporaryStore.Glenbrae, "testova")!.Records.Count);
        Assert.Equal(2, store.First(TemporaryStore.Analyst, "testova")!.Records.Count);
    }

    [Fact]
    public async Task Whoever_waits_is_let_in_while_a_large_import_is_linked()
    {
        var view = store.As(TemporaryStore.Analyst);
        Task? waiting = null;
        bool cameInMeanwhile = false;
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
                if (waiting is null)
                {
                    waiting = Task.Run(
                        () => store.Import(TemporaryStore.Glenbrae, "Notes", "public", "a Person name=Anna Testova"),
                        TestContext.Current.CancellationToken
                    );
                    SpinWait.SpinUntil(() => store.Gate.Changing.Waiting > 0, TimeSpan.FromSeconds(30));
                }
                // It is there before the task that brought it in says so.
                cameInMeanwhile |= share < 1 && store.First(TemporaryStore.Glenbrae, "testova") is not null;
            })
        );
        await waiting!;
        Assert.True(cameInMeanwhile, "The small import waited for the whole of the large one to be linked.");
        Assert.Equal(0, store.Gate.NotLinked);
    }

    [Fact]
    public async Task A_judgement_waits_for_nobodys_import()
    {
        store.Import(TemporaryStore.Analyst, "Register", "public", "a Person name=Anna Testova", "b Person name=Anna Testowa");
        var view = store.As(TemporaryStore.Glenbrae);
        var (left, right) = (store.First(TemporaryStore.Glenbrae, "testova")!.Id, store.First(TemporaryStore.Glenbrae, "testowa")!.Id);
        using (var import = store.As(TemporaryStore.Analyst).BeginImport(new ImportRequest("List", Label.Public, "test", "test")))
        {
            var person = Ontology.Default["Person"];
            import.Begin("c", person);
            import.Add(person["name"], "Anna Testova");
            import.End();
            await Task.Run(() => view.Judge(left, right, Verdict.Different, "Seen side by side."), TestContext.Current.CancellationToken)
                .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            import.Commit();
        }
        store.Reopen();
        var again = store.As(TemporaryStore.Glenbrae);
        Assert.Equal(Verdict.Different, Assert.Single(again.Judgements(again.Find(left)!)).Verdict);
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

    [Fact]
    public void Matches_worked_out_by_other_rules_are_worked_out_anew()
    {
        store.Import(TemporaryStore.Analyst, "Register", "public", "a Person name=Anna Testova; passportNumber=AB1234567");
        store.Import(TemporaryStore.Analyst, "List", "public", "b Person name=Anna Testova; passportNumber=AB1234567");
        Assert.Equal(2, store.First(TemporaryStore.Analyst, "testova")!.Records.Count);
        object? before = null,
            after = null;
        store.Reopen(closed =>
        {
            before = Sql(closed, "SELECT SUM(LENGTH(bytes)) FROM match_block");
            Sql(closed, "UPDATE setting SET value=x'00' WHERE name='match-scheme'");
        });
        Assert.Equal(2, store.Gate.NotLinked);
        Assert.Single(store.First(TemporaryStore.Analyst, "testova")!.Records);

        store.Gate.FinishLinking(cancel: TestContext.Current.CancellationToken);
        Assert.Equal(2, store.First(TemporaryStore.Analyst, "testova")!.Records.Count);
        store.Reopen(closed => after = Sql(closed, "SELECT SUM(LENGTH(bytes)) FROM match_block"));
        Assert.Equal(0, store.Gate.NotLinked);
        Assert.Equal(2, store.First(TemporaryStore.Analyst, "testova")!.Records.Count);
        // Each of the two imports finds the other: the pair is kept once all the same.
        Assert.NotEqual(0L, Assert.IsType<long>(before));
        Assert.Equal(before, after);
    }

    private static object? Sql(string folder, string sql)
    {
        using var kept = new SqliteConnection($"Data Source={Path.Combine(folder, "picture.db")};Pooling=False");
        kept.Open();
        using var command = kept.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private sealed class Told(Action<double> told) : IProgress<double>
    {
        public void Report(double value) => told(value);
    }
}
