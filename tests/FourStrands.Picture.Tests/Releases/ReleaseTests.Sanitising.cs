using Xunit;

namespace FourStrands.Picture.Tests.Releases;

/// <summary>What is said in other words, as a record of its own.</summary>
public sealed partial class ReleaseTests
{
    [Fact]
    public void A_sanitised_release_cannot_be_tied_to_its_source()
    {
        var record = Bring(
            Police,
            "Source 4711",
            "official;agencies=police",
            ("name", "Ada Quist"),
            ("birthDate", "1980-04-05"),
            ("notes", "Told in the Anchor")
        );
        var order = Order("official;agencies=council,police", record, ("name", "Ada Quist")) with
        {
            SourceName = "Released by the police",
            Values =
            [
                new ReleasedValue(record, "name", "Ada Quist"),
                new ReleasedValue(record, "birthDate", "1980-04-05") { As = "1980" },
                new ReleasedValue(record, "notes", "Told in the Anchor") { As = "Known to drive" },
            ],
        };
        gate.Releases.Order(Police, order);
        Assert.Null(gate.For(Council).Find(record));
        var hit = gate.For(Council).Search("quist").Hits.Single();
        var seen = gate.For(Council).Find(hit.Entity.Id)!.Records.Single();
        Assert.Equal("Released by the police", seen.Source.Name);
        Assert.Equal(["1980"], seen.Values("birthDate"));
        Assert.Equal(["Known to drive"], seen.Values("notes"));
        string all = string.Join(' ', gate.For(Council).Export().SelectMany(r => r.Statements).Select(s => $"{s.Value} {s.Source.Name}")) + seen.Key;
        foreach (string hidden in new[] { "4711", "Anchor", "1980-04-05", record.ToString(), "r1" })
            Assert.DoesNotContain(hidden, all, StringComparison.Ordinal);
        // For the police it is one subject, by their own word, which the council does not see.
        Assert.Contains(gate.For(Police).Find(record)!.Records, r => r.Id == seen.Id);
        Assert.Empty(gate.For(Council).Judgements(gate.For(Council).Find(seen.Id)!));
    }

    /// <summary>Though they see some of the one, and all of the other.</summary>
    [Fact]
    public void That_a_record_and_its_sanitised_release_are_one_is_told_to_those_who_know_of_the_release()
    {
        var record = Bring(Police, "Source 4711", "official;agencies=police", ("name", "Ada Quist"));
        keys--;
        Bring(Police, "Source 4711", "official-sensitive;agencies=police;compartments=police.nightjar", ("notes", "Told in the Anchor"));
        var order = Order("official;agencies=council,police", record, ("notes", "Told in the Anchor")) with { SourceName = "Told" };
        var release = gate.Releases.Order(Police, order);
        if (release.State != ReleaseState.Out)
            release = gate.Releases.Agree(Second, release.Id);
        Assert.Equal(ReleaseState.Out, release.State);
        Assert.Equal(2, gate.For(Police).Find(record)!.Records.Count);
        Assert.Single(gate.For(Constable).Find(record)!.Records);
        foreach (var seen in gate.For(Constable).Export().Select(r => gate.For(Constable).Find(r.Id)!))
            Assert.Empty(gate.For(Constable).Judgements(seen));
    }
}
