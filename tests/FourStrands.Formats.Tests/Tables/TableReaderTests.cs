using Xunit;

namespace FourStrands.Formats.Tests.Tables;

public sealed class TableReaderTests
{
    private const string Smallest = "records:\n  p:\n    schema: Person\n    key: [Id]\n    properties: { name: Name }\n";

    [Fact]
    public void The_example_in_the_documentation_does_what_it_says()
    {
        var read = Reading.Text(Documented("csv"), new ReadOptions { Mapping = TableMapping.Parse(Documented("yaml")) });
        Assert.Empty(read.Rejections);
        var ann = read["taxi-applicant-T-17"];
        Assert.Equal(["Ann Bell"], ann["name"]);
        Assert.Equal(["1970-04-03"], ann["birthDate"]);
        Assert.Equal(["01314960000", "07700900123"], ann["phone"]);
        Assert.Equal(["gb"], ann["country"]);
        Assert.Equal(["Remarks: Renewal"], ann["notes"]);
        Assert.Equal(["Bob Hay"], read["taxi-applicant-T-18"]["name"]);
        Assert.Equal(["Bell Cars Ltd"], read["gb-coh-SC000001"]["name"]);
        var tie = Assert.Single(read.Of("Directorship"));
        Assert.Equal(["taxi-applicant-T-17"], tie["director"]);
        Assert.Equal(["gb-coh-SC000001"], tie["organization"]);
        Assert.Equal(["2020-02-01"], tie["startDate"]);
        Assert.Equal(4, read.Records.Count);
    }

    [Theory]
    [InlineData("records: [", "not valid YAML")]
    [InlineData("", "at the top")]
    [InlineData("records: {}", "at least one record")]
    [InlineData("colour: red", "no such setting")]
    [InlineData("records:\n  p:\n    schema: Persn\n    key: [Id]", "Persn")]
    [InlineData("records:\n  p:\n    schema: Thing\n    key: [Id]", "Thing")]
    [InlineData("records:\n  p:\n    schema: Person", "key")]
    [InlineData("records:\n  p:\n    schema: Person\n    key: [Id]\n    properties: { shoeSize: S }", "shoeSize")]
    [InlineData("records:\n  p:\n    schema: Person\n    key: [Id]\n    properties: { parent: S }", "names another subject")]
    [InlineData("records:\n  p:\n    schema: Person\n    key: [Id]\n    properties: { name: { value: a, column: b } }", "not both")]
    [InlineData("records:\n  p:\n    schema: Person\n    key: [Id]\n    properties: { birthDate: { column: b, date: us } }", "day-month-year")]
    [InlineData("records:\n  p:\n    schema: Person\n    key: [Id]\n    properties: { name: { column: b, split: '' } }", "split: is empty")]
    [InlineData("records:\n  p:\n    schema: Person\n    key: [Id]\n    prefix: ''", "prefix: is empty")]
    [InlineData(Smallest + "ties: [{ schema: Person, source: p, target: p }]", "must be a tie")]
    [InlineData(Smallest + "ties: [{ schema: Ownership, source: p, target: q }]", "must be one of the records: p")]
    [InlineData(Smallest + "ties: [{ schema: Ownership, source: p, target: p }]", "must be of the kind Asset")]
    [InlineData(Smallest + "ties: [{ schema: Ownership, { a: b }: c }]", "names with values")]
    [InlineData("records: { [a]: { schema: Person } }", "names with values")]
    [InlineData(Smallest + "delimiter: abc", "one character")]
    public void A_wrong_mapping_says_where(string yaml, string said) =>
        Assert.Contains(said, Assert.Throws<FormatException>(() => TableMapping.Parse(yaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_column_that_is_not_there_is_told_once()
    {
        var read = Reading.Text("Id,Nam\n1,A\n2,B\n", new ReadOptions { Mapping = TableMapping.Parse(Smallest) });
        var rejection = Assert.Single(read.Rejections);
        Assert.Equal("Name", rejection.Field);
        Assert.Contains("It has: Id, Nam", rejection.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_without_a_key_or_with_too_few_columns_is_rejected()
    {
        var read = Reading.Text("Id\tName\n1\tA\n\tB\nC\n", new ReadOptions { Mapping = TableMapping.Parse(Smallest + "delimiter: tab") });
        Assert.Equal([3, 4], read.Rejections.Select(rejection => rejection.Line));
        Assert.Equal(["p-1"], read.Records.Keys);
    }

    private static string Documented(string language)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var page = Path.Combine(folder.FullName, "docs", "formats.md");
            if (!File.Exists(page))
                continue;
            var text = File.ReadAllText(page);
            var start = text.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
            return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
        }
        throw new FileNotFoundException("docs/formats.md");
    }
}
