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
/// Who may see a statement, and what they may do with it: all of its conditions must be met. Labels are values: two labels that read the same are the same.
/// Written as <c>public</c>, <c>official</c>, <c>official-sensitive</c>, with <c>;agencies=a,b</c> (people of any one of them; a name with a full stop is
/// a sharing group's), <c>;purposes=p,q</c> (any one of them) and <c>;compartments=x,y</c> (all of them) added where they apply; <c>agencies</c> and
/// <c>purposes</c> may stand several times, and each must be met. Conditions on use are added as <c>;handling=S2,H1;originators=a</c>.
/// </summary>
public sealed class Label : IEquatable<Label>
{
    private readonly string text;

    /// <summary>Makes a label.</summary>
    /// <param name="classification">The least clearance that may see it.</param>
    /// <param name="agencies">Agencies and sharing groups whose people may see it; none means every agency.</param>
    /// <param name="compartments">Compartments of which the viewer must be in every one.</param>
    /// <param name="purposes">Purposes of which the viewer must work for one; none means any.</param>
    /// <param name="handling">Conditions on its use.</param>
    public Label(
        Classification classification,
        IEnumerable<string>? agencies = null,
        IEnumerable<string>? compartments = null,
        IEnumerable<Purpose>? purposes = null,
        Handling? handling = null
    )
        : this(classification, One(agencies), compartments, One(purposes?.Select(p => p.Name())), handling ?? Handling.Free) { }

