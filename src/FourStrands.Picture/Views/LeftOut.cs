using System.Runtime.CompilerServices;
using FourStrands.Picture.Memory;

namespace FourStrands.Picture;

/// <summary>Records that a view answers without: those of some sources, but for a few.</summary>
internal sealed class LeftOut(HashSet<RecordId> sources, HashSet<RecordId> but)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Has(Engine engine, int record) =>
        sources.Contains(engine.Sources[engine.Records.Source[record]].Id) && !but.Contains(new RecordId(engine.Records.Id[record]));
}
