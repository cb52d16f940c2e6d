using System.Text;

namespace FourStrands.Deter.Checks;

/// <summary>Turns the bytes of a bidder list into text. Spreadsheets write UTF-8, UTF-16 or Windows-1252, and seldom say which.</summary>
internal static class BidderText
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text and the name of its encoding; or what is wrong with the file.</summary>
    public static (string Text, string Encoding, string? Trouble) Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("PK\u0003\u0004"u8))
            return ("", "", "This is a workbook or another packed file. In the spreadsheet program choose “Save as CSV (UTF-8)” and bring that file in.");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            return ("", "", "This is an old Excel workbook. Save it as CSV (UTF-8) and bring that file in.");
        if (bytes.StartsWith("%PDF"u8))
            return ("", "", "This is a PDF. Bring in a CSV file, or type the bidders one a line.");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return ("", "", "This file is compressed. Unpack it and bring the list in.");

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return Text(Encoding.UTF8, bytes[3..], "UTF-8");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]))
            return Text(Encoding.UTF32, bytes[4..], "UTF-32");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Text(Encoding.Unicode, bytes[2..], "UTF-16");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Text(Encoding.BigEndianUnicode, bytes[2..], "UTF-16, big-endian");

        // Latin text in UTF-16 without a mark: every other byte is nought.
        var head = bytes[..Math.Min(bytes.Length, 512)];
        int even = 0,
            odd = 0;
        for (int i = 0; i < head.Length; i++)
        {
            if (head[i] != 0)
                continue;
            if (i % 2 == 0)
                even++;
            else
                odd++;
        }
        if (odd > head.Length / 4 && even == 0)
            return Text(Encoding.Unicode, bytes, "UTF-16");
        if (even > head.Length / 4 && odd == 0)
            return Text(Encoding.BigEndianUnicode, bytes, "UTF-16, big-endian");
        if (even + odd > 0)
            return ("", "", "This is not a text file. Bring in a CSV file, or type the bidders one a line.");
        try
        {
            return (_strict.GetString(bytes), "UTF-8", null);
        }
        catch (DecoderFallbackException)
        {
            return Text(CodePagesEncodingProvider.Instance.GetEncoding(1252)!, bytes, "Windows-1252");
        }
    }

    private static (string Text, string Encoding, string? Trouble) Text(Encoding encoding, ReadOnlySpan<byte> bytes, string name) =>
        (encoding.GetString(bytes), name, null);
}
