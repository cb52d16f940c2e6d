using System.Text;

namespace FourStrands.Formats.Content;

/// <summary>Takes a byte order mark away and brings UTF-16 into UTF-8, so that readers see one encoding.</summary>
internal static class TextContent
{
    public static Stream AsUtf8(Stream content)
    {
        var (start, whole, _) = PrefixedStream.Peek(content, 4096);
        var bytes = start.Span;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]))
        {
            whole.ReadExactly(new byte[3]);
            return whole;
        }
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]))
            return Recoded(whole, Encoding.Unicode, mark: 2);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]))
            return Recoded(whole, Encoding.BigEndianUnicode, mark: 2);
        // Without a mark: markup and tables are mostly ASCII, so every other byte is nought.
        if (bytes.Length >= 4 && bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0 && bytes[3] == 0)
            return Recoded(whole, Encoding.Unicode, mark: 0);
        if (bytes.Length >= 4 && bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0 && bytes[3] != 0)
            return Recoded(whole, Encoding.BigEndianUnicode, mark: 0);
        return whole;
    }

    private static Stream Recoded(Stream content, Encoding encoding, int mark)
    {
        if (mark > 0)
            content.ReadExactly(new byte[mark]);
        return Encoding.CreateTranscodingStream(content, encoding, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
    }
}
