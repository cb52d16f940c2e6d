using System.Buffers;

namespace FourStrands.Formats.Text;

/// <summary>Writes one field of a comma-separated row, in quotation marks where it needs them.</summary>
internal static class CsvField
{
    private static readonly SearchValues<char> _special = SearchValues.Create(",\"\r\n");

    public static void Write(TextWriter target, string field)
    {
        if (field.AsSpan().IndexOfAny(_special) < 0)
        {
            target.Write(field);
            return;
        }
        target.Write('"');
        target.Write(field.Replace("\"", "\"\"", StringComparison.Ordinal));
        target.Write('"');
    }
}
