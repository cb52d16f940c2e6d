using System.Text;
using FourStrands.Formats.Text;
using FourStrands.Picture;
using Xunit;

namespace FourStrands.Formats.Tests.Text;

public sealed class CsvRowsTests
{
    [Theory]
    [InlineData("a,b,c", "a|b|c")]
    [InlineData("\"a\",\"b,c\"", "a|b,c")]
    [InlineData("\"a \"\"b\"\" c\",d", "a \"b\" c|d")]
    [InlineData("a,", "a|")]
    [InlineData(",", "|")]
    [InlineData("\"a\" ,b", "a|b")]
    [InlineData("a \"b\",c", "a \"b\"|c")]
    [InlineData("\"a\nb\",c", "a\nb|c")]
    [InlineData("\"\",\"\"\"\"", "|\"")]
    [InlineData("a,b\r\n\r\n", "a|b")]
    [InlineData("\"a\n\"\"b\"\"\n\"\"\",\"c\nd\",e", "a\n\"b\"\n\"|c\nd|e")]
    [InlineData("x,\"\n\"\n", "x|\n")]
    public void A_row_comes_apart_into_its_fields(string text, string fields)
    {
        var (rows, rejections) = Read(text);
        Assert.Empty(rejections);
        Assert.Equal([fields], rows);
    }

    [Theory]
    [InlineData("a,\"b\nc,d\ne,f", 1)]
    [InlineData("a,\"b\"x\nc,d\ne,f", 1)]
    [InlineData("c,d\na,\"b\ne,f", 2)]
    public void A_mark_too_few_or_too_many_costs_one_row(string text, int line)
    {
        var (rows, rejections) = Read(text);
        Assert.Equal(["c|d", "e|f"], rows);
        Assert.Equal(line, Assert.Single(rejections).Line);
    }

    [Fact]
    public void Rows_know_the_line_they_begin_on()
    {
        using var content = new MemoryStream("a\n\"b\nb\"\n\nc"u8.ToArray());
        using var lines = new ByteLines(content, 1_000, _ => { });
        var rows = new CsvRows(lines, (byte)',', _ => { });
        var numbers = new List<long>();
        while (rows.Next())
            numbers.Add(rows.Line);
        Assert.Equal([1, 2, 5], numbers);
    }

    // Each line has a mark in it: if all before were looked at again at each, this would take minutes.
    [Fact]
    public void A_long_text_of_many_lines_is_one_field()
    {
        var text = string.Concat(Enumerable.Repeat("say \"\"x\"\"\n", 80_000));
        var (rows, rejections) = Read($"a,\"{text}\"\nb,c");
        Assert.Empty(rejections);
        Assert.Equal(["a|" + text.Replace("\"\"", "\"", StringComparison.Ordinal), "b|c"], rows);
    }

    private static (List<string> Rows, List<Rejection> Rejections) Read(string text)
    {
        var rejections = new List<Rejection>();
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var lines = new ByteLines(content, 1_000, rejections.Add);
        var rows = new CsvRows(lines, (byte)',', rejections.Add);
        var read = new List<string>();
        while (rows.Next())
            read.Add(string.Join('|', Enumerable.Range(0, rows.Count).Select(rows.Text)));
        return (read, rejections);
    }
}
