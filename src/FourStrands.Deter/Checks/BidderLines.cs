using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>
/// Reads lines without headings: "Smith, Jones &amp; Co Ltd, SC123456", "SC123456", "X Ltd t/a Y, G1 1AA". Numbers, postcodes,
/// phones are told by their form; a name may have commas. Where it cannot be told what a line's parts are, the line is refused:
/// a bidder looked for under a wrong name would come out clean.
/// </summary>
internal sealed partial class BidderLines
{
    private const string HowTo = $"Put a line of headings above the list. Understood are: {BidderColumns.Understood}.";

    private static readonly SearchValues<char> _separators = SearchValues.Create(",;\t|");

    private readonly List<Line> _lines = [];
    private readonly SortedSet<BidderColumn> _told = [];

    private BidderLines() { }

    /// <summary>What the list was read as.</summary>
    public string Format =>
        _told.Count == 0
            ? "one bidder a line"
            : $"lines without headings, of which {string.Join(", ", _told.Select(BidderColumns.Named))} {(_told.Count == 1 ? "was" : "were")} told by {(_told.Count == 1 ? "its" : "their")} form";

    /// <summary>What was left out, for the officer to look over.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Takes the lines apart.</summary>
    public static BidderLines Of(IEnumerable<(string Text, int Number)> lines)
    {
        var all = new BidderLines();
        foreach (var (text, number) in lines)
            all._lines.Add(Line.Of(text, number));
        all.LeaveOutTitles();
        all.Doubt();
        foreach (var line in all._lines.Where(l => l.Trouble is null))
            all._told.UnionWith(line.Values.Select(v => v.Column).Where(c => c is not BidderColumn.Name));
        return all;
    }

    /// <summary>Puts what one line says into the fields; or says why it is no use.</summary>
    public static string? Fill(string text, BidderFields fields)
    {
        var line = Line.Of(text, 0);
        foreach (var (column, value) in line.Values)
            fields.Set(column, value);
        return line.Trouble;
    }

    /// <summary>The bidders.</summary>
    public IEnumerable<Bidder> Read(List<Rejection> rejections)
    {
        // A table in which nothing can be told is refused as a whole.
        if (_lines.Count > 1 && _lines.TrueForAll(l => l.Doubtful))
        {
            rejections.Add(
                new Rejection(
                    0,
                    "",
                    $"The lines have {_lines[0].Parts.Count} parts and no headings that are known, so it cannot be told which part is the bidder's name. {HowTo} A name with a comma in it needs quotation marks.",
                    BidderFields.Excerpt(_lines[0].Text)
                )
            );
            yield break;
        }
        foreach (var line in _lines)
        {
            if (line.Trouble is not null)
            {
                rejections.Add(new Rejection(line.Number, "", line.Trouble, BidderFields.Excerpt(line.Text)));
                continue;
            }
            var fields = new BidderFields(line.Number, rejections);
            foreach (var (column, value) in line.Values)
                fields.Set(column, value);
            if (fields.Make(numberAlone: true) is { } bidder)
                yield return bidder;
        }
    }

    // "Winter gritting 2027,,": a single cell with empty ones after it, above rows with several.
    private void LeaveOutTitles()
    {
        int table = _lines.FindIndex(l => l.Parts.Count > 1);
        if (table <= 0)
            return;
        foreach (var line in _lines[..table].Where(l => l.Empty > 0))
            Notes.Add($"Line {line.Number} stands above the list and was not read: “{BidderFields.Excerpt(line.Text.Trim(',', ';', '\t', '|', ' '))}”.");
        _lines.RemoveAll(l => l.Number < _lines[table].Number && l.Empty > 0 && l.Parts.Count == 1);
    }

