using System.Runtime.InteropServices;
using System.Text;

namespace FourStrands.Picture.Imports;

/// <summary>Records as they come from a reader, packed: one buffer of text, and where each key and value lies in it.</summary>
internal sealed class Batch
{
    /// <summary>A batch is handed on when its text has grown to this.</summary>
    public const int Full = 1 << 20;

    private byte[] text = new byte[1 << 16];
    private int used;

    public List<RecordEntry> Records { get; } = new(1024);

    public List<StatementEntry> Statements { get; } = new(8192);

    public int Bytes => used;

    public ReadOnlySpan<byte> Text(int start, int length) => text.AsSpan(start, length);

    public void Begin(ReadOnlySpan<char> key, int schema)
    {
        int start = Append(key);
        Records.Add(new RecordEntry(start, used - start, schema, Statements.Count));
    }

    public void Begin(ReadOnlySpan<byte> key, int schema)
    {
        int start = Append(key);
        Records.Add(new RecordEntry(start, used - start, schema, Statements.Count));
    }

    public void Add(ushort property, ReadOnlySpan<char> value)
    {
        int start = Append(value);
        Statements.Add(new StatementEntry(property, start, used - start));
    }

    public void Add(ushort property, ReadOnlySpan<byte> value)
    {
        int start = Append(value);
        Statements.Add(new StatementEntry(property, start, used - start));
    }

    /// <summary>Adds what the batch says to a digest. The same file is cut into the same batches.</summary>
    public void Hash(System.Security.Cryptography.IncrementalHash digest)
    {
        digest.AppendData(text.AsSpan(0, used));
        digest.AppendData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(Records)));
        digest.AppendData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(Statements)));
    }

    public void Clear()
    {
        used = 0;
        Records.Clear();
        Statements.Clear();
    }

    private int Append(ReadOnlySpan<char> value)
    {
        Reserve(value.Length * 3);
        int start = used;
        used += Encoding.UTF8.GetBytes(value, text.AsSpan(used));
        return start;
    }

    private int Append(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        int start = used;
        value.CopyTo(text.AsSpan(used));
        used += value.Length;
        return start;
    }

    private void Reserve(int more)
    {
        if (used + more > text.Length)
            Array.Resize(ref text, Math.Max(used + more, text.Length * 2));
    }
}

/// <param name="Key">Where the key's text starts.</param>
/// <param name="KeyLength">Its length in bytes.</param>
/// <param name="Schema">The schema's number.</param>
/// <param name="First">Its first statement in the batch; the next record's first is where they end.</param>
internal readonly record struct RecordEntry(int Key, int KeyLength, int Schema, int First);

internal readonly record struct StatementEntry(int Property, int Value, int Length);
