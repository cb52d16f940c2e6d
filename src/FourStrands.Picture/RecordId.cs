using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace FourStrands.Picture;

/// <summary>
/// Names a record, and the entity of which it is the smallest visible member. 128 bits made with a secret key from the
/// record's owner, source and key: it tells nobody how many records there are or when this one came.
/// Written as 26 characters of base 32 (digits and lower-case letters without i, l, o, u).
/// </summary>
public readonly record struct RecordId(UInt128 Value) : IComparable<RecordId>, ISpanParsable<RecordId>
{
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <inheritdoc />
    public int CompareTo(RecordId other) => Value.CompareTo(other.Value);

    /// <inheritdoc />
    public override string ToString() =>
        string.Create(
            26,
            Value,
            static (text, value) =>
            {
                for (int i = 25; i >= 0; i--, value >>= 5)
                    text[i] = Digits[(int)(value & 31)];
            }
        );

    /// <inheritdoc />
    public static RecordId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("Not an identifier: 26 letters and digits are expected.");

    /// <inheritdoc />
    public static RecordId Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <summary>Reads the written form; false if it is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, out RecordId result) => TryParse(s, null, out result);

    /// <inheritdoc />
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out RecordId result)
    {
        result = default;
        if (s.Length != 26)
            return false;
        UInt128 value = 0;
        for (int i = 0; i < 26; i++)
        {
            int digit = Digits.IndexOf(s[i]);
            if (digit < 0 || (i == 0 && digit > 7))
                return false;
            value = (value << 5) | (UInt128)(uint)digit;
        }
        result = new RecordId(value);
        return true;
    }

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RecordId result) => TryParse(s.AsSpan(), provider, out result);

    internal static RecordId Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));
}
