using FourStrands.Picture;

namespace FourStrands.EndToEnd;

/// <summary>
/// A small fictional world with something on every page: a register and a list that everybody sees, one council's notes,
/// police intelligence in a compartment; records that are joined, records that may be the same, a chain of owners, a long list of aliases.
/// </summary>
internal static class SampleWorld
{
    public static Viewer Analyst { get; } = Viewer.BuiltIn.Single(v => v.ShortName == "analyst");

    public static Viewer Glenbrae { get; } = Viewer.BuiltIn.Single(v => v.ShortName == "glenbrae");

    public static Viewer Strathorn { get; } = Viewer.BuiltIn.Single(v => v.ShortName == "strathorn");

    public static Viewer Visitor { get; } = Viewer.BuiltIn.Single(v => v.ShortName == "visitor");

    /// <summary>Bidders of a tender: two with something behind them, one with nothing, one that no source knows.</summary>
    public const string Bidders = """
        Lochside Haulage Ltd, SC700001
        Birkwood Grounds Maintenance Ltd, SC700003
        Heather & Sons Limited
        Nobody Knows This Company Ltd
        """;

    /// <summary>Fills an empty store.</summary>
    public static World Fill(Gate gate)
    {
        var view = gate.For(Analyst);
        var world = new World();
        using (var import = view.BeginImport(new ImportRequest("Register of Companies", Label.Public, "companies-2026-11.jsonl", "ftm")))
        {
            Put(
                import,
                "Company",
                "SC700001",
                ("name", "Lochside Haulage Ltd"),
                ("registrationNumber", "SC700001"),
                ("jurisdiction", "gb-sct"),
                ("country", "gb"),
                ("incorporationDate", "2014-05-02"),
                ("status", "Active"),
                ("address", "4 Harbour Road, Inverlair, IV99 1AB"),
                ("phone", "+441463496000"),
                ("email", "office@lochside.example")
            );
            Put(
                import,
                "Company",
                "SC700002",
                ("name", "Corrie Holdings Ltd"),
                ("registrationNumber", "SC700002"),
                ("jurisdiction", "gb"),
                ("incorporationDate", "2011-01-20"),
                ("address", "4 Harbour Road, Inverlair, IV99 1AB")
            );
            Put(
                import,
                "Company",
                "SC700003",
                ("name", "Birkwood Grounds Maintenance Ltd"),
                ("registrationNumber", "SC700003"),
                ("jurisdiction", "gb"),
                ("address", "17 Mill Lane, Glenbrae, G99 2ZZ"),
                ("phone", "+441463496000")
            );
            Put(
                import,
                "Company",
                "SC700004",
                ("name", "Heather & Sons Ltd"),
                ("registrationNumber", "SC700004"),
                ("jurisdiction", "gb"),
                ("address", "2 Kirk Wynd, Strathorn, PH99 3QQ"),
                ("status", "Active")
            );
            Put(
                import,
                "Person",
                "P1",
                ("name", "Dougal Rannoch"),
                ("firstName", "Dougal"),
                ("lastName", "Rannoch"),
                ("birthDate", "1968-03-14"),
                ("nationality", "gb"),
                ("address", "9 Pier Street, Inverlair, IV99 1AA")
            );
            Put(import, "Person", "P2", ("name", "Эльвира Соколова"), ("alias", "Elvira Sokolova"), ("birthDate", "1975"), ("nationality", "ru"));
            Put(
                import,
                "Person",
                "P3",
                ("name", "Fergus Heather"),
                ("firstName", "Fergus"),
                ("lastName", "Heather"),
                ("birthDate", "1959-09-30"),
                ("nationality", "gb")
            );
            Put(import, "Ownership", "O1", ("owner", "SC700002"), ("asset", "SC700001"), ("percentage", "75"), ("startDate", "2015-06-01"));
            Put(import, "Ownership", "O2", ("owner", "P1"), ("asset", "SC700002"), ("percentage", "60"), ("startDate", "2012-02-02"));
            Put(
                import,
                "Ownership",
                "O3",
                ("owner", "P2"),
                ("asset", "SC700002"),
                ("percentage", "40"),
                ("startDate", "2012-02-02"),
                ("endDate", "2019-08-31")
            );
            Put(import, "Ownership", "O4", ("owner", "P3"), ("asset", "SC700004"), ("percentage", "100"));
            Put(import, "Directorship", "D1", ("director", "P1"), ("organization", "SC700001"), ("role", "director"), ("startDate", "2014-05-02"));
            Put(import, "Directorship", "D2", ("director", "P1"), ("organization", "SC700003"), ("role", "director"), ("startDate", "2020-01-09"));
            Put(import, "Directorship", "D3", ("director", "P3"), ("organization", "SC700004"), ("role", "director"));
            for (int i = 0; i < 60; i++)
            {
                Put(
                    import,
                    "Company",
                    $"SC71{i:0000}",
                    ("name", $"Inverlair Trading {i} Ltd"),
                    ("registrationNumber", $"SC71{i:0000}"),
                    ("jurisdiction", "gb")
                );
                Put(import, "Directorship", $"DX{i}", ("director", "P3"), ("organization", $"SC71{i:0000}"), ("role", "secretary"));
            }

            import.Reject(
                new Rejection(118, "incorporationDate", "“31/02/2020” is not a date. Dates are written 2020-02-28.", "SC700118,Heron Ltd,31/02/2020")
            );
            world.Company = import.IdentifierOf("SC700001");
            world.Rannoch = import.IdentifierOf("P1");
            world.Sokolova = import.IdentifierOf("P2");
            world.Heather = import.IdentifierOf("P3");
            var committed = import.Commit();
            (world.RegisterImport, world.Register) = (committed.Id, committed.Source.Id);
        }

        using (var import = view.BeginImport(new ImportRequest("Fictional Treasury: sanctions list", Label.Public, "sanctions.jsonl", "ftm")))
        {
            Put(
                import,
                "Person",
                "S1",
                ("name", "SOKOLOVA, Elvira"),
                ("alias", "Elvira SOKOLOVA"),
                ("birthDate", "1975-07-19"),
                ("nationality", "ru"),
                ("topics", "sanction")
            );
            Put(import, "Person", "S2", ("name", "Dougal RANOCH"), ("birthDate", "1968"), ("nationality", "gb"), ("topics", "debarment"));
            var aliases = Enumerable.Range(1, 40).Select(i => ("alias", $"Mirror Name {i}"));
            Put(import, "Organization", "S3", [("name", "Tern Island Trading House"), ("topics", "sanction"), ("country", "ru"), .. aliases]);
            Put(
                import,
                "Sanction",
                "SX1",
                ("entity", "S1"),
                ("authority", "Fictional Treasury"),
                ("program", "Tern Island"),
                ("startDate", "2022-03-01"),
                ("reason", "Said to have moved funds for others.")
            );
            world.Listed = import.IdentifierOf("S1");
            world.ListedRanoch = import.IdentifierOf("S2");
            world.TradingHouse = import.IdentifierOf("S3");
            import.Commit();
        }

        using (
            var import = gate.For(Glenbrae)
                .BeginImport(
                    new ImportRequest("Glenbrae licensing notes", Label.OwnAgency(Glenbrae), "notes.csv", "table")
                    {
                        Grade = "2 untested",
                        Kind = StatementKind.Opinion,
                    }
                )
        )
        {
            Put(
                import,
                "Person",
                "N1",
                ("name", "Dougal Rannoch"),
                ("birthDate", "1968-03-14"),
                ("phone", "+441463496111"),
                ("address", "9 Pier Street, Inverlair, IV99 1AA"),
                ("notes", "Came to the office with the owner of Birkwood.")
            );
            import.Commit();
        }

        using (
            var import = view.BeginImport(
                new ImportRequest("Operation intelligence", new Label(Classification.OfficialSensitive, [Analyst.Agency], ["nightjar"]), "reports.jsonl", "ftm")
                {
                    Grade = "1 reliable",
                }
            )
        )
        {
            Put(
                import,
                "Person",
                "I1",
                ("name", "Dougal Rannoch"),
                ("alias", "The Ferryman"),
                ("birthDate", "1969-03-14"),
                ("address", "9 Pier Street, Inverlair, IV99 1AA"),
                ("topics", "crime")
            );
            Put(import, "Person", "I2", ("name", "Wendeline Quist"), ("birthDate", "1980-12-01"), ("topics", "poi"));
            Put(import, "Associate", "A1", ("person", "I1"), ("associate", "I2"), ("relationship", "seen together weekly"));
            world.Secret = import.IdentifierOf("I2");
            world.SecretImport = import.Commit().Id;
        }

        var order = new ReleaseOrder([new ReleasedValue(world.Secret, "name", "Wendeline Quist")], new Label(Classification.Official), "Not decided");
        world.SecretRelease = gate.Releases.Order(Analyst, order).Id;
        gate.People.Invent(Viewer.BuiltIn);
        world.SecretRequest = gate.Requests.Ask(Analyst, new Request(RequestKind.Access, "", Strathorn.Agency, "", default, "Who holds the quay?")).Id;

        return world;
    }

    private static void Put(ImportSession import, string schema, string key, params (string Property, string Value)[] values)
    {
        var kind = Ontology.Default[schema];
        import.Begin(key, kind);
        foreach (var (property, value) in values)
            import.Add(kind[property], value);
        import.End();
    }
}

/// <summary>The identifiers of what the tests look at.</summary>
internal sealed class World
{
    public RecordId Company { get; set; }

    public RecordId Rannoch { get; set; }

    public RecordId Sokolova { get; set; }

    public RecordId Heather { get; set; }

    public RecordId Listed { get; set; }

    public RecordId ListedRanoch { get; set; }

    public RecordId TradingHouse { get; set; }

    public RecordId Secret { get; set; }

    public RecordId RegisterImport { get; set; }

    public RecordId Register { get; set; }

    public RecordId SecretImport { get; set; }

    /// <summary>A release of what the police know, which waits for a second person.</summary>
    public RecordId SecretRelease { get; set; }

    /// <summary>What the police ask of Strathorn Council.</summary>
    public RecordId SecretRequest { get; set; }
}
