using System.IO.Compression;

namespace FourStrands.Formats.Content;

/// <summary>Unpacks gzip, and notices where it is cut off.</summary>
internal static class Gzip
{
    // Every program of the project has the switch in its configuration. One that has not, and unpacked something before, cannot be helped here.
    static Gzip() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    public static Stream Open(Stream packed) => new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
}
