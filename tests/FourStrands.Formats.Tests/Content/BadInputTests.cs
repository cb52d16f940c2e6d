using System.Text;
using Xunit;

namespace FourStrands.Formats.Tests.Content;

/// <summary>What happens to files that are damaged, cut off or made to do harm: each is told of with its place, and the good part is kept.</summary>
public sealed class BadInputTests
{
    private const string Line = """{"id":"a","schema":"Person","properties":{"name":["Ann"]}}""";
    private const string Names = "36,12,\"aka\",\"AERO\",-0- \n";

    [Theory]
    [InlineData("")]
    [InlineData("ftm")]
    [InlineData("un")]
    [InlineData("uk-ofsi")]
    public void An_empty_file_is_said_to_be_empty(string format)
    {
        var read = Reading.Text("", new ReadOptions { Format = format.Length == 0 ? null : format });
        Assert.Equal("The file is empty.", Assert.Single(read.Rejections).Reason);
    }

    [Theory]
    [InlineData("canonical_id,entity_id,prop,prop_type,schema,value,dataset\n", "ftm-statements")]
    [InlineData("CompanyName, CompanyNumber,RegAddress.PostCode\n", "ch-companies")]
    [InlineData("Last Updated,02/04/2014\nName 6,Name 1,Group Type,Group ID,Regime\n", "uk-ofsi")]
    [InlineData("Report\nUnique ID,Name 6,Name 1,Designation Type,Regime Name\n", "uk-sanctions-list")]
    [InlineData("<CONSOLIDATED_LIST><INDIVIDUALS/></CONSOLIDATED_LIST>", "un")]
    public void A_file_with_nothing_but_its_header_is_said_to_hold_nothing(string content, string format)
    {
        var rejection = Assert.Single(Reading.Text(content).Rejections);
        Assert.Equal(0, rejection.Line);
        Assert.Contains($"There are no records in it. It was read as {format}", rejection.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Names + "37,13,\"aka\",\"B\n38,14,\"aka\",\"C\",-0- \n", 2, "not closed", "ofac-36,ofac-38")]
    [InlineData(Names + "37,13,\"aka\",\"B\"x,-0- \n38,14,\"aka\",\"C\",-0- \n", 2, "closing quotation mark", "ofac-36,ofac-38")]
    [InlineData(Names + "37,13,\"aka\",\"B\"\n38,14,\"aka\",\"C\",-0- \n", 2, "4 columns where there should be 5", "ofac-36,ofac-38")]
    [InlineData(Names + "37,13,\"aka\",\"B\",-0- ,x\n38,14,\"aka\",\"C\",-0- \n", 2, "6 columns where there should be 5", "ofac-36,ofac-38")]
    [InlineData(Names + "x,13,\"aka\",\"B\",-0- \n38,14,\"aka\",\"C\",-0- \n", 2, "should be a number", "ofac-36,ofac-38")]
    [InlineData(Names + "\0\0\0\0\0\0\n38,14,\"aka\",\"C\",-0- \n", 2, "1 columns", "ofac-36,ofac-38")]
    [InlineData(Names + "37,13,\"a", 2, "not closed", "ofac-36")]
    public void A_bad_row_costs_one_row(string content, long line, string said, string kept)
    {
        var read = Reading.Text(content);
        var rejection = Assert.Single(read.Rejections);
        Assert.Equal(line, rejection.Line);
        Assert.Contains(said, rejection.Reason, StringComparison.Ordinal);
        Assert.Equal(kept.Split(','), read.Records.Keys);
    }

    [Fact]
    public void A_row_of_very_many_columns_is_rejected_by_itself()
    {
        var read = Reading.Text(Names + new string(',', 1_000_000) + "\n38,14,\"aka\",\"C\",-0- \n");
        var rejection = Assert.Single(read.Rejections);
        Assert.Equal(2, rejection.Line);
        Assert.Contains("more than 10,000 columns", rejection.Reason, StringComparison.Ordinal);
        Assert.Equal(["ofac-36", "ofac-38"], read.Records.Keys);
    }

