using System.Text;

namespace FourStrands.Formats.Tests;

/// <summary>Reads small content written in a test.</summary>
internal static class Reading
{
    public static CollectedRecords Text(string content, ReadOptions? options = null) => Bytes(Encoding.UTF8.GetBytes(content), options);

    public static CollectedRecords Bytes(byte[] content, ReadOptions? options = null)
    {
        var sink = new CollectedRecords();
        using var stream = new MemoryStream(content, writable: false);
        ImportFile.Read(stream, sink, options);
        return sink;
    }

    public static (CollectedRecords Records, ReadSummary Summary) Shared(string relative, ReadOptions? options = null)
    {
        var sink = new CollectedRecords();
        var summary = ImportFile.Read(SharedData.Path(relative), sink, options);
        return (sink, summary);
    }
}
