namespace FourStrands.Cli.Demo;

/// <summary>
/// The demo world's own random numbers (PCG-XSH-RR 64/32): the same seed gives the same world on every machine and with
/// every version of .NET, which <see cref="Random"/> does not promise.
/// </summary>
/// <remarks>
/// Every subject has dice of its own, made from the world's seed, a stream and the subject's number. So a subject can be
/// described at any time, in any order, without keeping the world in memory.
/// </remarks>
internal struct Dice
{
    private readonly ulong increment;
    private ulong state;

    public Dice(ulong seed, Stream stream, long subject)
    {
        increment = (Mix(seed ^ ((ulong)stream << 56)) << 1) | 1;
        state = Mix(increment + (ulong)subject);
        _ = Next();
    }

    /// <summary>What the dice are thrown for; a subject's streams do not disturb each other.</summary>
    public enum Stream : byte
    {
        Person = 1,
        Company,
        Officers,
        Owners,
        Lists,
        Tenders,
        Intelligence,
        Notes,
        Variation,
        Surnames,
    }

    public uint Next()
    {
        ulong old = state;
        state = (old * 6364136223846793005UL) + increment;
        uint shifted = (uint)(((old >> 18) ^ old) >> 27);
        int rotation = (int)(old >> 59);
        return (shifted >> rotation) | (shifted << (-rotation & 31));
    }

    /// <summary>A number from 0 up to, not including, <paramref name="below"/>.</summary>
    public int Below(int below) => (int)(((ulong)Next() * (ulong)below) >> 32);

    /// <summary>A number from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public int Between(int from, int to) => from + Below(to - from + 1);

    /// <summary>True in so many of a hundred throws.</summary>
    public bool Percent(int percent) => Below(100) < percent;

    public T Pick<T>(T[] from) => from[Below(from.Length)];

    /// <summary>The place of a common or a rare thing, as <paramref name="ranks"/> says how common the ranks are.</summary>
    public int Rank(Ranks ranks) => ranks[(int)(Next() >> 16)];

    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}

/// <summary>
/// Zipf's law over a number of ranks, as a table of 65,536 slots filled with whole-number arithmetic: floating-point powers
/// differ in their last bit between machines, and the world must not.
/// </summary>
internal sealed class Ranks
{
    private readonly ushort[] slots = new ushort[65536];

    /// <param name="count">How many ranks there are.</param>
    /// <param name="flatness">Added to every rank: the larger, the less the first ranks stand out.</param>
    public Ranks(int count, int flatness)
    {
        long total = 0;
        for (int rank = 0; rank < count; rank++)
            total += Weight(rank, flatness);
        long sum = 0;
        int slot = 0;
        for (int rank = 0; rank < count; rank++)
        {
            sum += Weight(rank, flatness);
            int end = (int)(sum * slots.Length / total);
            while (slot < end)
                slots[slot++] = (ushort)rank;
        }
        while (slot < slots.Length)
            slots[slot++] = (ushort)(count - 1);
    }

    public int this[int slot] => slots[slot];

    private static long Weight(int rank, int flatness) => 1_000_000_000L / (rank + 1 + flatness);
}
