using System.Text.Json;
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

    /// <summary>How the list was understood, sentence by sentence: which heading stands for what, what was left out.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

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

    /// <summary>Reads bidders that a program sends: an array of names, or of objects whose properties are called as columns are ("name", "companyNumber").</summary>
    /// <param name="items">The array.</param>
    /// <exception cref="ArgumentException">It is no array.</exception>
    public static BidderList Items(JsonElement items)
    {
        if (items.ValueKind != JsonValueKind.Array)
            throw new ArgumentException("Bidders are an array.", nameof(items));
        List<Rejection> rejections = [];
        return Collected("items", "items of JSON", "UTF-8", BidderItems.Read(items, rejections), rejections, []);
    }

    /// <summary>
    /// One bidder named on its own: "Name", "Name, number", a bare company number. Values that are given beside it go before those in the text;
    /// what cannot be used of either is in <see cref="Rejections"/>.
    /// </summary>
    /// <param name="text">The name.</param>
    /// <param name="number">Company number; empty if not given, as all that follow.</param>
    /// <param name="country">Country.</param>
    /// <param name="address">Address.</param>
    /// <param name="phone">Phone number.</param>
    /// <param name="email">E-mail address.</param>
    /// <param name="birthDate">Birth date of a sole trader.</param>
    public static BidderList Named(
        string text,
        string number = "",
        string country = "",
        string address = "",
        string phone = "",
        string email = "",
        string birthDate = ""
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        List<Rejection> rejections = [];
        var fields = new BidderFields(0, rejections);
        fields.Set(BidderColumn.CompanyNumber, number);
        fields.Set(BidderColumn.Country, country);
        fields.Set(BidderColumn.Phone, phone);
        fields.Set(BidderColumn.Email, email);
        fields.Set(BidderColumn.BirthDate, birthDate);
        if (BidderLines.Fill(text.Trim(), fields) is { } trouble)
            rejections.Add(new Rejection(0, "name", trouble, BidderFields.Excerpt(text)));
        if (!string.IsNullOrWhiteSpace(address))
            fields.Replace(BidderColumn.Address, address);
        var bidder = fields.Make(numberAlone: true);
        return new BidderList("", "named on its own", "typed", bidder is null ? [] : [bidder], rejections, []);
    }

    private static BidderList ReadText(string text, string fileName, string encoding, List<Rejection> rejections)
    {
        string format;
        IEnumerable<Bidder> read;
        IEnumerable<string> notes = [];
        int first = 0;
        while (first < text.Length && (char.IsWhiteSpace(text[first]) || text[first] == '\uFEFF'))
            first++;
        if (text.AsSpan(first).StartsWith("{"))
        {
            format = "FollowTheMoney entities";
            read = Entities(text, rejections);
        }
        else if (BidderTable.Find(text, DelimitedText.SeparatorOf(text.AsSpan(first..DelimitedText.EndOfLine(text, first)))) is { } table)
        {
            format = table.Format;
            read = table.Read(rejections);
            notes = table.Notes();
        }
        else
        {
            var lines = BidderLines.Of(Lines(text));
            format = lines.Format;
            read = lines.Read(rejections);
            notes = lines.Notes;
        }
        return Collected(fileName, format, encoding, read, rejections, notes);
    }

    /// <summary>The bidders that are read, each once, within the limits.</summary>
    private static BidderList Collected(
        string fileName,
        string format,
        string encoding,
        IEnumerable<Bidder> read,
        List<Rejection> rejections,
        IEnumerable<string> notes
    )
    {
        List<Bidder> bidders = [];
        List<DuplicateBidder> duplicates = [];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var bidder in read)
        {
            string key = BidderName.Same(bidder);
            if (places.TryGetValue(key, out int line))
            {
                duplicates.Add(new DuplicateBidder(bidder.Line, line, bidder.Title));
                continue;
            }
            if (bidders.Count == MaxBidders)
            {
                rejections.Add(
                    new Rejection(
                        bidder.Line,
                        "",
                        $"The list names more than {MaxBidders:N0} bidders. From this line on nothing was taken: split the list.",
                        bidder.Title
                    )
                );
                break;
            }
            places.Add(key, bidder.Line);
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
        return new BidderList(fileName, format, encoding, bidders, rejections, duplicates) { Notes = [.. notes] };
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
}
