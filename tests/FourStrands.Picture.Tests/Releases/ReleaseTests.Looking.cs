using Xunit;

namespace FourStrands.Picture.Tests.Releases;

/// <summary>What is shown before something is released, to whom it is shown, and what comes of what changed since.</summary>
public sealed partial class ReleaseTests
{
    [Theory]
    [InlineData("official;agencies=council,police", null)]
    [InlineData("public", null)]
    [InlineData("official;agencies=council,police", "Told")]
    public void Others_learn_which_agency_released_it_and_not_who(string label, string? sourceName)
    {
        var record = Bring(Police, "Notes", "official;agencies=police", ("name", "Ada Quist"));
        var release = gate.Releases.Order(Police, Order(label, record, ("name", "Ada Quist")) with { SourceName = sourceName });
        if (release.State == ReleaseState.WaitsForSecond)
            release = gate.Releases.Agree(Second, release.Id);
        foreach (var state in new[] { ReleaseState.Out, ReleaseState.TakenBack })
        {
            Assert.Equal(state, release.State);
            Assert.Equal("Police", By(Council));
            Assert.Equal(sourceName is null ? Police.DisplayName : "Police", By(Constable));
            if (state == ReleaseState.Out)
                release = gate.Releases.TakeBack(Second, release.Id, "Over");
        }
        Reopen();
        Assert.Equal("Police", By(Council));
        Assert.DoesNotContain(gate.For(Council).Documents("correction"), d => d.By == Police.DisplayName || d.By == Second.DisplayName);
        // Who brings a file in for others to see is named, as before.
        Bring(Police, "Register", "official", ("name", "Bo Lind"));
        Assert.Equal(Police.DisplayName, gate.For(Council).Sources().SelectMany(s => s.Imports).Single(i => i.Format == "test").By);

        string By(Viewer viewer) => gate.For(viewer).Sources().SelectMany(s => s.Imports).Single(i => i.Format == "release").By;
    }

    [Fact]
    public void A_pointer_lists_what_it_is_found_by_and_nothing_else()
    {
        var record = Bring(
            Police,
            "Notes",
            "official;agencies=police",
            ("name", "Ada Quist"),
            ("passportNumber", "GB1234567"),
            ("birthDate", "1980-04-05"),
            ("topics", "crime"),
            ("address", "9 Pier Street")
        );
        var order = Order(
            "official;agencies=council,police",
            record,
            ("name", "Ada Quist"),
            ("passportNumber", "GB1234567"),
            ("birthDate", "1980-04-05"),
            ("topics", "crime"),
            ("address", "9 Pier Street")
        ) with
        {
            Kind = ReleaseKind.Pointer,
        };
        var preview = gate.Releases.Preview(Police, order);
        Assert.Empty(preview.Refused);
        Assert.Empty(preview.Cautions);
        Assert.Equal(["name", "passportNumber"], preview.Records.Single().Shown.Select(v => v.Property).Order(StringComparer.Ordinal));
        Assert.Equal(["address", "birthDate", "topics"], preview.Records.Single().Dropped.Select(v => v.Property).Order(StringComparer.Ordinal));
        Assert.Equal(2, gate.Releases.Order(Police, order).Order.Values.Count);
        Assert.Single(gate.For(Council).Pointers("GB1234567"));
        // What they see already leads to the desk as well.
        gate.Releases.Order(Police, order with { Kind = ReleaseKind.Content });
        preview = gate.Releases.Preview(Police, order);
        Assert.Empty(preview.Records.Single().Known);
        Assert.Equal(2, preview.Records.Single().Shown.Count);
    }

    [Fact]
    public void What_does_something_else_by_now_is_not_ordered()
    {
        var record = Bring(Police, "Notes", "official;agencies=police", ("name", "Ada Quist"), ("birthDate", "1980-04-05"), ("idNumber", "X123456"));
        var order = Order("official;agencies=council,police", record, ("name", "Ada Quist"), ("birthDate", "1980-04-05"), ("idNumber", "X123456"));
        var looked = gate.Releases.Preview(Police, order);
        Assert.True(looked.SaysSameAs(gate.Releases.Preview(Police, order)));
        // What the officer does not see changes nothing.
        Bring(Council, "Hidden", "official;agencies=council", ("name", "Ada Quist"), ("birthDate", "1980-04-05"), ("idNumber", "X123456"));
        Assert.True(looked.SaysSameAs(gate.Releases.Preview(Police, order)));
        Bring(Council, "Register", "public", ("name", "Ada Quist"), ("birthDate", "1980-04-05"), ("idNumber", "X123456"));
        Assert.Contains("has changed", Assert.Throws<ReleaseException>(() => gate.Releases.Order(Police, order, looked)).Message, StringComparison.Ordinal);
        Assert.Empty(gate.Releases.All(Police));
        Assert.Equal(ReleaseState.Out, gate.Releases.Order(Police, order, gate.Releases.Preview(Police, order)).State);
    }

