using System.Text;
using System.Xml;
using FourStrands.Formats.Content;

namespace FourStrands.Formats.Text;

/// <summary>
/// The repeated elements of an XML file, one after another, each small enough to be held. No document type, entity or address outside the
/// file is ever followed.
/// </summary>
internal sealed class XmlItems : IDisposable
{
    private const int MostPartsInItem = 100_000;
    private readonly XmlReader _reader;
    private readonly ReadOptions _options;

    public XmlItems(Stream content, ReadOptions options)
    {
        _options = options;
        // A file may say that it is in Windows-1252.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = options.MaxUnpackedBytes,
        };
        var (start, whole, _) = PrefixedStream.Peek(new GuardedMarkup(content, options.MaxLineBytes), 128);
        // UTF-16 has been brought into UTF-8 by now, whatever the declaration says.
        _reader = Encoding.ASCII.GetString(start.Span).Contains("utf-16", StringComparison.OrdinalIgnoreCase)
            ? XmlReader.Create(new StreamReader(whole), settings)
            : XmlReader.Create(whole, settings);
    }

    /// <summary>The current element.</summary>
    public XmlItem Current { get; private set; } = new("");

    /// <summary>The line it begins on.</summary>
    public long Line { get; private set; }

    /// <summary>Why the current element cannot be used, or null if it can.</summary>
    public string? Refused { get; private set; }

    /// <summary>Goes to the next element of one of these names; false at the end. Throws <see cref="XmlException"/> where the file is damaged.</summary>
    public bool Next(params ReadOnlySpan<string> names)
    {
        while (_reader.Read())
        {
            CheckDepth();
            if (_reader.NodeType != XmlNodeType.Element || !names.Contains(_reader.LocalName))
                continue;
            Line = ((IXmlLineInfo)_reader).LineNumber;
            Refused = null;
            Current = ReadItem();
            return true;
        }
        return false;
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>Says to a person what is wrong with the file.</summary>
    public static string Told(Exception damaged) =>
        damaged is XmlException { InnerException: InvalidDataException inner } ? inner.Message
        : damaged is not XmlException ? damaged.Message
        : damaged.Message.Contains("DTD", StringComparison.Ordinal)
            ? "The file has a document type definition, which is not read because it can be made to do harm."
        : damaged.Message.Contains("encoding", StringComparison.OrdinalIgnoreCase)
            ? $"The file is not in the encoding it says it is in ({damaged.Message.TrimEnd('.')}). Save it again as UTF-8."
        : $"The XML is damaged or cut off here ({damaged.Message.TrimEnd('.')}).";

    private XmlItem ReadItem()
    {
        var item = new XmlItem(_reader.LocalName);
        var open = new Stack<XmlItem>([item]);
        if (_reader.IsEmptyElement)
            return item;
        var parts = 0;
        var size = 0L;
        while (open.Count > 0 && _reader.Read())
        {
            CheckDepth();
            switch (_reader.NodeType)
            {
                case XmlNodeType.Element:
                    var child = new XmlItem(_reader.LocalName);
                    if (++parts > MostPartsInItem)
                        Refused = $"The element has more than {MostPartsInItem:N0} parts.";
                    else
                        open.Peek().Children.Add(child);
                    if (!_reader.IsEmptyElement)
                        open.Push(child);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    size += _reader.Value.Length;
                    if (size > _options.MaxLineBytes)
                        Refused = $"The element is longer than {_options.MaxLineBytes:N0} letters.";
                    else
                        open.Peek().Add(_reader.Value);
                    break;
            }
        }
        return item;
    }

    private void CheckDepth()
    {
        if (_reader.Depth > _options.MaxXmlDepth)
            throw new InvalidDataException($"The XML is nested more than {_options.MaxXmlDepth} deep.");
    }

    /// <summary>Gives up where markup or text goes on for too long without an end, before the XML reader has to hold it.</summary>
    private sealed class GuardedMarkup(Stream content, int longest) : ForwardStream
    {
        private long _sinceMark;

        public override int Read(Span<byte> buffer)
        {
            var read = content.Read(buffer);
            var mark = buffer[..read].LastIndexOf((byte)'>');
            _sinceMark = mark < 0 ? _sinceMark + read : read - mark;
            if (_sinceMark > longest)
                throw new InvalidDataException($"An element of the XML is longer than {longest:N0} bytes.");
            return read;
        }
    }
}

/// <summary>An element of an XML file with what is in it.</summary>
internal sealed class XmlItem(string name)
{
    // Text may come in very many pieces.
    private readonly StringBuilder _text = new();

    public string Name => name;

    public List<XmlItem> Children { get; } = [];

    /// <summary>The text between its tags, but for that in its parts.</summary>
    public string OwnText => _text.ToString();

    public void Add(string text) => _text.Append(text);

    /// <summary>The text of the first child of that name; empty if there is none.</summary>
    public string Text(string child) => Children.FirstOrDefault(part => part.Name == child)?.OwnText.Trim() ?? "";

    /// <summary>The children of that name that are not empty.</summary>
    public IEnumerable<XmlItem> All(string child) => Children.Where(part => part.Name == child && (part.Children.Count > 0 || part._text.Length > 0));

    /// <summary>The texts that children of that name hold under VALUE.</summary>
    public IEnumerable<string> Values(string child) =>
        All(child).SelectMany(part => part.All("VALUE")).Select(value => value.OwnText.Trim()).Where(text => text.Length > 0);

    /// <summary>All text in it, with the names of its parts.</summary>
    public string AllText() =>
        Children.Count == 0
            ? OwnText.Trim()
            : string.Join(
                "; ",
                Children.Select(part => (part.Name, Text: part.AllText())).Where(part => part.Text.Length > 0).Select(part => $"{part.Name} {part.Text}")
            );
}
