using FourStrands.Picture.Tests.Store;
using Xunit;

namespace FourStrands.Picture.Tests.Releases;

/// <summary>Who reads a request to an originator, and what becomes of it when what it quotes is erased.</summary>
public sealed partial class ReleaseTests
{
    private static Viewer Manager => Constable with { Name = "isla@police", Roles = [Role.InformationManager] };

    [Fact]
    public void A_request_to_an_originator_is_read_by_those_who_may_see_what_it_quotes()
    {
        var detective = Police with { Purposes = [Purpose.Crime] };
        const string label = "official;agencies=police;purposes=crime;handling=S2;originators=council";
        var record = Bring(detective, "Notes", label, ("name", "Wendeline Quist"), ("birthDate", "1980-04-05"));
        var order = Order("official;agencies=other,police;purposes=crime", record, ("name", "Wendeline Quist"), ("birthDate", "1980-04-05"));
        var release = gate.Releases.Order(detective, order with { ToProvider = "May we?" });

        // Of the same agency, without the purpose: neither the record nor that anybody was asked about it.
        Assert.Null(gate.For(Second).Find(record));
        Assert.Empty(gate.Requests.All(Second));
        Assert.Null(gate.Requests.Find(Second, release.Requests[0]));
        Assert.Empty(gate.For(Second).Documents("request"));

        var asked = gate.Requests.All(Council).Single();
        Assert.Equal(["Birth date: 5 April 1980", "Name: Wendeline Quist"], asked.Values.Order(StringComparer.Ordinal));
        Assert.Equal(asked.Values, gate.Requests.All(detective).Single().Values);
        // They read nothing of the record, nor what those who ask work for.
        var theirs = gate.For(Council).Documents("request").Single();
        Assert.DoesNotContain(record.ToString(), theirs.Content, StringComparison.Ordinal);
        Assert.Equal("official;agencies=council", theirs.Label.ToString());

        gate.Requests.Answer(Council, asked.Id, agreed: true, "Yes, both");
        Assert.Equal("Yes, both", gate.Requests.Find(detective, release.Requests[0])!.Answer!.Text);
        Assert.Equal("Yes, both", gate.Requests.Find(Council, asked.Id)!.Answer!.Text);
        Assert.Empty(gate.For(Second).Documents("answer"));
        Assert.Equal(ReleaseState.Out, gate.Releases.GoOn(detective, release.Id).State);
    }

    [Fact]
    public void An_originator_is_asked_about_what_leaves_a_compartment_and_learns_of_none()
    {
        const string label = "official;agencies=police;compartments=police.nightjar;handling=S2;originators=council";
        var record = Bring(Police, "Notes", label, ("name", "Wendeline Quist"));
        var release = gate.Releases.Order(Police, Order("official;agencies=other,police", record, ("name", "Wendeline Quist")) with { ToProvider = "May we?" });
        Assert.Equal(ReleaseState.WaitsForOriginator, release.State);
        Assert.Empty(gate.Requests.All(Constable));
        var asked = gate.Requests.All(Council).Single();
        Assert.Equal(["Name: Wendeline Quist"], asked.Values);
        var theirs = gate.For(Council).Documents("request").Single();
        Assert.DoesNotContain("nightjar", theirs.Label + theirs.Content, StringComparison.Ordinal);

        gate.Requests.Answer(Council, asked.Id, agreed: true, "Yes");
        Assert.Empty(gate.For(Constable).Documents("answer"));
        Assert.Equal(ReleaseState.WaitsForSecond, gate.Releases.GoOn(Police, release.Id).State);
        // They may think again, and again, until it is out.
        clock.Now = clock.Now.AddMinutes(1);
        gate.Requests.Answer(Council, asked.Id, agreed: false, "No");
        Assert.Throws<ReleaseException>(() => gate.Releases.Agree(Second, release.Id));
        clock.Now = clock.Now.AddMinutes(1);
        gate.Requests.Answer(Council, asked.Id, agreed: true, "Yes again");
        Assert.Equal(ReleaseState.Out, gate.Releases.Agree(Second, release.Id).State);
        Assert.NotNull(gate.For(Other).Find(record));
    }

