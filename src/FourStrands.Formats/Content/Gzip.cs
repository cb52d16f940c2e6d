using System.IO.Compression;

namespace FourStrands.Formats.Content;

/// <summary>Unpacks gzip, and notices where it is cut off.</summary>
internal static class Gzip
{
    // Without it the platform takes the end of a file that is cut off for the end of its content.
    static Gzip() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    public static Stream Open(Stream packed) => new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
}
