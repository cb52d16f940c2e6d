using Xunit;

namespace FourStrands.Picture.Tests.Releases;

/// <summary>What whoever goes on with a release sees besides decides nothing that others see.</summary>
public sealed partial class ReleaseTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_second_person_who_sees_more_agrees_to_what_was_ordered(bool more)
    {
        var record = Bring(Police, "Notes", "official-sensitive;agencies=police", ("name", "Wendeline Quist"));
        var release = gate.Releases.Order(Constable, Order("official-sensitive;agencies=council,police", record, ("name", "Wendeline Quist")));
        Assert.Equal(ReleaseState.WaitsForSecond, release.State);
        if (more)
            Again(Police, "Notes", "official-sensitive;agencies=police;compartments=police.nightjar", ("name", "Wendeline Quist"));
        gate.Releases.Agree(Second, release.Id);
        Assert.Equal(ReleaseState.Out, gate.Releases.Find(Constable, release.Id)!.State);
        Assert.NotNull(gate.For(Council with { Clearance = Classification.OfficialSensitive }).Find(record));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whoever_sees_more_goes_on_with_a_release_as_anybody_would(bool more)
    {
        var record = Bring(Police, "Notes", "official;agencies=police;handling=S2;originators=council", ("name", "Wendeline Quist"));
        var release = gate.Releases.Order(
            Constable,
            Order("official;agencies=other,police", record, ("name", "Wendeline Quist")) with
            {
                ToProvider = "May we?",
            }
        );
        Assert.Equal(ReleaseState.WaitsForOriginator, release.State);
        gate.Requests.Answer(Council, gate.Requests.All(Council).Single().Id, true, "Yes");
        if (more)
            Again(Police, "Notes", "official;agencies=police;compartments=police.nightjar", ("name", "Wendeline Quist"));
        gate.Releases.GoOn(Second, release.Id);
        Assert.Equal(ReleaseState.Out, gate.Releases.Find(Constable, release.Id)!.State);
        Assert.NotNull(gate.For(Other).Find(record));
    }

    /// <summary>Though another label, of which the same is said to them, stands between the two.</summary>
    [Fact]
    public void What_is_released_and_brought_in_under_one_label_is_said_once()
    {
        const string Wide = "official;agencies=council,other,police";
        var record = Graded("official;agencies=police", "3 not reliable");
        gate.Releases.Order(Police, Order(Wide, record, ("name", "Wendeline Quist")));
        keys--;
        Graded("official;agencies=another,council,police", "2 untested");
        keys--;
        Graded(Wide, "1 reliable");
        var said = gate.For(Council).Find(record)!.Records.Single().Statements;
        Assert.Equal(["1 reliable", "2 untested"], said.Select(s => s.Source.Grade));

        RecordId Graded(string label, string grade) =>
            Bring(Police, new ImportRequest("Notes", Label.Parse(label), "f", "test") { Grade = grade }, ("name", "Wendeline Quist"));
    }

    /// <summary>The last record that was brought in, under another label.</summary>
    private void Again(Viewer by, string source, string label, params (string Property, string Value)[] values)
    {
        keys--;
        Bring(by, source, label, values);
    }
}
