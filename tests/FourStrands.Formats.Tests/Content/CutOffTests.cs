using System.IO.Compression;
using System.Text;
using Xunit;

namespace FourStrands.Formats.Tests.Content;

/// <summary>A file of which more is missing than one part is told from one with bad rows: what ended early cannot be the whole of a source.</summary>
public sealed class CutOffTests
{
    private const string Person = """{"id":"a","schema":"Person","properties":{"name":["Ann"]}}""" + "\n";
    private const string Alias = "35,11,\"aka\",\"AER\",-0- \n36,12,\"aka\",\"AERO\",-0- \n";
    private const string Listed =
        """<?xml version="1.0"?><CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>ANN</FIRST_NAME></INDIVIDUAL>""";

    [Theory]
    [InlineData("")]
    [InlineData("Dear Sir or Madam")]
    [InlineData(Person + """{"id":"b","schema":"Pers""")]
    [InlineData("[" + Person + """{"id":"b","schema":"Pers""")]
    [InlineData(Alias + "37,13,\"aka\",\"BEL")]
    [InlineData(Alias + "37,13,\"aka\"")]
    [InlineData(Listed + "<INDIVIDUAL><DATAID>2</DAT")]
    public void What_ends_early_or_cannot_be_read_is_said_to(string content) =>
        Assert.Contains(Reading.Text(content).Rejections, rejection => rejection.EndsReading);

    [Theory]
    [InlineData(Person + "not json\n" + Person)]
    [InlineData(Person + "not json")]
    [InlineData(Person + """{"id":"b","schema":"Nothing"}""")]
    [InlineData(Alias + "37,13,\"aka\"\n38,14,\"aka\",\"C\",-0- \n")]
    [InlineData(Alias + "37,13,\"aka\"\n")]
    [InlineData(Alias + "37,13,\"aka\",\"B\n38,14,\"aka\",\"C\",-0- \n")]
    [InlineData(Alias + "x,13,\"aka\",\"B\",-0- ")]
    public void A_bad_row_is_not(string content)
    {
        var rejection = Assert.Single(Reading.Text(content).Rejections);
        Assert.False(rejection.EndsReading, rejection.Reason);
    }

    [Theory]
    [InlineData(Alias)]
    [InlineData("36,12,\"aka\",\"AERO\",-0- ")]
    [InlineData(Alias + "\u001a")]
    public void A_whole_file_may_end_without_a_line_end(string content) => Assert.Empty(Reading.Text(content).Rejections);

    [Fact]
    public void Packed_content_that_is_cut_off_ends_early_too()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(
                Encoding.UTF8.GetBytes(
                    string.Concat(Enumerable.Range(0, 5_000).Select(i => Person.Replace("\"a\"", $"\"{i * 7919}\"", StringComparison.Ordinal)))
                )
            );
        var cut = packed.ToArray()[..(int)(packed.Length / 2)];
        Assert.Contains(Reading.Bytes(cut).Rejections, rejection => rejection.EndsReading);
    }
}
