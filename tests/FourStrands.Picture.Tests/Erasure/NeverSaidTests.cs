using System.Globalization;
using System.Text;
using FourStrands.Linkage;
using FourStrands.Picture.Store;
using Xunit;
using static FourStrands.Picture.Tests.TemporaryStore;

namespace FourStrands.Picture.Tests.Erasure;

/// <summary>What was erased is as if it had never been said, at once and after a restart; and what could not be finished is finished later.</summary>
public sealed class NeverSaidTests
{
    private static readonly Viewer Manager = Analyst with { Roles = [Role.InformationManager] };
    private static readonly string[] Names = ["Zebulon Quist", "Zebulon Quest", "Una Heron", "Una Herron", "Callum Reid Heron", "Z. Quist"];
    private static readonly string[] Phones = ["+441914980011", "+441914980012"];
    private static readonly string[] Labels = ["official", "public", "official-sensitive;agencies=national-police;compartments=nightjar"];

    /// <summary>Without a property: the kind of the record.</summary>
    private sealed record Saying(int Import, string Key, string Schema, string Property, string Value);

    [Fact]
    public void What_comes_after_a_record_that_was_erased_twice_is_found_as_before_after_a_restart()
    {
        using var store = new TemporaryStore();
        for (int time = 0; time < 2; time++)
        {
            store.Import(Analyst, "Notes", "official", "p1 Person name=Zebulon Quist");
            var record = store.First(Analyst, "Zebulon Quist")!.Id;
            store.Gate.Erasures.Erase(Manager, ErasureTarget.OfRecord(record), "Order of the sheriff court");
        }
        store.Import(Analyst, "Register", "official", "r1 Person name=Fiona Macrae");
        string[] found = Found();
        Assert.Equal(["Fiona Macrae"], found);
        store.Reopen();
        Assert.Equal(found, Found());

        string[] Found() =>
            [.. store.As(Analyst).Screen(SubjectKind.Person, [new FieldValue(Field.Name, "Fi Macrae")], threshold: 0).SelectMany(c => c.Record.Values("name"))];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_store_from_which_things_were_erased_answers_like_one_that_never_held_them(int seed)
    {
        var dice = new Random(seed);
        for (int round = 0; round < 6; round++)
        {
            var said = Enumerable.Range(0, 4).SelectMany(i => Import(dice, i)).Distinct().ToList();
            // The same is kept once under one label: where it was first said. Then it is only there.
            said =
            [
                .. said.Select(s => s with { Property = "", Value = "" })
                    .Concat(said)
                    .GroupBy(s => (Labels[s.Import % 3], s.Key, s.Property, s.Value))
                    .Select(g => g.First()),
            ];
            using var erased = new TemporaryStore();
            Bring(erased, said);
            var left = said.ToList();
            for (int act = 0; act < 3; act++)
            {
                var one = left[dice.Next(left.Count)];
                var record = erased.As(Analyst).Export().Single(r => r.Key == one.Key).Id;
                if (dice.Next(2) == 0 || one.Property is "director" or "")
                {
                    erased.Gate.Erasures.Erase(Manager, ErasureTarget.OfRecord(record), "Retention");
                    left.RemoveAll(s => s.Key == one.Key || s.Value == one.Key);
                }
                else
                {
                    erased.Gate.Erasures.Erase(Manager, ErasureTarget.OfStatement(record, one.Property, one.Value), "Retention");
                    // The kind of the record stays.
                    left.RemoveAll(s => s.Key == one.Key && s.Property == one.Property && s.Value == one.Value);
                }
                if (left.Count == 0)
                    break;
                if (dice.Next(3) == 0)
                    erased.Reopen();
            }
            using var never = new TemporaryStore();
            Bring(never, left);
            string expected = Everything(never);
            Assert.Equal(expected, Everything(erased));
            erased.Reopen();
            Assert.Equal(expected, Everything(erased));
            // What comes in later is compared with what is left, and with nothing else.
            foreach (var store in (TemporaryStore[])[never, erased])
                store.Import(Analyst, "Notes", "public", $"later Person name={Names[0]}; phone={Phones[0]}", $"p0 Person name={Names[2]}");
            Assert.Equal(Everything(never), Everything(erased));
            erased.Reopen();
            Assert.Equal(Everything(never), Everything(erased));
        }
    }

    [Fact]
    public void While_somebody_reads_an_older_state_its_journal_holds_it_and_the_next_start_empties_that()
    {
        const string Secret = "Zebulon Quistgaard";
        using var store = new TemporaryStore();
        store.Import(Analyst, "Notes", "official", $"p1 Person name={Secret}", "p2 Person name=Una Heron");
        store.Reopen();
        var record = store.First(Analyst, Secret)!.Id;
        using (StoreCopy.Of(Path.Combine(store.Folder, "picture.db")))
        {
            // The state that is being read is in the journal if something came after it.
            store.Import(Analyst, "Notes", "official", "p3 Person name=Third");
            Assert.False(store.Gate.Erasures.Erase(Manager, ErasureTarget.OfRecord(record), "Retention").IsFinished);
            Assert.Null(store.As(Analyst).Find(record));
        }
        store.Reopen();
        foreach (string file in Directory.GetFiles(store.Folder, "*.db*"))
        {
            string copy = file + ".copy";
            using (var cat = System.Diagnostics.Process.Start("cp", [file, copy])!)
                cat.WaitForExit();
            Assert.Equal(-1, File.ReadAllBytes(copy).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)));
            File.Delete(copy);
        }
        Assert.False(Store.Unsealed.Holds(store.Folder, Secret));
        Assert.Equal(["Third", "Una Heron"], store.As(Analyst).Export().SelectMany(r => r.Values("name")).Order());
    }

    private static IEnumerable<Saying> Import(Random dice, int import)
    {
        for (int i = dice.Next(2, 5); i > 0; i--)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"p{dice.Next(5)}");
            yield return new Saying(import, key, "Person", "name", Names[dice.Next(Names.Length)]);
            if (dice.Next(2) == 0)
                yield return new Saying(import, key, "Person", "phone", Phones[dice.Next(Phones.Length)]);
            if (dice.Next(3) == 0)
                yield return new Saying(import, key, "Person", "birthDate", "1971-03-04");
            if (dice.Next(3) == 0)
                yield return new Saying(import, string.Create(CultureInfo.InvariantCulture, $"t{dice.Next(3)}"), "Directorship", "director", key);
        }
    }

    private static void Bring(TemporaryStore store, List<Saying> said)
    {
        foreach (var import in said.GroupBy(s => s.Import).OrderBy(g => g.Key))
        {
            store.Import(
                Analyst,
                new ImportRequest("Notes", Label.Parse(Labels[import.Key % 3]), string.Create(CultureInfo.InvariantCulture, $"file {import.Key}"), "test"),
                [
                    .. import
                        .GroupBy(s => (s.Key, s.Schema))
                        .Select(g =>
                            $"{g.Key.Key} {g.Key.Schema} {string.Join("; ", g.Where(s => s.Property.Length > 0).Select(s => $"{s.Property}={s.Value}"))}"
                        ),
                ]
            );
        }
    }

    private static string Everything(TemporaryStore store)
    {
        var text = new StringBuilder();
        foreach (var viewer in (Viewer[])[Analyst, Glenbrae])
        {
            var view = store.As(viewer);
            foreach (var record in view.Export())
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{record.Id} {record.Key} {record.Schema.Name}");
                foreach (var said in record.Statements)
                    text.AppendLine(CultureInfo.InvariantCulture, $"  {said.Property.Name}={said.Value} {said.Label}");
                var entity = view.Find(record.Id)!;
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"  is {entity.Id} {entity.Caption} {string.Join(',', entity.Matches.Select(m => $"{m.Left}~{m.Right} {m.Probability}"))}"
                );
                foreach (var match in view.PossibleMatches(entity))
                    text.AppendLine(CultureInfo.InvariantCulture, $"  ? {match.Left} {match.Right} {match.Probability}");
                foreach (var connection in view.Connections(entity))
                    text.AppendLine(CultureInfo.InvariantCulture, $"  - {connection.Phrase} {connection.Other.Id} {connection.Tie.Id}");
            }
            foreach (string name in Names.Concat(Phones).Append("quist").Append("heron"))
            {
                var found = view.Search(name);
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"{name}: {found.Records} {string.Join(',', found.Hits.Select(h => $"{h.Entity.Id} {h.Matched}"))}"
                );
                text.AppendLine(string.Join(',', view.Suggest(name[..3]).Select(s => s.Text)));
            }
            foreach (var source in view.Sources())
                text.AppendLine(CultureInfo.InvariantCulture, $"{source.Source.Name} {source.Records} {source.Statements}");
        }
        return text.ToString();
    }
}
