using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FourStrands.Picture;

/// <summary>Looks values up by their names in UTF-8 without making a string: an open table of the names' bytes, at most half full.</summary>
internal sealed class Utf8Names<T>
    where T : class
{
    private readonly (byte[] Name, T Value)[] _slots;
    private readonly uint _mask;

    public Utf8Names(IReadOnlyCollection<KeyValuePair<string, T>> named)
    {
        var size = 4u;
        while (size < named.Count * 2)
            size *= 2;
        _mask = size - 1;
        _slots = new (byte[], T)[size];
        foreach (var (name, value) in named)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            var slot = Hash(bytes) & _mask;
            while (_slots[slot].Name is not null)
                slot = (slot + 1) & _mask;
            _slots[slot] = (bytes, value);
        }
    }

    public static Utf8Names<T> Empty { get; } = new(new Dictionary<string, T>());

    public bool TryGet(ReadOnlySpan<byte> name, [NotNullWhen(true)] out T? value)
    {
        for (var slot = Hash(name) & _mask; _slots[slot].Name is { } bytes; slot = (slot + 1) & _mask)
        {
            if (name.SequenceEqual(bytes))
            {
                value = _slots[slot].Value;
                return true;
            }
        }
        value = null;
        return false;
    }

    // FNV-1a: names are short and come from us, so nobody can choose them to collide.
    private static uint Hash(ReadOnlySpan<byte> name)
    {
        var hash = 2166136261u;
        foreach (var part in name)
            hash = unchecked((hash ^ part) * 16777619u);
        return hash;
    }
}
