using System.Runtime.CompilerServices;
using FourStrands.Picture.Matches;
using FourStrands.Picture.Memory;

namespace FourStrands.Picture;

/// <summary>Records that a view answers without: those of one source, all or of a kind, but for a few.</summary>
internal sealed class LeftOut(RecordId source, Schema? kind, HashSet<RecordId> but)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Has<TSight>(Engine engine, TSight sight, int record)
        where TSight : struct, ISight => engine.Sources[engine.Records.Source[record]].Id == source && IsOfKind(engine, sight, record);

    // Of what kind a record is depends on what is seen of it.
    private bool IsOfKind<TSight>(Engine engine, TSight sight, int record)
        where TSight : struct, ISight =>
        !but.Contains(new RecordId(engine.Records.Id[record])) && (kind is null || Profiles.SchemaOf(engine, sight, record)?.Is(kind) == true);
}
