using FourStrands.Picture.Tests.Store;
using Xunit;

namespace FourStrands.Picture.Tests.Releases;

/// <summary>What becomes of what was released, once what it was made of is erased.</summary>
public sealed partial class ReleaseTests
{
    [Fact]
    public void Erasing_takes_what_was_released_and_pointed_at_along()
    {
        var manager = Police with { Roles = [Role.InformationManager] };
        var record = Bring(Police, "Notes", "official;agencies=police", ("name", "Wilhelmina Tystie"), ("passportNumber", "GB7654321"));
        gate.Releases.Order(Police, Order("official;agencies=council,police", record, ("name", "Wilhelmina Tystie")) with { SourceName = "Told" });
        var pointer = Order("official;agencies=council,police", record, ("passportNumber", "GB7654321")) with { Kind = ReleaseKind.Pointer };
        gate.Releases.Order(Police, pointer);
        // What the council asked would stay in its own log: it looks without naming anybody.
        Assert.Single(gate.For(Council).Export());
        Assert.Single(gate.Releases.PointersTo(Council, "GB7654321"));
        gate.Erasures.Erase(manager, ErasureTarget.OfRecord(record), "Retention");
        Assert.Empty(gate.For(Council).Export());
        Assert.Empty(gate.Releases.PointersTo(Council, "GB7654321"));
        gate.Dispose();
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("Tystie", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.OrdinalIgnoreCase);
        Assert.False(Store.Unsealed.Holds(folder, "Tystie"));
        gate = Open();
        Assert.Empty(gate.For(Council).Export());
    }

    /// <summary>The way in which retention ends: what a release repeats of the file, a date among it, is out no more.</summary>
    [Fact]
    public void Erasing_a_file_takes_what_was_released_of_it_along()
    {
        var record = Bring(Police, "Notes", "official;agencies=police", ("name", "Ada Quist"), ("birthDate", "1980-05-04"));
        var release = gate.Releases.Order(Police, Order("official;agencies=council,police", record, ("birthDate", "1980-05-04")));
        Assert.NotNull(gate.For(Council).Find(record));
        var manager = Police with { Roles = [Role.InformationManager, Role.Liaison] };
        var file = gate.For(Police).Sources().Single().Imports.Single(i => i.Format == "test");
        Assert.Contains(gate.Erasures.Preview(manager, ErasureTarget.OfImport(file.Id)).Documents, d => d.Id == release.Id);
        gate.Erasures.Erase(manager, ErasureTarget.OfImport(file.Id), "Retention");
        for (int round = 0; round < 2; round++)
        {
            Assert.Null(gate.For(Council).Find(record));
            Assert.Null(gate.For(Police).Find(record));
            Assert.Null(gate.Releases.Find(Police, release.Id));
            Reopen();
        }
    }

    /// <summary>What another file says too, which all see who see the erased one, is what the release rests on then.</summary>
    [Fact]
    public void Erasing_a_file_leaves_out_what_another_says_that_its_readers_see()
    {
        var record = Bring(Police, "Notes", "official;agencies=police", ("name", "Ada Quist"));
        keys--;
        Bring(Police, "Notes", "official-sensitive;agencies=police;compartments=police.nightjar", ("name", "Ada Quist"));
        var release = gate.Releases.Order(Police, Order("official;agencies=council,police", record, ("name", "Ada Quist")));
        if (release.State != ReleaseState.Out)
            gate.Releases.Agree(Second, release.Id);
        var manager = Police with { Roles = [Role.InformationManager, Role.Liaison] };
        var hidden = gate.For(Police).Sources().Single().Imports.Single(i => i.Format == "test" && i.Label.Compartments.Count > 0);
        gate.Erasures.Erase(manager, ErasureTarget.OfImport(hidden.Id), "Retention");
        Assert.NotNull(gate.For(Council).Find(record));
    }

