using FourStrands.Picture;

namespace FourStrands.Formats;

/// <summary>Reads one of the world's formats into records. Knows no store: it writes to a sink.</summary>
public interface IFormatReader
{
    /// <summary>A short name for the command line and for messages, such as <c>ofac-sdn</c>.</summary>
    string Name { get; }

    /// <summary>What it is, for people.</summary>
    string Description { get; }

    /// <summary>True if the beginning of a file looks like this format. File names are not asked.</summary>
    bool Recognises(FormatSample sample);

    /// <summary>
    /// Reads to the end. What cannot be used goes to <see cref="IRecordSink.Reject"/>; only the sink's own failures,
    /// cancellation and errors of the disk are thrown.
    /// </summary>
    /// <param name="content">Unpacked content from its beginning.</param>
    /// <param name="sink">Where the records go.</param>
    /// <param name="options">Limits, and the mapping of a table.</param>
    /// <param name="progress">Told how many bytes of <paramref name="content"/> have been read.</param>
    /// <param name="cancellation">Stops the reading between two blocks.</param>
    void Read(Stream content, IRecordSink sink, ReadOptions options, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default);
}