    [Theory]
    [InlineData("official;agencies=police;handling=S2;originators=council")]
    [InlineData("official;agencies=council,police;handling=S2;originators=council")]
    public void Erasing_takes_what_an_originator_was_asked_along(string label)
    {
        var record = Bring(Police, "Notes", label, ("name", "Wendeline Quist"), ("birthDate", "1980-04-05"));
        var order = Order("official;agencies=other,police", record, ("birthDate", "1980-04-05")) with { ToProvider = "May we?" };
        var release = gate.Releases.Order(Constable, order);
        Assert.Single(gate.Requests.All(Council));
        // A value that is too short to be looked for in texts, of a record that says more.
        var target = ErasureTarget.OfStatement(record, "birthDate", "1980-04-05");
        var gone = gate.Erasures.Preview(Manager, target).Documents.Select(d => d.Id).ToList();
        Assert.Contains(release.Requests[0], gone);
        Assert.Contains(release.Id, gone);
        gate.Erasures.Erase(Manager, target, "A court said so");
        for (int round = 0; round < 2; round++)
        {
            Assert.Empty(gate.Requests.All(Constable));
            Assert.Empty(gate.Requests.All(Council));
            Reopen();
        }
        gate.Dispose();
        Assert.False(Unsealed.Holds(folder, "1980-04-05"));
        Assert.False(Unsealed.Holds(folder, "5 April 1980"));
        gate = Open();
    }

    /// <summary>Where it quotes more than whoever erases may see, they learn nothing of it; those who do see it are told.</summary>
    [Fact]
    public void Erasing_part_of_what_an_originator_was_asked_tells_whoever_erases_nothing_of_the_rest()
    {
        var record = Bring(Police, "Notes", "official;agencies=police;handling=S2;originators=council", ("name", "Wendeline Quist"), ("notes", "Ours"));
        Again(Police, "Notes", "official;agencies=police;compartments=police.nightjar;handling=S2;originators=council", ("birthDate", "1980-04-05"));
        var order = Order("official;agencies=other,police", record, ("name", "Wendeline Quist"), ("birthDate", "1980-04-05"));
        gate.Releases.Order(Police, order with { ToProvider = "May we?" });
        var target = ErasureTarget.OfStatement(record, "name", "Wendeline Quist");
        Assert.Empty(gate.Erasures.Preview(Manager, target).Documents);
        gate.Erasures.Erase(Manager, target, "A court said so");
        Assert.Empty(gate.Requests.All(Council));
        Assert.Empty(gate.Requests.Notices(Manager));
        Assert.Contains(gate.Requests.Notices(Police), n => n.IsErasure && n.Text.Contains("request", StringComparison.Ordinal));
    }

    /// <summary>Those of before named no records.</summary>
    [Fact]
    public void An_older_request_to_an_originator_is_read_still_and_goes_with_what_it_quotes()
    {
        var record = Bring(
            Police,
            "Notes",
            "official;agencies=police;handling=S2;originators=council",
            ("name", "Wendeline Quist"),
            ("birthDate", "1980-04-05")
        );
        const string older =
            """{"Kind":"Originator","From":"police","To":"council","ByName":"ailsa","At":"2026-11-20T09:00:00+00:00","Text":"May we?","Purpose":"","Record":null,"Wanted":"OFFICIAL: Other","Values":["Birth date: 5 April 1980"]}""";
        gate.For(Police).Write("request", older, Label.Parse("official;agencies=council,police"));
        var asked = gate.Requests.All(Council).Single();
        Assert.Equal(["Birth date: 5 April 1980"], asked.Values);
        gate.Requests.Answer(Council, asked.Id, agreed: false, "No");
        Assert.Equal("No", gate.Requests.Find(Police, asked.Id)!.Answer!.Text);
        gate.Erasures.Erase(Manager, ErasureTarget.OfStatement(record, "name", "Wendeline Quist"), "Not it");
        Assert.Single(gate.Requests.All(Council));
        clock.Now = clock.Now.AddMinutes(1);
        gate.Erasures.Erase(Manager, ErasureTarget.OfStatement(record, "birthDate", "1980-04-05"), "It");
        Assert.Empty(gate.Requests.All(Council));
    }
}