    // One name with a comma is a name; where several lines have as many parts they are columns.
    private void Doubt()
    {
        var alike = _lines.Where(l => l.Trouble is null && l.Parts.Count > 1).GroupBy(l => l.Parts.Count);
        foreach (var group in alike)
        {
            var open = group.Where(l => l.Open).ToList();
            bool headed = group.First().Open && group.Skip(1).Any();
            foreach (var line in open.Where((l, i) => open.Count > 1 || (headed && i == 0)))
            {
                line.Doubtful = true;
                line.Trouble =
                    $"The line has {line.Parts.Count} parts, as others have, and no heading says which is the bidder's name. {HowTo} A name with a comma in it needs quotation marks.";
            }
        }
        foreach (var line in _lines.Where(l => l.HasNoLetter && l.Trouble is null))
            line.Trouble = $"No part of the line can be a bidder's name: none has a letter in it. {HowTo}";
    }

    private sealed class Line(string text, int number)
    {
        public string Text => text;

        public int Number => number;

        /// <summary>Its cells that are not empty.</summary>
        public List<(string Value, int From, int To)> Parts { get; } = [];

        /// <summary>How many cells are empty.</summary>
        public int Empty { get; private set; }

        public List<(BidderColumn Column, string Value)> Values { get; } = [];

        public string? Trouble { get; set; }

        /// <summary>True if the name has several parts and nothing in it says that it is whole.</summary>
        public bool Open { get; private set; }

        public bool Doubtful { get; set; }

        /// <summary>True if what would be its name has no letter in it.</summary>
        public bool HasNoLetter { get; private set; }

        /// <summary>Which parts were said to be numbers of charities.</summary>
        private readonly HashSet<int> _charities = [];

        public static Line Of(string text, int number)
        {
            var line = new Line(text, number);
            line.Split();
            if (line.Trouble is null)
                line.Tell();
            return line;
        }

        private void Split()
        {
            int place = 0;
            while (place <= text.Length)
            {
                while (place < text.Length && text[place] == ' ')
                    place++;
                int from = place;
                var value = new StringBuilder();
                if (place < text.Length && text[place] == '"')
                {
                    place++;
                    while (place < text.Length && (text[place] != '"' || (place + 1 < text.Length && text[place + 1] == '"')))
                    {
                        value.Append(text[place]);
                        place += text[place] == '"' ? 2 : 1;
                    }
                    if (place >= text.Length)
                    {
                        Trouble = DelimitedText.Unclosed;
                        return;
                    }
                    place++;
                }
                int rest = text.AsSpan(place).IndexOfAny(_separators);
                int to = rest < 0 ? text.Length : place + rest;
                value.Append(text, place, to - place);
                string cell = value.ToString().Trim();
                if (Decimal.Match(cell) is { Success: true } number)
                    cell = number.Groups["number"].Value;
                if (BidderFields.Labelled.Match(cell) is { Success: true } labelled && BidderLines.Number.IsMatch(labelled.Groups["number"].Value))
                {
                    if (labelled.Groups["register"].ValueSpan.Equals("charity", StringComparison.OrdinalIgnoreCase))
                        _charities.Add(Parts.Count);
                    Parts.Add((labelled.Groups["number"].Value, from, to));
                }
                else if (Behind.Match(cell) is { Success: true } behind && BidderName.IsBody(behind.Groups["name"].Value))
                    Parts.AddRange([(behind.Groups["name"].Value, from, from + behind.Groups["name"].Length), (behind.Groups["number"].Value, from, to)]);
                else if (cell.Length > 0)
                    Parts.Add((cell, from, to));
                else
                    Empty++;
                place = to + 1;
            }
            // The last line of a cell of several lines. Twelve inches are written so too.
            if (text.Count(c => c == '"') % 2 == 1 && text[^1] == '"' && text.Length > 1 && !char.IsAsciiDigit(text[^2]))
                Trouble = "A quotation mark is closed that was not opened on this line. Write each bidder on one line.";
        }

