using System.Text;

namespace FourStrands.Formats;

/// <summary>Tells a file's format by its content. The name of a file is not asked: it says what somebody believed.</summary>
public static class FormatDetector
{
    /// <summary>The reader of the sample's format, or null if none knows it.</summary>
    public static IFormatReader? Detect(FormatSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return FormatReaders.All.FirstOrDefault(reader => reader.Recognises(sample));
    }

    /// <summary>Says to a person that a file is in no known format, and what it looks like.</summary>
    public static string Unknown(FormatSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        if (sample.Content.Length == 0)
            return "The file is empty.";
        var text = new StringBuilder("This file is in none of the formats that can be read. ");
        text.Append(
            sample.FirstLetter switch
            {
                '{' or '[' => "It looks like JSON",
                '<' when sample.Text.Contains("<html", StringComparison.OrdinalIgnoreCase) =>
                    "It looks like a web page, perhaps an error message saved instead of the file",
                '<' => "It looks like XML",
                '%' when sample.Text.StartsWith("%PDF", StringComparison.Ordinal) => "It looks like a PDF document",
                _ when sample.Content.Span.StartsWith("PK"u8) => "It looks like an archive or office document inside another",
                _ when sample.Content.Span.Contains((byte)0) => "It does not look like text",
                _ when sample.Rows is [{ Length: > 1 } first, ..] =>
                    $"It looks like a table of {first.Length} columns: it needs a mapping that says what they mean",
                _ => "It looks like plain text",
            }
        );
        return text.Append('.').ToString();
    }
}
