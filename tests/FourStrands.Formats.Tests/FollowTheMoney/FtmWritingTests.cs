using System.Text;
using FourStrands.Picture;
using Xunit;

namespace FourStrands.Formats.Tests.FollowTheMoney;

public sealed class FtmWritingTests
{
    private static readonly string[] _pieces =
    [
        "a",
        " ",
        "  ",
        "\"",
        "'",
        ",",
        ";",
        "\\",
        "\n",
        "\r\n",
        "\t",
        "\0",
        "=",
        "+",
        "-",
        "1970-02-03",
        "gb",
        "é",
        "e\u0301",
        "中",
        "\u2028",
        "\ufeff",
        "😀",
        "\ud800",
        "&",
        "<b>",
        "\u202e",
    ];

    private static readonly string[] _schemata = ["Person", "Company", "Note", "Ownership", "Address", "Document"];

    public static TheoryData<string> Published =>
        [
            "ftm/zala/entities.ftm.json",
            "ftm/donations.ijson",
            "ftm/parteispenden/entities.ftm.json",
            "ftm/t1/entities.ftm.json",
            "un/UN_consolidated.xml",
            "ofac/cons_prim.csv",
            "psc/psc-data-8.json",
        ];

    [Theory]
    [MemberData(nameof(Published))]
    public void Entities_come_back_as_they_went_out(string file)
    {
        var (first, _) = Reading.Shared(file);
        Same(first, Reading.Bytes(AsEntities(first)));
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void Statements_come_back_as_they_went_out(string file)
    {
        var (first, _) = Reading.Shared(file);
        Same(first, Reading.Text(AsStatements(first)));
    }

    // Values as awkward as their types let them be.
    [Fact]
    public void Whatever_can_be_said_comes_back()
    {
        var schemata = _schemata.Select(name => Ontology.Default[name]).ToArray();
        var random = new Random(20261122);
        for (var time = 0; time < 500; time++)
        {
            var first = new CollectedRecords();
            for (var number = 0; number < 3; number++)
            {
                var schema = schemata[random.Next(schemata.Length)];
                var properties = schema.Properties.Values.OrderBy(property => property.QualifiedName, StringComparer.Ordinal).ToArray();
                first.Begin($"key, \"{number}\"", schema);
                while (first[$"key, \"{number}\""].Values.Count < 4)
                {
                    var property = properties[random.Next(properties.Length)];
                    if (property.Type.Clean(string.Concat(random.GetItems(_pieces, random.Next(1, 9)))) is { } clean)
                        first.Add(property, clean);
                }
                first.End();
            }
            Same(first, Reading.Bytes(AsEntities(first)));
            Same(first, Reading.Text(AsStatements(first)));
        }
    }

    [Fact]
    public void An_entity_is_one_line()
    {
        using var written = new MemoryStream();
        using (var writer = new FtmWriter(written))
        {
            var person = Ontology.Default["Person"];
            var record = new ExportedRecord("a", person, [(person["name"], "Zoë \"Z\"\nBell"), (person["birthDate"], "1970"), (person["name"], "Z")])
            {
                Caption = "Zoë",
                Dataset = "d",
                FirstSeen = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.FromHours(1)),
            };
            writer.Write(record);
            writer.Write(record with { Caption = null, Dataset = "", FirstSeen = null });
        }
        Assert.Equal(
            """
            {"id":"a","caption":"Zoë","schema":"Person","properties":{"name":["Zoë \"Z\"\nBell","Z"],"birthDate":["1970"]},"datasets":["d"],"first_seen":"2026-11-22T09:00:00"}
            {"id":"a","schema":"Person","properties":{"name":["Zoë \"Z\"\nBell","Z"],"birthDate":["1970"]}}

            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(written.ToArray())
        );
    }

    [Fact]
    public void A_statement_that_cannot_be_used_is_rejected_by_itself()
    {
        var read = Reading.Text(
            """
            canonical_id,entity_id,prop,prop_type,schema,value,dataset
            a,a,id,id,Person,checksum,d
            a,a,name,name,Person,Ann,d
            b,b,name,name,Company,Bell Ltd,d
            a,a,birthDate,date,Person,soon,d
            a,a,shoeSize,number,Person,9,d
            c,c,name,name,Thing,X,d
            d,,name,name,Person,X,d
            e,e,name
            f,  ,name,name,Person,X,d
            a,a,birthDate,date,Person,1970,d
            """
        );
        Assert.Equal([5, 6, 7, 8, 9, 10], read.Rejections.Select(rejection => rejection.Line));
        Assert.Equal(["a", "b"], read.Records.Keys);
        Assert.Equal(["1970"], read["a"]["birthDate"]);
        Assert.Equal(["birthDate: soon", "shoeSize: 9"], read["a"]["notes"]);
    }

    [Fact]
    public void A_table_that_only_seems_to_be_statements_says_what_it_lacks()
    {
        var read = Reading.Text("entity_id,prop,value\na,name,Ann\n", new ReadOptions { Format = "ftm-statements" });
        var rejection = Assert.Single(read.Rejections);
        Assert.Equal((1, "schema"), (rejection.Line, rejection.Field));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+44 131", "'+44 131")]
    [InlineData("-cmd", "'-cmd")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("-12.50", "-12.50")]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    public void A_cell_never_runs_as_a_formula(string cell, string written) => Assert.Equal(written, SpreadsheetCsv.Harmless(cell));

    [Fact]
    public void A_row_for_a_spreadsheet_is_quoted_where_it_needs_to_be()
    {
        using var written = new StringWriter();
        new SpreadsheetCsv(written).Write("a,b", "say \"x\"", "=1", "c");
        Assert.Equal("\"a,b\",\"say \"\"x\"\"\",'=1,c\r\n", written.ToString());
    }

    private static byte[] AsEntities(CollectedRecords records)
    {
        using var written = new MemoryStream();
        using (var writer = new FtmWriter(written))
        {
            foreach (var record in records.Records.Values)
                writer.Write(Exported(record));
        }
        return written.ToArray();
    }

    private static string AsStatements(CollectedRecords records)
    {
        using var written = new StringWriter { NewLine = "\n" };
        var writer = new FtmStatementWriter(written);
        foreach (var record in records.Records.Values)
            writer.Write(Exported(record));
        return written.ToString();
    }

    private static ExportedRecord Exported(CollectedRecord record) =>
        new(record.Key, record.Schema, [.. record.Values.Select(value => (record.Schema[value.Property], value.Value))]);

    private static void Same(CollectedRecords expected, CollectedRecords actual)
    {
        Assert.Empty(actual.Rejections);
        Assert.Equal(expected.Records.Keys, actual.Records.Keys);
        foreach (var (key, record) in expected.Records)
        {
            Assert.Equal(record.Schema, actual[key].Schema);
            Assert.Equal(record.Values, actual[key].Values);
        }
    }
}
