using System.Text;
using FourStrands.Picture.Imports;

namespace FourStrands.Picture.Store;

/// <summary>
/// A block of the statement log: some thousands of statements as the store keeps them. It names its schemata and properties in
/// full at its head, so that it can be read whatever the ontology has become.
/// Layout, integers as variable-length: version (1); count of names, each length and UTF-8; then for each record:
/// key length and UTF-8, schema name + 1 (0: the kind was known before), count of statements, and for each: property name, length, UTF-8. All ends with the bytes.
/// </summary>
internal static class Block
{
    private const byte Layout = 1;

    /// <summary>Puts a block together.</summary>
    public sealed class Writer(Ontology ontology)
    {
        private readonly Dictionary<string, int> names = new(StringComparer.Ordinal);
        private readonly int[] schemaNames = new int[ontology.Schemata.Count];
        private readonly int[] propertyNames = new int[ontology.Properties.Count];
        private byte[] body = new byte[1 << 16];
        private int used;
        private int countAt;
        private int count;

        public bool IsEmpty => used == 0;

        public int Bytes => used;

        public void Begin(ReadOnlySpan<byte> key, int schema)
        {
            Reserve(key.Length + 16);
            Number(key.Length);
            key.CopyTo(body.AsSpan(used));
            used += key.Length;
            Number(schema < 0 ? 0 : Name(schemaNames, schema, ontology.Schemata[schema].Name) + 1);
            countAt = used;
            used += 4;
            count = 0;
        }

        public void Add(ushort property, ReadOnlySpan<byte> value)
        {
            Reserve(value.Length + 16);
            Number(Name(propertyNames, property, ontology.Properties[property].QualifiedName));
            Number(value.Length);
            value.CopyTo(body.AsSpan(used));
            used += value.Length;
            count++;
        }

        public void End() => BitConverter.TryWriteBytes(body.AsSpan(countAt), count);

        /// <summary>The block; the writer starts anew.</summary>
        public byte[] Finish()
        {
            using var head = new MemoryStream();
            using (var writer = new BinaryWriter(head, Encoding.UTF8, leaveOpen: true))
            {
                writer.Write(Layout);
                writer.Write7BitEncodedInt(names.Count);
                foreach (string name in names.OrderBy(n => n.Value).Select(n => n.Key))
                    writer.Write(name);
                writer.Write(body, 0, used);
            }
            names.Clear();
            Array.Clear(schemaNames);
            Array.Clear(propertyNames);
            used = 0;
            return head.ToArray();
        }

        private int Name(int[] known, int number, string name)
        {
            if (known[number] > 0)
                return known[number] - 1;
            if (!names.TryGetValue(name, out int at))
                names.Add(name, at = names.Count);
            known[number] = at + 1;
            return at;
        }

        private void Number(int value)
        {
            uint v = (uint)value;
            while (v >= 0x80)
            {
                body[used++] = (byte)(v | 0x80);
                v >>= 7;
            }
            body[used++] = (byte)v;
        }

        private void Reserve(int more)
        {
            if (used + more > body.Length)
                Array.Resize(ref body, Math.Max(used + more, body.Length * 2));
        }
    }

    /// <summary>Reads a block into a batch.</summary>
    /// <exception cref="StoreException">The block is damaged, or names what this version's ontology does not know.</exception>
    public static void Read(ReadOnlySpan<byte> block, Ontology ontology, Batch batch)
    {
        try
        {
            var reader = new Reader(block);
            if (reader.Byte() != Layout)
                throw new StoreException("A block of the statement log has a layout this version does not know. Use the version that wrote it.");
            int count = reader.Number();
            var schemata = new int[count];
            var properties = new int[count];
            for (int i = 0; i < count; i++)
            {
                string name = Encoding.UTF8.GetString(reader.Bytes(reader.Number()));
                int colon = name.IndexOf(':', StringComparison.Ordinal);
                if (!ontology.TryGet(colon < 0 ? name : name.AsSpan(0, colon), out var schema))
                    throw new StoreException($"The store speaks of '{name}', which this version's ontology does not know.");
                schemata[i] = schema.Number;
                if (colon >= 0)
                    properties[i] = schema[name[(colon + 1)..]].Number;
            }
            while (!reader.AtEnd)
            {
                var key = reader.Bytes(reader.Number());
                int schema = reader.Number() - 1;
                batch.Begin(key, schema < 0 ? -1 : schemata[schema]);
                int statements = BitConverter.ToInt32(reader.Bytes(4));
                for (int i = 0; i < statements; i++)
                {
                    int property = properties[reader.Number()];
                    batch.Add((ushort)property, reader.Bytes(reader.Number()));
                }
            }
        }
        catch (Exception problem) when (problem is IndexOutOfRangeException or ArgumentOutOfRangeException or KeyNotFoundException)
        {
            throw new StoreException("A block of the statement log is damaged. Restore the store from a backup.", problem);
        }
    }

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> left = bytes;

        public readonly bool AtEnd => left.IsEmpty;

        public byte Byte()
        {
            byte b = left[0];
            left = left[1..];
            return b;
        }

        public int Number()
        {
            uint value = 0;
            for (int shift = 0; shift < 35; shift += 7)
            {
                byte b = Byte();
                value |= (uint)(b & 0x7F) << shift;
                if (b < 0x80)
                    break;
            }
            return (int)value;
        }

        public ReadOnlySpan<byte> Bytes(int length)
        {
            var taken = left[..length];
            left = left[length..];
            return taken;
        }
    }
}