    [Fact]
    public void A_column_that_comes_twice_is_told_of_and_kept()
    {
        var read = Reading.Text("Name 6,Name 1,Group Type,Alias Type,Regime,Group ID,Title,title\nBELL,Ann,Individual,Prime Alias,Iran,1,Dr,Prof\n");
        var rejection = Assert.Single(read.Rejections);
        Assert.Equal((1, "title"), (rejection.Line, rejection.Field));
        Assert.Contains("title (2)", rejection.Reason, StringComparison.Ordinal);
        Assert.Equal(["Dr"], read["uk-ofsi-1"]["title"]);
        Assert.Equal(["title (2): Prof"], read["uk-ofsi-1"]["notes"]);
    }

    [Fact]
    public void A_tail_of_noughts_as_a_crash_leaves_one_costs_one_line()
    {
        byte[] tail = new byte[100_000];
        var names = Reading.Bytes([.. Packed.Utf8(Names), .. tail]);
        Assert.Equal(2, Assert.Single(names.Rejections).Line);
        Assert.Equal(["ofac-36"], names.Records.Keys);
        var entities = Reading.Bytes([.. Packed.Utf8(Line + "\n"), .. tail]);
        Assert.Equal(2, Assert.Single(entities.Rejections).Line);
        Assert.Equal(["a"], entities.Records.Keys);
        var list = Reading.Bytes([.. "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>ANN</FIRST_NAME></INDIVIDUAL>\n"u8, .. tail]);
        Assert.Equal(2, Assert.Single(list.Rejections).Line);
        Assert.Contains("un-1", list.Records.Keys);
    }

