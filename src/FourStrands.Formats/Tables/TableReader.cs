using FourStrands.Picture;

namespace FourStrands.Formats.Tables;

internal sealed class TableReader(TableMapping mapping) : IFormatReader
{
    public string Name => "table";
    public string Description => mapping.GetType().Name;
    public bool Recognises(FormatSample sample) => false;
    public void Read(Stream content, IRecordSink sink, ReadOptions options, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default) => throw new NotSupportedException();
}
