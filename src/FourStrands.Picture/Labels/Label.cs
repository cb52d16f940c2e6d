namespace FourStrands.Picture;

/// <summary>How much harm disclosure could do, on the Government Security Classifications scale, with Public below it.</summary>
public enum Classification : byte
{
    /// <summary>Published by its owner: registers, sanctions lists.</summary>
    Public,

    /// <summary>OFFICIAL.</summary>
    Official,

    /// <summary>OFFICIAL with the SENSITIVE marking.</summary>
    OfficialSensitive,
}

/// <summary>
/// Who may see a statement: all of its conditions must be met. Labels are values: two labels that read the same are the same.
/// Written as <c>public</c>, <c>official</c>, <c>official-sensitive</c>, with <c>;agencies=a,b</c> (any one of them) and
/// <c>;compartments=x,y</c> (all of them) added where they apply.
/// </summary>
public sealed class Label : IEquatable<Label>
{
    private readonly string text;

    /// <summary>Makes a label.</summary>
    /// <param name="classification">The least clearance that may see it.</param>
    /// <param name="agencies">Agencies whose people may see it; none means every agency.</param>
    /// <param name="compartments">Compartments of which the viewer must be in every one.</param>
    public Label(Classification classification, IEnumerable<string>? agencies = null, IEnumerable<string>? compartments = null)
    {
        Classification = classification;
        Agencies = Sorted(agencies);
        Compartments = Sorted(compartments);
        text = Classification switch
        {
            Classification.Public => "public",
            Classification.Official => "official",
            _ => "official-sensitive",
        };
        if (Agencies.Count > 0)
            text += ";agencies=" + string.Join(',', Agencies);
        if (Compartments.Count > 0)
            text += ";compartments=" + string.Join(',', Compartments);
    }

    /// <summary>Published: everyone with a clearance sees it.</summary>
    public static Label Public { get; } = new(Classification.Public);

    /// <summary>The least clearance that may see it.</summary>
    public Classification Classification { get; }

    /// <summary>Agencies whose people may see it, in ordinal order; empty means every agency.</summary>
    public IReadOnlyList<string> Agencies { get; }

    /// <summary>Compartments of which the viewer must be in every one, in ordinal order.</summary>
    public IReadOnlyList<string> Compartments { get; }

    /// <summary>Official, for one agency's people alone: what a user writes unless they say otherwise.</summary>
    public static Label OwnAgency(Viewer viewer) => new(Classification.Official, [viewer.Agency]);

    /// <summary>
    /// For people of the viewer's agency who may see all that the viewer may: what the viewer asked, and what they were shown, says nothing more to them.
    /// </summary>
    public static Label OfReader(Viewer viewer) => new(viewer.Clearance ?? Classification.Public, [viewer.Agency], viewer.Compartments);

    /// <summary>
    /// What may be seen only by those who may see both: the higher classification, the agencies named by both, all compartments.
    /// </summary>
    /// <exception cref="InvalidOperationException">No agency is named by both: nobody may see both.</exception>
    public Label Join(Label other)
    {
        string[] agencies =
            Agencies.Count == 0 ? [.. other.Agencies]
            : other.Agencies.Count == 0 ? [.. Agencies]
            : [.. Agencies.Intersect(other.Agencies, StringComparer.Ordinal)];
        if (agencies.Length == 0 && Agencies.Count + other.Agencies.Count > 0)
            throw new InvalidOperationException($"Nobody may see both '{this}' and '{other}'.");
        return new Label((Classification)Math.Max((int)Classification, (int)other.Classification), agencies, Compartments.Concat(other.Compartments));
    }

    /// <summary>Reads the written form.</summary>
    /// <exception cref="FormatException">It is not a label; the message says what is wrong.</exception>
    public static Label Parse(string text)
    {
        string[] parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
            throw new FormatException("A label begins with public, official or official-sensitive.");
        var classification = parts[0].ToUpperInvariant() switch
        {
            "PUBLIC" => Classification.Public,
            "OFFICIAL" => Classification.Official,
            "OFFICIAL-SENSITIVE" => Classification.OfficialSensitive,
            "SECRET" or "TOP SECRET" or "TOP-SECRET" => throw new FormatException(
                $"{parts[0]} may not be kept in this system. Use public, official or official-sensitive."
            ),
            _ => throw new FormatException($"'{parts[0]}' is not a classification. Use public, official or official-sensitive."),
        };
        List<string> agencies = [],
            compartments = [];
        foreach (string part in parts.AsSpan(1))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? part : part[..equals].Trim();
            var names = (equals < 0 ? "" : part[(equals + 1)..]).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var into = name switch
            {
                "agencies" or "agency" => agencies,
                "compartments" or "compartment" => compartments,
                _ => throw new FormatException($"'{name}' is not part of a label. Use agencies=… or compartments=…."),
            };
            if (names.Length == 0)
                throw new FormatException($"'{name}=' names nothing: an empty list would let nobody, or everybody, see it.");
            foreach (string n in names)
            {
                if (!n.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.'))
                    throw new FormatException($"'{n}': names of agencies and compartments are letters, digits, hyphens and full stops.");
                into.Add(n);
            }
        }
        return new Label(classification, agencies, compartments);
    }

    /// <inheritdoc />
    public override string ToString() => text;

    /// <inheritdoc />
    public bool Equals(Label? other) => other is not null && text == other.text;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Label);

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(text);

    private static string[] Sorted(IEnumerable<string>? names) =>
        names is null ? [] : [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
