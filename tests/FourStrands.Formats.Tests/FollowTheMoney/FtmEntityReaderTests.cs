using Xunit;

namespace FourStrands.Formats.Tests.FollowTheMoney;

public sealed class FtmEntityReaderTests
{
    [Fact]
    public void An_entity_becomes_a_record_whatever_the_order_of_its_parts()
    {
        var read = Reading.Text(
            """
            {"id":"a","schema":"Person","properties":{"name":["Ann \"A\" Bell","Ann Bell"],"birthDate":["1970-02"]},"datasets":["x"]}

            {"properties":{"owner":["a"],"asset":["c"],"percentage":[75]},"schema":"Ownership","id":"b"}
            {"id":"c","schema":"Company","properties":{"name":"Bell Ltd","jurisdiction":["gb"],"website":null}}
            """
        );
        Assert.Empty(read.Rejections);
        Assert.Equal(["Ann \"A\" Bell", "Ann Bell"], read["a"]["name"]);
        Assert.Equal(["75"], read["b"]["percentage"]);
        Assert.Equal(["Bell Ltd"], read["c"]["name"]);
        Assert.Equal(3, read.Records.Count);
    }

    [Fact]
    public void An_array_of_entities_is_read_too()
    {
        var read = Reading.Text(
            """
            [
              {"id":"a","schema":"Person",
               "properties":{"name":["A } { \\ B"]}},
              {"id":"b","schema":"Person","properties":{"name":["C"]}}
            ]
            """
        );
        Assert.Empty(read.Rejections);
        Assert.Equal(["A } { \\ B"], read["a"]["name"]);
        Assert.Equal(["C"], read["b"]["name"]);
    }

    [Theory]
    [InlineData("""{"id":"b","schema":"Person","properties":{"name":["B"]""", "not valid JSON")]
    [InlineData("""{"id":"","schema":"Person","properties":{}}""", "identifier")]
    [InlineData("""{"id":" \u2003","schema":"Person","properties":{}}""", "blank")]
    [InlineData("""{"id":"b","schema":"Persn","properties":{}}""", "schema")]
    [InlineData("""{"id":"b","schema":"Thing","properties":{}}""", "abstract")]
    [InlineData("""{"schema":"Person","properties":{}}""", "missing")]
    [InlineData("""{"id":"b","schema":"Person"}""", "missing")]
    [InlineData("""{"id":"b","schema":"Person","properties":{}} {}""", "not valid JSON")]
    [InlineData("""{"id":"b","schema":"Person","properties":{"name":["B"]},"properties":{}}""", "twice")]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("""{"id":"\ud800","schema":"Person","properties":{}}""", "half a character")]
    public void A_bad_line_is_rejected_and_leaves_nothing(string bad, string reason)
    {
        var read = Reading.Text(
            $$$"""
            {"id":"a","schema":"Person","properties":{"name":["A"]}}
            {{{bad}}}
            {"id":"c","schema":"Person","properties":{"name":["C"]}}
            """
        );
        var rejection = Assert.Single(read.Rejections);
        Assert.Equal(2, rejection.Line);
        Assert.Contains(reason, rejection.Reason, StringComparison.Ordinal);
        Assert.Equal(["a", "c"], read.Records.Keys);
    }

    [Fact]
    public void A_bad_value_is_told_of_and_kept_as_a_note()
    {
        var read = Reading.Text("""{"id":"a","schema":"Person","properties":{"name":["A"],"birthDate":["soon"],"shoeSize":["9"]}}""");
        Assert.Equal(["birthDate: soon", "shoeSize: 9"], read["a"]["notes"]);
        Assert.Equal(["birthDate", "shoeSize"], read.Rejections.Select(rejection => rejection.Field));
        Assert.Equal(["soon", "9"], read.Rejections.Select(rejection => rejection.Excerpt));
    }

    [Fact]
    public void An_entity_inside_another_is_read_by_itself()
    {
        var read = Reading.Text(
            """
            {"id":"a","schema":"Person","properties":{"addressEntity":[{"id":"b","schema":"Address","properties":{"full":["1 High St"],"country":["gb"]}},{"id":"d"}],"name":["A"],"sanctions":[{"id":"c","schema":"Sanction","properties":{"entity":[{"id":"a"}],"program":["P"]}}],"alias":[["x"],{"y":1}]}}
            """
        );
        Assert.Equal(["a", "b", "c"], read.Records.Keys);
        Assert.Equal(["b", "d"], read["a"]["addressEntity"]);
        Assert.Equal(["A"], read["a"]["name"]);
        Assert.Equal(["1 High St"], read["b"]["full"]);
        Assert.Equal(["a"], read["c"]["entity"]);
        Assert.Equal(["sanctions: c"], read["a"]["notes"]);
        Assert.Equal(["sanctions", "alias", "alias"], read.Rejections.Select(rejection => rejection.Field));
    }

    [Fact]
    public void Nesting_has_an_end()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 100_000));
        var read = Reading.Text(
            $$$$"""
            {"id":"a","schema":"Person","properties":{"name":["A"]}}
            {"id":"b","schema":"Person","properties":{"name":{{{{deep}}}}
            {"id":"c","schema":"Person","properties":{"name":["C"]}}
            """
        );
        var rejection = Assert.Single(read.Rejections);
        Assert.Equal((2, "The JSON is nested too deeply."), (rejection.Line, rejection.Reason));
        Assert.Equal(["a", "c"], read.Records.Keys);
    }

    // The first line is longer than what is looked at to tell the format.
    [Theory]
    [InlineData("{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"alias\":[", "]}}")]
    [InlineData("{\"id\":\"a\",\"properties\":{\"alias\":[", "]},\"schema\":\"Person\"}")]
    [InlineData("[{\"id\":\"a\",\"properties\":{\"alias\":[", "]},\"schema\":\"Person\"}]")]
    public void Ten_thousand_names_are_kept(string start, string end)
    {
        var names = string.Join(',', Enumerable.Range(0, 10_000).Select(number => $"\"Ann {number}\""));
        Assert.Equal(10_000, Reading.Text(start + names + end)["a"]["alias"].Length);
    }

    [Fact]
    public void A_value_is_brought_into_the_form_it_is_kept_in()
    {
        var read = Reading.Text(
            """{"id":"a","schema":"Person","properties":{"name":["  A   B "],"country":["GB","Scotland"],"email":["A@B.org"],"birthDate":["1970-02-03T00:00:00"],"website":["example.org"]}}"""
        );
        Assert.Equal(["A B"], read["a"]["name"]);
        Assert.Equal(["gb", "gb-sct"], read["a"]["country"]);
        Assert.Equal(["a@b.org"], read["a"]["email"]);
        Assert.Equal(["1970-02-03"], read["a"]["birthDate"]);
        Assert.Equal(["http://example.org/"], read["a"]["website"]);
    }

    // Entities and values counted with Python's json.
    [Theory]
    [InlineData("ftm/donations.ijson", 474, 2383, 0)]
    [InlineData("ftm/parteispenden/entities.ftm.json", 475, 2385, 0)]
    [InlineData("ftm/t1/entities.ftm.json", 7, 102, 0)]
    [InlineData("ftm/zala/entities.ftm.json", 91, 1619, 4)]
    public void Published_files_are_read_whole(string file, int entities, int values, int rejected)
    {
        var (read, summary) = Reading.Shared(file);
        Assert.Equal(entities, read.Records.Count);
        Assert.Equal(values, summary.Values);
        Assert.Equal(rejected, summary.Rejected);
        Assert.Equal("ftm", Assert.Single(summary.Files).Format);
    }
}
