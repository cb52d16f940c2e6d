using System.Buffers.Binary;
using System.Numerics;

namespace FourStrands.Linkage;

/// <summary>A 64-bit hash that is the same in every process and on every machine.</summary>
internal static class Hashing
{
    public static ulong Mix(ulong value)
    {
        value ^= value >> 30;
        value *= 0xBF58476D1CE4E5B9;
        value ^= value >> 27;
        value *= 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        var hash = Mix(seed + 0x9E3779B97F4A7C15 + (ulong)bytes.Length);
        while (bytes.Length >= 8)
        {
            hash = BitOperations.RotateLeft(Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)), 23);
            bytes = bytes[8..];
        }

        ulong last = 0;
        for (var i = 0; i < bytes.Length; i++)
            last |= (ulong)bytes[i] << (8 * i);
        return Mix(hash ^ last);
    }

    public static ulong Of(string text, ulong seed = 0)
    {
        var hash = Mix(seed + 0x9E3779B97F4A7C15 + (ulong)text.Length);
        foreach (var c in text)
            hash = Mix(hash ^ c);
        return hash;
    }

    public static ulong Combine(ulong first, ulong second) => Mix(BitOperations.RotateLeft(first, 17) + (second * 0x9E3779B97F4A7C15));

    /// <summary>The same for (a, b) and (b, a).</summary>
    public static ulong Pair(ulong a, ulong b, ulong kind) => Combine(Math.Min(a, b), Combine(Math.Max(a, b), kind));
}