    /// <summary>The same where its audience sees it as a record of its own.</summary>
    [Fact]
    public void Erasing_a_file_leaves_out_what_a_sanitised_release_says_of_another_that_its_readers_see()
    {
        var record = Bring(Police, "Notes", "official;agencies=police", ("name", "Ada Quist"));
        keys--;
        Bring(Police, "Notes", "official-sensitive;agencies=police;compartments=police.nightjar", ("name", "Ada Quist"));
        var order = Order("official;agencies=council,police", record, ("name", "Ada Quist")) with { SourceName = "Told" };
        var release = gate.Releases.Order(Police, order);
        if (release.State != ReleaseState.Out)
            gate.Releases.Agree(Second, release.Id);
        Assert.Single(gate.For(Council).Export());
        var manager = Police with { Roles = [Role.InformationManager, Role.Liaison] };
        var files = gate.For(Police).Sources().SelectMany(s => s.Imports).Where(i => i.Format == "test").ToList();
        gate.Erasures.Erase(manager, ErasureTarget.OfImport(files.Single(i => i.Label.Compartments.Count > 0).Id), "Retention");
        Assert.Equal(["Ada Quist"], Assert.Single(gate.For(Council).Export()).Values("name"));
        Assert.Equal(ReleaseState.Out, gate.Releases.Find(Police, release.Id)!.State);
        gate.Erasures.Erase(manager, ErasureTarget.OfImport(files.Single(i => i.Label.Compartments.Count == 0).Id), "Retention");
        Assert.Empty(gate.For(Council).Export());
    }

    /// <summary>Found in review: a release is over as soon as anything of it goes, and nothing told any more what else it had carried, of whom.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Two_erasures_in_a_row_leave_nothing_that_a_sanitised_release_carried(bool corrected)
    {
        var manager = Police with { Roles = [Role.InformationManager, Role.Liaison] };
        var first = Bring(Police, "Notes", "official;agencies=police", ("name", "Wilhelmina Tystie"));
        var second = Bring(Police, "Notes", "official;agencies=police", ("name", "Zebulon Quistgaard"), ("passportNumber", "GB7654321"));
        gate.Releases.Order(
            Police,
            new ReleaseOrder(
                [
                    new(first, "name", "Wilhelmina Tystie"),
                    new(second, "name", "Zebulon Quistgaard") { As = corrected ? null : "Somebody called Zebulon" },
                    new(second, "passportNumber", "GB7654321"),
                ],
                Label.Parse("official;agencies=council,police"),
                "They need to know"
            )
            {
                SourceName = "Told",
            }
        );
        Assert.Equal(2, gate.For(Council).Export().Count());
        clock.Now = clock.Now.AddMinutes(1);
        if (corrected)
            gate.Corrections.Correct(manager, new CorrectionOrder(ErasureTarget.OfRecord(second), "It was somebody else") { InReleases = true });
        // That the two are one nobody judged: the release made it so, and it is not counted as a decision.
        Assert.Equal(0, gate.Erasures.Preview(manager, ErasureTarget.OfRecord(first)).Judgements);
        Assert.Equal(corrected ? 5 : 4, gate.Erasures.Preview(manager, ErasureTarget.OfRecord(first)).Statements);
        gate.Erasures.Erase(manager, ErasureTarget.OfRecord(first), "Retention");
        Assert.Empty(gate.For(Council).Export());
        gate.Erasures.Erase(manager, ErasureTarget.OfRecord(second), "Retention");
        gate.Dispose();
        foreach (string hidden in (string[])["Tystie", "Zebulon", "7654321"])
        {
            foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                Assert.DoesNotContain(hidden, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.OrdinalIgnoreCase);
            Assert.False(Store.Unsealed.Holds(folder, hidden), hidden);
        }
        gate = Open();
    }

    /// <summary>Found in review: memory had the number of a label that the disk had not, and the store could not be opened any more.</summary>
    [Fact]
    public void An_erasure_that_could_not_be_kept_leaves_a_store_that_can_be_opened()
    {
        var manager = Police with { Roles = [Role.InformationManager, Role.Liaison] };
        // The erasure bears a label that nothing else does: that of both.
        var record = Bring(Police, "Notes", "official-sensitive;agencies=police", ("name", "Ada Quist"));
        keys--;
        Bring(Police, "Notes", "official;agencies=police;compartments=police.nightjar", ("name", "Ada Quist"));
        Reopen(() => Alter("CREATE TRIGGER broken BEFORE INSERT ON erasure BEGIN SELECT RAISE(ABORT, 'broken off'); END"));
        Assert.Throws<StoreException>(() => gate.Erasures.Erase(manager, ErasureTarget.OfRecord(record), "Retention"));
        Bring(Police, "Notes", "official;agencies=police;handling=A1", ("name", "Una Heron"));
        Reopen(() => Alter("DROP TRIGGER broken"));
        Assert.NotNull(gate.For(Police).Find(record));
        gate.Erasures.Erase(manager, ErasureTarget.OfRecord(record), "Retention");
        Assert.Null(gate.For(Police).Find(record));
    }

    private void Alter(string sql) => StoredBytes.Alter(Path.Combine(folder, "picture.db"), sql);
}
