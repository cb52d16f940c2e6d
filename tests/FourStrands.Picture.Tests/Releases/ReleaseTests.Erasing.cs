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
}