    private Label(
        Classification classification,
        IEnumerable<IEnumerable<string>> audiences,
        IEnumerable<string>? compartments,
        IEnumerable<IEnumerable<string>> purposes,
        Handling handling
    )
    {
        Classification = classification;
        Audiences = Simplest(audiences, onlyOne: name => !IsGroup(name));
        PurposesNeeded = Simplest(purposes, onlyOne: _ => false);
        Compartments = compartments is null ? [] : [.. compartments.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Handling = handling;
        text = Classification switch
        {
            Classification.Public => "public",
            Classification.Official => "official",
            _ => "official-sensitive",
        };
        foreach (var audience in Audiences)
            text += ";agencies=" + string.Join(',', audience);
        foreach (var needed in PurposesNeeded)
            text += ";purposes=" + string.Join(',', needed);
        if (Compartments.Count > 0)
            text += ";compartments=" + string.Join(',', Compartments);
        if (handling.Codes.Count > 0)
            text += ";handling=" + string.Join(',', handling.Codes);
        if (handling.Originators.Count > 0)
            text += ";originators=" + string.Join(',', handling.Originators);
    }

    /// <summary>Published: everyone with a clearance sees it.</summary>
    public static Label Public { get; } = new(Classification.Public);

    /// <summary>The least clearance that may see it.</summary>
    public Classification Classification { get; }

    /// <summary>
    /// Lists of agencies and sharing groups: whoever sees it belongs to one of each list. None means every agency. What one person labels has one list at
    /// most; what was made of several things may have more.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Audiences { get; }

    /// <summary>Lists of purposes, by name: whoever sees it works for one of each list. None means any.</summary>
    public IReadOnlyList<IReadOnlyList<string>> PurposesNeeded { get; }

    /// <summary>Compartments of which the viewer must be in every one, in ordinal order.</summary>
    public IReadOnlyList<string> Compartments { get; }

    /// <summary>Conditions on its use. They decide what may be done with it, not who sees it.</summary>
    public Handling Handling { get; }

    /// <summary>Official, for one agency's people alone: what a user writes unless they say otherwise.</summary>
    public static Label OwnAgency(Viewer viewer) => new(Classification.Official, [viewer.Agency]);

    /// <summary>
    /// For people of the viewer's agency who may see all that the viewer may: what the viewer asked, and what they were shown, says nothing more to them.
    /// </summary>
    public static Label OfReader(Viewer viewer)
    {
        var label = new Label(viewer.Clearance ?? Classification.Public, [viewer.Agency], viewer.Compartments);
        // One list for each: whoever reads of it works for all of them. Groups are the agency's, and so are everybody's in it.
        foreach (var purpose in viewer.Purposes)
            label = label.Join(new Label(Classification.Public, purposes: [purpose]));
        return label;
    }

    /// <summary>
    /// What may be seen only by those who may see both: the higher classification, the audiences and purposes of both, all compartments; and
    /// bound by the conditions of both.
    /// </summary>
    /// <exception cref="InvalidOperationException">No agency is named by both: nobody may see both.</exception>
    public Label Join(Label other)
    {
        try
        {
            return new Label(
                (Classification)Math.Max((int)Classification, (int)other.Classification),
                Audiences.Concat(other.Audiences),
                Compartments.Concat(other.Compartments),
                PurposesNeeded.Concat(other.PurposesNeeded),
                Handling.Join(other.Handling)
            );
        }
        catch (NobodyException nobody)
        {
            throw new InvalidOperationException($"Nobody may see both '{this}' and '{other}'.", nobody);
        }
    }

    /// <summary>The same without conditions on its use.</summary>
    public Label WithoutHandling() => With(Handling.Free);

    /// <summary>The same, with these conditions on its use.</summary>
    public Label With(Handling handling) => new(Classification, Audiences, Compartments, PurposesNeeded, handling);

    /// <summary>
    /// The label as somebody who sees it may know it: of agencies and sharing groups that are named, their own alone. For what is shown or written down for them.
    /// </summary>
    public Label KnownTo(Viewer viewer) =>
        new(Classification, Audiences.Select(a => a.Where(n => IsOf(viewer, n)).DefaultIfEmpty(viewer.Agency)), Compartments, PurposesNeeded, Handling);

    /// <summary>
    /// The order in which labels are shown to somebody who sees both: by what they may know of each. What they may not know, the names of other agencies and groups, comes
    /// last: it orders only those of which the same is said to them.
    /// </summary>
    public static int InOrderFor(Viewer viewer, Label one, Label other)
    {
        if (one.Equals(other))
            return 0;
        int order = string.CompareOrdinal(one.KnownTo(viewer).text, other.KnownTo(viewer).text);
        return order != 0 ? order : string.CompareOrdinal(one.NamedTo(viewer), other.NamedTo(viewer));
    }

    /// <summary>Which of the names in each list are the viewer's, and whether there are others: that much pages say.</summary>
    private string NamedTo(Viewer viewer) =>
        string.Join(
            ';',
            Audiences.Select(a => string.Join(',', a.Where(n => IsOf(viewer, n))) + (a.All(n => IsOf(viewer, n)) ? "" : ",+")).Order(StringComparer.Ordinal)
        );

    private static bool IsOf(Viewer viewer, string name) => name == viewer.Agency || viewer.Groups.Contains(name, StringComparer.Ordinal);

    /// <summary>
    /// Does everybody who may see what bears this label see what bears the other? False also where that depends on who is in a sharing group.
    /// </summary>
    public bool Implies(Label other) =>
        Classification >= other.Classification
        && other.Compartments.All(c => Compartments.Contains(c, StringComparer.Ordinal))
        && other.Audiences.All(wanted => Audiences.Any(given => IsWithin(given, wanted)))
        && other.PurposesNeeded.All(wanted => PurposesNeeded.Any(given => IsWithin(given, wanted)));

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
        List<string[]> audiences = [],
            purposes = [];
        List<string> compartments = [],
            originators = [];
        List<HandlingCode> codes = [];
        foreach (string part in parts.AsSpan(1))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? part : part[..equals].Trim();
            var names = (equals < 0 ? "" : part[(equals + 1)..]).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (names.Length == 0)
                throw new FormatException($"'{name}=' names nothing: an empty list would let nobody, or everybody, see it.");
            switch (name)
            {
                case "agencies" or "agency":
                    audiences.Add([.. names.Select(Named)]);
                    break;
                case "compartments" or "compartment":
                    compartments.AddRange(names.Select(Named));
                    break;
                case "purposes" or "purpose":
                    purposes.Add([.. names.Select(Purposed)]);
                    break;
                case "handling":
                    codes.AddRange(names.Select(Coded));
                    break;
                case "originators" or "originator":
                    originators.AddRange(names.Select(Named));
                    break;
                default:
                    throw new FormatException($"'{name}' is not part of a label. Use agencies=…, purposes=…, compartments=…, handling=… or originators=….");
            }
        }
        try
        {
            return new Label(classification, audiences, compartments, purposes, new Handling(codes, originators));
        }
        catch (NobodyException nobody)
        {
            throw new FormatException($"'{text}': no agency is in both lists, so nobody could see it.", nobody);
        }
    }

    /// <inheritdoc />
    public override string ToString() => text;

    /// <inheritdoc />
    public bool Equals(Label? other) => other is not null && text == other.text;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Label);

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(text);

    /// <summary>Is that the name of a sharing group, not of an agency?</summary>
    public static bool IsGroup(string name) => name.Contains('.', StringComparison.Ordinal);

    private static string Named(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
            ? name
            : throw new FormatException($"'{name}': names of agencies, sharing groups and compartments are letters, digits, hyphens and full stops.");

    private static string Purposed(string name) =>
        Purposes.TryParse(name, out _)
            ? name
            : throw new FormatException($"'{name}' is not a purpose. Use {string.Join(", ", Enum.GetValues<Purpose>().Select(p => p.Name()))}.");

    private static HandlingCode Coded(string name) =>
        Enum.TryParse<HandlingCode>(name, ignoreCase: true, out var code) && char.IsAsciiLetter(name[0])
            ? code
            : throw new FormatException($"'{name}' is not a handling code. Use {string.Join(", ", Enum.GetNames<HandlingCode>())}.");

    private static IEnumerable<IEnumerable<string>> One(IEnumerable<string>? names)
    {
        string[] all = names is null ? [] : [.. names];
        return all.Length == 0 ? [] : [all];
    }

    /// <summary>
    /// The same condition in one way of writing it: lists of which everybody is of one at most, as of agencies, become the list of what is in all of
    /// them; a list that another one is part of asks nothing more.
    /// </summary>
    private static IReadOnlyList<IReadOnlyList<string>> Simplest(IEnumerable<IEnumerable<string>> lists, Predicate<string> onlyOne)
    {
        List<string[]> all = [];
        string[]? agencies = null;
        foreach (var list in lists)
        {
            string[] sorted = [.. list.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            // Somebody works for several purposes, and is of several groups: lists with those are kept as they are.
            if (!Array.TrueForAll(sorted, onlyOne))
                all.Add(sorted);
            else
                agencies = agencies is null ? sorted : [.. agencies.Intersect(sorted, StringComparer.Ordinal)];
        }
        if (agencies is { Length: 0 })
            throw new NobodyException();
        if (agencies is not null)
            all.Add(agencies);
        return
        [
            .. all.Where((list, i) => !all.Where((other, j) => j != i && IsWithin(other, list) && (other.Length < list.Length || j < i)).Any())
                .OrderBy(l => string.Join(',', l), StringComparer.Ordinal),
        ];
    }

    private static bool IsWithin(IReadOnlyList<string> list, IReadOnlyList<string> other) => list.All(n => other.Contains(n, StringComparer.Ordinal));

    private sealed class NobodyException : Exception;
}
