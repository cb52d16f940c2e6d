using System.Text;
using Xunit;

namespace FourStrands.Formats.Tests.Content;

public sealed class ImportFileTests
{
    private const string Line = """{"id":"a","schema":"Person","properties":{"name":["Ann"]}}""";

    [Fact]
    public void Gzip_is_unpacked_whatever_the_file_is_called() => Assert.Equal(["Ann"], Reading.Bytes(Packed.Gzip(Line))["a"]["name"]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_files_of_an_archive_are_read_one_after_another(bool isSeekable)
    {
        var archive = Packed.Zip(
            isSeekable,
            ("one.json", Packed.Utf8(Line)),
            ("folder/", []),
            ("folder/two.csv", "36,12,\"aka\",\"AERO\",-0- \n"u8.ToArray()),
            ("three.gz", Packed.Gzip(Line))
        );
        var sink = new CollectedRecords();
        using var stream = new Trickle(archive);
        var summary = ImportFile.Read(stream, sink, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["one.json", "two.csv", "three.gz"], summary.Files.Select(file => file.Name));
        Assert.Equal(["ftm", "ofac-alt", "ftm"], summary.Files.Select(file => file.Format));
        Assert.Empty(sink.Rejections);
        Assert.Equal(["Ann"], sink["a"]["name"]);
        Assert.Equal(["AERO"], sink["ofac-36"]["alias"]);
    }

    [Fact]
    public void What_comes_before_the_cut_is_kept()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(number => Line.Replace("\"a\"", $"\"{number}\"", StringComparison.Ordinal) + "\n"));
        foreach (var packed in new[] { Packed.Gzip(text), Packed.Zip(true, ("a.json", Packed.Utf8(text))), Packed.Zip(false, ("a.json", Packed.Utf8(text))) })
        {
            var read = Reading.Bytes(packed[..(packed.Length * 2 / 3)]);
            Assert.InRange(read.Records.Count, 5_000, 19_000);
            Assert.Contains(read.Rejections, rejection => rejection.Reason.Contains("What came before is kept", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 10)]
    [InlineData(true, 60)]
    [InlineData(false, 21)]
    public void An_archive_without_the_end_of_its_directory_is_cut_off(bool isSeekable, int missing)
    {
        var archive = Packed.Zip(isSeekable, ("a.json", Packed.Utf8(Line)), ("b.json", Packed.Utf8(Line.Replace("\"a\"", "\"b\"", StringComparison.Ordinal))));
        Assert.Empty(Reading.Bytes(archive).Rejections);
        var read = Reading.Bytes(archive[..^missing]);
        Assert.Equal(2, read.Records.Count);
        var rejection = Assert.Single(read.Rejections);
        Assert.True(rejection.EndsReading);
        Assert.Contains("cut off", rejection.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_may_bear_a_comment_and_have_a_long_directory()
    {
        var archive = Packed.Zip(
            true,
            [.. Enumerable.Range(0, 3_000).Select(n => ($"a-file-with-a-long-name-so-that-the-directory-is-long-{n}.json", Packed.Utf8(n == 7 ? Line : "")))]
        );
        byte[] commented = [.. archive, .. Packed.Utf8("a comment")];
        commented[archive.Length - 2] = 9;
        var read = Reading.Bytes(commented);
        Assert.Single(read.Records);
        Assert.DoesNotContain(read.Rejections, r => r.Reason.Contains("cut off", StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_archive_says_so()
    {
        var archive = Packed.Zip(true, ("a.json", Packed.Utf8(string.Concat(Enumerable.Repeat(Line + "\n", 100)))));
        for (var place = 60; place < 80; place++)
            archive[place] ^= 0x55;
        Assert.NotEmpty(Reading.Bytes(archive).Rejections);
    }

    [Fact]
    public void A_file_that_unpacks_out_of_proportion_is_given_up()
    {
        var options = new ReadOptions { ExpansionFreeBytes = 1_000_000 };
        var bomb = Line + "\n" + new string('\n', 4_000_000);
        foreach (
            var packed in new[]
            {
                Packed.Gzip(bomb),
                Packed.Zip(true, ("a.json", Packed.Utf8(bomb))),
                Packed.Zip(false, ("a.json", Packed.Utf8(bomb)), ("b.json", Packed.Utf8(Line))),
            }
        )
        {
            var read = Reading.Bytes(packed, options);
            Assert.Contains("200 times", Assert.Single(read.Rejections).Reason, StringComparison.Ordinal);
            Assert.Equal(["a"], read.Records.Keys);
        }
    }

    [Fact]
    public void All_files_together_have_a_limit()
    {
        var archive = Packed.Zip(true, ("a.json", new byte[600]), ("b.json", new byte[600]));
        var read = Reading.Bytes(archive, new ReadOptions { MaxUnpackedBytes = 1_000 });
        Assert.Contains(read.Rejections, rejection => rejection.Reason.Contains("1,000 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public void An_archive_of_too_many_files_is_given_up()
    {
        var archive = Packed.Zip(true, [.. Enumerable.Range(0, 5).Select(number => ($"{number}.json", Packed.Utf8(Line)))]);
        var read = Reading.Bytes(archive, new ReadOptions { MaxZipEntries = 3 });
        Assert.Contains("more than 3 files", Assert.Single(read.Rejections).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Packing_within_packing_has_an_end()
    {
        var content = Packed.Gzip(Line);
        for (var times = 0; times < 4; times++)
            content = Packed.Gzip(content);
        Assert.Contains("Unpack it first", Assert.Single(Reading.Bytes(content).Rejections).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello", "plain text")]
    [InlineData("<html><body>404</body></html>", "web page")]
    [InlineData("%PDF-1.7", "PDF")]
    [InlineData("a,b,c\n1,2,3\n", "table of 3 columns")]
    [InlineData("{\"a\":1}", "JSON")]
    public void What_no_reader_knows_is_said_to_be_so(string content, string said)
    {
        var rejection = Assert.Single(Reading.Text(content).Rejections);
        Assert.Equal(0, rejection.Line);
        Assert.Contains(said, rejection.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_beyond_the_limit_is_one_rejection_and_is_not_held()
    {
        var sink = new CollectedRecords();
        using var stream = new EndlessLine(Line, length: 2_200_000_000, Line.Replace("\"a\"", "\"b\"", StringComparison.Ordinal));
        var before = GC.GetAllocatedBytesForCurrentThread();
        ImportFile.Read(stream, sink, cancellation: TestContext.Current.CancellationToken);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000_000);
        var rejection = Assert.Single(sink.Rejections);
        Assert.Equal(2, rejection.Line);
        Assert.Contains("longer than 16,777,216 bytes", rejection.Reason, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], sink.Records.Keys);
    }

    [Fact]
    public void A_value_beyond_the_limit_is_rejected()
    {
        var line = Line.Replace("Ann", new string('x', 2_000), StringComparison.Ordinal);
        var read = Reading.Text(line, new ReadOptions { MaxValueBytes = 1_000 });
        Assert.Equal("name", Assert.Single(read.Rejections).Field);
        Assert.Empty(read["a"]["name"]);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-16-unmarked")]
    public void Unicode_is_read_in_each_of_its_forms(string encoding)
    {
        var text = Line.Replace("Ann", "Zoë Ådland", StringComparison.Ordinal);
        var bytes = encoding switch
        {
            "utf-8" => [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(text)],
            "utf-16" => [0xff, 0xfe, .. Encoding.Unicode.GetBytes(text)],
            "utf-16BE" => [0xfe, 0xff, .. Encoding.BigEndianUnicode.GetBytes(text)],
            _ => Encoding.Unicode.GetBytes(text),
        };
        Assert.Equal(["Zoë Ådland"], Reading.Bytes(bytes)["a"]["name"]);
    }

    [Fact]
    public void Windows_1252_is_told_from_UTF_8()
    {
        var read = Reading.Bytes([.. "36,12,\"aka\",\"ZO"u8, 0xcb, .. "\",-0- \n37,13,\"aka\",\"B"u8, 0x80, .. "\",-0- \n"u8]);
        Assert.Equal(["ZOË"], read["ofac-36"]["alias"]);
        Assert.Equal(["B€"], read["ofac-37"]["alias"]);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_amid_UTF_8_are_rejected_by_line()
    {
        var read = Reading.Bytes([.. "36,12,\"aka\",\"ZOË\",-0- \n37,13,\"aka\",\"B"u8, 0xcb, .. "\",-0- \n38,14,\"aka\",\"C\",-0- \n"u8]);
        Assert.Equal(2, Assert.Single(read.Rejections).Line);
        Assert.Equal(["ofac-36", "ofac-38"], read.Records.Keys);
    }

    [Fact]
    public void Reading_stops_when_asked_to()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Line));
        Assert.Throws<OperationCanceledException>(() => ImportFile.Read(stream, new CollectedRecords(), cancellation: stop.Token));
    }

    [Fact]
    public void Progress_is_told_in_bytes_of_the_file()
    {
        var told = new List<ReadProgress>();
        var content = Packed.Gzip(Line);
        using var stream = new MemoryStream(content);
        ImportFile.Read(stream, new CollectedRecords(), progress: new Told(told.Add), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(new ReadProgress(content.Length, content.Length), told[^1]);
    }

    private sealed class Told(Action<ReadProgress> tell) : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value) => tell(value);
    }

    // Gives a few bytes at a time, as a network does.
    private sealed class Trickle(byte[] content) : Formats.Content.ForwardStream
    {
        private int _place;

        public override int Read(Span<byte> buffer)
        {
            var length = Math.Min(Math.Min(buffer.Length, 7), content.Length - _place);
            content.AsSpan(_place, length).CopyTo(buffer);
            _place += length;
            return length;
        }
    }

    private sealed class EndlessLine(string first, long length, string last) : Formats.Content.ForwardStream
    {
        private readonly byte[] _first = Encoding.UTF8.GetBytes(first + "\n");
        private readonly byte[] _last = Encoding.UTF8.GetBytes("\n" + last + "\n");
        private long _place;

        public override int Read(Span<byte> buffer)
        {
            var end = _first.Length + length;
            var read = 0;
            if (_place < _first.Length)
            {
                read = Math.Min(buffer.Length, _first.Length - (int)_place);
                _first.AsSpan((int)_place, read).CopyTo(buffer);
            }
            else if (_place < end)
            {
                read = (int)Math.Min(buffer.Length, end - _place);
                buffer[..read].Fill((byte)'x');
            }
            else if (_place < end + _last.Length)
            {
                read = (int)Math.Min(buffer.Length, end + _last.Length - _place);
                _last.AsSpan((int)(_place - end), read).CopyTo(buffer);
            }
            _place += read;
            return read;
        }
    }
}