    [Fact]
    public void Noughts_and_other_controls_in_a_value_are_dropped_and_never_shown()
    {
        var read = Reading.Text("36,12,\"aka\",\"A\0E\u001b[31mRO\",-0- \n37,13,\"\u001b[2J\",\"B\",-0- \n" + Names);
        Assert.Equal(["AE[31mRO", "AERO"], read["ofac-36"]["alias"]);
        Assert.DoesNotContain('\u001b', Assert.Single(read.Rejections).Excerpt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UTF_16_that_is_cut_off_keeps_what_came_before(bool isMarked)
    {
        byte[] mark = isMarked ? [0xff, 0xfe] : [];
        byte[] whole = [.. mark, .. Encoding.Unicode.GetBytes(Line + "\n" + Line.Replace("\"a\"", "\"b\"", StringComparison.Ordinal))];
        var read = Reading.Bytes(whole[..^21]);
        Assert.Equal(["a"], read.Records.Keys);
        Assert.Equal(2, Assert.Single(read.Rejections).Line);
    }

    [Fact]
    public void Windows_1252_in_an_object_over_several_lines_costs_that_object()
    {
        byte[] content =
        [
            .. "[{\"id\":\"a\",\"schema\":\"Person\",\n\"properties\":{\"name\":[\"Ann\"]}},\n{\"id\":\"b\",\"schema\":\"Person\",\n\"properties\":{\"name\":[\"Zo"u8,
            0xeb,
            .. "\"]}},\n{\"id\":\"c\",\"schema\":\"Person\",\"properties\":{\"name\":[\"C\"]}}]"u8,
        ];
        var read = Reading.Bytes(content);
        var rejection = Assert.Single(read.Rejections);
        Assert.Equal(3, rejection.Line);
        Assert.Contains("Save the file again as UTF-8", rejection.Reason, StringComparison.Ordinal);
        Assert.Equal(["a", "c"], read.Records.Keys);
    }

    [Fact]
    public void Gzip_in_several_pieces_is_one_file_and_what_follows_it_is_not_part_of_it()
    {
        byte[] pieces = [.. Packed.Gzip(Names), .. Packed.Gzip("37,13,\"aka\",\"B\",-0- \n")];
        Assert.Equal(["ofac-36", "ofac-37"], Reading.Bytes(pieces).Records.Keys);
        var padded = Reading.Bytes([.. pieces, .. new byte[512]]);
        Assert.Equal(["ofac-36", "ofac-37"], padded.Records.Keys);
        Assert.Empty(padded.Rejections);
        Assert.Equal(["ofac-36", "ofac-37"], Reading.Bytes([.. pieces, .. "garbage"u8]).Records.Keys);
    }

    [Fact]
    public void Gzip_damaged_from_its_beginning_says_so()
    {
        var read = Reading.Bytes([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
        Assert.Contains("damaged or cut off", Assert.Single(read.Rejections).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Gzip_of_a_wrong_checksum_says_so_even_where_its_content_is_of_no_known_format()
    {
        var packed = Packed.Gzip("Bidder,Telephone\nAcme Ltd,0141 496 0000\n");
        packed[^5] ^= 1;
        var read = Reading.Bytes(packed);
        Assert.Contains("damaged or cut off", Assert.Single(read.Rejections).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_an_archive_is_named_with_what_is_wrong_in_it()
    {
        var archive = Packed.Zip(
            true,
            ("one.csv", Packed.Utf8(Names + "x\n" + Names)),
            ("two.csv", Packed.Utf8(Names + "y\n" + Names)),
            ("three.txt", "hello"u8.ToArray())
        );
        var read = Reading.Bytes(archive);
        Assert.Equal([2, 2, 0], read.Rejections.Select(rejection => rejection.Line));
        Assert.Equal(["one.csv", "two.csv", "three.txt"], read.Rejections.Select(rejection => rejection.Reason.Split(':')[0]));
    }

    [Fact]
    public void The_names_in_an_archive_lead_nowhere()
    {
        var archive = Packed.Zip(
            true,
            ("../../../etc/passwd", Packed.Utf8(Line)),
            ("..\\..\\boot\u001b.ini", "x"u8.ToArray()),
            ("/", []),
            ("C:\\a\\b.json", Packed.Utf8(Line))
        );
        var sink = new CollectedRecords();
        using var content = new MemoryStream(archive);
        var summary = ImportFile.Read(content, sink, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["passwd", "boot\ufffd.ini", "b.json"], summary.Files.Select(file => file.Name));
        Assert.Equal(["a"], sink.Records.Keys);
    }

    [Theory]
    [InlineData(6, 1, "encrypted")]
    [InlineData(8, 99, "method that is not supported")]
    public void A_file_that_cannot_be_unpacked_costs_that_file(int place, byte value, string said)
    {
        var archive = Packed.Zip(true, ("one.json", Packed.Utf8(Line)), ("two.json", Packed.Utf8(Line.Replace("\"a\"", "\"b\"", StringComparison.Ordinal))));
        archive[place] = value;
        var read = Reading.Bytes(archive);
        var rejection = Assert.Single(read.Rejections);
        Assert.StartsWith("one.json: ", rejection.Reason, StringComparison.Ordinal);
        Assert.Contains(said, rejection.Reason, StringComparison.Ordinal);
        Assert.Equal(["b"], read.Records.Keys);
    }

    [Fact]
    public void An_archive_in_an_archive_is_read_and_an_archive_of_none_is_told_of()
    {
        var inner = Packed.Zip(true, ("a.json", Packed.Utf8(Line)));
        Assert.Equal(["a"], Reading.Bytes(Packed.Zip(false, ("inner.zip", inner))).Records.Keys);
        Assert.Contains("holds no files", Assert.Single(Reading.Bytes(Packed.Zip(true)).Rejections).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_changes_while_it_is_read_is_told_of(bool grows)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(
                path,
                string.Concat(Enumerable.Range(0, 50_000).Select(number => Line.Replace("\"a\"", $"\"{number}\"", StringComparison.Ordinal) + "\n"))
            );
            var sink = new CollectedRecords();
            var summary = ImportFile.Read(path, sink, progress: new Once(() => Change(path, grows)), cancellation: TestContext.Current.CancellationToken);
            var rejection = sink.Rejections[^1];
            Assert.Contains("something is still writing it", rejection.Reason, StringComparison.Ordinal);
            Assert.StartsWith(Path.GetFileName(path), rejection.Reason, StringComparison.Ordinal);
            Assert.Equal(sink.Rejections.Count, summary.Rejected);
            Assert.InRange(sink.Records.Count, 15_000, 50_001);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Change(string path, bool grows)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        if (grows)
        {
            file.Seek(0, SeekOrigin.End);
            file.Write("{\"id\":\"half"u8);
        }
        else
        {
            file.SetLength(2_000_000);
        }
    }

    private sealed class Once(Action act) : IProgress<ReadProgress>
    {
        private bool _isDone;

        public void Report(ReadProgress value)
        {
            if (!_isDone)
                act();
            _isDone = true;
        }
    }
}