    [Fact]
    public void What_was_agreed_to_goes_out_whole_or_not_at_all()
    {
        var (person, associate) = (Ontology.Default["Person"], Ontology.Default["Associate"]);
        RecordId a = default,
            b = default,
            t = default;
        using (var import = gate.For(Police).BeginImport(new ImportRequest("Notes", Label.Parse("official;agencies=police"), "f", "test")))
        {
            foreach (string key in new[] { "a", "b" })
            {
                import.Begin(key, person);
                import.Add(person["name"], $"Person {key}");
                import.End();
            }
            import.Begin("t", associate);
            import.Add(associate["person"], "a");
            import.Add(associate["associate"], "b");
            import.End();
            (a, b, t) = (import.IdentifierOf("a"), import.IdentifierOf("b"), import.IdentifierOf("t"));
            import.Commit();
        }
        using (var import = gate.For(Police).BeginImport(new ImportRequest("Notes", Label.Parse("official"), "f", "test")))
        {
            import.Begin("b", person);
            import.Add(person["name"], "Person b");
            import.End();
            import.Commit();
        }
        var release = gate.Releases.Order(
            Police,
            new ReleaseOrder(
                [new(a, "name", "Person a"), new(t, "person", a.ToString()), new(t, "associate", b.ToString())],
                Label.Parse("official"),
                "They need to know"
            )
        );
        Assert.Equal(ReleaseState.WaitsForSecond, release.State);
        Assert.Equal(3, release.Order.Values.Count);
        // Nobody else sees the tie's other end any more: the tie would be left out.
        using (var import = gate.For(Police).BeginImport(new ImportRequest("Notes", Label.Parse("official"), "f", "test") { Complete = true }))
            import.Commit();
        Assert.Contains(
            "changed since it was ordered",
            Assert.Throws<ReleaseException>(() => gate.Releases.Agree(Second, release.Id)).Message,
            StringComparison.Ordinal
        );
        Assert.Null(gate.For(Council).Find(a));
    }

    [Fact]
    public void A_day_that_will_not_do_is_said_of_the_day()
    {
        var record = Bring(Police, "Notes", "official;agencies=police", ("name", "Ada Quist"));
        var order = Order("official;agencies=council,police", record, ("name", "Ada Quist")) with { Until = clock.Now.AddDays(-1) };
        Assert.Equal("until", ReleasePreview.FieldOf(gate.Releases.Preview(Police, order).Refused.Single()));
        Assert.Equal("until", Assert.Throws<ReleaseException>(() => gate.Releases.Order(Police, order)).Field);
        var alert = order with { Kind = ReleaseKind.Alert, Label = Label.Parse("official;agencies=police"), Until = clock.Now.AddDays(5) };
        Assert.Equal("audience", ReleasePreview.FieldOf(gate.Releases.Preview(Police, alert).Refused.Single()));
    }

    [Fact]
    public async Task An_alert_is_logged_as_no_disclosure()
    {
        var record = Bring(Police, "Notes", "official;agencies=police", ("name", "Ada Quist"));
        gate.Releases.Order(
            Police,
            Order("official;agencies=council,police", record, ("name", "Ada Quist")) with
            {
                Kind = ReleaseKind.Alert,
                Until = clock.Now.AddDays(5),
            }
        );
        var chief = Police with { Name = "chief@police", Roles = [Role.ChiefAuditor] };
        gate.People.Invent([chief]);
        await gate.FlushReadLog();
        Assert.Empty(gate.Audit.Search(chief, new LogQuestion { Kind = LogKind.Disclosure }).Entries);
        Assert.Contains(gate.Audit.Search(chief, new LogQuestion { Kind = LogKind.Alteration }).Entries, e => e.Act == "watch" && e.Records.Contains(record));
    }
}
