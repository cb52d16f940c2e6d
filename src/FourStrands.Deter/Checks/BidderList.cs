using System.Buffers;
using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>
/// What could be read of a list of bidders: a CSV file with headings, a one-column list, typed lines ("Name, number") or
/// FollowTheMoney entities. What could not be used is in <see cref="Rejections"/> with its reason; the rest is kept.
/// </summary>
/// <param name="FileName">The file's name.</param>
/// <param name="Format">What it was read as, in plain words: "CSV with headings".</param>
/// <param name="Encoding">The encoding it was read in: "UTF-8".</param>
/// <param name="Bidders">The bidders, in the order of the list, each once.</param>
/// <param name="Rejections">What could not be used.</param>
/// <param name="Duplicates">Bidders named more than once.</param>
public sealed record BidderList(
    string FileName,
    string Format,
    string Encoding,
    IReadOnlyList<Bidder> Bidders,
    IReadOnlyList<Rejection> Rejections,
    IReadOnlyList<DuplicateBidder> Duplicates
)
{
    /// <summary>No more bidders than this are taken from one list.</summary>
    public const int MaxBidders = 10_000;

    /// <summary>No more bytes than this are read of one list.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    private const int MaxRejections = 1000;

    private static readonly SearchValues<char> _digitsAndSpaces = SearchValues.Create("0123456789 ");

    /// <summary>Reads a list. Never throws for what the list holds: an unusable file is an empty list with a rejection.</summary>
    /// <param name="content">The file; read to its end or to <see cref="MaxBytes"/>.</param>
    /// <param name="fileName">Its name, for messages.</param>
    public static BidderList Read(Stream content, string fileName)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[81920];
        List<Rejection> rejections = [];
        while (content.Read(buffer) is > 0 and var read)
        {
            int room = MaxBytes - (int)bytes.Length;
            bytes.Write(buffer, 0, Math.Min(read, room));
            if (read <= room)
                continue;
            // Half a line at the end would be half a bidder.
            int lastBreak = bytes.GetBuffer().AsSpan(0, (int)bytes.Length).LastIndexOf((byte)'\n');
            bytes.SetLength(Math.Max(0, lastBreak));
            rejections.Add(new Rejection(0, "", $"The file is larger than {MaxBytes / 1024 / 1024} MB. What lies beyond was not read: split the list.", ""));
            break;
        }
        var (text, encoding, trouble) = BidderText.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        if (trouble is not null)
            return new BidderList(fileName, "not readable", encoding, [], [.. rejections, new Rejection(0, "", trouble, "")], []);
        return ReadText(text, fileName, encoding, rejections);
    }

    /// <summary>Reads what was typed into a box: one bidder a line, "Name" or "Name, company number"; or pasted rows with headings.</summary>
    public static BidderList Typed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<Rejection> rejections = [];
        if (text.Length > MaxBytes)
        {
            text = text[..MaxBytes];
            rejections.Add(new Rejection(0, "", "The text is too long. What lies beyond was not read: split the list.", ""));
        }
        return ReadText(text, "typed in", "typed", rejections);
    }

    private static BidderList ReadText(string text, string fileName, string encoding, List<Rejection> rejections)
    {
        string format;
        IEnumerable<Bidder> read;
        int first = 0;
        while (first < text.Length && (char.IsWhiteSpace(text[first]) || text[first] == '\uFEFF'))
            first++;
        string firstLine = text[first..DelimitedText.EndOfLine(text, first)];
        char separator = DelimitedText.SeparatorOf(firstLine);
        if (text.AsSpan(first).StartsWith("{"))
        {
            format = "FollowTheMoney entities";
            read = Entities(text, rejections);
        }
        else if (BidderColumns.OfRow(DelimitedText.Rows(firstLine, separator).FirstOrDefault().Cells ?? []) is { } columns)
        {
            format = columns.Length == 1 ? "one column with a heading" : "CSV with headings";
            read = Headed(text, separator, columns, rejections);
        }
        else
        {
            format = "one bidder a line";
            read = Plain(text, rejections);
        }

        List<Bidder> bidders = [];
        List<DuplicateBidder> duplicates = [];
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var bidder in read)
        {
            string key = BidderName.Key(bidder);
            if (lines.TryGetValue(key, out int line))
            {
                duplicates.Add(new DuplicateBidder(bidder.Line, line, bidder.Name));
                continue;
            }
            if (bidders.Count == MaxBidders)
            {
                rejections.Add(
                    new Rejection(
                        bidder.Line,
                        "",
                        $"The list names more than {MaxBidders:N0} bidders. From this line on nothing was taken: split the list.",
                        bidder.Name
                    )
                );
                break;
            }
            lines.Add(key, bidder.Line);
            bidders.Add(bidder);
        }
        if (bidders.Count == 0 && rejections.Count == 0)
            rejections.Add(new Rejection(0, "", "The list is empty. Write one bidder a line, or bring in a CSV file with a column “name”.", ""));
        if (rejections.Count > MaxRejections)
        {
            int more = rejections.Count - MaxRejections;
            rejections.RemoveRange(MaxRejections, more);
            rejections.Add(new Rejection(0, "", $"{more:N0} further parts of the list could not be used. It may be in another format than it seems.", ""));
        }
        return new BidderList(fileName, format, encoding, bidders, rejections, duplicates);
    }

    private static IEnumerable<Bidder> Headed(string text, char separator, BidderColumn?[] columns, List<Rejection> rejections)
    {
        foreach (var row in DelimitedText.Rows(text, separator).Skip(1))
        {
            string? trouble = row.Trouble;
            if (trouble is null && row.Cells.Count > columns.Length && row.Cells.Skip(columns.Length).Any(c => c.Length > 0))
                trouble =
                    $"The line has {row.Cells.Count} cells and the headings are {columns.Length}. Put quotation marks around a name or address with a comma in it.";
            if (trouble is not null)
            {
                rejections.Add(new Rejection(row.Line, "", trouble, BidderFields.Excerpt(row.Raw)));
                continue;
            }
            var fields = new BidderFields(row.Line, rejections);
            for (int i = 0; i < row.Cells.Count && i < columns.Length; i++)
            {
                if (columns[i] is { } column)
                    fields.Set(column, row.Cells[i]);
            }
            if (fields.Make() is { } bidder)
                yield return bidder;
        }
    }

    // "Smith, Jones & Co Ltd, SC123456": only a number in the last place is cut off, names may have commas.
    private static IEnumerable<Bidder> Plain(string text, List<Rejection> rejections)
    {
        foreach (var (line, number) in Lines(text))
        {
            var fields = new BidderFields(number, rejections);
            int cut = line.AsSpan().LastIndexOfAny(',', ';', '\t');
            string last = cut < 0 ? "" : line[(cut + 1)..].Trim();
            if (cut >= 0 && LooksLikeNumber(last))
            {
                fields.Set(BidderColumn.Name, Unquoted(line[..cut]));
                fields.Set(BidderColumn.CompanyNumber, last);
            }
            else
            {
                fields.Set(BidderColumn.Name, Unquoted(line.TrimEnd(',', ';', '\t', ' ')));
            }
            if (fields.Make() is { } bidder)
                yield return bidder;
        }
    }

    private static IEnumerable<Bidder> Entities(string text, List<Rejection> rejections)
    {
        foreach (var (line, number) in Lines(text))
        {
            if (BidderEntities.Read(line, number, rejections) is { } bidder)
                yield return bidder;
        }
    }

    private static IEnumerable<(string Line, int Number)> Lines(string text)
    {
        int place = 0,
            number = 0;
        while (place < text.Length)
        {
            int end = DelimitedText.EndOfLine(text, place);
            number++;
            if (!text.AsSpan(place, end - place).IsWhiteSpace())
                yield return (text[place..end].Trim().Trim('\uFEFF'), number);
            place = DelimitedText.AfterBreak(text, end);
        }
    }

    private static string Unquoted(string name)
    {
        string text = name.Trim();
        return text.Length > 1 && text[0] == '"' && text[^1] == '"' ? text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    private static bool LooksLikeNumber(string text)
    {
        int letters = 0;
        while (letters < text.Length && char.IsAsciiLetter(text[letters]))
            letters++;
        var rest = text.AsSpan(letters);
        return letters <= 3 && rest.Length is >= 3 and <= 12 && rest.IndexOfAnyExcept(_digitsAndSpaces) < 0;
    }
}
