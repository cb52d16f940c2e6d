using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace FourStrands.Picture.Memory;

/// <summary>
/// Every distinct text once, as UTF-8, numbered in order of arrival. Numbers are for inside the engine alone: they never
/// decide an order and never reach an answer.
/// </summary>
internal sealed class TextTable
{
    private const int ChunkBits = 20;
    private const int ChunkSize = 1 << ChunkBits;

    // Different in every process, so that nobody can prepare texts that collide.
    private static readonly ulong Seed = BitConverter.ToUInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));

    private readonly List<byte[]> chunks = [];
    private readonly GrowingArray<uint> offsets = new(64);
    private readonly Dictionary<int, byte[]> large = [];
    private int used = ChunkSize;
    private ulong[] slots = new ulong[1024];

    public int Count => offsets.Count;

    /// <summary>The UTF-8 of a text.</summary>
    public ReadOnlySpan<byte> this[int number]
    {
        get
        {
            uint offset = offsets[number];
            byte[] chunk = chunks[(int)(offset >> ChunkBits)];
            int at = (int)(offset & (ChunkSize - 1));
            int length = chunk[at++];
            if (length < 0xFE)
                return chunk.AsSpan(at, length);
            if (length == 0xFF)
                return large[number];
            return chunk.AsSpan(at + 2, chunk[at] | (chunk[at + 1] << 8));
        }
    }

    public string Text(int number) => Encoding.UTF8.GetString(this[number]);

    /// <summary>The number of a text, added if it is new.</summary>
    public int Intern(ReadOnlySpan<byte> text) => Intern(text, out _);

    /// <summary>The number of a text, added if it is new.</summary>
    public int Intern(ReadOnlySpan<byte> text, out bool added)
    {
        ulong hash = Hash(text);
        ulong tag = hash & 0xFFFF_FFFF_0000_0000;
        ulong[] table = slots;
        int mask = table.Length - 1;
        int slot = (int)(hash >> 32) & mask;
        while (table[slot] is var entry && entry != 0)
        {
            if ((entry & 0xFFFF_FFFF_0000_0000) == tag)
            {
                int number = (int)(uint)entry - 1;
                if (this[number].SequenceEqual(text))
                {
                    added = false;
                    return number;
                }
            }
            slot = (slot + 1) & mask;
        }
        int created = Append(text);
        table[slot] = tag | (uint)(created + 1);
        if (offsets.Count * 10L > table.Length * 7L)
            Rehash();
        added = true;
        return created;
    }

    /// <summary>The number of a text, or -1.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        ulong hash = Hash(text);
        ulong tag = hash & 0xFFFF_FFFF_0000_0000;
        int mask = slots.Length - 1;
        for (int slot = (int)(hash >> 32) & mask; slots[slot] is var entry && entry != 0; slot = (slot + 1) & mask)
        {
            if ((entry & 0xFFFF_FFFF_0000_0000) == tag && this[(int)(uint)entry - 1].SequenceEqual(text))
                return (int)(uint)entry - 1;
        }
        return -1;
    }

    /// <summary>Overwrites a text that nothing speaks of any more: it is no longer found, and its number is not used again.</summary>
    public void Wipe(int number)
    {
        uint offset = offsets[number];
        byte[] chunk = chunks[(int)(offset >> ChunkBits)];
        int at = (int)(offset & (ChunkSize - 1));
        int length = chunk[at++];
        if (length == 0xFF)
            large[number].AsSpan().Clear();
        else if (length == 0xFE)
            chunk.AsSpan(at + 2, chunk[at] | (chunk[at + 1] << 8)).Clear();
        else
            chunk.AsSpan(at, length).Clear();
    }

    private int Append(ReadOnlySpan<byte> text)
    {
        int header =
            text.Length < 0xFE ? 1
            : text.Length <= ushort.MaxValue ? 3
            : 1;
        bool apart = text.Length > ushort.MaxValue;
        int needed = header + (apart ? 0 : text.Length);
        if (used + needed > ChunkSize)
        {
            if (chunks.Count == 1 << (32 - ChunkBits))
                throw new StoreException("The store holds more text than this version can: 4 GB. Split it into several stores.");
            chunks.Add(GC.AllocateUninitializedArray<byte>(ChunkSize));
            used = 0;
        }
        byte[] chunk = chunks[^1];
        uint offset = ((uint)(chunks.Count - 1) << ChunkBits) | (uint)used;
        int number = offsets.Add(offset);
        if (apart)
        {
            chunk[used] = 0xFF;
            large[number] = text.ToArray();
        }
        else if (header == 1)
        {
            chunk[used] = (byte)text.Length;
            text.CopyTo(chunk.AsSpan(used + 1));
        }
        else
        {
            chunk[used] = 0xFE;
            chunk[used + 1] = (byte)text.Length;
            chunk[used + 2] = (byte)(text.Length >> 8);
            text.CopyTo(chunk.AsSpan(used + 3));
        }
        used += needed;
        return number;
    }

    private void Rehash()
    {
        ulong[] old = slots;
        var table = new ulong[old.Length * 2];
        int mask = table.Length - 1;
        foreach (ulong entry in old)
        {
            if (entry == 0)
                continue;
            int slot = (int)(entry >> 32) & mask;
            while (table[slot] != 0)
                slot = (slot + 1) & mask;
            table[slot] = entry;
        }
        slots = table;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(ReadOnlySpan<byte> text)
    {
        const ulong K = 0x9E37_79B9_7F4A_7C15;
        ulong h = Seed ^ ((ulong)text.Length * K);
        while (text.Length >= 8)
        {
            h = Mix(h ^ MemoryMarshal.Read<ulong>(text), K);
            text = text[8..];
        }
        ulong tail = 0;
        for (int i = 0; i < text.Length; i++)
            tail |= (ulong)text[i] << (8 * i);
        return Mix(Mix(h ^ tail, K), 0xD6E8_FEB8_6659_FD93);
    }

    private static ulong Mix(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
