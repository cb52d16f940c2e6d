using System.Runtime.CompilerServices;

namespace FourStrands.Picture.Memory;

/// <summary>
/// Which labels are seen. A seam for one measurement: the same questions compiled without any label test, to know what the
/// gate costs. The compiler makes a copy of every reader for each, so that the test is one inlined bit test.
/// </summary>
internal interface ISight
{
    bool Sees(int label);
}

/// <summary>What a permission class sees.</summary>
internal readonly struct ClassSight(ulong[] bits) : ISight
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Sees(int label) => (uint)(label >> 6) < (uint)bits.Length && ((bits[label >> 6] >> label) & 1) != 0;
}

/// <summary>No label test at all: for the benchmark alone.</summary>
internal readonly struct OpenSight : ISight
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Sees(int label) => true;
}