        private void Tell()
        {
            int at = 0;
            // "1, Acme Ltd": a running number.
            if (Parts.Count > 1 && Parts[0].Value.Length <= 4 && Parts[0].Value.All(char.IsAsciiDigit))
                at = 1;
            for (; at < Parts.Count && ColumnAt(at) is { } column; at++)
                Values.Add((column, Parts[at].Value));
            int first = at;
            for (; at < Parts.Count; at++)
            {
                if (at > first && ColumnAt(at) is not null)
                    break;
                if (IsWhole(Name(first, at)))
                {
                    at++;
                    break;
                }
            }
            if (at > first)
            {
                string name = Name(first, at - 1);
                Values.Add((BidderColumn.Name, name));
                HasNoLetter = Parts.Count > 1 && !name.Any(char.IsLetter);
                Open = HasNoLetter || (at - first > 1 && !IsWhole(name));
            }
            for (; at < Parts.Count; at++)
            {
                string value = Parts[at].Value;
                if (ColumnAt(at) is { } column)
                {
                    Values.Add((column, value));
                }
                else if (TradingBegins.Match(value) is { Success: true } trading)
                {
                    Values.Add((BidderColumn.TradingName, value[trading.Length..]));
                }
                else if (BidderName.IsBody(value))
                {
                    Trouble = "The line names more than one bidder. Write each on a line of its own, or put quotation marks around a name with a comma in it.";
                }
                else
                {
                    bool country = value.Length > 3 && Ontology.Default["Company"]["country"].Type.Clean(value) is not null;
                    Values.Add((country ? BidderColumn.Country : BidderColumn.Address, value));
                }
            }
        }

        private BidderColumn? ColumnAt(int part) => _charities.Contains(part) ? BidderColumn.CharityNumber : ColumnOf(Parts[part].Value);

        private string Name(int first, int last) => first == last ? Parts[first].Value : text[Parts[first].From..Parts[last].To].Trim();

        private static bool IsWhole(string name) => BidderName.IsBody(name) || BidderFields.TradingMark.IsMatch(name);
    }

    private static BidderColumn? ColumnOf(string value)
    {
        if (value.Length is < 4 or > 60 || value.AsSpan().IndexOfAnyInRange('0', '9') < 0 && !value.Contains('@', StringComparison.Ordinal))
            return null;
        if (Postcode.IsMatch(value))
            return BidderColumn.Postcode;
        if (value.Contains('@', StringComparison.Ordinal))
            return Ontology.Default["Company"]["email"].Type.Clean(value) is null ? null : BidderColumn.Email;
        if (Vat.IsMatch(value))
            return BidderColumn.VatNumber;
        if (Phone.IsMatch(value) && value.Count(char.IsAsciiDigit) is >= 10 and <= 15)
            return BidderColumn.Phone;
        if (BidderFields.IsIban(string.Concat(value.Where(char.IsLetterOrDigit)).ToUpperInvariant()))
            return BidderColumn.Iban;
        return Number.IsMatch(value) ? BidderColumn.CompanyNumber : null;
    }

    [GeneratedRegex("^[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}$", RegexOptions.NonBacktracking)]
    private static partial Regex Postcode { get; }

    [GeneratedRegex("^GB ?[0-9 ]{9,15}$", RegexOptions.NonBacktracking)]
    private static partial Regex Vat { get; }

    [GeneratedRegex(@"^(\+|\(?0)[0-9 ()/.-]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Phone { get; }

    // A register's letters and a number ("SC 123456", "IP12345R", "SC1234"), or a number alone of five places or more.
    [GeneratedRegex("^([A-Z]{2,3}[0-9]{3,10}[A-Z]{0,2}|[A-Za-z]{0,3} ?[0-9] ?[0-9 ]{3,10}[0-9]|[A-Z][0-9]{6,8})$", RegexOptions.NonBacktracking)]
    private static partial Regex Number { get; }

    // 45678.0: what a spreadsheet makes of a number.
    [GeneratedRegex(@"^(?<number>[A-Za-z]{0,2}[0-9]{4,8})\.0+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Decimal { get; }

    // "Petrel Plant Ltd (09090909)", "Petrel Plant Ltd - SC123456": a number behind a name that ends as bodies' names do.
    [GeneratedRegex(@"^(?<name>.+?)\s*[\s(\[–/-]\s*(?<number>([A-Z]{2}[0-9]{6}|[0-9]{8}))[)\]]?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Behind { get; }

    [GeneratedRegex(@"^(t/as?|t\.a\.|trading as)\s+", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex TradingBegins { get; }
}
