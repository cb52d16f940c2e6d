namespace FourStrands.Formats;

/// <summary>What the columns of a table mean.</summary>
public sealed class TableMapping
{
}
